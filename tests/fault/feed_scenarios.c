/* SPDX-License-Identifier: MIT */
/* Feeds: recurrences, overrides, time zones of all kinds, filters, complaints. */
#include "support.h"

#include <stdio.h>

#define CALENDAR(body) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" body "END:VCALENDAR\r\n"
#define EVENT(uid, body) "BEGIN:VEVENT\r\nUID:" uid "\r\n" body "END:VEVENT\r\n"

static sla_feed_reader *reader_of(sla_zone *zone) {
    sla_feed_reader *reader = NULL;
    DEMAND(sla_feed_reader_new(zone, YEAR_BEGIN, YEAR_END, NULL, 0, &reader, NULL) == SLA_OK);
    return reader;
}

/* What a feed closes is seen in a calendar. */
static void note_feed(sla_zone *zone, sla_feed *feed) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    DEMAND(sla_calendar_builder_new(zone, YEAR_BEGIN, YEAR_END, &builder, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_hours(builder, 127, 0, DAY, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_build(builder, &calendar, &failure) == SLA_OK);
    note_calendar(calendar);
    sla_calendar_unref(calendar);
    sla_calendar_builder_free(builder);
}

static void load(sla_feed_reader *reader, sla_zone *zone, const char *text) {
    sla_diagnostics *diagnostics = NULL;
    sla_feed *feed = NULL;
    REPEAT_COMPLAINING((sla_feed_unref(feed), feed = STALE, diagnostics = renewed(diagnostics)),
                       sla_feed_reader_load(reader, "holidays", SIZE_MAX, text, SIZE_MAX, diagnostics, &feed, &failure),
                       feed == NULL);
    note_diagnostics(diagnostics);
    if (feed != NULL) {
        note_feed(zone, feed);
        fault_quiet_begin();
        sla_feed_unref(sla_feed_ref(feed));
        fault_quiet_end("references");
    } else {
        note("%s", failure.message);
    }
    sla_feed_unref(feed);
    sla_diagnostics_free(diagnostics);
}

static void load_by(const sla_feed_options *options, const char *text) {
    sla_zone *const zone = zone_of("Europe/Belgrade");
    sla_feed_reader *const reader = reader_of(zone);
    TRY(sla_feed_reader_set_options(reader, options, &failure), true);
    load(reader, zone, text);
    sla_feed_reader_free(reader);
    sla_zone_unref(zone);
}

static void load_plainly(const char *text) {
    const sla_feed_options plain = {0};
    load_by(&plain, text);
}

/* ---- Scenarios ---- */

static void look_at_reader(void *reader) {
    sla_feed *feed = NULL;
    sla_zone *const zone = zone_of("UTC");
    const char *const text =
        CALENDAR(EVENT("a", "SUMMARY:Summer party\r\nCATEGORIES:Closing,Party\r\nDTSTART;VALUE=DATE:20260601\r\n")
                     EVENT("b", "SUMMARY:Winter party\r\nCATEGORIES:Observance\r\nDTSTART;VALUE=DATE:20261201\r\n")
                         EVENT("c", "SUMMARY:Stock taking\r\nDTSTART;VALUE=DATE:20260301\r\n"));
    note("%d", sla_feed_reader_load(reader, "", 0, text, SIZE_MAX, NULL, &feed, NULL));
    note_feed(zone, feed);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
}

static void readers(void) {
    static const struct {
        int32_t filter;
        const char *text;
    } filters[] = {{SLA_FILTER_INCLUDE_SUMMARY, "Party"},    {SLA_FILTER_INCLUDE_CATEGORY, "closing"},
                   {SLA_FILTER_EXCLUDE_SUMMARY, "winter"},   {SLA_FILTER_EXCLUDE_CATEGORY, "observance"},
                   {SLA_FILTER_INCLUDE_SUMMARY, "stock"},    {SLA_FILTER_INCLUDE_CATEGORY, "Party"},
                   {SLA_FILTER_EXCLUDE_SUMMARY, "optional"}, {SLA_FILTER_EXCLUDE_SUMMARY, "Maybe"},
                   {SLA_FILTER_EXCLUDE_SUMMARY, "taking"}};
    sla_zone *const zone = zone_of("UTC");
    sla_feed_reader *reader = STALE;
    TRY(sla_feed_reader_new(zone, YEAR_BEGIN, YEAR_END, "/usr/share/zoneinfo", SIZE_MAX, &reader, &failure),
        reader == NULL);
    fault_watch(look_at_reader, reader);
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        TRY(sla_feed_reader_add_filter(reader, filters[i].filter, filters[i].text, SIZE_MAX, &failure), true);
    }
    fault_watch(NULL, NULL);
    fault_quiet_begin();
    sla_feed_reader_free(reader);
    fault_quiet_end("letting go");
    sla_zone_unref(zone);
}

