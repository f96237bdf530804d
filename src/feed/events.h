/* SPDX-License-Identifier: MIT */
/* Events as §2.2 sees them: when they start, how long they are, how they recur, what they replace. */
#ifndef SLI_EVENTS_H
#define SLI_EVENTS_H

#include "feed/recurrence.h"
#include "feed/timezone.h"

typedef enum length_kind {
    LENGTH_NONE,   /* closes nothing */
    LENGTH_DAYS,   /* whole local dates of the calendar */
    LENGTH_EXACT,  /* seconds */
    LENGTH_NOMINAL /* days in local time, then seconds */
} length_kind;

typedef struct event_length {
    length_kind kind;
    int64_t days;
    int64_t seconds;
} event_length;

/* An RDATE; a period brings its own length. */
typedef struct extra_date {
    moment at;
    bool has_length;
    event_length length;
} extra_date;

/* What a RECURRENCE-ID names: a date as it is written and, unless it is only a date, an instant. */
typedef struct occurrence_name {
    bool is_date;
    int32_t date;
    int64_t instant;
} occurrence_name;

typedef struct date_list {
    int32_t *items;
    size_t count;
    size_t capacity;
} date_list;

typedef struct instant_list {
    int64_t *items;
    size_t count;
    size_t capacity;
} instant_list;

typedef struct event {
    int32_t line;
    const char *uid;     /* NULL without; this and the next belong to the components */
    const char *summary; /* "" without */
    bool closes;         /* not cancelled, not filtered out, and it has a start */
    moment start;
    event_length length;
    struct rule_list {
        recurrence_rule **items;
        size_t count;
        size_t capacity;
    } rules;
    struct extra_list {
        extra_date *items;
        size_t count;
        size_t capacity;
    } extras;
    date_list excluded_dates;       /* sorted */
    instant_list excluded_instants; /* sorted */
    bool is_override;
    occurrence_name replaces;
    int32_t sequence;
    int64_t stamp;
} event;

typedef struct event_list {
    event *items;
    size_t count;
    size_t capacity;
} event_list;

void sli_event_list_clear(event_list *list);

/* Reads the events of the components, in order, without those that neither close nor replace anything. What cannot be
 * expanded is complained about and left out. SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_events_read(feed_reading *reading, const component_list *components, timezone_table *zones,
                           event_list *events);

/* One event on its way from a component. */
typedef struct event_reading {
    feed_reading *reading;
    const component_list *components;
    const component *from;
    timezone_table *zones;
    event *to;
} event_reading;

/* A written time with its TZID as a moment. SLA_UNSUPPORTED_EVENT, complained about, when it names an impossible date or
 * an unknown zone; SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_event_resolve(const event_reading *at, property_kind kind, written_time time, const char *tzid,
                             moment *resolved);

/* Complains that the event cannot be expanded; SLA_UNSUPPORTED_EVENT. */
sla_status sli_event_unsupported(const event_reading *at, const char *complaint);

/* The order of the excluded lists. */
int sli_compare_dates(const void *left, const void *right);
int sli_compare_instants(const void *left, const void *right);

/* RRULE, RDATE and EXDATE, once start and length are known. */
sla_status sli_event_read_recurrence(const event_reading *at);

/* The length of a DTEND or DURATION, or of an RDATE's period; warns of those that close nothing. */
event_length sli_event_length_until(const event_reading *at, moment start, moment end);
event_length sli_event_length_lasting(const event_reading *at, moment start, written_duration duration);

int64_t sli_moment_instant(const feed_reading *reading, moment at);

/* §2.2 filters, by case-folded text. */
bool sli_filters_accept(const sla_feed_reader *reader, const component *from, bool *out_of_memory);

/* A copy in which letters of Latin, Greek, Cyrillic and Armenian have lost their case. NULL when memory is out. */
char *sli_fold_case(text value);

#endif
