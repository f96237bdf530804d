/* SPDX-License-Identifier: MIT */
/*
 * Reports on requests of any kind, decided by the clock or made up. The whole is held against its parts merged in any
 * order, batches against single requests, counts against a tally beside them; what fails leaves the report as it was.
 */
#include "agreement.h"

enum { REPORTS = 3, REQUESTS = 12, CYCLES = EVENTS_MAX + 2, FORMATS = SLA_FORMAT_CSV + 1, REASONS = 8 };

/* A request with what the clock says of it. */
typedef struct decided {
    uint64_t row;
    sla_request request;
    sla_status status;
    sla_verdict verdict;
    sla_cycle cycles[CYCLES];
    size_t cycle_count;
} decided;

typedef struct terms {
    sla_contract *contract;
    int32_t metric;
    int32_t by;
    size_t worst;
} terms;

/* ---- What a report says, as bytes ---- */

typedef struct written {
    size_t lengths[FORMATS];
    char *texts[FORMATS];
} written;

static void write_all(const sla_report *report, written *all) {
    sla_error error;
    for (int32_t format = 0; format < FORMATS; format++) {
        size_t length = 7;
        mark_error(&error);
        MUST(!judged(sla_report_write(report, format, NULL, 0, &length, &error), MAY(SLA_BUFFER_TOO_SMALL), &error));
        all->texts[format] = malloc(length + 1);
        MUST(all->texts[format] != NULL);
        mark_error(&error);
        MUST(judged(sla_report_write(report, format, all->texts[format], length + 1, &all->lengths[format], &error),
                    ONLY_OK, &error));
        MUST(all->lengths[format] == length && strlen(all->texts[format]) == length && is_utf8(all->texts[format]));
    }
}

static void free_all(written *all) {
    for (size_t i = 0; i < FORMATS; i++) {
        free(all->texts[i]);
    }
}

static void must_be_same(const sla_report *one, const sla_report *other) {
    written first;
    written second;
    write_all(one, &first);
    write_all(other, &second);
    for (size_t i = 0; i < FORMATS; i++) {
        MUST(first.lengths[i] == second.lengths[i] && memcmp(first.texts[i], second.texts[i], first.lengths[i]) == 0);
    }
    free_all(&first);
    free_all(&second);
}

/* ---- Reports ---- */

static sla_report *start(const terms *agreed) {
    sla_report *report = NULL;
    MUST(sla_report_new(agreed->contract, agreed->metric, agreed->by, agreed->worst, &report, NULL) == SLA_OK);
    return report;
}

static terms take_terms(fuzz_input *in, sla_contract *contract) {
    return (terms){contract, take_below(in, 2), (int32_t)take_word(in, 2) % 512, (size_t)take_below(in, 6)};
}

static void start_badly(fuzz_input *in, sla_contract *contract) {
    sla_report *report = (sla_report *)contract;
    sla_error error;
    const int32_t metric = take_index(in, 2);
    const int32_t by = take_int32(in);
    const size_t worst = (size_t)take_int32(in);
    mark_error(&error);
    const bool made = judged(sla_report_new(take_rarely(in, 8) ? NULL : contract, metric, by, worst, &report, &error),
                             OK_OR_INVALID, &error);
    MUST(made ? by >= 0 && by < 512 && worst <= 10000 && (metric == 0 || metric == 1) : report == NULL);
    sla_report_free(made ? report : NULL);
}

/* ---- Requests ---- */

/* Services on no list have numbers of their own in each report, which merge by name. */
static void name_service(fuzz_input *in, sla_report *report, sla_request *request) {
    const fuzz_text name = take_name(in);
    int32_t service = 7;
    int32_t again = 7;
    sla_error error;
    mark_error(&error);
    if (judged(sla_report_add_service(report, name.start, name.length, &service, &error), OK_OR_INVALID, &error)) {
        MUST(sla_report_add_service(report, name.start, name.length, &again, NULL) == SLA_OK && again == service);
        MUST(service >= 0 || service < SLA_UNKNOWN);
        request->service = service;
    } else {
        MUST(service == 0);
    }
}

