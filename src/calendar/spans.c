/* SPDX-License-Identifier: MIT */
#include "calendar/spans.h"

#include <stdlib.h>

void sli_spans_free(span_list *list) {
    free(list->items);
    *list = (span_list){0};
}

bool sli_spans_add(span_list *list, int64_t begin, int64_t end, int32_t kind, int32_t closing) {
    if (list->count > 0) {
        sla_span *const last = &list->items[list->count - 1];
        begin = sli_later(begin, last->end);
        if (begin < end && begin == last->end && last->kind == kind && last->closing == closing) {
            last->end = end;
            return true;
        }
    }
    return begin >= end || SLI_APPEND(list, ((sla_span){begin, end, kind, closing, 0}));
}

bool sli_spans_within(const span_list *spans, const interval_list *within, span_list *result) {
    size_t i = 0;
    size_t j = 0;
    while (i < spans->count && j < within->count) {
        const sla_span *const span = &spans->items[i];
        const interval limits = within->items[j];
        const int64_t begin = sli_later(span->begin, limits.begin);
        if (!sli_spans_add(result, begin, sli_earlier(span->end, limits.end), span->kind, span->closing)) {
            return false;
        }
        if (span->end <= limits.end) {
            i++;
        } else {
            j++;
        }
    }
    return true;
}

/* The part of `under` before the instant `until`; what lies before the last span of `result` is there already. */
static bool add_under(const span_list *under, size_t *next, int64_t until, span_list *result) {
    for (; *next < under->count && under->items[*next].begin < until; ++*next) {
        const sla_span *const span = &under->items[*next];
        if (!sli_spans_add(result, span->begin, sli_earlier(span->end, until), span->kind, span->closing)) {
            return false;
        }
        if (span->end > until) {
            break; /* the rest of it may come after the span that is laid over it */
        }
    }
    return true;
}

bool sli_spans_overlay(const span_list *under, const span_list *over, span_list *result) {
    size_t next = 0;
    for (size_t i = 0; i < over->count; i++) {
        const sla_span *const span = &over->items[i];
        if (!add_under(under, &next, span->begin, result) ||
            !sli_spans_add(result, span->begin, span->end, span->kind, span->closing)) {
            return false;
        }
    }
    return add_under(under, &next, INT64_MAX, result);
}
