/* SPDX-License-Identifier: MIT */
/* Feeds (§2.2, §2.7) at their bounds: unusual properties, texts, zones and arguments, each with what it comes to. */
#include "feed_fixture.h"

#include "feed/feed.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- What events close ---- */

typedef struct closing_case {
    const char *what;
    const char *source;
    const char *closed;
} closing_case;

/* As seen from Berlin, which is an hour ahead of UTC in January. */
static void assert_closes_until(int64_t end, const closing_case *cases, size_t count) {
    sla_feed_reader *const reader = new_reader("Europe/Berlin", 0, end);
    for (size_t i = 0; i < count; i++) {
        char closed[1024];
        sla_feed *const feed = load_feed(reader, cases[i].source, NULL);
        write_closures(feed, closed, sizeof closed);
        if (strcmp(closed, cases[i].closed) != 0) {
            fail_msg("%s: %s", cases[i].what, closed);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

static void assert_closes(const closing_case *cases, size_t count) {
    assert_closes_until(SLA_HORIZON_END, cases, count);
}

#define TEN_TO_ELEVEN "DTSTART:20260105T100000Z\r\nDURATION:PT1H\r\n"
#define TEN_TO_ELEVEN_CLOSED "20260105T100000Z/20260105T110000Z"
#define THE_FIFTH "DTSTART;VALUE=DATE:20260105\r\n"
#define THE_FIFTH_CLOSED "20260104T230000Z/20260105T230000Z"

static const closing_case extra_dates[] = {
    {"a period from a date on closes that day of the calendar's zone",
     IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE;VALUE=PERIOD:20260110/P1D\r\n")),
     TEN_TO_ELEVEN_CLOSED " 20260109T230000Z/20260110T230000Z"},
    {"periods with an end and with a duration",
     IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE;VALUE=PERIOD:20260110T100000Z/20260110T120000Z,20260111T100000Z/PT3H\r\n")),
     TEN_TO_ELEVEN_CLOSED " 20260110T100000Z/20260110T120000Z 20260111T100000Z/20260111T130000Z"},
    {"a period of an all-day event has its own times",
     IN_CALENDAR(EVENT(THE_FIFTH "RDATE;VALUE=PERIOD:20260110T100000Z/PT3H\r\n")),
     THE_FIFTH_CLOSED " 20260110T100000Z/20260110T130000Z"},
    {"a date of a timed event takes its time of day", IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE;VALUE=DATE:20260110\r\n")),
     TEN_TO_ELEVEN_CLOSED " 20260110T100000Z/20260110T110000Z"},
    {"a date of a timed event is not taken for the zone of another one",
     IN_CALENDAR(EVENT("DTSTART;TZID=Asia/Tokyo:20260105T010000\r\nDURATION:PT1H\r\n"
                       "RDATE;VALUE=PERIOD:20260110/P1D\r\nEXDATE;VALUE=DATE:20260110\r\n")),
     "20260104T160000Z/20260104T170000Z"},
    {"times with separators, as libical reads them",
     IN_CALENDAR(EVENT("DTSTART:2026-01-05T10:00:00Z\r\nDURATION:PT1H\r\n")), TEN_TO_ELEVEN_CLOSED},
    {"an end that is a date is its midnight where the event starts",
     IN_CALENDAR(EVENT("DTSTART:20260105T100000Z\r\nDTEND;VALUE=DATE:20260106\r\n")), "20260105T100000Z/20260106T000000Z"},
    {"a duration longer than all time ends with the horizon",
     IN_CALENDAR(EVENT("DTSTART:20990105T100000Z\r\nDURATION:P999999999W\r\n")), "20990105T100000Z/21000101T000000Z"},
    {"the first start is before the horizon ends, the rule goes on behind it",
     IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20991231\r\nRRULE:FREQ=DAILY\r\n")),
     "20991230T230000Z/20991231T230000Z "
     "20991231T230000Z/21000101T000000Z"},
    {"a rule that starts behind the horizon closes nothing",
     IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:21010101\r\nRRULE:FREQ=DAILY\r\n")), ""},
};

static void extra_dates_bring_their_own_length(void **state) {
    (void)state;
    assert_closes(extra_dates, COUNT_OF(extra_dates));
}

static const closing_case oddities[] = {
    {"trailing spaces", IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:\t 20260105 \t\r\n")), THE_FIFTH_CLOSED},
    {"a parameter without a value", IN_CALENDAR(EVENT("DTSTART;X-FOO;VALUE=DATE:20260105\r\n")), THE_FIFTH_CLOSED},
    {"a property without a value", IN_CALENDAR(EVENT("X-FOO;X-BAR\r\nX-FOO\r\n" THE_FIFTH)), THE_FIFTH_CLOSED},
    {"a mark of the byte order", "\xEF\xBB\xBF" IN_CALENDAR(EVENT(THE_FIFTH)), THE_FIFTH_CLOSED},
    {"lines that end with CR alone",
     "BEGIN:VCALENDAR\rBEGIN:VEVENT\rDTSTART;VALUE=DATE:20260105\rEND:VEVENT\rEND:VCALENDAR\r", THE_FIFTH_CLOSED},
    {"no end of the last line", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nEND:VEVENT\nEND:VCALENDAR",
     THE_FIFTH_CLOSED},
    {"a leap second", IN_CALENDAR(EVENT("DTSTART:20260105T100060Z\r\nDURATION:PT1H\r\n")),
     "20260105T100059Z/20260105T110059Z"},
    {"an END at the top", "END:VEVENT\r\n" IN_CALENDAR(EVENT(THE_FIFTH)), THE_FIFTH_CLOSED},
    {"a component of 64 letters",
     IN_CALENDAR("BEGIN:X123456789012345678901234567890123456789012345678901234567890123\r\n"
                 "END:X123456789012345678901234567890123456789012345678901234567890123\r\n" EVENT(THE_FIFTH)),
     THE_FIFTH_CLOSED},
    {"events are sorted by their begin, then their end",
     IN_CALENDAR(EVENT("DTSTART:20260106T100000Z\r\nDURATION:PT3H\r\n")
                     EVENT("DTSTART:20260106T100000Z\r\nDURATION:PT2H\r\n") EVENT(TEN_TO_ELEVEN)
                         EVENT("DTSTART:20260106T100000Z\r\nDURATION:PT3H\r\n")),
     TEN_TO_ELEVEN_CLOSED " 20260106T100000Z/20260106T120000Z 20260106T100000Z/20260106T130000Z "
                          "20260106T100000Z/20260106T130000Z"},
};

static void oddities_of_the_text_change_nothing(void **state) {
    (void)state;
    assert_closes(oddities, COUNT_OF(oddities));
}

#define SERIES                                                                                                             \
    "BEGIN:VEVENT\r\nUID:u\r\nDTSTART:20260105T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEND:VEVENT\r\n"
#define REPLACING(stamp, hour)                                                                                             \
    EVENT("RECURRENCE-ID:20260106T100000Z\r\nDTSTAMP:" stamp "\r\nDTSTART:20260106T" hour "0000Z\r\nDURATION:PT1H\r\n")

static const closing_case overrides[] = {
    {"of two with one DTSTAMP the last stands",
     IN_CALENDAR(SERIES REPLACING("20260101T000000Z", "14") REPLACING("20260101T000000Z", "12")),
     TEN_TO_ELEVEN_CLOSED " 20260106T120000Z/20260106T130000Z"},
    {"an impossible DTSTAMP is older than any",
     IN_CALENDAR(SERIES REPLACING("20260101T000000Z", "14") REPLACING("20260230T000000Z", "12")),
     TEN_TO_ELEVEN_CLOSED " 20260106T140000Z/20260106T150000Z"},
    {"one without a UID replaces nothing, and closes",
     IN_CALENDAR(SERIES "BEGIN:VEVENT\r\nRECURRENCE-ID:20260106T100000Z\r\n"
                        "DTSTART:20260106T140000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"),
     TEN_TO_ELEVEN_CLOSED " 20260106T100000Z/20260106T110000Z 20260106T140000Z/20260106T150000Z"},
    {"RANGE=THISANDPRIOR, which RFC 5545 has dropped, is one occurrence",
     IN_CALENDAR(SERIES EVENT("RECURRENCE-ID;RANGE=THISANDPRIOR:20260106T100000Z\r\nDTSTART:20260106T140000Z\r\n"
                              "DURATION:PT1H\r\n")),
     TEN_TO_ELEVEN_CLOSED " 20260106T140000Z/20260106T150000Z"},
};

static void the_last_of_equal_replacements_stands(void **state) {
    (void)state;
    assert_closes(overrides, COUNT_OF(overrides));
}

/* RFC 7529. libical lists some dates twice; all count, and none ends the rule. */
static const closing_case other_calendars[] = {
    {"dates that come twice",
     IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20260130\r\n"
                       "RRULE:RSCALE=GREGORIAN;SKIP=FORWARD;FREQ=MONTHLY;BYMONTHDAY=1,31;UNTIL=20260402\r\n")),
     "20260129T230000Z/20260130T230000Z 20260130T230000Z/20260131T230000Z 20260131T230000Z/20260201T230000Z "
     "20260228T230000Z/20260301T230000Z 20260228T230000Z/20260301T230000Z 20260330T220000Z/20260331T220000Z "
     "20260331T220000Z/20260401T220000Z"},
    {"an UNTIL before the time of day",
     IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RRULE:RSCALE=HEBREW;FREQ=MONTHLY;BYMONTHDAY=16,17;UNTIL=20260106T095959Z\r\n")),
     TEN_TO_ELEVEN_CLOSED},
    {"one that ends behind the horizon",
     IN_CALENDAR(EVENT("DTSTART:20291128T100000Z\r\nDURATION:PT1H\r\n"
                       "RRULE:RSCALE=HEBREW;FREQ=MONTHLY;UNTIL=20310101T000000Z\r\n")),
     "20291128T100000Z/20291128T110000Z 20291227T100000Z/20291227T110000Z"},
    {"an endless one, to the end of the horizon",
     IN_CALENDAR(EVENT("DTSTART:20291030T100000Z\r\nDURATION:PT1H\r\nRRULE:RSCALE=HEBREW;FREQ=MONTHLY\r\n")),
     "20291030T100000Z/20291030T110000Z 20291128T100000Z/20291128T110000Z 20291227T100000Z/20291227T110000Z"},
};

static int64_t new_year(int32_t year) {
    return (int64_t)sli_date_of_civil((civil){year, 1, 1}) * SLI_DAY;
}

static void rules_of_other_calendars_lose_nothing(void **state) {
    (void)state;
    need_other_calendars();
    assert_closes_until(new_year(2030), other_calendars, COUNT_OF(other_calendars));
}

/* §2.2: TRANSP is ignored unless the feed asks for it. */
static void transparent_events_close_unless_asked(void **state) {
    (void)state;
    static const struct {
        const char *transparency;
        bool is_transparent;
    } cases[] = {{"OPAQUE", false}, {"TRANSPARENT", true}, {"TRANSPARENT-NOCONFLICT", true}, {"OPAQUE-NOCONFLICT", false}};
    for (int32_t option = SLA_TRANSPARENT_CLOSED; option <= SLA_TRANSPARENT_OPEN; option++) {
        const sla_feed_options options = {.transparent = option};
        sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
        assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            char source[256];
            snprintf(source, sizeof source, IN_CALENDAR(EVENT(THE_FIFTH "TRANSP:%s\r\n")), cases[i].transparency);
            sla_feed *const feed = load_feed(reader, source, NULL);
            const bool stays_open = cases[i].is_transparent && option == SLA_TRANSPARENT_OPEN;
            assert_int_equal(feed->closure_count, stays_open ? 0 : 1);
            sla_feed_unref(feed);
        }
        sla_feed_reader_free(reader);
    }
}

/* ---- Filters ---- */

static void filters_of_several_kinds_decide_together(void **state) {
    (void)state;
    static const struct {
        const char *summary;
        const char *categories;
        bool closes;
    } cases[] = {
        {"Christmas", "HOLIDAY", true},
        {"Christmas", "holiday,Half day", false},
        {"Christmas", "PARTY", false},
        {"Rehearsal of Christmas", "HOLIDAY", false},
        {"\xF0\x9F\x8E\x84REHEARSAL", "HOLIDAY", false}, /* a letter of four bytes swallows none of the next */
        {"\xF0\x9F\x8E\x84", "HOLIDAY", true},
        {"Christmas", "Holiday\\", true},
    };
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    static const struct {
        int32_t kind;
        const char *wanted;
    } filters[] = {{SLA_FILTER_INCLUDE_CATEGORY, "Holiday"},
                   {SLA_FILTER_EXCLUDE_CATEGORY, "half day"},
                   {SLA_FILTER_EXCLUDE_SUMMARY, "rehearsal"}};
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        assert_int_equal(sla_feed_reader_add_filter(reader, filters[i].kind, filters[i].wanted, SIZE_MAX, NULL), SLA_OK);
    }
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char source[256];
        snprintf(source, sizeof source, IN_CALENDAR(EVENT(THE_FIFTH "SUMMARY:%s\r\nCATEGORIES:%s\r\n")), cases[i].summary,
                 cases[i].categories);
        sla_feed *const feed = load_feed(reader, source, NULL);
        if (feed->closure_count != cases[i].closes) {
            fail_msg("%s, %s", cases[i].summary, cases[i].categories);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* ---- What is refused ---- */

typedef struct refused_case {
    const char *source;
    sla_status status;
    const char *says;
} refused_case;

static void assert_refused(sla_feed_reader *reader, const char *source, sla_status status, const char *says) {
    sla_feed *feed = (sla_feed *)1;
    sla_error error = {0};
    const sla_status found = sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, &error);
    if (found != status || feed != NULL || error.code != status || strstr(error.message, says) == NULL) {
        fail_msg("%.200s: %s, %s", source, sla_status_name(found), error.message);
    }
}

static void an_error_may_be_left_out(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    sla_feed *feed = (sla_feed *)1;
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, "", 0, NULL, &feed, NULL), SLA_INVALID_FEED);
    assert_null(feed);
    sla_feed_reader_free(reader);
}

