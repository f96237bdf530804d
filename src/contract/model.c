/* SPDX-License-Identifier: MIT */
#include "contract/model.h"

#include <stdlib.h>
#include <string.h>

/* Every table of a model but those of elements, names and conditions, which come in numbers. */
#define SINGLE_TABLES(_)                                                                                                   \
    _(pool)                                                                                                                \
    _(successors)                                                                                                          \
    _(calendars)                                                                                                           \
    _(channels)                                                                                                            \
    _(tiers)                                                                                                               \
    _(services)                                                                                                            \
    _(attributes)                                                                                                          \
    _(rules)                                                                                                               \
    _(metrics)                                                                                                             \
    _(targets)                                                                                                             \
    _(objectives)

void sli_model_free(model *freed) {
    for (size_t i = 0; i < freed->successors.count; i++) {
        sla_contract_unref(freed->successors.items[i]);
    }
    for (size_t i = 0; i < freed->calendars.count; i++) {
        sla_calendar_unref(freed->calendars.items[i]);
    }
    sla_zone_unref(freed->zone);
#define FREE_TABLE(table) free(freed->table.items);
    SINGLE_TABLES(FREE_TABLE)
    for (size_t i = 0; i < ELEMENT_KINDS; i++) {
        free(freed->elements[i].items);
    }
    for (size_t i = 0; i < NAME_LISTS; i++) {
        free(freed->names[i].items);
    }
    for (size_t i = 0; i < ROW_KINDS; i++) {
        free(freed->conditions[i].items);
    }
    memset(freed, 0, sizeof *freed);
}

/* A copy of `count` items, of which the empty table has none; without memory there are none either. */
static bool copy_items(const void *items, size_t *count, size_t size, void **copied) {
    if (*count == 0) {
        return true;
    }
    *copied = malloc(*count * size);
    if (*copied == NULL) {
        *count = 0;
        return false;
    }
    memcpy(*copied, items, *count * size);
    return true;
}

/* Gives the table its own copy of its items; what cannot be copied is left empty. */
#define COPY_TABLE(table)                                                                                                  \
    do {                                                                                                                   \
        void *items = NULL;                                                                                                \
        complete &= copy_items((table).items, &(table).count, sizeof *(table).items, &items);                              \
        (table).items = items;                                                                                             \
        (table).capacity = (table).count;                                                                                  \
    } while (0)

bool sli_model_copy(const model *original, model *copy) {
    bool complete = true;
    *copy = *original;
#define COPY_SINGLE(table) COPY_TABLE(copy->table);
    SINGLE_TABLES(COPY_SINGLE)
    for (size_t i = 0; i < ELEMENT_KINDS; i++) {
        COPY_TABLE(copy->elements[i]);
    }
    for (size_t i = 0; i < NAME_LISTS; i++) {
        COPY_TABLE(copy->names[i]);
    }
    for (size_t i = 0; i < ROW_KINDS; i++) {
        COPY_TABLE(copy->conditions[i]);
    }
    sla_zone_ref(copy->zone);
    for (size_t i = 0; i < copy->successors.count; i++) {
        sla_contract_ref(copy->successors.items[i]);
    }
    for (size_t i = 0; i < copy->calendars.count; i++) {
        sla_calendar_ref(copy->calendars.items[i]);
    }
    if (!complete) {
        sli_model_free(copy);
    }
    return complete;
}

const char *sli_model_string(const model *of, uint32_t offset) {
    return of->pool.items + offset;
}

sla_status sli_model_keep(model *in, text value, uint32_t *offset, sla_error *error) {
    *offset = 0;
    if (value.length == 0) {
        return SLA_OK;
    }
    const size_t start = in->pool.count == 0 ? 1 : in->pool.count; /* offset 0 is the empty text */
    if (value.length >= SLI_TEXT_BYTES_MAX - start) {
        return sli_fail(error, SLA_LIMIT, "the names and texts of a contract are at most %d bytes together",
                        SLI_TEXT_BYTES_MAX);
    }
    if (!sli_reserve((void **)&in->pool.items, &in->pool.capacity, start + value.length + 1, 1)) {
        return sli_fail_memory(error);
    }
    in->pool.items[0] = '\0';
    memcpy(in->pool.items + start, value.start, value.length);
    in->pool.items[start + value.length] = '\0';
    in->pool.count = start + value.length + 1;
    *offset = (uint32_t)start;
    return SLA_OK;
}

int32_t sli_model_count(const model *of, int32_t kind) {
    return kind >= 0 && kind < ELEMENT_KINDS ? (int32_t)of->elements[kind].count : 0;
}

bool sli_model_has(const model *of, int32_t kind, int32_t index) {
    if (index < 0 || index >= sli_model_count(of, kind)) {
        return false;
    }
    if (kind == SLA_ELEMENT_SERVICE) {
        return of->services.items[index].listed[LIST_COVERED];
    }
    if (kind == SLA_ELEMENT_EXCLUSION) {
        return of->services.items[index].listed[LIST_EXCLUDED];
    }
    return true;
}
