/* SPDX-License-Identifier: MIT */
/*
 * Requests as columns, which is how the library decides many of them at once, with what has happened to them. However many
 * rows a file has, memory stays the same.
 */
#ifndef SUPPORT_REQUEST_BATCH_H
#define SUPPORT_REQUEST_BATCH_H

#include "event_file.h"
#include "request_file.h"

enum { BATCH_ROWS = 1024 };

typedef struct request_batch {
    const sla_contract *contract;
    size_t count;
    uint64_t lines[BATCH_ROWS];
    sla_request requests[BATCH_ROWS];
    int32_t *values; /* of the attributes, a request's side by side */
    size_t attributes;
    sla_status statuses[BATCH_ROWS];

    sla_event *events;
    uint64_t *event_lines; /* where they were read; 0: in the row of the request */
    size_t event_capacity;
    int64_t event_offsets[BATCH_ROWS + 1];
    sla_change *changes;
    uint64_t *change_lines;
    size_t change_capacity;
    int64_t change_offsets[BATCH_ROWS + 1];

    int64_t *workspace; /* for the longest request */
    size_t workspace_length;
    sla_cycle *cycles; /* of the metric that was decided last */
    size_t cycle_capacity;

    char *texts; /* ids and complaints one after another, each with its NUL */
    size_t texts_length;
    size_t texts_capacity;
    size_t id_starts[BATCH_ROWS];
    size_t complaint_starts[BATCH_ROWS]; /* NO_COMPLAINT: none */
    sla_status reasons[BATCH_ROWS];      /* of those with a complaint */
} request_batch;

#define NO_COMPLAINT SIZE_MAX

/* NULL after having said on stderr that memory is out; so the other calls, which then return 0. */
request_batch *make_batch(const sla_contract *contract);
void free_batch(request_batch *batch);

/* Adds a row, with its complaint if it is broken, to a batch that is not full; `responded` is the event. */
int keep_request(request_batch *batch, const request_row *row, int32_t responded);

/* Adds what a file says has happened to the request that was added last; NULL: there is no file. 0 also when it cannot be
 * read. */
int keep_events(request_batch *batch, event_file *events, const char *id);

/* Says of a request that it is invalid and why; the first complaint stands. */
int keep_complaint(request_batch *batch, size_t i, sla_status reason, const char *complaint);

const char *id_in_batch(const request_batch *batch, size_t i);

/* NULL: the request has not been found invalid. */
const char *complaint_in_batch(const request_batch *batch, size_t i);

/* Decides all requests for a metric: a verdict each, and the cycles. Those that are found invalid get a complaint. */
int decide_batch(request_batch *batch, int32_t metric, int64_t now, sla_verdict *verdicts);

void empty_batch(request_batch *batch);

#endif
