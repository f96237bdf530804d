/* SPDX-License-Identifier: MIT */
/*
 * Clocks at their limits: calendars that open no more before the horizon ends, numbers at the ends of their ranges, and
 * calls of which one thing is wrong.
 */
#include "agreement.h"

#include <stdlib.h>

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

enum { RUNNING = SLA_STATE_RUNNING, PAUSED = SLA_STATE_PAUSED, BREACHED = SLA_STATE_BREACHED };
enum { OPEN = SLA_CYCLE_OPEN, OUTSIDE = SLA_CYCLE_OUTSIDE_HOURS, BEYOND = SLA_CYCLE_BEYOND_HORIZON };

/* ---- A contract of one month ---- */

/* Open from nine to five on the dates [first, until) of November 2026, and never again. */
static void add_dates(sla_contract_builder *builder, sla_zone *zone, const char *name, int32_t first, int32_t until) {
    const sla_window window = {9 * HOUR, 17 * HOUR};
    const int32_t november = (int32_t)(at(1, 0, 0) / SLI_DAY) - 1;
    sla_calendar_builder *dates = NULL;
    sla_calendar *calendar = NULL;
    int32_t index;
    assert_int_equal(sla_calendar_builder_new(zone, at(1, 0, 0), at(31, 0, 0), &dates, NULL), SLA_OK);
    assert_int_equal(
        sla_calendar_builder_add_exception(dates, november + first, november + until, &window, 1, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_build(dates, &calendar, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_calendar(builder, name, SIZE_MAX, calendar, &index, NULL), SLA_OK);
    sla_calendar_unref(calendar);
    sla_calendar_builder_free(dates);
}

/* The horizon is November 2026; `week` opens on the days from the 2nd to the 6th, `twentieth` on that day. */
static sla_contract *make_november(void) {
    static const event_role work[] = {{SLA_NAME_START, "received"},
                                      {SLA_NAME_START, "again"},
                                      {SLA_NAME_STOP, "done"},
                                      {SLA_NAME_PAUSE, "held"},
                                      {SLA_NAME_RESUME, "freed"}};
    static const target_row rows[] = {
        {"at-once", NULL, {.kind = SLA_TARGET_IMMEDIATE, .by = -1}, NULL, "week"},
        {"hour", NULL, {.kind = SLA_TARGET_DURATION, .amount = HOUR, .by = -1}, NULL, "week"},
        {"plain", NULL, {.kind = SLA_TARGET_DURATION, .amount = HOUR, .by = -1}, NULL, NULL},
        {"graced", NULL, {.kind = SLA_TARGET_DURATION, .amount = HOUR, .grace = 100 * HOUR, .by = -1}, "week", NULL},
        {"day", NULL, {.kind = SLA_TARGET_BUSINESS_DAYS, .amount = 1, .by = -1}, "week", NULL},
        {"rolled-day", NULL, {.kind = SLA_TARGET_BUSINESS_DAYS, .amount = 1, .by = -1}, "week", "twentieth"},
    };
    sla_contract_builder *builder = NULL;
    sla_contract *contract = NULL;
    sla_zone *const zone = zone_of("UTC");
    assert_int_equal(sla_contract_builder_new("november", SIZE_MAX, zone, at(1, 0, 0), at(31, 0, 0), &builder, NULL),
                     SLA_OK);
    add_dates(builder, zone, "week", 2, 7);
    add_dates(builder, zone, "twentieth", 20, 21);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        add_element(builder, SLA_ELEMENT_RULE, rows[i].criterion);
    }
    add_metric(builder, "work", (sla_metric){0}, work, COUNT_OF(work));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        add_target(builder, &rows[i]);
    }
    assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
    return contract;
}

static sla_request request_of(const sla_contract *contract, const char *criterion, int64_t received) {
    sla_request request = request_at(received);
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, criterion);
    return request;
}

/* ---- No opening is left ---- */

typedef struct late_life {
    const char *criterion;
    int64_t received;
    int64_t held; /* SLA_NONE: never */
    int64_t freed;
    int64_t now;
    int32_t state;
    int32_t flags;
    int64_t due;
    int64_t limit;
    int64_t remaining;
} late_life;

