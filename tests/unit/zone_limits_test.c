/* SPDX-License-Identifier: MIT */
/* Time zones (§1.3, §1.4) at their bounds: each part of a name, a file, a rule and a written instant, wrong one at a time.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "zone/footer.h"
#include "zone/tzif.h"
#include "zone/zone.h"

#include "tzif_fixture.h"

static text literal(const char *value) {
    return sli_text(value, SIZE_MAX);
}

/* ---- Names ---- */

/* Loads from a folder that is not there: what gets as far as that may be a name. */
static void assert_refused(const char *name, const char *says) {
    sla_zone *zone = (sla_zone *)1;
    sla_error error = {0};
    const sla_status status = sla_zone_load(name, SIZE_MAX, "/nowhere", SIZE_MAX, &zone, &error);
    if (status != SLA_UNKNOWN_ZONE || zone != NULL || strstr(error.message, says) == NULL) {
        fail_msg("'%s': %s, '%s' does not say '%s'", name, sla_status_name(status), error.message, says);
    }
}

/* "+HH:MM", at most 23:59: another character in any place makes it no offset. */
static void an_offset_has_digits_in_their_places(void **state) {
    (void)state;
    static const char *const refused[] = {"+01000", "+x1:00", "+0x:00", "+01:x0", "+01:0x", "+/1:00",
                                          "+0::00", "+24:00", "+23:60", "+1:000", "+01:0",  "+01:000"};
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        assert_refused(refused[i], "'+HH:MM'");
    }
    sla_zone *zone = NULL;
    int32_t offset = 0;
    assert_int_equal(sla_zone_load("-19:59", SIZE_MAX, "/nowhere", SIZE_MAX, &zone, NULL), SLA_OK);
    assert_int_equal(sla_zone_offset(zone, 0, &offset), SLA_OK);
    assert_int_equal(offset, -71940);
    assert_string_equal(sla_zone_name(zone), "-19:59");
    sla_zone_unref(zone);
}

/* An offset after GMT, UTC or UT is ambiguous as people write it; written otherwise it is a name, or cannot be one. */
static void an_offset_after_gmt_is_told_from_a_name(void **state) {
    (void)state;
    static const struct {
        const char *name;
        const char *says;
    } cases[] = {
        {"GMT+", "no zone folder"},
        {"GMT+x", "no zone folder"},
        {"GMT+9", "'+09:00'"},
        {"GMT-11", "'-11:00'"},
        {"GMT+945", "'+09:45'"},
        {"GMT+0945", "'+09:45'"},
        {"GMT+00945", "no zone folder"},
        {"GMT+1:30", "'+01:30'"},
        {"GMT+01:30", "'+01:30'"},
        {"GMT+123:30", "IANA name"},
        {"GMT+1:3x", "IANA name"},
        {"GMT+1x30", "no zone folder"},
        {"GMT+1:3", "IANA name"},
        {"GMT+0:30", "'+00:30'"},
        {"GMT+0:00", "IANA name"},
        {"GMT+0", "no zone folder"},
        {"GMT+00", "no zone folder"},
        {"GMT+0000", "no zone folder"},
        {"UT-1", "'-01:00'"},
        {"GMTx", "no zone folder"},
        {"GMT", "no zone folder"},
        {"GMT+23:59", "'+23:59'"},
        {"GMT+2400", "at most 23:59"},
        {"GMT+1:60", "at most 23:59"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_refused(cases[i].name, cases[i].says);
    }
}

static void a_name_has_letters_digits_and_few_signs(void **state) {
    (void)state;
    static const char *const beside[] = {"A@", "A[", "A`", "A{", "A ", "A:", "A\\", "A\x7F", "A,", "A*"};
    for (size_t i = 0; i < COUNT_OF(beside); i++) {
        assert_refused(beside[i], "IANA name");
    }
    static const char *const within[] = {"AZaz09", "A+", "A-", "A_", "A.", "A/B"};
    for (size_t i = 0; i < COUNT_OF(within); i++) {
        assert_refused(within[i], "no zone folder");
    }
}

/* §1.2: what the machine is set to is no zone. */
static void settings_of_the_machine_are_no_zones(void **state) {
    (void)state;
    assert_refused("localtime", "a setting of the machine");
    assert_refused("posixrules", "a setting of the machine");
    assert_refused("localtimes", "no zone folder");
}

static void a_name_has_at_most_255_bytes(void **state) {
    (void)state;
    char name[257];
    memset(name, 'a', sizeof name);
    sla_zone *zone = NULL;
    sla_error error = {0};
    assert_int_equal(sla_zone_load(name, 255, "/nowhere", SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
    assert_non_null(strstr(error.message, "no zone folder"));
    assert_int_equal(sla_zone_load(name, 256, "/nowhere", SIZE_MAX, &zone, &error), SLA_UNKNOWN_ZONE);
    assert_non_null(strstr(error.message, "1 to 255 bytes; this has 256"));
}

/* ---- The folder ---- */

static char folder[] = "/tmp/zone_limits_XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static void path_in_folder(const char *name, char path[128]) {
    snprintf(path, 128, "%s/%s", folder, name);
}

/* Asks for a zone that the folder does not have, with a list of names beside it. */
static void assert_advice(const char *list, const char *name, const char *says) {
    char path[128];
    path_in_folder("tzdata.zi", path);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(list, file) >= 0);
    assert_int_equal(fclose(file), 0);
    sla_zone *zone = NULL;
    sla_error error = {0};
    const sla_status status = sla_zone_load(name, SIZE_MAX, folder, SIZE_MAX, &zone, &error);
    unlink(path);
    assert_int_equal(status, SLA_UNKNOWN_ZONE);
    if (strstr(error.message, says) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, says);
    }
}

