/* SPDX-License-Identifier: MIT */
/* What a request says, held against the contract; and which rows it fits. */
#ifndef SLI_CONTRACT_REQUESTS_H
#define SLI_CONTRACT_REQUESTS_H

#include "contract/model.h"

/* As sli_contract_judge_request, but the criterion is not looked at. */
sla_status sli_judge_said(const sla_contract *contract, const sla_request *request);

bool sli_in_horizon(const sla_contract *contract, int64_t at);

/* The entry on a list (LIST_…) that is this service by any of its names; -1 when there is none. */
int32_t sli_service_entry(const sla_contract *contract, int32_t index, int32_t list);

/* A service by its one index: that of its covered entry where it has one. */
int32_t sli_service_canonical(const sla_contract *contract, int32_t index);

/* The facts that are required of this request: the service's own requirements stand instead of the contract's. */
uint64_t sli_required_facts(const sla_contract *contract, const sla_request *request);

/* What a row is asked about. */
struct row_facts {
    int32_t metric;
    int32_t criterion;
    int32_t tier;
    int32_t channel;
    int32_t service;
    const int32_t *values; /* of attributes; NULL for rows that ask for none: only rules do */
};

/* The order of conditions by key and value, neither of which is negative: for qsort. */
int sli_compare_by_key(const void *left, const void *right);

/* What a request says about a key (KEY_…). */
int32_t sli_fact_of(const sla_contract *contract, const struct row_facts *facts, int32_t key);

/* The first key of a row that asks for something else than the facts say; -1 when the row fits. */
int32_t sli_row_misfit(const sla_contract *contract, int32_t rows, int32_t row, const struct row_facts *facts);

/* Judges only the conditions on keys before `end_key` (KEY_…). */
bool sli_row_fits_before(const sla_contract *contract, int32_t rows, int32_t row, int32_t end_key,
                         const struct row_facts *facts);
bool sli_row_fits(const sla_contract *contract, int32_t rows, int32_t row, const struct row_facts *facts);

/* The first of `count` rows that fits; SLA_UNSAID when none does. */
int32_t sli_first_row(const sla_contract *contract, int32_t rows, int32_t count, const struct row_facts *facts);

#endif
