/* SPDX-License-Identifier: MIT */
/* From the builder's model to a built contract: a copy, compiled for questions. */
#include "contract/builder.h"
#include "contract/requests.h"

#include <stdlib.h>

/* ---- Compiling ---- */

/* §5: a tier offers its own channels and those of all tiers that it includes. */
static void compile_tiers(model *in) {
    for (size_t i = 0; i < in->tiers.count; i++) {
        struct tier *const offering = &in->tiers.items[i];
        for (size_t j = 0; j < in->tiers.count; j++) {
            const bool reached = (offering->reaches[j / 64] >> (j % 64) & 1) != 0;
            for (size_t word = 0; reached && word < CHANNEL_WORDS; word++) {
                offering->offered[word] |= in->tiers.items[j].channels[word];
            }
        }
    }
}

/* §5: a service is on a list when its name, or an alias of it, is. */
static void compile_services(model *in) {
    for (size_t i = 0; i < in->services.count; i++) {
        struct service *const known = &in->services.items[i];
        for (size_t list = 0; list < SERVICE_LISTS; list++) {
            known->entry[list] = known->listed[list] ? (int32_t)i : -1;
        }
    }
    for (size_t i = 0; i < in->names[SLA_ELEMENT_SERVICE].count; i++) {
        const struct name_entry *const covered = &in->names[SLA_ELEMENT_SERVICE].items[i];
        const text name = sli_text(sli_model_string(in, covered->name), SIZE_MAX);
        const int32_t excluded = sli_names_find(in, SLA_ELEMENT_EXCLUSION, 0, name);
        if (excluded == SLA_UNKNOWN) {
            continue;
        }
        int32_t *const exclusion = &in->services.items[covered->index].entry[LIST_EXCLUDED];
        int32_t *const coverage = &in->services.items[excluded].entry[LIST_COVERED];
        *exclusion = *exclusion < 0 ? excluded : *exclusion;
        *coverage = *coverage < 0 ? covered->index : *coverage;
    }
}

/* Services are asked for by their one index, as requests are judged by it. */
static void compile_service_conditions(model *in, condition_list *conditions) {
    for (size_t i = 0; i < conditions->count; i++) {
        struct condition *const asking = &conditions->items[i];
        const int32_t covered = asking->key == KEY_SERVICE ? in->services.items[asking->value].entry[LIST_COVERED] : -1;
        asking->value = covered < 0 ? asking->value : covered;
    }
}

/* By row, then by key and value. */
static int compare_conditions(const void *left, const void *right) {
    const int32_t rows_apart = ((const struct condition *)left)->row - ((const struct condition *)right)->row;
    return rows_apart != 0 ? rows_apart : sli_compare_by_key(left, right);
}

static bool compile_conditions(sla_contract *contract, int32_t rows, size_t row_count) {
    condition_list *const conditions = &contract->model.conditions[rows];
    compile_service_conditions(&contract->model, conditions);
    uint32_t *const first = calloc(row_count + 1, sizeof *first);
    if (first == NULL) {
        return false;
    }
    if (conditions->count != 0) {
        qsort(conditions->items, conditions->count, sizeof *conditions->items, compare_conditions);
    }
    size_t at = 0;
    for (size_t row = 0; row <= row_count; row++) {
        while (at < conditions->count && conditions->items[at].row < (int32_t)row) {
            at++;
        }
        first[row] = (uint32_t)at;
    }
    contract->first_condition[rows] = first;
    return true;
}

static bool compile_targets(sla_contract *contract) {
    const model *const of = &contract->model;
    contract->targets = calloc(of->targets.count + 1, sizeof *contract->targets);
    if (contract->targets == NULL) {
        return false;
    }
    for (size_t i = 0; i < of->targets.count; i++) {
        contract_target *const target = &contract->targets[i];
        target->row = of->targets.items[i];
        target->row.calendar = target->row.calendar < 0 ? of->default_calendar : target->row.calendar;
        target->calendar = of->calendars.items[target->row.calendar];
        target->roll = target->row.roll < 0 ? NULL : of->calendars.items[target->row.roll];
    }
    return true;
}

