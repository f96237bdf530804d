/* SPDX-License-Identifier: MIT */
/*
 * libsla: clocks (§7). What has happened to a request, and whether the promise is kept.
 */
#ifndef SLA_CLOCK_H
#define SLA_CLOCK_H

#include <sla/contract.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Something that happened to a request. 16 bytes. */
typedef struct sla_event {
    int64_t at;
    int32_t event;  /* SLA_ELEMENT_EVENT; SLA_UNKNOWN for one that no metric names: only its instant is checked (§7.7) */
    int32_t reserved;
} sla_event;

enum { SLA_CHANGED_CRITERION = 0, SLA_CHANGED_TIER = 1, SLA_CHANGED_CONTRACT = 2 };

/* A fact of the request that changed (§7.5). 16 bytes.
 *
 * A contract is changed to one of those of the contract that is asked, by its index there; 0 leads back. Within an instant the
 * contract changes first: a new tier or criterion is an index of the contract that is then in force. What does not change with
 * the contract is carried over by name, other names included: a tier, criterion or channel that the new contract does not know
 * makes the request invalid (§7.7), a service that it does not know is unknown there. Events are those of the contract that is
 * asked, as is all of the metric but its target rows, which are those of the metric of the same name; no such metric: no
 * target. Scope is judged as at receipt and stays. */
typedef struct sla_change {
    int64_t at;
    int32_t fact;   /* SLA_CHANGED_… */
    int32_t value;  /* index of the new criterion, tier or contract; SLA_UNSAID for a criterion: none any more */
} sla_change;

enum {
    SLA_STATE_NOT_STARTED = 0,
    SLA_STATE_RUNNING = 1,
    SLA_STATE_PAUSED = 2,
    SLA_STATE_MET = 3,
    SLA_STATE_BREACHED = 4,
    SLA_STATE_CANCELLED = 5,
    SLA_STATE_NO_TARGET = 6,
    SLA_STATE_BEST_EFFORT = 7
};

/* The name of a state, for example "not-started"; NULL for a number that is none. */
SLA_API const char *sla_state_name(int32_t state);

enum {
    SLA_CYCLE_OPEN = 1,            /* breached and not stopped; without it: stopped late */
    SLA_CYCLE_OUTSIDE_HOURS = 2,   /* running or paused, and `now` is closed on the target's calendar */
    SLA_CYCLE_BEYOND_HORIZON = 4,  /* §7.7: the due time lies beyond the horizon; there is none */
    SLA_CYCLE_NOT_COVERED = 8      /* §2.7: the due time lies after the coverage of a feed */
};

/* One run of a clock. A number that does not apply is SLA_NONE. 128 bytes. */
typedef struct sla_cycle {
    int32_t state;           /* SLA_STATE_… */
    int32_t flags;           /* SLA_CYCLE_… | … */
    int32_t target;          /* the row in force; SLA_UNSAID when there is none */
    int32_t contract;        /* the contract of that row, SLA_ELEMENT_CONTRACT; 0: the one that is asked */
    int64_t started;
    int64_t stopped;         /* stopped or cancelled clocks: when */
    int64_t used;            /* seconds on the target's calendar without pauses (§7.3); not for no target and best effort */
    int64_t due;             /* running, breached, met unless stopped in a pause before its due time */
    int64_t limit;           /* `due` and the row's grace (§4.4); SLA_NONE when that lies beyond the horizon */
    int64_t due_if_resumed;  /* paused: the due time if the clock went on at `now` */
    int64_t remaining;       /* running, paused: target less used, never below 0; not for business days */
    int64_t late;            /* breached: open seconds from `due` to the stop, or to `now` */
    int64_t reserved[6];
} sla_cycle;

/* Evaluates a metric's clock at `now` (§7): its cycles, in order. The receipt is itself the event "received" and need not
 * be handed over. Events and changes may come in any order. Writes at most `capacity` cycles and the number that there are;
 * when that is larger, SLA_BUFFER_TOO_SMALL. `capacity` 1 is enough for a metric that does not repeat.
 * SLA_INVALID_REQUEST (§7.7; `error` says which event or change, by its index), SLA_HORIZON (`now`), SLA_OUT_OF_MEMORY,
 * SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_clock_evaluate(const sla_contract *contract, int32_t metric, const sla_request *request,
                                      const sla_event *events, size_t event_count, const sla_change *changes,
                                      size_t change_count, int64_t now, sla_cycle *cycles, size_t capacity, size_t *count,
                                      sla_error *error);

/* ---- The whole answer ------------------------------------------------------------------------------------------- */

/* What a request comes to for a metric: it is invalid, else out of scope, else its clock counts (§8.1). Of an invalid
 * request all is 0 but `criterion`. 192 bytes. */
typedef struct sla_verdict {
    sla_scope scope;
    int32_t criterion;      /* the request's own, or what the criteria table finds; SLA_UNSAID for none */
    int32_t reserved_index;
    int64_t cycle_count;    /* 0 when out of scope, else at least 1 */
    int64_t first_cycle;    /* where its cycles begin in the batch's `cycles`; SLA_NONE when they are not there */
    sla_cycle cycle;        /* the last one; out of scope: not started */
    int64_t reserved[2];
} sla_verdict;

/* Decides criterion and scope, and evaluates a metric's clock at `now`. `values` are as in sla_contract_decide_criterion
 * and give a request its criterion unless it says one; NULL: requests keep what they say. Events and changes are as in
 * sla_clock_evaluate, which also gives the cycles before the last. `error` says why a request is invalid.
 * SLA_INVALID_REQUEST, SLA_HORIZON (`now`), SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_clock_decide(const sla_contract *contract, int32_t metric, const sla_request *request,
                                    const int32_t *values, const sla_event *events, size_t event_count,
                                    const sla_change *changes, size_t change_count, int64_t now, sla_verdict *verdict,
                                    sla_error *error);

/* The same for columns of requests: one verdict and one status each; `statuses` may be NULL. `values` holds count times
 * (number of attributes) values. `event_offsets` has count + 1 entries in ascending order: the events of request i begin at
 * events[event_offsets[i]] and end before events[event_offsets[i + 1]]; NULL: there are no events. Changes likewise. Offsets
 * that are negative, out of order or beyond the last one are SLA_INVALID_ARGUMENT for their request.
 * A metric that repeats has several cycles a request: with `cycles`, an array for `capacity` of them, those of each request
 * are written there side by side, where its verdict says; a request whose cycles find no room gets SLA_BUFFER_TOO_SMALL, and
 * its verdict stands. NULL with 0: only the last is kept. (number of requests) + (number of events) is always enough.
 * Output arrays must overlap neither inputs nor each other. SLA_HORIZON (`now`), SLA_INVALID_ARGUMENT; the outputs are then
 * as they were. */
SLA_API sla_status sla_clock_decide_many(const sla_contract *contract, int32_t metric, size_t count,
                                         const sla_request *requests, const int32_t *values, const sla_event *events,
                                         const int64_t *event_offsets, const sla_change *changes,
                                         const int64_t *change_offsets, int64_t now, sla_verdict *verdicts,
                                         sla_cycle *cycles, size_t capacity, sla_status *statuses);

#ifdef __cplusplus
}
#endif

#endif
