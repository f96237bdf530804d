/* SPDX-License-Identifier: MIT */
/* The criteria table (§6), checked over every combination of what its rows ask for. */
#include "contract/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHADOWS_LISTED = 8 };

/* One thing that rows ask for. Values that no row names are all alike: one stands for them. */
struct dimension {
    int32_t key;
    size_t count;
    int32_t *values; /* SLA_UNSAID first */
    size_t position; /* in the combination that is looked at */
};

/* The rows that decide what an unreachable row would accept: those that are listed, and one that tells of others. */
struct shadow {
    size_t count;
    int32_t rows[SHADOWS_LISTED + 1];
};

struct table {
    contract_check *check;
    int32_t row_count;
    struct dimension *dimensions;
    size_t dimension_count;
    int32_t *values;     /* of all dimensions */
    int32_t *attributes; /* values in the combination that is looked at */
    struct row_facts facts;
    bool *reached;
    struct shadow *shadows;
    bool gap_found;
};

/* ---- Combinations ---- */

/* How many values a request can give for a key; the contract's for an attribute, a tier, a channel. */
static int32_t value_count(const model *of, int32_t key) {
    switch (key) {
        case KEY_TIER:
            return sli_model_count(of, SLA_ELEMENT_TIER);
        case KEY_CHANNEL:
            return sli_model_count(of, SLA_ELEMENT_CHANNEL);
        case KEY_SERVICE:
            return sli_model_count(of, SLA_ELEMENT_SERVICE);
        default:
            return of->attributes.items[key - KEY_ATTRIBUTE].values;
    }
}

/* What stands for all that no row names: the first such value, or a service on no list; SLA_UNSAID when there is none. */
static int32_t value_of_the_rest(const model *of, int32_t key, int32_t first_unnamed) {
    if (first_unnamed < value_count(of, key)) {
        return first_unnamed;
    }
    return key == KEY_SERVICE && of->unlisted == SLA_UNLISTED_COVERED ? SLA_UNKNOWN : SLA_UNSAID;
}

/* Takes the conditions of one key, sorted by value and followed by one of another key, and returns how many they are. */
static size_t gather_dimension(struct table *table, const struct condition *conditions, int32_t *values) {
    const int32_t key = conditions[0].key;
    struct dimension *const made = &table->dimensions[table->dimension_count++];
    *made = (struct dimension){.key = key, .count = 1, .values = values};
    values[0] = SLA_UNSAID;
    int32_t unnamed = 0;
    size_t taken = 0;
    for (; conditions[taken].key == key; taken++) {
        const int32_t value = conditions[taken].value;
        unnamed = value == unnamed ? unnamed + 1 : unnamed;
        if (value != values[made->count - 1]) {
            values[made->count++] = value;
        }
    }
    const int32_t other = value_of_the_rest(&table->check->contract->model, key, unnamed);
    if (other != SLA_UNSAID) {
        values[made->count++] = other;
    }
    return taken;
}

static sla_status gather_dimensions(struct table *table) {
    const condition_list *const rules = &table->check->contract->model.conditions[ROWS_RULES];
    const size_t key_count = KEY_ATTRIBUTE + table->check->contract->model.attributes.count;
    struct condition *const sorted = calloc(rules->count + 1, sizeof *sorted); /* the last is of KEY_METRIC: no rule's */
    table->dimensions = calloc(key_count, sizeof *table->dimensions);
    table->values = calloc(rules->count + 2 * key_count, sizeof *table->values);
    if (sorted == NULL || table->dimensions == NULL || table->values == NULL) {
        free(sorted);
        return SLA_OUT_OF_MEMORY;
    }
    if (rules->count != 0) {
        memcpy(sorted, rules->items, rules->count * sizeof *sorted);
        qsort(sorted, rules->count, sizeof *sorted, sli_compare_by_key);
    }
    int32_t *values = table->values;
    for (size_t at = 0; at < rules->count;) {
        at += gather_dimension(table, sorted + at, values);
        values += table->dimensions[table->dimension_count - 1].count;
    }
    free(sorted);
    return SLA_OK;
}

