/* SPDX-License-Identifier: MIT */
#include "feed/overrides.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_keys(const void *left, const void *right) {
    const override_key *const one = left;
    const override_key *const other = right;
    const int by_uid = strcmp(one->uid, other->uid);
    if (by_uid != 0) {
        return by_uid;
    }
    return one->kind != other->kind ? compare_numbers(one->kind, other->kind) : compare_numbers(one->value, other->value);
}

static override_key key_of(const event *from) {
    const occurrence_name *const replaced = &from->replaces;
    return replaced->is_date ? (override_key){from->uid, OVERRIDE_DATE, replaced->date}
                             : (override_key){from->uid, OVERRIDE_INSTANT, replaced->instant};
}

/* ---- Which of several replacements stands ---- */

/* By occurrence, the one that stands last. Pointers into one array give the order in the feed. */
static int compare_rivals(const void *left, const void *right) {
    const event *const one = *(const event *const *)left;
    const event *const other = *(const event *const *)right;
    const override_key one_key = key_of(one);
    const override_key other_key = key_of(other);
    const int by_key = compare_keys(&one_key, &other_key);
    if (by_key != 0) {
        return by_key;
    }
    if (one->sequence != other->sequence) {
        return compare_numbers(one->sequence, other->sequence);
    }
    return one->stamp != other->stamp ? compare_numbers(one->stamp, other->stamp) : (one > other) - (one < other);
}

static bool is_named_override(const event *from) {
    return from->is_override && from->uid != NULL;
}

static void settle_rivals(event **rivals, size_t count) {
    qsort(rivals, count, sizeof *rivals, compare_rivals);
    for (size_t i = 0; i + 1 < count; i++) {
        const override_key key = key_of(rivals[i]);
        const override_key next = key_of(rivals[i + 1]);
        if (compare_keys(&key, &next) == 0) {
            rivals[i]->closes = false;
        }
    }
}

static bool settle(event_list *events) {
    event **const rivals = calloc(events->count + 1, sizeof *rivals);
    if (rivals == NULL) {
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        if (is_named_override(&events->items[i])) {
            rivals[count++] = &events->items[i];
        }
    }
    settle_rivals(rivals, count);
    free(rivals);
    return true;
}

/* ---- The index ---- */

static bool has_endless_rule(const event *from) {
    for (size_t i = 0; i < from->rules.count; i++) {
        if (sli_rule_is_endless(&from->rules.items[i])) {
            return true;
        }
    }
    return false;
}

static bool add_keys(override_index *index, const event *from) {
    if (from->uid == NULL) {
        return true;
    }
    if (!from->is_override) {
        const override_key endless = {from->uid, OVERRIDE_OF_ENDLESS, 0};
        return !has_endless_rule(from) || SLI_APPEND(index, endless);
    }
    const override_key written = {from->uid, OVERRIDE_WRITTEN_DATE, from->replaces.date};
    const override_key exact = key_of(from);
    return SLI_APPEND(index, written) && SLI_APPEND(index, exact);
}

bool sli_overrides_build(event_list *events, override_index *index) {
    if (!settle(events)) {
        return false;
    }
    for (size_t i = 0; i < events->count; i++) {
        if (!add_keys(index, &events->items[i])) {
            return false;
        }
    }
    if (index->count > 0) {
        qsort(index->items, index->count, sizeof *index->items, compare_keys);
    }
    return true;
}

void sli_overrides_clear(override_index *index) {
    free(index->items);
    *index = (override_index){0};
}

bool sli_overrides_have(const override_index *index, const char *uid, override_key_kind kind, int64_t value) {
    if (uid == NULL || index->count == 0) {
        return false;
    }
    const override_key wanted = {uid, kind, value};
    return bsearch(&wanted, index->items, index->count, sizeof wanted, compare_keys) != NULL;
}
