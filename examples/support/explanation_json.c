/* SPDX-License-Identifier: MIT */
#include "explanation_json.h"

#include <jansson.h>
#include <stdio.h>

/* What cannot be made for want of memory is NULL; jansson lets nothing be put into what is missing, and the whole fails. */

static json_t *instant_json(const struct explanation *explanation, int64_t instant) {
    char text[32];
    if (instant == SLA_NONE || instant == INT64_MAX ||
        sla_instant_format(instant, sla_contract_zone(explanation->contract), text, sizeof text) != SLA_OK) {
        return json_null();
    }
    return json_string(text);
}

static json_t *number_json(int64_t number) {
    return number == SLA_NONE ? json_null() : json_integer(number);
}

/* "" and NULL stand for what there is not. */
static json_t *text_json(const char *text) {
    return text == NULL || text[0] == '\0' ? json_null() : json_string(text);
}

static json_t *name_json(const sla_contract *contract, int32_t element, int32_t index) {
    return text_json(sla_contract_name(contract, element, index));
}

static json_t *check_json(const struct explanation *explanation, const sla_scope_check *check) {
    const int failed = check->outcome == SLA_CHECK_FAILED;
    const char *clause = failed ? sla_contract_clause(explanation->contract, &explanation->request, check->reason) : NULL;
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "reason", sla_reason_name(check->reason), "outcome", check_outcome(check),
                     "of", name_json(explanation->contract, check->element, check->index), "instant",
                     instant_json(explanation, check->instant), "clause", text_json(clause));
}

static json_t *scope_json(const struct explanation *explanation) {
    const sla_scope *scope = &explanation->verdict.scope;
    json_t *checks = json_array();
    for (size_t i = 0; i < explanation->check_count; i++) {
        if (json_array_append_new(checks, check_json(explanation, &explanation->checks[i])) != 0) {
            json_decref(checks);
            return NULL;
        }
    }
    return json_pack("{s:b, s:o, s:o}", "in_scope", scope->in_scope, "checks", checks, "channel_opens",
                     instant_json(explanation, scope->next_open));
}

static json_t *accepted_json(const sla_contract *contract, int32_t element, const sla_trial *trial) {
    json_t *values = json_array();
    const char *accepted;
    for (size_t i = 0; (accepted = trial_accepted(contract, element, trial, i)) != NULL; i++) {
        if (json_array_append_new(values, json_string(accepted)) != 0) {
            json_decref(values);
            return NULL;
        }
    }
    return values;
}

static json_t *trial_json(const struct explanation *explanation, int32_t element, const sla_trial *trial) {
    const sla_contract *contract = explanation->contract;
    if (trial->fits) {
        return json_pack("{s:i, s:o, s:b}", "row", (int)trial->row + 1, "name",
                         name_json(explanation->contract, element, trial->row), "fits", 1);
    }
    return json_pack("{s:i, s:o, s:b, s:o, s:o, s:o}", "row", (int)trial->row + 1, "name",
                     name_json(explanation->contract, element, trial->row), "fits", 0, "asks_for",
                     text_json(trial_key(contract, trial)), "accepts", accepted_json(contract, element, trial), "found",
                     text_json(trial_found(contract, trial)));
}