static size_t events_of(const sla_contract *contract, const late_life *lived, sla_event events[2]) {
    size_t count = 0;
    if (lived->held != SLA_NONE) {
        events[count++] = (sla_event){lived->held, index_of(contract, SLA_ELEMENT_EVENT, "held"), 0};
    }
    if (lived->freed != SLA_NONE) {
        events[count++] = (sla_event){lived->freed, index_of(contract, SLA_ELEMENT_EVENT, "freed"), 0};
    }
    return count;
}

/* §1.5, §7.7: what would lie beyond the horizon is no due time; that a clock is paused before it stands all the same. */
static void due_times_that_no_opening_is_left_for(void **state) {
    (void)state;
    const late_life lives[] = {
        /* Held in the second of its receipt: due then, if that is where it rolls to; else it is paused (§7.3). */
        {"at-once", at(3, 10, 0), at(3, 10, 0), SLA_NONE, at(3, 12, 0), BREACHED, OPEN, at(3, 10, 0), at(3, 10, 0),
         SLA_NONE},
        {"at-once", at(9, 10, 0), at(9, 10, 0), SLA_NONE, at(9, 12, 0), PAUSED, BEYOND, SLA_NONE, SLA_NONE, 0},
        {"at-once", at(9, 10, 0), SLA_NONE, SLA_NONE, at(9, 12, 0), RUNNING, BEYOND, SLA_NONE, SLA_NONE, 0},
        /* Used up before the pause, but where would it roll to? */
        {"hour", at(9, 10, 0), at(9, 12, 0), SLA_NONE, at(9, 13, 0), PAUSED, BEYOND, SLA_NONE, SLA_NONE, 0},
        {"hour", at(9, 10, 0), at(9, 12, 0), at(9, 13, 0), at(9, 14, 0), RUNNING, BEYOND, SLA_NONE, SLA_NONE, 0},
        {"hour", at(3, 10, 0), at(3, 12, 0), SLA_NONE, at(3, 13, 0), BREACHED, OPEN, at(3, 11, 0), at(3, 11, 0), SLA_NONE},
        /* §4.4: the grace leads beyond the horizon. */
        {"graced", at(2, 9, 0), SLA_NONE, SLA_NONE, at(3, 12, 0), RUNNING, 0, at(2, 10, 0), SLA_NONE, 0},
        /* §7.3: a pause counts business days; from where it begins, or where it ends, none may be left. */
        {"day", at(5, 10, 0), SLA_NONE, SLA_NONE, at(6, 11, 0), RUNNING, 0, at(6, 17, 0), at(6, 17, 0), SLA_NONE},
        {"day", at(4, 10, 0), at(4, 11, 0), at(5, 11, 0), at(6, 11, 0), RUNNING, 0, at(6, 17, 0), at(6, 17, 0), SLA_NONE},
        {"day", at(5, 10, 0), at(6, 10, 0), at(9, 10, 0), at(9, 11, 0), RUNNING, OUTSIDE | BEYOND, SLA_NONE, SLA_NONE,
         SLA_NONE},
        {"day", at(5, 10, 0), at(6, 10, 0), SLA_NONE, at(9, 11, 0), PAUSED, OUTSIDE | BEYOND, SLA_NONE, SLA_NONE, SLA_NONE},
        {"day", at(9, 10, 0), SLA_NONE, SLA_NONE, at(9, 11, 0), RUNNING, OUTSIDE | BEYOND, SLA_NONE, SLA_NONE, SLA_NONE},
        {"rolled-day", at(5, 10, 0), SLA_NONE, SLA_NONE, at(9, 11, 0), RUNNING, OUTSIDE, at(20, 9, 0), at(20, 9, 0),
         SLA_NONE},
        {"rolled-day", at(5, 10, 0), at(10, 10, 0), at(11, 10, 0), at(12, 10, 0), RUNNING, OUTSIDE | BEYOND, SLA_NONE,
         SLA_NONE, SLA_NONE},
    };
    sla_contract *const contract = make_november();
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "work");
    for (size_t i = 0; i < COUNT_OF(lives); i++) {
        const sla_request request = request_of(contract, lives[i].criterion, lives[i].received);
        sla_event events[2];
        const size_t event_count = events_of(contract, &lives[i], events);
        sla_cycle cycle;
        size_t count;
        print_message("life %zu\n", i);
        assert_int_equal(sla_clock_evaluate(contract, metric, &request, events, event_count, NULL, 0, lives[i].now, &cycle,
                                            1, &count, NULL),
                         SLA_OK);
        assert_int_equal(count, 1);
        assert_int_equal(cycle.state, lives[i].state);
        assert_int_equal(cycle.flags, lives[i].flags);
        assert_int_equal(cycle.due, lives[i].due);
        assert_int_equal(cycle.limit, lives[i].limit);
        assert_int_equal(cycle.due_if_resumed, SLA_NONE);
        assert_int_equal(cycle.remaining, lives[i].remaining);
    }
    sla_contract_unref(contract);
}

