/* SPDX-License-Identifier: MIT */
/* What makes a request invalid (§7.7), and the words for it. */
#include "clock/clock.h"

#include <stdio.h>
#include <string.h>

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
        const char *const separator = i == 0 ? "" : ", ";
        const char *const name = sla_contract_name(contract, element, i);
        if (length + strlen(separator) + strlen(name) + sizeof ", ..." > capacity) {
            snprintf(names + length, capacity - length, "%s...", separator);
            return;
        }
        length += (size_t)snprintf(names + length, capacity - length, "%s%s", separator, name);
    }
}

enum { NAMES_LENGTH = 160 };

static const char *contract_name(const sla_contract *contract) {
    return sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0);
}

static sla_status fail_unknown_fact(const sla_contract *contract, int32_t element, const char *fact, sla_error *error) {
    char names[NAMES_LENGTH];
    list_names(contract, element, names, sizeof names);
    return sli_fail(error, SLA_INVALID_REQUEST, "the contract '%.80s' does not know this %s; what it has: %s",
                    contract_name(contract), fact, names);
}

static bool is_known(const sla_contract *contract, int32_t element, int32_t index) {
    return index >= 0 && index < sla_contract_count(contract, element);
}

/* What a change is of, and what it is called. */
typedef struct changeable {
    int32_t element;
    const char *name;
    const char *change;
} changeable;

static const changeable changeables[] = {
    [SLA_CHANGED_CRITERION] = {SLA_ELEMENT_CRITERION, "criterion", "the change of criterion"},
    [SLA_CHANGED_TIER] = {SLA_ELEMENT_TIER, "tier", "the change of tier"},
    [SLA_CHANGED_CONTRACT] = {SLA_ELEMENT_CONTRACT, "contract", "the change of contract"}};

static bool can_change(int32_t fact) {
    return fact >= 0 && fact < (int32_t)(sizeof changeables / sizeof *changeables);
}

static sla_status fail_unknown_contract(const clock_question *question, sla_error *error) {
    char names[NAMES_LENGTH];
    list_names(question->contract, SLA_ELEMENT_CONTRACT, names, sizeof names);
    return sli_fail(error, SLA_INVALID_REQUEST,
                    "the contract does not know the one to which the request moves; what it has: %s; add it when the "
                    "contract is built",
                    names);
}

/* Tiers and criteria are judged by the contract in force, which shows when changes are in order. */
static sla_status check_change(const clock_question *question, const sla_change *change, size_t index, sla_error *error) {
    if (!can_change(change->fact)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "changes[%zu] is of no fact that can change: criterion (0), tier (1) or contract (2), not %d",
                        index, (int)change->fact);
    }
    if (change->fact == SLA_CHANGED_CONTRACT && !is_known(question->contract, SLA_ELEMENT_CONTRACT, change->value)) {
        fail_unknown_contract(question, error);
        return fail_at(error, "changes", index);
    }
    if (is_possible(question, change->at)) {
        return SLA_OK;
    }
    tell_impossible(question, changeables[change->fact].change, change->at, error);
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

/* The place, in the order handed over, of the later of two changes. */
static size_t find_later(const sla_change *changes, size_t count, const sla_change *one, const sla_change *other) {
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
             changeables[one->fact].name, written(one->at, when));
    return fail_at(error, "changes", find_later(changes, count, one, other));
}

/* ---- Changes in order ---- */

static sla_status fail_at_change(const happenings *happened, const sla_change *change, sla_error *error) {
    return fail_at(error, "changes", find_later(happened->changes, happened->change_count, change, change));
}

/* The changes of one instant, and the facts before and after them. */
typedef struct turn {
    const sla_change *changes;
    size_t count;
    changing_facts before;
    changing_facts after;
} turn;

static const sla_contract *contract_after(const clock_question *question, const turn *taken) {
    return sla_contract_successor(question->contract, taken->after.contract);
}

/* A tier or criterion must be one of the contract that is in force then. */
static sla_status check_values(const clock_question *question, const happenings *happened, const turn *taken,
                               sla_error *error) {
    const sla_contract *const contract = contract_after(question, taken);
    for (size_t i = 0; i < taken->count; i++) {
        const sla_change *const change = &taken->changes[i];
        const changeable *const changed = &changeables[change->fact];
        const bool unsaid = change->fact == SLA_CHANGED_CRITERION && change->value == SLA_UNSAID;
        if (change->fact != SLA_CHANGED_CONTRACT && !unsaid && !is_known(contract, changed->element, change->value)) {
            fail_unknown_fact(contract, changed->element, changed->name, error);
            return fail_at_change(happened, change, error);
        }
    }
    return SLA_OK;
}

/* A fact that could not be carried over. */
typedef struct left_behind {
    int32_t element;
    const char *fact;
    const char *name;
    const char *remedy;
} left_behind;

static sla_status fail_left_behind(const clock_question *question, const happenings *happened, const turn *taken,
                                   const left_behind *lost, sla_error *error) {
    const sla_contract *const contract = contract_after(question, taken);
    char when[INSTANT_LENGTH];
    char names[NAMES_LENGTH];
    list_names(contract, lost->element, names, sizeof names);
    sli_fail(error, SLA_INVALID_REQUEST,
             "the contract '%.80s', to which the request moves at %s, has no %s '%.80s'; %s; what it has: %s",
             contract_name(contract), written(taken->changes->at, when), lost->fact, lost->name, lost->remedy, names);
    return fail_at_change(happened, taken->changes, error); /* the contract's change is the first */
}

static const char *name_before(const clock_question *question, const turn *taken, int32_t element, int32_t index) {
    return sla_contract_name(sla_contract_successor(question->contract, taken->before.contract), element, index);
}

/* What is carried over must be known to the contract that is in force then. */
static sla_status check_carried(const clock_question *question, const happenings *happened, const turn *taken,
                                sla_error *error) {
    left_behind lost;
    const int32_t channel = question->request->channel;
    if (taken->after.tier == SLA_UNKNOWN) {
        lost = (left_behind){SLA_ELEMENT_TIER, "tier", name_before(question, taken, SLA_ELEMENT_TIER, taken->before.tier),
                             "change the tier at the same instant"};
    } else if (taken->after.criterion == SLA_UNKNOWN) {
        lost = (left_behind){SLA_ELEMENT_CRITERION, "criterion",
                             name_before(question, taken, SLA_ELEMENT_CRITERION, taken->before.criterion),
                             "change the criterion at the same instant"};
    } else if (sli_contract_carry(question->contract, SLA_ELEMENT_CHANNEL, 0, taken->after.contract, channel) ==
               SLA_UNKNOWN) {
        lost = (left_behind){SLA_ELEMENT_CHANNEL, "channel",
                             sla_contract_name(question->contract, SLA_ELEMENT_CHANNEL, channel),
                             "add it there, or leave the request's channel unsaid"};
    } else {
        return SLA_OK;
    }
    return fail_left_behind(question, happened, taken, &lost, error);
}

sla_status sli_changes_check(const clock_question *question, const happenings *happened, const sla_change *ordered,
                             sla_error *error) {
    const size_t count = happened->change_count;
    changing_facts facts = sli_facts_at_receipt(question);
    sla_status status = SLA_OK;
    while (facts.next < count && status == SLA_OK) {
        turn taken = {.changes = &ordered[facts.next], .before = facts};
        sli_facts_apply_next(&facts, question, ordered, count);
        taken.after = facts;
        taken.count = facts.next - taken.before.next;
        status = check_values(question, happened, &taken, error);
        if (status == SLA_OK) {
            status = check_carried(question, happened, &taken, error);
        }
    }
    return status;
}
