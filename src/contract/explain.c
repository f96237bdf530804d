/* SPDX-License-Identifier: MIT */
/* Why a decision came out as it did: the rows that were tried (§4.3, §6) and the questions of scope (§5). */
#include "contract/requests.h"

/* ---- Conditions ---- */

static int32_t element_of_key(int32_t key) {
    static const int32_t elements[KEY_ATTRIBUTE] = {[KEY_METRIC] = SLA_ELEMENT_METRIC,
                                                    [KEY_CRITERION] = SLA_ELEMENT_CRITERION,
                                                    [KEY_TIER] = SLA_ELEMENT_TIER,
                                                    [KEY_CHANNEL] = SLA_ELEMENT_CHANNEL,
                                                    [KEY_SERVICE] = SLA_ELEMENT_SERVICE};
    return key < KEY_ATTRIBUTE ? elements[key] : SLA_ELEMENT_ATTRIBUTE;
}

static int32_t attribute_of_key(int32_t key) {
    return key < KEY_ATTRIBUTE ? SLA_UNSAID : key - KEY_ATTRIBUTE;
}

/* The kind of rows (ROWS_…) of an element; -1 for one that has no conditions. */
static int32_t rows_of(int32_t element) {
    switch (element) {
        case SLA_ELEMENT_RULE:
            return ROWS_RULES;
        case SLA_ELEMENT_TARGET:
            return ROWS_TARGETS;
        case SLA_ELEMENT_OBJECTIVE:
            return ROWS_OBJECTIVES;
        default:
            return -1;
    }
}

int32_t sla_contract_condition_count(const sla_contract *contract, int32_t element, int32_t row) {
    const int32_t rows = rows_of(element);
    if (contract == NULL || rows < 0 || !sli_model_has(&contract->model, element, row)) {
        return 0;
    }
    return (int32_t)(contract->first_condition[rows][row + 1] - contract->first_condition[rows][row]);
}

