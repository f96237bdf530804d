/* SPDX-License-Identifier: MIT */
/* Changes of contract in mid-clock (§7.5), with due times worked out by hand. In "agreement" the office is open 09:00-17:00
 * UTC, Monday to Friday; in "wide" it is 06:00-22:00 every day; "bare" has none of the metrics. 2026-11-23 is a Monday. */
#include "contract_fixture.h"

#include <sla/clock.h>

enum { AGREEMENT = 0, WIDE = 1, BARE = 2 };
enum { CHANGES_MAX = 4, EVERY_DAY = 127 };

static int64_t at(int32_t day, int32_t hour) {
    return instant("2026-11-01T00:00:00Z") + (day - 1) * INT64_C(86400) + hour * HOUR;
}

/* ---- The contracts ---- */

static void row(sla_contract_builder *builder, int64_t hours_within, const char *criterion, const char *key,
                const char *value) {
    const int32_t index = add_target(builder, target_of(SLA_TARGET_DURATION, hours_within * HOUR));
    ask(builder, SLA_ELEMENT_TARGET, index, "criterion", criterion);
    if (key != NULL) {
        ask(builder, SLA_ELEMENT_TARGET, index, key, value);
    }
}

static void default_hours(sla_contract_builder *builder, int32_t weekdays, int32_t from, int32_t until) {
    add_hours(builder, "hours", "UTC", weekdays, from * (int32_t)HOUR, until * (int32_t)HOUR);
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "hours", SIZE_MAX, NULL), SLA_OK);
}

static void metric_on_change(sla_contract_builder *builder, const char *called, int32_t on_change) {
    const sla_metric metric = {.on_change = on_change};
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_metric(builder, called, SIZE_MAX, &metric, &index, NULL), SLA_OK);
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_START, "received");
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_STOP, "resolved");
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_PAUSE, "waiting");
    name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_RESUME, "answered");
}

static sla_contract_builder *builder_named(const char *called) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *builder = NULL;
    assert_int_equal(sla_contract_builder_new(called, SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL),
                     SLA_OK);
    sla_zone_unref(zone);
    return builder;
}

static sla_contract *make_wide(void) {
    sla_contract_builder *const builder = builder_named("wide");
    default_hours(builder, EVERY_DAY, 6, 22);
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    name(builder, SLA_ELEMENT_TIER, add(builder, SLA_ELEMENT_TIER, "first"), SLA_NAME_ALIAS, "gold");
    add(builder, SLA_ELEMENT_TIER, "silver");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    add(builder, SLA_ELEMENT_RULE, "normal");
    /* what the asked contract says of its metrics counts, not what this one does */
    metric_on_change(builder, "restart", SLA_CHANGE_KEEP);
    metric_on_change(builder, "keep", SLA_CHANGE_RESTART);
    metric_on_change(builder, "from-start", SLA_CHANGE_RESTART);
    row(builder, 1, "urgent", NULL, NULL);
    row(builder, 6, "normal", "service", "advice");
    row(builder, 4, "normal", "tier", "first");
    row(builder, 7, "normal", "channel", "email");
    row(builder, 8, "normal", NULL, NULL);
    return build(builder);
}

static sla_contract *make_bare(void) {
    sla_contract_builder *const builder = builder_named("bare");
    add(builder, SLA_ELEMENT_TIER, "silver");
    add(builder, SLA_ELEMENT_TIER, "gold");
    add(builder, SLA_ELEMENT_RULE, "normal");
    row(builder, 1, "normal", NULL, NULL);
    return build(builder);
}

static void add_contract(sla_contract_builder *builder, sla_contract *other) {
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_contract(builder, other, &index, NULL), SLA_OK);
    sla_contract_unref(other);
}

static sla_contract *make_contract(void) {
    sla_contract_builder *const builder = builder_named("agreement");
    default_hours(builder, WEEKDAYS, 9, 17);
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "fax");
    name(builder, SLA_ELEMENT_TIER, add(builder, SLA_ELEMENT_TIER, "silver"), SLA_NAME_CHANNEL, "email");
    add(builder, SLA_ELEMENT_TIER, "gold");
    add(builder, SLA_ELEMENT_TIER, "plain");
    add(builder, SLA_ELEMENT_SERVICE, "training");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_RULE, "normal");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    add(builder, SLA_ELEMENT_RULE, "odd");
    metric_on_change(builder, "from-start", SLA_CHANGE_FROM_START);
    metric_on_change(builder, "keep", SLA_CHANGE_KEEP);
    metric_on_change(builder, "restart", SLA_CHANGE_RESTART);
    row(builder, 2, "urgent", NULL, NULL);
    row(builder, 4, "normal", "tier", "gold");
    row(builder, 8, "normal", NULL, NULL);
    add_contract(builder, make_wide());
    add_contract(builder, make_bare());
    return build(builder);
}

