/* SPDX-License-Identifier: MIT */
/* Calendars (§2, §3) at their bounds: the largest and the first that is too large, long gaps, many templates, listings. */
#include <stdio.h>

#include "calendar/compiled.h"

#include "calendar_support.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { HOUR = 3600, EVERY_DAY = 127 };

static sla_calendar_builder *builder_of_2026(const char *zone) {
    return new_builder(zone, instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"));
}

/* What the builder has so far: it is all that a builder is. */
static definition *definition_of(sla_calendar_builder *builder) {
    return (definition *)builder;
}

/* ---- Bounds of a builder ---- */

static void a_window_lies_within_the_day(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    static const struct {
        int32_t start;
        int32_t end;
        sla_status status;
    } cases[] = {
        {-1, 60, SLA_INVALID_ARGUMENT}, {0, 60, SLA_OK}, {86401, 60, SLA_INVALID_ARGUMENT}, {86400, 60, SLA_OK},
        {60, -1, SLA_INVALID_ARGUMENT}, {60, 0, SLA_OK}, {60, 86401, SLA_INVALID_ARGUMENT}, {60, 86400, SLA_OK},
        {60, 60, SLA_INVALID_ARGUMENT},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const sla_window window = {cases[i].start, cases[i].end};
        assert_int_equal(sla_calendar_builder_add_hours(builder, SLA_MONDAY, cases[i].start, cases[i].end, NULL),
                         cases[i].status);
        assert_int_equal(sla_calendar_builder_add_exception(builder, 20454, 20455, &window, 1, NULL, 0, NULL),
                         cases[i].status);
    }
    assert_int_equal(definition_of(builder)->hours[0].count, 4);
    assert_int_equal(definition_of(builder)->exceptions.count, 4);
    sla_calendar_builder_free(builder);
}

static void an_exception_has_a_thousand_windows(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    sla_window windows[1001];
    for (int32_t i = 0; i < 1001; i++) {
        windows[i] = (sla_window){i, i + 1};
    }
    sla_error error = {0};
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, windows, 1001, NULL, 0, &error), SLA_LIMIT);
    assert_string_equal(error.message,
                        "a calendar has at most 1000000 exceptions, each at most 1000 windows, 10000000 in all");
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, windows, 1000, NULL, 0, &error), SLA_OK);
    sla_calendar_builder_free(builder);
}

static void a_calendar_has_a_million_exceptions(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    for (int32_t i = 0; i < 1000000; i++) {
        assert_int_equal(sla_calendar_builder_add_exception(builder, i, i + 1, NULL, 0, NULL, 0, NULL), SLA_OK);
    }
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, NULL, 0, NULL, 0, NULL), SLA_LIMIT);
    assert_int_equal(definition_of(builder)->exceptions.count, 1000000);
    sla_calendar_builder_free(builder);
}

/* Most of them are not added one by one. */
static void the_exceptions_have_ten_million_windows(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    window_list *const windows = &definition_of(builder)->exception_windows;
    windows->items = calloc(10000000, sizeof *windows->items);
    assert_non_null(windows->items);
    windows->capacity = 10000000;
    windows->count = 9999998;
    const sla_window added[] = {{0, 60}, {120, 180}, {240, 300}};
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, added, 3, NULL, 0, NULL), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, added, 2, NULL, 0, NULL), SLA_OK);
    assert_int_equal(windows->count, 10000000);
    assert_int_equal(windows->items[9999999].start, 120);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, added, 1, NULL, 0, NULL), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, NULL, 0, NULL, 0, NULL), SLA_OK);
    sla_calendar_builder_free(builder);
}

