/* SPDX-License-Identifier: MIT */
/* Events to what they close within the horizon, and how far they cover time (§2.7). */
#ifndef SLI_CLOSURES_H
#define SLI_CLOSURES_H

#include "calendar/calendar.h"
#include "feed/events.h"

typedef struct closure_list {
    closure *items;
    size_t count;
    size_t capacity;
} closure_list;

typedef struct closing_events {
    feed_event *items;
    size_t count;
    size_t capacity;
} closing_events;

typedef struct feed_closures {
    closure_list closures; /* sorted */
    closing_events events;
    int64_t covers_until; /* as derived */
} feed_closures;

/* `events` lose what is superseded. SLA_UNSUPPORTED_EVENT is only complained about. SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_closures_make(feed_reading *reading, event_list *events, feed_closures *closures);
void sli_closures_clear(feed_closures *closures);

#endif
