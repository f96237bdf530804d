/* SPDX-License-Identifier: MIT */
/*
 * The next transition of a clock, against evaluation at the instants around it; and thresholds, against used time, which
 * evaluation gives.
 */
#include "random_lives.h"

enum { CONTRACTS = 60, LIVES = 60, GLANCES = 12, STEPS_MAX = 200 };

#define HORIZON ((int64_t)TICKS * TICK)

/* Forgets what happens after `now`: a transition is what happens if nothing else does. */
static void forget_later(told_life *told, int64_t now) {
    size_t events = 0;
    size_t changes = 0;
    for (size_t i = 0; i < told->event_count; i++) {
        if (told->events[i].at <= now) {
            told->events[events++] = told->events[i];
        }
    }
    for (size_t i = 0; i < told->change_count; i++) {
        if (told->changes[i].at <= now) {
            told->changes[changes++] = told->changes[i];
        }
    }
    told->event_count = events;
    told->change_count = changes;
}

static told_life random_told_life(const world *in, int64_t *now) {
    life lived = random_life();
    drop_contradictions(&lived);
    *now = (int64_t)lived.now * TICK + (one_in(2) ? 0 : up_to(TICK - 1));
    *now = *now < HORIZON ? *now : HORIZON - 1;
    return tell(in, &lived);
}

static sla_cycle last_cycle(const world *in, const told_life *told, int64_t now) {
    sla_cycle cycles[CYCLES];
    size_t count = 0;
    assert_int_equal(evaluate_told(in, told, now, cycles, &count), SLA_OK);
    return cycles[count - 1];
}

static bool next_of(const world *in, const told_life *told, int64_t now, const sla_threshold *thresholds, size_t count,
                    sla_transition *found) {
    size_t found_count = 0;
    assert_int_equal(sla_clock_next(in->contract, told->metric, &told->request, told->events, told->event_count,
                                    told->changes, told->change_count, now, thresholds, count, found, 1, &found_count,
                                    NULL),
                     SLA_OK);
    return found_count == 1;
}

static bool looks_the_same(const sla_cycle *left, const sla_cycle *right) {
    return left->state == right->state && left->flags == right->flags;
}

static int64_t random_between(int64_t from, int64_t until) {
    const int64_t wide = (int64_t)up_to(INT32_MAX - 1) * up_to(1 << 20) + up_to(1 << 20);
    return from + wide % (until - from);
}

/* Nothing changes in (now, until). */
static void expect_calm(const world *in, const told_life *told, int64_t now, int64_t until) {
    const sla_cycle before = last_cycle(in, told, now);
    if (until - 1 <= now) {
        return;
    }
    for (int32_t i = 0; i < GLANCES; i++) {
        const int64_t at = i == 0 ? until - 1 : i == 1 ? now + 1 : random_between(now + 1, until);
        const sla_cycle seen = last_cycle(in, told, at);
        if (!looks_the_same(&before, &seen)) {
            fail_msg("at %lld state %d and flags %d, at %lld state %d and flags %d, and nothing was foreseen",
                     (long long)now, (int)before.state, (int)before.flags, (long long)at, (int)seen.state, (int)seen.flags);
        }
    }
}

/* A clock changes at its transitions, as they say, and at no other instant. */
static void transitions_are_all_that_changes(void **state) {
    (void)state;
    static world in;
    for (int32_t contract = 0; contract < CONTRACTS; contract++) {
        make_world(&in);
        for (int32_t number = 0; number < LIVES; number++) {
            int64_t now;
            told_life told = random_told_life(&in, &now);
            sla_transition found;
            forget_later(&told, now);
            bool more = true;
            for (int32_t step = 0; more && step < STEPS_MAX; step++) {
                more = next_of(&in, &told, now, NULL, 0, &found);
                expect_calm(&in, &told, now, more ? found.at : HORIZON);
                if (more) {
                    const sla_cycle before = last_cycle(&in, &told, now);
                    const sla_cycle after = last_cycle(&in, &told, found.at);
                    assert_true(found.at > now);
                    assert_int_equal(found.state, after.state);
                    assert_int_equal(found.flags, after.flags);
                    assert_int_equal((found.changes & SLA_TRANSITION_STATE) != 0, before.state != after.state);
                    assert_int_equal((found.changes & SLA_TRANSITION_FLAGS) != 0, before.flags != after.flags);
                    assert_false(looks_the_same(&before, &after));
                    now = found.at;
                }
            }
        }
        sla_contract_unref(in.contract);
    }
}

