/* SPDX-License-Identifier: MIT */
/* Calls that are just not allowed, and what they leave in the caller's memory. */
#include "agreement.h"

/* Room for one of what is asked must be there. */
static void one_record_needs_an_array(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_at(at(23, 10, 0));
    const int64_t now = at(23, 12, 0);
    size_t count = 7;
    assert_int_equal(sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, now, NULL, 0, NULL, 1, &count, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(count, 0);
    count = 7;
    assert_int_equal(sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, now, -1, NULL, 1, &count, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(count, 0);
    count = 7;
    assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, now, NULL, 1, &count, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(count, 0);
    sla_contract_unref(contract);
}

/* Of a request that cannot be read, all of the verdict is 0 but the criterion that it says. */
static void the_verdict_of_bad_offsets(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int64_t offsets[] = {-1, 1};
    const sla_event event = {at(23, 11, 0), SLA_UNKNOWN, 0};
    sla_request request = request_at(at(23, 10, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "wide");
    sla_verdict expected;
    sla_verdict verdict;
    sla_status status = SLA_OK;
    memset(&expected, 0, sizeof expected);
    memset(&verdict, 0x55, sizeof verdict);
    expected.criterion = request.criterion;
    assert_int_equal(sla_clock_decide_many(contract, 0, 1, &request, NULL, &event, offsets, NULL, NULL, at(23, 12, 0),
                                           &verdict, NULL, 0, NULL, 0, &status),
                     SLA_OK);
    assert_int_equal(status, SLA_INVALID_ARGUMENT);
    assert_memory_equal(&verdict, &expected, sizeof verdict);
    sla_contract_unref(contract);
}

/* A complaint names a change that was handed over, whatever stands behind the last of them. */
static void complaints_end_with_the_changes(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_at(at(23, 10, 0));
    const sla_change wrong = {at(23, 12, 0), SLA_CHANGED_TIER, 2};
    const sla_change changes[] = {wrong, wrong, wrong};
    for (size_t given = 1; given < 3; given++) {
        sla_cycle cycle;
        sla_error error = {0};
        size_t count;
        assert_int_equal(
            sla_clock_evaluate(contract, 0, &request, NULL, 0, changes, given, at(23, 15, 0), &cycle, 1, &count, &error),
            SLA_INVALID_REQUEST);
        assert_int_equal(error.index, given - 1);
    }
    sla_contract_unref(contract);
}

/* More events than few need a workspace in columns, and the lack of it is told as what it is. */
static void columns_without_a_workspace(void **state) {
    (void)state;
    enum { MANY = 30 };
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_at(at(23, 10, 0));
    const int64_t offsets[] = {0, MANY};
    sla_event events[MANY];
    sla_verdict verdict;
    sla_status status = SLA_OK;
    for (size_t i = 0; i < MANY; i++) {
        events[i] = (sla_event){at(23, 11, 0), SLA_UNKNOWN, 0};
    }
    assert_int_equal(sla_clock_decide_many(contract, 0, 1, &request, NULL, events, offsets, NULL, NULL, at(23, 12, 0),
                                           &verdict, NULL, 0, NULL, 0, &status),
                     SLA_OK);
    assert_int_equal(status, SLA_BUFFER_TOO_SMALL);
    assert_int_equal(verdict.cycle_count, 0);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_record_needs_an_array),
        cmocka_unit_test(the_verdict_of_bad_offsets),
        cmocka_unit_test(complaints_end_with_the_changes),
        cmocka_unit_test(columns_without_a_workspace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
