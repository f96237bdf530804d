/* SPDX-License-Identifier: MIT */
#include "calendar/compiled.h"

#include <stdlib.h>

/* Days that are compiled at a time, so that memory does not grow with the horizon. */
enum { STRETCH_DAYS = 1024 };

enum { QUARTER = 900, QUARTERS = SLI_DAY / QUARTER };

sla_status sli_horizon_check(int64_t begin, int64_t end, sla_error *error) {
    const int64_t first = (int64_t)sli_date_of_civil((civil){1, 1, 1}) * SLI_DAY;
    const int64_t last = (int64_t)sli_date_of_civil((civil){9999, 1, 1}) * SLI_DAY;
    if (begin < first || end > last) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the horizon leaves the years 1 to 9998");
    }
    if (begin >= end) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the horizon is empty: its end must lie after its begin");
    }
    const int64_t longest = INT64_C(146097) * SLI_DAY; /* 400 Gregorian years */
    if (end - begin > longest) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the horizon is longer than 400 years");
    }
    return SLA_OK;
}

sla_status sli_budget_take(int64_t *budget, int64_t cost, sla_error *error) {
    if (budget == NULL) {
        return SLA_OK;
    }
    if (cost > *budget) {
        return sli_fail(error, SLA_LIMIT,
                        "the calendars up to here have too many days, windows and closures in all over the horizon; give "
                        "them fewer windows, take fewer calendars, or a shorter horizon");
    }
    *budget -= cost;
    return SLA_OK;
}

/* ---- Life ---- */

sla_calendar *sli_calendar_new(sla_zone *zone, int32_t source) {
    sla_calendar *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    sli_reference_start(&made->references);
    made->zone = sla_zone_ref(zone);
    made->source = source;
    made->covers_until = INT64_MAX;
    made->tree_size = 1;
    return made;
}

sla_calendar *sla_calendar_ref(sla_calendar *calendar) {
    if (calendar != NULL) {
        sli_reference_add(&calendar->references);
    }
    return calendar;
}

void sla_calendar_unref(sla_calendar *calendar) {
    if (calendar == NULL || !sli_reference_drop(&calendar->references)) {
        return;
    }
    for (size_t i = 0; i < calendar->part_count; i++) {
        sla_calendar_unref(calendar->parts[i]);
    }
    free(calendar->parts);
    sli_definition_clear(&calendar->definition);
    sli_business_days_free(&calendar->days);
    sli_index_free(&calendar->index);
    sla_zone_unref(calendar->zone);
    free(calendar);
}

/* ---- Compiling ---- */

static bool find_open(const sla_calendar *calendar, int64_t from, int64_t until, interval_list *open) {
    switch (calendar->source) {
        case SOURCE_DEFINITION:
            return sli_definition_open(&calendar->definition, from, until, open);
        case SOURCE_PARTS:
            return sli_parts_open(calendar, from, until, open);
        default:
            return sli_intervals_add(open, from, until);
    }
}

/* The first quarter of an hour of the UTC day that cuts the fewest open intervals: an index whose days begin there, and not
 * in the business hours of California, has few pieces a day. Judged by a year in the middle of the horizon. */
static bool find_quiet_phase(const sla_calendar *calendar, int64_t begin, int64_t end, int32_t *phase) {
    const int64_t from = begin + (end - begin) / 2;
    int32_t cut[QUARTERS] = {0};
    interval_list open = {0};
    const bool found = find_open(calendar, from, sli_earlier(end, from + INT64_C(366) * SLI_DAY), &open);
    for (size_t i = 0; found && i < open.count; i++) {
        const int64_t last = sli_floor_divide(open.items[i].end - 1, QUARTER);
        int64_t quarter = sli_floor_divide(open.items[i].begin, QUARTER) + 1;
        for (; quarter <= last && last - quarter < QUARTERS; quarter++) {
            cut[quarter - sli_floor_divide(quarter, QUARTERS) * QUARTERS]++;
        }
    }
    sli_intervals_free(&open);
    int32_t quietest = 0;
    for (int32_t quarter = 1; quarter < QUARTERS; quarter++) {
        quietest = cut[quarter] < cut[quietest] ? quarter : quietest;
    }
    *phase = quietest * QUARTER;
    return found;
}

static sla_status index_stretches(const sla_calendar *calendar, index_builder *builder, interval_list *open) {
    const int64_t end = builder->index.end;
    for (int64_t from = builder->index.begin; from < end;) {
        const int64_t until = sli_index_stretch_end(builder, STRETCH_DAYS);
        sli_intervals_clear(open);
        if (!find_open(calendar, from, until, open)) {
            return SLA_OUT_OF_MEMORY;
        }
        const sla_status status = sli_index_add(builder, open, until);
        if (status != SLA_OK) {
            return status;
        }
        from = until;
    }
    return SLA_OK;
}

static sla_status make_index(sla_calendar *calendar, int64_t begin, int64_t end) {
    int32_t phase = 0;
    if (!find_quiet_phase(calendar, begin, end, &phase)) {
        return SLA_OUT_OF_MEMORY;
    }
    index_builder builder;
    sla_status status = sli_index_start(&builder, begin, end, phase);
    if (status != SLA_OK) {
        return status;
    }
    interval_list open = {0};
    status = index_stretches(calendar, &builder, &open);
    sli_intervals_free(&open);
    if (status != SLA_OK) {
        sli_index_abandon(&builder);
        return status;
    }
    return sli_index_finish(&builder, &calendar->index);
}

sla_status sli_calendar_compile(sla_calendar *calendar, int64_t begin, int64_t end, sla_error *error) {
    const sla_status status = make_index(calendar, begin, end);
    if (status != SLA_OK) {
        return sli_fail(error, status, "%s", sla_status_message(status));
    }
    if (calendar->index.open_total == 0) {
        return sli_fail(error, SLA_NEVER_OPEN,
                        "the calendar is never open within its horizon; give it at least one window "
                        "that its exceptions, feeds and set operations leave open");
    }
    if (!sli_business_days_make(&calendar->index, calendar->zone, &calendar->days)) {
        return sli_fail_memory(error);
    }
    return SLA_OK;
}

sla_status sla_calendar_new_always(sla_zone *zone, int64_t begin, int64_t end, sla_calendar **calendar, sla_error *error) {
    if (calendar == NULL || zone == NULL) {
        if (calendar != NULL) {
            *calendar = NULL;
        }
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a zone and a place for the calendar are needed");
    }
    *calendar = NULL;
    sla_status status = sli_horizon_check(begin, end, error);
    if (status != SLA_OK) {
        return status;
    }
    sla_calendar *const made = sli_calendar_new(zone, SOURCE_ALWAYS);
    if (made == NULL) {
        return sli_fail_memory(error);
    }
    status = sli_calendar_compile(made, begin, end, error);
    if (status != SLA_OK) {
        sla_calendar_unref(made);
        return status;
    }
    *calendar = made;
    return SLA_OK;
}