/* What happens after `now` has not happened yet (§7.1): handing it over makes no difference. */
static void later_events_have_not_happened(void **state) {
    (void)state;
    static world in;
    make_world(&in);
    for (int32_t number = 0; number < 500; number++) {
        int64_t now;
        const told_life told = random_told_life(&in, &now);
        now = told.request.received + (now - told.request.received) / 2;
        told_life known = told;
        forget_later(&known, now);
        sla_transition with_later = {0};
        sla_transition without = {0};
        assert_int_equal(next_of(&in, &told, now, NULL, 0, &with_later), next_of(&in, &known, now, NULL, 0, &without));
        assert_memory_equal(&with_later, &without, sizeof without);
    }
    sla_contract_unref(in.contract);
}

/* ---- Thresholds ---- */

static bool is_ticking(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_RUNNING || cycle->state == SLA_STATE_PAUSED ||
           (cycle->state == SLA_STATE_BREACHED && cycle->stopped == SLA_NONE);
}

/* A share of a duration is reached when used time is (§7.3): at that second, and not one before. */
static void shares_are_read_from_used_time(void **state) {
    (void)state;
    static world in;
    int32_t reached = 0;
    for (int32_t contract = 0; contract < CONTRACTS; contract++) {
        make_world(&in);
        for (int32_t number = 0; number < LIVES; number++) {
            int64_t now;
            told_life told = random_told_life(&in, &now);
            forget_later(&told, now);
            const sla_cycle cycle = last_cycle(&in, &told, now);
            sla_target row;
            if (!is_ticking(&cycle) || sla_contract_get_target(in.contract, cycle.target, &row) != SLA_OK ||
                row.kind != SLA_TARGET_DURATION) {
                continue;
            }
            const sla_threshold share = {.kind = SLA_THRESHOLD_SHARE, .amount = up_to(1600), .action = -1};
            const int64_t needed = (row.amount * share.amount + 999) / 1000;
            sla_transition found = {.at = now};
            while (next_of(&in, &told, found.at, &share, 1, &found) && found.thresholds == 0) {
            }
            if (found.thresholds != 0) {
                reached++;
                assert_int_equal(last_cycle(&in, &told, found.at).used, needed);
                assert_true(found.at == cycle.started || last_cycle(&in, &told, found.at - 1).used < needed);
            } else {
                assert_true(cycle.used >= needed || last_cycle(&in, &told, HORIZON - 1).used <= needed);
            }
        }
        sla_contract_unref(in.contract);
    }
    assert_true(reached > 100);
}

/* A working week of nine to five, a request of Monday 23 November 2026 at ten, eight hours to do it: due on Tuesday at ten.
 */
static sla_contract *office_contract(void) {
    static const char document_text[] =
        "{sla: 1, name: Desk, time_zone: UTC, default_calendar: office,"
        " calendars: {office: {hours: {mon-fri: 09:00-17:00}}, watch: {hours: {mon-sun: 12:00-13:00}}},"
        " metrics: {work: {start: received, stop: done, pause: held, resume: freed},"
        "           days: {start: received, stop: done}, now: {start: received, stop: done},"
        "           slack: {start: received, stop: done}, none: {start: received, stop: done}},"
        " targets: [{metric: work, within: 8h}, {metric: days, within: 2 business days},"
        "           {metric: now, within: immediate}, {metric: slack, within: 1h, grace: 2h, roll: watch}]}";
    return contract_of_document(document_text);
}

typedef struct threshold_case {
    const char *rule;
    const char *metric;
    sla_threshold threshold;
    int64_t now;
    int64_t expected; /* SLA_NONE: never again */
    bool held;        /* paused on Monday from 12 to 14 */
} threshold_case;

enum { SHARE = SLA_THRESHOLD_SHARE, DUE = SLA_THRESHOLD_DUE, ELAPSED = SLA_BASIS_ELAPSED, WATCH = 2 };