static void decide(fuzz_input *in, const terms *agreed, decided *made) {
    static happenings happened;
    const int64_t now = AGREEMENT_BEGIN + take_below(in, 65536) * (AGREEMENT_END - AGREEMENT_BEGIN) / 65536;
    made->row = take_word(in, 1);
    made->request = take_request(in, agreed->contract, AGREEMENT_BEGIN, AGREEMENT_END);
    take_happenings(in, agreed->contract, &made->request, AGREEMENT_BEGIN, AGREEMENT_END, &happened);
    made->status =
        sla_clock_decide(agreed->contract, agreed->metric, &made->request, NULL, happened.events, happened.event_count,
                         happened.changes, happened.change_count, now, &made->verdict, NULL);
    made->cycle_count = 0;
    made->verdict.first_cycle = 0;
    if (made->status == SLA_OK && made->verdict.scope.in_scope) {
        MUST(sla_clock_evaluate(agreed->contract, agreed->metric, &made->request, happened.events, happened.event_count,
                                happened.changes, happened.change_count, now, made->cycles, CYCLES, &made->cycle_count,
                                NULL) == SLA_OK);
    }
}

/* One request, as the clock has decided. */
static sla_status add(sla_report *report, const decided *made) {
    sla_error error;
    mark_error(&error);
    sla_status status;
    if (made->status == SLA_OK) {
        status = sla_report_add(report, made->row, &made->request, &made->verdict.scope,
                                made->cycle_count == 0 ? NULL : made->cycles, made->cycle_count, &error);
    } else {
        status = sla_report_add_invalid(report, made->row, &made->request, made->status, NULL, 0, &error);
    }
    judged(status, OK_INVALID_OR_LIMIT, &error);
    return status;
}

/* A batch of one; the report counts it as the single call does. */
static sla_status add_as_batch(sla_report *report, const decided *made) {
    sla_error error;
    size_t counted = 7;
    mark_error(&error);
    const sla_status status = sla_report_add_many(report, 1, &made->row, &made->request, &made->verdict, made->cycles,
                                                  &made->status, &counted, &error);
    const bool done = judged(status, OK_INVALID_OR_LIMIT, &error);
    MUST(counted == (done ? 1U : 0U) && (done || error.index == 0));
    return status;
}

/* ---- Made-up requests ---- */

static sla_cycle take_cycle(fuzz_input *in) {
    const int64_t used = take_rarely(in, 16) ? take_int64(in) : take_below(in, 1000) * 977;
    return (sla_cycle){.state = take_index(in, SLA_STATE_BEST_EFFORT + 1),
                       .flags = take_byte(in) % 16,
                       .started = take_instant(in, AGREEMENT_BEGIN, AGREEMENT_END),
                       .stopped = take_instant(in, AGREEMENT_BEGIN, AGREEMENT_END),
                       .used = used,
                       .due = take_instant(in, AGREEMENT_BEGIN, AGREEMENT_END),
                       .late = take_int64(in)};
}

/* Nothing of it need be true: it is counted or refused, and a report that refuses it is as before. */
static void add_made_up(fuzz_input *in, const terms *agreed, sla_report *report) {
    const sla_request request = take_request(in, agreed->contract, AGREEMENT_BEGIN, AGREEMENT_END);
    const sla_scope scope = {take_below(in, 2), take_byte(in), SLA_NONE, 0};
    sla_cycle cycles[3];
    sla_error error;
    written before;
    written after;
    const size_t count = (size_t)take_below(in, 4);
    for (size_t i = 0; i < count; i++) {
        cycles[i] = take_cycle(in);
    }
    write_all(report, &before);
    mark_error(&error);
    const bool counted = judged(sla_report_add(report, take_word(in, 1), &request, &scope, cycles, count, &error),
                                OK_INVALID_OR_LIMIT, &error);
    write_all(report, &after);
    for (size_t i = 0; i < FORMATS && !counted; i++) {
        MUST(before.lengths[i] == after.lengths[i] && memcmp(before.texts[i], after.texts[i], before.lengths[i]) == 0);
    }
    free_all(&before);
    free_all(&after);
}

static void add_invalid(fuzz_input *in, const terms *agreed, sla_report *report) {
    sla_request request = take_request(in, agreed->contract, AGREEMENT_BEGIN, AGREEMENT_END);
    const fuzz_text message = take_name(in);
    sla_error error;
    request.received = take_rarely(in, 8) ? SLA_NONE : request.received;
    const uint64_t row = take_word(in, 1);
    const sla_status reason = take_int32(in);
    mark_error(&error);
    judged(sla_report_add_invalid(report, row, &request, reason, message.start, message.length, &error),
           OK_INVALID_OR_LIMIT, &error);
}

/* ---- Reading ---- */

