/* SPDX-License-Identifier: MIT */
/* The contracts that requests move to (§7.5), and what facts of a request are called there. */
#include "contract/builder.h"

#include <stdlib.h>

/* ---- The list ---- */

sla_status sla_contract_builder_add_contract(sla_contract_builder *builder, sla_contract *other, int32_t *index,
                                             sla_error *error) {
    sli_clear(index);
    if (builder == NULL || other == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder, another contract and a place for the index are needed");
    }
    model *const in = &builder->model;
    const text name = sli_text(sla_contract_name(other, SLA_ELEMENT_CONTRACT, 0), SIZE_MAX);
    if (other->model.begin != in->begin || other->model.end != in->end) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the contract '%.*s' has another horizon than this one; build both for the same begin and end",
                        SLI_QUOTED(name));
    }
    if (in->successors.count + 1 >= SLI_CONTRACT_MAX) {
        return sli_fail(error, SLA_LIMIT, "a contract has at most %d others that requests move to", SLI_CONTRACT_MAX - 1);
    }
    if (!sli_reserve((void **)&in->successors.items, &in->successors.capacity, in->successors.count + 1, sizeof other)) {
        return sli_fail_memory(error);
    }
    const sla_status status = sli_builder_add_element(in, SLA_ELEMENT_CONTRACT, name, index, error);
    if (status == SLA_OK) {
        in->successors.items[in->successors.count++] = sla_contract_ref(other);
    }
    return status;
}

/* The model at an index that there is. */
static const model *model_at(const sla_contract *contract, int32_t index) {
    return index == 0 ? &contract->model : &contract->model.successors.items[index - 1]->model;
}

sla_contract *sla_contract_successor(const sla_contract *contract, int32_t index) {
    if (contract == NULL || !sli_model_has(&contract->model, SLA_ELEMENT_CONTRACT, index)) {
        return NULL;
    }
    return index == 0 ? (sla_contract *)contract : contract->model.successors.items[index - 1];
}

/* ---- What is called how in which contract ---- */

static text name_at(const model *of, uint32_t name) {
    return sli_text(sli_model_string(of, name), SIZE_MAX);
}

/* Where other names of elements are known when their first is not. A column has one entry a row, `stride` apart. */
static void fill_by_names(const model *from, int32_t list, const model *to, int32_t kind, int32_t *column, size_t stride) {
    for (size_t i = 0; i < from->names[list].count; i++) {
        const struct name_entry *const entry = &from->names[list].items[i];
        int32_t *const found = &column[(size_t)entry->index * stride];
        *found = *found == SLA_UNKNOWN ? sli_model_find(to, kind, name_at(from, entry->name)) : *found;
    }
}

static void fill_column(const model *from, const model *to, int32_t kind, int32_t *column, size_t stride) {
    for (size_t i = 0; i < from->elements[kind].count; i++) {
        column[i * stride] = sli_model_find(to, kind, name_at(from, from->elements[kind].items[i].name));
    }
    fill_by_names(from, kind, to, kind, column, stride);
    if (kind == SLA_ELEMENT_SERVICE) {
        fill_by_names(from, SLA_ELEMENT_EXCLUSION, to, kind, column, stride);
    }
}

/* Tiers and criteria can change, and are then those of the contract in force; all else stays as the request said it. */
static int32_t contracts_carried_from(int32_t kind, int32_t contracts) {
    switch (kind) {
        case SLA_ELEMENT_TIER:
        case SLA_ELEMENT_CRITERION:
            return contracts;
        case SLA_ELEMENT_CHANNEL:
        case SLA_ELEMENT_SERVICE:
        case SLA_ELEMENT_METRIC:
            return 1;
        default:
            return 0;
    }
}

static bool compile_carriage(const sla_contract *contract, int32_t kind, struct carriage *carried) {
    const int32_t contracts = sla_contract_count(contract, SLA_ELEMENT_CONTRACT);
    const int32_t carriers = contracts_carried_from(kind, contracts);
    size_t rows = 0;
    for (int32_t from = 0; from < carriers; from++) {
        carried->first_row[from] = rows;
        rows += model_at(contract, from)->elements[kind].count;
    }
    carried->rows = calloc(rows * (size_t)contracts + 1, sizeof *carried->rows);
    if (carried->rows == NULL) {
        return false;
    }
    for (int32_t from = 0; from < carriers; from++) {
        int32_t *const own_rows = carried->rows + carried->first_row[from] * (size_t)contracts;
        for (int32_t to = 0; to < contracts; to++) {
            fill_column(model_at(contract, from), model_at(contract, to), kind, own_rows + to, (size_t)contracts);
        }
    }
    return true;
}

bool sli_succession_compile(sla_contract *contract) {
    if (contract->model.successors.count == 0) {
        return true;
    }
    contract->carriages = calloc(ELEMENT_KINDS, sizeof *contract->carriages);
    bool complete = contract->carriages != NULL;
    for (int32_t kind = 0; kind < ELEMENT_KINDS && complete; kind++) {
        complete = compile_carriage(contract, kind, &contract->carriages[kind]);
    }
    return complete;
}

void sli_succession_free(sla_contract *contract) {
    for (int32_t kind = 0; contract->carriages != NULL && kind < ELEMENT_KINDS; kind++) {
        free(contract->carriages[kind].rows);
    }
    free(contract->carriages);
}

int32_t sli_contract_carry(const sla_contract *contract, int32_t element, int32_t from, int32_t to, int32_t index) {
    if (from == to || index < 0) {
        return index;
    }
    const struct carriage *const carried = &contract->carriages[element];
    const size_t contracts = contract->model.successors.count + 1;
    return carried->rows[(carried->first_row[from] + (size_t)index) * contracts + (size_t)to];
}
