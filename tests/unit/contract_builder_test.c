/* SPDX-License-Identifier: MIT */
/* The contract builder: names, references, limits, messages; and what a built contract tells by index and name. */
#include "contract_fixture.h"

/* ---- A builder with one of everything ---- */

static sla_contract_builder *furnished(void) {
    sla_contract_builder *const builder = new_short_builder();
    add_calendar(
        builder, "office",
        hours_over("UTC", instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"), WEEKDAYS, 9 * HOUR, 17 * HOUR));
    add(builder, SLA_ELEMENT_CHANNEL, "helpdesk");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    const int32_t forum = add(builder, SLA_ELEMENT_CHANNEL, "forum");
    name(builder, SLA_ELEMENT_CHANNEL, forum, SLA_NAME_CALENDAR, "office");
    const int32_t basic = add(builder, SLA_ELEMENT_TIER, "basic");
    name(builder, SLA_ELEMENT_TIER, basic, SLA_NAME_CHANNEL, "email");
    const int32_t premium = add(builder, SLA_ELEMENT_TIER, "premium");
    name(builder, SLA_ELEMENT_TIER, premium, SLA_NAME_ALIAS, "gold");
    name(builder, SLA_ELEMENT_TIER, premium, SLA_NAME_INCLUDED, "basic");
    const int32_t top = add(builder, SLA_ELEMENT_TIER, "top");
    name(builder, SLA_ELEMENT_TIER, top, SLA_NAME_INCLUDED, "premium");
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_ALIAS, "fix");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_REQUIRED, "licence");
    const int32_t training = add(builder, SLA_ELEMENT_EXCLUSION, "training");
    name(builder, SLA_ELEMENT_EXCLUSION, training, SLA_NAME_ALIAS, "course");
    add(builder, SLA_ELEMENT_LANGUAGE, "en");
    add(builder, SLA_ELEMENT_FACT, "partner");
    const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "high");
    name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "low");
    const int32_t rule = add(builder, SLA_ELEMENT_RULE, "urgent");
    ask(builder, SLA_ELEMENT_RULE, rule, "impact", "high");
    add_metric(builder, "response", "received", "responded");
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    return builder;
}

/* ---- Calls that fail ---- */

enum { CALL_ADD, CALL_NAME, CALL_CONDITION, CALL_DEFAULT_CALENDAR };

/* By call: add (name), name (role, name), condition (key in `name`, value), default calendar (name). */
struct failing_call {
    int32_t call;
    int32_t element;
    int32_t index;
    int32_t role;
    const char *name;
    const char *value;
    sla_status status;
    const char *said[3]; /* parts of the message */
};

static sla_status make_call(sla_contract_builder *builder, const struct failing_call *made, sla_error *error) {
    int32_t index = 77;
    switch (made->call) {
        case CALL_ADD: {
            const sla_status status = sla_contract_builder_add(builder, made->element, made->name, SIZE_MAX, &index, error);
            assert_int_equal(index, 0);
            return status;
        }
        case CALL_NAME:
            return sla_contract_builder_add_name(builder, made->element, made->index, made->role, made->name, SIZE_MAX,
                                                 error);
        case CALL_CONDITION:
            return sla_contract_builder_add_condition(builder, made->element, made->index, made->name, SIZE_MAX,
                                                      made->value, SIZE_MAX, error);
        default:
            return sla_contract_builder_set_default_calendar(builder, made->name, SIZE_MAX, error);
    }
}

