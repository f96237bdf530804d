/* SPDX-License-Identifier: MIT */
/* Text, errors, diagnostics and civil dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

static void dates_and_day_numbers_are_inverse(void **state) {
    (void)state;
    int32_t date = sli_date_of_civil((civil){SLI_YEAR_MIN, 1, 1});
    for (int32_t year = SLI_YEAR_MIN; year <= SLI_YEAR_MAX; year++) {
        for (int32_t month = 1; month <= 12; month++) {
            const int32_t days = sli_days_in_month(year, month);
            const int32_t probes[] = {1, 2, days};
            for (size_t i = 0; i < 3; i++) {
                const civil expected = {year, month, probes[i]};
                const int32_t number = date + probes[i] - 1;
                assert_int_equal(sli_date_of_civil(expected), number);
                const civil found = sli_civil_of_date(number);
                assert_true(found.year == year && found.month == month && found.day == probes[i]);
            }
            date += days;
        }
    }
}

/* Without a place for one of them there is no date; the other places become 0. */
static void a_date_needs_a_place_for_each_part(void **state) {
    (void)state;
    for (size_t missing = 0; missing < 3; missing++) {
        int32_t parts[] = {7, 7, 7};
        const sla_status status = sla_date_to_civil(0, missing == 0 ? NULL : &parts[0], missing == 1 ? NULL : &parts[1],
                                                    missing == 2 ? NULL : &parts[2]);
        assert_int_equal(status, SLA_INVALID_ARGUMENT);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(parts[i], i == missing ? 7 : 0);
        }
    }
}

static void weekdays_follow_one_another(void **state) {
    (void)state;
    assert_int_equal(sli_weekday(0), 3); /* Thursday */
    for (int32_t date = -1000; date < 1000; date++) {
        assert_int_equal(sli_weekday(date + 1), (sli_weekday(date) + 1) % 7);
    }
}

static void dates_are_read_strictly(void **state) {
    (void)state;
    static const struct {
        const char *written;
        bool exists;
        int32_t date;
    } cases[] = {
        {"1970-01-01", true, 0},  {"2026-11-23", true, 20780}, {"2024-02-29", true, 19782}, {"2026-02-29", false, 0},
        {"2026-02-30", false, 0}, {"2026-13-01", false, 0},    {"2026-00-10", false, 0},    {"2026-1-01", false, 0},
        {"31.12.2026", false, 0}, {"2026-11-23 ", false, 0},   {"+026-11-23", false, 0},    {"", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t date = 0;
        assert_int_equal(sli_date_parse(sli_text(cases[i].written, SIZE_MAX), &date), cases[i].exists);
        if (cases[i].exists) {
            assert_int_equal(date, cases[i].date);
        }
    }
}

static void utf8_is_told_from_other_bytes(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        bool valid;
    } cases[] = {
        {"", true},          {"plain", true},         {"\xC4\x8C", true},      {"\xF0\x9F\x98\x80", true},
        {"\xC0\x80", false}, {"\xE0\x80\x80", false}, {"\xED\xA0\x80", false}, {"\xF4\x90\x80\x80", false},
        {"\xC4", false},     {"\xE4 r", false},       {"\xF0\x9F\x98", false}, {"\x80", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sli_text_is_utf8(sli_text(cases[i].bytes, SIZE_MAX)), cases[i].valid);
    }
}

static void the_nearest_name_is_a_slip_away(void **state) {
    (void)state;
    static const char *const names[] = {"calendar", "criterion", "within", "tie"};
    assert_string_equal(sli_text_nearest(sli_text("calender", SIZE_MAX), names, 4), "calendar");
    assert_string_equal(sli_text_nearest(sli_text("witin", SIZE_MAX), names, 4), "within");
    assert_null(sli_text_nearest(sli_text("colour", SIZE_MAX), names, 4));
    assert_null(sli_text_nearest(sli_text("", SIZE_MAX), names, 4));
}

