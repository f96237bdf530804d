/* SPDX-License-Identifier: MIT */
/*
 * The whole answer (§8.1), for one request and for columns of them, against the calls that it is made of: criterion (§6),
 * scope (§5) and clock (§7) asked one by one.
 */
#include "agreement.h"
#include "random.h"

static const char *const document_text =
    "sla: 1\n"
    "name: Desk\n"
    "time_zone: Europe/Belgrade\n"
    "valid: {from: 2026-02-01, until: 2026-12-01}\n"
    "languages: [en]\n"
    "requires: [licence]\n"
    "default_calendar: office\n"
    "calendars:\n"
    "  office: {hours: {mon-fri: 09:00-18:00}}\n"
    "  phones: {hours: {mon-sat: [09:00-12:00, 13:00-17:00]}}\n"
    "channels: {email: {}, phone: {calendar: phones}}\n"
    "tiers:\n"
    "  standard: {channels: [email]}\n"
    "  premium: {includes: [standard], channels: [phone]}\n"
    "services: {unlisted: covered, covered: {question: {requires: []}}, excluded: {training: {}}}\n"
    "attributes: {impact: [high, low], workaround: [none, available]}\n"
    "criteria:\n"
    "  - {name: urgent, when: {impact: high, tier: premium}}\n"
    "  - {name: critical, when: {impact: high, workaround: none}}\n"
    "  - {name: minor, when: {impact: low}}\n"
    "  - {name: days, when: {workaround: available}}\n"
    "metrics:\n"
    "  response: {start: received, stop: responded, cancel: withdrawn}\n"
    "  resolution: {start: [received, reopened], stop: resolved, pause: waiting, resume: answered, reopen: resume}\n"
    "  replies: {start: asked, stop: replied, pause: waiting, resume: answered, cancel: withdrawn, repeats: true}\n"
    "  kept: {start: received, stop: resolved, pause: waiting, resume: answered, on_change: keep}\n"
    "  again: {start: received, stop: resolved, pause: waiting, resume: answered, on_change: restart}\n"
    "targets:\n"
    "  - {criterion: urgent, within: immediate, grace: 15m}\n"
    "  - {criterion: critical, tier: premium, within: 4h}\n"
    "  - {criterion: critical, within: 12h, tie: next-open}\n"
    "  - {criterion: days, within: 2 business days}\n"
    "  - {criterion: minor, tier: standard, within: best-effort}\n"
    "objectives:\n"
    "  - {metric: response, attainment: 95%, per: month}\n";

enum { METRICS = 5, ATTRIBUTES = 2, REQUESTS = 400, EVENTS_MAX = 30, CHANGES_MAX = 10, CYCLES_MAX = EVENTS_MAX + 1 };
enum { WORDS = 512 };

static sla_contract *load_desk(void) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    assert_int_equal(sla_document_load(document_text, SIZE_MAX, &document, NULL), SLA_OK);
    assert_int_equal(sla_document_build(document, NULL, &contract, NULL), SLA_OK);
    sla_document_free(document);
    return contract;
}

/* ---- Columns of random requests --------------------------------------------------------------------------------- */

typedef struct columns {
    sla_contract *contract;
    int64_t now;
    size_t count;
    uint64_t rows[REQUESTS];
    sla_request requests[REQUESTS];
    int32_t values[REQUESTS * ATTRIBUTES];
    sla_event events[REQUESTS * EVENTS_MAX];
    int64_t event_offsets[REQUESTS + 1];
    sla_change changes[REQUESTS * CHANGES_MAX];
    int64_t change_offsets[REQUESTS + 1];
} columns;

typedef struct answers {
    sla_verdict verdicts[REQUESTS];
    sla_status statuses[REQUESTS];
    sla_cycle cycles[REQUESTS * CYCLES_MAX];
    int64_t workspace[WORDS];
} answers;

enum { UNLIKELY = 60 };

