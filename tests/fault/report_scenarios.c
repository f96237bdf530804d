/* SPDX-License-Identifier: MIT */
/* Reports: all groupings, services on no list, breaches, invalid rows, merging, writing. */
#include "support.h"

#include <stdio.h>
#include <string.h>

enum { WORST = 20, ALL_KEYS = 511, REQUESTS = 40, WRITTEN_MAX = 1 << 17 };

static const char agreement[] =
    "sla: 1\nname: Agreement\ntime_zone: Europe/Belgrade\n"
    "channels: {phone: {}, email: {}}\n"
    "tiers: {silver: {channels: [phone, email]}, gold: {includes: [silver]}}\n"
    "services: {covered: {advice: {}, repair: {}}, excluded: {training: {}}}\n"
    "criteria: [{name: urgent}, {name: normal}]\n"
    "metrics: {response: {start: received, stop: responded}}\n"
    "targets: [{criterion: urgent, within: 4h}, {within: 24h}]\n"
    "objectives: [{metric: response, attainment: 95%, per: month}, {metric: response, attainment: 90%, per: week},\n"
    "             {metric: response, attainment: 80%, criterion: urgent}, {metric: response, attainment: 99%, per: day}]\n";

static sla_contract *contract_of(const char *text) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    DEMAND(sla_document_load(text, SIZE_MAX, &document, NULL) == SLA_OK);
    DEMAND(sla_document_set_horizon(document, YEAR_BEGIN, YEAR_END, NULL) == SLA_OK);
    DEMAND(sla_document_build(document, NULL, &contract, NULL) == SLA_OK);
    sla_document_free(document);
    return contract;
}

/* ---- What there is to see ---- */

static void note_group(const sla_report *report, int64_t index) {
    sla_group group = {0};
    int64_t seconds = 0;
    DEMAND(sla_report_get_group(report, index, &group) == SLA_OK);
    note_bytes("group", &group, sizeof group);
    for (int32_t by = 1; by <= SLA_BY_DAY; by *= 2) {
        const char *const key = sla_report_group_key(report, index, by);
        note("%s", key == NULL ? "-" : key);
    }
    const sla_status found = sla_report_percentile(report, index, 900, &seconds);
    note("%d %lld", found, (long long)seconds);
}

static void note_objectives(const sla_report *report) {
    for (size_t i = 0; i < sla_report_objective_count(report); i++) {
        sla_objective_result result = {0};
        DEMAND(sla_report_get_objective(report, i, &result) == SLA_OK);
        note("%d %d %lld %lld %s", result.objective, result.holds, (long long)result.met, (long long)result.total,
             result.period);
    }
}

static void note_lists(const sla_report *report) {
    for (size_t i = 0; i < sla_report_breach_count(report); i++) {
        sla_breach breach = {0};
        DEMAND(sla_report_get_breach(report, i, &breach) == SLA_OK);
        note_bytes("breach", &breach, sizeof breach);
    }
    for (size_t i = 0; i < sla_report_invalid_count(report); i++) {
        uint64_t row = 0;
        sla_status reason = 0;
        const char *message = NULL;
        DEMAND(sla_report_get_invalid(report, i, &row, &reason, &message) == SLA_OK);
        note("%llu %d %s", (unsigned long long)row, reason, message);
    }
}

static void note_report(const sla_report *report) {
    fault_quiet_begin();
    for (int64_t i = -1; i < (int64_t)sla_report_group_count(report); i++) {
        note_group(report, i);
    }
    note_objectives(report);
    note_lists(report);
    fault_quiet_end("a report");
}

static void look_at_report(void *report) {
    static char written[WRITTEN_MAX];
    size_t length = 0;
    DEMAND(sla_report_write(report, SLA_FORMAT_JSON, written, sizeof written, &length, NULL) == SLA_OK);
    note_bytes("json", written, length);
    note_report(report);
}

static void write(const sla_report *report) {
    static char written[WRITTEN_MAX];
    size_t length = 0;
    for (int32_t format = SLA_FORMAT_TEXT; format <= SLA_FORMAT_CSV; format++) {
        REPEAT(length = 99, sla_report_write(report, format, NULL, 0, &length, &failure), length == 0);
        note("%zu", length);
        REPEAT(length = 99, sla_report_write(report, format, written, sizeof written, &length, &failure), length == 0);
        note_bytes("written", written, length);
    }
}

/* ---- Filling ---- */

static sla_report *new_report(sla_contract *contract, int32_t by) {
    sla_report *report = STALE;
    TRY(sla_report_new(contract, 0, by, WORST, &report, &failure), report == NULL);
    return report;
}

static int32_t add_service(sla_report *report, const char *name) {
    int32_t service = 77;
    TRY(sla_report_add_service(report, name, SIZE_MAX, &service, &failure), service == 0);
    return service;
}

static sla_request request_number(int32_t number, int32_t service) {
    sla_request request = request_at(YEAR_BEGIN + number * 3 * DAY + 10 * HOUR);
    request.tier = number % 3 - 1;
    request.channel = number % 2;
    request.service = service;
    request.criterion = number / 2 % 2;
    return request;
}

static sla_event answer_to(const sla_contract *contract, const sla_request *request, int32_t number) {
    sla_event event = {request->received + (int64_t)number * HOUR, SLA_UNKNOWN, 0};
    DEMAND(sla_contract_find(contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &event.event) == SLA_OK);
    return event;
}

