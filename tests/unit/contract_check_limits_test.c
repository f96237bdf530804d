/* SPDX-License-Identifier: MIT */
/* Checking a contract (§6): what is found word for word, and where a search ends. */
#include "contract_fixture.h"

#include "base/base.h"

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

/* ---- Findings, all of them and no others ---- */

enum { FINDINGS_MAX = 4 };

static void expect_findings(sla_contract_builder *builder, sla_status status, const char *const expected[][2]) {
    sla_contract *const contract = build(builder);
    sla_diagnostics *found = NULL;
    size_t count = 0;
    assert_int_equal(sla_diagnostics_new(100, &found), SLA_OK);
    assert_int_equal(sla_contract_check(contract, found, NULL), status);
    for (; count < FINDINGS_MAX && expected[count][0] != NULL; count++) {
        sla_error finding = {0};
        sla_diagnostics_get(found, count, &finding);
        assert_string_equal(finding.path, expected[count][0]);
        assert_string_equal(finding.message, expected[count][1]);
        assert_int_equal(finding.severity, SLA_SEVERITY_WARNING);
    }
    assert_int_equal(sla_diagnostics_count(found), count);
    sla_diagnostics_free(found);
    sla_contract_unref(contract);
}

/* Every request has a response target, and nothing is to be found. */
static sla_contract_builder *quiet(void) {
    sla_contract_builder *const builder = new_short_builder();
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    return builder;
}

typedef struct check_case {
    void (*add)(sla_contract_builder *builder);
    const char *findings[FINDINGS_MAX][2]; /* path, message */
} check_case;

static void check_cases(const check_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sla_contract_builder *const builder = quiet();
        cases[i].add(builder);
        expect_findings(builder, SLA_OK, cases[i].findings);
    }
}

/* ---- What nothing uses ---- */

static int32_t add_short_calendar(sla_contract_builder *builder, const char *called) {
    return add_calendar(builder, called,
                        hours_over("UTC", instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"), 127, 0, HOUR));
}

static void calendar_of_nothing(sla_contract_builder *builder) {
    add_short_calendar(builder, "night");
}

static void calendar_of_the_second_target(sla_contract_builder *builder) {
    sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
    target.calendar = add_short_calendar(builder, "night");
    add_target(builder, target);
}

static void roll_of_the_second_target(sla_contract_builder *builder) {
    sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
    target.roll = add_short_calendar(builder, "night");
    add_target(builder, target);
}

static void calendar_of_the_second_channel(sla_contract_builder *builder) {
    add_short_calendar(builder, "night");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    name(builder, SLA_ELEMENT_CHANNEL, add(builder, SLA_ELEMENT_CHANNEL, "phone"), SLA_NAME_CALENDAR, "night");
}

static void default_calendar(sla_contract_builder *builder) {
    add_short_calendar(builder, "night");
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "night", SIZE_MAX, NULL), SLA_OK);
}

/* Two channels that no tier offers; the tier has the number of the second. */
static void two_channels(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_TIER, "silver");
    add(builder, SLA_ELEMENT_TIER, "gold");
}

/* A row for the second tier is none for the second channel. */
static void channel_of_a_rule(sla_contract_builder *builder) {
    two_channels(builder);
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "channel", "email");
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "tier", "gold");
    add(builder, SLA_ELEMENT_RULE, "normal");
}

static void channel_of_a_target(sla_contract_builder *builder) {
    two_channels(builder);
    const int32_t row = add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    ask(builder, SLA_ELEMENT_TARGET, row, "tier", "gold");
    ask(builder, SLA_ELEMENT_TARGET, row, "channel", "email");
}

static void channel_of_an_objective(sla_contract_builder *builder) {
    const sla_objective objective = {0};
    int32_t index;
    two_channels(builder);
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    ask(builder, SLA_ELEMENT_OBJECTIVE, index, "channel", "phone");
}

static void services_on_one_list(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
}

/* The second covered service and the third channel, both beyond the first of their kind. */
static void what_comes_later(sla_contract_builder *builder) {
    two_channels(builder);
    name(builder, SLA_ELEMENT_TIER, 1, SLA_NAME_CHANNEL, "email");
    name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_CHANNEL, "fax");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_SERVICE, "training");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
}

