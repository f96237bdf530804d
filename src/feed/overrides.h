/* SPDX-License-Identifier: MIT */
/* Which occurrences are replaced (RECURRENCE-ID), and which of several replacements stands. */
#ifndef SLI_OVERRIDES_H
#define SLI_OVERRIDES_H

#include "feed/events.h"

typedef enum override_key_kind {
    OVERRIDE_WRITTEN_DATE, /* the date as it is written, of every override: names an occurrence of an all-day event */
    OVERRIDE_DATE,         /* of those that name a date only: all occurrences of a timed event on it */
    OVERRIDE_INSTANT,      /* of those that name a time */
    OVERRIDE_OF_ENDLESS    /* the UID is of an event that recurs without end */
} override_key_kind;

typedef struct override_key {
    const char *uid;
    override_key_kind kind;
    int64_t value;
} override_key;

typedef struct override_index {
    override_key *items;
    size_t count;
    size_t capacity;
} override_index;

/* The keys of one UID, in order. */
typedef struct uid_overrides {
    const override_key *items;
    size_t count;
} uid_overrides;

/* Indexes the events' replacements; those that a newer one of the same occurrence supersedes (highest SEQUENCE, then last
 * DTSTAMP, then last in the feed) close no more. False when memory is out; clear it in any case. */
bool sli_overrides_build(event_list *events, override_index *index);
void sli_overrides_clear(override_index *index);

/* What is said of a UID, which may be NULL. An event asks once, and then for each of its occurrences: UIDs may be long. */
uid_overrides sli_overrides_of(const override_index *index, const char *uid);
bool sli_overrides_have(const uid_overrides *overrides, override_key_kind kind, int64_t value);

#endif
