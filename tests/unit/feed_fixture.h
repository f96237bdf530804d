/* SPDX-License-Identifier: MIT */
/* Loading small feeds in tests, and writing what they close in short: "20261223T230000Z/20261224T230000Z …". */
#ifndef FEED_FIXTURE_H
#define FEED_FIXTURE_H

#include "calendar/calendar.h"

#include <libical/ical.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define IN_CALENDAR(body) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" body "END:VCALENDAR\r\n"
#define EVENT(body) "BEGIN:VEVENT\r\nUID:u\r\n" body "END:VEVENT\r\n"

/* A libical that was built without ICU knows the Gregorian calendar alone. */
static inline bool knows_other_calendars(void) {
    icalarray *const calendars = icalrecurrencetype_rscale_supported_calendars();
    const bool others = calendars->num_elements > 1;
    icalarray_free(calendars);
    return others;
}

/* Leaves out a test of rules that libical has to expand, where it cannot. */
static inline void need_other_calendars(void) {
    if (!knows_other_calendars()) {
        skip();
    }
}

static inline sla_zone *load_zone(const char *name) {
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    return zone;
}

static inline sla_feed_reader *new_reader(const char *zone_name, int64_t begin, int64_t end) {
    sla_zone *const zone = load_zone(zone_name);
    sla_feed_reader *reader = NULL;
    assert_int_equal(sla_feed_reader_new(zone, begin, end, NULL, 0, &reader, NULL), SLA_OK);
    sla_zone_unref(zone);
    return reader;
}

static inline size_t write_instant(int64_t instant, char *to) {
    const int32_t date = (int32_t)sli_floor_divide(instant, SLI_DAY);
    const int32_t second = (int32_t)(instant - (int64_t)date * SLI_DAY);
    const civil written = sli_civil_of_date(date);
    return (size_t)sprintf(to, "%04d%02d%02dT%02d%02d%02dZ", (int)written.year, (int)written.month, (int)written.day,
                           (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}

/* The closures, separated by spaces; as many as fit. */
static inline void write_closures(const sla_feed *feed, char *to, size_t capacity) {
    size_t length = 0;
    to[0] = '\0';
    for (size_t i = 0; i < feed->closure_count && length + 40 < capacity; i++) {
        if (i > 0) {
            to[length++] = ' ';
        }
        length += write_instant(feed->closures[i].begin, to + length);
        to[length++] = '/';
        length += write_instant(feed->closures[i].end, to + length);
    }
}

/* Fails the test with the library's message when the feed does not load. */
static inline sla_feed *load_feed(sla_feed_reader *reader, const char *source, sla_diagnostics *diagnostics) {
    sla_feed *feed = NULL;
    sla_error error = {0};
    if (sla_feed_reader_load(reader, "holidays", SIZE_MAX, source, SIZE_MAX, diagnostics, &feed, &error) != SLA_OK) {
        fail_msg("%s\n%s", error.message, source);
    }
    return feed;
}

#endif
