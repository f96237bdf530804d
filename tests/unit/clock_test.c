/* SPDX-License-Identifier: MIT */
/* Clocks (§7), rule by rule, with due times worked out by hand. The office is open 09:00-17:00 UTC, Monday to Friday. */
#include "agreement.h"

#include <stdlib.h>

enum { HAPPENINGS_MAX = 8, CYCLES_MAX = 4 };

/* What happened: an event, or a change of criterion ("=normal") or tier ("+gold"). */
typedef struct happening {
    const char *what;
    int32_t day;
    int32_t hour;
    int32_t minute;
} happening;

/* A cycle as expected; NONE where there is nothing. Instants are day, hour and minute of the month. */
typedef struct moment_of_month {
    int32_t day;
    int32_t hour;
    int32_t minute;
} moment_of_month;

typedef struct expected_cycle {
    int32_t state;
    int32_t flags;
    moment_of_month started;
    moment_of_month stopped;
    int64_t used;
    moment_of_month due;
    moment_of_month if_resumed;
    int64_t remaining;
    int64_t late;
} expected_cycle;

typedef struct life {
    const char *rule;
    const char *metric;
    const char *criterion;
    moment_of_month received;
    happening happened[HAPPENINGS_MAX];
    moment_of_month now;
    expected_cycle cycles[CYCLES_MAX];
} life;

#define UNSET                                                                                                              \
    { 0, 0, 0 }
#define MINUTES(count) ((count)*INT64_C(60))

static int64_t instant(moment_of_month when) {
    return when.day == 0 ? SLA_NONE : at(when.day, when.hour, when.minute);
}

typedef struct history {
    sla_request request;
    sla_event events[HAPPENINGS_MAX];
    size_t event_count;
    sla_change changes[HAPPENINGS_MAX];
    size_t change_count;
} history;

static void add_happening(const sla_contract *contract, const happening *one, history *told) {
    const int64_t when = at(one->day, one->hour, one->minute);
    if (one->what[0] == '=') {
        told->changes[told->change_count++] =
            (sla_change){when, SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, one->what + 1)};
    } else if (one->what[0] == '+') {
        told->changes[told->change_count++] =
            (sla_change){when, SLA_CHANGED_TIER, index_of(contract, SLA_ELEMENT_TIER, one->what + 1)};
    } else {
        told->events[told->event_count++] = (sla_event){when, index_of(contract, SLA_ELEMENT_EVENT, one->what), 0};
    }
}

static history tell(const sla_contract *contract, const life *lived) {
    history told = {.request = request_at(instant(lived->received))};
    told.request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, lived->criterion);
    for (size_t i = 0; i < HAPPENINGS_MAX && lived->happened[i].what != NULL; i++) {
        add_happening(contract, &lived->happened[i], &told);
    }
    return told;
}

static sla_status evaluate(const sla_contract *contract, const char *metric, const history *told, int64_t now,
                           sla_cycle *cycles, size_t *count, sla_error *error) {
    return sla_clock_evaluate(contract, index_of(contract, SLA_ELEMENT_METRIC, metric), &told->request, told->events,
                              told->event_count, told->changes, told->change_count, now, cycles, CYCLES_MAX, count, error);
}

static void same_number(const life *lived, const char *what, int64_t found, int64_t expected) {
    if (found != expected) {
        fail_msg("%s (%s): %s is %lld, not %lld", lived->rule, lived->criterion, what, (long long)found,
                 (long long)expected);
    }
}

static void compare_cycle(const life *lived, const sla_cycle *found, const expected_cycle *expected) {
    const bool pending = expected->state == SLA_STATE_RUNNING || expected->state == SLA_STATE_PAUSED;
    same_number(lived, "state", found->state, expected->state);
    same_number(lived, "flags", found->flags, expected->flags);
    same_number(lived, "started", found->started, instant(expected->started));
    same_number(lived, "stopped", found->stopped, instant(expected->stopped));
    same_number(lived, "used", found->used, expected->used);
    same_number(lived, "due", found->due, instant(expected->due));
    same_number(lived, "due if resumed", found->due_if_resumed, instant(expected->if_resumed));
    same_number(lived, "remaining", found->remaining, pending ? expected->remaining : SLA_NONE);
    same_number(lived, "late", found->late, expected->state == SLA_STATE_BREACHED ? expected->late : SLA_NONE);
}

