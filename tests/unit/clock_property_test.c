/* SPDX-License-Identifier: MIT */
/*
 * Random lives of requests against a slow oracle that knows nothing of C(t): it holds time as a row of ticks of half an
 * hour and walks them, one by one, as §7 reads. All windows, targets and happenings fall on ticks, so that ties are
 * frequent.
 */
#include "random_lives.h"

enum { CONTRACTS = 150, LIVES = 80 };

/* ---- The oracle: due times by walking ticks (§4, §3.4) ---- */

static int32_t next_open(const bool *open, int32_t tick) {
    while (tick < TICKS && !open[tick]) {
        tick++;
    }
    return tick;
}

static int32_t roll(const world *in, const sla_target *row, int32_t tick) {
    if (tick >= TICKS || row->roll < 0) {
        return tick;
    }
    const bool *const open = in->open[row->roll];
    return open[tick] || (tick > 0 && open[tick - 1]) ? tick : next_open(open, tick);
}

static bool is_business_day(const bool *open, int32_t day) {
    for (int32_t i = 0; i < TICKS_A_DAY; i++) {
        if (open[day * TICKS_A_DAY + i]) {
            return true;
        }
    }
    return false;
}

static int32_t next_business_day(const bool *open, int32_t day) {
    do {
        day++;
    } while (day < DAYS && !is_business_day(open, day));
    return day;
}

static int32_t end_of_business(const bool *open, int32_t day, const sla_target *row) {
    int32_t end = (day + 1) * TICKS_A_DAY;
    if (row->by >= 0) {
        return day * TICKS_A_DAY + row->by / TICK;
    }
    while (!open[end - 1]) {
        end--;
    }
    return end;
}

static int32_t add_business_days(const world *in, const sla_target *row, int32_t start, int32_t days) {
    const bool *const open = in->open[row->calendar];
    const int32_t first = next_open(open, start);
    if (first >= TICKS) {
        return BEYOND;
    }
    int32_t day = first / TICKS_A_DAY;
    for (; days > 0 && day < DAYS; days--) {
        day = next_business_day(open, day);
    }
    while (day < DAYS && end_of_business(open, day, row) < first) {
        day = next_business_day(open, day);
    }
    return day < DAYS ? end_of_business(open, day, row) : BEYOND;
}

static int32_t business_day_number(const bool *open, int32_t tick) {
    const int32_t first = next_open(open, tick);
    int32_t number = 0;
    for (int32_t day = 0; day < first / TICKS_A_DAY; day++) {
        number += is_business_day(open, day);
    }
    return first < TICKS ? number : BEYOND;
}

/* What a target clock counts: the ticks that are open on the calendar in force, less the paused ones. */
typedef struct course {
    const world *in;
    const sla_target *row;
    int32_t base;
    int32_t calendar[TICKS];
    bool paused[TICKS]; /* the pauses that have been taken */
    int32_t paused_days;
    bool lost; /* business days that lead beyond the horizon */
} course;

static bool counts(const course *of, int32_t tick) {
    return of->in->open[of->calendar[tick]][tick] && !of->paused[tick];
}

static int32_t due_of_duration(const course *of) {
    const bool immediate = of->row->kind == SLA_TARGET_IMMEDIATE;
    int64_t remaining = immediate ? 0 : of->row->amount / TICK;
    int32_t tick = of->base;
    for (; tick < TICKS && remaining > 0; tick++) {
        remaining -= counts(of, tick);
    }
    if (remaining > 0) {
        return BEYOND;
    }
    while ((immediate || of->row->tie == SLA_TIE_NEXT_OPEN) && tick < TICKS && !counts(of, tick)) {
        tick++;
    }
    return tick;
}

static int32_t due_of(const course *of) {
    if (of->row->kind != SLA_TARGET_BUSINESS_DAYS) {
        return roll(of->in, of->row, due_of_duration(of));
    }
    return of->lost ? BEYOND
                    : roll(of->in, of->row,
                           add_business_days(of->in, of->row, of->base, (int32_t)of->row->amount + of->paused_days));
}

