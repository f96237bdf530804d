/* SPDX-License-Identifier: MIT */
#include "calendar/business_days.h"

#include "calendar/compiled.h"
#include "calendar/local_clock.h"

#include <stdlib.h>

enum { DATES_PER_WORD = 64 };

void sli_business_days_free(business_days *days) {
    free(days->dates);
    free(days->before);
    *days = (business_days){0};
}

static int64_t within_horizon(const hours_index *index, int64_t at) {
    return sli_later(index->begin, sli_earlier(index->end, at));
}

static int64_t measure(const hours_index *index, int64_t at) {
    short_place place;
    return sli_short_find(index, at, &place) ? (int64_t)sli_short_measure(index, place, true)
                                             : sli_index_measure(index, at);
}

static void mark_dates(const hours_index *index, const sla_zone *zone, int32_t date_count, business_days *days) {
    local_clock clock = sli_local_clock(zone);
    int64_t open_before = 0;
    for (int32_t i = 0; i < date_count; i++) {
        const int64_t date_end = sli_local_clock_instant(&clock, days->first + i + 1, 0);
        const int64_t open_after = measure(index, within_horizon(index, date_end));
        if (open_after > open_before) {
            days->dates[i / DATES_PER_WORD] |= UINT64_C(1) << (i % DATES_PER_WORD);
            open_before = open_after;
        }
    }
}

static void count_dates(business_days *days) {
    for (uint32_t i = 0; i < days->words; i++) {
        days->before[i] = days->count;
        days->count += (uint32_t)__builtin_popcountll(days->dates[i]);
    }
}

bool sli_business_days_make(const hours_index *index, const sla_zone *zone, business_days *days) {
    *days = (business_days){.first = sli_zone_date(zone, index->begin)};
    const int32_t date_count = sli_zone_date(zone, index->end - 1) - days->first + 1;
    days->words = (uint32_t)date_count / DATES_PER_WORD + 1;
    days->dates = calloc(days->words, sizeof *days->dates);
    days->before = calloc(days->words, sizeof *days->before);
    if (days->dates == NULL || days->before == NULL) {
        return false;
    }
    mark_dates(index, zone, date_count, days);
    count_dates(days);
    return true;
}

uint32_t sli_business_days_before(const business_days *days, int32_t date) {
    const uint32_t bit = (uint32_t)(date - days->first);
    const uint64_t earlier = (UINT64_C(1) << (bit % DATES_PER_WORD)) - 1;
    const uint32_t word = bit / DATES_PER_WORD;
    return days->before[word] + (uint32_t)__builtin_popcountll(days->dates[word] & earlier);
}

int32_t sli_business_day(const business_days *days, uint32_t number) {
    uint32_t word = 0;
    for (uint32_t count = days->words; count > 1;) {
        const uint32_t half = count / 2;
        word = days->before[word + half] <= number ? word + half : word;
        count -= half;
    }
    uint64_t dates = days->dates[word];
    for (uint32_t skip = number - days->before[word]; skip > 0; skip--) {
        dates &= dates - 1;
    }
    return days->first + (int32_t)(word * DATES_PER_WORD) + __builtin_ctzll(dates);
}

/* ---- Questions ---- */

/* What is found is not before the opening, and so not before the horizon. */
static sla_status answer(const sla_calendar *calendar, int64_t found, int64_t *result) {
    if (found >= calendar->index.end) {
        return SLA_HORIZON;
    }
    *result = found;
    return SLA_OK;
}

/* The first open second at or after `at`, and the number of its business day. */
static sla_status find_first(const sla_calendar *calendar, int64_t at, int64_t *opening, uint32_t *number) {
    const sla_status status = sla_calendar_next_open(calendar, at, opening);
    if (status == SLA_OK) {
        *number = sli_business_days_before(&calendar->days, sli_zone_date(calendar->zone, *opening));
    }
    return status;
}

/* The end of the last open interval of a business day, cut at midnight. */
static sla_status end_of_hours(const sla_calendar *calendar, uint32_t number, int64_t *result) {
    const hours_index *const index = &calendar->index;
    const int32_t date = sli_business_day(&calendar->days, number);
    const int64_t midnight = within_horizon(index, sli_zone_instant(calendar->zone, date + 1, 0));
    const int64_t last = sli_index_measure(index, midnight) - 1;
    return answer(calendar, sli_index_open_second(index, last) + 1, result);
}

/* The first business day from `number` on whose local time `by` is not before `opening`. */
static sla_status time_of_day(const sla_calendar *calendar, uint32_t number, int32_t by, int64_t opening, int64_t *result) {
    for (; number < calendar->days.count; number++) {
        const int64_t at = sli_zone_instant(calendar->zone, sli_business_day(&calendar->days, number), by);
        if (at >= opening) {
            return answer(calendar, at, result);
        }
    }
    return SLA_HORIZON;
}

sla_status sla_calendar_add_business_days(const sla_calendar *calendar, int64_t at, int64_t days, int32_t by,
                                          int64_t *result) {
    if (result != NULL) {
        *result = 0;
    }
    if (calendar == NULL || result == NULL || days < 0 || by < -1 || by > SLI_DAY) {
        return SLA_INVALID_ARGUMENT;
    }
    int64_t opening = 0;
    uint32_t number = 0;
    const sla_status status = find_first(calendar, at, &opening, &number);
    if (status != SLA_OK) {
        return status;
    }
    if (days >= calendar->days.count - number) {
        return SLA_HORIZON;
    }
    number += (uint32_t)days;
    return by < 0 ? end_of_hours(calendar, number, result) : time_of_day(calendar, number, by, opening, result);
}

sla_status sli_calendar_business_day(const sla_calendar *calendar, int64_t at, int64_t *number) {
    int64_t opening = 0;
    uint32_t found = 0;
    const sla_status status = find_first(calendar, at, &opening, &found);
    *number = found;
    return status;
}
