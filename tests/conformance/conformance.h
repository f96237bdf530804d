/* SPDX-License-Identifier: MIT */
/*
 * Runs conformance vectors (README.md) through the public API.
 */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include <jansson.h>
#include <sla/sla.h>

#include <stdbool.h>

/* A contract that cases ask, with the text of its feeds. */
typedef struct fixture {
    json_t *line; /* what it was read from */
    sla_contract *contract;
    char complaint[sizeof(((sla_error *)0)->message)]; /* why there is no contract */
} fixture;

/* Loads a document with the feeds of a JSON object (NULL: none). Complaints go to `diagnostics`, which may be NULL. */
sla_status load_contract(const char *text, size_t length, const json_t *feeds, sla_diagnostics *diagnostics,
                         sla_contract **contract, sla_error *error);

/* Makes a fixture of a line; takes a reference to it. */
fixture fixture_new(json_t *line);
void fixture_free(fixture *used);

/* The answer of the library to a case, in the form of its "expect"; NULL for an operation that the runner does not know.
 * `contract` is NULL for "load". */
json_t *ask(sla_contract *contract, const json_t *question);

/* ---- Parts of answers ---- */

json_t *answer_status(sla_status status); /* {"status": …} */
json_t *answer_instant(const char *key, sla_status status, int64_t instant);
json_t *instant_text(int64_t instant);
int64_t instant_of(const json_t *object, const char *key);

typedef json_t *(*operation)(sla_contract *contract, const json_t *question);

operation calendar_operation(const char *name);
operation contract_operation(const char *name);

/* ---- Requests ---- */

enum { EVENTS_MAX = 4096, ATTRIBUTES_MAX = 64 };

typedef struct read_request {
    sla_request request;
    bool unknown_value; /* it gives an attribute a value that the contract does not know */
    sla_event events[EVENTS_MAX];
    size_t event_count;
    sla_change changes[EVENTS_MAX];
    size_t change_count;
} read_request;

/* Resolves the names of a request. Returns false when it has more events than the runner takes. */
bool request_read(const sla_contract *contract, const json_t *written, read_request *read);

#endif