static void what_nothing_uses(void **state) {
    (void)state;
    static const char email[] = "no tier offers the channel 'email'";
    static const char phone[] = "no tier offers the channel 'phone'";
    static const check_case cases[] = {
        {calendar_of_nothing, {{"calendars.night", "no target, channel or other calendar uses the calendar 'night'"}}},
        {calendar_of_the_second_target, {{NULL, NULL}}},
        {roll_of_the_second_target, {{NULL, NULL}}},
        {calendar_of_the_second_channel, {{NULL, NULL}}},
        {default_calendar, {{NULL, NULL}}},
        {two_channels, {{"channels.email", email}, {"channels.phone", phone}}},
        {channel_of_a_rule, {{"channels.phone", phone}}},
        {channel_of_a_target, {{"channels.phone", phone}}},
        {channel_of_an_objective, {{"channels.email", email}}},
        {services_on_one_list, {{NULL, NULL}}},
        {what_comes_later,
         {{"channels.fax", "no tier offers the channel 'fax'"},
          {"services.covered.training",
           "the service 'training' is covered and, as 'training', excluded; the exclusion wins"}}},
    };
    check_cases(cases, COUNT_OF(cases));
}

static void the_first_target_uses_calendars(void **state) {
    (void)state;
    for (int32_t is_roll = 0; is_roll < 2; is_roll++) {
        sla_contract_builder *const builder = new_short_builder();
        sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
        *(is_roll != 0 ? &target.roll : &target.calendar) = add_short_calendar(builder, "night");
        add_target(builder, target);
        expect_findings(builder, SLA_OK, (const char *const[FINDINGS_MAX][2]){{NULL, NULL}});
    }
}

/* A path holds 127 bytes: "channels." and 118 of the name, less what is half a character. */
static void long_names_are_cut_between_characters(void **state) {
    (void)state;
    static const struct {
        const char *before;
        const char *repeated;
        size_t times;
        size_t kept; /* bytes of the name */
    } cases[] = {
        {"", "x", 117, 117}, {"", "x", 118, 118}, {"", "x", 119, 118},  {"", "é", 59, 118},
        {"", "é", 60, 118},  {"a", "é", 59, 117}, {"a", "é", 60, 117},  {"", "🕐", 29, 116},
        {"", "🕐", 30, 116},  {"a", "🕐", 30, 117}, {"ab", "🕐", 30, 118}, {"abc", "🕐", 30, 115},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char called[256];
        char path[256];
        char message[344];
        strcpy(called, cases[i].before);
        for (size_t n = 0; n < cases[i].times; n++) {
            strcat(called, cases[i].repeated);
        }
        snprintf(path, sizeof path, "channels.%.*s", (int)cases[i].kept, called);
        sla_contract_builder *const builder = quiet();
        add(builder, SLA_ELEMENT_TIER, "gold");
        add(builder, SLA_ELEMENT_CHANNEL, called);
        sla_contract *const contract = build(builder);
        sla_diagnostics *found = NULL;
        sla_error finding = {0};
        assert_int_equal(sla_diagnostics_new(1, &found), SLA_OK);
        assert_int_equal(sla_contract_check(contract, found, NULL), SLA_OK);
        assert_int_equal(sla_diagnostics_get(found, 0, &finding), SLA_OK);
        assert_string_equal(finding.path, path);
        snprintf(message, sizeof message, "no tier offers the channel '%.12s", called);
        assert_memory_equal(finding.message, message, strlen(message));
        sla_diagnostics_free(found);
        sla_contract_unref(contract);
    }
}

/* ---- The criteria table ---- */

static void rule_for_service(sla_contract_builder *builder, const char *service) {
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "service", service);
}

static void one_of_two_services(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
    rule_for_service(builder, "advice");
}

static void all_services(sla_contract_builder *builder) {
    one_of_two_services(builder);
    rule_for_service(builder, "training");
}

static void all_services_and_no_others(sla_contract_builder *builder) {
    all_services(builder);
    assert_int_equal(sla_contract_builder_set_unlisted(builder, SLA_UNLISTED_EXCLUDED, NULL), SLA_OK);
}

static void all_tiers(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_TIER, "silver");
    add(builder, SLA_ELEMENT_TIER, "gold");
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "tier", "gold");
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "tier", "silver");
}

static void one_of_two_channels(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "normal"), "channel", "phone");
}

