/* SPDX-License-Identifier: MIT */
/* The criteria table (§6): the first row that accepts a request gives its criterion. */
#include "contract/requests.h"

static bool are_values(const sla_contract *contract, const int32_t *values) {
    for (size_t i = 0; i < contract->model.attributes.count; i++) {
        if (values[i] < SLA_UNSAID || values[i] >= contract->model.attributes.items[i].values) {
            return false;
        }
    }
    return true;
}

sla_status sli_contract_decide_criterion(const sla_contract *contract, const sla_request *request, const int32_t *values,
                                         int32_t *criterion) {
    *criterion = SLA_UNSAID;
    const sla_status status = sli_judge_said(contract, request);
    if (status != SLA_OK) {
        return status;
    }
    if (!are_values(contract, values)) {
        return SLA_INVALID_REQUEST;
    }
    const struct row_facts facts = {SLA_UNSAID, SLA_UNSAID, request->tier, request->channel, request->service, values};
    const int32_t row = sli_first_row(contract, ROWS_RULES, sli_model_count(&contract->model, SLA_ELEMENT_RULE), &facts);
    if (row == SLA_UNSAID) {
        return SLA_NOT_FOUND;
    }
    *criterion = contract->model.rules.items[row].criterion;
    return SLA_OK;
}

sla_status sla_contract_decide_criterion(const sla_contract *contract, const sla_request *request, const int32_t *values,
                                         int32_t *criterion) {
    if (criterion != NULL) {
        *criterion = SLA_UNSAID;
    }
    sla_status status = SLA_OK;
    const sla_status call = sla_contract_decide_criterion_many(contract, 1, request, values, criterion, &status);
    return call != SLA_OK ? call : status;
}

sla_status sla_contract_decide_criterion_many(const sla_contract *contract, size_t count, const sla_request *requests,
                                              const int32_t *values, int32_t *criteria, sla_status *statuses) {
    if (contract == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    const size_t attributes = contract->model.attributes.count;
    if (count > 0 && (requests == NULL || criteria == NULL || (values == NULL && attributes > 0))) {
        return SLA_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        const int32_t *const own = attributes == 0 ? NULL : values + i * attributes;
        const sla_status status = sli_contract_decide_criterion(contract, &requests[i], own, &criteria[i]);
        if (statuses != NULL) {
            statuses[i] = status;
        }
    }
    return SLA_OK;
}