static void thresholds_lie_where_their_kind_says(void **state) {
    (void)state;
    sla_contract *const contract = office_contract();
    const int64_t start = at(23, 10, 0);
    const threshold_case cases[] = {
        {"half of eight hours", "work", {SHARE, 0, 500, 0, 0, -1, {0}}, start, at(23, 14, 0), false},
        {"half, with a pause of two hours", "work", {SHARE, 0, 500, 0, 0, -1, {0}}, at(23, 14, 0), at(23, 16, 0), true},
        {"seven hours are used at closing time, the earliest (§3.2)",
         "work",
         {SHARE, 0, 875, 0, 0, -1, {0}},
         start,
         at(23, 17, 0),
         false},
        {"half of the day that passes until the due time",
         "work",
         {SHARE, ELAPSED, 500, 0, 0, -1, {0}},
         start,
         at(23, 22, 0),
         false},
        {"and without the pause: of 24 hours to 12:00",
         "work",
         {SHARE, ELAPSED, 500, 0, 0, -1, {0}},
         at(23, 15, 0),
         at(24, 0, 0),
         true},
        {"a quarter, again each quarter: the third",
         "work",
         {SHARE, 0, 250, 250, 0, -1, {0}},
         at(23, 14, 0),
         at(23, 16, 0),
         false},
        {"after the due time as well", "work", {SHARE, 0, 250, 250, 0, -1, {0}}, at(24, 10, 0), at(24, 12, 0), false},
        {"four times and no more", "work", {SHARE, 0, 250, 250, 4, -1, {0}}, at(24, 10, 0), SLA_NONE, false},
        {"three times and no more", "work", {SHARE, 0, 250, 250, 3, -1, {0}}, at(23, 16, 0), SLA_NONE, false},
        {"seven times and no more", "work", {DUE, 0, -HOUR, 600, 7, -1, {0}}, at(24, 10, 0), SLA_NONE, false},
        {"the third of three", "work", {SHARE, 0, 250, 250, 3, -1, {0}}, at(23, 14, 0), at(23, 16, 0), false},
        {"two hours before, on the calendar", "work", {DUE, 0, -2 * HOUR, 0, 0, -1, {0}}, start, at(23, 16, 0), false},
        {"one hour before is closing time and opening time: the latest (§3.2)",
         "work",
         {DUE, 0, -HOUR, 0, 0, -1, {0}},
         start,
         at(24, 9, 0),
         false},
        {"two hours before, elapsed", "work", {DUE, ELAPSED, -2 * HOUR, 0, 0, -1, {0}}, start, at(24, 8, 0), false},
        {"at the due time", "work", {DUE, 0, 0, 0, 0, -1, {0}}, start, at(24, 10, 0), false},
        {"a second before the due time, asked then",
         "work",
         {DUE, 0, 0, 0, 0, -1, {0}},
         at(24, 10, 0) - 1,
         at(24, 10, 0),
         false},
        {"asked at it, it is over", "work", {DUE, 0, 0, 0, 0, -1, {0}}, at(24, 10, 0), SLA_NONE, false},
        {"eight hours after, on the calendar", "work", {DUE, 0, 8 * HOUR, 0, 0, -1, {0}}, start, at(25, 10, 0), false},
        {"eight hours after, elapsed", "work", {DUE, ELAPSED, 8 * HOUR, 0, 0, -1, {0}}, start, at(24, 18, 0), false},
        {"every ten minutes from an hour before",
         "work",
         {DUE, 0, -HOUR, 600, 0, -1, {0}},
         at(24, 9, 59),
         at(24, 10, 0),
         false},
        {"the same goes on after it", "work", {DUE, 0, -HOUR, 600, 0, -1, {0}}, at(24, 10, 0), at(24, 10, 10), false},
        {"what would lie before the start never comes", "work", {DUE, 0, -9 * HOUR, 0, 0, -1, {0}}, start, SLA_NONE, false},
        {"moved to the opening of another calendar", "work", {DUE, 0, 0, 0, 0, WATCH, {0}}, start, at(24, 12, 0), false},
        {"moved, and not yet over", "work", {DUE, 0, 0, 0, 0, WATCH, {0}}, at(24, 11, 0), at(24, 12, 0), false},
        {"several that move to one instant come once",
         "work",
         {DUE, 0, -HOUR, 600, 0, WATCH, {0}},
         at(24, 12, 0),
         at(24, 12, 10),
         false},
        {"half of two business days: seven of the twenty-three hours to 17:00",
         "days",
         {SHARE, 0, 500, 0, 0, -1, {0}},
         start,
         at(24, 13, 30),
         false},
        {"`immediate` is used up when it is due", "now", {SHARE, 0, 500, 0, 0, -1, {0}}, at(21, 8, 0), at(23, 9, 0), false},
        {"from the due time that has rolled", "slack", {DUE, 0, HOUR, 0, 0, -1, {0}}, start, at(23, 13, 0), false},
        {"without a target there is none", "none", {SHARE, 0, 500, 0, 0, -1, {0}}, start, SLA_NONE, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const threshold_case *const one = &cases[i];
        const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, one->metric);
        const sla_event events[] = {{at(23, 12, 0), index_of(contract, SLA_ELEMENT_EVENT, "held"), 0},
                                    {at(23, 14, 0), index_of(contract, SLA_ELEMENT_EVENT, "freed"), 0}};
        const sla_request request = request_at(one->now < start ? one->now : start);
        sla_transition found = {.at = one->now};
        size_t count = 1;
        while (count > 0 && found.thresholds == 0) {
            assert_int_equal(sla_clock_next(contract, metric, &request, events, one->held ? 2 : 0, NULL, 0, found.at,
                                            &one->threshold, 1, &found, 1, &count, NULL),
                             SLA_OK);
        }
        const int64_t reached = count > 0 ? found.at : SLA_NONE;
        if (reached != one->expected) {
            fail_msg("%s: reached at %lld, not %lld", one->rule, (long long)reached, (long long)one->expected);
        }
    }
    sla_contract_unref(contract);
}

