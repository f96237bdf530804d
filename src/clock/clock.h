/* SPDX-License-Identifier: MIT */
/*
 * How a clock is read (§7), step by step, one file each:
 *
 *   check.c         what makes a request invalid (§7.7)
 *   facts.c         the facts of a request, as changes pass by (§7.5)
 *   timeline.c      events and changes are ordered (§7.1) and cut at `now`
 *   run.c           moments become runs of the clock with their pauses (§7.2, §7.4)
 *   course.c        changes become the spells of a run, each under one target row (§7.5)
 *   target_clock.c  used and due time of a course, by arithmetic on C(t) (§7.3)
 *   verdict.c       a run and its course become a cycle (§7.6)
 *   evaluate.c      the clock alone
 *   columns.c       one request out of columns of them
 *   decide.c        the whole answer, for one request and for columns of them (§8.1)
 *   outlook.c       what of a cycle changes next by the passing of time, with thresholds.c
 *   next.c          that for one request, agenda.c for columns of them
 *   explain.c       a cycle's way, piece by piece
 *
 * Nothing is allocated for a request with few events, nor for columns of requests; all steps together take time in
 * O(n log n).
 */
#ifndef SLI_CLOCK_H
#define SLI_CLOCK_H

#include <sla/clock.h>

#include "contract/contract.h"

/* What the events of one instant do together. */
typedef struct moment {
    int64_t at;
    uint32_t roles; /* SLI_ROLE_… | … */
} moment;

/* The end of a pause that is still on when its run is read. */
#define SLI_STILL_ON INT64_MAX

typedef struct pause_span {
    int64_t begin;
    int64_t end; /* after `begin`; or SLI_STILL_ON, in the last of a run only */
} pause_span;

/* A stretch of a run under one target row: from `from` to the next spell, or for ever. */
typedef struct spell {
    int64_t from;
    int32_t index;                 /* of the row; SLA_UNSAID for none */
    int32_t contract;              /* of the row: SLA_ELEMENT_CONTRACT of the contract that is asked */
    const contract_target *target; /* NULL for none */
    const sla_calendar *calendar;  /* on which its used time is counted */
} spell;

/* What is asked, of whom, and when. */
typedef struct clock_question {
    const sla_contract *contract;
    const sla_request *request;
    const contract_metric *metric;
    int32_t metric_index;
    int64_t now;
    int64_t horizon_begin;
    int64_t horizon_end;
} clock_question;

enum { SLI_FEW_MOMENTS = 24, SLI_FEW_CHANGES = 8, SLI_PAUSES_PER_MOMENT = 2 };

/* Asks about a metric at `now`; the request is left open. SLA_INVALID_ARGUMENT, SLA_HORIZON. */
sla_status sli_question_pose(clock_question *question, const sla_contract *contract, int32_t metric, int64_t now,
                             sla_error *error);

/* What has happened to a request. */
typedef struct happenings {
    const sla_event *events;
    size_t event_count;
    const sla_change *changes;
    size_t change_count;
} happenings;

/* True when there is an array for each number. */
bool sli_happenings_are_there(const happenings *happened);

/* Checks a request without what happened to it. */
sla_status sli_request_check(const clock_question *question, sla_error *error);

/* Checks a request with its events and changes one by one; what changes come to shows when they are in order. */
sla_status sli_happenings_check(const clock_question *question, const happenings *happened, sla_error *error);

/* Checks that the contract in force knows every fact (§7.7). `ordered` are the changes of `happened` by instant, those of
 * the contract first within an instant. */
sla_status sli_changes_check(const clock_question *question, const happenings *happened, const sla_change *ordered,
                             sla_error *error);

/* The complaint about two changes that contradict each other; its place is that of the later in `changes`. */
sla_status sli_fail_contradiction(const sla_change *changes, size_t count, const sla_change *one, const sla_change *other,
                                  sla_error *error);

/* A caller's memory to read requests in, one after another. */
typedef struct workspace {
    int64_t *words;
    size_t length; /* number of words */
} workspace;

/* What has happened until `now`, and the room to read it in. */
typedef struct timeline {
    moment *moments; /* by instant, each once */
    size_t moment_count;
    sla_change *changes; /* by instant, within it the contract's first */
    size_t change_count;
    pause_span *pauses; /* room for those of one run: SLI_PAUSES_PER_MOMENT for each moment */
    spell *spells;      /* room for those of one run: one more than changes */
    void *allocated;    /* NULL when the few below suffice, or the caller's workspace is used */
    moment few_moments[SLI_FEW_MOMENTS];
    pause_span few_pauses[SLI_PAUSES_PER_MOMENT * SLI_FEW_MOMENTS];
    sla_change few_changes[SLI_FEW_CHANGES];
    spell few_spells[SLI_FEW_CHANGES + 1];
} timeline;