static void what_cannot_be_expanded_is_refused(void **state) {
    (void)state;
    static const refused_case cases[] = {
        {IN_CALENDAR(EVENT("DTSTART:20260105T-10000Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T240000Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T10-100Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T106000Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T1000-1Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T100061Z\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART names an impossible"},
        {IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE;VALUE=PERIOD:20260110T100000Z/20260230T110000Z\r\n")),
         SLA_UNSUPPORTED_EVENT, "RDATE names an impossible"},
        {IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE:20260230T100000Z\r\n")), SLA_UNSUPPORTED_EVENT,
         "RDATE names an impossible"},
        {IN_CALENDAR(EVENT("DTSTART:20260105T100000x\r\n")), SLA_UNSUPPORTED_EVENT, "DTSTART"},
        {IN_CALENDAR(EVENT(TEN_TO_ELEVEN "RDATE:20260110T100000Z,,20260111T100000Z\r\n")), SLA_UNSUPPORTED_EVENT,
         "RDATE cannot be read"},
        {IN_CALENDAR(EVENT("RECURRENCE-ID:tomorrow\r\n" TEN_TO_ELEVEN)), SLA_UNSUPPORTED_EVENT,
         "RECURRENCE-ID cannot be read"},
        {IN_CALENDAR(EVENT(THE_FIFTH "RRULE:RSCALE=HEBREW;FREQ=YEARLY;BYFOO=1\r\n")), SLA_UNSUPPORTED_EVENT, "RSCALE"},
        {IN_CALENDAR(EVENT("DTSTART;TZID=:20260105T100000\r\n")), SLA_UNSUPPORTED_EVENT, "unknown TZID ''"},
        {IN_CALENDAR(EVENT("DTSTART;TZID=/:20260105T100000\r\n")), SLA_UNSUPPORTED_EVENT, "unknown TZID '/'"},
        {IN_CALENDAR(EVENT("DTSTART;TZID=/Europe:20260105T100000\r\n")), SLA_UNSUPPORTED_EVENT, "unknown TZID '/Europe'"},
        {IN_CALENDAR(EVENT("DTSTART;TZID=\"+01:00\":20260105T100000\r\n")), SLA_UNSUPPORTED_EVENT, "unknown TZID '+01:00'"},
        {IN_CALENDAR(EVENT("DTSTART;TZID=\"-01:00\":20260105T100000\r\n")), SLA_UNSUPPORTED_EVENT, "unknown TZID '-01:00'"},
        {IN_CALENDAR("BEGIN:X1234567890123456789012345678901234567890123456789012345678901234\r\n"), SLA_INVALID_FEED,
         "component name"},
    };
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_refused(reader, cases[i].source, cases[i].status, cases[i].says);
    }
    char long_zone[512];
    snprintf(long_zone, sizeof long_zone, IN_CALENDAR(EVENT("DTSTART;TZID=%0256d:20260105T100000\r\n")), 0);
    assert_refused(reader, long_zone, SLA_UNSUPPORTED_EVENT, "unknown TZID '000");
    sla_feed_reader_free(reader);
}

/* §1.5: nothing is cut in silence. Forty rules are more than is asked of libical. */
static void rules_of_other_calendars_have_their_bounds(void **state) {
    (void)state;
    need_other_calendars();
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    char source[8192] = "BEGIN:VCALENDAR\r\n";
    for (int32_t i = 0; i < 40; i++) {
        strcat(source, EVENT(THE_FIFTH "RRULE:RSCALE=HEBREW;FREQ=YEARLY;COUNT=2\r\n"));
    }
    strcat(source, "END:VCALENDAR\r\n");
    assert_refused(reader, source, SLA_LIMIT, "too much work");
    sla_feed_reader_free(reader);
}

/* §1.5: whatever is one too many is named, be it an event, a property or a date. */
static void values_have_a_budget(void **state) {
    (void)state;
    const char *const source = IN_CALENDAR(EVENT(THE_FIFTH "EXDATE;VALUE=DATE:20260105,20260106\r\n")); /* has six */
    for (int64_t values = 0; values <= 6; values++) {
        sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
        feed_budget budget = sli_feed_budget();
        budget.values = values;
        sli_feed_reader_share(reader, &budget);
        if (values < 6) {
            assert_refused(reader, source, SLA_LIMIT,
                           "the events up to here, with their properties and dates, are more than");
        } else {
            sla_feed_unref(load_feed(reader, source, NULL));
            assert_int_equal(budget.values, 0);
        }
        sla_feed_reader_free(reader);
    }
}

/* libical counts to the year 2582, or to 2037 where time_t has 32 bits: what goes on behind it is refused, not cut. */
static void rules_of_other_calendars_end_before_libical_does(void **state) {
    (void)state;
    need_other_calendars();
    enum { LAST_YEAR = sizeof(time_t) > 4 ? 2582 : 2037 };
    static const struct {
        int32_t start; /* a year */
        int32_t count; /* 0: none, also for the year of UNTIL */
        int32_t until;
        sla_status status;
    } cases[] = {
        {LAST_YEAR - 67, 0, 0, SLA_LIMIT},
        {LAST_YEAR - 67, 10, 0, SLA_OK},
        {LAST_YEAR - 67, 90, 0, SLA_LIMIT},
        {LAST_YEAR - 67, 0, LAST_YEAR, SLA_OK},
        {LAST_YEAR - 67, 0, LAST_YEAR + 1, SLA_LIMIT},
        {LAST_YEAR, 0, 0, SLA_LIMIT},
        {LAST_YEAR + 1, 0, 0, SLA_LIMIT},
        {LAST_YEAR + 1, 2, 0, SLA_LIMIT},
    };
    sla_feed_reader *const reader = new_reader("UTC", new_year(LAST_YEAR - 67), new_year(LAST_YEAR + 33));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char end[32] = "";
        char source[256];
        if (cases[i].count > 0) {
            snprintf(end, sizeof end, ";COUNT=%d", (int)cases[i].count);
        } else if (cases[i].until > 0) {
            snprintf(end, sizeof end, ";UNTIL=%d0201", (int)cases[i].until);
        }
        snprintf(source, sizeof source,
                 IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:%d0105\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY%s\r\n")),
                 (int)cases[i].start, end);
        sla_feed *feed = NULL;
        if (sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, NULL) != cases[i].status) {
            fail_msg("%d, FREQ=YEARLY%s", (int)cases[i].start, end);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* A long list of short values, each with a long head of its own as libical is to see it. */
static void lists_have_32_mib_as_libical_sees_them(void **state) {
    (void)state;
    enum { VALUES = 190000, HEAD = 480 };
    char *const source = malloc(2 * VALUES + 1024);
    assert_non_null(source);
    int length = sprintf(source, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nCATEGORIES;TZID=%0*d:a", HEAD, 0);
    for (int32_t i = 1; i < VALUES; i++) {
        source[length++] = ',';
        source[length++] = 'a';
    }
    strcpy(source + length, "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    assert_refused(reader, source, SLA_LIMIT, "longer than 33554432 bytes in all");
    sla_feed_reader_free(reader);
    free(source);
}

static void a_thousand_zones_are_named_at_most(void **state) {
    (void)state;
    enum { EVENT_MAX = 128 };
    char *const source = malloc(1100 * EVENT_MAX);
    assert_non_null(source);
    const sla_feed_options options = {.unsupported = SLA_UNSUPPORTED_SKIP};
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    for (int32_t count = 1000; count <= 1001; count++) {
        size_t length = (size_t)sprintf(source, "BEGIN:VCALENDAR\r\n");
        for (int32_t i = 0; i < count; i++) {
            length += (size_t)sprintf(source + length, EVENT("DTSTART;TZID=Zone %d:20260105T100000\r\n"), (int)i);
        }
        strcpy(source + length, "END:VCALENDAR\r\n");
        if (count == 1000) {
            sla_feed_unref(load_feed(reader, source, NULL));
        } else {
            assert_refused(reader, source, SLA_LIMIT, "more than 1000 different TZIDs");
        }
    }
    sla_feed_reader_free(reader);
    free(source);
}

/* ---- Complaints ---- */

/* A complaint holds 127 bytes of the UID, and no half letter. */
static void a_long_uid_is_cut_to_whole_letters(void **state) {
    (void)state;
    char source[512];
    char uid[160];
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (int32_t begin = 126; begin <= 128; begin++) {
        memset(uid, 'u', sizeof uid);
        memcpy(uid + begin, "\xC3\xA4", 3);
        snprintf(source, sizeof source,
                 IN_CALENDAR("BEGIN:VEVENT\r\nUID:%s\r\nDTSTART;VALUE=DATE:20260230\r\nEND:VEVENT\r\n"), uid);
        sla_feed *feed = NULL;
        sla_error error = {0};
        assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, &error),
                         SLA_UNSUPPORTED_EVENT);
        assert_int_equal(strlen(error.path), begin == 126 ? 126 : 127);
        assert_memory_equal(error.path, uid, strlen(error.path));
    }
    sla_feed_reader_free(reader);
}

static size_t count_warnings(sla_feed_reader *reader, const char *source, sla_error *first) {
    sla_diagnostics *diagnostics = NULL;
    assert_int_equal(sla_diagnostics_new(10, &diagnostics), SLA_OK);
    sla_feed_unref(load_feed(reader, source, diagnostics));
    const size_t count = sla_diagnostics_count(diagnostics);
    sla_diagnostics_get(diagnostics, 0, first);
    sla_diagnostics_free(diagnostics);
    return count;
}

static void text_outside_of_calendars_is_warned_of_once(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    sla_error first = {0};
    assert_int_equal(count_warnings(reader, "\r\n\t\r\n" IN_CALENDAR(""), &first), 0);
    assert_int_equal(count_warnings(reader, "\r\none\r\ntwo\r\n" IN_CALENDAR(""), &first), 1);
    assert_int_equal(first.line, 2);
    assert_non_null(strstr(first.message, "text outside of a calendar is ignored: 'one'"));
    assert_int_equal(count_warnings(reader, "END:VEVENT\r\n" IN_CALENDAR(""), &first), 1);
    assert_non_null(strstr(first.message, "END:VEVENT ends nothing that is open"));
    sla_feed_reader_free(reader);
}

/* ---- VTIMEZONEs ---- */

#define ZONE(body) "BEGIN:VTIMEZONE\r\nTZID:Own\r\n" body "END:VTIMEZONE\r\n"
#define OBSERVED(kind, start, from, to, more)                                                                              \
    "BEGIN:" kind "\r\nDTSTART:" start "\r\nTZOFFSETFROM:" from "\r\nTZOFFSETTO:" to "\r\n" more "END:" kind "\r\n"
#define AT_NOON EVENT("DTSTART;TZID=Own:20260705T120000\r\nDURATION:PT1H\r\n")
#define STANDARD OBSERVED("STANDARD", "20000101T000000", "+0000", "+0200", "")

static const closing_case own_zones[] = {
    {"behind the event, at the end of the text", IN_CALENDAR(AT_NOON ZONE(STANDARD)), "20260705T100000Z/20260705T110000Z"},
    {"another zone without a name before it",
     IN_CALENDAR("BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nBEGIN:VTIMEZONE\r\nTZID:Other\r\nEND:VTIMEZONE\r\n" ZONE(STANDARD)
                     AT_NOON),
     "20260705T100000Z/20260705T110000Z"},
    {"the earliest change says what was before all, wherever it stands",
     IN_CALENDAR(ZONE(OBSERVED("STANDARD", "20280101T000000", "+0300", "+0400", "")
                          OBSERVED("DAYLIGHT", "20270101T000000", "+0100", "+0300", "")) AT_NOON),
     "20260705T110000Z/20260705T120000Z"},
    {"a later one does not",
     IN_CALENDAR(ZONE(OBSERVED("DAYLIGHT", "20270101T000000", "+0100", "+0300", "")
                          OBSERVED("STANDARD", "20280101T000000", "+0300", "+0400", "")) AT_NOON),
     "20260705T110000Z/20260705T120000Z"},
    {"of two changes at one instant the greater offset counts",
     IN_CALENDAR(ZONE(OBSERVED("STANDARD", "20000101T000000", "+0000", "+0500", "")
                          OBSERVED("STANDARD", "20000101T000000", "+0000", "+0200", "")) AT_NOON),
     "20260705T070000Z/20260705T080000Z"},
    {"a change that comes twice is one",
     IN_CALENDAR(ZONE(STANDARD STANDARD OBSERVED("DAYLIGHT", "20010101T000000", "+0200", "+0300", "")) AT_NOON),
     "20260705T090000Z/20260705T100000Z"},
    {"an RDATE that does not exist is no change",
     IN_CALENDAR(ZONE(OBSERVED("STANDARD", "20000101T000000", "+0000", "+0200", "RDATE:20260230T000000\r\n")) AT_NOON),
     "20260705T100000Z/20260705T110000Z"},
    {"the widest offsets", IN_CALENDAR(ZONE(OBSERVED("STANDARD", "20000101T000000", "-2359", "+2359", "")) AT_NOON),
     "20260704T120100Z/20260704T130100Z"},
};

static void a_vtimezone_is_what_its_changes_say(void **state) {
    (void)state;
    assert_closes(own_zones, COUNT_OF(own_zones));
}

/* Then the TZID is unknown. */
static void a_vtimezone_that_cannot_be_understood_is_none(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        OBSERVED("STANDARD", "20260230T000000", "+0000", "+0200", ""),
        OBSERVED("STANDARD", "20000101T000000", "+2400", "+0200", ""),
        OBSERVED("STANDARD", "20000101T000000", "-2400", "+0200", ""),
        OBSERVED("STANDARD", "20000101T000000", "+0000", "+2400", ""),
        OBSERVED("STANDARD", "20000101T000000", "+0000", "-2400", ""),
        "BEGIN:STANDARD\r\nDTSTART:20000101T000000\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nDTSTART:20000101T000000\r\nTZOFFSETFROM:+0200\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\n",
        OBSERVED("STANDARD", "20000101T000000", "+0000", "+0200", "RRULE:FREQ=HOURLY\r\nRDATE:20010101T000000\r\n"),
        OBSERVED("STANDARD", "20000101T000000", "+0000", "+0200", "RRULE:FREQ=HOURLY\r\n") STANDARD,
    };
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char source[1024];
        snprintf(source, sizeof source, IN_CALENDAR(ZONE("%s") AT_NOON), cases[i]);
        assert_refused(reader, source, SLA_UNSUPPORTED_EVENT, "unknown TZID 'Own'");
    }
    sla_feed_reader_free(reader);
}