static void take_pause(course *of, int32_t begin, int32_t end) {
    const bool *const open = of->in->open[of->row->calendar];
    const int32_t last = business_day_number(open, end);
    of->lost = of->lost || last == BEYOND;
    of->paused_days += of->lost ? 0 : last - business_day_number(open, begin);
    for (int32_t tick = begin; tick < end; tick++) {
        of->paused[tick] = true;
    }
}

/* ---- The oracle: a cycle (§7) ---- */

typedef struct run {
    int32_t start;
    int32_t end; /* stop, cancellation or now */
    bool stopped;
    bool cancelled;
    bool paused_at_end;
    int32_t paused_from; /* the tick at which the pause that is on at the end began */
    bool active[TICKS];  /* running and not paused */
} run;

/* The criterion in force in each tick, after the changes at its beginning. */
static void read_criteria(const life *lived, int32_t criteria[TICKS]) {
    for (int32_t tick = 0; tick < TICKS; tick++) {
        criteria[tick] = lived->criterion;
        for (size_t i = 0; i < lived->change_count; i++) {
            if (lived->changes[i].tick <= tick && lived->changes[i].tick <= lived->now) {
                criteria[tick] = lived->changes[i].criterion;
            }
        }
    }
}

static bool has_due(const sla_target *row) {
    return row->kind >= 0 && row->kind != SLA_TARGET_BEST_EFFORT;
}

/* Changes follow the events of their tick, but at the start they come first. */
static int32_t last_tick_of_changes(const run *one) {
    return one->stopped && one->end > one->start ? one->end - 1 : one->end;
}

/* Two criteria without a row have the same row: none. */
static bool same_row(const world *in, int32_t left, int32_t right) {
    return left == right || (in->rows[left].kind < 0 && in->rows[right].kind < 0);
}

static void lay_course(const world *in, const int32_t *criteria, const run *one, course *laid) {
    const int32_t last = last_tick_of_changes(one);
    const bool keeps = in->behaviour.on_change == SLA_CHANGE_KEEP;
    const int32_t criterion = criteria[keeps ? one->start : last];
    memset(laid, 0, sizeof *laid);
    laid->in = in;
    laid->row = &in->rows[criterion];
    laid->base = one->start;
    for (int32_t tick = one->start + 1; in->behaviour.on_change == SLA_CHANGE_RESTART && tick <= last; tick++) {
        laid->base = same_row(in, criteria[tick], criteria[tick - 1]) ? laid->base : tick;
    }
    for (int32_t tick = TICKS - 1; tick >= 0; tick--) { /* from the end: without a target, the next one's calendar */
        const sla_target *const row = &in->rows[criteria[tick <= last ? tick : last]];
        const bool own = has_due(row) && !keeps && laid->row->kind == SLA_TARGET_DURATION && tick <= last;
        laid->calendar[tick] = own ? row->calendar : tick < TICKS - 1 ? laid->calendar[tick + 1] : laid->row->calendar;
    }
}

static int32_t count_used(const course *of, const run *one) {
    int32_t used = 0;
    for (int32_t tick = of->base; tick < one->end; tick++) {
        used += one->active[tick] && of->in->open[of->calendar[tick]][tick];
    }
    return used;
}

static int32_t count_active(const course *of, const run *one) {
    int32_t active = 0;
    for (int32_t tick = of->base; tick < one->end; tick++) {
        active += one->active[tick];
    }
    return active;
}

/* The earliest tick by which `count` of a calendar's open ticks have passed. */
static int32_t after_open(const bool *open, int32_t tick, int64_t count) {
    for (; tick < TICKS && count > 0; tick++) {
        count -= open[tick];
    }
    return count > 0 ? BEYOND : tick;
}

typedef struct outcome {
    int32_t due;
    bool paused;
    int32_t if_resumed;
} outcome;

