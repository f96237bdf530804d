/* SPDX-License-Identifier: MIT */
/* Uses one thing of each kind: a text, a number, an object, an answer. Exits 0 when all are as they should be. */
#include <sla/sla.h>

#include <stdio.h>
#include <string.h>

static int expect(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "consumer: %s\n", what);
    }
    return condition ? 0 : 1;
}

static int check_version(void) {
    char built_with[32];
    snprintf(built_with, sizeof built_with, "%d.%d.%d", SLA_VERSION_MAJOR, SLA_VERSION_MINOR, SLA_VERSION_PATCH);
    return expect(strcmp(sla_version(), built_with) == 0, "header and library are of different versions");
}

static int check_date(void) {
    int32_t date = 0;
    const sla_status status = sla_date_from_civil(2026, 11, 23, &date);
    return expect(status == SLA_OK && date == 20780, "2026-11-23 is not day 20780");
}

static int check_diagnostics(void) {
    sla_diagnostics *diagnostics = NULL;
    int failures = expect(sla_diagnostics_new(10, &diagnostics) == SLA_OK, "no diagnostics");
    failures += expect(sla_diagnostics_count(diagnostics) == 0, "new diagnostics hold complaints");
    sla_diagnostics_free(diagnostics);
    return failures;
}

/* Monday to Friday from 9 to 18 in Belgrade. */
static sla_calendar *make_office(void) {
    sla_zone *zone = NULL;
    sla_calendar_builder *builder = NULL;
    sla_calendar *office = NULL;
    const int32_t weekdays = SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY;
    if (sla_zone_load("Europe/Belgrade", SIZE_MAX, NULL, 0, &zone, NULL) == SLA_OK &&
        sla_calendar_builder_new(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL) == SLA_OK &&
        sla_calendar_builder_add_hours(builder, weekdays, 9 * 3600, 18 * 3600, NULL) == SLA_OK) {
        (void)sla_calendar_builder_build(builder, &office, NULL);
    }
    sla_calendar_builder_free(builder);
    sla_zone_unref(zone);
    return office;
}

/* Two hours from Friday at 17:00 end on Monday at 10:00. */
static int check_due_time(void) {
    sla_calendar *const office = make_office();
    int64_t friday = 0;
    int64_t due = 0;
    char written[32] = "";
    int failures = expect(office != NULL, "no calendar");
    failures += expect(sla_instant_parse("2026-11-20T17:00:00+01:00", SIZE_MAX, &friday, NULL) == SLA_OK, "no Friday");
    failures += expect(sla_calendar_add(office, friday, 2 * 3600, &due) == SLA_OK, "no due time");
    failures += expect(sla_instant_format(due, sla_calendar_zone(office), written, sizeof written) == SLA_OK, "no text");
    failures += expect(strcmp(written, "2026-11-23T10:00:00+01:00") == 0, written);
    sla_calendar_unref(office);
    return failures;
}

int main(void) {
    return check_version() + check_date() + check_diagnostics() + check_due_time();
}