static bool is_too_large(const struct table *table) {
    int64_t combinations = 1;
    for (size_t i = 0; i < table->dimension_count; i++) {
        combinations *= (int64_t)table->dimensions[i].count;
        if (combinations > CHECK_COMBINATIONS_MAX) {
            return true;
        }
    }
    return combinations * table->row_count > CHECK_COMPARISONS_MAX;
}

static void say(struct table *table, size_t number) {
    const struct dimension *const said = &table->dimensions[number];
    const int32_t value = said->values[said->position];
    switch (said->key) {
        case KEY_TIER:
            table->facts.tier = value;
            break;
        case KEY_CHANNEL:
            table->facts.channel = value;
            break;
        case KEY_SERVICE:
            table->facts.service = value;
            break;
        default:
            table->attributes[said->key - KEY_ATTRIBUTE] = value;
    }
}

/* All positions are 0 before the first combination. Attributes that no row asks for are never read. */
static void say_first(struct table *table) {
    table->facts = (struct row_facts){SLA_UNSAID, SLA_UNSAID, SLA_UNSAID, SLA_UNSAID, SLA_UNSAID, table->attributes};
    for (size_t i = 0; i < table->dimension_count; i++) {
        say(table, i);
    }
}

/* Counts up by one; false after the last combination, where it is back at the first. */
static bool say_next(struct table *table) {
    for (size_t i = 0; i < table->dimension_count; i++) {
        struct dimension *const counted = &table->dimensions[i];
        const bool carried = ++counted->position == counted->count;
        counted->position = carried ? 0 : counted->position;
        say(table, i);
        if (!carried) {
            return true;
        }
    }
    return false;
}

/* ---- Gaps ---- */

static bool says_all(const struct table *table) {
    for (size_t i = 0; i < table->dimension_count; i++) {
        if (table->dimensions[i].position == 0) {
            return false;
        }
    }
    return true;
}

static const char *name_of_value(const sla_contract *contract, int32_t key, int32_t value) {
    static const int32_t kinds[] = {
        [KEY_TIER] = SLA_ELEMENT_TIER, [KEY_CHANNEL] = SLA_ELEMENT_CHANNEL, [KEY_SERVICE] = SLA_ELEMENT_SERVICE};
    if (value == SLA_UNKNOWN) {
        return "on no list";
    }
    return key < KEY_ATTRIBUTE ? sla_contract_name(contract, kinds[key], value)
                               : sla_contract_value_name(contract, key - KEY_ATTRIBUTE, value);
}

static const char *name_of_key(const model *of, int32_t key) {
    static const char *const names[] = {[KEY_TIER] = "tier", [KEY_CHANNEL] = "channel", [KEY_SERVICE] = "service"};
    return key < KEY_ATTRIBUTE ? names[key]
                               : sli_model_string(of, of->elements[SLA_ELEMENT_ATTRIBUTE].items[key - KEY_ATTRIBUTE].name);
}

static void report_gap(struct table *table) {
    const sla_contract *const contract = table->check->contract;
    char example[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < table->dimension_count && length < sizeof example; i++) {
        const struct dimension *const said = &table->dimensions[i];
        const char *const value = name_of_value(contract, said->key, said->values[said->position]);
        length += (size_t)snprintf(example + length, sizeof example - length, "%s%s: %s", i == 0 ? "" : ", ",
                                   name_of_key(&contract->model, said->key), value);
    }
    SLI_WARN(table->check, SLA_NOT_FOUND, "criteria", "no row of the criteria table accepts {%s}%s", example,
             length < sizeof example ? "" : " …");
}

/* ---- Rows ---- */

static void look_at_combination(struct table *table) {
    const int32_t row = sli_first_row(table->check->contract, ROWS_RULES, table->row_count, &table->facts);
    if (row >= 0) {
        table->reached[row] = true;
    } else if (!table->gap_found && says_all(table)) {
        table->gap_found = true;
        report_gap(table);
    }
}

