/* SPDX-License-Identifier: MIT */
/* What calendars hold at the very edges of what is allowed, and one step beyond (§1.5, §2, §3.4). */
#include "calendar_support.h"

#include "calendar/compiled.h"

enum { HOUR = 3600, TITLES_MAX = 1 << 26, ALL_DAYS = 127 };

static sla_calendar *always(int64_t begin, int64_t end) {
    sla_zone *const zone = load_zone("UTC");
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_new_always(zone, begin, end, &calendar, NULL), SLA_OK);
    sla_zone_unref(zone);
    return calendar;
}

static sla_calendar *daily(const char *zone, int64_t begin, int64_t end, int32_t start, int32_t stop) {
    sla_calendar_builder *const builder = new_builder(zone, begin, end);
    add_hours(builder, ALL_DAYS, start, stop);
    return finish(builder);
}

/* ---- The horizon ---- */

/* §1.5: within the years 1 to 9998, not empty, at most 400 years. */
static void the_horizon_goes_to_its_very_limits(void **state) {
    (void)state;
    const int64_t first = instant("0001-01-01T00:00:00Z");
    const int64_t last = instant("9998-12-31T23:59:59Z") + 1;
    const int64_t longest = INT64_C(146097) * SLI_DAY;
    const struct {
        int64_t begin;
        int64_t end;
        sla_status status;
    } cases[] = {
        {first, first + 1, SLA_OK},
        {first - 1, first + 1, SLA_INVALID_ARGUMENT},
        {last - 1, last, SLA_OK},
        {last - 1, last + 1, SLA_INVALID_ARGUMENT},
        {7, 8, SLA_OK},
        {7, 7, SLA_INVALID_ARGUMENT},
        {8, 7, SLA_INVALID_ARGUMENT},
        {first, first + longest, SLA_OK},
        {first, first + longest + 1, SLA_INVALID_ARGUMENT},
        {last - longest, last, SLA_OK},
        {last - longest - 1, last, SLA_INVALID_ARGUMENT},
    };
    sla_zone *const zone = load_zone("UTC");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_calendar_builder *builder = (sla_calendar_builder *)(void *)zone; /* anything, to be replaced */
        assert_int_equal(sla_calendar_builder_new(zone, cases[i].begin, cases[i].end, &builder, NULL), cases[i].status);
        assert_int_equal(builder != NULL, cases[i].status == SLA_OK);
        sla_calendar_builder_free(builder);
    }
    sla_zone_unref(zone);
}

/* An output is empty unless the call succeeds. */
static void a_failure_leaves_no_calendar(void **state) {
    (void)state;
    sla_calendar *const valid = always(0, SLI_DAY);
    sla_zone *const zone = load_zone("UTC");

    sla_calendar *calendar = valid;
    assert_int_equal(sla_calendar_new_always(NULL, 0, SLI_DAY, &calendar, NULL), SLA_INVALID_ARGUMENT);
    assert_null(calendar);
    calendar = valid;
    assert_int_equal(sla_calendar_new_always(zone, 0, 0, &calendar, NULL), SLA_INVALID_ARGUMENT);
    assert_null(calendar);
    calendar = valid;
    assert_int_equal(sla_calendar_builder_build(NULL, &calendar, NULL), SLA_INVALID_ARGUMENT);
    assert_null(calendar);
    calendar = valid;
    assert_int_equal(sla_calendar_combine(SLA_UNION, NULL, 2, zone, &calendar, NULL), SLA_INVALID_ARGUMENT);
    assert_null(calendar);
    sla_calendar_builder *const closed = new_builder("UTC", 0, SLI_DAY);
    calendar = valid;
    assert_int_equal(sla_calendar_builder_build(closed, &calendar, NULL), SLA_NEVER_OPEN);
    assert_null(calendar);
    sla_calendar_builder_free(closed);

    sla_zone_unref(zone);
    sla_calendar_unref(valid);
}

/* ---- Windows (§2.1) ---- */

