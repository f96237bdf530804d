/* SPDX-License-Identifier: MIT */
/* A cycle's way from its start, cut wherever something about it changes. */
#include "clock/clock.h"

/* Where the spans go: all are counted, those are kept for which there is room. */
typedef struct span_shelf {
    sla_clock_span *spans;
    size_t capacity;
    size_t count;
} span_shelf;

/* A cycle that is being explained. */
typedef struct way {
    const clock_reading *reading;
    int64_t now;
    int64_t used_up; /* the due time before it rolls; SLA_NONE: there is none */
    int64_t end;     /* of the explanation */
    int64_t used;    /* so far */
    int64_t paused_days;
    size_t spell;
    size_t pause;
    span_shelf *shelf;
} way;

/* ---- How far the way goes ---- */

/* Where what has happened ends: the stop, the cancellation or `now`. */
static int64_t present_of(const way *along) {
    const int64_t stop = along->reading->run.stop;
    return stop == SLA_NONE ? along->now : stop;
}

static int64_t later(int64_t left, int64_t right) {
    return left > right ? left : right;
}

/* ---- Cuts ---- */

/* A boundary that lies in (from, to) comes first; SLA_NONE is none. */
static void cut_at(int64_t from, int64_t *to, int64_t boundary) {
    if (boundary > from && boundary < *to) {
        *to = boundary;
    }
}

static int64_t pause_end(const way *along, const pause_span *paused) {
    return paused->end == SLI_STILL_ON ? along->end : paused->end;
}

/* Moves on to the pause and the spell that `at` lies in or before. */
static void move_to(way *along, int64_t at) {
    const clock_course *const course = &along->reading->course;
    while (along->pause < course->pause_count && pause_end(along, &course->pauses[along->pause]) <= at) {
        along->pause++;
    }
    while (along->spell + 1 < course->spell_count && course->spells[along->spell + 1].from <= at) {
        along->spell++;
    }
}

static const pause_span *coming_pause(const way *along) {
    const clock_course *const course = &along->reading->course;
    return along->pause < course->pause_count ? &course->pauses[along->pause] : NULL;
}

/* The end of the piece from `at` on in which neither spell nor pause nor phase changes. */
static int64_t piece_end(const way *along, int64_t at) {
    const clock_course *const course = &along->reading->course;
    const sla_cycle *const cycle = &along->reading->cycle;
    const pause_span *const paused = coming_pause(along);
    int64_t end = along->end;
    if (paused != NULL) {
        cut_at(at, &end, paused->begin);
        cut_at(at, &end, pause_end(along, paused));
    }
    if (along->spell + 1 < course->spell_count) {
        cut_at(at, &end, course->spells[along->spell + 1].from);
    }
    cut_at(at, &end, along->used_up);
    cut_at(at, &end, cycle->due);
    cut_at(at, &end, cycle->limit);
    cut_at(at, &end, present_of(along));
    return end;
}

/* ---- Spans ---- */

static int32_t phase_at(const way *along, int64_t at) {
    const sla_cycle *const cycle = &along->reading->cycle;
    if (cycle->due == SLA_NONE || at < along->used_up) {
        return SLA_PHASE_TARGET;
    }
    if (at < cycle->due) {
        return SLA_PHASE_ROLL;
    }
    return cycle->limit == SLA_NONE || at < cycle->limit ? SLA_PHASE_GRACE : SLA_PHASE_LATE;
}

/* The business day of `at`, counted from that of the start; of other targets none. */
static int64_t days_at(const way *along, int64_t at) {
    const clock_course *const course = &along->reading->course;
    const contract_target *const target = sli_course_last(course)->target;
    int64_t first;
    int64_t day;
    if (target->row.kind != SLA_TARGET_BUSINESS_DAYS ||
        sli_calendar_business_day(target->calendar, course->start, &first) != SLA_OK ||
        sli_calendar_business_day(target->calendar, at, &day) != SLA_OK) {
        return SLA_NONE;
    }
    return day - first - along->paused_days;
}

static const spell *spell_at(const way *along) {
    return &along->reading->course.spells[along->spell];
}

/* A spell without a target is counted on the calendar of the next one (§7.5); the last one of a way has one. */
static const spell *spell_of_calendar(const way *along) {
    const spell *found = spell_at(along);
    while (!sli_spell_is_due(found)) {
        found++;
    }
    return found;
}

static void keep_span(way *along, int64_t begin, int64_t end, int32_t kind) {
    span_shelf *const shelf = along->shelf;
    const spell *const counted = spell_of_calendar(along);
    if (shelf->count < shelf->capacity) {
        shelf->spans[shelf->count] = (sla_clock_span){.begin = begin,
                                                      .end = end,
                                                      .kind = kind,
                                                      .phase = phase_at(along, begin),
                                                      .flags = begin >= present_of(along) ? SLA_CLOCK_SPAN_AHEAD : 0,
                                                      .closed_by = SLA_SPAN_OPEN,
                                                      .closing = -1,
                                                      .calendar = counted->target->row.calendar,
                                                      .calendar_contract = counted->contract,
                                                      .target = spell_at(along)->index,
                                                      .contract = spell_at(along)->contract,
                                                      .used = along->used,
                                                      .days = days_at(along, begin)};
    }
    shelf->count++;
}

