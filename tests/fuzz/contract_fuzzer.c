/* SPDX-License-Identifier: MIT */
/*
 * Contracts put together by any calls in any order, wrong ones included, then asked about any requests. Decisions are held
 * against their explanations, many against one, and builders against what they were before a call that failed.
 */
#include "agreement.h"

enum { BUILDERS = 2, CONTRACTS = 3, STEPS = 96, DAY = 86400, ELEMENT_KINDS = SLA_ELEMENT_OBJECTIVE + 1 };

typedef struct pool {
    sla_contract_builder *builders[BUILDERS];
    sla_contract *contracts[CONTRACTS];
} pool;

#define TAKE_ANY(in, items, count) ((items)[take_below(in, count)])

enum {
    FOUND_OR_NOT = OK_OR_INVALID | 1 << SLA_NOT_FOUND,
    NEW_OR_DUPLICATE = OK_OR_INVALID | 1 << SLA_DUPLICATE,
    REQUEST_JUDGED = OK_OR_INVALID | 1 << SLA_INVALID_REQUEST
};

/* ---- What a contract is, as one number ---- */

static void add_elements(uint64_t *sum, const sla_contract *contract, int32_t element) {
    const int32_t count = sla_contract_count(contract, element);
    add_bytes(sum, &count, sizeof count);
    for (int32_t i = 0; i < count; i++) {
        add_text(sum, sla_contract_name(contract, element, i));
        for (int32_t kind_of_text = SLA_TEXT_TITLE; kind_of_text <= SLA_TEXT_NOTE; kind_of_text++) {
            add_text(sum, sla_contract_text(contract, element, i, kind_of_text));
        }
        for (int32_t j = 0; j < sla_contract_condition_count(contract, element, i); j++) {
            sla_condition condition;
            MUST(sla_contract_get_condition(contract, element, i, j, &condition) == SLA_OK);
            add_bytes(sum, &condition, sizeof condition);
        }
    }
}

static void add_records(uint64_t *sum, const sla_contract *contract) {
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_TARGET); i++) {
        sla_target target;
        MUST(sla_contract_get_target(contract, i, &target) == SLA_OK && target.calendar >= 0);
        add_bytes(sum, &target, sizeof target);
    }
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_OBJECTIVE); i++) {
        sla_objective objective;
        MUST(sla_contract_get_objective(contract, i, &objective) == SLA_OK);
        add_bytes(sum, &objective, sizeof objective);
    }
}

/* Decisions about requests that say one thing each; they show what has no other way out: aliases, inclusions, facts. */
static void add_decisions(uint64_t *sum, const sla_contract *contract) {
    for (int32_t i = 0; i < 32; i++) {
        const sla_request request = {.received = AGREEMENT_BEGIN + i * 40000,
                                     .holds = (uint64_t)(i % 3),
                                     .tier = i % 4 < sla_contract_count(contract, SLA_ELEMENT_TIER) ? i % 4 : SLA_UNSAID,
                                     .channel = i / 4 < sla_contract_count(contract, SLA_ELEMENT_CHANNEL) ? i / 4 : -1,
                                     .service = i % 5 < sla_contract_count(contract, SLA_ELEMENT_SERVICE) ? i % 5 : -2,
                                     .language = SLA_UNKNOWN,
                                     .criterion = SLA_UNSAID};
        sla_scope scope;
        sla_due due;
        const sla_status status = sla_contract_decide_scope(contract, &request, &scope);
        add_bytes(sum, &status, sizeof status);
        add_bytes(sum, &scope, sizeof scope);
        MUST(is_among(sla_contract_due(contract, 0, &request, &due), OK_INVALID_OR_HORIZON));
        add_bytes(sum, &due, sizeof due);
    }
}

static uint64_t fingerprint(const sla_contract_builder *builder) {
    sla_contract *built = NULL;
    uint64_t sum = (uint64_t)sla_contract_builder_build(builder, &built, NULL);
    for (int32_t element = 0; element < ELEMENT_KINDS; element++) {
        add_elements(&sum, built, element);
    }
    if (built != NULL) {
        add_records(&sum, built);
        add_decisions(&sum, built);
    }
    sla_contract_unref(built);
    return sum;
}

