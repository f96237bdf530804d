/* SPDX-License-Identifier: MIT */
/* Time zones (§1.3, §1.4): names, TZif files, footer rules, local times; and instants as text. */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64 /* asked for by the next */
#define _TIME_BITS 64        /* the C library's time_t reaches beyond 2038, on 32 bits too */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "zone/folder.h"
#include "zone/footer.h"
#include "zone/zone.h"

#include "tzif_fixture.h"

static text literal(const char *value) {
    return sli_text(value, SIZE_MAX);
}

/* "2026-11-23 11:00:00" as seconds of local time since 1970. */
static int64_t local_time(const char *written) {
    char instant[40];
    snprintf(instant, sizeof instant, "%sZ", written);
    int64_t local = 0;
    assert_int_equal(sla_instant_parse(instant, SIZE_MAX, &local, NULL), SLA_OK);
    return local;
}

/* ---- A folder of zone files made here ---- */

static char folder[] = "/tmp/zone_test_XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static void path_in_folder(const char *name, char path[128]) {
    snprintf(path, 128, "%s/%s", folder, name);
}

static void remove_file(const char *name) {
    char path[128];
    path_in_folder(name, path);
    unlink(path);
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static void write_file(const char *name, const void *bytes, size_t size) {
    char path[128];
    path_in_folder(name, path);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Local mean time to 1980, +01:00 to 1990, then a rule with summer time. */
static const zone_source EXAMPLE = {.times = {315532800, 631152000},
                                    .types = {1, 1},
                                    .transition_count = 2,
                                    .offsets = {4920, 3600},
                                    .type_count = 2,
                                    .footer = "CET-1CEST,M3.5.0,M10.5.0/3"};

static sla_status load_bytes(const void *bytes, size_t size, sla_zone **zone, sla_error *error) {
    write_file("Test", bytes, size);
    const sla_status status = sla_zone_load("Test", SIZE_MAX, folder, SIZE_MAX, zone, error);
    remove_file("Test");
    return status;
}

static sla_zone *zone_of(char version, const zone_source *source) {
    const tzif file = tzif_of(version, source);
    sla_zone *zone = NULL;
    sla_error error;
    if (load_bytes(file.bytes, file.size, &zone, &error) != SLA_OK) {
        fail_msg("%s", error.message);
    }
    return zone;
}

static void files_of_every_version_are_read(void **state) {
    (void)state;
    static const struct {
        char version;
        int64_t at;
        int32_t offset;
    } cases[] = {
        {'1', 0, 4920},           {'1', 315532799, 4920},           {'1', 315532800, 3600},
        {'1', 2000000000, 3600},  {'2', 315532799, 4920},           {'2', 631152000, 3600},
        {'2', 1785542400, 7200}, /* 2026-08-01 */
        {'2', 4089052800, 7200},  {'3', 1785542400, 7200},          {'4', 1785542400, 7200},
        {'4', -2000000000, 4920}, {'4', INT64_C(4120588800), 7200}, /* 2100-07-30, after the horizon */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *const zone = zone_of(cases[i].version, &EXAMPLE);
        assert_int_equal(sli_zone_offset(zone, cases[i].at), cases[i].offset);
        sla_zone_unref(zone);
    }
}

static void a_file_without_transitions_follows_its_footer_at_all_times(void **state) {
    (void)state;
    const zone_source source = {.offsets = {3600}, .type_count = 1, .footer = "CET-1CEST,M3.5.0,M10.5.0/3"};
    sla_zone *const zone = zone_of('2', &source);
    assert_int_equal(sli_zone_offset(zone, -1000000000), 7200); /* 1938-04-24 */
    assert_int_equal(sli_zone_offset(zone, SLI_INSTANT_MIN), 3600);
    assert_int_equal(sli_zone_offset(zone, SLI_INSTANT_MAX), 3600);
    assert_true(sli_zone_next_change(zone, SLI_INSTANT_MAX) == INT64_MAX);
    sla_zone_unref(zone);
}

static void an_empty_footer_leaves_the_last_offset(void **state) {
    (void)state;
    zone_source source = EXAMPLE;
    source.footer = "";
    sla_zone *const zone = zone_of('2', &source);
    assert_int_equal(sli_zone_offset(zone, 4089052800), 3600);
    assert_true(sli_zone_next_change(zone, 315532800) == INT64_MAX);
    sla_zone_unref(zone);
}

/* Real files have it; the rule begins with the last transition, whatever that says. */
static void a_footer_counts_more_than_the_last_transition(void **state) {
    (void)state;
    static const struct {
        const char *footer;
        int32_t offset;
        int64_t change;
    } cases[] = {{"<+02>-2", 7200, 631152000}, {"<+01>-1", 3600, INT64_MAX}, {"<+00>0", 0, 631152000}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        zone_source source = EXAMPLE;
        source.footer = cases[i].footer;
        sla_zone *const zone = zone_of('2', &source);
        assert_int_equal(sli_zone_offset(zone, 631151999), 3600);
        assert_int_equal(sli_zone_offset(zone, 631152000), cases[i].offset);
        assert_true(sli_zone_next_change(zone, 400000000) == cases[i].change);
        assert_true(sli_zone_next_change(zone, 631152000) == INT64_MAX);
        sla_zone_unref(zone);
    }
}

static void a_file_cut_at_any_length_is_refused(void **state) {
    (void)state;
    for (char version = '1'; version <= '4'; version++) {
        const tzif file = tzif_of(version, &EXAMPLE);
        for (size_t size = 0; size < file.size; size++) {
            sla_zone *zone = (sla_zone *)&size;
            sla_error error;
            assert_int_equal(load_bytes(file.bytes, size, &zone, &error), SLA_INVALID_ZONE);
            assert_null(zone);
            assert_int_equal(error.code, SLA_INVALID_ZONE);
        }
    }
}

static void a_file_of_version_1_is_checked_like_the_others(void **state) {
    (void)state;
    zone_source source = EXAMPLE;
    source.leap_count = 1;
    const tzif file = tzif_of('1', &source);
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_int_equal(load_bytes(file.bytes, file.size, &zone, &error), SLA_INVALID_ZONE);
    assert_non_null(strstr(error.message, "leap seconds"));
    tzif longer = tzif_of('1', &EXAMPLE);
    put(&longer, "\n", 1);
    assert_int_equal(load_bytes(longer.bytes, longer.size, &zone, &error), SLA_INVALID_ZONE);
    assert_non_null(strstr(error.message, "size"));
}

/* Any one byte of a file changed: it loads or is refused, and what has loaded answers. */
static void a_file_with_any_byte_changed_does_no_harm(void **state) {
    (void)state;
    static const unsigned char masks[] = {0x01, 0x80, 0xFF};
    int refused = 0;
    for (size_t at = 0; at < tzif_of('2', &EXAMPLE).size; at++) {
        for (size_t i = 0; i < COUNT_OF(masks); i++) {
            tzif file = tzif_of('2', &EXAMPLE);
            file.bytes[at] ^= masks[i];
            sla_zone *zone = NULL;
            const sla_status status = load_bytes(file.bytes, file.size, &zone, NULL);
            assert_int_equal(zone == NULL, status != SLA_OK);
            refused += status == SLA_INVALID_ZONE;
            if (zone != NULL) {
                const int32_t date = sli_zone_date(zone, 1785542400);
                assert_true(sli_zone_instant(zone, date, 0) <= 1785542400);
                assert_true(sli_zone_instant(zone, date + 1, 0) > 1785542400);
                sla_zone_unref(zone);
            }
        }
    }
    assert_true(refused > 0);
}

static void a_file_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    static const struct {
        zone_source source;
        const char *says;
    } cases[] = {
        {{.times = {5, 5}, .types = {0, 0}, .transition_count = 2, .type_count = 1, .footer = ""}, "not in order"},
        {{.times = {5, 4}, .types = {0, 0}, .transition_count = 2, .type_count = 1, .footer = ""}, "not in order"},
        {{.times = {INT64_MIN}, .transition_count = 1, .type_count = 1, .footer = ""}, "out of range"},
        {{.times = {INT64_MAX}, .transition_count = 1, .type_count = 1, .footer = ""}, "out of range"},
        {{.times = {5}, .types = {1}, .transition_count = 1, .type_count = 1, .footer = ""}, "type that is not there"},
        {{.offsets = {93600}, .type_count = 1, .footer = ""}, "type is out of range"},
        {{.offsets = {-93600}, .type_count = 1, .footer = ""}, "type is out of range"},
        {{.offsets = {INT32_MIN}, .type_count = 1, .footer = ""}, "type is out of range"},
        {{.type_count = 0, .footer = ""}, "no local time types"},
        {{.type_count = 1, .leap_count = 1, .footer = ""}, "leap seconds"},
        {{.type_count = 1, .footer = "CET"}, "no rule"},
        {{.type_count = 1, .footer = "UTC0\nUTC0"}, "no rule"},
        {{.type_count = 1, .footer = "EST5EDT"}, "no rule"},
        {{.type_count = 1, .footer = "IST-2IDT,M3.4.4/26,M10.5.0"}, "no rule"}, /* hours of version 3 in version 2 */
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const tzif file = tzif_of('2', &cases[i].source);
        sla_zone *zone = NULL;
        sla_error error = {0};
        assert_int_equal(load_bytes(file.bytes, file.size, &zone, &error), SLA_INVALID_ZONE);
        assert_null(zone);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("'%s' does not say '%s'", error.message, cases[i].says);
        }
    }
}

