/* SPDX-License-Identifier: MIT */
/*
 * The arithmetic of §3. With the open seconds numbered from 0, the instants u with C(u) = n are those from just after
 * second n - 1 up to second n: the earliest and the latest answer of every question are read from one of these two.
 */
#include "calendar/compiled.h"

/* A function of the index, expanded for each form. */
#define ASK(question, index, ...)                                                                                          \
    ((index)->form == ONE_PIECE    ? question(index, __VA_ARGS__, ONE_PIECE)                                               \
     : (index)->form == TWO_PIECES ? question(index, __VA_ARGS__, TWO_PIECES)                                              \
                                   : question(index, __VA_ARGS__, ANY_FORM))

/* One comparison each: what lies below wraps around to far above. */
SLI_INLINE bool in_horizon(const hours_index *index, int64_t at) {
    return (uint64_t)at - (uint64_t)index->begin < index->length;
}

SLI_INLINE bool in_horizon_or_end(const hours_index *index, int64_t at) {
    return (uint64_t)at - (uint64_t)index->begin <= index->length;
}

SLI_INLINE sla_status refuse(int64_t *result) {
    *result = 0;
    return SLA_HORIZON;
}

/* The earliest u > begin with C(u) = measure: just after the open second before. */
SLI_INLINE sla_status earliest(const hours_index *index, uint64_t measure, int64_t near, int64_t *result, int form) {
    if (measure - 1 >= index->earliest_count) {
        return refuse(result);
    }
    *result = sli_index_open_second(index, (int64_t)(measure - 1), near, form) + 1;
    return SLA_OK;
}

/* The latest u with C(u) = measure: the open second of that number. */
SLI_INLINE sla_status latest(const hours_index *index, uint64_t measure, int64_t near, int64_t *result, int form) {
    if (measure >= (uint64_t)index->open_total) {
        return refuse(result);
    }
    *result = sli_index_open_second(index, (int64_t)measure, near, form);
    return SLA_OK;
}

SLI_INLINE sla_status is_open(const hours_index *index, int64_t at, int32_t *open, int form) {
    *open = in_horizon(index, at) && sli_index_is_open(index, at, form);
    return in_horizon(index, at) ? SLA_OK : SLA_HORIZON;
}

SLI_INLINE sla_status elapsed(const hours_index *index, int64_t from, int64_t until, int64_t *seconds, int form) {
    if (!in_horizon_or_end(index, from) || !in_horizon_or_end(index, until)) {
        return refuse(seconds);
    }
    *seconds = sli_index_measure(index, until, form) - sli_index_measure(index, from, form);
    return SLA_OK;
}

/* C(at) + seconds wraps around, as what comes below 0 does, to where no calendar has a measure. */
SLI_INLINE sla_status add(const hours_index *index, int64_t at, int64_t seconds, int64_t *result, int form) {
    if (!in_horizon(index, at)) {
        return refuse(result);
    }
    const uint64_t measure = (uint64_t)sli_index_measure(index, at, form) + (uint64_t)seconds;
    if (seconds > 0) {
        return earliest(index, measure, at, result, form);
    }
    if (seconds < 0) {
        return latest(index, measure, at, result, form);
    }
    *result = at;
    return SLA_OK;
}

SLI_INLINE sla_status add_late(const hours_index *index, int64_t at, int64_t seconds, int64_t *result, int form) {
    if (!in_horizon(index, at)) {
        return refuse(result);
    }
    const uint64_t measure = (uint64_t)sli_index_measure(index, at, form) + (uint64_t)seconds;
    if (seconds >= 0) {
        return latest(index, measure, at, result, form);
    }
    /* Before the first open second there is no other one in sight, unless the horizon begins with it. */
    if (measure == 0 && sli_index_is_open(index, index->begin, form)) {
        *result = index->begin;
        return SLA_OK;
    }
    return earliest(index, measure, at, result, form);
}

SLI_INLINE sla_status next_open(const hours_index *index, int64_t at, int64_t *result, int form) {
    return add_late(index, at, 0, result, form);
}

