/* SPDX-License-Identifier: MIT */
#include "calendar/calendar.h"

#include <stdlib.h>

static void free_events(sla_feed *feed) {
    for (size_t i = 0; i < feed->event_count; i++) {
        free(feed->events[i].uid);
        free(feed->events[i].summary);
    }
    free(feed->events);
}

sla_feed *sla_feed_ref(sla_feed *feed) {
    if (feed != NULL) {
        sli_reference_add(&feed->references);
    }
    return feed;
}

void sla_feed_unref(sla_feed *feed) {
    if (feed == NULL || !sli_reference_drop(&feed->references)) {
        return;
    }
    free_events(feed);
    free(feed->closures);
    free(feed->name);
    sla_zone_unref(feed->zone);
    free(feed);
}
