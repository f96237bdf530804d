/* SPDX-License-Identifier: MIT */
#include "clock/outlook.h"

#include <string.h>

/* Keeps the earlier of two instants, of which SLA_NONE is none. */
static void take_earlier(int64_t *earliest, int64_t at) {
    if (at != SLA_NONE && (*earliest == SLA_NONE || at < *earliest)) {
        *earliest = at;
    }
}

/* ---- States and flags ---- */

static bool is_pending(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_RUNNING || cycle->state == SLA_STATE_PAUSED;
}

/* §4.4: a running clock is breached in the second after its limit. */
static int64_t next_breach(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_RUNNING && cycle->limit != SLA_NONE ? cycle->limit + 1 : SLA_NONE;
}

/* Opening or closing of the target's calendar. */
static int64_t next_hours(const clock_reading *reading, int64_t now) {
    const sla_calendar *const calendar = sli_course_last(&reading->course)->target->calendar;
    int64_t at;
    const sla_status status = (reading->cycle.flags & SLA_CYCLE_OUTSIDE_HOURS) != 0
                                  ? sla_calendar_next_open(calendar, now, &at)
                                  : sla_calendar_next_close(calendar, now, &at);
    return status == SLA_OK ? at : SLA_NONE;
}

enum { PROSPECTS = SLA_CYCLE_BEYOND_HORIZON | SLA_CYCLE_NOT_COVERED };

/* The flags that tell of the due time. */
static int32_t prospects_at(const clock_reading *reading, int64_t at) {
    sla_cycle cycle;
    sli_course_judge(&reading->run, &reading->course, at, &cycle);
    return cycle.flags & PROSPECTS;
}

/* The due time of a paused clock moves away as time passes: covered, then not covered, then beyond the horizon. Each of
 * these begins once, so that halving finds where. */
static int64_t next_prospects(const clock_reading *reading, int64_t now, int64_t until) {
    const int32_t present = reading->cycle.flags & PROSPECTS;
    int64_t same = now;
    int64_t other = until - 1;
    if (prospects_at(reading, other) == present) {
        return SLA_NONE;
    }
    while (other - same > 1) {
        const int64_t middle = same + (other - same) / 2;
        if (prospects_at(reading, middle) == present) {
            same = middle;
        } else {
            other = middle;
        }
    }
    return other;
}

static int64_t next_change(const clock_reading *reading, int64_t now, int64_t until) {
    if (!reading->started || !is_pending(&reading->cycle)) {
        return SLA_NONE;
    }
    int64_t at = SLA_NONE;
    take_earlier(&at, next_breach(&reading->cycle));
    take_earlier(&at, next_hours(reading, now));
    if (reading->cycle.state == SLA_STATE_PAUSED) {
        take_earlier(&at, next_prospects(reading, now, until));
    }
    return at;
}

/* ---- With thresholds ---- */

/* The first of the thresholds after `now`, and which of them are reached at that instant. */
static int64_t next_thresholds(const sla_contract *contract, const clock_reading *reading, const threshold_list *thresholds,
                               int64_t now, uint64_t *reached) {
    int64_t earliest = SLA_NONE;
    *reached = 0;
    for (size_t i = 0; i < thresholds->count; i++) {
        const int64_t at = sli_threshold_next(contract, reading, &thresholds->items[i], now);
        if (at != SLA_NONE && (earliest == SLA_NONE || at < earliest)) {
            *reached = 0;
        }
        take_earlier(&earliest, at);
        *reached |= at != SLA_NONE && at == earliest ? UINT64_C(1) << i : 0;
    }
    return earliest;
}

bool sli_outlook_next(const sla_contract *contract, clock_reading *reading, const threshold_list *thresholds, int64_t now,
                      int64_t until, sla_transition *transition) {
    uint64_t reached;
    const int64_t threshold = next_thresholds(contract, reading, thresholds, now, &reached);
    int64_t at = next_change(reading, now, until);
    take_earlier(&at, threshold);
    if (at == SLA_NONE || at >= until) {
        return false;
    }
    const sla_cycle before = reading->cycle;
    sli_course_judge(&reading->run, &reading->course, at, &reading->cycle);
    *transition = (sla_transition){.at = at,
                                   .state = reading->cycle.state,
                                   .flags = reading->cycle.flags,
                                   .thresholds = at == threshold ? reached : 0};
    transition->changes = (before.state != reading->cycle.state ? SLA_TRANSITION_STATE : 0) |
                          (before.flags != reading->cycle.flags ? SLA_TRANSITION_FLAGS : 0) |
                          (transition->thresholds != 0 ? SLA_TRANSITION_THRESHOLD : 0);
    return true;
}
