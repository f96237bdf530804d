/* SPDX-License-Identifier: MIT */
/* Every zone of the system's database against the C library's own conversion, and §1.4 against its definition. */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64 /* asked for by the next */
#define _TIME_BITS 64        /* the C library's time_t reaches beyond 2038, on 32 bits too */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "zone/zone.h"

enum { HOUR = 3600, WEEK = 7 * SLI_DAY, PATH_SIZE = 512, NAMES_MAX = 2000 };

static const char *folder;
static char *names[NAMES_MAX];
static size_t name_count;

/* ---- A generator of its own, so that every run asks the same ---- */

static uint64_t seed = UINT64_C(20261123);

static uint64_t next_random(void) {
    seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

/* ---- The zones there are ---- */

static bool is_zone_file(const char *path) {
    char magic[4] = "";
    FILE *const file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(magic, 1, sizeof magic, file);
    if (file != NULL) {
        fclose(file);
    }
    return size == sizeof magic && memcmp(magic, "TZif", 4) == 0;
}

static void collect(const char *prefix) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, prefix);
    DIR *const opened = opendir(path);
    for (const struct dirent *entry = opened == NULL ? NULL : readdir(opened); entry != NULL; entry = readdir(opened)) {
        const bool other_copy = strcmp(entry->d_name, "right") == 0 || strcmp(entry->d_name, "posix") == 0;
        const bool setting = strcmp(entry->d_name, "localtime") == 0 || strcmp(entry->d_name, "posixrules") == 0;
        if (entry->d_name[0] == '.' || other_copy || setting) {
            continue;
        }
        char name[PATH_SIZE];
        const int length = snprintf(name, sizeof name, "%s%s", prefix, entry->d_name);
        assert_in_range(length, 1, 200);
        snprintf(path, sizeof path, "%s/%.200s", folder, name);
        struct stat status = {0};
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            name[length] = '/';
            name[length + 1] = '\0';
            collect(name);
        } else if (is_zone_file(path)) {
            assert_true(name_count < NAMES_MAX);
            names[name_count++] = strdup(name);
        }
    }
    if (opened != NULL) {
        closedir(opened);
    }
}

static int by_name(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static int find_zones(void **state) {
    (void)state;
    folder = getenv("SLA_ZONEINFO");
    folder = folder == NULL ? "/usr/share/zoneinfo" : folder;
    collect("");
    qsort(names, name_count, sizeof *names, by_name);
    print_message("%zu zones in %s, seed %llu\n", name_count, folder, (unsigned long long)seed);
    return name_count > 0 ? 0 : -1;
}

static int forget_zones(void **state) {
    (void)state;
    for (size_t i = 0; i < name_count; i++) {
        free(names[i]);
    }
    return 0;
}

/* ---- The C library ---- */

static void use_system_zone(const char *name) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, ":%s/%s", folder, name);
    setenv("TZ", path, 1);
    tzset();
}

static int32_t system_offset(int64_t instant) {
    const time_t moment = (time_t)instant;
    struct tm local;
    assert_non_null(localtime_r(&moment, &local));
    return (int32_t)local.tm_gmtoff;
}

/* The first instant in (before, after] at which the offset is no more what it was; there is one. */
static int64_t system_change(int64_t before, int64_t after) {
    const int32_t offset = system_offset(before);
    while (after - before > 1) {
        const int64_t middle = before + (after - before) / 2;
        if (system_offset(middle) == offset) {
            before = middle;
        } else {
            after = middle;
        }
    }
    return after;
}

/* ---- Offsets ---- */

typedef struct tally {
    int64_t comparisons;
    int64_t differences;
} tally;

static void compare(tally *counted, const sla_zone *zone, int64_t instant) {
    const int32_t expected = system_offset(instant);
    const int32_t found = sli_zone_offset(zone, instant);
    counted->comparisons++;
    if (found != expected && counted->differences++ < 20) {
        print_error("%s at %lld: %d, the C library says %d\n", sla_zone_name(zone), (long long)instant, (int)found,
                    (int)expected);
    }
}

static void compare_around(tally *counted, const sla_zone *zone, int64_t change) {
    for (int64_t at = change - 2 * SLI_DAY; at <= change + 2 * SLI_DAY; at += HOUR) {
        compare(counted, zone, at);
    }
    compare(counted, zone, change - 1);
}

static void compare_zone(tally *counted, const sla_zone *zone) {
    for (int64_t change = sli_zone_next_change(zone, SLA_HORIZON_BEGIN); change < SLA_HORIZON_END;
         change = sli_zone_next_change(zone, change)) {
        compare_around(counted, zone, change);
        assert_int_not_equal(system_offset(change - 1), system_offset(change));
    }
    for (int64_t week = SLA_HORIZON_BEGIN; week + WEEK < SLA_HORIZON_END; week += WEEK) {
        compare(counted, zone, week);
        if (system_offset(week) != system_offset(week + WEEK)) {
            const int64_t change = system_change(week, week + WEEK);
            assert_int_equal(sli_zone_next_change(zone, change - 1), change);
        }
    }
    for (int i = 0; i < 1000; i++) {
        compare(counted, zone, (int64_t)(next_random() % (uint64_t)SLA_HORIZON_END));
    }
}

