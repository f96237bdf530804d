/* SPDX-License-Identifier: MIT */
/* A contract for the tests of clocks and reports, put together through the builder. */
#ifndef AGREEMENT_H
#define AGREEMENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "document_fixture.h"
#include <sla/report.h>

/* An instant of November 2026, whose 23rd is a Monday, in UTC. */
static inline int64_t at(int32_t day, int32_t hour, int32_t minute) {
    return ((int64_t)sli_date_of_civil((civil){2026, 11, 1}) + day - 1) * SLI_DAY + hour * 3600 + minute * 60;
}

static inline int32_t index_of(const sla_contract *contract, int32_t element, const char *name) {
    int32_t index = SLA_UNKNOWN;
    if (name == NULL) {
        return SLA_UNSAID;
    }
    assert_int_equal(sla_contract_find(contract, element, name, SIZE_MAX, &index), SLA_OK);
    return index;
}

static inline sla_zone *zone_of(const char *name) {
    sla_zone *zone = NULL;
    assert_int_equal(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, NULL), SLA_OK);
    return zone;
}

static inline void add_element(sla_contract_builder *builder, int32_t element, const char *name) {
    int32_t index;
    assert_int_equal(sla_contract_builder_add(builder, element, name, SIZE_MAX, &index, NULL), SLA_OK);
}

static inline void add_hours(sla_contract_builder *builder, sla_zone *zone, const char *name, int32_t days, int32_t from,
                             int32_t until) {
    sla_calendar_builder *hours = NULL;
    sla_calendar *calendar = NULL;
    int32_t index;
    assert_int_equal(sla_calendar_builder_new(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &hours, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_hours(hours, days, from * 3600, until * 3600, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_build(hours, &calendar, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_calendar(builder, name, SIZE_MAX, calendar, &index, NULL), SLA_OK);
    sla_calendar_unref(calendar);
    sla_calendar_builder_free(hours);
}

typedef struct event_role {
    int32_t role;
    const char *event;
} event_role;

static inline void add_metric(sla_contract_builder *builder, const char *name, sla_metric metric, const event_role *roles,
                              size_t count) {
    int32_t index;
    assert_int_equal(sla_contract_builder_add_metric(builder, name, SIZE_MAX, &metric, &index, NULL), SLA_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sla_contract_builder_add_name(builder, SLA_ELEMENT_METRIC, index, roles[i].role, roles[i].event,
                                                       SIZE_MAX, NULL),
                         SLA_OK);
    }
}

static inline int32_t calendar_named(const sla_contract_builder *builder, const char *name) {
    int32_t index = -1;
    if (name != NULL) {
        assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_CALENDAR, name, SIZE_MAX, &index), SLA_OK);
    }
    return index;
}

typedef struct target_row {
    const char *criterion;
    const char *tier;
    sla_target target;
    const char *calendar;
    const char *roll;
} target_row;

static inline void add_condition(sla_contract_builder *builder, int32_t element, int32_t index, const char *key,
                                 const char *value) {
    if (value != NULL) {
        assert_int_equal(sla_contract_builder_add_condition(builder, element, index, key, SIZE_MAX, value, SIZE_MAX, NULL),
                         SLA_OK);
    }
}

static inline void add_target(sla_contract_builder *builder, const target_row *row) {
    int32_t index;
    sla_target target = row->target;
    target.calendar = calendar_named(builder, row->calendar);
    target.roll = calendar_named(builder, row->roll);
    assert_int_equal(sla_contract_builder_add_target(builder, &target, &index, NULL), SLA_OK);
    add_condition(builder, SLA_ELEMENT_TARGET, index, "criterion", row->criterion);
    add_condition(builder, SLA_ELEMENT_TARGET, index, "tier", row->tier);
}

static inline void add_objective(sla_contract_builder *builder, const char *metric, int32_t attainment, int32_t period,
                                 const char *criterion) {
    sla_objective objective = {.attainment = attainment, .period = period};
    int32_t index;
    assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_METRIC, metric, SIZE_MAX, &objective.metric), SLA_OK);
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    add_condition(builder, SLA_ELEMENT_OBJECTIVE, index, "criterion", criterion);
}

enum { HOUR = 3600, ALL_WEEK = 127, WORKING_DAYS = 31 };

