/* SPDX-License-Identifier: MIT */
/* Random contracts, and random lives of requests under them. All windows, targets and happenings fall on ticks of half an
 * hour, so that ties are frequent. */
#ifndef RANDOM_LIVES_H
#define RANDOM_LIVES_H

#include "agreement.h"

#include <stdlib.h>

enum {
    TICK = 1800,
    TICKS_A_DAY = 48,
    DAYS = 40,
    TICKS = DAYS * TICKS_A_DAY,
    BEYOND = TICKS, /* an answer that is none */
    CALENDARS = 3,  /* "always", "one", "two" */
    CRITERIA = 8,
    EVENTS_MAX = 12,
    CHANGES_MAX = 4,
    CYCLES = EVENTS_MAX + 2
};

/* ---- Chance ---- */

static uint64_t chance = UINT64_C(20261123);

static inline int32_t up_to(int32_t limit) {
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return (int32_t)(chance % (uint64_t)(limit + 1));
}

static inline bool one_in(int32_t count) {
    return up_to(count - 1) == 0;
}

/* ---- A random contract, and what the oracle knows of it ---- */

typedef struct world {
    sla_contract *contract;
    sla_metric behaviour;
    bool starts_at_receipt;
    bool open[CALENDARS][TICKS];
    sla_target rows[CRITERIA]; /* of each criterion; kind -1: none */
} world;

static const char *const event_names[] = {"received", "begun", "done", "held", "freed", "dropped"};
enum { BEGUN = 1, DONE = 2, HELD = 3, FREED = 4, DROPPED = 5, EVENT_NAMES = 6 };

static inline sla_calendar *random_calendar(sla_zone *zone) {
    for (;;) {
        sla_calendar_builder *builder = NULL;
        sla_calendar *calendar = NULL;
        assert_int_equal(sla_calendar_builder_new(zone, 0, (int64_t)TICKS * TICK, &builder, NULL), SLA_OK);
        for (int32_t day = 0; day < 7; day++) {
            for (int32_t windows = up_to(2); windows > 0; windows--) {
                const int32_t start = up_to(TICKS_A_DAY - 1);
                const int32_t end = (start + 1 + up_to(TICKS_A_DAY - 2)) % (TICKS_A_DAY + 1);
                sla_calendar_builder_add_hours(builder, 1 << day, start * TICK, end * TICK, NULL);
            }
        }
        const sla_status status = sla_calendar_builder_build(builder, &calendar, NULL);
        sla_calendar_builder_free(builder);
        if (status == SLA_OK) {
            return calendar;
        }
    }
}

static inline sla_target random_target(void) {
    static const int32_t kinds[] = {SLA_TARGET_IMMEDIATE, SLA_TARGET_DURATION,      SLA_TARGET_DURATION,
                                    SLA_TARGET_DURATION,  SLA_TARGET_BUSINESS_DAYS, SLA_TARGET_BEST_EFFORT};
    sla_target target = {.kind = kinds[up_to(5)], .by = -1, .calendar = up_to(CALENDARS - 1), .roll = -1};
    if (target.kind == SLA_TARGET_DURATION) {
        target.amount = (1 + up_to(one_in(10) ? 600 : 40)) * (int64_t)TICK;
        target.tie = up_to(1);
    } else if (target.kind == SLA_TARGET_BUSINESS_DAYS) {
        target.amount = up_to(4);
        target.by = one_in(2) ? up_to(TICKS_A_DAY) * TICK : -1;
    }
    target.roll = target.kind != SLA_TARGET_BEST_EFFORT && one_in(3) ? up_to(CALENDARS - 1) : -1;
    target.grace = target.kind != SLA_TARGET_BEST_EFFORT && one_in(4) ? (1 + up_to(6)) * (int64_t)TICK : 0;
    return target;
}

static inline void add_random_rows(sla_contract_builder *builder, world *made) {
    for (int32_t i = 0; i < CRITERIA; i++) {
        char name[] = {'c', (char)('0' + i), '\0'};
        int32_t index;
        add_element(builder, SLA_ELEMENT_RULE, name);
        made->rows[i] = random_target();
        if (one_in(6)) {
            made->rows[i].kind = -1;
            continue;
        }
        assert_int_equal(sla_contract_builder_add_target(builder, &made->rows[i], &index, NULL), SLA_OK);
        add_condition(builder, SLA_ELEMENT_TARGET, index, "criterion", name);
    }
}

static inline void add_random_metric(sla_contract_builder *builder, world *made) {
    made->behaviour = (sla_metric){.repeats = up_to(1), .reopen = up_to(1), .on_change = up_to(2)};
    made->starts_at_receipt = one_in(2);
    const event_role roles[] = {{SLA_NAME_START, event_names[BEGUN]},    {SLA_NAME_STOP, event_names[DONE]},
                                {SLA_NAME_PAUSE, event_names[HELD]},     {SLA_NAME_RESUME, event_names[FREED]},
                                {SLA_NAME_CANCEL, event_names[DROPPED]}, {SLA_NAME_START, event_names[0]}};
    add_metric(builder, "measured", made->behaviour, roles, made->starts_at_receipt ? 6 : 5);
}

