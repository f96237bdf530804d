/* SPDX-License-Identifier: MIT */
#include "feed/ical_lock.h"
#include "feed/ical_compat.h"

#include <errno.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static icalerrorenum error_of_program; /* in this thread, before the lock was taken */
static int errno_of_program;

/* ---- A process that is forked while a feed is read would find the lock taken, by a thread that it does not have. ---- */

static pthread_once_t fork_watched = PTHREAD_ONCE_INIT;
static int fork_watch_failed; /* once that was tried, the lock guards it */

static void take_lock(void) {
    pthread_mutex_lock(&lock);
}

static void release_lock(void) {
    pthread_mutex_unlock(&lock);
}

static void watch_fork(void) {
    fork_watch_failed = pthread_atfork(take_lock, release_lock, release_lock);
}

/* ---- What the program has told libical ---- */

/* Whether an error of libical ends the process: errors can be fatal in general, and kind by kind. */
static bool are_errors_fatal(void) {
    bool fatal = false;
    for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
        const icalerrorstate state = icalerror_get_error_state((icalerrorenum)kind);
        fatal = fatal || state == ICAL_ERROR_FATAL || (state == ICAL_ERROR_DEFAULT && icalerror_get_errors_are_fatal());
    }
    return fatal;
}

sla_status sli_ical_lock(feed_reading *reading) {
    pthread_once(&fork_watched, watch_fork);
    pthread_mutex_lock(&lock);
    if (fork_watch_failed != 0) {
        watch_fork(); /* there may be memory for it now */
    }
    if (fork_watch_failed != 0) {
        pthread_mutex_unlock(&lock);
        return sli_feed_out_of_memory(reading);
    }
    if (!are_errors_fatal()) {
        error_of_program = icalerrno;
        errno_of_program = errno;
        errno = 0;
        return SLA_OK;
    }
    pthread_mutex_unlock(&lock);
    return sli_feed_fail(reading, SLA_INVALID_ARGUMENT, 0, NULL,
                         "this program has made libical's errors fatal, so a bad feed would end it; "
                         "call icalerror_set_errors_are_fatal(0) first, and make no kind of error ICAL_ERROR_FATAL");
}

/* malloc says it in errno, which no library function sets back to 0; libical's own number tells the last error alone. */
bool sli_ical_lacked_memory(void) {
    return errno == ENOMEM;
}

void sli_ical_unlock(void) {
    icalerrno = error_of_program;
    errno = errno_of_program;
    pthread_mutex_unlock(&lock);
}