static void two_attributes(sla_contract_builder *builder) {
    static const char *const values[] = {"low", "high"};
    static const char *const called[] = {"impact", "urgency"};
    for (size_t i = 0; i < COUNT_OF(called); i++) {
        const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, called[i]);
        for (size_t n = 0; n < COUNT_OF(values); n++) {
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, values[n]);
        }
    }
    const int32_t row = add(builder, SLA_ELEMENT_RULE, "normal");
    ask(builder, SLA_ELEMENT_RULE, row, "impact", "high");
    ask(builder, SLA_ELEMENT_RULE, row, "urgency", "high");
}

static void a_row_for_all(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_RULE, "normal");
}

static void gaps_by_example(void **state) {
    (void)state;
    static const check_case cases[] = {
        {one_of_two_services, {{"criteria", "no row of the criteria table accepts {service: training}"}}},
        {all_services, {{"criteria", "no row of the criteria table accepts {service: on no list}"}}},
        {all_services_and_no_others, {{NULL, NULL}}},
        {all_tiers, {{NULL, NULL}}},
        {one_of_two_channels, {{"criteria", "no row of the criteria table accepts {channel: email}"}}},
        {two_attributes, {{"criteria", "no row of the criteria table accepts {impact: low, urgency: high}"}}},
        {a_row_for_all, {{NULL, NULL}}},
    };
    check_cases(cases, COUNT_OF(cases));
}

/* A row that asks for the first of one kind and the second of another is reached, and the row behind it by all else. */
static void rows_that_ask_for_two_things_are_reached(void **state) {
    (void)state;
    static const struct {
        const char *keys[2];
        const char *values[2];
    } cases[] = {
        {{"tier", "channel"}, {"silver", "phone"}},      {{"tier", "channel"}, {"gold", "email"}},
        {{"tier", "service"}, {"silver", "training"}},   {{"tier", "impact"}, {"silver", "high"}},
        {{"channel", "service"}, {"email", "training"}}, {{"channel", "service"}, {"phone", "advice"}},
        {{"channel", "impact"}, {"email", "high"}},      {{"service", "impact"}, {"advice", "high"}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = quiet();
        two_channels(builder);
        name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "email");
        name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "phone");
        add(builder, SLA_ELEMENT_SERVICE, "advice");
        add(builder, SLA_ELEMENT_SERVICE, "training");
        if (strcmp(cases[i].keys[1], "impact") == 0) { /* which is told where no row asks for it */
            const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
            name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "low");
            name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "high");
        }
        const int32_t row = add(builder, SLA_ELEMENT_RULE, "normal");
        for (size_t n = 0; n < 2; n++) {
            ask(builder, SLA_ELEMENT_RULE, row, cases[i].keys[n], cases[i].values[n]);
        }
        add(builder, SLA_ELEMENT_RULE, "normal");
        expect_findings(builder, SLA_OK, (const char *const[FINDINGS_MAX][2]){{NULL, NULL}});
    }
}

/* An example of 255 bytes is told whole, a longer one as far as it goes. */
static void long_examples_are_cut(void **state) {
    (void)state;
    static const struct {
        const char *third; /* attribute, after two of a hundred bytes */
        const char *expected;
    } cases[] = {
        {TEN TEN TEN TEN, "a" FIFTY FIFTY ": v, b" FIFTY FIFTY ": w, " TEN TEN TEN TEN ": w}"},
        {TEN TEN TEN TEN "1", "a" FIFTY FIFTY ": v, b" FIFTY FIFTY ": w, " TEN TEN TEN TEN "1: } …"},
        {FIFTY FIFTY FIFTY, "a" FIFTY FIFTY ": v, b" FIFTY FIFTY ": w, " TEN TEN TEN TEN "012} …"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *const called[] = {"a" FIFTY FIFTY, "b" FIFTY FIFTY, cases[i].third, "last"};
        sla_contract_builder *const builder = quiet();
        const int32_t row = add(builder, SLA_ELEMENT_RULE, "normal");
        const size_t count = i == 0 ? 3 : 4; /* nothing is added to what is cut */
        for (size_t n = 0; n < count; n++) {
            const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, called[n]);
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, "w");
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, "v");
            ask(builder, SLA_ELEMENT_RULE, row, called[n], "w");
        }
        char message[400];
        snprintf(message, sizeof message, "no row of the criteria table accepts {%s", cases[i].expected);
        expect_findings(builder, SLA_OK, (const char *const[FINDINGS_MAX][2]){{"criteria", message}});
    }
}

