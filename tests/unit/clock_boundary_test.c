/* SPDX-License-Identifier: MIT */
/* Agendas of several metrics, what transitions say has changed, and complaints about facts (§7). */
#include "agreement.h"

#include <stdio.h>
#include <stdlib.h>

enum { REQUESTS = 12, MOST = 400 };

/* ---- The agenda ---- */

typedef struct agenda {
    sla_transition entries[MOST];
    size_t count;
    sla_status statuses[REQUESTS];
} agenda;

static sla_status ask_agenda(const sla_contract *contract, int32_t metric, const sla_request *requests, size_t count,
                             int64_t now, int64_t until, size_t capacity, agenda *answer) {
    memset(answer, 0x55, sizeof *answer);
    return sla_clock_agenda(contract, metric, count, requests, NULL, NULL, NULL, NULL, NULL, now, until, NULL, 0,
                            capacity == 0 ? NULL : answer->entries, capacity, &answer->count, NULL, 0, answer->statuses);
}

static int compare_entries(const void *left, const void *right) {
    const sla_transition *const one = left;
    const sla_transition *const other = right;
    if (one->at != other->at) {
        return one->at < other->at ? -1 : 1;
    }
    if (one->request != other->request) {
        return one->request < other->request ? -1 : 1;
    }
    return (one->metric > other->metric) - (one->metric < other->metric);
}

/* Many of one instant: received together, and asked for several criteria. */
static void make_requests(const sla_contract *contract, sla_request *requests) {
    static const char *const criteria[] = {"normal", "wide", "slow", "graced", "normal", "days"};
    for (int32_t i = 0; i < REQUESTS; i++) {
        requests[i] = request_at(at(23, 9 + i % 3, 0));
        requests[i].criterion = index_of(contract, SLA_ELEMENT_CRITERION, criteria[i % 6]);
    }
}

/* All metrics together are what each metric comes to alone, by instant, request and metric; and of that the first. */
static void the_agenda_of_all_metrics_is_that_of_each(void **state) {
    (void)state;
    static agenda alone;
    static agenda all;
    static sla_transition expected[MOST];
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request requests[REQUESTS];
    make_requests(contract, requests);
    const int64_t now = at(23, 11, 30);
    const int64_t until = at(25, 0, 0);
    size_t count = 0;
    for (int32_t metric = 0; metric < sla_contract_count(contract, SLA_ELEMENT_METRIC); metric++) {
        assert_int_equal(ask_agenda(contract, metric, requests, REQUESTS, now, until, MOST, &alone), SLA_OK);
        assert_true(count + alone.count < MOST);
        for (size_t i = 0; i < alone.count; i++) {
            assert_int_equal(alone.entries[i].metric, metric);
        }
        memcpy(expected + count, alone.entries, alone.count * sizeof *expected);
        count += alone.count;
    }
    assert_true(count > 50);
    qsort(expected, count, sizeof *expected, compare_entries);
    for (size_t capacity = 0; capacity <= count + 1; capacity++) {
        const size_t kept = capacity < count ? capacity : count;
        assert_int_equal(ask_agenda(contract, SLA_UNSAID, requests, REQUESTS, now, until, capacity, &all), SLA_OK);
        assert_int_equal(all.count, kept);
        assert_memory_equal(all.entries, expected, kept * sizeof *expected);
        assert_int_equal(all.statuses[REQUESTS - 1], SLA_OK);
    }
    sla_contract_unref(contract);
}

