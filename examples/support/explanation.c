/* SPDX-License-Identifier: MIT */
#include "explanation.h"

#include <stdio.h>
#include <stdlib.h>

static int complain(sla_status status, const sla_error *error) {
    if (status == SLA_INVALID_REQUEST) {
        fprintf(stderr, "the request is invalid: %s\n", error->message);
    } else {
        fprintf(stderr, "%s\n", error->message[0] != '\0' ? error->message : sla_status_message(status));
    }
    return 0;
}

static int decide(struct explanation *explanation) {
    const struct life *life = explanation->life;
    sla_error error = {0};
    const sla_status status =
        sla_clock_decide(explanation->contract, life->metric, &life->request, life->values, life->events, life->event_count,
                         life->changes, life->change_count, life->now, &explanation->verdict, &error);
    if (status != SLA_OK) {
        return complain(status, &error);
    }
    explanation->request = life->request;
    explanation->request.criterion = explanation->verdict.criterion;
    return 1;
}

static sla_status try_rules(struct explanation *explanation) {
    const size_t capacity = (size_t)sla_contract_count(explanation->contract, SLA_ELEMENT_RULE);
    if (explanation->life->request.criterion != SLA_UNSAID) {
        return SLA_OK;
    }
    explanation->rules = calloc(capacity + 1, sizeof *explanation->rules);
    if (explanation->rules == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    return sla_contract_explain_criterion(explanation->contract, &explanation->request, explanation->life->values,
                                          explanation->rules, capacity, &explanation->rule_count);
}

static sla_status try_targets(struct explanation *explanation) {
    const size_t capacity = (size_t)sla_contract_count(explanation->contract, SLA_ELEMENT_TARGET);
    explanation->targets = calloc(capacity + 1, sizeof *explanation->targets);
    if (explanation->targets == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    return sla_contract_explain_target(explanation->contract, explanation->life->metric, &explanation->request,
                                       explanation->targets, capacity, &explanation->target_count);
}

static int try_rows(struct explanation *explanation) {
    const sla_error nothing_known = {0};
    sla_status status = sla_contract_explain_scope(explanation->contract, &explanation->request, explanation->checks,
                                                   SCOPE_CHECKS, &explanation->check_count);
    status = status == SLA_OK ? try_rules(explanation) : status;
    status = status == SLA_OK ? try_targets(explanation) : status;
    return status == SLA_OK || complain(status, &nothing_known);
}

/* Each cycle but the first takes an event to start it. */
static int evaluate(struct explanation *explanation) {
    const struct life *life = explanation->life;
    const size_t capacity = life->event_count + 1;
    sla_cycle *verdicts = calloc(capacity, sizeof *verdicts);
    explanation->cycles = calloc(capacity, sizeof *explanation->cycles);
    sla_error error = {0};
    sla_status status = SLA_OUT_OF_MEMORY;
    if (verdicts != NULL && explanation->cycles != NULL) {
        status = sla_clock_evaluate(explanation->contract, life->metric, &explanation->request, life->events,
                                    life->event_count, life->changes, life->change_count, life->now, verdicts, capacity,
                                    &explanation->cycle_count, &error);
    }
    for (size_t i = 0; status == SLA_OK && i < explanation->cycle_count; i++) {
        explanation->cycles[i].verdict = verdicts[i];
    }
    free(verdicts);
    return status == SLA_OK || complain(status, &error);
}

static sla_status read_spans(const struct explanation *explanation, size_t cycle, size_t capacity, sla_error *error) {
    const struct life *life = explanation->life;
    struct explained_cycle *explained = &explanation->cycles[cycle];
    return sla_clock_explain(explanation->contract, life->metric, &explanation->request, life->events, life->event_count,
                             life->changes, life->change_count, life->now, (int64_t)cycle, explained->spans, capacity,
                             &explained->span_count, error);
}

/* Asks how many spans there are, then for them. */
static int explain_cycle(const struct explanation *explanation, size_t cycle) {
    struct explained_cycle *explained = &explanation->cycles[cycle];
    sla_error error = {0};
    sla_status status = read_spans(explanation, cycle, 0, &error);
    if (status == SLA_BUFFER_TOO_SMALL) {
        const size_t capacity = explained->span_count;
        explained->spans = calloc(capacity, sizeof *explained->spans);
        status = explained->spans == NULL ? SLA_OUT_OF_MEMORY : read_spans(explanation, cycle, capacity, &error);
    }
    return status == SLA_OK || complain(status, &error);
}

int explain_life(const sla_contract *contract, const struct life *life, struct explanation *explanation) {
    *explanation = (struct explanation){.contract = contract, .life = life};
    int done = decide(explanation) && try_rows(explanation) && evaluate(explanation);
    for (size_t i = 0; done && i < explanation->cycle_count; i++) {
        done = explain_cycle(explanation, i);
    }
    return done;
}

void free_explanation(struct explanation *explanation) {
    for (size_t i = 0; i < explanation->cycle_count; i++) {
        free(explanation->cycles[i].spans);
    }
    free(explanation->cycles);
    free(explanation->rules);
    free(explanation->targets);
}

static const char *value_name(const sla_contract *contract, const sla_trial *trial, int32_t value) {
    return trial->element == SLA_ELEMENT_ATTRIBUTE ? sla_contract_value_name(contract, trial->attribute, value)
                                                   : sla_contract_name(contract, trial->element, value);
}

const char *trial_key(const sla_contract *contract, const sla_trial *trial) {
    switch (trial->element) {
        case SLA_ELEMENT_ATTRIBUTE:
            return sla_contract_name(contract, SLA_ELEMENT_ATTRIBUTE, trial->attribute);
        case SLA_ELEMENT_METRIC:
            return "metric";
        case SLA_ELEMENT_CRITERION:
            return "criterion";
        case SLA_ELEMENT_TIER:
            return "tier";
        case SLA_ELEMENT_CHANNEL:
            return "channel";
        default:
            return "service";
    }
}

const char *trial_found(const sla_contract *contract, const sla_trial *trial) {
    return value_name(contract, trial, trial->found);
}

const char *trial_accepted(const sla_contract *contract, int32_t element, const sla_trial *trial, size_t number) {
    for (int32_t i = 0; i < sla_contract_condition_count(contract, element, trial->row); i++) {
        sla_condition condition;
        if (sla_contract_get_condition(contract, element, trial->row, i, &condition) == SLA_OK &&
            condition.element == trial->element && condition.attribute == trial->attribute && number-- == 0) {
            return value_name(contract, trial, condition.value);
        }
    }
    return NULL;
}

const char *check_outcome(const sla_scope_check *check) {
    static const char *const names[] = {"passed", "failed", "not judged"};
    return names[check->outcome];
}

const char *span_kind_name(const sla_clock_span *span) {
    static const char *const names[] = {"counted", "closed", "paused", "set aside"};
    return names[span->kind];
}

const char *span_phase_name(const sla_clock_span *span) {
    static const char *const names[] = {"target", "roll", "grace", "late"};
    return names[span->phase];
}

const char *span_closed_by(const sla_clock_span *span) {
    static const char *const names[] = {"open", "outside hours", "feed", "exception", "combination"};
    return span->kind == SLA_CLOCK_SPAN_CLOSED ? names[span->closed_by] : NULL;
}

const sla_calendar *span_calendar(const sla_contract *contract, const sla_clock_span *span) {
    return sla_contract_calendar(sla_contract_successor(contract, span->calendar_contract), span->calendar);
}

const char *span_closing_title(const sla_contract *contract, const sla_clock_span *span) {
    const char *title = sla_calendar_closing_title(span_calendar(contract, span), span->closing);
    return title == NULL ? "" : title;
}

const char *span_closing_feed(const sla_contract *contract, const sla_clock_span *span) {
    const char *feed = sla_calendar_closing_feed(span_calendar(contract, span), span->closing);
    return feed == NULL ? "" : feed;
}

int64_t allowed_time(const struct explanation *explanation, const struct explained_cycle *cycle) {
    sla_target target;
    const sla_contract *contract = sla_contract_successor(explanation->contract, cycle->verdict.contract);
    if (sla_contract_get_target(contract, cycle->verdict.target, &target) == SLA_OK && target.kind == SLA_TARGET_DURATION) {
        return target.amount;
    }
    int64_t used = SLA_NONE;
    for (size_t i = 0; cycle->verdict.due != SLA_NONE && i < cycle->span_count; i++) {
        used = cycle->spans[i].phase == SLA_PHASE_TARGET ? cycle->spans[i].used : used;
    }
    return used;
}
