/* SPDX-License-Identifier: MIT */
#include "report/ranking.h"

#include <stdlib.h>
#include <string.h>

ranking *sli_ranking_new(size_t size, size_t limit,
                         int (*compare)(const void *context, const void *left, const void *right)) {
    ranking *const list = calloc(1, sizeof *list);
    if (list != NULL) {
        list->kept.size = size;
        list->kept.compare = compare;
        list->limit = limit;
    }
    return list;
}

void sli_ranking_free(ranking *list) {
    if (list != NULL) {
        free(list->kept.items);
        free(list);
    }
}

bool sli_ranking_reserve(ranking *list, size_t more) {
    const size_t left = list->limit - list->kept.count;
    return sli_reserve(&list->kept.items, &list->capacity, list->kept.count + (more < left ? more : left), list->kept.size);
}

static void put_last(ranking *list, const void *item) {
    memcpy((char *)list->kept.items + list->kept.count * list->kept.size, item, list->kept.size);
    list->kept.count++;
    sli_heap_lift_last(&list->kept);
}

void sli_ranking_offer(ranking *list, const void *item) {
    if (list->limit == 0) {
        return;
    }
    if (list->sorted) {
        sli_heap_build(&list->kept);
        list->sorted = false;
    }
    if (list->kept.count < list->limit) {
        put_last(list, item);
    } else if (list->kept.compare(list->kept.context, item, list->kept.items) < 0) {
        memcpy(list->kept.items, item, list->kept.size);
        sli_heap_sink_first(&list->kept);
    }
}

const void *sli_ranking_at(ranking *list, size_t index) {
    if (index >= list->kept.count) {
        return NULL;
    }
    if (!list->sorted) {
        sli_heap_sort(&list->kept);
        list->sorted = true;
    }
    return (const char *)list->kept.items + index * list->kept.size;
}
