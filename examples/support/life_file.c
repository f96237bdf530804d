/* SPDX-License-Identifier: MIT */
#include "life_file.h"

#include "request_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The files are read side by side: what is passed over in the one is passed over in the other. */
struct reading {
    const struct life_place *place;
    request_file *requests;
    event_file *events; /* NULL: there is none */
    request_batch *batch;
    int32_t responded;
};

static int complain(const struct life_place *place, const char *complaint) {
    fprintf(stderr, "%s: %s: %s\n", place->requests, place->id, complaint);
    return 0;
}

static int pass_over_events(const struct reading *reading, const char *id) {
    if (reading->events == NULL) {
        return 1;
    }
    if (!seek_events(reading->events, id)) {
        return 0;
    }
    while (next_event(reading->events, id) != NULL) {
    }
    return 1;
}

static int keep_wanted(const struct reading *reading, const request_row *row) {
    if (!keep_request(reading->batch, row, reading->responded) ||
        !keep_events(reading->batch, reading->events, reading->place->id)) {
        return 0;
    }
    const char *complaint = complaint_in_batch(reading->batch, 0);
    return complaint == NULL || complain(reading->place, complaint);
}

static int find_row(const struct reading *reading) {
    request_row row;
    for (int outcome = read_request(reading->requests, &row); outcome != NO_MORE_ROWS;
         outcome = read_request(reading->requests, &row)) {
        if (outcome == ROWS_UNREADABLE) {
            return 0;
        }
        if (strcmp(row.id, reading->place->id) == 0) {
            return keep_wanted(reading, &row);
        }
        if (!pass_over_events(reading, row.id)) {
            return 0;
        }
    }
    return complain(reading->place, "there is no request of that id");
}

static int copy_life(const request_batch *batch, struct life *life) {
    const size_t events = (size_t)batch->event_offsets[1], changes = (size_t)batch->change_offsets[1];
    life->values = calloc(batch->attributes + 1, sizeof *life->values);
    life->events = calloc(events + 1, sizeof *life->events);
    life->changes = calloc(changes + 1, sizeof *life->changes);
    if (life->values == NULL || life->events == NULL || life->changes == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    memcpy(life->values, batch->values, batch->attributes * sizeof *life->values);
    memcpy(life->events, batch->events, events * sizeof *life->events);
    memcpy(life->changes, batch->changes, changes * sizeof *life->changes);
    life->request = batch->requests[0];
    life->event_count = events;
    life->change_count = changes;
    return 1;
}

static int open_files(struct reading *reading, const sla_contract *contract, sla_report *const *report) {
    const struct life_place *place = reading->place;
    if (sla_contract_find(contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &reading->responded) != SLA_OK) {
        reading->responded = SLA_UNKNOWN; /* no metric asks */
    }
    reading->requests = open_requests(place->requests, contract, NULL, report, 1);
    if (reading->requests == NULL || place->events == NULL) {
        return reading->requests != NULL;
    }
    reading->events = open_events(place->events, contract);
    return reading->events != NULL;
}

int read_life_file(const sla_contract *contract, const struct life_place *place, struct life *life) {
    struct reading reading = {.place = place, .batch = make_batch(contract)};
    sla_report *report = NULL; /* it numbers the services that are on no list */
    sla_error error;
    int done = 0;
    if (sla_report_new(sla_contract_successor(contract, 0), life->metric, 0, 0, &report, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
    } else if (reading.batch != NULL) {
        done = open_files(&reading, contract, &report) && find_row(&reading) && copy_life(reading.batch, life);
    }
    close_requests(reading.requests);
    if (reading.events != NULL) {
        close_events(reading.events);
    }
    free_batch(reading.batch);
    sla_report_free(report);
    return done;
}