static void check_lives(const life *lives, size_t count) {
    sla_contract *const contract = make_agreement("clocks", "UTC");
    for (size_t i = 0; i < count; i++) {
        sla_cycle cycles[CYCLES_MAX];
        size_t found = 0;
        const history told = tell(contract, &lives[i]);
        assert_int_equal(evaluate(contract, lives[i].metric, &told, instant(lives[i].now), cycles, &found, NULL), SLA_OK);
        size_t expected = 1;
        while (expected < CYCLES_MAX && lives[i].cycles[expected].started.day != 0) {
            expected++;
        }
        same_number(&lives[i], "count", (int64_t)found, (int64_t)expected);
        for (size_t k = 0; k < expected; k++) {
            compare_cycle(&lives[i], &cycles[k], &lives[i].cycles[k]);
        }
    }
    sla_contract_unref(contract);
}

#define CHECK_LIVES(lives) check_lives(lives, sizeof(lives) / sizeof *(lives))

static const life ordered_lives[] = {
    {"§7.1 answered in the second of its receipt",
     "response",
     "normal",
     {23, 10, 0},
     {{"responded", 23, 10, 0}},
     {23, 12, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 10, 0}, 0, {23, 14, 0}, UNSET, 0, 0}}},
    {"§7.1 withdrawn in the second of its receipt",
     "response",
     "normal",
     {23, 10, 0},
     {{"withdrawn", 23, 10, 0}},
     {23, 12, 0},
     {{SLA_STATE_CANCELLED, 0, {23, 10, 0}, {23, 10, 0}, 0, UNSET, UNSET, 0, 0}}},
    {"§7.1 cancel before stop",
     "response",
     "normal",
     {23, 10, 0},
     {{"responded", 23, 11, 0}, {"withdrawn", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_CANCELLED, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), UNSET, UNSET, 0, 0}}},
    {"§7.1 reopened in the second of its resolution",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"reopened", 23, 11, 0}, {"resolved", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {23, 14, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.1 stop before pause: the pause is of the next cycle",
     "next",
     "normal",
     {23, 9, 0},
     {{"asked", 23, 10, 0}, {"waiting", 23, 11, 0}, {"replied", 23, 11, 0}, {"asked", 23, 12, 0}, {"answered", 23, 13, 0}},
     {23, 14, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), {23, 14, 0}, UNSET, 0, 0},
      {SLA_STATE_RUNNING, 0, {23, 12, 0}, UNSET, MINUTES(60), {23, 17, 0}, UNSET, MINUTES(180), 0}}},
    {"§7.1 one event may stop and start",
     "update",
     "normal",
     {23, 10, 0},
     {{"updated", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 12, 0}, MINUTES(120), {23, 14, 0}, UNSET, 0, 0},
      {SLA_STATE_RUNNING, 0, {23, 12, 0}, UNSET, MINUTES(60), {23, 16, 0}, UNSET, MINUTES(180), 0}}},
    {"§7.1 a change at the start comes first",
     "keep",
     "normal",
     {23, 10, 0},
     {{"=slow", 23, 10, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {24, 10, 0}, UNSET, MINUTES(360), 0}}},
    {"§7.1 a change follows the stop of its instant",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"resolved", 23, 12, 0}, {"=none", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 12, 0}, MINUTES(120), {23, 14, 0}, UNSET, 0, 0}}},
    {"§7.1 events after now have not happened",
     "response",
     "normal",
     {23, 10, 0},
     {{"responded", 23, 11, 0}},
     {23, 10, 59},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(59), {23, 14, 0}, UNSET, MINUTES(181), 0}}},
    {"§7.1 events at now have",
     "response",
     "normal",
     {23, 10, 0},
     {{"responded", 23, 11, 0}},
     {23, 11, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), {23, 14, 0}, UNSET, 0, 0}}},
};

static void events_of_one_instant_have_an_order(void **state) {
    (void)state;
    CHECK_LIVES(ordered_lives);
}

