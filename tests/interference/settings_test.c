/* SPDX-License-Identifier: MIT */
/* A program and its other libraries have one libical with ours. Their settings change none of our answers, and our loads
 * change none of their settings. */
#define _POSIX_C_SOURCE 200809L
#include "answers.h"
#include "host_calendar.h"

static void the_host_is_as_it_was(const char *settings, const char *calendar) {
    char text[HOST_TEXT];
    host_write_settings(text);
    assert_string_equal(text, settings);
    host_write_calendar(text);
    assert_string_equal(text, calendar);
}

/* First of all: libical reads its list of zones once, from where the program says. Were it to do so for us, what the
 * program says later would come too late. */
static void the_list_of_zones_is_left_to_the_host(void **state) {
    (void)state;
    char folder[] = "/tmp/interference-XXXXXX";
    char list[sizeof folder + sizeof "/zones.tab"];
    assert_non_null(mkdtemp(folder));
    snprintf(list, sizeof list, "%s/zones.tab", folder);
    const int theirs = host_uses_zones_of(folder);
    remove(list);
    remove(folder);
    assert_true(theirs);
}

static void our_answers_do_not_depend_on_the_host(void **state) {
    (void)state;
    for (size_t i = 0; i < host_ways(); i++) {
        char settings[HOST_TEXT];
        char calendar[HOST_TEXT];
        host_change(i);
        host_write_calendar(calendar);
        host_write_settings(settings);
        const bool same = answers_are_the_same();
        the_host_is_as_it_was(settings, calendar);
        host_change_back(i);
        if (!same || !answers_are_the_same()) {
            fail_msg("the answers are others when %s, or after that", host_way(i));
        }
    }
}

static void the_error_number_is_left_as_it_was(void **state) {
    (void)state;
    char before[HOST_TEXT];
    char after[HOST_TEXT];
    host_remember_error();
    host_write_settings(before);
    assert_true(answers_are_the_same());
    host_write_settings(after);
    assert_string_equal(before, after);
}

static void texts_that_libical_keeps_for_the_host_stay(void **state) {
    (void)state;
    const char *const kept = host_keep_text();
    assert_true(answers_are_the_same());
    assert_string_equal(kept, host_kept_text);
}

static void a_load_is_refused(const char *when) {
    sla_zone *zone = NULL;
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    sla_error error = {0};
    assert_int_equal(sla_zone_load("UTC", SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    assert_int_equal(sla_feed_reader_new(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, NULL, 0, &reader, NULL), SLA_OK);
    const sla_status status = sla_feed_reader_load(reader, "feed", SIZE_MAX, holidays, SIZE_MAX, NULL, &feed, &error);
    sla_feed_reader_free(reader);
    sla_zone_unref(zone);
    if (status != SLA_INVALID_ARGUMENT || strstr(error.message, "fatal") == NULL) {
        fail_msg("%s: %d, %s", when, (int)status, error.message);
    }
}

/* Else a bad feed would end the program: each kind of error can be fatal by itself. */
static void fatal_errors_are_refused(void **state) {
    (void)state;
    host_make_errors_fatal(1);
    a_load_is_refused("errors are fatal");
    host_make_errors_fatal(0);
    for (size_t kind = 0; kind + 1 < host_error_kinds(); kind++) {
        host_make_kind_fatal(kind, 1);
        a_load_is_refused("one kind of errors is fatal");
        host_make_kind_fatal(kind, 0);
    }
    assert_true(answers_are_the_same());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_of_zones_is_left_to_the_host),
        cmocka_unit_test(our_answers_do_not_depend_on_the_host),
        cmocka_unit_test(the_error_number_is_left_as_it_was),
        cmocka_unit_test(texts_that_libical_keeps_for_the_host_stay),
        cmocka_unit_test(fatal_errors_are_refused),
    };
    return cmocka_run_group_tests(tests, tell_undisturbed, free_undisturbed);
}