static void filtered(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_feed_reader *const reader = reader_of(zone);
    DEMAND(sla_feed_reader_add_filter(reader, SLA_FILTER_INCLUDE_SUMMARY, "party", SIZE_MAX, NULL) == SLA_OK);
    DEMAND(sla_feed_reader_add_filter(reader, SLA_FILTER_EXCLUDE_CATEGORY, "observance", SIZE_MAX, NULL) == SLA_OK);
    load(reader, zone,
         CALENDAR(EVENT("a", "SUMMARY:Summer\r\n  party\r\nCATEGORIES:Closing,Party\r\nDTSTART;VALUE=DATE:20260601\r\n")
                      EVENT("b", "SUMMARY:Winter party\r\nCATEGORIES:Observance\r\nDTSTART;VALUE=DATE:20261201\r\n")));
    sla_feed_reader_free(reader);
    sla_zone_unref(zone);
}

static void recurrences(void) {
    load_plainly(CALENDAR(
        EVENT("y", "SUMMARY:New Year\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"
                   "RDATE;VALUE=DATE:20260107,20260108\r\nEXDATE;VALUE=DATE:20250101,20240101\r\n")
            EVENT("w",
                  "DTSTART;TZID=Europe/Vienna:20260105T090000\r\nDTEND;TZID=Europe/Vienna:20260105T100000\r\n"
                  "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=12\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20260601T000000Z\r\n"
                  "EXDATE;TZID=Europe/Vienna:20260107T090000\r\nEXDATE;VALUE=DATE:20260112\r\n"
                  "RDATE;VALUE=PERIOD:20260301T100000Z/20260301T120000Z,20260302T100000Z/PT1H\r\n")
                EVENT("m", "DTSTART:20260110T090000Z\r\nDURATION:P1DT2H\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1\r\n")));
}

/* What closes first is a date that is added: the event itself lies before the horizon. */
static void added_dates(void) {
    load_plainly(CALENDAR(EVENT(
        "a", "SUMMARY:Inventory\r\nDTSTART;VALUE=DATE:20200101\r\n"
             "RDATE;VALUE=DATE:20260105,20260106,20260107,20260108,20260109,20260112,20260113,20260114,20260115,20260116"
             "\r\n") EVENT("b", "DTSTART:20200101T090000\r\nDURATION:PT1H\r\nRDATE;TZID=Asia/Tokyo:20260105T090000\r\n"
                                "EXDATE;TZID=Asia/Seoul:20260105T090000\r\nRDATE;VALUE=PERIOD;TZID=Asia/Dhaka:"
                                "20260106T100000/20260106T110000\r\n")));
}

/* More events, closures, properties and components than the first room of their lists. */
static void many_events(void) {
    static char text[8192];
    size_t length = (size_t)snprintf(text, sizeof text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for (int i = 0; i < 18; i++) {
        length +=
            (size_t)snprintf(text + length, sizeof text - length,
                             "BEGIN:VEVENT\r\nUID:e%d\r\nSUMMARY:Closed\r\nSEQUENCE:%d\r\nDTSTAMP:20260101T000000Z\r\n"
                             "DTSTART;VALUE=DATE:202603%02d\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n"
                             "CATEGORIES:One,Two\r\nEND:VEVENT\r\n",
                             i, i % 3, i + 1);
    }
    snprintf(text + length, sizeof text - length, "END:VCALENDAR\r\n");
    load_plainly(text);
}

static void overrides(void) {
    load_plainly(CALENDAR(
        EVENT("a", "DTSTART:20260105T090000\r\nDTEND:20260105T170000\r\nRRULE:FREQ=WEEKLY\r\n")
            EVENT("a", "RECURRENCE-ID:20260112T090000\r\nDTSTART:20260113T100000\r\nDTEND:20260113T120000\r\n")
                EVENT("a", "RECURRENCE-ID:20260112T090000\r\nSEQUENCE:2\r\nDTSTART:20260114T100000\r\nDURATION:PT1H\r\n")
                    EVENT("a", "RECURRENCE-ID;VALUE=DATE:20260119\r\nDTSTART:20260120T100000\r\nDURATION:PT1H\r\n")
                        EVENT("a", "RECURRENCE-ID:20260126T090000\r\nSTATUS:CANCELLED\r\nDTSTART:20260126T090000\r\n")
                            EVENT("b", "DTSTART;VALUE=DATE:20260201\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
                                EVENT("b", "RECURRENCE-ID;VALUE=DATE:20260202\r\nDTSTART;VALUE=DATE:20260210\r\n")));
}

#define STANDARD "BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
#define DAYLIGHT "BEGIN:DAYLIGHT\r\nDTSTART:20250330T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
#define OWN_ZONE                                                                                                           \
    "BEGIN:VTIMEZONE\r\nTZID:Our Office\r\n" STANDARD                                                                      \
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n" DAYLIGHT                                                 \
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nRDATE:20260701T020000\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"

static void time_zones(void) {
    load_plainly(
        CALENDAR(OWN_ZONE EVENT("a", "DTSTART;TZID=Our Office:20260105T090000\r\nDTEND;TZID=Our Office:20260105T170000\r\n")
                     EVENT("b", "DTSTART;TZID=W. Europe Standard Time:20260106T090000\r\nDURATION:PT1H\r\n")
                         EVENT("c", "DTSTART;TZID=/example.com/2026/Europe/Belgrade:20260107T090000\r\nDURATION:PT1H\r\n")
                             EVENT("d", "DTSTART;TZID=Asia/Kolkata:20260108T090000\r\nDURATION:PT1H\r\n")
                                 EVENT("e", "DTSTART;TZID=Europe/Vienna:20260109T090000\r\nDURATION:PT1H\r\n")));
}

/* An observance that cannot be understood leaves the zone unknown. */
static void unknown_zones(void) {
    const sla_feed_options skip = {.unsupported = SLA_UNSUPPORTED_SKIP};
    load_by(&skip, CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Odd\r\n" STANDARD "RRULE:FREQ=SOMETIMES\r\nEND:STANDARD\r\n"
                            "END:VTIMEZONE\r\n" EVENT("a", "DTSTART;TZID=Odd:20260105T090000\r\nDURATION:PT1H\r\n")
                                EVENT("b", "DTSTART;TZID=Nowhere:20260106T090000\r\nDURATION:PT1H\r\n")
                                    EVENT("c", "DTSTART;VALUE=DATE:20260107\r\n")));
}

/* A time zone may change by a rule of another calendar. */
static void foreign_zone(void) {
    load_plainly(CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Far\r\n" STANDARD
                          "RRULE:RSCALE=HEBREW;FREQ=YEARLY;COUNT=2\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT(
                              "a", "DTSTART;TZID=Far:20260105T090000\r\nDURATION:PT1H\r\n")));
}

