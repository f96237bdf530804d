/* SPDX-License-Identifier: MIT */
/* Checking a contract (§6): each finding where it belongs, and none where it does not. */
#include "contract_fixture.h"

/* ---- A contract in which nothing is wrong, to which each case adds its fault ---- */

static sla_contract_builder *sound(void) {
    sla_contract_builder *const builder = new_builder("UTC");
    add_hours(builder, "office", "UTC", WEEKDAYS, 9 * HOUR, 17 * HOUR);
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "office", SIZE_MAX, NULL), SLA_OK);
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    const int32_t standard = add(builder, SLA_ELEMENT_TIER, "standard");
    name(builder, SLA_ELEMENT_TIER, standard, SLA_NAME_CHANNEL, "email");
    const int32_t premium = add(builder, SLA_ELEMENT_TIER, "premium");
    name(builder, SLA_ELEMENT_TIER, premium, SLA_NAME_INCLUDED, "standard");
    const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "high");
    name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, "low");
    const int32_t urgent = add(builder, SLA_ELEMENT_RULE, "urgent");
    ask(builder, SLA_ELEMENT_RULE, urgent, "impact", "high");
    const int32_t normal = add(builder, SLA_ELEMENT_RULE, "normal");
    ask(builder, SLA_ELEMENT_RULE, normal, "impact", "low");
    add_metric(builder, "response", "received", "responded");
    add_metric(builder, "resolution", "received", "resolved");
    const int32_t first = add_target(builder, target_of(SLA_TARGET_DURATION, 4 * HOUR));
    ask(builder, SLA_ELEMENT_TARGET, first, "metric", "response");
    ask(builder, SLA_ELEMENT_TARGET, first, "criterion", "urgent");
    const int32_t second = add_target(builder, target_of(SLA_TARGET_DURATION, 8 * HOUR));
    ask(builder, SLA_ELEMENT_TARGET, second, "metric", "response");
    ask(builder, SLA_ELEMENT_TARGET, second, "criterion", "normal");
    return builder;
}

static void nothing_wrong(sla_contract_builder *builder) {
    (void)builder;
}

static void add_unused_calendar(sla_contract_builder *builder) {
    add_hours(builder, "night", "UTC", WEEKDAYS, 0, HOUR);
}

static void add_calendar_of_a_channel(sla_contract_builder *builder) {
    add_hours(builder, "night", "UTC", WEEKDAYS, 0, HOUR);
    name(builder, SLA_ELEMENT_CHANNEL, 0, SLA_NAME_CALENDAR, "night");
}

static void add_calendar_of_a_roll(sla_contract_builder *builder) {
    sla_target rolled = target_of(SLA_TARGET_BEST_EFFORT, 0);
    rolled.roll = add_hours(builder, "night", "UTC", WEEKDAYS, 0, HOUR);
    add_target(builder, rolled);
}

/* §2.4: what a combination is made of is used by it, but a combination that nothing uses is not. */
static void add_calendars_of_a_combination(sla_contract_builder *builder) {
    sla_calendar *const parts[] = {hours("UTC", SLA_MONDAY, 0, HOUR), hours("UTC", SLA_SUNDAY, 0, HOUR)};
    sla_zone *const zone = zone_of("UTC");
    sla_calendar *both = NULL;
    assert_int_equal(sla_calendar_combine(SLA_UNION, parts, 2, zone, &both, NULL), SLA_OK);
    int32_t index;
    assert_int_equal(sla_contract_builder_add_calendar(builder, "a", SIZE_MAX, parts[0], &index, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_calendar(builder, "b", SIZE_MAX, parts[1], &index, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_calendar(builder, "both", SIZE_MAX, both, &index, NULL), SLA_OK);
    sla_calendar_unref(parts[0]);
    sla_calendar_unref(parts[1]);
    sla_calendar_unref(both);
    sla_zone_unref(zone);
}

static void add_unused_channel(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_CHANNEL, "fax");
}

static void add_unused_attribute(sla_contract_builder *builder) {
    const int32_t mood = add(builder, SLA_ELEMENT_ATTRIBUTE, "mood");
    name(builder, SLA_ELEMENT_ATTRIBUTE, mood, SLA_NAME_VALUE, "bad");
}

static void add_service_on_both_lists(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_EXCLUSION, "advice");
}

