/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_LIFE_FILE_H
#define SUPPORT_LIFE_FILE_H

#include "life.h"

/* Where a life is written: a row of a file of requests, and of a file of events (NULL: none) what has happened to it. */
struct life_place {
    const char *requests;
    const char *events;
    const char *id;
};

/* Fills in the request, its attributes, events and changes; `life` has its metric. 0 after having said on stderr what is
 * wrong. */
int read_life_file(const sla_contract *contract, const struct life_place *place, struct life *life);

#endif
