/* SPDX-License-Identifier: MIT */
#include "conformance.h"

static int32_t index_of(const sla_contract *contract, int32_t element, const json_t *name) {
    int32_t index = SLA_UNSAID;
    if (json_is_string(name)) {
        sla_contract_find(contract, element, json_string_value(name), json_string_length(name), &index);
    }
    return index;
}

static uint64_t facts_of(const sla_contract *contract, const json_t *holds) {
    uint64_t facts = 0;
    size_t i;
    json_t *fact;
    json_array_foreach((json_t *)holds, i, fact) {
        const int32_t index = index_of(contract, SLA_ELEMENT_FACT, fact);
        facts |= index < 0 ? 0 : UINT64_C(1) << index;
    }
    return facts;
}

/* The criterion that the attributes come to (§6). */
static void decide_criterion(const sla_contract *contract, const json_t *attributes, read_request *read) {
    int32_t values[ATTRIBUTES_MAX];
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE); i++) {
        const json_t *const value = json_object_get(attributes, sla_contract_name(contract, SLA_ELEMENT_ATTRIBUTE, i));
        values[i] = SLA_UNSAID;
        if (value != NULL && sla_contract_find_value(contract, i, json_string_value(value), json_string_length(value),
                                                     &values[i]) != SLA_OK) {
            read->unknown_value = true;
            return;
        }
    }
    sla_contract_decide_criterion(contract, &read->request, values, &read->request.criterion);
}

static bool read_events(const sla_contract *contract, const json_t *written, read_request *read) {
    size_t i;
    json_t *event;
    json_array_foreach((json_t *)written, i, event) {
        if (read->event_count == EVENTS_MAX) {
            return false;
        }
        read->events[read->event_count++] = (sla_event){
            .at = instant_of(event, "at"), .event = index_of(contract, SLA_ELEMENT_EVENT, json_object_get(event, "event"))};
    }
    return true;
}

static bool add_change(read_request *read, int64_t at, int32_t fact, int32_t value) {
    if (read->change_count == EVENTS_MAX) {
        return false;
    }
    read->changes[read->change_count++] = (sla_change){.at = at, .fact = fact, .value = value};
    return true;
}

/* A change may name a criterion, a tier, or both. */
static bool read_changes(const sla_contract *contract, const json_t *written, read_request *read) {
    size_t i;
    json_t *change;
    json_array_foreach((json_t *)written, i, change) {
        const int64_t at = instant_of(change, "at");
        const json_t *const criterion = json_object_get(change, "criterion");
        const json_t *const tier = json_object_get(change, "tier");
        if (criterion != NULL &&
            !add_change(read, at, SLA_CHANGED_CRITERION, index_of(contract, SLA_ELEMENT_CRITERION, criterion))) {
            return false;
        }
        if (tier != NULL && !add_change(read, at, SLA_CHANGED_TIER, index_of(contract, SLA_ELEMENT_TIER, tier))) {
            return false;
        }
    }
    return true;
}

bool request_read(const sla_contract *contract, const json_t *written, read_request *read) {
    read->request = (sla_request){
        .received = instant_of(written, "received"),
        .holds = facts_of(contract, json_object_get(written, "holds")),
        .tier = index_of(contract, SLA_ELEMENT_TIER, json_object_get(written, "tier")),
        .channel = index_of(contract, SLA_ELEMENT_CHANNEL, json_object_get(written, "channel")),
        .service = index_of(contract, SLA_ELEMENT_SERVICE, json_object_get(written, "service")),
        .language = index_of(contract, SLA_ELEMENT_LANGUAGE, json_object_get(written, "language")),
        .criterion = index_of(contract, SLA_ELEMENT_CRITERION, json_object_get(written, "criterion")),
    };
    read->unknown_value = false;
    read->event_count = read->change_count = 0;
    const json_t *const attributes = json_object_get(written, "attributes");
    if (attributes != NULL && read->request.criterion == SLA_UNSAID) {
        decide_criterion(contract, attributes, read);
    }
    return read_events(contract, json_object_get(written, "events"), read) &&
           read_changes(contract, json_object_get(written, "changes"), read);
}
