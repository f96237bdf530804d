/* SPDX-License-Identifier: MIT */
/*
 * Requests as columns, which is how the library decides many of them at once; and room for its verdicts. However many rows
 * a file has, memory stays the same.
 */
#ifndef SUPPORT_REQUEST_BATCH_H
#define SUPPORT_REQUEST_BATCH_H

#include "request_file.h"

enum { BATCH_ROWS = 1024 };

typedef struct request_batch {
    size_t count;
    uint64_t lines[BATCH_ROWS];
    sla_request requests[BATCH_ROWS];
    int32_t *values; /* of the attributes, a request's side by side */
    size_t attributes;
    sla_event events[BATCH_ROWS]; /* at most one each */
    int64_t event_offsets[BATCH_ROWS + 1];
    sla_verdict verdicts[BATCH_ROWS];
    sla_status statuses[BATCH_ROWS];

    char *ids; /* one after another, each with its NUL */
    size_t id_starts[BATCH_ROWS];
    size_t ids_length;
    size_t ids_capacity;
} request_batch;

/* NULL after having said on stderr that memory is out. */
request_batch *make_batch(const sla_contract *contract);
void free_batch(request_batch *batch);

/* Adds a row that is not broken to a batch that is not full; `responded` is the event. 0 when memory is out. */
int keep_request(request_batch *batch, const request_row *row, int32_t responded);

const char *id_in_batch(const request_batch *batch, size_t i);

void empty_batch(request_batch *batch);

#endif
