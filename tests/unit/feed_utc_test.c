/* SPDX-License-Identifier: MIT */
/* Times in UTC, which libical sees without their Z: alone, in lists and in periods, beside floating times (RFC 5545
 * §3.3.5). The zone is Europe/Belgrade, in January an hour before UTC. */
#include "feed_fixture.h"

typedef struct utc_case {
    const char *what;
    const char *body;
    const char *closures;
} utc_case;

#define DAY "DTSTART:20260105T100000Z\r\nDURATION:PT1H\r\n"
#define DAILY "DTSTART:20260105T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
#define FIRST "20260105T100000Z/20260105T110000Z"
#define SECOND "20260106T100000Z/20260106T110000Z"
#define THIRD "20260107T100000Z/20260107T110000Z"

static const utc_case cases[] = {
    {"a time", DAY, FIRST},
    {"with separators", "DTSTART:2026-01-05T10:00:00Z\r\nDTEND:2026-01-05T11:00:00Z\r\n", FIRST},
    {"a floating time", "DTSTART:20260105T110000\r\nDTEND:20260105T110000Z\r\n", FIRST},
    {"a TZID beside a Z decides nothing", "DTSTART;TZID=Asia/Tokyo:20260105T100000Z\r\nDURATION:PT1H\r\n", FIRST},
    {"a leap second", "DTSTART:20260105T095960Z\r\nDTEND:20260105T110000Z\r\n", "20260105T095959Z/20260105T110000Z"},
    {"exceptions of both forms", DAILY "EXDATE:20260105T100000Z,20260106T110000,20260107T100000\r\n", THIRD},
    {"an exception in a zone", DAILY "EXDATE;TZID=Asia/Tokyo:20260106T190000\r\n", FIRST " " THIRD},
    {"an exception in a zone, and one in UTC", DAILY "EXDATE;TZID=Asia/Tokyo:20260106T190000,20260107T100000Z\r\n", FIRST},
    {"spaces in a list", DAY "RDATE:20260106T100000Z, 20260107T100000Z\r\n", FIRST " " SECOND " " THIRD},
    {"a space before", "DTSTART: 20260105T100000Z\r\nDURATION:PT1H\r\n", FIRST},
    {"a space after", "DTSTART:20260105T100000Z \r\nDURATION:PT1H\r\n", FIRST},
    {"dates of both forms", DAY "RDATE:20260106T100000Z,20260107T110000\r\n", FIRST " " SECOND " " THIRD},
    {"a period with a duration", DAY "RDATE;VALUE=PERIOD:20260106T100000Z/PT1H\r\n", FIRST " " SECOND},
    {"a period with an end", DAY "RDATE;VALUE=PERIOD:20260106T100000Z/20260106T110000Z\r\n", FIRST " " SECOND},
    {"a period that is floating", DAY "RDATE;VALUE=PERIOD:20260106T110000/20260106T120000\r\n", FIRST " " SECOND},
    {"a period with an end in UTC alone", DAY "RDATE;VALUE=PERIOD:20260106T110000/20260106T110000Z\r\n", FIRST " " SECOND},
    {"a period with a start in UTC alone", DAY "RDATE;VALUE=PERIOD:20260106T100000Z/20260106T120000\r\n", FIRST " " SECOND},
    {"periods of all forms",
     DAY "RDATE;VALUE=PERIOD:20260106T100000Z/PT1H,20260107T110000/20260107T120000,20260108T100000Z/20260108T110000Z\r\n",
     FIRST " " SECOND " " THIRD " 20260108T100000Z/20260108T110000Z"},
};

static void times_in_utc_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char source[1024];
        char closures[1024];
        snprintf(source, sizeof source, IN_CALENDAR(EVENT("%s")), cases[i].body);
        sla_feed_reader *const reader = new_reader("Europe/Belgrade", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
        sla_feed *const feed = load_feed(reader, source, NULL);
        write_closures(feed, closures, sizeof closures);
        if (strcmp(closures, cases[i].closures) != 0) {
            fail_msg("%s: %s instead of %s", cases[i].what, closures, cases[i].closures);
        }
        sla_feed_unref(feed);
        sla_feed_reader_free(reader);
    }
}

/* More values than go on one line for libical, of both forms by turns and in runs. */
static void long_lists_are_read_whole(void **state) {
    (void)state;
    enum { VALUES = 250 };
    char source[VALUES * 20 + 200] =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20250101T100000Z\r\nDURATION:PT1H\r\nRDATE:";
    for (int i = 0; i < VALUES; i++) {
        const civil day = sli_civil_of_date(sli_date_of_civil((civil){2025, 1, 2}) + i);
        const bool utc = i < 2 * VALUES / 3 ? i % 2 == 0 : true;
        sprintf(source + strlen(source), "%s%04d%02d%02dT%02d0000%s", i > 0 ? "," : "", (int)day.year, (int)day.month,
                (int)day.day, utc ? 10 : 12, utc ? "Z" : "");
    }
    strcat(source, "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    sla_feed_reader *const reader = new_reader("+02:00", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *const feed = load_feed(reader, source, NULL);
    assert_int_equal(feed->closure_count, VALUES + 1);
    for (size_t i = 1; i < feed->closure_count; i++) {
        assert_int_equal(feed->closures[i].begin, feed->closures[i - 1].begin + SLI_DAY);
    }
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* UNTIL is ours to read, also where libical expands the rule. */
static void a_foreign_rule_ends_at_its_until(void **state) {
    (void)state;
    need_other_calendars();
    static const char *const rules[] = {"RSCALE=HEBREW;FREQ=YEARLY;UNTIL=20281001T000000Z",
                                        "UNTIL=20281001T000000Z;RSCALE=HEBREW;FREQ=YEARLY",
                                        "RSCALE=HEBREW;UNTIL=20281001T000000Z;FREQ=YEARLY"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        char source[512];
        snprintf(source, sizeof source, IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20250923\r\nRRULE:%s\r\n")), rules[i]);
        sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
        sla_feed *const feed = load_feed(reader, source, NULL);
        assert_int_equal(feed->closure_count, 4);
        sla_feed_unref(feed);
        sla_feed_reader_free(reader);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_in_utc_are_read),
        cmocka_unit_test(long_lists_are_read_whole),
        cmocka_unit_test(a_foreign_rule_ends_at_its_until),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
