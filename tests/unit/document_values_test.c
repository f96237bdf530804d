/* SPDX-License-Identifier: MIT */
/* What the scalars of a contract document say, and which are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "document/values.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define BOTH(literal) sli_text(literal, SIZE_MAX)

/* §2.1: windows of wall-clock time, seconds allowed, 24:00 as an end. */
static void windows_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t start;
        int32_t end;
    } cases[] = {
        {"00:00-24:00", 0, 86400},
        {"09:00-17:00", 9 * 3600, 17 * 3600},
        {"22:00-06:00", 22 * 3600, 6 * 3600},
        {"09:00:30-17:00:45", 9 * 3600 + 30, 17 * 3600 + 45},
        {"23:59:59-00:00", 86399, 0},
        {"00:00-24:00:00", 0, 86400},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        sla_window window;
        assert_null(sli_read_window(BOTH(cases[i].text), &window));
        assert_int_equal(window.start, cases[i].start);
        assert_int_equal(window.end, cases[i].end);
    }
}

static void other_windows_are_refused(void **state) {
    (void)state;
    static const char *const cases[] = {"",
                                        "09:00",
                                        "09:00-",
                                        "-17:00",
                                        "9:00-17:00",
                                        "09:00-17:0",
                                        "09:60-17:00",
                                        "25:00-26:00",
                                        "09:00-24:01",
                                        "24:00-06:00",
                                        "09:00-09:00",
                                        "09:00-09:00:00",
                                        "09:00-17:00x",
                                        " 09:00-17:00",
                                        "09:00 -17:00",
                                        "09:00-17:00-18:00",
                                        "09:00:60-17:00",
                                        "24:00:01-06:00",
                                        "0a:00-17:00",
                                        "009:00-17:00"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        sla_window window;
        assert_non_null(sli_read_window(BOTH(cases[i]), &window));
    }
}

static void days_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t weekdays;
    } cases[] = {
        {"mon", SLA_MONDAY},
        {"sun", SLA_SUNDAY},
        {"mon-fri", 31},
        {"mon-sun", 127},
        {"mon,wed", SLA_MONDAY | SLA_WEDNESDAY},
        {"thu-fri,sun", SLA_THURSDAY | SLA_FRIDAY | SLA_SUNDAY},
        {"sat-mon", SLA_SATURDAY | SLA_SUNDAY | SLA_MONDAY},
        {"tue-mon", 127},
        {"wed-wed", SLA_WEDNESDAY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t weekdays;
        assert_null(sli_read_days(BOTH(cases[i].text), &weekdays));
        assert_int_equal(weekdays, cases[i].weekdays);
    }
    static const char *const refused[] = {"",     "Mon",  "monday",   "mon-",        "-mon",
                                          "mon,", ",mon", "mon, tue", "mon-fri-sun", "mon-xyz"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        int32_t weekdays;
        assert_non_null(sli_read_days(BOTH(refused[i]), &weekdays));
    }
}

static void durations_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"90s", 90},     {"30m", 1800},      {"12h", 43200},
        {"1h30m", 5400}, {"1h30m15s", 5415}, {"1h15s", 3615},
        {"0s", 0},       {"007m", 420},      {"999999999h999999999m999999999s", 999999999 * INT64_C(3661)},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t seconds;
        assert_null(sli_read_duration(BOTH(cases[i].text), &seconds));
        assert_int_equal(seconds, cases[i].seconds);
    }
    static const char *const refused[] = {"",      "4",    "h",   "4 h", "-4h", "1.5h",        "4H",
                                          "30m1h", "1h1h", "4hm", "4h ", "+4h", "1234567890s", "99999999999999999999h"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        int64_t seconds;
        assert_non_null(sli_read_duration(BOTH(refused[i]), &seconds));
    }
}

/* Whoever writes days of 24 hours is told what to write instead. */
static void days_of_24_hours_do_not_exist(void **state) {
    (void)state;
    sla_target target;
    int64_t seconds;
    assert_non_null(strstr(sli_read_within(BOTH("2d"), &target), "48h"));
    assert_non_null(strstr(sli_read_within(BOTH("2d"), &target), "2 business days"));
    assert_non_null(strstr(sli_read_duration(BOTH("1d12h"), &seconds), "48h"));
}

