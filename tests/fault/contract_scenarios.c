/* SPDX-License-Identifier: MIT */
/* Contracts: the builder with all kinds of elements, contracts to move to, checks and questions. */
#include "support.h"

#include <stdio.h>

/* What a builder has come to is seen in what it builds. */
static void look_at_builder(void *builder) {
    sla_contract *contract = NULL;
    sla_error said = {0};
    note("%d %s", sla_contract_builder_build(builder, &contract, &said), said.message);
    if (contract != NULL) {
        note_contract(contract);
    }
    sla_contract_unref(contract);
}

static sla_contract_builder *new_builder(const char *name, sla_zone *zone) {
    sla_contract_builder *builder = STALE;
    TRY(sla_contract_builder_new(name, SIZE_MAX, zone, YEAR_BEGIN, YEAR_END, &builder, &failure), builder == NULL);
    fault_watch(look_at_builder, builder);
    return builder;
}

static int32_t add(sla_contract_builder *builder, int32_t element, const char *name) {
    int32_t index = 77;
    TRY(sla_contract_builder_add(builder, element, name, SIZE_MAX, &index, &failure), index == 0);
    return index;
}

static void add_name(sla_contract_builder *builder, int32_t element, int32_t index, int32_t role, const char *name) {
    TRY(sla_contract_builder_add_name(builder, element, index, role, name, SIZE_MAX, &failure), true);
}

static void add_condition(sla_contract_builder *builder, int32_t element, int32_t index, const char *key,
                          const char *value) {
    TRY(sla_contract_builder_add_condition(builder, element, index, key, SIZE_MAX, value, SIZE_MAX, &failure), true);
}

static int32_t add_metric(sla_contract_builder *builder, const char *name) {
    static const sla_metric plain = {.repeats = 1};
    int32_t index = 77;
    TRY(sla_contract_builder_add_metric(builder, name, SIZE_MAX, &plain, &index, &failure), index == 0);
    return index;
}

static int32_t add_target(sla_contract_builder *builder, const sla_target *target) {
    int32_t index = 77;
    TRY(sla_contract_builder_add_target(builder, target, &index, &failure), index == 0);
    return index;
}

static int32_t find(const sla_contract_builder *builder, int32_t element, const char *name) {
    int32_t index = SLA_UNKNOWN;
    fault_quiet_begin();
    DEMAND(sla_contract_builder_find(builder, element, name, SIZE_MAX, &index) == SLA_OK);
    fault_quiet_end("find");
    return index;
}

static void add_elements(sla_contract_builder *builder) {
    const int32_t phone = add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add_name(builder, SLA_ELEMENT_CHANNEL, phone, SLA_NAME_CALENDAR, "office");
    const int32_t silver = add(builder, SLA_ELEMENT_TIER, "silver");
    const int32_t gold = add(builder, SLA_ELEMENT_TIER, "gold");
    add_name(builder, SLA_ELEMENT_TIER, silver, SLA_NAME_CHANNEL, "email");
    add_name(builder, SLA_ELEMENT_TIER, gold, SLA_NAME_INCLUDED, "silver");
    add_name(builder, SLA_ELEMENT_TIER, gold, SLA_NAME_ALIAS, "premium");
    add(builder, SLA_ELEMENT_FACT, "licence");
    const int32_t advice = add(builder, SLA_ELEMENT_SERVICE, "advice");
    const int32_t training = add(builder, SLA_ELEMENT_EXCLUSION, "training");
    add_name(builder, SLA_ELEMENT_SERVICE, advice, SLA_NAME_ALIAS, "help");
    add_name(builder, SLA_ELEMENT_SERVICE, advice, SLA_NAME_REQUIRED, "account");
    add_name(builder, SLA_ELEMENT_EXCLUSION, training, SLA_NAME_ALIAS, "course");
    add(builder, SLA_ELEMENT_LANGUAGE, "en");
    add(builder, SLA_ELEMENT_LANGUAGE, "sr");
    const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    add_name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "high");
    add_name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "low");
}