/* A clock that is paused before its due time reaches no threshold; a stopped one neither. */
static void standing_clocks_reach_nothing(void **state) {
    (void)state;
    sla_contract *const contract = office_contract();
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "work");
    const sla_threshold thresholds[] = {{SHARE, 0, 900, 0, 0, -1, {0}}, {DUE, 0, 0, 0, 0, -1, {0}}};
    static const char *const ends[] = {"held", "done"};
    for (size_t i = 0; i < 2; i++) {
        const sla_event event = {at(23, 11, 0), index_of(contract, SLA_ELEMENT_EVENT, ends[i]), 0};
        const sla_request request = request_at(at(23, 10, 0));
        sla_transition found = {.at = at(23, 11, 0)};
        size_t count = 1;
        for (int32_t step = 0; count > 0 && step < STEPS_MAX; step++) {
            assert_int_equal(sla_clock_next(contract, metric, &request, &event, 1, NULL, 0, found.at, thresholds, 2, &found,
                                            1, &count, NULL),
                             SLA_OK);
            assert_int_equal(found.thresholds, 0);
        }
        assert_int_equal(count > 0, i == 0); /* a paused clock goes on to see opening and closing */
    }
    sla_contract_unref(contract);
}

/* Of all metrics those that change first, together. */
static void all_metrics_at_once(void **state) {
    (void)state;
    sla_contract *const contract = office_contract();
    const sla_request request = request_at(at(23, 10, 0));
    sla_transition found[8];
    size_t count;
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &request, NULL, 0, NULL, 0, at(23, 10, 0), NULL, 0, found, 8, &count, NULL),
        SLA_OK);
    assert_int_equal(count, 1); /* `now` was due on receipt, and is late a second later */
    assert_int_equal(found[0].at, at(23, 10, 0) + 1);
    assert_int_equal(found[0].metric, index_of(contract, SLA_ELEMENT_METRIC, "now"));
    assert_int_equal(found[0].state, SLA_STATE_BREACHED);
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &request, NULL, 0, NULL, 0, at(23, 16, 59), NULL, 0, found, 8, &count, NULL),
        SLA_OK);
    assert_int_equal(count, 2); /* the office closes for `work` and `days`; `slack` has been breached since 14:00 */
    assert_int_equal(found[0].at, at(23, 17, 0));
    assert_int_equal(found[1].at, at(23, 17, 0));
    assert_true(found[0].metric < found[1].metric);
    assert_int_equal(
        sla_clock_next(contract, SLA_UNSAID, &request, NULL, 0, NULL, 0, at(23, 16, 59), NULL, 0, found, 1, &count, NULL),
        SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 2);
    sla_contract_unref(contract);
}