static void add_requests(const sla_contract *contract, sla_report *report, int32_t first, int32_t service) {
    for (int32_t i = first; i < first + 12; i++) {
        const sla_request request = request_number(i, i % 4 == 0 ? service : i % 4 - 1);
        const sla_event answered = answer_to(contract, &request, i);
        sla_scope scope;
        sla_cycle cycle = {0};
        size_t count = 0;
        DEMAND(sla_contract_decide_scope(contract, &request, &scope) == SLA_OK);
        DEMAND(sla_clock_evaluate(contract, 0, &request, &answered, 1, NULL, 0, YEAR_END - 1, &cycle, 1, &count, NULL) ==
               SLA_OK);
        TRY(sla_report_add(report, (uint64_t)i, &request, &scope, scope.in_scope ? &cycle : NULL, scope.in_scope ? 1 : 0,
                           &failure),
            true);
    }
}

static void add_invalid(sla_report *report, int32_t first) {
    for (int32_t i = first; i < first + 10; i++) {
        const sla_request request = request_number(i, SLA_UNSAID);
        const char *const message = i % 2 == 0 ? NULL : "the event 'responded' lies before the receipt";
        TRY(sla_report_add_invalid(report, (uint64_t)i + 1000, &request, SLA_INVALID_REQUEST, message, SIZE_MAX, &failure),
            true);
    }
}

/* ---- Scenarios ---- */

static void by_everything(void) {
    sla_contract *const contract = contract_of(agreement);
    sla_report *const report = new_report(contract, ALL_KEYS);
    fault_watch(look_at_report, report);
    const int32_t service = add_service(report, "gardening");
    DEMAND(add_service(report, "gardening") == service);
    add_service(report, "advice");
    add_requests(contract, report, 0, service);
    add_invalid(report, 0);
    fault_watch(NULL, NULL);
    note_report(report);
    write(report);
    fault_quiet_begin();
    sla_report_free(report);
    fault_quiet_end("letting go");
    sla_contract_unref(contract);
}

/* More services on no list than the first room for them. */
static void many_services(void) {
    sla_contract *const contract = contract_of(agreement);
    sla_report *const report = new_report(contract, SLA_BY_SERVICE);
    fault_watch(look_at_report, report);
    for (int i = 0; i < 40; i++) {
        char name[32];
        snprintf(name, sizeof name, "service %d", i);
        const int32_t service = add_service(report, name);
        const sla_request request = request_number(i, service);
        TRY(sla_report_add_invalid(report, (uint64_t)i, &request, SLA_HORIZON, NULL, 0, &failure), true);
    }
    fault_watch(NULL, NULL);
    note_report(report);
    write(report);
    sla_report_free(report);
    sla_contract_unref(contract);
}

/* A batch that finds no memory counts a part: the rest is counted afterwards. */
static sla_status add_rest(sla_report *report, const sla_request *requests, const sla_verdict *verdicts,
                           const sla_status *statuses, size_t *done) {
    size_t counted = 0;
    uint64_t rows[REQUESTS];
    for (size_t i = 0; i < REQUESTS; i++) {
        rows[i] = 500 + i;
    }
    const sla_status came_to = sla_report_add_many(report, REQUESTS - *done, rows + *done, requests + *done,
                                                   verdicts + *done, NULL, statuses + *done, &counted, &failure);
    *done += counted;
    return came_to;
}

static void batches(void) {
    sla_contract *const contract = contract_of(agreement);
    sla_report *const report = new_report(contract, SLA_BY_TIER | SLA_BY_SERVICE | SLA_BY_DAY);
    sla_request requests[REQUESTS];
    sla_event events[REQUESTS];
    int64_t offsets[REQUESTS + 1] = {0};
    sla_verdict verdicts[REQUESTS] = {0};
    sla_status statuses[REQUESTS];
    const int32_t service = add_service(report, "gardening");
    for (int32_t i = 0; i < REQUESTS; i++) {
        requests[i] = request_number(i, i % 4 == 0 ? service : i % 4 - 1);
        events[i] = answer_to(contract, &requests[i], i % 10 == 7 ? -1 : i);
        offsets[i + 1] = i + 1;
    }
    DEMAND(sla_clock_decide_many(contract, 0, REQUESTS, requests, NULL, events, offsets, NULL, NULL, YEAR_END - 1, verdicts,
                                 NULL, 0, NULL, 0, statuses) == SLA_OK);
    size_t done = 0;
    TRY(add_rest(report, requests, verdicts, statuses, &done), done < REQUESTS);
    note_report(report);
    write(report);
    sla_report_free(report);
    sla_contract_unref(contract);
}

static void merging(void) {
    sla_contract *const contract = contract_of(agreement);
    sla_report *parts[3];
    for (int32_t i = 0; i < 3; i++) {
        parts[i] = new_report(contract, SLA_BY_SERVICE | SLA_BY_MONTH | SLA_BY_WEEK);
        const int32_t service = add_service(parts[i], i == 1 ? "cooking" : "gardening");
        add_requests(contract, parts[i], i * 8, service);
        add_invalid(parts[i], i * 5);
    }
    fault_watch(look_at_report, parts[0]);
    for (int32_t i = 1; i < 3; i++) {
        TRY(sla_report_merge(parts[0], parts[i], &failure), true);
    }
    fault_watch(NULL, NULL);
    note_report(parts[0]);
    for (int32_t i = 0; i < 3; i++) {
        sla_report_free(parts[i]);
    }
    sla_contract_unref(contract);
}

static void empty(void) {
    sla_contract *const contract = contract_of("{sla: 1, name: Empty, time_zone: UTC}");
    sla_report *const report = new_report(contract, 0);
    note_report(report);
    write(report);
    sla_report_free(report);
    sla_contract_unref(contract);
}

static const scenario scenarios[] = {{"by-everything", by_everything},
                                     {"many-services", many_services},
                                     {"batches", batches},
                                     {"merging", merging},
                                     {"empty", empty}};
const scenario_group report_scenarios = {"report", scenarios, COUNT_OF(scenarios)};
