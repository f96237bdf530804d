/* SPDX-License-Identifier: MIT */
/* Contract documents: reading, feeds, bounds, and the contract that comes of them. Bad documents are in tests/invalid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/contract.h>

#include "base/base.h"

#define HEAD "sla: 1\nname: Test\ntime_zone: Europe/Belgrade\n"
#define OFFICE "calendars:\n  office:\n    hours: {mon-fri: 09:00-17:00}\n"
#define HOLIDAY_BEGIN                                                                                                      \
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sla//test//EN\r\nBEGIN:VEVENT\r\nUID:day\r\nDTSTAMP:20200101T000000Z\r\n"
#define HOLIDAY_END "SUMMARY:Holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
#define HOLIDAY HOLIDAY_BEGIN "DTSTART;VALUE=DATE:20261123\r\n" HOLIDAY_END

#define NOON INT64_C(1795431600) /* 2026-11-23T11:00:00Z, a Monday; noon in Belgrade */

static sla_document *loaded(const char *source) {
    sla_document *document;
    sla_error error;
    if (sla_document_load(source, SIZE_MAX, &document, &error) != SLA_OK) {
        fail_msg("%d:%d %s", (int)error.line, (int)error.column, error.message);
    }
    return document;
}

static sla_contract *built(const sla_document *document) {
    sla_contract *contract;
    sla_error error;
    if (sla_document_build(document, NULL, &contract, &error) != SLA_OK) {
        fail_msg("%d:%d %s: %s", (int)error.line, (int)error.column, error.path, error.message);
    }
    return contract;
}

static sla_contract *contract_of(const char *source) {
    sla_document *const document = loaded(source);
    sla_contract *const contract = built(document);
    sla_document_free(document);
    return contract;
}

static int32_t index_of(const sla_contract *contract, int32_t element, const char *name) {
    int32_t index;
    assert_int_equal(sla_contract_find(contract, element, name, SIZE_MAX, &index), SLA_OK);
    return index;
}

static bool is_open(const sla_contract *contract, const char *calendar, int64_t at) {
    int32_t open;
    sla_calendar *const found = sla_contract_calendar(contract, index_of(contract, SLA_ELEMENT_CALENDAR, calendar));
    assert_int_equal(sla_calendar_is_open(found, at, &open), SLA_OK);
    return open == 1;
}

/* ---- The contract that comes of a document ---- */

static void a_small_document_becomes_a_contract(void **state) {
    (void)state;
    sla_contract *const contract = contract_of(HEAD OFFICE "targets: [{metric: response, within: 4h, calendar: office}]\n");
    sla_due due;
    const sla_request request = {
        .received = NOON, .tier = -1, .channel = -1, .service = -1, .language = -1, .criterion = -1};
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0), "Test");
    assert_string_equal(sla_zone_name(sla_contract_zone(contract)), "Europe/Belgrade");
    assert_int_equal(sla_contract_due(contract, index_of(contract, SLA_ELEMENT_METRIC, "response"), &request, &due),
                     SLA_OK);
    assert_int_equal(due.at, NOON + 4 * 3600);
    sla_contract_unref(contract);
}

/* JSON is YAML: the same document in either gives the same counts, names and rows. */
static void json_is_read_as_well(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of("{\"sla\": 1, \"name\": \"J\", \"time_zone\": \"UTC\", \"channels\": {\"e\\u0161\": {}},"
                    " \"targets\": [{\"within\": \"2 business days by 16:00\", \"channel\": \"e\\u0161\"}]}");
    sla_target target;
    assert_int_equal(sla_contract_get_target(contract, 0, &target), SLA_OK);
    assert_int_equal(target.kind, SLA_TARGET_BUSINESS_DAYS);
    assert_int_equal(target.amount, 2);
    assert_int_equal(target.by, 16 * 3600);
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CHANNEL, 0), "e\xC5\xA1");
    sla_contract_unref(contract);
}

static void every_scalar_is_text(void **state) {
    (void)state;
    sla_contract *const contract = contract_of("sla: \"1\"\nname: 5\ntime_zone: UTC\nlanguages: [no]\nrequires: [1, ~]\n");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0), "5");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_LANGUAGE, 0), "no");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_FACT, 0), "1");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_FACT, 1), "~");
    sla_contract_unref(contract);
}