static void an_error_is_cut_between_characters(void **state) {
    (void)state;
    char accents[1024] = "";
    for (size_t i = 0; i < 500; i++) {
        strcat(accents, "\xC3\xA9");
    }
    sla_error error;
    assert_int_equal(sli_fail(&error, SLA_LIMIT, "x%s", accents), SLA_LIMIT);
    assert_int_equal(error.code, SLA_LIMIT);
    assert_int_equal(error.index, -1);
    assert_true(sli_text_is_utf8(sli_text(error.message, SIZE_MAX)));
    assert_true(strlen(error.message) >= sizeof error.message - 2);
    assert_int_equal(sli_fail(NULL, SLA_LIMIT, "nobody listens"), SLA_LIMIT);
}

static void a_message_is_utf8_whatever_it_quotes(void **state) {
    (void)state;
    static const struct {
        const char *quoted;
        const char *message;
    } cases[] = {
        {"caf\xE9", "unknown 'caf?'"},
        {"\xFF\xFE", "unknown '?\?'"},
        {"\xE2\x82", "unknown '?\?'"},
        {"\xC4\x8C", "unknown '\xC4\x8C'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_error error;
        sli_fail(&error, SLA_NOT_FOUND, "unknown '%s'", cases[i].quoted);
        assert_string_equal(error.message, cases[i].message);
    }
}

static void diagnostics_keep_up_to_their_limit(void **state) {
    (void)state;
    sla_diagnostics *diagnostics = NULL;
    assert_int_equal(sla_diagnostics_new(0, &diagnostics), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_diagnostics_new(2, &diagnostics), SLA_OK);
    for (int i = 0; i < 5; i++) {
        sla_error complaint;
        sli_fail(&complaint, SLA_NOT_FOUND, "complaint %d", i);
        sli_diagnostics_add(diagnostics, &complaint);
    }
    assert_int_equal(sla_diagnostics_count(diagnostics), 2);
    assert_int_equal(sla_diagnostics_omitted(diagnostics), 3);
    sla_error second;
    assert_int_equal(sla_diagnostics_get(diagnostics, 1, &second), SLA_OK);
    assert_string_equal(second.message, "complaint 1");
    assert_int_equal(sla_diagnostics_get(diagnostics, 2, &second), SLA_INVALID_ARGUMENT);
    sla_diagnostics_free(diagnostics);
    sla_diagnostics_free(NULL);
}

static void every_status_has_a_name_and_a_sentence(void **state) {
    (void)state;
    for (sla_status status = SLA_OK; status <= SLA_BUFFER_TOO_SMALL; status++) {
        assert_memory_equal(sla_status_name(status), "SLA_", 4);
        assert_string_not_equal(sla_status_name(status), "SLA_UNKNOWN_STATUS");
        assert_string_not_equal(sla_status_message(status), sla_status_message(-1));
    }
    assert_string_equal(sla_status_name(SLA_BUFFER_TOO_SMALL + 1), "SLA_UNKNOWN_STATUS");
    assert_string_equal(sla_status_name(-1), "SLA_UNKNOWN_STATUS");
}

static void the_error_record_has_its_pinned_size(void **state) {
    (void)state;
    assert_int_equal(sizeof(sla_error), 512);
    assert_string_equal(sla_version(), "0.1.0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_and_day_numbers_are_inverse),    cmocka_unit_test(a_date_needs_a_place_for_each_part),
        cmocka_unit_test(weekdays_follow_one_another),          cmocka_unit_test(dates_are_read_strictly),
        cmocka_unit_test(utf8_is_told_from_other_bytes),        cmocka_unit_test(the_nearest_name_is_a_slip_away),
        cmocka_unit_test(an_error_is_cut_between_characters),   cmocka_unit_test(a_message_is_utf8_whatever_it_quotes),
        cmocka_unit_test(diagnostics_keep_up_to_their_limit),   cmocka_unit_test(every_status_has_a_name_and_a_sentence),
        cmocka_unit_test(the_error_record_has_its_pinned_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