static const struct failing_call failing_calls[] = {
    /* each name stands once */
    {CALL_ADD, SLA_ELEMENT_CHANNEL, 0, 0, "email", NULL, SLA_DUPLICATE, {"channel 'email'"}},
    {CALL_ADD, SLA_ELEMENT_TIER, 0, 0, "gold", NULL, SLA_DUPLICATE, {"'gold' is another name of the tier 'premium'"}},
    {CALL_ADD, SLA_ELEMENT_SERVICE, 0, 0, "fix", NULL, SLA_DUPLICATE, {"another name of the service 'repair'"}},
    {CALL_ADD, SLA_ELEMENT_SERVICE, 0, 0, "repair", NULL, SLA_DUPLICATE, {"service 'repair'"}},
    {CALL_ADD, SLA_ELEMENT_EXCLUSION, 0, 0, "course", NULL, SLA_DUPLICATE, {"excluded service 'training'"}},
    {CALL_ADD, SLA_ELEMENT_LANGUAGE, 0, 0, "EN", NULL, SLA_DUPLICATE, {"language 'en'"}},
    {CALL_ADD, SLA_ELEMENT_FACT, 0, 0, "partner", NULL, SLA_DUPLICATE, {"fact 'partner'"}},
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "impact", NULL, SLA_DUPLICATE, {"attribute 'impact'"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_ALIAS, "top", NULL, SLA_DUPLICATE, {"tier 'top'"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 1, SLA_NAME_ALIAS, "premium", NULL, SLA_DUPLICATE, {"tier 'premium'"}},
    {CALL_NAME, SLA_ELEMENT_SERVICE, 0, SLA_NAME_ALIAS, "fix", NULL, SLA_DUPLICATE, {"'fix'"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "email", NULL, SLA_DUPLICATE, {"'basic'", "'email' twice"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 1, SLA_NAME_INCLUDED, "basic", NULL, SLA_DUPLICATE, {"includes 'basic' twice"}},
    {CALL_NAME, SLA_ELEMENT_SERVICE, 0, SLA_NAME_REQUIRED, "licence", NULL, SLA_DUPLICATE, {"'licence' twice"}},
    {CALL_NAME, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "high", NULL, SLA_DUPLICATE, {"value 'high'"}},
    {CALL_NAME, SLA_ELEMENT_CHANNEL, 2, SLA_NAME_CALENDAR, "always", NULL, SLA_DUPLICATE, {"'forum' has a calendar"}},
    {CALL_NAME, SLA_ELEMENT_METRIC, 0, SLA_NAME_START, "received", NULL, SLA_DUPLICATE, {"'response'", "'received' twice"}},
    /* names that are none */
    {CALL_ADD, SLA_ELEMENT_CHANNEL, 0, 0, "", NULL, SLA_INVALID_ARGUMENT, {"name of the channel is empty"}},
    {CALL_ADD, SLA_ELEMENT_TIER, 0, 0, "two\nlines", NULL, SLA_INVALID_ARGUMENT, {"control character"}},
    {CALL_ADD, SLA_ELEMENT_TIER, 0, 0, "next\xC2\x85line", NULL, SLA_INVALID_ARGUMENT, {"control character"}},
    {CALL_ADD, SLA_ELEMENT_TIER, 0, 0, "\xFF", NULL, SLA_INVALID_ARGUMENT, {"not UTF-8"}},
    {CALL_NAME, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "", NULL, SLA_INVALID_ARGUMENT, {"name of the value is empty"}},
    /* an attribute must not hide what rows ask for anyway */
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "tier", NULL, SLA_INVALID_ARGUMENT, {"'tier'"}},
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "channel", NULL, SLA_INVALID_ARGUMENT, {"'channel'"}},
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "service", NULL, SLA_INVALID_ARGUMENT, {"'service'"}},
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "criterion", NULL, SLA_INVALID_ARGUMENT, {"'criterion'"}},
    {CALL_ADD, SLA_ELEMENT_ATTRIBUTE, 0, 0, "metric", NULL, SLA_INVALID_ARGUMENT, {"'metric'"}},
    /* references to nothing: what is known, and the nearest name */
    {CALL_NAME,
     SLA_ELEMENT_TIER,
     0,
     SLA_NAME_CHANNEL,
     "fax",
     NULL,
     SLA_NOT_FOUND,
     {"unknown channel 'fax'; this contract has helpdesk, email, forum"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "emial", NULL, SLA_NOT_FOUND, {"did you mean 'email'?"}},
    {CALL_NAME,
     SLA_ELEMENT_TIER,
     2,
     SLA_NAME_INCLUDED,
     "golf",
     NULL,
     SLA_NOT_FOUND,
     {"basic, premium, top, gold", "did you mean 'gold'?"}},
    {CALL_NAME,
     SLA_ELEMENT_CHANNEL,
     0,
     SLA_NAME_CALENDAR,
     "ofice",
     NULL,
     SLA_NOT_FOUND,
     {"always, office", "did you mean 'office'?"}},
    {CALL_DEFAULT_CALENDAR, 0, 0, 0, "night", NULL, SLA_NOT_FOUND, {"unknown calendar 'night'", "always, office"}},
    {CALL_CONDITION,
     SLA_ELEMENT_RULE,
     0,
     0,
     "impact",
     "medium",
     SLA_NOT_FOUND,
     {"unknown value 'medium'; the attribute has high, low"}},
    {CALL_CONDITION,
     SLA_ELEMENT_RULE,
     0,
     0,
     "imapct",
     "high",
     SLA_NOT_FOUND,
     {"unknown attribute 'imapct'", "tier, channel, service, impact", "did you mean 'impact'?"}},
    {CALL_CONDITION, SLA_ELEMENT_RULE, 0, 0, "criterion", "urgent", SLA_NOT_FOUND, {"unknown attribute 'criterion'"}},
    {CALL_CONDITION,
     SLA_ELEMENT_TARGET,
     0,
     0,
     "impact",
     "high",
     SLA_NOT_FOUND,
     {"unknown condition 'impact'", "metric, criterion, tier, channel, service"}},
    {CALL_CONDITION,
     SLA_ELEMENT_TARGET,
     0,
     0,
     "metric",
     "respnse",
     SLA_NOT_FOUND,
     {"unknown metric 'respnse'", "response"}},
    {CALL_CONDITION,
     SLA_ELEMENT_TARGET,
     0,
     0,
     "service",
     "trainning",
     SLA_NOT_FOUND,
     {"repair, training, fix, course", "did you mean 'training'?"}},
    {CALL_CONDITION,
     SLA_ELEMENT_TARGET,
     0,
     0,
     "criterion",
     "minor",
     SLA_NOT_FOUND,
     {"unknown criterion 'minor'", "urgent"}},
    /* inclusions that lead back */
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_INCLUDED, "basic", NULL, SLA_CYCLE, {"'basic' includes itself"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_INCLUDED, "gold", NULL, SLA_CYCLE, {"'basic' cannot include 'premium'"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_INCLUDED, "top", NULL, SLA_CYCLE, {"'basic' cannot include 'top'"}},
    /* what does not go together */
    {CALL_NAME, SLA_ELEMENT_CHANNEL, 0, SLA_NAME_ALIAS, "mail", NULL, SLA_INVALID_ARGUMENT, {"channel takes no names"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 0, SLA_NAME_CANCEL, "withdrawn", NULL, SLA_INVALID_ARGUMENT, {"tier takes no names"}},
    {CALL_NAME, SLA_ELEMENT_TIER, 3, SLA_NAME_ALIAS, "x", NULL, SLA_INVALID_ARGUMENT, {"no tier at index 3"}},
    {CALL_NAME, SLA_ELEMENT_TIER, -1, SLA_NAME_ALIAS, "x", NULL, SLA_INVALID_ARGUMENT, {"no tier at index -1"}},
    {CALL_NAME, 99, 0, SLA_NAME_ALIAS, "x", NULL, SLA_INVALID_ARGUMENT, {"99 is no kind"}},
    {CALL_NAME, SLA_ELEMENT_SERVICE, 1, SLA_NAME_ALIAS, "x", NULL, SLA_INVALID_ARGUMENT, {"no service at index 1"}},
    {CALL_NAME, SLA_ELEMENT_SERVICE, 0, SLA_NAME_REQUIRED, "", NULL, SLA_INVALID_ARGUMENT, {"cannot require none as well"}},
    {CALL_ADD, SLA_ELEMENT_METRIC, 0, 0, "x", NULL, SLA_INVALID_ARGUMENT, {"not added by their name alone"}},
    {CALL_ADD, SLA_ELEMENT_CRITERION, 0, 0, "x", NULL, SLA_INVALID_ARGUMENT, {"not added by their name alone"}},
    {CALL_CONDITION, SLA_ELEMENT_TIER, 0, 0, "tier", "top", SLA_INVALID_ARGUMENT, {"only rules, targets and objectives"}},
    {CALL_CONDITION,
     SLA_ELEMENT_RULE,
     5,
     0,
     "tier",
     "top",
     SLA_INVALID_ARGUMENT,
     {"no row of the criteria table at index 5"}},
};

/* All that can be seen of what a builder holds. */
static void describe(const sla_contract_builder *builder, char *described, size_t size) {
    sla_contract *contract = NULL;
    assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
    size_t length = 0;
    for (int32_t kind = SLA_ELEMENT_CONTRACT; kind <= SLA_ELEMENT_OBJECTIVE; kind++) {
        for (int32_t i = 0; i < sla_contract_count(contract, kind); i++) {
            length += (size_t)snprintf(described + length, size - length, "%d:%s;", (int)kind,
                                       sla_contract_name(contract, kind, i));
            assert_true(length < size);
        }
    }
    sla_contract_unref(contract);
}

static void a_call_that_fails_says_why_and_changes_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(failing_calls); i++) {
        const struct failing_call *const made = &failing_calls[i];
        sla_contract_builder *const builder = furnished();
        char before[2000];
        char after[2000];
        describe(builder, before, sizeof before);
        sla_error error = {0};
        const sla_status status = make_call(builder, made, &error);
        describe(builder, after, sizeof after);
        bool said = true;
        for (size_t part = 0; part < COUNT_OF(made->said) && made->said[part] != NULL; part++) {
            said = said && strstr(error.message, made->said[part]) != NULL;
        }
        if (status != made->status || !said) {
            print_error("call %zu: %s: %s\n", i, sla_status_name(status), error.message);
        }
        assert_int_equal(status, made->status);
        assert_int_equal(error.code, made->status);
        assert_true(said);
        assert_string_equal(before, after);
        assert_int_equal(make_call(builder, made, NULL), made->status); /* without an error, and again */
        sla_contract_builder_free(builder);
    }
}