sla_status sla_contract_get_condition(const sla_contract *contract, int32_t element, int32_t row, int32_t position,
                                      sla_condition *condition) {
    if (condition == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *condition = (sla_condition){0};
    if (position < 0 || position >= sla_contract_condition_count(contract, element, row)) {
        return SLA_INVALID_ARGUMENT;
    }
    const int32_t rows = rows_of(element);
    const uint32_t at = contract->first_condition[rows][row] + (uint32_t)position;
    const struct condition *const found = &contract->model.conditions[rows].items[at];
    condition->element = element_of_key(found->key);
    condition->attribute = attribute_of_key(found->key);
    condition->value = found->value;
    return SLA_OK;
}

/* ---- Rows ---- */

static sla_trial try_row(const sla_contract *contract, int32_t rows, int32_t row, const struct row_facts *facts) {
    const int32_t key = sli_row_misfit(contract, rows, row, facts);
    if (key < 0) {
        return (sla_trial){.row = row, .fits = 1, .element = SLA_UNSAID, .attribute = SLA_UNSAID, .found = SLA_UNSAID};
    }
    return (sla_trial){.row = row,
                       .element = element_of_key(key),
                       .attribute = attribute_of_key(key),
                       .found = sli_fact_of(contract, facts, key)};
}

/* Tries rows as sli_first_row does. */
static sla_status try_rows(const sla_contract *contract, int32_t rows, int32_t row_count, const struct row_facts *facts,
                           sla_trial *trials, size_t capacity, size_t *count) {
    bool fits = false;
    for (int32_t row = 0; row < row_count && !fits; row++) {
        const sla_trial trial = try_row(contract, rows, row, facts);
        fits = trial.fits != 0;
        if (*count < capacity) {
            trials[*count] = trial;
        }
        (*count)++;
    }
    return *count > capacity ? SLA_BUFFER_TOO_SMALL : SLA_OK;
}

/* True when the outputs of an explanation are there; the number is then 0. */
static bool are_outputs(const void *items, size_t capacity, size_t *count) {
    if (count != NULL) {
        *count = 0;
    }
    return count != NULL && (items != NULL || capacity == 0);
}

sla_status sla_contract_explain_target(const sla_contract *contract, int32_t metric, const sla_request *request,
                                       sla_trial *trials, size_t capacity, size_t *count) {
    int32_t found;
    if (!are_outputs(trials, capacity, count)) {
        return SLA_INVALID_ARGUMENT;
    }
    const sla_status status = sla_contract_find_target(contract, metric, request, &found);
    if (status != SLA_OK && status != SLA_NOT_FOUND) {
        return status;
    }
    const struct row_facts facts = {metric, request->criterion, request->tier, request->channel, request->service, NULL};
    return try_rows(contract, ROWS_TARGETS, sli_model_count(&contract->model, SLA_ELEMENT_TARGET), &facts, trials, capacity,
                    count);
}

sla_status sla_contract_explain_criterion(const sla_contract *contract, const sla_request *request, const int32_t *values,
                                          sla_trial *trials, size_t capacity, size_t *count) {
    int32_t found;
    if (!are_outputs(trials, capacity, count)) {
        return SLA_INVALID_ARGUMENT;
    }
    const sla_status status = sla_contract_decide_criterion(contract, request, values, &found);
    if (status != SLA_OK && status != SLA_NOT_FOUND) {
        return status;
    }
    const struct row_facts facts = {SLA_UNSAID, SLA_UNSAID, request->tier, request->channel, request->service, values};
    return try_rows(contract, ROWS_RULES, sli_model_count(&contract->model, SLA_ELEMENT_RULE), &facts, trials, capacity,
                    count);
}

/* ---- Scope ---- */

static sla_scope_check check_validity(const sla_contract *contract, int32_t reason) {
    const int64_t instant = reason == SLA_REASON_EXPIRED ? contract->valid_until : contract->valid_from;
    const bool open_end = instant == INT64_MIN || instant == INT64_MAX;
    return (sla_scope_check){.outcome = open_end ? SLA_CHECK_NOT_JUDGED : SLA_CHECK_PASSED,
                             .element = SLA_ELEMENT_CONTRACT,
                             .instant = open_end ? SLA_NONE : instant};
}

static int32_t lowest_bit(uint64_t bits) {
    int32_t bit = 0;
    while ((bits >> bit & 1) == 0) {
        bit++;
    }
    return bit;
}

static sla_scope_check check_requirements(const sla_contract *contract, const sla_request *request) {
    const uint64_t required = sli_required_facts(contract, request);
    const uint64_t missing = required & ~request->holds;
    return (sla_scope_check){.outcome = required == 0 ? SLA_CHECK_NOT_JUDGED : SLA_CHECK_PASSED,
                             .element = SLA_ELEMENT_FACT,
                             .index = missing == 0 ? SLA_UNSAID : lowest_bit(missing),
                             .instant = SLA_NONE};
}

static sla_scope_check check_tier(const sla_request *request) {
    const bool said = request->tier != SLA_UNSAID && request->channel != SLA_UNSAID;
    return (sla_scope_check){.outcome = said ? SLA_CHECK_PASSED : SLA_CHECK_NOT_JUDGED,
                             .element = SLA_ELEMENT_TIER,
                             .index = request->tier,
                             .instant = SLA_NONE};
}

static sla_scope_check check_opening(const sla_contract *contract, const sla_request *request, int64_t next_open) {
    const int32_t channel = request->channel;
    const bool staffed = channel != SLA_UNSAID && contract->model.channels.items[channel].calendar >= 0;
    return (sla_scope_check){.outcome = staffed ? SLA_CHECK_PASSED : SLA_CHECK_NOT_JUDGED,
                             .element = SLA_ELEMENT_CHANNEL,
                             .index = channel,
                             .instant = next_open};
}

static sla_scope_check check_language(const sla_contract *contract, const sla_request *request) {
    const bool any = sli_model_count(&contract->model, SLA_ELEMENT_LANGUAGE) == 0;
    return (sla_scope_check){.outcome = any || request->language == SLA_UNSAID ? SLA_CHECK_NOT_JUDGED : SLA_CHECK_PASSED,
                             .element = SLA_ELEMENT_LANGUAGE,
                             .index = request->language,
                             .instant = SLA_NONE};
}

static sla_scope_check check_service(const sla_contract *contract, const sla_request *request, int32_t reason) {
    const int32_t excluded = sli_service_entry(contract, request->service, LIST_EXCLUDED);
    const bool exclusion = reason == SLA_REASON_SERVICE_EXCLUDED && excluded >= 0;
    const bool asked = reason == SLA_REASON_SERVICE_EXCLUDED || contract->model.unlisted == SLA_UNLISTED_EXCLUDED;
    const bool judged = asked && request->service != SLA_UNSAID;
    return (sla_scope_check){.outcome = judged ? SLA_CHECK_PASSED : SLA_CHECK_NOT_JUDGED,
                             .element = exclusion ? SLA_ELEMENT_EXCLUSION : SLA_ELEMENT_SERVICE,
                             .index = exclusion ? excluded : request->service,
                             .instant = SLA_NONE};
}

/* One question, as if it had passed. */
static sla_scope_check check_for(const sla_contract *contract, const sla_request *request, const sla_scope *scope,
                                 int32_t reason) {
    switch (reason) {
        case SLA_REASON_NOT_YET_VALID:
        case SLA_REASON_EXPIRED:
            return check_validity(contract, reason);
        case SLA_REASON_REQUIREMENT_MISSING:
            return check_requirements(contract, request);
        case SLA_REASON_CHANNEL_NOT_IN_TIER:
            return check_tier(request);
        case SLA_REASON_CHANNEL_CLOSED:
            return check_opening(contract, request, scope->next_open);
        case SLA_REASON_LANGUAGE_NOT_SUPPORTED:
            return check_language(contract, request);
        default:
            return check_service(contract, request, reason);
    }
}

sla_status sla_contract_explain_scope(const sla_contract *contract, const sla_request *request, sla_scope_check *checks,
                                      size_t capacity, size_t *count) {
    sla_scope scope;
    if (!are_outputs(checks, capacity, count)) {
        return SLA_INVALID_ARGUMENT;
    }
    const sla_status status = sla_contract_decide_scope(contract, request, &scope);
    if (status != SLA_OK) {
        return status;
    }
    for (int32_t reason = 1; sla_reason_name(reason) != NULL; reason <<= 1) {
        if (*count < capacity) {
            sla_scope_check *const check = &checks[*count];
            *check = check_for(contract, request, &scope, reason);
            check->reason = reason;
            check->outcome = (scope.reasons & reason) != 0 ? SLA_CHECK_FAILED : check->outcome;
        }
        (*count)++;
    }
    return *count > capacity ? SLA_BUFFER_TOO_SMALL : SLA_OK;
}
