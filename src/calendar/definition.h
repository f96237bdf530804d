/* SPDX-License-Identifier: MIT */
/*
 * What a calendar is made of: weekly hours, exceptions and feeds (§2.1 to 2.3), and the open time that they come to.
 */
#ifndef SLI_CALENDAR_DEFINITION_H
#define SLI_CALENDAR_DEFINITION_H

#include "calendar/calendar.h"
#include "calendar/interval.h"
#include "calendar/spans.h"

typedef struct window_list {
    sla_window *items;
    size_t count;
    size_t capacity;
} window_list;

typedef struct date_exception {
    int32_t first; /* dates [first, until) */
    int32_t until;
    uint32_t window_start; /* its windows, among those of all exceptions */
    uint32_t window_count;
    uint32_t title; /* where its title starts, among all titles */
} date_exception;

typedef struct exception_list {
    date_exception *items;
    size_t count;
    size_t capacity;
} exception_list;

/* Dates [first, until) for which `exception` is the last one given. */
typedef struct exception_run {
    int32_t first;
    int32_t until;
    int32_t exception;
} exception_run;

typedef struct run_list {
    exception_run *items;
    size_t count;
    size_t capacity;
} run_list;

typedef struct feed_list {
    sla_feed **items;
    size_t count;
    size_t capacity;
} feed_list;

typedef struct title_list {
    char *items;
    size_t count;
    size_t capacity;
} title_list;

typedef struct definition {
    sla_zone *zone;
    int64_t begin; /* the horizon */
    int64_t end;
    window_list hours[7];          /* Monday first; each sorted by start */
    window_list exception_windows; /* each exception's sorted by start */
    exception_list exceptions;
    title_list titles; /* of the exceptions, each with its NUL; one of several in a row with the same title */
    feed_list feeds;
    run_list runs; /* sorted, for the dates that matter to the horizon; filled by sli_definition_resolve */
} definition;

void sli_definition_clear(definition *made);
/* False when memory is out; `copy` is to be cleared in any case. */
bool sli_definition_copy(const definition *original, definition *copy);

/* Finds the exception that stands for each date (§2.3), in time linear in dates and exceptions. False when memory is out.
 */
bool sli_definition_resolve(definition *made);

/* The open time of [from, until), within the horizon, in normal form; appended to `open`, which is empty. False when memory
 * is out. */
bool sli_definition_open(const definition *made, int64_t from, int64_t until, interval_list *open);

/* The named closings that take windows away in [from, until): spans of exceptions and feeds, sorted, not overlapping. Open
 * time may be among them, and takes precedence. `closings` is empty. Closings are numbered exceptions first, then the
 * events of the feeds in order. False when memory is out. */
bool sli_definition_closings(const definition *made, int64_t from, int64_t until, span_list *closings);

/* What compiling it costs, once it is resolved: the days of the horizon, the windows on them, and the closures as often as
 * a stretch of days looks at them. */
int64_t sli_definition_cost(const definition *made);

#endif
