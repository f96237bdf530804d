/* SPDX-License-Identifier: MIT */
#include "conformance.h"

#include <string.h>

/* ---- scope, criterion, due ---- */

static json_t *out_of_scope(sla_contract *contract, const sla_request *request, const sla_scope *scope) {
    json_t *const reasons = json_array();
    static const int32_t alphabetical[] = {
        SLA_REASON_CHANNEL_CLOSED,         SLA_REASON_CHANNEL_NOT_IN_TIER, SLA_REASON_EXPIRED,
        SLA_REASON_LANGUAGE_NOT_SUPPORTED, SLA_REASON_NOT_YET_VALID,       SLA_REASON_REQUIREMENT_MISSING,
        SLA_REASON_SERVICE_EXCLUDED,       SLA_REASON_SERVICE_NOT_LISTED,
    };
    for (size_t i = 0; i < sizeof alphabetical / sizeof *alphabetical; i++) {
        if ((scope->reasons & alphabetical[i]) != 0) {
            json_array_append_new(reasons, json_string(sla_reason_name(alphabetical[i])));
        }
    }
    json_t *const answer = json_pack("{s:s,s:o}", "scope", "out-of-scope", "reasons", reasons);
    if (scope->next_open != SLA_NONE) {
        json_object_set_new(answer, "next_open", instant_text(scope->next_open));
    }
    const char *const clause = sla_contract_clause(contract, request, SLA_REASON_SERVICE_EXCLUDED);
    if ((scope->reasons & SLA_REASON_SERVICE_EXCLUDED) != 0 && clause[0] != '\0') {
        json_object_set_new(answer, "clauses", json_pack("{s:s}", "service-excluded", clause));
    }
    return answer;
}

static json_t *answer_scope(sla_contract *contract, const json_t *question) {
    static read_request read;
    request_read(contract, json_object_get(question, "request"), &read);
    sla_scope scope;
    const sla_status status = sla_contract_decide_scope(contract, &read.request, &scope);
    if (status != SLA_OK) {
        return answer_status(status);
    }
    return scope.in_scope ? json_pack("{s:s}", "scope", "in-scope") : out_of_scope(contract, &read.request, &scope);
}

static json_t *answer_criterion(sla_contract *contract, const json_t *question) {
    static read_request read;
    request_read(contract, question, &read); /* its "attributes" are all that it says */
    if (read.unknown_value) {
        return answer_status(SLA_INVALID_REQUEST);
    }
    const char *const name = sla_contract_name(contract, SLA_ELEMENT_CRITERION, read.request.criterion);
    return json_pack("{s:s?}", "criterion", name);
}

static int32_t metric_of(const sla_contract *contract, const json_t *question) {
    int32_t metric;
    sla_contract_find(contract, SLA_ELEMENT_METRIC, json_string_value(json_object_get(question, "metric")), SIZE_MAX,
                      &metric);
    return metric;
}

static json_t *answer_due(sla_contract *contract, const json_t *question) {
    static read_request read;
    request_read(contract, json_object_get(question, "request"), &read);
    sla_due due;
    const sla_status status = read.unknown_value
                                  ? SLA_INVALID_REQUEST
                                  : sla_contract_due(contract, metric_of(contract, question), &read.request, &due);
    if (status != SLA_OK) {
        return answer_status(status);
    }
    switch (due.kind) {
        case SLA_DUE_BEST_EFFORT:
            return json_pack("{s:s}", "target", "best-effort");
        case SLA_DUE_NO_TARGET:
            return json_pack("{s:s}", "target", "none");
        default:
            return answer_instant("at", SLA_OK, due.at);
    }
}

/* ---- clock ---- */

static void put_instant(json_t *answer, const char *key, int64_t instant) {
    if (instant != SLA_NONE) {
        json_object_set_new(answer, key, instant_text(instant));
    }
}

static void put_seconds(json_t *answer, const char *key, int64_t seconds) {
    if (seconds != SLA_NONE) {
        json_object_set_new(answer, key, json_integer(seconds));
    }
}

static json_t *cycle_answer(const sla_cycle *cycle) {
    json_t *const answer = json_pack("{s:s}", "state", sla_state_name(cycle->state));
    put_instant(answer, "started", cycle->started);
    if (cycle->state != SLA_STATE_CANCELLED) {
        put_instant(answer, "stopped", cycle->stopped);
    }
    put_seconds(answer, "used", cycle->used);
    put_instant(answer, "due", cycle->due);
    put_instant(answer, "due_if_resumed", cycle->due_if_resumed);
    put_seconds(answer, "remaining", cycle->remaining);
    if (cycle->state == SLA_STATE_RUNNING || cycle->state == SLA_STATE_PAUSED) {
        json_object_set_new(answer, "outside_hours", json_boolean((cycle->flags & SLA_CYCLE_OUTSIDE_HOURS) != 0));
    }
    if (cycle->state == SLA_STATE_BREACHED) {
        json_object_set_new(answer, "open", json_boolean((cycle->flags & SLA_CYCLE_OPEN) != 0));
    }
    return answer;
}

typedef struct cycle_list {
    sla_cycle items[EVENTS_MAX];
    size_t count;
} cycle_list;