/* Takes the pauses in order (§7.3). */
static outcome find_due(course *of, const run *one, int32_t now) {
    int32_t due = due_of(of);
    for (int32_t begin = of->base; begin < one->end; begin++) {
        if (one->active[begin]) {
            continue;
        }
        int32_t end = begin;
        while (end < one->end && !one->active[end]) {
            end++;
        }
        if (begin >= due) {
            return (outcome){due, false, BEYOND};
        }
        const bool still_on = end == one->end && one->paused_at_end;
        take_pause(of, begin, still_on ? now : end);
        due = due_of(of);
        if (still_on) {
            return (outcome){BEYOND, true, due};
        }
        begin = end;
    }
    const bool just_paused = one->paused_at_end && one->end < due && (one->paused_from >= one->end || of->base == one->end);
    if (just_paused) {
        take_pause(of, one->end, now);
        return (outcome){BEYOND, true, due_of(of)};
    }
    return (outcome){due, false, BEYOND};
}

static int64_t seconds_of(int32_t tick) {
    return tick >= BEYOND ? SLA_NONE : (int64_t)tick * TICK;
}

static sla_cycle judge(const world *in, const int32_t *criteria, const run *one, int32_t now) {
    static course laid;
    sla_cycle cycle = {.target = 0,
                       .started = seconds_of(one->start),
                       .stopped = SLA_NONE,
                       .used = SLA_NONE,
                       .due = SLA_NONE,
                       .limit = SLA_NONE,
                       .due_if_resumed = SLA_NONE,
                       .remaining = SLA_NONE,
                       .late = SLA_NONE};
    lay_course(in, criteria, one, &laid);
    cycle.used_elapsed = (int64_t)count_active(&laid, one) * TICK;
    cycle.stopped = one->stopped ? seconds_of(one->end) : SLA_NONE;
    cycle.state = one->cancelled ? SLA_STATE_CANCELLED : laid.row->kind < 0 ? SLA_STATE_NO_TARGET : SLA_STATE_BEST_EFFORT;
    if (!has_due(laid.row)) {
        return cycle;
    }
    cycle.used = (int64_t)count_used(&laid, one) * TICK;
    if (one->cancelled) {
        return cycle;
    }
    const outcome found = find_due(&laid, one, now);
    const bool *const open = in->open[laid.row->calendar];
    const int32_t limit = found.due < BEYOND ? after_open(open, found.due, laid.row->grace / TICK) : BEYOND;
    const bool late = limit < BEYOND && one->end > limit;
    cycle.due = seconds_of(found.due);
    cycle.limit = seconds_of(limit);
    cycle.due_if_resumed = found.paused && !one->stopped ? seconds_of(found.if_resumed) : SLA_NONE;
    cycle.state = late           ? SLA_STATE_BREACHED
                  : one->stopped ? SLA_STATE_MET
                  : found.paused ? SLA_STATE_PAUSED
                                 : SLA_STATE_RUNNING;
    if (late) {
        cycle.late = 0;
        for (int32_t tick = found.due; tick < one->end; tick++) {
            cycle.late += open[tick] * (int64_t)TICK;
        }
        cycle.flags |= one->stopped ? 0 : SLA_CYCLE_OPEN;
    } else if (!one->stopped) {
        const int64_t left = laid.row->amount - cycle.used;
        cycle.remaining = laid.row->kind == SLA_TARGET_BUSINESS_DAYS           ? SLA_NONE
                          : laid.row->kind == SLA_TARGET_IMMEDIATE || left < 0 ? 0
                                                                               : left;
        cycle.flags |= open[now] ? 0 : SLA_CYCLE_OUTSIDE_HOURS;
    }
    const bool beyond = found.paused ? !one->stopped && found.if_resumed >= BEYOND : found.due >= BEYOND;
    cycle.flags |= beyond ? SLA_CYCLE_BEYOND_HORIZON : 0;
    return cycle;
}

/* ---- The oracle: events, tick by tick (§7.1, §7.2, §7.4) ---- */

