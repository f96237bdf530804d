/* SPDX-License-Identifier: MIT */
/*
 * What the built contract and its builder tell other modules beyond the public interface.
 */
#ifndef SLI_CONTRACT_H
#define SLI_CONTRACT_H

#include <sla/contract.h>

#include "base/base.h"
#include "calendar/calendar.h"

/* ---- Bounds: more is SLA_LIMIT ---- */

enum {
    SLI_NAME_LENGTH_MAX = 255,
    SLI_CONTRACT_MAX = 32, /* itself and those that its requests can move to */
    SLI_TIER_MAX = 256,
    SLI_CHANNEL_MAX = 1024,
    SLI_FACT_MAX = 64,
    SLI_ATTRIBUTE_MAX = 256,
    SLI_METRIC_MAX = 256,
    SLI_EVENT_MAX = 256,
    SLI_CALENDAR_MAX = 1000,
    SLI_LANGUAGE_MAX = 1000,
    SLI_OBJECTIVE_MAX = 1000,
    SLI_ELEMENT_MAX = 10000,     /* services, rules, targets; values of all attributes */
    SLI_CONDITION_MAX = 100000,  /* of all rules, of all targets, of all objectives */
    SLI_TEXT_BYTES_MAX = 1 << 26 /* all names and texts of a contract together */
};

/* ---- Metrics (§7) ---- */

/* What an event does to a metric's clock; one event can do several of these. */
enum { SLI_ROLE_START = 1, SLI_ROLE_STOP = 2, SLI_ROLE_PAUSE = 4, SLI_ROLE_RESUME = 8, SLI_ROLE_CANCEL = 16 };

typedef struct contract_metric {
    sla_metric behaviour;
    uint8_t roles[SLI_EVENT_MAX]; /* by event index: SLI_ROLE_… | …; 0 for an event that this metric does not name */
} contract_metric;

/* The metric at an index; NULL for an index that is none. */
const contract_metric *sli_contract_metric(const sla_contract *contract, int32_t index);

/* ---- Targets (§4) ---- */

typedef struct contract_target {
    sla_target row;               /* its calendar is never -1 */
    const sla_calendar *calendar; /* the row's, or else the default calendar */
    const sla_calendar *roll;     /* NULL: the row does not roll */
} contract_target;

/* The target row at an index; NULL for an index that is none (SLA_UNSAID too). */
const contract_target *sli_contract_target(const sla_contract *contract, int32_t index);

/* The first row that fits (§4.3) a request whose tier and criterion are the ones given, not its own. As
 * sla_contract_find_target: SLA_NOT_FOUND with SLA_UNSAID when none does, SLA_INVALID_REQUEST, SLA_INVALID_ARGUMENT. */
sla_status sli_contract_find_target(const sla_contract *contract, int32_t metric, const sla_request *request, int32_t tier,
                                    int32_t criterion, int32_t *target);

/* When a clock that starts at `start` is due by one row (tie, roll, grace, coverage); SLA_DUE_NO_TARGET for SLA_UNSAID.
 * SLA_HORIZON, SLA_INVALID_ARGUMENT. */
sla_status sli_contract_due_at(const sla_contract *contract, int32_t target, int64_t start, sla_due *due);

/* `at` moved to the next opening of the row's roll calendar (§4.2); `at` itself without one. SLA_HORIZON. */
sla_status sli_target_roll(const contract_target *target, int64_t at, int64_t *rolled);

/* The last instant at which a promise due `at` is kept (§4.4); INT64_MAX when it lies beyond the horizon. */
int64_t sli_target_limit(const contract_target *target, int64_t at);

/* SLA_DUE_NOT_COVERED when a due time lies after the coverage of the row's calendars (§2.7), else 0. */
int32_t sli_target_coverage(const contract_target *target, int64_t at);

/* ---- Contracts that requests move to (§7.5) ---- */

/* What the contract at index `from` calls by an index, as an index of the contract at `to`: by its name there, or else by
 * the first of its other names that is known there. SLA_UNKNOWN for a name that is not; negative indexes stay as they are.
 * `element` is a tier or criterion, or with `from` 0 also a channel, service or metric. All indexes must be valid. */
int32_t sli_contract_carry(const sla_contract *contract, int32_t element, int32_t from, int32_t to, int32_t index);

/* ---- Objectives (§8.2) ---- */

/* True when an objective counts a request: its conditions hold for the facts at receipt. */
bool sli_contract_objective_fits(const sla_contract *contract, int32_t objective, const sla_request *request);

/* ---- The contract ---- */

/* The horizon [begin, end) of the contract and all its calendars. */
void sli_contract_horizon(const sla_contract *contract, int64_t *begin, int64_t *end);

/* SLA_OK when tier, channel, service, language and criterion are indexes of the contract, SLA_UNSAID, or for service and
 * language any lower number; else SLA_INVALID_REQUEST. SLA_INVALID_ARGUMENT for reserved fields that are not zero. */
sla_status sli_contract_judge_request(const sla_contract *contract, const sla_request *request);

/* The scope (§5) of a request that sli_contract_judge_request has let pass and that was received within the horizon. */
sla_scope sli_contract_judge_scope(const sla_contract *contract, const sla_request *request);

/* One request as sla_contract_decide_criterion judges it; `values` may be NULL only when the contract has no attributes. */
sla_status sli_contract_decide_criterion(const sla_contract *contract, const sla_request *request, const int32_t *values,
                                         int32_t *criterion);

/* ---- Messages ---- */

/* "unknown tier 'gold'; this contract has silver, bronze; did you mean …?" with SLA_NOT_FOUND. `what` is the kind of thing
 * in the singular. Lists what fits. */
sla_status sli_fail_unknown(sla_error *error, const char *what, text name, const char *const *known, size_t count);

/* The same for an element of a contract that is being built: for callers of sla_contract_builder_find. */
sla_status sli_contract_builder_unknown(const sla_contract_builder *builder, int32_t element, text name, sla_error *error);

/* ---- Ready-made metrics: the document's `like` ---- */

enum { SLI_READY_EVENTS_MAX = 4, SLI_READY_METRIC_COUNT = 8 };

typedef struct ready_metric {
    const char *name;
    sla_metric behaviour;
    const char *start[SLI_READY_EVENTS_MAX]; /* each list ends with NULL */
    const char *stop[SLI_READY_EVENTS_MAX];
    const char *pause[SLI_READY_EVENTS_MAX];
    const char *resume[SLI_READY_EVENTS_MAX];
    const char *cancel[SLI_READY_EVENTS_MAX];
} ready_metric;

/* The ready-made metrics in order; NULL from SLI_READY_METRIC_COUNT on. */
const ready_metric *sli_ready_metric(size_t index);

/* By name; SLA_NOT_FOUND with a message that lists them. */
sla_status sli_find_ready_metric(text name, const ready_metric **metric, sla_error *error);

#endif
