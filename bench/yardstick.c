/* SPDX-License-Identifier: MIT */
#include "yardstick.h"

#include <stdlib.h>

/* ---- Making ---- */

static int grow(yardstick *made, size_t *capacity) {
    if (made->count + 1 < *capacity) {
        return 1;
    }
    *capacity = *capacity == 0 ? 1024 : *capacity * 2;
    int64_t *const ends = realloc(made->ends, *capacity * sizeof *ends);
    made->ends = ends == NULL ? made->ends : ends;
    int64_t *const sums = realloc(made->sums, *capacity * sizeof *sums);
    made->sums = sums == NULL ? made->sums : sums;
    return ends != NULL && sums != NULL;
}

/* Keeps room for the sentinel. */
static int add_interval(yardstick *made, size_t *capacity, int64_t begin, int64_t end, int64_t *last_end) {
    if (made->count > 0 && begin == *last_end) {
        made->ends[made->count - 1] = end;
        made->sums[made->count - 1] += end - begin;
    } else {
        if (!grow(made, capacity)) {
            return 0;
        }
        const int64_t before = made->count == 0 ? 0 : made->sums[made->count - 1];
        made->ends[made->count] = end;
        made->sums[made->count++] = before + (end - begin);
    }
    *last_end = end;
    return 1;
}

static void close_with_sentinel(yardstick *made) {
    made->ends[made->count] = INT64_MAX;
    made->sums[made->count] = made->count == 0 ? 0 : made->sums[made->count - 1];
}

sla_status yardstick_make(const sla_calendar *calendar, yardstick *made) {
    enum { SPANS = 4096 };
    static sla_span spans[SPANS];
    *made = (yardstick){0};
    sla_status status = sla_calendar_horizon(calendar, &made->begin, &made->end);
    size_t capacity = 0;
    size_t count = 0;
    int64_t last_end = made->begin;
    if (!grow(made, &capacity)) {
        status = SLA_OUT_OF_MEMORY;
    }
    for (int64_t from = made->begin; status == SLA_OK && from < made->end; from = spans[count - 1].end) {
        status = sla_calendar_list(calendar, from, made->end, spans, SPANS, &count);
        for (size_t i = 0; status == SLA_OK && i < count; i++) {
            if (spans[i].kind == SLA_SPAN_OPEN && !add_interval(made, &capacity, spans[i].begin, spans[i].end, &last_end)) {
                status = SLA_OUT_OF_MEMORY;
            }
        }
    }
    if (status != SLA_OK) {
        yardstick_free(made);
        return status;
    }
    close_with_sentinel(made);
    return SLA_OK;
}

void yardstick_free(yardstick *made) {
    free(made->ends);
    free(made->sums);
    *made = (yardstick){0};
}

/* ---- Asking ---- */

/* The first element that is at least `key`; the sentinel's when none is. Without a branch on what is compared, which would
 * be predicted wrongly every other time. */
static size_t first_from(const int64_t *elements, size_t count, int64_t key) {
    size_t first = 0;
    for (size_t left = count; left > 1;) {
        const size_t half = left / 2;
        first += (size_t)(elements[first + half - 1] < key) * half;
        left -= half;
    }
    return first + (elements[first] < key);
}

static int64_t open_before(const yardstick *hours, size_t interval) {
    return interval == 0 ? 0 : hours->sums[interval - 1];
}

/* The begin of an interval; of the sentinel, which is empty, its end. */
static int64_t begin_of(const yardstick *hours, size_t interval) {
    return hours->ends[interval] - (hours->sums[interval] - open_before(hours, interval));
}

static int64_t measure(const yardstick *hours, int64_t at) {
    const size_t next = first_from(hours->ends, hours->count, at);
    const int64_t before = open_before(hours, next);
    const int64_t begin = begin_of(hours, next);
    return at > begin ? before + (at - begin) : before;
}

static int outside(const yardstick *hours, int64_t at) {
    return at < hours->begin || at >= hours->end;
}

sla_status yardstick_is_open(const yardstick *hours, int64_t at, int32_t *open) {
    *open = 0;
    if (outside(hours, at)) {
        return SLA_HORIZON;
    }
    *open = at >= begin_of(hours, first_from(hours->ends, hours->count, at + 1));
    return SLA_OK;
}

sla_status yardstick_elapsed(const yardstick *hours, int64_t from, int64_t until, int64_t *seconds) {
    *seconds = 0;
    if (from < hours->begin || from > hours->end || until < hours->begin || until > hours->end) {
        return SLA_HORIZON;
    }
    *seconds = measure(hours, until) - measure(hours, from);
    return SLA_OK;
}

sla_status yardstick_add(const yardstick *hours, int64_t at, int64_t seconds, int64_t *result) {
    *result = 0;
    if (outside(hours, at)) {
        return SLA_HORIZON;
    }
    if (seconds <= 0) { /* nothing that is measured */
        *result = at;
        return seconds == 0 ? SLA_OK : SLA_INVALID_ARGUMENT;
    }
    const int64_t reached = measure(hours, at);
    if (seconds > hours->sums[hours->count] - reached) {
        return SLA_HORIZON;
    }
    const size_t holder = first_from(hours->sums, hours->count, reached + seconds);
    *result = hours->ends[holder] - (hours->sums[holder] - (reached + seconds));
    return *result < hours->end ? SLA_OK : SLA_HORIZON;
}

sla_status yardstick_next_open(const yardstick *hours, int64_t at, int64_t *result) {
    *result = 0;
    if (outside(hours, at)) {
        return SLA_HORIZON;
    }
    const size_t next = first_from(hours->ends, hours->count, at + 1);
    if (next == hours->count) {
        return SLA_HORIZON;
    }
    const int64_t begin = begin_of(hours, next);
    *result = at > begin ? at : begin;
    return SLA_OK;
}
