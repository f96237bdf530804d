/* SPDX-License-Identifier: MIT */
/*
 * The arithmetic of §3. With the open seconds numbered from 0, the instants u with C(u) = n are those from just after
 * second n - 1 up to second n: the earliest and the latest answer of every question are read from one of these two.
 */
#include "calendar/compiled.h"

#define NOT_INLINE __attribute__((noinline))

static bool in_horizon(const hours_index *index, int64_t at) {
    return at >= index->begin && at < index->end;
}

/* ---- The long way ---- */

static sla_status refuse(int64_t *result) {
    *result = 0;
    return SLA_HORIZON;
}

/* The earliest u > begin with C(u) = measure: just after the open second before. */
static sla_status earliest(const hours_index *index, uint64_t measure, int64_t *result) {
    if (measure - 1 >= index->earliest_count) {
        return refuse(result);
    }
    *result = sli_index_open_second(index, (int64_t)(measure - 1)) + 1;
    return SLA_OK;
}

/* The latest u with C(u) = measure: the open second of that number. */
static sla_status latest(const hours_index *index, uint64_t measure, int64_t *result) {
    if (measure >= (uint64_t)index->open_total) {
        return refuse(result);
    }
    *result = sli_index_open_second(index, (int64_t)measure);
    return SLA_OK;
}

/* C(at) + seconds; what would be below 0 or above 2^63 is far above all measures. */
static uint64_t measure_after(const hours_index *index, int64_t at, int64_t seconds) {
    return (uint64_t)sli_index_measure(index, at) + (uint64_t)seconds;
}

static NOT_INLINE sla_status elapsed(const hours_index *index, int64_t from, int64_t until, int64_t *seconds) {
    if (from < index->begin || from > index->end || until < index->begin || until > index->end) {
        return refuse(seconds);
    }
    *seconds = sli_index_measure(index, until) - sli_index_measure(index, from);
    return SLA_OK;
}

static NOT_INLINE sla_status add(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    if (!in_horizon(index, at)) {
        return refuse(result);
    }
    if (seconds == 0) {
        *result = at;
        return SLA_OK;
    }
    const uint64_t measure = measure_after(index, at, seconds);
    return seconds > 0 ? earliest(index, measure, result) : latest(index, measure, result);
}

static NOT_INLINE sla_status add_late(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    if (!in_horizon(index, at)) {
        return refuse(result);
    }
    const uint64_t measure = measure_after(index, at, seconds);
    if (seconds >= 0) {
        return latest(index, measure, result);
    }
    /* Before the first open second there is no other one in sight, unless the horizon begins with it. */
    if (measure == 0 && sli_index_is_open(index, index->begin)) {
        *result = index->begin;
        return SLA_OK;
    }
    return earliest(index, measure, result);
}

/* ---- The short way, and the long one for what it leaves ---- */

SLI_INLINE sla_status short_elapsed(const hours_index *index, int64_t from, int64_t until, int64_t *seconds, bool full) {
    short_place first;
    short_place last;
    if (!sli_short_find(index, from, &first) || !sli_short_find(index, until, &last)) {
        return elapsed(index, from, until, seconds);
    }
    *seconds = (int64_t)(sli_short_measure(index, last, full) - sli_short_measure(index, first, full));
    return SLA_OK;
}

SLI_INLINE sla_status short_add(const hours_index *index, int64_t at, int64_t seconds, int64_t *result, bool full) {
    short_place place;
    int64_t found;
    if (!sli_short_find(index, at, &place) || seconds <= 0) {
        return add(index, at, seconds, result);
    }
    const uint64_t last = sli_short_measure(index, place, full) + (uint64_t)seconds - 1;
    if (last >= index->earliest_count || !sli_short_open_second(index, last, place.day, &found, full)) {
        return add(index, at, seconds, result);
    }
    *result = found + 1;
    return SLA_OK;
}

SLI_INLINE sla_status short_add_late(const hours_index *index, int64_t at, int64_t seconds, int64_t *result, bool full) {
    short_place place;
    int64_t found;
    if (!sli_short_find(index, at, &place) || seconds < 0) {
        return add_late(index, at, seconds, result);
    }
    const uint64_t next = sli_short_measure(index, place, full) + (uint64_t)seconds;
    if (next >= (uint64_t)index->open_total || !sli_short_open_second(index, next, place.day, &found, full)) {
        return add_late(index, at, seconds, result);
    }
    *result = found;
    return SLA_OK;
}