static void texts_come_back(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of(HEAD "title: T\nclause: \"1\"\nnote: N\nservices: {excluded: {upgrade: {clause: \"5\"}}}\n"
                         "targets: [{within: immediate, title: Now}]\n");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_TITLE), "T");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_CLAUSE), "1");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_NOTE), "N");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_EXCLUSION, 0, SLA_TEXT_CLAUSE), "5");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_TARGET, 0, SLA_TEXT_TITLE), "Now");
    sla_contract_unref(contract);
}

/* Keys that begin with "x-" are skipped wherever they stand, also where names stand. */
static void others_keys_are_skipped(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of(HEAD "x-a: [1, {b: c}]\nchannels: {x-fax: 5, email: {x-b: []}}\nmetrics: {x-m: 1}\n");
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_CHANNEL), 1);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_METRIC), 1); /* response, as none is given */
    sla_contract_unref(contract);
}

/* §2.4: parts may be defined later; `always` may be a part (§2.5). */
static void calendars_combine_in_any_order(void **state) {
    (void)state;
    sla_contract *const contract = contract_of(HEAD "calendars:\n"
                                                    "  night: {difference: [always, day]}\n"
                                                    "  noon: {intersection: [day, lunch]}\n"
                                                    "  all: {union: [night, day]}\n"
                                                    "  day: {union: [office, lunch]}\n"
                                                    "  office: {hours: {mon-fri: 09:00-17:00}}\n"
                                                    "  lunch: {hours: {mon-sun: 12:00-13:00}}\n");
    assert_true(is_open(contract, "day", NOON));
    assert_false(is_open(contract, "night", NOON));
    assert_true(is_open(contract, "noon", NOON));
    assert_false(is_open(contract, "noon", NOON + 3600));
    assert_true(is_open(contract, "all", NOON + 12 * 3600));
    sla_contract_unref(contract);
}

/* §2.3: a range ends with `through` (inclusive) or `until` (exclusive); they say the same. */
static void exceptions_replace_hours(void **state) {
    (void)state;
    static const char *const ranges[] = {"{date: 2026-11-23}", "{from: 2026-11-22, through: 2026-11-23}",
                                         "{from: 2026-11-23, until: 2026-11-24}",
                                         "{date: 2026-11-23, hours: [09:00-11:00, 14:00-15:00]}"};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        char source[512];
        snprintf(source, sizeof source, HEAD OFFICE "    exceptions: [%s]\n", ranges[i]);
        sla_contract *const contract = contract_of(source);
        assert_false(is_open(contract, "office", NOON));
        assert_true(is_open(contract, "office", NOON + 86400));
        sla_contract_unref(contract);
    }
}

/* §7: `like` takes a ready-made metric, whose keys the metric's own override. */
static void ready_made_metrics_are_overridden(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of(HEAD "metrics: {fix: {like: total-resolution, stop: closed, pause: [], resume: []},"
                         " response: {like: first-response}}\n"
                         "objectives: [{metric: fix, attainment: 99.5%, per: week}]\n");
    sla_objective objective;
    int32_t event;
    assert_int_equal(sla_contract_get_objective(contract, 0, &objective), SLA_OK);
    assert_int_equal(objective.metric, index_of(contract, SLA_ELEMENT_METRIC, "fix"));
    assert_int_equal(objective.attainment, 995000);
    assert_int_equal(objective.period, SLA_PERIOD_WEEK);
    index_of(contract, SLA_ELEMENT_EVENT, "closed");
    index_of(contract, SLA_ELEMENT_EVENT, "reopened");
    static const char *const overridden[] = {"resolved", "waiting", "answered"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sla_contract_find(contract, SLA_ELEMENT_EVENT, overridden[i], SIZE_MAX, &event), SLA_NOT_FOUND);
    }
    sla_contract_unref(contract);
}

/* §5: `requires: []` is none at all, which is not the same as saying nothing. */
static void a_service_can_require_nothing(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of(HEAD "requires: [licence]\nservices: {covered: {sales: {requires: []}, help: {}}}\n");
    sla_request request = {.received = NOON, .tier = -1, .channel = -1, .language = -1, .criterion = -1};
    sla_scope scope;
    request.service = index_of(contract, SLA_ELEMENT_SERVICE, "sales");
    assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
    assert_int_equal(scope.in_scope, 1);
    request.service = index_of(contract, SLA_ELEMENT_SERVICE, "help");
    assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
    assert_int_equal(scope.reasons, SLA_REASON_REQUIREMENT_MISSING);
    sla_contract_unref(contract);
}

