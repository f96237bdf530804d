/* SPDX-License-Identifier: MIT */
/* Target rows (§4.3): the first one whose conditions all hold decides. */
#include "contract/requests.h"

sla_status sli_contract_find_target(const sla_contract *contract, int32_t metric, const sla_request *request, int32_t tier,
                                    int32_t criterion, int32_t *target) {
    if (!sli_model_has(&contract->model, SLA_ELEMENT_METRIC, metric)) {
        return SLA_INVALID_ARGUMENT;
    }
    sla_request judged = *request;
    judged.tier = tier;
    judged.criterion = criterion;
    const sla_status status = sli_contract_judge_request(contract, &judged);
    if (status != SLA_OK) {
        return status;
    }
    const struct row_facts facts = {metric, criterion, tier, request->channel, request->service, NULL};
    *target = sli_first_row(contract, ROWS_TARGETS, sli_model_count(&contract->model, SLA_ELEMENT_TARGET), &facts);
    return *target == SLA_UNSAID ? SLA_NOT_FOUND : SLA_OK;
}

sla_status sla_contract_find_target(const sla_contract *contract, int32_t metric, const sla_request *request,
                                    int32_t *target) {
    if (target == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *target = SLA_UNSAID;
    if (contract == NULL || request == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    return sli_contract_find_target(contract, metric, request, request->tier, request->criterion, target);
}

bool sli_contract_objective_fits(const sla_contract *contract, int32_t objective, const sla_request *request) {
    const struct row_facts facts = {SLA_UNSAID,       request->criterion, request->tier,
                                    request->channel, request->service,   NULL};
    return sli_row_fits(contract, ROWS_OBJECTIVES, objective, &facts);
}
