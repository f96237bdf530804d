/* SPDX-License-Identifier: MIT */
/* The ways of clocks with business days and with rolled due times, span by span. The office is open 09:00-17:00 UTC, Monday
 * to Friday. */
#include "agreement.h"

enum { COUNTED = SLA_CLOCK_SPAN_COUNTED, CLOSED = SLA_CLOCK_SPAN_CLOSED, PAUSED = SLA_CLOCK_SPAN_PAUSED, SPANS = 16 };

typedef struct expected_span {
    int64_t begin;
    int64_t end;
    int32_t kind;
    int64_t used;
    int64_t days;
} expected_span;

static void expect_way(const sla_contract *contract, const char *criterion, const sla_event *events, size_t event_count,
                       const sla_change *changes, size_t change_count, int64_t now, const expected_span *expected,
                       size_t expected_count) {
    sla_request request = request_at(at(24, 10, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, criterion);
    sla_clock_span spans[SPANS];
    size_t count;
    assert_int_equal(sla_clock_explain(contract, index_of(contract, SLA_ELEMENT_METRIC, "resolution"), &request, events,
                                       event_count, changes, change_count, now, -1, spans, SPANS, &count, NULL),
                     SLA_OK);
    assert_int_equal(count, expected_count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].begin, expected[i].begin);
        assert_int_equal(spans[i].end, expected[i].end);
        assert_int_equal(spans[i].kind, expected[i].kind);
        assert_int_equal(spans[i].used, expected[i].used);
        assert_int_equal(spans[i].days, expected[i].days);
    }
}

/* §7.3: two business days from Tuesday on; a pause from the first to the second of them makes three of them. */
static void a_pause_between_business_days(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_event events[] = {{at(25, 11, 0), index_of(contract, SLA_ELEMENT_EVENT, "waiting"), 0},
                                {at(26, 11, 0), index_of(contract, SLA_ELEMENT_EVENT, "answered"), 0}};
    static const int64_t hour = HOUR;
    const expected_span expected[] = {
        {at(24, 10, 0), at(24, 17, 0), COUNTED, 7 * hour, 0},  {at(24, 17, 0), at(25, 9, 0), CLOSED, 7 * hour, 1},
        {at(25, 9, 0), at(25, 11, 0), COUNTED, 9 * hour, 1},   {at(25, 11, 0), at(26, 11, 0), PAUSED, 9 * hour, 1},
        {at(26, 11, 0), at(26, 17, 0), COUNTED, 15 * hour, 1}, {at(26, 17, 0), at(27, 9, 0), CLOSED, 15 * hour, 2},
        {at(27, 9, 0), at(27, 17, 0), COUNTED, 23 * hour, 2},
    };
    expect_way(contract, "days", events, 2, NULL, 0, at(26, 11, 0), expected, sizeof expected / sizeof *expected);
    sla_contract_unref(contract);
}

/* §7.5: business days are taken from the start on the new calendar alone: nothing changes on the way where the criterion
 * did.
 */
static void a_change_to_business_days(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_change change = {at(24, 12, 0), SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, "days")};
    static const int64_t hour = HOUR;
    const expected_span expected[] = {
        {at(24, 10, 0), at(24, 17, 0), COUNTED, 7 * hour, 0}, {at(24, 17, 0), at(25, 9, 0), CLOSED, 7 * hour, 1},
        {at(25, 9, 0), at(25, 17, 0), COUNTED, 15 * hour, 1}, {at(25, 17, 0), at(26, 9, 0), CLOSED, 15 * hour, 2},
        {at(26, 9, 0), at(26, 17, 0), COUNTED, 23 * hour, 2},
    };
    expect_way(contract, "normal", NULL, 0, &change, 1, at(24, 17, 0), expected, sizeof expected / sizeof *expected);
    sla_contract_unref(contract);
}

/* ---- Rolled due times ---- */

/* An hour, of all time; due in the evening, and half an hour more is kept. The week opens on the 3rd and 4th alone, and its
 * business day is due on the 20th. */
static sla_contract *rolled_contract(void) {
    static const char document_text[] =
        "{sla: 1, name: Desk, time_zone: UTC,"
        " calendars: {evening: {hours: {mon-fri: 18:00-19:00}},"
        "   week: {hours: {}, exceptions: [{date: 2026-11-03, hours: 09:00-17:00}, {date: 2026-11-04, hours: "
        "09:00-17:00}]},"
        "   twentieth: {hours: {}, exceptions: [{date: 2026-11-20, hours: 09:00-17:00}]}},"
        " metrics: {work: {start: received, stop: done}, days: {start: received, pause: held, resume: freed, stop: done}},"
        " targets: [{metric: work, within: 1h, calendar: always, roll: evening, grace: 30m},"
        "   {metric: days, within: 1 business day, calendar: week, roll: twentieth}]}";
    return contract_of_document(document_text);
}

/* §4.2, §4.4: rolling ends at the due time, where the grace begins. */
static void the_grace_begins_at_the_rolled_due_time(void **state) {
    (void)state;
    sla_contract *const contract = rolled_contract();
    const sla_request request = request_at(at(24, 10, 0));
    static const int32_t phases[] = {SLA_PHASE_TARGET, SLA_PHASE_ROLL, SLA_PHASE_GRACE};
    const int64_t ends[] = {at(24, 11, 0), at(24, 18, 0), at(24, 18, 15)};
    sla_clock_span spans[SPANS];
    size_t count;
    assert_int_equal(sla_clock_explain(contract, index_of(contract, SLA_ELEMENT_METRIC, "work"), &request, NULL, 0, NULL, 0,
                                       at(24, 18, 15), -1, spans, SPANS, &count, NULL),
                     SLA_OK);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(spans[i].phase, phases[i]);
        assert_int_equal(spans[i].end, ends[i]);
    }
    sla_contract_unref(contract);
}

/* §7.1: held and freed in one second, a clock has not paused at all, also where its calendar opens no more. */
static void a_pause_of_no_length_is_none(void **state) {
    (void)state;
    sla_contract *const contract = rolled_contract();
    const sla_request request = request_at(at(3, 10, 0));
    const sla_event events[] = {{at(10, 10, 0), index_of(contract, SLA_ELEMENT_EVENT, "held"), 0},
                                {at(10, 10, 0), index_of(contract, SLA_ELEMENT_EVENT, "freed"), 0}};
    sla_cycle cycle;
    size_t count;
    assert_int_equal(sla_clock_evaluate(contract, index_of(contract, SLA_ELEMENT_METRIC, "days"), &request, events, 2, NULL,
                                        0, at(10, 12, 0), &cycle, 1, &count, NULL),
                     SLA_OK);
    assert_int_equal(cycle.state, SLA_STATE_RUNNING);
    assert_int_equal(cycle.due, at(20, 9, 0));
    assert_int_equal(cycle.flags, SLA_CYCLE_OUTSIDE_HOURS);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pause_between_business_days), cmocka_unit_test(a_change_to_business_days),
        cmocka_unit_test(the_grace_begins_at_the_rolled_due_time), cmocka_unit_test(a_pause_of_no_length_is_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