/* ---- The agenda ---- */

enum { REQUESTS = 40, AGENDA = 4000 };

typedef struct told_column {
    sla_request requests[REQUESTS];
    sla_event events[REQUESTS * EVENTS_MAX];
    int64_t event_offsets[REQUESTS + 1];
    sla_change changes[REQUESTS * CHANGES_MAX];
    int64_t change_offsets[REQUESTS + 1];
} told_column;

static void append(told_column *column, size_t index, const told_life *told) {
    const int64_t event = column->event_offsets[index];
    const int64_t change = column->change_offsets[index];
    column->requests[index] = told->request;
    memcpy(&column->events[event], told->events, told->event_count * sizeof *told->events);
    memcpy(&column->changes[change], told->changes, told->change_count * sizeof *told->changes);
    column->event_offsets[index + 1] = event + (int64_t)told->event_count;
    column->change_offsets[index + 1] = change + (int64_t)told->change_count;
}

static int compare_entries(const void *left, const void *right) {
    const sla_transition *const one = left;
    const sla_transition *const other = right;
    return one->at != other->at ? (one->at > other->at) - (one->at < other->at)
                                : (one->request > other->request) - (one->request < other->request);
}

/* All transitions of one request before `until`, by asking for the next again and again. */
static size_t walk_transitions(const world *in, const told_life *told, int64_t request, int64_t now, int64_t until,
                               const sla_threshold *thresholds, sla_transition *entries) {
    size_t count = 0;
    sla_transition found = {.at = now};
    told_life known = *told;
    forget_later(&known, now);
    while (next_of(in, &known, found.at, thresholds, 2, &found) && found.at < until) {
        entries[count] = found;
        entries[count++].request = request;
    }
    return count;
}

/* The agenda is what asking each request alone comes to, in order, and of that the first. */
static void the_agenda_is_all_transitions_in_order(void **state) {
    (void)state;
    static world in;
    static told_column column;
    static sla_transition expected[REQUESTS * AGENDA];
    static sla_transition found[AGENDA];
    const sla_threshold thresholds[] = {{SHARE, 0, 250, 250, 0, -1, {0}}, {DUE, ELAPSED, -4 * HOUR, 0, 0, 1, {0}}};
    for (int32_t contract = 0; contract < 20; contract++) {
        make_world(&in);
        const int64_t now = (int64_t)up_to(TICKS - 1) * TICK + up_to(TICK - 1);
        const int64_t later = now + 1 + up_to(20 * SLI_DAY);
        const int64_t until = later < HORIZON ? later : HORIZON;
        size_t count = 0;
        int32_t metric = 0;
        for (size_t i = 0; i < REQUESTS; i++) {
            int64_t unused;
            const told_life told = random_told_life(&in, &unused);
            metric = told.metric;
            append(&column, i, &told);
            count += walk_transitions(&in, &told, (int64_t)i, now, until, thresholds, expected + count);
        }
        qsort(expected, count, sizeof *expected, compare_entries);
        const size_t capacities[] = {AGENDA, 17, 1, 0};
        for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
            const size_t kept = count < capacities[i] ? count : capacities[i];
            sla_status statuses[REQUESTS];
            size_t found_count = 0;
            assert_int_equal(sla_clock_agenda(in.contract, metric, REQUESTS, column.requests, NULL, column.events,
                                              column.event_offsets, column.changes, column.change_offsets, now, until,
                                              thresholds, 2, found, capacities[i], &found_count, NULL, 0, statuses),
                             SLA_OK);
            assert_int_equal(found_count, kept);
            for (size_t k = 0; k < kept; k++) {
                expected[k].metric = metric;
            }
            assert_memory_equal(found, expected, kept * sizeof *found);
            for (size_t k = 0; k < REQUESTS; k++) {
                assert_int_equal(statuses[k], SLA_OK);
            }
        }
        sla_contract_unref(in.contract);
    }
}

