/* SPDX-License-Identifier: MIT */
/*
 * What has happened to requests, from a CSV file. The first line names the columns, in any order: id, at, event, criterion,
 * tier. `id` and `at` must be there. A row says an event, or what the criterion or the tier changes to. The rows of a
 * request stand together, in any order, and the requests in the order of their own file, so that the two are read side by
 * side and neither is kept.
 */
#ifndef SUPPORT_EVENT_FILE_H
#define SUPPORT_EVENT_FILE_H

#include "table_file.h"

#include <sla/sla.h>

typedef struct event_file event_file;

typedef struct event_row {
    uint64_t line;
    int64_t at;
    int32_t event;         /* SLA_UNSAID: none; SLA_UNKNOWN: one that no metric names */
    int32_t criterion;     /* what it changes to; SLA_UNSAID: no change */
    int32_t tier;          /* likewise */
    const char *complaint; /* why the row is broken; NULL when it is not */
} event_row;

/* Opens a file and reads its header; "-" is the standard input. NULL after having said on stderr why not. */
event_file *open_events(const char *path, const sla_contract *contract);
void close_events(event_file *file);

/* Goes to the rows of a request. When they are among the next rows, those before them have no request: they are named on
 * stderr, counted and passed over. 0 when the file cannot be read. */
int seek_events(event_file *file, const char *id);

/* Takes the next row when it is of that request; borrowed until the next call. NULL when it is not. */
const event_row *next_event(event_file *file, const char *id);

/* Reads to the end and names the rows that are left, which have no request. 0 when the file cannot be read. */
int finish_events(event_file *file);

/* Counts rows without a request, but does not name them: for a file that is read a second time. */
void hush_events(event_file *file);

/* How many rows had no request so far. */
uint64_t count_strays(const event_file *file);

#endif