static void windows_stay_within_the_day(void **state) {
    (void)state;
    static const struct {
        int32_t start;
        int32_t end;
        sla_status status;
    } cases[] = {
        {0, SLI_DAY, SLA_OK},
        {SLI_DAY, 0, SLA_OK},
        {SLI_DAY - 1, SLI_DAY, SLA_OK},
        {1, 0, SLA_OK},
        {-1, HOUR, SLA_INVALID_ARGUMENT},
        {HOUR, -1, SLA_INVALID_ARGUMENT},
        {SLI_DAY + 1, HOUR, SLA_INVALID_ARGUMENT},
        {HOUR, SLI_DAY + 1, SLA_INVALID_ARGUMENT},
        {HOUR, HOUR, SLA_INVALID_ARGUMENT},
    };
    sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sla_window windows[] = {{HOUR, 2 * HOUR}, {cases[i].start, cases[i].end}, {HOUR, 2 * HOUR}};
        assert_int_equal(sla_calendar_builder_add_hours(builder, 1, cases[i].start, cases[i].end, NULL), cases[i].status);
        for (size_t first = 0; first < 2; first++) { /* the first window, or one behind it */
            assert_int_equal(
                sla_calendar_builder_add_exception(builder, 0, 1, windows + (1 - first), 1 + first, NULL, 0, NULL),
                cases[i].status);
        }
    }
    sla_calendar_builder_free(builder);
}

/* 1000 windows fill their weekday, and no other. */
static void each_weekday_has_windows_of_its_own(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
    for (int32_t i = 0; i < 1000; i++) {
        add_hours(builder, SLA_TUESDAY, i, i + 1);
    }
    assert_int_equal(sla_calendar_builder_add_hours(builder, SLA_TUESDAY, 0, 1, NULL), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_hours(builder, ALL_DAYS, 0, 1, NULL), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_hours(builder, ALL_DAYS - SLA_TUESDAY, 0, 1, NULL), SLA_OK);
    static sla_window windows[1001];
    for (int32_t i = 0; i < 1001; i++) {
        windows[i] = (sla_window){i, i + 1};
    }
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, windows, 1001, NULL, 0, NULL), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, windows, 1000, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 1, 1, NULL, 0, NULL, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, NULL, 1, NULL, 0, NULL), SLA_INVALID_ARGUMENT);
    sla_calendar_builder_free(builder);
}

/* ---- What a calendar holds ---- */

static sla_status add_title(sla_calendar_builder *builder, const char *title, size_t length) {
    return sla_calendar_builder_add_exception(builder, 10, 11, NULL, 0, title, length, NULL);
}

/* 64 MiB of titles, each with the NUL behind it. */
static void titles_fill_their_space_to_the_last_byte(void **state) {
    (void)state;
    char *const long_title = malloc(TITLES_MAX);
    assert_non_null(long_title);
    memset(long_title, 'x', TITLES_MAX);
    sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
    assert_int_equal(add_title(builder, long_title, TITLES_MAX), SLA_LIMIT);
    assert_int_equal(add_title(builder, long_title, TITLES_MAX - 10), SLA_OK); /* leaves 9 bytes */
    assert_int_equal(add_title(builder, "nine byte", 9), SLA_LIMIT);
    assert_int_equal(add_title(builder, "8 bytes!", 8), SLA_OK);
    assert_int_equal(add_title(builder, "another", 7), SLA_LIMIT);
    sla_calendar_builder_free(builder);
    free(long_title);
}

static void a_title_may_be_of_one_byte_or_shared_or_missing(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", 0, 20 * (int64_t)SLI_DAY);
    add_hours(builder, ALL_DAYS, 0, HOUR);
    static const char *const titles[] = {"A", "A", NULL, "B", "A", ""};
    for (int32_t i = 0; i < 6; i++) {
        add_exception(builder, 10 + i, 11 + i, NULL, 0, titles[i]);
    }
    sla_calendar *const calendar = finish(builder);
    for (int32_t i = 0; i < 6; i++) {
        assert_string_equal(sla_calendar_closing_title(calendar, i), titles[i] == NULL ? "" : titles[i]);
    }
    assert_null(sla_calendar_closing_title(calendar, 6));
    assert_null(sla_calendar_closing_title(calendar, -1));
    sla_calendar_unref(calendar);
}

static sla_feed *feed_of(sla_zone *zone, int64_t covers_until) {
    sla_feed *const feed = make_feed("feed", zone, 0, 20 * (int64_t)SLI_DAY, NULL, 0);
    feed->covers_until = covers_until;
    return feed;
}