static void add_rows(sla_contract_builder *builder) {
    static const sla_target rows[] = {
        {.kind = SLA_TARGET_DURATION, .amount = 4 * HOUR, .by = -1, .calendar = -1, .roll = 1},
        {.kind = SLA_TARGET_BUSINESS_DAYS, .amount = 2, .by = -1, .calendar = 1, .roll = -1}};
    const int32_t urgent = add(builder, SLA_ELEMENT_RULE, "urgent");
    const int32_t normal = add(builder, SLA_ELEMENT_RULE, "normal");
    add_condition(builder, SLA_ELEMENT_RULE, urgent, "impact", "high");
    add_condition(builder, SLA_ELEMENT_RULE, urgent, "tier", "gold");
    add_condition(builder, SLA_ELEMENT_RULE, normal, "channel", "email");
    const int32_t response = add_metric(builder, "response");
    add_name(builder, SLA_ELEMENT_METRIC, response, SLA_NAME_START, "received");
    add_name(builder, SLA_ELEMENT_METRIC, response, SLA_NAME_STOP, "responded");
    add_name(builder, SLA_ELEMENT_METRIC, response, SLA_NAME_PAUSE, "waiting");
    add_name(builder, SLA_ELEMENT_METRIC, response, SLA_NAME_RESUME, "answered");
    add_name(builder, SLA_ELEMENT_METRIC, response, SLA_NAME_CANCEL, "withdrawn");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const int32_t target = add_target(builder, &rows[i]);
        add_condition(builder, SLA_ELEMENT_TARGET, target, "criterion", i == 0 ? "urgent" : "normal");
        add_condition(builder, SLA_ELEMENT_TARGET, target, "metric", "response");
        add_condition(builder, SLA_ELEMENT_TARGET, target, "service", "help");
    }
    const sla_objective objective = {.metric = response, .attainment = 950000, .period = SLA_PERIOD_MONTH};
    int32_t index = 77;
    TRY(sla_contract_builder_add_objective(builder, &objective, &index, &failure), index == 0);
    add_condition(builder, SLA_ELEMENT_OBJECTIVE, index, "criterion", "normal");
}

static void set_texts(sla_contract_builder *builder) {
    static const char *const texts[] = {"Agreement on support", "§ 3, second sentence", "A reading of ours"};
    for (int32_t kind = SLA_TEXT_TITLE; kind <= SLA_TEXT_NOTE; kind++) {
        TRY(sla_contract_builder_set_text(builder, SLA_ELEMENT_CONTRACT, 0, kind, texts[kind], SIZE_MAX, &failure), true);
        TRY(sla_contract_builder_set_text(builder, SLA_ELEMENT_TIER, 0, kind, texts[kind], SIZE_MAX, &failure), true);
    }
}

/* A contract that is built although an allocation failed is the one that is looked at and asked. */
static sla_contract *build(const sla_contract_builder *builder) {
    sla_contract *contract = STALE;
    TRY(sla_contract_builder_build(builder, &contract, &failure), contract == NULL);
    if (contract != NULL) {
        note_contract(contract);
    } else {
        note("%s", failure.message);
    }
    return contract;
}

static void ask_names(const sla_contract *contract) {
    int32_t index = 0;
    fault_quiet_begin();
    DEMAND(sla_contract_find(contract, SLA_ELEMENT_TIER, "premium", SIZE_MAX, &index) == SLA_OK);
    note("%d", index);
    DEMAND(sla_contract_find(contract, SLA_ELEMENT_LANGUAGE, "sr-Latn", SIZE_MAX, &index) == SLA_OK);
    note("%d", index);
    DEMAND(sla_contract_find_value(contract, 0, "low", SIZE_MAX, &index) == SLA_OK);
    note("%d", index);
    sla_contract_unref(sla_contract_ref((sla_contract *)(uintptr_t)contract));
    fault_quiet_end("names");
}