/* A row that so many rows before it shadow together. Up to eight of them are named. */
static void shadows_are_named(void **state) {
    (void)state;
    static const struct {
        int32_t shadows;
        const char *expected;
    } cases[] = {
        {1, "criteria[0] before it accepts all that it accepts"},
        {2, "criteria[0], criteria[1] before it accept all that it accepts"},
        {8, "criteria[0], criteria[1], criteria[2], criteria[3], criteria[4], criteria[5], criteria[6], criteria[7] before "
            "it accept all that it accepts"},
        {9, "criteria[0], criteria[1], criteria[2], criteria[3], criteria[4], criteria[5], criteria[6], criteria[7] and "
            "others before it accept all that it accepts"},
        {12, "criteria[0], criteria[1], criteria[2], criteria[3], criteria[4], criteria[5], criteria[6], criteria[7] and "
             "others before it accept all that it accepts"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = quiet();
        const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
        for (int32_t n = 0; n < cases[i].shadows; n++) {
            const char value[] = {(char)('a' + n), '\0'};
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, value);
            ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "each"), "impact", value);
        }
        const int32_t row = add(builder, SLA_ELEMENT_RULE, "all");
        for (int32_t n = 0; n < cases[i].shadows; n++) {
            const char value[] = {(char)('a' + n), '\0'};
            ask(builder, SLA_ELEMENT_RULE, row, "impact", value);
        }
        char path[32];
        char message[400];
        snprintf(path, sizeof path, "criteria[%d]", (int)row);
        snprintf(message, sizeof message, "this row ('all') is never reached: %s", cases[i].expected);
        expect_findings(builder, SLA_OK, (const char *const[FINDINGS_MAX][2]){{path, message}});
    }
}

/* ---- Targets ---- */

static void expect_of_targets(const char *const *criteria, const char *const *tiers, const char *const *metrics,
                              const sla_target *targets, size_t target_count, const char *const findings[FINDINGS_MAX][2]) {
    sla_contract_builder *const builder = new_short_builder();
    const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, "kind");
    for (; *criteria != NULL; criteria++) {
        name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, *criteria);
        ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, *criteria), "kind", *criteria);
    }
    for (; *tiers != NULL; tiers++) {
        add(builder, SLA_ELEMENT_TIER, *tiers);
    }
    for (size_t i = 0; metrics[i] != NULL; i++) {
        add_metric(builder, metrics[i], "received", metrics[i]);
    }
    for (size_t i = 0; i < target_count; i++) {
        add_target(builder, targets[i]);
        ask(builder, SLA_ELEMENT_TARGET, (int32_t)i, "metric", metrics[i]);
    }
    expect_findings(builder, SLA_OK, findings);
}