/* Separate, so that the plain form needs few registers. */
static NOT_INLINE sla_status elapsed_in_full(const hours_index *index, int64_t from, int64_t until, int64_t *seconds) {
    return short_elapsed(index, from, until, seconds, true);
}

static NOT_INLINE sla_status add_in_full(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    return short_add(index, at, seconds, result, true);
}

static NOT_INLINE sla_status add_late_in_full(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    return short_add_late(index, at, seconds, result, true);
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
    if (calendar == NULL || open == NULL) {
        if (open != NULL) {
            *open = 0;
        }
        return SLA_INVALID_ARGUMENT;
    }
    const hours_index *const index = &calendar->index;
    short_place place;
    if (sli_short_find(index, at, &place)) {
        *open = sli_short_is_open(index, place);
        return SLA_OK;
    }
    *open = in_horizon(index, at) && sli_index_is_open(index, at);
    return in_horizon(index, at) ? SLA_OK : SLA_HORIZON;
}

sla_status sla_calendar_elapsed(const sla_calendar *calendar, int64_t from, int64_t until, int64_t *seconds) {
    if (calendar == NULL || seconds == NULL) {
        return refuse_missing(seconds);
    }
    const hours_index *const index = &calendar->index;
    return index->full ? elapsed_in_full(index, from, until, seconds) : short_elapsed(index, from, until, seconds, false);
}

sla_status sla_calendar_add(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    const hours_index *const index = &calendar->index;
    return index->full ? add_in_full(index, at, seconds, result) : short_add(index, at, seconds, result, false);
}

sla_status sla_calendar_add_late(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    const hours_index *const index = &calendar->index;
    return index->full ? add_late_in_full(index, at, seconds, result) : short_add_late(index, at, seconds, result, false);
}

sla_status sla_calendar_next_open(const sla_calendar *calendar, int64_t at, int64_t *result) {
    if (calendar == NULL || result == NULL) {
        return refuse_missing(result);
    }
    const hours_index *const index = &calendar->index;
    return index->full ? add_late_in_full(index, at, 0, result) : short_add_late(index, at, 0, result, false);
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

typedef sla_status question(const hours_index *index, int64_t first, int64_t second, int64_t *result, bool full);

/* The index is copied so that no result can be thought to overwrite it. */
SLI_INLINE void ask_all(const hours_index *original, size_t count, const int64_t *first, const int64_t *second,
                        int64_t *results, sla_status *statuses, question *ask, bool full) {
    const hours_index index = *original;
    for (size_t i = 0; i < count; i++) {
        int64_t result;
        const sla_status status = ask(&index, first[i], second[i], &result, full);
        results[i] = result;
        if (statuses != NULL) {
            statuses[i] = status;
        }
    }
}

SLI_INLINE sla_status ask_many(const sla_calendar *calendar, size_t count, const int64_t *first, const int64_t *second,
                               int64_t *results, sla_status *statuses, question *ask) {
    if (calendar == NULL || (count > 0 && (first == NULL || second == NULL || results == NULL))) {
        return SLA_INVALID_ARGUMENT;
    }
    if (calendar->index.full) {
        ask_all(&calendar->index, count, first, second, results, statuses, ask, true);
    } else {
        ask_all(&calendar->index, count, first, second, results, statuses, ask, false);
    }
    return SLA_OK;
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t count, const int64_t *from, const int64_t *until,
                                     int64_t *seconds, sla_status *statuses) {
    return ask_many(calendar, count, from, until, seconds, statuses, short_elapsed);
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t count, const int64_t *at, const int64_t *seconds,
                                 int64_t *results, sla_status *statuses) {
    return ask_many(calendar, count, at, seconds, results, statuses, short_add);
}

/* ---- What a calendar is ---- */

sla_status sla_calendar_horizon(const sla_calendar *calendar, int64_t *begin, int64_t *end) {
    if (calendar == NULL || begin == NULL || end == NULL) {
        refuse_missing(begin);
        return refuse_missing(end);
    }
    *begin = calendar->index.begin;
    *end = calendar->index.end;
    return SLA_OK;
}

int64_t sla_calendar_covers_until(const sla_calendar *calendar) {
    return calendar == NULL ? 0 : calendar->covers_until;
}

sla_zone *sla_calendar_zone(const sla_calendar *calendar) {
    return calendar == NULL ? NULL : calendar->zone;
}
