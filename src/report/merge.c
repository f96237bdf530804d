/* SPDX-License-Identifier: MIT */
#include "report/report.h"

static int64_t least(int64_t left, int64_t right) {
    return left == SLA_NONE || (right != SLA_NONE && right < left) ? right : left;
}

/* SLA_NONE is the lowest number there is. */
static int64_t most(int64_t left, int64_t right) {
    return left > right ? left : right;
}

static void add_counts(sla_group *into, const sla_group *from) {
    into->requests += from->requests;
    into->out_of_scope += from->out_of_scope;
    into->not_started += from->not_started;
    into->no_target += from->no_target;
    into->best_effort += from->best_effort;
    into->running += from->running;
    into->paused += from->paused;
    into->cancelled += from->cancelled;
    into->invalid += from->invalid;
    into->met += from->met;
    into->breached_late += from->breached_late;
    into->breached_open += from->breached_open;
    for (size_t i = 0; i < SLI_REASONS; i++) {
        into->reasons[i] += from->reasons[i];
    }
    into->stopped += from->stopped;
    into->used_sum += from->used_sum;
    into->used_min = least(into->used_min, from->used_min);
    into->used_max = most(into->used_max, from->used_max);
}

static bool can_merge(const sla_report *report, const sla_report *other) {
    return report != other && report->contract == other->contract && report->metric == other->metric &&
           report->by == other->by && report->worst == other->worst;
}

static sla_status check_sums(const sla_report *report, const sla_report *other, sla_error *error) {
    int64_t used = 0;
    if (other->counted > SLI_COUNTED_MAX - report->counted) {
        return sli_fail(error, SLA_LIMIT, "a report counts at most 2^42 requests and cycles");
    }
    if (!sli_add(report->all.used_sum, other->all.used_sum, &used)) {
        return sli_fail(error, SLA_LIMIT, "the sum of used seconds exceeds 64 bits");
    }
    return SLA_OK;
}

/* Names that are added and then not used do not show. */
static bool add_names(sla_report *report, const sla_report *other) {
    size_t number = 0;
    for (size_t i = 0; i < other->unlisted.count; i++) {
        if (!sli_names_add(&report->unlisted, sli_text(other->unlisted.items[i], SIZE_MAX), &number)) {
            return false;
        }
    }
    return true;
}

static bool make_room(sla_report *report, const sla_report *other) {
    return add_names(report, other) &&
           sli_report_reserve(report, other->groups->count, other->pages->count, other->tallies->count) &&
           sli_ranking_reserve(report->breaches, other->breaches->kept.count) &&
           sli_ranking_reserve(report->invalid, other->invalid->kept.count);
}

/* The number in `report` of one of the other's groups: its services on no list have other numbers there. */
static size_t group_here(sla_report *report, const sla_report *other, size_t group) {
    int32_t facts[FACT_COUNT];
    for (size_t i = 0; i < FACT_COUNT; i++) {
        facts[i] = sli_keys_get(other->groups, group)[i];
    }
    const int32_t named = sli_listed_services(other) + 1;
    if (facts[FACT_SERVICE] >= named) {
        size_t number = 0; /* the name is there: nothing is added, so nothing can fail */
        sli_names_add(&report->unlisted, sli_text(other->unlisted.items[facts[FACT_SERVICE] - named], SIZE_MAX), &number);
        facts[FACT_SERVICE] = named + (int32_t)number;
    }
    return sli_report_group_of(report, facts);
}

static void merge_groups(sla_report *report, const sla_report *other) {
    add_counts(&report->all, &other->all);
    for (size_t i = 0; i < other->groups->count; i++) {
        add_counts(&report->group_items[group_here(report, other, i)].counts, &other->group_items[i].counts);
    }
}

static void merge_page(sla_report *report, size_t group, int32_t number, const bucket_page *page) {
    for (int32_t i = 0; i < SLI_PAGE_BUCKETS; i++) {
        if (page->counts[i] > 0) {
            sli_report_add_bucket(report, group, number * SLI_PAGE_BUCKETS + i, page->counts[i]);
        }
    }
}

static void merge_buckets(sla_report *report, const sla_report *other) {
    const int32_t end = other->all.stopped == 0 ? 0 : sli_bucket_of(other->all.used_max) + 1;
    for (int32_t i = 0; i < end; i++) {
        report->all_buckets[i] += other->all_buckets[i];
    }
    for (size_t i = 0; i < other->pages->count; i++) {
        const int32_t *const key = sli_keys_get(other->pages, i);
        merge_page(report, group_here(report, other, (size_t)key[PAGE_GROUP]), key[PAGE_NUMBER], &other->page_items[i]);
    }
}

static void merge_tallies(sla_report *report, const sla_report *other) {
    for (size_t i = 0; i < other->tallies->count; i++) {
        sli_report_add_tally(report, sli_keys_get(other->tallies, i), other->tally_items[i]);
    }
}

static void merge_rankings(ranking *into, ranking *from) {
    for (size_t i = 0; i < from->kept.count; i++) {
        sli_ranking_offer(into, sli_ranking_at(from, i));
    }
}

sla_status sla_report_merge(sla_report *report, const sla_report *other, sla_error *error) {
    if (report == NULL || other == NULL || !can_merge(report, other)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "two reports are merged that have the same contract, metric, groups and length of lists");
    }
    const sla_status status = check_sums(report, other, error);
    if (status != SLA_OK) {
        return status;
    }
    if (!make_room(report, other)) {
        return sli_fail_memory(error);
    }
    merge_groups(report, other);
    merge_buckets(report, other);
    merge_tallies(report, other);
    merge_rankings(report->breaches, other->breaches);
    merge_rankings(report->invalid, other->invalid);
    report->counted += other->counted;
    return SLA_OK;
}