static void add_group(sla_group *sum, const sla_group *more) {
    int64_t *const into = &sum->requests;
    const int64_t *const from = &more->requests;
    for (size_t i = 0; i < sizeof *sum / sizeof *into; i++) {
        into[i] = (int64_t)((uint64_t)into[i] + (uint64_t)from[i]);
    }
}

static void check_group(const sla_report *report, int64_t index, const terms *agreed) {
    sla_group group;
    int64_t least = 0;
    MUST(sla_report_get_group(report, index, &group) == SLA_OK);
    MUST((group.stopped == 0) == (group.used_min == SLA_NONE) && (group.stopped == 0) == (group.used_max == SLA_NONE));
    MUST(group.used_min <= group.used_max);
    for (int32_t per_mille = 1; per_mille <= 1000; per_mille += 111) {
        int64_t seconds = 7;
        const sla_status status = sla_report_percentile(report, index, per_mille, &seconds);
        MUST(status == (group.stopped == 0 ? SLA_NOT_FOUND : SLA_OK));
        MUST(group.stopped == 0 ? seconds == SLA_NONE : seconds >= group.used_min && seconds <= group.used_max);
        MUST(group.stopped == 0 || seconds >= least);
        least = seconds;
    }
    for (int32_t by = 1; by < 512; by *= 2) {
        MUST(sla_report_group_key(report, index, by) == NULL || ((agreed->by & by) != 0 && index >= 0));
    }
}

/* §8.1: the groups together are all. */
static void check_groups(const sla_report *report, const terms *agreed) {
    const int64_t count = (int64_t)sla_report_group_count(report);
    sla_group sum = {0};
    sla_group group;
    for (int64_t i = 0; i < count; i++) {
        check_group(report, i, agreed);
        MUST(sla_report_get_group(report, i, &group) == SLA_OK);
        add_group(&sum, &group);
    }
    check_group(report, -1, agreed);
    MUST(sla_report_get_group(report, -1, &group) == SLA_OK);
    sum.used_min = group.used_min;
    sum.used_max = group.used_max;
    MUST(memcmp(&sum, &group, sizeof sum) == 0);
    MUST(sla_report_get_group(report, count, &group) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_get_group(report, -2, &group) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_group_key(report, count, SLA_BY_TIER) == NULL);
}

/* §8.2: an objective holds when as many in a million are met. */
static void check_objectives(const sla_report *report, const terms *agreed) {
    const size_t count = sla_report_objective_count(report);
    sla_objective_result result;
    for (size_t i = 0; i < count; i++) {
        sla_objective objective;
        MUST(sla_report_get_objective(report, i, &result) == SLA_OK);
        MUST(sla_contract_get_objective(agreed->contract, result.objective, &objective) == SLA_OK);
        MUST(result.total > 0 && result.met >= 0 && result.met <= result.total);
        MUST(result.holds == (result.met * 1000000 >= objective.attainment * result.total));
        MUST((result.period[0] == '\0') == (objective.period == SLA_PERIOD_ALL));
    }
    MUST(sla_report_get_objective(report, count, &result) == SLA_INVALID_ARGUMENT);
}

/* The lists are in order, and no longer than agreed. */
static void check_lists(const sla_report *report, const terms *agreed) {
    const size_t breaches = sla_report_breach_count(report);
    const size_t invalid = sla_report_invalid_count(report);
    MUST(breaches <= agreed->worst && invalid <= agreed->worst);
    sla_breach last = {.late = INT64_MAX};
    sla_breach breach;
    for (size_t i = 0; i < breaches; i++) {
        MUST(sla_report_get_breach(report, i, &breach) == SLA_OK);
        MUST(breach.late < last.late || (breach.late == last.late && breach.row >= last.row));
        last = breach;
    }
    MUST(sla_report_get_breach(report, breaches, &breach) == SLA_INVALID_ARGUMENT);
    uint64_t last_row = 0;
    for (size_t i = 0; i < invalid; i++) {
        uint64_t row = 0;
        sla_status reason = SLA_OK;
        const char *message = NULL;
        MUST(sla_report_get_invalid(report, i, &row, &reason, &message) == SLA_OK);
        MUST(row >= last_row && is_utf8(message) && strlen(message) < 344);
        last_row = row;
    }
    MUST(sla_report_get_invalid(report, invalid, &last_row, NULL, NULL) == SLA_INVALID_ARGUMENT);
}

static void read_back(const sla_report *report, const terms *agreed) {
    check_groups(report, agreed);
    check_objectives(report, agreed);
    check_lists(report, agreed);
}

