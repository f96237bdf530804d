/* SPDX-License-Identifier: MIT */
/* Contract documents at their limits: more complaints than are told, more elements than there can be, and what is optional.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/contract.h>

#include "document/complaint.h"
#include "document/values.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

#define HEAD "sla: 1\nname: Test\ntime_zone: UTC\n"
#define CALENDAR "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sla//test//EN\r\n"
#define EVENT "BEGIN:VEVENT\r\nUID:day\r\nDTSTAMP:20200101T000000Z\r\n"

/* ---- Long documents ---- */

typedef struct long_text {
    char *start;
    size_t length;
    size_t capacity;
} long_text;

/* `%zu` in the part stands for the number. */
static void append(long_text *into, const char *part, size_t number) {
    const size_t room = strlen(part) + 32;
    if (into->length + room > into->capacity) {
        into->capacity = 2 * into->capacity + room;
        into->start = realloc(into->start, into->capacity);
        assert_non_null(into->start);
    }
    const char *const mark = strstr(part, "%zu");
    char *const end = into->start + into->length;
    into->length += (size_t)(mark == NULL ? snprintf(end, room, "%s", part)
                                          : snprintf(end, room, "%.*s%zu%s", (int)(mark - part), part, number, mark + 3));
}

static long_text repeated(const char *head, const char *part, size_t times, const char *tail) {
    long_text made = {NULL, 0, 0};
    append(&made, head, 0);
    for (size_t i = 0; i < times; i++) {
        append(&made, part, i);
    }
    append(&made, tail, 0);
    return made;
}

static sla_document *loaded(const char *source) {
    sla_document *document = NULL;
    sla_error error;
    if (sla_document_load(source, SIZE_MAX, &document, &error) != SLA_OK) {
        fail_msg("%d:%d %s", (int)error.line, (int)error.column, error.message);
    }
    return document;
}

/* For tests with very many calendars. */
static sla_document *loaded_for_a_week(const char *source) {
    sla_document *const document = loaded(source);
    assert_int_equal(sla_document_set_horizon(document, 0, 7 * 86400, NULL), SLA_OK);
    return document;
}

static sla_contract *built(sla_document *document) {
    sla_contract *contract = NULL;
    sla_error error;
    if (sla_document_build(document, NULL, &contract, &error) != SLA_OK) {
        fail_msg("%d:%d %s", (int)error.line, (int)error.column, error.message);
    }
    sla_document_free(document);
    return contract;
}

/* ---- How many complaints there are ---- */

static void count_complaints(const sla_document *document, sla_status expected, size_t *errors, size_t *warnings) {
    sla_diagnostics *diagnostics = NULL;
    sla_contract *contract = NULL;
    assert_int_equal(sla_diagnostics_new(10000, &diagnostics), SLA_OK);
    assert_int_equal(sla_document_build(document, diagnostics, &contract, NULL), expected);
    *errors = 0;
    *warnings = 0;
    for (size_t i = 0; i < sla_diagnostics_count(diagnostics); i++) {
        sla_error complaint;
        sla_diagnostics_get(diagnostics, i, &complaint);
        *errors += complaint.severity == SLA_SEVERITY_ERROR;
        *warnings += complaint.severity == SLA_SEVERITY_WARNING;
    }
    sla_contract_unref(contract);
    sla_diagnostics_free(diagnostics);
}

/* A thousand errors are told; nobody looks for more. */
static void a_thousand_errors_are_told(void **state) {
    (void)state;
    static const struct {
        const char *head;
        const char *part;
        size_t times;
        const char *tail;
        size_t errors;
        sla_status status;
    } cases[] = {
        {HEAD "targets: [", "none, ", 999, "{within: 4h}]\n", 999, SLA_INVALID_DOCUMENT},
        {HEAD "targets: [", "none, ", 1000, "{within: 4h}]\n", 1000, SLA_INVALID_DOCUMENT},
        {HEAD "targets: [", "none, ", 1001, "none]\n", 1000, SLA_INVALID_DOCUMENT},
        {HEAD "tiers: {gold: {channels: [", "fax, ", 1001, "fax]}}\n", 1000, SLA_NOT_FOUND},
        {HEAD "calendars:\n", "  c%zu: {union: [a, b]}\n", 499, "", 998, SLA_NOT_FOUND},
        {HEAD "calendars:\n", "  c%zu: {union: [a, b]}\n", 600, "  d: {hours: {mon: 09:00-17:00}}\n", 1000, SLA_NOT_FOUND},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const long_text source = repeated(cases[i].head, cases[i].part, cases[i].times, cases[i].tail);
        sla_document *const document = loaded(source.start);
        size_t errors;
        size_t warnings;
        count_complaints(document, cases[i].status, &errors, &warnings);
        assert_int_equal(errors, cases[i].errors);
        assert_int_equal(warnings, 0);
        sla_document_free(document);
        free(source.start);
    }
}

