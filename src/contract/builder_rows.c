/* SPDX-License-Identifier: MIT */
/* The builder: metrics, targets, objectives, and the conditions of rows. */
#include "contract/builder.h"

#include <string.h>

/* The longest duration: as many seconds as a double holds exactly, for the callers that have no other number. */
#define AMOUNT_MAX (INT64_C(1) << 53)

static bool all_zero(const int32_t *reserved, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (reserved[i] != 0) {
            return false;
        }
    }
    return true;
}

#define RESERVED_ZERO(record) all_zero((record)->reserved, sizeof(record)->reserved / sizeof *(record)->reserved)

/* ---- Metrics ---- */

static sla_status judge_metric(const sla_metric *metric, sla_error *error) {
    if (metric->repeats != 0 && metric->repeats != 1) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "`repeats` of a metric is 0 or 1, not %d", (int)metric->repeats);
    }
    if (metric->reopen != SLA_REOPEN_IGNORE && metric->reopen != SLA_REOPEN_RESUME) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "`reopen` of a metric is ignore or resume, not %d",
                        (int)metric->reopen);
    }
    if (metric->on_change < SLA_CHANGE_FROM_START || metric->on_change > SLA_CHANGE_RESTART) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "`on_change` of a metric is from-start, keep or restart, not %d",
                        (int)metric->on_change);
    }
    if (!RESERVED_ZERO(metric)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the reserved fields of a metric have to be zero");
    }
    return SLA_OK;
}

sla_status sla_contract_builder_add_metric(sla_contract_builder *builder, const char *name, size_t name_length,
                                           const sla_metric *metric, int32_t *index, sla_error *error) {
    sli_clear(index);
    if (builder == NULL || metric == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder, a metric and a place for the index are needed");
    }
    sla_status status = judge_metric(metric, error);
    if (status == SLA_OK) {
        status = sli_builder_add_element(&builder->model, SLA_ELEMENT_METRIC, sli_text(name, name_length), index, error);
    }
    if (status == SLA_OK) {
        builder->model.metrics.items[*index].behaviour = *metric;
    }
    return status;
}

sla_status sli_builder_need_metric(model *in, sla_error *error) {
    if (in->metrics.count > 0) {
        return SLA_OK;
    }
    int32_t responded;
    int32_t metric;
    sla_status status = sli_builder_need_element(in, SLA_ELEMENT_EVENT, sli_text("responded", SIZE_MAX), &responded, error);
    if (status == SLA_OK) {
        status = sli_builder_add_element(in, SLA_ELEMENT_METRIC, sli_text("response", SIZE_MAX), &metric, error);
    }
    if (status == SLA_OK) {
        in->metrics.items[metric].roles[0] |= SLI_ROLE_START; /* event 0 is `received` */
        in->metrics.items[metric].roles[responded] |= SLI_ROLE_STOP;
    }
    return status;
}

/* ---- Targets ---- */

static sla_status judge_amount(const sla_target *target, sla_error *error) {
    const int64_t least = target->kind == SLA_TARGET_DURATION ? 1 : 0;
    if (target->amount < least || target->amount > AMOUNT_MAX) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the %s of a target is a number from %d to 2^53, not %lld",
                        target->kind == SLA_TARGET_DURATION ? "duration in seconds" : "amount", (int)least,
                        (long long)target->amount);
    }
    if (target->grace < 0 || target->grace > AMOUNT_MAX) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the grace of a target is a number of seconds from 0 to 2^53, not %lld", (long long)target->grace);
    }
    if (target->by < -1 || target->by > SLI_DAY) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "`by` of a target is a second of the day from 0 to 86400, or -1, not %d", (int)target->by);
    }
    return SLA_OK;
}