/* §7.2: reopened in the second of its stop, a clock goes on as if nothing had been; a pause that was on is one pause. */
static void reopening_at_once(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "resolution");
    const int32_t waiting = index_of(contract, SLA_ELEMENT_EVENT, "waiting");
    const int32_t answered = index_of(contract, SLA_ELEMENT_EVENT, "answered");
    const int32_t resolved = index_of(contract, SLA_ELEMENT_EVENT, "resolved");
    const int32_t reopened = index_of(contract, SLA_ELEMENT_EVENT, "reopened");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    const sla_event events[] = {{at(23, 10, 0), waiting, 0},  {at(23, 11, 0), answered, 0}, {at(23, 12, 0), waiting, 0},
                                {at(23, 13, 0), resolved, 0}, {at(23, 13, 0), reopened, 0}, {at(23, 14, 0), answered, 0}};
    sla_cycle cycle;
    size_t count;
    assert_int_equal(sla_clock_evaluate(contract, metric, &request, events, COUNT_OF(events), NULL, 0, at(23, 15, 0),
                                        &cycle, 1, &count, NULL),
                     SLA_OK);
    assert_int_equal(cycle.state, RUNNING);
    assert_int_equal(cycle.used, 3 * HOUR); /* 9 to 10, 11 to 12, 14 to 15 */
    assert_int_equal(cycle.used_elapsed, 3 * HOUR);
    assert_int_equal(cycle.due, at(23, 16, 0));
    sla_contract_unref(contract);
}

/* ---- Explanations ---- */

typedef struct expected_span {
    int64_t begin;
    int64_t end;
    int32_t kind;
    int32_t phase;
    int64_t used;
} expected_span;

static void expect_way(const sla_contract *contract, const char *criterion, int64_t received, int64_t now,
                       const expected_span *expected, size_t expected_count) {
    const sla_request request = request_of(contract, criterion, received);
    sla_clock_span spans[8];
    size_t count;
    assert_int_equal(
        sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, now, -1, spans, COUNT_OF(spans), &count, NULL), SLA_OK);
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].begin, expected[i].begin);
        assert_int_equal(spans[i].end, expected[i].end);
        assert_int_equal(spans[i].kind, expected[i].kind);
        assert_int_equal(spans[i].phase, expected[i].phase);
        assert_int_equal(spans[i].used, expected[i].used);
        assert_int_equal(spans[i].days, SLA_NONE);
        assert_int_equal(spans[i].flags, 0);
    }
}

static void ways_without_an_end(void **state) {
    (void)state;
    sla_contract *const contract = make_november();
    const expected_span graced[] = {
        {at(2, 9, 0), at(2, 10, 0), SLA_CLOCK_SPAN_COUNTED, SLA_PHASE_TARGET, HOUR},
        {at(2, 10, 0), at(2, 17, 0), SLA_CLOCK_SPAN_COUNTED, SLA_PHASE_GRACE, 8 * HOUR},
        {at(2, 17, 0), at(3, 9, 0), SLA_CLOCK_SPAN_CLOSED, SLA_PHASE_GRACE, 8 * HOUR},
        {at(3, 9, 0), at(3, 12, 0), SLA_CLOCK_SPAN_COUNTED, SLA_PHASE_GRACE, 11 * HOUR},
    };
    expect_way(contract, "graced", at(2, 9, 0), at(3, 12, 0), graced, COUNT_OF(graced));
    const expected_span day[] = {{at(9, 10, 0), at(9, 12, 0), SLA_CLOCK_SPAN_CLOSED, SLA_PHASE_TARGET, 0}};
    expect_way(contract, "day", at(9, 10, 0), at(9, 12, 0), day, COUNT_OF(day));
    sla_contract_unref(contract);
}

/* ---- Thresholds ---- */

