/* SPDX-License-Identifier: MIT */
/* Calendars: hours, exceptions, feeds, sets, and what can be asked of them. */
#include "support.h"

#include <string.h>

static const char holidays[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                               "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:New Year\r\nDTSTART;VALUE=DATE:20260101\r\n"
                               "RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
                               "BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Training\r\nDTSTART:20260312T100000\r\n"
                               "DTEND:20260312T133000\r\nEND:VEVENT\r\n"
                               "END:VCALENDAR\r\n";

static sla_feed *feed_of(sla_zone *zone, const char *name) {
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    DEMAND(sla_feed_reader_new(zone, YEAR_BEGIN, YEAR_END, NULL, 0, &reader, NULL) == SLA_OK);
    DEMAND(sla_feed_reader_load(reader, name, SIZE_MAX, holidays, SIZE_MAX, NULL, &feed, NULL) == SLA_OK);
    sla_feed_reader_free(reader);
    return feed;
}

/* What a builder has come to is seen in what it builds. */
static void look_at_builder(void *builder) {
    sla_calendar *calendar = NULL;
    note("%d", sla_calendar_builder_build(builder, &calendar, NULL));
    if (calendar != NULL) {
        note_calendar(calendar);
    }
    sla_calendar_unref(calendar);
}

static void list(const sla_calendar *calendar) {
    static sla_span spans[500];
    size_t count = 0;
    memset(spans, 0, sizeof spans);
    REPEAT(count = 99,
           sla_calendar_list(calendar, YEAR_BEGIN + 40 * DAY, YEAR_BEGIN + 110 * DAY + 3, spans, COUNT_OF(spans), &count),
           count == 0);
    note("%zu", count);
    note_bytes("spans", spans, count * sizeof *spans);
}

static void build(const sla_calendar_builder *builder) {
    sla_calendar *calendar = NULL;
    REPEAT((sla_calendar_unref(calendar), calendar = STALE), sla_calendar_builder_build(builder, &calendar, &failure),
           calendar == NULL);
    if (calendar != NULL) {
        note_calendar(calendar);
        list(calendar);
        fault_quiet_begin();
        sla_calendar_unref(sla_calendar_ref(calendar));
        fault_quiet_end("references");
    } else {
        note("%s", failure.message);
    }
    sla_calendar_unref(calendar);
}

static sla_calendar_builder *new_builder(sla_zone *zone, int64_t begin, int64_t end) {
    sla_calendar_builder *builder = STALE;
    TRY(sla_calendar_builder_new(zone, begin, end, &builder, &failure), builder == NULL);
    return builder;
}

static void add_exceptions(sla_calendar_builder *builder) {
    static const sla_window windows[] = {{8 * HOUR, 10 * HOUR}, {22 * HOUR, 3 * HOUR}, {11 * HOUR, 12 * HOUR}};
    for (int32_t i = 0; i < 24; i++) {
        const int32_t first = date_of(2026, 2, 1) + i * 3;
        TRY(sla_calendar_builder_add_exception(builder, first, first + 1 + i % 5, windows, (size_t)i % 4,
                                               i % 3 == 0 ? NULL : "Inventory in the second quarter", SIZE_MAX, &failure),
            true);
    }
}

/* Hours across midnight, many exceptions that overlap, two feeds; the builder goes on after it has built. */
static void builder(void) {
    sla_zone *const zone = zone_of("Europe/Belgrade");
    sla_feed *const feed = feed_of(zone, "holidays");
    sla_feed *const other = feed_of(zone, "closings");
    sla_calendar_builder *const made = new_builder(zone, YEAR_BEGIN, YEAR_BEGIN + 120 * DAY);
    fault_watch(look_at_builder, made);
    build(made); /* never open */
    for (int32_t i = 0; i < 10; i++) {
        TRY(sla_calendar_builder_add_hours(made, 1 << i % 7, (8 + i) * HOUR, (i % 3 == 0 ? 2 : 12 + i) * HOUR, &failure),
            true);
    }
    TRY(sla_calendar_builder_add_feed(made, feed, &failure), true);
    add_exceptions(made);
    TRY(sla_calendar_builder_add_feed(made, other, &failure), true);
    build(made);
    TRY(sla_calendar_builder_add_hours(made, 64, HOUR, 2 * HOUR, &failure), true);
    build(made);
    fault_watch(NULL, NULL);
    fault_quiet_begin();
    sla_calendar_builder_free(made);
    sla_feed_unref(feed);
    sla_feed_unref(other);
    sla_zone_unref(zone);
    fault_quiet_end("letting go");
}

/* So many different days that templates, their table and wide numbers grow. */
static void motley_days(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_calendar_builder *made = NULL;
    DEMAND(sla_calendar_builder_new(zone, YEAR_BEGIN - 730 * DAY, YEAR_END, &made, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_hours(made, 127, 9 * HOUR, 17 * HOUR, NULL) == SLA_OK);
    for (int32_t i = 0; i < 700; i++) {
        const sla_window window = {i * 60, i * 60 + 30 * 60};
        const int32_t date = date_of(2024, 1, 1) + i;
        DEMAND(sla_calendar_builder_add_exception(made, date, date + 1, &window, 1, NULL, 0, NULL) == SLA_OK);
    }
    build(made);
    sla_calendar_builder_free(made);
    sla_zone_unref(zone);
}

/* A day with a great many windows. */
static void crowded_day(void) {
    enum { WINDOWS = 900 };
    static sla_window windows[WINDOWS];
    for (int32_t i = 0; i < WINDOWS; i++) {
        windows[i] = (sla_window){i * 90, i * 90 + 60};
    }
    sla_zone *const zone = zone_of("Europe/Belgrade");
    sla_calendar_builder *const made = new_builder(zone, YEAR_BEGIN, YEAR_BEGIN + 60 * DAY);
    const int32_t date = date_of(2026, 1, 12);
    fault_watch(look_at_builder, made);
    TRY(sla_calendar_builder_add_exception(made, date, date + 2, windows, WINDOWS, "Sprint", 6, &failure), true);
    fault_watch(NULL, NULL);
    build(made);
    sla_calendar_builder_free(made);
    sla_zone_unref(zone);
}

static sla_calendar *combine(int32_t operation, sla_calendar *const *parts, size_t count, sla_zone *zone) {
    sla_calendar *calendar = NULL;
    REPEAT((sla_calendar_unref(calendar), calendar = STALE),
           sla_calendar_combine(operation, parts, count, zone, &calendar, &failure), calendar == NULL);
    if (calendar != NULL) {
        note_calendar(calendar);
        list(calendar);
    } else {
        note("%s", failure.message);
    }
    return calendar;
}

static sla_calendar *always_of(sla_zone *zone) {
    sla_calendar *calendar = NULL;
    REPEAT((sla_calendar_unref(calendar), calendar = STALE),
           sla_calendar_new_always(zone, YEAR_BEGIN, YEAR_END, &calendar, &failure), calendar == NULL);
    note_calendar(calendar);
    list(calendar);
    return calendar;
}

static sla_calendar *early_of(sla_zone *zone, sla_feed *feed) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    const int32_t date = date_of(2026, 3, 2);
    DEMAND(sla_calendar_builder_new(zone, YEAR_BEGIN, YEAR_END, &builder, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_hours(builder, 127, 6 * HOUR, 13 * HOUR, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_exception(builder, date, date + 3, NULL, 0, "Moving", SIZE_MAX, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_build(builder, &calendar, NULL) == SLA_OK);
    sla_calendar_builder_free(builder);
    return calendar;
}

/* Sets of calendars of different zones, and of sets. */
static void sets(void) {
    sla_zone *const zone = zone_of("Europe/Belgrade");
    sla_zone *const far = zone_of("America/New_York");
    sla_feed *const feed = feed_of(zone, "holidays");
    sla_calendar *parts[6] = {office_of(zone), early_of(zone, feed), office_of(far)};
    parts[3] = always_of(zone);
    parts[4] = combine(SLA_UNION, parts, 3, zone);
    parts[5] = combine(SLA_DIFFERENCE, (sla_calendar *[]){parts[3], parts[4]}, 2, far);
    sla_calendar *const both = combine(SLA_INTERSECTION, parts, 2, zone);
    sla_calendar *const deep = combine(SLA_UNION, (sla_calendar *[]){both, parts[5], both}, 3, zone);
    sla_calendar *const none = combine(SLA_DIFFERENCE, (sla_calendar *[]){both, parts[3]}, 2, zone);
    sla_calendar_unref(none);
    sla_calendar_unref(deep);
    sla_calendar_unref(both);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        sla_calendar_unref(parts[i]);
    }
    sla_feed_unref(feed);
    sla_zone_unref(zone);
    sla_zone_unref(far);
}

static const scenario scenarios[] = {
    {"builder", builder}, {"motley-days", motley_days}, {"crowded-day", crowded_day}, {"sets", sets}};
const scenario_group calendar_scenarios = {"calendar", scenarios, COUNT_OF(scenarios)};
