/* SPDX-License-Identifier: MIT */
/*
 * The explanation of a cycle, held against its verdict and its calendars: no holes, no second counted that is not open, and
 * running totals that come to the used time and to the target.
 */
#include "random_lives.h"

enum { CONTRACTS = 60, LIVES = 60, SPANS = 4096 };

/* ---- Properties of random lives ---- */

static const sla_calendar *calendar_of(const world *in, const sla_clock_span *span) {
    return sla_contract_calendar(in->contract, span->calendar);
}

static int64_t open_in(const world *in, const sla_clock_span *span) {
    int64_t open = 0;
    assert_int_equal(sla_calendar_elapsed(calendar_of(in, span), span->begin, span->end, &open), SLA_OK);
    return open;
}

/* Where the phase begins, or the end of the last span. */
static int64_t end_of_first_phase(const sla_clock_span *spans, size_t count, int64_t *used) {
    *used = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].phase != SLA_PHASE_TARGET) {
            return spans[i].begin;
        }
        *used = spans[i].used;
    }
    return spans[count - 1].end;
}

static void spans_hang_together(const world *in, const sla_clock_span *spans, size_t count) {
    int64_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const sla_clock_span *const span = &spans[i];
        assert_true(span->begin < span->end);
        assert_true(i == 0 || (spans[i - 1].end == span->begin && spans[i - 1].phase <= span->phase));
        assert_true(i == 0 || (spans[i - 1].flags <= span->flags));
        assert_int_equal(span->closing, -1);
        if (span->kind == SLA_CLOCK_SPAN_COUNTED) {
            used += span->end - span->begin;
            assert_int_equal(open_in(in, span), span->end - span->begin);
            assert_int_equal(span->closed_by, SLA_SPAN_OPEN);
        } else if (span->kind == SLA_CLOCK_SPAN_CLOSED) {
            assert_int_equal(open_in(in, span), 0);
            assert_int_equal(span->closed_by, SLA_SPAN_OUTSIDE_HOURS);
        } else {
            assert_int_equal(span->closed_by, SLA_SPAN_OPEN);
        }
        assert_int_equal(span->used, used);
    }
}

static int64_t used_at(const sla_clock_span *spans, size_t count, int64_t at) {
    for (size_t i = 0; i < count; i++) {
        if (spans[i].end == at) {
            return spans[i].used;
        }
    }
    return at == spans[0].begin ? 0 : SLA_NONE;
}

static bool opens_after(const world *in, const sla_clock_span *span) {
    int64_t opening;
    return sla_calendar_next_open(calendar_of(in, span), span->begin, &opening) == SLA_OK;
}

static void spans_agree_with_the_verdict(const world *in, const sla_cycle *cycle, int64_t now, const sla_clock_span *spans,
                                         size_t count) {
    const int64_t present = cycle->stopped == SLA_NONE ? now : cycle->stopped;
    const int64_t end = cycle->due != SLA_NONE && cycle->due > present ? cycle->due : present;
    if (cycle->used == SLA_NONE || end == cycle->started) {
        assert_int_equal(count, 0);
        return;
    }
    assert_true(count > 0);
    spans_hang_together(in, spans, count);
    assert_int_equal(spans[0].begin, cycle->started);
    assert_int_equal(spans[count - 1].end, end);
    assert_true(end == present || spans[count - 1].target == cycle->target); /* a change at `present` has no span yet */
    assert_int_equal(used_at(spans, count, present), cycle->used);
    sla_target row;
    assert_int_equal(sla_contract_get_target(in->contract, cycle->target, &row), SLA_OK);
    if (cycle->due != SLA_NONE && row.kind == SLA_TARGET_DURATION) {
        int64_t used;
        const int64_t used_up = end_of_first_phase(spans, count, &used);
        assert_int_equal(used, row.amount);
        assert_true(row.roll >= 0 || used_up == cycle->due);
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal((spans[i].flags & SLA_CLOCK_SPAN_AHEAD) != 0, spans[i].begin >= present);
        assert_int_equal(spans[i].phase >= SLA_PHASE_GRACE, cycle->due != SLA_NONE && spans[i].begin >= cycle->due);
        assert_int_equal(spans[i].phase == SLA_PHASE_LATE, cycle->limit != SLA_NONE && spans[i].begin >= cycle->limit);
        assert_int_equal(spans[i].days != SLA_NONE, row.kind == SLA_TARGET_BUSINESS_DAYS && opens_after(in, &spans[i]));
    }
}

