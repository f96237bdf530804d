/* SPDX-License-Identifier: MIT */
/* Keys of a few numbers, each with a number of its own: found by hashing, listed in order. */
#ifndef SLI_KEYS_H
#define SLI_KEYS_H

#include "base/base.h"

typedef int (*key_comparison)(const void *context, const int32_t *left, const int32_t *right);

typedef struct key_set {
    size_t width;    /* numbers in a key */
    int32_t *keys;   /* one behind the other, by the number of the key */
    uint32_t *slots; /* number of a key + 1; 0: free. A power of two, at most half of them taken */
    uint32_t *order; /* numbers of keys, in order when `sorted` */
    size_t count;
    size_t key_capacity; /* in single numbers */
    size_t order_capacity;
    size_t slot_count;
    bool sorted;
    key_comparison compare;
    const void *context;
} key_set;

key_set *sli_keys_new(size_t width, key_comparison compare, const void *context);
void sli_keys_free(key_set *set);

/* Makes room so that adding `more` keys cannot fail. False when memory is out; the keys are as before. */
bool sli_keys_reserve(key_set *set, size_t more);

/* The number of a key, which is added if need be; there must be room. */
size_t sli_keys_add(key_set *set, const int32_t *key);

const int32_t *sli_keys_get(const key_set *set, size_t number);

/* The number of the key at a place in the order. */
size_t sli_keys_at(key_set *set, size_t place);

#endif