static const life paused_lives[] = {
    {"§7.2 no pause within a pause, no resume without",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"answered", 23, 10, 30}, {"waiting", 23, 11, 0}, {"waiting", 23, 11, 30}, {"answered", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {23, 15, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.2 a pause before the start counts from the start on",
     "handling",
     "normal",
     {23, 9, 0},
     {{"waiting", 23, 9, 30}, {"assigned", 23, 10, 0}, {"answered", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(60), {23, 15, 0}, UNSET, MINUTES(180), 0}}},
    {"§7.2 a pause still on at a stop is on in the next cycle",
     "next",
     "normal",
     {23, 9, 0},
     {{"asked", 23, 10, 0}, {"waiting", 23, 11, 0}, {"replied", 23, 12, 0}, {"asked", 23, 13, 0}},
     {23, 14, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 12, 0}, MINUTES(60), UNSET, UNSET, 0, 0},
      {SLA_STATE_PAUSED, 0, {23, 13, 0}, UNSET, 0, UNSET, {24, 10, 0}, MINUTES(240), 0}}},
    {"§7.2 no cycle follows a cancel",
     "next",
     "normal",
     {23, 9, 0},
     {{"asked", 23, 10, 0}, {"withdrawn", 23, 11, 0}, {"asked", 23, 12, 0}},
     {23, 14, 0},
     {{SLA_STATE_CANCELLED, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), UNSET, UNSET, 0, 0}}},
    {"§7.3 paused: no due time, but one if resumed",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}},
     {23, 20, 0},
     {{SLA_STATE_PAUSED, SLA_CYCLE_OUTSIDE_HOURS, {23, 10, 0}, UNSET, MINUTES(60), UNSET, {24, 12, 0}, MINUTES(180), 0}}},
    {"§7.3 stopped while paused: met, without due time",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}, {"resolved", 27, 11, 0}},
     {30, 10, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {27, 11, 0}, MINUTES(60), UNSET, UNSET, 0, 0}}},
    {"§7.3 a pause at the due time changes it no more",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 14, 0}},
     {23, 15, 0},
     {{SLA_STATE_BREACHED, SLA_CYCLE_OPEN, {23, 10, 0}, UNSET, MINUTES(240), {23, 14, 0}, UNSET, 0, MINUTES(60)}}},
    {"§7.3 nor do later ones",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 14, 0}, {"answered", 23, 15, 0}, {"waiting", 23, 15, 30}, {"resolved", 23, 16, 0}},
     {23, 17, 0},
     {{SLA_STATE_BREACHED, 0, {23, 10, 0}, {23, 16, 0}, MINUTES(270), {23, 14, 0}, UNSET, 0, MINUTES(120)}}},
    {"§7.3 a minute before it does",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 13, 59}, {"answered", 23, 15, 0}},
     {23, 15, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(239), {23, 15, 1}, UNSET, MINUTES(1), 0}}},
    {"§7.3 a pause in closed time changes nothing",
     "resolution",
     "normal",
     {23, 15, 0},
     {{"waiting", 23, 17, 0}, {"answered", 24, 9, 0}},
     {24, 10, 0},
     {{SLA_STATE_RUNNING, 0, {23, 15, 0}, UNSET, MINUTES(180), {24, 11, 0}, UNSET, MINUTES(60), 0}}},
    {"§7.3 after the tie: closing is not yet the due time",
     "resolution",
     "slow",
     {23, 9, 0},
     {{"waiting", 23, 17, 0}, {"answered", 24, 12, 0}},
     {24, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 9, 0}, UNSET, MINUTES(480), {24, 12, 0}, UNSET, 0, 0}}},
    {"§7.3 the tie's due time is the opening, where a pause changes it no more",
     "resolution",
     "slow",
     {23, 9, 0},
     {{"waiting", 24, 9, 0}},
     {24, 9, 30},
     {{SLA_STATE_BREACHED, SLA_CYCLE_OPEN, {23, 9, 0}, UNSET, MINUTES(480), {24, 9, 0}, UNSET, 0, MINUTES(30)}}},
    {"§7.3 after the roll: paused before the rolled due time",
     "resolution",
     "rolled",
     {23, 8, 0},
     {{"waiting", 23, 21, 0}},
     {23, 22, 0},
     {{SLA_STATE_PAUSED, 0, {23, 8, 0}, UNSET, MINUTES(780), UNSET, {24, 9, 0}, 0, 0}}},
    {"§7.3 immediate, paused before the opening",
     "resolution",
     "at-once",
     {23, 20, 0},
     {{"waiting", 23, 21, 0}, {"answered", 24, 10, 0}},
     {24, 10, 0},
     {{SLA_STATE_RUNNING, 0, {23, 20, 0}, UNSET, 0, {24, 10, 0}, UNSET, 0, 0}}},
    {"§7.3 immediate, paused at the opening",
     "resolution",
     "at-once",
     {23, 20, 0},
     {{"waiting", 24, 9, 0}},
     {24, 10, 0},
     {{SLA_STATE_BREACHED, SLA_CYCLE_OPEN, {23, 20, 0}, UNSET, 0, {24, 9, 0}, UNSET, 0, MINUTES(60)}}},
    {"§7.3 business days: N + k",
     "resolution",
     "days",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}, {"answered", 24, 10, 0}, {"waiting", 24, 11, 0}, {"answered", 25, 10, 0}},
     {25, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(240), {27, 17, 0}, UNSET, SLA_NONE, 0}}},
    {"§7.3 business days: a pause over the weekend",
     "resolution",
     "days",
     {20, 10, 0},
     {{"waiting", 20, 18, 0}, {"answered", 22, 12, 0}},
     {23, 10, 0},
     {{SLA_STATE_RUNNING, 0, {20, 10, 0}, UNSET, MINUTES(480), {24, 17, 0}, UNSET, SLA_NONE, 0}}},
};