/* A piece without a pause, as the calendar has it. */
static void keep_hours(way *along, const sla_span *hours) {
    const bool open = hours->kind == SLA_SPAN_OPEN;
    along->used += open ? hours->end - hours->begin : 0;
    keep_span(along, hours->begin, hours->end, open ? SLA_CLOCK_SPAN_COUNTED : SLA_CLOCK_SPAN_CLOSED);
    if (along->shelf->count <= along->shelf->capacity) {
        sla_clock_span *const kept = &along->shelf->spans[along->shelf->count - 1];
        kept->closed_by = hours->kind;
        kept->closing = hours->closing;
    }
}

enum { HOURS_AT_ONCE = 64 };

static sla_status explain_hours(way *along, int64_t from, int64_t until) {
    const sla_calendar *const calendar = spell_at(along)->calendar;
    while (from < until) {
        sla_span hours[HOURS_AT_ONCE];
        size_t count;
        const sla_status status = sla_calendar_list(calendar, from, until, hours, HOURS_AT_ONCE, &count);
        if (status != SLA_OK) {
            return status;
        }
        for (size_t i = 0; i < count; i++) {
            keep_hours(along, &hours[i]);
        }
        from = hours[count - 1].end;
    }
    return SLA_OK;
}

/* §7.3: the business days of a pause are added to those of the target. Where no opening follows a pause, none follows later
 * either: no number of a day is told any more. */
static void explain_pause(way *along, int64_t from, int64_t until) {
    keep_span(along, from, until, SLA_CLOCK_SPAN_PAUSED);
    const int64_t after = days_at(along, until);
    if (after != SLA_NONE) {
        along->paused_days += after - days_at(along, from);
    }
}

static sla_status explain_pieces(way *along) {
    sla_status status = SLA_OK;
    for (int64_t at = along->reading->course.start; at < along->end && status == SLA_OK;) {
        move_to(along, at);
        const int64_t end = piece_end(along, at);
        const pause_span *const paused = coming_pause(along);
        if (paused != NULL && paused->begin <= at) {
            explain_pause(along, at, end);
        } else {
            status = explain_hours(along, at, end);
        }
        at = end;
    }
    return status;
}

static sla_status explain(const clock_reading *reading, int64_t now, span_shelf *shelf) {
    const clock_course *const course = &reading->course;
    if (!reading->started || !sli_spell_is_due(sli_course_last(course))) {
        return SLA_OK;
    }
    way along = {.reading = reading, .now = now, .used_up = SLA_NONE, .shelf = shelf};
    along.end = later(present_of(&along), reading->cycle.due);
    if (reading->cycle.due != SLA_NONE) {
        along.used_up = sli_course_due(course, now).unrolled;
    }
    if (reading->run.start < course->start) {
        keep_span(&along, reading->run.start, course->start, SLA_CLOCK_SPAN_SET_ASIDE);
    }
    return explain_pieces(&along);
}

/* ---- The call ---- */

static sla_status explain_cycle(const clock_question *question, const happenings *happened, int64_t cycle,
                                span_shelf *shelf, sla_error *error) {
    timeline line;
    sla_status status = sli_timeline_open(&line, question, happened, NULL, error);
    if (status != SLA_OK) {
        return status;
    }
    clock_reading reading;
    const size_t wanted = cycle < 0 ? SLI_ALL_CYCLES : (size_t)cycle + 1;
    const size_t count = sli_runs_judge(&line, question, &reading, wanted, NULL, 0);
    if (cycle >= (int64_t)count) {
        status = sli_fail(error, SLA_NOT_FOUND, "the clock has %zu cycles; there is none of number %lld", count,
                          (long long)cycle);
    } else {
        status = explain(&reading, question->now, shelf);
        if (status != SLA_OK) {
            sli_fail(error, status, "%s", sla_status_message(status));
        }
    }
    sli_timeline_close(&line);
    return status;
}

/* Arrays are parameters, for no record holds pointers to the caller's memory. NOLINTNEXTLINE(readability-function-size) */
sla_status sla_clock_explain(const sla_contract *contract, int32_t metric, const sla_request *request,
                             const sla_event *events, size_t event_count, const sla_change *changes, size_t change_count,
                             int64_t now, int64_t cycle, sla_clock_span *spans, size_t capacity, size_t *count,
                             sla_error *error) {
    if (count != NULL) {
        *count = 0;
    }
    const happenings happened = {events, event_count, changes, change_count};
    if (contract == NULL || request == NULL || count == NULL || cycle < -1 || cycle == INT64_MAX ||
        !sli_happenings_are_there(&happened) || (spans == NULL && capacity > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a contract, a request, a cycle from -1, a count and an array for each number are needed");
    }
    clock_question question;
    span_shelf shelf = {spans, capacity, 0};
    sla_status status = sli_question_pose(&question, contract, metric, now, error);
    question.request = request;
    if (status == SLA_OK) {
        status = explain_cycle(&question, &happened, cycle, &shelf, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    *count = shelf.count;
    if (shelf.count > capacity) {
        return sli_fail(error, SLA_BUFFER_TOO_SMALL, "the clock's way has %zu spans and there is room for %zu", shelf.count,
                        capacity);
    }
    return SLA_OK;
}