static void add_shadow(struct shadow *shadow, int32_t row) {
    for (size_t i = 0; i < shadow->count; i++) {
        if (shadow->rows[i] == row) {
            return;
        }
    }
    if (shadow->count <= SHADOWS_LISTED) {
        shadow->rows[shadow->count++] = row;
    }
}

/* Every row that would have accepted the combination, had `decided` not come first. */
static void look_for_shadows(struct table *table) {
    const sla_contract *const contract = table->check->contract;
    const int32_t decided = sli_first_row(contract, ROWS_RULES, table->row_count, &table->facts);
    for (int32_t row = decided + 1; decided >= 0 && row < table->row_count; row++) {
        if (!table->reached[row] && sli_row_fits(contract, ROWS_RULES, row, &table->facts)) {
            add_shadow(&table->shadows[row], decided);
        }
    }
}

static int compare_rows(const void *left, const void *right) {
    return *(const int32_t *)left - *(const int32_t *)right; /* none is negative */
}

static void report_unreachable(struct table *table, int32_t row) {
    struct shadow *const shadow = &table->shadows[row];
    qsort(shadow->rows, shadow->count, sizeof *shadow->rows, compare_rows);
    char listed[SHADOWS_LISTED * 18] = "";
    size_t length = 0;
    for (size_t i = 0; i < shadow->count && i < SHADOWS_LISTED; i++) {
        length += (size_t)snprintf(listed + length, sizeof listed - length, "%scriteria[%d]", i == 0 ? "" : ", ",
                                   (int)shadow->rows[i]);
    }
    char path[CHECK_PATH_SIZE];
    const text name = sli_text(sla_contract_name(table->check->contract, SLA_ELEMENT_RULE, row), SIZE_MAX);
    SLI_WARN(table->check, SLA_NOT_FOUND, sli_row_path("criteria", row, path),
             "this row ('%.*s') is never reached: %s%s before it accept%s all that it accepts", SLI_QUOTED(name), listed,
             shadow->count > SHADOWS_LISTED ? " and others" : "", shadow->count == 1 ? "s" : "");
}

static void report_rows(struct table *table) {
    for (int32_t row = 0; row < table->row_count; row++) {
        if (!table->reached[row]) {
            report_unreachable(table, row);
        }
    }
}

static bool reaches_all(const struct table *table) {
    for (int32_t row = 0; row < table->row_count; row++) {
        if (!table->reached[row]) {
            return false;
        }
    }
    return true;
}

static void search(struct table *table) {
    say_first(table);
    do {
        look_at_combination(table);
    } while (say_next(table));
    if (reaches_all(table)) {
        return;
    }
    do {
        look_for_shadows(table);
    } while (say_next(table));
    report_rows(table);
}

static sla_status prepare(struct table *table) {
    const size_t attribute_count = table->check->contract->model.attributes.count;
    const sla_status status = gather_dimensions(table);
    table->attributes = calloc(attribute_count + 1, sizeof *table->attributes);
    table->reached = calloc((size_t)table->row_count, sizeof *table->reached);
    table->shadows = calloc((size_t)table->row_count, sizeof *table->shadows);
    if (status != SLA_OK || table->attributes == NULL || table->reached == NULL || table->shadows == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    return SLA_OK;
}

static void release(struct table *table) {
    free(table->dimensions);
    free(table->values);
    free(table->attributes);
    free(table->reached);
    free(table->shadows);
}

sla_status sli_check_table(contract_check *check) {
    struct table table = {.check = check, .row_count = sli_model_count(&check->contract->model, SLA_ELEMENT_RULE)};
    if (table.row_count == 0) {
        return SLA_OK; /* nobody means to find criteria by a table */
    }
    const sla_status status = prepare(&table);
    if (status == SLA_OK && is_too_large(&table)) {
        sli_leave_out(check, "criteria", "gaps and unreachable rows of the criteria table");
    } else if (status == SLA_OK) {
        search(&table);
    }
    release(&table);
    return status;
}