static void ask_requests(const sla_contract *contract) {
    enum { TRIALS = 16 };
    sla_request requests[2] = {request_at(YEAR_BEGIN + 20 * DAY), request_at(YEAR_BEGIN + 21 * DAY + 12 * HOUR)};
    requests[0].tier = 1;
    requests[1].channel = 0;
    const int32_t values[2] = {0, SLA_UNSAID};
    sla_scope scopes[3] = {0};
    int32_t criteria[3] = {0};
    sla_status statuses[2];
    sla_trial trials[TRIALS] = {0};
    sla_scope_check checks[TRIALS] = {0};
    sla_due dues[3] = {0};
    const int32_t metrics[1] = {0};
    size_t counts[3] = {0};
    int32_t target = 77;
    fault_quiet_begin();
    DEMAND(sla_contract_decide_scope(contract, &requests[0], &scopes[2]) == SLA_OK);
    DEMAND(sla_contract_decide_scope_many(contract, 2, requests, scopes, statuses) == SLA_OK);
    DEMAND(sla_contract_decide_criterion(contract, &requests[0], values, &criteria[2]) == SLA_OK);
    DEMAND(sla_contract_decide_criterion_many(contract, 2, requests, values, criteria, statuses) == SLA_OK);
    sla_contract_explain_target(contract, 0, &requests[0], trials, TRIALS, &counts[0]);
    sla_contract_explain_criterion(contract, &requests[0], values, trials + 4, TRIALS - 4, &counts[1]);
    sla_contract_explain_scope(contract, &requests[1], checks, TRIALS, &counts[2]);
    DEMAND(sla_contract_find_target(contract, metrics[0], &requests[0], &target) == SLA_NOT_FOUND);
    sla_contract_due(contract, metrics[0], &requests[0], &dues[2]);
    sla_contract_due_many(contract, metrics[0], 2, requests, dues, statuses);
    note("%s", sla_contract_clause(contract, &requests[0], SLA_REASON_CHANNEL_CLOSED));
    fault_quiet_end("requests");
    note_bytes("scopes", scopes, sizeof scopes);
    note_bytes("criteria", criteria, sizeof criteria);
    note_bytes("trials", trials, sizeof trials);
    note_bytes("checks", checks, sizeof checks);
    note_bytes("dues", dues, sizeof dues);
    note_bytes("counts", counts, sizeof counts);
}

static void check(const sla_contract *contract) {
    sla_diagnostics *diagnostics = NULL;
    REPEAT_COMPLAINING(diagnostics = renewed(diagnostics), sla_contract_check(contract, diagnostics, &failure), true);
    note_diagnostics(diagnostics);
    sla_diagnostics_free(diagnostics);
}

/* ---- Scenarios ---- */

static void all_elements(void) {
    sla_zone *const zone = zone_of("Europe/Belgrade");
    sla_calendar *const office = office_of(zone);
    sla_contract_builder *const builder = new_builder("Agreement", zone);
    int32_t index = 77;
    TRY(sla_contract_builder_add_calendar(builder, "office", SIZE_MAX, office, &index, &failure), index == 0);
    TRY(sla_contract_builder_set_default_calendar(builder, "office", SIZE_MAX, &failure), true);
    TRY(sla_contract_builder_set_validity(builder, date_of(2026, 1, 1), date_of(2026, 12, 1), &failure), true);
    TRY(sla_contract_builder_set_unlisted(builder, SLA_UNLISTED_EXCLUDED, &failure), true);
    add_elements(builder);
    add_rows(builder);
    set_texts(builder);
    note("%d", find(builder, SLA_ELEMENT_CRITERION, "normal"));
    fault_watch(NULL, NULL);
    sla_contract *const contract = build(builder);
    ask_names(contract);
    ask_requests(contract);
    check(contract);
    fault_quiet_begin();
    sla_contract_builder_free(builder);
    sla_contract_unref(contract);
    sla_calendar_unref(office);
    sla_zone_unref(zone);
    fault_quiet_end("letting go");
}

/* Without a metric there is a given one. */
static void bare(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *const builder = new_builder("Bare", zone);
    sla_contract *const contract = build(builder);
    fault_watch(NULL, NULL);
    check(contract);
    sla_contract_unref(contract);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
}

/* The metric that is given comes with the first need of one. Its names find the room for texts full at one place or
 * another: so much depends on the length of the contract's name. */
static void first_needs(void) {
    static const char name[] = "a name that fills the room for texts up to this or that place of it";
    static const sla_target target = {.kind = SLA_TARGET_BEST_EFFORT, .by = -1, .calendar = -1, .roll = -1};
    static const sla_objective objective = {.attainment = 990000};
    sla_zone *const zone = zone_of("UTC");
    for (size_t i = 0; name[i] != '\0'; i++) {
        sla_contract_builder *builder = NULL;
        int32_t index = 77;
        DEMAND(sla_contract_builder_new(name + i, SIZE_MAX, zone, YEAR_BEGIN, YEAR_END, &builder, NULL) == SLA_OK);
        fault_watch(look_at_builder, builder);
        if (i % 2 == 0) {
            TRY(sla_contract_builder_add_objective(builder, &objective, &index, &failure), index == 0);
        } else {
            add_condition(builder, SLA_ELEMENT_TARGET, add_target(builder, &target), "metric", "response");
        }
        fault_watch(NULL, NULL);
        sla_contract_builder_free(builder);
    }
    sla_zone_unref(zone);
}