/* A mistyped name is answered with the nearest of the zones "Z NAME …" and links "L TARGET NAME" of the list. */
static void the_nearest_name_is_looked_for_in_the_list(void **state) {
    (void)state;
    static const struct {
        const char *list;
        const char *name;
        const char *says;
    } cases[] = {
        {"# version\nZ Europe/Belgrade 1:22 - LMT 1884\n", "Europe/Belgrad", "did you mean 'Europe/Belgrade'?"},
        {"L Europe/Belgrade Europe/Zagreb\n", "Europe/Zagrep", "did you mean 'Europe/Zagreb'?"},
        {"L Europe/Belgrade Serbia\n", "Europe/Belgrad", "such as 'Europe/Belgrade'"},
        {"Zulu 0 - Z\nLulu\nR Zulu", "Zulo", "such as 'Europe/Belgrade'"},
        {"Z Zulu", "Zul", "did you mean 'Zulu'?"}, /* without a line end */
        {"Z Zulu\n", "Zul", "did you mean 'Zulu'?"},
        {"\n", "Zulu", "such as 'Europe/Belgrade'"},
        {"", "Zulu", "such as 'Europe/Belgrade'"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_advice(cases[i].list, cases[i].name, cases[i].says);
    }
}

/* A zone below a zone, a folder that is a file, a path that leads nowhere or is too long. */
static void what_cannot_be_opened_is_told_apart(void **state) {
    (void)state;
    char path[128];
    path_in_folder("Loop", path);
    assert_int_equal(symlink("Loop", path), 0);
    char long_folder[5000];
    memset(long_folder, 'a', sizeof long_folder);
    long_folder[0] = '/';
    const struct {
        const char *name;
        text folder;
        const char *says;
    } cases[] = {
        {"Loop", literal(folder), "cannot be read"},
        {"Loop", {long_folder, sizeof long_folder}, "cannot be read"},
        {"Nowhere", literal(folder), "there is no time zone 'Nowhere'"},
        {"passwd/Nowhere", literal("/etc"), "there is no time zone 'passwd/Nowhere'"},
        {"Nowhere", literal("/etc/passwd"), "no zone folder '/etc/passwd'"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_zone *zone = (sla_zone *)1;
        sla_error error = {0};
        assert_int_equal(
            sla_zone_load(cases[i].name, SIZE_MAX, cases[i].folder.start, cases[i].folder.length, &zone, &error),
            SLA_UNKNOWN_ZONE);
        assert_null(zone);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("'%s' does not say '%s'", error.message, cases[i].says);
        }
        assert_int_equal(sla_zone_load(cases[i].name, SIZE_MAX, cases[i].folder.start, cases[i].folder.length, &zone, NULL),
                         SLA_UNKNOWN_ZONE);
    }
    unlink(path);
}

/* ---- Files ---- */

static sla_zone *read_zone(char version, const zone_source *source) {
    const tzif file = tzif_of(version, source);
    sla_zone *zone = NULL;
    sla_error error = {0};
    if (sli_tzif_read(literal("here"), file.bytes, file.size, &zone, &error) != SLA_OK) {
        fail_msg("%s", error.message);
    }
    return zone;
}

static void assert_bytes_refused(const tzif *file, const char *says) {
    sla_zone *zone = (sla_zone *)1;
    sla_error error = {0};
    assert_int_equal(sli_tzif_read(literal("here"), file->bytes, file->size, &zone, &error), SLA_INVALID_ZONE);
    assert_null(zone);
    if (strstr(error.message, says) == NULL) {
        fail_msg("'%s' does not say '%s'", error.message, says);
    }
}

/* Offsets in the file's header of what is changed below; the second header begins after the first block. */
enum { VERSION_AT = 4, TYPE_COUNT_AT = 36, DESIGNATION_SIZE_AT = 40, SECOND_HEADER = 44 + 6 + 4 };

static void a_header_is_checked_field_by_field(void **state) {
    (void)state;
    static const zone_source source = {.type_count = 1, .footer = ""};
    static const struct {
        size_t at;
        unsigned char byte;
        const char *says;
    } cases[] = {
        {VERSION_AT, '0', "version"},
        {VERSION_AT, 1, "version"},
        {VERSION_AT, '5', "version"},
        {SECOND_HEADER + VERSION_AT, '0', "version"},
        {SECOND_HEADER + DESIGNATION_SIZE_AT + 3, 0, "no local time types"},
        {SECOND_HEADER + TYPE_COUNT_AT + 3, 0, "no local time types"},
        {SECOND_HEADER + TYPE_COUNT_AT + 2, 1, "more than 256"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        tzif file = tzif_of('2', &source);
        file.bytes[cases[i].at] = cases[i].byte;
        assert_bytes_refused(&file, cases[i].says);
    }
}

/* A transition lies within 2^59 seconds of 1970. */
static void a_transition_lies_within_the_age_of_the_universe(void **state) {
    (void)state;
    static const int64_t bound = INT64_C(1) << 59;
    zone_source source = {
        .times = {bound}, .types = {1}, .transition_count = 1, .offsets = {0, 3600}, .type_count = 2, .footer = ""};
    sla_zone *const late = read_zone('2', &source);
    assert_true(sli_zone_next_change(late, 0) == INT64_MAX);
    assert_int_equal(sli_zone_offset(late, SLI_INSTANT_MAX), 0);
    sla_zone_unref(late);
    source.times[0] = -bound;
    sla_zone *const early = read_zone('2', &source);
    assert_int_equal(sli_zone_offset(early, SLI_INSTANT_MIN), 3600);
    sla_zone_unref(early);
    source.times[0] = bound + 1;
    const tzif too_late = tzif_of('2', &source);
    assert_bytes_refused(&too_late, "out of range");
    source.times[0] = -bound - 1;
    const tzif too_early = tzif_of('2', &source);
    assert_bytes_refused(&too_early, "out of range");
}

/* ---- Rules ---- */

static void a_designation_has_three_letters(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        bool extended;
        bool right;
    } cases[] = {
        {"AZz0", true, true},
        {"AB0", true, false},
        {"AB@0", true, false},
        {"AB[0", true, false},
        {"AB`0", true, false},
        {"AB{0", true, false},
        {"<A+1>0", true, true},
        {"<A-9>0", true, true},
        {"<A,1>0", true, false},
        {"<A10>0", true, true},
        {"A100", true, false},
        {"<ABC0", true, false},
        {"AAA0BBB,M3.5.0/,M10.5.0", false, false},
        {"AAA0BBB,M3.5.0,M10.5.0/", false, false},
        {"AAA0BBB,M3.5.0,M10.5.0/3", false, true},
        {"AAA0BBB,M3.5.0,M10.5.0/-3", false, false},
        {"AAA0BBB,M3.5.0,M10.5.0/-3", true, true},
        {"AAA0BBB,M3.5.0,M10.5.0/25", false, false},
        {"AAA0BBB,M3.5.0,M10.5.0/24", false, true},
        {"AAA0BBB,M3.5.0,M10.5.0/:", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        footer_rule rule;
        if (sli_footer_parse(literal(cases[i].rule), cases[i].extended, &rule) != cases[i].right) {
            fail_msg("%s", cases[i].rule);
        }
    }
}

/* Both changes at one instant, shortly before each New Year: daylight time never begins. */
static void a_rule_without_daylight_time_never_changes(void **state) {
    (void)state;
    footer_rule rule;
    assert_true(sli_footer_parse(literal("AAA0BBB-1,J1/-50,J1/-49"), true, &rule));
    assert_true(rule.changes);
    assert_int_equal(rule.standard_offset, 0);
    assert_int_equal(rule.daylight_offset, 3600);
    assert_int_equal(rule.to_daylight.time, -50 * 3600);
    static const int64_t instants[] = {SLI_INSTANT_MIN, -1, 0, 1785542400, SLI_INSTANT_MAX - 300 * INT64_C(86400) * 365,
                                       SLI_INSTANT_MAX};
    for (size_t i = 0; i < COUNT_OF(instants); i++) {
        assert_int_equal(sli_footer_offset(&rule, instants[i]), 0);
        assert_true(sli_footer_next_change(&rule, instants[i]) == INT64_MAX);
    }
}

/* Zones without transitions, so that the rule alone differs. The first two differ in where the rule begins. */
static void zones_are_equal_by_each_part_of_their_rules(void **state) {
    (void)state;
    static const zone_source sources[] = {
        {.type_count = 1, .footer = "AAA0", .times = {-100}, .transition_count = 1},
        {.type_count = 1, .footer = "AAA0", .times = {-200}, .transition_count = 1},
        {.type_count = 1, .footer = "AAA0"},
        {.type_count = 1, .footer = "AAA-1"},
        {.type_count = 1, .footer = ""},
        {.type_count = 1, .footer = "AAA0BBB,M3.5.0,M10.5.0"},
        {.type_count = 1, .footer = "AAA-1BBB,M3.5.0,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB-2,M3.5.0,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,M4.5.0,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,M3.4.0,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,M3.5.1,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,M3.5.0/3,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,M3.5.0,M11.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,J60,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,J61,M10.5.0"},
        {.type_count = 1, .footer = "AAA0BBB,60,M10.5.0"},
    };
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        sla_zone *const one = read_zone('2', &sources[i]);
        for (size_t j = 0; j < COUNT_OF(sources); j++) {
            sla_zone *const other = read_zone('3', &sources[j]);
            if (sli_zone_equal(one, other) != (i == j)) {
                fail_msg("zones %zu and %zu", i, j);
            }
            sla_zone_unref(other);
        }
        sla_zone_unref(one);
    }
}

static void zones_are_equal_by_the_offset_of_a_change(void **state) {
    (void)state;
    static const zone_transition changes[] = {{300, 7200}, {300, 7201}};
    sla_zone *const one = sli_zone_new_from_transitions(literal("here"), 0, &changes[0], 1);
    sla_zone *const other = sli_zone_new_from_transitions(literal("here"), 0, &changes[1], 1);
    assert_false(sli_zone_equal(one, other));
    sla_zone_unref(one);
    sla_zone_unref(other);
}

/* ---- Instants as text ---- */

/* Each character of a written instant that is not in its place, with the complaint. */
static void an_instant_is_read_character_by_character(void **state) {
    (void)state;
    static const struct {
        const char *written;
        const char *says;
    } cases[] = {
        {"2026-11-23T/0:00:00Z", "HH:MM:SS"},
        {"2026-11-23T:0:00:00Z", "HH:MM:SS"},
        {"2026-11-23T1/:00:00Z", "HH:MM:SS"},
        {"2026-11-23T1::00:00Z", "HH:MM:SS"},
        {"2026-11-23T10.00:00Z", "HH:MM:SS"},
        {"2026-11-23T10:x0:00Z", "HH:MM:SS"},
        {"2026-11-23T10:00.00Z", "HH:MM:SS"},
        {"2026-11-23T10:00:x0Z", "HH:MM:SS"},
        {"2026-11-23T10:00:00.0", "no offset"},
        {"2026-11-23T10:00:00.0/", "not Z"},
        {"2026-11-23T10:00:00.0:", "not Z"},
        {"2026-11-23T10:00:00.09Z", "must be zero"},
        {"2026-11-23T10:00:00x", "not Z"},
        {"2026-11-23T10:00:00x01:00", "not Z"},
        {"2026-11-23T10:00:00+x1:00", "not Z"},
        {"2026-11-23T10:00:00+01.00", "not Z"},
        {"2026-11-23T10:00:00+01:x0", "not Z"},
        {"2026-11-23T10:00:00+24:00", "not Z"},
        {"2026-11-23T10:00:00+23:60", "not Z"},
        {"2026-11-23T10:00:00+01:0", "not Z"},
        {"2026-11-23x10:00:00Z", "not followed by T"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t instant = 7;
        sla_error error = {0};
        assert_int_equal(sla_instant_parse(cases[i].written, SIZE_MAX, &instant, &error), SLA_INVALID_ARGUMENT);
        assert_int_equal(instant, 0);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("%s: '%s' does not say '%s'", cases[i].written, error.message, cases[i].says);
        }
    }
}

/* Z stands for a zone that is UTC at all times; others that are at +00:00 write that. */
static void z_is_written_for_utc_alone(void **state) {
    (void)state;
    static const zone_transition change = {1000, 3600};
    static const zone_source later_standard = {.type_count = 1, .footer = "AAA-1"};
    static const zone_source later_daylight = {.type_count = 1, .footer = "AAA0BBB,M3.5.0,M10.5.0"};
    static const zone_source at_all_times = {.type_count = 1, .footer = "AAA0"};
    const struct {
        sla_zone *zone;
        const char *written;
    } cases[] = {
        {sli_zone_new_from_transitions(literal("a"), 0, NULL, 0), "1970-01-01T00:00:00Z"},
        {sli_zone_new_from_transitions(literal("a"), 0, &change, 1), "1970-01-01T00:00:00+00:00"},
        {sli_zone_new_from_transitions(literal("a"), 60, NULL, 0), "1970-01-01T00:01:00+00:01"},
        {sli_zone_new_from_transitions(literal("a"), -93599, NULL, 0), "1969-12-31T00:01:00-23:59"},
        {sli_zone_new_from_transitions(literal("a"), -86340, NULL, 0), "1969-12-31T00:01:00-23:59"},
        {sli_zone_new_from_transitions(literal("a"), 86400, NULL, 0), "1970-01-01T23:59:00+23:59"},
        {read_zone('2', &later_standard), "1970-01-01T01:00:00+01:00"},
        {read_zone('2', &later_daylight), "1970-01-01T00:00:00+00:00"},
        {read_zone('2', &at_all_times), "1970-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char written[32];
        assert_int_equal(sla_instant_format(0, cases[i].zone, written, sizeof written), SLA_OK);
        assert_string_equal(written, cases[i].written);
        sla_zone_unref(cases[i].zone);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offset_has_digits_in_their_places),
        cmocka_unit_test(an_offset_after_gmt_is_told_from_a_name),
        cmocka_unit_test(a_name_has_letters_digits_and_few_signs),
        cmocka_unit_test(settings_of_the_machine_are_no_zones),
        cmocka_unit_test(a_name_has_at_most_255_bytes),
        cmocka_unit_test(the_nearest_name_is_looked_for_in_the_list),
        cmocka_unit_test(what_cannot_be_opened_is_told_apart),
        cmocka_unit_test(a_header_is_checked_field_by_field),
        cmocka_unit_test(a_transition_lies_within_the_age_of_the_universe),
        cmocka_unit_test(a_designation_has_three_letters),
        cmocka_unit_test(a_rule_without_daylight_time_never_changes),
        cmocka_unit_test(zones_are_equal_by_each_part_of_their_rules),
        cmocka_unit_test(zones_are_equal_by_the_offset_of_a_change),
        cmocka_unit_test(an_instant_is_read_character_by_character),
        cmocka_unit_test(z_is_written_for_utc_alone),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