static void add_alias_on_the_other_list(sla_contract_builder *builder) {
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_ALIAS, "fix");
    add(builder, SLA_ELEMENT_EXCLUSION, "fix");
}

static void add_gap(sla_contract_builder *builder) {
    name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "none");
}

static void add_gap_of_a_tier(sla_contract_builder *builder) {
    add_gap(builder);
    const int32_t row = add(builder, SLA_ELEMENT_RULE, "normal");
    ask(builder, SLA_ELEMENT_RULE, row, "tier", "premium");
}

static void add_shadowed_row(sla_contract_builder *builder) {
    const int32_t row = add(builder, SLA_ELEMENT_RULE, "normal");
    ask(builder, SLA_ELEMENT_RULE, row, "impact", "high");
    ask(builder, SLA_ELEMENT_RULE, row, "impact", "low");
    ask(builder, SLA_ELEMENT_RULE, row, "tier", "premium");
}

/* A request that does not say its impact reaches such a row. */
static void add_row_for_the_rest(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_RULE, "normal");
}

static void add_rows_after_the_last(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_RULE, "normal");
    const int32_t row = add(builder, SLA_ELEMENT_RULE, "urgent");
    ask(builder, SLA_ELEMENT_RULE, row, "channel", "email");
}

static void add_criterion_without_target(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_RULE, "minor");
    const int32_t row = add_target(builder, target_of(SLA_TARGET_BEST_EFFORT, 0));
    ask(builder, SLA_ELEMENT_TARGET, row, "criterion", "minor");
    ask(builder, SLA_ELEMENT_TARGET, row, "tier", "premium");
}

static void add_target_of_a_channel_only(sla_contract_builder *builder) {
    add(builder, SLA_ELEMENT_RULE, "minor");
    const int32_t row = add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    ask(builder, SLA_ELEMENT_TARGET, row, "criterion", "minor");
    ask(builder, SLA_ELEMENT_TARGET, row, "channel", "email");
}

static void add_fast_resolution(sla_contract_builder *builder) {
    const int32_t row = add_target(builder, target_of(SLA_TARGET_DURATION, 6 * HOUR));
    ask(builder, SLA_ELEMENT_TARGET, row, "metric", "resolution");
}

static void add_fast_resolution_on_another_calendar(sla_contract_builder *builder) {
    sla_target target = target_of(SLA_TARGET_DURATION, HOUR);
    target.calendar = 0;
    const int32_t row = add_target(builder, target);
    ask(builder, SLA_ELEMENT_TARGET, row, "metric", "resolution");
}

static void add_too_many_combinations(sla_contract_builder *builder) {
    for (int letter = 'a'; letter <= 'm'; letter++) { /* 3 to the 13th */
        const char called[] = {(char)letter, '\0'};
        const int32_t attribute = add(builder, SLA_ELEMENT_ATTRIBUTE, called);
        name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, "yes");
        name(builder, SLA_ELEMENT_ATTRIBUTE, attribute, SLA_NAME_VALUE, "no");
        const int32_t row = add(builder, SLA_ELEMENT_RULE, "urgent");
        ask(builder, SLA_ELEMENT_RULE, row, called, "yes");
    }
}