/* More of each kind than the first room of its list. */
static void many_elements(void) {
    static const int32_t kinds[] = {SLA_ELEMENT_CHANNEL, SLA_ELEMENT_TIER,      SLA_ELEMENT_SERVICE,  SLA_ELEMENT_EXCLUSION,
                                    SLA_ELEMENT_FACT,    SLA_ELEMENT_ATTRIBUTE, SLA_ELEMENT_LANGUAGE, SLA_ELEMENT_RULE};
    sla_zone *const zone = zone_of("UTC");
    sla_calendar *const office = office_of(zone);
    sla_contract_builder *const builder = new_builder("Many", zone);
    for (int32_t i = 0; i < 20; i++) {
        const sla_target target = {.kind = SLA_TARGET_BEST_EFFORT, .by = -1, .calendar = -1, .roll = -1};
        int32_t index = 77;
        char name[64];
        for (size_t kind = 0; kind < COUNT_OF(kinds); kind++) {
            snprintf(name, sizeof name, "%c%c-kind-%zu", 'a' + i, 'b' + i / 2, kind);
            add(builder, kinds[kind], kinds[kind] == SLA_ELEMENT_LANGUAGE ? (name[2] = '\0', name) : name);
        }
        snprintf(name, sizeof name, "other %d", i);
        for (int32_t j = 0; j < 2; j++) {
            add_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_ALIAS, name + j);
        }
        add_name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, name);
        snprintf(name, sizeof name, "calendar %d", i);
        TRY(sla_contract_builder_add_calendar(builder, name, SIZE_MAX, office, &index, &failure), index == 0);
        const int32_t metric = add_metric(builder, name);
        add_name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_START, "received");
        add_name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_STOP, name);
        add_target(builder, &target);
        const sla_objective objective = {.metric = metric, .attainment = 990000};
        TRY(sla_contract_builder_add_objective(builder, &objective, &index, &failure), index == 0);
    }
    fault_watch(NULL, NULL);
    sla_contract *const contract = build(builder);
    check(contract);
    sla_contract_unref(contract);
    sla_contract_builder_free(builder);
    sla_calendar_unref(office);
    sla_zone_unref(zone);
}

/* What a builder refuses: messages that find no memory are shorter, or memory is out. */
static void refused(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *const builder = new_builder("Refused", zone);
    int32_t index = 0;
    add(builder, SLA_ELEMENT_TIER, "gold");
    add(builder, SLA_ELEMENT_TIER, "gold");
    add(builder, SLA_ELEMENT_TIER, "");
    add(builder, SLA_ELEMENT_TARGET, "nameless");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    add_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "fone");
    add_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_INCLUDED, "gold");
    add_name(builder, SLA_ELEMENT_CHANNEL, 0, SLA_NAME_CALENDAR, "offise");
    const int32_t rule = add(builder, SLA_ELEMENT_RULE, "urgent");
    add_condition(builder, SLA_ELEMENT_RULE, rule, "impact", "high");
    add_condition(builder, SLA_ELEMENT_RULE, rule, "impcat", "high");
    add_condition(builder, SLA_ELEMENT_RULE, rule, "service", "advise");
    add_condition(builder, SLA_ELEMENT_RULE, rule, "tier", "gould");
    TRY(sla_contract_builder_set_default_calendar(builder, "offise", SIZE_MAX, &failure), true);
    TRY(sla_contract_builder_add_calendar(builder, "x", 1, NULL, &index, &failure), true);
    add_metric(builder, "endless");
    sla_contract_unref(build(builder));
    fault_watch(NULL, NULL);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
}

