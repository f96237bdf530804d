/* SPDX-License-Identifier: MIT */
/*
 * The arithmetic of §3. With the open seconds numbered from 0, the instants u with C(u) = n are those from just after
 * second n - 1 up to second n: the earliest and the latest answer of every question are read from one of these two.
 */
#include "calendar/compiled.h"

static bool in_horizon(const hours_index *index, int64_t at) {
    return at >= index->begin && at < index->end;
}

/* The earliest u > begin with C(u) = n: just after open second n - 1. */
static sla_status earliest(const hours_index *index, int64_t measure, int64_t near, int64_t *result) {
    if (measure <= 0 || measure > index->open_total) {
        return SLA_HORIZON;
    }
    const int64_t found = sli_index_open_second(index, measure - 1, near) + 1;
    if (found >= index->end) {
        return SLA_HORIZON;
    }
    *result = found;
    return SLA_OK;
}

/* The latest u with C(u) = n: open second n itself. */
static sla_status latest(const hours_index *index, int64_t measure, int64_t near, int64_t *result) {
    if (measure < 0 || measure >= index->open_total) {
        return SLA_HORIZON;
    }
    *result = sli_index_open_second(index, measure, near);
    return SLA_OK;
}

/* C(at) + seconds; out of every calendar's range rather than out of the integers'. */
static int64_t measure_after(const hours_index *index, int64_t at, int64_t seconds) {
    int64_t measure;
    return sli_add(sli_index_measure(index, at), seconds, &measure) ? measure : -1;
}

static sla_status elapsed(const hours_index *index, int64_t from, int64_t until, int64_t *seconds) {
    if (from < index->begin || from > index->end || until < index->begin || until > index->end) {
        return SLA_HORIZON;
    }
    *seconds = sli_index_measure(index, until) - sli_index_measure(index, from);
    return SLA_OK;
}

static sla_status add(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    if (!in_horizon(index, at)) {
        return SLA_HORIZON;
    }
    if (seconds == 0) {
        *result = at;
        return SLA_OK;
    }
    const int64_t measure = measure_after(index, at, seconds);
    return seconds > 0 ? earliest(index, measure, at, result) : latest(index, measure, at, result);
}

static sla_status add_late(const hours_index *index, int64_t at, int64_t seconds, int64_t *result) {
    if (!in_horizon(index, at)) {
        return SLA_HORIZON;
    }
    const int64_t measure = measure_after(index, at, seconds);
    if (seconds >= 0) {
        return latest(index, measure, at, result);
    }
    /* Before the first open second there is no other one in sight, unless the horizon begins with it. */
    if (measure == 0 && sli_index_is_open(index, index->begin)) {
        *result = index->begin;
        return SLA_OK;
    }
    return earliest(index, measure, at, result);
}

/* ---- The public questions ---- */

sla_status sla_calendar_is_open(const sla_calendar *calendar, int64_t at, int32_t *open) {
    if (open == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *open = 0;
    if (calendar == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    if (!in_horizon(&calendar->index, at)) {
        return SLA_HORIZON;
    }
    *open = sli_index_is_open(&calendar->index, at);
    return SLA_OK;
}

sla_status sla_calendar_elapsed(const sla_calendar *calendar, int64_t from, int64_t until, int64_t *seconds) {
    if (seconds == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *seconds = 0;
    return calendar == NULL ? SLA_INVALID_ARGUMENT : elapsed(&calendar->index, from, until, seconds);
}

sla_status sla_calendar_add(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (result == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *result = 0;
    return calendar == NULL ? SLA_INVALID_ARGUMENT : add(&calendar->index, at, seconds, result);
}

sla_status sla_calendar_add_late(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result) {
    if (result == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *result = 0;
    return calendar == NULL ? SLA_INVALID_ARGUMENT : add_late(&calendar->index, at, seconds, result);
}

sla_status sla_calendar_next_open(const sla_calendar *calendar, int64_t at, int64_t *result) {
    return sla_calendar_add_late(calendar, at, 0, result);
}

sla_status sla_calendar_next_close(const sla_calendar *calendar, int64_t at, int64_t *result) {
    if (result == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *result = 0;
    if (calendar == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    if (!in_horizon(&calendar->index, at)) {
        return SLA_HORIZON;
    }
    const int64_t found = sli_index_next_closed(&calendar->index, at);
    if (found >= calendar->index.end) {
        return SLA_HORIZON;
    }
    *result = found;
    return SLA_OK;
}

/* ---- Many at a time ---- */

typedef sla_status two_instants(const hours_index *index, int64_t first, int64_t second, int64_t *result);

static inline sla_status ask_many(const sla_calendar *calendar, size_t count, const int64_t *first, const int64_t *second,
                                  int64_t *results, sla_status *statuses, two_instants *ask) {
    if (calendar == NULL || (count > 0 && (first == NULL || second == NULL || results == NULL))) {
        return SLA_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t result = 0;
        const sla_status status = ask(&calendar->index, first[i], second[i], &result);
        results[i] = result;
        if (statuses != NULL) {
            statuses[i] = status;
        }
    }
    return SLA_OK;
}

sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t count, const int64_t *from, const int64_t *until,
                                     int64_t *seconds, sla_status *statuses) {
    return ask_many(calendar, count, from, until, seconds, statuses, elapsed);
}

sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t count, const int64_t *at, const int64_t *seconds,
                                 int64_t *results, sla_status *statuses) {
    return ask_many(calendar, count, at, seconds, results, statuses, add);
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