static void pairs_without_a_response_target(void **state) {
    (void)state;
    static const char unused[] = "no row of the criteria table asks for the attribute 'kind'";
    static const struct {
        const char *criteria[3];
        const char *tiers[3];
        const char *metrics[2];
        const char *findings[FINDINGS_MAX][2];
    } cases[] = {
        {{NULL},
         {NULL},
         {"response", NULL},
         {{"targets", "no target row gives any request a response target"}, {"attributes.kind", unused}}},
        {{"a", NULL}, {NULL}, {"response", NULL}, {{"targets", "no target row gives criterion 'a' a response target"}}},
        {{NULL},
         {"gold", NULL},
         {"response", NULL},
         {{"targets", "no target row gives tier 'gold' a response target"}, {"attributes.kind", unused}}},
        {{"a", "b", NULL},
         {"gold", NULL},
         {"response", NULL},
         {{"targets", "no target row gives criterion 'a' in tier 'gold' a response target"},
          {"targets", "no target row gives criterion 'b' in tier 'gold' a response target"}}},
        {{"a", NULL}, {"gold", NULL}, {"resolution", NULL}, {{NULL, NULL}}}, /* nobody promises a response */
        {{"a", NULL}, {"gold", NULL}, {"work", NULL}, {{NULL, NULL}}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        expect_of_targets(cases[i].criteria, cases[i].tiers, cases[i].metrics, NULL, 0, cases[i].findings);
    }
}

static void responses_slower_than_resolutions(void **state) {
    (void)state;
    enum { AT_ONCE = SLA_TARGET_IMMEDIATE, DURATION = SLA_TARGET_DURATION, DAYS = SLA_TARGET_BUSINESS_DAYS };
    static const char *const criteria[] = {"a", "b", NULL};
    static const char *const tiers[] = {NULL};
    static const char *const metrics[] = {"response", "resolution", NULL};
    static const struct {
        int32_t kinds[2]; /* of response and resolution */
        int64_t amounts[2];
        const char *finding;
    } cases[] = {
        {{DURATION, DURATION},
         {3601, 3600},
         "the response target of criterion 'a' (3601 s) is slower than its resolution target in targets[1] (3600)"},
        {{DURATION, DURATION}, {3600, 3600}, NULL},
        {{DAYS, DAYS},
         {3, 2},
         "the response target of criterion 'a' (3 business days) is slower than its resolution target in targets[1] (2)"},
        {{DAYS, DAYS}, {2, 2}, NULL},
        {{AT_ONCE, AT_ONCE}, {2, 1}, NULL},
        {{SLA_TARGET_BEST_EFFORT, SLA_TARGET_BEST_EFFORT}, {2, 1}, NULL},
        {{DURATION, DAYS}, {3, 2}, NULL},
        {{DAYS, DURATION}, {3, 2}, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const sla_target targets[] = {target_of(cases[i].kinds[0], cases[i].amounts[0]),
                                      target_of(cases[i].kinds[1], cases[i].amounts[1])};
        const char *const path = cases[i].finding == NULL ? NULL : "targets[0]";
        expect_of_targets(criteria, tiers, metrics, targets, 2,
                          (const char *const[FINDINGS_MAX][2]){{path, cases[i].finding}});
    }
}

/* Resolutions alone are compared with nothing. */
static void resolutions_without_responses(void **state) {
    (void)state;
    static const char *const none[] = {NULL};
    static const char *const criteria[] = {"a", NULL};
    static const char *const metrics[] = {"resolution", NULL};
    const sla_target target = target_of(SLA_TARGET_DURATION, 1);
    expect_of_targets(criteria, none, metrics, &target, 1, (const char *const[FINDINGS_MAX][2]){{NULL, NULL}});
}

/* Where there is no metric of the one name, rows for any metric are no promise of it. */
static void rows_for_any_metric_are_not_compared(void **state) {
    (void)state;
    static const struct {
        const char *metric;
        int64_t amounts[2]; /* of a row for the metric, and of one for any */
    } cases[] = {{"resolution", {HOUR, 2 * HOUR}}, {"response", {2 * HOUR, HOUR}}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_short_builder();
        add_metric(builder, cases[i].metric, "received", "done");
        for (int32_t row = 0; row < 2; row++) {
            add_target(builder, target_of(SLA_TARGET_DURATION, cases[i].amounts[row]));
        }
        ask(builder, SLA_ELEMENT_TARGET, 0, "metric", cases[i].metric);
        expect_findings(builder, SLA_OK, (const char *const[FINDINGS_MAX][2]){{NULL, NULL}});
    }
}

/* A criterion with one of the two promises alone has nothing to compare, whatever another criterion was found to have. */
static void a_promise_alone_is_compared_with_nothing(void **state) {
    (void)state;
    static const char slower[] = "the response target of criterion 'a' in tier 'gold' (7200 s) is slower than its "
                                 "resolution target in targets[1] (3600)";
    static const char none_of_a[] = "no target row gives criterion 'a' in tier 'gold' a response target";
    static const char none_of_b[] = "no target row gives criterion 'b' in tier 'gold' a response target";
    static const struct {
        const char *metrics[2]; /* of rows of two hours and one */
        const char *criteria[2];
        const char *findings[FINDINGS_MAX][2];
    } cases[] = {
        {{"response", "resolution"}, {NULL, "a"}, {{"targets[0]", slower}}},
        {{"response", "resolution"}, {"a", NULL}, {{"targets[0]", slower}, {"targets", none_of_b}}},
        {{"response", "response"}, {NULL, NULL}, {{NULL, NULL}}},
        {{"resolution", "resolution"}, {NULL, NULL}, {{"targets", none_of_a}, {"targets", none_of_b}}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_short_builder();
        add(builder, SLA_ELEMENT_TIER, "gold");
        ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "a"), "tier", "gold");
        add(builder, SLA_ELEMENT_RULE, "b");
        add_metric(builder, "response", "received", "responded");
        add_metric(builder, "resolution", "received", "resolved");
        for (int32_t row = 0; row < 2; row++) {
            add_target(builder, target_of(SLA_TARGET_DURATION, (2 - row) * HOUR));
            ask(builder, SLA_ELEMENT_TARGET, row, "metric", cases[i].metrics[row]);
            if (cases[i].criteria[row] != NULL) {
                ask(builder, SLA_ELEMENT_TARGET, row, "criterion", cases[i].criteria[row]);
            }
        }
        expect_findings(builder, SLA_OK, cases[i].findings);
    }
}

/* 1001 × 257 pairs with the row that is none: 389 rows are one too many for a hundred million comparisons. */
static void a_search_that_is_too_large_is_left_out(void **state) {
    (void)state;
    enum { CRITERIA = 1000, TIERS = 256 };
    for (size_t rows = 387; rows <= 388; rows++) {
        sla_contract_builder *const builder = quiet();
        const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, "kind");
        for (int32_t i = 0; i < CRITERIA; i++) {
            char called[16];
            snprintf(called, sizeof called, "%d", (int)i);
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, called);
            ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, called), "kind", called);
            if (i < TIERS) {
                add(builder, SLA_ELEMENT_TIER, called);
            }
        }
        for (size_t i = 1; i < rows; i++) {
            add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
        }
        const char *const path = rows == 387 ? NULL : "targets";
        expect_findings(builder, rows == 387 ? SLA_OK : SLA_LIMIT,
                        (const char *const[FINDINGS_MAX][2]){
                            {path, "the search for criteria and tiers without a response target is left out: "
                                   "there are too many combinations"}});
    }
}