/* Exceptions and events of all feeds are numbered by 32 bits. */
static void closings_are_counted_to_the_last_number(void **state) {
    (void)state;
    sla_zone *const zone = load_zone("UTC");
    sla_feed *const many = feed_of(zone, INT64_MAX);
    sla_feed *const more = feed_of(zone, INT64_MAX);
    sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
    add_hours(builder, ALL_DAYS, 0, HOUR);
    add_exception(builder, 10, 11, NULL, 0, "");
    assert_int_equal(sla_calendar_builder_add_feed(builder, many, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_feed(builder, more, NULL), SLA_OK);

    many->event_count = INT32_MAX - 3;
    more->event_count = 2;
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, NULL), SLA_OK);
    assert_int_equal(calendar->closing_count, INT32_MAX);
    sla_calendar_unref(calendar);
    more->event_count = 3;
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, NULL), SLA_LIMIT);
    assert_null(calendar);

    many->event_count = 0;
    more->event_count = 0;
    sla_calendar_builder_free(builder);
    sla_feed_unref(many);
    sla_feed_unref(more);
    sla_zone_unref(zone);
}

/* §2.7: a calendar is covered as long as each of its feeds is, whichever ends first. */
static void coverage_is_that_of_the_shortest_feed(void **state) {
    (void)state;
    static const int64_t ends[][3] = {{500, 300, 400}, {300, 400, 500}, {500, 400, 300}};
    sla_zone *const zone = load_zone("UTC");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
        add_hours(builder, ALL_DAYS, 0, HOUR);
        for (size_t j = 0; j < 3; j++) {
            sla_feed *const feed = feed_of(zone, ends[i][j]);
            assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
            sla_feed_unref(feed);
        }
        sla_calendar *const calendar = finish(builder);
        assert_true(sla_calendar_covers_until(calendar) == 300);
        sla_calendar_unref(calendar);
    }
    sla_zone_unref(zone);
}

/* ---- Combinations (§2.4) ---- */

static sla_status combine(int32_t operation, sla_calendar *const *parts, size_t count, sla_calendar **calendar) {
    sla_zone *const zone = load_zone("UTC");
    const sla_status status = sla_calendar_combine(operation, parts, count, zone, calendar, NULL);
    sla_zone_unref(zone);
    return status;
}

/* 1000 calendars with the combination itself, those of combined parts counted as often as they are used. */
static void a_combination_is_made_of_1000_calendars_at_most(void **state) {
    (void)state;
    static sla_calendar *parts[1000];
    sla_calendar *const one = always(0, SLI_DAY);
    for (size_t i = 0; i < 1000; i++) {
        parts[i] = one;
    }
    sla_calendar *combined = NULL;
    assert_int_equal(combine(SLA_UNION, parts, 1000, &combined), SLA_LIMIT);
    assert_int_equal(combine(SLA_UNION, parts, 999, &combined), SLA_OK);
    sla_calendar_unref(combined);

    sla_calendar *half = NULL; /* of 500 */
    assert_int_equal(combine(SLA_UNION, parts, 499, &half), SLA_OK);
    parts[499] = half;
    assert_int_equal(combine(SLA_UNION, parts, 500, &combined), SLA_OK); /* 499, 500 and itself */
    sla_calendar_unref(combined);
    assert_int_equal(combine(SLA_UNION, (sla_calendar *[]){half, half}, 2, &combined), SLA_LIMIT);
    sla_calendar_unref(half);
    sla_calendar_unref(one);
}

static void the_closings_of_all_parts_are_counted(void **state) {
    (void)state;
    sla_calendar *const parts[] = {always(0, SLI_DAY), always(0, SLI_DAY)};
    parts[0]->closing_count = INT32_MAX - 2;
    parts[1]->closing_count = 2;
    sla_calendar *combined = NULL;
    assert_int_equal(combine(SLA_UNION, parts, 2, &combined), SLA_OK);
    assert_int_equal(combined->closing_count, INT32_MAX);
    sla_calendar_unref(combined);
    parts[1]->closing_count = 3;
    assert_int_equal(combine(SLA_UNION, parts, 2, &combined), SLA_LIMIT);
    sla_calendar_unref(parts[0]);
    sla_calendar_unref(parts[1]);
}

