/* SPDX-License-Identifier: MIT */
/* What a TZID means (§2.2): an IANA name, a Windows name, or the feed's own VTIMEZONE. */
#ifndef SLI_TIMEZONE_H
#define SLI_TIMEZONE_H

#include "feed/feed.h"

/* The zones of one feed; each TZID is resolved once for each VCALENDAR. */
typedef struct timezone_table {
    struct timezone_entry {
        const char *tzid; /* of a property of the feed */
        int32_t calendar;
        sla_zone *zone; /* NULL: the TZID is unknown */
    } * items;          /* sorted by calendar, then TZID */
    size_t count;
    size_t capacity;
} timezone_table;

void sli_timezone_table_clear(timezone_table *table);

/* Finds the zone of a TZID as used within the nth VCALENDAR; NULL when it is unknown. The table holds the reference.
 * SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_timezone_find(feed_reading *reading, timezone_table *table, const component_list *components,
                             const char *tzid, int32_t calendar, const sla_zone **zone);

/* The IANA zone of a Windows zone name; NULL for another text. */
const char *sli_windows_zone(text name);

/* The zone that a VTIMEZONE and the observances after it describe, up to the horizon's end. NULL with SLA_OK when they
 * describe none. SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_vtimezone_read(feed_reading *reading, const component_list *components, size_t index, sla_zone **zone);

#endif
