/* SPDX-License-Identifier: MIT */
/* What makes a request invalid (§7.7), and the words for it. */
#include "clock/clock.h"

#include <stdio.h>

enum { INSTANT_LENGTH = 32 };

static const char *written(int64_t instant, char buffer[INSTANT_LENGTH]) {
    if (sla_instant_format(instant, NULL, buffer, INSTANT_LENGTH) != SLA_OK) {
        snprintf(buffer, INSTANT_LENGTH, "%lld seconds", (long long)instant);
    }
    return buffer;
}

static sla_status fail_at(sla_error *error, const char *list, size_t index) {
    if (error != NULL) {
        error->index = (int64_t)index;
        snprintf(error->path, sizeof error->path, "%s[%zu]", list, index);
    }
    return SLA_INVALID_REQUEST;
}

static bool is_possible(const clock_question *question, int64_t at) {
    return at >= question->request->received && at < question->horizon_end;
}

/* `what` is the event or change as complaints call it: "'responded'", "the change of tier". */
static void tell_impossible(const clock_question *question, const char *what, int64_t at, sla_error *error) {
    const int64_t received = question->request->received;
    char when[INSTANT_LENGTH];
    char limit[INSTANT_LENGTH];
    written(at, when);
    if (at < received) {
        sli_fail(error, SLA_INVALID_REQUEST,
                 "%s at %s lies before the receipt of the request at %s; correct one of the two", what, when,
                 written(received, limit));
    } else {
        sli_fail(error, SLA_INVALID_REQUEST, "%s at %s lies beyond the horizon, which ends at %s; correct the instant",
                 what, when, written(question->horizon_end, limit));
    }
}

enum { EVENT_NAME_LENGTH = SLI_NAME_LENGTH_MAX + 3 };

static sla_status check_event(const clock_question *question, const sla_event *event, size_t index, sla_error *error) {
    const bool known = event->event >= 0 && event->event < sla_contract_count(question->contract, SLA_ELEMENT_EVENT);
    if ((!known && event->event != SLA_UNKNOWN) || event->reserved != 0) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "events[%zu] is no event of this contract (event %d); an event that no metric names is SLA_UNKNOWN",
                        index, (int)event->event);
    }
    if (is_possible(question, event->at)) {
        return SLA_OK;
    }
    char name[EVENT_NAME_LENGTH] = "an event";
    if (known) {
        snprintf(name, sizeof name, "'%s'", sla_contract_name(question->contract, SLA_ELEMENT_EVENT, event->event));
    }
    tell_impossible(question, name, event->at, error);
    return fail_at(error, "events", index);
}

/* The names of an element, as many as there is room for: "silver, gold". */
static void list_names(const sla_contract *contract, int32_t element, char *names, size_t capacity) {
    const int32_t count = sla_contract_count(contract, element);
    size_t length = 0;
    snprintf(names, capacity, "%s", count == 0 ? "none" : "");
    for (int32_t i = 0; i < count; i++) {
        const int added = snprintf(names + length, capacity - length, "%s%s", i == 0 ? "" : ", ",
                                   sla_contract_name(contract, element, i));
        if (added < 0 || (size_t)added >= capacity - length) {
            snprintf(names + length, capacity - length, "%s", capacity - length > 5 ? ", ..." : "");
            return;
        }
        length += (size_t)added;
    }
}

enum { NAMES_LENGTH = 160 };

static sla_status fail_unknown_fact(const sla_contract *contract, int32_t element, const char *fact, sla_error *error) {
    char names[NAMES_LENGTH];
    list_names(contract, element, names, sizeof names);
    return sli_fail(error, SLA_INVALID_REQUEST, "the contract does not know this %s; what it has: %s", fact, names);
}

static bool is_known(const sla_contract *contract, int32_t element, int32_t index) {
    return index >= 0 && index < sla_contract_count(contract, element);
}