/* 64 MiB, the NUL of each counted; most of them are not added. */
static void the_titles_have_64_mib_in_all(void **state) {
    (void)state;
    enum { TITLES = 1 << 26 };
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    title_list *const titles = &definition_of(builder)->titles;
    titles->items = calloc(TITLES, 1);
    assert_non_null(titles->items);
    titles->capacity = TITLES;
    titles->count = TITLES - 5;
    sla_error error = {0};
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, NULL, 0, "fives", SIZE_MAX, &error), SLA_LIMIT);
    assert_string_equal(error.message, "the titles of a calendar's exceptions have at most 67108864 bytes in all");
    assert_int_equal(sla_calendar_builder_add_exception(builder, 0, 1, NULL, 0, "four", SIZE_MAX, &error), SLA_OK);
    assert_int_equal(titles->count, TITLES);
    assert_string_equal(titles->items + TITLES - 5, "four");
    sla_calendar_builder_free(builder);
}

/* Closings are numbered by int32_t. The feed says that it has events which are not there, and need not be. */
static void closings_can_be_numbered(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, 0, 86400);
    add_exception(builder, 20454, 20455, NULL, 0, "New Year");
    sla_zone *const utc = load_zone("UTC");
    sla_feed *const feed =
        make_feed("large", utc, instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"), NULL, 0);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_calendar *largest = NULL;
    feed->event_count = INT32_MAX - 1;
    assert_int_equal(sla_calendar_builder_build(builder, &largest, NULL), SLA_OK);
    assert_int_equal(largest->closing_count, INT32_MAX);
    sla_calendar *too_large = (sla_calendar *)1;
    sla_error error = {0};
    feed->event_count = INT32_MAX;
    assert_int_equal(sla_calendar_builder_build(builder, &too_large, &error), SLA_LIMIT);
    assert_null(too_large);
    assert_string_equal(error.message, "exceptions and events are more than 2147483647");
    feed->event_count = 0;

    sla_calendar *always = NULL;
    assert_int_equal(sla_calendar_new_always(utc, largest->index.begin, largest->index.end, &always, NULL), SLA_OK);
    sla_calendar *const parts[] = {largest, always};
    sla_calendar *combined = NULL;
    assert_int_equal(sla_calendar_combine(SLA_UNION, parts, 2, utc, &combined, NULL), SLA_OK);
    assert_int_equal(combined->closing_count, INT32_MAX);
    sla_calendar_unref(combined);
    always->closing_count = 1;
    assert_int_equal(sla_calendar_combine(SLA_UNION, parts, 2, utc, &combined, NULL), SLA_LIMIT);
    assert_null(combined);
    sla_calendar_unref(always);
    sla_calendar_unref(largest);
    sla_feed_unref(feed);
    sla_zone_unref(utc);
    sla_calendar_builder_free(builder);
}