static void a_file_with_a_wrong_header_is_refused(void **state) {
    (void)state;
    static const struct {
        size_t at;
        unsigned char byte;
        const char *says;
    } cases[] = {
        {0, 't', "not a TZif file"}, {4, '5', "version"},
        {4, '1', "version"},         {20, 1, "shorter"},
        {32, 0xFF, "shorter"},       {54, 'X', "second header"},
        {58, '3', "versions"},       {77, 1, "contradict"},
        {81, 1, "contradict"},       {93, 0, "no local time types"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        tzif file = tzif_of('2', &EXAMPLE);
        file.bytes[cases[i].at] = cases[i].byte;
        sla_error error = {0};
        sla_zone *zone = NULL;
        assert_int_equal(load_bytes(file.bytes, file.size, &zone, &error), SLA_INVALID_ZONE);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("byte %zu: '%s' does not say '%s'", cases[i].at, error.message, cases[i].says);
        }
    }
}

static void a_file_that_is_too_large_is_refused(void **state) {
    (void)state;
    char *const large = calloc(1, FOLDER_FILE_MAX + 1);
    assert_non_null(large);
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_int_equal(load_bytes(large, FOLDER_FILE_MAX + 1, &zone, &error), SLA_INVALID_ZONE);
    assert_non_null(strstr(error.message, "more than 262144 bytes"));
    free(large);
}

