/* SPDX-License-Identifier: MIT */
#include "calendar/interval.h"

#include <stdlib.h>

void sli_intervals_free(interval_list *list) {
    free(list->items);
    *list = (interval_list){0};
}

void sli_intervals_clear(interval_list *list) {
    list->count = 0;
    list->unsorted = false;
}

bool sli_intervals_add(interval_list *list, int64_t begin, int64_t end) {
    if (begin >= end) {
        return true;
    }
    if (list->count > 0) {
        interval *const last = &list->items[list->count - 1];
        if (begin >= last->begin && begin <= last->end) {
            last->end = sli_later(last->end, end);
            return true;
        }
        list->unsorted = list->unsorted || begin < last->begin;
    }
    if (list->count == list->capacity &&
        !sli_reserve((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items)) {
        return false;
    }
    list->items[list->count++] = (interval){begin, end};
    return true;
}

static int by_begin(const void *left, const void *right) {
    const int64_t left_begin = ((const interval *)left)->begin;
    const int64_t right_begin = ((const interval *)right)->begin;
    return (left_begin > right_begin) - (left_begin < right_begin);
}

void sli_intervals_normalise(interval_list *list) {
    if (!list->unsorted) {
        return;
    }
    qsort(list->items, list->count, sizeof *list->items, by_begin);
    size_t kept = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (list->items[i].begin <= list->items[kept].end) {
            list->items[kept].end = sli_later(list->items[kept].end, list->items[i].end);
        } else {
            list->items[++kept] = list->items[i];
        }
    }
    list->count = kept + 1;
    list->unsorted = false;
}

void sli_intervals_swap(interval_list *one, interval_list *other) {
    const interval_list kept = *one;
    *one = *other;
    *other = kept;
}

bool sli_intervals_union(const interval_list *left, const interval_list *right, interval_list *result) {
    sli_intervals_clear(result);
    size_t i = 0;
    size_t j = 0;
    while (i < left->count || j < right->count) {
        const bool take_left = j == right->count || (i < left->count && left->items[i].begin <= right->items[j].begin);
        const interval next = take_left ? left->items[i++] : right->items[j++];
        if (!sli_intervals_add(result, next.begin, next.end)) {
            return false;
        }
    }
    return true;
}

bool sli_intervals_intersection(const interval_list *left, const interval_list *right, interval_list *result) {
    sli_intervals_clear(result);
    size_t i = 0;
    size_t j = 0;
    while (i < left->count && j < right->count) {
        const interval one = left->items[i];
        const interval other = right->items[j];
        if (!sli_intervals_add(result, sli_later(one.begin, other.begin), sli_earlier(one.end, other.end))) {
            return false;
        }
        if (one.end <= other.end) {
            i++;
        } else {
            j++;
        }
    }
    return true;
}

bool sli_intervals_difference(const interval_list *left, const interval_list *right, interval_list *result) {
    sli_intervals_clear(result);
    size_t j = 0;
    for (size_t i = 0; i < left->count; i++) {
        int64_t begin = left->items[i].begin;
        const int64_t end = left->items[i].end;
        while (j < right->count && right->items[j].end <= begin) {
            j++;
        }
        /* The last one that reaches in may reach into the next interval too, so it is not passed over. */
        for (; j < right->count && right->items[j].begin < end; j++) {
            if (!sli_intervals_add(result, begin, right->items[j].begin)) {
                return false;
            }
            begin = right->items[j].end;
            if (begin >= end) {
                break;
            }
        }
        if (!sli_intervals_add(result, begin, end)) {
            return false;
        }
    }
    return true;
}
