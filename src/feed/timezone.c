/* SPDX-License-Identifier: MIT */
#include "feed/timezone.h"

#include <stdlib.h>
#include <string.h>

enum { ZONE_NAME_MAX = 255, VENDOR_SEGMENTS_MAX = 3 };

void sli_timezone_table_clear(timezone_table *table) {
    for (size_t i = 0; i < table->count; i++) {
        sla_zone_unref(table->items[i].zone);
    }
    free(table->items);
    *table = (timezone_table){0};
}

/* NULL with SLA_OK when the zone folder has no such zone. A text such as "+01:00" is no IANA name. */
static sla_status load_iana(const feed_reading *reading, text name, sla_zone **zone) {
    *zone = NULL;
    if (name.length == 0 || name.length > ZONE_NAME_MAX || name.start[0] == '+' || name.start[0] == '-') {
        return SLA_OK;
    }
    const char *const folder = reading->reader->folder;
    const sla_status status = sla_zone_load(name.start, name.length, folder, folder == NULL ? 0 : SIZE_MAX, zone, NULL);
    return status == SLA_OUT_OF_MEMORY ? status : SLA_OK;
}

/* "/vendor/version/Europe/Belgrade": what follows one of the first slashes may be the name. */
static sla_status load_without_prefix(const feed_reading *reading, text tzid, sla_zone **zone) {
    *zone = NULL;
    text rest = tzid;
    for (int32_t i = 0; i < VENDOR_SEGMENTS_MAX && *zone == NULL; i++) {
        const char *const slash = memchr(rest.start, '/', rest.length);
        if (slash == NULL) {
            return SLA_OK;
        }
        rest = (text){slash + 1, rest.length - (size_t)(slash + 1 - rest.start)};
        const sla_status status = load_iana(reading, rest, zone);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

static sla_status load_named(const feed_reading *reading, text tzid, sla_zone **zone) {
    if (tzid.length > 0 && tzid.start[0] == '/') {
        return load_without_prefix(reading, tzid, zone);
    }
    sla_status status = load_iana(reading, tzid, zone);
    const char *const windows = status == SLA_OK && *zone == NULL ? sli_windows_zone(tzid) : NULL;
    return windows == NULL ? status : load_iana(reading, sli_text(windows, SIZE_MAX), zone);
}

static sla_status load_own(feed_reading *reading, const component_list *components, text tzid, int32_t calendar,
                           sla_zone **zone) {
    for (size_t i = 0; i < components->count; i++) {
        const component *const candidate = &components->items[i];
        if (candidate->kind != COMPONENT_TIMEZONE || candidate->calendar != calendar) {
            continue;
        }
        const property *const name = sli_component_find(candidate, PROPERTY_TZID);
        if (name != NULL && sli_text_is(tzid, name->text)) {
            return sli_vtimezone_read(reading, components, i, zone);
        }
    }
    return SLA_OK;
}

static int compare_entry(const struct timezone_entry *entry, const char *tzid, int32_t calendar) {
    return entry->calendar != calendar ? (entry->calendar > calendar) - (entry->calendar < calendar)
                                       : strcmp(entry->tzid, tzid);
}

/* Where the entry of a TZID is, or belongs. */
static size_t place_of(const timezone_table *table, const char *tzid, int32_t calendar) {
    size_t low = 0;
    size_t high = table->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_entry(&table->items[middle], tzid, calendar) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool insert(timezone_table *table, size_t place, struct timezone_entry entry) {
    if (!SLI_APPEND(table, entry)) {
        return false;
    }
    memmove(table->items + place + 1, table->items + place, (table->count - 1 - place) * sizeof entry);
    table->items[place] = entry;
    return true;
}

sla_status sli_timezone_find(feed_reading *reading, timezone_table *table, const component_list *components,
                             const char *tzid, int32_t calendar, const sla_zone **zone) {
    *zone = NULL;
    const size_t place = place_of(table, tzid, calendar);
    if (place < table->count && compare_entry(&table->items[place], tzid, calendar) == 0) {
        *zone = table->items[place].zone;
        return SLA_OK;
    }
    if (table->count >= FEED_ZONES_MAX) {
        return sli_feed_fail(reading, SLA_LIMIT, 0, NULL, "there are more than %d different TZIDs", FEED_ZONES_MAX);
    }
    struct timezone_entry entry = {.tzid = tzid, .calendar = calendar};
    const text name = sli_text(tzid, SIZE_MAX);
    sla_status status = load_named(reading, name, &entry.zone);
    if (status == SLA_OK && entry.zone == NULL) {
        status = load_own(reading, components, name, calendar, &entry.zone);
    }
    if (status == SLA_OK && !insert(table, place, entry)) {
        status = SLA_OUT_OF_MEMORY;
    }
    if (status != SLA_OK) {
        sla_zone_unref(entry.zone);
        return status == SLA_OUT_OF_MEMORY ? sli_feed_out_of_memory(reading) : status;
    }
    *zone = entry.zone;
    return SLA_OK;
}
