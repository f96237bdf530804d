/* SPDX-License-Identifier: MIT */
#include "report/names.h"

#include <stdlib.h>

void sli_names_clear(name_set *names) {
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
    free(names->slots);
    *names = (name_set){0};
}

/* FNV-1a. */
static size_t hash(text name) {
    uint64_t mixed = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < name.length; i++) {
        mixed = (mixed ^ (unsigned char)name.start[i]) * UINT64_C(0x100000001B3);
    }
    return (size_t)(mixed ^ mixed >> 32);
}

static uint32_t *slot_of(const name_set *names, text name) {
    const size_t mask = names->slot_count - 1;
    size_t at = hash(name) & mask;
    while (names->slots[at] != 0 && !sli_text_is(name, names->items[names->slots[at] - 1])) {
        at = (at + 1) & mask;
    }
    return &names->slots[at];
}

static bool grow_slots(name_set *names) {
    if (names->count < names->slot_count / 2) {
        return true;
    }
    const size_t wanted = names->slot_count == 0 ? 16 : names->slot_count * 2;
    uint32_t *const slots = calloc(wanted, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(names->slots);
    names->slots = slots;
    names->slot_count = wanted;
    for (size_t i = 0; i < names->count; i++) {
        *slot_of(names, sli_text(names->items[i], SIZE_MAX)) = (uint32_t)(i + 1);
    }
    return true;
}

bool sli_names_add(name_set *names, text name, size_t *number) {
    if (names->count >= INT32_MAX / 4 || !grow_slots(names)) {
        return false;
    }
    uint32_t *const slot = slot_of(names, name);
    if (*slot == 0) {
        char *const copy = sli_text_copy(name);
        if (copy == NULL || !SLI_APPEND(names, copy)) {
            free(copy);
            return false;
        }
        *slot = (uint32_t)names->count;
    }
    *number = *slot - 1;
    return true;
}
