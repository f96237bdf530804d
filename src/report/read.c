/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

/* ---- Groups ---- */

size_t sla_report_group_count(const sla_report *report) {
    return report == NULL ? 0 : report->groups->count;
}

size_t sli_report_group_at(const sla_report *report, size_t place) {
    return sli_keys_at(report->groups, place);
}

const sla_group *sli_report_counts(const sla_report *report, int64_t index) {
    if (index == -1) {
        return &report->all;
    }
    if (index < 0 || index >= (int64_t)report->groups->count) {
        return NULL;
    }
    return &report->group_items[sli_report_group_at(report, (size_t)index)].counts;
}

sla_status sla_report_get_group(const sla_report *report, int64_t index, sla_group *group) {
    if (group == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    memset(group, 0, sizeof *group);
    const sla_group *const counts = report == NULL ? NULL : sli_report_counts(report, index);
    if (counts == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *group = *counts;
    return SLA_OK;
}

attainment sli_group_attainment(const sla_group *counts) {
    return (attainment){counts->met, counts->met + counts->breached_late + counts->breached_open};
}

/* ---- Percentiles (§8.3) ---- */

/* The place, in the order of pages, of the first one of a group. */
static size_t first_page(const sla_report *report, int32_t group) {
    size_t low = 0;
    size_t high = report->pages->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sli_keys_get(report->pages, sli_keys_at(report->pages, middle))[PAGE_GROUP] < group) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The bucket of a page in which the `rank`th of its values lies; -1 when it has fewer, with `rank` less those. */
static int32_t bucket_in_page(const bucket_page *page, int64_t *rank) {
    for (int32_t i = 0; i < SLI_PAGE_BUCKETS; i++) {
        if (*rank <= page->counts[i]) {
            return i;
        }
        *rank -= page->counts[i];
    }
    return -1;
}

/* The highest number in the bucket of the value that has `rank`, counted from 1, among those of a group. */
static int64_t value_of_rank_in_group(const sla_report *report, int32_t group, int64_t rank) {
    size_t place = first_page(report, group);
    size_t page = sli_keys_at(report->pages, place);
    int32_t bucket = bucket_in_page(&report->page_items[page], &rank);
    while (bucket < 0) {
        page = sli_keys_at(report->pages, ++place);
        bucket = bucket_in_page(&report->page_items[page], &rank);
    }
    return sli_bucket_highest(sli_keys_get(report->pages, page)[PAGE_NUMBER] * SLI_PAGE_BUCKETS + bucket);
}

/* The same among all. */
static int64_t value_of_rank(const sla_report *report, int64_t rank) {
    int32_t bucket = sli_bucket_of(report->all.used_min);
    for (int64_t seen = report->all_buckets[bucket]; seen < rank; seen += report->all_buckets[bucket]) {
        bucket++;
    }
    return sli_bucket_highest(bucket);
}

sla_status sla_report_percentile(const sla_report *report, int64_t index, int32_t per_mille, int64_t *seconds) {
    enum { ALL = 1000 };
    if (seconds == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *seconds = 0;
    const sla_group *const counts = report == NULL ? NULL : sli_report_counts(report, index);
    if (counts == NULL || per_mille < 1 || per_mille > ALL) {
        return SLA_INVALID_ARGUMENT;
    }
    if (counts->stopped == 0) {
        *seconds = SLA_NONE;
        return SLA_NOT_FOUND;
    }
    const int64_t rank = (counts->stopped * per_mille + ALL - 1) / ALL;
    const int64_t highest = index == -1
                                ? value_of_rank(report, rank)
                                : value_of_rank_in_group(report, (int32_t)sli_report_group_at(report, (size_t)index), rank);
    *seconds = highest < counts->used_max ? highest : counts->used_max;
    return SLA_OK;
}

/* ---- Objectives (§8.2) ---- */

size_t sla_report_objective_count(const sla_report *report) {
    return report == NULL ? 0 : report->tallies->count;
}

sla_status sla_report_get_objective(const sla_report *report, size_t index, sla_objective_result *result) {
    enum { WHOLE = 1000000 };
    if (result == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    memset(result, 0, sizeof *result);
    if (report == NULL || index >= report->tallies->count) {
        return SLA_INVALID_ARGUMENT;
    }
    const size_t number = sli_keys_at(report->tallies, index);
    const int32_t *const key = sli_keys_get(report->tallies, number);
    const attainment kept = report->tally_items[number];
    sla_objective objective;
    sla_contract_get_objective(report->contract, key[TALLY_OBJECTIVE], &objective);
    result->objective = key[TALLY_OBJECTIVE];
    result->holds = kept.met * WHOLE >= objective.attainment * kept.total; /* counts stay below 2^42 */
    result->met = kept.met;
    result->total = kept.total;
    sli_period_label(objective.period, key[TALLY_PERIOD], result->period);
    return SLA_OK;
}

/* ---- Lists ---- */

size_t sla_report_breach_count(const sla_report *report) {
    return report == NULL ? 0 : report->breaches->kept.count;
}

sla_status sla_report_get_breach(const sla_report *report, size_t index, sla_breach *breach) {
    if (breach == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    memset(breach, 0, sizeof *breach);
    const sla_breach *const found = report == NULL ? NULL : sli_ranking_at(report->breaches, index);
    if (found == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *breach = *found;
    return SLA_OK;
}

size_t sla_report_invalid_count(const sla_report *report) {
    return report == NULL ? 0 : report->invalid->kept.count;
}

sla_status sla_report_get_invalid(const sla_report *report, size_t index, uint64_t *row, sla_status *reason,
                                  const char **message) {
    const bool asked = report != NULL && row != NULL;
    const invalid_row *const found = asked ? sli_ranking_at(report->invalid, index) : NULL;
    if (row != NULL) {
        *row = found == NULL ? 0 : found->row;
    }
    if (reason != NULL) {
        *reason = found == NULL ? SLA_OK : found->reason;
    }
    if (message != NULL) {
        *message = found == NULL ? NULL : found->message;
    }
    return found == NULL ? SLA_INVALID_ARGUMENT : SLA_OK;
}
