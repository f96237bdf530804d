/* SPDX-License-Identifier: MIT */
/* Clocks: single requests with few and many events, columns of them, what comes next, and why. */
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { EVENTS = 60, CHANGES = 20, CYCLES = 80, SPANS = 2000, REQUESTS = 3 };

static const char agreement[] =
    "sla: 1\nname: Agreement\ntime_zone: Europe/Belgrade\ndefault_calendar: office\n"
    "calendars: {office: {hours: {mon-fri: 09:00-17:00}}}\n"
    "tiers: {silver: {}, gold: {}}\n"
    "criteria: [{name: urgent}, {name: normal}]\n"
    "metrics:\n"
    "  response: {start: received, stop: responded}\n"
    "  resolution: {start: [received, reopened], stop: resolved, pause: waiting, resume: answered, reopen: resume}\n"
    "  update: {start: [received, asked], stop: updated, pause: waiting, resume: answered, repeats: true}\n"
    "targets:\n"
    "  - {criterion: urgent, within: 4h, grace: 15m}\n"
    "  - {criterion: normal, tier: gold, within: 2 business days}\n"
    "  - {criterion: normal, within: 24h, roll: office}\n";

static sla_contract *contract_of(const char *text) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    DEMAND(sla_document_load(text, SIZE_MAX, &document, NULL) == SLA_OK);
    DEMAND(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_END, NULL) == SLA_OK);
    DEMAND(sla_document_build(document, NULL, &contract, NULL) == SLA_OK);
    sla_document_free(document);
    return contract;
}

static int32_t index_of(const sla_contract *contract, int32_t element, const char *name) {
    int32_t index = SLA_UNKNOWN;
    DEMAND(sla_contract_find(contract, element, name, SIZE_MAX, &index) == SLA_OK);
    return index;
}

/* A request whose life is as long as its arrays. */
typedef struct life {
    sla_request request;
    sla_event events[EVENTS];
    size_t event_count;
    sla_change changes[CHANGES];
    size_t change_count;
} life;

static life life_of(const sla_contract *contract, size_t events, size_t changes) {
    static const char *const names[] = {"waiting", "answered", "updated", "asked"};
    life made = {.request = request_at(YEAR_BEGIN + 12 * DAY + 9 * HOUR), .event_count = events, .change_count = changes};
    made.request.criterion = index_of(contract, SLA_ELEMENT_CRITERION, "normal");
    made.request.tier = index_of(contract, SLA_ELEMENT_TIER, "silver");
    for (size_t i = 0; i < events; i++) {
        made.events[i] = (sla_event){made.request.received + (int64_t)(i + 1) * 5000,
                                     index_of(contract, SLA_ELEMENT_EVENT, names[i % COUNT_OF(names)]), 0};
    }
    for (size_t i = 0; i < changes; i++) {
        const int32_t fact = i % 2 == 0 ? SLA_CHANGED_TIER : SLA_CHANGED_CRITERION;
        made.changes[i] = (sla_change){made.request.received + (int64_t)(i + 1) * 7000, fact, (int32_t)(i / 2 % 2)};
    }
    return made;
}

static const sla_threshold thresholds[] = {
    {.kind = SLA_THRESHOLD_SHARE, .amount = 500, .action = 1},
    {.kind = SLA_THRESHOLD_DUE, .basis = SLA_BASIS_ELAPSED, .amount = -HOUR, .every = 600, .times = 3, .action = -1}};

/* ---- Single requests ---- */

static void ask_evaluate(const sla_contract *contract, int32_t metric, const life *of, int64_t now) {
    sla_cycle cycles[CYCLES] = {0};
    size_t count = 0;
    REPEAT(count = 99,
           sla_clock_evaluate(contract, metric, &of->request, of->events, of->event_count, of->changes, of->change_count,
                              now, cycles, CYCLES, &count, &failure),
           count == 0);
    note("%zu %s", count, failure.message);
    note_bytes("cycles", cycles, sizeof cycles);
}

static void ask_decide(const sla_contract *contract, int32_t metric, const life *of, int64_t now) {
    sla_verdict verdict;
    static const sla_verdict nothing;
    REPEAT(memset(&verdict, 0x55, sizeof verdict),
           sla_clock_decide(contract, metric, &of->request, NULL, of->events, of->event_count, of->changes,
                            of->change_count, now, &verdict, &failure),
           memcmp(&verdict.cycle, &nothing.cycle, sizeof verdict.cycle) == 0);
    note_bytes("verdict", &verdict, sizeof verdict);
}