static void each_part_is_looked_at(void **state) {
    (void)state;
    sla_calendar *const day = always(0, SLI_DAY);
    sla_calendar *const shorter = always(0, SLI_DAY - 1);
    sla_calendar *const later = always(1, SLI_DAY);
    sla_calendar *combined = NULL;
    const struct {
        sla_calendar *parts[3];
        sla_status status;
    } cases[] = {
        {{day, day, day}, SLA_OK},
        {{NULL, day, day}, SLA_INVALID_ARGUMENT},
        {{day, NULL, day}, SLA_INVALID_ARGUMENT},
        {{day, day, NULL}, SLA_INVALID_ARGUMENT},
        {{day, shorter, day}, SLA_INVALID_ARGUMENT},
        {{day, day, shorter}, SLA_INVALID_ARGUMENT},
        {{day, day, later}, SLA_INVALID_ARGUMENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(combine(SLA_INTERSECTION, cases[i].parts, 3, &combined), cases[i].status);
        sla_calendar_unref(combined);
    }
    assert_int_equal(combine(SLA_UNION, &day, 1, &combined), SLA_INVALID_ARGUMENT);
    sla_calendar_unref(day);
    sla_calendar_unref(shorter);
    sla_calendar_unref(later);
}

static void three_calendars_combine_as_sets(void **state) {
    (void)state;
    const int64_t end = 30 * (int64_t)SLI_DAY;
    sla_calendar *const parts[] = {daily("UTC", 0, end, 6 * HOUR, 18 * HOUR), daily("UTC", 0, end, 8 * HOUR, 20 * HOUR),
                                   daily("UTC", 0, end, 7 * HOUR, 9 * HOUR)};
    static const int64_t hours_a_day[] = {[SLA_UNION] = 14, [SLA_INTERSECTION] = 1, [SLA_DIFFERENCE] = 1};
    for (int32_t operation = SLA_UNION; operation <= SLA_DIFFERENCE; operation++) {
        sla_calendar *combined = NULL;
        int64_t seconds = 0;
        parts[1]->covers_until = 1000;
        parts[2]->covers_until = 2000;
        assert_int_equal(combine(operation, parts, 3, &combined), SLA_OK);
        assert_true(sla_calendar_covers_until(combined) == 1000);
        assert_int_equal(sla_calendar_elapsed(combined, 0, end, &seconds), SLA_OK);
        assert_true(seconds == 30 * hours_a_day[operation] * HOUR);
        sla_calendar_unref(combined);
    }
    for (size_t i = 0; i < 3; i++) {
        sla_calendar_unref(parts[i]);
    }
}

/* ---- Business days (§3.4) ---- */

/* The n-th business day after that of `at`, as the instant of its begin; -1 beyond the horizon. */
static int64_t business_day(const sla_calendar *calendar, int64_t at, int64_t days) {
    int64_t result = 0;
    const sla_status status = sla_calendar_add_business_days(calendar, at, days, 0, &result);
    assert_true(status == SLA_OK || status == SLA_HORIZON);
    return status == SLA_OK ? result : -1;
}

/* Each date of the horizon counts, the first and the last too, and so does the word of a bit set that they share. */
static void every_date_of_a_horizon_is_a_business_day(void **state) {
    (void)state;
    for (int64_t dates = 1; dates <= 200; dates++) {
        sla_calendar *const calendar = always(0, dates * SLI_DAY);
        for (int64_t days = 0; days <= dates; days++) {
            assert_true(business_day(calendar, 0, days) == (days < dates ? days * SLI_DAY : -1));
        }
        sla_calendar_unref(calendar);
    }
}

/* One open second is enough, on the first date and on the last. */
static void a_date_with_one_open_second_is_a_business_day(void **state) {
    (void)state;
    sla_calendar *calendar = always(SLI_DAY - 1, 2 * SLI_DAY + 1);
    assert_int_equal(calendar->days.count, 3);
    sla_calendar_unref(calendar);
    calendar = daily("UTC", 0, 100 * (int64_t)SLI_DAY, 5, 6);
    assert_int_equal(calendar->days.count, 100);
    sla_calendar_unref(calendar);
}

/* The end of hours that are cut by the horizon's end lies outside of it. */
static void hours_that_end_with_the_horizon_have_no_end_in_it(void **state) {
    (void)state;
    sla_calendar *const calendar = daily("UTC", 0, 2 * SLI_DAY - 6 * HOUR, 9 * HOUR, 18 * HOUR);
    int64_t result = 0;
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 0, -1, &result), SLA_OK);
    assert_true(result == 18 * HOUR);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 1, -1, &result), SLA_HORIZON);
    assert_true(result == 0);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 1, 18 * HOUR, &result), SLA_HORIZON);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 1, 18 * HOUR - 1, &result), SLA_OK);
    sla_calendar_unref(calendar);
}

