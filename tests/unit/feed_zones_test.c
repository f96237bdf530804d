/* SPDX-License-Identifier: MIT */
/* §2.2: what a TZID means: an IANA name, a Windows name, else the feed's own VTIMEZONE. */
#include "feed_fixture.h"

#include "feed/timezone.h"

typedef struct zone_case {
    const char *tzid;   /* as it stands after "DTSTART;TZID=" */
    const char *begins; /* 2026-07-01 12:00 there */
} zone_case;

static const zone_case names[] = {
    {"Europe/Berlin", "20260701T100000Z"},
    {"\"Europe/Berlin\"", "20260701T100000Z"},
    {"UTC", "20260701T120000Z"},
    {"Etc/GMT+1", "20260701T130000Z"},
    {"/freeassociation.sourceforge.net/Europe/Berlin", "20260701T100000Z"},
    {"/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "20260701T100000Z"},
    {"/mozilla.org/20070129_1/America/Argentina/Ushuaia", "20260701T150000Z"},
    {"/citadel.org/20250101_1/Asia/Tokyo", "20260701T030000Z"},
    {"Central European Standard Time", "20260701T100000Z"},
    {"Tokyo Standard Time", "20260701T030000Z"},
    {"eastern standard time", "20260701T160000Z"},
    {"\"Customized Time Zone\"", "20260701T093000Z"},
    {"\"(UTC+02:00) Here, there; everywhere\"", "20260701T100000Z"},
};

#define OWN_ZONES                                                                                                          \
    "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\n"                                                                     \
    "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0330\r\nTZOFFSETTO:+0130\r\n"                              \
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"                                                          \
    "BEGIN:DAYLIGHT\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0130\r\nTZOFFSETTO:+0230\r\n"                              \
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"                                          \
    "BEGIN:VTIMEZONE\r\nTZID:(UTC+02:00) Here\\, there\\; everywhere\r\n"                                                  \
    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:"          \
    "VTIMEZONE\r\n"                                                                                                        \
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"                                                                            \
    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:"          \
    "VTIMEZONE\r\n"

static void test_names(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("Pacific/Apia", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char source[4096];
        char closed[128];
        snprintf(source, sizeof source,
                 "BEGIN:VCALENDAR\r\n" OWN_ZONES "BEGIN:VEVENT\r\nDTSTART;TZID=%s:20260701T120000\r\n"
                 "DURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                 names[i].tzid);
        sla_feed *const feed = load_feed(reader, source, NULL);
        write_closures(feed, closed, sizeof closed);
        if (strncmp(closed, names[i].begins, strlen(names[i].begins)) != 0) {
            fail_msg("§2.2 TZID=%s: %s", names[i].tzid, closed);
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
}

/* Every Windows name leads to a zone of the system's database. */
static void test_windows_names(void **state) {
    (void)state;
    assert_string_equal(sli_windows_zone(sli_text("W. Europe Standard Time", SIZE_MAX)), "Europe/Berlin");
    assert_string_equal(sli_windows_zone(sli_text("GMT Standard Time", SIZE_MAX)), "Europe/London");
    assert_string_equal(sli_windows_zone(sli_text("Pacific Standard Time", SIZE_MAX)), "America/Los_Angeles");
    assert_null(sli_windows_zone(sli_text("Customized Time Zone", SIZE_MAX)));
}

/* A VTIMEZONE that says what Europe/Berlin does since 1996 closes the same instants, whatever the day. */
static void test_vtimezone_agrees_with_the_database(void **state) {
    (void)state;
    static const char event[] =
        "DTSTART;TZID=%s:19970101T%02d3000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=20991230T000000Z\r\n";
    static const char zone[] = "BEGIN:VTIMEZONE\r\nTZID:Own\r\n"
                               "BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
                               "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
                               "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
                               "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (int32_t hour = 0; hour < 5; hour++) { /* 02:30 is skipped in spring and repeated in autumn */
        sla_feed *feeds[2];
        for (size_t i = 0; i < 2; i++) {
            char lines[512];
            char source[2048];
            snprintf(lines, sizeof lines, event, i == 0 ? "Own" : "Europe/Berlin", (int)hour);
            snprintf(source, sizeof source, "BEGIN:VCALENDAR\r\n%sBEGIN:VEVENT\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n", zone,
                     lines);
            feeds[i] = load_feed(reader, source, NULL);
        }
        assert_true(feeds[0]->closure_count > 37000);
        assert_int_equal(feeds[0]->closure_count, feeds[1]->closure_count);
        for (size_t i = 0; i < feeds[0]->closure_count; i++) {
            assert_int_equal(feeds[0]->closures[i].begin, feeds[1]->closures[i].begin);
        }
        sla_feed_unref(feeds[0]);
        sla_feed_unref(feeds[1]);
    }
    sla_feed_reader_free(reader);
}

/* RDATE, and a rule that ended: its UNTIL is in UTC. */
static void test_vtimezone_with_dates_and_until(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed =
        load_feed(reader,
                  IN_CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Own\r\n"
                              "BEGIN:DAYLIGHT\r\nDTSTART:20200401T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
                              "RRULE:FREQ=YEARLY;UNTIL=20210401T010000Z\r\nRDATE:20230401T020000\r\nEND:DAYLIGHT\r\n"
                              "BEGIN:STANDARD\r\nDTSTART:20201001T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
                              "RRULE:FREQ=YEARLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT(
                                  "DTSTART;TZID=Own:20190701T120000\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;COUNT=6\r\n")),
                  NULL);
    char closed[512];
    write_closures(feed, closed, sizeof closed);
    assert_string_equal(closed, "20190701T110000Z/20190701T120000Z 20200701T100000Z/20200701T110000Z "
                                "20210701T100000Z/20210701T110000Z 20220701T110000Z/20220701T120000Z "
                                "20230701T100000Z/20230701T110000Z 20240701T110000Z/20240701T120000Z");
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* Each VCALENDAR of a text has its own VTIMEZONEs. */
static void test_vtimezones_belong_to_their_calendar(void **state) {
    (void)state;
#define ZONED_CALENDAR(offset)                                                                                             \
    IN_CALENDAR("BEGIN:VTIMEZONE\r\nTZID:Here\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:" offset        \
                "\r\nTZOFFSETTO:" offset                                                                                   \
                "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n" EVENT("DTSTART;TZID=Here:20260701T120000\r\nDURATION:PT1H\r\n"))
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed = load_feed(reader, ZONED_CALENDAR("+0500") ZONED_CALENDAR("-0330"), NULL);
    char closed[256];
    write_closures(feed, closed, sizeof closed);
    assert_string_equal(closed, "20260701T070000Z/20260701T080000Z 20260701T153000Z/20260701T163000Z");
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* A VTIMEZONE that cannot be evaluated leaves the TZID unknown; it never hangs. */
static void test_unusable_vtimezones(void **state) {
    (void)state;
    static const char *const observances[] = {
        "",
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nEND:STANDARD\r\n",
        "BEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\nTZOFFSETFROM:+0100\r\nEND:STANDARD\r\n",
        ("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\n"
         "RRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n"),
    };
    for (size_t i = 0; i < sizeof observances / sizeof observances[0]; i++) {
        sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
        char source[1024];
        snprintf(source, sizeof source,
                 "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\n%sEND:VTIMEZONE\r\n"
                 "BEGIN:VEVENT\r\nDTSTART;TZID=Own:20260701T120000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
                 observances[i]);
        sla_feed *feed = NULL;
        sla_error error = {0};
        assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, &error),
                         SLA_UNSUPPORTED_EVENT);
        assert_non_null(strstr(error.message, "unknown TZID 'Own'"));
        sla_feed_reader_free(reader);
    }
}

/* A TZID means the same however many others there are, and in whatever order they come. */
static void test_many_tzids(void **state) {
    (void)state;
    enum { ZONES = 50, STEP = 17 }; /* a step that shares no divisor visits them all */
    char source[32768];
    size_t length = (size_t)sprintf(source, "BEGIN:VCALENDAR\r\n");
    for (int32_t i = 0; i < ZONES; i++) {
        length += (size_t)sprintf(source + length,
                                  "BEGIN:VTIMEZONE\r\nTZID:Own %d\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                                  "TZOFFSETFROM:+00%02d\r\nTZOFFSETTO:+00%02d\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
                                  (int)i, (int)i, (int)i);
    }
    for (int32_t i = 0; i < 2 * ZONES; i++) {
        length += (size_t)sprintf(source + length,
                                  "BEGIN:VEVENT\r\nDTSTART;TZID=Own %d:20260701T120000\r\nDURATION:PT1S\r\nEND:VEVENT\r\n",
                                  (int)(i * STEP % ZONES));
    }
    sprintf(source + length, "END:VCALENDAR\r\n");
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed = load_feed(reader, source, NULL);
    int64_t noon = 0;
    assert_int_equal(sla_instant_parse("2026-07-01T12:00:00Z", SIZE_MAX, &noon, NULL), SLA_OK);
    assert_int_equal(feed->closure_count, 2 * ZONES);
    for (int32_t i = 0; i < 2 * ZONES; i++) {
        assert_int_equal(feed->closures[i].begin, noon - (ZONES - 1 - i / 2) * 60);
    }
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* Clock changes that crowd would make every look-up of a local time long: a VTIMEZONE with them is refused. */
static void test_crowded_clock_changes(void **state) {
    (void)state;
    static const struct {
        int32_t seconds_apart;
        sla_status status;
    } cases[] = {{7200, SLA_OK}, {3600, SLA_LIMIT}, {1, SLA_LIMIT}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char source[8192] = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\n"
                            "DTSTART:20260101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nRDATE:20260102T000000";
        size_t length = strlen(source);
        for (int32_t second = 0; second < 99 * cases[i].seconds_apart; second += cases[i].seconds_apart) {
            length += (size_t)sprintf(source + length, ",202602%02dT%02d%02d%02d", (int)(second / SLI_DAY + 1),
                                      (int)(second / 3600 % 24), (int)(second / 60 % 60), (int)(second % 60));
        }
        sprintf(source + length, "\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
                                 "DTSTART;TZID=Own:20260701T120000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
        sla_feed *feed = NULL;
        sla_error error = {0};
        assert_int_equal(sla_feed_reader_load(reader, "f", 1, source, SIZE_MAX, NULL, &feed, &error), cases[i].status);
        assert_true(cases[i].status == SLA_OK || strstr(error.message, "within four days") != NULL);
        sla_feed_unref(feed);
        sla_feed_reader_free(reader);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_windows_names),
        cmocka_unit_test(test_vtimezone_agrees_with_the_database),
        cmocka_unit_test(test_vtimezone_with_dates_and_until),
        cmocka_unit_test(test_vtimezones_belong_to_their_calendar),
        cmocka_unit_test(test_unusable_vtimezones),
        cmocka_unit_test(test_many_tzids),
        cmocka_unit_test(test_crowded_clock_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