static void a_long_name_is_refused_and_one_of_255_bytes_is_not(void **state) {
    (void)state;
    char long_name[257];
    memset(long_name, 'n', sizeof long_name);
    sla_contract_builder *const builder = new_builder("UTC");
    int32_t index;
    assert_int_equal(sla_contract_builder_add(builder, SLA_ELEMENT_TIER, long_name, 256, &index, NULL),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_add(builder, SLA_ELEMENT_TIER, long_name, 255, &index, NULL), SLA_OK);
    sla_contract_builder_free(builder);
}

/* ---- Limits ---- */

static void kinds_have_their_limits(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        int32_t limit;
    } cases[] = {{SLA_ELEMENT_TIER, SLI_TIER_MAX},         {SLA_ELEMENT_CHANNEL, SLI_CHANNEL_MAX},
                 {SLA_ELEMENT_FACT, SLI_FACT_MAX},         {SLA_ELEMENT_ATTRIBUTE, SLI_ATTRIBUTE_MAX},
                 {SLA_ELEMENT_LANGUAGE, SLI_LANGUAGE_MAX}, {SLA_ELEMENT_SERVICE, SLI_ELEMENT_MAX},
                 {SLA_ELEMENT_EXCLUSION, SLI_ELEMENT_MAX}, {SLA_ELEMENT_RULE, SLI_ELEMENT_MAX}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder("UTC");
        char called[16];
        for (int32_t n = 0; n < cases[i].limit; n++) {
            snprintf(called, sizeof called, "n%d", (int)n);
            assert_int_equal(add(builder, cases[i].element, called), n);
        }
        int32_t index;
        sla_error error = {0};
        assert_int_equal(sla_contract_builder_add(builder, cases[i].element, "more", SIZE_MAX, &index, &error), SLA_LIMIT);
        snprintf(called, sizeof called, "%d", (int)cases[i].limit);
        assert_non_null(strstr(error.message, called));
        sla_contract_builder_free(builder);
    }
}