/* Requests that are invalid or out of scope have no entries, and spoil none. */
static void the_agenda_of_unsound_requests(void **state) {
    (void)state;
    sla_contract *const contract = office_contract();
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "work");
    const sla_event early = {at(23, 9, 0), SLA_UNKNOWN, 0};
    const int64_t offsets[] = {0, 1, 1, 1};
    const sla_request requests[] = {request_at(at(23, 10, 0)), request_at(at(23, 10, 0)), request_at(at(23, 11, 0))};
    sla_status statuses[3];
    sla_transition found[8];
    size_t count;
    assert_int_equal(sla_clock_agenda(contract, metric, 3, requests, NULL, &early, offsets, NULL, NULL, at(23, 12, 0),
                                      at(24, 9, 0), NULL, 0, found, 8, &count, NULL, 0, statuses),
                     SLA_OK);
    assert_int_equal(statuses[0], SLA_INVALID_REQUEST);
    assert_int_equal(statuses[1], SLA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(found[0].request, 1);
    assert_int_equal(found[1].request, 2);
    assert_int_equal(found[1].at, at(23, 17, 0));
    assert_int_equal(sla_clock_agenda(contract, metric, 3, requests, NULL, &early, offsets, NULL, NULL, at(23, 12, 0),
                                      SLA_HORIZON_END + 1, NULL, 0, found, 8, &count, NULL, 0, statuses),
                     SLA_HORIZON);
    assert_int_equal(sla_clock_agenda(contract, metric, 3, requests, NULL, &early, NULL, NULL, NULL, at(23, 12, 0),
                                      at(24, 9, 0), NULL, 0, found, 8, &count, NULL, 0, statuses),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(count, 0);
    sla_contract_unref(contract);
}

static void metrics_that_are_none_are_refused(void **state) {
    (void)state;
    static const int32_t none[] = {SLA_UNKNOWN, INT32_MIN, INT32_MAX, 5};
    sla_contract *const contract = office_contract();
    const sla_request request = request_at(at(23, 10, 0));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        sla_transition found;
        size_t count = 7;
        assert_int_equal(
            sla_clock_next(contract, none[i], &request, NULL, 0, NULL, 0, at(23, 10, 0), NULL, 0, &found, 1, &count, NULL),
            SLA_INVALID_ARGUMENT);
        assert_int_equal(count, 0);
    }
    sla_contract_unref(contract);
}

static void unusable_thresholds_are_refused(void **state) {
    (void)state;
    sla_contract *const contract = office_contract();
    const sla_request request = request_at(at(23, 10, 0));
    const sla_threshold wrong[] = {
        {2, 0, 500, 0, 0, -1, {0}},    {SHARE, 2, 500, 0, 0, -1, {0}},
        {SHARE, 0, -1, 0, 0, -1, {0}}, {DUE, 0, -(1LL << 40) - 1, 0, 0, -1, {0}},
        {DUE, 0, 0, -1, 0, -1, {0}},   {DUE, 0, 0, 0, 3, -1, {0}},
        {DUE, 0, 0, 60, -1, -1, {0}},  {DUE, 0, 0, 0, 0, 3, {0}},
        {DUE, 0, 0, 0, 0, -2, {0}},    {DUE, 0, 0, 0, 0, -1, {0, 0, 0, 0, 0, 0, 1}},
    };
    sla_transition found;
    size_t count;
    sla_error error;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(
            sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), &wrong[i], 1, &found, 1, &count, &error),
            SLA_INVALID_ARGUMENT);
        assert_int_equal(count, 0);
        assert_non_null(strstr(error.message, "thresholds[0]"));
    }
    static sla_threshold many[SLA_THRESHOLDS_MAX + 1];
    assert_int_equal(sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), many, SLA_THRESHOLDS_MAX + 1,
                                    &found, 1, &count, &error),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(
        sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), NULL, 1, &found, 1, &count, NULL),
        SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transitions_are_all_that_changes),       cmocka_unit_test(later_events_have_not_happened),
        cmocka_unit_test(shares_are_read_from_used_time),         cmocka_unit_test(thresholds_lie_where_their_kind_says),
        cmocka_unit_test(standing_clocks_reach_nothing),          cmocka_unit_test(all_metrics_at_once),
        cmocka_unit_test(the_agenda_is_all_transitions_in_order), cmocka_unit_test(the_agenda_of_unsound_requests),
        cmocka_unit_test(metrics_that_are_none_are_refused),      cmocka_unit_test(unusable_thresholds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