/* A buffer that is too small holds no part of a report. */
static void write_short(fuzz_input *in, const sla_report *report) {
    char buffer[64];
    size_t length = 7;
    sla_error error;
    const int32_t format = take_index(in, FORMATS);
    const size_t capacity = (size_t)take_below(in, (int32_t)sizeof buffer + 1);
    mark_error(&error);
    const sla_status status = sla_report_write(report, format, buffer, capacity, &length, &error);
    judged(status, OK_OR_INVALID | MAY(SLA_BUFFER_TOO_SMALL), &error);
    MUST(status != SLA_BUFFER_TOO_SMALL || length >= capacity);
    MUST((status == SLA_INVALID_ARGUMENT) == (format < 0 || format >= FORMATS));
    MUST(status != SLA_INVALID_ARGUMENT || length == 0);
}

/* ---- Misuse ---- */

static void find_keys(fuzz_input *in) {
    static const char *const names[] = {"contract", "metric", "tier", "criterion", "channel",
                                        "service",  "month",  "week", "day"};
    const fuzz_text name = take_name(in);
    int32_t key = 7;
    for (int32_t i = 0; i < 9; i++) {
        MUST(sla_report_find_key(names[i], SIZE_MAX, &key) == SLA_OK && key == 1 << i);
    }
    if (!judged_status(sla_report_find_key(name.start, name.length, &key), OK_OR_INVALID | MAY(SLA_NOT_FOUND))) {
        MUST(key == 0);
    }
}

