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

static json_t *name_json(const struct explanation *explanation, int32_t element, int32_t index) {
    return text_json(sla_contract_name(explanation->contract, element, index));
}

static json_t *scope_json(const struct explanation *explanation) {
    const sla_scope *scope = &explanation->verdict.scope;
    json_t *reasons = json_array();
    for (int32_t reason = 1; sla_reason_name(reason) != NULL; reason *= 2) {
        if (scope->reasons & reason) {
            const char *clause = sla_contract_clause(explanation->contract, &explanation->request, reason);
            json_array_append_new(reasons,
                                  json_pack("{s:s, s:o}", "reason", sla_reason_name(reason), "clause", text_json(clause)));
        }
    }
    return json_pack("{s:b, s:o, s:o}", "in_scope", scope->in_scope, "reasons", reasons, "channel_opens",
                     instant_json(explanation, scope->next_open));
}

static json_t *target_json(const struct explanation *explanation, int32_t row) {
    static const char *const kinds[] = {"immediate", "duration", "business-days", "best-effort"};
    const sla_contract *contract = explanation->contract;
    sla_target target;
    if (sla_contract_get_target(contract, row, &target) != SLA_OK) {
        return json_null();
    }
    return json_pack("{s:i, s:s, s:I, s:I, s:o, s:o, s:o}", "row", (int)row + 1, "kind", kinds[target.kind], "amount",
                     (json_int_t)target.amount, "grace", (json_int_t)target.grace, "calendar",
                     name_json(explanation, SLA_ELEMENT_CALENDAR, target.calendar), "roll",
                     name_json(explanation, SLA_ELEMENT_CALENDAR, target.roll), "clause",
                     text_json(sla_contract_text(contract, SLA_ELEMENT_TARGET, row, SLA_TEXT_CLAUSE)));
}

static json_t *span_json(const struct explanation *explanation, const sla_clock_span *span) {
    const sla_contract *contract = explanation->contract;
    return json_pack("{s:o, s:o, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:I, s:o}", "begin",
                     instant_json(explanation, span->begin), "end", instant_json(explanation, span->end), "kind",
                     span_kind_name(span), "phase", span_phase_name(span), "ahead", span->flags & SLA_CLOCK_SPAN_AHEAD,
                     "closed_by", text_json(span_closed_by(span)), "title", text_json(span_closing_title(contract, span)),
                     "feed", text_json(span_closing_feed(contract, span)), "calendar",
                     name_json(explanation, SLA_ELEMENT_CALENDAR, span->calendar), "target_row",
                     span->target < 0 ? json_null() : json_integer(span->target + 1), "used", (json_int_t)span->used,
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
        cycle->flags & SLA_CYCLE_NOT_COVERED, "target", target_json(explanation, cycle->target), "started",
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
    json_t *whole = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "contract", name_json(explanation, SLA_ELEMENT_CONTRACT, 0), "metric",
        name_json(explanation, SLA_ELEMENT_METRIC, life->metric), "received",
        instant_json(explanation, life->request.received), "now", instant_json(explanation, life->now), "scope",
        scope_json(explanation), "criterion", name_json(explanation, SLA_ELEMENT_CRITERION, explanation->request.criterion),
        "cycles", cycles_json(explanation));
    if (whole == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    json_dumpf(whole, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(whole);
    return 1;
}
