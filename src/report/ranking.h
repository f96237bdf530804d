/* SPDX-License-Identifier: MIT */
/* The first few of many items, by some order: what was offered in which order does not matter. */
#ifndef SLI_RANKING_H
#define SLI_RANKING_H

#include "base/heap.h"

typedef struct ranking {
    heap kept; /* in order when `sorted`, else a heap whose first item ranks last */
    size_t capacity;
    size_t limit;
    bool sorted;
} ranking;

/* `size` bytes an item, at most `limit` of them. compare < 0: `left` ranks before `right`. */
ranking *sli_ranking_new(size_t size, size_t limit,
                         int (*compare)(const void *context, const void *left, const void *right));
void sli_ranking_free(ranking *list);

/* Makes room so that `more` offers cannot fail. False when memory is out. */
bool sli_ranking_reserve(ranking *list, size_t more);

/* Offers an item, for which there is room. */
void sli_ranking_offer(ranking *list, const void *item);

/* The item at a place in the order; NULL when there is none. Until the next offer. */
const void *sli_ranking_at(ranking *list, size_t index);

#endif