/* 4000 changes at most, however they are given. */
static void a_vtimezone_has_4000_changes(void **state) {
    (void)state;
    enum { SOURCE_MAX = 1 << 17 };
    static const struct {
        int32_t dates; /* beside the start */
        const char *second;
        bool right;
    } cases[] = {{3999, "", true},
                 {4000, "", false},
                 {3998, OBSERVED("DAYLIGHT", "20250101T000000", "+0200", "+0300", ""), true},
                 {3999, OBSERVED("DAYLIGHT", "20250101T000000", "+0200", "+0300", ""), false}};
    char *const source = malloc(SOURCE_MAX);
    assert_non_null(source);
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t length = (size_t)sprintf(source, "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\n"
                                                "DTSTART:10000101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0200\r\n");
        for (int32_t date = 0; date < cases[i].dates; date++) {
            const civil written = sli_civil_of_date(date * 5 - 300000);
            length += (size_t)sprintf(source + length, "RDATE:%04d%02d%02dT000000\r\n", (int)written.year,
                                      (int)written.month, (int)written.day);
        }
        sprintf(source + length, "END:STANDARD\r\n%sEND:VTIMEZONE\r\n" AT_NOON "END:VCALENDAR\r\n", cases[i].second);
        if (cases[i].right) {
            sla_feed_unref(load_feed(reader, source, NULL));
        } else {
            assert_refused(reader, source, SLA_LIMIT, "more than 4000 clock changes");
        }
    }
    sla_feed_reader_free(reader);
    free(source);
}

