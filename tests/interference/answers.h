/* SPDX-License-Identifier: MIT */
/* All kinds of answers as one text, so that two tellings of them can be compared byte for byte. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/sla.h>

enum { ANSWERS_MAX = 1 << 16, REQUESTS = 40 };

static const char agreement[] = "sla: 1\n"
                                "name: Interference\n"
                                "time_zone: Europe/Belgrade\n"
                                "default_calendar: office\n"
                                "calendars:\n"
                                "  office: {hours: {mon-fri: 09:00-18:00}, feeds: [holidays]}\n"
                                "channels: {phone: {calendar: office}}\n"
                                "tiers: {standard: {channels: [phone]}}\n"
                                "targets:\n"
                                "  - {within: 7h30m}\n"
                                "objectives:\n"
                                "  - {metric: response, attainment: 97.5%}\n";

/* Times in UTC, in IANA's zones, in one of its own and floating; periods; a rule of another calendar; a value of a kind
 * that does not fit, tokens that are unknown, and letters whose case depends on the language. */
static const char holidays[] =
    "BEGIN:VCALENDAR\r\n"
    "VERSION:2.0\r\n"
    "X-WR-CALNAME:Interference\r\n"
    "BEGIN:VTIMEZONE\r\n"
    "TZID:Own\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:20200101T000000\r\n"
    "TZOFFSETFROM:+0300\r\n"
    "TZOFFSETTO:+0300\r\n"
    "TZNAME:OWN\r\n"
    "END:STANDARD\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:20200601T000000\r\n"
    "RDATE:20200601T000000\r\n"
    "TZOFFSETFROM:+0300\r\n"
    "TZOFFSETTO:+0330\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:utc\r\n"
    "DTSTAMP:20260101T000000Z\r\n"
    "DTSTART:20260105T090000Z\r\n"
    "DTEND:20260105T110000Z\r\n"
    "RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z\r\n"
    "EXDATE:20260112T090000Z,20260119T100000,20260126T090000Z\r\n"
    "RDATE;VALUE=PERIOD:20260107T100000Z/PT1H,20260108T100000Z/20260108T113000Z,20260109T100000/PT1H\r\n"
    "SUMMARY:In UTC\r\n"
    "CATEGORIES:ISTANBUL,istanbul\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:zone\r\n"
    "UNKNOWN;STRANGE=1:token\r\n"
    "DTSTART;TZID=America/New_York;STRANGE=2:20260113T040000\r\n"
    "DURATION:PT90M\r\n"
    "SUMMARY:In New York\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:own\r\n"
    "DTSTART;TZID=Own:20260114T120000\r\n"
    "DURATION:PT1H\r\n"
    "SUMMARY:In a zone of its own\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:hebrew\r\n"
    "DTSTART;VALUE=DATE:20250923\r\n"
    "RRULE:RSCALE=HEBREW;FREQ=YEARLY;UNTIL=20400101T000000Z\r\n"
    "SUMMARY:Rosh Hashanah\r\n"
    "END:VEVENT\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:odd\r\n"
    "DTSTART;VALUE=TEXT:20260115T100000\r\n"
    "DURATION:PT1H\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n";

typedef struct answers {
    size_t length;
    char text[ANSWERS_MAX];
} answers;

static inline void tell(answers *to, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    to->length += (size_t)vsnprintf(to->text + to->length, ANSWERS_MAX - to->length, format, arguments);
    va_end(arguments);
    assert_true(to->length < ANSWERS_MAX);
}

static inline void tell_complaints(answers *to, const sla_diagnostics *diagnostics) {
    for (size_t i = 0; i < sla_diagnostics_count(diagnostics); i++) {
        sla_error complaint;
        assert_int_equal(sla_diagnostics_get(diagnostics, i, &complaint), SLA_OK);
        tell(to, "%d %" PRId32 " %s: %s\n", (int)complaint.code, complaint.line, complaint.path, complaint.message);
    }
}

static inline void tell_openings(answers *to, const sla_calendar *calendar) {
    sla_span spans[200];
    size_t count = 0;
    const int64_t begin = INT64_C(1767225600); /* 2026-01-01 */
    assert_int_equal(sla_calendar_list(calendar, begin, begin + 90 * 86400, spans, 200, &count), SLA_OK);
    for (size_t i = 0; i < count; i++) {
        char instant[40];
        assert_int_equal(sla_instant_format(spans[i].begin, sla_calendar_zone(calendar), instant, sizeof instant), SLA_OK);
        const char *const title = sla_calendar_closing_title(calendar, spans[i].closing);
        tell(to, "%s %d %s\n", instant, (int)spans[i].kind, title == NULL ? "" : title);
    }
}

