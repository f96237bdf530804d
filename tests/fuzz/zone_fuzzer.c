/* SPDX-License-Identifier: MIT */
/* The bytes of a time-zone file (§1.3, §1.4). A file that is read gives a zone whose instants convert to local times and
 * back, and in which calendars can be built and asked. */
#include "fuzz.h"
#include "zone/folder.h"
#include "zone/tzif.h"

enum { CHANGES_MAX = 40 };

/* An instant that exists is at no local time that is skipped; of a local time that is repeated the first is taken. */
static void check_instant(const sla_zone *zone, int64_t instant) {
    int32_t offset = 0;
    if (sla_zone_offset(zone, instant, &offset) != SLA_OK) {
        return;
    }
    const int64_t local = instant + offset;
    const int32_t date = (int32_t)sli_floor_divide(local, SLI_DAY);
    const int32_t second = (int32_t)(local - (int64_t)date * SLI_DAY);
    int64_t back = 0;
    if (sla_zone_instant(zone, date, second, &back) != SLA_OK) {
        return;
    }
    MUST(back <= instant);
    int32_t offset_there = 0;
    if (sla_zone_offset(zone, back, &offset_there) == SLA_OK) {
        MUST(back + offset_there == local);
    }
}

static void check_text(const sla_zone *zone, int64_t instant) {
    char written[32];
    if (sla_instant_format(instant, zone, written, sizeof written) != SLA_OK) {
        return;
    }
    int64_t back = 0;
    MUST(sla_instant_parse(written, SIZE_MAX, &back, NULL) == SLA_OK);
    MUST(back == instant);
}

static void check_date(const sla_zone *zone, int64_t instant) {
    const int32_t date = sli_zone_date(zone, instant);
    MUST(sli_zone_instant(zone, date, 0) <= instant);
    MUST(instant < sli_zone_instant(zone, date + 1, 0));
}

static void check_around(const sla_zone *zone, int64_t change) {
    static const int64_t distances[] = {-86400, -3600, -1, 0, 1, 3600, 86400};
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        const int64_t instant = change + distances[i];
        check_instant(zone, instant);
        if (instant >= SLA_HORIZON_BEGIN && instant < SLA_HORIZON_END) {
            check_text(zone, instant);
            check_date(zone, instant);
        }
    }
}

static void check_changes(const sla_zone *zone, int64_t from) {
    int64_t change = from;
    for (int i = 0; i < CHANGES_MAX; i++) {
        const int64_t next = sli_zone_next_change(zone, change);
        if (next == INT64_MAX) {
            return;
        }
        MUST(next > change);
        MUST(sli_zone_offset(zone, next) != sli_zone_offset(zone, next - 1));
        check_around(zone, next);
        change = next;
    }
}

/* A year around the first change since 1970, where a strange zone is strangest. */
static void check_calendar(sla_zone *zone) {
    const int64_t change = sli_zone_next_change(zone, SLA_HORIZON_BEGIN);
    const int64_t middle = change < SLA_HORIZON_END ? change : INT64_C(1800000000);
    const int64_t begin = middle - INT64_C(183) * SLI_DAY;
    const int64_t end = middle + INT64_C(183) * SLI_DAY;
    sla_calendar_builder *builder = NULL;
    MUST(sla_calendar_builder_new(zone, begin, end, &builder, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, SLA_MONDAY | SLA_TUESDAY | SLA_SATURDAY, 7200, 36000, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, SLA_TUESDAY | SLA_SUNDAY, 79200, 10800, NULL) == SLA_OK);
    sla_calendar *calendar = NULL;
    MUST(sla_calendar_builder_build(builder, &calendar, NULL) == SLA_OK);
    int64_t elapsed = 0;
    int64_t due = 0;
    int64_t open = 0;
    MUST(sla_calendar_elapsed(calendar, begin, end, &elapsed) == SLA_OK);
    MUST(elapsed > 0 && elapsed <= end - begin);
    const sla_status status = sla_calendar_add(calendar, middle, 40000, &due);
    MUST(status == SLA_OK || status == SLA_HORIZON);
    if (status == SLA_OK) {
        MUST(sla_calendar_elapsed(calendar, middle, due, &open) == SLA_OK);
        MUST(open == 40000);
    }
    const sla_status days = sla_calendar_add_business_days(calendar, middle, 2, -1, &due);
    MUST(days == SLA_OK || days == SLA_HORIZON);
    sla_calendar_unref(calendar);
    sla_calendar_builder_free(builder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > FOLDER_FILE_MAX) {
        return 0;
    }
    sla_zone *zone = NULL;
    sla_error error = {0};
    const sla_status status = sli_tzif_read(sli_text("Test/Zone", SIZE_MAX), data, size, &zone, &error);
    if (status != SLA_OK) {
        MUST(status == SLA_INVALID_ZONE && error.code == status && zone == NULL);
        must_complain(&error);
        return 0;
    }
    check_changes(zone, SLI_INSTANT_MIN);
    check_changes(zone, SLA_HORIZON_BEGIN);
    check_changes(zone, SLA_HORIZON_END - INT64_C(365) * SLI_DAY);
    check_around(zone, SLA_HORIZON_END);
    check_calendar(zone);
    sla_zone_unref(zone);
    return 0;
}