/* ---- Arguments ---- */

static void a_reader_has_a_horizon_of_400_years(void **state) {
    (void)state;
    const int64_t first = (int64_t)sli_date_of_civil((civil){1, 1, 1}) * SLI_DAY;
    const int64_t last = (int64_t)sli_date_of_civil((civil){9999, 1, 1}) * SLI_DAY;
    const int64_t longest = (int64_t)146097 * SLI_DAY;
    const struct {
        int64_t begin;
        int64_t end;
        sla_status status;
    } cases[] = {
        {0, 1, SLA_OK},
        {0, 0, SLA_INVALID_ARGUMENT},
        {1, 0, SLA_INVALID_ARGUMENT},
        {0, longest, SLA_OK},
        {0, longest + 1, SLA_INVALID_ARGUMENT},
        {first, first + longest, SLA_OK},
        {first - 1, first, SLA_INVALID_ARGUMENT},
        {last - longest, last, SLA_OK},
        {last, last + 1, SLA_INVALID_ARGUMENT},
        {INT64_MIN, INT64_MAX, SLA_INVALID_ARGUMENT},
    };
    sla_zone *const utc = load_zone("UTC");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_feed_reader *reader = (sla_feed_reader *)1;
        assert_int_equal(sla_feed_reader_new(utc, cases[i].begin, cases[i].end, NULL, 0, &reader, NULL), cases[i].status);
        assert_int_equal(reader != NULL, cases[i].status == SLA_OK);
        sla_feed_reader_free(reader);
    }
    sla_feed_reader *reader = (sla_feed_reader *)1;
    assert_int_equal(sla_feed_reader_new(NULL, 0, 1, NULL, 0, &reader, NULL), SLA_INVALID_ARGUMENT);
    assert_null(reader);
    assert_int_equal(sla_feed_reader_new(utc, 0, 1, NULL, 0, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_new(utc, 0, 1, "/usr\0share", 10, &reader, NULL), SLA_INVALID_ARGUMENT);
    sla_feed_reader_free(NULL);
    sla_zone_unref(utc);
}

