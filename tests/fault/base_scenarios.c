/* SPDX-License-Identifier: MIT */
/* Zones, instants, dates and lists of complaints. */
#include "support.h"

#include <stdio.h>

static void note_zone(const sla_zone *zone) {
    fault_quiet_begin();
    for (int64_t at = YEAR_BEGIN - INT64_C(4000) * DAY; at < YEAR_END; at += 100 * DAY + 777) {
        int32_t offset = 0;
        int64_t instant = 0;
        char written[32] = "";
        DEMAND(sla_zone_offset(zone, at, &offset) == SLA_OK);
        DEMAND(sla_zone_instant(zone, (int32_t)(at / DAY), 9000, &instant) == SLA_OK);
        DEMAND(sla_instant_format(at, zone, written, sizeof written) == SLA_OK);
        note("%s %d %s %lld", sla_zone_name(zone), offset, written, (long long)instant);
    }
    fault_quiet_end("a zone");
}

static void load(const char *name, const char *folder) {
    sla_zone *zone = STALE;
    TRY(sla_zone_load(name, SIZE_MAX, folder, folder == NULL ? 0 : SIZE_MAX, &zone, &failure), zone == NULL);
    if (status == SLA_OK) {
        note_zone(zone);
        fault_quiet_begin();
        sla_zone_unref(sla_zone_ref(zone));
        fault_quiet_end("references");
    }
    sla_zone_unref(zone);
}

static void zones(void) {
    static const char *const names[] = {
        "UTC", "+05:30", "Europe/Belgrade", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        load(names[i], NULL);
    }
    load("Europe/Belgrade", "/usr/share/zoneinfo");
}

/* Also what cannot be loaded: a message that finds no memory says less, or that memory is out. */
static void missing_zones(void) {
    load("Europe/Belgrad", NULL);
    load("Nowhere", NULL);
    load("Europe", NULL);
    load("tzdata.zi", NULL);
    load("GMT+1", NULL);
    load("Europe/Belgrade", "/nonexistent");
    sla_zone *zone = STALE;
    TRY(sla_zone_load("Europe/Belgrad", SIZE_MAX, NULL, 0, &zone, NULL), zone == NULL);
}

/* A file as older compilers wrote them: what its last transition says is not what the rule that begins there says. It has
 * as many transitions as there is room for at first, so that the rule's is one too many. */
static void put_number(FILE *file, uint64_t number, int size) {
    for (int i = size - 1; i >= 0; i--) {
        fputc((int)(number >> (8 * i) & 0xFF), file);
    }
}

static void put_header(FILE *file, uint64_t times, uint64_t types) {
    const uint64_t counts[] = {0, 0, 0, times, types, 4}; /* UT, standard and leap indicators, times, types, characters */
    fputs("TZif2", file);
    put_number(file, 0, 8);
    put_number(file, 0, 7);
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        put_number(file, counts[i], 4);
    }
}

static void put_types(FILE *file, int count) {
    for (int i = 0; i < count; i++) {
        put_number(file, (uint64_t)i * 3600, 4);
        put_number(file, 0, 2);
    }
    fputs("LMT", file);
    put_number(file, 0, 1);
}

static void put_zone(FILE *file) {
    enum { TIMES = 9 };
    put_header(file, 0, 1);
    put_types(file, 1);
    put_header(file, TIMES, 2);
    for (int i = 0; i < TIMES; i++) {
        put_number(file, (uint64_t)(YEAR_BEGIN + i * 90 * DAY), 8);
    }
    for (int i = 0; i < TIMES; i++) {
        put_number(file, (uint64_t)(i == TIMES - 1 ? 0 : (i + 1) % 2), 1);
    }
    put_types(file, 2);
    fputs("\n<+02>-2\n", file);
}

static void odd_zone(void) {
    FILE *const file = fopen(FAULT_SCRATCH "/Odd", "wb");
    DEMAND(file != NULL);
    if (file != NULL) {
        put_zone(file);
        fclose(file);
        load("Odd", FAULT_SCRATCH);
    }
}

static void lists(void) {
    sla_diagnostics *diagnostics = STALE;
    TRY(sla_diagnostics_new(3, &diagnostics), diagnostics == NULL);
    note_diagnostics(diagnostics);
    sla_diagnostics_free(diagnostics);
}

/* Numbers and names without an object: nothing allocates. */
static void plain_calls(void) {
    int32_t date = 0;
    int32_t year = 0;
    int32_t month = 0;
    int32_t day = 0;
    int64_t instant = 0;
    int32_t key = 0;
    sla_error error;
    fault_quiet_begin();
    DEMAND(sla_date_from_civil(2026, 11, 23, &date) == SLA_OK);
    DEMAND(sla_date_to_civil(date, &year, &month, &day) == SLA_OK);
    DEMAND(sla_instant_parse("2026-11-23T11:00:00+01:00", SIZE_MAX, &instant, &error) == SLA_OK);
    DEMAND(sla_instant_parse("2026-11-23T25:00:00Z", SIZE_MAX, &instant, &error) == SLA_INVALID_ARGUMENT);
    DEMAND(sla_report_find_key("month", SIZE_MAX, &key) == SLA_OK);
    note("%s %d-%d-%d %s %s", sla_version(), year, month, day, sla_status_name(SLA_HORIZON),
         sla_status_message(SLA_HORIZON));
    note("%s %s %zu", sla_reason_name(SLA_REASON_EXPIRED), sla_state_name(SLA_STATE_MET),
         sla_clock_workspace_length(50, 9));
    fault_quiet_end("plain calls");
}

static const scenario scenarios[] = {{"zones", zones},
                                     {"missing-zones", missing_zones},
                                     {"odd-zone", odd_zone},
                                     {"lists", lists},
                                     {"plain-calls", plain_calls}};
const scenario_group base_scenarios = {"base", scenarios, COUNT_OF(scenarios)};