/* ---- Building ---- */

static void make_builder(fuzz_input *in, pool *all) {
    sla_contract_builder **const place = &TAKE_ANY(in, all->builders, BUILDERS);
    sla_contract_builder *made = (sla_contract_builder *)all;
    sla_error error;
    const bool other = take_rarely(in, 16);
    const int64_t begin = other ? take_int64(in) : AGREEMENT_BEGIN;
    const int64_t end = other ? take_int64(in) : AGREEMENT_END;
    const fuzz_text name = take_name(in);
    mark_error(&error);
    if (!judged(sla_contract_builder_new(name.start, name.length, take_rarely(in, 64) ? NULL : surround()->zone, begin, end,
                                         &made, &error),
                OK_OR_INVALID, &error)) {
        MUST(made == NULL);
        return;
    }
    sla_contract_builder_free(*place);
    *place = made;
}

static int32_t take_kind(fuzz_input *in) {
    return take_index(in, ELEMENT_KINDS);
}

static sla_status add_element(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    static const int32_t kinds[] = {SLA_ELEMENT_CHANNEL,  SLA_ELEMENT_TIER,      SLA_ELEMENT_SERVICE,
                                    SLA_ELEMENT_LANGUAGE, SLA_ELEMENT_FACT,      SLA_ELEMENT_ATTRIBUTE,
                                    SLA_ELEMENT_RULE,     SLA_ELEMENT_EXCLUSION, SLA_ELEMENT_RULE};
    const int32_t element = take_rarely(in, 24) ? take_kind(in) : TAKE_ANY(in, kinds, 9);
    const fuzz_text name = take_name(in);
    int32_t index = 7;
    const sla_status status = sla_contract_builder_add(builder, element, name.start, name.length, &index, error);
    MUST(status == SLA_OK ? index >= 0 : index == 0);
    return status;
}

static sla_status add_name(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    static const struct {
        int32_t element;
        int32_t role;
    } uses[] = {{SLA_ELEMENT_TIER, SLA_NAME_ALIAS},       {SLA_ELEMENT_SERVICE, SLA_NAME_ALIAS},
                {SLA_ELEMENT_EXCLUSION, SLA_NAME_ALIAS},  {SLA_ELEMENT_TIER, SLA_NAME_CHANNEL},
                {SLA_ELEMENT_TIER, SLA_NAME_INCLUDED},    {SLA_ELEMENT_SERVICE, SLA_NAME_REQUIRED},
                {SLA_ELEMENT_ATTRIBUTE, SLA_NAME_VALUE},  {SLA_ELEMENT_ATTRIBUTE, SLA_NAME_VALUE},
                {SLA_ELEMENT_CHANNEL, SLA_NAME_CALENDAR}, {SLA_ELEMENT_METRIC, SLA_NAME_START},
                {SLA_ELEMENT_METRIC, SLA_NAME_STOP},      {SLA_ELEMENT_METRIC, SLA_NAME_PAUSE},
                {SLA_ELEMENT_METRIC, SLA_NAME_RESUME},    {SLA_ELEMENT_METRIC, SLA_NAME_CANCEL}};
    const int32_t use = take_below(in, 14);
    const bool wild = take_rarely(in, 24);
    const int32_t element = wild ? take_kind(in) : uses[use].element;
    const int32_t role = wild ? take_index(in, SLA_NAME_CANCEL + 1) : uses[use].role;
    const int32_t index = take_index(in, 3);
    const fuzz_text name = take_name(in);
    return sla_contract_builder_add_name(builder, element, index, role, name.start, name.length, error);
}

static sla_status set_text(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    const int32_t element = take_kind(in);
    const int32_t index = take_index(in, 3);
    const int32_t kind_of_text = take_index(in, SLA_TEXT_NOTE + 1);
    const fuzz_text value = take_name(in);
    return sla_contract_builder_set_text(builder, element, index, kind_of_text, value.start, value.length, error);
}