/* An index of an element, or that it is not said; now and then one that is none. */
static int32_t draw_index(random_source *source, const sla_contract *contract, int32_t element) {
    if (random_between(source, 0, UNLIKELY) == 0) {
        return (int32_t)random_between(source, -5, 40);
    }
    return (int32_t)random_between(source, SLA_UNSAID, sla_contract_count(contract, element));
}

static int64_t draw_received(random_source *source) {
    const int64_t march = (int64_t)sli_date_of_civil((civil){2026, 3, 1}) * SLI_DAY;
    switch (random_between(source, 0, UNLIKELY)) {
        case 0:
            return random_between(source, -SLI_DAY, 0);
        case 1:
            return random_between(source, SLA_HORIZON_END - SLI_DAY, SLA_HORIZON_END + SLI_DAY);
        case 2:
            return march - INT64_C(60) * SLI_DAY;
        default:
            return march + random_between(source, 0, INT64_C(200) * 48) * 1800;
    }
}

static sla_request draw_request(random_source *source, const sla_contract *contract) {
    sla_request request = request_at(draw_received(source));
    request.holds = random_between(source, 0, 8) != 0;
    request.tier = draw_index(source, contract, SLA_ELEMENT_TIER);
    request.channel = draw_index(source, contract, SLA_ELEMENT_CHANNEL);
    request.service = draw_index(source, contract, SLA_ELEMENT_SERVICE);
    request.language = random_between(source, 0, 10) == 0 ? SLA_UNKNOWN : 0;
    request.criterion =
        random_between(source, 0, 3) != 0 ? SLA_UNSAID : draw_index(source, contract, SLA_ELEMENT_CRITERION);
    request.reserved[3] = random_between(source, 0, 3 * UNLIKELY) == 0;
    return request;
}

static int64_t draw_instant_after(random_source *source, int64_t received) {
    return random_between(source, 0, 10 * UNLIKELY) == 0 ? received - 1 : received + random_between(source, 0, 400) * 1800;
}

/* Mostly few, now and then more than there is room for without memory of their own. */
static int64_t draw_number(random_source *source, int64_t most) {
    return random_between(source, 0, 12) == 0 ? random_between(source, 0, most + 1) : random_between(source, 0, 4);
}

static void draw_happenings(random_source *source, columns *drawn, size_t i) {
    const int64_t received = drawn->requests[i].received;
    int64_t at = drawn->event_offsets[i];
    for (int64_t left = draw_number(source, EVENTS_MAX); left > 0; left--) {
        const int32_t event = draw_index(source, drawn->contract, SLA_ELEMENT_EVENT);
        drawn->events[at++] =
            (sla_event){draw_instant_after(source, received), event == SLA_UNSAID ? SLA_UNKNOWN : event, 0};
    }
    drawn->event_offsets[i + 1] = at;
    at = drawn->change_offsets[i];
    for (int64_t left = draw_number(source, CHANGES_MAX) - 2; left > 0; left--) {
        const int32_t fact = (int32_t)random_between(source, 0, 2);
        const int32_t element = fact == SLA_CHANGED_TIER ? SLA_ELEMENT_TIER : SLA_ELEMENT_CRITERION;
        drawn->changes[at++] =
            (sla_change){draw_instant_after(source, received), fact, draw_index(source, drawn->contract, element)};
    }
    drawn->change_offsets[i + 1] = at;
}

static void draw_columns(random_source *source, columns *drawn) {
    drawn->now = ((int64_t)sli_date_of_civil((civil){2026, 4, 1}) + random_between(source, 0, 200)) * SLI_DAY + 36000;
    drawn->count = (size_t)random_between(source, 0, REQUESTS + 1);
    drawn->event_offsets[0] = drawn->change_offsets[0] = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        drawn->rows[i] = i + 2;
        drawn->requests[i] = draw_request(source, drawn->contract);
        for (size_t a = 0; a < ATTRIBUTES; a++) {
            drawn->values[i * ATTRIBUTES + a] =
                random_between(source, 0, UNLIKELY) == 0 ? 7 : (int32_t)random_between(source, SLA_UNSAID, 2);
        }
        draw_happenings(source, drawn, i);
    }
}

