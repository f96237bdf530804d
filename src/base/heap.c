/* SPDX-License-Identifier: MIT */
#include "base/heap.h"

#include <string.h>

static char *item_at(const heap *items, size_t index) {
    return (char *)items->items + index * items->size;
}

static bool is_before(const heap *items, size_t left, size_t right) {
    return items->compare(items->context, item_at(items, left), item_at(items, right)) < 0;
}

static void swap(const heap *items, size_t left, size_t right) {
    char kept[SLI_HEAP_ITEM_MAX];
    memcpy(kept, item_at(items, left), items->size);
    memcpy(item_at(items, left), item_at(items, right), items->size);
    memcpy(item_at(items, right), kept, items->size);
}

void sli_heap_lift_last(const heap *items) {
    for (size_t at = items->count - 1; at > 0;) {
        const size_t parent = (at - 1) / 2;
        if (!is_before(items, parent, at)) {
            return;
        }
        swap(items, parent, at);
        at = parent;
    }
}

static void sink(const heap *items, size_t at, size_t count) {
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_before(items, child, child + 1)) {
            child++;
        }
        if (!is_before(items, at, child)) {
            return;
        }
        swap(items, at, child);
        at = child;
    }
}

void sli_heap_sink_first(const heap *items) {
    sink(items, 0, items->count);
}

void sli_heap_build(const heap *items) {
    for (size_t i = items->count / 2; i > 0; i--) {
        sink(items, i - 1, items->count);
    }
}

void sli_heap_sort(const heap *items) {
    sli_heap_build(items);
    for (size_t last = items->count; last > 1; last--) {
        swap(items, 0, last - 1);
        sink(items, 0, last - 1);
    }
}