/* TZIDs are looked up in the folder that the reader was given. */
static void zones_come_from_the_folder_given(void **state) {
    (void)state;
    static const char source[] = IN_CALENDAR(EVENT("DTSTART;TZID=Asia/Tokyo:20260105T100000\r\nDURATION:PT1H\r\n"));
    static const struct {
        const char *folder;
        size_t length;
        sla_status status;
    } cases[] = {{NULL, 0, SLA_OK},
                 {"/usr/share/zoneinfo", SIZE_MAX, SLA_OK},
                 {"/usr/share/zoneinfo/nowhere", 19, SLA_OK},
                 {"/usr/share/zoneinfo/nowhere", SIZE_MAX, SLA_UNSUPPORTED_EVENT}};
    sla_zone *const utc = load_zone("UTC");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_feed_reader *reader = NULL;
        assert_int_equal(sla_feed_reader_new(utc, 0, SLA_HORIZON_END, cases[i].folder, cases[i].length, &reader, NULL),
                         SLA_OK);
        sla_feed *feed = NULL;
        assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, NULL), cases[i].status);
        sla_feed_unref(feed);
        sla_feed_reader_free(reader);
    }
    sla_zone_unref(utc);
}

static void options_are_among_their_constants(void **state) {
    (void)state;
    const int32_t first = sli_date_of_civil((civil){SLI_YEAR_MIN, 1, 1});
    const int32_t last = sli_date_of_civil((civil){SLI_YEAR_MAX, 12, 31});
    const struct {
        sla_feed_options options;
        sla_status status;
    } cases[] = {
        {{0}, SLA_OK},
        {{.transparent = 1, .unsupported = 1, .coverage = 2}, SLA_OK},
        {{.transparent = -1}, SLA_INVALID_ARGUMENT},
        {{.transparent = 2}, SLA_INVALID_ARGUMENT},
        {{.unsupported = -1}, SLA_INVALID_ARGUMENT},
        {{.unsupported = 2}, SLA_INVALID_ARGUMENT},
        {{.coverage = -1}, SLA_INVALID_ARGUMENT},
        {{.coverage = 3}, SLA_INVALID_ARGUMENT},
        {{.coverage = SLA_COVERAGE_DATE, .covers_until = first}, SLA_OK},
        {{.coverage = SLA_COVERAGE_DATE, .covers_until = first - 1}, SLA_INVALID_ARGUMENT},
        {{.coverage = SLA_COVERAGE_DATE, .covers_until = last}, SLA_OK},
        {{.coverage = SLA_COVERAGE_DATE, .covers_until = last + 1}, SLA_INVALID_ARGUMENT},
        {{.coverage = SLA_COVERAGE_DERIVED, .covers_until = last + 1}, SLA_OK},
        {{.reserved = {1, 0}}, SLA_INVALID_ARGUMENT},
        {{.reserved = {0, 1}}, SLA_INVALID_ARGUMENT},
    };
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (sla_feed_reader_set_options(reader, &cases[i].options, NULL) != cases[i].status) {
            fail_msg("case %zu", i);
        }
    }
    assert_int_equal(sla_feed_reader_set_options(NULL, &cases[0].options, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_set_options(reader, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_feed_reader_free(reader);
}

static void a_filter_is_a_kind_and_a_text(void **state) {
    (void)state;
    static const struct {
        int32_t kind;
        const char *wanted;
        size_t length;
        sla_status status;
    } cases[] = {
        {-1, "a", 1, SLA_INVALID_ARGUMENT},
        {0, "a", 1, SLA_OK},
        {3, "a", 1, SLA_OK},
        {4, "a", 1, SLA_INVALID_ARGUMENT},
        {0, "", 0, SLA_INVALID_ARGUMENT},
        {0, "a\0b", 3, SLA_INVALID_ARGUMENT},
        {0, "\xFF", 1, SLA_INVALID_ARGUMENT},
        {0, NULL, 0, SLA_INVALID_ARGUMENT},
    };
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(sla_feed_reader_add_filter(reader, cases[i].kind, cases[i].wanted, cases[i].length, NULL),
                         cases[i].status);
    }
    assert_int_equal(sla_feed_reader_add_filter(NULL, 0, "a", 1, NULL), SLA_INVALID_ARGUMENT);
    sla_feed_reader_free(reader);
}

static void loading_needs_its_arguments(void **state) {
    (void)state;
    static const char source[] = IN_CALENDAR("");
    sla_feed_reader *const reader = new_reader("UTC", 0, SLA_HORIZON_END);
    static const struct {
        const char *name;
        size_t length;
        const char *source;
        sla_status status;
    } cases[] = {
        {"f", 1, source, SLA_OK},
        {"", 0, source, SLA_OK},
        {"a\0b", 3, source, SLA_INVALID_ARGUMENT},
        {"\xFF", 1, source, SLA_INVALID_ARGUMENT},
        {NULL, 0, source, SLA_INVALID_ARGUMENT},
        {"f", 1, NULL, SLA_INVALID_ARGUMENT},
    };
    sla_feed *feed = NULL;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(
            sla_feed_reader_load(reader, cases[i].name, cases[i].length, cases[i].source, SIZE_MAX, NULL, &feed, NULL),
            cases[i].status);
        assert_int_equal(feed != NULL, cases[i].status == SLA_OK);
        sla_feed_unref(feed);
    }
    assert_int_equal(sla_feed_reader_load(NULL, "f", 1, source, SIZE_MAX, NULL, &feed, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extra_dates_bring_their_own_length),
        cmocka_unit_test(oddities_of_the_text_change_nothing),
        cmocka_unit_test(the_last_of_equal_replacements_stands),
        cmocka_unit_test(rules_of_other_calendars_lose_nothing),
        cmocka_unit_test(transparent_events_close_unless_asked),
        cmocka_unit_test(filters_of_several_kinds_decide_together),
        cmocka_unit_test(an_error_may_be_left_out),
        cmocka_unit_test(what_cannot_be_expanded_is_refused),
        cmocka_unit_test(rules_of_other_calendars_have_their_bounds),
        cmocka_unit_test(rules_of_other_calendars_end_before_libical_does),
        cmocka_unit_test(values_have_a_budget),
        cmocka_unit_test(lists_have_32_mib_as_libical_sees_them),
        cmocka_unit_test(a_thousand_zones_are_named_at_most),
        cmocka_unit_test(a_long_uid_is_cut_to_whole_letters),
        cmocka_unit_test(text_outside_of_calendars_is_warned_of_once),
        cmocka_unit_test(a_vtimezone_is_what_its_changes_say),
        cmocka_unit_test(a_vtimezone_that_cannot_be_understood_is_none),
        cmocka_unit_test(a_vtimezone_has_4000_changes),
        cmocka_unit_test(a_reader_has_a_horizon_of_400_years),
        cmocka_unit_test(zones_come_from_the_folder_given),
        cmocka_unit_test(options_are_among_their_constants),
        cmocka_unit_test(a_filter_is_a_kind_and_a_text),
        cmocka_unit_test(loading_needs_its_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
