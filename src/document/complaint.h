/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with a document, each complaint with its place. Nodes that were complained about are flawed, and so is all
 * that holds them: nothing is built from what is flawed, and nobody complains about it twice.
 */
#ifndef SLI_COMPLAINT_H
#define SLI_COMPLAINT_H

#include "base/base.h"
#include "document/node.h"

enum { SLI_COMPLAINTS_MAX = 1000 }; /* errors, and as many warnings */

typedef struct complaints {
    sla_error *items;
    size_t count;
    size_t capacity;
    size_t errors;    /* those that are no warnings */
    bool *flawed;     /* by node number */
    bool *strange;    /* by node number: a mapping with unknown or repeated keys */
    sla_status fatal; /* SLA_OK, or SLA_OUT_OF_MEMORY: nothing more can be said */
} complaints;

typedef enum spot { AT_VALUE, AT_KEY } spot;

bool sli_complaints_start(complaints *list, size_t node_count);
void sli_complaints_end(complaints *list);

/* Adds an error at a node, or at the node's key. */
void sli_complain(complaints *list, const node *at, spot where, sla_status code, const char *format, ...) SLI_PRINTF(5, 6);

/* Adds what another module said (an error or a warning); running out of memory becomes fatal. */
void sli_complain_of(complaints *list, const node *at, spot where, const sla_error *said);

bool sli_is_flawed(const complaints *list, const node *at);

/* Enough errors were found, or nothing more can be said: no use in going on. */
bool sli_complaints_full(const complaints *list);

/* Hands over all complaints in the order of their places; the first error also to `error`. Returns its code, or SLA_OK. */
sla_status sli_complaints_hand_over(complaints *list, sla_diagnostics *diagnostics, sla_error *error);

/* "a, b, c" into a buffer, ending in ", ..." where it does not hold all. */
void sli_list_names(char *buffer, size_t capacity, const char *const *names, size_t count);

#endif
