/* SPDX-License-Identifier: MIT */
/* The bounds of dates, text, lists of complaints and growable arrays: each on both sides, and calls without their pointers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- Dates ---- */

/* The calendar is proleptic Gregorian, from -9999-01-01 to 9999-12-31. */
static void a_date_exists_within_its_month_and_the_years(void **state) {
    (void)state;
    static const struct {
        int32_t year;
        int32_t month;
        int32_t day;
        sla_status status;
        int32_t date;
    } cases[] = {
        {-10000, 12, 31, SLA_INVALID_ARGUMENT, 0},
        {-9999, 1, 1, SLA_OK, -4371587},
        {9999, 12, 31, SLA_OK, 2932896},
        {10000, 1, 1, SLA_INVALID_ARGUMENT, 0},
        {2026, 0, 1, SLA_INVALID_ARGUMENT, 0},
        {2026, 1, 1, SLA_OK, 20454},
        {2026, 12, 31, SLA_OK, 20818},
        {2026, 13, 1, SLA_INVALID_ARGUMENT, 0},
        {2026, 4, 0, SLA_INVALID_ARGUMENT, 0},
        {2026, 4, 30, SLA_OK, 20573},
        {2026, 4, 31, SLA_INVALID_ARGUMENT, 0},
        {1900, 2, 29, SLA_INVALID_ARGUMENT, 0},
        {2000, 2, 29, SLA_OK, 11016},
        {2024, 2, 29, SLA_OK, 19782},
        {2026, 2, 29, SLA_INVALID_ARGUMENT, 0},
        {0, 2, 29, SLA_OK, -719469},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t date = 7;
        assert_int_equal(sla_date_from_civil(cases[i].year, cases[i].month, cases[i].day, &date), cases[i].status);
        assert_int_equal(date, cases[i].date);
    }
    assert_int_equal(sla_date_from_civil(2026, 1, 1, NULL), SLA_INVALID_ARGUMENT);
}