/* ---- Lives ---- */

/* A change to what is called so in the contract `of`. */
typedef struct told_change {
    int32_t day;
    int32_t hour;
    int32_t fact;
    int32_t of;
    const char *value; /* NULL: there are no more changes */
} told_change;

#define TO(day, hour, called)                                                                                              \
    { day, hour, SLA_CHANGED_CONTRACT, AGREEMENT, called }
#define TIER(day, hour, of, called)                                                                                        \
    { day, hour, SLA_CHANGED_TIER, of, called }
#define CRITERION(day, hour, of, called)                                                                                   \
    { day, hour, SLA_CHANGED_CRITERION, of, called }

static int32_t element_of(int32_t fact) {
    return fact == SLA_CHANGED_CONTRACT ? SLA_ELEMENT_CONTRACT
           : fact == SLA_CHANGED_TIER   ? SLA_ELEMENT_TIER
                                        : SLA_ELEMENT_CRITERION;
}

/* In the order of the list, or with the last first. */
static size_t tell(const sla_contract *contract, const told_change *told, bool last_first, sla_change *changes) {
    size_t count = 0;
    while (count < CHANGES_MAX && told[count].value != NULL) {
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        const told_change *const one = &told[last_first ? count - 1 - i : i];
        const int32_t value = find(sla_contract_successor(contract, one->of), element_of(one->fact), one->value);
        assert_true(value >= 0);
        changes[i] = (sla_change){at(one->day, one->hour), one->fact, value};
    }
    return count;
}

typedef struct said_facts {
    const char *tier; /* the criterion of all is "normal" */
    const char *channel;
    const char *service;
} said_facts;

typedef struct expected_cycle {
    int32_t state;
    int32_t contract;
    int32_t target;
    int32_t used; /* hours; -1: none */
    struct {
        int32_t day; /* 0: none */
        int32_t hour;
    } due;
} expected_cycle;

typedef struct life {
    const char *rule;
    const char *metric;
    said_facts said;
    int32_t received; /* hour of the 23rd, as is `now` */
    told_change changes[CHANGES_MAX];
    int32_t now;
    expected_cycle cycle;
} life;

static int32_t said(const sla_contract *contract, int32_t element, const char *called) {
    return called == NULL ? SLA_UNSAID : find(contract, element, called);
}

static sla_request request_of(const sla_contract *contract, const life *lived) {
    return (sla_request){.received = at(23, lived->received),
                         .tier = said(contract, SLA_ELEMENT_TIER, lived->said.tier),
                         .channel = said(contract, SLA_ELEMENT_CHANNEL, lived->said.channel),
                         .service = said(contract, SLA_ELEMENT_SERVICE, lived->said.service),
                         .language = SLA_UNSAID,
                         .criterion = said(contract, SLA_ELEMENT_CRITERION, "normal")};
}

static void same(const life *lived, const char *what, int64_t found, int64_t expected) {
    if (found != expected) {
        fail_msg("§7.5 %s: %s is %lld, not %lld", lived->rule, what, (long long)found, (long long)expected);
    }
}

static void compare(const life *lived, const sla_cycle *found) {
    const expected_cycle *const expected = &lived->cycle;
    same(lived, "state", found->state, expected->state);
    same(lived, "contract", found->contract, expected->contract);
    same(lived, "target", found->target, expected->target);
    same(lived, "start", found->started, at(23, lived->received));
    same(lived, "used", found->used, expected->used < 0 ? SLA_NONE : expected->used * HOUR);
    same(lived, "due", found->due, expected->due.day == 0 ? SLA_NONE : at(expected->due.day, expected->due.hour));
}