/* Each feed tells a hundred complaints; of a document a thousand warnings are kept, and the errors beside them. */
static void a_thousand_warnings_are_told(void **state) {
    (void)state;
    static const char backwards[] = EVENT "DTSTART:20261123T100000Z\r\nDTEND:20261123T090000Z\r\nEND:VEVENT\r\n";
    const long_text feed = repeated(CALENDAR, backwards, 101, "END:VCALENDAR\r\n");
    for (size_t feeds = 9; feeds <= 11; feeds++) {
        const long_text source =
            repeated(HEAD "calendars:\n  office:\n    hours: {mon: 09:00-17:00}\n    feeds: [", "f%zu, ", feeds, "]\n");
        sla_document *const document = loaded(source.start);
        for (size_t i = 0; i < feeds; i++) {
            const char *const name = sla_document_feed_name(document, i);
            assert_int_equal(sla_document_set_feed(document, name, SIZE_MAX, feed.start, feed.length, NULL), SLA_OK);
        }
        size_t errors;
        size_t warnings;
        count_complaints(document, SLA_OK, &errors, &warnings);
        assert_int_equal(errors, 0);
        assert_int_equal(warnings, feeds < 10 ? feeds * 100 : 1000);
        sla_document_free(document);
        free(source.start);
    }
    free(feed.start);
}

/* An error of a feed is told even when a hundred warnings come before it. */
static void an_error_after_many_warnings_is_told(void **state) {
    (void)state;
    static const char backwards[] = EVENT "DTSTART:20261123T100000Z\r\nDTEND:20261123T090000Z\r\nEND:VEVENT\r\n";
    static const char hourly[] = EVENT "DTSTART:20261123T100000Z\r\nDTEND:20261123T110000Z\r\nRRULE:FREQ=HOURLY\r\n"
                                       "END:VEVENT\r\nEND:VCALENDAR\r\n";
    sla_document *const document =
        loaded(HEAD "calendars:\n  office:\n    hours: {mon: 09:00-17:00}\n    feeds: [holidays]\n");
    for (size_t before = 99; before <= 100; before++) {
        const long_text feed = repeated(CALENDAR, backwards, before, hourly);
        size_t errors;
        size_t warnings;
        assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, feed.start, feed.length, NULL), SLA_OK);
        count_complaints(document, SLA_UNSUPPORTED_EVENT, &errors, &warnings);
        assert_int_equal(errors, 1);
        assert_int_equal(warnings, before);
        free(feed.start);
    }
    sla_document_free(document);
}

/* ---- How many elements there are ---- */

