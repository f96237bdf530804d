/* SPDX-License-Identifier: MIT */
/* The built contract, looked at by index and name. */
#include "contract/model.h"

#include <string.h>

/* ---- Looking ---- */

int32_t sla_contract_count(const sla_contract *contract, int32_t element) {
    return contract == NULL ? 0 : sli_model_count(&contract->model, element);
}

sla_status sla_contract_find(const sla_contract *contract, int32_t element, const char *name, size_t name_length,
                             int32_t *index) {
    if (index == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *index = SLA_UNKNOWN;
    if (contract == NULL || element < 0 || element >= ELEMENT_KINDS) {
        return SLA_INVALID_ARGUMENT;
    }
    *index = sli_model_find(&contract->model, element, sli_text(name, name_length));
    return *index == SLA_UNKNOWN ? SLA_NOT_FOUND : SLA_OK;
}

const char *sla_contract_name(const sla_contract *contract, int32_t element, int32_t index) {
    if (index < 0 || index >= sla_contract_count(contract, element)) {
        return NULL;
    }
    return sli_model_string(&contract->model, contract->model.elements[element].items[index].name);
}

/* What a criterion does not say itself, the first row that gives it says. */
static const char *criterion_text(const model *of, int32_t criterion, int32_t kind) {
    for (size_t i = 0; i < of->rules.count; i++) {
        const uint32_t said = of->elements[SLA_ELEMENT_RULE].items[i].texts[kind];
        if (of->rules.items[i].criterion == criterion && said != 0) {
            return sli_model_string(of, said);
        }
    }
    return "";
}

const char *sla_contract_text(const sla_contract *contract, int32_t element, int32_t index, int32_t text_kind) {
    if (text_kind < 0 || text_kind >= TEXT_KINDS || index < 0 || index >= sla_contract_count(contract, element)) {
        return NULL;
    }
    const model *const of = &contract->model;
    const uint32_t said = of->elements[element].items[index].texts[text_kind];
    if (said == 0 && element == SLA_ELEMENT_CRITERION) {
        return criterion_text(of, index, text_kind);
    }
    return sli_model_string(of, said);
}

sla_status sla_contract_find_value(const sla_contract *contract, int32_t attribute, const char *value, size_t value_length,
                                   int32_t *index) {
    if (index == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *index = SLA_UNKNOWN;
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_ATTRIBUTE, attribute)) {
        return SLA_INVALID_ARGUMENT;
    }
    *index = sli_names_find(&contract->model, NAMES_OF_VALUES, attribute, sli_text(value, value_length));
    return *index == SLA_UNKNOWN ? SLA_NOT_FOUND : SLA_OK;
}

const char *sla_contract_value_name(const sla_contract *contract, int32_t attribute, int32_t value) {
    if (contract == NULL) {
        return NULL;
    }
    const name_list *const values = &contract->model.names[NAMES_OF_VALUES];
    for (size_t i = 0; i < values->count; i++) {
        if (values->items[i].owner == attribute && values->items[i].index == value) {
            return sli_model_string(&contract->model, values->items[i].name);
        }
    }
    return NULL;
}

sla_calendar *sla_contract_calendar(const sla_contract *contract, int32_t index) {
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_CALENDAR, index)) {
        return NULL;
    }
    return contract->model.calendars.items[index];
}

sla_zone *sla_contract_zone(const sla_contract *contract) {
    return contract == NULL ? NULL : contract->model.zone;
}

sla_status sla_contract_get_target(const sla_contract *contract, int32_t index, sla_target *target) {
    if (target == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    memset(target, 0, sizeof *target);
    const contract_target *const found = sli_contract_target(contract, index);
    if (found == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *target = found->row;
    return SLA_OK;
}

sla_status sla_contract_get_objective(const sla_contract *contract, int32_t index, sla_objective *objective) {
    if (objective == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    memset(objective, 0, sizeof *objective);
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_OBJECTIVE, index)) {
        return SLA_INVALID_ARGUMENT;
    }
    *objective = contract->model.objectives.items[index];
    return SLA_OK;
}

/* ---- For other modules ---- */

const contract_metric *sli_contract_metric(const sla_contract *contract, int32_t index) {
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_METRIC, index)) {
        return NULL;
    }
    return &contract->model.metrics.items[index];
}

const contract_target *sli_contract_target(const sla_contract *contract, int32_t index) {
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_TARGET, index)) {
        return NULL;
    }
    return &contract->targets[index];
}

void sli_contract_horizon(const sla_contract *contract, int64_t *begin, int64_t *end) {
    *begin = contract->model.begin;
    *end = contract->model.end;
}