static json_t *trials_json(const struct explanation *explanation, int32_t element, const sla_trial *trials, size_t count) {
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(array, trial_json(explanation, element, &trials[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *target_json(const struct explanation *explanation, const sla_cycle *cycle) {
    static const char *const kinds[] = {"immediate", "duration", "business-days", "best-effort"};
    const sla_contract *contract = sla_contract_successor(explanation->contract, cycle->contract);
    const int32_t row = cycle->target;
    sla_target target;
    if (sla_contract_get_target(contract, row, &target) != SLA_OK) {
        return json_null();
    }
    return json_pack("{s:i, s:s, s:I, s:I, s:o, s:o, s:o}", "row", (int)row + 1, "kind", kinds[target.kind], "amount",
                     (json_int_t)target.amount, "grace", (json_int_t)target.grace, "calendar",
                     name_json(contract, SLA_ELEMENT_CALENDAR, target.calendar), "roll",
                     name_json(contract, SLA_ELEMENT_CALENDAR, target.roll), "clause",
                     text_json(sla_contract_text(contract, SLA_ELEMENT_TARGET, row, SLA_TEXT_CLAUSE)));
}

static json_t *span_json(const struct explanation *explanation, const sla_clock_span *span) {
    const sla_contract *contract = explanation->contract;
    return json_pack(
        "{s:o, s:o, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:I, s:o}", "begin", instant_json(explanation, span->begin),
        "end", instant_json(explanation, span->end), "kind", span_kind_name(span), "phase", span_phase_name(span), "ahead",
        span->flags & SLA_CLOCK_SPAN_AHEAD, "closed_by", text_json(span_closed_by(span)), "title",
        text_json(span_closing_title(contract, span)), "feed", text_json(span_closing_feed(contract, span)), "calendar",
        name_json(sla_contract_successor(contract, span->calendar_contract), SLA_ELEMENT_CALENDAR, span->calendar),
        "target_row", span->target < 0 ? json_null() : json_integer(span->target + 1), "used", (json_int_t)span->used,
        "business_day", number_json(span->days));
}

static json_t *spans_json(const struct explanation *explanation, const struct explained_cycle *cycle) {
    json_t *spans = json_array();
    for (size_t i = 0; i < cycle->span_count; i++) {
        if (json_array_append_new(spans, span_json(explanation, &cycle->spans[i])) != 0) {
            json_decref(spans);
            return NULL;
        }
    }
    return spans;
}

static json_t *cycle_json(const struct explanation *explanation, const struct explained_cycle *explained) {
    const sla_cycle *cycle = &explained->verdict;
    return json_pack(
        "{s:s, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "state",
        sla_state_name(cycle->state), "open", cycle->flags & SLA_CYCLE_OPEN, "outside_hours",
        cycle->flags & SLA_CYCLE_OUTSIDE_HOURS, "beyond_horizon", cycle->flags & SLA_CYCLE_BEYOND_HORIZON, "not_covered",
        cycle->flags & SLA_CYCLE_NOT_COVERED, "target", target_json(explanation, cycle), "started",
        instant_json(explanation, cycle->started), "stopped", instant_json(explanation, cycle->stopped), "due",
        instant_json(explanation, cycle->due), "limit", instant_json(explanation, cycle->limit), "due_if_resumed",
        instant_json(explanation, cycle->due_if_resumed), "used", number_json(cycle->used), "remaining",
        number_json(cycle->remaining), "late", number_json(cycle->late), "spans", spans_json(explanation, explained));
}

static json_t *cycles_json(const struct explanation *explanation) {
    json_t *cycles = json_array();
    for (size_t i = 0; i < explanation->cycle_count; i++) {
        if (json_array_append_new(cycles, cycle_json(explanation, &explanation->cycles[i])) != 0) {
            json_decref(cycles);
            return NULL;
        }
    }
    return cycles;
}

int print_explanation_json(const struct explanation *explanation) {
    const struct life *life = explanation->life;
    json_t *whole =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "contract",
                  name_json(explanation->contract, SLA_ELEMENT_CONTRACT, 0), "metric",
                  name_json(explanation->contract, SLA_ELEMENT_METRIC, life->metric), "received",
                  instant_json(explanation, life->request.received), "now", instant_json(explanation, life->now), "scope",
                  scope_json(explanation), "criterion",
                  name_json(explanation->contract, SLA_ELEMENT_CRITERION, explanation->request.criterion), "criterion_rows",
                  trials_json(explanation, SLA_ELEMENT_RULE, explanation->rules, explanation->rule_count), "target_rows",
                  trials_json(explanation, SLA_ELEMENT_TARGET, explanation->targets, explanation->target_count), "cycles",
                  cycles_json(explanation));
    if (whole == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    json_dumpf(whole, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(whole);
    return 1;
}
