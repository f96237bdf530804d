/* SPDX-License-Identifier: MIT */
/*
 * Local times of many consecutive dates as instants (§1.4): between two clock changes that is a subtraction, and only near
 * one is the zone asked.
 */
#ifndef SLI_CALENDAR_LOCAL_CLOCK_H
#define SLI_CALENDAR_LOCAL_CLOCK_H

#include "zone/zone.h"

typedef struct local_clock {
    const sla_zone *zone;
    int32_t offset; /* in force from well before `settled` to `until` */
    int64_t settled;
    int64_t until;
} local_clock;

/* No two offsets differ by more: a local time this long after a change was not repeated by it. */
enum { LOCAL_CLOCK_SETTLING = 3 * SLI_DAY };

static inline local_clock sli_local_clock(const sla_zone *zone) {
    return (local_clock){zone, 0, INT64_MAX, INT64_MIN};
}

static inline int64_t sli_local_clock_instant(local_clock *clock, int32_t date, int32_t second) {
    const int64_t instant = (int64_t)date * SLI_DAY + second - clock->offset;
    if (instant >= clock->settled && instant < clock->until) {
        return instant;
    }
    const int64_t asked = sli_zone_instant(clock->zone, date, second);
    if (asked >= clock->until) {
        clock->offset = sli_zone_offset(clock->zone, asked);
        clock->settled = asked + LOCAL_CLOCK_SETTLING;
        clock->until = sli_zone_next_change(clock->zone, asked);
    }
    return asked;
}

#endif