static sla_status judge_target(const model *in, const sla_target *target, sla_error *error) {
    if (target->kind < SLA_TARGET_IMMEDIATE || target->kind > SLA_TARGET_BEST_EFFORT) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "%d is no kind of target", (int)target->kind);
    }
    if (target->tie != SLA_TIE_CLOSE && target->tie != SLA_TIE_NEXT_OPEN) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "`tie` of a target is close or next-open, not %d", (int)target->tie);
    }
    if (!RESERVED_ZERO(target)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the reserved fields of a target have to be zero");
    }
    sla_status status = judge_amount(target, error);
    if (status == SLA_OK && target->calendar != -1) {
        status = sli_builder_judge_index(in, SLA_ELEMENT_CALENDAR, target->calendar, error);
    }
    if (status == SLA_OK && target->roll != -1) {
        status = sli_builder_judge_index(in, SLA_ELEMENT_CALENDAR, target->roll, error);
    }
    return status;
}

sla_status sla_contract_builder_add_target(sla_contract_builder *builder, const sla_target *target, int32_t *index,
                                           sla_error *error) {
    sli_clear(index);
    if (builder == NULL || target == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder, a target and a place for the index are needed");
    }
    model *const in = &builder->model;
    sla_status status = judge_target(in, target, error);
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_reserve((void **)&in->targets.items, &in->targets.capacity, in->targets.count + 1, sizeof *target)) {
        return sli_fail_memory(error);
    }
    status = sli_builder_add_row(in, SLA_ELEMENT_TARGET, 0, index, error);
    if (status == SLA_OK) {
        in->targets.items[in->targets.count++] = *target;
    }
    return status;
}

/* ---- Objectives ---- */

static sla_status judge_objective(const model *in, const sla_objective *objective, sla_error *error) {
    if (objective->attainment < 0 || objective->attainment > 1000000) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the attainment of an objective is 0 to 1000000 millionths, not %d",
                        (int)objective->attainment);
    }
    if (objective->period < SLA_PERIOD_ALL || objective->period > SLA_PERIOD_DAY) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the period of an objective is all, month, week or day, not %d",
                        (int)objective->period);
    }
    if (!RESERVED_ZERO(objective)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the reserved fields of an objective have to be zero");
    }
    const bool given = in->metrics.count == 0 && objective->metric == 0; /* `response`, which comes with the first need */
    return given ? SLA_OK : sli_builder_judge_index(in, SLA_ELEMENT_METRIC, objective->metric, error);
}