static inline void make_world(world *made) {
    sla_contract_builder *builder = NULL;
    sla_zone *const zone = zone_of("UTC");
    memset(made, 0, sizeof *made);
    assert_int_equal(sla_contract_builder_new("world", SIZE_MAX, zone, 0, (int64_t)TICKS * TICK, &builder, NULL), SLA_OK);
    for (int32_t i = 1; i < CALENDARS; i++) {
        sla_calendar *const calendar = random_calendar(zone);
        int32_t index;
        assert_int_equal(
            sla_contract_builder_add_calendar(builder, i == 1 ? "one" : "two", SIZE_MAX, calendar, &index, NULL), SLA_OK);
        sla_calendar_unref(calendar);
    }
    add_random_rows(builder, made);
    add_random_metric(builder, made);
    assert_int_equal(sla_contract_builder_build(builder, &made->contract, NULL), SLA_OK);
    for (int32_t i = 0; i < CALENDARS; i++) {
        for (int64_t tick = 0; tick < TICKS; tick++) {
            int32_t open = 0;
            assert_int_equal(sla_calendar_is_open(sla_contract_calendar(made->contract, i), tick * TICK, &open), SLA_OK);
            made->open[i][tick] = open != 0;
        }
    }
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
}

/* ---- A random life, in ticks ---- */

typedef struct life {
    int32_t received;
    int32_t criterion;
    int32_t now;
    size_t event_count;
    struct {
        int32_t tick;
        int32_t event;
    } events[EVENTS_MAX];
    size_t change_count;
    struct {
        int32_t tick;
        int32_t criterion;
    } changes[CHANGES_MAX];
} life;

static inline int32_t soon_after(int32_t tick) {
    const int32_t later = tick + up_to(one_in(4) ? 200 : 12);
    return later < TICKS ? later : TICKS - 1;
}

static inline life random_life(void) {
    life made = {.received = up_to(one_in(5) ? TICKS - 1 : TICKS / 2), .criterion = up_to(CRITERIA - 1)};
    made.event_count = (size_t)up_to(EVENTS_MAX);
    made.change_count = (size_t)up_to(CHANGES_MAX);
    int32_t tick = made.received;
    for (size_t i = 0; i < made.event_count; i++) {
        tick = one_in(3) ? tick : soon_after(tick);
        made.events[i].tick = tick;
        made.events[i].event = one_in(12) ? DROPPED : BEGUN + up_to(FREED - BEGUN);
    }
    tick = made.received;
    for (size_t i = 0; i < made.change_count; i++) {
        tick = i == 0 && one_in(4) ? tick : soon_after(tick + (i == 0 ? 0 : 1));
        made.changes[i].tick = tick;
        made.changes[i].criterion = up_to(CRITERIA - 1);
    }
    made.now = soon_after(soon_after(soon_after(tick)));
    return made;
}

/* The last of several changes at one tick would contradict the others. */
static inline void drop_contradictions(life *made) {
    size_t kept = 0;
    for (size_t i = 0; i < made->change_count; i++) {
        if (kept == 0 || made->changes[kept - 1].tick != made->changes[i].tick) {
            made->changes[kept++] = made->changes[i];
        }
    }
    made->change_count = kept;
}

/* A life as it is handed over. */
typedef struct told_life {
    int32_t metric;
    sla_request request;
    sla_event events[EVENTS_MAX];
    size_t event_count;
    sla_change changes[CHANGES_MAX];
    size_t change_count;
} told_life;

static inline told_life tell(const world *in, const life *lived) {
    told_life told = {.metric = index_of(in->contract, SLA_ELEMENT_METRIC, "measured"),
                      .request = request_at((int64_t)lived->received * TICK),
                      .event_count = lived->event_count,
                      .change_count = lived->change_count};
    told.request.criterion = lived->criterion;
    for (size_t i = 0; i < lived->event_count; i++) {
        const int32_t event = index_of(in->contract, SLA_ELEMENT_EVENT, event_names[lived->events[i].event]);
        told.events[i] = (sla_event){(int64_t)lived->events[i].tick * TICK, event, 0};
    }
    for (size_t i = 0; i < lived->change_count; i++) {
        told.changes[i] =
            (sla_change){(int64_t)lived->changes[i].tick * TICK, SLA_CHANGED_CRITERION, lived->changes[i].criterion};
    }
    return told;
}

static inline sla_status evaluate_told(const world *in, const told_life *told, int64_t now, sla_cycle *cycles,
                                       size_t *count) {
    return sla_clock_evaluate(in->contract, told->metric, &told->request, told->events, told->event_count, told->changes,
                              told->change_count, now, cycles, CYCLES, count, NULL);
}

static inline sla_status evaluate(const world *in, const life *lived, sla_cycle *cycles, size_t *count) {
    const told_life told = tell(in, lived);
    return evaluate_told(in, &told, (int64_t)lived->now * TICK, cycles, count);
}

#endif