/* Rules of other calendars go through libical. */
static void foreign_rules(void) {
    load_plainly(CALENDAR(
        EVENT("a", "SUMMARY:New Year\r\nDTSTART;VALUE=DATE:20250923\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY;COUNT=3\r\n")
            EVENT("b", "DTSTART;VALUE=DATE:20240229\r\nRRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;COUNT=4\r\n")));
}

static void complaints(void) {
    const sla_feed_options skip = {.unsupported = SLA_UNSUPPORTED_SKIP, .transparent = SLA_TRANSPARENT_OPEN};
    const char *const text = CALENDAR(
        EVENT("a", "DTSTART:20260105T090000\r\n") EVENT("b", "SUMMARY:No start\r\n")
            EVENT("c", "DTSTART;VALUE=DATE:20260107\r\nDTEND;VALUE=DATE:20260105\r\n")
                EVENT("d", "DTSTART;VALUE=DATE:20260108\r\nRRULE:FREQ=SOMETIMES\r\n")
                    EVENT("e", "DTSTART;VALUE=DATE:20260109\r\nEXRULE:FREQ=DAILY\r\n")
                        EVENT("f", "DTSTART;VALUE=DATE:20260231\r\n")
                            EVENT("g", "DTSTART;VALUE=DATE:20260110\r\nTRANSP:TRANSPARENT\r\n")
                                EVENT("h", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260110T000000\r\n")
                                    EVENT("i", "DTSTART:20260111T010000\r\nDTSTART:20260111T020000\r\nDURATION:PT1H\r\n")
                                        EVENT("j", "DTSTART;VALUE=DATE:20260112\r\nRDATE:\r\n"));
    load_by(&skip, text);
    const sla_feed_options strict = {0};
    load_by(&strict, text);
}

static void unreadable_texts(void) {
    load_plainly("no calendar at all");
    load_plainly("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n");
    load_plainly("BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20260105\r\nEND:VEVENT\r\n");
    load_plainly("\xFF\xFE");
    load_plainly(CALENDAR(EVENT("a", "SUMMARY:\xFF\r\nDTSTART;VALUE=DATE:20260105\r\n")));
}

static const scenario scenarios[] = {{"readers", readers},           {"filtered", filtered},
                                     {"recurrences", recurrences},   {"added-dates", added_dates},
                                     {"many-events", many_events},   {"overrides", overrides},
                                     {"time-zones", time_zones},     {"unknown-zones", unknown_zones},
                                     {"foreign-zone", foreign_zone}, {"foreign-rules", foreign_rules},
                                     {"complaints", complaints},     {"unreadable-texts", unreadable_texts}};
const scenario_group feed_scenarios = {"feed", scenarios, COUNT_OF(scenarios)};
