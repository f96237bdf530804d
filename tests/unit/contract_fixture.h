/* SPDX-License-Identifier: MIT */
/* What the tests of contracts share: short ways to the builder, and the contract of most examples. */
#ifndef CONTRACT_FIXTURE_H
#define CONTRACT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "contract/contract.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define WEEKDAYS (SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY)
#define HOUR INT64_C(3600)

static inline int64_t instant(const char *written) {
    int64_t read = 0;
    assert_int_equal(sla_instant_parse(written, SIZE_MAX, &read, NULL), SLA_OK);
    return read;
}

static inline int32_t date(int32_t year, int32_t month, int32_t day) {
    int32_t number = 0;
    assert_int_equal(sla_date_from_civil(year, month, day, &number), SLA_OK);
    return number;
}

static inline sla_zone *zone_of(const char *name) {
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    return zone;
}

static inline sla_contract_builder *new_builder_over(const char *zone_name, int64_t begin, int64_t end) {
    sla_zone *const zone = zone_of(zone_name);
    sla_contract_builder *builder = NULL;
    assert_int_equal(sla_contract_builder_new("agreement", SIZE_MAX, zone, begin, end, &builder, NULL), SLA_OK);
    sla_zone_unref(zone);
    return builder;
}

static inline sla_contract_builder *new_builder(const char *zone_name) {
    return new_builder_over(zone_name, SLA_HORIZON_BEGIN, SLA_HORIZON_END);
}

/* Of one year, 2026: for tests that make many contracts. */
static inline sla_contract_builder *new_short_builder(void) {
    return new_builder_over("UTC", instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"));
}

/* A calendar with one window of hours on some days of the week. */
static inline sla_calendar *hours_over(const char *zone_name, int64_t begin, int64_t end, int32_t weekdays, int32_t start,
                                       int32_t until) {
    sla_zone *const zone = zone_of(zone_name);
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_builder_new(zone, begin, end, &builder, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_hours(builder, weekdays, start, until, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, NULL), SLA_OK);
    sla_calendar_builder_free(builder);
    sla_zone_unref(zone);
    return calendar;
}

static inline sla_calendar *hours(const char *zone_name, int32_t weekdays, int32_t start, int32_t end) {
    return hours_over(zone_name, SLA_HORIZON_BEGIN, SLA_HORIZON_END, weekdays, start, end);
}

/* Hands a calendar over to the builder. */
static inline int32_t add_calendar(sla_contract_builder *builder, const char *name, sla_calendar *calendar) {
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_calendar(builder, name, SIZE_MAX, calendar, &index, NULL), SLA_OK);
    sla_calendar_unref(calendar);
    return index;
}

static inline int32_t add_hours(sla_contract_builder *builder, const char *name, const char *zone_name, int32_t weekdays,
                                int32_t start, int32_t end) {
    return add_calendar(builder, name, hours(zone_name, weekdays, start, end));
}

static inline int32_t add(sla_contract_builder *builder, int32_t element, const char *name) {
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add(builder, element, name, SIZE_MAX, &index, NULL), SLA_OK);
    return index;
}

static inline void name(sla_contract_builder *builder, int32_t element, int32_t index, int32_t role, const char *given) {
    assert_int_equal(sla_contract_builder_add_name(builder, element, index, role, given, SIZE_MAX, NULL), SLA_OK);
}

static inline void clause(sla_contract_builder *builder, int32_t element, int32_t index, const char *said) {
    assert_int_equal(sla_contract_builder_set_text(builder, element, index, SLA_TEXT_CLAUSE, said, SIZE_MAX, NULL), SLA_OK);
}

static inline void ask(sla_contract_builder *builder, int32_t element, int32_t index, const char *key, const char *value) {
    assert_int_equal(sla_contract_builder_add_condition(builder, element, index, key, SIZE_MAX, value, SIZE_MAX, NULL),
                     SLA_OK);
}

static inline int32_t add_metric(sla_contract_builder *builder, const char *called, const char *start, const char *stop) {
    const sla_metric plain = {0};
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_metric(builder, called, SIZE_MAX, &plain, &index, NULL), SLA_OK);
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_START, start);
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_STOP, stop);
    return index;
}

/* A target on the default calendar without anything special. */
static inline sla_target target_of(int32_t kind, int64_t amount) {
    return (sla_target){.kind = kind, .amount = amount, .by = -1, .calendar = -1, .roll = -1};
}

static inline int32_t add_target(sla_contract_builder *builder, sla_target target) {
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_target(builder, &target, &index, NULL), SLA_OK);
    return index;
}

/* Builds and lets go of the builder. */
static inline sla_contract *build(sla_contract_builder *builder) {
    sla_contract *contract = NULL;
    sla_error error = {0};
    const sla_status status = sla_contract_builder_build(builder, &contract, &error);
    if (status != SLA_OK) {
        print_error("%s\n", error.message);
    }
    assert_int_equal(status, SLA_OK);
    sla_contract_builder_free(builder);
    return contract;
}

static inline int32_t find(const sla_contract *contract, int32_t element, const char *called) {
    int32_t index = 0;
    sla_contract_find(contract, element, called, SIZE_MAX, &index);
    return index;
}

/* A request that says nothing but when it was received. */
static inline sla_request received(const char *written) {
    return (sla_request){.received = instant(written),
                         .tier = SLA_UNSAID,
                         .channel = SLA_UNSAID,
                         .service = SLA_UNSAID,
                         .language = SLA_UNSAID,
                         .criterion = SLA_UNSAID};
}

/* Small numbers that look random and are the same in every run. */
static inline uint32_t draw(uint64_t *seed, uint32_t below) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % below;
}

#endif
