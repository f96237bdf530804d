/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

/* ---- Keys and their items ---- */

bool sli_report_reserve(sla_report *report, size_t groups, size_t pages, size_t tallies) {
    return sli_keys_reserve(report->groups, groups) && sli_keys_reserve(report->pages, pages) &&
           sli_keys_reserve(report->tallies, tallies) &&
           sli_reserve((void **)&report->group_items, &report->group_capacity, report->groups->count + groups,
                       sizeof *report->group_items) &&
           sli_reserve((void **)&report->page_items, &report->page_capacity, report->pages->count + pages,
                       sizeof *report->page_items) &&
           sli_reserve((void **)&report->tally_items, &report->tally_capacity, report->tallies->count + tallies,
                       sizeof *report->tally_items);
}

static void begin_group(report_group *group, const int32_t facts[FACT_COUNT]) {
    memset(group, 0, sizeof *group);
    group->counts.used_min = group->counts.used_max = SLA_NONE;
    if (facts[FACT_MONTH] != SLI_FACT_NONE) {
        sli_period_label(SLA_PERIOD_MONTH, facts[FACT_MONTH], group->month);
    }
    if (facts[FACT_WEEK] != SLI_FACT_NONE) {
        sli_period_label(SLA_PERIOD_WEEK, facts[FACT_WEEK], group->week);
    }
    if (facts[FACT_DAY] != SLI_FACT_NONE) {
        sli_period_label(SLA_PERIOD_DAY, facts[FACT_DAY], group->day);
    }
}

size_t sli_report_group_of(sla_report *report, const int32_t facts[FACT_COUNT]) {
    int32_t key[FACT_COUNT];
    for (size_t i = 0; i < FACT_COUNT; i++) {
        key[i] = SLI_FACT_NONE;
    }
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        const report_key *const asked = &sli_report_keys[i];
        if (asked->fact >= 0 && (report->by & asked->by) != 0) {
            key[asked->fact] = facts[asked->fact];
        }
    }
    const size_t before = report->groups->count;
    const size_t group = sli_keys_add(report->groups, key);
    if (group == before) {
        begin_group(&report->group_items[group], key);
    }
    return group;
}

void sli_report_add_bucket(sla_report *report, size_t group, int32_t bucket, int64_t count) {
    const size_t before = report->pages->count;
    const int32_t key[PAGE_WIDTH] = {(int32_t)group, bucket / SLI_PAGE_BUCKETS};
    bucket_page *const page = &report->page_items[sli_keys_add(report->pages, key)];
    if (report->pages->count != before) {
        *page = (bucket_page){{0}};
    }
    page->counts[bucket % SLI_PAGE_BUCKETS] += count;
}

void sli_report_add_tally(sla_report *report, const int32_t *key, attainment more) {
    const size_t before = report->tallies->count;
    attainment *const tally = &report->tally_items[sli_keys_add(report->tallies, key)];
    if (report->tallies->count != before) {
        *tally = (attainment){0, 0};
    }
    tally->met += more.met;
    tally->total += more.total;
}

/* ---- A request in a group ---- */

static void count_used(sla_group *counts, int64_t used) {
    counts->used_min = counts->stopped == 0 || used < counts->used_min ? used : counts->used_min;
    counts->used_max = counts->stopped == 0 || used > counts->used_max ? used : counts->used_max;
    counts->used_sum += used;
    counts->stopped++;
}

static int64_t *state_count(sla_group *counts, const sla_cycle *cycle) {
    switch (cycle->state) {
        case SLA_STATE_NOT_STARTED:
            return &counts->not_started;
        case SLA_STATE_RUNNING:
            return &counts->running;
        case SLA_STATE_PAUSED:
            return &counts->paused;
        case SLA_STATE_MET:
            return &counts->met;
        case SLA_STATE_BREACHED:
            return (cycle->flags & SLA_CYCLE_OPEN) != 0 ? &counts->breached_open : &counts->breached_late;
        case SLA_STATE_CANCELLED:
            return &counts->cancelled;
        case SLA_STATE_BEST_EFFORT:
            return &counts->best_effort;
        default:
            return &counts->no_target;
    }
}