/* 401 × 401 combinations: with 622 rows they are more than a hundred million comparisons, though not a million. */
static void a_table_that_is_too_large_is_left_out(void **state) {
    (void)state;
    sla_contract_builder *const builder = quiet();
    for (int32_t row = 0; row < 622; row++) {
        add(builder, SLA_ELEMENT_RULE, "normal");
    }
    for (int32_t i = 0; i < 2; i++) {
        const char *const called = i == 0 ? "impact" : "urgency";
        const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, called);
        for (int32_t value = 0; value < 400; value++) {
            char written[16];
            snprintf(written, sizeof written, "%d", (int)value);
            name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, written);
            ask(builder, SLA_ELEMENT_RULE, 0, called, written);
        }
    }
    expect_findings(builder, SLA_LIMIT,
                    (const char *const[FINDINGS_MAX][2]){
                        {"criteria", "the search for gaps and unreachable rows of the criteria table is left out: "
                                     "there are too many combinations"}});
}

static void a_check_needs_a_contract_and_a_list(void **state) {
    (void)state;
    sla_contract *const contract = build(quiet());
    sla_diagnostics *found = NULL;
    sla_error error;
    assert_int_equal(sla_diagnostics_new(1, &found), SLA_OK);
    assert_int_equal(sla_contract_check(NULL, found, &error), SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "a contract and diagnostics for the findings are needed");
    assert_int_equal(sla_contract_check(contract, NULL, &error), SLA_INVALID_ARGUMENT);
    sla_diagnostics_free(found);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nothing_uses),
        cmocka_unit_test(the_first_target_uses_calendars),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(gaps_by_example),
        cmocka_unit_test(rows_that_ask_for_two_things_are_reached),
        cmocka_unit_test(long_examples_are_cut),
        cmocka_unit_test(shadows_are_named),
        cmocka_unit_test(pairs_without_a_response_target),
        cmocka_unit_test(responses_slower_than_resolutions),
        cmocka_unit_test(resolutions_without_responses),
        cmocka_unit_test(rows_for_any_metric_are_not_compared),
        cmocka_unit_test(a_promise_alone_is_compared_with_nothing),
        cmocka_unit_test(a_search_that_is_too_large_is_left_out),
        cmocka_unit_test(a_table_that_is_too_large_is_left_out),
        cmocka_unit_test(a_check_needs_a_contract_and_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