static void pauses_do_not_count(void **state) {
    (void)state;
    CHECK_LIVES(paused_lives);
}

static const life cycling_lives[] = {
    {"§7.4 later starts are ignored",
     "handling",
     "normal",
     {23, 9, 0},
     {{"assigned", 23, 10, 0}, {"resolved", 23, 11, 0}, {"assigned", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), {23, 14, 0}, UNSET, 0, 0}}},
    {"§7.4 reopened: the time between is a pause",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"resolved", 23, 12, 0}, {"reopened", 25, 10, 0}},
     {25, 11, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(180), {25, 12, 0}, UNSET, MINUTES(60), 0}}},
    {"§7.4 reopened after it was resolved while paused",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}, {"resolved", 23, 12, 0}, {"answered", 23, 13, 0}, {"reopened", 23, 14, 0}},
     {23, 15, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {23, 17, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.4 reopened, and the pause is still on",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}, {"resolved", 23, 12, 0}, {"reopened", 23, 14, 0}, {"answered", 23, 15, 0}},
     {23, 16, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {24, 10, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.3 paused in the second of its reopening: at the due time that the pause before it gave",
     "resolution",
     "at-once",
     {23, 7, 0},
     {{"resolved", 23, 7, 0}, {"reopened", 23, 12, 0}, {"waiting", 23, 12, 0}, {"answered", 23, 13, 0}},
     {23, 14, 0},
     {{SLA_STATE_BREACHED, SLA_CYCLE_OPEN, {23, 7, 0}, UNSET, MINUTES(60), {23, 12, 0}, UNSET, 0, MINUTES(120)}}},
    {"§7.4 reopened after a late stop: still late",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"resolved", 23, 15, 0}, {"reopened", 24, 10, 0}, {"resolved", 24, 11, 0}},
     {24, 12, 0},
     {{SLA_STATE_BREACHED, 0, {23, 10, 0}, {24, 11, 0}, MINUTES(360), {23, 14, 0}, UNSET, 0, MINUTES(300)}}},
    {"§7.4 a cycle at each first start after a stop",
     "next",
     "normal",
     {23, 9, 0},
     {{"asked", 23, 10, 0},
      {"asked", 23, 11, 0},
      {"replied", 23, 15, 0},
      {"replied", 23, 15, 30},
      {"asked", 23, 16, 0},
      {"replied", 24, 9, 0}},
     {24, 9, 0},
     {{SLA_STATE_BREACHED, 0, {23, 10, 0}, {23, 15, 0}, MINUTES(300), {23, 14, 0}, UNSET, 0, MINUTES(60)},
      {SLA_STATE_MET, 0, {23, 16, 0}, {24, 9, 0}, MINUTES(60), {24, 12, 0}, UNSET, 0, 0}}},
    {"§7.5 each cycle starts under the facts of its time",
     "next",
     "normal",
     {23, 9, 0},
     {{"asked", 23, 10, 0}, {"replied", 23, 11, 0}, {"=slow", 23, 11, 30}, {"asked", 23, 12, 0}},
     {23, 12, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 11, 0}, MINUTES(60), {23, 14, 0}, UNSET, 0, 0},
      {SLA_STATE_RUNNING, 0, {23, 12, 0}, UNSET, 0, {24, 12, 0}, UNSET, MINUTES(480), 0}}},
};

static void cycles_and_reopening(void **state) {
    (void)state;
    CHECK_LIVES(cycling_lives);
}

