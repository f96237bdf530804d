/* SPDX-License-Identifier: MIT */
/*
 * Sets of instants as lists of half-open intervals (§1.1). A list is in normal form when its intervals are not empty,
 * sorted, and neither overlap nor touch; the set operations take and give lists in normal form, in linear time.
 */
#ifndef SLI_CALENDAR_INTERVAL_H
#define SLI_CALENDAR_INTERVAL_H

#include "base/base.h"

typedef struct interval {
    int64_t begin;
    int64_t end;
} interval;

typedef struct interval_list {
    interval *items;
    size_t count;
    size_t capacity;
    bool unsorted; /* an interval was added that begins before the one before it */
} interval_list;

void sli_intervals_free(interval_list *list);

/* Empties the list; its memory is kept for the next use. */
void sli_intervals_clear(interval_list *list);

/* Adds [begin, end); an empty one is passed over. False when memory is out. */
bool sli_intervals_add(interval_list *list, int64_t begin, int64_t end);

/* Brings what was added, in whatever order, into normal form. */
void sli_intervals_normalise(interval_list *list);

void sli_intervals_swap(interval_list *one, interval_list *other);

/* `result` is emptied first and is neither of the operands. False when memory is out. */
bool sli_intervals_union(const interval_list *left, const interval_list *right, interval_list *result);
bool sli_intervals_intersection(const interval_list *left, const interval_list *right, interval_list *result);
bool sli_intervals_difference(const interval_list *left, const interval_list *right, interval_list *result);

static inline int64_t sli_earlier(int64_t left, int64_t right) {
    return left < right ? left : right;
}
static inline int64_t sli_later(int64_t left, int64_t right) {
    return left > right ? left : right;
}

#endif