static sla_status add_condition(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    static const int32_t rows[] = {SLA_ELEMENT_RULE, SLA_ELEMENT_TARGET, SLA_ELEMENT_OBJECTIVE};
    static const char *const keys[] = {"tier", "channel", "service", "criterion", "metric", "impact"};
    const int32_t element = take_rarely(in, 24) ? take_kind(in) : TAKE_ANY(in, rows, 3);
    const int32_t index = take_index(in, 4);
    const fuzz_text key = take_rarely(in, 8) ? take_name(in) : (fuzz_text){TAKE_ANY(in, keys, 6), SIZE_MAX};
    const fuzz_text value = take_name(in);
    return sla_contract_builder_add_condition(builder, element, index, key.start, key.length, value.start, value.length,
                                              error);
}

static sla_status add_metric(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    sla_metric metric = {take_below(in, 2), take_below(in, 2), take_below(in, 3), {0}};
    if (take_rarely(in, 16)) {
        metric = (sla_metric){take_int32(in), take_int32(in), take_int32(in), {0, take_byte(in)}};
    }
    const fuzz_text name = take_name(in);
    int32_t index = 7;
    const sla_status status = sla_contract_builder_add_metric(builder, name.start, name.length,
                                                              take_rarely(in, 64) ? NULL : &metric, &index, error);
    MUST(status == SLA_OK ? index >= 0 : index == 0);
    return status;
}

static sla_status add_target(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    sla_target target = take_target(in, 2);
    int32_t index = 7;
    if (take_rarely(in, 16)) {
        target = (sla_target){take_index(in, 4), take_index(in, 2), take_int64(in),    take_int64(in),
                              take_int32(in),    take_index(in, 3), take_index(in, 3), {0, 0, take_byte(in)}};
    }
    const sla_status status = sla_contract_builder_add_target(builder, take_rarely(in, 64) ? NULL : &target, &index, error);
    MUST(status == SLA_OK ? index >= 0 : index == 0);
    return status;
}

static sla_status add_objective(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    const sla_objective objective = {
        take_index(in, 2), take_rarely(in, 4) ? take_int32(in) : 950000, take_index(in, 4), {take_rarely(in, 32)}};
    int32_t index = 7;
    const sla_status status =
        sla_contract_builder_add_objective(builder, take_rarely(in, 64) ? NULL : &objective, &index, error);
    MUST(status == SLA_OK ? index >= 0 : index == 0);
    return status;
}

static sla_status add_calendar(fuzz_input *in, sla_contract_builder *builder, sla_error *error) {
    sla_calendar *const calendar = take_rarely(in, 32) ? NULL : TAKE_ANY(in, surround()->calendars, AGREEMENT_CALENDARS);
    const fuzz_text name = take_name(in);
    int32_t index = 7;
    const sla_status status = sla_contract_builder_add_calendar(builder, name.start, name.length, calendar, &index, error);
    MUST(status == SLA_OK ? index >= 1 : index == 0);
    return status;
}

static sla_status add_contract(fuzz_input *in, const pool *all, sla_contract_builder *builder, sla_error *error) {
    int32_t index = 7;
    const sla_status status =
        sla_contract_builder_add_contract(builder, TAKE_ANY(in, all->contracts, CONTRACTS), &index, error);
    MUST(status == SLA_OK ? index >= 1 : index == 0);
    return status;
}

static sla_status set_property(fuzz_input *in, sla_contract_builder *builder, sla_error *error, uint32_t *statuses) {
    *statuses = OK_OR_INVALID;
    if (take_byte(in) % 2 == 0) {
        return sla_contract_builder_set_unlisted(builder, take_index(in, 2), error);
    }
    if (take_byte(in) % 2 == 0) {
        const fuzz_text name = take_name(in);
        *statuses = FOUND_OR_NOT;
        return sla_contract_builder_set_default_calendar(builder, name.start, name.length, error);
    }
    const bool wild = take_rarely(in, 4);
    const int32_t first = (int32_t)(AGREEMENT_BEGIN / DAY) + take_below(in, 16);
    const int32_t from = wild ? take_int32(in) : first;
    const int32_t until = wild ? take_int32(in) : first + take_below(in, 16);
    return sla_contract_builder_set_validity(builder, from, until, error);
}