static const struct {
    void (*fault)(sla_contract_builder *builder);
    sla_status status;
    const char *findings[3][2]; /* path, part of the message */
} check_cases[] = {
    {nothing_wrong, SLA_OK, {{NULL, NULL}}},
    {add_unused_calendar, SLA_OK, {{"calendars.night", "uses the calendar 'night'"}}},
    {add_calendar_of_a_channel, SLA_OK, {{NULL, NULL}}},
    {add_calendar_of_a_roll, SLA_OK, {{NULL, NULL}}},
    {add_calendars_of_a_combination, SLA_OK, {{"calendars.both", "'both'"}}},
    {add_unused_channel, SLA_OK, {{"channels.fax", "no tier offers the channel 'fax'"}}},
    {add_unused_attribute, SLA_OK, {{"attributes.mood", "asks for the attribute 'mood'"}}},
    {add_service_on_both_lists, SLA_OK, {{"services.covered.advice", "the exclusion wins"}}},
    {add_alias_on_the_other_list, SLA_OK, {{"services.covered.repair", "as 'fix', excluded"}}},
    {add_gap, SLA_OK, {{"criteria", "accepts {impact: none}"}}},
    {add_gap_of_a_tier, SLA_OK, {{"criteria", "accepts {tier: standard, impact: none}"}}},
    {add_shadowed_row, SLA_OK, {{"criteria[2]", "criteria[0], criteria[1] before it accept all"}}},
    {add_row_for_the_rest, SLA_OK, {{NULL, NULL}}},
    {add_rows_after_the_last, SLA_OK, {{"criteria[3]", "criteria[0], criteria[1], criteria[2] before it"}}},
    {add_criterion_without_target, SLA_OK, {{"targets", "criterion 'minor' in tier 'standard' a response target"}}},
    {add_target_of_a_channel_only, SLA_OK, {{NULL, NULL}}},
    {add_fast_resolution, SLA_OK, {{"targets[1]", "criterion 'normal' in tier 'standard' (28800 s) is slower"}}},
    {add_fast_resolution_on_another_calendar, SLA_OK, {{NULL, NULL}}},
    {add_too_many_combinations, SLA_LIMIT, {{"criteria", "gaps and unreachable rows of the criteria table is left out"}}},
};

static void section_6_each_fault_is_found_and_no_other(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(check_cases); i++) {
        sla_contract_builder *const builder = sound();
        check_cases[i].fault(builder);
        sla_contract *const contract = build(builder);
        sla_diagnostics *found = NULL;
        assert_int_equal(sla_diagnostics_new(100, &found), SLA_OK);
        assert_int_equal(sla_contract_check(contract, found, NULL), check_cases[i].status);
        size_t expected = 0;
        while (expected < 3 && check_cases[i].findings[expected][0] != NULL) {
            expected++;
        }
        for (size_t n = 0; n < sla_diagnostics_count(found); n++) {
            sla_error finding;
            assert_int_equal(sla_diagnostics_get(found, n, &finding), SLA_OK);
            const bool known = n < expected && strcmp(finding.path, check_cases[i].findings[n][0]) == 0 &&
                               strstr(finding.message, check_cases[i].findings[n][1]) != NULL;
            if (!known) {
                print_error("case %zu: %s: %s\n", i, finding.path, finding.message);
            }
            assert_true(known);
            assert_int_equal(finding.severity, SLA_SEVERITY_WARNING);
        }
        assert_int_equal(sla_diagnostics_count(found), expected);
        sla_diagnostics_free(found);
        sla_contract_unref(contract);
    }
}