/* ---- Footer rules ---- */

static void what_is_no_footer_is_refused(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",
        "C-1",
        "CET",
        "CET-",
        "CET-25",
        "CET-1:60",
        "CET-1:00:60",
        "CET-1 ",
        "<+01-1",
        "<>-1",
        "CET-1CEST",
        "CET-1,M3.5.0,M10.5.0",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,",
        "CET-1CEST,M0.5.0,M10.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5,M10.5.0",
        "CET-1CEST,J0,J300",
        "CET-1CEST,J366,J300",
        "CET-1CEST,366,300",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1CEST,M3.5.0/-168,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0x",
        "CET-1CEST,M3.5.0/,M10.5.0",
        "CET-1CEST,0000,300",
        ":Europe/Belgrade",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        footer_rule rule;
        if (sli_footer_parse(literal(cases[i]), true, &rule)) {
            fail_msg("'%s' was taken for a rule", cases[i]);
        }
    }
}

enum { HOURS_APART = 5 * 3600 + 59 };

/* Every form of rule against the C library, which reads the same text from TZ. */
static void footers_mean_what_the_c_library_reads(void **state) {
    (void)state;
    static const char *const cases[] = {
        "UTC0",
        "<+0530>-5:30",
        "<-03>3",
        "ABC-1:02:03",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT,M3.2.0,M11.1.0",
        "NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01",
        "IST-1GMT0,M10.5.0,M3.5.0/1",
        "AEST-10AEDT,M10.1.0,M4.1.0/3",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "IST-2IDT,M3.4.4/26,M10.5.0",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "CET-1CEST,J60,J300",
        "CET-1CEST,59,300/4:30:15",
        "CET-1CEST-3,J59/5,J60/5",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        footer_rule rule;
        assert_true(sli_footer_parse(literal(cases[i]), true, &rule));
        setenv("TZ", cases[i], 1);
        tzset();
        for (int64_t at = 5 * HOURS_APART; at < INT64_C(8000000000); at += HOURS_APART) {
            const time_t moment = (time_t)at;
            struct tm local;
            assert_non_null(localtime_r(&moment, &local));
            if (sli_footer_offset(&rule, at) != local.tm_gmtoff) {
                fail_msg("'%s' at %lld", cases[i], (long long)at);
            }
        }
    }
}

/* RFC 9636 §3.3.1: daylight time all year is written as an end that falls on the next start. */
static void daylight_time_may_last_all_year(void **state) {
    (void)state;
    footer_rule rule;
    assert_true(sli_footer_parse(literal("EST5EDT,0/0,J365/25"), true, &rule));
    for (int64_t at = 0; at < SLA_HORIZON_END; at += 5 * SLI_DAY) {
        assert_int_equal(sli_footer_offset(&rule, at), -4 * 3600);
    }
    assert_int_equal(sli_footer_offset(&rule, 1798779600 - 1), -4 * 3600); /* New Year 2027 */
    assert_int_equal(sli_footer_offset(&rule, 1798779600), -4 * 3600);
    assert_true(sli_footer_next_change(&rule, 0) == INT64_MAX);
}

/* The next change is where, and only where, the offset changes. */
static void a_rule_names_each_of_its_changes(void **state) {
    (void)state;
    static const char *const cases[] = {"CET-1CEST,M3.5.0,M10.5.0/3", "EET-2EEST,M3.4.4/50,M10.4.4/50",
                                        "AAA0BBB,J1/-167,J365/167",   "AAA0BBB,J365/167,J1/-167",
                                        "AAA0BBB,J365/167,J365/100",  "AAA0BBB0,M3.5.0,M10.5.0"};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        footer_rule rule;
        assert_true(sli_footer_parse(literal(cases[i]), true, &rule));
        int64_t next = sli_footer_next_change(&rule, 0);
        int32_t offset = sli_footer_offset(&rule, 0);
        for (int64_t at = 1; at < 400000000; at += 1799) {
            if (at >= next) {
                assert_int_not_equal(sli_footer_offset(&rule, next), sli_footer_offset(&rule, next - 1));
                offset = sli_footer_offset(&rule, next);
                next = sli_footer_next_change(&rule, next);
            }
            assert_int_equal(sli_footer_offset(&rule, at), offset);
        }
    }
}

/* ---- Local times (§1.4) ---- */

static int64_t instant_of_local(const sla_zone *zone, int64_t local) {
    const int64_t date = sli_floor_divide(local, SLI_DAY);
    return sli_zone_instant(zone, (int32_t)date, (int32_t)(local - date * SLI_DAY));
}