static sla_status check_change(const clock_question *question, const sla_change *change, size_t index, sla_error *error) {
    if (change->fact != SLA_CHANGED_CRITERION && change->fact != SLA_CHANGED_TIER) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "changes[%zu] is of no fact that can change: criterion (0) or tier (1), not %d", index,
                        (int)change->fact);
    }
    const bool is_tier = change->fact == SLA_CHANGED_TIER;
    const int32_t element = is_tier ? SLA_ELEMENT_TIER : SLA_ELEMENT_CRITERION;
    const bool unsaid = !is_tier && change->value == SLA_UNSAID;
    if (!unsaid && !is_known(question->contract, element, change->value)) {
        fail_unknown_fact(question->contract, element, is_tier ? "tier" : "criterion", error);
        return fail_at(error, "changes", index);
    }
    if (is_possible(question, change->at)) {
        return SLA_OK;
    }
    tell_impossible(question, is_tier ? "the change of tier" : "the change of criterion", change->at, error);
    return fail_at(error, "changes", index);
}

/* The fact that makes the request's facts no facts of the contract. */
static sla_status tell_unknown_fact(const clock_question *question, sla_error *error) {
    const sla_request *const request = question->request;
    const struct {
        int32_t element;
        int32_t index;
        const char *name;
    } facts[] = {{SLA_ELEMENT_TIER, request->tier, "tier"},
                 {SLA_ELEMENT_CHANNEL, request->channel, "channel"},
                 {SLA_ELEMENT_CRITERION, request->criterion, "criterion"}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (facts[i].index != SLA_UNSAID && !is_known(question->contract, facts[i].element, facts[i].index)) {
            return fail_unknown_fact(question->contract, facts[i].element, facts[i].name, error);
        }
    }
    return sli_fail(error, SLA_INVALID_REQUEST, "the contract does not know the request's service or language");
}

static sla_status check_facts(const clock_question *question, sla_error *error) {
    switch (sli_contract_judge_request(question->contract, question->request)) {
        case SLA_OK:
            return SLA_OK;
        case SLA_INVALID_REQUEST:
            return tell_unknown_fact(question, error);
        default:
            return sli_fail(error, SLA_INVALID_ARGUMENT, "the reserved fields of a request must be zero");
    }
}

sla_status sli_request_check(const clock_question *question, sla_error *error) {
    const int64_t received = question->request->received;
    if (received >= question->horizon_begin && received < question->horizon_end) {
        return check_facts(question, error);
    }
    char when[INSTANT_LENGTH];
    char begin[INSTANT_LENGTH];
    char end[INSTANT_LENGTH];
    return sli_fail(error, SLA_INVALID_REQUEST,
                    "received at %s, which lies beyond the horizon from %s to %s; correct the instant",
                    written(received, when), written(question->horizon_begin, begin), written(question->horizon_end, end));
}

sla_status sli_happenings_check(const clock_question *question, const happenings *happened, sla_error *error) {
    sla_status status = sli_request_check(question, error);
    for (size_t i = 0; i < happened->event_count && status == SLA_OK; i++) {
        status = check_event(question, &happened->events[i], i, error);
    }
    for (size_t i = 0; i < happened->change_count && status == SLA_OK; i++) {
        status = check_change(question, &happened->changes[i], i, error);
    }
    return status;
}

static bool is_same(const sla_change *left, const sla_change *right) {
    return left->at == right->at && left->fact == right->fact && left->value == right->value;
}

/* The place, in the order handed over, of the later of two changes that contradict each other. */
static size_t find_contradiction(const sla_change *changes, size_t count, const sla_change *one, const sla_change *other) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_same(&changes[i], one) || is_same(&changes[i], other)) {
            found = i;
        }
    }
    return found;
}

sla_status sli_fail_contradiction(const sla_change *changes, size_t count, const sla_change *one, const sla_change *other,
                                  sla_error *error) {
    char when[INSTANT_LENGTH];
    sli_fail(error, SLA_INVALID_REQUEST, "the %s changes to two different values at %s; only one of them can hold",
             one->fact == SLA_CHANGED_TIER ? "tier" : "criterion", written(one->at, when));
    return fail_at(error, "changes", find_contradiction(changes, count, one, other));
}