static sla_status evaluate(const sla_contract *contract, const json_t *question, const read_request *read,
                           cycle_list *cycles) {
    if (read->unknown_value) {
        return SLA_INVALID_REQUEST;
    }
    return sla_clock_evaluate(contract, metric_of(contract, question), &read->request, read->events, read->event_count,
                              read->changes, read->change_count, instant_of(question, "now"), cycles->items, EVENTS_MAX,
                              &cycles->count, NULL);
}

static json_t *answer_clock(sla_contract *contract, const json_t *question) {
    static read_request read;
    static cycle_list cycles;
    request_read(contract, json_object_get(question, "request"), &read);
    const sla_status status = evaluate(contract, question, &read, &cycles);
    if (status != SLA_OK) {
        return answer_status(status);
    }
    json_t *const list = json_array();
    for (size_t i = 0; i < cycles.count; i++) {
        json_array_append_new(list, cycle_answer(&cycles.items[i]));
    }
    return json_pack("{s:o}", "cycles", list);
}

/* ---- report ---- */

/* A service on no list has its name in the groups all the same. */
static void number_unlisted_service(sla_report *report, const json_t *written, sla_request *request) {
    const json_t *const service = json_object_get(written, "service");
    if (request->service == SLA_UNKNOWN && service != NULL) {
        sla_report_add_service(report, json_string_value(service), json_string_length(service), &request->service, NULL);
    }
}

static sla_status count_request(sla_report *report, sla_contract *contract, const json_t *question, size_t row,
                                const json_t *written) {
    static read_request read;
    static cycle_list cycles;
    request_read(contract, written, &read);
    number_unlisted_service(report, written, &read.request);
    sla_scope scope;
    sla_status status = evaluate(contract, question, &read, &cycles);
    if (status == SLA_OK) {
        status = sla_contract_decide_scope(contract, &read.request, &scope);
    }
    if (status != SLA_OK) {
        return sla_report_add_invalid(report, row, &read.request, status, NULL, 0, NULL);
    }
    return sla_report_add(report, row, &read.request, &scope, cycles.items, scope.in_scope ? cycles.count : 0, NULL);
}

static json_t *group_key(const sla_report *report, int64_t index, const json_t *group_by) {
    json_t *const key = json_object();
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)group_by, i, name) {
        int32_t bit = 0;
        sla_report_find_key(json_string_value(name), SIZE_MAX, &bit);
        const char *const value = sla_report_group_key(report, index, bit);
        json_object_set_new(key, json_string_value(name), value == NULL ? json_null() : json_string(value));
    }
    return key;
}

static json_t *reason_counts(const sla_group *group) {
    json_t *const reasons = json_object();
    for (int32_t i = 0; i < 8; i++) {
        if (group->reasons[i] > 0) {
            json_object_set_new(reasons, sla_reason_name(1 << i), json_integer(group->reasons[i]));
        }
    }
    return reasons;
}

static json_t *group_answer(const sla_report *report, int64_t index, const json_t *group_by) {
    sla_group group;
    sla_report_get_group(report, index, &group);
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {
        {"requests", group.requests},
        {"out_of_scope", group.out_of_scope},
        {"not_started", group.not_started},
        {"no_target", group.no_target},
        {"best_effort", group.best_effort},
        {"running", group.running},
        {"paused", group.paused},
        {"cancelled", group.cancelled},
        {"invalid", group.invalid},
        {"met", group.met},
        {"breached_late", group.breached_late},
        {"breached_open", group.breached_open},
    };
    json_t *const answer =
        json_pack("{s:o,s:o}", "key", group_key(report, index, group_by), "reasons", reason_counts(&group));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_object_set_new(answer, counts[i].name, json_integer(counts[i].count));
    }
    return answer;
}

static json_t *groups_answer(const sla_report *report, const json_t *group_by) {
    json_t *const groups = json_array();
    for (size_t i = 0; i < sla_report_group_count(report); i++) {
        json_array_append_new(groups, group_answer(report, (int64_t)i, group_by));
    }
    return json_pack("{s:o}", "groups", groups);
}

static int32_t keys_of(const json_t *group_by) {
    int32_t by = 0;
    size_t i;
    json_t *name;
    json_array_foreach((json_t *)group_by, i, name) {
        int32_t bit = 0;
        sla_report_find_key(json_string_value(name), json_string_length(name), &bit);
        by |= bit;
    }
    return by;
}

static json_t *answer_report(sla_contract *contract, const json_t *question) {
    const json_t *const group_by = json_object_get(question, "group_by");
    sla_report *report = NULL;
    sla_status status = sla_report_new(contract, metric_of(contract, question), keys_of(group_by), 10, &report, NULL);
    size_t row;
    json_t *written;
    json_array_foreach(json_object_get(question, "requests"), row, written) {
        if (status == SLA_OK) {
            status = count_request(report, contract, question, row, written);
        }
    }
    json_t *const answer = status == SLA_OK ? groups_answer(report, group_by) : answer_status(status);
    sla_report_free(report);
    return answer;
}

operation contract_operation(const char *name) {
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        {"scope", answer_scope}, {"criterion", answer_criterion}, {"due", answer_due},
        {"clock", answer_clock}, {"report", answer_report},
    };
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(operations[i].name, name) == 0) {
            return operations[i].run;
        }
    }
    return NULL;
}