static sla_status decide_all(const columns *drawn, int32_t metric, bool valued, bool shelved, answers *given) {
    return sla_clock_decide_many(drawn->contract, metric, drawn->count, drawn->requests, valued ? drawn->values : NULL,
                                 drawn->events, drawn->event_offsets, drawn->changes, drawn->change_offsets, drawn->now,
                                 given->verdicts, shelved ? given->cycles : NULL, shelved ? REQUESTS * CYCLES_MAX : 0,
                                 given->workspace, WORDS, given->statuses);
}

/* ---- The calls that the answer is made of ------------------------------------------------------------------------ */

typedef struct expectation {
    sla_verdict verdict;
    sla_status status;
    sla_cycle cycles[CYCLES_MAX];
} expectation;

static sla_status expect_criterion(const columns *drawn, int32_t metric, size_t i, bool valued, sla_request *request) {
    int32_t found = SLA_UNSAID;
    sla_cycle cycle;
    size_t count;
    const sla_status status =
        valued ? sla_contract_decide_criterion(drawn->contract, request, drawn->values + i * ATTRIBUTES, &found) : SLA_OK;
    sla_status known = SLA_OK;
    if (status != SLA_OK && status != SLA_NOT_FOUND) {
        known = sla_clock_evaluate(drawn->contract, metric, request, NULL, 0, NULL, 0, drawn->now, &cycle, 1, &count, NULL);
        known = known == SLA_OK ? status : known;
    }
    if (request->criterion == SLA_UNSAID) {
        request->criterion = found;
    }
    return known;
}

static sla_cycle cycle_not_started(void) {
    return (sla_cycle){.target = SLA_UNSAID,
                       .started = SLA_NONE,
                       .stopped = SLA_NONE,
                       .used = SLA_NONE,
                       .due = SLA_NONE,
                       .limit = SLA_NONE,
                       .due_if_resumed = SLA_NONE,
                       .remaining = SLA_NONE,
                       .late = SLA_NONE,
                       .used_elapsed = SLA_NONE};
}

static void expect(const columns *drawn, int32_t metric, size_t i, bool valued, expectation *expected) {
    sla_request request = drawn->requests[i];
    size_t count = 0;
    sla_verdict *const verdict = &expected->verdict;
    memset(verdict, 0, sizeof *verdict);
    expected->status = expect_criterion(drawn, metric, i, valued, &request);
    verdict->criterion = request.criterion;
    if (expected->status == SLA_OK) {
        expected->status = sla_clock_evaluate(drawn->contract, metric, &request, drawn->events + drawn->event_offsets[i],
                                              (size_t)(drawn->event_offsets[i + 1] - drawn->event_offsets[i]),
                                              drawn->changes + drawn->change_offsets[i],
                                              (size_t)(drawn->change_offsets[i + 1] - drawn->change_offsets[i]), drawn->now,
                                              expected->cycles, CYCLES_MAX, &count, NULL);
    }
    if (expected->status != SLA_OK) {
        return;
    }
    assert_int_equal(sla_contract_decide_scope(drawn->contract, &request, &verdict->scope), SLA_OK);
    verdict->cycle_count = verdict->scope.in_scope ? (int64_t)count : 0;
    verdict->first_cycle = SLA_NONE;
    verdict->cycle = verdict->scope.in_scope ? expected->cycles[count - 1] : cycle_not_started();
}

static sla_status decide_one(const columns *drawn, int32_t metric, size_t i, bool valued, sla_verdict *verdict) {
    return sla_clock_decide(drawn->contract, metric, &drawn->requests[i], valued ? drawn->values + i * ATTRIBUTES : NULL,
                            drawn->events + drawn->event_offsets[i],
                            (size_t)(drawn->event_offsets[i + 1] - drawn->event_offsets[i]),
                            drawn->changes + drawn->change_offsets[i],
                            (size_t)(drawn->change_offsets[i + 1] - drawn->change_offsets[i]), drawn->now, verdict, NULL);
}