/* The batch says what the scalar call says. */
static void compare_batch(const sla_contract *contract, const life *lived, const sla_change *changes, size_t count,
                          const sla_cycle *expected) {
    const sla_request request = request_of(contract, lived);
    const int64_t offsets[] = {0, (int64_t)count};
    sla_verdict verdict;
    sla_status status = SLA_HORIZON;
    assert_int_equal(sla_clock_decide_many(contract, find(contract, SLA_ELEMENT_METRIC, lived->metric), 1, &request, NULL,
                                           NULL, NULL, changes, offsets, at(23, lived->now), &verdict, NULL, 0, NULL, 0,
                                           &status),
                     SLA_OK);
    assert_int_equal(status, SLA_OK);
    assert_true(verdict.scope.in_scope);
    assert_memory_equal(&verdict.cycle, expected, sizeof *expected);
}

static const life lives[] = {
    {"unmoved", "from-start", {.tier = "silver"}, 8, {{0}}, 12, {SLA_STATE_RUNNING, 0, 2, 3, {23, 17}}},
    {"keep: the target at start stands",
     "keep",
     {.tier = "silver"},
     8,
     {TO(23, 10, "wide")},
     12,
     {SLA_STATE_RUNNING, 0, 2, 3, {23, 17}}},
    {"from-start: used time before is counted on the old calendar",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 5, {23, 17}}},
    {"from-start: over a night",
     "from-start",
     {.tier = "silver"},
     16,
     {TO(23, 18, "wide")},
     19,
     {SLA_STATE_RUNNING, 1, 4, 2, {24, 9}}},
    {"restart: from the change",
     "restart",
     {.tier = "silver"},
     8,
     {TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 2, {23, 20}}},
    {"a change at the start comes first, under keep too",
     "keep",
     {.tier = "silver"},
     8,
     {TO(23, 8, "wide")},
     12,
     {SLA_STATE_RUNNING, 1, 4, 4, {23, 16}}},
    {"changes after now have not happened",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 13, "wide")},
     12,
     {SLA_STATE_RUNNING, 0, 2, 3, {23, 17}}},
    {"a move to the contract in force changes nothing",
     "restart",
     {.tier = "silver"},
     8,
     {TO(23, 10, "agreement"), TO(23, 11, "wide"), TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 3, {23, 19}}},
    {"the same move told twice is one",
     "restart",
     {.tier = "silver"},
     8,
     {TO(23, 11, "wide"), TO(23, 11, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 3, {23, 19}}},
    {"a tier is carried over by another name",
     "from-start",
     {.tier = "gold"},
     8,
     {TO(23, 11, "wide")},
     12,
     {SLA_STATE_RUNNING, 1, 2, 3, {23, 13}}},
    {"and back",
     "from-start",
     {.tier = "gold"},
     8,
     {TO(23, 10, "wide"), TO(23, 11, "agreement")},
     12,
     {SLA_STATE_RUNNING, 0, 1, 3, {23, 13}}},
    {"there and back: each stretch on its own calendar",
     "from-start",
     {.tier = "silver"},
     7,
     {TO(23, 8, "wide"), TO(23, 14, "agreement")},
     15,
     {SLA_STATE_RUNNING, 0, 2, 7, {23, 16}}},
    {"contract and tier change at one instant",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 11, "wide"), TIER(23, 11, WIDE, "first")},
     12,
     {SLA_STATE_RUNNING, 1, 2, 3, {23, 13}}},
    {"a tier that the new contract does not know is changed with it",
     "from-start",
     {.tier = "plain"},
     8,
     {TO(23, 11, "wide"), TIER(23, 11, WIDE, "silver")},
     12,
     {SLA_STATE_RUNNING, 1, 4, 3, {23, 17}}},
    {"later changes are of the contract in force then",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 10, "wide"), TIER(23, 12, WIDE, "first")},
     12,
     {SLA_STATE_RUNNING, 1, 2, 3, {23, 13}}},
    {"contract, tier and criterion at one instant",
     "restart",
     {.tier = "silver"},
     8,
     {TIER(23, 11, WIDE, "first"), CRITERION(23, 11, WIDE, "urgent"), TO(23, 11, "wide")},
     11,
     {SLA_STATE_RUNNING, 1, 0, 0, {23, 12}}},
    {"earlier changes are carried over",
     "from-start",
     {.tier = "silver"},
     8,
     {TIER(23, 9, AGREEMENT, "gold"), TO(23, 11, "wide")},
     12,
     {SLA_STATE_RUNNING, 1, 2, 3, {23, 13}}},
    {"a channel is carried over",
     "from-start",
     {.tier = "silver", .channel = "email"},
     8,
     {TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 3, 5, {23, 16}}},
    {"a service is carried over",
     "from-start",
     {.tier = "silver", .service = "advice"},
     8,
     {TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 1, 5, {23, 15}}},
    {"a service that the new contract does not know is unknown there",
     "from-start",
     {.tier = "silver", .service = "training"},
     8,
     {TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 5, {23, 17}}},
    {"no metric of that name: no target",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 12, "bare")},
     14,
     {SLA_STATE_NO_TARGET, 2, SLA_UNSAID, -1, {0, 0}}},
    {"time under no target is counted on the calendar of the next",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 10, "bare"), TO(23, 12, "wide")},
     14,
     {SLA_STATE_RUNNING, 1, 4, 5, {23, 17}}},
    {"late by the new target",
     "from-start",
     {.tier = "silver"},
     8,
     {TO(23, 12, "wide"), TIER(23, 12, WIDE, "first")},
     14,
     {SLA_STATE_BREACHED, 1, 2, 5, {23, 13}}},
};

