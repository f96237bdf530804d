/* SPDX-License-Identifier: MIT */
/* Requests, and what happens to them, as a fuzzer takes them from its input: mostly ones that the contract knows. */
#ifndef SLA_FUZZ_REQUESTS_H
#define SLA_FUZZ_REQUESTS_H

#include "input.h"

/* An index of an element; now and then not said, or none. */
static inline int32_t take_element(fuzz_input *from, const sla_contract *contract, int32_t element) {
    const int32_t count = sla_contract_count(contract, element);
    const int32_t taken = take_below(from, 256);
    if (taken < 48 || count == 0) {
        return SLA_UNSAID;
    }
    return taken < 255 ? taken % count : take_index(from, count);
}

static inline sla_request take_request(fuzz_input *from, const sla_contract *contract, int64_t begin, int64_t end) {
    sla_request request = {0};
    const bool anywhere = take_rarely(from, 8);
    request.received = anywhere ? take_instant(from, begin, end) : begin + take_below(from, 256) * 3600 % (end - begin);
    request.holds = take_byte(from);
    request.tier = take_element(from, contract, SLA_ELEMENT_TIER);
    request.channel = take_element(from, contract, SLA_ELEMENT_CHANNEL);
    request.service = take_element(from, contract, SLA_ELEMENT_SERVICE);
    request.language = take_element(from, contract, SLA_ELEMENT_LANGUAGE);
    request.criterion = take_element(from, contract, SLA_ELEMENT_CRITERION);
    int32_t *const reserved = &request.reserved[take_below(from, 7)];
    *reserved = take_rarely(from, 128);
    return request;
}

enum { VALUES_MAX = 64 };

/* The number of a value for each attribute, of which there are few. */
static inline void take_values(fuzz_input *from, const sla_contract *contract, int32_t *values) {
    const int32_t attributes = sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE);
    for (int32_t i = 0; i < attributes && i < VALUES_MAX; i++) {
        values[i] = take_rarely(from, 64) ? take_int32(from) : take_below(from, 4) - 1;
    }
}

enum { EVENTS_MAX = 32, CHANGES_MAX = 10 };

/* What has happened to a request. */
typedef struct happenings {
    sla_event events[EVENTS_MAX];
    size_t event_count;
    sla_change changes[CHANGES_MAX];
    size_t change_count;
} happenings;

/* An instant after another, near mostly, so that events meet. */
static inline int64_t take_later(fuzz_input *from, int64_t at, int64_t begin, int64_t end) {
    const int32_t taken = take_below(from, 128);
    if (taken == 127) {
        return take_instant(from, begin, end);
    }
    return plus(at, taken < 96 ? taken % 32 * 1800 : (int64_t)take_word(from, 3) % 300000);
}

static inline sla_event take_event(fuzz_input *from, const sla_contract *contract, int64_t received, int64_t begin,
                                   int64_t end) {
    const int32_t known = sla_contract_count(contract, SLA_ELEMENT_EVENT);
    const int64_t at = take_later(from, received, begin, end);
    const int32_t event = take_rarely(from, 128) ? take_index(from, known) : take_below(from, known);
    return (sla_event){at, event, take_rarely(from, 255)};
}

static inline sla_change take_change(fuzz_input *from, const sla_contract *contract, int64_t received, int64_t begin,
                                     int64_t end) {
    static const int32_t elements[] = {SLA_ELEMENT_CRITERION, SLA_ELEMENT_TIER, SLA_ELEMENT_CONTRACT};
    const int64_t at = take_later(from, received, begin, end);
    const int32_t fact = take_below(from, 3);
    const int32_t known = sla_contract_count(contract, elements[fact]);
    const bool wild = take_rarely(from, 64) || known == 0;
    const int32_t value = wild ? take_element(from, contract, elements[fact]) : take_below(from, known);
    return (sla_change){at, take_rarely(from, 128) ? take_int32(from) : fact, value};
}

/* Events in turn, from the first to the last but one, which is a cancellation, and over again: clocks that start and stop.
 */
static inline void take_course(fuzz_input *from, const sla_contract *contract, int64_t received, happenings *taken) {
    const int32_t known = sla_contract_count(contract, SLA_ELEMENT_EVENT) - 1;
    int64_t at = received;
    for (size_t i = 0; i < taken->event_count; i++) {
        at = plus(at, take_below(from, 16) * 1800);
        taken->events[i] = (sla_event){at, known < 1 ? 0 : (int32_t)i % known, 0};
    }
}

static inline void take_happenings(fuzz_input *from, const sla_contract *contract, const sla_request *request,
                                   int64_t begin, int64_t end, happenings *taken) {
    const int32_t many = take_rarely(from, 16) ? EVENTS_MAX + 1 : 12;
    const int32_t changes = take_below(from, 8) == 0 ? CHANGES_MAX + 1 : 3;
    const bool in_turn = take_below(from, 3) == 1;
    taken->event_count = (size_t)take_below(from, many);
    taken->change_count = (size_t)take_below(from, changes);
    for (size_t i = 0; i < taken->event_count && !in_turn; i++) {
        taken->events[i] = take_event(from, contract, request->received, begin, end);
    }
    if (in_turn) {
        take_course(from, contract, request->received, taken);
    }
    for (size_t i = 0; i < taken->change_count; i++) {
        taken->changes[i] = take_change(from, contract, request->received, begin, end);
    }
}

#endif