/* What came of all requests: so that the test is sure to have seen everything. */
typedef struct tally {
    int64_t states[SLA_STATE_BEST_EFFORT + 1];
    int64_t reasons;
    int64_t out_of_scope;
    int64_t invalid;
    int64_t several;
} tally;

static void note(tally *seen, const expectation *expected) {
    const sla_verdict *const verdict = &expected->verdict;
    if (expected->status != SLA_OK) {
        seen->invalid++;
    } else if (!verdict->scope.in_scope) {
        seen->out_of_scope++;
        seen->reasons |= verdict->scope.reasons;
    } else {
        seen->states[verdict->cycle.state]++;
        seen->several += verdict->cycle_count > 1;
    }
}

static void compare_element(const columns *drawn, int32_t metric, size_t i, bool valued, const answers *given,
                            int64_t *used, tally *seen) {
    expectation expected;
    sla_verdict one;
    expect(drawn, metric, i, valued, &expected);
    note(seen, &expected);
    assert_int_equal(given->statuses[i], expected.status);
    assert_int_equal(decide_one(drawn, metric, i, valued, &one), expected.status);
    assert_memory_equal(&one, &expected.verdict, sizeof one);
    if (expected.verdict.cycle_count > 0) {
        expected.verdict.first_cycle = *used;
        assert_memory_equal(&given->cycles[*used], expected.cycles,
                            (size_t)expected.verdict.cycle_count * sizeof *expected.cycles);
        *used += expected.verdict.cycle_count;
    }
    assert_memory_equal(&given->verdicts[i], &expected.verdict, sizeof expected.verdict);
}

/* Fewer rounds would not meet every state and reason. */
enum { ROUNDS_TO_SEE_ALL = 60 };

/* §8.1: a request is invalid, else out of scope, else its clock counts; a batch says what its elements say alone. */
static void batches_say_what_single_calls_say(void **state) {
    (void)state;
    random_source source = random_start("columns");
    static columns drawn;
    static answers given;
    tally seen = {0};
    drawn.contract = load_desk();
    const int64_t asked = random_setting("SLA_ROUNDS", ROUNDS_TO_SEE_ALL);
    for (int64_t round = asked > ROUNDS_TO_SEE_ALL ? asked : ROUNDS_TO_SEE_ALL; round > 0; round--) {
        const int32_t metric = (int32_t)random_between(&source, 0, METRICS);
        const bool valued = random_between(&source, 0, 4) != 0;
        int64_t used = 0;
        draw_columns(&source, &drawn);
        memset(&given, 0xA5, sizeof given);
        assert_int_equal(decide_all(&drawn, metric, valued, true, &given), SLA_OK);
        for (size_t i = 0; i < drawn.count; i++) {
            compare_element(&drawn, metric, i, valued, &given, &used, &seen);
        }
    }
    for (size_t i = 0; i <= SLA_STATE_BEST_EFFORT; i++) {
        assert_true(seen.states[i] > 0);
    }
    assert_true(seen.invalid > 0 && seen.out_of_scope > 0 && seen.several > 0);
    assert_int_equal(seen.reasons, 255 - SLA_REASON_SERVICE_NOT_LISTED);
    sla_contract_unref(drawn.contract);
}

/* Statuses and cycles that nobody asks for change nothing else. */
static void columns_that_are_not_asked_for(void **state) {
    (void)state;
    random_source source = random_start("columns that are not asked for");
    static columns drawn;
    static answers given, bare;
    drawn.contract = load_desk();
    draw_columns(&source, &drawn);
    assert_int_equal(decide_all(&drawn, 2, true, false, &given), SLA_OK);
    assert_int_equal(sla_clock_decide_many(drawn.contract, 2, drawn.count, drawn.requests, drawn.values, drawn.events,
                                           drawn.event_offsets, drawn.changes, drawn.change_offsets, drawn.now,
                                           bare.verdicts, NULL, 0, bare.workspace, WORDS, NULL),
                     SLA_OK);
    assert_memory_equal(bare.verdicts, given.verdicts, sizeof given.verdicts);
    for (size_t i = 0; i < drawn.count; i++) {
        assert_int_equal(bare.statuses[i], 0);
        assert_true(given.statuses[i] != SLA_BUFFER_TOO_SMALL);
        assert_true(given.statuses[i] != SLA_OK || given.verdicts[i].first_cycle == SLA_NONE);
    }
    sla_contract_unref(drawn.contract);
}

