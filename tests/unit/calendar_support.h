/* SPDX-License-Identifier: MIT */
/* Short ways to make calendars, instants and feeds in tests. */
#ifndef SLA_TEST_CALENDAR_SUPPORT_H
#define SLA_TEST_CALENDAR_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calendar/calendar.h"

static inline int64_t instant(const char *written) {
    int64_t at = 0;
    sla_error error;
    assert_int_equal(sla_instant_parse(written, SIZE_MAX, &at, &error), SLA_OK);
    return at;
}

static inline int32_t date(const char *written) {
    int32_t number = 0;
    assert_true(sli_date_parse(sli_text(written, SIZE_MAX), &number));
    return number;
}

static inline sla_zone *load_zone(const char *name) {
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    return zone;
}

static inline sla_calendar_builder *new_builder(const char *zone_name, int64_t begin, int64_t end) {
    sla_zone *const zone = load_zone(zone_name);
    sla_calendar_builder *builder = NULL;
    assert_int_equal(sla_calendar_builder_new(zone, begin, end, &builder, NULL), SLA_OK);
    sla_zone_unref(zone);
    return builder;
}

static inline void add_hours(sla_calendar_builder *builder, int32_t weekdays, int32_t start, int32_t end) {
    assert_int_equal(sla_calendar_builder_add_hours(builder, weekdays, start, end, NULL), SLA_OK);
}

static inline void add_exception(sla_calendar_builder *builder, int32_t first, int32_t until, const sla_window *windows,
                                 size_t count, const char *title) {
    assert_int_equal(sla_calendar_builder_add_exception(builder, first, until, windows, count, title, SIZE_MAX, NULL),
                     SLA_OK);
}

/* Builds, and frees the builder. */
static inline sla_calendar *finish(sla_calendar_builder *builder) {
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, NULL), SLA_OK);
    sla_calendar_builder_free(builder);
    return calendar;
}

/* A feed of `count` closures, each of an event of its own, "Event 0" and on; closures are sorted. */
static inline sla_feed *make_feed(const char *name, sla_zone *zone, int64_t begin, int64_t end, const closure *closures,
                                  size_t count) {
    sla_feed *const feed = calloc(1, sizeof *feed);
    assert_non_null(feed);
    sli_reference_start(&feed->references);
    feed->name = sli_text_copy(sli_text(name, SIZE_MAX));
    feed->zone = sla_zone_ref(zone);
    feed->begin = begin;
    feed->end = end;
    feed->covers_until = INT64_MAX;
    feed->closures = calloc(count + 1, sizeof *feed->closures);
    feed->events = calloc(count + 1, sizeof *feed->events);
    assert_non_null(feed->name);
    assert_non_null(feed->closures);
    assert_non_null(feed->events);
    for (size_t i = 0; i < count; i++) {
        char summary[] = "Event ?";
        summary[6] = (char)('0' + i % 10);
        feed->closures[i] = closures[i];
        feed->events[i].uid = sli_text_copy(sli_text("", 0));
        feed->events[i].summary = sli_text_copy(sli_text(summary, SIZE_MAX));
    }
    feed->closure_count = count;
    feed->event_count = count;
    return feed;
}

#endif