static inline void add_metrics(sla_contract_builder *builder) {
    static const event_role response[] = {
        {SLA_NAME_START, "received"}, {SLA_NAME_STOP, "responded"}, {SLA_NAME_CANCEL, "withdrawn"}};
    static const event_role pausable[] = {{SLA_NAME_START, "received"},  {SLA_NAME_START, "reopened"},
                                          {SLA_NAME_STOP, "resolved"},   {SLA_NAME_PAUSE, "waiting"},
                                          {SLA_NAME_RESUME, "answered"}, {SLA_NAME_CANCEL, "withdrawn"}};
    static const event_role handling[] = {{SLA_NAME_START, "assigned"},
                                          {SLA_NAME_STOP, "resolved"},
                                          {SLA_NAME_PAUSE, "waiting"},
                                          {SLA_NAME_RESUME, "answered"}};
    static const event_role next[] = {{SLA_NAME_START, "asked"},
                                      {SLA_NAME_STOP, "replied"},
                                      {SLA_NAME_PAUSE, "waiting"},
                                      {SLA_NAME_RESUME, "answered"},
                                      {SLA_NAME_CANCEL, "withdrawn"}};
    static const event_role update[] = {
        {SLA_NAME_START, "received"}, {SLA_NAME_START, "updated"}, {SLA_NAME_STOP, "updated"}};
    add_metric(builder, "response", (sla_metric){0}, response, 3);
    add_metric(builder, "resolution", (sla_metric){.reopen = SLA_REOPEN_RESUME}, pausable, 6);
    add_metric(builder, "keep", (sla_metric){.on_change = SLA_CHANGE_KEEP}, pausable, 6);
    add_metric(builder, "restart", (sla_metric){.on_change = SLA_CHANGE_RESTART}, pausable, 6);
    add_metric(builder, "handling", (sla_metric){0}, handling, 4);
    add_metric(builder, "next", (sla_metric){.repeats = 1}, next, 5);
    add_metric(builder, "update", (sla_metric){.repeats = 1}, update, 3);
}

static inline void add_targets(sla_contract_builder *builder) {
    static const target_row rows[] = {
        {"at-once", NULL, {.kind = SLA_TARGET_IMMEDIATE, .by = -1}, NULL, NULL},
        {"at-once-wide", NULL, {.kind = SLA_TARGET_IMMEDIATE, .by = -1}, "wide", NULL},
        {"normal", "gold", {.kind = SLA_TARGET_DURATION, .amount = 2 * HOUR, .by = -1}, NULL, NULL},
        {"normal", NULL, {.kind = SLA_TARGET_DURATION, .amount = 4 * HOUR, .by = -1}, NULL, NULL},
        {"wide", NULL, {.kind = SLA_TARGET_DURATION, .amount = 4 * HOUR, .by = -1}, "wide", NULL},
        {"slow", NULL, {.kind = SLA_TARGET_DURATION, .amount = 8 * HOUR, .by = -1, .tie = SLA_TIE_NEXT_OPEN}, NULL, NULL},
        {"days", NULL, {.kind = SLA_TARGET_BUSINESS_DAYS, .amount = 2, .by = -1}, NULL, NULL},
        {"days-wide", NULL, {.kind = SLA_TARGET_BUSINESS_DAYS, .amount = 1, .by = 10 * HOUR}, "wide", NULL},
        {"best", NULL, {.kind = SLA_TARGET_BEST_EFFORT, .by = -1}, NULL, NULL},
        {"graced", NULL, {.kind = SLA_TARGET_DURATION, .amount = 4 * HOUR, .grace = HOUR, .by = -1}, NULL, NULL},
        {"rolled", NULL, {.kind = SLA_TARGET_DURATION, .amount = 12 * HOUR, .by = -1}, "always", "office"},
        {"endless", NULL, {.kind = SLA_TARGET_DURATION, .amount = INT64_C(3000000000), .by = -1}, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        add_target(builder, &rows[i]);
    }
}

/* `office` is open 09:00-17:00 from Monday to Friday, `wide` 06:00-22:00 every day. Criterion "none" has no target. */
static inline sla_contract *make_agreement(const char *name, const char *zone_name) {
    static const char *const criteria[] = {"at-once",   "at-once-wide", "normal", "wide",   "slow",    "days",
                                           "days-wide", "best",         "graced", "rolled", "endless", "none"};
    sla_contract_builder *builder = NULL;
    sla_contract *contract = NULL;
    sla_zone *const zone = zone_of(zone_name);
    assert_int_equal(sla_contract_builder_new(name, SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL),
                     SLA_OK);
    add_hours(builder, zone, "office", WORKING_DAYS, 9, 17);
    add_hours(builder, zone, "wide", ALL_WEEK, 6, 22);
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "office", SIZE_MAX, NULL), SLA_OK);
    add_element(builder, SLA_ELEMENT_CHANNEL, "email");
    add_element(builder, SLA_ELEMENT_CHANNEL, "phone");
    add_element(builder, SLA_ELEMENT_TIER, "silver");
    add_element(builder, SLA_ELEMENT_TIER, "gold");
    add_element(builder, SLA_ELEMENT_SERVICE, "advice");
    add_element(builder, SLA_ELEMENT_EXCLUSION, "training");
    for (size_t i = 0; i < sizeof criteria / sizeof *criteria; i++) {
        add_element(builder, SLA_ELEMENT_RULE, criteria[i]);
    }
    add_metrics(builder);
    add_targets(builder);
    add_objective(builder, "response", 950000, SLA_PERIOD_MONTH, NULL);
    add_objective(builder, "response", 999500, SLA_PERIOD_ALL, "normal");
    add_objective(builder, "resolution", 500000, SLA_PERIOD_WEEK, NULL);
    assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
    return contract;
}

static inline sla_request request_at(int64_t received) {
    return (sla_request){.received = received,
                         .tier = SLA_UNSAID,
                         .channel = SLA_UNSAID,
                         .service = SLA_UNSAID,
                         .language = SLA_UNSAID,
                         .criterion = SLA_UNSAID};
}

#endif