/* Requests without events and changes need no columns of them. */
static void columns_of_nothing(void **state) {
    (void)state;
    random_source source = random_start("columns of nothing");
    static columns drawn;
    static answers given, without;
    drawn.contract = load_desk();
    draw_columns(&source, &drawn);
    memset(drawn.event_offsets, 0, sizeof drawn.event_offsets);
    memset(drawn.change_offsets, 0, sizeof drawn.change_offsets);
    assert_int_equal(decide_all(&drawn, 0, true, false, &given), SLA_OK);
    assert_int_equal(sla_clock_decide_many(drawn.contract, 0, drawn.count, drawn.requests, drawn.values, NULL, NULL, NULL,
                                           NULL, drawn.now, without.verdicts, NULL, 0, NULL, 0, without.statuses),
                     SLA_OK);
    assert_memory_equal(&without, &given, sizeof given);
    assert_int_equal(sla_clock_decide_many(drawn.contract, 0, drawn.count, drawn.requests, drawn.values, NULL,
                                           drawn.event_offsets, NULL, drawn.change_offsets, drawn.now, without.verdicts,
                                           NULL, 0, NULL, 0, without.statuses),
                     SLA_OK);
    assert_memory_equal(&without, &given, sizeof given);
    sla_contract_unref(drawn.contract);
}

/* ---- What is wrong ----------------------------------------------------------------------------------------------- */

enum { GOOD = 3 };

static sla_request good_request(void) {
    sla_request request = request_at((int64_t)sli_date_of_civil((civil){2026, 3, 2}) * SLI_DAY + 36000);
    request.holds = 1;
    request.criterion = 0;
    return request;
}

typedef struct bad_offsets {
    int64_t offsets[GOOD + 1];
    bool there;
    sla_status statuses[GOOD];
} bad_offsets;

/* Only the last offset is trusted: others that lead astray are the fault of their request alone. */
static void bad_offsets_stop_no_batch(void **state) {
    (void)state;
    static const bad_offsets cases[] = {
        {{0, 1, 1, 3}, true, {SLA_OK, SLA_OK, SLA_OK}},
        {{1, 1, 2, 3}, true, {SLA_OK, SLA_OK, SLA_OK}},
        {{-1, 0, 1, 3}, true, {SLA_INVALID_ARGUMENT, SLA_OK, SLA_OK}},
        {{0, INT64_MAX, 2, 3}, true, {SLA_INVALID_ARGUMENT, SLA_INVALID_ARGUMENT, SLA_OK}},
        {{0, INT64_MIN, 2, 3}, true, {SLA_INVALID_ARGUMENT, SLA_INVALID_ARGUMENT, SLA_OK}},
        {{0, 2, 1, 3}, true, {SLA_OK, SLA_INVALID_ARGUMENT, SLA_OK}},
        {{0, 1, 2, -3}, true, {SLA_INVALID_ARGUMENT, SLA_INVALID_ARGUMENT, SLA_INVALID_ARGUMENT}},
        {{0, 0, 1, 1}, false, {SLA_OK, SLA_INVALID_ARGUMENT, SLA_OK}},
    };
    sla_contract *const contract = load_desk();
    const sla_request requests[GOOD] = {good_request(), good_request(), good_request()};
    const sla_event event = {requests[0].received + 60, index_of(contract, SLA_ELEMENT_EVENT, "responded"), 0};
    const sla_event events[GOOD] = {event, event, event};
    const sla_change change = {requests[0].received + 60, SLA_CHANGED_TIER, 0};
    const sla_change changes[GOOD] = {change, change, change};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_verdict verdicts[GOOD];
        sla_status statuses[GOOD];
        const int64_t *const offsets = cases[i].offsets;
        assert_int_equal(sla_clock_decide_many(contract, 0, GOOD, requests, NULL, cases[i].there ? events : NULL, offsets,
                                               NULL, NULL, event.at, verdicts, NULL, 0, NULL, 0, statuses),
                         SLA_OK);
        assert_memory_equal(statuses, cases[i].statuses, sizeof statuses);
        assert_int_equal(sla_clock_decide_many(contract, 0, GOOD, requests, NULL, NULL, NULL,
                                               cases[i].there ? changes : NULL, offsets, event.at, verdicts, NULL, 0, NULL,
                                               0, statuses),
                         SLA_OK);
        assert_memory_equal(statuses, cases[i].statuses, sizeof statuses);
    }
    sla_contract_unref(contract);
}