/* One call; `statuses` are those that the header names for it. */
static sla_status call(fuzz_input *in, const pool *all, sla_contract_builder *builder, sla_error *error,
                       uint32_t *statuses) {
    const int32_t chosen = take_below(in, 32);
    *statuses = NEW_OR_DUPLICATE | MAY(SLA_LIMIT);
    if (chosen < 9) {
        return add_element(in, builder, error);
    }
    if (chosen < 17) {
        *statuses |= FOUND_OR_NOT | MAY(SLA_CYCLE);
        return add_name(in, builder, error);
    }
    if (chosen < 21) {
        *statuses = FOUND_OR_NOT;
        return add_condition(in, builder, error);
    }
    if (chosen < 25) {
        *statuses = OK_INVALID_OR_LIMIT;
        return add_target(in, builder, error);
    }
    switch (chosen) {
        case 25:
            *statuses = NEW_OR_DUPLICATE;
            return add_metric(in, builder, error);
        case 26:
            *statuses = OK_OR_INVALID;
            return add_objective(in, builder, error);
        case 27:
        case 28:
            *statuses = NEW_OR_DUPLICATE;
            return add_calendar(in, builder, error);
        case 29:
            return add_contract(in, all, builder, error);
        case 30:
            return set_property(in, builder, error, statuses);
        default:
            *statuses = OK_OR_INVALID;
            return set_text(in, builder, error);
    }
}

/* A call that fails leaves its builder as it was. */
static void call_builder(fuzz_input *in, const pool *all) {
    sla_contract_builder *const builder = TAKE_ANY(in, all->builders, BUILDERS);
    const bool watched = take_rarely(in, 12);
    const uint64_t before = watched ? fingerprint(builder) : 0;
    sla_error error;
    uint32_t statuses;
    mark_error(&error);
    const sla_status status = call(in, all, builder, &error, &statuses);
    MUST(judged(status, statuses, &error) || !watched || fingerprint(builder) == before);
    MUST(builder != NULL || status == SLA_INVALID_ARGUMENT);
}

static void find_in_builder(fuzz_input *in, const pool *all) {
    const fuzz_text name = take_name(in);
    int32_t index = 7;
    const int32_t element = take_kind(in);
    const sla_contract_builder *const builder = TAKE_ANY(in, all->builders, BUILDERS);
    const sla_status status = sla_contract_builder_find(builder, element, name.start, name.length, &index);
    MUST(judged_status(status, FOUND_OR_NOT) ? index >= 0 : index == SLA_UNKNOWN || index == 0);
}

static void build(fuzz_input *in, pool *all) {
    sla_contract *made = (sla_contract *)all;
    sla_error error;
    mark_error(&error);
    if (!judged(sla_contract_builder_build(TAKE_ANY(in, all->builders, BUILDERS), &made, &error), OK_OR_INVALID, &error)) {
        MUST(made == NULL);
        return;
    }
    sla_contract **const place = &TAKE_ANY(in, all->contracts, CONTRACTS);
    sla_contract_unref(*place);
    *place = made;
}

/* A contract from a document, to which requests of it can move. */
static void build_document(fuzz_input *in, pool *all) {
    static const char yaml[] = "sla: 1\nname: document\ntime_zone: Europe/Belgrade\n";
    sla_contract *const other = TAKE_ANY(in, all->contracts, CONTRACTS);
    sla_contract *made = (sla_contract *)all;
    sla_document *document = NULL;
    sla_error error;
    int32_t index = 7;
    const fuzz_text folder = take_rarely(in, 4) ? take_name(in) : (fuzz_text){NULL, 0};
    mark_error(&error);
    MUST(judged(sla_document_load(yaml, SIZE_MAX, &document, &error), ONLY_OK, &error));
    judged(sla_document_set_zone_folder(document, folder.start, folder.length, &error), OK_OR_INVALID, &error);
    mark_error(&error);
    MUST(judged(sla_document_set_horizon(document, AGREEMENT_BEGIN, AGREEMENT_END, &error), ONLY_OK, &error));
    const sla_status status = sla_document_add_contract(document, other, &index, &error);
    MUST(judged(status, NEW_OR_DUPLICATE, &error) ? index == 1 : index == 0);
    mark_error(&error);
    const sla_status built = sla_document_build(document, NULL, &made, &error);
    if (judged(built, ONLY_OK | MAY(SLA_INVALID_DOCUMENT) | MAY(SLA_UNKNOWN_ZONE) | MAY(SLA_DUPLICATE), &error)) {
        MUST(sla_contract_count(made, SLA_ELEMENT_CONTRACT) == (status == SLA_OK ? 2 : 1));
        MUST(status != SLA_OK || sla_contract_successor(made, 1) == other);
    } else {
        MUST(made == NULL);
    }
    sla_contract_unref(made);
    sla_document_free(document);
}

