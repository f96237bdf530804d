/* SPDX-License-Identifier: MIT */
/* What a calendar keeps of its definition (calendar/definition.h), and windows that a clock change puts out of order
 * (§1.4). */
#include "calendar_support.h"

#include "calendar/compiled.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { MINUTE = 60, HOUR = 3600, EVERY_DAY = 127 };

/* ---- What is kept ---- */

/* Hours of a weekday are sorted by start, in whatever order they are given; equal starts stay in theirs. */
static void hours_are_kept_by_their_start(void **state) {
    (void)state;
    static const sla_window given[] = {{500, 510}, {300, 310}, {700, 710}, {100, 110}, {300, 320},
                                       {600, 610}, {200, 210}, {400, 410}, {800, 810}, {0, 10}};
    static const sla_window kept[] = {{0, 10},    {100, 110}, {200, 210}, {300, 310}, {300, 320},
                                      {400, 410}, {500, 510}, {600, 610}, {700, 710}, {800, 810}};
    sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
    for (size_t i = 0; i < COUNT_OF(given); i++) {
        add_hours(builder, SLA_MONDAY + SLA_SUNDAY, given[i].start, given[i].end);
    }
    sla_calendar *const calendar = finish(builder);
    for (size_t day = 0; day < 7; day++) {
        const window_list *const hours = &calendar->definition.hours[day];
        assert_int_equal(hours->count, day == 0 || day == 6 ? COUNT_OF(kept) : 0);
        for (size_t i = 0; i < hours->count; i++) {
            assert_int_equal(hours->items[i].start, kept[i].start);
            assert_int_equal(hours->items[i].end, kept[i].end);
        }
    }
    sla_calendar_unref(calendar);
}

/* So are the windows of each exception, for itself. */
static void windows_of_an_exception_are_kept_by_their_start(void **state) {
    (void)state;
    static const sla_window given[] = {{500, 510}, {300, 310}, {400, 410}, {100, 110}, {50, 60}, {200, 210}};
    static const int32_t kept[] = {300, 400, 500, 50, 100, 200};
    sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
    add_exception(builder, 3, 4, given, 3, NULL);
    add_exception(builder, 5, 6, given + 3, 3, NULL);
    sla_calendar *const calendar = finish(builder);
    assert_int_equal(calendar->definition.exception_windows.count, COUNT_OF(kept));
    for (size_t i = 0; i < COUNT_OF(kept); i++) {
        assert_int_equal(calendar->definition.exception_windows.items[i].start, kept[i]);
        assert_int_equal(calendar->definition.exception_windows.items[i].end, kept[i] + 10);
    }
    sla_calendar_unref(calendar);
}

/* What is cleared or freed is empty: to do it again is harmless. */
static void what_is_cleared_is_empty(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
    add_hours(builder, EVERY_DAY, 0, HOUR);
    add_exception(builder, 3, 4, NULL, 0, "Easter");
    sla_calendar *const calendar = finish(builder);
    for (int i = 0; i < 2; i++) {
        sli_definition_clear(&calendar->definition);
        assert_null(calendar->definition.zone);
        assert_null(calendar->definition.hours[0].items);
        assert_int_equal(calendar->definition.exceptions.count, 0);
        sli_business_days_free(&calendar->days);
        assert_null(calendar->days.dates);
        assert_int_equal(calendar->days.count, 0);
    }
    sla_calendar_unref(calendar);
}

/* A title that is given again for the next exception is kept once, with its NUL. */
static void a_title_that_follows_itself_is_kept_once(void **state) {
    (void)state;
    static const struct {
        const char *titles[3];
        size_t bytes;
    } cases[] = {
        {{"Easter", "Easter", "Easter"}, 7}, {{"Easter", "Easter", "May"}, 11}, {{"May", "Easter", "Easter"}, 11},
        {{"May", "Easter", "May"}, 15},      {{NULL, NULL, NULL}, 1},           {{"May", NULL, ""}, 5},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
        add_hours(builder, EVERY_DAY, 0, HOUR);
        for (int32_t j = 0; j < 3; j++) {
            add_exception(builder, 3 + j, 4 + j, NULL, 0, cases[i].titles[j]);
        }
        sla_calendar *const calendar = finish(builder);
        assert_int_equal(calendar->definition.titles.count, cases[i].bytes);
        sla_calendar_unref(calendar);
    }
}

/* ---- Windows out of order ---- */

/* On 2026-03-29 clocks in Belgrade go from 02:00 to 03:00 (01:00Z): 02:30 is the instant called 03:30, after 03:10. */
static const sla_window skipped_and_not[] = {{2 * HOUR + 30 * MINUTE, 2 * HOUR + 40 * MINUTE},
                                             {3 * HOUR + 10 * MINUTE, 3 * HOUR + 20 * MINUTE}};

