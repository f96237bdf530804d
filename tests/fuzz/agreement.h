/* SPDX-License-Identifier: MIT */
/*
 * Small contracts as a fuzzer takes them from its input: two tiers, channels and criteria each, metrics and targets of any
 * kind, and now and then another contract to move to. They are well made: what is wrong comes after.
 */
#ifndef SLA_FUZZ_AGREEMENT_H
#define SLA_FUZZ_AGREEMENT_H

#include "oracle.h"
#include "requests.h"

enum { AGREEMENT_CALENDARS = 4 };
#define AGREEMENT_BEGIN INT64_C(1773964800) /* 2026-03-20, before summer time begins */
#define AGREEMENT_END INT64_C(1775347200)   /* 2026-04-05 */

/* What all inputs share; it is made once and stays. */
typedef struct surroundings {
    sla_zone *zone;
    sla_calendar *calendars[AGREEMENT_CALENDARS]; /* weekdays, every day with nights, a feed's; of a shorter horizon */
} surroundings;

static inline sla_calendar *make_hours(sla_zone *zone, int64_t end, int32_t weekdays, int32_t start, int32_t stop) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *made = NULL;
    MUST(sla_calendar_builder_new(zone, AGREEMENT_BEGIN, end, &builder, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, weekdays, start, stop, NULL) == SLA_OK);
    MUST(sla_calendar_builder_build(builder, &made, NULL) == SLA_OK);
    sla_calendar_builder_free(builder);
    return made;
}

/* A calendar with a feed, whose coverage ends within the horizon. */
static inline sla_calendar *make_holidays(sla_zone *zone) {
    static const char ics[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:a\r\n"
                              "DTSTART;VALUE=DATE:20260326\r\nSUMMARY:Holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    sla_calendar_builder *builder = NULL;
    sla_calendar *made = NULL;
    MUST(sla_feed_reader_new(zone, AGREEMENT_BEGIN, AGREEMENT_END, NULL, 0, &reader, NULL) == SLA_OK);
    MUST(sla_feed_reader_load(reader, "feed", SIZE_MAX, ics, SIZE_MAX, NULL, &feed, NULL) == SLA_OK);
    MUST(sla_calendar_builder_new(zone, AGREEMENT_BEGIN, AGREEMENT_END, &builder, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_hours(builder, 63, 28800, 72000, NULL) == SLA_OK);
    MUST(sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK);
    MUST(sla_calendar_builder_build(builder, &made, NULL) == SLA_OK);
    sla_calendar_builder_free(builder);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
    return made;
}

static inline const surroundings *surround(void) {
    static surroundings made;
    if (made.zone == NULL) {
        MUST(sla_zone_load("Europe/Belgrade", SIZE_MAX, NULL, 0, &made.zone, NULL) == SLA_OK);
        made.calendars[0] = make_hours(made.zone, AGREEMENT_END, 31, 32400, 61200);
        made.calendars[1] = make_hours(made.zone, AGREEMENT_END, 127, 79200, 10800);
        made.calendars[2] = make_holidays(made.zone);
        made.calendars[3] = make_hours(made.zone, AGREEMENT_END - 86400, 31, 32400, 61200);
    }
    return &made;
}

/* ---- Rows ---- */

/* A target that can be added; the contract has `calendars` calendars. */
static inline sla_target take_target(fuzz_input *in, int32_t calendars) {
    sla_target target = {.kind = take_below(in, 4), .by = -1, .calendar = take_below(in, calendars + 1) - 1, .roll = -1};
    if (target.kind == SLA_TARGET_DURATION) {
        target.tie = take_below(in, 2);
        target.amount = take_rarely(in, 16) ? 2000000 : 1 + take_below(in, 64) * 1800;
    }
    if (target.kind == SLA_TARGET_BUSINESS_DAYS) {
        target.amount = take_below(in, 8);
        target.by = take_below(in, 2) == 0 ? take_below(in, 25) * 3600 : -1;
    }
    if (target.kind != SLA_TARGET_BEST_EFFORT) {
        target.roll = take_below(in, calendars + 1) - 1;
        target.grace = take_below(in, 3) == 0 ? take_below(in, 64) * 1800 : 0;
    }
    return target;
}

static inline void add_named(sla_contract_builder *builder, int32_t element, const char *name) {
    int32_t index = 0;
    MUST(sla_contract_builder_add(builder, element, name, SIZE_MAX, &index, NULL) == SLA_OK);
}

static inline void give_name(sla_contract_builder *builder, int32_t element, int32_t index, int32_t role,
                             const char *name) {
    MUST(sla_contract_builder_add_name(builder, element, index, role, name, SIZE_MAX, NULL) == SLA_OK);
}

static inline void add_wish(fuzz_input *in, sla_contract_builder *builder, int32_t row) {
    static const char *const wishes[][2] = {{"tier", "gold"},     {"channel", "mail"},  {"criterion", "high"},
                                            {"criterion", "low"}, {"metric", "answer"}, {"metric", "repair"},
                                            {"service", "print"}, {"tier", "silver"},   {"criterion", "high"}};
    const int32_t wish = take_below(in, 18);
    if (wish < 9) {
        const sla_status status = sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, row, wishes[wish][0],
                                                                     SIZE_MAX, wishes[wish][1], SIZE_MAX, NULL);
        MUST(is_among(status, ONLY_OK | MAY(SLA_NOT_FOUND) | MAY(SLA_DUPLICATE) | MAY(SLA_INVALID_ARGUMENT)));
    }
}

/* ---- Parts ---- */

static inline void add_lists(fuzz_input *in, sla_contract_builder *builder) {
    add_named(builder, SLA_ELEMENT_CHANNEL, "mail");
    add_named(builder, SLA_ELEMENT_CHANNEL, "phone");
    add_named(builder, SLA_ELEMENT_TIER, "silver");
    add_named(builder, SLA_ELEMENT_TIER, "gold");
    add_named(builder, SLA_ELEMENT_SERVICE, "print");
    add_named(builder, SLA_ELEMENT_EXCLUSION, "coffee");
    add_named(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    add_named(builder, SLA_ELEMENT_RULE, "high");
    add_named(builder, SLA_ELEMENT_RULE, "low");
    give_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "mail");
    give_name(builder, SLA_ELEMENT_TIER, 1, SLA_NAME_CHANNEL, "phone");
    give_name(builder, SLA_ELEMENT_TIER, 1, SLA_NAME_INCLUDED, "silver");
    give_name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "some");
    give_name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "none");
    MUST(sla_contract_builder_add_condition(builder, SLA_ELEMENT_RULE, 0, "impact", SIZE_MAX, "some", SIZE_MAX, NULL) ==
         SLA_OK);
    if (take_below(in, 4) == 0) {
        give_name(builder, SLA_ELEMENT_CHANNEL, 1, SLA_NAME_CALENDAR, "office");
        add_named(builder, SLA_ELEMENT_LANGUAGE, "en");
        add_named(builder, SLA_ELEMENT_FACT, "licence");
        MUST(sla_contract_builder_set_unlisted(builder, SLA_UNLISTED_EXCLUDED, NULL) == SLA_OK);
    }
}