static void missing_pointers_are_refused(void **state) {
    (void)state;
    sla_zone *const utc = load_zone("UTC");
    sla_calendar *calendar = (sla_calendar *)1;
    assert_int_equal(sla_calendar_new_always(NULL, 0, SLI_DAY, &calendar, NULL), SLA_INVALID_ARGUMENT);
    assert_null(calendar);
    assert_int_equal(sla_calendar_new_always(utc, 0, SLI_DAY, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_new_always(utc, 0, SLI_DAY, &calendar, NULL), SLA_OK);
    int64_t answer = 7;
    assert_int_equal(sla_calendar_next_open(calendar, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_horizon(calendar, &answer, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_horizon(calendar, NULL, &answer), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_covers_until(NULL), 0);
    assert_true(sla_calendar_covers_until(calendar) == INT64_MAX);
    sla_calendar_unref(calendar);
    sla_zone_unref(utc);
}

/* §2.4: the parts have one horizon, both ends. */
static void parts_have_one_horizon(void **state) {
    (void)state;
    static const int64_t ends[][2] = {{0, 1000}, {1, 1000}, {0, 999}};
    sla_zone *const utc = load_zone("UTC");
    sla_calendar *parts[2] = {NULL, NULL};
    assert_int_equal(sla_calendar_new_always(utc, ends[0][0], ends[0][1], &parts[0], NULL), SLA_OK);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        assert_int_equal(sla_calendar_new_always(utc, ends[i][0], ends[i][1], &parts[1], NULL), SLA_OK);
        sla_calendar *combined = NULL;
        assert_int_equal(sla_calendar_combine(SLA_UNION, parts, 2, utc, &combined, NULL),
                         i == 0 ? SLA_OK : SLA_INVALID_ARGUMENT);
        sla_calendar_unref(combined);
        sla_calendar_unref(parts[1]);
    }
    sla_calendar_unref(parts[0]);
    sla_zone_unref(utc);
}

/* Exceptions outside of the horizon change nothing. */
static void exceptions_outside_of_the_horizon_are_kept_and_never_stand(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, 0, 86400);
    add_exception(builder, date("2025-12-01"), date("2025-12-02"), NULL, 0, "before");
    add_exception(builder, date("2027-02-01"), date("2027-02-02"), NULL, 0, "after");
    sla_calendar *const calendar = finish(builder);
    assert_int_equal(calendar->definition.runs.count, 0);
    assert_int_equal(calendar->closing_count, 2);
    assert_string_equal(sla_calendar_closing_title(calendar, 1), "after");
    int64_t seconds = 0;
    assert_int_equal(sla_calendar_elapsed(calendar, calendar->index.begin, calendar->index.end, &seconds), SLA_OK);
    assert_int_equal(seconds, 365 * SLI_DAY);
    sla_calendar_unref(calendar);
}

/* ---- The index ---- */

/* A day of many pieces is a list of them; 2^31 - 1 are the most. The builder is told that it has them. */
static void the_index_has_as_many_pieces_as_can_be_numbered(void **state) {
    (void)state;
    index_builder builder;
    assert_int_equal(sli_index_start(&builder, 0, SLI_DAY, 0), SLA_OK);
    interval_list open = {0};
    for (int64_t i = 0; i < 3; i++) {
        assert_true(sli_intervals_add(&open, i * 100, i * 100 + 50));
    }
    builder.index.piece_count = INT32_MAX;
    assert_int_equal(sli_index_add(&builder, &open, SLI_DAY), SLA_LIMIT);
    builder.index.piece_count = 0;
    assert_int_equal(sli_index_add(&builder, &open, SLI_DAY), SLA_OK);
    assert_int_equal(builder.index.piece_count, 4); /* with the empty one at 0 */
    assert_int_equal(builder.index.open_total, 150);
    sli_index_abandon(&builder);
    sli_intervals_free(&open);
}

static void an_empty_stretch_has_no_open_time(void **state) {
    (void)state;
    sla_zone *const utc = load_zone("UTC");
    sla_calendar *always = NULL;
    assert_int_equal(sla_calendar_new_always(utc, 0, 10 * SLI_DAY, &always, NULL), SLA_OK);
    interval_list open = {0};
    assert_true(sli_index_intervals(&always->index, 0, 0, &open));
    assert_true(sli_index_intervals(&always->index, 5, 4, &open));
    assert_int_equal(open.count, 0);
    assert_true(sli_index_intervals(&always->index, 4, 5, &open));
    assert_int_equal(open.count, 1);
    assert_int_equal(open.items[0].begin, 4);
    assert_int_equal(open.items[0].end, 5);
    sli_intervals_free(&open);
    sla_calendar_unref(always);
    sla_zone_unref(utc);
}

/* An office that is closed for four months, so that no table leads near the other side. */
static sla_calendar *office_with_a_gap(const sla_window *windows, size_t count) {
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    for (size_t i = 0; i < count; i++) {
        add_hours(builder, EVERY_DAY, windows[i].start, windows[i].end);
    }
    add_exception(builder, date("2026-03-01"), date("2026-07-01"), NULL, 0, NULL);
    return finish(builder);
}

/* §3.2 across the gap: 59 days of eight hours, and `beyond` seconds of the first day behind it. */
static void assert_added_across_the_gap(const sla_calendar *calendar, int64_t beyond, int64_t earliest, int64_t latest) {
    const int64_t from = instant("2026-01-01T00:00:00Z");
    const int64_t seconds = INT64_C(59) * 8 * HOUR + beyond;
    const int64_t first_day = instant("2026-07-01T00:00:00Z");
    int64_t result = 0;
    sla_status status = SLA_LIMIT;
    assert_int_equal(sla_calendar_add(calendar, from, seconds, &result), SLA_OK);
    assert_int_equal(result, first_day + earliest);
    assert_int_equal(sla_calendar_add_many(calendar, 1, &from, &seconds, &result, &status), SLA_OK);
    assert_int_equal(status, SLA_OK);
    assert_int_equal(result, first_day + earliest);
    assert_int_equal(sla_calendar_add_late(calendar, from, seconds, &result), SLA_OK);
    assert_int_equal(result, first_day + latest);
    assert_int_equal(sla_calendar_elapsed(calendar, from, first_day + earliest, &result), SLA_OK);
    assert_int_equal(result, seconds);
}

static void answers_lie_beyond_gaps(void **state) {
    (void)state;
    static const sla_window plain[] = {{9 * HOUR, 17 * HOUR}};
    static const sla_window with_lunch[] = {{9 * HOUR, 13 * HOUR}, {14 * HOUR, 18 * HOUR}};
    sla_calendar *const office = office_with_a_gap(plain, 1);
    sla_calendar *const lunch = office_with_a_gap(with_lunch, 2);
    assert_false(office->index.full);
    assert_true(lunch->index.full);
    for (int64_t beyond = 600; beyond < 8 * HOUR; beyond += 600) {
        assert_added_across_the_gap(office, beyond, 9 * HOUR + beyond, 9 * HOUR + beyond);
        assert_added_across_the_gap(lunch, beyond, (beyond > 4 * HOUR ? 10 : 9) * HOUR + beyond,
                                    (beyond >= 4 * HOUR ? 10 : 9) * HOUR + beyond);
    }
    int64_t result = 0;
    assert_int_equal(sla_calendar_next_open(lunch, instant("2026-03-01T00:00:00Z"), &result), SLA_OK);
    assert_int_equal(result, instant("2026-07-01T09:00:00Z"));
    sla_calendar_unref(office);
    sla_calendar_unref(lunch);
}

/* 365 days of which no two are alike: day i opens at 100 i seconds for 43200 + i. */
static void days_may_all_be_different(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    const int32_t new_year = date("2026-01-01");
    for (int32_t i = 0; i < 365; i++) {
        const sla_window window = {100 * i, 100 * i + 43200 + i};
        add_exception(builder, new_year + i, new_year + i + 1, &window, 1, NULL);
    }
    sla_calendar *const calendar = finish(builder);
    assert_null(calendar->index.narrow_numbers);
    const int64_t begin = calendar->index.begin;
    int64_t before = 0;
    for (int64_t i = 0; i < 365; i++) {
        const int64_t opening = begin + i * SLI_DAY + 100 * i;
        int64_t result = 0;
        int32_t open = 7;
        assert_int_equal(sla_calendar_elapsed(calendar, begin, opening + 1, &result), SLA_OK);
        assert_int_equal(result, before + 1);
        assert_int_equal(sla_calendar_add(calendar, begin, before + 43200 + i, &result), SLA_OK);
        assert_int_equal(result, opening + 43200 + i);
        assert_int_equal(sla_calendar_add_late(calendar, begin, before, &result), SLA_OK);
        assert_int_equal(result, opening);
        assert_int_equal(sla_calendar_is_open(calendar, opening + 43200 + i, &open), SLA_OK);
        assert_int_equal(open, 0);
        assert_int_equal(sla_calendar_is_open(calendar, opening + 43199 + i, &open), SLA_OK);
        assert_int_equal(open, 1);
        before += 43200 + i;
    }
    sla_calendar_unref(calendar);
}

/* §3.4: the end of hours is the end of the horizon: it lies no more within. */
static void hours_may_end_with_the_horizon(void **state) {
    (void)state;
    sla_calendar_builder *const builder =
        new_builder("UTC", instant("2026-01-01T12:00:00Z"), instant("2026-01-03T12:00:00Z"));
    add_hours(builder, EVERY_DAY, 0, 86400);
    sla_calendar *const calendar = finish(builder);
    const int64_t from = instant("2026-01-01T12:00:00Z");
    static const struct {
        int64_t days;
        int32_t by;
        sla_status status;
        const char *result;
    } cases[] = {
        {0, -1, SLA_OK, "2026-01-02T00:00:00Z"},
        {1, -1, SLA_OK, "2026-01-03T00:00:00Z"},
        {2, -1, SLA_HORIZON, "1970-01-01T00:00:00Z"},
        {3, -1, SLA_HORIZON, "1970-01-01T00:00:00Z"},
        {0, 12 * HOUR, SLA_OK, "2026-01-01T12:00:00Z"},
        {0, 12 * HOUR - 1, SLA_OK, "2026-01-02T11:59:59Z"},
        {0, 86400, SLA_OK, "2026-01-02T00:00:00Z"},
        {2, 12 * HOUR - 1, SLA_OK, "2026-01-03T11:59:59Z"},
        {2, 12 * HOUR, SLA_HORIZON, "1970-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t result = 7;
        assert_int_equal(sla_calendar_add_business_days(calendar, from, cases[i].days, cases[i].by, &result),
                         cases[i].status);
        assert_int_equal(result, instant(cases[i].result));
    }
    sla_calendar_unref(calendar);
}

/* ---- Listing ---- */

typedef struct expected_span {
    const char *begin;
    const char *end;
    int32_t kind;
    int32_t closing;
} expected_span;

static void assert_listed(const sla_calendar *calendar, const expected_span *expected, size_t count) {
    enum { SPANS_MAX = 16 };
    sla_span spans[SPANS_MAX];
    size_t found = 0;
    assert_int_equal(
        sla_calendar_list(calendar, instant(expected[0].begin), instant(expected[count - 1].end), spans, SPANS_MAX, &found),
        SLA_OK);
    for (size_t i = 0; i < found && i < count; i++) {
        if (spans[i].begin != instant(expected[i].begin) || spans[i].end != instant(expected[i].end) ||
            spans[i].kind != expected[i].kind || spans[i].closing != expected[i].closing) {
            char begin[32];
            char end[32];
            sla_instant_format(spans[i].begin, NULL, begin, sizeof begin);
            sla_instant_format(spans[i].end, NULL, end, sizeof end);
            fail_msg("span %zu is %s to %s, kind %d, closing %d", i, begin, end, (int)spans[i].kind, (int)spans[i].closing);
        }
    }
    assert_int_equal(found, count);
}

#define ASSERT_LISTED(calendar, ...)                                                                                       \
    do {                                                                                                                   \
        static const expected_span expected[] = {__VA_ARGS__};                                                             \
        assert_listed(calendar, expected, COUNT_OF(expected));                                                             \
    } while (0)

/* The listing goes over 64 days at a time: nothing of that shows in the spans. */
static void a_span_goes_on_over_stretches(void **state) {
    (void)state;
    sla_calendar_builder *builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, 0, 86400);
    sla_calendar *calendar = finish(builder);
    ASSERT_LISTED(calendar, {"2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", SLA_SPAN_OPEN, -1});
    sla_calendar_unref(calendar);

    builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, 0, 86400);
    add_exception(builder, date("2026-02-01"), date("2026-06-01"), NULL, 0, "A");
    calendar = finish(builder);
    ASSERT_LISTED(calendar, {"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-02-01T00:00:00Z", "2026-06-01T00:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z", SLA_SPAN_OPEN, -1});
    sla_calendar_unref(calendar);
}