static void skipped_and_repeated_times_are_read_by_the_rule(void **state) {
    (void)state;
    enum { HOUR = 3600 };
    static const struct {
        const char *why;
        int32_t before;
        const char *change; /* in UTC */
        int32_t after;
        const char *local;
        const char *instant; /* in UTC */
    } cases[] = {
        {"Belgrade, before the gap", HOUR, "2026-03-29 01:00:00", 2 * HOUR, "2026-03-29 01:59:59", "2026-03-29 00:59:59"},
        {"Belgrade, skipped", HOUR, "2026-03-29 01:00:00", 2 * HOUR, "2026-03-29 02:00:00", "2026-03-29 01:00:00"},
        {"Belgrade, 02:30 is called 03:30", HOUR, "2026-03-29 01:00:00", 2 * HOUR, "2026-03-29 02:30:00",
         "2026-03-29 01:30:00"},
        {"Belgrade, after the gap", HOUR, "2026-03-29 01:00:00", 2 * HOUR, "2026-03-29 03:00:00", "2026-03-29 01:00:00"},
        {"Belgrade, the first 02:00", 2 * HOUR, "2026-10-25 01:00:00", HOUR, "2026-10-25 02:00:00", "2026-10-25 00:00:00"},
        {"Belgrade, the first 02:59:59", 2 * HOUR, "2026-10-25 01:00:00", HOUR, "2026-10-25 02:59:59",
         "2026-10-25 00:59:59"},
        {"Belgrade, the only 03:00", 2 * HOUR, "2026-10-25 01:00:00", HOUR, "2026-10-25 03:00:00", "2026-10-25 02:00:00"},
        {"Lord Howe, half an hour", 37800, "2026-10-03 15:30:00", 39600, "2026-10-04 02:15:00", "2026-10-03 15:45:00"},
        {"Apia, a whole day", -10 * HOUR, "2011-12-30 10:00:00", 14 * HOUR, "2011-12-30 12:00:00", "2011-12-30 22:00:00"},
        {"Apia, its midnight", -10 * HOUR, "2011-12-30 10:00:00", 14 * HOUR, "2011-12-30 00:00:00", "2011-12-30 10:00:00"},
        {"Manila, a day twice", 8 * HOUR, "2000-01-01 00:00:00", -16 * HOUR, "1999-12-31 12:00:00", "1999-12-31 04:00:00"},
        {"mean time, seconds", 4932, "1884-01-01 00:00:00", 3600, "1884-01-01 01:01:00", "1883-12-31 23:38:48"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const zone_transition change = {local_time(cases[i].change), cases[i].after};
        sla_zone *const zone = sli_zone_new_from_transitions(literal("here"), cases[i].before, &change, 1);
        assert_non_null(zone);
        if (instant_of_local(zone, local_time(cases[i].local)) != local_time(cases[i].instant)) {
            fail_msg("%s", cases[i].why);
        }
        sla_zone_unref(zone);
    }
}

static void a_day_that_ends_at_24_00_ends_at_the_next_midnight(void **state) {
    (void)state;
    const zone_transition change = {local_time("2026-03-29 01:00:00"), 7200};
    sla_zone *const zone = sli_zone_new_from_transitions(literal("here"), 3600, &change, 1);
    for (int32_t date = 20500; date < 20600; date++) {
        assert_true(sli_zone_instant(zone, date, SLI_DAY) == sli_zone_instant(zone, date + 1, 0));
    }
    sla_zone_unref(zone);
}

/* Random zones with changes close together and of any size, on a clock that ticks every twenty minutes, against a scan of
 * all instants: the first that shows the local time; for one that none shows, the offset before the clock first passed over
 * it. */
enum { TICK = 1200, TICKS = 8 * SLI_DAY / TICK, EDGE = 2 * SLI_DAY / TICK };

static uint64_t seed = UINT64_C(20261123);

static int32_t random_below(int32_t bound) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)((seed >> 33) % (uint64_t)bound);
}

static sla_zone *random_zone(void) {
    const int32_t widest = random_below(2) == 0 ? 3 * 3600 / TICK : 24 * 3600 / TICK;
    zone_transition transitions[4];
    const size_t count = (size_t)random_below(5);
    int64_t at = 3 * SLI_DAY;
    for (size_t i = 0; i < count; i++) {
        at += (1 + random_below(90)) * TICK;
        transitions[i] = (zone_transition){at, (random_below(2 * widest + 1) - widest) * TICK};
    }
    return sli_zone_new_from_transitions(literal("random"), (random_below(2 * widest + 1) - widest) * TICK, transitions,
                                         count);
}

static int64_t scanned_instant(const sla_zone *zone, int64_t local) {
    for (int64_t at = 0; at < TICKS * TICK; at += TICK) {
        if (at + sli_zone_offset(zone, at) == local) {
            return at;
        }
    }
    for (int64_t at = TICK; at < TICKS * TICK; at += TICK) {
        if (at + sli_zone_offset(zone, at) > local) {
            return local - sli_zone_offset(zone, at - TICK);
        }
    }
    return INT64_MAX;
}

static void local_times_agree_with_a_scan_of_all_instants(void **state) {
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 300; round++) {
        sla_zone *const zone = random_zone();
        assert_non_null(zone);
        for (int64_t tick = EDGE; tick < TICKS - EDGE; tick++) {
            if (instant_of_local(zone, tick * TICK) != scanned_instant(zone, tick * TICK)) {
                fail_msg("round %d, local time %lld", round, (long long)(tick * TICK));
            }
        }
        sla_zone_unref(zone);
    }
}