/* ---- The public questions ---- */

/* What a missing pointer comes to; a result that there is a place for is 0. */
static sla_status refuse_missing(int64_t *result) {
    if (result != NULL) {
        *result = 0;
    }
    return SLA_INVALID_ARGUMENT;
}

sla_status sla_calendar_is_open(const sla_calendar *calendar, int64_t at, int32_t *open) {
    if (open == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    if (calendar == NULL) {
        *open = 0;
        return SLA_INVALID_ARGUMENT;
    }
    return ASK(is_open, &calendar->index, at, open);
}

sla_status sla_calendar_elapsed(const sla_calendar *calendar, int64_t from, int64_t until, int64_t *seconds) {
    if (calendar == NULL || seconds == NULL) {
        return refuse_missing(seconds);
    }
    return ASK(elapsed, &calendar->index, from, until, seconds);
}

sla_status sla_calendar_add(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    return ASK(add, &calendar->index, at, seconds, result);
}

sla_status sla_calendar_add_late(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    return ASK(add_late, &calendar->index, at, seconds, result);
}

sla_status sla_calendar_next_open(const sla_calendar *calendar, int64_t at, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    return ASK(next_open, &calendar->index, at, result);
}

sla_status sla_calendar_next_close(const sla_calendar *calendar, int64_t at, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    if (!in_horizon(&calendar->index, at)) {
        return refuse(result);
    }
    const int64_t found = sli_index_next_closed(&calendar->index, at);
    if (found >= calendar->index.end) {
        return refuse(result);
    }
    *result = found;
    return SLA_OK;
}

/* ---- Many at a time ---- */

typedef sla_status question(const hours_index *index, int64_t first, int64_t second, int64_t *result, int form);

typedef struct columns {
    size_t count;
    const int64_t *first;
    const int64_t *second;
    int64_t *results;
    sla_status *statuses;
} columns;

/* The index is copied so that no result can be thought to overwrite it. */
SLI_INLINE sla_status ask_all(const hours_index *original, const columns *asked, question *ask, int form) {
    const hours_index index = *original;
    const columns all = *asked;
    for (size_t i = 0; i < all.count; i++) {
        int64_t result;
        const sla_status status = ask(&index, all.first[i], all.second[i], &result, form);
        all.results[i] = result;
        if (all.statuses != NULL) {
            all.statuses[i] = status;
        }
    }
    return SLA_OK;
}

static bool are_usable(const sla_calendar *calendar, const columns *asked) {
    return calendar != NULL &&
           (asked->count == 0 || (asked->first != NULL && asked->second != NULL && asked->results != NULL));
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t count, const int64_t *from, const int64_t *until,
                                     int64_t *seconds, sla_status *statuses) {
    const columns asked = {count, from, until, seconds, statuses};
    return are_usable(calendar, &asked) ? ASK(ask_all, &calendar->index, &asked, elapsed) : SLA_INVALID_ARGUMENT;
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t count, const int64_t *at, const int64_t *seconds,
                                 int64_t *results, sla_status *statuses) {
    const columns asked = {count, at, seconds, results, statuses};
    return are_usable(calendar, &asked) ? ASK(ask_all, &calendar->index, &asked, add) : SLA_INVALID_ARGUMENT;
}

/* ---- What a calendar is ---- */

sla_status sla_calendar_horizon(const sla_calendar *calendar, int64_t *begin, int64_t *end) {
    if (begin == NULL || end == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *begin = calendar == NULL ? 0 : calendar->index.begin;
    *end = calendar == NULL ? 0 : calendar->index.end;
    return calendar == NULL ? SLA_INVALID_ARGUMENT : SLA_OK;
}

int64_t sla_calendar_covers_until(const sla_calendar *calendar) {
    return calendar == NULL ? 0 : calendar->covers_until;
}

sla_zone *sla_calendar_zone(const sla_calendar *calendar) {
    return calendar == NULL ? NULL : calendar->zone;
}