static void line_ends_and_byte_order_mark_are_no_matter(void **state) {
    (void)state;
    sla_contract *const contract =
        contract_of("\xEF\xBB\xBFsla: 1\r\nname: Test\r\ntime_zone: UTC\r\nchannels:\r\n  email: {}\r\n");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0), "Test");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CHANNEL, 0), "email");
    sla_contract_unref(contract);
}

/* ---- Feeds ---- */

static const char *const feeds_text =
    HEAD "calendars:\n"
         "  office: {hours: {mon-fri: 09:00-17:00}, feeds: [holidays, closings]}\n"
         "  tokyo: {hours: {mon-fri: 09:00-17:00}, time_zone: Asia/Tokyo, feeds: [holidays]}\n"
         "feeds:\n"
         "  closings: {file: closed days.ics}\n"
         "  unused: {}\n";

static void feeds_are_asked_for(void **state) {
    (void)state;
    sla_document *const document = loaded(feeds_text);
    assert_int_equal(sla_document_feed_count(document), 2);
    assert_string_equal(sla_document_feed_name(document, 0), "holidays");
    assert_string_equal(sla_document_feed_file(document, 0), "holidays.ics");
    assert_string_equal(sla_document_feed_name(document, 1), "closings");
    assert_string_equal(sla_document_feed_file(document, 1), "closed days.ics");
    assert_null(sla_document_feed_name(document, 2));
    assert_null(sla_document_feed_file(document, 2));
    sla_document_free(document);
}

/* §2.2: an all-day event closes the local date of each calendar's own zone. */
static void feeds_close_each_calendar_in_its_zone(void **state) {
    (void)state;
    sla_document *const document = loaded(feeds_text);
    assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, HOLIDAY, SIZE_MAX, NULL), SLA_OK);
    assert_int_equal(sla_document_set_feed(document, "closings", 8, HOLIDAY, strlen(HOLIDAY), NULL), SLA_OK);
    sla_contract *const contract = built(document);
    sla_document_free(document);
    assert_false(is_open(contract, "office", NOON));
    assert_true(is_open(contract, "office", NOON + 86400));
    assert_false(is_open(contract, "tokyo", NOON - 10 * 3600)); /* 10:00 of the 23rd in Tokyo */
    assert_true(is_open(contract, "tokyo", NOON + 14 * 3600));  /* 10:00 of the 24th */
    sla_contract_unref(contract);
}

static void feeds_that_are_not_asked_for_are_refused(void **state) {
    (void)state;
    sla_document *const document = loaded(feeds_text);
    sla_error error;
    assert_int_equal(sla_document_set_feed(document, "holiday", SIZE_MAX, HOLIDAY, SIZE_MAX, &error), SLA_NOT_FOUND);
    assert_non_null(strstr(error.message, "holidays"));
    assert_int_equal(sla_document_set_feed(document, "unused", SIZE_MAX, HOLIDAY, SIZE_MAX, &error), SLA_NOT_FOUND);
    sla_document_free(document);
}

/* A warning of a feed is a complaint, at the feed's name, and no failure. */
static void warnings_of_feeds_are_passed_on(void **state) {
    (void)state;
    sla_document *const document =
        loaded(HEAD "feeds: {holidays: {unsupported: skip}}\ncalendars:\n"
                    "  office:\n    hours: {mon-fri: 09:00-17:00}\n    feeds: [holidays]\n"
                    "  tokyo: {hours: {mon: 09:00-17:00}, time_zone: Asia/Tokyo, feeds: [holidays]}\n");
    static const char hourly[] =
        HOLIDAY_BEGIN "DTSTART:20261123T100000Z\r\nDTEND:20261123T110000Z\r\nRRULE:FREQ=HOURLY\r\n" HOLIDAY_END;
    sla_diagnostics *diagnostics;
    sla_contract *contract;
    sla_error warning;
    assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
    assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, hourly, SIZE_MAX, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, diagnostics, &contract, NULL), SLA_OK);
    assert_int_equal(sla_diagnostics_count(diagnostics), 1); /* once, although two zones read it */
    assert_int_equal(sla_diagnostics_get(diagnostics, 0, &warning), SLA_OK);
    assert_int_equal(warning.severity, SLA_SEVERITY_WARNING);
    assert_int_equal(warning.line, 8);
    assert_int_equal(warning.column, 13);
    assert_string_equal(warning.path, "calendars.office.feeds[0]");
    assert_non_null(strstr(warning.message, "feed 'holidays', line 4, UID day: "));
    sla_contract_unref(contract);
    sla_document_free(document);
    sla_diagnostics_free(diagnostics);
}