/* A date holds exactly the instants from its midnight to the next. */
static void a_date_holds_the_instants_between_its_midnights(void **state) {
    (void)state;
    for (int round = 0; round < 300; round++) {
        sla_zone *const zone = random_zone();
        for (int64_t at = EDGE * TICK; at < (TICKS - EDGE) * TICK; at += TICK) {
            const int32_t date = sli_zone_date(zone, at);
            assert_true(sli_zone_instant(zone, date, 0) <= at && at < sli_zone_instant(zone, date + 1, 0));
        }
        sla_zone_unref(zone);
    }
}

static void dates_change_where_the_clock_crosses_midnight(void **state) {
    (void)state;
    static const struct {
        const char *why;
        int32_t before;
        const char *change;
        int32_t after;
        const char *at;
        const char *date;
    } cases[] = {
        {"St John's, 23:30 the second time", -9000, "2006-10-29 02:31:00", -12600, "2006-10-29 03:00:00", "2006-10-29"},
        {"St John's, 23:30 the first time", -9000, "2006-10-29 02:31:00", -12600, "2006-10-29 02:00:00", "2006-10-28"},
        {"Sao Paulo, 23:30 the second time", -7200, "2018-02-18 02:00:00", -10800, "2018-02-18 02:30:00", "2018-02-17"},
        {"Sao Paulo, its midnight", -7200, "2018-02-18 02:00:00", -10800, "2018-02-18 03:00:00", "2018-02-18"},
        {"Sao Paulo, midnight skipped", -10800, "2018-11-04 03:00:00", -7200, "2018-11-04 03:00:00", "2018-11-04"},
        {"Sao Paulo, a second before", -10800, "2018-11-04 03:00:00", -7200, "2018-11-04 02:59:59", "2018-11-03"},
        {"Apia, the day after the last", -36000, "2011-12-30 10:00:00", 50400, "2011-12-30 10:00:00", "2011-12-31"},
        {"Apia, the last second of the 29th", -36000, "2011-12-30 10:00:00", 50400, "2011-12-30 09:59:59", "2011-12-29"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const zone_transition change = {local_time(cases[i].change), cases[i].after};
        sla_zone *const zone = sli_zone_new_from_transitions(literal("here"), cases[i].before, &change, 1);
        int32_t expected = 0;
        assert_true(sli_date_parse(literal(cases[i].date), &expected));
        if (sli_zone_date(zone, local_time(cases[i].at)) != expected) {
            fail_msg("%s", cases[i].why);
        }
        sla_zone_unref(zone);
    }
}

static void transitions_that_change_nothing_are_no_change(void **state) {
    (void)state;
    const zone_transition transitions[] = {{100, 3600}, {200, 3600}, {300, 7200}, {400, 7200},
                                           {450, 0},    {450, 7200}, {500, 60},   {500, 3600}};
    sla_zone *const zone = sli_zone_new_from_transitions(literal("here"), 3600, transitions, COUNT_OF(transitions));
    assert_int_equal(sli_zone_next_change(zone, 0), 300);
    assert_int_equal(sli_zone_next_change(zone, 299), 300);
    assert_int_equal(sli_zone_next_change(zone, 300), 500);
    assert_true(sli_zone_next_change(zone, 500) == INT64_MAX);
    sla_zone_unref(zone);
}

static void zones_are_equal_by_name_and_content(void **state) {
    (void)state;
    const zone_transition change = {300, 7200};
    const zone_transition later = {301, 7200};
    sla_zone *const zones[] = {
        sli_zone_new_from_transitions(literal("here"), 0, &change, 1),
        sli_zone_new_from_transitions(literal("there"), 0, &change, 1),
        sli_zone_new_from_transitions(literal("here"), 0, &later, 1),
        sli_zone_new_from_transitions(literal("here"), 0, NULL, 0),
        sli_zone_new_from_transitions(literal("here"), 60, NULL, 0),
    };
    for (size_t i = 0; i < COUNT_OF(zones); i++) {
        for (size_t j = 0; j < COUNT_OF(zones); j++) {
            assert_int_equal(sli_zone_equal(zones[i], zones[j]), i == j);
        }
    }
    sla_zone *const twin = sli_zone_new_from_transitions(literal("here"), 0, &change, 1);
    assert_true(sli_zone_equal(twin, zones[0]));
    sla_zone_unref(twin);
    sla_zone *const loaded = zone_of('2', &EXAMPLE);
    sla_zone *const again = zone_of('3', &EXAMPLE);
    assert_true(sli_zone_equal(loaded, again));
    sla_zone_unref(loaded);
    sla_zone_unref(again);
    for (size_t i = 0; i < COUNT_OF(zones); i++) {
        sla_zone_unref(zones[i]);
    }
}

/* ---- Names (§1.3) ---- */

static void fixed_offsets_and_utc_need_no_folder(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int32_t offset;
    } cases[] = {{"UTC", 0}, {"+00:00", 0}, {"+01:00", 3600}, {"-03:30", -12600}, {"+23:59", 86340}, {"-23:59", -86340}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *zone = NULL;
        assert_int_equal(sla_zone_load(cases[i].name, SIZE_MAX, "/nowhere", SIZE_MAX, &zone, NULL), SLA_OK);
        assert_string_equal(sla_zone_name(zone), cases[i].name);
        int32_t offset = 0;
        assert_int_equal(sla_zone_offset(zone, 0, &offset), SLA_OK);
        assert_int_equal(offset, cases[i].offset);
        assert_true(sli_zone_next_change(zone, SLI_INSTANT_MIN) == INT64_MAX);
        assert_ptr_equal(sla_zone_ref(zone), zone);
        sla_zone_unref(zone);
        sla_zone_unref(zone);
    }
}