static sla_calendar_builder *spring(void) {
    return new_builder("Europe/Belgrade", instant("2026-03-28T00:00:00Z"), instant("2026-03-30T00:00:00Z"));
}

static void assert_open(const sla_calendar *calendar, int64_t from, int64_t until, int64_t seconds) {
    int64_t elapsed = 0;
    assert_int_equal(sla_calendar_elapsed(calendar, from, until, &elapsed), SLA_OK);
    assert_int_equal(elapsed, seconds);
}

/* Open from 01:10Z to 01:20Z and from 01:30Z to 01:40Z, and not else that day. */
static void assert_open_behind_the_change(const sla_calendar *calendar) {
    const int64_t change = instant("2026-03-29T01:00:00Z");
    assert_open(calendar, instant("2026-03-28T22:59:00Z"), change, 0);
    assert_open(calendar, change, change + 10 * MINUTE, 0);
    assert_open(calendar, change + 10 * MINUTE, change + 20 * MINUTE, 10 * MINUTE);
    assert_open(calendar, change + 20 * MINUTE, change + 30 * MINUTE, 0);
    assert_open(calendar, change + 30 * MINUTE, change + 40 * MINUTE, 10 * MINUTE);
    assert_open(calendar, change + 40 * MINUTE, calendar->index.end, 0);
    int64_t found = 0;
    assert_int_equal(sla_calendar_next_open(calendar, change, &found), SLA_OK);
    assert_true(found == change + 10 * MINUTE);
    assert_int_equal(sla_calendar_add(calendar, change, 15 * MINUTE, &found), SLA_OK);
    assert_true(found == change + 35 * MINUTE);
}

static void windows_are_in_order_behind_a_clock_change(void **state) {
    (void)state;
    sla_calendar_builder *builder = spring();
    for (size_t i = 0; i < 2; i++) {
        add_hours(builder, SLA_SUNDAY, skipped_and_not[i].start, skipped_and_not[i].end);
    }
    sla_calendar *calendar = finish(builder);
    assert_open_behind_the_change(calendar);
    sla_calendar_unref(calendar);

    builder = spring();
    add_exception(builder, date("2026-03-29"), date("2026-03-30"), skipped_and_not, 2, "maintenance");
    calendar = finish(builder);
    assert_open_behind_the_change(calendar);
    sla_calendar_unref(calendar);
}

/* What a feed takes of them is named in order too. */
static void closings_are_in_order_behind_a_clock_change(void **state) {
    (void)state;
    const int64_t change = instant("2026-03-29T01:00:00Z");
    const closure closed = {change + 10 * MINUTE, change + 35 * MINUTE, 0};
    sla_calendar_builder *const builder = spring();
    for (size_t i = 0; i < 2; i++) {
        add_hours(builder, SLA_SUNDAY, skipped_and_not[i].start, skipped_and_not[i].end);
    }
    sla_zone *const zone = load_zone("Europe/Belgrade");
    sla_feed *const feed =
        make_feed("night", zone, instant("2026-03-28T00:00:00Z"), instant("2026-03-30T00:00:00Z"), &closed, 1);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    sla_calendar *const calendar = finish(builder);
    static const struct {
        int64_t end; /* minutes from the change */
        int32_t kind;
    } expected[] = {{10, SLA_SPAN_OUTSIDE_HOURS}, {20, SLA_SPAN_FEED}, {30, SLA_SPAN_OUTSIDE_HOURS},
                    {35, SLA_SPAN_FEED},          {40, SLA_SPAN_OPEN}, {60, SLA_SPAN_OUTSIDE_HOURS}};
    sla_span spans[10];
    size_t count = 0;
    assert_int_equal(sla_calendar_list(calendar, change, change + HOUR, spans, COUNT_OF(spans), &count), SLA_OK);
    assert_int_equal(count, COUNT_OF(expected));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(spans[i].end - change, expected[i].end * MINUTE);
        assert_int_equal(spans[i].kind, expected[i].kind);
    }
    sla_calendar_unref(calendar);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
}

/* ---- Feeds ---- */