/* A feed can be handed over again; contracts that were built stay as they were. */
static void a_document_is_built_again(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD "calendars: {office: {hours: {mon-fri: 09:00-17:00}, feeds: [f]}}\n");
    sla_contract *contract = (sla_contract *)document;
    sla_error error;
    assert_int_equal(sla_document_build(document, NULL, &contract, &error), SLA_MISSING_FEED);
    assert_null(contract);
    sla_document_set_feed(document, "f", SIZE_MAX, HOLIDAY, SIZE_MAX, NULL);
    sla_contract *const closed = built(document);
    sla_document_set_feed(document, "f", SIZE_MAX, HOLIDAY_BEGIN "DTSTART;VALUE=DATE:20261124\r\n" HOLIDAY_END, SIZE_MAX,
                          NULL);
    sla_contract *const open = built(document);
    sla_document_free(document);
    assert_false(is_open(closed, "office", NOON));
    assert_true(is_open(open, "office", NOON));
    sla_contract_unref(closed);
    sla_contract_unref(open);
}

/* ---- Settings ---- */

static void the_horizon_is_that_of_all_calendars(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD OFFICE);
    sla_error error;
    int64_t begin;
    int64_t end;
    assert_int_equal(sla_document_set_horizon(document, 5, 5, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_horizon(document, NOON, NOON + 86400, &error), SLA_OK);
    sla_contract *const contract = built(document);
    sla_document_free(document);
    for (int32_t i = 0; i < 2; i++) {
        assert_int_equal(sla_calendar_horizon(sla_contract_calendar(contract, i), &begin, &end), SLA_OK);
        assert_int_equal(begin, NOON);
        assert_int_equal(end, NOON + 86400);
    }
    sla_contract_unref(contract);
}

static void the_zone_folder_is_asked(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD OFFICE);
    sla_contract *contract;
    sla_error error;
    assert_int_equal(sla_document_set_zone_folder(document, "/nowhere/at/all", SIZE_MAX, &error), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, &error), SLA_UNKNOWN_ZONE);
    assert_int_equal(error.line, 3);
    assert_int_equal(sla_document_set_zone_folder(document, NULL, 0, &error), SLA_OK);
    sla_contract_unref(built(document));
    sla_document_free(document);
}

