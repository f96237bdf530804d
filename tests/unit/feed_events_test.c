/* SPDX-License-Identifier: MIT */
/* §2.2: what an event closes, rule by rule. The expectations follow from the rules by hand. */
#include "feed_fixture.h"

typedef struct events_case {
    const char *rule;
    const char *source;
    const char *closed; /* for a calendar in Europe/Berlin, horizon 1970 to 2100 */
} events_case;

#define BERLIN_24_DEC "20261223T230000Z/20261224T230000Z"

static const events_case cases[] = {
    /* All-day events: local dates of the calendar, end exclusive, never less than one. */
    {"no DTEND, no DURATION: one day", EVENT("DTSTART;VALUE=DATE:20261224\r\n"), BERLIN_24_DEC},
    {"DTEND is exclusive", EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225\r\n"), BERLIN_24_DEC},
    {"multi-day", EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\n"),
     "20261223T230000Z/20261226T230000Z"},
    {"DTEND = DTSTART is one day", EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261224\r\n"), BERLIN_24_DEC},
    {"DTEND before DTSTART is one day", EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261220\r\n"),
     BERLIN_24_DEC},
    {"a DATE start with a DATE-TIME end: dates are compared",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nDTEND:20261225T050001Z\r\n"), BERLIN_24_DEC},
    {"DURATION in days", EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D\r\n"), "20261223T230000Z/20261226T230000Z"},
    {"DURATION in weeks", EVENT("DTSTART;VALUE=DATE:20261221\r\nDURATION:P1W\r\n"), "20261220T230000Z/20261227T230000Z"},
    {"hours are rounded up to a day", EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:PT12H\r\n"), BERLIN_24_DEC},
    {"a date without VALUE=DATE", EVENT("DTSTART:20261224\r\n"), BERLIN_24_DEC},
    {"TZID on a DATE is ignored", EVENT("DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20261224\r\n"), BERLIN_24_DEC},
    {"the day of 25 hours", EVENT("DTSTART;VALUE=DATE:20261025\r\n"), "20261024T220000Z/20261025T230000Z"},
    {"the day of 23 hours", EVENT("DTSTART;VALUE=DATE:20260329\r\n"), "20260328T230000Z/20260329T220000Z"},

    /* Timed events. */
    {"UTC", EVENT("DTSTART:20261224T100000Z\r\nDTEND:20261224T120000Z\r\n"), "20261224T100000Z/20261224T120000Z"},
    {"floating: the calendar's zone", EVENT("DTSTART:20261224T100000\r\nDTEND:20261224T120000\r\n"),
     "20261224T090000Z/20261224T110000Z"},
    {"TZID", EVENT("DTSTART;TZID=Asia/Tokyo:20261224T100000\r\nDTEND;TZID=Asia/Tokyo:20261224T120000\r\n"),
     "20261224T010000Z/20261224T030000Z"},
    {"TZID among parameters that decide nothing: its first",
     EVENT(
         "DTSTART;X-A=\"b;TZID=UTC:c\";tzid=Asia/Tokyo;X-B=;VALUE=DATE-TIME;TZID=UTC:20261224T100000\r\nDURATION:PT2H\r\n"),
     "20261224T010000Z/20261224T030000Z"},
    {"start and end in two zones",
     EVENT("DTSTART;TZID=Europe/Berlin:20261223T100000\r\nDTEND;TZID=America/New_York:20261223T120000\r\n"),
     "20261223T090000Z/20261223T170000Z"},
    {"DURATION", EVENT("DTSTART:20261224T100000Z\r\nDURATION:PT1H30M\r\n"), "20261224T100000Z/20261224T113000Z"},
    {"DURATION: days are local, the rest exact", EVENT("DTSTART:20260328T120000\r\nDURATION:P1DT1H\r\n"),
     "20260328T110000Z/20260329T110000Z"},
    {"without end it closes nothing", EVENT("DTSTART:20261224T100000Z\r\n"), ""},
    {"an end that is the start closes nothing", EVENT("DTSTART:20261224T100000Z\r\nDTEND:20261224T100000Z\r\n"), ""},
    {"an end before the start closes nothing", EVENT("DTSTART:20261224T100000Z\r\nDTEND:20261224T090000Z\r\n"), ""},
    {"a leap second is the second before it", EVENT("DTSTART:20161231T235960Z\r\nDURATION:PT1H\r\n"),
     "20161231T235959Z/20170101T005959Z"},
    {"it begins before the horizon", EVENT("DTSTART:19691231T120000Z\r\nDTEND:19700101T060000Z\r\n"),
     "19700101T000000Z/19700101T060000Z"},
    {"it ends after the horizon", EVENT("DTSTART:20991231T120000Z\r\nDTEND:21000101T060000Z\r\n"),
     "20991231T120000Z/21000101T000000Z"},
    {"it lies outside of the horizon", EVENT("DTSTART;VALUE=DATE:19600101\r\n") EVENT("DTSTART;VALUE=DATE:99991231\r\n"),
     ""},

    /* Recurrence. */
    {"COUNT", EVENT("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"),
     "20260104T230000Z/20260105T230000Z 20260111T230000Z/20260112T230000Z"},
    {"DTSTART is the first occurrence even if it does not fit the rule",
     EVENT("DTSTART;VALUE=DATE:20260106\r\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2\r\n"),
     "20260105T230000Z/20260106T230000Z 20260111T230000Z/20260112T230000Z"},
    {"UNTIL in UTC is inclusive, by instant; the wall clock is followed over the clock change",
     EVENT("DTSTART;TZID=Europe/Berlin:20260323T120000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260330T100000Z\r\n"),
     "20260323T110000Z/20260323T120000Z 20260330T100000Z/20260330T110000Z"},
    {"UNTIL with a time on an all-day event: its date",
     EVENT("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;UNTIL=20260112T000000Z\r\n"),
     "20260104T230000Z/20260105T230000Z 20260111T230000Z/20260112T230000Z"},
    {"UNTIL=DATE of a timed event covers the whole day",
     EVENT("DTSTART:20260105T200000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260112\r\n"),
     "20260105T200000Z/20260105T210000Z 20260112T200000Z/20260112T210000Z"},
    {"29 February comes in leap years only", EVENT("DTSTART;VALUE=DATE:20960229\r\nRRULE:FREQ=YEARLY\r\n"),
     "20960228T230000Z/20960229T230000Z"},
    {"BYHOUR of a daily rule",
     EVENT("DTSTART:20261224T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYHOUR=8,20;COUNT=2\r\n"),
     "20261224T080000Z/20261224T090000Z 20261224T200000Z/20261224T210000Z"},
    {"BYHOUR means nothing to an all-day event",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=DAILY;BYHOUR=8,20;COUNT=1\r\n"), BERLIN_24_DEC},
    {"a rule that never matches leaves DTSTART",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"), BERLIN_24_DEC},
    {"recurring, DTEND keeps its seconds over a clock change",
     EVENT("DTSTART;TZID=Europe/Berlin:20260321T120000\r\nDTEND;TZID=Europe/Berlin:20260322T120000\r\n"
           "RRULE:FREQ=WEEKLY;COUNT=2\r\n"),
     "20260321T110000Z/20260322T110000Z 20260328T110000Z/20260329T110000Z"},
    {"recurring, DURATION keeps its days in local time",
     EVENT("DTSTART;TZID=Europe/Berlin:20260321T120000\r\nDURATION:P1D\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"),
     "20260321T110000Z/20260322T110000Z 20260328T110000Z/20260329T100000Z"},
    {"RSCALE=GREGORIAN is what every rule is",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:RSCALE=GREGORIAN;FREQ=DAILY;COUNT=1\r\n"), BERLIN_24_DEC},
    {"SKIP=BACKWARD (RFC 7529)",
     EVENT("DTSTART;VALUE=DATE:20240229\r\nRRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=2\r\n"),
     "20240228T230000Z/20240229T230000Z 20250227T230000Z/20250228T230000Z"},
    {"an empty RRULE leaves the date", EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:\r\n"), BERLIN_24_DEC},

    /* RDATE and EXDATE. */
    {"RDATE", EVENT("DTSTART;VALUE=DATE:20261224\r\nRDATE;VALUE=DATE:20261226,20261228\r\n"),
     BERLIN_24_DEC " 20261225T230000Z/20261226T230000Z 20261227T230000Z/20261228T230000Z"},
    {"RDATE in another zone",
     EVENT("DTSTART:20261224T100000Z\r\nDURATION:PT1H\r\nRDATE;TZID=Asia/Tokyo:20261225T090000\r\n"),
     "20261224T100000Z/20261224T110000Z 20261225T000000Z/20261225T010000Z"},
    {"RDATE;VALUE=PERIOD brings its own length",
     EVENT("DTSTART:20261224T100000Z\r\nDURATION:PT1H\r\n"
           "RDATE;VALUE=PERIOD:20261225T100000Z/PT3H,20261226T100000Z/20261226T104500Z\r\n"),
     "20261224T100000Z/20261224T110000Z 20261225T100000Z/20261225T130000Z 20261226T100000Z/20261226T104500Z"},
    {"EXDATE", EVENT("DTSTART;VALUE=DATE:20261223\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE;VALUE=DATE:20261223\r\n"),
     BERLIN_24_DEC},
    {"EXDATE with a time on an all-day event removes that date",
     EVENT("DTSTART;VALUE=DATE:20261223\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:20261223T000000Z\r\n"), BERLIN_24_DEC},
    {"EXDATE;VALUE=DATE removes the occurrences of that day",
     EVENT("DTSTART:20261224T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE;VALUE=DATE:20261225\r\n"),
     "20261224T100000Z/20261224T110000Z"},
    {"EXDATE in UTC against a zoned start",
     EVENT("DTSTART;TZID=Europe/"
           "Berlin:20261224T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:20261225T090000Z\r\n"),
     "20261224T090000Z/20261224T100000Z"},
    {"EXDATE removes RDATE and DTSTART too",
     EVENT("DTSTART;VALUE=DATE:20261223\r\nRDATE;VALUE=DATE:20261224,20261225\r\nEXDATE;VALUE=DATE:20261223,20261225\r\n"),
     BERLIN_24_DEC},

    /* RECURRENCE-ID. */
    {"one moved, one cancelled",
     EVENT("DTSTART;VALUE=DATE:20261222\r\nRRULE:FREQ=DAILY;COUNT=3\r\n")
         EVENT("RECURRENCE-ID;VALUE=DATE:20261222\r\nDTSTART;VALUE=DATE:20261230\r\n")
             EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nDTSTART;VALUE=DATE:20261223\r\nSTATUS:CANCELLED\r\n"),
     BERLIN_24_DEC " 20261229T230000Z/20261230T230000Z"},
    {"RECURRENCE-ID in another zone names an instant",
     EVENT("DTSTART;TZID=Europe/Berlin:20261224T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
         EVENT("RECURRENCE-ID;TZID=Asia/Tokyo:20261225T180000\r\nDTSTART:20261226T120000Z\r\nDURATION:PT1H\r\n"),
     "20261224T090000Z/20261224T100000Z 20261226T120000Z/20261226T130000Z"},
    {"RECURRENCE-ID with a date names the occurrence of that day",
     EVENT("DTSTART:20261224T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
         EVENT("RECURRENCE-ID;VALUE=DATE:20261225\r\nDTSTART:20261226T120000Z\r\nDURATION:PT1H\r\n"),
     "20261224T100000Z/20261224T110000Z 20261226T120000Z/20261226T130000Z"},
    {"RECURRENCE-ID with a time on an all-day event",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")
         EVENT("RECURRENCE-ID:20261225T000000\r\nDTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED\r\n"),
     BERLIN_24_DEC},
    {"of several overrides the highest SEQUENCE stands",
     EVENT("DTSTART;VALUE=DATE:20261223\r\nRRULE:FREQ=DAILY;COUNT=1\r\n")
         EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nSEQUENCE:2\r\nDTSTART;VALUE=DATE:20261224\r\n")
             EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nSEQUENCE:1\r\nDTSTART;VALUE=DATE:20261230\r\n"),
     BERLIN_24_DEC},
    {"then the last DTSTAMP",
     EVENT("DTSTART;VALUE=DATE:20261223\r\nRRULE:FREQ=DAILY;COUNT=1\r\n")
         EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nDTSTAMP:20260102T000000Z\r\nDTSTART;VALUE=DATE:20261224\r\n")
             EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261230\r\n"),
     BERLIN_24_DEC},
    {"a date and an instant name one occurrence: the higher SEQUENCE stands",
     EVENT("DTSTART:20261223T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=1\r\n")
         EVENT("RECURRENCE-ID;VALUE=DATE:20261223\r\nSEQUENCE:2\r\nDTSTART;VALUE=DATE:20261224\r\n")
             EVENT("RECURRENCE-ID:20261223T100000Z\r\nSEQUENCE:1\r\nDTSTART;VALUE=DATE:20261230\r\n"),
     BERLIN_24_DEC},
    {"an override without a master stands alone",
     EVENT("RECURRENCE-ID;VALUE=DATE:20261220\r\nDTSTART;VALUE=DATE:20261224\r\n"), BERLIN_24_DEC},

    /* What counts, and what does not. */
    {"CANCELLED removes, TENTATIVE does not",
     EVENT("DTSTART;VALUE=DATE:20261223\r\nSTATUS:CANCELLED\r\n")
         EVENT("DTSTART;VALUE=DATE:20261224\r\nSTATUS:TENTATIVE\r\n"),
     BERLIN_24_DEC},
    {"a cancelled event need not be expandable",
     EVENT("DTSTART;VALUE=DATE:20261224\r\n") EVENT("DTSTART;VALUE=DATE:20260230\r\nSTATUS:CANCELLED\r\n"), BERLIN_24_DEC},
    {"events that share a UID all count", EVENT("DTSTART;VALUE=DATE:20261224\r\n") EVENT("DTSTART;VALUE=DATE:20261226\r\n"),
     BERLIN_24_DEC " 20261225T230000Z/20261226T230000Z"},
    {"TRANSP is ignored", EVENT("DTSTART;VALUE=DATE:20261224\r\nTRANSP:TRANSPARENT\r\n"), BERLIN_24_DEC},
    {"only VEVENTs close", "BEGIN:VTODO\r\nUID:t\r\nDTSTART;VALUE=DATE:20261224\r\nEND:VTODO\r\n", ""},
    {"the DURATION of an alarm is not the event's",
     EVENT("DTSTART;VALUE=DATE:20261224\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:P9D\r\nEND:VALARM\r\n"),
     BERLIN_24_DEC},
    {"no events close nothing", "", ""},

    /* How it is written. */
    {"folded lines, also with tabs", EVENT("DTSTA\r\n RT;VALUE=DA\r\n\tTE:20261224\r\n"), BERLIN_24_DEC},
    {"LF only, lower case", "begin:vevent\ndtstart;value=date:20261224\nend:vevent\n", BERLIN_24_DEC},
    {"CR only", "BEGIN:VEVENT\rDTSTART;VALUE=DATE:20261224\rEND:VEVENT\r", BERLIN_24_DEC},
    {"blank lines and unknown properties",
     EVENT("\r\nNO-SUCH;X=\"a:b\":value\r\nX-FOO:bar\r\nDTSTART;VALUE=DATE:20261224\r\n"), BERLIN_24_DEC},
    {"a repeated END", EVENT("DTSTART;VALUE=DATE:20261224\r\n") "END:VEVENT\r\n" EVENT("DTSTART;VALUE=DATE:20261226\r\n"),
     BERLIN_24_DEC " 20261225T230000Z/20261226T230000Z"},
};

static void test_what_events_close(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("Europe/Berlin", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char source[4096];
        char closed[4096];
        snprintf(source, sizeof source, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", cases[i].source);
        sla_feed *const feed = load_feed(reader, source, NULL);
        write_closures(feed, closed, sizeof closed);
        if (strcmp(closed, cases[i].closed) != 0) {
            fail_msg("§2.2 %s:\nclosed   %s\nexpected %s", cases[i].rule, closed, cases[i].closed);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* libical keeps 500 values of a list and drops the rest: ours must all arrive. */
static void test_long_exdate_list(void **state) {
    (void)state;
    enum { DAYS = 2001 };
    char *const source = malloc(DAYS * 9 + 400);
    assert_non_null(source);
    size_t length = (size_t)sprintf(source,
                                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20200101\n"
                                    "RRULE:FREQ=DAILY;COUNT=%d\nEXDATE;VALUE=DATE:",
                                    DAYS + 1);
    const int32_t first = sli_date_of_civil((civil){2020, 1, 1});
    for (int32_t i = 0; i < DAYS; i++) {
        const civil date = sli_civil_of_date(first + i);
        length += (size_t)sprintf(source + length, "%s%04d%02d%02d", i == 0 ? "" : ",", (int)date.year, (int)date.month,
                                  (int)date.day);
    }
    sprintf(source + length, "\nEND:VEVENT\nEND:VCALENDAR\n");
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed = load_feed(reader, source, NULL);
    assert_int_equal(feed->closure_count, 1);
    assert_int_equal(feed->closures[0].begin, (int64_t)(first + DAYS) * SLI_DAY);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
    free(source);
}

/* ---- Options and filters ---- */

typedef struct filter_case {
    const char *rule;
    int32_t kind;
    const char *wanted;
    const char *titles; /* of what closes, in order */
} filter_case;

static const char filtered_feed[] =
    IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:Neujahr\r\nCATEGORIES:Feiertag,Public\r\n")
                    EVENT("DTSTART;VALUE=DATE:20260102\r\nSUMMARY:Ostern\\, Montag\r\nCATEGORIES:Public\\, regional\r\n")
                        EVENT("DTSTART;VALUE=DATE:20260103\r\nSUMMARY:\xC5\x9Awi\xC4\x99to\r\nCATEGORIES:observance\r\n")
                            EVENT("DTSTART;VALUE=DATE:20260104\r\nTRANSP:TRANSPARENT\r\nSUMMARY:plain\r\n"));

static const filter_case filter_cases[] = {
    {"a category equals the text", SLA_FILTER_INCLUDE_CATEGORY, "PUBLIC", "Neujahr;"},
    {"a category with an escaped comma is one", SLA_FILTER_INCLUDE_CATEGORY, "public, regional", "Ostern, Montag;"},
    {"an excluded category", SLA_FILTER_EXCLUDE_CATEGORY, "Observance", "Neujahr;Ostern, Montag;plain;"},
    {"the summary contains the text", SLA_FILTER_INCLUDE_SUMMARY, "MONTAG", "Ostern, Montag;"},
    {"without regard to case, beyond ASCII", SLA_FILTER_EXCLUDE_SUMMARY, "\xC5\x9BWI\xC4\x98TO",
     "Neujahr;Ostern, Montag;plain;"},
};

static void assert_titles(const sla_feed *feed, const char *rule, const char *expected) {
    char titles[256] = "";
    size_t length = 0;
    for (size_t i = 0; i < feed->closure_count && length < sizeof titles; i++) {
        const char *const title = feed->events[feed->closures[i].event].summary;
        length += (size_t)snprintf(titles + length, sizeof titles - length, "%s;", title);
    }
    if (strcmp(titles, expected) != 0) {
        fail_msg("§2.2 %s: %s instead of %s", rule, titles, expected);
    }
}

static void test_filters(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof filter_cases / sizeof filter_cases[0]; i++) {
        sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
        assert_int_equal(sla_feed_reader_add_filter(reader, filter_cases[i].kind, filter_cases[i].wanted, SIZE_MAX, NULL),
                         SLA_OK);
        sla_feed *const feed = load_feed(reader, filtered_feed, NULL);
        assert_titles(feed, filter_cases[i].rule, filter_cases[i].titles);
        sla_feed_unref(feed);
        sla_feed_reader_free(reader);
    }
}

static void test_transparent_events_stay_open_on_request(void **state) {
    (void)state;
    const sla_feed_options options = {.transparent = SLA_TRANSPARENT_OPEN};
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    sla_feed *const feed = load_feed(reader, filtered_feed, NULL);
    assert_titles(feed, "TRANSP is heeded", "Neujahr;Ostern, Montag;\xC5\x9Awi\xC4\x99to;");
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* §2.2: an occurrence that an override replaces stays replaced even if the override is filtered out. */
static void test_filtered_override_still_replaces(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_add_filter(reader, SLA_FILTER_EXCLUDE_SUMMARY, "moved", SIZE_MAX, NULL), SLA_OK);
    sla_feed *const feed =
        load_feed(reader,
                  IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:kept\r\nRRULE:FREQ=DAILY;COUNT=2\r\n") EVENT(
                      "RECURRENCE-ID;VALUE=DATE:20260102\r\nDTSTART;VALUE=DATE:20260105\r\nSUMMARY:Moved\r\n")),
                  NULL);
    assert_titles(feed, "a filtered override", "kept;");
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* ---- §2.7 ---- */

typedef struct coverage_case {
    const char *rule;
    const char *source;
    sla_feed_options options;
    int64_t covers_until;
} coverage_case;

#define DAY_OF(year, month, day) ((int64_t)sli_date_of_civil((civil){year, month, day}) * SLI_DAY)

static void test_coverage(void **state) {
    (void)state;
    const coverage_case coverage_cases[] = {
        {"the end of the last occurrence",
         EVENT("DTSTART;VALUE=DATE:20261224\r\n") EVENT("DTSTART;VALUE=DATE:20250101\r\n"),
         {0},
         DAY_OF(2026, 12, 25)},
        {"a finite rule counts",
         EVENT("DTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY;COUNT=3\r\n"),
         {0},
         DAY_OF(2028, 12, 25)},
        {"endless rules do not count",
         EVENT("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n") EVENT("DTSTART;VALUE=DATE:20261224\r\n"),
         {0},
         DAY_OF(2026, 12, 25)},
        {"unless there is nothing else: the horizon",
         EVENT("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"),
         {0},
         SLA_HORIZON_END},
        {"an override is part of its endless rule",
         EVENT("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n")
             EVENT("RECURRENCE-ID;VALUE=DATE:20210101\r\nDTSTART;VALUE=DATE:20210102\r\n"),
         {0},
         SLA_HORIZON_END},
        {"what closes nothing does not count",
         EVENT("DTSTART;VALUE=DATE:20260101\r\n") EVENT("DTSTART;VALUE=DATE:20270101\r\nSTATUS:CANCELLED\r\n"),
         {0},
         DAY_OF(2026, 1, 2)},
        {"a feed that closes nothing covers nothing", "", {0}, SLA_HORIZON_BEGIN},
        {"a date",
         EVENT("DTSTART;VALUE=DATE:20261224\r\n"),
         {.coverage = SLA_COVERAGE_DATE, .covers_until = sli_date_of_civil((civil){2030, 1, 1})},
         DAY_OF(2030, 1, 1)},
        {"always", EVENT("DTSTART;VALUE=DATE:20261224\r\n"), {.coverage = SLA_COVERAGE_ALWAYS}, INT64_MAX},
    };
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (size_t i = 0; i < sizeof coverage_cases / sizeof coverage_cases[0]; i++) {
        char source[2048];
        snprintf(source, sizeof source, "BEGIN:VCALENDAR\r\n%sEND:VCALENDAR\r\n", coverage_cases[i].source);
        assert_int_equal(sla_feed_reader_set_options(reader, &coverage_cases[i].options, NULL), SLA_OK);
        sla_feed *const feed = load_feed(reader, source, NULL);
        if (feed->covers_until != coverage_cases[i].covers_until) {
            fail_msg("§2.7 %s: %lld", coverage_cases[i].rule, (long long)feed->covers_until);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* §2.7: the date is local, its midnight the calendar's. */
static void test_coverage_date_is_local(void **state) {
    (void)state;
    const sla_feed_options options = {.coverage = SLA_COVERAGE_DATE,
                                      .covers_until = sli_date_of_civil((civil){2027, 1, 1})};
    sla_feed_reader *const reader = new_reader("Europe/Berlin", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    sla_feed *const feed = load_feed(reader, IN_CALENDAR(""), NULL);
    assert_int_equal(feed->covers_until, DAY_OF(2027, 1, 1) - 3600);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_events_close),
        cmocka_unit_test(test_long_exdate_list),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_transparent_events_stay_open_on_request),
        cmocka_unit_test(test_filtered_override_still_replaces),
        cmocka_unit_test(test_coverage),
        cmocka_unit_test(test_coverage_date_is_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
