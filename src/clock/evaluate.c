/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

static sla_status check_now(const clock_question *question, sla_error *error) {
    if (question->now >= question->horizon_begin && question->now < question->horizon_end) {
        return SLA_OK;
    }
    return sli_fail(error, SLA_HORIZON, "`now` lies outside the horizon of the contract's calendars");
}

static sla_status evaluate(const clock_question *question, const sla_event *events, size_t event_count,
                           const sla_change *changes, size_t change_count, sla_cycle *cycles, size_t capacity,
                           size_t *count, sla_error *error) {
    timeline line;
    sla_status status = check_now(question, error);
    if (status == SLA_OK) {
        status = sli_timeline_open(&line, question, events, event_count, changes, change_count, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    *count = sli_runs_judge(&line, question, cycles, capacity);
    sli_timeline_close(&line);
    if (*count == 0) {
        if (capacity > 0) {
            sli_cycle_not_started(cycles);
        }
        *count = 1;
    }
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
    if (contract == NULL || request == NULL || count == NULL || (events == NULL && event_count > 0) ||
        (changes == NULL && change_count > 0) || (cycles == NULL && capacity > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a contract, a request, a count and an array for each number are needed");
    }
    clock_question question = {.contract = contract,
                               .request = request,
                               .metric = sli_contract_metric(contract, metric),
                               .metric_index = metric,
                               .now = now};
    if (question.metric == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the contract has no metric %d", (int)metric);
    }
    sli_contract_horizon(contract, &question.horizon_begin, &question.horizon_end);
    return evaluate(&question, events, event_count, changes, change_count, cycles, capacity, count, error);
}