static void missing_arguments_are_refused(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD);
    sla_document *made = document;
    sla_contract *contract;
    assert_int_equal(sla_document_load(NULL, 0, &made, NULL), SLA_INVALID_ARGUMENT);
    assert_null(made);
    assert_int_equal(sla_document_load(HEAD, SIZE_MAX, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_zone_folder(NULL, "", 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_horizon(NULL, 0, 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_feed(NULL, "f", 1, "", 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_feed(document, NULL, 1, "", 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_set_feed(document, "f", 1, NULL, 0, NULL), SLA_INVALID_ARGUMENT);
    sla_contract *const other = contract_of("sla: 1\nname: Other\ntime_zone: UTC\n");
    int32_t index;
    assert_int_equal(sla_document_add_contract(NULL, other, &index, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_add_contract(document, NULL, &index, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_add_contract(document, other, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_contract_unref(other);
    assert_int_equal(sla_document_build(NULL, NULL, &contract, NULL), SLA_INVALID_ARGUMENT);
    assert_null(contract);
    assert_int_equal(sla_document_build(document, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_document_feed_count(NULL), 0);
    assert_null(sla_document_feed_name(NULL, 0));
    assert_null(sla_document_feed_file(NULL, 0));
    sla_document_free(NULL);
    sla_document_free(document);
}

/* ---- Contracts that requests move to (§7.5) ---- */

static sla_contract *other_named(const char *name) {
    char source[100];
    snprintf(source, sizeof source, "sla: 1\nname: %s\ntime_zone: UTC\n", name);
    return contract_of(source);
}

static void contracts_are_handed_over(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD);
    sla_contract *const gold = other_named("Gold");
    sla_contract *const again = other_named("Gold");
    sla_contract *const silver = other_named("Silver");
    int32_t index = 77;
    sla_error error;
    assert_int_equal(sla_document_add_contract(document, gold, &index, &error), SLA_OK);
    assert_int_equal(index, 1);
    assert_int_equal(sla_document_add_contract(document, again, &index, &error), SLA_DUPLICATE);
    assert_int_equal(index, 0);
    assert_non_null(strstr(error.message, "'Gold'"));
    assert_int_equal(sla_document_add_contract(document, silver, &index, &error), SLA_OK);
    assert_int_equal(index, 2);
    sla_contract_unref(gold);
    sla_contract_unref(again);
    sla_contract_unref(silver);
    sla_contract *const contract = built(document);
    sla_document_free(document);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_CONTRACT), 3);
    assert_int_equal(index_of(contract, SLA_ELEMENT_CONTRACT, "Silver"), 2);
    assert_ptr_equal(sla_contract_successor(contract, 1), gold);
    sla_contract_unref(contract);
}

static void contracts_that_do_not_fit_are_complaints(void **state) {
    (void)state;
    static const struct {
        const char *source;
        const char *name;
        int64_t end;
        sla_status status;
        int32_t line;
        const char *message;
    } cases[] = {
        {HEAD, "Test", SLA_HORIZON_END, SLA_DUPLICATE, 2, "'Test'"},
        {HEAD, "Gold", SLA_HORIZON_END - 86400, SLA_INVALID_DOCUMENT, 1, "'Gold' has another horizon"},
        {"sla: 1\nname: \"\"\ntime_zone: UTC\n", "contract", SLA_HORIZON_END, SLA_INVALID_DOCUMENT, 2, "name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_document *const document = loaded(cases[i].source);
        sla_contract *const other = other_named(cases[i].name);
        sla_diagnostics *diagnostics;
        sla_contract *contract;
        sla_error error;
        int32_t index;
        assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
        assert_int_equal(sla_document_set_horizon(document, SLA_HORIZON_BEGIN, cases[i].end, NULL), SLA_OK);
        assert_int_equal(sla_document_add_contract(document, other, &index, NULL), SLA_OK);
        assert_int_equal(sla_document_build(document, diagnostics, &contract, &error), cases[i].status);
        assert_null(contract);
        assert_int_equal(sla_diagnostics_count(diagnostics), 1);
        assert_int_equal(error.line, cases[i].line);
        assert_non_null(strstr(error.message, cases[i].message));
        sla_contract_unref(other);
        sla_document_free(document);
        sla_diagnostics_free(diagnostics);
    }
}

static void there_is_a_limit_to_contracts(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD);
    int32_t index;
    sla_error error;
    for (int32_t i = 1; i <= 32; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", (int)i);
        sla_contract *const other = other_named(name);
        assert_int_equal(sla_document_add_contract(document, other, &index, &error), i < 32 ? SLA_OK : SLA_LIMIT);
        sla_contract_unref(other);
    }
    assert_non_null(strstr(error.message, "at most 31 others"));
    sla_contract_unref(built(document));
    sla_document_free(document);
}

/* ---- Bounds ---- */

static char *repeated(const char *head, const char *part, size_t times, const char *tail) {
    const size_t size = strlen(part);
    char *const source = malloc(strlen(head) + size * times + strlen(tail) + 1);
    assert_non_null(source);
    strcpy(source, head);
    char *end = source + strlen(head);
    for (size_t i = 0; i < times; i++, end += size) {
        memcpy(end, part, size);
    }
    strcpy(end, tail);
    return source;
}

static void expect_limit(char *source, const char *part) {
    sla_document *document;
    sla_error error;
    assert_int_equal(sla_document_load(source, SIZE_MAX, &document, &error), SLA_LIMIT);
    assert_null(document);
    assert_non_null(strstr(error.message, part));
    free(source);
}

static void documents_have_bounds(void **state) {
    (void)state;
    expect_limit(repeated(HEAD "# ", "too large ", 420000, "\n"), "4 MiB");
    expect_limit(repeated(HEAD "x-deep: ", "[", 32, ""), "32 levels");
    expect_limit(repeated(HEAD "x-long: [", "a,", 10001, "]\n"), "10000");
    expect_limit(repeated(HEAD "x-many: [", "[a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a],", 9000, "]\n"),
                 "250000");
}

static void documents_may_reach_the_bounds(void **state) {
    (void)state;
    char *const deep = repeated(HEAD "x-deep: ", "[", 31, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
    char *const listed = repeated(HEAD "x-long: [", "a,", 9999, "a]\n");
    sla_document_free(loaded(deep));
    sla_document_free(loaded(listed));
    free(deep);
    free(listed);
}

static void feeds_have_bounds(void **state) {
    (void)state;
    sla_document *const document = loaded(HEAD "calendars: {office: {hours: {mon: 09:00-17:00}, feeds: [f]}}\n");
    const size_t size = 16 * 1024 * 1024 + 1;
    char *const large = calloc(size, 1);
    sla_error error;
    assert_non_null(large);
    assert_int_equal(sla_document_set_feed(document, "f", 1, large, size, &error), SLA_LIMIT);
    assert_non_null(strstr(error.message, "16 MiB"));
    free(large);
    sla_document_free(document);
}

static void expect_build_limit(sla_document *document, const char *part) {
    sla_contract *contract;
    sla_error error;
    assert_int_equal(sla_document_build(document, NULL, &contract, &error), SLA_LIMIT);
    assert_null(contract);
    assert_true(error.line > 4 && error.column >= 1);
    assert_non_null(strstr(error.message, part));
    sla_document_free(document);
}

/* What all calendars of a document cost together has a bound, and so have all its feeds in all their zones. */
static void calendars_and_feeds_have_a_budget(void **state) {
    (void)state;
    char *const busy = repeated(HEAD "calendars:\n  a:\n    hours: {mon-sun: [", "00:00-00:01,", 999, "]}\n");
    char *const wide = repeated(HEAD OFFICE "  a: {union: [", "office,", 900, "]}\n");
    char *const feed = repeated(HOLIDAY_BEGIN "DTSTART;VALUE=DATE:20261123\r\n", "X-A:1111111111\r\n", 500000, HOLIDAY_END);
    sla_document *const document = loaded(HEAD "calendars:\n"
                                               "  a: {hours: {mon: 09:00-17:00}, feeds: [f], time_zone: UTC}\n"
                                               "  b: {hours: {mon: 09:00-17:00}, feeds: [f], time_zone: '+01:00'}\n"
                                               "  c: {hours: {mon: 09:00-17:00}, feeds: [f], time_zone: '+02:00'}\n");
    assert_int_equal(sla_document_set_feed(document, "f", 1, feed, SIZE_MAX, NULL), SLA_OK);
    expect_build_limit(document, "each counted for each zone");
    expect_build_limit(loaded(busy), "shorter horizon");
    expect_build_limit(loaded(wide), "shorter horizon");
    free(busy);
    free(wide);
    free(feed);
}

static void too_many_feeds_have_a_place(void **state) {
    (void)state;
    char *const head = repeated(HEAD "calendars:\n  office:\n    hours: {mon: 09:00-17:00}\n    feeds: [", "", 0, "");
    const size_t capacity = strlen(head) + 1001 * 8 + 8;
    char *const source = malloc(capacity);
    assert_non_null(source);
    size_t length = (size_t)snprintf(source, capacity, "%s", head);
    for (int i = 0; i < 1001; i++) {
        length += (size_t)snprintf(source + length, capacity - length, "f%d, ", i);
    }
    snprintf(source + length, capacity - length, "]\n");
    sla_document *document;
    sla_error error;
    assert_int_equal(sla_document_load(source, SIZE_MAX, &document, &error), SLA_LIMIT);
    assert_int_equal(error.line, 7);
    assert_true(error.column > 1);
    free(head);
    free(source);
}

/* A hostile document ends in complaints, up to the caller's limit; the rest is counted. */
static void complaints_beyond_the_limit_are_counted(void **state) {
    (void)state;
    char *const source = repeated(HEAD "targets: [", "{within: 2d, tier: gold},", 900, "]\n");
    sla_document *const document = loaded(source);
    sla_diagnostics *diagnostics;
    sla_contract *contract;
    assert_int_equal(sla_diagnostics_new(5, &diagnostics), SLA_OK);
    assert_int_equal(sla_document_build(document, diagnostics, &contract, NULL), SLA_INVALID_DOCUMENT);
    assert_int_equal(sla_diagnostics_count(diagnostics), 5);
    assert_true(sla_diagnostics_omitted(diagnostics) >= 895);
    sla_diagnostics_free(diagnostics);
    sla_document_free(document);
    free(source);
}

/* A document that ends too early is refused wherever it ends. */
static void truncated_documents_are_refused(void **state) {
    (void)state;
    static const char whole[] = "{\"sla\": 1, \"name\": \"T\", \"time_zone\": \"UTC\", \"channels\": {\"email\": {}},"
                                " \"targets\": [{\"channel\": \"email\", \"within\": \"4h\"}]}";
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        sla_document *document;
        sla_error error;
        assert_int_equal(sla_document_load(whole, length, &document, &error), SLA_INVALID_DOCUMENT);
        assert_null(document);
        assert_true(error.line > 0);
    }
    sla_contract_unref(contract_of(whole));
}

/* Long names are cut, but never within a character. */
static void messages_stay_utf8(void **state) {
    (void)state;
    for (size_t lead = 0; lead < 2; lead++) {
        char *const document_text = repeated(lead == 0 ? HEAD : HEAD "k", "\xC4\x8D", 300, ": 1\n");
        sla_document *const document = loaded(document_text);
        sla_contract *contract;
        sla_error error;
        assert_int_equal(sla_document_build(document, NULL, &contract, &error), SLA_INVALID_DOCUMENT);
        assert_true(sli_text_is_utf8((text){error.message, strlen(error.message)}));
        assert_true(sli_text_is_utf8((text){error.path, strlen(error.path)}));
        assert_true(strlen(error.path) >= 120);
        assert_non_null(strstr(error.message, "'; allowed: sla, name"));
        sla_document_free(document);
        free(document_text);
    }
}

static void complaints_name_their_path(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *path;
    } cases[] = {
        {"targets:\n  - {within: 4h}\n  - {within: 4h}\n  - {within: 4h, calendar: x}\n", "targets[2].calendar"},
        {"calendars: {office: {hours: {mon: [09:00-10:00, 10:00]}}}\n", "calendars.office.hours.mon[1]"},
        {"services: {covered: {help: {aliases: {}}}}\n", "services.covered.help.aliases"},
        {"colour: red\n", "colour"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char source[512];
        sla_contract *contract;
        sla_error error;
        snprintf(source, sizeof source, HEAD "%s", cases[i].text);
        sla_document *const document = loaded(source);
        assert_int_not_equal(sla_document_build(document, NULL, &contract, &error), SLA_OK);
        assert_string_equal(error.path, cases[i].path);
        sla_document_free(document);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_document_becomes_a_contract),
        cmocka_unit_test(json_is_read_as_well),
        cmocka_unit_test(every_scalar_is_text),
        cmocka_unit_test(texts_come_back),
        cmocka_unit_test(others_keys_are_skipped),
        cmocka_unit_test(calendars_combine_in_any_order),
        cmocka_unit_test(exceptions_replace_hours),
        cmocka_unit_test(ready_made_metrics_are_overridden),
        cmocka_unit_test(a_service_can_require_nothing),
        cmocka_unit_test(line_ends_and_byte_order_mark_are_no_matter),
        cmocka_unit_test(feeds_are_asked_for),
        cmocka_unit_test(feeds_close_each_calendar_in_its_zone),
        cmocka_unit_test(feeds_that_are_not_asked_for_are_refused),
        cmocka_unit_test(warnings_of_feeds_are_passed_on),
        cmocka_unit_test(a_document_is_built_again),
        cmocka_unit_test(the_horizon_is_that_of_all_calendars),
        cmocka_unit_test(the_zone_folder_is_asked),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(contracts_are_handed_over),
        cmocka_unit_test(contracts_that_do_not_fit_are_complaints),
        cmocka_unit_test(there_is_a_limit_to_contracts),
        cmocka_unit_test(documents_have_bounds),
        cmocka_unit_test(documents_may_reach_the_bounds),
        cmocka_unit_test(feeds_have_bounds),
        cmocka_unit_test(complaints_beyond_the_limit_are_counted),
        cmocka_unit_test(calendars_and_feeds_have_a_budget),
        cmocka_unit_test(too_many_feeds_have_a_place),
        cmocka_unit_test(truncated_documents_are_refused),
        cmocka_unit_test(messages_stay_utf8),
        cmocka_unit_test(complaints_name_their_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
