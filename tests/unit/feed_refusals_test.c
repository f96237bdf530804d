/* SPDX-License-Identifier: MIT */
/* §2.2: feeds and events that are refused, with the line and UID of the complaint; warnings; bounds. */
#include "feed_fixture.h"

#include "feed/feed.h"

#include <libical/ical.h>

typedef struct refusal_case {
    const char *what;
    const char *source;
    sla_status code;
    int32_t line;
    const char *uid;
    const char *says; /* a piece of the message */
} refusal_case;

/* Each event below begins on line 4, after a good one would have on line 3. */
#define AT_LINE_4(body)                                                                                                    \
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:bad@x\n" body "END:VEVENT\nEND:VCALENDAR\n"
#define UNSUPPORTED(what, body, says)                                                                                      \
    { what, AT_LINE_4(body), SLA_UNSUPPORTED_EVENT, 4, "bad@x", says }

static const refusal_case refusals[] = {
    /* The text. */
    {"empty", "", SLA_INVALID_FEED, 0, "", "no VCALENDAR"},
    {"a web page", "<!DOCTYPE html>\n<html></html>\n", SLA_INVALID_FEED, 0, "", "no VCALENDAR"},
    {"an event alone", "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n", SLA_INVALID_FEED, 0, "", "no VCALENDAR"},
    {"truncated within an event", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:2026", SLA_INVALID_FEED, 2, "",
     "truncated"},
    {"truncated after an event", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", SLA_INVALID_FEED, 1, "", "truncated"},
    {"truncated in the second calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n",
     SLA_INVALID_FEED, 4, "", "truncated"},
    {"a missing END", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VCALENDAR\n", SLA_INVALID_FEED, 4, "", "VEVENT of line 2"},
    {"BEGIN without a name", "BEGIN:VCALENDAR\nBEGIN:\n", SLA_INVALID_FEED, 2, "", "component name"},
    {"Latin-1",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Gr\xFC\xDF"
     "e\nEND:VEVENT\nEND:VCALENDAR\n",
     SLA_INVALID_FEED, 3, "", "not UTF-8"},
    {"UTF-16",
     "\xFF\xFE"
     "B",
     SLA_INVALID_FEED, 1, "", "UTF-16"},
    {"UTF-16, big-endian",
     "\xFE\xFF"
     "B",
     SLA_INVALID_FEED, 1, "", "UTF-16"},
    {"too deep", "BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", SLA_LIMIT, 9,
     "", "nested"},

    /* Events that cannot be expanded. */
    UNSUPPORTED("EXRULE", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY\n", "EXRULE"),
    UNSUPPORTED("hourly", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=HOURLY\n", "more often than daily"),
    UNSUPPORTED("minutely", "DTSTART:20260101T000000Z\nRRULE:FREQ=MINUTELY;COUNT=3\n", "more often than daily"),
    UNSUPPORTED("secondly", "DTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY\n", "more often than daily"),
    UNSUPPORTED("BYWEEKNO", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYWEEKNO=1\n", "BYWEEKNO"),
    UNSUPPORTED("BYSETPOS with WEEKLY", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1\n",
                "BYSETPOS"),
    UNSUPPORTED("BYSETPOS with DAILY", "DTSTART:20260101T000000Z\nRRULE:BYSETPOS=1;FREQ=DAILY;BYHOUR=1,2\n", "BYSETPOS"),
    UNSUPPORTED("THISANDFUTURE", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T000000Z\nDTSTART:20260101T000000Z\n",
                "THISANDFUTURE"),
    UNSUPPORTED("an unknown TZID", "DTSTART;TZID=Mars/Olympus:20260101T000000\nDURATION:PT1H\n", "Mars/Olympus"),
    UNSUPPORTED("an ambiguous TZID", "DTSTART;TZID=GMT+1:20260101T000000\nDURATION:PT1H\n", "GMT+1"),
    UNSUPPORTED("an unknown TZID of an EXDATE", "DTSTART:20260101T000000Z\nDURATION:PT1H\nEXDATE;TZID=No:20260101T000000\n",
                "EXDATE"),
    UNSUPPORTED("an impossible date", "DTSTART;VALUE=DATE:20260230\n", "impossible"),
    UNSUPPORTED("an impossible month", "DTSTART;VALUE=DATE:20261301\n", "impossible"),
    UNSUPPORTED("an impossible time", "DTSTART:20260101T250000Z\nDURATION:PT1H\n", "impossible"),
    UNSUPPORTED("an impossible end", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260230\n", "DTEND"),
    UNSUPPORTED("an impossible EXDATE", "DTSTART;VALUE=DATE:20260101\nEXDATE;VALUE=DATE:20260230\n", "EXDATE"),
    UNSUPPORTED("an impossible RDATE", "DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20260230\n", "RDATE"),
    UNSUPPORTED("an impossible RECURRENCE-ID", "RECURRENCE-ID;VALUE=DATE:20260230\nDTSTART;VALUE=DATE:20260101\n",
                "RECURRENCE-ID"),
    UNSUPPORTED("an impossible UNTIL", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;UNTIL=20260230\n", "UNTIL"),

    /* What libical would drop in silence. */
    UNSUPPORTED("a broken date", "DTSTART:tomorrow\n", "DTSTART cannot be read"),
    UNSUPPORTED("a broken EXDATE", "DTSTART;VALUE=DATE:20260101\nEXDATE;VALUE=DATE:20260101,x\n", "EXDATE cannot be read"),
    UNSUPPORTED("a broken DURATION", "DTSTART;VALUE=DATE:20260101\nDURATION:P1Y\n", "DURATION cannot be read"),
    UNSUPPORTED("a rule without a value", "DTSTART;VALUE=DATE:20260101\nRRULE;FREQ=DAILY\n", "RRULE cannot be read"),
    UNSUPPORTED("an unknown FREQ", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=FORTNIGHTLY\n", "unknown FREQ"),
    UNSUPPORTED("no FREQ", "DTSTART;VALUE=DATE:20260101\nRRULE:COUNT=3\n", "no FREQ"),
    UNSUPPORTED("a weekday beyond the year", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYDAY=255SU\n", "BYDAY"),
    UNSUPPORTED("INTERVAL=0", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;INTERVAL=0\n", "INTERVAL"),
    UNSUPPORTED("COUNT=0", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;COUNT=0\n", "COUNT"),
    UNSUPPORTED("BYMONTH=13", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=13\n", "BYMONTH"),
    UNSUPPORTED("BYMONTHDAY=0", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=MONTHLY;BYMONTHDAY=0\n", "BYMONTHDAY"),
    UNSUPPORTED("an unknown calendar", "DTSTART;VALUE=DATE:20260101\nRRULE:RSCALE=NARNIAN;FREQ=YEARLY\n", "RSCALE"),

    /* What libical works on for minutes. */
    UNSUPPORTED("every day of another calendar", "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=DAILY\n", "DAILY"),
    UNSUPPORTED("weekdays of another calendar", "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYDAY=MO\n",
                "more than BYMONTH"),
    UNSUPPORTED("positions in another calendar",
                "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYSETPOS=300\n", "BYSETPOS"),
    UNSUPPORTED("months of another calendar",
                "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=30\n", "YEARLY"),
    UNSUPPORTED("a leap month that may never come",
                "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1L;BYMONTHDAY=1\n", "leap month"),
    UNSUPPORTED("a day that not every month has",
                "DTSTART;VALUE=DATE:19700101\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=30;SKIP=OMIT\n",
                "BYMONTHDAY=-1"),
    UNSUPPORTED("a part that is none", "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;BYEASTER=1\n", "RFC 5545"),
};

/* Is the error among the complaints? */
static bool keeps(const sla_diagnostics *diagnostics, const sla_error *error) {
    sla_error complaint;
    for (size_t i = 0; sla_diagnostics_get(diagnostics, i, &complaint) == SLA_OK; i++) {
        if (complaint.severity == SLA_SEVERITY_ERROR && strcmp(complaint.message, error->message) == 0) {
            return true;
        }
    }
    return false;
}

static void assert_refused(sla_feed_reader *reader, const refusal_case *expected, const char *source, size_t length) {
    sla_feed *feed = (sla_feed *)1;
    sla_error error = {0};
    sla_diagnostics *diagnostics = NULL;
    assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
    const sla_status status =
        sla_feed_reader_load(reader, "holidays", SIZE_MAX, source, length, diagnostics, &feed, &error);
    const bool kept = keeps(diagnostics, &error);
    sla_diagnostics_free(diagnostics);
    if (status != expected->code || error.code != status || error.line != expected->line ||
        strcmp(error.path, expected->uid) != 0 || strstr(error.message, expected->says) == NULL ||
        strstr(error.message, "feed 'holidays'") == NULL || feed != NULL || !kept) {
        fail_msg("%s: %s, line %d, UID '%s': %s", expected->what, sla_status_name(status), (int)error.line, error.path,
                 error.message);
    }
}

static void test_refusals(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("Europe/Berlin", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        assert_refused(reader, &refusals[i], refusals[i].source, SIZE_MAX);
    }
    sla_feed_reader_free(reader);
}

/* With `unsupported: skip` the same events become warnings, and the others close. */
static void test_skipping_what_cannot_be_expanded(void **state) {
    (void)state;
    const sla_feed_options options = {.unsupported = SLA_UNSUPPORTED_SKIP};
    sla_feed_reader *const reader = new_reader("Europe/Berlin", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].code != SLA_UNSUPPORTED_EVENT) {
            continue;
        }
        sla_diagnostics *diagnostics = NULL;
        sla_error warning = {0};
        assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
        sla_feed *const feed = load_feed(reader, refusals[i].source, diagnostics);
        assert_int_equal(sla_diagnostics_get(diagnostics, 0, &warning), SLA_OK);
        if (warning.severity != SLA_SEVERITY_WARNING || warning.line != refusals[i].line ||
            strcmp(warning.path, refusals[i].uid) != 0 || strstr(warning.message, refusals[i].says) == NULL) {
            fail_msg("%s: line %d: %s", refusals[i].what, (int)warning.line, warning.message);
        }
        sla_diagnostics_free(diagnostics);
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* All events that cannot be expanded are reported; the first makes the error. */
static void test_several_complaints(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_diagnostics *diagnostics = NULL;
    sla_feed *feed = NULL;
    sla_error error = {0};
    sla_error second = {0};
    assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
    const char *const source = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nDTSTART;VALUE=DATE:20260230\nEND:VEVENT\n"
                               "BEGIN:VEVENT\nUID:two\nDTSTART;VALUE=DATE:20260231\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, diagnostics, &feed, &error),
                     SLA_UNSUPPORTED_EVENT);
    assert_string_equal(error.path, "one");
    assert_int_equal(sla_diagnostics_count(diagnostics), 2);
    assert_int_equal(sla_diagnostics_get(diagnostics, 1, &second), SLA_OK);
    assert_string_equal(second.path, "two");
    assert_int_equal(second.line, 6);
    sla_diagnostics_free(diagnostics);
    sla_feed_reader_free(reader);
}

typedef struct warning_case {
    const char *source;
    int32_t line;
    const char *uid;
    const char *says;
} warning_case;

static const warning_case warnings[] = {
    {AT_LINE_4("DTSTART;VALUE=DATE:20260101\nRRULE:\n"), 4, "bad@x", "empty RRULE"},
    {AT_LINE_4("DTSTART:20260101T100000Z\nDTEND:20260101T090000Z\n"), 4, "bad@x", "closes nothing"},
    {AT_LINE_4("DTSTART:20260101T100000Z\nDURATION:-PT1H\n"), 4, "bad@x", "closes nothing"},
    {AT_LINE_4("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260101\n"), 4, "bad@x", "one day"},
    {AT_LINE_4("SUMMARY:when?\n"), 4, "bad@x", "no DTSTART"},
    {AT_LINE_4("DTSTART;VALUE=DATE:20260101\nDTSTART;VALUE=DATE:20260102\n"), 4, "bad@x", "more than one DTSTART"},
    {AT_LINE_4("RECURRENCE-ID;VALUE=DATE:20260101\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\n"), 4, "bad@x",
     "are ignored"},
    {"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n", 2, "", "ends nothing"},
    {"BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VEVENT\nUID:e\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n", 3, "e",
     "outside of a VCALENDAR"},
    {"BEGIN:VCALENDAR\nEND:VCALENDAR\nrubbish\n", 3, "", "outside"},
};

static void test_warnings(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (size_t i = 0; i < sizeof warnings / sizeof warnings[0]; i++) {
        sla_diagnostics *diagnostics = NULL;
        sla_error warning = {0};
        assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
        sla_feed_unref(load_feed(reader, warnings[i].source, diagnostics));
        sla_diagnostics_get(diagnostics, 0, &warning);
        if (sla_diagnostics_count(diagnostics) != 1 || warning.severity != SLA_SEVERITY_WARNING ||
            warning.line != warnings[i].line || strcmp(warning.path, warnings[i].uid) != 0 ||
            strstr(warning.message, warnings[i].says) == NULL) {
            fail_msg("'%s' expected, got %zu: line %d: %s", warnings[i].says, sla_diagnostics_count(diagnostics),
                     (int)warning.line, warning.message);
        }
        sla_diagnostics_free(diagnostics);
    }
    sla_feed_reader_free(reader);
}

/* ---- Bounds ---- */

static char *repeated(const char *before, const char *piece, size_t count, const char *after) {
    const size_t capacity = strlen(before) + strlen(piece) * count + strlen(after) + 1;
    char *const made = malloc(capacity);
    assert_non_null(made);
    size_t length = (size_t)snprintf(made, capacity, "%s", before);
    for (size_t i = 0; i < count; i++) {
        for (const char *at = piece; *at != '\0'; at++) {
            made[length++] = *at;
        }
    }
    snprintf(made + length, capacity - length, "%s", after);
    return made;
}

static void assert_repeated_refused(const refusal_case *expected, const char *before, const char *piece, size_t count,
                                    const char *after) {
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    char *const source = repeated(before, piece, count, after);
    assert_refused(reader, expected, source, SIZE_MAX);
    free(source);
    sla_feed_reader_free(reader);
}

#define OPEN_EVENT "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\n"
#define CLOSE_EVENT "\nEND:VEVENT\nEND:VCALENDAR\n"

static void test_bounds(void **state) {
    (void)state;
    const refusal_case too_large = {"too large", NULL, SLA_LIMIT, 0, "", "at most"};
    assert_repeated_refused(&too_large, "", "X", FEED_BYTES_MAX + 1, "");
    const refusal_case too_long = {"too long a line", NULL, SLA_LIMIT, 4, "", "longer than"};
    assert_repeated_refused(&too_long, OPEN_EVENT "SUMMARY:", "X", FEED_LINE_MAX, CLOSE_EVENT);
    const refusal_case too_many_dates = {"too many dates", NULL, SLA_LIMIT, 2, "", "values in lists"};
    assert_repeated_refused(&too_many_dates, OPEN_EVENT "EXDATE:20260101", ",20260101", FEED_LIST_MAX, CLOSE_EVENT);
    const refusal_case too_many_in_all = {
        "too many in all", NULL, SLA_LIMIT, FEED_VALUES_MAX / 1001 * 5 + 5, "", "properties and dates, are more"};
    char thousand[64 + 999 * 9];
    size_t length = (size_t)snprintf(thousand, sizeof thousand, "BEGIN:VEVENT\nUID:u\nDTSTART:20260101\nEXDATE:20260101");
    for (size_t i = 1; i < 998; i++) {
        length += (size_t)snprintf(thousand + length, sizeof thousand - length, ",20260101");
    }
    snprintf(thousand + length, sizeof thousand - length, "\nEND:VEVENT\n");
    assert_repeated_refused(&too_many_in_all, "BEGIN:VCALENDAR\n", thousand, FEED_VALUES_MAX / 1001 + 1, "END:VCALENDAR\n");
    const refusal_case too_many_properties = {"too many properties", NULL, SLA_LIMIT, 2, "", "properties"};
    assert_repeated_refused(&too_many_properties, OPEN_EVENT, "SUMMARY:x\n", FEED_PROPERTIES_MAX, CLOSE_EVENT);
    const refusal_case too_long_tzid = {"too long a TZID", NULL, SLA_LIMIT, 4, "", "shorten its TZID"};
    assert_repeated_refused(&too_long_tzid, OPEN_EVENT "DTSTART;TZID=", "X", FEED_HEAD_MAX, ":20260101T000000" CLOSE_EVENT);
    const refusal_case too_many_events = {"too many events", NULL, SLA_LIMIT, 200000, "", "events"};
    assert_repeated_refused(&too_many_events, "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nEND:VEVENT\n", FEED_COMPONENTS_MAX,
                            "END:VCALENDAR\n");
    const refusal_case too_many_zones = {"too many VTIMEZONEs", NULL, SLA_LIMIT, 2002, "", "VTIMEZONE"};
    assert_repeated_refused(&too_many_zones, "BEGIN:VCALENDAR\n", "BEGIN:VTIMEZONE\nEND:VTIMEZONE\n", FEED_ZONES_MAX + 1,
                            "END:VCALENDAR\n");
    const refusal_case too_many_times = {"too many times a day", NULL, SLA_LIMIT, 2, "u", "times a day"};
    assert_repeated_refused(
        &too_many_times,
        OPEN_EVENT "DTSTART:20260101T000000Z\nDURATION:PT1S\n"
                   "RRULE:FREQ=DAILY;BYHOUR=0,1;BYMINUTE=0",
        ",59", 0,
        ",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,"
        "20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47" CLOSE_EVENT);
}

static void test_too_many_occurrences(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    char *const source =
        repeated("BEGIN:VCALENDAR\n", EVENT("DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=DAILY\r\n"), 90, "END:VCALENDAR\n");
    const refusal_case expected = {"too many occurrences", NULL, SLA_LIMIT, 212, "u", "occurrences"};
    assert_refused(reader, &expected, source, SIZE_MAX);
    free(source);
    sla_feed_reader_free(reader);
}

/* A rule of another calendar that has no end within the horizon is bounded by its occurrences. */
static void test_too_many_lunar_occurrences(void **state) {
    (void)state;
    need_other_calendars();
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    const char *const monthly = IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:19700206\r\nRRULE:RSCALE=CHINESE;FREQ=MONTHLY\r\n"));
    const refusal_case expected = {"too many lunar days", NULL, SLA_LIMIT, 3, "u", "too much work"};
    assert_refused(reader, &expected, monthly, SIZE_MAX);
    sla_feed_unref(load_feed(
        reader, IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:19700206\r\nRRULE:RSCALE=CHINESE;FREQ=YEARLY;UNTIL=20361231\r\n")),
        NULL));
    sla_feed_reader_free(reader);
}

static void test_nul_byte(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    const char source[] = "BEGIN:VCALENDAR\nX:\0\nEND:VCALENDAR\n";
    const refusal_case expected = {"NUL", NULL, SLA_INVALID_FEED, 2, "", "NUL"};
    assert_refused(reader, &expected, source, sizeof source - 1);
    sla_feed_reader_free(reader);
}

/* §2.2: bounds never forbid a daily rule over the whole horizon, 400 years of it. */
static void test_daily_rule_over_400_years(void **state) {
    (void)state;
    const int64_t begin = (int64_t)sli_date_of_civil((civil){1800, 1, 1}) * SLI_DAY;
    const int64_t end = (int64_t)sli_date_of_civil((civil){2200, 1, 1}) * SLI_DAY;
    sla_feed_reader *const reader = new_reader("UTC", begin, end);
    sla_feed *const feed =
        load_feed(reader, IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:16010101\r\nRRULE:FREQ=DAILY\r\n")), NULL);
    assert_int_equal(feed->closure_count, 146097);
    assert_int_equal(feed->closures[0].begin, begin);
    assert_int_equal(feed->closures[146096].end, end);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

static void test_unusable_arguments(void **state) {
    (void)state;
    sla_zone *const zone = load_zone("UTC");
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    sla_error error;
    const int64_t year = INT64_C(366) * SLI_DAY;
    assert_int_equal(sla_feed_reader_new(NULL, 0, 1, NULL, 0, &reader, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_new(zone, 0, 0, NULL, 0, &reader, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_new(zone, 0, 400 * year, NULL, 0, &reader, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_new(zone, 0, 1, NULL, 0, NULL, &error), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_new(zone, 0, year, NULL, 0, &reader, &error), SLA_OK);
    const sla_feed_options bad[] = {{.transparent = 2},
                                    {.unsupported = -1},
                                    {.coverage = 3},
                                    {.coverage = SLA_COVERAGE_DATE, .covers_until = INT32_MAX},
                                    {.reserved = {1, 0}}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(sla_feed_reader_set_options(reader, &bad[i], &error), SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(sla_feed_reader_set_options(reader, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_add_filter(reader, 4, "x", 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_add_filter(reader, 0, "", 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_add_filter(reader, 0, "\xFF", 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_load(reader, NULL, 0, "", 0, NULL, &feed, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, NULL, 0, NULL, &feed, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, "", 0, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_feed_reader_free(reader);
    sla_feed_reader_free(NULL);
    sla_zone_unref(zone);
}

/* With libical's errors fatal, a bad feed would end the program; its settings are the program's own. */
static void test_fatal_libical_is_refused(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    const refusal_case expected = {"fatal libical", NULL, SLA_INVALID_ARGUMENT, 0, "", "fatal"};
    icalerror_set_errors_are_fatal(1);
    assert_refused(reader, &expected, IN_CALENDAR(""), SIZE_MAX);
    assert_true(icalerror_get_errors_are_fatal());
    icalerror_set_errors_are_fatal(0);
    sla_feed_unref(load_feed(reader, IN_CALENDAR(""), NULL));
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_skipping_what_cannot_be_expanded),
        cmocka_unit_test(test_several_complaints),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_too_many_occurrences),
        cmocka_unit_test(test_too_many_lunar_occurrences),
        cmocka_unit_test(test_nul_byte),
        cmocka_unit_test(test_daily_rule_over_400_years),
        cmocka_unit_test(test_unusable_arguments),
        cmocka_unit_test(test_fatal_libical_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