static void explanations_agree_with_verdicts(void **state) {
    (void)state;
    static world in;
    static sla_clock_span spans[SPANS];
    for (int32_t contract = 0; contract < CONTRACTS; contract++) {
        make_world(&in);
        for (int32_t number = 0; number < LIVES; number++) {
            life lived = random_life();
            drop_contradictions(&lived);
            const told_life told = tell(&in, &lived);
            const int64_t now = (int64_t)lived.now * TICK;
            sla_cycle cycles[CYCLES];
            size_t cycle_count = 0;
            assert_int_equal(evaluate_told(&in, &told, now, cycles, &cycle_count), SLA_OK);
            for (size_t i = 0; i <= cycle_count; i++) {
                const bool last = i == cycle_count;
                size_t count = 0;
                assert_int_equal(sla_clock_explain(in.contract, told.metric, &told.request, told.events, told.event_count,
                                                   told.changes, told.change_count, now, last ? -1 : (int64_t)i, spans,
                                                   SPANS, &count, NULL),
                                 SLA_OK);
                spans_agree_with_the_verdict(&in, &cycles[last ? i - 1 : i], now, spans, count);
            }
        }
        sla_contract_unref(in.contract);
    }
}

/* ---- One life, span by span ---- */

static const char feed_text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
                                "DTSTART;VALUE=DATE:20261125\r\nSUMMARY:Founders' Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static sla_contract *desk_contract(void) {
    static const char document_text[] =
        "{sla: 1, name: Desk, time_zone: UTC, default_calendar: office,"
        " calendars: {office: {hours: {mon-fri: 09:00-17:00}, feeds: [holidays],"
        "   exceptions: [{date: 2026-11-26, hours: 09:00-12:00, title: Stocktaking}]}, late: {hours: {mon-sun: "
        "18:00-19:00}}},"
        " metrics: {work: {start: received, stop: done, pause: held, resume: freed},"
        "   days: {start: received, stop: done, pause: held, resume: freed},"
        "   rolled: {start: received, stop: done}, again: {start: received, stop: done, on_change: restart}},"
        " criteria: [{name: urgent}, {name: normal}],"
        " targets: [{metric: work, within: 20h, grace: 1h}, {metric: days, within: 2 business days},"
        "   {metric: rolled, within: 1h, roll: late}, {metric: again, criterion: urgent, within: 1h},"
        "   {metric: again, within: 4h}]}";
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    sla_error error = {0};
    assert_int_equal(sla_document_load(document_text, SIZE_MAX, &document, &error), SLA_OK);
    assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, feed_text, SIZE_MAX, &error), SLA_OK);
    if (sla_document_build(document, NULL, &contract, &error) != SLA_OK) {
        fail_msg("%s", error.message);
    }
    sla_document_free(document);
    return contract;
}

typedef struct expected_span {
    int64_t begin;
    int64_t end;
    int32_t kind;
    int32_t phase;
    int32_t closed_by;
    const char *title; /* NULL: nothing that has a name */
    int64_t used;
    int64_t days;
} expected_span;

static void expect_spans(const sla_contract *contract, const sla_clock_span *spans, size_t count,
                         const expected_span *expected, size_t expected_count) {
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++) {
        const sla_calendar *const calendar = sla_contract_calendar(contract, spans[i].calendar);
        const char *const title = sla_calendar_closing_title(calendar, spans[i].closing);
        assert_int_equal(spans[i].begin, expected[i].begin);
        assert_int_equal(spans[i].end, expected[i].end);
        assert_int_equal(spans[i].kind, expected[i].kind);
        assert_int_equal(spans[i].phase, expected[i].phase);
        assert_int_equal(spans[i].closed_by, expected[i].closed_by);
        assert_int_equal(spans[i].used, expected[i].used);
        assert_int_equal(spans[i].days, expected[i].days);
        if (expected[i].title == NULL) {
            assert_null(title);
        } else {
            assert_string_equal(title, expected[i].title);
        }
    }
}

enum {
    COUNTED = SLA_CLOCK_SPAN_COUNTED,
    CLOSED = SLA_CLOCK_SPAN_CLOSED,
    PAUSED = SLA_CLOCK_SPAN_PAUSED,
    SET_ASIDE = SLA_CLOCK_SPAN_SET_ASIDE,
    HOURS = SLA_SPAN_OUTSIDE_HOURS,
    FEED = SLA_SPAN_FEED,
    EXCEPTION = SLA_SPAN_EXCEPTION
};