/* ---- Looking ---- */

static void look_up(fuzz_input *in, const sla_contract *contract) {
    const int32_t element = take_kind(in);
    const fuzz_text name = take_name(in);
    int32_t index = 7;
    if (judged_status(sla_contract_find(contract, element, name.start, name.length, &index), FOUND_OR_NOT)) {
        MUST(index >= 0 && index < sla_contract_count(contract, element));
        MUST(sla_contract_name(contract, element, index) != NULL);
    } else {
        MUST(index == SLA_UNKNOWN);
    }
    if (judged_status(sla_contract_find_value(contract, take_index(in, 2), name.start, name.length, &index),
                      FOUND_OR_NOT)) {
        MUST(index >= 0);
    } else {
        MUST(index == SLA_UNKNOWN);
    }
    MUST(sla_contract_value_name(contract, 0, INT32_MAX) == NULL);
}

static void look_at(fuzz_input *in, const sla_contract *contract) {
    const int32_t element = take_kind(in);
    const int32_t count = sla_contract_count(contract, element);
    const int32_t index = take_index(in, count);
    const int32_t kind_of_text = take_index(in, SLA_TEXT_NOTE + 1);
    const bool there = index >= 0 && index < count;
    const char *const name = sla_contract_name(contract, element, index);
    const char *const written = sla_contract_text(contract, element, index, kind_of_text);
    MUST((name != NULL) == there && (name == NULL || is_utf8(name)));
    MUST((written != NULL) == (there && kind_of_text >= SLA_TEXT_TITLE && kind_of_text <= SLA_TEXT_NOTE));
    MUST(written == NULL || is_utf8(written));
    MUST(sla_contract_count(contract, ELEMENT_KINDS) == 0 && sla_contract_count(contract, -1) == 0);
    const int32_t contracts = sla_contract_count(contract, SLA_ELEMENT_CONTRACT);
    MUST((sla_contract_successor(contract, index) != NULL) == (index >= 0 && index < contracts));
    const int32_t calendars = sla_contract_count(contract, SLA_ELEMENT_CALENDAR);
    MUST((sla_contract_calendar(contract, index) != NULL) == (index >= 0 && index < calendars));
    MUST((sla_contract_zone(contract) != NULL) == (contract != NULL));
}

static void look_at_rows(fuzz_input *in, const sla_contract *contract) {
    const int32_t element = SLA_ELEMENT_RULE + take_below(in, 5);
    const int32_t row = take_index(in, sla_contract_count(contract, element));
    const int32_t count = sla_contract_condition_count(contract, element, row);
    const int32_t position = take_index(in, count);
    sla_condition condition;
    const sla_status status = sla_contract_get_condition(contract, element, row, position, &condition);
    MUST(status == (position >= 0 && position < count ? SLA_OK : SLA_INVALID_ARGUMENT));
    sla_target target;
    sla_objective objective;
    const int32_t targets = sla_contract_count(contract, SLA_ELEMENT_TARGET);
    const int32_t objectives = sla_contract_count(contract, SLA_ELEMENT_OBJECTIVE);
    MUST((sla_contract_get_target(contract, row, &target) == SLA_OK) == (row >= 0 && row < targets));
    MUST((sla_contract_get_objective(contract, row, &objective) == SLA_OK) == (row >= 0 && row < objectives));
}