static void contracts_change_in_mid_clock(void **state) {
    (void)state;
    sla_contract *const contract = make_contract();
    for (size_t i = 0; i < 2 * COUNT_OF(lives); i++) { /* the order in which changes are handed over never matters */
        const life *const lived = &lives[i / 2];
        sla_change changes[CHANGES_MAX];
        const size_t changed = tell(contract, lived->changes, i % 2 == 1, changes);
        const sla_request request = request_of(contract, lived);
        sla_cycle cycle;
        size_t count = 0;
        sla_error error = {0};
        if (sla_clock_evaluate(contract, find(contract, SLA_ELEMENT_METRIC, lived->metric), &request, NULL, 0, changes,
                               changed, at(23, lived->now), &cycle, 1, &count, &error) != SLA_OK) {
            fail_msg("§7.5 %s: %s", lived->rule, error.message);
        }
        assert_int_equal(count, 1);
        compare(lived, &cycle);
        compare_batch(contract, lived, changes, changed, &cycle);
    }
    sla_contract_unref(contract);
}

/* §7.1: a change follows the stop of its instant. §8: scope stays as at receipt. */
static void a_move_after_the_stop_comes_too_late(void **state) {
    (void)state;
    sla_contract *const contract = make_contract();
    const life lived = {.said = {.tier = "silver"}, .received = 8};
    const sla_request request = request_of(contract, &lived);
    const sla_event resolved = {at(23, 11), find(contract, SLA_ELEMENT_EVENT, "resolved"), 0};
    const sla_change moved = {at(23, 11), SLA_CHANGED_CONTRACT, WIDE};
    sla_cycle cycle;
    size_t count;
    assert_int_equal(
        sla_clock_evaluate(contract, 0, &request, &resolved, 1, &moved, 1, at(23, 12), &cycle, 1, &count, NULL), SLA_OK);
    assert_int_equal(cycle.state, SLA_STATE_MET);
    assert_int_equal(cycle.contract, AGREEMENT);
    assert_true(cycle.due == at(23, 17));
    sla_contract_unref(contract);
}

/* ---- Requests that are invalid (§7.7) ---- */

typedef struct invalid_life {
    const char *rule;
    said_facts said;
    const char *criterion;
    sla_change changes[CHANGES_MAX]; /* `at` in hours of the 23rd */
    size_t count;
    int64_t index;
    const char *message[3]; /* parts of it */
} invalid_life;

