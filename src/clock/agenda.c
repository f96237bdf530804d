/* SPDX-License-Identifier: MIT */
/* What changes next about many requests: the first transitions of all their clocks, kept in a heap in the caller's array.
 */
#include "base/heap.h"
#include "clock/columns.h"
#include "clock/outlook.h"

static int compare(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_transitions(const void *context, const void *left, const void *right) {
    const sla_transition *const one = left;
    const sla_transition *const other = right;
    (void)context;
    if (one->at != other->at) {
        return compare(one->at, other->at);
    }
    return one->request != other->request ? compare(one->request, other->request) : compare(one->metric, other->metric);
}

typedef struct agenda {
    const columns *given;
    const threshold_list *thresholds;
    int64_t now;
    int64_t until;
    sla_transition *entries;
    heap kept; /* of the entries, the last in order first */
    size_t capacity;
} agenda;

static bool is_full(const agenda *into) {
    return into->kept.count == into->capacity;
}

/* Keeps an entry, in the place of the last one when there is no more room. */
static void keep_entry(agenda *into, const sla_transition *entry) {
    if (!is_full(into)) {
        into->entries[into->kept.count++] = *entry;
        sli_heap_lift_last(&into->kept);
    } else if (compare_transitions(NULL, entry, into->entries) < 0) {
        into->entries[0] = *entry;
        sli_heap_sink_first(&into->kept);
    }
}

/* Later entries than this cannot be kept: nobody needs to look for them. All that are kept lie before `until`. */
static int64_t end_of_interest(const agenda *into) {
    if (into->capacity == 0) {
        return into->now;
    }
    return is_full(into) ? into->entries[0].at + 1 : into->until;
}

static void add_clock(agenda *into, opened_request *opened, size_t index) {
    clock_reading reading;
    sla_transition entry;
    sli_runs_judge(&opened->line, &opened->question, &reading, SLI_ALL_CYCLES, NULL, 0);
    int64_t now = into->now;
    while (now < end_of_interest(into) &&
           sli_outlook_next(into->given->contract, &reading, into->thresholds, now, end_of_interest(into), &entry)) {
        entry.request = (int64_t)index;
        entry.metric = opened->question.metric_index;
        keep_entry(into, &entry);
        now = entry.at;
    }
}

static sla_status add_request(agenda *into, const clock_question *posed, size_t index) {
    happenings happened;
    if (!sli_columns_find(into->given, index, &happened)) {
        return SLA_INVALID_ARGUMENT;
    }
    opened_request opened;
    const sla_status status = sli_request_open(&opened, posed, &into->given->requests[index],
                                               sli_columns_values(into->given, index), &happened, &into->given->room, NULL);
    if (status != SLA_OK) {
        return status;
    }
    if (sli_contract_judge_scope(posed->contract, &opened.request).in_scope) {
        add_clock(into, &opened, index);
    }
    sli_timeline_close(&opened.line);
    return SLA_OK;
}

/* One metric of all requests. A request that fails for one metric fails for all. */
static sla_status add_metric(agenda *into, int32_t metric, sla_status *statuses) {
    clock_question posed;
    const sla_status status = sli_question_pose(&posed, into->given->contract, metric, into->now, NULL);
    if (status != SLA_OK) {
        return status;
    }
    if (into->until <= into->now || into->until > posed.horizon_end) {
        return SLA_HORIZON;
    }
    for (size_t i = 0; i < into->given->count; i++) {
        const sla_status added = add_request(into, &posed, i);
        if (statuses != NULL) {
            statuses[i] = added;
        }
    }
    return SLA_OK;
}

/* SLA_UNSAID stands for all metrics. */
static sla_status add_metrics(agenda *into, int32_t metric, sla_status *statuses) {
    if (metric != SLA_UNSAID) {
        return add_metric(into, metric, statuses);
    }
    sla_status status = SLA_OK;
    for (int32_t i = 0; status == SLA_OK && i < sla_contract_count(into->given->contract, SLA_ELEMENT_METRIC); i++) {
        status = add_metric(into, i, statuses);
    }
    return status;
}

/* Columns are parameters, for no record holds pointers to the caller's memory; the workspace is written to.
 * NOLINTBEGIN(readability-function-size,readability-non-const-parameter) */
sla_status sla_clock_agenda(const sla_contract *contract, int32_t metric, size_t count, const sla_request *requests,
                            const int32_t *values, const sla_event *events, const int64_t *event_offsets,
                            const sla_change *changes, const int64_t *change_offsets, int64_t now, int64_t until,
                            const sla_threshold *thresholds, size_t threshold_count, sla_transition *entries,
                            size_t capacity, size_t *entry_count, int64_t *workspace_words, size_t workspace_length,
                            sla_status *statuses) {
    if (entry_count != NULL) {
        *entry_count = 0;
    }
    const columns given = {contract, count,          requests,
                           values,   events,         event_offsets,
                           changes,  change_offsets, {workspace_words, workspace_length}};
    const threshold_list asked = {thresholds, threshold_count};
    if (entry_count == NULL || !sli_columns_are_there(&given) || (entries == NULL && capacity > 0) ||
        sli_thresholds_check(contract, &asked, NULL) != SLA_OK) {
        return SLA_INVALID_ARGUMENT;
    }
    agenda into = {.given = &given,
                   .thresholds = &asked,
                   .now = now,
                   .until = until,
                   .entries = entries,
                   .kept = {entries, 0, sizeof *entries, compare_transitions, NULL},
                   .capacity = capacity};
    const sla_status status = add_metrics(&into, metric, statuses);
    if (status == SLA_OK) {
        sli_heap_sort(&into.kept);
        *entry_count = into.kept.count;
    }
    return status;
}
/* NOLINTEND(readability-function-size,readability-non-const-parameter) */
