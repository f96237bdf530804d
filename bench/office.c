/* SPDX-License-Identifier: MIT */
#include "office.h"

#include "require.h"

#include <stdio.h>

enum { WORKING_DAYS = SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY };

const sla_window whole_day[1] = {{9 * 3600, 18 * 3600}};
const sla_window with_lunch[2] = {{9 * 3600, 12 * 3600}, {13 * 3600, 18 * 3600}};

/* ---- Holidays ---- */

static int32_t date_of(int32_t year, int32_t month, int32_t day) {
    int32_t date;
    require(sla_date_from_civil(year, month, day, &date), "a date");
    return date;
}

/* Easter Sunday of the Gregorian calendar, by the algorithm of the Nautical Almanac. */
static int32_t easter(int32_t year) {
    const int32_t golden = year % 19;
    const int32_t century = year / 100;
    const int32_t in_century = year % 100;
    const int32_t correction = (century - (century + 8) / 25 + 1) / 3;
    const int32_t epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    const int32_t weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    const int32_t late = (golden + 11 * epact + 22 * weekday) / 451;
    const int32_t sum = epact + weekday - 7 * late + 114;
    return date_of(year, sum / 31, sum % 31 + 1);
}

static void holidays_of(int32_t year, int32_t dates[HOLIDAYS_A_YEAR]) {
    const int32_t sunday = easter(year);
    const int32_t of_year[HOLIDAYS_A_YEAR] = {
        date_of(year, 1, 1),   sunday - 2,           sunday + 1,           date_of(year, 5, 1),
        sunday + 39,           sunday + 50,          date_of(year, 10, 3), date_of(year, 10, 31),
        date_of(year, 12, 25), date_of(year, 12, 26)};
    for (int i = 0; i < HOLIDAYS_A_YEAR; i++) {
        dates[i] = of_year[i];
    }
}

void office_open(office *berlin) {
    require(sla_zone_load("Europe/Berlin", SIZE_MAX, NULL, 0, &berlin->zone, NULL), "the zone Europe/Berlin");
    for (int year = 0; year < YEAR_COUNT; year++) {
        holidays_of(FIRST_YEAR + year, &berlin->holidays[year * HOLIDAYS_A_YEAR]);
    }
}

void office_close(office *berlin) {
    sla_zone_unref(berlin->zone);
}

/* ---- Calendars ---- */

static sla_calendar_builder *start_calendar(const office *berlin, const sla_window *windows, size_t count) {
    sla_calendar_builder *builder;
    require(sla_calendar_builder_new(berlin->zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL), "a calendar");
    for (size_t i = 0; i < count; i++) {
        require(sla_calendar_builder_add_hours(builder, WORKING_DAYS, windows[i].start, windows[i].end, NULL), "its hours");
    }
    return builder;
}

static sla_calendar *finish_calendar(sla_calendar_builder *builder) {
    sla_calendar *calendar;
    require(sla_calendar_builder_build(builder, &calendar, NULL), "building a calendar");
    sla_calendar_builder_free(builder);
    return calendar;
}

sla_calendar *office_calendar(const office *berlin, const sla_window *windows, size_t count) {
    sla_calendar_builder *const builder = start_calendar(berlin, windows, count);
    for (int i = 0; i < HOLIDAY_COUNT; i++) {
        const int32_t date = berlin->holidays[i];
        require(sla_calendar_builder_add_exception(builder, date, date + 1, NULL, 0, "Holiday", SIZE_MAX, NULL),
                "a holiday");
    }
    return finish_calendar(builder);
}

char *office_feed_text(const office *berlin, size_t *length) {
    enum { EVENT_SIZE = 160 };
    char *const text = allocate(HOLIDAY_COUNT + 2, EVENT_SIZE);
    char *next = text + sprintf(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//libsla//bench//EN\r\n");
    for (int i = 0; i < HOLIDAY_COUNT; i++) {
        int32_t year;
        int32_t month;
        int32_t day;
        require(sla_date_to_civil(berlin->holidays[i], &year, &month, &day), "a date");
        next += snprintf(next, EVENT_SIZE,
                         "BEGIN:VEVENT\r\nUID:holiday-%d@bench\r\nDTSTAMP:19700101T000000Z\r\n"
                         "DTSTART;VALUE=DATE:%04d%02d%02d\r\nSUMMARY:Holiday\r\nEND:VEVENT\r\n",
                         i, (int)year, (int)month, (int)day);
    }
    next += sprintf(next, "END:VCALENDAR\r\n");
    *length = (size_t)(next - text);
    return text;
}

sla_calendar *office_calendar_from_feed(const office *berlin, const char *text, size_t length) {
    sla_feed_reader *reader;
    sla_feed *feed;
    require(sla_feed_reader_new(berlin->zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, NULL, 0, &reader, NULL), "a feed reader");
    require(sla_feed_reader_load(reader, "holidays", SIZE_MAX, text, length, NULL, &feed, NULL), "reading the feed");
    sla_feed_reader_free(reader);
    sla_calendar_builder *const builder = start_calendar(berlin, whole_day, 1);
    require(sla_calendar_builder_add_feed(builder, feed, NULL), "adding the feed");
    sla_feed_unref(feed);
    return finish_calendar(builder);
}

/* ---- Instants ---- */

int64_t year_begin(int32_t year) {
    return (int64_t)date_of(year, 1, 1) * 86400;
}

/* SplitMix64. */
static uint64_t next_random(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

void random_instants(int64_t begin, int64_t end, uint64_t seed, int64_t *instants, size_t count) {
    const uint64_t range = (uint64_t)(end - begin);
    for (size_t i = 0; i < count; i++) {
        instants[i] = begin + (int64_t)(next_random(&seed) % range);
    }
}
