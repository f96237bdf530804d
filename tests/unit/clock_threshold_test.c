/* SPDX-License-Identifier: MIT */
/* When thresholds are reached, and when no more: `normal` is four hours of an office that is open 09:00-17:00 UTC, Monday
 * to Friday. */
#include "agreement.h"

enum { EVENTS = 2, SHARE = SLA_THRESHOLD_SHARE, DUE = SLA_THRESHOLD_DUE, ELAPSED = SLA_BASIS_ELAPSED, WIDE = 2 };

typedef struct threshold_case {
    const char *rule;
    int64_t received;
    struct {
        const char *name; /* NULL ends the list */
        int64_t at;
    } events[EVENTS];
    int64_t widened; /* the criterion changes to `wide`; 0: never */
    sla_threshold threshold;
    int64_t now;
    int64_t expected; /* SLA_NONE: never again */
} threshold_case;

/* The first instant after `now` at which the threshold is reached. */
static int64_t reached(const sla_contract *contract, const threshold_case *one) {
    sla_request request = request_at(one->received);
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    const int32_t wide = index_of(contract, SLA_ELEMENT_CRITERION, "wide");
    const sla_change change = {one->widened, SLA_CHANGED_CRITERION, wide};
    sla_event events[EVENTS];
    size_t event_count = 0;
    for (; event_count < EVENTS && one->events[event_count].name != NULL; event_count++) {
        const int32_t event = index_of(contract, SLA_ELEMENT_EVENT, one->events[event_count].name);
        events[event_count] = (sla_event){one->events[event_count].at, event, 0};
    }
    sla_transition found = {.at = one->now};
    size_t count = 1;
    while (count > 0 && found.thresholds == 0) {
        assert_int_equal(sla_clock_next(contract, index_of(contract, SLA_ELEMENT_METRIC, "resolution"), &request, events,
                                        event_count, &change, one->widened == 0 ? 0 : 1, found.at, &one->threshold, 1,
                                        &found, 1, &count, NULL),
                         SLA_OK);
    }
    return count > 0 ? found.at : SLA_NONE;
}

static void thresholds_are_reached(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    assert_int_equal(index_of(contract, SLA_ELEMENT_CALENDAR, "wide"), WIDE);
    const int64_t ten = at(23, 10, 0);
    const threshold_case cases[] = {
        {"once, although there is an interval", ten, {{NULL, 0}}, 0, {DUE, 0, 0, 600, 1, -1, {0}}, at(23, 14, 0), SLA_NONE},
        {"and that one time", ten, {{NULL, 0}}, 0, {DUE, 0, 0, 600, 1, -1, {0}}, at(23, 13, 0), at(23, 14, 0)},
        {"every second", ten, {{NULL, 0}}, 0, {DUE, 0, 0, 1, 0, -1, {0}}, at(23, 15, 0), at(23, 15, 0) + 1},
        {"every thousandth of the target",
         ten,
         {{NULL, 0}},
         0,
         {SHARE, 0, 0, 1, 0, -1, {0}},
         at(23, 11, 0),
         at(23, 11, 0) + 15},
        {"no more once it was stopped late",
         ten,
         {{"resolved", at(23, 15, 0)}},
         0,
         {DUE, 0, 2 * HOUR, 0, 0, -1, {0}},
         at(23, 15, 30),
         SLA_NONE},
        {"every ten minutes from what lies before the start: the first that comes after it",
         ten,
         {{NULL, 0}},
         0,
         {DUE, 0, -5 * HOUR, 600, 0, WIDE, {0}},
         ten,
         at(23, 10, 10)},
        {"nothing before a due time at closing time is closing time",
         at(23, 13, 0),
         {{NULL, 0}},
         0,
         {DUE, 0, 0, 0, 0, -1, {0}},
         at(23, 16, 0),
         at(23, 17, 0)},
        {"three hours after the due time is closing time, the earliest (§3.2)",
         ten,
         {{NULL, 0}},
         0,
         {DUE, 0, 3 * HOUR, 0, 0, -1, {0}},
         at(23, 15, 0),
         at(23, 17, 0)},
        {"a pause after the due time stops no time that is counted from it (§7.3)",
         ten,
         {{"waiting", at(23, 14, 30)}, {"answered", at(23, 15, 30)}},
         0,
         {DUE, 0, 2 * HOUR, 0, 0, -1, {0}},
         at(23, 15, 45),
         at(23, 16, 0)},
        {"but it counts for no share",
         ten,
         {{"waiting", at(23, 14, 30)}, {"answered", at(23, 15, 30)}},
         0,
         {SHARE, 0, 1250, 0, 0, -1, {0}},
         at(23, 15, 45),
         at(23, 16, 0)},
        {"so long before the due time by the wall clock, after a change to another calendar",
         ten,
         {{NULL, 0}},
         at(23, 11, 0),
         {DUE, ELAPSED, -HOUR, 0, 0, -1, {0}},
         at(23, 11, 30),
         at(23, 13, 0)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t found = reached(contract, &cases[i]);
        if (found != cases[i].expected) {
            fail_msg("%s: reached at %lld, not %lld", cases[i].rule, (long long)found, (long long)cases[i].expected);
        }
    }
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(thresholds_are_reached)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
