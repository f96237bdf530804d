/* SPDX-License-Identifier: MIT */
/* What calendars cost out of a budget that they share (calendar/calendar.h): to the last unit, so that no limit moves. */
#include "calendar_support.h"

#include "calendar/compiled.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { HOUR = 3600, EVERY_DAY = 127, WEEKDAYS = 31, PLENTY = 1000000 };

/* Windows of an hour each, on a set of weekdays; exceptions of some windows for some dates; closures of two feeds. */
typedef struct made_of {
    int64_t days;
    int32_t weekdays;
    int32_t windows;
    int32_t exceptions[2][2]; /* dates, windows on each */
    size_t closures[2];
} made_of;

static sla_calendar_builder *builder_of(const made_of *of) {
    const int64_t begin = instant("2026-01-01T00:00:00Z");
    const int64_t end = begin + of->days * SLI_DAY;
    static const closure closures[] = {{0, 1, 0}, {0, 2, 1}, {0, 3, 2}, {0, 4, 3}, {0, 5, 4}};
    static const sla_window windows[] = {{HOUR, 2 * HOUR}, {3 * HOUR, 4 * HOUR}, {5 * HOUR, 6 * HOUR}};
    sla_calendar_builder *const builder = new_builder("UTC", begin, end);
    for (int32_t i = 0; i < of->windows; i++) {
        add_hours(builder, of->weekdays, 2 * i * HOUR, (2 * i + 1) * HOUR);
    }
    int32_t first = date("2026-01-05");
    for (size_t i = 0; i < 2 && of->exceptions[i][0] > 0; i++) {
        add_exception(builder, first, first + of->exceptions[i][0], windows, (size_t)of->exceptions[i][1], NULL);
        first += of->exceptions[i][0];
    }
    sla_zone *const zone = load_zone("UTC");
    for (size_t i = 0; i < 2 && of->closures[i] > 0; i++) {
        sla_feed *const feed = make_feed("closures", zone, begin, end, closures, of->closures[i]);
        assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
        sla_feed_unref(feed);
    }
    sla_zone_unref(zone);
    return builder;
}

/* Days and one more; windows of a week for each week begun; windows of exceptions; closures for each 2048 days begun. */
static void a_calendar_costs_its_days_windows_and_closures(void **state) {
    (void)state;
    static const struct {
        made_of of;
        int64_t cost;
    } cases[] = {
        {{10, SLA_MONDAY, 1, {{0}}, {0}}, 11 + 1 * 2},
        {{10, SLA_SUNDAY, 3, {{0}}, {0}}, 11 + 3 * 2},
        {{5, EVERY_DAY, 2, {{0}}, {0}}, 6 + 14 * 1},
        {{6, EVERY_DAY, 2, {{0}}, {0}}, 7 + 14 * 2},
        {{55, WEEKDAYS, 2, {{0}}, {0}}, 56 + 10 * 9},
        {{10, SLA_MONDAY, 1, {{4, 3}}, {0}}, 11 + 1 * 2 + 4 * 3},
        {{10, SLA_MONDAY, 1, {{4, 3}, {2, 1}}, {0}}, 11 + 1 * 2 + 4 * 3 + 2 * 1},
        {{10, EVERY_DAY, 1, {{4, 0}}, {0}}, 11 + 7 * 2},
        {{100, SLA_MONDAY, 1, {{0}}, {3}}, 101 + 1 * 15 + 3 * 1},
        {{100, SLA_MONDAY, 1, {{0}}, {3, 5}}, 101 + 1 * 15 + 8 * 1},
        {{2046, SLA_MONDAY, 1, {{0}}, {3, 5}}, 2047 + 1 * 293 + 8 * 1},
        {{2047, SLA_MONDAY, 1, {{0}}, {3, 5}}, 2048 + 1 * 293 + 8 * 2},
        {{4095, SLA_MONDAY, 1, {{2, 2}}, {5}}, 4096 + 1 * 586 + 2 * 2 + 5 * 3},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_calendar_builder *const builder = builder_of(&cases[i].of);
        sla_calendar *calendar = NULL;
        int64_t budget = PLENTY;
        assert_int_equal(sli_calendar_build_within(builder, &budget, &calendar, NULL), SLA_OK);
        assert_int_equal(PLENTY - budget, cases[i].cost);
        sla_calendar_unref(calendar);
        budget = cases[i].cost;
        assert_int_equal(sli_calendar_build_within(builder, &budget, &calendar, NULL), SLA_OK);
        assert_int_equal(budget, 0);
        sla_calendar_unref(calendar);
        budget = cases[i].cost - 1;
        assert_int_equal(sli_calendar_build_within(builder, &budget, &calendar, NULL), SLA_LIMIT);
        assert_null(calendar);
        assert_int_equal(budget, cases[i].cost - 1);
        sla_calendar_builder_free(builder);
    }
}

/* Ten days and a half. */
static sla_calendar *daily(int32_t start, int32_t end) {
    sla_calendar_builder *const builder = new_builder("UTC", 0, 10 * SLI_DAY + 12 * HOUR);
    add_hours(builder, EVERY_DAY, start, end);
    return finish(builder);
}

/* The days of the first part's index, and the pieces of all parts: those of a night are whole in days that begin at six. */
static void a_combination_costs_the_pieces_of_its_parts(void **state) {
    (void)state;
    sla_zone *const zone = load_zone("UTC");
    sla_calendar *const day = daily(9 * HOUR, 17 * HOUR);
    sla_calendar *const night = daily(22 * HOUR, 6 * HOUR);
    const struct {
        sla_calendar *parts[3];
        size_t count;
        int64_t cost;
    } cases[] = {
        {{day, day}, 2, 11 + 11 + 11},
        {{day, night}, 2, 11 + 11 + 11},
        {{night, day}, 2, 12 + 11 + 11},
        {{night, day, night}, 3, 12 + 11 + 11 + 11},
    };
    assert_int_equal(day->index.day_count, 11);
    assert_int_equal(night->index.day_count, 12);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_calendar *combined = NULL;
        int64_t budget = PLENTY;
        assert_int_equal(
            sli_calendar_combine_within(SLA_UNION, cases[i].parts, cases[i].count, zone, &budget, &combined, NULL), SLA_OK);
        assert_int_equal(PLENTY - budget, cases[i].cost);
        sla_calendar_unref(combined);
        budget = cases[i].cost - 1;
        assert_int_equal(
            sli_calendar_combine_within(SLA_UNION, cases[i].parts, cases[i].count, zone, &budget, &combined, NULL),
            SLA_LIMIT);
        assert_null(combined);
        assert_int_equal(budget, cases[i].cost - 1);
    }
    sla_calendar_unref(day);
    sla_calendar_unref(night);
    sla_zone_unref(zone);
}

/* One budget for all: what the first took is not there for the second. */
static void calendars_share_a_budget(void **state) {
    (void)state;
    const made_of of = {10, SLA_MONDAY, 1, {{0}}, {0}};
    sla_calendar_builder *const builder = builder_of(&of);
    int64_t budget = 3 * 13 - 1;
    for (int i = 0; i < 3; i++) {
        sla_calendar *calendar = NULL;
        assert_int_equal(sli_calendar_build_within(builder, &budget, &calendar, NULL), i < 2 ? SLA_OK : SLA_LIMIT);
        sla_calendar_unref(calendar);
    }
    assert_int_equal(budget, 12);
    sla_calendar_builder_free(builder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_costs_its_days_windows_and_closures),
        cmocka_unit_test(a_combination_costs_the_pieces_of_its_parts),
        cmocka_unit_test(calendars_share_a_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