/* §8.3: percentiles are of stopped clocks, which have a verdict. */
static bool is_measured(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_MET || (cycle->state == SLA_STATE_BREACHED && (cycle->flags & SLA_CYCLE_OPEN) == 0);
}

static void count_cycle(sla_group *counts, const sla_cycle *cycle) {
    (*state_count(counts, cycle))++;
    if (is_measured(cycle)) {
        count_used(counts, cycle->used);
    }
}

static void count_reasons(sla_group *counts, int32_t reasons) {
    counts->out_of_scope++;
    for (size_t i = 0; i < SLI_REASONS; i++) {
        counts->reasons[i] += (reasons >> i) & 1;
    }
}

static void count_in(sla_group *counts, const sla_scope *scope, const sla_cycle *cycles, size_t cycle_count) {
    counts->requests++;
    if (!scope->in_scope) {
        count_reasons(counts, scope->reasons);
        return;
    }
    for (size_t i = 0; i < cycle_count; i++) {
        count_cycle(counts, &cycles[i]);
    }
}

/* ---- What a cycle adds beside its state ---- */

static bool has_verdict(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_MET || cycle->state == SLA_STATE_BREACHED;
}

static void count_objectives(sla_report *report, const sla_request *request, int32_t date, const sla_cycle *cycle) {
    for (size_t i = 0; i < report->objective_count && date != SLI_FACT_NONE; i++) {
        const report_objective *const objective = &report->objectives[i];
        if (sli_contract_objective_fits(report->contract, objective->index, request)) {
            const int32_t key[TALLY_WIDTH] = {objective->index, sli_period_of_date(objective->period, date)};
            sli_report_add_tally(report, key, (attainment){cycle->state == SLA_STATE_MET, 1});
        }
    }
}

static void offer_breach(sla_report *report, uint64_t row, const sla_request *request, const sla_cycle *cycle) {
    const bool open = (cycle->flags & SLA_CYCLE_OPEN) != 0;
    const sla_breach breach = {row, request->received, cycle->due, open ? SLA_NONE : cycle->stopped, cycle->late};
    sli_ranking_offer(report->breaches, &breach);
}

static void count_measured(sla_report *report, size_t group, const sla_cycle *cycle) {
    const int32_t bucket = sli_bucket_of(cycle->used);
    report->all_buckets[bucket]++;
    sli_report_add_bucket(report, group, bucket, 1);
}

static void count_verdicts(sla_report *report, uint64_t row, const sla_request *request, size_t group, int32_t date,
                           const sla_cycle *cycles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_measured(&cycles[i])) {
            count_measured(report, group, &cycles[i]);
        }
        if (has_verdict(&cycles[i])) {
            count_objectives(report, request, date, &cycles[i]);
        }
        if (cycles[i].state == SLA_STATE_BREACHED) {
            offer_breach(report, row, request, &cycles[i]);
        }
    }
}

/* ---- Adding ---- */

static sla_status check_request(const sla_report *report, const sla_request *request, sla_error *error) {
    if (sli_contract_judge_request(report->contract, request) == SLA_OK) {
        return SLA_OK;
    }
    return sli_fail(error, SLA_INVALID_ARGUMENT,
                    "the contract does not know the request's facts; count it with sla_report_add_invalid");
}