/* The first transition, or none. */
static int64_t next_at(const sla_contract *contract, int32_t metric, const sla_request *request, int64_t now,
                       const sla_threshold *thresholds, size_t count) {
    sla_transition found;
    size_t found_count;
    assert_int_equal(
        sla_clock_next(contract, metric, request, NULL, 0, NULL, 0, now, thresholds, count, &found, 1, &found_count, NULL),
        SLA_OK);
    return found_count == 0 ? SLA_NONE : found.at;
}

static sla_threshold share(int64_t thousandths) {
    return (sla_threshold){.kind = SLA_THRESHOLD_SHARE, .amount = thousandths, .action = -1};
}

static sla_threshold after_due(int64_t seconds, int32_t action) {
    return (sla_threshold){.kind = SLA_THRESHOLD_DUE, .amount = seconds, .action = action};
}

/* §1.5: a threshold beyond the horizon never comes, be it for its own amount or for the calendar that it moves into. */
static void thresholds_beyond_the_horizon(void **state) {
    (void)state;
    sla_contract *const contract = make_november();
    const int32_t week = index_of(contract, SLA_ELEMENT_CALENDAR, "week");
    const int32_t twentieth = index_of(contract, SLA_ELEMENT_CALENDAR, "twentieth");
    const sla_request request = request_of(contract, "plain", at(9, 10, 0));
    const int64_t breach = at(9, 11, 0) + 1;
    const int64_t day = SLI_DAY;
    const struct {
        sla_threshold asked;
        int64_t now;
        int64_t expected;
    } cases[] = {
        {share(500), at(9, 10, 0), at(9, 10, 30)},
        {share(1), at(9, 10, 0), at(9, 10, 0) + 4}, /* 3.6 seconds, rounded up */
        {share(2000000), at(9, 11, 30), SLA_NONE},
        {after_due(0, -1), at(9, 10, 0), at(9, 11, 0)},
        {after_due(21 * day - 11 * HOUR - 1, -1), at(9, 11, 30), at(30, 0, 0) - 1},
        {after_due(22 * day - 11 * HOUR - 1, -1), at(9, 11, 30), at(31, 0, 0) - 1},
        {after_due(22 * day - 11 * HOUR + 1, -1), at(9, 11, 30), SLA_NONE},
        {after_due(0, twentieth), at(9, 11, 30), at(20, 9, 0)},
        {after_due(0, week), at(9, 10, 0), breach},
        {after_due(0, week), at(9, 11, 30), SLA_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        print_message("threshold %zu\n", i);
        assert_int_equal(next_at(contract, 0, &request, cases[i].now, &cases[i].asked, 1), cases[i].expected);
    }
    sla_contract_unref(contract);
}

/* A whole of 2^32 + 1 seconds, and as many thousandths: their product has no place in 64 bits, and is no small number. A
 * whole and a share whose product is the highest number have none for rounding up either. */
static void shares_too_large_for_64_bits(void **state) {
    (void)state;
    static const struct {
        int64_t whole;
        int64_t thousandths;
    } cases[] = {{INT64_C(4294967297), INT64_C(4294967297)}, {INT64_C(60247241209), INT64_C(153092023)}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *builder = NULL;
        sla_contract *contract = NULL;
        sla_zone *const zone = zone_of("UTC");
        assert_int_equal(
            sla_contract_builder_new("huge", SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL), SLA_OK);
        add_target(builder, &(target_row){
                                NULL, NULL, {.kind = SLA_TARGET_DURATION, .amount = cases[i].whole, .by = -1}, NULL, NULL});
        assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
        const sla_request request = request_at(at(23, 9, 0));
        const sla_threshold asked = share(cases[i].thousandths);
        assert_int_equal(next_at(contract, 0, &request, at(23, 9, 0), &asked, 1), SLA_NONE);
        sla_contract_unref(contract);
        sla_contract_builder_free(builder);
        sla_zone_unref(zone);
    }
}

static void thresholds_at_the_ends_of_their_ranges(void **state) {
    (void)state;
    enum { SHARE = SLA_THRESHOLD_SHARE, DUE = SLA_THRESHOLD_DUE, ELAPSED = SLA_BASIS_ELAPSED };
    static const int64_t most = INT64_C(1) << 40;
    static const int64_t often = INT64_MAX / 2;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_of(contract, "normal", at(23, 10, 0));
    const sla_threshold allowed[] = {
        {SHARE, 0, 0, 0, 0, -1, {0}},        {SHARE, 0, most, 0, 0, -1, {0}}, {DUE, 0, -most, 0, 0, -1, {0}},
        {DUE, ELAPSED, most, 0, 0, -1, {0}}, {DUE, 0, 0, most, 0, -1, {0}},   {DUE, 0, 0, 1, often, -1, {0}},
        {DUE, 0, 0, 1, 1, 0, {0}},           {SHARE, 0, 0, 1, 0, 2, {0}},
    };
    const sla_threshold refused[] = {
        {-1, 0, 0, 0, 0, -1, {0}},         {SHARE, -1, 0, 0, 0, -1, {0}},     {SHARE, 0, most + 1, 0, 0, -1, {0}},
        {DUE, 0, most + 1, 0, 0, -1, {0}}, {DUE, 0, 0, most + 1, 0, -1, {0}}, {DUE, 0, 0, 1, often + 1, -1, {0}},
        {DUE, 0, 0, 0, 1, -1, {0}},        {DUE, 0, 0, 0, 0, 3, {0}},         {DUE, 0, 0, 0, 0, -1, {1}},
    };
    sla_transition found;
    size_t count;
    sla_error error;
    assert_int_equal(sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), allowed, COUNT_OF(allowed),
                                    &found, 1, &count, NULL),
                     SLA_OK);
    assert_int_equal(count, 1);
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        const sla_threshold first[] = {refused[i], allowed[0]};
        const sla_threshold second[] = {allowed[0], refused[i]};
        assert_int_equal(
            sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), first, 2, &found, 1, &count, &error),
            SLA_INVALID_ARGUMENT);
        assert_memory_equal(error.message, "thresholds[0] ", 14);
        assert_int_equal(
            sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), second, 2, &found, 1, &count, &error),
            SLA_INVALID_ARGUMENT);
        assert_memory_equal(error.message, "thresholds[1] ", 14);
    }
    sla_contract_unref(contract);
}

