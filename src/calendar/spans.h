/* SPDX-License-Identifier: MIT */
/* Lists of spans for the listing: pieces of time with what they are, sorted, not overlapping. */
#ifndef SLI_CALENDAR_SPANS_H
#define SLI_CALENDAR_SPANS_H

#include "calendar/calendar.h"
#include "calendar/interval.h"

typedef struct span_list {
    sla_span *items;
    size_t count;
    size_t capacity;
} span_list;

void sli_spans_free(span_list *list);

/* Appends [begin, end), without what the last span already holds, and merges it with the last when it goes on with the
 * same. Spans come sorted by begin. False when memory is out. */
bool sli_spans_add(span_list *list, int64_t begin, int64_t end, int32_t kind, int32_t closing);

/* The parts of `spans` that lie in `within`. `result` is empty. */
bool sli_spans_within(const span_list *spans, const interval_list *within, span_list *result);

/* `over` laid over `under`. `result` is empty. */
bool sli_spans_overlay(const span_list *under, const span_list *over, span_list *result);

#endif