static sla_contract *named_contract(const char *name, sla_zone *zone) {
    sla_contract_builder *builder = NULL;
    sla_contract *contract = NULL;
    int32_t index = 0;
    DEMAND(sla_contract_builder_new(name, SIZE_MAX, zone, YEAR_BEGIN, YEAR_END, &builder, NULL) == SLA_OK);
    DEMAND(sla_contract_builder_add(builder, SLA_ELEMENT_TIER, "gold", SIZE_MAX, &index, NULL) == SLA_OK);
    DEMAND(sla_contract_builder_add(builder, SLA_ELEMENT_RULE, "urgent", SIZE_MAX, &index, NULL) == SLA_OK);
    DEMAND(sla_contract_builder_build(builder, &contract, NULL) == SLA_OK);
    sla_contract_builder_free(builder);
    return contract;
}

/* Tier, criterion, service and metric are looked up in the other contract. */
static void ask_after_moving(const sla_contract *contract, int32_t to) {
    sla_request request = request_at(YEAR_BEGIN + 20 * DAY);
    request.tier = 0;
    request.criterion = 0;
    request.service = 0;
    const sla_change moved = {request.received + HOUR, SLA_CHANGED_CONTRACT, to};
    sla_cycle cycle = {0};
    size_t count = 0;
    fault_quiet_begin();
    DEMAND(sla_clock_evaluate(contract, 0, &request, NULL, 0, &moved, 1, request.received + DAY, &cycle, 1, &count, NULL) ==
           SLA_OK);
    fault_quiet_end("a clock in another contract");
    note_bytes("cycle", &cycle, sizeof cycle);
}

/* Contracts that requests can move to (§7.5). */
static void successors(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *const builder = new_builder("First", zone);
    add(builder, SLA_ELEMENT_TIER, "gold");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    for (int i = 0; i < 10; i++) {
        char name[32];
        int32_t index = 77;
        snprintf(name, sizeof name, "Next %d", i);
        sla_contract *const other = named_contract(name, zone);
        TRY(sla_contract_builder_add_contract(builder, other, &index, &failure), index == 0);
        sla_contract_unref(other);
    }
    fault_watch(NULL, NULL);
    sla_contract *const contract = build(builder);
    for (int32_t to = 1; to < sla_contract_count(contract, SLA_ELEMENT_CONTRACT); to++) {
        ask_after_moving(contract, to);
    }
    sla_contract_unref(contract);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
}

/* What checking finds: gaps, rows that no request reaches, targets that are missing, slow or unused, unused names. */
static void findings(void) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *const builder = new_builder("Findings", zone);
    sla_calendar *const office = office_of(zone);
    const sla_target slow = {.kind = SLA_TARGET_DURATION, .amount = 9 * HOUR, .by = -1, .calendar = -1, .roll = -1};
    const sla_target quick = {.kind = SLA_TARGET_DURATION, .amount = HOUR, .by = -1, .calendar = -1, .roll = -1};
    int32_t index = 77;
    fault_watch(NULL, NULL);
    TRY(sla_contract_builder_add_calendar(builder, "office", SIZE_MAX, office, &index, &failure), index == 0);
    add_elements(builder);
    add(builder, SLA_ELEMENT_EXCLUSION, "advice");
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"urgent", "normal", "urgent"};
        const int32_t rule = add(builder, SLA_ELEMENT_RULE, names[i]);
        add_condition(builder, SLA_ELEMENT_RULE, rule, "impact", "high");
        add_condition(builder, SLA_ELEMENT_RULE, rule, "channel", "phone");
    }
    static const char *const metrics[] = {"response", "resolution"};
    for (size_t i = 0; i < COUNT_OF(metrics); i++) {
        const int32_t metric = add_metric(builder, metrics[i]);
        add_name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_START, "received");
        add_name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_STOP, i == 0 ? "responded" : "resolved");
        const int32_t target = add_target(builder, i == 0 ? &slow : &quick);
        add_condition(builder, SLA_ELEMENT_TARGET, target, "metric", metrics[i]);
        add_condition(builder, SLA_ELEMENT_TARGET, target, "criterion", "urgent");
    }
    sla_contract *const contract = build(builder);
    check(contract);
    sla_contract_unref(contract);
    sla_contract_builder_free(builder);
    sla_calendar_unref(office);
    sla_zone_unref(zone);
}

static const scenario scenarios[] = {{"all-elements", all_elements}, {"bare", bare},
                                     {"first-needs", first_needs},   {"many-elements", many_elements},
                                     {"refused", refused},           {"successors", successors},
                                     {"findings", findings}};
const scenario_group contract_scenarios = {"contract", scenarios, COUNT_OF(scenarios)};
