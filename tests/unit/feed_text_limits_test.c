/* SPDX-License-Identifier: MIT */
/* The small readers of feeds (§2.2) at their bounds: rules, written times, lists, letters; each part wrong one at a time.
 */
#include "feed_fixture.h"

#include "feed/closures.h"
#include "feed/content_line.h"
#include "feed/events.h"
#include "feed/recurrence.h"

#include <errno.h>
#include <libical/ical.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static text literal(const char *value) {
    return sli_text(value, SIZE_MAX);
}

/* ---- Rules (RFC 5545 §3.3.10) ---- */

static void a_rule_is_read_part_by_part(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        const char *says; /* NULL: it is right */
    } cases[] = {
        {"FREQ=DAILY", NULL},
        {"freq=daily", NULL},
        {"FREQ=DAILY;", NULL},
        {"FREQ=DAILY;;COUNT=2", NULL},
        {"", "no FREQ"},
        {"FREQ", "unknown FREQ"},
        {"FREQ=", "unknown FREQ"},
        {"FREQ=HOURLY", "more often than daily"},
        {"FREQ=MINUTELY", "more often than daily"},
        {"FREQ=SECONDLY", "more often than daily"},
        {"FREQ=DAILY;INTERVAL=", "INTERVAL"},
        {"FREQ=DAILY;INTERVAL=0", "INTERVAL"},
        {"FREQ=DAILY;INTERVAL=/", "INTERVAL"},
        {"FREQ=DAILY;INTERVAL=1:", "INTERVAL"},
        {"FREQ=DAILY;INTERVAL=999999999", NULL},
        {"FREQ=DAILY;INTERVAL=1000000000", "INTERVAL"},
        {"FREQ=DAILY;COUNT=x", "COUNT"},
        {"FREQ=DAILY;COUNT=0", "COUNT"},
        {"FREQ=DAILY;COUNT=-1", "COUNT"},
        {"FREQ=DAILY;COUNT=1", NULL},
        {"FREQ=DAILY;UNTIL=soon", "UNTIL that is no date"},
        {"FREQ=DAILY;UNTIL=20260230", "impossible date"},
        {"FREQ=DAILY;UNTIL=20260228", NULL},
        {"FREQ=WEEKLY;WKST=SU", NULL},
        {"FREQ=WEEKLY;WKST=XX", "WKST"},
        {"FREQ=YEARLY;BYWEEKNO=1", "BYWEEKNO"},
        {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366,-366", NULL},
        {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS"},
        {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS"},
        {"FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "BYSETPOS with DAILY or WEEKLY"},
        {"FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-1", "BYSETPOS with DAILY or WEEKLY"},
        {"FREQ=DAILY;BYHOUR=1,2;BYSETPOS=-1", "BYSETPOS with DAILY or WEEKLY"},
        {"FREQ=YEARLY;BYMONTH=1,12", NULL},
        {"FREQ=YEARLY;BYMONTH=0", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=13", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=x", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=+1", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=-1", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=", "BYMONTH"},
        {"FREQ=YEARLY;BYMONTH=1,,2", "BYMONTH"},
        {"FREQ=MONTHLY;BYMONTHDAY=1,+2,-31,31", NULL},
        {"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY"},
        {"FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY"},
        {"FREQ=MONTHLY;BYMONTHDAY=-", "BYMONTHDAY"},
        {"FREQ=MONTHLY;BYMONTHDAY=+", "BYMONTHDAY"},
        {"FREQ=YEARLY;BYYEARDAY=366,-366", NULL},
        {"FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY"},
        {"FREQ=MONTHLY;BYDAY=MO,1TU,+2WE,-1TH,53FR", NULL},
        {"FREQ=MONTHLY;BYDAY=54FR", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=0FR", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=XX", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=1XX", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=M", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=", "BYDAY"},
        {"FREQ=MONTHLY;BYDAY=xMO", "BYDAY"},
        {"FREQ=WEEKLY;BYDAY=MO,TU", NULL},
        {"FREQ=WEEKLY;BYDAY=1MO", "numbers a weekday"},
        {"FREQ=DAILY;BYDAY=-1SU", "numbers a weekday"},
        {"FREQ=YEARLY;BYDAY=1MO,-1SU", NULL},
        {"FREQ=DAILY;BYHOUR=0,23", NULL},
        {"FREQ=DAILY;BYHOUR=24", "BYHOUR"},
        {"FREQ=DAILY;BYMINUTE=0,59", NULL},
        {"FREQ=DAILY;BYMINUTE=60", "BYMINUTE"},
        {"FREQ=DAILY;BYSECOND=0,60", NULL},
        {"FREQ=DAILY;BYSECOND=61", "BYSECOND"},
        {"FREQ=DAILY;BYEASTER=1", "not in RFC 5545"},
        {"FREQ=DAILY;X-=1", "not in RFC 5545"},
        {"FREQ=DAILY;XY=1", "not in RFC 5545"},
        {"FREQ=DAILY;X-A=1", NULL},
        {"FREQ=DAILY;XYZ=1", "not in RFC 5545"},
        {"FREQ=DAILY;=1", "not in RFC 5545"},
        {"RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT", NULL},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L", "leap month"},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;SKIP=FORWARD", NULL},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=1", "leap month"},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=1", NULL},
        {"RSCALE=HEBREW;FREQ=DAILY", "DAILY or WEEKLY"},
        {"RSCALE=HEBREW;FREQ=WEEKLY", "DAILY or WEEKLY"},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYSETPOS=1", "BYSETPOS"},
        {"RSCALE=HEBREW;FREQ=YEARLY;BYSETPOS=-1", "BYSETPOS"},
        {"RSCALE=HEBREW;FREQ=MONTHLY;BYHOUR=9", "more than BYMONTH and BYMONTHDAY"},
        {"RSCALE=HEBREW;FREQ=YEARLY;COUNT=0", "COUNT"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        recurrence_rule rule;
        bool out_of_memory = true;
        const char *const complaint = sli_rule_parse(literal(cases[i].rule), &rule, &out_of_memory);
        free(rule.foreign);
        assert_false(out_of_memory);
        const bool as_expected =
            cases[i].says == NULL ? complaint == NULL : complaint != NULL && strstr(complaint, cases[i].says) != NULL;
        if (!as_expected) {
            fail_msg("%s: %s", cases[i].rule, complaint == NULL ? "no complaint" : complaint);
        }
    }
}

/* A rule follows another calendar when RSCALE or SKIP say what not every rule says (RFC 7529). */
static void a_rule_of_another_calendar_is_kept_as_it_is_written(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        bool foreign;
    } cases[] = {
        {"FREQ=DAILY", false},
        {"RSCALE=GREGORIAN;FREQ=DAILY", false},
        {"rscale=gregorian;FREQ=DAILY;skip=omit", false},
        {"FREQ=DAILY;SKIP=OMIT", false},
        {"FREQ=MONTHLY;SKIP=FORWARD", true},
        {"RSCALE=HEBREW;FREQ=YEARLY", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        recurrence_rule rule;
        bool out_of_memory;
        assert_null(sli_rule_parse(literal(cases[i].rule), &rule, &out_of_memory));
        assert_int_equal(rule.foreign != NULL, cases[i].foreign);
        assert_true(!cases[i].foreign || strcmp(rule.foreign, cases[i].rule) == 0);
        free(rule.foreign);
    }
}

static void the_parts_of_a_rule_are_kept(void **state) {
    (void)state;
    recurrence_rule rule;
    bool out_of_memory;
    assert_null(
        sli_rule_parse(literal("FREQ=MONTHLY;INTERVAL=2;COUNT=7;WKST=SU;BYDAY=MO,-1FR,+2WE;BYMONTHDAY=5,-3;BYHOUR=9"),
                       &rule, &out_of_memory));
    assert_int_equal(rule.every, FREQUENCY_MONTHLY);
    assert_int_equal(rule.interval, 2);
    assert_int_equal(rule.count, 7);
    assert_int_equal(rule.week_start, 6);
    assert_true(rule.any_weekday);
    assert_int_equal(rule.weekdays.bits[0], 1);
    assert_int_equal(rule.numbered_weekdays[4].from_end.bits[0], 1 << 1);
    assert_int_equal(rule.numbered_weekdays[2].from_start.bits[0], 1 << 2);
    assert_int_equal(rule.month_days.from_start.bits[0], 1 << 5);
    assert_int_equal(rule.month_days.from_end.bits[0], 1 << 3);
    assert_int_equal(rule.hours.bits[0], 1 << 9);
    assert_false(rule.minutes.any);
    assert_false(sli_rule_is_endless(&rule));
}

/* ---- Written times ---- */

static void a_time_is_read_digit_by_digit(void **state) {
    (void)state;
    static const struct {
        const char *written;
        bool read;
        written_time time;
    } cases[] = {
        {"20260105", true, {.exists = true, .is_date = true, .date = 20458}},
        {"20260105T102030", true, {.exists = true, .date = 20458, .second = 37230}},
        {"20260105t102030", true, {.exists = true, .date = 20458, .second = 37230}},
        {"20260105T102030Z", true, {.exists = true, .is_utc = true, .date = 20458, .second = 37230}},
        {"20260105T102030z", true, {.exists = true, .is_utc = true, .date = 20458, .second = 37230}},
        {"20260105T235960Z", true, {.exists = true, .is_utc = true, .date = 20458, .second = 86399}},
        {"20260105T000000", true, {.exists = true, .date = 20458}},
        {"2026010", false, {0}},
        {"202601051", false, {0}},
        {"20260105T10203", false, {0}},
        {"20260105x102030", false, {0}},
        {"20260105T102030x", false, {0}},
        {"20260105T102030ZZ", false, {0}},
        {"x0260105", true, {.is_date = true}},
        {"2026x105", true, {.is_date = true}},
        {"202601x5", true, {.is_date = true}},
        {"20261301", true, {.is_date = true}},
        {"20260230", true, {.is_date = true}},
        {"20260230T102030", true, {0}},
        {"20260105Tx02030", true, {0}},
        {"20260105T10x030", true, {0}},
        {"20260105T1020x0", true, {0}},
        {"20260105T242030", true, {0}},
        {"20260105T236030", true, {0}},
        {"20260105T235961", true, {0}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        written_time time;
        const written_time *const expected = &cases[i].time;
        const bool read = sli_written_time_parse(literal(cases[i].written), &time);
        const bool as_expected =
            read == cases[i].read &&
            (!read || (time.exists == expected->exists && time.is_date == expected->is_date &&
                       (!time.exists || (time.is_utc == expected->is_utc && time.date == expected->date &&
                                         time.second == expected->second))));
        if (!as_expected) {
            fail_msg("%s: read %d, date %d, second %d", cases[i].written, (int)read, (int)time.date, (int)time.second);
        }
    }
}

/* ---- Expanding rules ---- */

typedef struct visits {
    int32_t dates[8];
    int32_t seconds[8];
    size_t count;
} visits;

static bool keep_visit(void *context, int32_t date, int32_t second) {
    visits *const kept = context;
    if (kept->count < COUNT_OF(kept->dates)) {
        kept->dates[kept->count] = date;
        kept->seconds[kept->count] = second;
    }
    kept->count++;
    return true;
}

static sla_status expand(const char *written, int64_t steps, int32_t last, visits *found) {
    sla_feed_reader *const reader = new_reader("UTC", 0, 400 * INT64_C(86400) * 365);
    feed_budget budget = sli_feed_budget();
    budget.steps = steps;
    feed_reading reading = {.reader = reader, .budget = &budget};
    recurrence_rule rule;
    bool out_of_memory;
    assert_null(sli_rule_parse(literal(written), &rule, &out_of_memory));
    const moment start = {.date = 100, .second = 36000, .zone = reader->zone};
    *found = (visits){.count = 0};
    const sla_status status = sli_rule_expand(&reading, &rule, start, start.date, last, keep_visit, found);
    free(rule.foreign);
    sla_feed_reader_free(reader);
    return status;
}

/* A day costs a step, and each time of it another; a month that is left out costs one. Date 100 is 1970-04-11. */
static void expanding_ends_when_the_work_is_used_up(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        int64_t steps;
        sla_status status;
        size_t found;
    } cases[] = {
        {"FREQ=DAILY", 22, SLA_OK, 10},
        {"FREQ=DAILY", 21, SLA_LIMIT, 9},
        {"FREQ=DAILY", 20, SLA_LIMIT, 9},
        {"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", 3, SLA_LIMIT, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        visits found;
        assert_int_equal(expand(cases[i].rule, cases[i].steps, 110, &found), cases[i].status);
        assert_int_equal(found.count, cases[i].found);
    }
}

/* §1.5: what libical may have to do for a rule of another calendar is paid for before it is asked. */
static void asking_libical_ends_when_the_work_is_used_up(void **state) {
    (void)state;
    need_other_calendars();
    enum { ASKING = 1 << 18, TWO_OCCURRENCES = 2 * 12000 };
    static const struct {
        int64_t steps;
        sla_status status;
    } cases[] = {{ASKING + TWO_OCCURRENCES, SLA_OK}, {ASKING + TWO_OCCURRENCES - 1, SLA_LIMIT}, {ASKING - 1, SLA_LIMIT}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        visits found;
        assert_int_equal(expand("RSCALE=HEBREW;FREQ=MONTHLY", cases[i].steps, 110, &found), cases[i].status);
        assert_int_equal(found.count, 0);
    }
}

static void nothing_comes_before_the_start(void **state) {
    (void)state;
    visits found;
    assert_int_equal(expand("FREQ=DAILY", 100, 99, &found), SLA_OK);
    assert_int_equal(found.count, 0);
    assert_int_equal(expand("FREQ=DAILY", 100, 101, &found), SLA_OK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.dates[0], 101);
    assert_int_equal(found.seconds[0], 36000);
}

/* A leap second is the second before it (RFC 5545 §3.3.12). */
static void times_of_day_are_named_by_their_parts(void **state) {
    (void)state;
    visits found;
    assert_int_equal(expand("FREQ=DAILY;BYHOUR=11;BYMINUTE=0,30;BYSECOND=60", 100, 100, &found), SLA_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.seconds[0], 11 * 3600 + 59);
    assert_int_equal(found.seconds[1], 11 * 3600 + 30 * 60 + 59);
}

/* BYSETPOS counts over a whole month: here 30 days of 24 times, more than the largest number that can be asked for. */
static void positions_count_from_either_end(void **state) {
    (void)state;
    visits found;
    const char *const rule = "FREQ=MONTHLY;BYMONTHDAY=11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30;"
                             "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYSETPOS=366,-1,-366";
    assert_int_equal(expand(rule, 10000, 119, &found), SLA_OK);
    assert_int_equal(found.count, 3);
    assert_int_equal(found.dates[0], 100 + (480 - 366) / 24);
    assert_int_equal(found.seconds[0], (480 - 366) % 24 * 3600);
    assert_int_equal(found.dates[1], 100 + 365 / 24);
    assert_int_equal(found.seconds[1], 365 % 24 * 3600);
    assert_int_equal(found.dates[2], 119);
    assert_int_equal(found.seconds[2], 23 * 3600);
}

/* ---- Rules of other calendars, which libical expands ---- */

/* Made fatal between reading and expanding, libical's errors are refused there too. */
static void a_rule_of_another_calendar_respects_fatal_errors(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", 0, 1000 * SLI_DAY);
    recurrence_rule rule;
    bool out_of_memory;
    assert_null(sli_rule_parse(literal("RSCALE=HEBREW;FREQ=YEARLY"), &rule, &out_of_memory));
    recurrence_rule *rules[] = {&rule};
    event closing = {.closes = true, .summary = "", .length = {.kind = LENGTH_DAYS, .days = 1}};
    closing.start = (moment){.is_date = true, .date = 100};
    closing.rules.items = rules;
    closing.rules.count = 1;
    event_list events = {&closing, 1, 1};
    sla_error error = {0};
    feed_budget budget = sli_feed_budget();
    feed_reading reading = {.reader = reader, .name = literal("f"), .error = &error, .budget = &budget};
    feed_closures closures = {0};
    icalerror_set_errors_are_fatal(1);
    const sla_status status = sli_closures_make(&reading, &events, &closures);
    icalerror_set_errors_are_fatal(0);
    assert_int_equal(status, SLA_INVALID_ARGUMENT);
    assert_int_equal(error.code, SLA_INVALID_ARGUMENT);
    assert_non_null(strstr(error.message, "fatal"));
    sli_closures_clear(&closures);
    free(rule.foreign);
    sla_feed_reader_free(reader);
}

/* ---- libical ---- */

/* C11 §7.5: no library function sets errno to 0. */
static void reading_leaves_errno_to_the_program(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", 0, 1000 * SLI_DAY);
    errno = EDOM;
    sla_feed *const feed = load_feed(reader, IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:19700110\r\n")), NULL);
    assert_int_equal(errno, EDOM);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

/* Errors of libical are fatal in general or kind by kind; a kind that is not overrides what is general. */
static void fatal_errors_are_found_kind_by_kind(void **state) {
    (void)state;
    static const struct {
        bool in_general;
        icalerrorstate each;
        icalerrorstate one;
        sla_status status;
    } cases[] = {
        {false, ICAL_ERROR_DEFAULT, ICAL_ERROR_DEFAULT, SLA_OK},
        {true, ICAL_ERROR_DEFAULT, ICAL_ERROR_DEFAULT, SLA_INVALID_ARGUMENT},
        {true, ICAL_ERROR_NONFATAL, ICAL_ERROR_NONFATAL, SLA_OK},
        {true, ICAL_ERROR_NONFATAL, ICAL_ERROR_DEFAULT, SLA_INVALID_ARGUMENT},
        {false, ICAL_ERROR_DEFAULT, ICAL_ERROR_FATAL, SLA_INVALID_ARGUMENT},
        {false, ICAL_ERROR_NONFATAL, ICAL_ERROR_NONFATAL, SLA_OK},
    };
    icalerrorstate before[ICAL_UNKNOWN_ERROR + 1];
    for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
        before[kind] = icalerror_get_error_state((icalerrorenum)kind);
    }
    sla_feed_reader *const reader = new_reader("UTC", 0, 1000 * SLI_DAY);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        icalerror_set_errors_are_fatal(cases[i].in_general);
        for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
            icalerror_set_error_state((icalerrorenum)kind, kind == ICAL_PARSE_ERROR ? cases[i].one : cases[i].each);
        }
        sla_feed *feed = NULL;
        const sla_status status = sla_feed_reader_load(reader, "f", 1, IN_CALENDAR(""), SIZE_MAX, NULL, &feed, NULL);
        icalerror_set_errors_are_fatal(0);
        assert_int_equal(status, cases[i].status);
        sla_feed_unref(feed);
    }
    for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
        icalerror_set_error_state((icalerrorenum)kind, before[kind]);
    }
    sla_feed_reader_free(reader);
}

/* ---- Content lines ---- */

static void spaces_and_tabs_are_trimmed(void **state) {
    (void)state;
    static const struct {
        const char *value;
        const char *trimmed;
    } cases[] = {
        {"", ""},         {" ", ""},  {"\t", ""},   {" \t a", "a"},   {"a\t ", "a"},
        {" a b ", "a b"}, {"a", "a"}, {"\ta", "a"}, {"a \n", "a \n"}, {"\r a", "\r a"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(sli_text_is(sli_text_trimmed(literal(cases[i].value)), cases[i].trimmed));
    }
}

static void a_value_ends_at_a_comma_that_is_not_escaped(void **state) {
    (void)state;
    static const struct {
        const char *values;
        size_t end;
    } cases[] = {{"", 0}, {",", 0}, {"a", 1}, {"a,b", 1}, {"a\\,b,c", 4}, {"a\\\\,b", 3}, {"a\\", 2}, {"\\", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(sli_content_value_end(literal(cases[i].values)), cases[i].end);
    }
}

/* ---- Letters ---- */

/* The first and the last capital of each range, and what lies beside them (Unicode's CaseFolding.txt, status C). */
static void letters_lose_their_case(void **state) {
    (void)state;
    static const struct {
        const char *given;
        const char *folded;
    } cases[] = {
        {"", ""},
        {"@AZ[", "@az["},
        {"`az{", "`az{"},
        {"\xC3\x80\xC3\x96\xC3\x97\xC3\x98\xC3\x9E\xC3\x9F", "\xC3\xA0\xC3\xB6\xC3\x97\xC3\xB8\xC3\xBE\xC3\x9F"},
        {"\xC4\x8C\xC5\xA0\xC5\xBD", "\xC4\x8D\xC5\xA1\xC5\xBE"}, /* ČŠŽ */
        {"\xC5\xB8", "\xC3\xBF"},                                 /* Ÿ */
        {"\xCE\x91\xCE\xA9\xCE\x86\xCE\x8F", "\xCE\xB1\xCF\x89\xCE\xAC\xCF\x8E"},
        {"\xCF\x82", "\xCF\x83"}, /* the final sigma is a sigma */
        {"\xD0\x80\xD0\x8F\xD0\x90\xD0\xAF", "\xD1\x90\xD1\x9F\xD0\xB0\xD1\x8F"},
        {"\xD4\xB1\xD5\x96", "\xD5\xA1\xD6\x86"},                 /* Armenian */
        {"\xE1\xB8\x80\xE1\xBA\x94", "\xE1\xB8\x81\xE1\xBA\x95"}, /* U+1E00, U+1E94 */
        {"\xE1\xBB\xBE\xE1\xBA\x95", "\xE1\xBB\xBF\xE1\xBA\x95"}, /* U+1EFE */
        {"\xE2\x82\xAC", "\xE2\x82\xAC"},                         /* the euro sign has no case */
        {"\xF0\x9F\x8E\x84"
         "A",
         "\xF0\x9F\x8E\x84"
         "a"},              /* four bytes */
        {"A\xC3", "a\xC3"}, /* cut within a letter */
        {"A\xF0\x9F\x8E", "a\xF0\x9F\x8E"},
        {"\x9F"
         "A",
         "\x9F"
         "a"}, /* no beginning of a letter */
        {"A\xE1\xB8", "a\xE1\xB8"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *const folded = sli_fold_case(literal(cases[i].given));
        assert_string_equal(folded, cases[i].folded);
        free(folded);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_is_read_part_by_part),
        cmocka_unit_test(a_rule_of_another_calendar_is_kept_as_it_is_written),
        cmocka_unit_test(the_parts_of_a_rule_are_kept),
        cmocka_unit_test(a_time_is_read_digit_by_digit),
        cmocka_unit_test(expanding_ends_when_the_work_is_used_up),
        cmocka_unit_test(asking_libical_ends_when_the_work_is_used_up),
        cmocka_unit_test(reading_leaves_errno_to_the_program),
        cmocka_unit_test(nothing_comes_before_the_start),
        cmocka_unit_test(times_of_day_are_named_by_their_parts),
        cmocka_unit_test(positions_count_from_either_end),
        cmocka_unit_test(a_rule_of_another_calendar_respects_fatal_errors),
        cmocka_unit_test(fatal_errors_are_found_kind_by_kind),
        cmocka_unit_test(spaces_and_tabs_are_trimmed),
        cmocka_unit_test(a_value_ends_at_a_comma_that_is_not_escaped),
        cmocka_unit_test(letters_lose_their_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
