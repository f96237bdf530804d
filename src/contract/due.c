/* SPDX-License-Identifier: MIT */
/* Due times (§4): what a target row makes of the instant at which a clock starts. */
#include "contract/requests.h"

#include <string.h>

/* The table of §4, before any roll. */
static sla_status place_due(const contract_target *target, int64_t start, int64_t *at) {
    switch (target->row.kind) {
        case SLA_TARGET_IMMEDIATE:
            return sla_calendar_next_open(target->calendar, start, at);
        case SLA_TARGET_BUSINESS_DAYS:
            return sla_calendar_add_business_days(target->calendar, start, target->row.amount, target->row.by, at);
        default:
            break;
    }
    if (target->row.tie == SLA_TIE_NEXT_OPEN) {
        return sla_calendar_add_late(target->calendar, start, target->row.amount, at);
    }
    return sla_calendar_add(target->calendar, start, target->row.amount, at);
}

static bool is_open(const sla_calendar *calendar, int64_t at) {
    int32_t open = 0;
    sla_calendar_is_open(calendar, at, &open); /* nothing is open outside the horizon */
    return open != 0;
}

/* §4.2: open instants, and the closing instant of an open interval, stay. */
static bool stays(const sla_calendar *roll, int64_t at) {
    return is_open(roll, at) || is_open(roll, at - 1);
}

sla_status sli_target_roll(const contract_target *target, int64_t at, int64_t *rolled) {
    *rolled = at;
    if (target->roll == NULL || stays(target->roll, at)) {
        return SLA_OK;
    }
    return sla_calendar_next_open(target->roll, at, rolled);
}

int64_t sli_target_limit(const contract_target *target, int64_t at) {
    int64_t limit = at;
    if (target->row.grace > 0 && sla_calendar_add(target->calendar, at, target->row.grace, &limit) != SLA_OK) {
        return INT64_MAX;
    }
    return limit;
}

int32_t sli_target_coverage(const contract_target *target, int64_t at) {
    const bool covered = at < sla_calendar_covers_until(target->calendar) &&
                         (target->roll == NULL || at < sla_calendar_covers_until(target->roll));
    return covered ? 0 : SLA_DUE_NOT_COVERED;
}

static void set_no_due_time(sla_due *due, int32_t kind, int32_t target) {
    due->kind = kind;
    due->target = target;
    due->at = SLA_NONE;
    due->limit = SLA_NONE;
}

sla_status sli_contract_due_at(const sla_contract *contract, int32_t target, int64_t start, sla_due *due) {
    memset(due, 0, sizeof *due);
    if (!sli_in_horizon(contract, start)) {
        return SLA_HORIZON;
    }
    const contract_target *const row = sli_contract_target(contract, target);
    if (row == NULL && target != SLA_UNSAID) {
        return SLA_INVALID_ARGUMENT;
    }
    if (row == NULL || row->row.kind == SLA_TARGET_BEST_EFFORT) {
        set_no_due_time(due, row == NULL ? SLA_DUE_NO_TARGET : SLA_DUE_BEST_EFFORT, target);
        return SLA_OK;
    }
    int64_t at;
    sla_status status = place_due(row, start, &at);
    if (status == SLA_OK) {
        status = sli_target_roll(row, at, &at);
    }
    if (status != SLA_OK) {
        return status;
    }
    *due = (sla_due){.kind = SLA_DUE_AT, .target = target, .at = at};
    due->limit = sli_target_limit(row, at);
    due->flags = sli_target_coverage(row, at);
    return SLA_OK;
}

static sla_status find_due(const sla_contract *contract, int32_t metric, const sla_request *request, sla_due *due) {
    memset(due, 0, sizeof *due);
    int32_t target;
    const sla_status status =
        sli_contract_find_target(contract, metric, request, request->tier, request->criterion, &target);
    if (status != SLA_OK && status != SLA_NOT_FOUND) {
        return status;
    }
    return sli_contract_due_at(contract, target, request->received, due);
}

sla_status sla_contract_due(const sla_contract *contract, int32_t metric, const sla_request *request, sla_due *due) {
    if (due != NULL) {
        memset(due, 0, sizeof *due);
    }
    sla_status status = SLA_OK;
    const sla_status call = sla_contract_due_many(contract, metric, 1, request, due, &status);
    return call != SLA_OK ? call : status;
}

sla_status sla_contract_due_many(const sla_contract *contract, int32_t metric, size_t count, const sla_request *requests,
                                 sla_due *dues, sla_status *statuses) {
    if (sli_contract_metric(contract, metric) == NULL || (count > 0 && (requests == NULL || dues == NULL))) {
        return SLA_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        const sla_status status = find_due(contract, metric, &requests[i], &dues[i]);
        if (statuses != NULL) {
            statuses[i] = status;
        }
    }
    return SLA_OK;
}