/* A feed's closures are read to their end, with not a byte of memory behind them. */
static void closures_are_read_to_their_end(void **state) {
    (void)state;
    const closure closures[] = {{0, HOUR, 0}, {SLI_DAY, SLI_DAY + HOUR, 1}, {2 * SLI_DAY, 2 * SLI_DAY + HOUR, 2}};
    sla_zone *const zone = load_zone("UTC");
    for (size_t closed = 1; closed <= COUNT_OF(closures); closed++) {
        sla_feed *const feed = make_feed("tight", zone, 0, 14 * SLI_DAY, closures, closed);
        feed->closures = realloc(feed->closures, closed * sizeof *feed->closures);
        assert_non_null(feed->closures);
        sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
        add_hours(builder, EVERY_DAY, 0, 2 * HOUR);
        assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
        sla_calendar *const calendar = finish(builder);
        assert_open(calendar, 0, 14 * SLI_DAY, (28 - (int64_t)closed) * HOUR);
        sla_span spans[50];
        size_t count = 0;
        assert_int_equal(sla_calendar_list(calendar, 0, 14 * SLI_DAY, spans, COUNT_OF(spans), &count), SLA_OK);
        assert_int_equal(count, 28 + closed);
        sla_calendar_unref(calendar);
        sla_feed_unref(feed);
    }
    sla_zone_unref(zone);
}

/* ---- Business days ---- */

/* §3.4: by a time of day that the last business day is past, there is none. */
static void behind_the_last_business_day_there_is_none(void **state) {
    (void)state;
    static const sla_window morning = {9 * HOUR, 10 * HOUR};
    sla_calendar_builder *const builder = new_builder("UTC", 0, 200 * SLI_DAY);
    add_exception(builder, 0, 3, &morning, 1, NULL);
    sla_calendar *const calendar = finish(builder);
    const int64_t last = 2 * SLI_DAY + 9 * HOUR;
    static const struct {
        int64_t days;
        int32_t by;
        sla_status status;
        int64_t result;
    } cases[] = {
        {0, 9 * HOUR, SLA_OK, 2 * SLI_DAY + 9 * HOUR},
        {0, 9 * HOUR - 1, SLA_HORIZON, 0},
        {1, 9 * HOUR, SLA_HORIZON, 0},
        {0, -1, SLA_OK, 2 * SLI_DAY + 10 * HOUR},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t result = 7;
        assert_int_equal(sla_calendar_add_business_days(calendar, last, cases[i].days, cases[i].by, &result),
                         cases[i].status);
        assert_true(result == cases[i].result);
    }
    sla_calendar_unref(calendar);
}

/* Nothing outside of a horizon is answered, not where it would lie with its sign turned either (§1.5). */
static void beside_the_horizon_there_is_no_answer(void **state) {
    (void)state;
    static const int64_t begins[] = {-7000 * SLI_DAY, 7000 * SLI_DAY};
    for (size_t i = 0; i < COUNT_OF(begins); i++) {
        const int64_t begin = begins[i];
        const int64_t end = begin + 14 * SLI_DAY;
        sla_calendar_builder *const builder = new_builder("UTC", begin, end);
        add_hours(builder, EVERY_DAY, 0, HOUR);
        sla_calendar *const calendar = finish(builder);
        const int64_t instants[] = {begin - 1, end, end + SLI_DAY, -begin, -begin + SLI_DAY, -end, 0};
        for (size_t j = 0; j < COUNT_OF(instants); j++) {
            int32_t open = 7;
            int64_t result = 7;
            assert_int_equal(sla_calendar_is_open(calendar, instants[j], &open), SLA_HORIZON);
            assert_int_equal(open, 0);
            assert_int_equal(sla_calendar_add(calendar, instants[j], 60, &result), SLA_HORIZON);
            assert_true(result == 0);
        }
        sla_calendar_unref(calendar);
    }
}

/* Without an answer the number is 0 (§1.5). */
static void beyond_the_horizon_there_is_no_business_day(void **state) {
    (void)state;
    sla_calendar_builder *const builder = new_builder("UTC", 0, 14 * SLI_DAY);
    add_hours(builder, EVERY_DAY, 0, HOUR);
    sla_calendar *const calendar = finish(builder);
    static const int64_t instants[] = {-1, 13 * SLI_DAY + HOUR, 14 * SLI_DAY, 20 * SLI_DAY};
    for (size_t i = 0; i < COUNT_OF(instants); i++) {
        int64_t number = 7;
        assert_int_equal(sli_calendar_business_day(calendar, instants[i], &number), SLA_HORIZON);
        assert_int_equal(number, 0);
    }
    sla_calendar_unref(calendar);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_kept_by_their_start),
        cmocka_unit_test(windows_of_an_exception_are_kept_by_their_start),
        cmocka_unit_test(what_is_cleared_is_empty),
        cmocka_unit_test(a_title_that_follows_itself_is_kept_once),
        cmocka_unit_test(windows_are_in_order_behind_a_clock_change),
        cmocka_unit_test(closings_are_in_order_behind_a_clock_change),
        cmocka_unit_test(closures_are_read_to_their_end),
        cmocka_unit_test(behind_the_last_business_day_there_is_none),
        cmocka_unit_test(beside_the_horizon_there_is_no_answer),
        cmocka_unit_test(beyond_the_horizon_there_is_no_business_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
