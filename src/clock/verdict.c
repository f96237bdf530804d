/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

static sla_cycle empty_cycle(int32_t state) {
    return (sla_cycle){.state = state,
                       .target = SLA_UNSAID,
                       .started = SLA_NONE,
                       .stopped = SLA_NONE,
                       .used = SLA_NONE,
                       .due = SLA_NONE,
                       .limit = SLA_NONE,
                       .due_if_resumed = SLA_NONE,
                       .remaining = SLA_NONE,
                       .late = SLA_NONE,
                       .used_elapsed = SLA_NONE};
}

void sli_cycle_not_started(sla_cycle *cycle) {
    *cycle = empty_cycle(SLA_STATE_NOT_STARTED);
}

static int32_t state_without_due(const clock_run *run, const spell *last) {
    if (run->cancelled) {
        return SLA_STATE_CANCELLED;
    }
    return last->target == NULL ? SLA_STATE_NO_TARGET : SLA_STATE_BEST_EFFORT;
}

/* Target less used, never below 0; business days are not counted in seconds (§7.3). */
static int64_t remaining_of(const sla_target *row, int64_t used) {
    switch (row->kind) {
        case SLA_TARGET_BUSINESS_DAYS:
            return SLA_NONE;
        case SLA_TARGET_IMMEDIATE:
            return 0;
        default:
            return used < row->amount ? row->amount - used : 0;
    }
}

static void write_due(sla_cycle *cycle, const contract_target *target, int64_t due) {
    const int64_t limit = sli_target_limit(target, due);
    cycle->due = due;
    cycle->limit = limit == INT64_MAX ? SLA_NONE : limit;
}

static int32_t coverage_flag(const contract_target *target, int64_t due) {
    return due != SLA_NONE && sli_target_coverage(target, due) != 0 ? SLA_CYCLE_NOT_COVERED : 0;
}

/* What running and paused clocks have in common. */
static void write_pending(sla_cycle *cycle, int32_t state, const contract_target *target, int64_t now) {
    int32_t open = 1;
    cycle->state = state;
    cycle->remaining = remaining_of(&target->row, cycle->used);
    sla_calendar_is_open(target->calendar, now, &open);
    cycle->flags |= open == 0 ? SLA_CYCLE_OUTSIDE_HOURS : 0;
}

static void write_breach(sla_cycle *cycle, const contract_target *target, int64_t until) {
    cycle->state = SLA_STATE_BREACHED;
    cycle->flags |= cycle->stopped == SLA_NONE ? SLA_CYCLE_OPEN : 0;
    sla_calendar_elapsed(target->calendar, cycle->due, until, &cycle->late);
}

static bool is_late(const sla_cycle *cycle, int64_t until) {
    return cycle->limit != SLA_NONE && until > cycle->limit;
}

static void judge_stopped(sla_cycle *cycle, const contract_target *target) {
    cycle->state = SLA_STATE_MET;
    if (is_late(cycle, cycle->stopped)) {
        write_breach(cycle, target, cycle->stopped);
    }
}

static void judge_open(sla_cycle *cycle, const contract_target *target, const due_reading *reading, int64_t now) {
    if (reading->paused) {
        cycle->due_if_resumed = reading->if_resumed;
        write_pending(cycle, SLA_STATE_PAUSED, target, now);
    } else if (is_late(cycle, now)) {
        write_breach(cycle, target, now);
    } else {
        write_pending(cycle, SLA_STATE_RUNNING, target, now);
    }
}

static void judge_due(sla_cycle *cycle, const clock_course *course, int64_t now) {
    const contract_target *const target = sli_course_last(course)->target;
    const due_reading reading = sli_course_due(course, now);
    if (reading.due != SLA_NONE) {
        write_due(cycle, target, reading.due);
    }
    if (cycle->stopped != SLA_NONE) {
        judge_stopped(cycle, target);
    } else {
        judge_open(cycle, target, &reading, now);
    }
    /* A clock that was stopped while paused has no due time, and it matters no more where it would have been. */
    const bool none_left = reading.paused && cycle->stopped != SLA_NONE;
    cycle->flags |= reading.beyond_horizon && !none_left ? SLA_CYCLE_BEYOND_HORIZON : 0;
    cycle->flags |= coverage_flag(target, cycle->due != SLA_NONE ? cycle->due : cycle->due_if_resumed);
}

void sli_course_judge(const clock_run *run, const clock_course *course, int64_t now, sla_cycle *cycle) {
    const spell *const last = sli_course_last(course);
    *cycle = empty_cycle(state_without_due(run, last));
    cycle->target = last->index;
    cycle->contract = last->contract;
    cycle->started = run->start;
    cycle->stopped = run->stop;
    const int64_t end = run->stop == SLA_NONE ? now : run->stop;
    cycle->used_elapsed = sli_course_elapsed(course, end);
    if (!sli_spell_is_due(last)) {
        return;
    }
    cycle->used = sli_course_used(course, end);
    if (!run->cancelled) {
        judge_due(cycle, course, now);
    }
}

const char *sla_state_name(int32_t state) {
    static const char *const names[] = {"not-started", "running",   "paused",    "met",
                                        "breached",    "cancelled", "no-target", "best-effort"};
    return state < 0 || state >= (int32_t)(sizeof names / sizeof *names) ? NULL : names[state];
}
