/* SPDX-License-Identifier: MIT */
/* The next instant at which anything changes about one request. */
#include "clock/outlook.h"

/* What a call hands over beside the request. */
typedef struct outlook_call {
    const threshold_list *thresholds;
    const happenings *happened;
    sla_transition *transitions;
    size_t capacity;
    size_t count;
    int64_t earliest; /* the instant of the transitions kept so far */
} outlook_call;

/* Writes the transition of a metric, in the place of later ones. */
static void keep_earliest(outlook_call *call, const sla_transition *found) {
    if (found->at < call->earliest) {
        call->earliest = found->at;
        call->count = 0;
    }
    if (found->at == call->earliest) {
        if (call->count < call->capacity) {
            call->transitions[call->count] = *found;
        }
        call->count++;
    }
}

static sla_status look_ahead(const clock_question *question, outlook_call *call, sla_error *error) {
    timeline line;
    const sla_status status = sli_timeline_open(&line, question, call->happened, NULL, error);
    if (status != SLA_OK) {
        return status;
    }
    clock_reading reading;
    sla_transition found;
    sli_runs_judge(&line, question, &reading, SLI_ALL_CYCLES, NULL, 0);
    if (sli_outlook_next(question->contract, &reading, call->thresholds, question->now, question->horizon_end, &found)) {
        found.metric = question->metric_index;
        keep_earliest(call, &found);
    }
    sli_timeline_close(&line);
    return SLA_OK;
}

static sla_status look_at_metric(const sla_contract *contract, int32_t metric, const sla_request *request, int64_t now,
                                 outlook_call *call, sla_error *error) {
    clock_question question;
    const sla_status status = sli_question_pose(&question, contract, metric, now, error);
    question.request = request;
    return status != SLA_OK ? status : look_ahead(&question, call, error);
}

/* SLA_UNSAID stands for all metrics. */
static sla_status look_at_metrics(const sla_contract *contract, int32_t metric, const sla_request *request, int64_t now,
                                  outlook_call *call, sla_error *error) {
    if (metric != SLA_UNSAID) {
        return look_at_metric(contract, metric, request, now, call, error);
    }
    sla_status status = SLA_OK;
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_METRIC) && status == SLA_OK; i++) {
        status = look_at_metric(contract, i, request, now, call, error);
    }
    return status;
}

/* Arrays are parameters, for no record holds pointers to the caller's memory. NOLINTNEXTLINE(readability-function-size) */
sla_status sla_clock_next(const sla_contract *contract, int32_t metric, const sla_request *request, const sla_event *events,
                          size_t event_count, const sla_change *changes, size_t change_count, int64_t now,
                          const sla_threshold *thresholds, size_t threshold_count, sla_transition *transitions,
                          size_t capacity, size_t *count, sla_error *error) {
    if (count != NULL) {
        *count = 0;
    }
    const happenings happened = {events, event_count, changes, change_count};
    if (contract == NULL || request == NULL || count == NULL || !sli_happenings_are_there(&happened) ||
        (transitions == NULL && capacity > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a contract, a request, a count and an array for each number are needed");
    }
    const threshold_list asked = {thresholds, threshold_count};
    outlook_call call = {&asked, &happened, transitions, capacity, 0, INT64_MAX};
    sla_status status = sli_thresholds_check(contract, &asked, error);
    if (status == SLA_OK) {
        status = look_at_metrics(contract, metric, request, now, &call, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    *count = call.count;
    if (call.count > capacity) {
        return sli_fail(error, SLA_BUFFER_TOO_SMALL, "%zu metrics change at that instant and there is room for %zu",
                        call.count, capacity);
    }
    return SLA_OK;
}
