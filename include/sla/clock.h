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
    int64_t used_elapsed;    /* started clocks: all seconds without pauses, whatever the calendar (§7.2), as `used` from the
                                start or the last restart on */
    int64_t reserved[5];
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
 * Nothing is allocated. Requests with many events are read in `workspace`, an array of `workspace_length` words, of which
 * sla_clock_workspace_length tells how many the longest needs; NULL with 0 where none needs any. A request for which there
 * are too few gets SLA_BUFFER_TOO_SMALL, and a verdict with no cycles (`cycle_count` 0) that says nothing.
 * Output arrays and workspace must overlap neither inputs nor each other. SLA_HORIZON (`now`), SLA_INVALID_ARGUMENT; the
 * outputs are then as they were. */
SLA_API sla_status sla_clock_decide_many(const sla_contract *contract, int32_t metric, size_t count,
                                         const sla_request *requests, const int32_t *values, const sla_event *events,
                                         const int64_t *event_offsets, const sla_change *changes,
                                         const int64_t *change_offsets, int64_t now, sla_verdict *verdicts,
                                         sla_cycle *cycles, size_t capacity, int64_t *workspace,
                                         size_t workspace_length, sla_status *statuses);

/* How many words a request with so many events and changes needs in a workspace: 0 for up to 23 events and 8 changes; SIZE_MAX
 * when there is no such number. */
SLA_API size_t sla_clock_workspace_length(size_t events, size_t changes);

/* ---- What comes next -------------------------------------------------------------------------------------------- */

enum { SLA_THRESHOLD_SHARE = 0, SLA_THRESHOLD_DUE = 1 };
enum { SLA_BASIS_CALENDAR = 0, SLA_BASIS_ELAPSED = 1 };

/* An instant on the way of a clock at which somebody is to be told. 64 bytes.
 *   SHARE  so many thousandths of the target have been used (§7.3); over 1000: when the clock runs on so long after it. Of a
 *          business-day target the whole is the time that is used up to its due time; `immediate` is used up when it is due
 *   DUE    so many seconds before (negative) or after the due time; one that would lie before the start never comes
 * On the calendar that is open time of the target's calendar; elapsed it is all time. Pauses before the due time do not
 * count; those after it do not count for shares either, but stop no DUE, as they stop no breach (§7.3). A clock that is paused
 * before its due time reaches no threshold; one that it reached before the pause still comes at the opening to which `action`
 * moves it. */
typedef struct sla_threshold {
    int32_t kind;    /* SLA_THRESHOLD_… */
    int32_t basis;   /* SLA_BASIS_… */
    int64_t amount;  /* SHARE: thousandths, from 0; DUE: seconds; each at most 2^40 in size */
    int64_t every;   /* it comes again after each so many more, from 1 to 2^40; 0: it comes once */
    int64_t times;   /* how often it comes, with `every`; 0: as long as the clock runs */
    int32_t action;  /* index of the calendar to whose opening it moves when it falls in closed time; -1: none */
    int32_t reserved[7];
} sla_threshold;

enum { SLA_THRESHOLDS_MAX = 64 };

enum {
    SLA_TRANSITION_STATE = 1,     /* the state of the last cycle changes */
    SLA_TRANSITION_FLAGS = 2,     /* one of its flags does */
    SLA_TRANSITION_THRESHOLD = 4  /* a threshold is reached */
};

/* An instant at which something about a clock changes by the passing of time alone. 64 bytes. */
typedef struct sla_transition {
    int64_t at;
    int64_t request;      /* its index in the columns; 0 for a single request */
    int32_t metric;
    int32_t changes;      /* SLA_TRANSITION_… | … */
    int32_t state;        /* from `at` on: SLA_STATE_… */
    int32_t flags;        /* from `at` on: SLA_CYCLE_… | … */
    uint64_t thresholds;  /* those that are reached: bit i for threshold i */
    int64_t reserved[3];
} sla_transition;

/* Finds the first instant after `now` at which a state, a flag or a threshold of a request's clock changes if nothing else
 * happens (events and changes after `now` have not happened): sleep until then, and never poll. `metric` SLA_UNSAID stands
 * for all metrics. Writes a transition for each metric that has one at that instant, in the order of metrics, at most
 * `capacity`, and their number; 0 when nothing will change within the horizon. There are at most SLA_THRESHOLDS_MAX
 * thresholds. Scope is not asked. Statuses as sla_clock_evaluate; SLA_BUFFER_TOO_SMALL when `capacity` is less than the
 * number, which is at most that of the metrics. */
