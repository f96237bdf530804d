/* SPDX-License-Identifier: MIT */
#include "calendar/compiled.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOWS_MAX = 1000,
    EXCEPTIONS_MAX = 1000000,
    TITLES_MAX = 1 << 26,
    EXCEPTION_WINDOWS_MAX = 10000000,
    ALL_WEEKDAYS = 127
};

struct sla_calendar_builder {
    definition definition; /* its runs are made in each calendar's copy */
};

sla_status sla_calendar_builder_new(sla_zone *zone, int64_t begin, int64_t end, sla_calendar_builder **builder,
                                    sla_error *error) {
    if (builder != NULL) {
        *builder = NULL;
    }
    if (builder == NULL || zone == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a zone and a place for the builder are needed");
    }
    const sla_status status = sli_horizon_check(begin, end, error);
    if (status != SLA_OK) {
        return status;
    }
    sla_calendar_builder *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return sli_fail_memory(error);
    }
    made->definition = (definition){.zone = sla_zone_ref(zone), .begin = begin, .end = end};
    *builder = made;
    return SLA_OK;
}

void sla_calendar_builder_free(sla_calendar_builder *builder) {
    if (builder == NULL) {
        return;
    }
    sli_definition_clear(&builder->definition);
    free(builder);
}

/* ---- Windows ---- */

static sla_status check_window(int32_t start, int32_t end, sla_error *error) {
    if (start < 0 || start > SLI_DAY || end < 0 || end > SLI_DAY) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the window from second %d to second %d leaves the day; seconds of the "
                        "day go from 0 to 86400",
                        (int)start, (int)end);
    }
    if (start == end) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the window starts and ends at second %d; for the whole day give 0 and "
                        "86400",
                        (int)start);
    }
    return SLA_OK;
}

/* Makes room for one more window on each weekday first, so that a failure changes nothing. */
static sla_status reserve_hours(definition *made, int32_t weekdays, sla_error *error) {
    for (size_t day = 0; day < 7; day++) {
        window_list *const hours = &made->hours[day];
        if ((weekdays >> day & 1) == 0) {
            continue;
        }
        if (hours->count >= WINDOWS_MAX) {
            return sli_fail(error, SLA_LIMIT, "a weekday has more than %d windows", WINDOWS_MAX);
        }
        if (!sli_reserve((void **)&hours->items, &hours->capacity, hours->count + 1, sizeof *hours->items)) {
            return sli_fail_memory(error);
        }
    }
    return SLA_OK;
}

static void insert_by_start(window_list *hours, sla_window window) {
    size_t place = hours->count++;
    for (; place > 0 && hours->items[place - 1].start > window.start; place--) {
        hours->items[place] = hours->items[place - 1];
    }
    hours->items[place] = window;
}