static const life changing_lives[] = {
    {"§7.5 keep",
     "keep",
     "normal",
     {23, 10, 0},
     {{"=slow", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {23, 14, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.5 from the start",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"=slow", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {24, 10, 0}, UNSET, MINUTES(360), 0}}},
    {"§7.5 restart: used time from the change, the start stays",
     "restart",
     "normal",
     {23, 10, 0},
     {{"=slow", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(60), {24, 11, 0}, UNSET, MINUTES(420), 0}}},
    {"§7.5 restart within a pause: it goes on",
     "restart",
     "normal",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}, {"=slow", 23, 12, 0}, {"answered", 23, 13, 0}},
     {23, 14, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(60), {24, 13, 0}, UNSET, MINUTES(420), 0}}},
    {"§7.5 a change of tier",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"+gold", 23, 11, 0}},
     {23, 11, 30},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(90), {23, 12, 0}, UNSET, MINUTES(30), 0}}},
    {"§7.5 the same row decides: nothing",
     "restart",
     "normal",
     {23, 10, 0},
     {{"+silver", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(120), {23, 14, 0}, UNSET, MINUTES(120), 0}}},
    {"§7.5 used time before the change on the calendar then in force",
     "resolution",
     "normal",
     {23, 15, 30},
     {{"=wide", 23, 18, 0}},
     {23, 19, 0},
     {{SLA_STATE_RUNNING, 0, {23, 15, 30}, UNSET, MINUTES(150), {23, 20, 30}, UNSET, MINUTES(90), 0}}},
    {"§7.5 under no target on the calendar of the new one",
     "resolution",
     "none",
     {23, 15, 30},
     {{"=wide", 23, 18, 0}},
     {23, 19, 0},
     {{SLA_STATE_RUNNING, 0, {23, 15, 30}, UNSET, MINUTES(210), {23, 19, 30}, UNSET, MINUTES(30), 0}}},
    {"§7.5 best effort between two calendars",
     "resolution",
     "normal",
     {23, 15, 30},
     {{"=best", 23, 16, 30}, {"=wide", 23, 18, 0}},
     {23, 19, 0},
     {{SLA_STATE_RUNNING, 0, {23, 15, 30}, UNSET, MINUTES(210), {23, 19, 30}, UNSET, MINUTES(30), 0}}},
    {"§7.5 immediate is taken from the start on the new calendar alone",
     "resolution",
     "normal",
     {23, 20, 0},
     {{"=at-once-wide", 23, 20, 30}},
     {23, 21, 0},
     {{SLA_STATE_BREACHED, SLA_CYCLE_OPEN, {23, 20, 0}, UNSET, MINUTES(60), {23, 20, 0}, UNSET, 0, MINUTES(60)}}},
    {"§7.5 and so are business days",
     "resolution",
     "normal",
     {21, 10, 0},
     {{"=days-wide", 21, 12, 0}},
     {21, 12, 0},
     {{SLA_STATE_RUNNING, 0, {21, 10, 0}, UNSET, MINUTES(120), {22, 10, 0}, UNSET, SLA_NONE, 0}}},
    {"§7.5 to no target: no figures",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"=none", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_NO_TARGET, 0, {23, 10, 0}, UNSET, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.5 and back",
     "resolution",
     "normal",
     {23, 10, 0},
     {{"=none", 23, 11, 0}, {"=normal", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(180), {23, 14, 0}, UNSET, MINUTES(60), 0}}},
    {"§7.5 restart from no target: from the change",
     "restart",
     "none",
     {23, 10, 0},
     {{"=normal", 23, 12, 0}},
     {23, 13, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(60), {23, 16, 0}, UNSET, MINUTES(180), 0}}},
};

static void changes_in_mid_clock(void **state) {
    (void)state;
    CHECK_LIVES(changing_lives);
}

