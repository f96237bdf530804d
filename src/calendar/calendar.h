/* SPDX-License-Identifier: MIT */
/*
 * Calendars (§2) compiled into an index of C(t), and the questions asked of them (§3).
 */
#ifndef SLI_CALENDAR_H
#define SLI_CALENDAR_H

#include <sla/calendar.h>

#include "base/base.h"
#include "zone/zone.h"

/* What a feed closes once it has been read: the feed module makes it, a calendar uses it. */
typedef struct closure {
    int64_t begin;
    int64_t end;
    int32_t event; /* index into the feed's events */
} closure;

typedef struct feed_event {
    char *uid;     /* "" when the event has none */
    char *summary; /* "" when the event has none */
} feed_event;

struct sla_feed {
    reference_count references;
    char *name;
    sla_zone *zone;
    int64_t begin; /* the horizon it was read for */
    int64_t end;
    closure *closures; /* sorted by begin, then end; may overlap; cut to the horizon */
    size_t closure_count;
    feed_event *events;
    size_t event_count;
    int64_t covers_until; /* §2.7; INT64_MAX: all time */
};

/* As sla_calendar_builder_build and sla_calendar_combine, out of a budget that calendars share, from which they take what
 * they cost: the days of the horizon, and the windows and closures on them. SLA_LIMIT when too little is left. NULL: no
 * budget. */
sla_status sli_calendar_build_within(const sla_calendar_builder *builder, int64_t *budget, sla_calendar **calendar,
                                     sla_error *error);
sla_status sli_calendar_combine_within(int32_t operation, sla_calendar *const *parts, size_t count, sla_zone *zone,
                                       int64_t *budget, sla_calendar **calendar, sla_error *error);

/* The number, counted over the horizon, of the business day of next_open(at): B(t) of §7.3. SLA_HORIZON. */
sla_status sli_calendar_business_day(const sla_calendar *calendar, int64_t at, int64_t *number);

/* True when `whole` is a combination (§2.4) of which `part` is one of the calendars named. */
bool sli_calendar_has_part(const sla_calendar *whole, const sla_calendar *part);

#endif
