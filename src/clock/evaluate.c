/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

sla_status sli_question_pose(clock_question *question, const sla_contract *contract, int32_t metric, int64_t now,
                             sla_error *error) {
    *question = (clock_question){
        .contract = contract, .metric = sli_contract_metric(contract, metric), .metric_index = metric, .now = now};
    if (question->metric == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the contract has no metric %d", (int)metric);
    }
    sli_contract_horizon(contract, &question->horizon_begin, &question->horizon_end);
    if (now < question->horizon_begin || now >= question->horizon_end) {
        return sli_fail(error, SLA_HORIZON, "`now` lies outside the horizon of the contract's calendars");
    }
    return SLA_OK;
}

bool sli_happenings_are_there(const happenings *happened) {
    return (happened->events != NULL || happened->event_count == 0) &&
           (happened->changes != NULL || happened->change_count == 0);
}

static sla_status evaluate(const clock_question *question, const happenings *happened, sla_cycle *cycles, size_t capacity,
                           size_t *count, sla_error *error) {
    timeline line;
    clock_reading last;
    const sla_status status = sli_timeline_open(&line, question, happened, NULL, error);
    if (status != SLA_OK) {
        return status;
    }
    *count = sli_runs_judge(&line, question, &last, SLI_ALL_CYCLES, cycles, capacity);
    sli_timeline_close(&line);
    if (*count > capacity) {
        return sli_fail(error, SLA_BUFFER_TOO_SMALL, "the clock has %zu cycles and there is room for %zu", *count,
                        capacity);
    }
    return SLA_OK;
}

sla_status sla_clock_evaluate(const sla_contract *contract, int32_t metric, const sla_request *request,
                              const sla_event *events, size_t event_count, const sla_change *changes, size_t change_count,
                              int64_t now, sla_cycle *cycles, size_t capacity, size_t *count, sla_error *error) {
    if (count != NULL) {
        *count = 0;
    }
    const happenings happened = {events, event_count, changes, change_count};
    if (contract == NULL || request == NULL || count == NULL || !sli_happenings_are_there(&happened) ||
        (cycles == NULL && capacity > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a contract, a request, a count and an array for each number are needed");
    }
    clock_question question;
    const sla_status status = sli_question_pose(&question, contract, metric, now, error);
    if (status != SLA_OK) {
        return status;
    }
    question.request = request;
    return evaluate(&question, &happened, cycles, capacity, count, error);
}