static void names_that_cannot_be_meant_are_refused_with_advice(void **state) {
    (void)state;
    static const struct {
        const char *name;
        const char *says;
    } cases[] = {
        {"GMT+1", "'+01:00'"},
        {"UTC+1", "'+01:00'"},
        {"GMT-05", "'-05:00'"},
        {"UTC+05:30", "'+05:30'"},
        {"gmt+0530", "'+05:30'"},
        {"UTC-330", "'-03:30'"},
        {"UT+2", "'+02:00'"},
        {"GMT + 1", "'+01:00'"},
        {"GMT+1", "Europe/Belgrade"},
        {"GMT+24", "at most 23:59"},
        {"UTC+01:60", "at most 23:59"},
        {"+1", "'+HH:MM'"},
        {"+0100", "'+HH:MM'"},
        {"+24:00", "at most 23:59"},
        {"-01:60", "at most 23:59"},
        {"+01:0x", "'+HH:MM'"},
        {"/etc/passwd", "folder"},
        {"../Europe/Belgrade", "folder"},
        {"Europe/../UTC", "folder"},
        {"Europe//Belgrade", "folder"},
        {"Europe/", "folder"},
        {"./UTC", "folder"},
        {".hidden", "folder"},
        {"", "1 to 255 bytes"},
        {"Central Europe", "IANA"},
        {"Europe\\Belgrade", "IANA"},
        {"Europe/Beogr\xC3\xA1\x64", "IANA"},
        {"Europe/Nowhere", "no time zone"},
        {"UTC ", "IANA"},
        {"GMT+1x", "no time zone"},
        {"GMT+00100", "no time zone"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *zone = NULL;
        sla_error error = {0};
        assert_int_equal(sla_zone_load(cases[i].name, SIZE_MAX, folder, SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
        assert_null(zone);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("'%s': '%s' does not say '%s'", cases[i].name, error.message, cases[i].says);
        }
    }
    char endless[300];
    memset(endless, 'a', sizeof endless);
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load(endless, sizeof endless, folder, SIZE_MAX, &zone, NULL), SLA_UNKNOWN_ZONE);
    assert_int_equal(sla_zone_load("A\0B", 3, folder, SIZE_MAX, &zone, NULL), SLA_UNKNOWN_ZONE);
}

/* Names with an offset that the database itself has are names of files like any other. */
static void iana_names_with_a_sign_are_looked_up(void **state) {
    (void)state;
    static const char *const cases[] = {"GMT+0", "GMT-0", "EST5EDT", "Etc-GMT+1"};
    const tzif file = tzif_of('2', &EXAMPLE);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        write_file(cases[i], file.bytes, file.size);
        sla_zone *zone = NULL;
        assert_int_equal(sla_zone_load(cases[i], SIZE_MAX, folder, SIZE_MAX, &zone, NULL), SLA_OK);
        sla_zone_unref(zone);
        remove_file(cases[i]);
    }
}