static void misuse(const terms *agreed, sla_report *report) {
    const sla_request request = {.received = AGREEMENT_BEGIN};
    const sla_scope scope = {0};
    size_t counted = 7;
    int64_t seconds = 7;
    int32_t service = 7;
    MUST(sla_report_new(agreed->contract, 0, 0, 0, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_add_service(report, NULL, 0, &service, NULL) == SLA_INVALID_ARGUMENT && service == 0);
    MUST(sla_report_add(report, 0, NULL, &scope, NULL, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_add(NULL, 0, &request, &scope, NULL, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_add_many(report, 1, NULL, NULL, NULL, NULL, NULL, &counted, NULL) == SLA_INVALID_ARGUMENT &&
         counted == 0);
    MUST(sla_report_add_many(report, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_add_invalid(report, 0, NULL, SLA_INVALID_REQUEST, NULL, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_merge(report, report, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_merge(report, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_get_group(report, -1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_percentile(report, -1, 0, &seconds) == SLA_INVALID_ARGUMENT && seconds == 0);
    MUST(sla_report_percentile(report, -1, 1001, &seconds) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_get_objective(report, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_get_breach(report, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_report_write(report, SLA_FORMAT_TEXT, NULL, 1, &counted, NULL) == SLA_INVALID_ARGUMENT && counted == 0);
    MUST(sla_report_group_count(NULL) == 0 && sla_report_objective_count(NULL) == 0);
    MUST(sla_report_breach_count(NULL) == 0 && sla_report_invalid_count(NULL) == 0);
}

/* Reports of other terms do not merge, and are as they were. */
static void merge_badly(fuzz_input *in, const terms *agreed, sla_report *report) {
    terms others = *agreed;
    written before;
    written after;
    sla_error error;
    others.by ^= 1 << take_below(in, 9);
    sla_report *const other = start(&others);
    write_all(report, &before);
    mark_error(&error);
    MUST(!judged(sla_report_merge(report, other, &error), MAY(SLA_INVALID_ARGUMENT), &error));
    write_all(report, &after);
    for (size_t i = 0; i < FORMATS; i++) {
        MUST(before.lengths[i] == after.lengths[i] && memcmp(before.texts[i], after.texts[i], before.lengths[i]) == 0);
    }
    free_all(&before);
    free_all(&after);
    sla_report_free(other);
}

/* ---- Parts and the whole (§8.4) ---- */

/* What each request is expected to count under, told apart from the report. */
static void tally(const decided *made, sla_group *counts) {
    counts->requests++;
    counts->invalid += made->status != SLA_OK;
    if (made->status == SLA_OK && !made->verdict.scope.in_scope) {
        counts->out_of_scope++;
        for (size_t i = 0; i < REASONS; i++) {
            counts->reasons[i] += made->verdict.scope.reasons >> i & 1;
        }
    }
    for (size_t i = 0; i < made->cycle_count; i++) {
        const int32_t state = made->cycles[i].state;
        const bool open = (made->cycles[i].flags & SLA_CYCLE_OPEN) != 0;
        counts->running += state == SLA_STATE_RUNNING;
        counts->paused += state == SLA_STATE_PAUSED;
        counts->met += state == SLA_STATE_MET;
        counts->breached_open += state == SLA_STATE_BREACHED && open;
        counts->breached_late += state == SLA_STATE_BREACHED && !open;
        counts->cancelled += state == SLA_STATE_CANCELLED;
        counts->no_target += state == SLA_STATE_NO_TARGET;
        counts->best_effort += state == SLA_STATE_BEST_EFFORT;
        counts->not_started += state == SLA_STATE_NOT_STARTED;
    }
}

static void check_tally(const sla_report *report, const sla_group *counts) {
    sla_group all;
    MUST(sla_report_get_group(report, -1, &all) == SLA_OK);
    MUST(memcmp(&all, counts, offsetof(sla_group, stopped)) == 0);
}

static void merge(sla_report *into, const sla_report *part) {
    sla_error error;
    mark_error(&error);
    MUST(judged(sla_report_merge(into, part, &error), ONLY_OK, &error));
}

/* The same requests in one report, in a batch each, and in parts. */
static void report_on(fuzz_input *in, const terms *agreed) {
    static decided made;
    sla_group counts = {0};
    sla_report *const whole = start(agreed);
    sla_report *const batched = start(agreed);
    sla_report *parts[REPORTS];
    for (size_t i = 0; i < REPORTS; i++) {
        parts[i] = start(agreed);
    }
    for (int i = 0; i < REQUESTS && in->left > 0; i++) {
        decide(in, agreed, &made);
        const sla_status status = add(whole, &made);
        MUST(status == SLA_OK && add_as_batch(batched, &made) == SLA_OK);
        MUST(add(parts[take_below(in, REPORTS)], &made) == SLA_OK);
        tally(&made, &counts);
    }
    check_tally(whole, &counts);
    must_be_same(whole, batched);
    const size_t first = (size_t)take_below(in, REPORTS);
    for (size_t i = 1; i < REPORTS; i++) {
        merge(parts[first], parts[(first + i) % REPORTS]);
    }
    must_be_same(whole, parts[first]);
    read_back(whole, agreed);
    read_back(parts[first], agreed);
    sla_report_free(whole);
    sla_report_free(batched);
    for (size_t i = 0; i < REPORTS; i++) {
        sla_report_free(parts[i]);
    }
}

/* Two parts of made-up requests, merged one way and the other. */
static void report_on_anything(fuzz_input *in, const terms *agreed) {
    sla_report *reports[4];
    for (size_t i = 0; i < 4; i++) {
        reports[i] = start(agreed);
    }
    for (int i = 0; i < 10 && in->left > 0; i++) {
        sla_report *const part = reports[take_below(in, 2)];
        if (take_below(in, 3) == 0) {
            add_invalid(in, agreed, part);
        } else if (take_below(in, 3) == 0) {
            sla_request request = take_request(in, agreed->contract, AGREEMENT_BEGIN, AGREEMENT_END);
            const sla_scope scope = {0, SLA_REASON_SERVICE_NOT_LISTED, SLA_NONE, 0};
            name_service(in, part, &request);
            MUST(is_among(sla_report_add(part, 1, &request, &scope, NULL, 0, NULL), OK_OR_INVALID));
        } else {
            add_made_up(in, agreed, part);
        }
        write_short(in, part);
    }
    sla_group one;
    sla_group two;
    MUST(sla_report_get_group(reports[0], -1, &one) == SLA_OK && sla_report_get_group(reports[1], -1, &two) == SLA_OK);
    if (one.used_sum <= INT64_MAX - two.used_sum) {
        merge(reports[2], reports[0]);
        merge(reports[2], reports[1]);
        merge(reports[3], reports[1]);
        merge(reports[3], reports[0]);
        must_be_same(reports[2], reports[3]);
        read_back(reports[3], agreed);
    } else {
        MUST(sla_report_merge(reports[0], reports[1], NULL) == SLA_LIMIT);
    }
    merge_badly(in, agreed, reports[0]);
    misuse(agreed, reports[1]);
    for (size_t i = 0; i < 4; i++) {
        sla_report_free(reports[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input in = {data, size};
    sla_contract *const contract = take_agreement(&in);
    const terms agreed = take_terms(&in, contract);
    if (take_below(&in, 2) == 0) {
        report_on(&in, &agreed);
    } else {
        report_on_anything(&in, &agreed);
    }
    find_keys(&in);
    start_badly(&in, contract);
    sla_contract_unref(contract);
    return 0;
}