/* The builder's bounds are the document's; what is too much is one complaint. */
static void elements_beyond_the_bounds(void **state) {
    (void)state;
    static const struct {
        const char *head;
        const char *part;
        size_t most;
        const char *tail;
        const char *complaint; /* about one more */
    } cases[] = {
        {HEAD "objectives: [", "{metric: response, attainment: 95%},", 1000, "]\n",
         "a contract has at most 1000 objectives"},
        {HEAD "metrics:\n", "  m%zu: {start: received, stop: done}\n", 256, "", "a contract has at most 256 metrics"},
        {HEAD "channels:\n", "  c%zu: {}\n", 1024, "", "a contract has at most 1024 channels"},
        {HEAD "calendars:\n", "  c%zu: {hours: {mon: 09:00-17:00}}\n", 999, "targets: [{within: 4h, calendar: c1}]\n",
         "there are 1000 calendars; a contract has at most 999"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const long_text most = repeated(cases[i].head, cases[i].part, cases[i].most, cases[i].tail);
        const long_text more = repeated(cases[i].head, cases[i].part, cases[i].most + 1, cases[i].tail);
        sla_document *const document = loaded_for_a_week(more.start);
        size_t errors;
        size_t warnings;
        sla_contract *contract = NULL;
        sla_error error;
        sla_contract_unref(built(loaded_for_a_week(most.start)));
        assert_int_equal(sla_document_build(document, NULL, &contract, &error), SLA_LIMIT);
        assert_string_equal(error.message, cases[i].complaint);
        assert_null(contract);
        count_complaints(document, SLA_LIMIT, &errors, &warnings);
        assert_int_equal(errors, 1);
        sla_document_free(document);
        free(most.start);
        free(more.start);
    }
}

/* A thousand feeds, however many calendars name them. */
static void feeds_beyond_the_bound(void **state) {
    (void)state;
    static const char head[] = HEAD "calendars:\n  a:\n    hours: {mon: 09:00-17:00}\n    feeds: [";
    static const char tail[] = "]\n  b:\n    hours: {mon: 09:00-17:00}\n    feeds: [f0, f1]\n";
    const long_text most = repeated(head, "f%zu, ", 1000, tail);
    const long_text more = repeated(head, "f%zu, ", 1002, tail);
    sla_document *document = loaded(most.start);
    sla_error error;
    assert_int_equal(sla_document_feed_count(document), 1000);
    assert_string_equal(sla_document_feed_name(document, 999), "f999");
    assert_string_equal(sla_document_feed_file(document, 999), "f999.ics");
    sla_document_free(document);
    assert_int_equal(sla_document_load(more.start, more.length, &document, &error), SLA_LIMIT);
    assert_string_equal(error.message, "the calendars name more than 1000 feeds; take some of them together");
    assert_int_equal(sla_document_load(more.start, more.length, &document, NULL), SLA_LIMIT);
    assert_null(document);
    free(most.start);
    free(more.start);
}

/* ---- What is optional ---- */

static int64_t date_instant(int32_t year, int32_t month, int32_t day) {
    int32_t date = 0;
    assert_int_equal(sla_date_from_civil(year, month, day, &date), SLA_OK);
    return (int64_t)date * 86400;
}

/* §2.7: a feed covers what it says that it covers. */
static void coverage_is_said(void **state) {
    (void)state;
    static const char holiday[] = CALENDAR EVENT "DTSTART;VALUE=DATE:20261123\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    const struct {
        const char *said;
        int64_t expected;
    } cases[] = {
        {"", date_instant(2026, 11, 24)},
        {"covers_until: 2028-01-01", date_instant(2028, 1, 1)},
        {"covers_until: always", INT64_MAX},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char source[300];
        snprintf(source, sizeof source,
                 HEAD
                 "feeds: {holidays: {%s}}\ncalendars:\n  office:\n    hours: {mon: 09:00-17:00}\n    feeds: [holidays]\n",
                 cases[i].said);
        sla_document *const document = loaded(source);
        sla_contract *contract = NULL;
        assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, holiday, SIZE_MAX, NULL), SLA_OK);
        assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_OK);
        assert_int_equal(sla_calendar_covers_until(sla_contract_calendar(contract, 1)), cases[i].expected);
        sla_contract_unref(contract);
        sla_document_free(document);
    }
}