static const invalid_life invalid_lives[] = {
    {"no such contract",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, 3}},
     1,
     0,
     {"agreement, wide, bare", "add it"}},
    {"a contract cannot be unsaid",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, SLA_UNSAID}},
     1,
     0,
     {"moves"}},
    {"before the receipt", {.tier = "silver"}, "normal", {{7, SLA_CHANGED_CONTRACT, WIDE}}, 1, 0, {"change of contract"}},
    {"two contracts at one instant",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}, {12, SLA_CHANGED_CONTRACT, WIDE}, {11, SLA_CHANGED_CONTRACT, BARE}},
     3,
     2,
     {"the contract changes to two different values"}},
    {"a tier that the new contract does not know",
     {.tier = "plain"},
     "normal",
     {{12, SLA_CHANGED_CONTRACT, AGREEMENT}, {11, SLA_CHANGED_CONTRACT, WIDE}},
     2,
     1,
     {"'wide'", "no tier 'plain'", "change the tier at the same instant; what it has: first, silver"}},
    {"a tier that changed before",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}, {10, SLA_CHANGED_TIER, 2}},
     2,
     0,
     {"no tier 'plain'"}},
    {"a tier that changes too late",
     {.tier = "plain"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}, {12, SLA_CHANGED_TIER, 0}},
     2,
     0,
     {"no tier 'plain'"}},
    {"a criterion that the new contract does not know",
     {.tier = "silver"},
     "odd",
     {{11, SLA_CHANGED_CONTRACT, WIDE}},
     1,
     0,
     {"no criterion 'odd'", "change the criterion at the same instant", "urgent, normal"}},
    {"a criterion on the way back",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}, {12, SLA_CHANGED_CRITERION, 0}, {13, SLA_CHANGED_CONTRACT, BARE}},
     3,
     2,
     {"'bare'", "no criterion 'urgent'"}},
    {"a channel that the new contract does not know",
     {.tier = "silver", .channel = "fax"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}},
     1,
     0,
     {"no channel 'fax'", "phone, email"}},
    {"a tier of the old contract only",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_CONTRACT, WIDE}, {12, SLA_CHANGED_TIER, 2}},
     2,
     1,
     {"'wide' does not know this tier"}},
    {"a tier of the new contract before it is in force",
     {.tier = "silver"},
     "normal",
     {{11, SLA_CHANGED_TIER, 3}, {12, SLA_CHANGED_CONTRACT, WIDE}},
     2,
     0,
     {"'agreement' does not know this tier"}},
    {"a change after now", {.tier = "silver"}, "odd", {{20, SLA_CHANGED_CONTRACT, WIDE}}, 1, 0, {"no criterion 'odd'"}},
};

static void changes_to_what_is_not_known_are_invalid(void **state) {
    (void)state;
    sla_contract *const contract = make_contract();
    for (size_t i = 0; i < COUNT_OF(invalid_lives); i++) {
        const invalid_life *const lived = &invalid_lives[i];
        const life known = {.said = lived->said, .received = 8};
        sla_request request = request_of(contract, &known);
        sla_change changes[CHANGES_MAX];
        request.criterion = find(contract, SLA_ELEMENT_CRITERION, lived->criterion);
        for (size_t k = 0; k < lived->count; k++) {
            changes[k] = lived->changes[k];
            changes[k].at = at(23, (int32_t)lived->changes[k].at);
        }
        sla_cycle cycle;
        size_t count;
        sla_error error = {0};
        assert_int_equal(sla_clock_evaluate(contract, 0, &request, NULL, 0, changes, lived->count, at(23, 14), &cycle, 1,
                                            &count, &error),
                         SLA_INVALID_REQUEST);
        if (error.index != lived->index) {
            fail_msg("§7.7 %s: change %d, not %d: '%s'", lived->rule, (int)error.index, (int)lived->index, error.message);
        }
        for (size_t k = 0; k < COUNT_OF(lived->message) && lived->message[k] != NULL; k++) {
            if (strstr(error.message, lived->message[k]) == NULL) {
                fail_msg("§7.7 %s: '%s' does not say '%s'", lived->rule, error.message, lived->message[k]);
            }
        }
    }
    sla_contract_unref(contract);
}

/* ---- Properties ---- */

enum { WORLDS = 60, LIVES = 60, TIERS = 3, CRITERIA = 3, ROWS = 6, EVENTS = 6, METRICS = 3 };

/* A target row for a tier and a criterion, -1: any. */
typedef struct drawn_row {
    sla_target target;
    int32_t tier;
    int32_t criterion;
} drawn_row;

static drawn_row draw_row(uint64_t *seed) {
    static const int32_t kinds[] = {SLA_TARGET_IMMEDIATE, SLA_TARGET_DURATION, SLA_TARGET_DURATION,
                                    SLA_TARGET_BUSINESS_DAYS, SLA_TARGET_BEST_EFFORT};
    drawn_row drawn = {target_of(kinds[draw(seed, COUNT_OF(kinds))], 0), (int32_t)draw(seed, TIERS + 1) - 1,
                       (int32_t)draw(seed, CRITERIA + 1) - 1};
    sla_target *const target = &drawn.target;
    target->calendar = (int32_t)draw(seed, 3); /* always, office, wide */
    target->amount = target->kind == SLA_TARGET_DURATION        ? HOUR * (1 + draw(seed, 30))
                     : target->kind == SLA_TARGET_BUSINESS_DAYS ? draw(seed, 3)
                                                                : 0;
    target->tie = target->kind == SLA_TARGET_DURATION ? (int32_t)draw(seed, 2) : 0;
    target->grace = target->kind == SLA_TARGET_BEST_EFFORT ? 0 : HOUR * draw(seed, 2);
    return drawn;
}

