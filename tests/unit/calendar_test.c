/* SPDX-License-Identifier: MIT */
/* The rules of §2 and §3 in cases worked out by hand, the listing, and bad input. */
#include "calendar_support.h"

enum { WORKDAYS = SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY, EVERY_DAY = 127, HOUR = 3600 };

static sla_calendar_builder *default_builder(const char *zone) {
    return new_builder(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END);
}

static sla_calendar *office(const char *zone) {
    sla_calendar_builder *const builder = default_builder(zone);
    add_hours(builder, WORKDAYS, 9 * HOUR, 17 * HOUR);
    return finish(builder);
}

static sla_calendar *always(const char *zone_name) {
    sla_zone *const zone = load_zone(zone_name);
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_new_always(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &calendar, NULL), SLA_OK);
    sla_zone_unref(zone);
    return calendar;
}

static int64_t open_between(const sla_calendar *calendar, const char *from, const char *until) {
    int64_t seconds = -1;
    assert_int_equal(sla_calendar_elapsed(calendar, instant(from), instant(until), &seconds), SLA_OK);
    return seconds;
}

/* ---- §2.1: windows and clock changes ---- */

static void windows_follow_the_wall_clock(void **state) {
    (void)state;
    static const struct {
        const char *zone;
        const char *from;
        const char *until;
        int32_t weekdays;
        sla_window window;
        int32_t open;
    } cases[] = {
        {"Europe/Belgrade", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", SLA_SUNDAY, {2 * HOUR, 3 * HOUR}, 0},
        {"Europe/Belgrade", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", SLA_SUNDAY, {5400, 9000}, HOUR},
        {"Europe/Belgrade", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", SLA_SUNDAY, {2 * HOUR, 3 * HOUR}, 2 * HOUR},
        {"Europe/Belgrade", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", SLA_SUNDAY, {0, 24 * HOUR}, 23 * HOUR},
        {"Europe/Belgrade", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", SLA_SUNDAY, {0, 24 * HOUR}, 25 * HOUR},
        {"Europe/Belgrade", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", SLA_SATURDAY, {22 * HOUR, 6 * HOUR}, 7 * HOUR},
        {"Europe/Belgrade", "2026-11-27T12:00:00Z", "2026-11-30T12:00:00Z", SLA_SATURDAY, {24 * HOUR, 2 * HOUR}, 2 * HOUR},
        {"Europe/Belgrade", "2026-11-27T12:00:00Z", "2026-11-30T12:00:00Z", SLA_SATURDAY, {12 * HOUR, 0}, 12 * HOUR},
        /* Samoa had no Friday, 2011-12-30: nothing opens on it (§1.4). */
        {"Pacific/Apia", "2011-12-27T00:00:00Z", "2012-01-02T00:00:00Z", SLA_FRIDAY, {9 * HOUR, 17 * HOUR}, 0},
        {"Pacific/Apia", "2011-12-27T00:00:00Z", "2012-01-02T00:00:00Z", SLA_FRIDAY, {22 * HOUR, 6 * HOUR}, 0},
        {"Pacific/Apia", "2011-12-27T00:00:00Z", "2012-01-02T00:00:00Z", EVERY_DAY, {0, 24 * HOUR}, 6 * 24 * HOUR},
        /* Half an hour, at Lord Howe. */
        {"Australia/Lord_Howe", "2026-04-03T13:00:00Z", "2026-04-06T00:00:00Z", SLA_SUNDAY, {0, 24 * HOUR}, 88200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_calendar_builder *const builder = default_builder(cases[i].zone);
        add_hours(builder, cases[i].weekdays, cases[i].window.start, cases[i].window.end);
        sla_calendar *const calendar = finish(builder);
        assert_int_equal(open_between(calendar, cases[i].from, cases[i].until), cases[i].open);
        sla_calendar_unref(calendar);
    }
}

static void overlapping_and_touching_windows_merge(void **state) {
    (void)state;
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, SLA_MONDAY, 12 * HOUR, 24 * HOUR);
    add_hours(builder, SLA_MONDAY, 9 * HOUR, 12 * HOUR);
    add_hours(builder, SLA_MONDAY, 10 * HOUR, 11 * HOUR);
    add_hours(builder, SLA_TUESDAY, 0, 2 * HOUR);
    sla_calendar *const calendar = finish(builder);
    int64_t close = 0;
    assert_int_equal(sla_calendar_next_close(calendar, instant("2026-11-23T09:00:00Z"), &close), SLA_OK);
    assert_true(close == instant("2026-11-24T02:00:00Z"));
    assert_int_equal(open_between(calendar, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"), 17 * HOUR);
    sla_calendar_unref(calendar);
}

/* A window of the date before the horizon reaches into it; what lies outside is cut. */
static void windows_are_cut_to_the_horizon(void **state) {
    (void)state;
    const int64_t begin = instant("2026-11-24T03:00:00Z");
    sla_calendar_builder *const builder = new_builder("UTC", begin, instant("2026-11-24T23:00:00Z"));
    add_hours(builder, EVERY_DAY, 22 * HOUR, 6 * HOUR);
    sla_calendar *const calendar = finish(builder);
    assert_int_equal(open_between(calendar, "2026-11-24T03:00:00Z", "2026-11-24T23:00:00Z"), 4 * HOUR);
    int64_t at = -1;
    assert_int_equal(sla_calendar_next_close(calendar, instant("2026-11-24T22:00:00Z"), &at), SLA_HORIZON);
    assert_true(at == 0);
    assert_int_equal(sla_calendar_next_open(calendar, begin - 1, &at), SLA_HORIZON);
    assert_int_equal(sla_calendar_next_open(calendar, instant("2026-11-24T23:00:00Z"), &at), SLA_HORIZON);
    sla_calendar_unref(calendar);
}

/* ---- §2.3: exceptions and feeds ---- */

static void exceptions_replace_what_starts_on_their_dates(void **state) {
    (void)state;
    static const sla_window morning = {9 * HOUR, 13 * HOUR};
    static const sla_window night = {22 * HOUR, 6 * HOUR};
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, EVERY_DAY, 20 * HOUR, 4 * HOUR);
    add_exception(builder, date("2026-12-24"), date("2026-12-27"), NULL, 0, "Holidays");
    add_exception(builder, date("2026-12-25"), date("2026-12-26"), &morning, 1, "Christmas");
    add_exception(builder, date("2026-12-29"), date("2026-12-30"), &night, 1, NULL);
    sla_zone *const zone = load_zone("UTC");
    const closure whole_days = {instant("2026-12-25T00:00:00Z"), instant("2026-12-30T00:00:00Z"), 0};
    sla_feed *const feed = make_feed("closings", zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &whole_days, 1);
    feed->covers_until = instant("2027-01-01T00:00:00Z");
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_calendar *const calendar = finish(builder);
    static const struct {
        const char *from;
        const char *until;
        int32_t open;
        const char *why;
    } cases[] = {
        {"2026-12-24T00:00:00Z", "2026-12-24T04:00:00Z", 4 * HOUR, "the window of the 23rd is whole"},
        {"2026-12-24T04:00:00Z", "2026-12-25T00:00:00Z", 0, "closed by the exception"},
        {"2026-12-25T00:00:00Z", "2026-12-26T00:00:00Z", 4 * HOUR, "the last exception wins, also over the feed"},
        {"2026-12-26T00:00:00Z", "2026-12-29T00:00:00Z", 0, "exception, then feed"},
        {"2026-12-29T00:00:00Z", "2026-12-30T06:00:00Z", 8 * HOUR, "an exception's window wins over the feed, whole"},
        {"2026-12-30T06:00:00Z", "2026-12-31T00:00:00Z", 4 * HOUR, "the week goes on"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(open_between(calendar, cases[i].from, cases[i].until), cases[i].open);
    }
    assert_true(sla_calendar_covers_until(calendar) == instant("2027-01-01T00:00:00Z")); /* §2.7 */
    sla_feed_unref(feed);
    sla_zone_unref(zone);
    sla_calendar_unref(calendar);
}

/* A feed's all-day event takes its own 24 hours out of a window over midnight. */
static void feeds_close_instants_and_not_windows(void **state) {
    (void)state;
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, EVERY_DAY, 22 * HOUR, 6 * HOUR);
    sla_zone *const zone = load_zone("UTC");
    const closure closures[] = {{instant("2026-12-25T00:00:00Z"), instant("2026-12-26T00:00:00Z"), 0},
                                {instant("2026-12-25T10:00:00Z"), instant("2026-12-25T23:00:00Z"), 1}};
    sla_feed *const feed = make_feed("holidays", zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, closures, 2);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
    sla_calendar *const calendar = finish(builder);
    assert_int_equal(open_between(calendar, "2026-12-24T20:00:00Z", "2026-12-26T12:00:00Z"), 8 * HOUR);
    assert_true(sla_calendar_covers_until(calendar) == INT64_MAX);
    sla_calendar_unref(calendar);
}

static void many_exceptions_are_resolved_in_little_time(void **state) {
    (void)state;
    const int64_t begin = SLA_HORIZON_BEGIN;
    sla_calendar_builder *const builder = new_builder("UTC", begin, begin + INT64_C(146097) * SLI_DAY);
    add_hours(builder, EVERY_DAY, 9 * HOUR, 17 * HOUR);
    for (int32_t i = 0; i < 100000; i++) {
        add_exception(builder, 1000, 1001, NULL, 0, "the same date");
        add_exception(builder, 2000 + i, 2001 + i, NULL, 0, "a date of its own");
        add_exception(builder, INT32_MIN, INT32_MAX, NULL, 0, "all dates");
    }
    static const sla_window second = {0, 1};
    add_exception(builder, 2000, 100000, &second, 1, "");
    sla_calendar *const calendar = finish(builder);
    int64_t elapsed = 0;
    assert_int_equal(sla_calendar_elapsed(calendar, begin, begin + INT64_C(146097) * SLI_DAY, &elapsed), SLA_OK);
    assert_true(elapsed == 98000);
    sla_calendar_unref(calendar);
}

/* ---- §2.4, §2.5 ---- */

static void calendars_combine_as_sets_of_instants(void **state) {
    (void)state;
    sla_calendar *parts[] = {office("Europe/Belgrade"), office("UTC"), always("UTC")};
    static const struct {
        size_t first;
        size_t count;
        int32_t operation;
        int32_t open; /* on 2026-11-23: 08-16 and 09-17 UTC */
    } cases[] = {
        {0, 2, SLA_UNION, 9 * HOUR},  {0, 2, SLA_INTERSECTION, 7 * HOUR}, {0, 2, SLA_DIFFERENCE, HOUR},
        {0, 3, SLA_UNION, 24 * HOUR}, {0, 3, SLA_INTERSECTION, 7 * HOUR}, {1, 2, SLA_INTERSECTION, 8 * HOUR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_calendar *calendar = NULL;
        assert_int_equal(sla_calendar_combine(cases[i].operation, parts + cases[i].first, cases[i].count,
                                              sla_calendar_zone(parts[0]), &calendar, NULL),
                         SLA_OK);
        assert_int_equal(open_between(calendar, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"), cases[i].open);
        assert_ptr_equal(sla_calendar_zone(calendar), sla_calendar_zone(parts[0]));
        sla_calendar_unref(calendar);
    }
    for (size_t i = 0; i < 3; i++) {
        sla_calendar_unref(parts[i]);
    }
}

static void a_combination_is_checked(void **state) {
    (void)state;
    sla_calendar *const one = office("UTC");
    sla_calendar_builder *const builder = new_builder("UTC", 0, 86400);
    add_hours(builder, EVERY_DAY, 0, HOUR);
    sla_calendar *const other_horizon = finish(builder);
    sla_zone *const zone = sla_calendar_zone(one);
    sla_calendar *const same[] = {one, one};
    sla_calendar *const missing[] = {one, NULL};
    sla_calendar *const mixed[] = {one, other_horizon};
    sla_calendar *calendar = one;
    sla_error error;
    assert_int_equal(sla_calendar_combine(SLA_DIFFERENCE, same, 2, zone, &calendar, &error), SLA_NEVER_OPEN); /* §2.6 */
    assert_null(calendar);
    assert_int_equal(sla_calendar_combine(SLA_UNION, missing, 2, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(SLA_UNION, mixed, 2, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(SLA_UNION, same, 1, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(SLA_UNION, NULL, 2, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(SLA_UNION, same, 2, NULL, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(3, same, 2, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(-1, same, 2, zone, &calendar, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_combine(SLA_UNION, same, 2, zone, NULL, &error), SLA_INVALID_ARGUMENT);
    sla_calendar_unref(one);
    sla_calendar_unref(other_horizon);
}

/* Each combination of a combination with itself doubles it: the bound comes before the memory goes. */
static void combinations_of_combinations_are_bounded(void **state) {
    (void)state;
    sla_calendar *calendar = office("UTC");
    sla_status status = SLA_OK;
    int depth = 0;
    for (; status == SLA_OK && depth < 100; depth++) {
        sla_calendar *const parts[] = {calendar, calendar};
        sla_calendar *combined = NULL;
        status = sla_calendar_combine(SLA_UNION, parts, 2, sla_calendar_zone(calendar), &combined, NULL);
        if (status == SLA_OK) {
            sla_calendar_unref(calendar);
            calendar = combined;
        }
    }
    assert_int_equal(status, SLA_LIMIT);
    assert_in_range(depth, 5, 20);
    sla_calendar_unref(calendar);
}

/* ---- §3 at its edges ---- */

static void no_duration_overflows(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (int32_t hour = 8; hour < 20; hour += 3) {
        add_hours(builder, EVERY_DAY, hour * HOUR, (hour + 1) * HOUR);
    }
    sla_calendar *const calendars[] = {office("UTC"), always("UTC"), finish(builder)};
    static const int64_t durations[] = {INT64_MAX,     INT64_MIN,       INT64_MAX - 1,
                                        INT64_MIN + 1, SLA_HORIZON_END, -SLA_HORIZON_END};
    static const int64_t starts[] = {0, 1, SLA_HORIZON_END / 2, SLA_HORIZON_END - 1};
    for (size_t i = 0; i < sizeof calendars / sizeof *calendars; i++) {
        for (size_t j = 0; j < sizeof durations / sizeof *durations; j++) {
            for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
                int64_t at = -1;
                assert_int_equal(sla_calendar_add(calendars[i], starts[k], durations[j], &at), SLA_HORIZON);
                assert_int_equal(sla_calendar_add_late(calendars[i], starts[k], durations[j], &at), SLA_HORIZON);
                assert_true(at == 0);
            }
        }
        sla_calendar_unref(calendars[i]);
    }
}

static void questions_and_answers_lie_in_the_horizon(void **state) {
    (void)state;
    sla_calendar *const calendar = always("UTC");
    const int64_t end = SLA_HORIZON_END;
    int64_t result = -1;
    int32_t open = -1;
    static const int64_t outside[] = {-1, SLA_HORIZON_END, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_int_equal(sla_calendar_is_open(calendar, outside[i], &open), SLA_HORIZON);
        assert_int_equal(sla_calendar_add(calendar, outside[i], 0, &result), SLA_HORIZON);
        assert_int_equal(sla_calendar_add_late(calendar, outside[i], 0, &result), SLA_HORIZON);
        assert_int_equal(sla_calendar_next_open(calendar, outside[i], &result), SLA_HORIZON);
        assert_int_equal(sla_calendar_next_close(calendar, outside[i], &result), SLA_HORIZON);
        assert_int_equal(sla_calendar_add_business_days(calendar, outside[i], 0, -1, &result), SLA_HORIZON);
        assert_int_equal(sla_calendar_elapsed(calendar, outside[i], 5, &result), outside[i] == end ? SLA_OK : SLA_HORIZON);
        assert_int_equal(sla_calendar_elapsed(calendar, 5, outside[i], &result), outside[i] == end ? SLA_OK : SLA_HORIZON);
    }
    assert_int_equal(sla_calendar_elapsed(calendar, end, 0, &result), SLA_OK);
    assert_true(result == -end);
    assert_int_equal(sla_calendar_add(calendar, end - 10, 9, &result), SLA_OK);
    assert_int_equal(sla_calendar_add(calendar, end - 10, 10, &result), SLA_HORIZON);
    assert_int_equal(sla_calendar_add(calendar, 10, -10, &result), SLA_OK);
    assert_int_equal(sla_calendar_add_late(calendar, 10, -10, &result), SLA_OK);
    assert_true(result == 0);
    assert_int_equal(sla_calendar_add(calendar, 10, -11, &result), SLA_HORIZON);
    assert_int_equal(sla_calendar_next_close(calendar, 0, &result), SLA_HORIZON);
    int64_t begin = -1;
    int64_t found_end = -1;
    assert_int_equal(sla_calendar_horizon(calendar, &begin, &found_end), SLA_OK);
    assert_true(begin == 0 && found_end == end);
    sla_calendar_unref(calendar);
}

/* §3.4; and B(t) of §7.3. */
static void business_days_are_numbered(void **state) {
    (void)state;
    sla_calendar *const calendar = office("Europe/Belgrade");
    static const struct {
        const char *at;
        int64_t days;
        int32_t by;
        const char *answer; /* NULL: beyond the horizon */
    } cases[] = {
        {"2026-11-23T10:00:00Z", 0, -1, "2026-11-23T16:00:00Z"},
        {"2026-11-23T16:00:00Z", 1, -1, "2026-11-25T16:00:00Z"},
        {"2026-11-27T12:00:00Z", 1, -1, "2026-11-30T16:00:00Z"},
        {"2026-11-23T10:00:00Z", 1, 0, "2026-11-23T23:00:00Z"},
        {"2026-11-23T10:00:00Z", 0, 8 * HOUR, "2026-11-24T07:00:00Z"},
        {"2026-11-23T10:00:00Z", 0, 86400, "2026-11-23T23:00:00Z"},
        {"2026-11-23T15:00:00Z", 0, 16 * HOUR, "2026-11-23T15:00:00Z"},
        {"2026-11-23T15:00:01Z", 0, 16 * HOUR, "2026-11-24T15:00:00Z"},
        {"2026-11-23T10:00:00Z", INT64_MAX, -1, NULL},
        {"2099-12-31T10:00:00Z", 0, 86400, "2099-12-31T23:00:00Z"},
        {"2099-12-31T10:00:00Z", 1, -1, NULL},
        {"2099-12-31T10:00:00Z", 0, HOUR, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t answer = -1;
        const sla_status status =
            sla_calendar_add_business_days(calendar, instant(cases[i].at), cases[i].days, cases[i].by, &answer);
        assert_int_equal(status, cases[i].answer == NULL ? SLA_HORIZON : SLA_OK);
        assert_true(answer == (cases[i].answer == NULL ? 0 : instant(cases[i].answer)));
    }
    int64_t friday = 0;
    int64_t weekend = 0;
    assert_int_equal(sli_calendar_business_day(calendar, instant("2026-11-27T12:00:00Z"), &friday), SLA_OK);
    assert_int_equal(sli_calendar_business_day(calendar, instant("2026-11-27T17:00:00Z"), &weekend), SLA_OK);
    assert_int_equal(weekend - friday, 1);
    int64_t answer = -1;
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, -1, -1, &answer), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 1, -2, &answer), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 1, 86401, &answer), SLA_INVALID_ARGUMENT);
    sla_calendar_unref(calendar);
}

/* §3.5: batch = scalar; an output array may be an input array; one bad element stops nothing. */
static void a_batch_is_its_scalar_calls(void **state) {
    (void)state;
    enum { COUNT = 1000 };
    sla_calendar *const calendar = office("America/New_York");
    int64_t at[COUNT];
    int64_t seconds[COUNT];
    int64_t due[COUNT];
    int64_t elapsed[COUNT];
    sla_status statuses[COUNT];
    for (int64_t i = 0; i < COUNT; i++) {
        at[i] = i % 10 == 9 ? -i : i * 4102000;
        seconds[i] = (i - 100) * 3607;
    }
    assert_int_equal(sla_calendar_add_many(calendar, COUNT, at, seconds, due, statuses), SLA_OK);
    assert_int_equal(sla_calendar_elapsed_many(calendar, COUNT, at, due, elapsed, NULL), SLA_OK);
    for (size_t i = 0; i < COUNT; i++) {
        int64_t expected = -1;
        assert_int_equal(sla_calendar_add(calendar, at[i], seconds[i], &expected), statuses[i]);
        assert_true(due[i] == expected);
        (void)sla_calendar_elapsed(calendar, at[i], due[i], &expected);
        assert_true(elapsed[i] == expected);
        assert_true(statuses[i] != SLA_OK || elapsed[i] == seconds[i]);
    }
    assert_int_equal(sla_calendar_add_many(calendar, COUNT, at, seconds, at, NULL), SLA_OK);
    assert_memory_equal(at, due, sizeof at);
    assert_int_equal(sla_calendar_elapsed_many(calendar, COUNT, due, seconds, seconds, statuses), SLA_OK);
    for (size_t i = 0; i < COUNT; i++) {
        int64_t expected = -1;
        assert_int_equal(sla_calendar_elapsed(calendar, due[i], ((int64_t)i - 100) * 3607, &expected), statuses[i]);
        assert_true(seconds[i] == expected);
    }
    assert_int_equal(sla_calendar_add_many(calendar, 0, NULL, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_calendar_elapsed_many(calendar, 0, NULL, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_calendar_add_many(calendar, 1, NULL, seconds, due, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_many(calendar, 1, at, NULL, due, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_many(calendar, 1, at, seconds, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_elapsed_many(NULL, 1, at, due, due, NULL), SLA_INVALID_ARGUMENT);
    sla_calendar_unref(calendar);
}

/* ---- The listing ---- */

typedef struct expected_span {
    const char *end;
    int32_t kind;
    const char *title; /* NULL: nothing that has a name */
    const char *feed;
} expected_span;

static void assert_listing(const sla_calendar *calendar, const char *from, const expected_span *expected,
                           size_t expected_count) {
    sla_span spans[32];
    size_t count = 0;
    int64_t at = instant(from);
    assert_int_equal(sla_calendar_list(calendar, at, instant(expected[expected_count - 1].end), spans, 32, &count), SLA_OK);
    for (size_t i = 0; i < count && i < expected_count; i++) {
        assert_true(spans[i].begin == at);
        at = spans[i].end;
        assert_true(at == instant(expected[i].end));
        assert_int_equal(spans[i].kind, expected[i].kind);
        if (expected[i].title == NULL) {
            assert_int_equal(spans[i].closing, -1);
        } else {
            assert_string_equal(sla_calendar_closing_title(calendar, spans[i].closing), expected[i].title);
            assert_string_equal(sla_calendar_closing_feed(calendar, spans[i].closing), expected[i].feed);
        }
    }
    assert_int_equal(count, expected_count);
}

static sla_calendar *listed_office(void) {
    static const sla_window morning = {9 * HOUR, 13 * HOUR};
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, WORKDAYS, 9 * HOUR, 17 * HOUR);
    add_exception(builder, date("2026-12-24"), date("2026-12-25"), &morning, 1, "Christmas Eve");
    sla_zone *const zone = load_zone("UTC");
    const closure holiday = {instant("2026-12-24T00:00:00Z"), instant("2026-12-26T00:00:00Z"), 0};
    sla_feed *const feed = make_feed("holidays", zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &holiday, 1);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
    return finish(builder);
}

/* §2.3: every exception keeps its own title, whatever those around it are called. */
static void exceptions_keep_their_titles(void **state) {
    (void)state;
    static const char *const titles[] = {"Inventory", "Inventory", "", "Move", "Inventory", "Move", "Move"};
    enum { TITLES = sizeof titles / sizeof *titles };
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, WORKDAYS, 9 * HOUR, 17 * HOUR);
    for (int32_t i = 0; i < TITLES; i++) {
        add_exception(builder, date("2026-12-07") + i, date("2026-12-07") + i + 1, NULL, 0, titles[i]);
    }
    sla_calendar *const calendar = finish(builder);
    for (int32_t i = 0; i < TITLES; i++) {
        assert_string_equal(sla_calendar_closing_title(calendar, i), titles[i]);
    }
    sla_calendar_unref(calendar);
}

static void the_listing_says_what_closed(void **state) {
    (void)state;
    sla_calendar *const calendar = listed_office();
    static const expected_span expected[] = {
        {"2026-12-24T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, NULL, NULL},
        {"2026-12-24T13:00:00Z", SLA_SPAN_OPEN, NULL, NULL},
        {"2026-12-24T17:00:00Z", SLA_SPAN_EXCEPTION, "Christmas Eve", ""},
        {"2026-12-25T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, NULL, NULL},
        {"2026-12-25T17:00:00Z", SLA_SPAN_FEED, "Event 0", "holidays"},
        {"2026-12-28T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, NULL, NULL},
        {"2026-12-28T10:00:00Z", SLA_SPAN_OPEN, NULL, NULL},
    };
    assert_listing(calendar, "2026-12-24T00:00:00Z", expected, sizeof expected / sizeof *expected);
    assert_null(sla_calendar_closing_title(calendar, -1));
    assert_null(sla_calendar_closing_title(calendar, 2));
    assert_null(sla_calendar_closing_feed(calendar, 2));
    assert_null(sla_calendar_closing_title(NULL, 0));
    sla_calendar_unref(calendar);
}

static void a_combination_says_which_part_closed(void **state) {
    (void)state;
    sla_calendar *const parts[] = {office("UTC"), listed_office(), listed_office()};
    sla_zone *const zone = sla_calendar_zone(parts[0]);
    sla_calendar *both = NULL;
    sla_calendar *without = NULL;
    sla_calendar *either = NULL;
    assert_int_equal(sla_calendar_combine(SLA_INTERSECTION, parts, 2, zone, &both, NULL), SLA_OK);
    assert_int_equal(sla_calendar_combine(SLA_DIFFERENCE, parts, 2, zone, &without, NULL), SLA_OK);
    assert_int_equal(sla_calendar_combine(SLA_UNION, parts + 1, 2, zone, &either, NULL), SLA_OK);
    static const expected_span of_both[] = {
        {"2026-12-24T17:00:00Z", SLA_SPAN_EXCEPTION, "Christmas Eve", ""},
        {"2026-12-25T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, NULL, NULL},
        {"2026-12-25T17:00:00Z", SLA_SPAN_FEED, "Event 0", "holidays"},
    };
    static const expected_span of_without[] = {
        {"2026-12-24T09:00:00Z", SLA_SPAN_OUTSIDE_HOURS, NULL, NULL},
        {"2026-12-24T13:00:00Z", SLA_SPAN_COMBINATION, NULL, NULL},
        {"2026-12-24T17:00:00Z", SLA_SPAN_OPEN, NULL, NULL},
    };
    assert_listing(both, "2026-12-24T13:00:00Z", of_both, 3);
    assert_listing(either, "2026-12-24T13:00:00Z", of_both, 3);
    assert_listing(without, "2026-12-24T00:00:00Z", of_without, 3);
    /* Two closings in each of the parts: those of the second follow. */
    for (int32_t closing = 0; closing < 4; closing++) {
        assert_string_equal(sla_calendar_closing_title(either, closing), closing % 2 == 0 ? "Christmas Eve" : "Event 0");
    }
    assert_null(sla_calendar_closing_title(either, 4));
    for (size_t i = 0; i < 3; i++) {
        sla_calendar_unref(parts[i]);
    }
    sla_calendar_unref(both);
    sla_calendar_unref(without);
    sla_calendar_unref(either);
}

static void a_listing_is_checked(void **state) {
    (void)state;
    sla_calendar *const calendar = office("UTC");
    sla_span span;
    size_t count = 9;
    assert_int_equal(sla_calendar_list(calendar, -1, 5, &span, 1, &count), SLA_HORIZON);
    assert_int_equal(count, 0);
    assert_int_equal(sla_calendar_list(calendar, 0, SLA_HORIZON_END + 1, &span, 1, &count), SLA_HORIZON);
    assert_int_equal(sla_calendar_list(calendar, 6, 5, &span, 1, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_list(calendar, 0, 5, NULL, 1, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_list(calendar, 0, 5, &span, 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_list(NULL, 0, 5, &span, 1, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_list(calendar, 0, 5, NULL, 0, &count), SLA_OK);
    assert_int_equal(sla_calendar_list(calendar, 5, 5, &span, 1, &count), SLA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(sla_calendar_list(calendar, 0, SLA_HORIZON_END, &span, 1, &count), SLA_OK);
    assert_int_equal(count, 1);
    assert_true(span.begin == 0 && span.end == 32400);
    sla_calendar_unref(calendar);
}

/* ---- Bad input ---- */

static void horizons_are_checked(void **state) {
    (void)state;
    static const struct {
        int64_t begin;
        int64_t end;
    } cases[] = {
        {0, 0},
        {1, 0},
        {INT64_MIN, INT64_MAX},
        {INT64_MAX, INT64_MIN},
        {0, INT64_C(146097) * SLI_DAY + 1},
        {INT64_C(-62135596801), 0},
        {INT64_C(253370764800), INT64_C(253370764801)},
    };
    sla_zone *const zone = load_zone("UTC");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_calendar_builder *builder = NULL;
        sla_calendar *calendar = NULL;
        sla_error error;
        assert_int_equal(sla_calendar_builder_new(zone, cases[i].begin, cases[i].end, &builder, &error),
                         SLA_INVALID_ARGUMENT);
        assert_int_equal(sla_calendar_new_always(zone, cases[i].begin, cases[i].end, &calendar, &error),
                         SLA_INVALID_ARGUMENT);
        assert_null(builder);
        assert_null(calendar);
        assert_string_not_equal(error.message, "");
    }
    sla_calendar_builder *builder = NULL;
    assert_int_equal(sla_calendar_builder_new(NULL, 0, 1, &builder, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_new(zone, 0, 1, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_new_always(zone, 0, 1, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_zone_unref(zone);
}

static void windows_are_checked(void **state) {
    (void)state;
    sla_calendar_builder *const builder = default_builder("UTC");
    static const struct {
        int32_t weekdays;
        int32_t start;
        int32_t end;
    } cases[] = {
        {0, 0, 1},   {128, 0, 1}, {-1, 0, 1},          {127, -1, 5},        {127, 0, 86401},
        {127, 5, 5}, {127, 0, 0}, {127, 86400, 86400}, {127, INT32_MIN, 0}, {127, 0, INT32_MAX},
    };
    sla_error error;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sla_calendar_builder_add_hours(builder, cases[i].weekdays, cases[i].start, cases[i].end, &error),
                         SLA_INVALID_ARGUMENT);
        assert_string_not_equal(error.message, "");
    }
    assert_int_equal(sla_calendar_builder_add_hours(NULL, 1, 0, 1, NULL), SLA_INVALID_ARGUMENT);
    for (int32_t i = 0; i < 1000; i++) {
        add_hours(builder, SLA_MONDAY, i * 80, i * 80 + 40);
    }
    assert_int_equal(sla_calendar_builder_add_hours(builder, EVERY_DAY, 0, 1, &error), SLA_LIMIT);
    sla_calendar *const calendar = finish(builder); /* the failed call left the other days as they were */
    assert_int_equal(open_between(calendar, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"), 40000);
    sla_calendar_unref(calendar);
}

static void exceptions_are_checked(void **state) {
    (void)state;
    sla_calendar_builder *const builder = default_builder("UTC");
    const sla_window equal_ends = {5, 5};
    sla_error error;
    assert_int_equal(sla_calendar_builder_add_exception(builder, 5, 5, NULL, 0, "", 0, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 6, 5, NULL, 0, "", 0, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 5, 6, NULL, 1, "", 0, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 5, 6, &equal_ends, 1, "", 0, &error),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 5, 6, &equal_ends, SIZE_MAX, "", 0, &error), SLA_LIMIT);
    assert_int_equal(sla_calendar_builder_add_exception(builder, 5, 6, NULL, 0, "\xFF", 1, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_exception(NULL, 5, 6, NULL, 0, "", 0, &error), SLA_INVALID_ARGUMENT);
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, &error), SLA_NEVER_OPEN); /* §2.6 */
    assert_null(calendar);
    add_hours(builder, EVERY_DAY, 0, 86400);
    add_exception(builder, INT32_MIN, INT32_MAX, NULL, 0, NULL);
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, &error), SLA_NEVER_OPEN);
    assert_int_equal(sla_calendar_builder_build(builder, NULL, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_build(NULL, &calendar, &error), SLA_INVALID_ARGUMENT);
    sla_calendar_builder_free(builder);
    sla_calendar_builder_free(NULL);
}

static void feeds_must_fit_the_calendar(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", 0, 1000);
    sla_zone *const utc = load_zone("UTC");
    sla_zone *const belgrade = load_zone("Europe/Belgrade");
    sla_feed *const feeds[] = {make_feed("zone", belgrade, 0, 1000, NULL, 0), make_feed("late", utc, 1, 1000, NULL, 0),
                               make_feed("short", utc, 0, 999, NULL, 0)};
    sla_error error;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sla_calendar_builder_add_feed(builder, feeds[i], &error), SLA_INVALID_ARGUMENT);
        assert_non_null(strstr(error.message, feeds[i]->name));
        sla_feed_unref(feeds[i]);
    }
    assert_int_equal(sla_calendar_builder_add_feed(builder, NULL, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_builder_add_feed(NULL, NULL, &error), SLA_INVALID_ARGUMENT);
    assert_null(sla_feed_ref(NULL));
    sla_feed_unref(NULL);
    sla_zone_unref(utc);
    sla_zone_unref(belgrade);
    sla_calendar_builder_free(builder);
}

static void missing_pointers_are_refused(void **state) {
    (void)state;
    sla_calendar *const calendar = office("UTC");
    int64_t result = 7;
    int32_t open = 7;
    assert_int_equal(sla_calendar_is_open(NULL, 0, &open), SLA_INVALID_ARGUMENT);
    assert_int_equal(open, 0);
    assert_int_equal(sla_calendar_is_open(calendar, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_elapsed(NULL, 0, 0, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(result, 0);
    assert_int_equal(sla_calendar_elapsed(calendar, 0, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add(NULL, 0, 0, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add(calendar, 0, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_late(NULL, 0, 0, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_late(calendar, 0, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_next_open(NULL, 0, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_next_close(NULL, 0, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_next_close(calendar, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_business_days(NULL, 0, 0, -1, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_add_business_days(calendar, 0, 0, -1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_calendar_horizon(NULL, &result, &result), SLA_INVALID_ARGUMENT);
    result = 7;
    assert_int_equal(sla_calendar_horizon(calendar, NULL, &result), SLA_INVALID_ARGUMENT);
    assert_int_equal(result, 0);
    result = 7;
    assert_int_equal(sla_calendar_horizon(calendar, &result, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(result, 0);
    assert_null(sla_calendar_zone(NULL));
    assert_null(sla_calendar_ref(NULL));
    sla_calendar_unref(NULL);
    sla_calendar_unref(calendar);
}

/* A built object holds what it is made of; the builder goes on. */
static void builders_and_calendars_part_in_any_order(void **state) {
    (void)state;
    sla_calendar_builder *const builder = default_builder("UTC");
    add_hours(builder, SLA_MONDAY, 0, HOUR);
    sla_calendar *first = NULL;
    assert_int_equal(sla_calendar_builder_build(builder, &first, NULL), SLA_OK);
    add_hours(builder, SLA_MONDAY, HOUR, 2 * HOUR);
    sla_calendar *const second = finish(builder);
    assert_int_equal(open_between(first, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"), HOUR);
    assert_int_equal(open_between(second, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"), 2 * HOUR);
    sla_calendar *const parts[] = {second, first};
    sla_calendar *combined = NULL;
    assert_int_equal(sla_calendar_combine(SLA_DIFFERENCE, parts, 2, sla_calendar_zone(first), &combined, NULL), SLA_OK);
    sla_calendar_unref(first);
    sla_calendar_unref(second);
    assert_ptr_equal(sla_calendar_ref(combined), combined);
    sla_calendar_unref(combined);
    assert_int_equal(open_between(combined, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"), HOUR);
    sla_calendar_unref(combined);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_follow_the_wall_clock),
        cmocka_unit_test(overlapping_and_touching_windows_merge),
        cmocka_unit_test(windows_are_cut_to_the_horizon),
        cmocka_unit_test(exceptions_replace_what_starts_on_their_dates),
        cmocka_unit_test(exceptions_keep_their_titles),
        cmocka_unit_test(feeds_close_instants_and_not_windows),
        cmocka_unit_test(many_exceptions_are_resolved_in_little_time),
        cmocka_unit_test(calendars_combine_as_sets_of_instants),
        cmocka_unit_test(a_combination_is_checked),
        cmocka_unit_test(combinations_of_combinations_are_bounded),
        cmocka_unit_test(no_duration_overflows),
        cmocka_unit_test(questions_and_answers_lie_in_the_horizon),
        cmocka_unit_test(business_days_are_numbered),
        cmocka_unit_test(a_batch_is_its_scalar_calls),
        cmocka_unit_test(the_listing_says_what_closed),
        cmocka_unit_test(a_combination_says_which_part_closed),
        cmocka_unit_test(a_listing_is_checked),
        cmocka_unit_test(horizons_are_checked),
        cmocka_unit_test(windows_are_checked),
        cmocka_unit_test(exceptions_are_checked),
        cmocka_unit_test(feeds_must_fit_the_calendar),
        cmocka_unit_test(missing_pointers_are_refused),
        cmocka_unit_test(builders_and_calendars_part_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
