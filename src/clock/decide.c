/* SPDX-License-Identifier: MIT */
/* The whole answer: a request is invalid, else out of scope, else its clock counts (§8.1). */
#include "clock/columns.h"

#include <string.h>

/* ---- One request ------------------------------------------------------------------------------------------------ */

static sla_status fail_value(const clock_question *question, sla_error *error) {
    const sla_status status = sli_request_check(question, error);
    return status != SLA_OK ? status
                            : sli_fail(error, SLA_INVALID_REQUEST,
                                       "a value is none of its attribute's; SLA_UNSAID stands for what is not said");
}

/* Without values, and where the request says its criterion, that one stands; values are judged all the same. */
static sla_status find_criterion(const clock_question *question, const int32_t *values, int32_t *criterion,
                                 sla_error *error) {
    int32_t found = SLA_UNSAID;
    const sla_request *const request = question->request;
    const sla_status status =
        values == NULL ? SLA_OK : sli_contract_decide_criterion(question->contract, request, values, &found);
    *criterion = request->criterion == SLA_UNSAID ? found : request->criterion;
    return status == SLA_OK || status == SLA_NOT_FOUND ? SLA_OK : fail_value(question, error);
}

/* Room for the cycles of a batch; NULL when nobody asks for them. */
typedef struct cycle_shelf {
    sla_cycle *cycles;
    size_t capacity;
    size_t used;
} cycle_shelf;

static sla_status judge_clock(timeline *line, const clock_question *question, cycle_shelf *shelf, sla_verdict *verdict) {
    sla_cycle *const free_cycles = shelf->cycles == NULL ? NULL : shelf->cycles + shelf->used;
    const size_t room = shelf->capacity - shelf->used;
    clock_reading last;
    const size_t count = sli_runs_judge(line, question, &last, SLI_ALL_CYCLES, free_cycles, room);
    verdict->cycle = last.cycle;
    verdict->cycle_count = (int64_t)count;
    if (shelf->cycles == NULL) {
        return SLA_OK;
    }
    if (count > room) {
        return SLA_BUFFER_TOO_SMALL;
    }
    verdict->first_cycle = (int64_t)shelf->used;
    shelf->used += count;
    return SLA_OK;
}

static sla_status judge(timeline *line, const clock_question *question, cycle_shelf *shelf, sla_verdict *verdict) {
    verdict->scope = sli_contract_judge_scope(question->contract, question->request);
    verdict->first_cycle = SLA_NONE;
    if (verdict->scope.in_scope) {
        return judge_clock(line, question, shelf, verdict);
    }
    sli_cycle_not_started(&verdict->cycle);
    return SLA_OK;
}

sla_status sli_request_open(opened_request *opened, const clock_question *posed, const sla_request *asked,
                            const int32_t *values, const happenings *happened, const workspace *room, sla_error *error) {
    opened->request = *asked;
    opened->question = *posed;
    opened->question.request = &opened->request;
    int32_t criterion;
    const sla_status status = find_criterion(&opened->question, values, &criterion, error);
    opened->request.criterion = criterion;
    return status != SLA_OK ? status : sli_timeline_open(&opened->line, &opened->question, happened, room, error);
}

/* `posed` is the question about all requests. */
static sla_status decide(const clock_question *posed, const sla_request *asked, const int32_t *values,
                         const happenings *happened, const workspace *room, cycle_shelf *shelf, sla_verdict *verdict,
                         sla_error *error) {
    opened_request opened;
    memset(verdict, 0, sizeof *verdict);
    sla_status status = sli_request_open(&opened, posed, asked, values, happened, room, error);
    verdict->criterion = opened.request.criterion;
    if (status != SLA_OK) {
        return status;
    }
    status = judge(&opened.line, &opened.question, shelf, verdict);
    sli_timeline_close(&opened.line);
    return status;
}

sla_status sla_clock_decide(const sla_contract *contract, int32_t metric, const sla_request *request, const int32_t *values,
                            const sla_event *events, size_t event_count, const sla_change *changes, size_t change_count,
                            int64_t now, sla_verdict *verdict, sla_error *error) {
    if (verdict != NULL) {
        memset(verdict, 0, sizeof *verdict);
        verdict->criterion = SLA_UNSAID;
    }
    const happenings happened = {events, event_count, changes, change_count};
    if (contract == NULL || request == NULL || verdict == NULL || !sli_happenings_are_there(&happened)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a contract, a request, a place for the verdict and an array for each number are needed");
    }
    clock_question question;
    const sla_status status = sli_question_pose(&question, contract, metric, now, error);
    return status != SLA_OK ? status
                            : decide(&question, request, values, &happened, NULL, &(cycle_shelf){0}, verdict, error);
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static sla_status decide_element(const clock_question *question, const columns *given, size_t index, cycle_shelf *shelf,
                                 sla_verdict *verdict) {
    const sla_request *const request = &given->requests[index];
    const int32_t *const values = sli_columns_values(given, index);
    happenings happened;
    if (!sli_columns_find(given, index, &happened)) {
        *verdict = (sla_verdict){.criterion = request->criterion};
        return SLA_INVALID_ARGUMENT;
    }
    return decide(question, request, values, &happened, &given->room, shelf, verdict, NULL);
}

/* Columns are parameters, for no record holds pointers to the caller's memory; the workspace is written to.
 * NOLINTBEGIN(readability-function-size,readability-non-const-parameter) */
sla_status sla_clock_decide_many(const sla_contract *contract, int32_t metric, size_t count, const sla_request *requests,
                                 const int32_t *values, const sla_event *events, const int64_t *event_offsets,
                                 const sla_change *changes, const int64_t *change_offsets, int64_t now,
                                 sla_verdict *verdicts, sla_cycle *cycles, size_t capacity, int64_t *workspace_words,
                                 size_t workspace_length, sla_status *statuses) {
    const columns given = {contract, count,          requests,
                           values,   events,         event_offsets,
                           changes,  change_offsets, {workspace_words, workspace_length}};
    if (!sli_columns_are_there(&given) || (verdicts == NULL && count > 0) || (cycles == NULL && capacity > 0)) {
        return SLA_INVALID_ARGUMENT;
    }
    clock_question question;
    const sla_status status = sli_question_pose(&question, contract, metric, now, NULL);
    if (status != SLA_OK) {
        return status;
    }
    cycle_shelf shelf = {cycles, capacity, 0};
    for (size_t i = 0; i < count; i++) {
        const sla_status decided = decide_element(&question, &given, i, &shelf, &verdicts[i]);
        if (statuses != NULL) {
            statuses[i] = decided;
        }
    }
    return SLA_OK;
}
/* NOLINTEND(readability-function-size,readability-non-const-parameter) */