/* Cycles that find no room are the fault of no request after them. */
static void cycles_without_room(void **state) {
    (void)state;
    sla_contract *const contract = load_desk();
    const int32_t replies = index_of(contract, SLA_ELEMENT_METRIC, "replies");
    const int32_t asked = index_of(contract, SLA_ELEMENT_EVENT, "asked");
    const int32_t replied = index_of(contract, SLA_ELEMENT_EVENT, "replied");
    const sla_request requests[GOOD] = {good_request(), good_request(), good_request()};
    const int64_t at = requests[0].received;
    const sla_event events[] = {{at + 1, asked, 0},   {at + 2, replied, 0}, {at + 3, asked, 0},  {at + 1, asked, 0},
                                {at + 2, replied, 0}, {at + 3, asked, 0},   {at + 4, replied, 0}};
    const int64_t offsets[GOOD + 1] = {0, 3, 6, 7};
    sla_verdict verdicts[GOOD];
    sla_status statuses[GOOD];
    sla_cycle cycles[3];
    assert_int_equal(sla_clock_decide_many(contract, replies, GOOD, requests, NULL, events, offsets, NULL, NULL, at + 9,
                                           verdicts, cycles, 3, NULL, 0, statuses),
                     SLA_OK);
    assert_int_equal(statuses[0], SLA_OK);
    assert_int_equal(statuses[1], SLA_BUFFER_TOO_SMALL);
    assert_int_equal(statuses[2], SLA_OK);
    assert_int_equal(verdicts[0].first_cycle, 0);
    assert_int_equal(verdicts[1].first_cycle, SLA_NONE);
    assert_int_equal(verdicts[1].cycle_count, 2);
    assert_memory_equal(&verdicts[1].cycle, &verdicts[0].cycle, sizeof verdicts[0].cycle);
    assert_int_equal(verdicts[2].first_cycle, 2);
    assert_memory_equal(&cycles[2], &verdicts[2].cycle, sizeof cycles[2]);
    sla_contract_unref(contract);
}