typedef struct simulation {
    const world *in;
    const life *lived;
    int32_t criteria[TICKS];
    run current;
    bool started;
    bool running;
    bool paused;
    int32_t paused_from;
    bool over;
    sla_cycle cycles[CYCLES];
    size_t count;
} simulation;

static bool happens(const life *lived, int32_t tick, int32_t event) {
    for (size_t i = 0; i < lived->event_count; i++) {
        if (lived->events[i].tick == tick && lived->events[i].event == event) {
            return true;
        }
    }
    return false;
}

static void close_cycle(simulation *now) {
    now->cycles[now->count++] = judge(now->in, now->criteria, &now->current, now->lived->now);
}

static void simulate_start(simulation *now, int32_t tick) {
    const sla_metric *const behaviour = &now->in->behaviour;
    if (now->running || (now->started && !behaviour->repeats && behaviour->reopen == SLA_REOPEN_IGNORE)) {
        return;
    }
    if (!now->started || behaviour->repeats) {
        if (now->started) {
            close_cycle(now);
        }
        memset(&now->current, 0, sizeof now->current);
        now->current.start = tick;
    }
    now->current.stopped = false;
    now->started = now->running = true;
}

static void simulate_stop(simulation *now, int32_t tick, bool cancelled) {
    if (!now->running) {
        return;
    }
    now->current.end = tick;
    now->current.stopped = true;
    now->current.cancelled = cancelled;
    now->current.paused_at_end = now->paused;
    now->current.paused_from = now->paused_from;
    now->running = false;
    now->over = cancelled;
}

static void simulate_event(simulation *now, int32_t tick, int32_t event) {
    const bool receipt = event == BEGUN && now->in->starts_at_receipt && tick == now->lived->received;
    if (now->over || (!receipt && !happens(now->lived, tick, event))) {
        return;
    }
    switch (event) {
        case BEGUN:
            simulate_start(now, tick);
            break;
        case HELD:
            now->paused_from = now->paused ? now->paused_from : tick;
            now->paused = true;
            break;
        case FREED:
            now->paused = false;
            break;
        default:
            simulate_stop(now, tick, event == DROPPED);
            break;
    }
}

static void simulate(simulation *now) {
    static const int32_t when_running[] = {DROPPED, DONE, HELD, FREED, BEGUN};
    static const int32_t when_idle[] = {BEGUN, HELD, FREED, DROPPED, DONE};
    read_criteria(now->lived, now->criteria);
    for (int32_t tick = now->lived->received; tick <= now->lived->now; tick++) {
        const int32_t *const order = now->running ? when_running : when_idle;
        for (size_t i = 0; i < 5; i++) {
            simulate_event(now, tick, order[i]);
        }
        now->current.active[tick] = now->running && !now->paused;
    }
    if (now->running) {
        now->current.end = now->lived->now;
        now->current.paused_at_end = now->paused;
        now->current.paused_from = now->paused_from;
    }
    if (now->started) {
        close_cycle(now);
    }
}

/* ---- Properties ---- */

static void same(const char *what, int64_t found, int64_t expected, int32_t contract, int32_t number) {
    if (found != expected) {
        fail_msg("contract %d, life %d: %s is %lld, not %lld", (int)contract, (int)number, what, (long long)found,
                 (long long)expected);
    }
}

static void compare_cycles(const sla_cycle *found, const sla_cycle *expected, int32_t contract, int32_t number) {
    same("state", found->state, expected->state, contract, number);
    same("started", found->started, expected->started, contract, number);
    same("stopped", found->stopped, expected->stopped, contract, number);
    same("used", found->used, expected->used, contract, number);
    same("due", found->due, expected->due, contract, number);
    same("limit", found->limit, expected->limit, contract, number);
    same("due if resumed", found->due_if_resumed, expected->due_if_resumed, contract, number);
    same("remaining", found->remaining, expected->remaining, contract, number);
    same("used, elapsed", found->used_elapsed, expected->used_elapsed, contract, number);
    same("late", found->late, expected->late, contract, number);
    same("flags", found->flags, expected->flags, contract, number);
}