/* 2026-03-06 is 64 days after New Year. */
static void spans_that_meet_between_stretches_stay_apart(void **state) {
    (void)state;
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, 0, 86400);
    add_exception(builder, date("2026-03-05"), date("2026-03-06"), NULL, 0, "A");
    add_exception(builder, date("2026-03-06"), date("2026-03-07"), NULL, 0, "B");
    sla_calendar *const calendar = finish(builder);
    ASSERT_LISTED(calendar, {"2026-01-01T00:00:00Z", "2026-03-05T00:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z", SLA_SPAN_EXCEPTION, 1},
                  {"2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z", SLA_SPAN_OPEN, -1});
    ASSERT_LISTED(calendar, {"2026-01-02T00:00:00Z", "2026-03-05T00:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-03-06T00:00:00Z", "2026-03-07T00:00:00Z", SLA_SPAN_EXCEPTION, 1},
                  {"2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z", SLA_SPAN_OPEN, -1});
    sla_calendar_unref(calendar);
}

/* Feeds are given in any order: the earlier closing comes first, and of two at one time the earlier feed's. */
static void closings_of_several_feeds_are_sorted(void **state) {
    (void)state;
    const int64_t day = instant("2026-01-05T00:00:00Z");
    const closure afternoon[] = {{day + 12 * HOUR, day + 14 * HOUR, 0}};
    const closure morning[] = {{day + 10 * HOUR, day + 11 * HOUR, 0}, {day + 12 * HOUR, day + 15 * HOUR, 1}};
    sla_zone *const utc = load_zone("UTC");
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    const definition *const made = definition_of(builder);
    sla_feed *const feeds[] = {make_feed("one", utc, made->begin, made->end, afternoon, 1),
                               make_feed("two", utc, made->begin, made->end, morning, 2)};
    add_hours(builder, EVERY_DAY, 9 * HOUR, 17 * HOUR);
    for (size_t i = 0; i < COUNT_OF(feeds); i++) {
        assert_int_equal(sla_calendar_builder_add_feed(builder, feeds[i], NULL), SLA_OK);
        sla_feed_unref(feeds[i]);
    }
    sla_calendar *const calendar = finish(builder);
    ASSERT_LISTED(calendar, {"2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z", SLA_SPAN_FEED, 1},
                  {"2026-01-05T11:00:00Z", "2026-01-05T12:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-05T12:00:00Z", "2026-01-05T14:00:00Z", SLA_SPAN_FEED, 0},
                  {"2026-01-05T14:00:00Z", "2026-01-05T15:00:00Z", SLA_SPAN_FEED, 2},
                  {"2026-01-05T15:00:00Z", "2026-01-05T17:00:00Z", SLA_SPAN_OPEN, -1});
    assert_string_equal(sla_calendar_closing_feed(calendar, 0), "one");
    assert_string_equal(sla_calendar_closing_feed(calendar, 1), "two");
    assert_string_equal(sla_calendar_closing_title(calendar, 2), "Event 1");
    assert_null(sla_calendar_closing_title(calendar, 3));
    sla_calendar_unref(calendar);
    sla_zone_unref(utc);
}