/* Checks the request and everything that happened to it (§7.7), and puts it in order. With `room`, nothing is allocated,
 * and SLA_BUFFER_TOO_SMALL says that it is too small. Close it only after SLA_OK. */
sla_status sli_timeline_open(timeline *line, const clock_question *question, const happenings *happened,
                             const workspace *room, sla_error *error);
void sli_timeline_close(timeline *line);

/* One run of the clock, from a start to a stop, a cancellation or `now`. */
typedef struct clock_run {
    int64_t start;
    int64_t stop; /* or cancellation; SLA_NONE when it still goes on */
    bool cancelled;
    pause_span *pauses; /* in order, apart from one another */
    size_t pause_count;
} clock_run;

/* The facts of a request that change (§7.5), as its changes pass by. */
typedef struct changing_facts {
    int32_t contract; /* that is in force: SLA_ELEMENT_CONTRACT of the one that is asked */
    int32_t tier;     /* of that contract, as all below */
    int32_t criterion;
    size_t next; /* the first change that has not been applied */
} changing_facts;

changing_facts sli_facts_at_receipt(const clock_question *question);

/* Applies all changes of the instant of the next one, which there is, and returns that instant. Changes are ordered as in a
 * timeline. A fact that the new contract does not know becomes SLA_UNKNOWN. */
int64_t sli_facts_apply_next(changing_facts *facts, const clock_question *question, const sla_change *changes,
                             size_t count);

/* The target row that the contract in force has for the request; SLA_UNSAID for none. */
int32_t sli_facts_row(const changing_facts *facts, const clock_question *question);

/* A run under the targets in force. */
typedef struct clock_course {
    int64_t start; /* of used time: the run's start, or the last restart */
    int64_t horizon_end;
    const spell *spells; /* at least one */
    size_t spell_count;
    const pause_span *pauses;
    size_t pause_count;
} clock_course;

/* Lays a run's course; runs come in order. Writes to the room in `line` and clips the run's pauses. */
clock_course sli_course_lay(timeline *line, const clock_question *question, changing_facts *facts, clock_run *run);

/* The row in force at the end of a course. */
const spell *sli_course_last(const clock_course *course);

/* True for a row that has a due time: neither none nor best effort. */
bool sli_spell_is_due(const spell *spell);

/* Used seconds of a course up to `end` (§7.3). */
int64_t sli_course_used(const clock_course *course, int64_t end);

/* All seconds of a course up to `end` without its pauses. */
int64_t sli_course_elapsed(const clock_course *course, int64_t end);

/* When a course is due. */
typedef struct due_reading {
    int64_t due;         /* after tie and roll; SLA_NONE: paused before it, or beyond the horizon */
    int64_t unrolled;    /* the same before it rolls (§4.2) */
    int64_t if_resumed;  /* paused: the due time if the clock went on at `now`; SLA_NONE beyond the horizon */
    bool paused;         /* before the due time */
    bool beyond_horizon; /* of the one that is asked for */
} due_reading;

/* The instant at which `amount` of used time is reached, or when `late` the latest at which it is not exceeded; SLA_NONE
 * when it is not: a pause that is still on comes before, or the horizon ends. */
int64_t sli_course_reach(const clock_course *course, int64_t amount, bool late);

/* The due time of a course whose last row has one; `now` is when a pause that is still on is taken to end. */
due_reading sli_course_due(const clock_course *course, int64_t now);

/* The cycle of a run and its course as at `now`. */
void sli_course_judge(const clock_run *run, const clock_course *course, int64_t now, sla_cycle *cycle);

/* The cycle of a clock that never started. */
void sli_cycle_not_started(sla_cycle *cycle);

/* What one run of a clock came to. Pauses and spells stand in the timeline's room. */
typedef struct clock_reading {
    bool started; /* else only `cycle` is set */
    clock_run run;
    clock_course course;
    sla_cycle cycle;
} clock_reading;

#define SLI_ALL_CYCLES SIZE_MAX

/* Takes the moments in order and writes the cycle of each run: at most `capacity`, and `last`, which is not started when
 * there is no run. No cycles follow the one of number `wanted`, counted from 1. Returns how many there are, at least 1. */
size_t sli_runs_judge(timeline *line, const clock_question *question, clock_reading *last, size_t wanted, sla_cycle *cycles,
                      size_t capacity);

#endif
