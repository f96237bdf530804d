/* SPDX-License-Identifier: MIT */
/* Scope (§5): all reasons for which a request is not covered, and the clause behind each. */
#include "contract/requests.h"

#include <string.h>

/* In the order of their bits. */
static const char *const reason_names[] = {
    "not-yet-valid",          "expired",          "requirement-missing", "channel-not-in-tier", "channel-closed",
    "language-not-supported", "service-excluded", "service-not-listed",
};

const char *sla_reason_name(int32_t reason) {
    for (size_t i = 0; i < sizeof reason_names / sizeof *reason_names; i++) {
        if (reason == (int32_t)(1 << i)) {
            return reason_names[i];
        }
    }
    return NULL;
}

/* ---- Reasons ---- */

static int32_t judge_validity(const sla_contract *contract, const sla_request *request) {
    if (request->received < contract->valid_from) {
        return SLA_REASON_NOT_YET_VALID;
    }
    return request->received >= contract->valid_until ? SLA_REASON_EXPIRED : 0;
}

/* The list whose requirements stand instead of the contract's: the covered entry's, else the excluded entry's; -1: none. */
static int32_t requiring_entry(const sla_contract *contract, int32_t index, int32_t *list) {
    *list = LIST_COVERED;
    int32_t entry = sli_service_entry(contract, index, LIST_COVERED);
    if (entry < 0) {
        *list = LIST_EXCLUDED;
        entry = sli_service_entry(contract, index, LIST_EXCLUDED);
    }
    return entry >= 0 && contract->model.services.items[entry].requires_own[*list] ? entry : -1;
}

uint64_t sli_required_facts(const sla_contract *contract, const sla_request *request) {
    int32_t list;
    const int32_t entry = requiring_entry(contract, request->service, &list);
    return entry < 0 ? contract->model.required : contract->model.services.items[entry].requires[list];
}

static int32_t judge_requirements(const sla_contract *contract, const sla_request *request) {
    return (sli_required_facts(contract, request) & ~request->holds) != 0 ? SLA_REASON_REQUIREMENT_MISSING : 0;
}

static int32_t judge_tier(const sla_contract *contract, const sla_request *request) {
    if (request->tier == SLA_UNSAID || request->channel == SLA_UNSAID) {
        return 0;
    }
    const uint64_t *const offered = contract->model.tiers.items[request->tier].offered;
    const bool offers = (offered[request->channel / 64] >> (request->channel % 64) & 1) != 0;
    return offers ? 0 : SLA_REASON_CHANNEL_NOT_IN_TIER;
}

static int32_t judge_opening(const sla_contract *contract, const sla_request *request, int64_t *next_open) {
    const int32_t staffed = request->channel == SLA_UNSAID ? -1 : contract->model.channels.items[request->channel].calendar;
    if (staffed < 0) {
        return 0;
    }
    const sla_calendar *const calendar = contract->model.calendars.items[staffed];
    int64_t opening;
    if (sla_calendar_next_open(calendar, request->received, &opening) != SLA_OK) {
        return SLA_REASON_CHANNEL_CLOSED; /* and stays so to the end of the horizon */
    }
    if (opening == request->received) {
        return 0;
    }
    *next_open = opening;
    return SLA_REASON_CHANNEL_CLOSED;
}

static int32_t judge_language(const sla_contract *contract, const sla_request *request) {
    const bool any = sli_model_count(&contract->model, SLA_ELEMENT_LANGUAGE) == 0;
    return !any && request->language < SLA_UNSAID ? SLA_REASON_LANGUAGE_NOT_SUPPORTED : 0;
}

static int32_t judge_service(const sla_contract *contract, const sla_request *request) {
    if (request->service < SLA_UNSAID) {
        return contract->model.unlisted == SLA_UNLISTED_EXCLUDED ? SLA_REASON_SERVICE_NOT_LISTED : 0;
    }
    return sli_service_entry(contract, request->service, LIST_EXCLUDED) >= 0 ? SLA_REASON_SERVICE_EXCLUDED : 0;
}

/* ---- Decisions ---- */

sla_scope sli_contract_judge_scope(const sla_contract *contract, const sla_request *request) {
    sla_scope scope = {.next_open = SLA_NONE};
    scope.reasons = judge_validity(contract, request) | judge_requirements(contract, request) |
                    judge_tier(contract, request) | judge_opening(contract, request, &scope.next_open) |
                    judge_language(contract, request) | judge_service(contract, request);
    scope.in_scope = scope.reasons == 0;
    return scope;
}

static sla_status decide_scope(const sla_contract *contract, const sla_request *request, sla_scope *scope) {
    memset(scope, 0, sizeof *scope);
    const sla_status status = sli_judge_said(contract, request);
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_in_horizon(contract, request->received)) {
        return SLA_HORIZON;
    }
    *scope = sli_contract_judge_scope(contract, request);
    return SLA_OK;
}

sla_status sla_contract_decide_scope(const sla_contract *contract, const sla_request *request, sla_scope *scope) {
    if (scope != NULL) {
        memset(scope, 0, sizeof *scope);
    }
    sla_status status = SLA_OK;
    const sla_status call = sla_contract_decide_scope_many(contract, 1, request, scope, &status);
    return call != SLA_OK ? call : status;
}

sla_status sla_contract_decide_scope_many(const sla_contract *contract, size_t count, const sla_request *requests,
                                          sla_scope *scopes, sla_status *statuses) {
    if (contract == NULL || (count > 0 && (requests == NULL || scopes == NULL))) {
        return SLA_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        const sla_status status = decide_scope(contract, &requests[i], &scopes[i]);
        if (statuses != NULL) {
            statuses[i] = status;
        }
    }
    return SLA_OK;
}

/* ---- Clauses ---- */

static const char *clause_of(const sla_contract *contract, int32_t element, int32_t index) {
    const char *const clause = sla_contract_text(contract, element, index, SLA_TEXT_CLAUSE);
    return clause == NULL ? "" : clause;
}

static const char *requirement_clause(const sla_contract *contract, const sla_request *request) {
    int32_t list;
    const int32_t entry = requiring_entry(contract, request->service, &list);
    return entry < 0 ? clause_of(contract, SLA_ELEMENT_CONTRACT, 0)
                     : clause_of(contract, SLA_ELEMENT_SERVICE + list, entry);
}

const char *sla_contract_clause(const sla_contract *contract, const sla_request *request, int32_t reason) {
    if (contract == NULL || request == NULL || sli_judge_said(contract, request) != SLA_OK ||
        sla_reason_name(reason) == NULL) {
        return "";
    }
    switch (reason) {
        case SLA_REASON_SERVICE_EXCLUDED:
            return clause_of(contract, SLA_ELEMENT_EXCLUSION, sli_service_entry(contract, request->service, LIST_EXCLUDED));
        case SLA_REASON_CHANNEL_NOT_IN_TIER:
            return clause_of(contract, SLA_ELEMENT_TIER, request->tier);
        case SLA_REASON_CHANNEL_CLOSED:
            return clause_of(contract, SLA_ELEMENT_CHANNEL, request->channel);
        case SLA_REASON_REQUIREMENT_MISSING:
            return requirement_clause(contract, request);
        default:
            return clause_of(contract, SLA_ELEMENT_CONTRACT, 0);
    }
}
