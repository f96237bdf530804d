/* SPDX-License-Identifier: MIT */
#include "request_batch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Memory ----------------------------------------------------------------------------------------------------- */

static int out_of_memory(void) {
    fprintf(stderr, "out of memory\n");
    return 0;
}

void free_batch(request_batch *batch) {
    if (batch == NULL) {
        return;
    }
    free(batch->values);
    free(batch->events);
    free(batch->event_lines);
    free(batch->changes);
    free(batch->change_lines);
    free(batch->workspace);
    free(batch->cycles);
    free(batch->texts);
    free(batch);
}

static size_t capacity_for(size_t needed) {
    return needed < BATCH_ROWS ? BATCH_ROWS : 2 * needed;
}

static int reserve_events(request_batch *batch, size_t needed) {
    if (needed <= batch->event_capacity) {
        return 1;
    }
    const size_t capacity = capacity_for(needed);
    sla_event *events = realloc(batch->events, capacity * sizeof *events);
    batch->events = events == NULL ? batch->events : events;
    uint64_t *lines = realloc(batch->event_lines, capacity * sizeof *lines);
    batch->event_lines = lines == NULL ? batch->event_lines : lines;
    if (events == NULL || lines == NULL) {
        return out_of_memory();
    }
    batch->event_capacity = capacity;
    return 1;
}

static int reserve_changes(request_batch *batch, size_t needed) {
    if (needed <= batch->change_capacity) {
        return 1;
    }
    const size_t capacity = capacity_for(needed);
    sla_change *changes = realloc(batch->changes, capacity * sizeof *changes);
    batch->changes = changes == NULL ? batch->changes : changes;
    uint64_t *lines = realloc(batch->change_lines, capacity * sizeof *lines);
    batch->change_lines = lines == NULL ? batch->change_lines : lines;
    if (changes == NULL || lines == NULL) {
        return out_of_memory();
    }
    batch->change_capacity = capacity;
    return 1;
}

static int reserve_workspace(request_batch *batch, size_t needed) {
    if (needed <= batch->workspace_length) {
        return 1;
    }
    free(batch->workspace);
    batch->workspace = calloc(needed, sizeof *batch->workspace);
    batch->workspace_length = batch->workspace == NULL ? 0 : needed;
    return batch->workspace != NULL || out_of_memory();
}

static int reserve_cycles(request_batch *batch, size_t needed) {
    if (needed <= batch->cycle_capacity) {
        return 1;
    }
    free(batch->cycles);
    batch->cycle_capacity = capacity_for(needed);
    batch->cycles = malloc(batch->cycle_capacity * sizeof *batch->cycles);
    if (batch->cycles == NULL) {
        batch->cycle_capacity = 0;
        return out_of_memory();
    }
    return 1;
}

request_batch *make_batch(const sla_contract *contract) {
    const size_t attributes = (size_t)sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE);
    request_batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL) {
        out_of_memory();
        return NULL;
    }
    batch->contract = contract;
    batch->attributes = attributes;
    batch->values = calloc(BATCH_ROWS * attributes + 1, sizeof *batch->values);
    if (batch->values == NULL || !reserve_events(batch, 1) || !reserve_changes(batch, 1)) {
        out_of_memory();
        free_batch(batch);
        return NULL;
    }
    return batch;
}

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

static int keep_text(request_batch *batch, const char *text, size_t *start) {
    const size_t size = strlen(text) + 1;
    if (batch->texts_capacity - batch->texts_length < size) {
        const size_t capacity = 2 * (batch->texts_length + size);
        char *texts = realloc(batch->texts, capacity);
        if (texts == NULL) {
            return out_of_memory();
        }
        batch->texts = texts;
        batch->texts_capacity = capacity;
    }
    memcpy(batch->texts + batch->texts_length, text, size);
    *start = batch->texts_length;
    batch->texts_length += size;
    return 1;
}

const char *id_in_batch(const request_batch *batch, size_t i) {
    return batch->texts + batch->id_starts[i];
}

const char *complaint_in_batch(const request_batch *batch, size_t i) {
    const size_t start = batch->complaint_starts[i];
    return start == NO_COMPLAINT ? NULL : batch->texts + start;
}

int keep_complaint(request_batch *batch, size_t i, sla_status reason, const char *complaint) {
    if (batch->complaint_starts[i] != NO_COMPLAINT) {
        return 1;
    }
    batch->reasons[i] = reason;
    return keep_text(batch, complaint, &batch->complaint_starts[i]);
}

/* ---- Rows in ---------------------------------------------------------------------------------------------------- */

static int32_t *values_in_batch(const request_batch *batch, size_t i) {
    return batch->values + i * batch->attributes;
}

static int add_event(request_batch *batch, uint64_t line, int64_t at, int32_t event) {
    int64_t *end = &batch->event_offsets[batch->count];
    if (!reserve_events(batch, (size_t)*end + 1)) {
        return 0;
    }
    batch->events[*end] = (sla_event){.at = at, .event = event};
    batch->event_lines[(*end)++] = line;
    return 1;
}

static int add_change(request_batch *batch, uint64_t line, int64_t at, int32_t fact, int32_t value) {
    int64_t *end = &batch->change_offsets[batch->count];
    if (!reserve_changes(batch, (size_t)*end + 1)) {
        return 0;
    }
    batch->changes[*end] = (sla_change){.at = at, .fact = fact, .value = value};
    batch->change_lines[(*end)++] = line;
    return 1;
}