static inline void tell_report(answers *to, sla_contract *contract) {
    sla_report *report = NULL;
    assert_int_equal(sla_report_new(contract, 0, SLA_BY_MONTH | SLA_BY_TIER, 10, &report, NULL), SLA_OK);
    for (int i = 0; i < REQUESTS; i++) {
        const sla_request request = {.received = INT64_C(1767600000) + i * INT64_C(54321),
                                     .service = SLA_UNSAID,
                                     .language = SLA_UNSAID,
                                     .criterion = SLA_UNSAID};
        const sla_event responded = {.at = request.received + i * INT64_C(3600), .event = 1};
        sla_verdict verdict;
        sla_due due = {0};
        assert_int_equal(
            sla_clock_decide(contract, 0, &request, NULL, &responded, 1, NULL, 0, INT64_C(1777600000), &verdict, NULL),
            SLA_OK);
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), SLA_OK);
        tell(to, "%" PRId64 " %d %" PRId64 "\n", due.at, (int)verdict.cycle.state, verdict.cycle.used);
        assert_int_equal(sla_report_add(report, (uint64_t)i, &request, &verdict.scope, &verdict.cycle,
                                        (size_t)verdict.cycle_count, NULL),
                         SLA_OK);
    }
    for (int32_t format = SLA_FORMAT_TEXT; format <= SLA_FORMAT_CSV; format++) {
        size_t length = 0;
        assert_int_equal(sla_report_write(report, format, to->text + to->length, ANSWERS_MAX - to->length, &length, NULL),
                         SLA_OK);
        to->length += length;
    }
    sla_report_free(report);
}

/* Loads document and feed anew. NULL when that fails, with why in `error`. */
static inline sla_contract *load_contract(sla_diagnostics *diagnostics, sla_error *error) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    assert_int_equal(sla_document_load(agreement, SIZE_MAX, &document, NULL), SLA_OK);
    assert_int_equal(sla_document_set_feed(document, "holidays", SIZE_MAX, holidays, SIZE_MAX, NULL), SLA_OK);
    (void)sla_document_build(document, diagnostics, &contract, error);
    sla_document_free(document);
    return contract;
}

/* Everything from the texts to the report. To be freed. */
static inline answers *all_answers(void) {
    answers *const all = calloc(1, sizeof *all);
    sla_diagnostics *diagnostics = NULL;
    sla_error error = {0};
    assert_non_null(all);
    assert_int_equal(sla_diagnostics_new(100, &diagnostics), SLA_OK);
    sla_contract *const contract = load_contract(diagnostics, &error);
    tell_complaints(all, diagnostics);
    sla_diagnostics_free(diagnostics);
    if (contract == NULL) {
        tell(all, "no contract: %s\n", error.message);
        return all;
    }
    int32_t office = 0;
    assert_int_equal(sla_contract_find(contract, SLA_ELEMENT_CALENDAR, "office", SIZE_MAX, &office), SLA_OK);
    tell_openings(all, sla_contract_calendar(contract, office));
    tell_report(all, contract);
    sla_contract_unref(contract);
    return all;
}

/* What is expected, told before anything interferes. */
static answers *undisturbed;

static inline int tell_undisturbed(void **state) {
    (void)state;
    undisturbed = all_answers();
    const bool whole = strstr(undisturbed->text, "In UTC") != NULL && strstr(undisturbed->text, "2026-02") != NULL;
    if (!whole) {
        print_error("%s\n", undisturbed->text);
    }
    return whole ? 0 : -1;
}

static inline int free_undisturbed(void **state) {
    (void)state;
    free(undisturbed);
    return 0;
}

/* True when the answers are the same as at first. */
static inline bool answers_are_the_same(void) {
    answers *const now = all_answers();
    const bool same = now->length == undisturbed->length && memcmp(now->text, undisturbed->text, now->length) == 0;
    if (!same) {
        print_error("at first:\n%s\nnow:\n%s\n", undisturbed->text, now->text);
    }
    free(now);
    return same;
}

#endif
