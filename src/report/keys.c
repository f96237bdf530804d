/* SPDX-License-Identifier: MIT */
#include "report/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"

key_set *sli_keys_new(size_t width, key_comparison compare, const void *context) {
    key_set *const set = calloc(1, sizeof *set);
    if (set != NULL) {
        set->width = width;
        set->compare = compare;
        set->context = context;
    }
    return set;
}

void sli_keys_free(key_set *set) {
    if (set != NULL) {
        free(set->keys);
        free(set->slots);
        free(set->order);
        free(set);
    }
}

const int32_t *sli_keys_get(const key_set *set, size_t number) {
    return set->keys + number * set->width;
}

static bool is_key(const key_set *set, size_t number, const int32_t *key) {
    const int32_t *const there = sli_keys_get(set, number);
    for (size_t i = 0; i < set->width; i++) {
        if (there[i] != key[i]) {
            return false;
        }
    }
    return true;
}

static size_t hash(const key_set *set, const int32_t *key) {
    uint64_t mixed = 0;
    for (size_t i = 0; i < set->width; i++) {
        mixed = (mixed ^ (uint32_t)key[i]) * UINT64_C(0x9E3779B97F4A7C15);
        mixed ^= mixed >> 32;
    }
    return (size_t)mixed;
}

/* The slot of a key, or the free one where it belongs. */
static uint32_t *slot_of(const key_set *set, const int32_t *key) {
    const size_t mask = set->slot_count - 1;
    size_t at = hash(set, key) & mask;
    while (set->slots[at] != 0 && !is_key(set, set->slots[at] - 1, key)) {
        at = (at + 1) & mask;
    }
    return &set->slots[at];
}

static bool grow_slots(key_set *set, size_t needed) {
    size_t wanted = set->slot_count == 0 ? 16 : set->slot_count;
    while (wanted / 2 < needed) {
        wanted *= 2;
    }
    if (wanted == set->slot_count) {
        return true;
    }
    uint32_t *const slots = calloc(wanted, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(set->slots);
    set->slots = slots;
    set->slot_count = wanted;
    for (size_t i = 0; i < set->count; i++) {
        *slot_of(set, sli_keys_get(set, i)) = (uint32_t)(i + 1);
    }
    return true;
}

bool sli_keys_reserve(key_set *set, size_t more) {
    if (more > UINT32_MAX / 4 - set->count) {
        return false;
    }
    const size_t needed = set->count + more;
    return sli_reserve((void **)&set->keys, &set->key_capacity, needed * set->width, sizeof *set->keys) &&
           sli_reserve((void **)&set->order, &set->order_capacity, needed, sizeof *set->order) && grow_slots(set, needed);
}

size_t sli_keys_add(key_set *set, const int32_t *key) {
    uint32_t *const slot = slot_of(set, key);
    if (*slot == 0) {
        memcpy(set->keys + set->count * set->width, key, set->width * sizeof *key);
        set->count++;
        set->sorted = false;
        *slot = (uint32_t)set->count;
    }
    return *slot - 1;
}

static int compare_numbers(const void *context, const void *left, const void *right) {
    const key_set *const set = context;
    return set->compare(set->context, sli_keys_get(set, *(const uint32_t *)left),
                        sli_keys_get(set, *(const uint32_t *)right));
}

size_t sli_keys_at(key_set *set, size_t place) {
    if (!set->sorted) {
        for (size_t i = 0; i < set->count; i++) {
            set->order[i] = (uint32_t)i;
        }
        sli_heap_sort(&(heap){set->order, set->count, sizeof *set->order, compare_numbers, set});
        set->sorted = true;
    }
    return set->order[place];
}