/* ---- Agendas ---- */

/* What a call hands over, and what it comes to. */
typedef struct agenda_call {
    const char *wrong;
    const sla_contract *contract;
    int32_t metric;
    const sla_request *requests;
    const sla_event *events;
    const int64_t *offsets;
    int64_t now;
    int64_t until;
    size_t threshold_count;
    bool entries;
    bool count;
    sla_status expected;
} agenda_call;

static void agendas_of_unusable_calls(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "response");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    const sla_event event = {at(23, 9, 0), SLA_UNKNOWN, 0};
    const int64_t offsets[] = {0, 1};
    const int64_t now = at(23, 10, 0);
    const int64_t until = at(24, 9, 0);
    const int64_t end = SLA_HORIZON_END;
    const agenda_call calls[] = {
        {"nothing", contract, metric, &request, &event, offsets, now, until, 0, true, true, SLA_OK},
        {"contract", NULL, metric, &request, &event, offsets, now, until, 0, true, true, SLA_INVALID_ARGUMENT},
        {"requests", contract, metric, NULL, &event, offsets, now, until, 0, true, true, SLA_INVALID_ARGUMENT},
        {"offsets", contract, metric, &request, &event, NULL, now, until, 0, true, true, SLA_INVALID_ARGUMENT},
        {"thresholds", contract, metric, &request, &event, offsets, now, until, 1, true, true, SLA_INVALID_ARGUMENT},
        {"entries", contract, metric, &request, &event, offsets, now, until, 0, false, true, SLA_INVALID_ARGUMENT},
        {"count", contract, metric, &request, &event, offsets, now, until, 0, true, false, SLA_INVALID_ARGUMENT},
        {"metric", contract, 99, &request, &event, offsets, now, until, 0, true, true, SLA_INVALID_ARGUMENT},
        {"metric and until", contract, 99, &request, &event, offsets, now, now, 0, true, true, SLA_INVALID_ARGUMENT},
        {"metric and end", contract, 99, &request, &event, offsets, now, end + 1, 0, true, true, SLA_INVALID_ARGUMENT},
        {"until", contract, metric, &request, &event, offsets, now, now, 0, true, true, SLA_HORIZON},
        {"until before now", contract, metric, &request, &event, offsets, now, now - 1, 0, true, true, SLA_HORIZON},
        {"end", contract, metric, &request, &event, offsets, now, end + 1, 0, true, true, SLA_HORIZON},
        {"now", contract, metric, &request, &event, offsets, -1, until, 0, true, true, SLA_HORIZON},
        {"now of all metrics", contract, SLA_UNSAID, &request, &event, offsets, -1, until, 0, true, true, SLA_HORIZON},
    };
    for (size_t i = 0; i < COUNT_OF(calls); i++) {
        const agenda_call *const call = &calls[i];
        sla_transition found[4];
        size_t count = 7;
        print_message("%s\n", call->wrong);
        assert_int_equal(sla_clock_agenda(call->contract, call->metric, 1, call->requests, NULL, call->events,
                                          call->offsets, NULL, NULL, call->now, call->until, NULL, call->threshold_count,
                                          call->entries ? found : NULL, 4, call->count ? &count : NULL, NULL, 0, NULL),
                         call->expected);
        assert_int_equal(count, !call->count ? 7 : call->expected == SLA_OK ? 1 : 0);
    }
    sla_contract_unref(contract);
}