/* §3.4: a time of day that is before the opening is that of the next business day; at the opening it stands. */
static void a_time_of_day_at_the_opening_stands(void **state) {
    (void)state;
    sla_calendar *const calendar = daily("UTC", 0, 3 * SLI_DAY, 9 * HOUR, 17 * HOUR);
    static const struct {
        int64_t at;
        int32_t by;
        int64_t expected;
    } cases[] = {
        {0, 9 * HOUR, 9 * HOUR},
        {0, 9 * HOUR - 1, SLI_DAY + 9 * HOUR - 1},
        {10 * HOUR, 10 * HOUR, 10 * HOUR},
        {10 * HOUR, 10 * HOUR - 1, SLI_DAY + 10 * HOUR - 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t result = 0;
        assert_int_equal(sla_calendar_add_business_days(calendar, cases[i].at, 0, cases[i].by, &result), SLA_OK);
        assert_true(result == cases[i].expected);
    }
    int64_t result = 1;
    assert_int_equal(sla_calendar_add_business_days(calendar, 2 * SLI_DAY, 0, 0, &result), SLA_HORIZON);
    assert_true(result == 0);
    sla_calendar_unref(calendar);
}

/* ---- Windows that a clock change puts out of order (§1.4, §2.1) ---- */

/* On 2026-03-29 Belgrade skips 02:00 to 03:00, that is 01:00Z: 02:30 is read as 01:30Z, after 03:00, which is 01:00Z. */
static const sla_window around_the_gap[] = {{2 * HOUR + 1800, 2 * HOUR + 2700}, {3 * HOUR, 3 * HOUR + 600}};

static void expect_around_the_gap(const sla_calendar *calendar) {
    static const struct {
        const char *at;
        int32_t open;
    } cases[] = {
        {"2026-03-29T00:59:59Z", 0}, {"2026-03-29T01:00:00Z", 1}, {"2026-03-29T01:09:59Z", 1}, {"2026-03-29T01:10:00Z", 0},
        {"2026-03-29T01:29:59Z", 0}, {"2026-03-29T01:30:00Z", 1}, {"2026-03-29T01:44:59Z", 1}, {"2026-03-29T01:45:00Z", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t open = -1;
        assert_int_equal(sla_calendar_is_open(calendar, instant(cases[i].at), &open), SLA_OK);
        assert_int_equal(open, cases[i].open);
    }
    int64_t seconds = 0;
    assert_int_equal(
        sla_calendar_elapsed(calendar, instant("2026-03-28T23:00:00Z"), instant("2026-03-29T22:00:00Z"), &seconds), SLA_OK);
    assert_true(seconds == 1500);
}

static sla_calendar_builder *belgrade_of_2026(void) {
    return new_builder("Europe/Belgrade", instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"));
}

static void weekly_windows_out_of_order_open_all_the_same(void **state) {
    (void)state;
    sla_calendar_builder *const builder = belgrade_of_2026();
    for (size_t i = 0; i < 2; i++) {
        add_hours(builder, SLA_SUNDAY, around_the_gap[i].start, around_the_gap[i].end);
    }
    sla_calendar *const calendar = finish(builder);
    expect_around_the_gap(calendar);
    sla_calendar_unref(calendar);
}

static void excepted_windows_out_of_order_open_all_the_same(void **state) {
    (void)state;
    sla_calendar_builder *const builder = belgrade_of_2026();
    add_hours(builder, SLA_SUNDAY, 12 * HOUR, 13 * HOUR);
    add_exception(builder, date("2026-03-29"), date("2026-03-30"), around_the_gap, 2, "the gap");
    sla_calendar *const calendar = finish(builder);
    expect_around_the_gap(calendar);
    sla_calendar_unref(calendar);
}

/* What a feed takes from such windows is named in order too. */
static void closings_of_windows_out_of_order_are_named(void **state) {
    (void)state;
    sla_calendar_builder *const builder = belgrade_of_2026();
    for (size_t i = 0; i < 2; i++) {
        add_hours(builder, SLA_SUNDAY, around_the_gap[i].start, around_the_gap[i].end);
    }
    sla_zone *const zone = load_zone("Europe/Belgrade");
    const closure day = {instant("2026-03-28T23:00:00Z"), instant("2026-03-29T22:00:00Z"), 0};
    sla_feed *const feed =
        make_feed("feed", zone, instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"), &day, 1);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_calendar *const calendar = finish(builder);
    sla_span spans[8];
    size_t count = 0;
    assert_int_equal(sla_calendar_list(calendar, day.begin, day.end, spans, 8, &count), SLA_OK);
    static const int32_t kinds[] = {SLA_SPAN_OUTSIDE_HOURS, SLA_SPAN_FEED, SLA_SPAN_OUTSIDE_HOURS, SLA_SPAN_FEED,
                                    SLA_SPAN_OUTSIDE_HOURS};
    assert_int_equal(count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(spans[i].kind, kinds[i]);
    }
    assert_true(spans[1].begin == instant("2026-03-29T01:00:00Z") && spans[1].end == instant("2026-03-29T01:10:00Z"));
    assert_true(spans[3].begin == instant("2026-03-29T01:30:00Z") && spans[3].end == instant("2026-03-29T01:45:00Z"));
    sla_calendar_unref(calendar);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
}

/* Of two events that close the same window, the one that comes first in the feed is named. */
static void the_first_of_two_events_is_named(void **state) {
    (void)state;
    sla_zone *const zone = load_zone("UTC");
    const closure both[] = {{8 * HOUR, 20 * HOUR, 1}, {8 * HOUR, 20 * HOUR, 0}};
    sla_feed *const feed = make_feed("feed", zone, 0, SLI_DAY, both, 2);
    sla_calendar_builder *const builder = new_builder("UTC", 0, SLI_DAY);
    add_hours(builder, ALL_DAYS, 6 * HOUR, 18 * HOUR);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_calendar *const calendar = finish(builder);
    sla_span spans[5];
    size_t count = 0;
    assert_int_equal(sla_calendar_list(calendar, 0, SLI_DAY, spans, 5, &count), SLA_OK);
    assert_int_equal(count, 4); /* outside hours, open, taken, outside hours */
    assert_int_equal(spans[2].kind, SLA_SPAN_FEED);
    assert_int_equal(spans[2].closing, 0);
    assert_string_equal(sla_calendar_closing_title(calendar, spans[2].closing), "Event 0");
    sla_calendar_unref(calendar);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
}

/* ---- Exceptions (§2.3) ---- */

/* The last exception of a date stands, wherever those before it begin and end, also at the horizon's ends. */
static void the_last_exception_of_each_date_stands(void **state) {
    (void)state;
    enum { DATES = 12 };
    static const struct {
        int32_t first;
        int32_t until;
    } ranges[] = {{-400, 400}, {3, 7}, {0, 1}, {11, 12}, {5, 6}, {4, 9}, {6, 7}, {9, 9 + 1}, {-5, 1}, {11, 30}};
    enum { RANGES = sizeof ranges / sizeof *ranges };
    for (int32_t used = 1; used <= RANGES; used++) {
        sla_calendar_builder *const builder = new_builder("UTC", 0, DATES * (int64_t)SLI_DAY);
        add_hours(builder, ALL_DAYS, 23 * HOUR, 24 * HOUR);
        int32_t expected[DATES];
        memset(expected, 0xFF, sizeof expected);
        for (int32_t i = 0; i < used; i++) {
            const sla_window window = {i * HOUR, i * HOUR + 60 * (i + 1)};
            add_exception(builder, ranges[i].first, ranges[i].until, &window, 1, "");
            for (int32_t day = 0; day < DATES; day++) {
                expected[day] = day >= ranges[i].first && day < ranges[i].until ? i : expected[day];
            }
        }
        sla_calendar *const calendar = finish(builder);
        for (int32_t day = 0; day < DATES; day++) {
            int64_t opening = 0;
            int64_t seconds = 0;
            const int64_t begin = day * (int64_t)SLI_DAY;
            assert_int_equal(sla_calendar_next_open(calendar, begin, &opening), SLA_OK);
            assert_int_equal(sla_calendar_elapsed(calendar, begin, begin + SLI_DAY, &seconds), SLA_OK);
            assert_true(opening == begin + (expected[day] < 0 ? 23 : expected[day]) * HOUR);
            assert_true(seconds == (expected[day] < 0 ? HOUR : 60 * (expected[day] + 1)));
        }
        sla_calendar_unref(calendar);
    }
}

/* ---- The index ---- */

static int32_t phase_of(const sla_calendar *calendar) {
    return (int32_t)(calendar->index.origin - sli_floor_divide(calendar->index.origin, SLI_DAY) * SLI_DAY);
}

/* Days of the index begin at the first quarter of an hour that cuts the fewest open intervals, so that most have one piece.
 */
static void days_begin_where_they_cut_few_hours(void **state) {
    (void)state;
    static const struct {
        const char *zone;
        int32_t start;
        int32_t end;
        int32_t phase;
    } cases[] = {
        {"UTC", 9 * HOUR, 17 * HOUR, 0},
        {"UTC", 0, 17 * HOUR, 0},
        {"UTC", 22 * HOUR, 6 * HOUR, 6 * HOUR},
        {"UTC", 22 * HOUR, 6 * HOUR + 1, 6 * HOUR + 900},
        {"UTC", 22 * HOUR, 6 * HOUR - 1, 6 * HOUR},
        {"UTC", 23 * HOUR + 900, 23 * HOUR, 23 * HOUR},
        {"UTC", 23 * HOUR + 2700, 23 * HOUR + 1800, 23 * HOUR + 1800},
        {"UTC", 900, 0, 0},
        {"UTC", 1800, 900, 900},
        {"-08:00", 9 * HOUR, 17 * HOUR, HOUR},
        {"-08:00", 8 * HOUR, 16 * HOUR, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_calendar *const calendar = daily(cases[i].zone, 0, 800 * (int64_t)SLI_DAY, cases[i].start, cases[i].end);
        assert_int_equal(phase_of(calendar), cases[i].phase);
        sla_calendar_unref(calendar);
    }
}

/* A list that is emptied holds nothing, even when what it held was out of order. */
static void a_list_that_was_out_of_order_is_empty_when_cleared(void **state) {
    (void)state;
    interval_list list = {0};
    assert_true(sli_intervals_add(&list, 100, 110));
    assert_true(sli_intervals_add(&list, 50, 60));
    sli_intervals_clear(&list);
    sli_intervals_normalise(&list);
    assert_int_equal(list.count, 0);
    sli_intervals_free(&list);
    assert_null(list.items);
    assert_int_equal(list.capacity, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_horizon_goes_to_its_very_limits),
        cmocka_unit_test(a_failure_leaves_no_calendar),
        cmocka_unit_test(windows_stay_within_the_day),
        cmocka_unit_test(each_weekday_has_windows_of_its_own),
        cmocka_unit_test(titles_fill_their_space_to_the_last_byte),
        cmocka_unit_test(a_title_may_be_of_one_byte_or_shared_or_missing),
        cmocka_unit_test(closings_are_counted_to_the_last_number),
        cmocka_unit_test(coverage_is_that_of_the_shortest_feed),
        cmocka_unit_test(a_combination_is_made_of_1000_calendars_at_most),
        cmocka_unit_test(the_closings_of_all_parts_are_counted),
        cmocka_unit_test(each_part_is_looked_at),
        cmocka_unit_test(three_calendars_combine_as_sets),
        cmocka_unit_test(every_date_of_a_horizon_is_a_business_day),
        cmocka_unit_test(a_date_with_one_open_second_is_a_business_day),
        cmocka_unit_test(hours_that_end_with_the_horizon_have_no_end_in_it),
        cmocka_unit_test(a_time_of_day_at_the_opening_stands),
        cmocka_unit_test(weekly_windows_out_of_order_open_all_the_same),
        cmocka_unit_test(excepted_windows_out_of_order_open_all_the_same),
        cmocka_unit_test(closings_of_windows_out_of_order_are_named),
        cmocka_unit_test(the_first_of_two_events_is_named),
        cmocka_unit_test(the_last_exception_of_each_date_stands),
        cmocka_unit_test(days_begin_where_they_cut_few_hours),
        cmocka_unit_test(a_list_that_was_out_of_order_is_empty_when_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