static void a_date_number_has_a_date_within_the_years(void **state) {
    (void)state;
    static const struct {
        int32_t date;
        sla_status status;
        civil found;
    } cases[] = {
        {-4371588, SLA_INVALID_ARGUMENT, {0, 0, 0}},
        {-4371587, SLA_OK, {-9999, 1, 1}},
        {-719469, SLA_OK, {0, 2, 29}},
        {-1, SLA_OK, {1969, 12, 31}},
        {0, SLA_OK, {1970, 1, 1}},
        {2932896, SLA_OK, {9999, 12, 31}},
        {2932897, SLA_INVALID_ARGUMENT, {0, 0, 0}},
        {INT32_MAX, SLA_INVALID_ARGUMENT, {0, 0, 0}},
        {INT32_MIN, SLA_INVALID_ARGUMENT, {0, 0, 0}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        civil found = {7, 7, 7};
        assert_int_equal(sla_date_to_civil(cases[i].date, &found.year, &found.month, &found.day), cases[i].status);
        assert_int_equal(found.year, cases[i].found.year);
        assert_int_equal(found.month, cases[i].found.month);
        assert_int_equal(found.day, cases[i].found.day);
    }
}

static void a_date_is_taken_apart_into_three_places(void **state) {
    (void)state;
    int32_t year = 7;
    int32_t month = 7;
    int32_t day = 7;
    assert_int_equal(sla_date_to_civil(0, NULL, &month, &day), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_date_to_civil(0, &year, NULL, &day), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_date_to_civil(0, &year, &month, NULL), SLA_INVALID_ARGUMENT);
}

/* "YYYY-MM-DD" and nothing else: each character is looked at. */
static void a_written_date_has_digits_and_hyphens_in_their_places(void **state) {
    (void)state;
    static const char *const refused[] = {
        "2026-11-2",  "2026-11-233", "2026/11-23", "2026-11/23", "x026-11-23", "202:-11-23", "2026-/1-23", "2026-1:-23",
        "2026-11-/3", "2026-11-2:",  "2026-00-01", "2026-01-00", "2026-13-01", "2026-04-31", "-026-11-23",
    };
    int32_t date = 0;
    assert_true(sli_date_parse(sli_text("0000-01-01", SIZE_MAX), &date));
    assert_int_equal(date, -719528);
    assert_true(sli_date_parse(sli_text("9999-12-31", SIZE_MAX), &date));
    assert_int_equal(date, 2932896);
    for (size_t i = 0; i < COUNT(refused); i++) {
        if (sli_date_parse(sli_text(refused[i], SIZE_MAX), &date)) {
            fail_msg("%s was read as a date", refused[i]);
        }
    }
}

/* ---- Text ---- */

/* The table of well-formed sequences of RFC 3629: the first and the last of each row, and what lies beside them. */
static void utf8_is_judged_by_its_table(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        bool valid;
    } cases[] = {
        {"\x7F", true},
        {"\x80", false},
        {"\xBF", false},
        {"\xC1\xBF", false},
        {"\xC2\x80", true},
        {"\xDF\xBF", true},
        {"\xC2\x7F", false},
        {"\xC2\xC0", false},
        {"\xE0\x9F\xBF", false},
        {"\xE0\xA0\x80", true},
        {"\xED\x9F\xBF", true},
        {"\xED\xA0\x80", false},
        {"\xE1\x80\x80", true},
        {"\xEF\xBF\xBF", true},
        {"\xE1\x80\x7F", false},
        {"\xE1\x80\xC0", false},
        {"\xE1\x80", false},
        {"\xF0\x8F\xBF\xBF", false},
        {"\xF0\x90\x80\x80", true},
        {"\xF4\x8F\xBF\xBF", true},
        {"\xF4\x90\x80\x80", false},
        {"\xF5\x80\x80\x80", false},
        {"\xF1\x80\x80\xC0", false},
        {"\xF1\x80\x80", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (sli_text_is_utf8(sli_text(cases[i].bytes, SIZE_MAX)) != cases[i].valid) {
            fail_msg("case %zu is judged wrongly", i);
        }
    }
    assert_int_equal(sli_text_utf8_prefix(sli_text("ab\xE1\x80\xC0", SIZE_MAX)), 2);
}

/* A slip is at most a third of the name and one letter more, and less than the whole candidate; long names are not meant.
 */
static void a_candidate_is_near_within_bounds(void **state) {
    (void)state;
    static const char a_name_of_33[] = "abcdefghijklmnopqrstuvwxyz0123456";
    static const char a_name_of_32[] = "abcdefghijklmnopqrstuvwxyz012345";
    static const struct {
        const char *name;
        const char *candidate;
        bool near;
    } cases[] = {
        {"ab", "b", false},
        {"ab", "bb", true},
        {"abc", "xyc", true},
        {"abc", "xyz", false},
        {"", "a", false},
        {"a", "b", false},
        {"abc", "ABC", true},
        {a_name_of_32, a_name_of_32, true},
        {a_name_of_32, a_name_of_33, false},
        {a_name_of_33, a_name_of_32, false},
        {"tyer", "tier", true},
        {"sub", "subs", true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *const nearest = sli_text_nearest(sli_text(cases[i].name, SIZE_MAX), &cases[i].candidate, 1);
        if ((nearest == cases[i].candidate) != cases[i].near) {
            fail_msg("%s for %s", cases[i].candidate, cases[i].name);
        }
    }
    assert_null(sli_text_nearest(sli_text("a", 1), NULL, 0));
}

/* Of two candidates that are equally near the first is meant. */
static void the_first_of_equally_near_candidates_is_meant(void **state) {
    (void)state;
    static const char *const names[] = {"tiers", "tied", "tier"};
    assert_string_equal(sli_text_nearest(sli_text("tie", SIZE_MAX), names, 3), "tied");
    assert_string_equal(sli_text_nearest(sli_text("tierz", SIZE_MAX), names, 3), "tiers");
}

static void text_is_equal_by_length_and_letters(void **state) {
    (void)state;
    static const struct {
        const char *left;
        const char *right;
        bool equal;
        bool folded;
    } cases[] = {
        {"", "", true, true},     {"a", "", false, false},   {"a", "a", true, true},
        {"a", "A", false, true},  {"Z", "z", false, true},   {"@", "`", false, false},
        {"[", "{", false, false}, {"ab", "aB", false, true}, {"ab", "ac", false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const text left = sli_text(cases[i].left, SIZE_MAX);
        const text right = sli_text(cases[i].right, SIZE_MAX);
        assert_int_equal(sli_text_equal(left, right), cases[i].equal);
        assert_int_equal(sli_text_equal_folded(left, right), cases[i].folded);
    }
}

/* A message quotes 80 bytes of what it was given, and no half character. */
static void a_message_quotes_eighty_bytes(void **state) {
    (void)state;
    char given[101];
    memset(given, 'x', sizeof given - 1);
    given[100] = '\0';
    sla_error error;
    const text long_text = {given, 100};
    assert_int_equal(sli_fail(&error, SLA_LIMIT, "'%.*s'", SLI_QUOTED(long_text)), SLA_LIMIT);
    assert_int_equal(strlen(error.message), 82);
    const text short_text = {given, 79};
    sli_fail(&error, SLA_LIMIT, "'%.*s'", SLI_QUOTED(short_text));
    assert_int_equal(strlen(error.message), 81);
    given[79] = '\xC3'; /* the first byte of two */
    given[80] = '\xA4';
    sli_fail(&error, SLA_LIMIT, "'%.*s'", SLI_QUOTED(long_text));
    assert_int_equal(strlen(error.message), 82);
    assert_int_equal(error.message[80], '?');
}

/* ---- Complaints ---- */

static void a_failure_for_want_of_memory_says_so(void **state) {
    (void)state;
    sla_error error;
    memset(&error, 0x7F, sizeof error);
    assert_int_equal(sli_fail_memory(&error), SLA_OUT_OF_MEMORY);
    assert_int_equal(error.code, SLA_OUT_OF_MEMORY);
    assert_int_equal(error.severity, SLA_SEVERITY_ERROR);
    assert_int_equal(error.index, -1);
    assert_int_equal(error.line, 0);
    assert_string_equal(error.path, "");
    assert_string_equal(error.message, sla_status_message(SLA_OUT_OF_MEMORY));
    assert_int_equal(sli_fail_memory(NULL), SLA_OUT_OF_MEMORY);
}

static void a_list_keeps_one_to_ten_thousand_complaints(void **state) {
    (void)state;
    static const struct {
        size_t limit;
        sla_status status;
    } cases[] = {{0, SLA_INVALID_ARGUMENT}, {1, SLA_OK}, {10000, SLA_OK}, {10001, SLA_INVALID_ARGUMENT}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        sla_diagnostics *list = (sla_diagnostics *)1;
        assert_int_equal(sla_diagnostics_new(cases[i].limit, &list), cases[i].status);
        assert_int_equal(list != NULL, cases[i].status == SLA_OK);
        sla_diagnostics_free(list);
    }
    assert_int_equal(sla_diagnostics_new(1, NULL), SLA_INVALID_ARGUMENT);
}

/* What is beyond the limit is counted, and the first ones stay. */
static void complaints_beyond_the_limit_are_counted(void **state) {
    (void)state;
    sla_diagnostics *list = NULL;
    assert_int_equal(sla_diagnostics_new(2, &list), SLA_OK);
    for (int32_t line = 1; line <= 5; line++) {
        const sla_error complaint = {.code = SLA_LIMIT, .line = line};
        sli_diagnostics_add(list, &complaint);
        assert_int_equal(sla_diagnostics_count(list), line < 2 ? line : 2);
        assert_int_equal(sla_diagnostics_omitted(list), line < 2 ? 0 : line - 2);
    }
    sla_error complaint = {0};
    assert_int_equal(sla_diagnostics_get(list, 1, &complaint), SLA_OK);
    assert_int_equal(complaint.line, 2);
    assert_int_equal(sla_diagnostics_get(list, 2, &complaint), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_diagnostics_get(list, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_diagnostics_get(NULL, 0, &complaint), SLA_INVALID_ARGUMENT);
    sla_diagnostics_free(list);
}

static void no_list_is_an_empty_list(void **state) {
    (void)state;
    const sla_error complaint = {.code = SLA_LIMIT};
    sli_diagnostics_add(NULL, &complaint);
    assert_int_equal(sla_diagnostics_count(NULL), 0);
    assert_int_equal(sla_diagnostics_omitted(NULL), 0);
    sla_diagnostics_free(NULL);
}

static void each_status_has_its_name_and_sentence(void **state) {
    (void)state;
    static const char *const names[] = {
        "SLA_OK",
        "SLA_INVALID_ARGUMENT",
        "SLA_OUT_OF_MEMORY",
        "SLA_HORIZON",
        "SLA_INVALID_REQUEST",
        "SLA_NOT_FOUND",
        "SLA_DUPLICATE",
        "SLA_CYCLE",
        "SLA_NEVER_OPEN",
        "SLA_UNKNOWN_ZONE",
        "SLA_INVALID_ZONE",
        "SLA_INVALID_FEED",
        "SLA_UNSUPPORTED_EVENT",
        "SLA_INVALID_DOCUMENT",
        "SLA_MISSING_FEED",
        "SLA_LIMIT",
        "SLA_BUFFER_TOO_SMALL",
    };
    const int32_t count = (int32_t)COUNT(names);
    for (int32_t status = 0; status < count; status++) {
        assert_string_equal(sla_status_name(status), names[status]);
        assert_string_not_equal(sla_status_message(status), "There is no such status.");
    }
    assert_string_equal(sla_status_name(-1), "SLA_UNKNOWN_STATUS");
    assert_string_equal(sla_status_name(count), "SLA_UNKNOWN_STATUS");
    assert_string_equal(sla_status_message(-1), "There is no such status.");
    assert_string_equal(sla_status_message(count), "There is no such status.");
}

/* ---- Growable arrays ---- */

static void an_array_grows_from_eight_by_doubling(void **state) {
    (void)state;
    void *items = NULL;
    size_t capacity = 0;
    assert_true(sli_reserve(&items, &capacity, 0, 4));
    assert_null(items);
    assert_true(sli_reserve(&items, &capacity, 1, 4));
    assert_int_equal(capacity, 8);
    assert_true(sli_reserve(&items, &capacity, 8, 4));
    assert_int_equal(capacity, 8);
    assert_true(sli_reserve(&items, &capacity, 9, 4));
    assert_int_equal(capacity, 16);
    assert_true(sli_reserve(&items, &capacity, 65, 4));
    assert_int_equal(capacity, 128);
    free(items);
}

/* What cannot be counted in bytes cannot be had, and nothing changes. */
static void an_array_has_no_more_bytes_than_can_be_counted(void **state) {
    (void)state;
    static const struct {
        size_t needed;
        size_t size;
    } cases[] = {{SIZE_MAX, 1}, {SIZE_MAX / 2 + 2, 1}, {SIZE_MAX / 8 + 1, 8}, {SIZE_MAX / 16 + 2, 9}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        void *items = NULL;
        size_t capacity = 0;
        assert_false(sli_reserve(&items, &capacity, cases[i].needed, cases[i].size));
        assert_null(items);
        assert_int_equal(capacity, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_exists_within_its_month_and_the_years),
        cmocka_unit_test(a_date_number_has_a_date_within_the_years),
        cmocka_unit_test(a_date_is_taken_apart_into_three_places),
        cmocka_unit_test(a_written_date_has_digits_and_hyphens_in_their_places),
        cmocka_unit_test(utf8_is_judged_by_its_table),
        cmocka_unit_test(a_candidate_is_near_within_bounds),
        cmocka_unit_test(the_first_of_equally_near_candidates_is_meant),
        cmocka_unit_test(text_is_equal_by_length_and_letters),
        cmocka_unit_test(a_message_quotes_eighty_bytes),
        cmocka_unit_test(a_failure_for_want_of_memory_says_so),
        cmocka_unit_test(a_list_keeps_one_to_ten_thousand_complaints),
        cmocka_unit_test(complaints_beyond_the_limit_are_counted),
        cmocka_unit_test(no_list_is_an_empty_list),
        cmocka_unit_test(each_status_has_its_name_and_sentence),
        cmocka_unit_test(an_array_grows_from_eight_by_doubling),
        cmocka_unit_test(an_array_has_no_more_bytes_than_can_be_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