static const char *numbered(const char *prefix, int32_t number) {
    static char called[16];
    snprintf(called, sizeof called, "%s%d", prefix, (int)number);
    return called;
}

/* Tier i and criterion i stand at place (i + turn) of their kind; where tiers have names of their own, "t…" is another
 * name. */
static void add_facts(sla_contract_builder *builder, int32_t turn, bool renamed) {
    for (int32_t place = 0; place < TIERS; place++) {
        const int32_t number = (place + TIERS - turn) % TIERS;
        const int32_t index = add(builder, SLA_ELEMENT_TIER, numbered(renamed ? "x" : "t", number));
        if (renamed) {
            name(builder, SLA_ELEMENT_TIER, index, SLA_NAME_ALIAS, numbered("t", number));
        }
    }
    for (int32_t place = 0; place < CRITERIA; place++) {
        add(builder, SLA_ELEMENT_RULE, numbered("c", (place + CRITERIA - turn) % CRITERIA));
    }
}

/* Criterion i is given the rows of criterion (i + shift). */
static void add_rows(sla_contract_builder *builder, const drawn_row *rows, int32_t shift) {
    for (size_t i = 0; i < ROWS; i++) {
        const int32_t index = add_target(builder, rows[i].target);
        if (rows[i].tier >= 0) {
            ask(builder, SLA_ELEMENT_TARGET, index, "tier", numbered("t", rows[i].tier));
        }
        if (rows[i].criterion >= 0) {
            ask(builder, SLA_ELEMENT_TARGET, index, "criterion",
                numbered("c", (rows[i].criterion + CRITERIA - shift) % CRITERIA));
        }
    }
}

static sla_contract_builder *start_world(const char *called, int32_t turn, bool renamed, const drawn_row *rows,
                                         int32_t shift) {
    sla_contract_builder *const builder = builder_named(called);
    add_hours(builder, "office", "UTC", WEEKDAYS, 9 * (int32_t)HOUR, 17 * (int32_t)HOUR);
    add_hours(builder, "wide", "UTC", EVERY_DAY, 6 * (int32_t)HOUR, 22 * (int32_t)HOUR);
    add_facts(builder, turn, renamed);
    for (int32_t i = 0; i < METRICS; i++) { /* in an order of their own, too */
        const int32_t on_change = (i + turn) % METRICS;
        metric_on_change(builder, numbered("m", on_change), on_change);
    }
    add_rows(builder, rows, shift);
    return builder;
}

typedef struct drawn_life {
    sla_request request;
    sla_event events[EVENTS];
    size_t event_count;
    int64_t changed;
    int64_t now;
} drawn_life;

static drawn_life draw_life(const sla_contract *contract, uint64_t *seed) {
    drawn_life lived = {.request = {.received = at(16, 0) + HOUR / 2 * draw(seed, 300),
                                    .tier = (int32_t)draw(seed, TIERS),
                                    .channel = SLA_UNSAID,
                                    .service = SLA_UNSAID,
                                    .language = SLA_UNSAID,
                                    .criterion = (int32_t)draw(seed, CRITERIA)},
                        .event_count = draw(seed, EVENTS + 1)};
    const uint32_t kinds = (uint32_t)sla_contract_count(contract, SLA_ELEMENT_EVENT);
    for (size_t i = 0; i < lived.event_count; i++) {
        lived.events[i] = (sla_event){lived.request.received + HOUR / 2 * draw(seed, 200), (int32_t)draw(seed, kinds), 0};
    }
    lived.changed = lived.request.received + HOUR / 2 * draw(seed, 100);
    lived.now = lived.request.received + HOUR / 2 * draw(seed, 250);
    return lived;
}

static sla_cycle cycle_of(const sla_contract *contract, int32_t metric, const drawn_life *lived, const sla_change *changes,
                          size_t count) {
    sla_cycle cycle;
    size_t cycles;
    assert_int_equal(sla_clock_evaluate(contract, metric, &lived->request, lived->events, lived->event_count, changes,
                                        count, lived->now, &cycle, 1, &cycles, NULL),
                     SLA_OK);
    return cycle;
}

