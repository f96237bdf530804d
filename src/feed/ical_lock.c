/* SPDX-License-Identifier: MIT */
#include "feed/ical_lock.h"
#include "feed/ical_compat.h"

#include <errno.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

sla_status sli_ical_lock(feed_reading *reading) {
    pthread_mutex_lock(&lock);
    if (!icalerror_get_errors_are_fatal()) {
        errno = 0;
        return SLA_OK;
    }
    pthread_mutex_unlock(&lock);
    return sli_feed_fail(reading, SLA_INVALID_ARGUMENT, 0, NULL,
                         "this program has made libical's errors fatal, so a bad feed would end it; "
                         "call icalerror_set_errors_are_fatal(0) first");
}

/* malloc says it in errno, which no library function sets back to 0; libical's own number tells the last error alone. */
bool sli_ical_lacked_memory(void) {
    return errno == ENOMEM;
}

void sli_ical_unlock(void) {
    icalmemory_free_ring();
    pthread_mutex_unlock(&lock);
}
