/* SPDX-License-Identifier: MIT */
/*
 * Scenarios: sequences of calls of the public API that are run again and again, each time with another allocation failing.
 *
 * A scenario makes each call that may allocate through TRY or REPEAT and all others between fault_quiet_begin and
 * fault_quiet_end. It notes what the calls came to; a run with a failure must note the same as one without.
 */
#ifndef FAULT_H
#define FAULT_H

#include "allocations.h"

#include <sla/sla.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

typedef struct scenario {
    const char *name;
    void (*run)(void);
} scenario;

typedef struct scenario_group {
    const char *name;
    const scenario *scenarios;
    size_t count;
} scenario_group;

void find_invalid_scenarios(void);

/* The name of the scenario that is running. */
const char *fault_scenario(void);

extern const scenario_group base_scenarios;
extern const scenario_group calendar_scenarios;
extern const scenario_group clock_scenarios;
extern const scenario_group contract_scenarios;
extern const scenario_group document_scenarios;
extern const scenario_group feed_scenarios;
extern scenario_group invalid_scenarios; /* known once find_invalid_scenarios was called */
extern const scenario_group report_scenarios;

/* What the last call came to. Calls are given &failure as their error. */
extern sla_status status;
extern sla_error failure;

/* Makes a call that changes an object. When memory was out, `cleared` must hold, the error be filled in, and the object
 * that is watched be as before; the call is then made again. */
#define TRY(call, cleared)                                                                                                 \
    do {                                                                                                                   \
        fault_enter();                                                                                                     \
        fault_leave((call), #call);                                                                                        \
    } while (fault_again(cleared))

/* Makes a call that only gives an answer. `prepare` is done before, and undoes what an earlier try gave: when an allocation
 * failed and the call too, it is made again, whatever it came to. What succeeds all the same must be as good as any. */
#define REPEAT(prepare, call, cleared)                                                                                     \
    do {                                                                                                                   \
        prepare;                                                                                                           \
        fault_enter();                                                                                                     \
        fault_leave((call), #call);                                                                                        \
    } while (fault_repeat(cleared))

/* Makes a call that gives complaints as well: it is made again when it succeeded all the same, for they may be fewer. */
#define REPEAT_COMPLAINING(prepare, call, cleared)                                                                         \
    do {                                                                                                                   \
        prepare;                                                                                                           \
        fault_enter();                                                                                                     \
        fault_leave((call), #call);                                                                                        \
    } while (fault_repeat_complaining(cleared))

void fault_enter(void);
void fault_leave(sla_status came_to, const char *call);
bool fault_again(bool cleared);
bool fault_repeat(bool cleared);
bool fault_repeat_complaining(bool cleared);

/* Between these nothing may allocate. */
void fault_quiet_begin(void);
void fault_quiet_end(const char *what);

/* `look` notes all that there is to see of an object that calls change. It is asked before each call of the undisturbed
 * run, and after each call that failed: the object must look the same. NULL ends the watch. */
typedef void watcher(void *object);
void fault_watch(watcher *look, void *object);

void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void note_bytes(const char *what, const void *bytes, size_t size);
/* Fails the run when a condition does not hold. */
void demand(bool holds, const char *what);
#define DEMAND(condition) demand((condition), #condition)

/* For outputs that a failed call must clear. */
#define STALE ((void *)&failure)

#endif