/* The horizon's end is the last `until` that there is. */
static void agendas_up_to_the_end(void **state) {
    (void)state;
    sla_contract *const contract = make_november();
    const sla_request request = request_of(contract, "plain", at(30, 22, 59) + 58);
    sla_transition found[2];
    size_t count;
    assert_int_equal(sla_clock_agenda(contract, 0, 1, &request, NULL, NULL, NULL, NULL, NULL, at(30, 23, 0), at(31, 0, 0),
                                      NULL, 0, found, 2, &count, NULL, 0, NULL),
                     SLA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found[0].at, at(31, 0, 0) - 1); /* breached in the last second */
    assert_int_equal(sla_clock_agenda(contract, 0, 1, &request, NULL, NULL, NULL, NULL, NULL, at(30, 23, 0),
                                      at(31, 0, 0) - 1, NULL, 0, found, 2, &count, NULL, 0, NULL),
                     SLA_OK);
    assert_int_equal(count, 0);
    sla_contract_unref(contract);
}

/* Bad offsets are told for their request alone; what is full keeps the first entries. */
static void agendas_keep_the_first(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "response");
    const sla_event event = {at(23, 12, 0), SLA_UNKNOWN, 0};
    const int64_t offsets[] = {0, 1, 0, 1};
    const sla_request requests[] = {request_of(contract, "normal", at(23, 12, 0)),
                                    request_of(contract, "normal", at(23, 9, 0)),
                                    request_of(contract, "normal", at(23, 9, 0))};
    sla_transition found[3];
    sla_status statuses[3];
    size_t count;
    for (size_t capacity = 0; capacity <= COUNT_OF(found); capacity++) {
        const size_t expected = capacity < 2 ? capacity : 2;
        assert_int_equal(sla_clock_agenda(contract, metric, 3, requests, NULL, &event, offsets, NULL, NULL, at(23, 12, 30),
                                          at(25, 9, 0), NULL, 0, capacity == 0 ? NULL : found, capacity, &count, NULL, 0,
                                          statuses),
                         SLA_OK);
        assert_int_equal(statuses[0], SLA_OK);
        assert_int_equal(statuses[1], SLA_INVALID_ARGUMENT);
        assert_int_equal(statuses[2], SLA_OK);
        assert_int_equal(count, expected);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(found[i].at, at(23, i == 0 ? 13 : 16, 0) + 1);
            assert_int_equal(found[i].request, i == 0 ? 2 : 0);
        }
    }
    sla_contract_unref(contract);
}

/* ---- Calls of which one thing is wrong ---- */

typedef struct single_call {
    const char *wrong;
    const sla_contract *contract;
    const sla_request *request;
    int64_t cycle;
    size_t event_count;
    size_t change_count;
    bool outputs;
    bool count;
    sla_status expected;
} single_call;