/* An empty contract has nothing to be found in but its missing response target. */
static void a_contract_without_targets_is_told_so(void **state) {
    (void)state;
    sla_contract *const contract = build(new_builder("UTC"));
    sla_diagnostics *found = NULL;
    assert_int_equal(sla_diagnostics_new(10, &found), SLA_OK);
    assert_int_equal(sla_contract_check(contract, found, NULL), SLA_OK);
    assert_int_equal(sla_diagnostics_count(found), 1);
    sla_error finding;
    assert_int_equal(sla_diagnostics_get(found, 0, &finding), SLA_OK);
    assert_non_null(strstr(finding.message, "gives any request a response target"));
    assert_int_equal(sla_contract_check(contract, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_diagnostics_free(found);
    sla_contract_unref(contract);
}

/* ---- Gaps and unreachable rows of random tables, by trying every request ---- */

enum { ATTRIBUTES = 2, VALUES = 3, TIERS = 2, ROWS = 5 };

/* Keys 0 and 1 are attributes, 2 is the tier; values as bits; 0: the row does not ask. */
struct plain_table {
    uint32_t asked[ROWS][ATTRIBUTES + 1];
};

static sla_contract *enter_table(const struct plain_table *plain) {
    static const char *const values[VALUES] = {"v0", "v1", "v2"};
    static const char *const keys[] = {"a0", "a1", "tier"};
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        const int32_t index = add(builder, SLA_ELEMENT_ATTRIBUTE, keys[i]);
        for (size_t n = 0; n < VALUES; n++) {
            name(builder, SLA_ELEMENT_ATTRIBUTE, index, SLA_NAME_VALUE, values[n]);
        }
    }
    add(builder, SLA_ELEMENT_TIER, "v0");
    add(builder, SLA_ELEMENT_TIER, "v1");
    for (int32_t row = 0; row < ROWS; row++) {
        add(builder, SLA_ELEMENT_RULE, "p");
        for (size_t key = 0; key < COUNT_OF(keys); key++) {
            for (size_t n = 0; n < VALUES; n++) {
                if ((plain->asked[row][key] >> n & 1) != 0) {
                    ask(builder, SLA_ELEMENT_RULE, row, keys[key], values[n]);
                }
            }
        }
    }
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    return build(builder);
}

static bool plain_accepts(const uint32_t *asked, const int32_t *said) {
    for (size_t key = 0; key <= ATTRIBUTES; key++) {
        if (asked[key] != 0 && (said[key] < 0 || (asked[key] >> said[key] & 1) == 0)) {
            return false;
        }
    }
    return true;
}

/* Which rows some request reaches, as bits; and whether a request that says all reaches none. */
static uint32_t plain_reached(const struct plain_table *plain, bool *gap) {
    uint32_t reached = 0;
    *gap = false;
    for (int32_t code = 0; code < 48; code++) {
        const int32_t said[] = {code % 4 - 1, code / 4 % 4 - 1, code / 16 - 1};
        int32_t row = 0;
        while (row < ROWS && !plain_accepts(plain->asked[row], said)) {
            row++;
        }
        reached |= row < ROWS ? 1U << row : 0;
        *gap = *gap || (row == ROWS && said[0] >= 0 && said[1] >= 0 && said[2] >= 0);
    }
    return reached;
}

static void section_6_gaps_and_unreachable_rows_are_exact(void **state) {
    (void)state;
    uint64_t seed = 66;
    size_t gaps = 0;
    size_t unreachable = 0;
    for (int n = 0; n < 500; n++) {
        struct plain_table plain;
        for (size_t row = 0; row < ROWS; row++) {
            for (size_t key = 0; key <= ATTRIBUTES; key++) {
                plain.asked[row][key] = draw(&seed, 3) == 0 ? 0 : draw(&seed, key == ATTRIBUTES ? 4 : 8);
            }
        }
        bool gap;
        const uint32_t reached = plain_reached(&plain, &gap);
        sla_contract *const contract = enter_table(&plain);
        sla_diagnostics *found = NULL;
        assert_int_equal(sla_diagnostics_new(100, &found), SLA_OK);
        assert_int_equal(sla_contract_check(contract, found, NULL), SLA_OK);
        uint32_t reported = 0;
        bool gap_reported = false;
        for (size_t i = 0; i < sla_diagnostics_count(found); i++) {
            sla_error finding;
            sla_diagnostics_get(found, i, &finding);
            gap_reported = gap_reported || strcmp(finding.path, "criteria") == 0;
            reported |= strncmp(finding.path, "criteria[", 9) == 0 ? 1U << strtol(finding.path + 9, NULL, 10) : 0;
        }
        assert_int_equal(reported, ~reached & ((1U << ROWS) - 1));
        assert_int_equal(gap_reported, gap);
        gaps += gap;
        unreachable += reported != 0;
        sla_diagnostics_free(found);
        sla_contract_unref(contract);
    }
    assert_true(gaps > 50 && gaps < 450); /* the tables are neither all good nor all bad */
    assert_true(unreachable > 50 && unreachable < 450);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(section_6_each_fault_is_found_and_no_other),
        cmocka_unit_test(a_contract_without_targets_is_told_so),
        cmocka_unit_test(section_6_gaps_and_unreachable_rows_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