/* §1.4: valid from 00:00 of the first date to 00:00 of the date that is no longer valid. */
static void compile_validity(sla_contract *contract) {
    const model *const of = &contract->model;
    contract->valid_from = of->valid_from == INT32_MIN ? INT64_MIN : sli_zone_instant(of->zone, of->valid_from, 0);
    contract->valid_until = of->valid_until == INT32_MAX ? INT64_MAX : sli_zone_instant(of->zone, of->valid_until, 0);
}

static sla_status judge_metrics(const model *of, sla_error *error) {
    for (size_t i = 0; i < of->metrics.count; i++) {
        unsigned roles = 0;
        for (size_t event = 0; event < SLI_EVENT_MAX; event++) {
            roles |= of->metrics.items[i].roles[event];
        }
        if ((roles & SLI_ROLE_START) == 0 || (roles & SLI_ROLE_STOP) == 0) {
            return sli_fail(error, SLA_INVALID_ARGUMENT, "the metric '%s' has no %s event; name at least one",
                            sli_model_string(of, of->elements[SLA_ELEMENT_METRIC].items[i].name),
                            (roles & SLI_ROLE_START) == 0 ? "start" : "stop");
        }
    }
    return SLA_OK;
}

static sla_status compile(sla_contract *contract, sla_error *error) {
    model *const of = &contract->model;
    sla_status status = sli_builder_need_metric(of, error);
    if (status == SLA_OK) {
        status = judge_metrics(of, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    compile_tiers(of);
    compile_services(of);
    compile_validity(contract);
    const bool complete = compile_targets(contract) && compile_conditions(contract, ROWS_RULES, of->rules.count) &&
                          compile_conditions(contract, ROWS_TARGETS, of->targets.count) &&
                          compile_conditions(contract, ROWS_OBJECTIVES, of->objectives.count) &&
                          sli_succession_compile(contract);
    return complete ? SLA_OK : sli_fail_memory(error);
}

static void free_contract(sla_contract *contract) {
    sli_succession_free(contract);
    sli_model_free(&contract->model);
    free(contract->targets);
    for (size_t i = 0; i < ROW_KINDS; i++) {
        free(contract->first_condition[i]);
    }
    free(contract);
}

sla_status sla_contract_builder_build(const sla_contract_builder *builder, sla_contract **contract, sla_error *error) {
    if (contract == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a place for the contract is needed");
    }
    *contract = NULL;
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    sla_contract *const made = calloc(1, sizeof *made);
    if (made == NULL || !sli_model_copy(&builder->model, &made->model)) {
        free(made);
        return sli_fail_memory(error);
    }
    sli_reference_start(&made->references);
    const sla_status status = compile(made, error);
    if (status != SLA_OK) {
        free_contract(made);
        return status;
    }
    *contract = made;
    return SLA_OK;
}

sla_contract *sla_contract_ref(sla_contract *contract) {
    if (contract != NULL) {
        sli_reference_add(&contract->references);
    }
    return contract;
}

/* Drops a reference; what nobody holds any more is put on the list. */
static void drop(sla_contract *contract, sla_contract **unneeded) {
    if (sli_reference_drop(&contract->references)) {
        contract->next_unneeded = *unneeded;
        *unneeded = contract;
    }
}

/* A chain of contracts, each of which knows the one before it, may be of any length: no call within a call for each. */
void sla_contract_unref(sla_contract *contract) {
    sla_contract *unneeded = NULL;
    if (contract != NULL) {
        drop(contract, &unneeded);
    }
    while (unneeded != NULL) {
        sla_contract *const freed = unneeded;
        model *const of = &freed->model;
        unneeded = freed->next_unneeded;
        while (of->successors.count > 0) {
            drop(of->successors.items[--of->successors.count], &unneeded);
        }
        free_contract(freed);
    }
}