static void check(fuzz_input *in, const sla_contract *contract) {
    sla_diagnostics *findings = NULL;
    sla_error error;
    const size_t limit = 1 + (size_t)take_below(in, 40);
    MUST(sla_diagnostics_new(limit, &findings) == SLA_OK);
    mark_error(&error);
    judged(sla_contract_check(contract, findings, &error), OK_INVALID_OR_LIMIT, &error);
    must_be_complaints(findings, limit);
    for (size_t i = 0; i < sla_diagnostics_count(findings); i++) {
        MUST(sla_diagnostics_get(findings, i, &error) == SLA_OK && error.severity == SLA_SEVERITY_WARNING);
    }
    sla_diagnostics_free(findings);
}

/* ---- Scope (§5) ---- */

enum { REASONS = 8 };

static bool is_zero(const void *bytes, size_t size) {
    const unsigned char *const each = bytes;
    for (size_t i = 0; i < size; i++) {
        if (each[i] != 0) {
            return false;
        }
    }
    return true;
}

/* Each reason has its question, which failed, and the other way round. */
static void check_explanation_of_scope(const sla_contract *contract, const sla_request *request, const sla_scope *scope) {
    sla_scope_check checks[REASONS];
    size_t count = 7;
    int32_t failed = 0;
    MUST(sla_contract_explain_scope(contract, request, checks, REASONS, &count) == SLA_OK && count == REASONS);
    for (size_t i = 0; i < count; i++) {
        MUST(checks[i].reason == 1 << i && checks[i].outcome >= SLA_CHECK_PASSED &&
             checks[i].outcome <= SLA_CHECK_NOT_JUDGED);
        failed |= checks[i].outcome == SLA_CHECK_FAILED ? checks[i].reason : 0;
        MUST(sla_reason_name(checks[i].reason) != NULL);
        MUST(sla_contract_clause(contract, request, checks[i].reason) != NULL);
    }
    MUST(failed == scope->reasons);
    MUST((failed & SLA_REASON_NOT_YET_VALID) == 0 || request->received < checks[0].instant);
    MUST((failed & SLA_REASON_EXPIRED) == 0 || request->received >= checks[1].instant);
    MUST(sla_contract_explain_scope(contract, request, checks, 3, &count) == SLA_BUFFER_TOO_SMALL && count == REASONS);
}

static void decide_scope(fuzz_input *in, const sla_contract *contract) {
    sla_request requests[2];
    sla_scope scopes[2];
    sla_status statuses[2] = {-1, -1};
    requests[0] = take_request(in, contract, AGREEMENT_BEGIN, AGREEMENT_END);
    requests[1] = take_request(in, contract, AGREEMENT_BEGIN, AGREEMENT_END);
    const sla_status all = sla_contract_decide_scope_many(contract, 2, requests, scopes, statuses);
    MUST(all == (contract == NULL ? SLA_INVALID_ARGUMENT : SLA_OK));
    for (size_t i = 0; i < 2; i++) {
        sla_scope scope;
        size_t count = 7;
        const sla_status status = sla_contract_decide_scope(contract, &requests[i], &scope);
        MUST(is_among(status, REQUEST_JUDGED | MAY(SLA_HORIZON)));
        MUST(contract == NULL || (status == statuses[i] && memcmp(&scope, &scopes[i], sizeof scope) == 0));
        if (status != SLA_OK) {
            MUST(is_zero(&scope, sizeof scope));
            MUST(sla_contract_explain_scope(contract, &requests[i], NULL, 0, &count) == status && count == 0);
            continue;
        }
        MUST(scope.in_scope == (scope.reasons == 0) && scope.reserved == 0);
        MUST((scope.reasons & SLA_REASON_CHANNEL_CLOSED) != 0 || scope.next_open == SLA_NONE);
        check_explanation_of_scope(contract, &requests[i], &scope);
    }
    MUST(sla_reason_name(0) == NULL && sla_reason_name(3) == NULL && sla_reason_name(256) == NULL);
}

/* ---- Criteria and targets ---- */

enum { TRIALS = 128 };

/* The last row that was tried is the one that was found. */
static void check_trials(const sla_trial *trials, size_t count, int32_t found) {
    MUST(count <= TRIALS);
    for (size_t i = 0; i < count; i++) {
        const bool fits = i + 1 == count && found != SLA_UNSAID;
        MUST(trials[i].row == (int32_t)i && trials[i].fits == fits);
        MUST((trials[i].element == SLA_UNSAID) == fits);
    }
}

