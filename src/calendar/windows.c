/* SPDX-License-Identifier: MIT */
/*
 * Which windows start on which dates, and the open time that they leave: §2.3 word for word,
 *   O = (windows of the other dates \ feeds) united with the windows of the excepted dates.
 */
#include "calendar/windows.h"

#include "calendar/definition.h"
#include "calendar/local_clock.h"

#include <stdlib.h>

/* A window ends on the date after its start at the latest, and no clock change moves it by more than a day. */
enum { WINDOW_REACH = 3 };

int32_t sli_windows_first_date(const sla_zone *zone, int64_t from) {
    return sli_zone_date(zone, from) - WINDOW_REACH;
}

int32_t sli_windows_until_date(const sla_zone *zone, int64_t until) {
    return sli_zone_date(zone, until) + WINDOW_REACH;
}

/* ---- Walking over dates ---- */

typedef struct date_walk {
    const definition *definition;
    int64_t from; /* what lies outside [from, until) is cut */
    int64_t until;
    local_clock clock;
    const exception_run *run;
    const exception_run *run_end;
    int32_t date;
    int32_t weekday; /* Monday 0 to Sunday 6 */
    int32_t date_end;
} date_walk;

static date_walk start_walk(const definition *made, int64_t from, int64_t until) {
    date_walk walk = {.definition = made, .from = from, .until = until, .clock = sli_local_clock(made->zone)};
    walk.date = sli_windows_first_date(made->zone, from);
    walk.weekday = sli_weekday(walk.date);
    walk.date_end = sli_windows_until_date(made->zone, until);
    walk.run = made->runs.items;
    walk.run_end = made->runs.count == 0 ? walk.run : walk.run + made->runs.count;
    return walk;
}

static void walk_on(date_walk *walk) {
    walk->date++;
    walk->weekday = walk->weekday == 6 ? 0 : walk->weekday + 1;
}

/* The exception of the walk's date; -1 when it has none. */
static int32_t current_exception(date_walk *walk) {
    while (walk->run < walk->run_end && walk->run->until <= walk->date) {
        walk->run++;
    }
    return walk->run < walk->run_end && walk->run->first <= walk->date ? walk->run->exception : -1;
}

/* Nothing opens on a date that the zone skipped (§1.4). */
static bool date_is_skipped(date_walk *walk) {
    return sli_local_clock_instant(&walk->clock, walk->date, 0) >= sli_local_clock_instant(&walk->clock, walk->date + 1, 0);
}

/* An end that is not after the start lies on the next date (§2.1). */
static interval window_interval(date_walk *walk, sla_window window) {
    const int32_t end_date = walk->date + (window.end <= window.start);
    const int64_t begin = sli_local_clock_instant(&walk->clock, walk->date, window.start);
    const int64_t end = sli_local_clock_instant(&walk->clock, end_date, window.end);
    return (interval){sli_later(begin, walk->from), sli_earlier(end, walk->until)};
}

static bool add_windows(date_walk *walk, const sla_window *windows, size_t count, interval_list *list) {
    if (count == 0 || date_is_skipped(walk)) {
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        const interval open = window_interval(walk, windows[i]);
        if (!sli_intervals_add(list, open.begin, open.end)) {
            return false;
        }
    }
    return true;
}

static bool add_weekly_windows(date_walk *walk, interval_list *list) {
    const window_list *const hours = &walk->definition->hours[walk->weekday];
    return add_windows(walk, hours->items, hours->count, list);
}

static bool add_exception_windows(date_walk *walk, int32_t exception, interval_list *list) {
    const date_exception *const given = &walk->definition->exceptions.items[exception];
    if (given->window_count == 0) {
        return true;
    }
    return add_windows(walk, &walk->definition->exception_windows.items[given->window_start], given->window_count, list);
}

/* ---- Open time ---- */

/* The windows of the dates without exception, and of those with. */
static bool add_all_windows(const definition *made, int64_t from, int64_t until, interval_list *weekly,
                            interval_list *excepted) {
    for (date_walk walk = start_walk(made, from, until); walk.date < walk.date_end; walk_on(&walk)) {
        const int32_t exception = current_exception(&walk);
        const bool added =
            exception < 0 ? add_weekly_windows(&walk, weekly) : add_exception_windows(&walk, exception, excepted);
        if (!added) {
            return false;
        }
    }
    sli_intervals_normalise(weekly);
    sli_intervals_normalise(excepted);
    return true;
}

static bool add_closures(const definition *made, int64_t from, int64_t until, interval_list *closed) {
    for (size_t i = 0; i < made->feeds.count; i++) {
        const sla_feed *const feed = made->feeds.items[i];
        for (size_t j = 0; j < feed->closure_count && feed->closures[j].begin < until; j++) {
            const closure *const closing = &feed->closures[j];
            if (!sli_intervals_add(closed, sli_later(closing->begin, from), sli_earlier(closing->end, until))) {
                return false;
            }
        }
    }
    sli_intervals_normalise(closed);
    return true;
}