/* The cycles of two ways of telling one life; only the contract's index may differ. */
static void expect_same(sla_cycle one, sla_cycle other, int32_t world, int32_t number, int32_t metric) {
    one.contract = other.contract = 0;
    if (memcmp(&one, &other, sizeof one) != 0) {
        fail_msg("world %d, life %d, metric %d: state %d and %d, target %d and %d, used %lld and %lld, due %lld and %lld",
                 (int)world, (int)number, (int)metric, (int)one.state, (int)other.state, (int)one.target, (int)other.target,
                 (long long)one.used, (long long)other.used, (long long)one.due, (long long)other.due);
    }
}

/* "same" has the rows of "asked" by other names and indexes; in "shifted" criterion i has the rows of criterion i + 1. */
static sla_contract *draw_world(uint64_t *seed, int32_t *shift) {
    drawn_row rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = draw_row(seed);
    }
    *shift = 1 + (int32_t)draw(seed, CRITERIA - 1);
    sla_contract_builder *const builder = start_world("asked", 0, false, rows, 0);
    add_contract(builder, build(start_world("same", 1 + (int32_t)draw(seed, 2), draw(seed, 2) == 1, rows, 0)));
    add_contract(builder, build(start_world("shifted", (int32_t)draw(seed, 3), draw(seed, 2) == 1, rows, *shift)));
    return build(builder);
}

/* A metric that restarts does so, for the row is another one. */
static void moving_to_the_same_rows_changes_nothing(const sla_contract *contract, const drawn_life *lived, int32_t world,
                                                    int32_t number) {
    const sla_change moved[] = {{lived->changed, SLA_CHANGED_CONTRACT, 1},
                                {lived->changed + 5 * HOUR, SLA_CHANGED_CONTRACT, 0}};
    for (int32_t metric = 0; metric < SLA_CHANGE_RESTART; metric++) {
        const sla_cycle stayed = cycle_of(contract, metric, lived, NULL, 0);
        expect_same(cycle_of(contract, metric, lived, moved, 1), stayed, world, number, metric);
        expect_same(cycle_of(contract, metric, lived, moved, 2), stayed, world, number, metric);
    }
}

/* True when the change leads to another row: within one contract, the same row would change nothing. */
static bool changes_row(const sla_contract *contract, int32_t metric, const drawn_life *lived, int32_t criterion) {
    sla_request changed = lived->request;
    int32_t before;
    int32_t after;
    changed.criterion = criterion;
    sla_contract_find_target(contract, metric, &lived->request, &before);
    sla_contract_find_target(contract, metric, &changed, &after);
    return before != after;
}

static void moving_is_as_changing_the_criterion(const sla_contract *contract, const drawn_life *lived, int32_t shift,
                                                int32_t world, int32_t number) {
    const int32_t criterion = (lived->request.criterion + shift) % CRITERIA;
    const sla_change moved = {lived->changed, SLA_CHANGED_CONTRACT, 2};
    const sla_change changed = {lived->changed, SLA_CHANGED_CRITERION, criterion};
    for (int32_t metric = 0; metric < METRICS; metric++) {
        if (metric != SLA_CHANGE_RESTART || changes_row(contract, metric, lived, criterion)) {
            expect_same(cycle_of(contract, metric, lived, &moved, 1), cycle_of(contract, metric, lived, &changed, 1), world,
                        number, metric);
        }
    }
}

static void names_and_order_are_no_matter(void **state) {
    (void)state;
    uint64_t seed = 20261123;
    for (int32_t world = 0; world < WORLDS; world++) {
        int32_t shift;
        sla_contract *const contract = draw_world(&seed, &shift);
        for (int32_t number = 0; number < LIVES; number++) {
            const drawn_life lived = draw_life(contract, &seed);
            moving_to_the_same_rows_changes_nothing(contract, &lived, world, number);
            moving_is_as_changing_the_criterion(contract, &lived, shift, world, number);
        }
        sla_contract_unref(contract);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contracts_change_in_mid_clock),
        cmocka_unit_test(a_move_after_the_stop_comes_too_late),
        cmocka_unit_test(changes_to_what_is_not_known_are_invalid),
        cmocka_unit_test(names_and_order_are_no_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
