/* SPDX-License-Identifier: MIT */
/* Used time by the wall clock (§7.2): time between pause and resume counts on no calendar, all other time on this one. */
#include "agreement.h"

static sla_contract *load_contract(void) {
    static const char document_text[] =
        "{sla: 1, name: Desk, time_zone: UTC, default_calendar: office,"
        " calendars: {office: {hours: {mon-fri: 09:00-17:00}}},"
        " metrics: {work: {start: [received, reopened], stop: done, pause: held, resume: freed, reopen: resume},"
        "   again: {start: received, stop: done, on_change: restart},"
        "   anytime: {start: [received, reopened], stop: done, pause: held, resume: freed, reopen: resume},"
        "   free: {start: received, stop: done, pause: held, resume: freed}},"
        " criteria: [{name: urgent}, {name: normal}],"
        " targets: [{metric: work, within: 8h}, {metric: again, criterion: urgent, within: 1h},"
        "   {metric: again, within: 4h}, {metric: anytime, within: 8h, calendar: always}]}";
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    assert_int_equal(sla_document_load(document_text, SIZE_MAX, &document, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_OK);
    sla_document_free(document);
    return contract;
}

enum { EVENTS = 4 };

typedef struct elapsed_case {
    const char *rule;
    const char *metric;
    int64_t change; /* to urgent; SLA_NONE: none */
    struct {
        const char *name; /* NULL ends the list */
        int64_t at;
    } events[EVENTS];
    int64_t now;
    int64_t used; /* SLA_NONE: without a target */
    int64_t used_elapsed;
} elapsed_case;

static sla_cycle evaluate(const sla_contract *contract, const elapsed_case *one) {
    sla_request request = request_at(at(23, 10, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    sla_event events[EVENTS];
    size_t count = 0;
    for (; count < EVENTS && one->events[count].name != NULL; count++) {
        const int32_t event = index_of(contract, SLA_ELEMENT_EVENT, one->events[count].name);
        events[count] = (sla_event){one->events[count].at, event, 0};
    }
    const sla_change change = {one->change, SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, "urgent")};
    sla_cycle cycle;
    size_t cycles;
    assert_int_equal(sla_clock_evaluate(contract, index_of(contract, SLA_ELEMENT_METRIC, one->metric), &request, events,
                                        count, &change, one->change == SLA_NONE ? 0 : 1, one->now, &cycle, 1, &cycles,
                                        NULL),
                     SLA_OK);
    return cycle;
}

static void elapsed_use_leaves_out_pauses_alone(void **state) {
    (void)state;
    const elapsed_case cases[] = {
        {"a night counts", "work", SLA_NONE, {{NULL, 0}}, at(24, 10, 0), 8 * HOUR, 24 * HOUR},
        {"up to the stop", "work", SLA_NONE, {{"done", at(23, 12, 0)}}, at(24, 10, 0), 2 * HOUR, 2 * HOUR},
        {"a pause over the night does not",
         "work",
         SLA_NONE,
         {{"held", at(23, 16, 0)}, {"freed", at(24, 10, 0)}},
         at(24, 11, 0),
         7 * HOUR,
         7 * HOUR},
        {"nor one that is on", "work", SLA_NONE, {{"held", at(23, 18, 0)}}, at(24, 11, 0), 7 * HOUR, 8 * HOUR},
        {"nor one that is on at the stop",
         "work",
         SLA_NONE,
         {{"held", at(23, 12, 0)}, {"done", at(23, 15, 0)}},
         at(24, 11, 0),
         2 * HOUR,
         2 * HOUR},
        {"between stop and reopening is a pause",
         "work",
         SLA_NONE,
         {{"done", at(23, 12, 0)}, {"reopened", at(24, 9, 0)}},
         at(24, 11, 0),
         4 * HOUR,
         4 * HOUR},
        {"a restart sets it back too", "again", at(23, 16, 0), {{NULL, 0}}, at(23, 18, 0), HOUR, 2 * HOUR},
        {"without a target it is told as well",
         "free",
         SLA_NONE,
         {{"held", at(23, 12, 0)}, {"freed", at(23, 13, 0)}},
         at(23, 20, 0),
         SLA_NONE,
         9 * HOUR},
        {"on `always` it is the used time",
         "anytime",
         SLA_NONE,
         {{"held", at(23, 12, 0)}, {"freed", at(23, 20, 0)}, {"done", at(24, 1, 0)}, {"reopened", at(24, 3, 0)}},
         at(24, 11, 0),
         15 * HOUR,
         15 * HOUR},
    };
    sla_contract *const contract = load_contract();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sla_cycle cycle = evaluate(contract, &cases[i]);
        if (cycle.used != cases[i].used || cycle.used_elapsed != cases[i].used_elapsed) {
            fail_msg("%s: used %lld and elapsed %lld, not %lld and %lld", cases[i].rule, (long long)cycle.used,
                     (long long)cycle.used_elapsed, (long long)cases[i].used, (long long)cases[i].used_elapsed);
        }
    }
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(elapsed_use_leaves_out_pauses_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