static void lives_agree_with_the_oracle(void **state) {
    (void)state;
    static world in;
    static simulation oracle;
    for (int32_t contract = 0; contract < CONTRACTS; contract++) {
        make_world(&in);
        for (int32_t number = 0; number < LIVES; number++) {
            life lived = random_life();
            drop_contradictions(&lived);
            sla_cycle cycles[CYCLES];
            size_t count = 0;
            assert_int_equal(evaluate(&in, &lived, cycles, &count), SLA_OK);
            memset(&oracle, 0, sizeof oracle);
            oracle.in = &in;
            oracle.lived = &lived;
            simulate(&oracle);
            if (oracle.count == 0) {
                assert_int_equal(cycles[0].state, SLA_STATE_NOT_STARTED);
            }
            same("cycles", (int64_t)count, oracle.count == 0 ? 1 : (int64_t)oracle.count, contract, number);
            for (size_t i = 0; i < oracle.count; i++) {
                compare_cycles(&cycles[i], &oracle.cycles[i], contract, number);
            }
        }
        sla_contract_unref(in.contract);
    }
}

/* §7.1: the order in which events and changes are handed over never matters. */
static void handing_over_in_another_order_changes_nothing(void **state) {
    (void)state;
    static world in;
    make_world(&in);
    for (int32_t number = 0; number < 1000; number++) {
        life lived = random_life();
        drop_contradictions(&lived);
        sla_cycle first[CYCLES];
        sla_cycle second[CYCLES];
        size_t first_count = 0;
        size_t second_count = 0;
        assert_int_equal(evaluate(&in, &lived, first, &first_count), SLA_OK);
        life shuffled = lived;
        for (size_t i = lived.event_count; i > 1; i--) {
            const size_t other = (size_t)up_to((int32_t)i - 1);
            shuffled.events[i - 1] = lived.events[other];
            lived.events[other] = lived.events[i - 1];
            lived.events[i - 1] = shuffled.events[i - 1];
        }
        for (size_t i = 0; i < lived.change_count; i++) {
            lived.changes[i] = shuffled.changes[lived.change_count - 1 - i];
        }
        assert_int_equal(evaluate(&in, &lived, second, &second_count), SLA_OK);
        assert_int_equal(first_count, second_count);
        assert_memory_equal(first, second, first_count * sizeof *first);
    }
    sla_contract_unref(in.contract);
}

/* §4.4: without changes and reopening, a verdict stays as `now` goes on. */
static void verdicts_stay(void **state) {
    (void)state;
    static world in;
    for (int32_t contract = 0; contract < 40; contract++) {
        do {
            if (in.contract != NULL) {
                sla_contract_unref(in.contract);
            }
            make_world(&in);
        } while (in.behaviour.reopen == SLA_REOPEN_RESUME);
        for (int32_t number = 0; number < 50; number++) {
            life lived = random_life();
            lived.change_count = 0;
            sla_cycle early[CYCLES];
            sla_cycle late[CYCLES];
            size_t early_count = 0;
            size_t late_count = 0;
            assert_int_equal(evaluate(&in, &lived, early, &early_count), SLA_OK);
            lived.now = soon_after(soon_after(lived.now));
            assert_int_equal(evaluate(&in, &lived, late, &late_count), SLA_OK);
            assert_true(late_count >= early_count);
            for (size_t i = 0; i < early_count; i++) {
                if (early[i].stopped != SLA_NONE) {
                    assert_memory_equal(&early[i], &late[i], sizeof *early);
                } else if (early[i].state == SLA_STATE_BREACHED && late[i].state != SLA_STATE_CANCELLED) {
                    same("state", late[i].state, SLA_STATE_BREACHED, contract, number);
                    same("due", late[i].due, early[i].due, contract, number);
                }
            }
        }
    }
    sla_contract_unref(in.contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lives_agree_with_the_oracle),
        cmocka_unit_test(handing_over_in_another_order_changes_nothing),
        cmocka_unit_test(verdicts_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
