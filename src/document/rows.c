/* SPDX-License-Identifier: MIT */
/* The rows of a contract: criteria table (§6), targets (§4), objectives (§8.2), and the conditions of each. */
#include "document/loader.h"

/* ---- Conditions ---- */

/* The keys of conditions that are not attributes, and where the values of each are declared. */
static const struct {
    const char *key;
    section declared;
} own_conditions[] = {
    {"metric", SECTION_METRICS},   {"criterion", SECTION_CRITERIA}, {"tier", SECTION_TIERS},
    {"channel", SECTION_CHANNELS}, {"service", SECTION_SERVICES},
};

enum { OWN_CONDITIONS = sizeof own_conditions / sizeof own_conditions[0] };

static void add_condition(loader *l, int32_t element, int32_t index, const node *condition, section declared) {
    for (const node *value = sli_first_name(l, condition); value != NULL; value = sli_next_name(l, value)) {
        sla_error said;
        const sla_status status = sla_contract_builder_add_condition(l->builder, element, index, condition->key, SIZE_MAX,
                                                                     value->value, SIZE_MAX, &said);
        sli_check_reference(l, status, &said, value, declared);
    }
}

static void add_own_conditions(loader *l, int32_t element, int32_t index, const node *row, size_t first) {
    for (size_t i = first; i < OWN_CONDITIONS; i++) {
        add_condition(l, element, index, sli_node_find(row, own_conditions[i].key), own_conditions[i].declared);
    }
}

static const node *find_declared(const loader *l, const char *attribute) {
    return sli_node_find(sli_node_find(l->root, "attributes"), attribute);
}

/* ---- The criteria table ---- */

enum { FIRST_OF_RULES = 2, FIRST_OF_TARGETS = 0, FIRST_OF_OBJECTIVES = 1 };

/* An attribute that is not known is one complaint, at its key, however many values are asked for. */
static void complain_of_attribute(loader *l, int32_t rule, const node *condition) {
    sla_error said;
    const sla_status status =
        sla_contract_builder_add_condition(l->builder, SLA_ELEMENT_RULE, rule, condition->key, SIZE_MAX, "", 0, &said);
    if (!l->hides_names[SECTION_ATTRIBUTES]) {
        sli_check(l, status, &said, condition, AT_KEY);
    }
}

/* A flawed attribute takes its conditions with it; that may be one whose name is taken, such as "tier". */
static void add_rule_condition(loader *l, int32_t rule, const node *condition) {
    const node *const declared = find_declared(l, condition->key);
    if (sli_is_flawed(&l->list, declared)) {
        return;
    }
    for (size_t i = FIRST_OF_RULES; i < OWN_CONDITIONS; i++) {
        if (sli_text_is(sli_text(condition->key, SIZE_MAX), own_conditions[i].key)) {
            add_condition(l, SLA_ELEMENT_RULE, rule, condition, own_conditions[i].declared);
            return;
        }
    }
    if (declared == NULL) {
        complain_of_attribute(l, rule, condition);
    } else {
        add_condition(l, SLA_ELEMENT_RULE, rule, condition, SECTION_ATTRIBUTES);
    }
}

static void add_rule_conditions(loader *l, int32_t rule, const node *when) {
    for (const node *condition = sli_first_entry(when); condition != NULL; condition = sli_next_entry(condition)) {
        add_rule_condition(l, rule, condition);
    }
}

static void build_rule(loader *l, const node *row) {
    const node *const name = sli_sound(l, row, "name");
    if (name == NULL) {
        return;
    }
    int32_t index;
    sla_error said;
    const sla_status status = sla_contract_builder_add(l->builder, SLA_ELEMENT_RULE, name->value, SIZE_MAX, &index, &said);
    if (sli_check(l, status, &said, name, AT_VALUE)) {
        sli_build_texts(l, SLA_ELEMENT_RULE, index, row);
        add_rule_conditions(l, index, sli_node_find(row, "when"));
    }
}

static const node *first_row(const loader *l, const char *key) {
    const node *const rows = sli_node_find(l->root, key);
    return rows == NULL || rows->kind != NODE_LIST ? NULL : rows->first;
}