int keep_request(request_batch *batch, const request_row *row, int32_t responded) {
    const size_t i = batch->count;
    if (!keep_text(batch, row->id, &batch->id_starts[i])) {
        return 0;
    }
    batch->lines[i] = row->line;
    batch->requests[i] = row->request;
    batch->complaint_starts[i] = NO_COMPLAINT;
    memcpy(values_in_batch(batch, i), row->values, batch->attributes * sizeof *batch->values);
    batch->event_offsets[i + 1] = batch->event_offsets[i];
    batch->change_offsets[i + 1] = batch->change_offsets[i];
    batch->count++;
    if (row->complaint != NULL) {
        return keep_complaint(batch, i, SLA_INVALID_REQUEST, row->complaint);
    }
    return row->responded == SLA_NONE || add_event(batch, 0, row->responded, responded);
}

/* The request gets no verdict, but is listed under its criterion. */
static int keep_broken_event(request_batch *batch, const event_row *row) {
    const size_t i = batch->count - 1;
    sla_request *request = &batch->requests[i];
    if (batch->complaint_starts[i] == NO_COMPLAINT && request->criterion == SLA_UNSAID) {
        sla_contract_decide_criterion(batch->contract, request, values_in_batch(batch, i), &request->criterion);
    }
    char complaint[500];
    snprintf(complaint, sizeof complaint, "line %" PRIu64 " of the events: %s", row->line, row->complaint);
    return keep_complaint(batch, i, SLA_INVALID_REQUEST, complaint);
}

static int keep_event(request_batch *batch, const event_row *row) {
    if (row->complaint != NULL) {
        return keep_broken_event(batch, row);
    }
    return (row->event == SLA_UNSAID || add_event(batch, row->line, row->at, row->event)) &&
           (row->criterion == SLA_UNSAID || add_change(batch, row->line, row->at, SLA_CHANGED_CRITERION, row->criterion)) &&
           (row->tier == SLA_UNSAID || add_change(batch, row->line, row->at, SLA_CHANGED_TIER, row->tier));
}

int keep_events(request_batch *batch, event_file *events, const char *id) {
    if (events == NULL || *id == '\0') {
        return 1;
    }
    if (!seek_events(events, id)) {
        return 0;
    }
    const event_row *row;
    while ((row = next_event(events, id)) != NULL) {
        if (!keep_event(batch, row)) {
            return 0;
        }
    }
    return 1;
}

void empty_batch(request_batch *batch) {
    batch->count = 0;
    batch->texts_length = 0;
}

/* ---- Verdicts out ----------------------------------------------------------------------------------------------- */

static size_t count_events(const request_batch *batch, size_t i) {
    return (size_t)(batch->event_offsets[i + 1] - batch->event_offsets[i]);
}

static size_t count_changes(const request_batch *batch, size_t i) {
    return (size_t)(batch->change_offsets[i + 1] - batch->change_offsets[i]);
}

static int reserve_for_decision(request_batch *batch) {
    size_t longest = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const size_t words = sla_clock_workspace_length(count_events(batch, i), count_changes(batch, i));
        longest = words > longest ? words : longest;
    }
    return reserve_workspace(batch, longest) &&
           reserve_cycles(batch, batch->count + (size_t)batch->event_offsets[batch->count]);
}

/* The line of the events that a complaint of the library is about; 0: none. */
static uint64_t line_at_fault(const request_batch *batch, size_t i, const sla_error *error) {
    if (error->index < 0) {
        return 0;
    }
    if (strncmp(error->path, "events", strlen("events")) == 0) {
        return batch->event_lines[batch->event_offsets[i] + error->index];
    }
    if (strncmp(error->path, "changes", strlen("changes")) == 0) {
        return batch->change_lines[batch->change_offsets[i] + error->index];
    }
    return 0;
}

/* Asks again about a request that got no verdict: a single call says why. */
static int explain(request_batch *batch, int32_t metric, int64_t now, size_t i) {
    const sla_event *events = batch->events + batch->event_offsets[i];
    const sla_change *changes = batch->changes + batch->change_offsets[i];
    sla_verdict verdict;
    sla_error error;
    const sla_status status =
        sla_clock_decide(batch->contract, metric, &batch->requests[i], values_in_batch(batch, i), events,
                         count_events(batch, i), changes, count_changes(batch, i), now, &verdict, &error);
    if (status == SLA_OK || status == SLA_OUT_OF_MEMORY) {
        return out_of_memory();
    }
    batch->requests[i].criterion = verdict.criterion;
    const uint64_t line = line_at_fault(batch, i, &error);
    char complaint[500];
    snprintf(complaint, sizeof complaint, "line %" PRIu64 " of the events: %s", line, error.message);
    return keep_complaint(batch, i, status, line > 0 ? complaint : error.message);
}

int decide_batch(request_batch *batch, int32_t metric, int64_t now, sla_verdict *verdicts) {
    if (!reserve_for_decision(batch)) {
        return 0;
    }
    const sla_status status =
        sla_clock_decide_many(batch->contract, metric, batch->count, batch->requests, batch->values, batch->events,
                              batch->event_offsets, batch->changes, batch->change_offsets, now, verdicts, batch->cycles,
                              batch->cycle_capacity, batch->workspace, batch->workspace_length, batch->statuses);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", sla_status_message(status));
        return 0;
    }
    for (size_t i = 0; i < batch->count; i++) {
        const int explained = batch->statuses[i] == SLA_OK || batch->complaint_starts[i] != NO_COMPLAINT;
        if (!explained && !explain(batch, metric, now, i)) {
            return 0;
        }
    }
    return 1;
}
