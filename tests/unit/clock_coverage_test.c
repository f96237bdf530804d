/* SPDX-License-Identifier: MIT */
/* §2.7: a due time after the coverage of a calendar's feeds is flagged, be it that of a running clock or the one that
 * resuming a paused clock would give. The feed covers what lies before 26 November; the office is open 09:00-17:00 UTC but
 * on the 25th.
 */
#include "agreement.h"

static sla_contract *covered_contract(void) {
    static const char feed_text[] =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        "DTSTART;VALUE=DATE:20261125\r\nSUMMARY:Founders' Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    static const char document_text[] = "{sla: 1, name: Desk, time_zone: UTC, default_calendar: office,"
                                        " calendars: {office: {hours: {mon-fri: 09:00-17:00}, feeds: [holidays]}},"
                                        " metrics: {work: {start: received, stop: done, pause: held, resume: freed}},"
                                        " targets: [{metric: work, within: 2h}]}";
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    assert_int_equal(sla_document_load(document_text, SIZE_MAX, &document, NULL), SLA_OK);
    assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, feed_text, SIZE_MAX, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_OK);
    sla_document_free(document);
    return contract;
}

typedef struct coverage_case {
    const char *rule;
    int64_t received;
    const char *event; /* NULL: none */
    int64_t at;
    int64_t now;
    int32_t state;
    int32_t flags;
} coverage_case;

enum { NOT_COVERED = SLA_CYCLE_NOT_COVERED };

static void due_times_after_the_coverage_are_flagged(void **state) {
    (void)state;
    const coverage_case cases[] = {
        {"due before the holiday", at(24, 9, 0), NULL, 0, at(24, 9, 0), SLA_STATE_RUNNING, 0},
        {"due after it", at(24, 16, 0), NULL, 0, at(24, 16, 0), SLA_STATE_RUNNING, NOT_COVERED},
        {"a breach after it", at(24, 16, 0), NULL, 0, at(26, 12, 0), SLA_STATE_BREACHED, NOT_COVERED | SLA_CYCLE_OPEN},
        {"met after it", at(24, 16, 0), "done", at(24, 16, 30), at(26, 12, 0), SLA_STATE_MET, NOT_COVERED},
        {"paused: due before it", at(24, 9, 0), "held", at(24, 10, 0), at(24, 16, 0), SLA_STATE_PAUSED, 0},
        {"paused: due after it", at(24, 9, 0), "held", at(24, 10, 0), at(24, 16, 0) + 1, SLA_STATE_PAUSED, NOT_COVERED},
    };
    sla_contract *const contract = covered_contract();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const coverage_case *const one = &cases[i];
        const sla_request request = request_at(one->received);
        const sla_event event = {one->at, index_of(contract, SLA_ELEMENT_EVENT, one->event == NULL ? "done" : one->event),
                                 0};
        sla_cycle cycle;
        size_t count;
        assert_int_equal(sla_clock_evaluate(contract, 0, &request, &event, one->event == NULL ? 0 : 1, NULL, 0, one->now,
                                            &cycle, 1, &count, NULL),
                         SLA_OK);
        if (cycle.state != one->state || cycle.flags != one->flags) {
            fail_msg("%s: state %d and flags %d, not %d and %d", one->rule, (int)cycle.state, (int)cycle.flags,
                     (int)one->state, (int)one->flags);
        }
    }
    sla_contract_unref(contract);
}

/* As time passes, a paused clock's due time moves out of the coverage: that second is its next transition. */
static void the_flag_comes_with_time(void **state) {
    (void)state;
    sla_contract *const contract = covered_contract();
    const sla_request request = request_at(at(24, 9, 0));
    const sla_event held = {at(24, 10, 0), index_of(contract, SLA_ELEMENT_EVENT, "held"), 0};
    sla_transition found;
    size_t count;
    assert_int_equal(
        sla_clock_next(contract, 0, &request, &held, 1, NULL, 0, at(24, 10, 0), NULL, 0, &found, 1, &count, NULL), SLA_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found.at, at(24, 16, 0) + 1);
    assert_int_equal(found.changes, SLA_TRANSITION_FLAGS);
    assert_int_equal(found.flags, NOT_COVERED);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(due_times_after_the_coverage_are_flagged),
                                       cmocka_unit_test(the_flag_comes_with_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
