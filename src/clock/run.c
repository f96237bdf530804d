/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

/* A clock on its way through the moments. */
typedef struct ticking {
    timeline *line;
    const clock_question *question;
    changing_facts facts;
    clock_run run;
    bool started;         /* there is a run that has not been judged */
    bool running;         /* and it has not stopped */
    bool over;            /* a cancelled clock: no cycle follows; or the wanted one is there */
    int64_t paused_since; /* SLA_NONE: not paused; a pause may be on without a running clock (§7.2) */
    int64_t running_since;
    clock_reading *last;
    sla_cycle *cycles;
    size_t capacity;
    size_t wanted; /* how many cycles are asked for */
    size_t count;
} ticking;

static void keep_last(ticking *clock) {
    if (clock->count < clock->capacity) {
        clock->cycles[clock->count] = clock->last->cycle;
    }
    clock->count++;
}

static void finish_run(ticking *clock) {
    clock_reading *const last = clock->last;
    last->started = true;
    last->course = sli_course_lay(clock->line, clock->question, &clock->facts, &clock->run);
    last->run = clock->run;
    sli_course_judge(&last->run, &last->course, clock->question->now, &last->cycle);
    keep_last(clock);
    clock->started = false;
    clock->over = clock->over || clock->count == clock->wanted;
}

/* Pauses that touch stay two (§7.3: one that begins at the due time found so far changes it no more). */
static void add_pause(clock_run *run, int64_t begin, int64_t end) {
    if (begin < end) {
        run->pauses[run->pause_count++] = (pause_span){begin, end};
    }
}

/* A pause that was on when the clock stopped, and still is, goes on (§7.2): it is one, not two. In a reopened run the last
 * pause ends at `begin`, where the run was reopened; a new run has none. */
static void continue_pause(clock_run *run, int64_t begin, int64_t end) {
    if (run->pause_count > 0) {
        run->pauses[run->pause_count - 1].end = end;
    } else {
        add_pause(run, begin, end);
    }
}

/* Adds the pause that is on, from where the clock runs, up to `end`. */
static void add_current_pause(ticking *clock, int64_t end) {
    if (clock->paused_since == SLA_NONE) {
        return;
    }
    if (clock->paused_since < clock->running_since) {
        continue_pause(&clock->run, clock->running_since, end);
    } else {
        add_pause(&clock->run, clock->paused_since, end);
    }
}

static void begin_run(ticking *clock, int64_t at) {
    clock->run = (clock_run){.start = at, .stop = SLA_NONE, .pauses = clock->line->pauses};
    clock->started = true;
    clock->running = true;
    clock->running_since = at;
}

/* §7.4: the time between stop and start is a pause. */
static void reopen_run(ticking *clock, int64_t at) {
    clock_run *const run = &clock->run;
    if (run->pause_count > 0 && run->pauses[run->pause_count - 1].end == SLI_STILL_ON) {
        run->pauses[run->pause_count - 1].end = at;
    } else {
        add_pause(run, run->stop, at);
    }
    run->stop = SLA_NONE;
    clock->running = true;
    clock->running_since = at;
}

static void start(ticking *clock, int64_t at) {
    const sla_metric *const behaviour = &clock->question->metric->behaviour;
    if (clock->running) {
        return;
    }
    if (!clock->started) {
        begin_run(clock, at);
    } else if (behaviour->repeats) {
        finish_run(clock);
        if (!clock->over) {
            begin_run(clock, at); /* in the room of the last one */
        }
    } else if (behaviour->reopen == SLA_REOPEN_RESUME) {
        reopen_run(clock, at);
    }
}

static void stop(ticking *clock, int64_t at) {
    if (!clock->running) {
        return;
    }
    add_current_pause(clock, SLI_STILL_ON);
    clock->run.stop = at;
    clock->running = false;
}

static void cancel(ticking *clock, int64_t at) {
    if (clock->running) {
        stop(clock, at);
        clock->run.cancelled = true;
        clock->over = true;
    }
}

static void pause_clock(ticking *clock, int64_t at) {
    if (clock->paused_since == SLA_NONE) {
        clock->paused_since = at;
    }
}

static void resume(ticking *clock, int64_t at) {
    if (clock->running) {
        add_current_pause(clock, at);
    }
    clock->paused_since = SLA_NONE;
}

static void play(ticking *clock, uint32_t role, int64_t at) {
    switch (role) {
        case SLI_ROLE_START:
            start(clock, at);
            break;
        case SLI_ROLE_STOP:
            stop(clock, at);
            break;
        case SLI_ROLE_PAUSE:
            pause_clock(clock, at);
            break;
        case SLI_ROLE_RESUME:
            resume(clock, at);
            break;
        default:
            cancel(clock, at);
            break;
    }
}

/* §7.1: the order within one instant depends on whether a clock runs before it. */
static void take_moment(ticking *clock, const moment *happened) {
    enum { ROLES = 5 };
    static const uint32_t when_running[ROLES] = {SLI_ROLE_CANCEL, SLI_ROLE_STOP, SLI_ROLE_PAUSE, SLI_ROLE_RESUME,
                                                 SLI_ROLE_START};
    static const uint32_t when_idle[ROLES] = {SLI_ROLE_START, SLI_ROLE_PAUSE, SLI_ROLE_RESUME, SLI_ROLE_CANCEL,
                                              SLI_ROLE_STOP};
    const uint32_t *const order = clock->running ? when_running : when_idle;
    for (size_t i = 0; i < ROLES && !clock->over; i++) {
        if ((happened->roles & order[i]) != 0) {
            play(clock, order[i], happened->at);
        }
    }
}

size_t sli_runs_judge(timeline *line, const clock_question *question, clock_reading *last, size_t wanted, sla_cycle *cycles,
                      size_t capacity) {
    ticking clock = {.line = line,
                     .question = question,
                     .facts = sli_facts_at_receipt(question),
                     .paused_since = SLA_NONE,
                     .last = last,
                     .cycles = cycles,
                     .capacity = capacity,
                     .wanted = wanted};
    for (size_t i = 0; i < line->moment_count && !clock.over; i++) {
        take_moment(&clock, &line->moments[i]);
    }
    if (clock.running) {
        add_current_pause(&clock, SLI_STILL_ON);
    }
    if (clock.started) {
        finish_run(&clock);
    } else if (clock.count == 0) {
        last->started = false;
        sli_cycle_not_started(&last->cycle);
        keep_last(&clock);
    }
    return clock.count;
}