/* ---- Kinds with rules of their own ---- */

static void givens_are_the_first_of_their_kinds(void **state) {
    (void)state;
    sla_contract *const contract = build(new_builder("Europe/Belgrade"));
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0), "agreement");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CALENDAR, 0), "always");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_EVENT, 0), "received");
    assert_string_equal(sla_zone_name(sla_contract_zone(contract)), "Europe/Belgrade");
    int64_t begin = 1;
    int64_t end = 1;
    assert_int_equal(sla_calendar_horizon(sla_contract_calendar(contract, 0), &begin, &end), SLA_OK);
    assert_true(begin == SLA_HORIZON_BEGIN && end == SLA_HORIZON_END);
    sla_contract_unref(contract);
}

static void a_contract_without_metrics_has_response(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    int32_t metric = -1;
    assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_METRIC, "response", SIZE_MAX, &metric), SLA_OK);
    assert_int_equal(metric, 0);
    assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_METRIC, "resolution", SIZE_MAX, &metric),
                     SLA_NOT_FOUND);
    const int32_t row = add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    ask(builder, SLA_ELEMENT_TARGET, row, "metric", "response");
    const sla_objective objective = {.metric = 0, .attainment = 950000, .period = SLA_PERIOD_MONTH};
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_METRIC), 1);
    const contract_metric *const response = sli_contract_metric(contract, 0);
    const int32_t responded = find(contract, SLA_ELEMENT_EVENT, "responded");
    assert_int_equal(response->roles[0], SLI_ROLE_START);
    assert_int_equal(response->roles[responded], SLI_ROLE_STOP);
    sla_objective kept;
    assert_int_equal(sla_contract_get_objective(contract, 0, &kept), SLA_OK);
    assert_memory_equal(&kept, &objective, sizeof kept);
    sla_contract_unref(contract);
}

static void a_metric_of_its_own_replaces_response(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    assert_int_equal(add_metric(builder, "fix", "received", "resolved"), 0);
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_METRIC), 1);
    assert_int_equal(find(contract, SLA_ELEMENT_METRIC, "response"), SLA_UNKNOWN);
    sla_contract_unref(contract);
}

static void a_metric_needs_start_and_stop(void **state) {
    (void)state;
    static const struct {
        int32_t role;
        const char *missing;
    } cases[] = {{SLA_NAME_STOP, "no start event"}, {SLA_NAME_START, "no stop event"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder("UTC");
        const sla_metric plain = {0};
        int32_t index;
        assert_int_equal(sla_contract_builder_add_metric(builder, "fix", SIZE_MAX, &plain, &index, NULL), SLA_OK);
        name(builder, SLA_ELEMENT_METRIC, index, cases[i].role, "resolved");
        sla_contract *contract = (sla_contract *)builder;
        sla_error error = {0};
        assert_int_equal(sla_contract_builder_build(builder, &contract, &error), SLA_INVALID_ARGUMENT);
        assert_null(contract);
        assert_non_null(strstr(error.message, "'fix'"));
        assert_non_null(strstr(error.message, cases[i].missing));
        sla_contract_builder_free(builder);
    }
}

static void one_event_can_play_several_roles(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    const int32_t metric = add_metric(builder, "update", "updated", "updated");
    name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_PAUSE, "waiting");
    name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_RESUME, "answered");
    name(builder, SLA_ELEMENT_METRIC, metric, SLA_NAME_CANCEL, "withdrawn");
    sla_contract *const contract = build(builder);
    static const struct {
        const char *event;
        unsigned roles;
    } cases[] = {{"received", 0},
                 {"updated", SLI_ROLE_START | SLI_ROLE_STOP},
                 {"waiting", SLI_ROLE_PAUSE},
                 {"answered", SLI_ROLE_RESUME},
                 {"withdrawn", SLI_ROLE_CANCEL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const int32_t event = find(contract, SLA_ELEMENT_EVENT, cases[i].event);
        assert_true(event >= 0);
        assert_int_equal(sli_contract_metric(contract, metric)->roles[event], cases[i].roles);
    }
    assert_null(sli_contract_metric(contract, metric + 1));
    sla_contract_unref(contract);
}

static void facts_of_services_become_required_when_they_are_added(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_REQUIRED, "licence");
    int32_t licence = -1;
    assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_FACT, "licence", SIZE_MAX, &licence), SLA_OK);
    sla_contract *before = NULL;
    assert_int_equal(sla_contract_builder_build(builder, &before, NULL), SLA_OK);
    assert_int_equal(add(builder, SLA_ELEMENT_FACT, "licence"), licence);
    sla_contract *const after = build(builder);
    const sla_request request = received("2026-11-23T10:00:00Z");
    sla_scope scope;
    assert_int_equal(sla_contract_decide_scope(before, &request, &scope), SLA_OK);
    assert_int_equal(scope.reasons, 0);
    assert_int_equal(sla_contract_decide_scope(after, &request, &scope), SLA_OK);
    assert_int_equal(scope.reasons, SLA_REASON_REQUIREMENT_MISSING);
    sla_contract_unref(before);
    sla_contract_unref(after);
}