/* Up to the end that is asked for, without it; the end may be that of the horizon, and lies after `now`. */
static void the_agenda_ends_where_it_is_asked_to(void **state) {
    (void)state;
    static agenda found;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request request = request_at(at(23, 10, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    const int64_t breach = at(23, 14, 0) + 1;
    const struct {
        int64_t now;
        int64_t until;
        sla_status status;
        size_t count;
    } cases[] = {
        {at(23, 12, 0), breach, SLA_OK, 0},
        {at(23, 12, 0), breach + 1, SLA_OK, 1},
        {breach - 1, breach + 1, SLA_OK, 1},
        {breach, breach + 1, SLA_OK, 0},
        {breach, breach, SLA_HORIZON, 0},
        {breach, breach - 1, SLA_HORIZON, 0},
        {at(23, 12, 0), SLA_HORIZON_END, SLA_OK, 1},
        {at(23, 12, 0), SLA_HORIZON_END + 1, SLA_HORIZON, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(ask_agenda(contract, 0, &request, 1, cases[i].now, cases[i].until, MOST, &found), cases[i].status);
        assert_int_equal(found.count, cases[i].count);
    }
    sla_contract_unref(contract);
}

static void the_agenda_needs_room_for_what_it_writes(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const sla_request request = request_at(at(23, 10, 0));
    size_t count = 7;
    assert_int_equal(sla_clock_agenda(contract, 0, 1, &request, NULL, NULL, NULL, NULL, NULL, at(23, 12, 0), at(24, 0, 0),
                                      NULL, 0, NULL, 1, &count, NULL, 0, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(count, 0);
    assert_int_equal(sla_clock_agenda(contract, 0, 1, &request, NULL, NULL, NULL, NULL, NULL, at(23, 12, 0), at(24, 0, 0),
                                      NULL, 0, NULL, 0, &count, NULL, 0, NULL),
                     SLA_OK);
    assert_int_equal(count, 0);
    sla_contract_unref(contract);
}

/* §5: requests that are out of scope have no clocks; those beside them do. */
static void what_is_out_of_scope_is_on_no_agenda(void **state) {
    (void)state;
    static agenda found;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request requests[3];
    for (size_t i = 0; i < 3; i++) {
        requests[i] = request_at(at(23, 10, 0));
        requests[i].criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    }
    requests[1].service = index_of(contract, SLA_ELEMENT_EXCLUSION, "training");
    assert_int_equal(ask_agenda(contract, 0, requests, 3, at(23, 12, 0), at(23, 16, 0), MOST, &found), SLA_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.entries[0].request, 0);
    assert_int_equal(found.entries[1].request, 2);
    assert_int_equal(found.statuses[1], SLA_OK);
    sla_contract_unref(contract);
}

/* ---- What has changed ---- */

/* A transition says what changes, and nothing else: a flag where the office closes, a state where the clock is breached. */
static void a_transition_says_what_changes(void **state) {
    (void)state;
    static agenda found;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request request = request_at(at(23, 15, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    const struct {
        int64_t at;
        int32_t changes;
        int32_t state;
        int32_t flags;
    } expected[] = {
        {at(23, 17, 0), SLA_TRANSITION_FLAGS, SLA_STATE_RUNNING, SLA_CYCLE_OUTSIDE_HOURS},
        {at(24, 9, 0), SLA_TRANSITION_FLAGS, SLA_STATE_RUNNING, 0},
        {at(24, 11, 0) + 1, SLA_TRANSITION_STATE | SLA_TRANSITION_FLAGS, SLA_STATE_BREACHED, SLA_CYCLE_OPEN},
    };
    assert_int_equal(ask_agenda(contract, 0, &request, 1, at(23, 15, 0), at(30, 0, 0), MOST, &found), SLA_OK);
    assert_int_equal(found.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(found.entries[i].at == expected[i].at);
        assert_int_equal(found.entries[i].changes, expected[i].changes);
        assert_int_equal(found.entries[i].state, expected[i].state);
        assert_int_equal(found.entries[i].flags, expected[i].flags);
        assert_true(found.entries[i].thresholds == 0);
    }
    sla_contract_unref(contract);
}

/* A threshold alone changes neither state nor flags. */
static void a_threshold_changes_nothing_else(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request request = request_at(at(23, 10, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    const sla_threshold thresholds[] = {
        {.kind = SLA_THRESHOLD_SHARE, .amount = 750, .action = -1},
        {.kind = SLA_THRESHOLD_SHARE, .amount = 500, .action = -1},
        {.kind = SLA_THRESHOLD_DUE, .amount = -2 * HOUR, .action = -1},
    };
    sla_transition found;
    size_t count;
    assert_int_equal(
        sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 10, 0), thresholds, 3, &found, 1, &count, NULL),
        SLA_OK);
    assert_int_equal(count, 1);
    assert_true(found.at == at(23, 12, 0));
    assert_int_equal(found.changes, SLA_TRANSITION_THRESHOLD);
    assert_true(found.thresholds == 6); /* the second and the third */
    sla_contract_unref(contract);
}

/* So long before the due time that all is left: the latest such instant (§3.2) is the opening after a receipt at night. */
static void a_threshold_of_the_whole_target_lies_at_the_opening(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request request = request_at(at(23, 7, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    static const struct {
        int64_t amount;
        bool comes;
    } cases[] = {{-4 * HOUR, true}, {-4 * HOUR - 1, false}};
    for (size_t i = 0; i < 2; i++) {
        const sla_threshold threshold = {.kind = SLA_THRESHOLD_DUE, .amount = cases[i].amount, .action = -1};
        sla_transition found;
        size_t count;
        assert_int_equal(
            sla_clock_next(contract, 0, &request, NULL, 0, NULL, 0, at(23, 8, 0), &threshold, 1, &found, 1, &count, NULL),
            SLA_OK);
        assert_int_equal(count, 1); /* the office opens in any case */
        assert_true(found.at == at(23, 9, 0));
        assert_int_equal((found.changes & SLA_TRANSITION_THRESHOLD) != 0, cases[i].comes);
    }
    sla_contract_unref(contract);
}

/* ---- Explaining ---- */

/* Room for just as many spans as there are is enough. */
static void a_way_fits_the_room_that_it_needs(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    sla_request request = request_at(at(23, 15, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    sla_clock_span spans[4];
    for (size_t capacity = 0; capacity <= 4; capacity++) {
        size_t count = 0;
        assert_int_equal(
            sla_clock_explain(contract, 0, &request, NULL, 0, NULL, 0, at(23, 16, 0), -1, spans, capacity, &count, NULL),
            capacity < 4 ? SLA_BUFFER_TOO_SMALL : SLA_OK);
        assert_int_equal(count, 4); /* to now, to the closing, over night, to the due time */
    }
    sla_contract_unref(contract);
}

/* ---- Workspaces ---- */

/* A request with many events comes to the same in a workspace that just holds it as in memory of the library's own. */
static void a_full_workspace_holds_all_events(void **state) {
    (void)state;
    enum { EVENTS = 60 };
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int32_t metric = index_of(contract, SLA_ELEMENT_METRIC, "resolution");
    const int32_t waiting = index_of(contract, SLA_ELEMENT_EVENT, "waiting");
    const int32_t answered = index_of(contract, SLA_ELEMENT_EVENT, "answered");
    sla_request request = request_at(at(23, 9, 0));
    request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "wide");
    sla_event events[EVENTS];
    for (int32_t i = 0; i < EVENTS; i++) {
        events[i] = (sla_event){at(23, 9, 1 + 2 * i), i % 2 == 0 ? waiting : answered, 0};
    }
    for (size_t count = 22; count <= EVENTS; count++) {
        int64_t words[2000];
        sla_cycle cycle;
        sla_verdict verdict;
        sla_status status;
        size_t cycles;
        const int64_t offsets[] = {0, (int64_t)count};
        const size_t length = sla_clock_workspace_length(count, 0);
        assert_int_equal(length > 0, count > 23);
        assert_true(length <= sizeof words / sizeof *words);
        assert_int_equal(
            sla_clock_evaluate(contract, metric, &request, events, count, NULL, 0, at(23, 20, 0), &cycle, 1, &cycles, NULL),
            SLA_OK);
        assert_int_equal(sla_clock_decide_many(contract, metric, 1, &request, NULL, events, offsets, NULL, NULL,
                                               at(23, 20, 0), &verdict, NULL, 0, words, length, &status),
                         SLA_OK);
        assert_int_equal(status, SLA_OK);
        assert_memory_equal(&verdict.cycle, &cycle, sizeof cycle);
    }
    sla_contract_unref(contract);
}

/* A length is told as long as it cannot overflow; beyond that there is none. */
static void workspaces_have_a_greatest_length(void **state) {
    (void)state;
    const size_t per_event = sla_clock_workspace_length(101, 0) - sla_clock_workspace_length(100, 0);
    const size_t per_change = sla_clock_workspace_length(0, 101) - sla_clock_workspace_length(0, 100);
    const size_t most_events = SIZE_MAX / 32 / per_event - 1; /* the receipt is one more */
    const size_t most_changes = SIZE_MAX / 32 / per_change;
    assert_true(sla_clock_workspace_length(most_events, 0) == (most_events + 1) * per_event + per_change);
    assert_true(sla_clock_workspace_length(most_events + 1, 0) == SIZE_MAX);
    assert_true(sla_clock_workspace_length(0, most_changes) == per_event + (most_changes + 1) * per_change);
    assert_true(sla_clock_workspace_length(0, most_changes + 1) == SIZE_MAX);
    assert_true(sla_clock_workspace_length(SIZE_MAX, 0) == SIZE_MAX);
}

/* ---- Complaints (§7.7) ---- */

static void complaints_name_the_fact_and_what_there_is(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    static const char criteria[] =
        "what it has: at-once, at-once-wide, normal, wide, slow, days, days-wide, best, graced, rolled, "
        "endless, none";
    const struct {
        int32_t tier;
        int32_t channel;
        int32_t criterion;
        int64_t received;
        const char *said[2];
    } cases[] = {
        {2, 0, 0, at(23, 10, 0), {"does not know this tier", "what it has: silver, gold"}},
        {SLA_UNKNOWN, 0, 0, at(23, 10, 0), {"does not know this tier", "what it has: silver, gold"}},
        {0, 2, 0, at(23, 10, 0), {"does not know this channel", "what it has: email, phone"}},
        {0, SLA_UNKNOWN, 0, at(23, 10, 0), {"does not know this channel", "what it has: email, phone"}},
        {0, 0, 12, at(23, 10, 0), {"does not know this criterion", criteria}},
        {SLA_UNSAID, SLA_UNSAID, SLA_UNKNOWN, at(23, 10, 0), {"does not know this criterion", criteria}},
        {0, 0, 0, SLA_HORIZON_BEGIN - 1, {"received at 1969-12-31T23:59:59Z", "from 1970-01-01T00:00:00Z to 2100-01-01"}},
        {0, 0, 0, SLA_HORIZON_END, {"received at 2100-01-01T00:00:00Z", "beyond the horizon"}},
        {0, 0, 0, INT64_MAX, {"received at 9223372036854775807 seconds", "beyond the horizon"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_request request = request_at(cases[i].received);
        sla_cycle cycle;
        sla_error error = {0};
        size_t count;
        request.tier = cases[i].tier;
        request.channel = cases[i].channel;
        request.criterion = cases[i].criterion;
        assert_int_equal(
            sla_clock_evaluate(contract, 0, &request, NULL, 0, NULL, 0, at(23, 12, 0), &cycle, 1, &count, &error),
            SLA_INVALID_REQUEST);
        assert_non_null(strstr(error.message, cases[i].said[0]));
        assert_non_null(strstr(error.message, cases[i].said[1]));
    }
    sla_contract_unref(contract);
}

/* An event is told by its name, and by where it lies: before the receipt, or at the horizon's end and after. */
static void complaints_name_the_event_and_its_place(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const int32_t responded = index_of(contract, SLA_ELEMENT_EVENT, "responded");
    const int64_t receipt = at(23, 10, 0);
    const struct {
        sla_event event;
        sla_status status;
        const char *said;
    } cases[] = {
        {{receipt, responded, 0}, SLA_OK, NULL},
        {{receipt - 1, responded, 0}, SLA_INVALID_REQUEST, "'responded' at 2026-11-23T09:59:59Z lies before the receipt"},
        {{receipt - 1, SLA_UNKNOWN, 0}, SLA_INVALID_REQUEST, "an event at 2026-11-23T09:59:59Z lies before the receipt"},
        {{SLA_HORIZON_END - 1, responded, 0}, SLA_OK, NULL},
        {{SLA_HORIZON_END, responded, 0},
         SLA_INVALID_REQUEST,
         "'responded' at 2100-01-01T00:00:00Z lies beyond the horizon"},
        {{receipt, -1, 0}, SLA_INVALID_ARGUMENT, "events[1] is no event of this contract (event -1)"},
        {{receipt, responded, 1}, SLA_INVALID_ARGUMENT, "events[1] is no event of this contract"},
        {{receipt, sla_contract_count(contract, SLA_ELEMENT_EVENT), 0}, SLA_INVALID_ARGUMENT, "events[1] is no event"},
        {{receipt, sla_contract_count(contract, SLA_ELEMENT_EVENT) - 1, 0}, SLA_OK, NULL},
        {{receipt, 0, 0}, SLA_OK, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sla_request request = request_at(receipt);
        const sla_event events[] = {{receipt + 1, responded, 0}, cases[i].event};
        sla_cycle cycle;
        sla_error error = {0};
        size_t count;
        assert_int_equal(
            sla_clock_evaluate(contract, 0, &request, events, 2, NULL, 0, at(23, 12, 0), &cycle, 1, &count, &error),
            cases[i].status);
        if (cases[i].said != NULL) {
            assert_non_null(strstr(error.message, cases[i].said));
        }
        if (cases[i].status == SLA_INVALID_REQUEST) {
            assert_int_equal(error.index, 1);
            assert_string_equal(error.path, "events[1]");
        }
    }
    sla_contract_unref(contract);
}

/* The longest name is told whole. */
static void a_complaint_tells_the_longest_name_whole(void **state) {
    (void)state;
    char called[256];
    memset(called, 'n', sizeof called - 1);
    called[sizeof called - 1] = '\0';
    char quoted[264];
    snprintf(quoted, sizeof quoted, "'%s' at", called);
    sla_contract_builder *builder = NULL;
    sla_contract *contract = NULL;
    sla_zone *const zone = zone_of("UTC");
    assert_int_equal(sla_contract_builder_new("long", SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL),
                     SLA_OK);
    sla_zone_unref(zone);
    const event_role roles[] = {{SLA_NAME_START, "received"}, {SLA_NAME_STOP, called}};
    add_metric(builder, "response", (sla_metric){0}, roles, 2);
    assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
    sla_contract_builder_free(builder);
    const sla_request request = request_at(at(23, 10, 0));
    const sla_event early = {at(23, 9, 0), index_of(contract, SLA_ELEMENT_EVENT, called), 0};
    sla_cycle cycle;
    sla_error error = {0};
    size_t count;
    assert_int_equal(
        sla_clock_evaluate(contract, 0, &request, &early, 1, NULL, 0, at(23, 12, 0), &cycle, 1, &count, &error),
        SLA_INVALID_REQUEST);
    assert_non_null(strstr(error.message, quoted));
    sla_contract_unref(contract);
}

/* Of two changes that contradict each other, the later one handed over is told, whatever is changed beside them. */
static void the_later_of_two_contradicting_changes_is_told(void **state) {
    (void)state;
    const int64_t noon = at(23, 12, 0);
    const int64_t later = at(23, 13, 0);
    const struct {
        sla_change changes[4];
        int64_t index;
    } cases[] = {
        {{{noon, SLA_CHANGED_TIER, 0},
          {noon, SLA_CHANGED_TIER, 1},
          {later, SLA_CHANGED_TIER, 1},
          {later, SLA_CHANGED_CRITERION, 1}},
         1},
        {{{noon, SLA_CHANGED_TIER, 0},
          {later, SLA_CHANGED_TIER, 0},
          {noon, SLA_CHANGED_TIER, 1},
          {noon, SLA_CHANGED_CRITERION, 1}},
         2},
        {{{later, SLA_CHANGED_TIER, 0},
          {noon, SLA_CHANGED_CRITERION, 0},
          {noon, SLA_CHANGED_TIER, 1},
          {noon, SLA_CHANGED_TIER, 0}},
         3},
    };
    sla_contract *const contract = make_agreement("agreement", "UTC");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_request request = request_at(at(23, 10, 0));
        sla_cycle cycle;
        sla_error error = {0};
        size_t count;
        request.tier = 0;
        assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, cases[i].changes, 4, at(23, 15, 0), &cycle, 1,
                                            &count, &error),
                         SLA_INVALID_REQUEST);
        assert_true(error.index == cases[i].index);
        assert_non_null(strstr(error.message, "the tier changes to two different values at 2026-11-23T12:00:00Z"));
    }
    sla_contract_unref(contract);
}

/* A change of what cannot change is none; one to what the contract does not know is told with its place. */
static void changes_are_of_known_facts_and_values(void **state) {
    (void)state;
    sla_contract *const contract = make_agreement("agreement", "UTC");
    const struct {
        sla_change change;
        sla_status status;
    } cases[] = {
        {{at(23, 12, 0), -1, 0}, SLA_INVALID_ARGUMENT},
        {{at(23, 12, 0), SLA_CHANGED_CONTRACT + 1, 0}, SLA_INVALID_ARGUMENT},
        {{at(23, 12, 0), SLA_CHANGED_CONTRACT, 0}, SLA_OK},
        {{at(23, 12, 0), SLA_CHANGED_CONTRACT, 1}, SLA_INVALID_REQUEST},
        {{at(23, 12, 0), SLA_CHANGED_TIER, 1}, SLA_OK},
        {{at(23, 12, 0), SLA_CHANGED_TIER, 2}, SLA_INVALID_REQUEST},
        {{at(23, 12, 0), SLA_CHANGED_TIER, SLA_UNSAID}, SLA_INVALID_REQUEST},
        {{at(23, 12, 0), SLA_CHANGED_CRITERION, 11}, SLA_OK},
        {{at(23, 12, 0), SLA_CHANGED_CRITERION, 12}, SLA_INVALID_REQUEST},
        {{at(23, 12, 0), SLA_CHANGED_CRITERION, SLA_UNSAID}, SLA_OK},
        {{at(23, 10, 0), SLA_CHANGED_TIER, 1}, SLA_OK},
        {{at(23, 10, 0) - 1, SLA_CHANGED_TIER, 1}, SLA_INVALID_REQUEST},
        {{SLA_HORIZON_END - 1, SLA_CHANGED_TIER, 1}, SLA_OK},
        {{SLA_HORIZON_END, SLA_CHANGED_TIER, 1}, SLA_INVALID_REQUEST},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sla_change changes[] = {{at(23, 12, 0), SLA_CHANGED_CONTRACT, 0}, cases[i].change};
        sla_request request = request_at(at(23, 10, 0));
        sla_cycle cycle;
        sla_error error = {0};
        size_t count;
        request.tier = 0;
        const size_t first =
            cases[i].change.fact == SLA_CHANGED_CONTRACT; /* alone: two of one fact contradict each other */
        assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, changes + first, 2 - first, at(23, 15, 0),
                                            &cycle, 1, &count, &error),
                         cases[i].status);
        if (cases[i].status == SLA_INVALID_REQUEST) {
            assert_true(error.index == (int64_t)(1 - first));
        }
    }
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agenda_of_all_metrics_is_that_of_each),
        cmocka_unit_test(the_agenda_ends_where_it_is_asked_to),
        cmocka_unit_test(the_agenda_needs_room_for_what_it_writes),
        cmocka_unit_test(what_is_out_of_scope_is_on_no_agenda),
        cmocka_unit_test(a_transition_says_what_changes),
        cmocka_unit_test(a_threshold_changes_nothing_else),
        cmocka_unit_test(a_threshold_of_the_whole_target_lies_at_the_opening),
        cmocka_unit_test(a_way_fits_the_room_that_it_needs),
        cmocka_unit_test(a_full_workspace_holds_all_events),
        cmocka_unit_test(workspaces_have_a_greatest_length),
        cmocka_unit_test(complaints_name_the_fact_and_what_there_is),
        cmocka_unit_test(complaints_name_the_event_and_its_place),
        cmocka_unit_test(a_complaint_tells_the_longest_name_whole),
        cmocka_unit_test(the_later_of_two_contradicting_changes_is_told),
        cmocka_unit_test(changes_are_of_known_facts_and_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