static void a_mistyped_name_is_answered_with_the_nearest(void **state) {
    (void)state;
    static const char list[] =
        "# version test\nR x 1 2 3\nZ Europe/Belgrade 1:22 - LMT 1884\n1 - CET\nL Europe/Belgrade Europe/Zagreb\nL x";
    write_file("tzdata.zi", list, sizeof list - 1);
    static const struct {
        const char *name;
        const char *says;
    } cases[] = {{"Europe/Belgrad", "did you mean 'Europe/Belgrade'"},
                 {"europe/zagreb", "did you mean 'Europe/Zagreb'"},
                 {"Mars", "such as 'Europe/Belgrade'"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *zone = NULL;
        sla_error error = {0};
        assert_int_equal(sla_zone_load(cases[i].name, SIZE_MAX, folder, SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
        assert_non_null(strstr(error.message, cases[i].says));
    }
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load("tzdata.zi", SIZE_MAX, folder, SIZE_MAX, &zone, NULL), SLA_INVALID_ZONE);
    remove_file("tzdata.zi");
}

static void a_missing_folder_is_named(void **state) {
    (void)state;
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_int_equal(sla_zone_load("Europe/Belgrade", SIZE_MAX, "/nowhere", SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
    assert_non_null(strstr(error.message, "no zone folder '/nowhere'"));
    assert_int_equal(sla_zone_load("sub", SIZE_MAX, "/", SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
    assert_int_equal(sla_zone_load("tmp", SIZE_MAX, "/", SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
    assert_non_null(strstr(error.message, "folder of zones"));
    assert_int_equal(sla_zone_load("UTC", SIZE_MAX, "a\0b", 3, &zone, &error), SLA_INVALID_ARGUMENT);
}

static void unusable_calls_are_refused(void **state) {
    (void)state;
    sla_zone *zone = NULL;
    int32_t offset = 1;
    int64_t instant = 1;
    assert_int_equal(sla_zone_load(NULL, 0, NULL, 0, &zone, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_load("UTC", SIZE_MAX, NULL, 0, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_load("+01:00", SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    assert_int_equal(sla_zone_offset(NULL, 0, &offset), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_offset(zone, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_true(SLI_INSTANT_MIN == (int64_t)sli_date_of_civil((civil){SLI_YEAR_MIN, 1, 1}) * SLI_DAY);
    assert_true(SLI_INSTANT_MAX == (int64_t)sli_date_of_civil((civil){SLI_YEAR_MAX, 12, 31}) * SLI_DAY + SLI_DAY - 1);
    assert_int_equal(sla_zone_offset(zone, SLI_INSTANT_MIN - 1, &offset), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_offset(zone, SLI_INSTANT_MAX + 1, &offset), SLA_INVALID_ARGUMENT);
    assert_int_equal(offset, 0);
    assert_int_equal(sla_zone_offset(zone, SLI_INSTANT_MIN, &offset), SLA_OK);
    assert_int_equal(sla_zone_instant(zone, 0, -1, &instant), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_instant(zone, 0, SLI_DAY + 1, &instant), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_instant(zone, INT32_MAX, 0, &instant), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_instant(zone, INT32_MIN, 0, &instant), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_instant(NULL, 0, 0, &instant), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_zone_instant(zone, 0, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(instant, 0);
    assert_int_equal(sla_zone_instant(zone, 0, SLI_DAY, &instant), SLA_OK);
    assert_int_equal(instant, SLI_DAY - 3600);
    assert_string_equal(sla_zone_name(NULL), "");
    assert_null(sla_zone_ref(NULL));
    sla_zone_unref(zone);
    sla_zone_unref(NULL);
}

/* ---- Instants as text (RFC 3339) ---- */

static void instants_are_read(void **state) {
    (void)state;
    static const struct {
        const char *written;
        int64_t instant;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-11-23T10:00:00Z", 1795428000},
        {"2026-11-23T11:00:00+01:00", 1795428000},
        {"2026-11-23 11:00:00+01:00", 1795428000},
        {"2026-11-23t10:00:00z", 1795428000},
        {"2026-11-23T10:00:00.000Z", 1795428000},
        {"2026-11-23T04:30:00-05:30", 1795428000},
        {"2026-11-23T10:00:00-00:00", 1795428000},
        {"2026-11-24T09:59:00+23:59", 1795428000},
        {"1969-12-31T23:59:59Z", -1},
        {"0000-01-01T00:00:00Z", INT64_C(-62167219200)},
        {"9999-12-31T23:59:59Z", INT64_C(253402300799)},
        {"2024-02-29T23:59:59Z", 1709251199},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t instant = 0;
        sla_error error;
        if (sla_instant_parse(cases[i].written, SIZE_MAX, &instant, &error) != SLA_OK) {
            fail_msg("%s", error.message);
        }
        assert_int_equal(instant, cases[i].instant);
    }
}

static void what_is_no_instant_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *written;
        const char *says;
    } cases[] = {
        {"", "date"},
        {"yesterday", "date"},
        {"2026-11-23", "not followed by T"},
        {"2026-02-30T10:00:00Z", "date that exists"},
        {"23.11.2026 10:00", "date"},
        {"2026-11-23_10:00:00Z", "not followed by T"},
        {"2026-11-23T", "HH:MM:SS"},
        {"2026-11-23T10:00Z", "HH:MM:SS"},
        {"2026-11-23T1:00:00Z", "HH:MM:SS"},
        {"2026-11-23T10:00:0", "HH:MM:SS"},
        {"2026-11-23T24:00:00Z", "no such time"},
        {"2026-11-23T10:60:00Z", "no such time"},
        {"2026-11-23T10:00:61Z", "no such time"},
        {"2016-12-31T23:59:60Z", "leap seconds"},
        {"2026-11-23T10:00:00", "no offset"},
        {"2026-11-23T10:00:00.5Z", "fraction must be zero"},
        {"2026-11-23T10:00:00.Z", "no digits"},
        {"2026-11-23T10:00:00,0Z", "not Z"},
        {"2026-11-23T10:00:00ZZ", "not Z"},
        {"2026-11-23T10:00:00 Z", "not Z"},
        {"2026-11-23T10:00:00+0100", "not Z"},
        {"2026-11-23T10:00:00+01", "not Z"},
        {"2026-11-23T10:00:00+24:00", "at most 23:59"},
        {"2026-11-23T10:00:00+01:60", "at most 23:59"},
        {"2026-11-23T10:00:00+01:00 ", "not Z"},
        {" 2026-11-23T10:00:00Z", "date"},
        {"-026-11-23T10:00:00Z", "date"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t instant = 1;
        sla_error error = {0};
        assert_int_equal(sla_instant_parse(cases[i].written, SIZE_MAX, &instant, &error), SLA_INVALID_ARGUMENT);
        assert_int_equal(instant, 0);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("'%s' does not say '%s'", error.message, cases[i].says);
        }
    }
    int64_t instant = 1;
    assert_int_equal(sla_instant_parse(NULL, 0, &instant, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_instant_parse("1970-01-01T00:00:00Z", SIZE_MAX, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_instant_parse("1970-01-01T00:00:00Z", 19, &instant, NULL), SLA_INVALID_ARGUMENT);
}

static void instants_are_written(void **state) {
    (void)state;
    static const struct {
        int32_t offset;
        int64_t instant;
        const char *written;
    } cases[] = {
        {0, 0, "1970-01-01T00:00:00Z"},
        {3600, 1795428000, "2026-11-23T11:00:00+01:00"},
        {-12600, 1795428000, "2026-11-23T06:30:00-03:30"},
        {0, -1, "1969-12-31T23:59:59Z"},
        {0, INT64_C(-62167219200), "0000-01-01T00:00:00Z"},
        {0, INT64_C(253402300799), "9999-12-31T23:59:59Z"},
        {-2670, 0, "1969-12-31T23:16:00-00:44"}, /* Monrovia, -00:44:30 */
        {4932, 0, "1970-01-01T01:22:00+01:22"},
        {-30, 0, "1970-01-01T00:00:00+00:00"},
        {93599, 0, "1970-01-01T23:59:00+23:59"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *const zone = sli_zone_new_from_transitions(literal("here"), cases[i].offset, NULL, 0);
        char buffer[32];
        assert_int_equal(sla_instant_format(cases[i].instant, zone, buffer, sizeof buffer), SLA_OK);
        assert_string_equal(buffer, cases[i].written);
        int64_t read = 0;
        assert_int_equal(sla_instant_parse(buffer, SIZE_MAX, &read, NULL), SLA_OK);
        assert_int_equal(read, cases[i].instant);
        sla_zone_unref(zone);
    }
}

static void an_instant_that_cannot_be_written_is_refused(void **state) {
    (void)state;
    sla_zone *const east = sli_zone_new_from_transitions(literal("east"), 3600, NULL, 0);
    char buffer[32];
    assert_int_equal(sla_instant_format(0, NULL, buffer, 21), SLA_OK);
    assert_int_equal(sla_instant_format(0, NULL, buffer, 20), SLA_BUFFER_TOO_SMALL);
    assert_string_equal(buffer, "");
    assert_int_equal(sla_instant_format(0, east, buffer, 26), SLA_OK);
    assert_int_equal(sla_instant_format(0, east, buffer, 25), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(sla_instant_format(0, NULL, buffer, 0), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(sla_instant_format(0, NULL, NULL, 32), SLA_INVALID_ARGUMENT);
    static const int64_t outside[] = {INT64_MIN, INT64_MAX, INT64_C(-62167219201), INT64_C(253402300800)};
    for (size_t i = 0; i < COUNT_OF(outside); i++) {
        assert_int_equal(sla_instant_format(outside[i], NULL, buffer, sizeof buffer), SLA_INVALID_ARGUMENT);
        assert_string_equal(buffer, "");
    }
    assert_int_equal(sla_instant_format(INT64_C(253402300799), east, buffer, sizeof buffer), SLA_INVALID_ARGUMENT);
    sla_zone_unref(east);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_every_version_are_read),
        cmocka_unit_test(a_file_without_transitions_follows_its_footer_at_all_times),
        cmocka_unit_test(an_empty_footer_leaves_the_last_offset),
        cmocka_unit_test(a_footer_counts_more_than_the_last_transition),
        cmocka_unit_test(a_file_cut_at_any_length_is_refused),
        cmocka_unit_test(a_file_of_version_1_is_checked_like_the_others),
        cmocka_unit_test(a_file_with_any_byte_changed_does_no_harm),
        cmocka_unit_test(a_file_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_file_with_a_wrong_header_is_refused),
        cmocka_unit_test(a_file_that_is_too_large_is_refused),
        cmocka_unit_test(what_is_no_footer_is_refused),
        cmocka_unit_test(footers_mean_what_the_c_library_reads),
        cmocka_unit_test(daylight_time_may_last_all_year),
        cmocka_unit_test(a_rule_names_each_of_its_changes),
        cmocka_unit_test(skipped_and_repeated_times_are_read_by_the_rule),
        cmocka_unit_test(a_day_that_ends_at_24_00_ends_at_the_next_midnight),
        cmocka_unit_test(local_times_agree_with_a_scan_of_all_instants),
        cmocka_unit_test(a_date_holds_the_instants_between_its_midnights),
        cmocka_unit_test(dates_change_where_the_clock_crosses_midnight),
        cmocka_unit_test(transitions_that_change_nothing_are_no_change),
        cmocka_unit_test(zones_are_equal_by_name_and_content),
        cmocka_unit_test(fixed_offsets_and_utc_need_no_folder),
        cmocka_unit_test(names_that_cannot_be_meant_are_refused_with_advice),
        cmocka_unit_test(iana_names_with_a_sign_are_looked_up),
        cmocka_unit_test(a_mistyped_name_is_answered_with_the_nearest),
        cmocka_unit_test(a_missing_folder_is_named),
        cmocka_unit_test(unusable_calls_are_refused),
        cmocka_unit_test(instants_are_read),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(instants_are_written),
        cmocka_unit_test(an_instant_that_cannot_be_written_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
