/* SPDX-License-Identifier: MIT */
/* libical keeps its state in globals, so one thread at a time may be in it. This lock is the library's only shared state. A
 * fork waits for it, so that the child finds it free. */
#ifndef SLI_ICAL_LOCK_H
#define SLI_ICAL_LOCK_H

#include "feed/feed.h"

/* Refuses, unlocked, when the program has made libical's errors fatal: a bad feed would then end the process. */
sla_status sli_ical_lock(feed_reading *reading);

/* Whether libical found no memory since the lock was taken: it goes on without what it could not make, without a word. */
bool sli_ical_lacked_memory(void);

/* Leaves libical's error number of this thread as it was. Short-lived texts that libical keeps for the thread stay: some
 * may be the program's, which still reads them. */
void sli_ical_unlock(void);

#endif
