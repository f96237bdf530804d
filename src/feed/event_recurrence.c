/* SPDX-License-Identifier: MIT */
#include "feed/events.h"

#include <stdlib.h>

static sla_status read_rule(const event_reading *at, const property *from) {
    recurrence_rule *const rule = calloc(1, sizeof *rule);
    if (rule == NULL) {
        return sli_feed_out_of_memory(at->reading);
    }
    bool out_of_memory;
    const char *const complaint = sli_rule_parse(sli_text(from->text, SIZE_MAX), rule, &out_of_memory);
    if (!out_of_memory && complaint == NULL && SLI_APPEND(&at->to->rules, rule)) {
        return SLA_OK;
    }
    free(rule->foreign);
    free(rule);
    return complaint != NULL ? sli_event_unsupported(at, complaint) : sli_feed_out_of_memory(at->reading);
}

/* A date alone takes its time of day from the event; a time adds to an all-day event its date. */
static moment fitted_to(const event *to, moment at) {
    if (to->start.is_date) {
        return (moment){.is_date = true, .date = at.date};
    }
    return at.is_date ? (moment){.date = at.date, .second = to->start.second, .zone = to->start.zone} : at;
}

static sla_status read_period(const event_reading *at, const property *from, extra_date *extra) {
    extra->has_length = true;
    if (from->period == PERIOD_WITH_DURATION) {
        extra->length = sli_event_length_lasting(at, extra->at, from->duration);
        return SLA_OK;
    }
    moment end;
    const sla_status status = sli_event_resolve(at, PROPERTY_RDATE, from->period_end, from->tzid, &end);
    if (status == SLA_OK) {
        extra->length = sli_event_length_until(at, extra->at, end);
    }
    return status;
}

static sla_status read_rdate(const event_reading *at, const property *from) {
    extra_date extra = {.has_length = false};
    const bool only_date = at->to->start.is_date && from->period == PERIOD_NONE;
    sla_status status = sli_event_resolve(at, PROPERTY_RDATE, from->time, only_date ? NULL : from->tzid, &extra.at);
    if (status == SLA_OK && from->period != PERIOD_NONE) {
        status = read_period(at, from, &extra);
    } else if (status == SLA_OK) {
        extra.at = fitted_to(at->to, extra.at);
    }
    if (status == SLA_OK && !SLI_APPEND(&at->to->extras, extra)) {
        return sli_feed_out_of_memory(at->reading);
    }
    return status;
}

static sla_status read_exdate(const event_reading *at, const property *from) {
    event *const to = at->to;
    moment excluded;
    const sla_status status =
        sli_event_resolve(at, PROPERTY_EXDATE, from->time, to->start.is_date ? NULL : from->tzid, &excluded);
    if (status != SLA_OK) {
        return status;
    }
    const bool whole_date = to->start.is_date || excluded.is_date;
    const bool kept = whole_date ? SLI_APPEND(&to->excluded_dates, excluded.date)
                                 : SLI_APPEND(&to->excluded_instants, sli_moment_instant(at->reading, excluded));
    return kept ? SLA_OK : sli_feed_out_of_memory(at->reading);
}

int sli_compare_dates(const void *left, const void *right) {
    const int32_t one = *(const int32_t *)left;
    const int32_t other = *(const int32_t *)right;
    return (one > other) - (one < other);
}

int sli_compare_instants(const void *left, const void *right) {
    const int64_t one = *(const int64_t *)left;
    const int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

static void sort_exclusions(event *to) {
    if (to->excluded_dates.count > 0) {
        qsort(to->excluded_dates.items, to->excluded_dates.count, sizeof *to->excluded_dates.items, sli_compare_dates);
    }
    if (to->excluded_instants.count > 0) {
        qsort(to->excluded_instants.items, to->excluded_instants.count, sizeof *to->excluded_instants.items,
              sli_compare_instants);
    }
}

static sla_status read_one(const event_reading *at, const property *from) {
    switch (from->kind) {
        case PROPERTY_RRULE:
            return read_rule(at, from);
        case PROPERTY_RDATE:
            return read_rdate(at, from);
        case PROPERTY_EXDATE:
            return read_exdate(at, from);
        default:
            return SLA_OK;
    }
}

sla_status sli_event_read_recurrence(const event_reading *at) {
    const int32_t *const written = at->from->written;
    if (at->to->is_override) {
        if (written[PROPERTY_RRULE] + written[PROPERTY_RDATE] > 0) {
            sli_feed_warn(at->reading, at->to->line, at->to->uid,
                          "this event replaces one occurrence (RECURRENCE-ID); its own RRULE and RDATE are ignored");
        }
        return SLA_OK;
    }
    for (size_t i = 0; i < at->from->count; i++) {
        const sla_status status = read_one(at, &at->from->items[i]);
        if (status != SLA_OK) {
            return status;
        }
    }
    sort_exclusions(at->to);
    return SLA_OK;
}
