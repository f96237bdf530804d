/* SPDX-License-Identifier: MIT */
/* Requests in columns, and one of them with all that belongs to it. */
#ifndef SLI_CLOCK_COLUMNS_H
#define SLI_CLOCK_COLUMNS_H

#include "clock/clock.h"

/* What is handed over for all requests: as in sla_clock_decide_many. */
typedef struct columns {
    const sla_contract *contract;
    size_t count;
    const sla_request *requests;
    const int32_t *values;
    const sla_event *events;
    const int64_t *event_offsets;
    const sla_change *changes;
    const int64_t *change_offsets;
    workspace room;
} columns;

/* True when the arrays that are needed are there. */
bool sli_columns_are_there(const columns *given);

/* What has happened to one of the requests; false when the offsets make no sense. */
bool sli_columns_find(const columns *given, size_t index, happenings *happened);

/* The values of one request's attributes; NULL when there are none. */
const int32_t *sli_columns_values(const columns *given, size_t index);

/* A request with its criterion, and what happened to it in order. Not to be moved: the question points into it. */
typedef struct opened_request {
    sla_request request;
    clock_question question;
    timeline line; /* to be closed, after SLA_OK */
} opened_request;

/* Finds the criterion by `values` (may be NULL) and opens the timeline, in `room` if there is one. `posed` is the question
 * about all requests; what of the criterion is known is in `request` in any case. */
sla_status sli_request_open(opened_request *opened, const clock_question *posed, const sla_request *asked,
                            const int32_t *values, const happenings *happened, const workspace *room, sla_error *error);

#endif