static void rules_of_one_name_share_a_criterion(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    add(builder, SLA_ELEMENT_RULE, "high");
    const int32_t titled = add(builder, SLA_ELEMENT_RULE, "low");
    add(builder, SLA_ELEMENT_RULE, "high");
    const int32_t late = add(builder, SLA_ELEMENT_RULE, "low");
    assert_int_equal(
        sla_contract_builder_set_text(builder, SLA_ELEMENT_RULE, late, SLA_TEXT_TITLE, "Second", SIZE_MAX, NULL), SLA_OK);
    assert_int_equal(
        sla_contract_builder_set_text(builder, SLA_ELEMENT_RULE, titled, SLA_TEXT_TITLE, "Low", SIZE_MAX, NULL), SLA_OK);
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_RULE), 4);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_CRITERION), 2);
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_RULE, 2), "high");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CRITERION, 1), "low");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CRITERION, 1, SLA_TEXT_TITLE), "Low");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CRITERION, 0, SLA_TEXT_TITLE), "");
    sla_contract_unref(contract);
}

static void a_service_on_both_lists_has_one_index(void **state) {
    (void)state;
    for (int order = 0; order < 2; order++) {
        sla_contract_builder *const builder = new_builder("UTC");
        const int32_t first = order == 0 ? SLA_ELEMENT_SERVICE : SLA_ELEMENT_EXCLUSION;
        const int32_t second = order == 0 ? SLA_ELEMENT_EXCLUSION : SLA_ELEMENT_SERVICE;
        add(builder, first, "other");
        const int32_t index = add(builder, first, "advice");
        assert_int_equal(add(builder, second, "advice"), index);
        clause(builder, SLA_ELEMENT_SERVICE, index, "covered by 1");
        clause(builder, SLA_ELEMENT_EXCLUSION, index, "excluded by 2");
        sla_contract *const contract = build(builder);
        assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_SERVICE), 2);
        assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_EXCLUSION), 2);
        assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_SERVICE, index, SLA_TEXT_CLAUSE), "covered by 1");
        assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_EXCLUSION, index, SLA_TEXT_CLAUSE), "excluded by 2");
        sla_contract_unref(contract);
    }
}

/* ---- Records ---- */

static void targets_out_of_range_are_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    const sla_target good = target_of(SLA_TARGET_DURATION, 60);
    sla_target bad[14];
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        bad[i] = good;
    }
    bad[0].kind = 4;
    bad[1].kind = -1;
    bad[2].tie = 2;
    bad[3].amount = 0;
    bad[4].amount = (INT64_C(1) << 53) + 1;
    bad[5].grace = -1;
    bad[6].by = -2;
    bad[7].by = 86401;
    bad[8].calendar = 2;
    bad[9].calendar = -2;
    bad[10].roll = 2;
    bad[11].reserved[4] = 1;
    bad[12].kind = SLA_TARGET_BUSINESS_DAYS;
    bad[12].amount = -1;
    bad[13].amount = INT64_MIN;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        int32_t index = 77;
        sla_error error = {0};
        assert_int_equal(sla_contract_builder_add_target(builder, &bad[i], &index, &error), SLA_INVALID_ARGUMENT);
        assert_int_equal(index, 0);
        assert_true(strlen(error.message) > 0);
    }
    assert_int_equal(add_target(builder, good), 1);
    sla_contract_builder_free(builder);
}

static void metrics_and_objectives_out_of_range_are_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    const sla_metric metrics[] = {{.repeats = 2},   {.reopen = 2},     {.reopen = -1},
                                  {.on_change = 3}, {.on_change = -1}, {.reserved = {1}}};
    const sla_objective objectives[] = {{.metric = 1}, {.metric = -1}, {.attainment = -1}, {.attainment = 1000001},
                                        {.period = 4}, {.period = -1}, {.reserved = {1}}};
    int32_t index;
    for (size_t i = 0; i < COUNT_OF(metrics); i++) {
        assert_int_equal(sla_contract_builder_add_metric(builder, "x", SIZE_MAX, &metrics[i], &index, NULL),
                         SLA_INVALID_ARGUMENT);
    }
    for (size_t i = 0; i < COUNT_OF(objectives); i++) {
        assert_int_equal(sla_contract_builder_add_objective(builder, &objectives[i], &index, NULL), SLA_INVALID_ARGUMENT);
    }
    sla_contract_builder_free(builder);
}

static void a_target_without_calendar_has_the_default_one(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    sla_target rolled = target_of(SLA_TARGET_DURATION, 60);
    rolled.calendar = 0;
    rolled.roll = 1;
    const int32_t row = add_target(builder, rolled);
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "office", SIZE_MAX, NULL), SLA_OK);
    sla_contract *const contract = build(builder);
    sla_target seen;
    assert_int_equal(sla_contract_get_target(contract, 0, &seen), SLA_OK);
    assert_int_equal(seen.calendar, 1);
    assert_ptr_equal(sli_contract_target(contract, 0)->calendar, sla_contract_calendar(contract, 1));
    assert_null(sli_contract_target(contract, 0)->roll);
    assert_ptr_equal(sli_contract_target(contract, row)->calendar, sla_contract_calendar(contract, 0));
    assert_ptr_equal(sli_contract_target(contract, row)->roll, sla_contract_calendar(contract, 1));
    assert_null(sli_contract_target(contract, SLA_UNSAID));
    sla_contract_unref(contract);
}