static void unusable_arguments(void **state) {
    (void)state;
    sla_contract *const contract = load_desk();
    const sla_request request = good_request();
    const sla_event event = {request.received, 0, 0};
    const sla_change change = {request.received, 0, 0};
    const int64_t now = request.received;
    sla_verdict verdict;
    sla_verdict untouched;
    sla_status status = 77;
    sla_cycle cycle;
    memset(&verdict, 0xA5, sizeof verdict);
    untouched = verdict;
#define DECIDE(contract_, metric, request_, event_, change_, now_, verdict_, cycles, capacity)                             \
    sla_clock_decide_many(contract_, metric, 1, request_, NULL, event_, NULL, change_, NULL, now_, verdict_, cycles,       \
                          capacity, NULL, 0, &status)
    assert_int_equal(DECIDE(NULL, 0, &request, NULL, NULL, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, -1, &request, NULL, NULL, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, METRICS, &request, NULL, NULL, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, NULL, NULL, NULL, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, &request, &event, NULL, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, &request, NULL, &change, now, &verdict, NULL, 0), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, &request, NULL, NULL, now, NULL, &cycle, 1), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, &request, NULL, NULL, now, &verdict, NULL, 1), SLA_INVALID_ARGUMENT);
    assert_int_equal(DECIDE(contract, 0, &request, NULL, NULL, -1, &verdict, NULL, 0), SLA_HORIZON);
    assert_int_equal(DECIDE(contract, 0, &request, NULL, NULL, SLA_HORIZON_END, &verdict, NULL, 0), SLA_HORIZON);
    assert_memory_equal(&verdict, &untouched, sizeof verdict);
    assert_int_equal(status, 77);
    assert_int_equal(
        sla_clock_decide_many(contract, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, now, NULL, NULL, 0, NULL, 0, NULL),
        SLA_OK);
    assert_int_equal(sla_clock_decide(contract, 0, &request, NULL, NULL, 1, NULL, 0, now, &verdict, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_clock_decide(contract, 0, &request, NULL, NULL, 0, NULL, 0, now, NULL, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_clock_decide(contract, 0, NULL, NULL, NULL, 0, NULL, 0, now, &verdict, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(verdict.criterion, SLA_UNSAID);
    assert_int_equal(verdict.scope.in_scope, 0);
    sla_contract_unref(contract);
}

/* A single call says why a request is invalid. */
static void complaints(void **state) {
    (void)state;
    sla_contract *const contract = load_desk();
    sla_request request = good_request();
    const int32_t values[ATTRIBUTES] = {0, 2};
    const sla_event early = {request.received - 1, index_of(contract, SLA_ELEMENT_EVENT, "responded"), 0};
    sla_verdict verdict;
    sla_error error;
    assert_int_equal(sla_clock_decide(contract, 0, &request, values, NULL, 0, NULL, 0, early.at, &verdict, &error),
                     SLA_INVALID_REQUEST);
    assert_non_null(strstr(error.message, "attribute"));
    assert_int_equal(verdict.criterion, request.criterion);
    assert_int_equal(sla_clock_decide(contract, 0, &request, NULL, &early, 1, NULL, 0, early.at, &verdict, &error),
                     SLA_INVALID_REQUEST);
    assert_non_null(strstr(error.message, "'responded'"));
    assert_string_equal(error.path, "events[0]");
    request.tier = 9;
    assert_int_equal(sla_clock_decide(contract, 0, &request, values, NULL, 0, NULL, 0, early.at, &verdict, &error),
                     SLA_INVALID_REQUEST);
    assert_non_null(strstr(error.message, "standard, premium"));
    sla_contract_unref(contract);
}

/* ---- Reports ----------------------------------------------------------------------------------------------------- */

static sla_report *new_report(const columns *drawn, int32_t metric) {
    sla_report *report = NULL;
    assert_int_equal(
        sla_report_new(drawn->contract, metric, SLA_BY_TIER | SLA_BY_CRITERION | SLA_BY_MONTH, 20, &report, NULL), SLA_OK);
    return report;
}

static void count_one(sla_report *report, const columns *drawn, int32_t metric, size_t i) {
    expectation expected;
    expect(drawn, metric, i, true, &expected);
    sla_request request = drawn->requests[i];
    request.criterion = expected.verdict.criterion;
    if (expected.status != SLA_OK) {
        assert_int_equal(sla_report_add_invalid(report, drawn->rows[i], &request, expected.status, NULL, 0, NULL), SLA_OK);
    } else {
        assert_int_equal(sla_report_add(report, drawn->rows[i], &request, &expected.verdict.scope, expected.cycles,
                                        (size_t)expected.verdict.cycle_count, NULL),
                         SLA_OK);
    }
}

static void assert_same_report(const sla_report *one, const sla_report *other) {
    static char first[1 << 18];
    static char second[1 << 18];
    size_t length = 0;
    size_t other_length = 0;
    assert_int_equal(sla_report_write(one, SLA_FORMAT_JSON, first, sizeof first, &length, NULL), SLA_OK);
    assert_int_equal(sla_report_write(other, SLA_FORMAT_JSON, second, sizeof second, &other_length, NULL), SLA_OK);
    assert_int_equal(length, other_length);
    assert_memory_equal(first, second, length);
}

/* A batch counts as its requests do one by one, whatever the metric. */
static void reports_of_batches(void **state) {
    (void)state;
    random_source source = random_start("reports of batches");
    static columns drawn;
    static answers given;
    drawn.contract = load_desk();
    for (int32_t metric = 0; metric < METRICS; metric++) {
        size_t counted = 0;
        draw_columns(&source, &drawn);
        sla_report *const whole = new_report(&drawn, metric);
        sla_report *const single = new_report(&drawn, metric);
        assert_int_equal(decide_all(&drawn, metric, true, true, &given), SLA_OK);
        assert_int_equal(sla_report_add_many(whole, drawn.count, drawn.rows, drawn.requests, given.verdicts, given.cycles,
                                             given.statuses, &counted, NULL),
                         SLA_OK);
        assert_int_equal(counted, drawn.count);
        for (size_t i = 0; i < drawn.count; i++) {
            count_one(single, &drawn, metric, i);
        }
        assert_same_report(whole, single);
        sla_report_free(whole);
        sla_report_free(single);
    }
    sla_contract_unref(drawn.contract);
}

/* What is not decided is not counted, and the call says how far it came. */
static void reports_stop_at_what_is_undecided(void **state) {
    (void)state;
    static const sla_status undecided[] = {SLA_OUT_OF_MEMORY, SLA_BUFFER_TOO_SMALL};
    sla_contract *const contract = load_desk();
    const sla_request requests[GOOD] = {good_request(), good_request(), good_request()};
    const uint64_t rows[GOOD] = {1, 2, 3};
    sla_verdict verdicts[GOOD];
    sla_status statuses[GOOD];
    sla_group group;
    sla_error error;
    assert_int_equal(sla_clock_decide_many(contract, 0, GOOD, requests, NULL, NULL, NULL, NULL, NULL, requests[0].received,
                                           verdicts, NULL, 0, NULL, 0, statuses),
                     SLA_OK);
    for (size_t i = 0; i <= sizeof undecided / sizeof *undecided; i++) {
        const bool lost_cycles = i == sizeof undecided / sizeof *undecided;
        size_t counted = 9;
        sla_report *report = NULL;
        statuses[1] = lost_cycles ? SLA_OK : undecided[i];
        verdicts[1].cycle_count = lost_cycles ? 2 : 1;
        assert_int_equal(sla_report_new(contract, 0, 0, 5, &report, NULL), SLA_OK);
        assert_int_equal(sla_report_add_many(report, GOOD, rows, requests, verdicts, NULL, statuses, &counted, &error),
                         SLA_INVALID_ARGUMENT);
        assert_int_equal(counted, 1);
        assert_int_equal(error.index, 1);
        assert_int_equal(sla_report_get_group(report, -1, &group), SLA_OK);
        assert_int_equal(group.requests, 1);
        assert_int_equal(sla_report_add_many(report, 1, rows, requests, NULL, NULL, NULL, &counted, NULL),
                         SLA_INVALID_ARGUMENT);
        assert_int_equal(sla_report_add_many(report, 1, rows, requests, verdicts, NULL, NULL, NULL, NULL),
                         SLA_INVALID_ARGUMENT);
        assert_int_equal(sla_report_add_many(report, 0, NULL, NULL, NULL, NULL, NULL, &counted, NULL), SLA_OK);
        assert_int_equal(counted, 0);
        sla_report_free(report);
    }
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_say_what_single_calls_say),
        cmocka_unit_test(columns_that_are_not_asked_for),
        cmocka_unit_test(columns_of_nothing),
        cmocka_unit_test(bad_offsets_stop_no_batch),
        cmocka_unit_test(cycles_without_room),
        cmocka_unit_test(unusable_arguments),
        cmocka_unit_test(complaints),
        cmocka_unit_test(reports_of_batches),
        cmocka_unit_test(reports_stop_at_what_is_undecided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