static sla_status check_cycles(const sla_report *report, const sla_scope *scope, const sla_cycle *cycles, size_t count,
                               sla_error *error) {
    if (!scope->in_scope) {
        return SLA_OK;
    }
    if (cycles == NULL || count == 0) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "a request in scope has at least one cycle, even if it has not started");
    }
    int64_t sum = report->all.used_sum;
    for (size_t i = 0; i < count; i++) {
        if (sla_state_name(cycles[i].state) == NULL || (is_measured(&cycles[i]) && cycles[i].used < 0)) {
            return sli_fail(error, SLA_INVALID_ARGUMENT, "cycle %zu has no state, or no used time though it has stopped",
                            i);
        }
        if (is_measured(&cycles[i]) && !sli_add(sum, cycles[i].used, &sum)) {
            return sli_fail(error, SLA_LIMIT, "the sum of used seconds exceeds 64 bits");
        }
    }
    return SLA_OK;
}

static sla_status make_room(sla_report *report, size_t cycles, sla_error *error) {
    if ((uint64_t)cycles >= (uint64_t)(SLI_COUNTED_MAX - report->counted)) {
        return sli_fail(error, SLA_LIMIT, "a report counts at most 2^42 requests and cycles");
    }
    if (!sli_report_reserve(report, 1, cycles, cycles * report->objective_count) ||
        !sli_ranking_reserve(report->breaches, cycles)) {
        return sli_fail_memory(error);
    }
    return SLA_OK;
}

sla_status sla_report_add(sla_report *report, uint64_t row, const sla_request *request, const sla_scope *scope,
                          const sla_cycle *cycles, size_t cycle_count, sla_error *error) {
    if (report == NULL || request == NULL || scope == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report, a request and its scope are needed");
    }
    const size_t count = scope->in_scope ? cycle_count : 0;
    sla_status status = check_request(report, request, error);
    if (status == SLA_OK) {
        status = check_cycles(report, scope, cycles, count, error);
    }
    if (status == SLA_OK) {
        status = make_room(report, count, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    int32_t facts[FACT_COUNT];
    sli_facts_read(report, request, facts);
    const size_t group = sli_report_group_of(report, facts);
    count_in(&report->all, scope, cycles, count);
    count_in(&report->group_items[group].counts, scope, cycles, count);
    count_verdicts(report, row, request, group, facts[FACT_DAY], cycles, count);
    report->counted += 1 + (int64_t)count;
    return SLA_OK;
}

/* ---- Invalid requests ---- */

/* Copies text that may hold anything: what is not UTF-8 becomes a question mark, what is too long is left out. */
static void copy_message(char *message, text given) {
    enum { SEQUENCE_MAX = 4 };
    size_t written = 0;
    for (size_t at = 0; at < given.length;) {
        size_t length = 1;
        while (length < SEQUENCE_MAX && length < given.length - at && !sli_text_is_utf8((text){given.start + at, length})) {
            length++;
        }
        const bool valid = given.start[at] != '\0' && sli_text_is_utf8((text){given.start + at, length});
        length = valid ? length : 1;
        if (written + length >= SLI_INVALID_MESSAGE_LENGTH) {
            break;
        }
        memcpy(message + written, valid ? given.start + at : "?", length);
        written += length;
        at += length;
    }
    message[written] = '\0';
}

sla_status sla_report_add_invalid(sla_report *report, uint64_t row, const sla_request *request, sla_status reason,
                                  const char *message, size_t message_length, sla_error *error) {
    if (report == NULL || request == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report and what is known of the request are needed");
    }
    const sla_status status = make_room(report, 0, error);
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_ranking_reserve(report->invalid, 1)) {
        return sli_fail_memory(error);
    }
    int32_t facts[FACT_COUNT];
    sli_facts_read(report, request, facts);
    sla_group *const counts = &report->group_items[sli_report_group_of(report, facts)].counts;
    counts->requests++;
    counts->invalid++;
    report->all.requests++;
    report->all.invalid++;
    report->counted++;
    invalid_row listed = {.row = row, .reason = reason};
    copy_message(listed.message,
                 message == NULL ? sli_text(sla_status_message(reason), SIZE_MAX) : sli_text(message, message_length));
    sli_ranking_offer(report->invalid, &listed);
    return SLA_OK;
}