SLA_API sla_status sla_clock_next(const sla_contract *contract, int32_t metric, const sla_request *request,
                                  const sla_event *events, size_t event_count, const sla_change *changes,
                                  size_t change_count, int64_t now, const sla_threshold *thresholds,
                                  size_t threshold_count, sla_transition *transitions, size_t capacity, size_t *count,
                                  sla_error *error);

/* The agenda of many requests: all transitions after `now` and before `until` (at most the horizon's end), by instant,
 * request and metric. Columns are as in sla_clock_decide_many; requests that are out of scope have none. Writes the first
 * ones, at most `capacity`, and their number; when that is `capacity` there may be more, from the instant of the last one on.
 * `workspace` and `statuses` are as there. SLA_HORIZON (`now`, `until`),
 * SLA_INVALID_ARGUMENT; the agenda is then empty. */
SLA_API sla_status sla_clock_agenda(const sla_contract *contract, int32_t metric, size_t count, const sla_request *requests,
                                    const int32_t *values, const sla_event *events, const int64_t *event_offsets,
                                    const sla_change *changes, const int64_t *change_offsets, int64_t now, int64_t until,
                                    const sla_threshold *thresholds, size_t threshold_count, sla_transition *entries,
                                    size_t capacity, size_t *entry_count, int64_t *workspace,
                                    size_t workspace_length, sla_status *statuses);

/* ---- Why -------------------------------------------------------------------------------------------------------- */

enum {
    SLA_CLOCK_SPAN_COUNTED = 0,
    SLA_CLOCK_SPAN_CLOSED = 1,    /* `closed_by` and `closing` say why */
    SLA_CLOCK_SPAN_PAUSED = 2,
    SLA_CLOCK_SPAN_SET_ASIDE = 3  /* before a restart (§7.5) */
};

/* Where on its way a clock is. */
enum {
    SLA_PHASE_TARGET = 0,  /* until the target is used up */
    SLA_PHASE_ROLL = 1,    /* from there to the due time, which has moved to an opening (§4.2) */
    SLA_PHASE_GRACE = 2,   /* from the due time to the last instant at which the promise is kept (§4.4) */
    SLA_PHASE_LATE = 3
};

enum {
    SLA_CLOCK_SPAN_AHEAD = 1  /* after `now`, or after the stop: as it would go on */
};

/* A piece [begin, end) of a clock's way, of one kind. 96 bytes. */
typedef struct sla_clock_span {
    int64_t begin;
    int64_t end;
    int32_t kind;       /* SLA_CLOCK_SPAN_… */
    int32_t phase;      /* SLA_PHASE_… */
    int32_t flags;      /* SLA_CLOCK_SPAN_AHEAD */
    int32_t closed_by;  /* closed: SLA_SPAN_…, why the calendar is; else SLA_SPAN_OPEN */
    int32_t closing;    /* for sla_calendar_closing_title of that calendar; -1: nothing that has a name */
    int32_t calendar;   /* on which it is counted */
    int32_t calendar_contract;  /* that has this calendar: for sla_contract_successor */
    int32_t target;     /* the row in force; SLA_UNSAID when there is none */
    int32_t contract;   /* that has this row, likewise */
    int32_t reserved_index;
    int64_t used;       /* used seconds from the start up to `end` (§7.3); at the end of the first phase the target itself */
    int64_t days;       /* business-day targets: the number of the business day that `begin` lies on or comes before, from
                           0 for that of the start or the last restart (negative before it), without those of pauses (§7.3);
                           SLA_NONE for other targets, and where no opening follows in the horizon */
    int64_t reserved[3];
} sla_clock_span;

/* Explains one cycle of a metric's clock, by its number from 0, or the last one with -1: the spans from its start to its due
 * time, or to the stop, the cancellation or `now` when that is later or there is no due time, without holes. A clock that has
 * not started, or has no target or best effort, has none. Writes at most `capacity` spans and the number that there are; when
 * that is larger, SLA_BUFFER_TOO_SMALL. Walks the days between: not for hot paths. Scope is not asked.
 * Statuses as sla_clock_evaluate; SLA_NOT_FOUND when there is no such cycle. */
SLA_API sla_status sla_clock_explain(const sla_contract *contract, int32_t metric, const sla_request *request,
                                     const sla_event *events, size_t event_count, const sla_change *changes,
                                     size_t change_count, int64_t now, int64_t cycle, sla_clock_span *spans,
                                     size_t capacity, size_t *count, sla_error *error);

#ifdef __cplusplus
}
#endif

#endif