static void validity_is_a_range_of_dates(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    static const struct {
        int32_t from;
        int32_t until;
        sla_status status;
    } cases[] = {{0, 1, SLA_OK},
                 {INT32_MIN, 1, SLA_OK},
                 {0, INT32_MAX, SLA_OK},
                 {INT32_MIN, INT32_MAX, SLA_OK},
                 {1, 1, SLA_INVALID_ARGUMENT},
                 {2, 1, SLA_INVALID_ARGUMENT},
                 {INT32_MIN + 1, 1, SLA_INVALID_ARGUMENT},
                 {0, INT32_MAX - 1, SLA_INVALID_ARGUMENT}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(sla_contract_builder_set_validity(builder, cases[i].from, cases[i].until, NULL), cases[i].status);
    }
    assert_int_equal(sla_contract_builder_set_unlisted(builder, 2, NULL), SLA_INVALID_ARGUMENT);
    sla_contract_builder_free(builder);
}

static void a_calendar_of_another_horizon_is_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    sla_zone *const zone = zone_of("UTC");
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_new_always(zone, 0, SLA_HORIZON_END - 1, &calendar, NULL), SLA_OK);
    int32_t index;
    sla_error error = {0};
    assert_int_equal(sla_contract_builder_add_calendar(builder, "short", SIZE_MAX, calendar, &index, &error),
                     SLA_INVALID_ARGUMENT);
    assert_non_null(strstr(error.message, "'short' has another horizon"));
    sla_calendar_unref(calendar);
    assert_int_equal(sla_calendar_new_always(zone, 0, SLA_HORIZON_END, &calendar, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_calendar(builder, "always", SIZE_MAX, calendar, &index, NULL), SLA_DUPLICATE);
    sla_calendar_unref(calendar);
    sla_zone_unref(zone);
    sla_contract_builder_free(builder);
}

/* ---- The built contract ---- */

static void a_builder_goes_on_after_building(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    sla_contract *first = NULL;
    assert_int_equal(sla_contract_builder_build(builder, &first, NULL), SLA_OK);
    add(builder, SLA_ELEMENT_CHANNEL, "fax");
    name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "fax");
    sla_contract *const second = build(builder);
    assert_int_equal(find(first, SLA_ELEMENT_CHANNEL, "fax"), SLA_UNKNOWN);
    assert_int_equal(sla_contract_count(first, SLA_ELEMENT_CHANNEL), 3);
    assert_int_equal(find(second, SLA_ELEMENT_CHANNEL, "fax"), 3);
    assert_ptr_equal(sla_contract_calendar(first, 1), sla_contract_calendar(second, 1));
    assert_ptr_equal(sla_contract_ref(first), first);
    sla_contract_unref(first);
    assert_string_equal(sla_contract_name(first, SLA_ELEMENT_CHANNEL, 0), "helpdesk");
    sla_contract_unref(first);
    sla_contract_unref(second);
}