/* Tuesday at ten, twenty hours: a pause, a holiday, half a day, a weekend, the grace and half an hour too late. */
static void every_kind_of_span(void **state) {
    (void)state;
    sla_contract *const contract = desk_contract();
    const sla_request request = request_at(at(24, 10, 0));
    const sla_event events[] = {{at(24, 12, 0), index_of(contract, SLA_ELEMENT_EVENT, "held"), 0},
                                {at(24, 13, 0), index_of(contract, SLA_ELEMENT_EVENT, "freed"), 0},
                                {at(30, 13, 30), index_of(contract, SLA_ELEMENT_EVENT, "done"), 0}};
    const expected_span expected[] = {
        {at(24, 10, 0), at(24, 12, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 2 * HOUR, SLA_NONE},
        {at(24, 12, 0), at(24, 13, 0), PAUSED, SLA_PHASE_TARGET, 0, NULL, 2 * HOUR, SLA_NONE},
        {at(24, 13, 0), at(24, 17, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 6 * HOUR, SLA_NONE},
        {at(24, 17, 0), at(25, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 6 * HOUR, SLA_NONE},
        {at(25, 9, 0), at(25, 17, 0), CLOSED, SLA_PHASE_TARGET, FEED, "Founders' Day", 6 * HOUR, SLA_NONE},
        {at(25, 17, 0), at(26, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 6 * HOUR, SLA_NONE},
        {at(26, 9, 0), at(26, 12, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 9 * HOUR, SLA_NONE},
        {at(26, 12, 0), at(26, 17, 0), CLOSED, SLA_PHASE_TARGET, EXCEPTION, "Stocktaking", 9 * HOUR, SLA_NONE},
        {at(26, 17, 0), at(27, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 9 * HOUR, SLA_NONE},
        {at(27, 9, 0), at(27, 17, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 17 * HOUR, SLA_NONE},
        {at(27, 17, 0), at(30, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 17 * HOUR, SLA_NONE},
        {at(30, 9, 0), at(30, 12, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 20 * HOUR, SLA_NONE},
        {at(30, 12, 0), at(30, 13, 0), COUNTED, SLA_PHASE_GRACE, 0, NULL, 21 * HOUR, SLA_NONE},
        {at(30, 13, 0), at(30, 13, 30), COUNTED, SLA_PHASE_LATE, 0, NULL, 21 * HOUR + 1800, SLA_NONE},
    };
    sla_clock_span spans[32];
    size_t count;
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "work");
    assert_int_equal(
        sla_clock_explain(contract, metric, &request, events, 3, NULL, 0, at(30, 18, 0), -1, spans, 32, &count, NULL),
        SLA_OK);
    expect_spans(contract, spans, count, expected, sizeof expected / sizeof *expected);
    assert_int_equal(
        sla_clock_explain(contract, metric, &request, events, 3, NULL, 0, at(30, 18, 0), 0, spans, 5, &count, NULL),
        SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, sizeof expected / sizeof *expected);
    expect_spans(contract, spans, 5, expected, 5);
    sla_contract_unref(contract);
}

/* §7.3: two business days from Tuesday, with a pause of one: Thursday is the first, Monday would have been the second. */
static void business_days_are_numbered(void **state) {
    (void)state;
    sla_contract *const contract = desk_contract();
    const sla_request request = request_at(at(24, 10, 0));
    const sla_event events[] = {{at(24, 11, 0), index_of(contract, SLA_ELEMENT_EVENT, "held"), 0},
                                {at(26, 11, 0), index_of(contract, SLA_ELEMENT_EVENT, "freed"), 0}};
    const expected_span expected[] = {
        {at(24, 10, 0), at(24, 11, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, HOUR, 0},
        {at(24, 11, 0), at(26, 11, 0), PAUSED, SLA_PHASE_TARGET, 0, NULL, HOUR, 0},
        {at(26, 11, 0), at(26, 12, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 2 * HOUR, 0},
        {at(26, 12, 0), at(26, 17, 0), CLOSED, SLA_PHASE_TARGET, EXCEPTION, "Stocktaking", 2 * HOUR, 1},
        {at(26, 17, 0), at(27, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 2 * HOUR, 1},
        {at(27, 9, 0), at(27, 17, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 10 * HOUR, 1},
        {at(27, 17, 0), at(30, 9, 0), CLOSED, SLA_PHASE_TARGET, HOURS, NULL, 10 * HOUR, 2},
        {at(30, 9, 0), at(30, 17, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, 18 * HOUR, 2},
    };
    sla_clock_span spans[32];
    size_t count;
    assert_int_equal(sla_clock_explain(contract, index_of(contract, SLA_ELEMENT_METRIC, "days"), &request, events, 2, NULL,
                                       0, at(26, 15, 0), -1, spans, 32, &count, NULL),
                     SLA_OK);
    assert_int_equal(spans[3].end, at(26, 15, 0)); /* cut at `now`: what follows lies ahead */
    assert_int_equal(spans[3].flags, 0);
    assert_int_equal(spans[4].flags, SLA_CLOCK_SPAN_AHEAD);
    spans[4].begin = spans[3].begin;
    memmove(&spans[3], &spans[4], (count - 4) * sizeof *spans);
    expect_spans(contract, spans, count - 1, expected, sizeof expected / sizeof *expected);
    sla_contract_unref(contract);
}

/* §4.2: used up at eleven, due when the other calendar opens; §7.5: a restart sets the time before it aside. */
static void rolling_and_restarting(void **state) {
    (void)state;
    sla_contract *const contract = desk_contract();
    const sla_request received = request_at(at(24, 10, 0));
    const expected_span rolled[] = {
        {at(24, 10, 0), at(24, 11, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, HOUR, SLA_NONE},
        {at(24, 11, 0), at(24, 17, 0), COUNTED, SLA_PHASE_ROLL, 0, NULL, 7 * HOUR, SLA_NONE},
        {at(24, 17, 0), at(24, 18, 0), CLOSED, SLA_PHASE_ROLL, HOURS, NULL, 7 * HOUR, SLA_NONE},
    };
    sla_clock_span spans[32];
    size_t count;
    assert_int_equal(sla_clock_explain(contract, index_of(contract, SLA_ELEMENT_METRIC, "rolled"), &received, NULL, 0, NULL,
                                       0, at(24, 10, 0), -1, spans, 32, &count, NULL),
                     SLA_OK);
    expect_spans(contract, spans, count, rolled, 3);

    sla_request request = received;
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    const sla_change change = {at(24, 12, 0), SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, "urgent")};
    const expected_span restarted[] = {
        {at(24, 10, 0), at(24, 12, 0), SET_ASIDE, SLA_PHASE_TARGET, 0, NULL, 0, SLA_NONE},
        {at(24, 12, 0), at(24, 13, 0), COUNTED, SLA_PHASE_TARGET, 0, NULL, HOUR, SLA_NONE},
    };
    assert_int_equal(sla_clock_explain(contract, index_of(contract, SLA_ELEMENT_METRIC, "again"), &request, NULL, 0,
                                       &change, 1, at(24, 12, 30) - 1800, -1, spans, 32, &count, NULL),
                     SLA_OK);
    expect_spans(contract, spans, count, restarted, 2);
    sla_contract_unref(contract);
}

static void what_cannot_be_explained(void **state) {
    (void)state;
    sla_contract *const contract = desk_contract();
    const sla_request request = request_at(at(24, 10, 0));
    sla_clock_span spans[4];
    size_t count = 7;
    sla_error error;
    assert_int_equal(sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, at(24, 10, 0), 1, spans, 4, &count, &error),
                     SLA_NOT_FOUND);
    assert_int_equal(count, 0);
    assert_string_equal(error.message, "the clock has 1 cycles; there is none of number 1");
    assert_int_equal(
        sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, at(24, 10, 0), -2, spans, 4, &count, &error),
        SLA_INVALID_ARGUMENT);
    assert_int_equal(
        sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, SLA_HORIZON_END, 0, spans, 4, &count, &error),
        SLA_HORIZON);
    assert_int_equal(
        sla_clock_explain(contract, 99, &request, NULL, 0, NULL, 0, at(24, 10, 0), 0, spans, 4, &count, &error),
        SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, at(24, 10, 0), 0, NULL, 4, &count, &error),
                     SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explanations_agree_with_verdicts), cmocka_unit_test(every_kind_of_span),
        cmocka_unit_test(business_days_are_numbered),       cmocka_unit_test(rolling_and_restarting),
        cmocka_unit_test(what_cannot_be_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
