/* SPDX-License-Identifier: MIT */
/* Targets, checked for every pair of criterion and tier (§6). */
#include "contract/check.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct target_check {
    contract_check *check;
    const sla_contract *contract;
    int32_t row_count;
    int32_t response; /* metrics of these names; SLA_UNKNOWN when there is none */
    int32_t resolution;
    int32_t *compared; /* of each row: what follows the row that it was last found to be slower than; 0: none */
} target_check;

/* ---- Pairs ---- */

enum { NAME_SIZE = 110, PAIR_SIZE = 2 * NAME_SIZE + 4 };

static const char *quoted_name(const sla_contract *contract, int32_t kind, int32_t index, char written[NAME_SIZE]) {
    const text name = sli_text(sla_contract_name(contract, kind, index), SIZE_MAX);
    snprintf(written, NAME_SIZE, "%s '%.*s'", sli_kind_name(kind), SLI_QUOTED(name));
    return written;
}

/* "criterion 'normal' in tier 'premium'", or what there is of them. */
static const char *pair_text(const sla_contract *contract, const struct row_facts *pair, char written[PAIR_SIZE]) {
    char criterion[NAME_SIZE] = "";
    char tier[NAME_SIZE] = "";
    if (pair->criterion != SLA_UNSAID) {
        quoted_name(contract, SLA_ELEMENT_CRITERION, pair->criterion, criterion);
    }
    if (pair->tier != SLA_UNSAID) {
        quoted_name(contract, SLA_ELEMENT_TIER, pair->tier, tier);
    }
    const bool both = pair->criterion != SLA_UNSAID && pair->tier != SLA_UNSAID;
    const bool neither = pair->criterion == SLA_UNSAID && pair->tier == SLA_UNSAID;
    snprintf(written, PAIR_SIZE, "%s%s%s", neither ? "any request" : criterion, both ? " in " : "", tier);
    return written;
}

/* ---- A pair without response target ---- */

/* Rows that ask for a channel or service as well count: some requests have a target then. */
static bool has_target(const target_check *targets, const struct row_facts *pair) {
    for (int32_t row = 0; row < targets->row_count; row++) {
        if (sli_row_fits_before(targets->contract, ROWS_TARGETS, row, KEY_CHANNEL, pair)) {
            return true;
        }
    }
    return false;
}

static void check_response(const target_check *targets, int32_t criterion, int32_t tier) {
    const struct row_facts pair = {targets->response, criterion, tier, SLA_UNSAID, SLA_UNSAID, NULL};
    if (!has_target(targets, &pair)) {
        char written[PAIR_SIZE];
        SLI_WARN(targets->check, SLA_NOT_FOUND, "targets", "no target row gives %s a response target",
                 pair_text(targets->contract, &pair, written));
    }
}

/* ---- A response that may come after the resolution ---- */

/* Only amounts of one kind on one calendar can be compared. */
static bool is_slower(const contract_target *response, const contract_target *resolution) {
    const int32_t kind = response->row.kind;
    if (kind != resolution->row.kind || response->calendar != resolution->calendar) {
        return false;
    }
    return (kind == SLA_TARGET_DURATION || kind == SLA_TARGET_BUSINESS_DAYS) &&
           response->row.amount > resolution->row.amount;
}

static int32_t row_for(const target_check *targets, int32_t metric, int32_t criterion, int32_t tier) {
    const struct row_facts pair = {metric, criterion, tier, SLA_UNSAID, SLA_UNSAID, NULL};
    return sli_first_row(targets->contract, ROWS_TARGETS, targets->row_count, &pair);
}

static void check_order(const target_check *targets, int32_t criterion, int32_t tier) {
    const int32_t response = row_for(targets, targets->response, criterion, tier);
    const int32_t resolution = row_for(targets, targets->resolution, criterion, tier);
    if (response < 0 || resolution < 0 || targets->compared[response] == resolution + 1) {
        return;
    }
    const contract_target *const slower = sli_contract_target(targets->contract, response);
    if (!is_slower(slower, sli_contract_target(targets->contract, resolution))) {
        return;
    }
    targets->compared[response] = resolution + 1;
    char path[CHECK_PATH_SIZE];
    char written[PAIR_SIZE];
    const struct row_facts pair = {targets->response, criterion, tier, SLA_UNSAID, SLA_UNSAID, NULL};
    const contract_target *const faster = sli_contract_target(targets->contract, resolution);
    const bool days = slower->row.kind == SLA_TARGET_BUSINESS_DAYS;
    SLI_WARN(targets->check, SLA_INVALID_ARGUMENT, sli_row_path("targets", response, path),
             "the response target of %s (%lld %s) is slower than its resolution target in targets[%d] (%lld)",
             pair_text(targets->contract, &pair, written), (long long)slower->row.amount, days ? "business days" : "s",
             (int)resolution, (long long)faster->row.amount);
}

/* ---- All pairs ---- */

static bool is_too_large(const target_check *targets, int32_t criteria, int32_t tiers) {
    const int64_t pairs = (int64_t)(criteria + 1) * (tiers + 1);
    return pairs * (targets->row_count + 1) > CHECK_COMPARISONS_MAX;
}

static void check_pair(const target_check *targets, int32_t criterion, int32_t tier) {
    if (targets->response >= 0) {
        check_response(targets, criterion, tier);
    }
    if (targets->response >= 0 && targets->resolution >= 0) {
        check_order(targets, criterion, tier);
    }
}

/* A contract without criteria, or without tiers, is looked at as a request that says none. */
static void check_pairs(const target_check *targets, int32_t criteria, int32_t tiers) {
    for (int32_t criterion = criteria == 0 ? SLA_UNSAID : 0; criterion < criteria; criterion++) {
        for (int32_t tier = tiers == 0 ? SLA_UNSAID : 0; tier < tiers; tier++) {
            check_pair(targets, criterion, tier);
        }
    }
}

sla_status sli_check_targets(contract_check *check) {
    const model *const of = &check->contract->model;
    target_check targets = {
        .check = check, .contract = check->contract, .row_count = sli_model_count(of, SLA_ELEMENT_TARGET)};
    targets.response = sli_names_find(of, SLA_ELEMENT_METRIC, 0, sli_text("response", SIZE_MAX));
    targets.resolution = sli_names_find(of, SLA_ELEMENT_METRIC, 0, sli_text("resolution", SIZE_MAX));
    const int32_t criteria = sli_model_count(of, SLA_ELEMENT_CRITERION);
    const int32_t tiers = sli_model_count(of, SLA_ELEMENT_TIER);
    if (is_too_large(&targets, criteria, tiers)) {
        sli_leave_out(check, "targets", "criteria and tiers without a response target");
        return SLA_OK;
    }
    targets.compared = calloc((size_t)targets.row_count + 1, sizeof *targets.compared);
    if (targets.compared == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    check_pairs(&targets, criteria, tiers);
    free(targets.compared);
    return SLA_OK;
}