static sla_zone *load(const char *name) {
    sla_zone *zone = NULL;
    sla_error error;
    if (sla_zone_load(name, SIZE_MAX, folder, SIZE_MAX, &zone, &error) != SLA_OK) {
        fail_msg("%s: %s", name, error.message);
    }
    return zone;
}

static void every_offset_is_the_c_librarys(void **state) {
    (void)state;
    tally counted = {0, 0};
    for (size_t i = 0; i < name_count; i++) {
        sla_zone *const zone = load(names[i]);
        use_system_zone(names[i]);
        compare_zone(&counted, zone);
        sla_zone_unref(zone);
    }
    print_message("%lld offsets compared, %lld differ\n", (long long)counted.comparisons, (long long)counted.differences);
    assert_int_equal(counted.differences, 0);
}

/* ---- Local times, by the definition of §1.4 applied to the C library's offsets ---- */

/* The spans of one offset within five days around an instant, as the C library sees them. */
enum { WINDOW = 5 * SLI_DAY, SPANS_MAX = 32 };

typedef struct window {
    int64_t begin[SPANS_MAX + 1]; /* the span i is [begin[i], begin[i + 1]) */
    int32_t offset[SPANS_MAX];
    size_t count;
} window;

static window window_around(int64_t middle) {
    window seen = {{middle - WINDOW}, {system_offset(middle - WINDOW)}, 1};
    for (int64_t at = middle - WINDOW; at < middle + WINDOW; at += HOUR / 2) {
        for (int64_t from = at; system_offset(from) != system_offset(at + HOUR / 2);) {
            from = system_change(from, at + HOUR / 2);
            assert_true(seen.count < SPANS_MAX);
            seen.begin[seen.count] = from;
            seen.offset[seen.count++] = system_offset(from);
        }
    }
    seen.begin[seen.count] = middle + WINDOW;
    return seen;
}

static int64_t defined_instant(const window *seen, int64_t local) {
    for (size_t i = 0; i < seen->count; i++) {
        const int64_t candidate = local - seen->offset[i];
        if (candidate >= seen->begin[i] && candidate < seen->begin[i + 1]) {
            return candidate;
        }
    }
    for (size_t i = 1; i < seen->count; i++) {
        if (seen->begin[i] + seen->offset[i] > local) {
            return local - seen->offset[i - 1];
        }
    }
    fail_msg("the local time lies outside the window");
    return 0;
}

static int64_t instant_of(const sla_zone *zone, int64_t local) {
    const int64_t date = sli_floor_divide(local, SLI_DAY);
    return sli_zone_instant(zone, (int32_t)date, (int32_t)(local - date * SLI_DAY));
}

static void check_local_times(tally *counted, const sla_zone *zone, const window *seen, int64_t change) {
    for (int64_t local = change - 3 * SLI_DAY; local <= change + 3 * SLI_DAY; local += HOUR / 4) {
        counted->comparisons++;
        counted->differences += instant_of(zone, local) != defined_instant(seen, local);
    }
}

static void check_dates(tally *counted, const sla_zone *zone, const window *seen, int64_t change) {
    for (int64_t at = change - 2 * SLI_DAY; at <= change + 2 * SLI_DAY; at += HOUR / 4) {
        const int64_t midnight = (int64_t)sli_zone_date(zone, at) * SLI_DAY;
        counted->comparisons++;
        counted->differences += !(defined_instant(seen, midnight) <= at && at < defined_instant(seen, midnight + SLI_DAY));
    }
}

static int64_t random_change(const sla_zone *zone) {
    const int64_t change = sli_zone_next_change(zone, (int64_t)(next_random() % (uint64_t)SLA_HORIZON_END));
    return change < SLA_HORIZON_END ? change : sli_zone_next_change(zone, SLA_HORIZON_BEGIN);
}

static void local_times_and_dates_follow_their_definition(void **state) {
    (void)state;
    enum { CHANGES_TRIED = 6 };
    tally counted = {0, 0};
    for (size_t i = 0; i < name_count; i++) {
        sla_zone *const zone = load(names[i]);
        use_system_zone(names[i]);
        for (int tried = 0; tried < CHANGES_TRIED; tried++) {
            const int64_t change = random_change(zone);
            if (change < SLA_HORIZON_END) {
                const window seen = window_around(change);
                check_local_times(&counted, zone, &seen, change);
                check_dates(&counted, zone, &seen, change);
            }
        }
        sla_zone_unref(zone);
    }
    print_message("%lld local times and dates compared, %lld differ\n", (long long)counted.comparisons,
                  (long long)counted.differences);
    assert_int_equal(counted.differences, 0);
}

/* A file that counts leap seconds is refused, wherever it lies. */
static void zones_with_leap_seconds_are_refused(void **state) {
    (void)state;
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/right/Europe/Belgrade", folder);
    if (!is_zone_file(path)) {
        skip();
    }
    sla_zone *zone = NULL;
    sla_error error;
    assert_int_equal(sla_zone_load("right/Europe/Belgrade", SIZE_MAX, folder, SIZE_MAX, &zone, &error), SLA_INVALID_ZONE);
    assert_null(zone);
    assert_non_null(strstr(error.message, "leap seconds"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_offset_is_the_c_librarys),
        cmocka_unit_test(local_times_and_dates_follow_their_definition),
        cmocka_unit_test(zones_with_leap_seconds_are_refused),
    };
    return cmocka_run_group_tests(tests, find_zones, forget_zones);
}