static void names_and_aliases_are_found(void **state) {
    (void)state;
    sla_contract *const contract = build(furnished());
    static const struct {
        int32_t element;
        const char *name;
        int32_t index;
    } cases[] = {
        {SLA_ELEMENT_TIER, "premium", 1},        {SLA_ELEMENT_TIER, "gold", 1},
        {SLA_ELEMENT_TIER, "Gold", SLA_UNKNOWN}, {SLA_ELEMENT_TIER, "", SLA_UNKNOWN},
        {SLA_ELEMENT_SERVICE, "fix", 0},         {SLA_ELEMENT_SERVICE, "course", 1},
        {SLA_ELEMENT_EXCLUSION, "fix", 0},       {SLA_ELEMENT_EXCLUSION, "course", 1},
        {SLA_ELEMENT_CALENDAR, "office", 1},     {SLA_ELEMENT_FACT, "licence", 0},
        {SLA_ELEMENT_FACT, "partner", 1},        {SLA_ELEMENT_CRITERION, "urgent", 0},
        {SLA_ELEMENT_CONTRACT, "agreement", 0},  {SLA_ELEMENT_EVENT, "responded", 1},
        {SLA_ELEMENT_TARGET, "", SLA_UNKNOWN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(find(contract, cases[i].element, cases[i].name), cases[i].index);
    }
    int32_t value;
    assert_int_equal(sla_contract_find_value(contract, 0, "low", SIZE_MAX, &value), SLA_OK);
    assert_int_equal(value, 1);
    assert_int_equal(sla_contract_find_value(contract, 0, "medium", SIZE_MAX, &value), SLA_NOT_FOUND);
    assert_int_equal(value, SLA_UNKNOWN);
    assert_int_equal(sla_contract_find_value(contract, 1, "low", SIZE_MAX, &value), SLA_INVALID_ARGUMENT);
    assert_string_equal(sla_contract_value_name(contract, 0, 1), "low");
    assert_null(sla_contract_value_name(contract, 0, 2));
    assert_null(sla_contract_value_name(contract, 0, -1));
    assert_null(sla_contract_value_name(contract, 1, 0));
    assert_null(sla_contract_value_name(NULL, 0, 0));
    sla_contract_unref(contract);
}

/* §5: BCP 47, no regard to case; a listed language covers the tags that go on after a hyphen. */
static void section_5_a_language_covers_its_regions(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    add(builder, SLA_ELEMENT_LANGUAGE, "en");
    add(builder, SLA_ELEMENT_LANGUAGE, "pt-BR");
    add(builder, SLA_ELEMENT_LANGUAGE, "zh-Hant");
    sla_contract *const contract = build(builder);
    static const struct {
        const char *tag;
        int32_t index;
    } cases[] = {{"en", 0},
                 {"EN-gb", 0},
                 {"en-Latn-US", 0},
                 {"english", SLA_UNKNOWN},
                 {"e", SLA_UNKNOWN},
                 {"pt-br", 1},
                 {"pt", SLA_UNKNOWN},
                 {"pt-PT", SLA_UNKNOWN},
                 {"pt-BR-x-any", 1},
                 {"", SLA_UNKNOWN},
                 {"zh-Hant-TW", 2},
                 {"zh-Hans", SLA_UNKNOWN},
                 {"en_GB", SLA_UNKNOWN}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(find(contract, SLA_ELEMENT_LANGUAGE, cases[i].tag), cases[i].index);
    }
    sla_contract_unref(contract);
}

static void every_kind_of_element_carries_texts(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    const sla_objective objective = {0};
    int32_t index;
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    for (int32_t kind = SLA_ELEMENT_CONTRACT; kind <= SLA_ELEMENT_OBJECTIVE; kind++) {
        const int32_t at = kind == SLA_ELEMENT_EXCLUSION ? 1 : 0;
        assert_int_equal(sla_contract_builder_set_text(builder, kind, at, SLA_TEXT_NOTE, "old", SIZE_MAX, NULL), SLA_OK);
        assert_int_equal(sla_contract_builder_set_text(builder, kind, at, SLA_TEXT_NOTE, "two\nlines", SIZE_MAX, NULL),
                         SLA_OK);
        assert_int_equal(sla_contract_builder_set_text(builder, kind, 99, SLA_TEXT_NOTE, "x", 1, NULL),
                         SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(sla_contract_builder_set_text(builder, SLA_ELEMENT_TIER, 0, 3, "x", 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_set_text(builder, SLA_ELEMENT_TIER, 0, 0, "\xFF", 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_set_text(builder, SLA_ELEMENT_TIER, 0, 0, "a\0b", 3, NULL), SLA_INVALID_ARGUMENT);
    sla_contract *const contract = build(builder);
    for (int32_t kind = SLA_ELEMENT_CONTRACT; kind <= SLA_ELEMENT_OBJECTIVE; kind++) {
        const int32_t at = kind == SLA_ELEMENT_EXCLUSION ? 1 : 0;
        assert_string_equal(sla_contract_text(contract, kind, at, SLA_TEXT_NOTE), "two\nlines");
        assert_string_equal(sla_contract_text(contract, kind, at, SLA_TEXT_TITLE), "");
        assert_null(sla_contract_text(contract, kind, 99, SLA_TEXT_NOTE));
        assert_null(sla_contract_text(contract, kind, -1, SLA_TEXT_NOTE));
        assert_null(sla_contract_name(contract, kind, sla_contract_count(contract, kind)));
    }
    assert_null(sla_contract_text(contract, SLA_ELEMENT_TIER, 0, 3));
    sla_contract_unref(contract);
}

static void ready_made_metrics_are_known_by_name(void **state) {
    (void)state;
    static const char *const names[] = {"first-response", "next-response",    "periodic-update", "pausable-update",
                                        "resolution",     "total-resolution", "requester-wait",  "agent-work"};
    const ready_metric *metric = NULL;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_int_equal(sli_find_ready_metric(sli_text(names[i], SIZE_MAX), &metric, NULL), SLA_OK);
        assert_ptr_equal(metric, sli_ready_metric(i));
        assert_string_equal(metric->name, names[i]);
        assert_non_null(metric->start[0]);
        assert_non_null(metric->stop[0]);
        assert_null(metric->start[SLI_READY_EVENTS_MAX - 1]);
        assert_string_equal(metric->cancel[0], "withdrawn");
    }
    assert_null(sli_ready_metric(SLI_READY_METRIC_COUNT));
    sla_error error = {0};
    assert_int_equal(sli_find_ready_metric(sli_text("resolutoin", SIZE_MAX), &metric, &error), SLA_NOT_FOUND);
    assert_null(metric);
    assert_non_null(strstr(error.message, "did you mean 'resolution'?"));
}

static void missing_pointers_are_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = furnished();
    sla_contract *contract = NULL;
    int32_t index;
    sla_calendar *const always = hours("UTC", WEEKDAYS, 0, HOUR);
    const sla_metric metric = {0};
    const sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
    const sla_objective objective = {0};
    const sla_status statuses[] = {
        sla_contract_builder_new("x", 1, NULL, 0, 1, NULL, NULL),
        sla_contract_builder_set_validity(NULL, 0, 1, NULL),
        sla_contract_builder_set_unlisted(NULL, 0, NULL),
        sla_contract_builder_add_calendar(NULL, "x", 1, always, &index, NULL),
        sla_contract_builder_add_calendar(builder, "x", 1, NULL, &index, NULL),
        sla_contract_builder_add_calendar(builder, "x", 1, always, NULL, NULL),
        sla_contract_builder_set_default_calendar(NULL, "x", 1, NULL),
        sla_contract_builder_add(NULL, SLA_ELEMENT_TIER, "x", 1, &index, NULL),
        sla_contract_builder_add(builder, SLA_ELEMENT_TIER, "x", 1, NULL, NULL),
        sla_contract_builder_add(builder, SLA_ELEMENT_TIER, NULL, 1, &index, NULL),
        sla_contract_builder_add_name(NULL, SLA_ELEMENT_TIER, 0, 0, "x", 1, NULL),
        sla_contract_builder_set_text(NULL, SLA_ELEMENT_TIER, 0, 0, "x", 1, NULL),
        sla_contract_builder_add_condition(NULL, SLA_ELEMENT_RULE, 0, "tier", 4, "top", 3, NULL),
        sla_contract_builder_add_metric(NULL, "x", 1, &metric, &index, NULL),
        sla_contract_builder_add_metric(builder, "x", 1, NULL, &index, NULL),
        sla_contract_builder_add_metric(builder, "x", 1, &metric, NULL, NULL),
        sla_contract_builder_add_target(NULL, &target, &index, NULL),
        sla_contract_builder_add_target(builder, NULL, &index, NULL),
        sla_contract_builder_add_objective(NULL, &objective, &index, NULL),
        sla_contract_builder_add_objective(builder, &objective, NULL, NULL),
        sla_contract_builder_find(NULL, SLA_ELEMENT_TIER, "x", 1, &index),
        sla_contract_builder_find(builder, SLA_ELEMENT_TIER, "x", 1, NULL),
        sla_contract_builder_find(builder, 99, "x", 1, &index),
        sla_contract_builder_build(NULL, &contract, NULL),
        sla_contract_builder_build(builder, NULL, NULL),
        sla_contract_find(NULL, SLA_ELEMENT_TIER, "x", 1, &index),
        sla_contract_check(NULL, NULL, NULL),
    };
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        assert_int_equal(statuses[i], SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(sla_contract_count(NULL, SLA_ELEMENT_TIER), 0);
    assert_null(sla_contract_name(NULL, SLA_ELEMENT_TIER, 0));
    assert_null(sla_contract_zone(NULL));
    assert_null(sla_contract_ref(NULL));
    sla_contract_unref(NULL);
    sla_contract_builder_free(NULL);
    sla_calendar_unref(always);
    sla_contract_builder_free(builder);
}

/* What fails gives index 0, also where there is no builder or document to fail in. */
static void without_a_builder_there_is_no_index(void **state) {
    (void)state;
    const sla_metric metric = {0};
    const sla_target target = {.kind = SLA_TARGET_IMMEDIATE, .by = -1, .calendar = -1, .roll = -1};
    const sla_objective objective = {0};
    int32_t index[] = {7, 7, 7, 7, 7, 7, 7};
    const sla_status statuses[] = {
        sla_contract_builder_add(NULL, SLA_ELEMENT_TIER, "a", SIZE_MAX, &index[0], NULL),
        sla_contract_builder_add_metric(NULL, "a", SIZE_MAX, &metric, &index[1], NULL),
        sla_contract_builder_add_target(NULL, &target, &index[2], NULL),
        sla_contract_builder_add_objective(NULL, &objective, &index[3], NULL),
        sla_contract_builder_add_calendar(NULL, "a", SIZE_MAX, NULL, &index[4], NULL),
        sla_contract_builder_add_contract(NULL, NULL, &index[5], NULL),
        sla_document_add_contract(NULL, NULL, &index[6], NULL),
    };
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        assert_int_equal(statuses[i], SLA_INVALID_ARGUMENT);
        assert_int_equal(index[i], 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_builder_there_is_no_index),
        cmocka_unit_test(a_call_that_fails_says_why_and_changes_nothing),
        cmocka_unit_test(a_long_name_is_refused_and_one_of_255_bytes_is_not),
        cmocka_unit_test(kinds_have_their_limits),
        cmocka_unit_test(givens_are_the_first_of_their_kinds),
        cmocka_unit_test(a_contract_without_metrics_has_response),
        cmocka_unit_test(a_metric_of_its_own_replaces_response),
        cmocka_unit_test(a_metric_needs_start_and_stop),
        cmocka_unit_test(one_event_can_play_several_roles),
        cmocka_unit_test(facts_of_services_become_required_when_they_are_added),
        cmocka_unit_test(rules_of_one_name_share_a_criterion),
        cmocka_unit_test(a_service_on_both_lists_has_one_index),
        cmocka_unit_test(targets_out_of_range_are_refused),
        cmocka_unit_test(metrics_and_objectives_out_of_range_are_refused),
        cmocka_unit_test(a_target_without_calendar_has_the_default_one),
        cmocka_unit_test(validity_is_a_range_of_dates),
        cmocka_unit_test(a_calendar_of_another_horizon_is_refused),
        cmocka_unit_test(a_builder_goes_on_after_building),
        cmocka_unit_test(names_and_aliases_are_found),
        cmocka_unit_test(section_5_a_language_covers_its_regions),
        cmocka_unit_test(every_kind_of_element_carries_texts),
        cmocka_unit_test(ready_made_metrics_are_known_by_name),
        cmocka_unit_test(missing_pointers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
