/* SPDX-License-Identifier: MIT */
#include "feed/overrides.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_kinds_and_values(const void *left, const void *right) {
    const override_key *const one = left;
    const override_key *const other = right;
    return one->kind != other->kind ? compare_numbers(one->kind, other->kind) : compare_numbers(one->value, other->value);
}

static int compare_keys(const void *left, const void *right) {
    const int by_uid = strcmp(((const override_key *)left)->uid, ((const override_key *)right)->uid);
    return by_uid != 0 ? by_uid : compare_kinds_and_values(left, right);
}

static override_key key_of(const event *from) {
    const occurrence_name *const replaced = &from->replaces;
    return replaced->is_date ? (override_key){from->uid, OVERRIDE_DATE, replaced->date}
                             : (override_key){from->uid, OVERRIDE_INSTANT, replaced->instant};
}

/* ---- Which of several replacements stands ---- */

/* An override and the occurrence of its event that it names, however it names it. */
typedef struct rival {
    event *from;
    override_key key;
} rival;

static int compare_masters(const void *left, const void *right) {
    const event *const one = *(const event *const *)left;
    const event *const other = *(const event *const *)right;
    const int by_uid = strcmp(one->uid, other->uid);
    return by_uid != 0 ? by_uid : (one > other) - (one < other);
}

static int compare_uid_with_master(const void *uid, const void *master) {
    return strcmp(uid, (*(const event *const *)master)->uid);
}

/* A date and a time may name one occurrence: as an all-day event's date, or as the instant of a timed one on the date. */
static override_key key_by_master(const event *from, const event *master) {
    const occurrence_name *const replaced = &from->replaces;
    if (master == NULL || master->start.is_date == replaced->is_date) {
        return key_of(from);
    }
    return master->start.is_date
               ? (override_key){from->uid, OVERRIDE_DATE, replaced->date}
               : (override_key){from->uid, OVERRIDE_INSTANT,
                                sli_zone_instant(master->start.zone, replaced->date, master->start.second)};
}

/* By occurrence, the one that stands last. Pointers into one array give the order in the feed. */
static int compare_rivals(const void *left, const void *right) {
    const rival *const one = left;
    const rival *const other = right;
    const int by_key = compare_keys(&one->key, &other->key);
    if (by_key != 0) {
        return by_key;
    }
    if (one->from->sequence != other->from->sequence) {
        return compare_numbers(one->from->sequence, other->from->sequence);
    }
    return one->from->stamp != other->from->stamp ? compare_numbers(one->from->stamp, other->from->stamp)
                                                  : (one->from > other->from) - (one->from < other->from);
}

static void settle_rivals(rival *rivals, size_t count) {
    qsort(rivals, count, sizeof *rivals, compare_rivals);
    for (size_t i = 0; i + 1 < count; i++) {
        if (compare_keys(&rivals[i].key, &rivals[i + 1].key) == 0) {
            rivals[i].from->closes = false;
        }
    }
}

static size_t collect_masters(event_list *events, event **masters) {
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        if (!events->items[i].is_override && events->items[i].uid != NULL) {
            masters[count++] = &events->items[i];
        }
    }
    qsort(masters, count, sizeof *masters, compare_masters);
    return count;
}

static size_t collect_rivals(event_list *events, event *const *masters, size_t master_count, rival *rivals) {
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        event *const from = &events->items[i];
        if (from->is_override && from->uid != NULL) {
            event *const *const master =
                bsearch(from->uid, masters, master_count, sizeof *masters, compare_uid_with_master);
            rivals[count++] = (rival){from, key_by_master(from, master == NULL ? NULL : *master)};
        }
    }
    return count;
}

static bool settle(event_list *events) {
    event **const masters = calloc(events->count + 1, sizeof *masters);
    rival *const rivals = calloc(events->count + 1, sizeof *rivals);
    const bool made = masters != NULL && rivals != NULL;
    if (made) {
        const size_t master_count = collect_masters(events, masters);
        settle_rivals(rivals, collect_rivals(events, masters, master_count, rivals));
    }
    free(masters);
    free(rivals);
    return made;
}

/* ---- The index ---- */

static bool has_endless_rule(const event *from) {
    for (size_t i = 0; i < from->rules.count; i++) {
        if (sli_rule_is_endless(from->rules.items[i])) {
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
    if (!sli_reserve((void **)&index->items, &index->capacity, index->count + 2, sizeof *index->items)) {
        return false;
    }
    index->items[index->count++] = (override_key){from->uid, OVERRIDE_WRITTEN_DATE, from->replaces.date};
    index->items[index->count++] = key_of(from);
    return true;
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

/* How many keys stand before all keys of a UID or, with `after`, before all keys of later UIDs. */
static size_t keys_before(const override_index *index, const char *uid, bool after) {
    size_t low = 0;
    size_t high = index->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(index->items[middle].uid, uid);
        if (order < 0 || (after && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uid_overrides sli_overrides_of(const override_index *index, const char *uid) {
    if (uid == NULL || index->count == 0) {
        return (uid_overrides){NULL, 0};
    }
    const size_t first = keys_before(index, uid, false);
    return (uid_overrides){index->items + first, keys_before(index, uid, true) - first};
}

bool sli_overrides_have(const uid_overrides *overrides, override_key_kind kind, int64_t value) {
    const override_key wanted = {NULL, kind, value};
    return overrides->count > 0 &&
           bsearch(&wanted, overrides->items, overrides->count, sizeof wanted, compare_kinds_and_values) != NULL;
}