static const life ending_lives[] = {
    {"§7.6 not started",
     "handling",
     "normal",
     {23, 10, 0},
     {{NULL, 0, 0, 0}},
     {23, 12, 0},
     {{SLA_STATE_NOT_STARTED, 0, UNSET, UNSET, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.6 not received yet",
     "response",
     "normal",
     {23, 10, 0},
     {{NULL, 0, 0, 0}},
     {23, 9, 59},
     {{SLA_STATE_NOT_STARTED, 0, UNSET, UNSET, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.6 running, outside hours",
     "response",
     "normal",
     {23, 16, 0},
     {{NULL, 0, 0, 0}},
     {23, 18, 0},
     {{SLA_STATE_RUNNING, SLA_CYCLE_OUTSIDE_HOURS, {23, 16, 0}, UNSET, MINUTES(60), {24, 12, 0}, UNSET, MINUTES(180), 0}}},
    {"§4.4 at the due time: not breached",
     "response",
     "normal",
     {23, 10, 0},
     {{NULL, 0, 0, 0}},
     {23, 14, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(240), {23, 14, 0}, UNSET, 0, 0}}},
    {"§4.4 grace moves the verdict, not the due time",
     "response",
     "graced",
     {23, 10, 0},
     {{NULL, 0, 0, 0}},
     {23, 15, 0},
     {{SLA_STATE_RUNNING, 0, {23, 10, 0}, UNSET, MINUTES(300), {23, 14, 0}, UNSET, 0, 0}}},
    {"§4.4 met within the grace",
     "response",
     "graced",
     {23, 10, 0},
     {{"responded", 23, 15, 0}},
     {24, 15, 0},
     {{SLA_STATE_MET, 0, {23, 10, 0}, {23, 15, 0}, MINUTES(300), {23, 14, 0}, UNSET, 0, 0}}},
    {"§4.4 late after it, from the due time on",
     "response",
     "graced",
     {23, 10, 0},
     {{"responded", 23, 15, 1}},
     {24, 15, 0},
     {{SLA_STATE_BREACHED, 0, {23, 10, 0}, {23, 15, 1}, MINUTES(301), {23, 14, 0}, UNSET, 0, MINUTES(61)}}},
    {"§4.4 grace runs on the row's calendar",
     "response",
     "graced",
     {23, 13, 0},
     {{"responded", 24, 10, 0}},
     {24, 15, 0},
     {{SLA_STATE_MET, 0, {23, 13, 0}, {24, 10, 0}, MINUTES(300), {23, 17, 0}, UNSET, 0, 0}}},
    {"§7.6 best effort, stopped",
     "response",
     "best",
     {23, 10, 0},
     {{"responded", 23, 15, 0}},
     {24, 15, 0},
     {{SLA_STATE_BEST_EFFORT, 0, {23, 10, 0}, {23, 15, 0}, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.6 no target, stopped",
     "response",
     "none",
     {23, 10, 0},
     {{"responded", 23, 15, 0}},
     {24, 15, 0},
     {{SLA_STATE_NO_TARGET, 0, {23, 10, 0}, {23, 15, 0}, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.2 cancelled, whatever its target",
     "response",
     "none",
     {23, 10, 0},
     {{"withdrawn", 23, 15, 0}},
     {24, 15, 0},
     {{SLA_STATE_CANCELLED, 0, {23, 10, 0}, {23, 15, 0}, SLA_NONE, UNSET, UNSET, 0, 0}}},
    {"§7.7 due beyond the horizon: running",
     "resolution",
     "endless",
     {23, 10, 0},
     {{NULL, 0, 0, 0}},
     {23, 11, 0},
     {{SLA_STATE_RUNNING,
       SLA_CYCLE_BEYOND_HORIZON,
       {23, 10, 0},
       UNSET,
       MINUTES(60),
       UNSET,
       UNSET,
       INT64_C(3000000000) - MINUTES(60),
       0}}},
    {"§7.7 or paused",
     "resolution",
     "endless",
     {23, 10, 0},
     {{"waiting", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_PAUSED,
       SLA_CYCLE_BEYOND_HORIZON,
       {23, 10, 0},
       UNSET,
       MINUTES(60),
       UNSET,
       UNSET,
       INT64_C(3000000000) - MINUTES(60),
       0}}},
    {"§7.7 or met",
     "resolution",
     "endless",
     {23, 10, 0},
     {{"resolved", 23, 11, 0}},
     {23, 12, 0},
     {{SLA_STATE_MET, SLA_CYCLE_BEYOND_HORIZON, {23, 10, 0}, {23, 11, 0}, MINUTES(60), UNSET, UNSET, 0, 0}}},
};

static void states_and_flags(void **state) {
    (void)state;
    CHECK_LIVES(ending_lives);
}

static void invalid_requests_say_what_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *rule;
        int32_t tier;
        sla_event event;
        sla_change changes[2];
        size_t change_count;
        int64_t index;
        const char *path;
        const char *message;
    } cases[] = {
        {"unknown tier", SLA_UNKNOWN, {0}, {{0}}, 0, -1, "", "silver, gold"},
        {"a tier that is no index", 7, {0}, {{0}}, 0, -1, "", "silver, gold"},
        {"an event before the receipt",
         SLA_UNSAID,
         {-60, SLA_UNKNOWN, 0},
         {{0}},
         0,
         0,
         "events[0]",
         "2026-11-23T09:59:00Z"},
        {"an event beyond the horizon", SLA_UNSAID, {SLA_HORIZON_END, 0, 0}, {{0}}, 0, 0, "events[0]", "horizon"},
        {"a change before the receipt",
         SLA_UNSAID,
         {0},
         {{60, 0, 1}, {-1, 0, 1}},
         2,
         1,
         "changes[1]",
         "2026-11-23T09:59:59Z"},
        {"a change to an unknown criterion", SLA_UNSAID, {0}, {{60, 0, SLA_UNKNOWN}}, 1, 0, "changes[0]", "at-once"},
        {"a change to no tier", SLA_UNSAID, {0}, {{60, SLA_CHANGED_TIER, SLA_UNSAID}}, 1, 0, "changes[0]", "silver"},
        {"two changes of one fact, also after now",
         SLA_UNSAID,
         {0},
         {{86400, 0, 1}, {86400, 0, 2}},
         2,
         1,
         "changes[1]",
         "criterion"},
    };
    sla_contract *const contract = make_agreement("clocks", "UTC");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_error error;
        sla_cycle cycle;
        size_t count = 9;
        history told = {.request = request_at(at(23, 10, 0)), .change_count = cases[i].change_count};
        told.request.tier = cases[i].tier;
        told.events[0] = cases[i].event;
        told.event_count = cases[i].event.at != 0;
        if (told.events[0].at < at(23, 10, 0)) {
            told.events[0].at += at(23, 10, 0);
        }
        for (size_t k = 0; k < cases[i].change_count; k++) {
            told.changes[k] = cases[i].changes[k];
            told.changes[k].at += at(23, 10, 0);
        }
        assert_int_equal(evaluate(contract, "response", &told, at(23, 11, 0), &cycle, &count, &error), SLA_INVALID_REQUEST);
        assert_int_equal(count, 0);
        assert_int_equal(error.code, SLA_INVALID_REQUEST);
        assert_int_equal(error.index, cases[i].index);
        assert_string_equal(error.path, cases[i].path);
        if (strstr(error.message, cases[i].message) == NULL) {
            fail_msg("§7.7 %s: '%s' does not say '%s'", cases[i].rule, error.message, cases[i].message);
        }
    }
    sla_contract_unref(contract);
}

static void receipts_and_now_lie_in_the_horizon(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("clocks", "UTC");
    sla_cycle cycle;
    size_t count;
    history told = {.request = request_at(SLA_HORIZON_END)};
    assert_int_equal(evaluate(contract, "response", &told, at(23, 11, 0), &cycle, &count, NULL), SLA_INVALID_REQUEST);
    told.request.received = SLA_HORIZON_BEGIN - 1;
    assert_int_equal(evaluate(contract, "response", &told, at(23, 11, 0), &cycle, &count, NULL), SLA_INVALID_REQUEST);
    told.request.received = SLA_HORIZON_BEGIN;
    assert_int_equal(evaluate(contract, "response", &told, SLA_HORIZON_END, &cycle, &count, NULL), SLA_HORIZON);
    assert_int_equal(evaluate(contract, "response", &told, SLA_HORIZON_END - 1, &cycle, &count, NULL), SLA_OK);
    sla_contract_unref(contract);
}

/* Two changes of one fact to one value at one instant, and of two facts, are no contradiction. */
static void changes_may_agree(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("clocks", "UTC");
    const int32_t slow = index_of(contract, SLA_ELEMENT_CRITERION, "slow");
    history told = {.request = request_at(at(23, 10, 0)), .change_count = 3};
    told.request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    told.changes[0] = (sla_change){at(23, 11, 0), SLA_CHANGED_CRITERION, slow};
    told.changes[1] = (sla_change){at(23, 11, 0), SLA_CHANGED_TIER, 1};
    told.changes[2] = told.changes[0];
    sla_cycle cycle;
    size_t count;
    assert_int_equal(evaluate(contract, "resolution", &told, at(23, 12, 0), &cycle, &count, NULL), SLA_OK);
    assert_int_equal(cycle.due, at(24, 10, 0));
    sla_contract_unref(contract);
}

enum { MANY_CYCLES = 500, EVENTS_OF_MANY = 1000 };

/* Long histories take room from the heap, give every cycle, and say how many there are when there is no room for them. */
static void long_histories(void **state) {
    (void)state;
    static sla_event events[EVENTS_OF_MANY];
    static sla_cycle cycles[MANY_CYCLES];
    sla_contract *const contract = make_agreement("clocks", "UTC");
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "next");
    const int32_t asked = index_of(contract, SLA_ELEMENT_EVENT, "asked");
    const int32_t replied = index_of(contract, SLA_ELEMENT_EVENT, "replied");
    sla_request request = request_at(at(23, 9, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    for (size_t i = 0; i < MANY_CYCLES; i++) { /* handed over with the last first */
        const int64_t start = at(23, 9, 0) + (int64_t)(MANY_CYCLES - i) * 600;
        events[2 * i] = (sla_event){start + 300, replied, 0};
        events[2 * i + 1] = (sla_event){start, asked, 0};
    }
    size_t count = 0;
    assert_int_equal(sla_clock_evaluate(contract, metric, &request, events, EVENTS_OF_MANY, NULL, 0, at(30, 9, 0), cycles,
                                        MANY_CYCLES, &count, NULL),
                     SLA_OK);
    assert_int_equal(count, MANY_CYCLES);
    for (size_t i = 0; i < MANY_CYCLES; i++) {
        assert_int_equal(cycles[i].started, at(23, 9, 0) + (int64_t)(i + 1) * 600);
        assert_int_equal(cycles[i].state, SLA_STATE_MET);
    }
    sla_cycle few[2];
    sla_error error;
    assert_int_equal(sla_clock_evaluate(contract, metric, &request, events, EVENTS_OF_MANY, NULL, 0, at(30, 9, 0), few, 2,
                                        &count, &error),
                     SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, MANY_CYCLES);
    assert_memory_equal(few, cycles, sizeof few);
    sla_contract_unref(contract);
}

static void unusable_calls_are_told(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("clocks", "UTC");
    const sla_request request = request_at(at(23, 9, 0));
    sla_request reserved = request;
    reserved.reserved[0] = 1;
    const sla_event no_event = {at(23, 9, 0), 4000, 0};
    const sla_change no_fact = {at(23, 9, 0), 7, 0};
    const int64_t now = at(23, 10, 0);
    sla_cycle cycle;
    size_t count = 5;
    sla_error error;
    const sla_status found[] = {
        sla_clock_evaluate(NULL, 0, &request, NULL, 0, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 0, NULL, NULL, 0, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 99, &request, NULL, 0, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, -1, &request, NULL, 0, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 0, &request, NULL, 1, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 1, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, now, NULL, 1, &count, &error),
        sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, now, &cycle, 1, NULL, &error),
        sla_clock_evaluate(contract, 0, &request, &no_event, 1, NULL, 0, now, &cycle, 1, &count, &error),
        sla_clock_evaluate(contract, 0, &request, NULL, 0, &no_fact, 1, now, &cycle, 1, &count, NULL),
        sla_clock_evaluate(contract, 0, &reserved, NULL, 0, NULL, 0, now, &cycle, 1, &count, NULL),
    };
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        assert_int_equal(found[i], SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(count, 0);
    assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, now, NULL, 0, &count, NULL),
                     SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 1);
    sla_contract_unref(contract);
}

static void states_have_names(void **state) {
    (void)state;
    assert_string_equal(sla_state_name(SLA_STATE_NOT_STARTED), "not-started");
    assert_string_equal(sla_state_name(SLA_STATE_BEST_EFFORT), "best-effort");
    assert_null(sla_state_name(-1));
    assert_null(sla_state_name(SLA_STATE_BEST_EFFORT + 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_of_one_instant_have_an_order),
        cmocka_unit_test(pauses_do_not_count),
        cmocka_unit_test(cycles_and_reopening),
        cmocka_unit_test(changes_in_mid_clock),
        cmocka_unit_test(states_and_flags),
        cmocka_unit_test(invalid_requests_say_what_is_wrong),
        cmocka_unit_test(receipts_and_now_lie_in_the_horizon),
        cmocka_unit_test(changes_may_agree),
        cmocka_unit_test(long_histories),
        cmocka_unit_test(unusable_calls_are_told),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