/* §1.4: nothing opens on 2011-12-30 in Samoa, which skipped it; so an exception takes nothing away there. */
static void an_exception_takes_nothing_from_a_skipped_date(void **state) {
    (void)state;
    sla_calendar_builder *const builder =
        new_builder("Pacific/Apia", instant("2011-12-01T00:00:00Z"), instant("2012-02-01T00:00:00Z"));
    add_hours(builder, SLA_FRIDAY, 12 * HOUR, 14 * HOUR);
    add_exception(builder, date("2011-12-30"), date("2011-12-31"), NULL, 0, "skipped");
    add_exception(builder, date("2012-01-06"), date("2012-01-07"), NULL, 0, "kept");
    sla_calendar *const calendar = finish(builder);
    ASSERT_LISTED(calendar, {"2011-12-29T00:00:00Z", "2012-01-05T22:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2012-01-05T22:00:00Z", "2012-01-06T00:00:00Z", SLA_SPAN_EXCEPTION, 1},
                  {"2012-01-06T00:00:00Z", "2012-01-07T00:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1});
    sla_calendar_unref(calendar);
}

/* Two calendars of Monday 2026-01-05: 9 to 12 with an exception (closing 0), and 10 to 14 (closing 1 its exception). */
static sla_calendar *part(int32_t start, int32_t end, const char *closed) {
    sla_calendar_builder *const builder = builder_of_2026("UTC");
    add_hours(builder, EVERY_DAY, start * HOUR, end * HOUR);
    add_exception(builder, date(closed), date(closed) + 1, NULL, 0, closed);
    return finish(builder);
}

static sla_calendar *combine(int32_t operation, sla_calendar *one, sla_calendar *other) {
    sla_calendar *const parts[] = {one, other};
    sla_calendar *combined = NULL;
    assert_int_equal(sla_calendar_combine(operation, parts, 2, sla_calendar_zone(one), &combined, NULL), SLA_OK);
    return combined;
}

/* Where both parts are closed, the first that can say why does. */
static void a_combination_names_what_it_can(void **state) {
    (void)state;
    sla_calendar *const one = part(9, 12, "2026-01-05");
    sla_calendar *const other = part(10, 14, "2026-01-06");
    sla_calendar *const both = combine(SLA_UNION, one, other);
    ASSERT_LISTED(both, {"2026-01-05T00:00:00Z", "2026-01-05T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-01-05T10:00:00Z", "2026-01-05T14:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-05T14:00:00Z", "2026-01-06T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-06T09:00:00Z", "2026-01-06T12:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-06T12:00:00Z", "2026-01-06T14:00:00Z", SLA_SPAN_EXCEPTION, 1},
                  {"2026-01-06T14:00:00Z", "2026-01-07T00:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1});
    sla_calendar_unref(both);

    sla_calendar *const common = combine(SLA_INTERSECTION, one, other);
    ASSERT_LISTED(common, {"2026-01-05T00:00:00Z", "2026-01-05T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-05T09:00:00Z", "2026-01-05T12:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-01-05T12:00:00Z", "2026-01-06T10:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-06T10:00:00Z", "2026-01-06T14:00:00Z", SLA_SPAN_EXCEPTION, 1},
                  {"2026-01-06T14:00:00Z", "2026-01-07T10:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-07T10:00:00Z", "2026-01-07T12:00:00Z", SLA_SPAN_OPEN, -1});
    sla_calendar_unref(common);

    sla_calendar *const rest = combine(SLA_DIFFERENCE, one, other);
    ASSERT_LISTED(rest, {"2026-01-05T00:00:00Z", "2026-01-05T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-05T09:00:00Z", "2026-01-05T12:00:00Z", SLA_SPAN_EXCEPTION, 0},
                  {"2026-01-05T12:00:00Z", "2026-01-06T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-06T09:00:00Z", "2026-01-06T12:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-06T12:00:00Z", "2026-01-07T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, -1},
                  {"2026-01-07T09:00:00Z", "2026-01-07T10:00:00Z", SLA_SPAN_OPEN, -1},
                  {"2026-01-07T10:00:00Z", "2026-01-07T12:00:00Z", SLA_SPAN_COMBINATION, -1});
    sla_calendar_unref(rest);
    sla_calendar_unref(one);
    sla_calendar_unref(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_lies_within_the_day),
        cmocka_unit_test(an_exception_has_a_thousand_windows),
        cmocka_unit_test(a_calendar_has_a_million_exceptions),
        cmocka_unit_test(the_exceptions_have_ten_million_windows),
        cmocka_unit_test(the_titles_have_64_mib_in_all),
        cmocka_unit_test(closings_can_be_numbered),
        cmocka_unit_test(missing_pointers_are_refused),
        cmocka_unit_test(parts_have_one_horizon),
        cmocka_unit_test(exceptions_outside_of_the_horizon_are_kept_and_never_stand),
        cmocka_unit_test(the_index_has_as_many_pieces_as_can_be_numbered),
        cmocka_unit_test(an_empty_stretch_has_no_open_time),
        cmocka_unit_test(answers_lie_beyond_gaps),
        cmocka_unit_test(days_may_all_be_different),
        cmocka_unit_test(hours_may_end_with_the_horizon),
        cmocka_unit_test(a_span_goes_on_over_stretches),
        cmocka_unit_test(spans_that_meet_between_stretches_stay_apart),
        cmocka_unit_test(closings_of_several_feeds_are_sorted),
        cmocka_unit_test(an_exception_takes_nothing_from_a_skipped_date),
        cmocka_unit_test(a_combination_names_what_it_can),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
