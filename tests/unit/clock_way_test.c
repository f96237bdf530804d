/* SPDX-License-Identifier: MIT */
/* The ways of clocks with business-day targets, span by span. The office is open 09:00-17:00 UTC, Monday to Friday. */
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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_pause_between_business_days),
                                       cmocka_unit_test(a_change_to_business_days)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
