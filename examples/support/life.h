/* SPDX-License-Identifier: MIT */
/* A request and all that has happened to it, as a command line tells it. */
#ifndef SUPPORT_LIFE_H
#define SUPPORT_LIFE_H

#include "request_options.h"

extern struct poptOption life_options[];
#define LIFE_OPTIONS                                                                                                       \
    { NULL, 0, POPT_ARG_INCLUDE_TABLE, life_options, 0, "What is asked, and what has happened:", NULL }

struct life {
    int32_t metric;
    sla_request request;
    int32_t *values; /* of the contract's attributes */
    sla_event *events;
    size_t event_count;
    sla_change *changes;
    size_t change_count;
    int64_t now;
};

/* Reads the options and when the request was received. 0 after having said on stderr what is wrong. To be freed in any
 * case. */
int read_life(const sla_contract *contract, const char *received, struct life *life);
void free_life(struct life *life);

#endif
