/* SPDX-License-Identifier: MIT */
/* What a request says, held against the contract; and which rows it fits. */
#include "contract/requests.h"

#include <stddef.h>

/* ---- Requests ---- */

static bool is_said_or(const model *of, int32_t kind, int32_t index, int32_t least) {
    return index >= least && index < sli_model_count(of, kind);
}

sla_status sli_judge_said(const sla_contract *contract, const sla_request *request) {
    const model *const of = &contract->model;
    for (size_t i = 0; i < sizeof request->reserved / sizeof *request->reserved; i++) {
        if (request->reserved[i] != 0) {
            return SLA_INVALID_ARGUMENT;
        }
    }
    const bool known = is_said_or(of, SLA_ELEMENT_TIER, request->tier, SLA_UNSAID) &&
                       is_said_or(of, SLA_ELEMENT_CHANNEL, request->channel, SLA_UNSAID) &&
                       is_said_or(of, SLA_ELEMENT_SERVICE, request->service, INT32_MIN) &&
                       is_said_or(of, SLA_ELEMENT_LANGUAGE, request->language, INT32_MIN);
    return known ? SLA_OK : SLA_INVALID_REQUEST;
}

sla_status sli_contract_judge_request(const sla_contract *contract, const sla_request *request) {
    const sla_status status = sli_judge_said(contract, request);
    if (status != SLA_OK) {
        return status;
    }
    const bool known = is_said_or(&contract->model, SLA_ELEMENT_CRITERION, request->criterion, SLA_UNSAID);
    return known ? SLA_OK : SLA_INVALID_REQUEST;
}

bool sli_in_horizon(const sla_contract *contract, int64_t at) {
    return at >= contract->model.begin && at < contract->model.end;
}

int32_t sli_service_entry(const sla_contract *contract, int32_t index, int32_t list) {
    return index < 0 ? -1 : contract->model.services.items[index].entry[list];
}

int32_t sli_service_canonical(const sla_contract *contract, int32_t index) {
    const int32_t covered = sli_service_entry(contract, index, LIST_COVERED);
    return covered < 0 ? index : covered;
}

/* ---- Rows ---- */

int sli_compare_by_key(const void *left, const void *right) {
    const struct condition *const a = left;
    const struct condition *const b = right;
    const int32_t keys_apart = a->key - b->key;
    return keys_apart != 0 ? keys_apart : a->value - b->value;
}

int32_t sli_fact_of(const sla_contract *contract, const struct row_facts *facts, int32_t key) {
    switch (key) {
        case KEY_METRIC:
            return facts->metric;
        case KEY_CRITERION:
            return facts->criterion;
        case KEY_TIER:
            return facts->tier;
        case KEY_CHANNEL:
            return facts->channel;
        case KEY_SERVICE:
            return sli_service_canonical(contract, facts->service);
        default:
            return facts->values[key - KEY_ATTRIBUTE];
    }
}

/* Several values of one key: any of them; several keys: all. A fact that is not said equals no value. */
static int32_t misfit_before(const sla_contract *contract, int32_t rows, int32_t row, int32_t end_key,
                             const struct row_facts *facts) {
    const struct condition *const conditions = contract->model.conditions[rows].items;
    const uint32_t end = contract->first_condition[rows][row + 1];
    uint32_t at = contract->first_condition[rows][row];
    while (at < end && conditions[at].key < end_key) {
        const int32_t key = conditions[at].key;
        const int32_t fact = sli_fact_of(contract, facts, key);
        bool accepted = false;
        for (; at < end && conditions[at].key == key; at++) {
            accepted = accepted || conditions[at].value == fact;
        }
        if (!accepted) {
            return key;
        }
    }
    return -1;
}

bool sli_row_fits_before(const sla_contract *contract, int32_t rows, int32_t row, int32_t end_key,
                         const struct row_facts *facts) {
    return misfit_before(contract, rows, row, end_key, facts) < 0;
}

int32_t sli_row_misfit(const sla_contract *contract, int32_t rows, int32_t row, const struct row_facts *facts) {
    return misfit_before(contract, rows, row, INT32_MAX, facts);
}

bool sli_row_fits(const sla_contract *contract, int32_t rows, int32_t row, const struct row_facts *facts) {
    return sli_row_fits_before(contract, rows, row, INT32_MAX, facts);
}

int32_t sli_first_row(const sla_contract *contract, int32_t rows, int32_t count, const struct row_facts *facts) {
    for (int32_t row = 0; row < count; row++) {
        if (sli_row_fits(contract, rows, row, facts)) {
            return row;
        }
    }
    return SLA_UNSAID;
}
