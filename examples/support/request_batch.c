/* SPDX-License-Identifier: MIT */
#include "request_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

request_batch *make_batch(const sla_contract *contract) {
    const size_t attributes = (size_t)sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE);
    request_batch *batch = calloc(1, sizeof *batch);
    int32_t *values = calloc(BATCH_ROWS * attributes + 1, sizeof *values);
    if (batch == NULL || values == NULL) {
        fprintf(stderr, "out of memory\n");
        free(batch);
        free(values);
        return NULL;
    }
    batch->attributes = attributes;
    batch->values = values;
    return batch;
}

void free_batch(request_batch *batch) {
    if (batch == NULL) {
        return;
    }
    free(batch->values);
    free(batch->ids);
    free(batch);
}

static int keep_id(request_batch *batch, const char *id) {
    const size_t size = strlen(id) + 1;
    if (batch->ids_capacity - batch->ids_length < size) {
        const size_t capacity = 2 * (batch->ids_length + size);
        char *ids = realloc(batch->ids, capacity);
        if (ids == NULL) {
            fprintf(stderr, "out of memory\n");
            return 0;
        }
        batch->ids = ids;
        batch->ids_capacity = capacity;
    }
    memcpy(batch->ids + batch->ids_length, id, size);
    batch->id_starts[batch->count] = batch->ids_length;
    batch->ids_length += size;
    return 1;
}

const char *id_in_batch(const request_batch *batch, size_t i) {
    return batch->ids + batch->id_starts[i];
}

int keep_request(request_batch *batch, const request_row *row, int32_t responded) {
    const size_t i = batch->count;
    if (!keep_id(batch, row->id)) {
        return 0;
    }
    batch->lines[i] = row->line;
    batch->requests[i] = row->request;
    memcpy(batch->values + i * batch->attributes, row->values, batch->attributes * sizeof *batch->values);
    batch->event_offsets[i + 1] = batch->event_offsets[i];
    if (row->responded != SLA_NONE) {
        batch->events[batch->event_offsets[i + 1]++] = (sla_event){.at = row->responded, .event = responded};
    }
    batch->count++;
    return 1;
}

void empty_batch(request_batch *batch) {
    batch->count = 0;
    batch->ids_length = 0;
}