void sli_build_criteria(loader *l) {
    for (const node *row = first_row(l, "criteria"); row != NULL; row = row->next) {
        build_rule(l, row);
    }
}

/* ---- Targets ---- */

static int32_t find_calendar(loader *l, const node *row, const char *key) {
    const node *const name = sli_sound(l, row, key);
    int32_t index;
    if (name == NULL) {
        return -1;
    }
    if (sla_contract_builder_find(l->builder, SLA_ELEMENT_CALENDAR, name->value, SIZE_MAX, &index) == SLA_OK) {
        return index;
    }
    sla_error said;
    const sla_status status = sli_contract_builder_unknown(l->builder, SLA_ELEMENT_CALENDAR, sli_node_text(name), &said);
    sli_check_reference(l, status, &said, name, SECTION_CALENDARS);
    return -1;
}

static sla_target read_target(loader *l, const node *row) {
    sla_target target = {.kind = SLA_TARGET_IMMEDIATE, .by = -1};
    const node *const within = sli_sound(l, row, "within");
    const node *const grace = sli_sound(l, row, "grace");
    if (within != NULL) {
        sli_read_within(sli_node_text(within), &target);
    }
    if (grace != NULL) {
        sli_read_duration(sli_node_text(grace), &target.grace);
    }
    target.tie = sli_word(l, row, "tie", sli_tie_words, SLA_TIE_CLOSE);
    target.calendar = find_calendar(l, row, "calendar");
    target.roll = find_calendar(l, row, "roll");
    return target;
}

static void build_target(loader *l, const node *row) {
    const sla_target target = read_target(l, row);
    int32_t index;
    sla_error said;
    const sla_status status = sla_contract_builder_add_target(l->builder, &target, &index, &said);
    if (sli_check(l, status, &said, row, AT_VALUE)) {
        sli_build_texts(l, SLA_ELEMENT_TARGET, index, row);
        add_own_conditions(l, SLA_ELEMENT_TARGET, index, row, FIRST_OF_TARGETS);
    }
}

void sli_build_targets(loader *l) {
    for (const node *row = first_row(l, "targets"); row != NULL; row = row->next) {
        if (row->kind == NODE_MAPPING) {
            build_target(l, row);
        }
    }
}

/* ---- Objectives ---- */

static int32_t find_metric(loader *l, const node *row) {
    const node *const name = sli_sound(l, row, "metric");
    int32_t index;
    if (name == NULL) {
        return 0;
    }
    if (sla_contract_builder_find(l->builder, SLA_ELEMENT_METRIC, name->value, SIZE_MAX, &index) == SLA_OK) {
        return index;
    }
    sla_error said;
    const sla_status status = sli_contract_builder_unknown(l->builder, SLA_ELEMENT_METRIC, sli_node_text(name), &said);
    sli_check_reference(l, status, &said, name, SECTION_METRICS);
    return 0;
}

static sla_objective read_objective(loader *l, const node *row) {
    sla_objective objective = {.metric = find_metric(l, row),
                               .period = sli_word(l, row, "per", sli_period_words, SLA_PERIOD_ALL)};
    const node *const attainment = sli_sound(l, row, "attainment");
    if (attainment != NULL) {
        sli_read_percentage(sli_node_text(attainment), &objective.attainment);
    }
    return objective;
}

static void build_objective(loader *l, const node *row) {
    const sla_objective objective = read_objective(l, row);
    int32_t index;
    sla_error said;
    const sla_status status = sla_contract_builder_add_objective(l->builder, &objective, &index, &said);
    if (sli_check(l, status, &said, row, AT_VALUE)) {
        sli_build_texts(l, SLA_ELEMENT_OBJECTIVE, index, row);
        add_own_conditions(l, SLA_ELEMENT_OBJECTIVE, index, row, FIRST_OF_OBJECTIVES);
    }
}

void sli_build_objectives(loader *l) {
    for (const node *row = first_row(l, "objectives"); row != NULL; row = row->next) {
        if (row->kind == NODE_MAPPING) {
            build_objective(l, row);
        }
    }
}