/* Either end of the validity may be open. */
static void validities_with_open_ends(void **state) {
    (void)state;
    static const struct {
        const char *validity;
        int32_t before; /* reasons on 2025-12-31, 2026-06-01 and 2027-01-01 */
        int32_t within;
        int32_t after;
    } cases[] = {
        {"{}", 0, 0, 0},
        {"{from: 2026-01-01}", SLA_REASON_NOT_YET_VALID, 0, 0},
        {"{until: 2027-01-01}", 0, 0, SLA_REASON_EXPIRED},
        {"{through: 2026-12-31}", 0, 0, SLA_REASON_EXPIRED},
        {"{from: 2026-01-01, until: 2027-01-01}", SLA_REASON_NOT_YET_VALID, 0, SLA_REASON_EXPIRED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char source[200];
        snprintf(source, sizeof source, HEAD "valid: %s\n", cases[i].validity);
        sla_contract *const contract = built(loaded(source));
        const int64_t received[] = {date_instant(2025, 12, 31), date_instant(2026, 6, 1), date_instant(2027, 1, 1)};
        const int32_t expected[] = {cases[i].before, cases[i].within, cases[i].after};
        for (size_t n = 0; n < COUNT_OF(received); n++) {
            const sla_request request = {
                .received = received[n], .tier = -1, .channel = -1, .service = -1, .language = -1, .criterion = -1};
            sla_scope scope;
            assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
            assert_int_equal(scope.reasons, expected[n]);
        }
        sla_contract_unref(contract);
    }
}

/* Without a folder, zones are looked for where they usually are. */
static void the_zone_folder_can_be_taken_back(void **state) {
    (void)state;
    sla_document *const document = loaded("sla: 1\nname: Test\ntime_zone: Europe/Belgrade\n");
    sla_contract *contract = NULL;
    assert_int_equal(sla_document_set_zone_folder(document, "/nowhere", SIZE_MAX, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_UNKNOWN_ZONE);
    assert_int_equal(sla_document_set_zone_folder(document, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_OK);
    sla_contract_unref(contract);
    sla_document_free(document);
}

static void errors_are_optional(void **state) {
    (void)state;
    sla_document *document = NULL;
    assert_int_equal(sla_document_load("a: [", SIZE_MAX, &document, NULL), SLA_INVALID_DOCUMENT);
    assert_int_equal(sla_document_load("a: \xFF", SIZE_MAX, &document, NULL), SLA_INVALID_DOCUMENT);
    assert_int_equal(sla_document_load("", SIZE_MAX, &document, NULL), SLA_INVALID_DOCUMENT);
    assert_null(document);
}

/* ---- Pieces ---- */

static void lists_of_names_are_cut(void **state) {
    (void)state;
    static const char *const names[] = {"ab", "cd", "ef"};
    static const struct {
        size_t capacity;
        const char *expected;
    } cases[] = {
        {16, "ab, cd, ef"}, {15, "ab, cd, ..."}, {12, "ab, cd, ..."}, {11, "ab, ..."}, {8, "ab, ..."}, {7, "..."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char buffer[16];
        sli_list_names(buffer, cases[i].capacity, names, COUNT_OF(names));
        assert_string_equal(buffer, cases[i].expected);
    }
}

/* Seconds belong to windows, not to the time by which a business day is due. */
static void times_of_the_day(void **state) {
    (void)state;
    static const struct {
        const char *window;
        int32_t start; /* -1: it is none */
        int32_t end;
    } windows[] = {
        {"00:00-24:00", 0, 86400},
        {"23:59:59-24:00:00", 86399, 86400},
        {"09:00:01-09:00:02", 32401, 32402},
        {"9:00-17:00", -1, 0},
        {"09-17:00", -1, 0},
        {"09.00-17:00", -1, 0},
        {"09:0-17:00", -1, 0},
        {"09:00:-17:00", -1, 0},
        {"09:00:1-17:00", -1, 0},
        {"09:00:60-17:00", -1, 0},
        {"09:60-17:00", -1, 0},
        {"09:00-24:00:01", -1, 0},
        {"09:00-17:00:00:00", -1, 0},
    };
    static const struct {
        const char *within;
        int32_t by; /* -2: it is none */
    } targets[] = {
        {"1 business day by 00:00", 0},  {"1 business day by 24:00", 86400}, {"1 business day", -1},
        {"1 business day by 16:", -2},   {"1 business day by 16:00:00", -2}, {"1 business day by 16:00:", -2},
        {"1 business day by 24:01", -2}, {"1 business day by", -2},
    };
    for (size_t i = 0; i < COUNT_OF(windows); i++) {
        sla_window window;
        const bool read = sli_read_window(sli_text(windows[i].window, SIZE_MAX), &window) == NULL;
        assert_int_equal(read, windows[i].start >= 0);
        if (read) {
            assert_int_equal(window.start, windows[i].start);
            assert_int_equal(window.end, windows[i].end);
        }
    }
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        sla_target target;
        const bool read = sli_read_within(sli_text(targets[i].within, SIZE_MAX), &target) == NULL;
        assert_int_equal(read, targets[i].by >= -1);
        if (read) {
            assert_int_equal(target.by, targets[i].by);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_errors_are_told),
        cmocka_unit_test(a_thousand_warnings_are_told),
        cmocka_unit_test(an_error_after_many_warnings_is_told),
        cmocka_unit_test(elements_beyond_the_bounds),
        cmocka_unit_test(feeds_beyond_the_bound),
        cmocka_unit_test(coverage_is_said),
        cmocka_unit_test(validities_with_open_ends),
        cmocka_unit_test(the_zone_folder_can_be_taken_back),
        cmocka_unit_test(errors_are_optional),
        cmocka_unit_test(lists_of_names_are_cut),
        cmocka_unit_test(times_of_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