static void check_single_calls(const single_call *calls, size_t call_count) {
    for (size_t i = 0; i < call_count; i++) {
        const single_call *const call = &calls[i];
        sla_clock_span spans[8];
        sla_transition transitions[8];
        size_t explained = 7;
        size_t foreseen = 7;
        sla_error error = {0};
        print_message("%s\n", call->wrong);
        assert_int_equal(sla_clock_explain(call->contract, 0, call->request, NULL, call->event_count, NULL,
                                           call->change_count, at(23, 10, 0), call->cycle, call->outputs ? spans : NULL, 8,
                                           call->count ? &explained : NULL, &error),
                         call->expected);
        assert_int_equal(error.code, call->expected);
        assert_int_equal(explained, !call->count ? 7 : call->expected == SLA_OK ? 2 : 0);
        if (call->cycle == -1) {
            assert_int_equal(sla_clock_next(call->contract, 0, call->request, NULL, call->event_count, NULL,
                                            call->change_count, at(23, 10, 0), NULL, 0, call->outputs ? transitions : NULL,
                                            8, call->count ? &foreseen : NULL, NULL),
                             call->expected);
            assert_int_equal(foreseen, !call->count ? 7 : call->expected == SLA_OK ? 1 : 0);
        }
    }
}

static void single_calls(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    const sla_request early = request_of(contract, "normal", -1);
    const single_call calls[] = {
        {"nothing", contract, &request, -1, 0, 0, true, true, SLA_OK},
        {"contract", NULL, &request, -1, 0, 0, true, true, SLA_INVALID_ARGUMENT},
        {"request", contract, NULL, -1, 0, 0, true, true, SLA_INVALID_ARGUMENT},
        {"events", contract, &request, -1, 1, 0, true, true, SLA_INVALID_ARGUMENT},
        {"changes", contract, &request, -1, 0, 1, true, true, SLA_INVALID_ARGUMENT},
        {"outputs", contract, &request, -1, 0, 0, false, true, SLA_INVALID_ARGUMENT},
        {"count", contract, &request, -1, 0, 0, true, false, SLA_INVALID_ARGUMENT},
        {"cycle", contract, &request, -2, 0, 0, true, true, SLA_INVALID_ARGUMENT},
        {"last cycle that cannot be counted to", contract, &request, INT64_MAX, 0, 0, true, true, SLA_INVALID_ARGUMENT},
        {"cycle that is none", contract, &request, INT64_MAX - 1, 0, 0, true, true, SLA_NOT_FOUND},
        {"receipt", contract, &early, -1, 0, 0, true, true, SLA_INVALID_REQUEST},
    };
    check_single_calls(calls, COUNT_OF(calls));
    sla_contract_unref(contract);
}

/* No room at all is asked for the number alone. */
static void numbers_without_room(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    size_t count;
    sla_error error;
    assert_int_equal(sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), -1, NULL, 0, &count, &error),
                     SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 2);
    assert_string_equal(error.message, "the clock's way has 2 spans and there is room for 0");
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &request, NULL, 0, NULL, 0, at(23, 10, 0), NULL, 0, NULL, 0, &count, &error),
        SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 5); /* all that start with the receipt are breached at once */
    assert_string_equal(error.message, "5 metrics change at that instant and there is room for 0");
    sla_contract_unref(contract);
}

/* The first metric that fails ends the search through all. */
static void all_metrics_of_an_unusable_call(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    const sla_request early = request_of(contract, "normal", -1);
    sla_transition found;
    size_t count = 7;
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &request, NULL, 0, NULL, 0, SLA_HORIZON_END, NULL, 0, &found, 1, &count, NULL),
        SLA_HORIZON);
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &early, NULL, 0, NULL, 0, at(23, 10, 0), NULL, 0, &found, 1, &count, NULL),
        SLA_INVALID_REQUEST);
    assert_int_equal(count, 0);
    sla_contract_unref(contract);
}