static void ask_next(const sla_contract *contract, int32_t metric, const life *of, int64_t now) {
    sla_transition transitions[4] = {0};
    size_t count = 0;
    REPEAT(count = 99,
           sla_clock_next(contract, metric, &of->request, of->events, of->event_count, of->changes, of->change_count, now,
                          thresholds, COUNT_OF(thresholds), transitions, COUNT_OF(transitions), &count, &failure),
           count == 0);
    note("%zu", count);
    note_bytes("transitions", transitions, sizeof transitions);
}

static void ask_explain(const sla_contract *contract, int32_t metric, const life *of, int64_t now) {
    static sla_clock_span spans[SPANS];
    size_t count = 0;
    REPEAT((count = 99, memset(spans, 0, sizeof spans)),
           sla_clock_explain(contract, metric, &of->request, of->events, of->event_count, of->changes, of->change_count,
                             now, -1, spans, SPANS, &count, &failure),
           count == 0);
    note("%zu", count);
    note_bytes("spans", spans, count * sizeof *spans);
}

static void ask_all(const sla_contract *contract, const life *of) {
    const int64_t now = of->request.received + 6 * DAY;
    for (int32_t metric = 0; metric < sla_contract_count(contract, SLA_ELEMENT_METRIC); metric++) {
        ask_evaluate(contract, metric, of, now);
        ask_decide(contract, metric, of, now);
        ask_next(contract, metric, of, now);
        ask_explain(contract, metric, of, now);
    }
    ask_next(contract, SLA_UNSAID, of, now);
}

/* Few events and changes need no memory, many do. */
static void single_requests(void) {
    static const size_t lengths[][2] = {{0, 0}, {3, 2}, {EVENTS, 2}, {3, CHANGES}, {EVENTS, CHANGES}};
    sla_contract *const contract = contract_of(agreement);
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        const life of = life_of(contract, lengths[i][0], lengths[i][1]);
        ask_all(contract, &of);
    }
    sla_contract_unref(contract);
}

/* An invalid request is invalid also after memory was out. */
static void invalid_requests(void) {
    sla_contract *const contract = contract_of(agreement);
    life of = life_of(contract, EVENTS, CHANGES);
    of.events[40].at = of.request.received - 1;
    ask_all(contract, &of);
    of = life_of(contract, EVENTS, CHANGES);
    of.changes[3].value = 77;
    ask_all(contract, &of);
    sla_contract_unref(contract);
}

/* ---- Columns ---- */

/* Nothing is allocated: the caller's workspace is enough. */
static void columns(void) {
    static sla_event events[REQUESTS * EVENTS];
    static sla_change changes[REQUESTS * CHANGES];
    static int64_t workspace[4096];
    sla_contract *const contract = contract_of(agreement);
    const size_t length = sla_clock_workspace_length(EVENTS, CHANGES);
    const life of = life_of(contract, EVENTS, CHANGES);
    sla_request requests[REQUESTS];
    int64_t event_offsets[REQUESTS + 1] = {0};
    int64_t change_offsets[REQUESTS + 1] = {0};
    sla_verdict verdicts[REQUESTS] = {0};
    sla_cycle cycles[REQUESTS * (EVENTS + 1)] = {0};
    sla_transition entries[40] = {0};
    sla_status statuses[REQUESTS];
    size_t count = 0;
    DEMAND(length <= COUNT_OF(workspace));
    for (size_t i = 0; i < REQUESTS; i++) {
        requests[i] = of.request;
        memcpy(events + i * EVENTS, of.events, sizeof of.events);
        memcpy(changes + i * CHANGES, of.changes, sizeof of.changes);
        event_offsets[i + 1] = (int64_t)(i + 1) * EVENTS;
        change_offsets[i + 1] = (int64_t)(i + 1) * CHANGES;
    }
    const int64_t now = of.request.received + DAY;
    fault_quiet_begin();
    DEMAND(sla_clock_decide_many(contract, 2, REQUESTS, requests, NULL, events, event_offsets, changes, change_offsets, now,
                                 verdicts, cycles, COUNT_OF(cycles), workspace, length, statuses) == SLA_OK);
    DEMAND(sla_clock_agenda(contract, SLA_UNSAID, REQUESTS, requests, NULL, events, event_offsets, changes, change_offsets,
                            now, now + 20 * DAY, thresholds, COUNT_OF(thresholds), entries, COUNT_OF(entries), &count,
                            workspace, length, statuses) == SLA_OK);
    fault_quiet_end("columns");
    note("%zu", count);
    note_bytes("verdicts", verdicts, sizeof verdicts);
    note_bytes("cycles", cycles, sizeof cycles);
    note_bytes("entries", entries, sizeof entries);
    sla_contract_unref(contract);
}

static const scenario scenarios[] = {
    {"single-requests", single_requests}, {"invalid-requests", invalid_requests}, {"columns", columns}};
const scenario_group clock_scenarios = {"clock", scenarios, COUNT_OF(scenarios)};