static void decide_criterion(fuzz_input *in, const sla_contract *contract) {
    const sla_request request = take_request(in, contract, AGREEMENT_BEGIN, AGREEMENT_END);
    int32_t values[VALUES_MAX + 1];
    int32_t criterion = 7;
    int32_t again = 7;
    sla_status many = -1;
    sla_trial trials[TRIALS];
    size_t count = 7;
    take_values(in, contract, values);
    const sla_status status = sla_contract_decide_criterion(contract, &request, values, &criterion);
    MUST(is_among(status, REQUEST_JUDGED | MAY(SLA_NOT_FOUND)));
    MUST(status == SLA_OK ? criterion >= 0 : criterion == SLA_UNSAID || criterion == 0);
    if (contract == NULL) {
        return;
    }
    MUST(sla_contract_decide_criterion_many(contract, 1, &request, values, &again, &many) == SLA_OK);
    MUST(many == status && again == criterion);
    const sla_status explained = sla_contract_explain_criterion(contract, &request, values, trials, TRIALS, &count);
    if (status != SLA_OK && status != SLA_NOT_FOUND) {
        MUST(explained == status && count == 0);
        return;
    }
    MUST(explained == SLA_OK);
    check_trials(trials, count, criterion);
    MUST(count > 0 || status == SLA_NOT_FOUND);
    MUST(count < 2 ||
         sla_contract_explain_criterion(contract, &request, values, trials, 1, &count) == SLA_BUFFER_TOO_SMALL);
}

/* A builder can have another horizon than the agreement; its calendars all have the same. */
static int64_t end_of_horizon(const sla_contract *contract) {
    int64_t begin;
    int64_t end;
    MUST(sla_calendar_horizon(sla_contract_calendar(contract, 0), &begin, &end) == SLA_OK);
    return end;
}

/* §4: a due time is not before its start, and the grace not before it; it lies in the horizon (§1.5). */
static void check_due(const sla_contract *contract, const sla_due *due, const sla_request *request, int32_t target) {
    MUST(due->target == target && due->reserved == 0 && (due->flags & ~SLA_DUE_NOT_COVERED) == 0);
    switch (due->kind) {
        case SLA_DUE_AT:
            MUST(target >= 0 && due->at >= request->received && due->at < end_of_horizon(contract) &&
                 due->limit >= due->at);
            break;
        case SLA_DUE_BEST_EFFORT:
            MUST(target >= 0 && due->at == SLA_NONE && due->limit == SLA_NONE);
            break;
        default:
            MUST(due->kind == SLA_DUE_NO_TARGET && target == SLA_UNSAID && due->at == SLA_NONE && due->limit == SLA_NONE);
            break;
    }
}

static void ask_due(fuzz_input *in, const sla_contract *contract) {
    const sla_request request = take_request(in, contract, AGREEMENT_BEGIN, AGREEMENT_END);
    const int32_t metric = take_index(in, sla_contract_count(contract, SLA_ELEMENT_METRIC));
    int32_t target = 7;
    sla_due due;
    sla_due again;
    sla_status many = -1;
    sla_trial trials[TRIALS];
    size_t count = 7;
    const sla_status found = sla_contract_find_target(contract, metric, &request, &target);
    MUST(is_among(found, REQUEST_JUDGED | MAY(SLA_NOT_FOUND)));
    MUST(found == SLA_OK ? target >= 0 : target == SLA_UNSAID || target == 0);
    const sla_status status = sla_contract_due(contract, metric, &request, &due);
    MUST(is_among(status, REQUEST_JUDGED | MAY(SLA_HORIZON)));
    const sla_status asked = sla_contract_due_many(contract, metric, 1, &request, &again, &many);
    MUST(is_among(asked, OK_OR_INVALID) && (asked != SLA_OK || (many == status && memcmp(&due, &again, sizeof due) == 0)));
    const sla_status explained = sla_contract_explain_target(contract, metric, &request, trials, TRIALS, &count);
    if (found != SLA_OK && found != SLA_NOT_FOUND) {
        MUST(explained == found && count == 0 && status != SLA_OK);
        return;
    }
    MUST(explained == SLA_OK);
    check_trials(trials, count, found == SLA_OK ? target : SLA_UNSAID);
    if (status == SLA_OK) {
        check_due(contract, &due, &request, target);
    } else {
        MUST(is_zero(&due, sizeof due));
    }
}