sla_status sla_contract_builder_add_objective(sla_contract_builder *builder, const sla_objective *objective, int32_t *index,
                                              sla_error *error) {
    sli_clear(index);
    if (builder == NULL || objective == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder, an objective and a place for the index are needed");
    }
    model *const in = &builder->model;
    sla_status status = judge_objective(in, objective, error);
    if (status == SLA_OK) {
        status = sli_builder_need_metric(in, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_reserve((void **)&in->objectives.items, &in->objectives.capacity, in->objectives.count + 1,
                     sizeof *objective)) {
        return sli_fail_memory(error);
    }
    status = sli_builder_add_row(in, SLA_ELEMENT_OBJECTIVE, 0, index, error);
    if (status == SLA_OK) {
        in->objectives.items[in->objectives.count++] = *objective;
    }
    return status;
}

/* ---- Conditions ---- */

static int32_t rows_of(int32_t kind) {
    return kind == SLA_ELEMENT_RULE ? ROWS_RULES : kind == SLA_ELEMENT_TARGET ? ROWS_TARGETS : ROWS_OBJECTIVES;
}

/* The keys that the contract itself has: of rules from the third on, of objectives from the second on. */
static const struct {
    const char *name;
    int32_t key;
    int32_t kind;
} own_keys[] = {
    {"metric", KEY_METRIC, SLA_ELEMENT_METRIC},    {"criterion", KEY_CRITERION, SLA_ELEMENT_CRITERION},
    {"tier", KEY_TIER, SLA_ELEMENT_TIER},          {"channel", KEY_CHANNEL, SLA_ELEMENT_CHANNEL},
    {"service", KEY_SERVICE, SLA_ELEMENT_SERVICE},
};

enum { OWN_KEYS = sizeof own_keys / sizeof *own_keys };

static size_t first_own_key(int32_t kind) {
    return kind == SLA_ELEMENT_RULE ? 2 : kind == SLA_ELEMENT_OBJECTIVE ? 1 : 0;
}

static sla_status fail_unknown_key(const model *in, int32_t kind, text name, sla_error *error) {
    const char *known[OWN_KEYS + SLI_ATTRIBUTE_MAX];
    size_t count = 0;
    for (size_t i = first_own_key(kind); i < OWN_KEYS; i++) {
        known[count++] = own_keys[i].name;
    }
    for (size_t i = 0; kind == SLA_ELEMENT_RULE && i < in->attributes.count; i++) {
        known[count++] = sli_model_string(in, in->elements[SLA_ELEMENT_ATTRIBUTE].items[i].name);
    }
    return sli_fail_unknown(error, kind == SLA_ELEMENT_RULE ? "attribute" : "condition", name, known, count);
}

/* Finds a key and the value asked for. */
static sla_status read_condition(const model *in, int32_t kind, text key, text value, struct condition *read,
                                 sla_error *error) {
    for (size_t i = first_own_key(kind); i < OWN_KEYS; i++) {
        if (sli_text_is(key, own_keys[i].name)) {
            read->key = own_keys[i].key;
            read->value = sli_model_find(in, own_keys[i].kind, value);
            return read->value != SLA_UNKNOWN ? SLA_OK : sli_model_unknown(in, own_keys[i].kind, 0, value, error);
        }
    }
    const int32_t attribute = kind == SLA_ELEMENT_RULE ? sli_names_find(in, SLA_ELEMENT_ATTRIBUTE, 0, key) : SLA_UNKNOWN;
    if (attribute == SLA_UNKNOWN) {
        return fail_unknown_key(in, kind, key, error);
    }
    read->key = KEY_ATTRIBUTE + attribute;
    read->value = sli_names_find(in, NAMES_OF_VALUES, attribute, value);
    return read->value != SLA_UNKNOWN ? SLA_OK : sli_model_unknown(in, NAMES_OF_VALUES, attribute, value, error);
}

static sla_status add_condition(model *in, int32_t kind, int32_t row, text key, text value, sla_error *error) {
    struct condition read = {.row = row};
    const bool asks_for_metric = kind == SLA_ELEMENT_TARGET && sli_text_is(key, "metric");
    sla_status status = asks_for_metric ? sli_builder_need_metric(in, error) : SLA_OK;
    if (status == SLA_OK) {
        status = read_condition(in, kind, key, value, &read, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    condition_list *const conditions = &in->conditions[rows_of(kind)];
    if (conditions->count >= SLI_CONDITION_MAX) {
        return sli_fail(error, SLA_LIMIT, "the %s have at most %d conditions together", sli_kind_plural(kind),
                        SLI_CONDITION_MAX);
    }
    return SLI_APPEND(conditions, read) ? SLA_OK : sli_fail_memory(error);
}

sla_status sla_contract_builder_add_condition(sla_contract_builder *builder, int32_t element, int32_t index,
                                              const char *key, size_t key_length, const char *value, size_t value_length,
                                              sla_error *error) {
    const bool has_conditions =
        element == SLA_ELEMENT_RULE || element == SLA_ELEMENT_TARGET || element == SLA_ELEMENT_OBJECTIVE;
    if (builder == NULL || !has_conditions) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "only rules, targets and objectives have conditions");
    }
    const sla_status known = sli_builder_judge_index(&builder->model, element, index, error);
    if (known != SLA_OK) {
        return known;
    }
    return add_condition(&builder->model, element, index, sli_text(key, key_length), sli_text(value, value_length), error);
}