static void decisions_without_a_contract(void **state) {
    (void)state;
    const sla_request request = request_at(at(23, 9, 0));
    sla_verdict verdict = {.cycle_count = 7};
    assert_int_equal(sla_clock_decide(NULL, 0, &request, NULL, NULL, 0, NULL, 0, at(23, 10, 0), &verdict, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(verdict.cycle_count, 0);
    assert_int_equal(verdict.criterion, SLA_UNSAID);
}

/* ---- Complaints (§7.7) ---- */

/* Events and changes that are none are a mistake of the program, not of the request. */
static void events_and_changes_that_are_none(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_of(contract, "normal", at(23, 9, 0));
    const int32_t events = sla_contract_count(contract, SLA_ELEMENT_EVENT);
    const sla_event bad_events[] = {{at(23, 9, 0), events, 0},
                                    {at(23, 9, 0), SLA_UNSAID, 0},
                                    {at(23, 9, 0), -3, 0},
                                    {at(23, 9, 0), 0, 1},
                                    {at(23, 9, 0), SLA_UNKNOWN, 1}};
    const sla_change bad_changes[] = {{at(23, 9, 0), -1, 0}, {at(23, 9, 0), SLA_CHANGED_CONTRACT + 1, 0}};
    sla_cycle cycle;
    size_t count;
    sla_error error;
    for (size_t i = 0; i < COUNT_OF(bad_events); i++) {
        assert_int_equal(
            sla_clock_evaluate(contract, 0, &request, &bad_events[i], 1, NULL, 0, at(23, 10, 0), &cycle, 1, &count, &error),
            SLA_INVALID_ARGUMENT);
        assert_non_null(strstr(error.message, "events[0] is no event of this contract"));
    }
    for (size_t i = 0; i < COUNT_OF(bad_changes); i++) {
        assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, &bad_changes[i], 1, at(23, 10, 0), &cycle, 1,
                                            &count, &error),
                         SLA_INVALID_ARGUMENT);
        assert_non_null(strstr(error.message, "changes[0] is of no fact that can change"));
    }
    sla_contract_unref(contract);
}

/* What a contract has is listed as far as there is room. */
static void lists_of_what_a_contract_has(void **state) {
    (void)state;
    enum { TIERS = 4, ROOM = 200 };
    static const struct {
        size_t lengths[TIERS]; /* of the names: a…, b…, and so on; 0: no more tiers */
        const char *expected;  /* "a60" stands for sixty a */
    } cases[] = {
        {{0}, "none"},          {{1}, "a1"},           {{1, 1}, "a1, b1"},
        {{154}, "a154"},        {{155}, "..."},        {{255, 1}, "..."},
        {{1, 151}, "a1, b151"}, {{1, 152}, "a1, ..."}, {{1, 1, 147, 1}, "a1, b1, c147, ..."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *builder = NULL;
        sla_contract *contract = NULL;
        sla_zone *const zone = zone_of("UTC");
        char expected[ROOM * 2] = "the contract 'short' does not know this tier; what it has: ";
        for (const char *at_part = cases[i].expected; *at_part != '\0'; at_part++) {
            const char letter[2] = {*at_part, '\0'};
            const bool name = *at_part >= 'a' && *at_part <= 'd' && at_part[1] >= '0' && at_part[1] <= '9';
            for (size_t times = name ? strtoul(at_part + 1, NULL, 10) : 1; times > 0; times--) {
                strcat(expected, letter);
            }
            while (name && at_part[1] >= '0' && at_part[1] <= '9') {
                at_part++;
            }
        }
        assert_int_equal(
            sla_contract_builder_new("short", SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL), SLA_OK);
        for (size_t tier = 0; tier < TIERS && cases[i].lengths[tier] > 0; tier++) {
            char name[256] = {0};
            memset(name, 'a' + (int)tier, cases[i].lengths[tier]);
            add_element(builder, SLA_ELEMENT_TIER, name);
        }
        assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
        sla_request request = request_at(at(23, 9, 0));
        request.tier = TIERS;
        sla_cycle cycle;
        size_t count;
        sla_error error;
        assert_int_equal(
            sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), &cycle, 1, &count, &error),
            SLA_INVALID_REQUEST);
        assert_string_equal(error.message, expected);
        sla_contract_unref(contract);
        sla_contract_builder_free(builder);
        sla_zone_unref(zone);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_times_that_no_opening_is_left_for),
        cmocka_unit_test(reopening_at_once),
        cmocka_unit_test(ways_without_an_end),
        cmocka_unit_test(thresholds_beyond_the_horizon),
        cmocka_unit_test(shares_too_large_for_64_bits),
        cmocka_unit_test(thresholds_at_the_ends_of_their_ranges),
        cmocka_unit_test(agendas_of_unusable_calls),
        cmocka_unit_test(agendas_up_to_the_end),
        cmocka_unit_test(agendas_keep_the_first),
        cmocka_unit_test(single_calls),
        cmocka_unit_test(numbers_without_room),
        cmocka_unit_test(all_metrics_of_an_unusable_call),
        cmocka_unit_test(decisions_without_a_contract),
        cmocka_unit_test(events_and_changes_that_are_none),
        cmocka_unit_test(lists_of_what_a_contract_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