/* Most stretches have no feed or no windows of exceptions, and are what the weekly hours make them. */
static bool combine_open(interval_list *weekly, const interval_list *closed, const interval_list *excepted,
                         interval_list *open) {
    if (closed->count > 0) {
        interval_list remaining = {0};
        const bool done = sli_intervals_difference(weekly, closed, &remaining);
        sli_intervals_swap(weekly, &remaining);
        sli_intervals_free(&remaining);
        if (!done) {
            return false;
        }
    }
    if (excepted->count > 0) {
        return sli_intervals_union(weekly, excepted, open);
    }
    sli_intervals_swap(weekly, open);
    return true;
}

bool sli_definition_open(const definition *made, int64_t from, int64_t until, interval_list *open) {
    interval_list weekly = {0};
    interval_list excepted = {0};
    interval_list closed = {0};
    sli_intervals_swap(&weekly, open); /* takes over the memory of an earlier stretch */
    const bool done = add_all_windows(made, from, until, &weekly, &excepted) && add_closures(made, from, until, &closed) &&
                      combine_open(&weekly, &closed, &excepted, open);
    sli_intervals_free(&weekly);
    sli_intervals_free(&excepted);
    sli_intervals_free(&closed);
    return done;
}

/* ---- Named closings ---- */

typedef struct named_closing {
    int64_t begin;
    int64_t end;
    int32_t kind;
    int32_t closing;
} named_closing;

typedef struct closing_list {
    named_closing *items;
    size_t count;
    size_t capacity;
} closing_list;

static bool add_closing(closing_list *list, interval taken, int32_t kind, int32_t closing) {
    return taken.begin >= taken.end || SLI_APPEND(list, ((named_closing){taken.begin, taken.end, kind, closing}));
}

/* By begin, then by number, so that the result depends on nothing but the definition. */
static int by_begin_and_number(const void *left, const void *right) {
    const named_closing *const one = left;
    const named_closing *const other = right;
    if (one->begin != other->begin) {
        return one->begin < other->begin ? -1 : 1;
    }
    return (one->closing > other->closing) - (one->closing < other->closing);
}

static bool add_spans(closing_list *closings, span_list *spans) {
    if (closings->count > 0) {
        qsort(closings->items, closings->count, sizeof *closings->items, by_begin_and_number);
    }
    for (size_t i = 0; i < closings->count; i++) {
        const named_closing *const next = &closings->items[i];
        if (!sli_spans_add(spans, next->begin, next->end, next->kind, next->closing)) {
            return false;
        }
    }
    return true;
}

static bool collect_feed_closings(const definition *made, int64_t from, int64_t until, closing_list *closings) {
    int32_t first_number = (int32_t)made->exceptions.count;
    for (size_t i = 0; i < made->feeds.count; i++) {
        const sla_feed *const feed = made->feeds.items[i];
        for (size_t j = 0; j < feed->closure_count && feed->closures[j].begin < until; j++) {
            const closure *const closing = &feed->closures[j];
            const interval taken = {sli_later(closing->begin, from), sli_earlier(closing->end, until)};
            if (!add_closing(closings, taken, SLA_SPAN_FEED, first_number + closing->event)) {
                return false;
            }
        }
        first_number += (int32_t)feed->event_count;
    }
    return true;
}

/* The weekly windows of a date that an exception took away. */
static bool collect_replaced_windows(date_walk *walk, int32_t exception, closing_list *closings) {
    const window_list *const hours = &walk->definition->hours[walk->weekday];
    if (hours->count == 0 || date_is_skipped(walk)) {
        return true;
    }
    for (size_t i = 0; i < hours->count; i++) {
        if (!add_closing(closings, window_interval(walk, hours->items[i]), SLA_SPAN_EXCEPTION, exception)) {
            return false;
        }
    }
    return true;
}

static bool collect_windows(const definition *made, int64_t from, int64_t until, interval_list *weekly,
                            closing_list *replaced) {
    for (date_walk walk = start_walk(made, from, until); walk.date < walk.date_end; walk_on(&walk)) {
        const int32_t exception = current_exception(&walk);
        const bool added =
            exception < 0 ? add_weekly_windows(&walk, weekly) : collect_replaced_windows(&walk, exception, replaced);
        if (!added) {
            return false;
        }
    }
    sli_intervals_normalise(weekly);
    return true;
}

/* What feeds take is named only within windows of dates without exception; exceptions win over feeds (§2.3). */
bool sli_definition_closings(const definition *made, int64_t from, int64_t until, span_list *closings) {
    interval_list weekly = {0};
    closing_list replaced = {0};
    closing_list taken = {0};
    span_list feed_spans = {0};
    span_list in_windows = {0};
    span_list exception_spans = {0};
    const bool done = collect_windows(made, from, until, &weekly, &replaced) &&
                      collect_feed_closings(made, from, until, &taken) && add_spans(&taken, &feed_spans) &&
                      sli_spans_within(&feed_spans, &weekly, &in_windows) && add_spans(&replaced, &exception_spans) &&
                      sli_spans_overlay(&in_windows, &exception_spans, closings);
    sli_intervals_free(&weekly);
    free(replaced.items);
    free(taken.items);
    sli_spans_free(&feed_spans);
    sli_spans_free(&in_windows);
    sli_spans_free(&exception_spans);
    return done;
}