sla_status sla_calendar_builder_add_hours(sla_calendar_builder *builder, int32_t weekdays, int32_t start, int32_t end,
                                          sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    if (weekdays <= 0 || weekdays > ALL_WEEKDAYS) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "%d is no set of weekdays; add up SLA_MONDAY to SLA_SUNDAY",
                        (int)weekdays);
    }
    sla_status status = check_window(start, end, error);
    if (status == SLA_OK) {
        status = reserve_hours(&builder->definition, weekdays, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    for (size_t day = 0; day < 7; day++) {
        if ((weekdays >> day & 1) != 0) {
            insert_by_start(&builder->definition.hours[day], (sla_window){start, end});
        }
    }
    return SLA_OK;
}

/* ---- Exceptions ---- */

static sla_status check_exception(const definition *made, int32_t first, int32_t until, const sla_window *windows,
                                  size_t count, sla_error *error) {
    if (first >= until) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the exception names no date: its end must lie after its first date");
    }
    if (count > 0 && windows == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the exception's windows are missing");
    }
    if (count > WINDOWS_MAX || made->exceptions.count >= EXCEPTIONS_MAX ||
        made->exception_windows.count + count > EXCEPTION_WINDOWS_MAX) {
        return sli_fail(error, SLA_LIMIT, "a calendar has at most %d exceptions, each at most %d windows, %d in all",
                        EXCEPTIONS_MAX, WINDOWS_MAX, EXCEPTION_WINDOWS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        const sla_status status = check_window(windows[i].start, windows[i].end, error);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

static bool reserve_exception(definition *made, size_t window_count, size_t title_length) {
    exception_list *const exceptions = &made->exceptions;
    window_list *const windows = &made->exception_windows;
    title_list *const titles = &made->titles;
    return sli_reserve((void **)&exceptions->items, &exceptions->capacity, exceptions->count + 1,
                       sizeof *exceptions->items) &&
           sli_reserve((void **)&windows->items, &windows->capacity, windows->count + window_count,
                       sizeof *windows->items) &&
           sli_reserve((void **)&titles->items, &titles->capacity, titles->count + title_length + 1, 1);
}

static int by_start(const void *left, const void *right) {
    return ((const sla_window *)left)->start - ((const sla_window *)right)->start;
}

static void append_windows(window_list *list, const sla_window *windows, size_t count) {
    if (count == 0) {
        return;
    }
    memcpy(list->items + list->count, windows, count * sizeof *windows);
    qsort(list->items + list->count, count, sizeof *windows, by_start);
    list->count += count;
}

static uint32_t append_title(title_list *list, text title) {
    const uint32_t start = (uint32_t)list->count;
    memcpy(list->items + list->count, title.start, title.length);
    list->count += title.length;
    list->items[list->count++] = '\0';
    return start;
}

/* Where a title starts: exceptions that follow one another often share it. */
static uint32_t keep_title(definition *made, text title) {
    if (made->exceptions.count > 0) {
        const uint32_t last = made->exceptions.items[made->exceptions.count - 1].title;
        if (sli_text_is(title, made->titles.items + last)) {
            return last;
        }
    }
    return append_title(&made->titles, title);
}

sla_status sla_calendar_builder_add_exception(sla_calendar_builder *builder, int32_t first, int32_t until,
                                              const sla_window *windows, size_t count, const char *title,
                                              size_t title_length, sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    definition *const made = &builder->definition;
    const sla_status status = check_exception(made, first, until, windows, count, error);
    if (status != SLA_OK) {
        return status;
    }
    const text name = sli_text(title, title_length);
    if (!sli_text_is_utf8(name)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the exception's title is not UTF-8");
    }
    if (name.length >= TITLES_MAX - made->titles.count) {
        return sli_fail(error, SLA_LIMIT, "the titles of a calendar's exceptions have at most %d bytes in all", TITLES_MAX);
    }
    if (!reserve_exception(made, count, name.length)) {
        return sli_fail_memory(error);
    }
    const date_exception added = {first, until, (uint32_t)made->exception_windows.count, (uint32_t)count,
                                  keep_title(made, name)};
    made->exceptions.items[made->exceptions.count++] = added;
    append_windows(&made->exception_windows, windows, count);
    return SLA_OK;
}

/* ---- Feeds ---- */

static int64_t count_closings(const definition *made) {
    int64_t count = (int64_t)made->exceptions.count;
    for (size_t i = 0; i < made->feeds.count; i++) {
        count += (int64_t)made->feeds.items[i]->event_count;
    }
    return count;
}

sla_status sla_calendar_builder_add_feed(sla_calendar_builder *builder, sla_feed *feed, sla_error *error) {
    if (builder == NULL || feed == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder and a feed are needed");
    }
    definition *const made = &builder->definition;
    if (!sli_zone_equal(feed->zone, made->zone)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "feed '%.80s' was read for zone %s, the calendar's is %s; read it anew", feed->name,
                        sla_zone_name(feed->zone), sla_zone_name(made->zone));
    }
    if (feed->begin > made->begin || feed->end < made->end) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "feed '%.80s' was read for a horizon that does not hold the calendar's", feed->name);
    }
    if (!SLI_APPEND(&made->feeds, feed)) {
        return sli_fail_memory(error);
    }
    sla_feed_ref(feed);
    return SLA_OK;
}

/* ---- Building ---- */

static int64_t coverage(const definition *made) {
    int64_t covers_until = INT64_MAX;
    for (size_t i = 0; i < made->feeds.count; i++) {
        covers_until = sli_earlier(covers_until, made->feeds.items[i]->covers_until);
    }
    return covers_until;
}

static sla_status build(const definition *original, int64_t *budget, sla_calendar *calendar, sla_error *error) {
    if (count_closings(original) > INT32_MAX) {
        return sli_fail(error, SLA_LIMIT, "exceptions and events are more than %d", INT32_MAX);
    }
    definition *const made = &calendar->definition;
    if (!sli_definition_copy(original, made) || !sli_definition_resolve(made)) {
        return sli_fail_memory(error);
    }
    const sla_status status = sli_budget_take(budget, sli_definition_cost(made), error);
    if (status != SLA_OK) {
        return status;
    }
    calendar->closing_count = (int32_t)count_closings(made);
    calendar->covers_until = coverage(made);
    return sli_calendar_compile(calendar, made->begin, made->end, error);
}

sla_status sli_calendar_build_within(const sla_calendar_builder *builder, int64_t *budget, sla_calendar **calendar,
                                     sla_error *error) {
    if (calendar != NULL) {
        *calendar = NULL;
    }
    if (builder == NULL || calendar == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder and a place for the calendar are needed");
    }
    sla_calendar *const made = sli_calendar_new(builder->definition.zone, SOURCE_DEFINITION);
    if (made == NULL) {
        return sli_fail_memory(error);
    }
    const sla_status status = build(&builder->definition, budget, made, error);
    if (status != SLA_OK) {
        sla_calendar_unref(made);
        return status;
    }
    *calendar = made;
    return SLA_OK;
}

sla_status sla_calendar_builder_build(const sla_calendar_builder *builder, sla_calendar **calendar, sla_error *error) {
    return sli_calendar_build_within(builder, NULL, calendar, error);
}
