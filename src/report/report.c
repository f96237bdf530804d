/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

enum { WORST_MAX = 10000, BY_ALL = (SLA_BY_DAY << 1) - 1 };

/* ---- The order of lists: total, so that no list depends on the order of adding ---- */

static int compare_numbers(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_breaches(const void *context, const void *left, const void *right) {
    const sla_breach *const one = left;
    const sla_breach *const other = right;
    (void)context;
    if (one->late != other->late) {
        return compare_numbers(other->late, one->late); /* the latest first */
    }
    if (one->row != other->row) {
        return (one->row > other->row) - (one->row < other->row);
    }
    if (one->due != other->due) {
        return compare_numbers(one->due, other->due);
    }
    return one->stopped != other->stopped ? compare_numbers(one->stopped, other->stopped)
                                          : compare_numbers(one->received, other->received);
}

static int compare_invalid_rows(const void *context, const void *left, const void *right) {
    const invalid_row *const one = left;
    const invalid_row *const other = right;
    (void)context;
    if (one->row != other->row) {
        return (one->row > other->row) - (one->row < other->row);
    }
    return one->reason != other->reason ? compare_numbers(one->reason, other->reason)
                                        : strcmp(one->message, other->message);
}

/* By the numbers of a key, from the first. */
static int compare_pairs(const void *context, const int32_t *left, const int32_t *right) {
    (void)context;
    return left[0] != right[0] ? compare_numbers(left[0], right[0]) : compare_numbers(left[1], right[1]);
}

/* ---- Begin and end ---- */

static bool find_objectives(sla_report *report) {
    const int32_t count = sla_contract_count(report->contract, SLA_ELEMENT_OBJECTIVE);
    report->objectives = calloc((size_t)count + 1, sizeof *report->objectives);
    for (int32_t i = 0; report->objectives != NULL && i < count; i++) {
        sla_objective objective;
        sla_contract_get_objective(report->contract, i, &objective);
        if (objective.metric == report->metric) {
            report->objectives[report->objective_count++] = (report_objective){i, objective.period};
        }
    }
    return report->objectives != NULL;
}

static bool make_containers(sla_report *report) {
    report->groups = sli_keys_new(FACT_COUNT, sli_facts_compare, report);
    report->all_buckets = calloc(SLI_BUCKET_COUNT, sizeof *report->all_buckets);
    report->pages = sli_keys_new(PAGE_WIDTH, compare_pairs, NULL);
    report->tallies = sli_keys_new(TALLY_WIDTH, compare_pairs, NULL);
    report->breaches = sli_ranking_new(sizeof(sla_breach), report->worst, compare_breaches);
    report->invalid = sli_ranking_new(sizeof(invalid_row), report->worst, compare_invalid_rows);
    return report->groups != NULL && report->all_buckets != NULL && report->pages != NULL && report->tallies != NULL &&
           report->breaches != NULL && report->invalid != NULL;
}

static sla_report *make(sla_contract *contract, int32_t metric, int32_t by, size_t worst) {
    sla_report *const report = calloc(1, sizeof *report);
    if (report == NULL) {
        return NULL;
    }
    report->contract = sla_contract_ref(contract);
    report->metric = metric;
    report->by = by;
    report->worst = worst;
    report->all.used_min = report->all.used_max = SLA_NONE;
    if (!make_containers(report) || !find_objectives(report)) {
        sla_report_free(report);
        return NULL;
    }
    return report;
}

sla_status sla_report_new(sla_contract *contract, int32_t metric, int32_t by, size_t worst, sla_report **report,
                          sla_error *error) {
    if (report == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "there is no place for the report");
    }
    *report = NULL;
    if (contract == NULL || sli_contract_metric(contract, metric) == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report is on one metric of a contract; there is no metric %d",
                        (int)metric);
    }
    if (by < 0 || by > BY_ALL || worst > WORST_MAX) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "groups are a sum of SLA_BY_..., and lists have at most %d rows",
                        WORST_MAX);
    }
    *report = make(contract, metric, by, worst);
    return *report == NULL ? sli_fail_memory(error) : SLA_OK;
}

void sla_report_free(sla_report *report) {
    if (report == NULL) {
        return;
    }
    sla_contract_unref(report->contract);
    sli_names_clear(&report->unlisted);
    sli_keys_free(report->groups);
    sli_keys_free(report->pages);
    sli_keys_free(report->tallies);
    sli_ranking_free(report->breaches);
    sli_ranking_free(report->invalid);
    free(report->group_items);
    free(report->all_buckets);
    free(report->page_items);
    free(report->tally_items);
    free(report->objectives);
    free(report);
}

/* ---- Services on no list ---- */

sla_status sla_report_add_service(sla_report *report, const char *name, size_t length, int32_t *service, sla_error *error) {
    if (service != NULL) {
        *service = 0;
    }
    if (report == NULL || name == NULL || service == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report, a name and a place for its number are needed");
    }
    const text given = sli_text(name, length);
    if (given.length == 0 || given.length > SLI_NAME_LENGTH_MAX || !sli_text_is_utf8(given) ||
        memchr(given.start, '\0', given.length) != NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the name of a service is UTF-8 text of 1 to %d bytes",
                        SLI_NAME_LENGTH_MAX);
    }
    if (sla_contract_find(report->contract, SLA_ELEMENT_SERVICE, given.start, given.length, service) == SLA_OK) {
        return SLA_OK; /* it is on a list after all */
    }
    size_t number = 0;
    if (!sli_names_add(&report->unlisted, given, &number)) {
        *service = 0;
        return sli_fail_memory(error);
    }
    *service = SLA_UNKNOWN - 1 - (int32_t)number;
    return SLA_OK;
}
