/* SPDX-License-Identifier: MIT */
/* Histories that fill the room in which they are read: more events than few, and as many changes. The office is open
 * 09:00-17:00 UTC, Monday to Friday. */
#include "agreement.h"

#include <stdlib.h>

#include "clock/clock.h"

enum { MANY = 30, CHANGES = SLI_FEW_CHANGES };

typedef struct history {
    sla_event events[MANY];
    sla_change changes[CHANGES];
    size_t change_count;
} history;

/* Events that no metric names, up to the number for which there is need of memory. */
static history long_history(int64_t at) {
    history told = {.change_count = 0};
    for (size_t i = 0; i < MANY; i++) {
        told.events[i] = (sla_event){at, SLA_UNKNOWN, 0};
    }
    return told;
}

static sla_request normal_request(const sla_contract *contract, int64_t received) {
    sla_request request = request_at(received);
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    return request;
}

static void set_event(const sla_contract *contract, history *told, size_t place, const char *name, int64_t at) {
    told->events[place] = (sla_event){at, index_of(contract, SLA_ELEMENT_EVENT, name), 0};
}

static void set_change(const sla_contract *contract, history *told, size_t place, const char *criterion, int64_t at) {
    told->changes[place] = (sla_change){at, SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, criterion)};
    told->change_count = place + 1;
}

static size_t evaluate(const sla_contract *contract, const char *metric, const sla_request *request, const history *told,
                       int64_t now, sla_cycle cycles[2]) {
    size_t count;
    assert_int_equal(sla_clock_evaluate(contract, index_of(contract, SLA_ELEMENT_METRIC, metric), request, told->events,
                                        MANY, told->changes, told->change_count, now, cycles, 2, &count, NULL),
                     SLA_OK);
    return count;
}

/* §1.5: the beginning of the horizon is in it, for a receipt and for `now`; memory that is all zeros is no moment then. */
static void a_request_of_the_first_instant(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = normal_request(contract, SLA_HORIZON_BEGIN);
    const history told = long_history(SLA_HORIZON_BEGIN + HOUR);
    sla_cycle cycles[2];
    size_t count;
    assert_int_equal(evaluate(contract, "response", &request, &told, SLA_HORIZON_BEGIN, cycles), 1);
    assert_int_equal(cycles[0].state, SLA_STATE_RUNNING);
    assert_int_equal(cycles[0].started, SLA_HORIZON_BEGIN);
    assert_int_equal(
        sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, SLA_HORIZON_BEGIN - 1, cycles, 2, &count, NULL),
        SLA_HORIZON);
    sla_contract_unref(contract);
}

/* §7.1: at one instant a clock that is not running starts and then pauses, also where it is the second that it runs. */
static void a_second_cycle_that_starts_with_a_pause(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = normal_request(contract, at(23, 9, 0));
    history told = long_history(at(23, 12, 0));
    set_event(contract, &told, 3, "waiting", at(23, 11, 0));
    set_event(contract, &told, 7, "asked", at(23, 11, 0));
    set_event(contract, &told, 8, "replied", at(23, 10, 0));
    set_event(contract, &told, 9, "asked", at(23, 10, 0));
    sla_cycle cycles[2];
    assert_int_equal(evaluate(contract, "next", &request, &told, at(23, 12, 0), cycles), 2);
    assert_int_equal(cycles[0].state, SLA_STATE_MET);
    assert_int_equal(cycles[0].stopped, at(23, 10, 0));
    assert_int_equal(cycles[1].state, SLA_STATE_PAUSED);
    assert_int_equal(cycles[1].started, at(23, 11, 0));
    assert_int_equal(cycles[1].used, 0);
    sla_contract_unref(contract);
}

/* Neither the changes nor the moments stand where the others are. */
static void many_events_and_a_change(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = normal_request(contract, at(23, 10, 0));
    history told = long_history(at(23, 12, 0));
    set_event(contract, &told, 5, "resolved", at(23, 11, 0));
    set_change(contract, &told, 0, "slow", at(23, 10, 30));
    sla_cycle cycles[2];
    assert_int_equal(evaluate(contract, "resolution", &request, &told, at(23, 12, 0), cycles), 1);
    assert_int_equal(cycles[0].state, SLA_STATE_MET);
    assert_int_equal(cycles[0].stopped, at(23, 11, 0));
    assert_int_equal(cycles[0].due, at(24, 10, 0));
    sla_contract_unref(contract);
}

/* §7.5: each change leads to another row, and the last one to none; there is a spell more than changes. The timeline is a
 * block of memory that ends with the last spell: memory checkers see what is read behind it. */
static void as_many_changes_as_there_is_room_for(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = normal_request(contract, at(23, 10, 0));
    history told = {.change_count = 0};
    for (size_t i = 0; i < CHANGES; i++) {
        set_change(contract, &told, i, i == CHANGES - 1 ? "none" : i % 2 == 0 ? "wide" : "normal", at(23, 11, (int32_t)i));
    }
    const happenings happened = {NULL, 0, told.changes, told.change_count};
    timeline *const line = malloc(sizeof *line);
    clock_question question;
    clock_reading reading;
    assert_non_null(line);
    assert_int_equal(
        sli_question_pose(&question, contract, index_of(contract, SLA_ELEMENT_METRIC, "resolution"), at(23, 12, 0), NULL),
        SLA_OK);
    question.request = &request;
    assert_int_equal(sli_timeline_open(line, &question, &happened, NULL, NULL), SLA_OK);
    assert_int_equal(sli_runs_judge(line, &question, &reading, SLI_ALL_CYCLES, NULL, 0), 1);
    assert_int_equal(reading.course.spell_count, CHANGES + 1);
    assert_int_equal(reading.cycle.state, SLA_STATE_NO_TARGET);
    assert_int_equal(reading.cycle.target, SLA_UNSAID);
    sli_timeline_close(line);
    free(line);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_of_the_first_instant),
        cmocka_unit_test(a_second_cycle_that_starts_with_a_pause),
        cmocka_unit_test(many_events_and_a_change),
        cmocka_unit_test(as_many_changes_as_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
