/* SPDX-License-Identifier: MIT */
/* Combinations of calendars as sets of instants (§2.4). */
#include "calendar/compiled.h"

#include <stdlib.h>

/* Combinations of combinations end here, so that recursion over parts is bounded. */
enum { TREE_SIZE_MAX = 1000 };

static bool united_open(sla_calendar *const *parts, size_t count, int64_t from, int64_t until, interval_list *open);

static bool unite_halves(sla_calendar *const *parts, size_t count, int64_t from, int64_t until, interval_list *open) {
    interval_list left = {0};
    interval_list right = {0};
    const size_t half = count / 2;
    const bool done = united_open(parts, half, from, until, &left) &&
                      united_open(parts + half, count - half, from, until, &right) &&
                      sli_intervals_union(&left, &right, open);
    sli_intervals_free(&left);
    sli_intervals_free(&right);
    return done;
}

/* By halves, so that a union of many parts does not go over what it has so far for each of them. */
static bool united_open(sla_calendar *const *parts, size_t count, int64_t from, int64_t until, interval_list *open) {
    return count == 1 ? sli_index_intervals(&parts[0]->index, from, until, open)
                      : unite_halves(parts, count, from, until, open);
}

static bool subtract_parts(const sla_calendar *calendar, int64_t from, int64_t until, interval_list *open) {
    interval_list whole = {0};
    interval_list taken = {0};
    const bool done = sli_index_intervals(&calendar->parts[0]->index, from, until, &whole) &&
                      united_open(calendar->parts + 1, calendar->part_count - 1, from, until, &taken) &&
                      sli_intervals_difference(&whole, &taken, open);
    sli_intervals_free(&whole);
    sli_intervals_free(&taken);
    return done;
}

static bool intersect_parts(const sla_calendar *calendar, int64_t from, int64_t until, interval_list *open) {
    interval_list part = {0};
    interval_list combined = {0};
    bool done = sli_index_intervals(&calendar->parts[0]->index, from, until, open);
    for (size_t i = 1; done && i < calendar->part_count; i++) {
        sli_intervals_clear(&part);
        done = sli_index_intervals(&calendar->parts[i]->index, from, until, &part) &&
               sli_intervals_intersection(open, &part, &combined);
        sli_intervals_swap(open, &combined);
    }
    sli_intervals_free(&part);
    sli_intervals_free(&combined);
    return done;
}

bool sli_parts_open(const sla_calendar *calendar, int64_t from, int64_t until, interval_list *open) {
    switch (calendar->operation) {
        case SLA_UNION:
            return united_open(calendar->parts, calendar->part_count, from, until, open);
        case SLA_INTERSECTION:
            return intersect_parts(calendar, from, until, open);
        default:
            return subtract_parts(calendar, from, until, open);
    }
}

static sla_status check_parts(sla_calendar *const *parts, size_t count, sla_error *error) {
    int64_t tree_size = 1;
    int64_t closing_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i] == NULL) {
            return sli_fail(error, SLA_INVALID_ARGUMENT, "part %zu of the combination is missing", i);
        }
        if (parts[i]->index.begin != parts[0]->index.begin || parts[i]->index.end != parts[0]->index.end) {
            return sli_fail(error, SLA_INVALID_ARGUMENT, "part %zu has another horizon than part 0; build all for one", i);
        }
        tree_size += parts[i]->tree_size;
        closing_count += parts[i]->closing_count;
        if (tree_size > TREE_SIZE_MAX || closing_count > INT32_MAX) {
            return sli_fail(error, SLA_LIMIT,
                            "the combination is made of more than %d calendars, each counted as often as it "
                            "is used, or of more than %d closings",
                            TREE_SIZE_MAX, INT32_MAX);
        }
    }
    return SLA_OK;
}

static sla_status check_combination(int32_t operation, sla_calendar *const *parts, size_t count, const sla_zone *zone,
                                    sla_error *error) {
    if (zone == NULL || parts == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "parts and a zone are needed");
    }
    if (operation < SLA_UNION || operation > SLA_DIFFERENCE) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "unknown set operation %d; there are SLA_UNION, SLA_INTERSECTION and "
                        "SLA_DIFFERENCE",
                        (int)operation);
    }
    if (count < 2) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "%zu calendars cannot be combined; give two or more", count);
    }
    return check_parts(parts, count, error);
}

static bool take_parts(sla_calendar *made, sla_calendar *const *parts, size_t count) {
    made->parts = calloc(count, sizeof(sla_calendar *));
    if (made->parts == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        made->parts[i] = sla_calendar_ref(parts[i]);
        made->tree_size += parts[i]->tree_size;
        made->closing_count += parts[i]->closing_count;
        made->covers_until = sli_earlier(made->covers_until, parts[i]->covers_until);
    }
    made->part_count = count;
    return true;
}

/* A combination goes over all pieces of its parts. */
static int64_t cost_of(sla_calendar *const *parts, size_t count) {
    int64_t cost = parts[0]->index.day_count;
    for (size_t i = 0; i < count; i++) {
        cost += parts[i]->index.interval_count;
    }
    return cost;
}

sla_status sli_calendar_combine_within(int32_t operation, sla_calendar *const *parts, size_t count, sla_zone *zone,
                                       int64_t *budget, sla_calendar **calendar, sla_error *error) {
    if (calendar == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a place for the calendar is needed");
    }
    *calendar = NULL;
    sla_status status = check_combination(operation, parts, count, zone, error);
    if (status == SLA_OK) {
        status = sli_budget_take(budget, cost_of(parts, count), error);
    }
    if (status != SLA_OK) {
        return status;
    }
    sla_calendar *const made = sli_calendar_new(zone, SOURCE_PARTS);
    if (made == NULL || !take_parts(made, parts, count)) {
        sla_calendar_unref(made);
        return sli_fail_memory(error);
    }
    made->operation = operation;
    status = sli_calendar_compile(made, parts[0]->index.begin, parts[0]->index.end, error);
    if (status != SLA_OK) {
        sla_calendar_unref(made);
        return status;
    }
    *calendar = made;
    return SLA_OK;
}

sla_status sla_calendar_combine(int32_t operation, sla_calendar *const *parts, size_t count, sla_zone *zone,
                                sla_calendar **calendar, sla_error *error) {
    return sli_calendar_combine_within(operation, parts, count, zone, NULL, calendar, error);
}

bool sli_calendar_has_part(const sla_calendar *whole, const sla_calendar *part) {
    for (size_t i = 0; i < whole->part_count; i++) {
        if (whole->parts[i] == part) {
            return true;
        }
    }
    return false;
}