/* ---- Misuse ---- */

static void misuse(const pool *all) {
    const sla_contract *const contract = all->contracts[0];
    sla_contract_builder *const builder = all->builders[0];
    const sla_request request = {.received = AGREEMENT_BEGIN};
    const int32_t value = 0;
    size_t count = 7;
    int32_t index = 7;
    MUST(sla_contract_find(contract, SLA_ELEMENT_TIER, "a", 1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_find_value(contract, 0, "a", 1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_get_target(contract, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_get_objective(contract, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 0, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_decide_scope(contract, &request, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_decide_scope_many(contract, 1, &request, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_decide_criterion(contract, &request, &value, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_decide_criterion_many(contract, 1, NULL, &value, &index, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_find_target(contract, 0, &request, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_due(contract, 0, &request, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_due_many(contract, 0, 1, &request, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_explain_target(contract, 0, &request, NULL, 1, &count) == SLA_INVALID_ARGUMENT && count == 0);
    count = 7;
    MUST(sla_contract_explain_scope(contract, &request, NULL, 1, &count) == SLA_INVALID_ARGUMENT && count == 0);
    count = 7;
    MUST(sla_contract_explain_criterion(contract, NULL, NULL, NULL, 0, &count) == SLA_INVALID_ARGUMENT && count == 0);
    MUST(sla_contract_check(contract, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_clause(NULL, &request, SLA_REASON_EXPIRED)[0] == '\0');
    MUST(sla_contract_builder_new("a", 1, surround()->zone, AGREEMENT_BEGIN, AGREEMENT_END, NULL, NULL) ==
         SLA_INVALID_ARGUMENT);
    MUST(sla_contract_builder_find(builder, SLA_ELEMENT_TIER, "a", 1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_builder_add(builder, SLA_ELEMENT_TIER, "zz", 2, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_contract_builder_build(builder, NULL, NULL) == SLA_INVALID_ARGUMENT);
}

/* ---- The sequence of calls ---- */

static void let_go(fuzz_input *in, pool *all) {
    sla_contract **const contract = &TAKE_ANY(in, all->contracts, CONTRACTS);
    sla_contract_builder **const builder = &TAKE_ANY(in, all->builders, BUILDERS);
    MUST(sla_contract_ref(*contract) == *contract);
    sla_contract_unref(*contract);
    if (take_byte(in) % 2 == 0) {
        sla_contract_unref(*contract);
        *contract = NULL;
    } else {
        sla_contract_builder_free(*builder);
        *builder = NULL;
    }
}

static void ask(fuzz_input *in, const pool *all, int32_t question) {
    const sla_contract *const contract = TAKE_ANY(in, all->contracts, CONTRACTS);
    static void (*const questions[])(fuzz_input *, const sla_contract *) = {
        look_up,      look_at,          look_at_rows,     check,   decide_scope,
        decide_scope, decide_criterion, decide_criterion, ask_due, ask_due};
    questions[question](in, contract);
}

static void step(fuzz_input *in, pool *all) {
    const int32_t chosen = take_below(in, 40);
    if (chosen < 21) {
        call_builder(in, all);
    } else if (chosen < 25) {
        build(in, all);
    } else if (chosen < 35) {
        ask(in, all, chosen - 25);
    } else if (chosen == 35) {
        make_builder(in, all);
    } else if (chosen == 36) {
        find_in_builder(in, all);
    } else if (chosen == 37) {
        let_go(in, all);
    } else if (chosen == 38) {
        misuse(all);
    } else {
        build_document(in, all);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input in = {data, size};
    pool all = {0};
    make_builder(&in, &all);
    for (int i = 0; i < STEPS && in.left > 0; i++) {
        step(&in, &all);
    }
    for (size_t i = 0; i < BUILDERS; i++) {
        sla_contract_builder_free(all.builders[i]);
    }
    for (size_t i = 0; i < CONTRACTS; i++) {
        sla_contract_unref(all.contracts[i]);
    }
    return 0;
}
