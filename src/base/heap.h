/* SPDX-License-Identifier: MIT */
/*
 * A binary heap in an array, and the sort that comes with it: in place, without memory of its own, never slower than
 * n log n.
 */
#ifndef SLI_HEAP_H
#define SLI_HEAP_H

#include "base/base.h"

/* Items of `size` bytes. compare < 0: `left` stands before `right` in the order wanted. */
typedef struct heap {
    void *items;
    size_t count;
    size_t size; /* at most SLI_HEAP_ITEM_MAX */
    int (*compare)(const void *context, const void *left, const void *right);
    const void *context;
} heap;

enum { SLI_HEAP_ITEM_MAX = 512 };

/* The last in order is the first item; these restore that after the last item, or the first, has changed. */
void sli_heap_lift_last(const heap *items);
void sli_heap_sink_first(const heap *items);

/* Makes any array a heap, or puts it in order. */
void sli_heap_build(const heap *items);
void sli_heap_sort(const heap *items);

#endif