static inline void add_a_metric(fuzz_input *in, sla_contract_builder *builder, const char *name) {
    const sla_metric metric = {take_below(in, 2), take_below(in, 2), take_below(in, 3), {0}};
    const sla_metric usual = {0, 0, metric.on_change, {0}};
    int32_t index = 0;
    /* A metric that repeats has nothing to reopen. */
    const bool both = metric.repeats == 1 && metric.reopen == SLA_REOPEN_RESUME;
    MUST(sla_contract_builder_add_metric(builder, name, SIZE_MAX, both ? &usual : &metric, &index, NULL) == SLA_OK);
    give_name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_START, take_below(in, 3) == 0 ? "received" : "begun");
    give_name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_STOP, "done");
    give_name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_PAUSE, "hold");
    give_name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_RESUME, "release");
    give_name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_CANCEL, "drop");
}

static inline void add_rows(fuzz_input *in, sla_contract_builder *builder) {
    for (int32_t left = take_below(in, 4); left >= 0; left--) {
        const sla_target target = take_target(in, 4);
        int32_t row = 0;
        MUST(sla_contract_builder_add_target(builder, &target, &row, NULL) == SLA_OK);
        add_wish(in, builder, row);
        add_wish(in, builder, row);
    }
    const sla_objective objective = {0, 900000, take_below(in, 4), {0}};
    int32_t row = 0;
    MUST(sla_contract_builder_add_objective(builder, &objective, &row, NULL) == SLA_OK);
}

/* `other` may be NULL: a contract that requests can move to. */
static inline sla_contract *make_agreement(fuzz_input *in, const char *name, sla_contract *other) {
    const surroundings *const around = surround();
    sla_contract_builder *builder = NULL;
    sla_contract *made = NULL;
    int32_t index = 0;
    MUST(sla_contract_builder_new(name, SIZE_MAX, around->zone, AGREEMENT_BEGIN, AGREEMENT_END, &builder, NULL) == SLA_OK);
    static const char *const names[] = {"office", "night", "shop"};
    for (size_t i = 0; i < 3; i++) {
        MUST(sla_contract_builder_add_calendar(builder, names[i], SIZE_MAX, around->calendars[i], &index, NULL) == SLA_OK);
    }
    MUST(sla_contract_builder_set_default_calendar(builder, names[take_below(in, 3)], SIZE_MAX, NULL) == SLA_OK);
    add_lists(in, builder);
    add_a_metric(in, builder, "answer");
    add_a_metric(in, builder, "repair");
    add_rows(in, builder);
    if (other != NULL) {
        MUST(sla_contract_builder_add_contract(builder, other, &index, NULL) == SLA_OK);
    }
    MUST(sla_contract_builder_build(builder, &made, NULL) == SLA_OK);
    sla_contract_builder_free(builder);
    return made;
}

/* The contract and, half of the time, another one behind it. */
static inline sla_contract *take_agreement(fuzz_input *in) {
    sla_contract *const other = take_below(in, 2) == 0 ? NULL : make_agreement(in, "other", NULL);
    sla_contract *const made = make_agreement(in, "agreement", other);
    sla_contract_unref(other);
    return made;
}

#endif