/* §4: the forms of a target. */
static void targets_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t kind;
        int64_t amount;
        int32_t by;
    } cases[] = {
        {"immediate", SLA_TARGET_IMMEDIATE, 0, -1},
        {"best-effort", SLA_TARGET_BEST_EFFORT, 0, -1},
        {"12h", SLA_TARGET_DURATION, 43200, -1},
        {"1s", SLA_TARGET_DURATION, 1, -1},
        {"2 business days", SLA_TARGET_BUSINESS_DAYS, 2, -1},
        {"1 business day", SLA_TARGET_BUSINESS_DAYS, 1, -1},
        {"0 business days by 00:00", SLA_TARGET_BUSINESS_DAYS, 0, 0},
        {"2 business days by 16:30", SLA_TARGET_BUSINESS_DAYS, 2, 59400},
        {"999999 business days by 24:00", SLA_TARGET_BUSINESS_DAYS, 999999, 86400},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        sla_target target;
        assert_null(sli_read_within(BOTH(cases[i].text), &target));
        assert_int_equal(target.kind, cases[i].kind);
        assert_int_equal(target.amount, cases[i].amount);
        assert_int_equal(target.by, cases[i].by);
        assert_int_equal(target.calendar, -1);
        assert_int_equal(target.roll, -1);
    }
    static const char *const refused[] = {"",
                                          "soon",
                                          "0h",
                                          "4 hours",
                                          "Immediate",
                                          "2 business days ",
                                          "2 business days by",
                                          "2 business days by 25:00",
                                          "2 business days by 16:00:00",
                                          "2  business days",
                                          "1234567 business days",
                                          "-1 business days"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        sla_target target;
        assert_non_null(sli_read_within(BOTH(refused[i]), &target));
    }
}

static void dates_are_read(void **state) {
    (void)state;
    int32_t date;
    assert_null(sli_read_date(BOTH("1970-01-02"), &date));
    assert_int_equal(date, 1);
    assert_null(sli_read_date(BOTH("2000-02-29"), &date));
    assert_null(sli_read_date(BOTH("0001-01-01"), &date));
    assert_null(sli_read_date(BOTH("9998-12-31"), &date));
    static const char *const refused[] = {
        "",         "2026-02-30", "1900-02-29", "2026-13-01", "2026-00-01",           "2026-01-00", "2026-1-1",
        "20260101", "0000-12-31", "9999-01-01", "31.12.2026", "2026-01-01T00:00:00Z", "-001-01-01"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_non_null(sli_read_date(BOTH(refused[i]), &date));
    }
}

/* §8.2: percentages are exact, without floating point. */
static void percentages_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int32_t millionths;
    } cases[] = {{"95%", 950000},   {"99.5%", 995000},      {"0%", 0},
                 {"100%", 1000000}, {"100.0000%", 1000000}, {"0.1%", 1000},
                 {"7.05%", 70500},  {"99.9999%", 999999},   {"007%", 70000}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t millionths;
        assert_null(sli_read_percentage(BOTH(cases[i].text), &millionths));
        assert_int_equal(millionths, cases[i].millionths);
    }
    static const char *const refused[] = {"",      "%",         "95",   "95 %", "-5%",   "100.0001%", "101%",
                                          "1000%", "99.99999%", "95.%", ".5%",  "95,5%", "95%%"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        int32_t millionths;
        assert_non_null(sli_read_percentage(BOTH(refused[i]), &millionths));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_are_read), cmocka_unit_test(other_windows_are_refused),
        cmocka_unit_test(days_are_read),    cmocka_unit_test(durations_are_read),
        cmocka_unit_test(targets_are_read), cmocka_unit_test(days_of_24_hours_do_not_exist),
        cmocka_unit_test(dates_are_read),   cmocka_unit_test(percentages_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
