/* SPDX-License-Identifier: MIT */
/* Contracts with many elements, or with the one that counts in an odd place (§4.3, §5, §6). */
#include "contract_fixture.h"

#include "contract/requests.h"

static void numbered_name(char written[16], const char *what, int32_t number) {
    snprintf(written, 16, "%s-%d", what, (int)number);
}

/* ---- Tiers and channels beyond the 64 of one word (§5) ---- */

enum { MANY = 130 };

/* Tier i offers channel i and includes tier i - 1, so it offers the channels 0 to i. */
static sla_contract *many_tiers(void) {
    sla_contract_builder *const builder = new_short_builder();
    char called[16];
    for (int32_t i = 0; i < MANY; i++) {
        numbered_name(called, "channel", i);
        add(builder, SLA_ELEMENT_CHANNEL, called);
    }
    for (int32_t i = 0; i < MANY; i++) {
        numbered_name(called, "tier", i);
        const int32_t tier = add(builder, SLA_ELEMENT_TIER, called);
        numbered_name(called, "channel", i);
        name(builder, SLA_ELEMENT_TIER, tier, SLA_NAME_CHANNEL, called);
        if (i > 0) {
            numbered_name(called, "tier", i - 1);
            name(builder, SLA_ELEMENT_TIER, tier, SLA_NAME_INCLUDED, called);
        }
    }
    add_metric(builder, "response", "received", "responded");
    return build(builder);
}

static void a_tier_offers_what_all_that_it_includes_do(void **state) {
    (void)state;
    static const int32_t near_words[] = {0, 1, 62, 63, 64, 65, 66, 126, 127, 128, MANY - 1};
    sla_contract *const contract = many_tiers();
    for (size_t i = 0; i < COUNT_OF(near_words); i++) {
        for (size_t j = 0; j < COUNT_OF(near_words); j++) {
            sla_request request = received("2026-11-23T10:00:00Z");
            sla_scope scope;
            request.tier = near_words[i];
            request.channel = near_words[j];
            assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
            assert_int_equal(scope.reasons, near_words[j] <= near_words[i] ? 0 : SLA_REASON_CHANNEL_NOT_IN_TIER);
        }
    }
    sla_contract_unref(contract);
}

/* An inclusion over many tiers is a cycle as well as one over none. */
static void cycles_are_seen_however_long(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    char called[16];
    for (int32_t i = 0; i < MANY; i++) {
        numbered_name(called, "tier", i);
        add(builder, SLA_ELEMENT_TIER, called);
    }
    for (int32_t i = MANY - 1; i > 0; i--) { /* each includes the one before, told from the last on */
        numbered_name(called, "tier", i - 1);
        name(builder, SLA_ELEMENT_TIER, i, SLA_NAME_INCLUDED, called);
    }
    static const int32_t later[] = {1, 63, 64, 65, 128, MANY - 1};
    for (size_t i = 0; i < COUNT_OF(later); i++) {
        numbered_name(called, "tier", later[i]);
        assert_int_equal(
            sla_contract_builder_add_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_INCLUDED, called, SIZE_MAX, NULL),
            SLA_CYCLE);
    }
    assert_int_equal(
        sla_contract_builder_add_name(builder, SLA_ELEMENT_TIER, 70, SLA_NAME_INCLUDED, "tier-69", SIZE_MAX, NULL),
        SLA_DUPLICATE);
    assert_int_equal(
        sla_contract_builder_add_name(builder, SLA_ELEMENT_TIER, 70, SLA_NAME_INCLUDED, "tier-68", SIZE_MAX, NULL), SLA_OK);
    sla_contract_builder_free(builder);
}

/* ---- Conditions, in whatever order they are given (§4.3) ---- */

/* Several values of a key: any of them; several keys: all; the first row that fits decides. */
static void conditions_may_come_in_any_order(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    static const char *const names[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        add(builder, SLA_ELEMENT_CHANNEL, names[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        add(builder, SLA_ELEMENT_TIER, names[i]);
    }
    add_metric(builder, "response", "received", "responded");
    add_target(builder, target_of(SLA_TARGET_DURATION, HOUR));
    add_target(builder, target_of(SLA_TARGET_DURATION, 2 * HOUR));
    add_target(builder, target_of(SLA_TARGET_DURATION, 3 * HOUR));
    ask(builder, SLA_ELEMENT_TARGET, 2, "channel", "c");
    ask(builder, SLA_ELEMENT_TARGET, 1, "channel", "b");
    ask(builder, SLA_ELEMENT_TARGET, 0, "channel", "c");
    ask(builder, SLA_ELEMENT_TARGET, 1, "tier", "c");
    ask(builder, SLA_ELEMENT_TARGET, 0, "tier", "b");
    ask(builder, SLA_ELEMENT_TARGET, 1, "channel", "a");
    ask(builder, SLA_ELEMENT_TARGET, 0, "channel", "a");
    ask(builder, SLA_ELEMENT_TARGET, 1, "tier", "a");
    sla_contract *const contract = build(builder);
    static const int32_t expected[3][3] = {/* by tier, then channel */
                                           {1, 1, 2},
                                           {0, SLA_UNSAID, 0},
                                           {1, 1, 2}};
    for (int32_t tier = 0; tier < 3; tier++) {
        for (int32_t channel = 0; channel < 3; channel++) {
            sla_request request = received("2026-11-23T10:00:00Z");
            int32_t row = 7;
            request.tier = tier;
            request.channel = channel;
            const sla_status status = sla_contract_find_target(contract, 0, &request, &row);
            assert_int_equal(row, expected[tier][channel]);
            assert_int_equal(status, row == SLA_UNSAID ? SLA_NOT_FOUND : SLA_OK);
        }
    }
    sla_contract_unref(contract);
}

/* §5: a condition on a service holds for it by any of its names, also by one that stands on the other list. */
static void a_condition_on_a_service_holds_by_any_of_its_names(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_SERVICE, "other");
    const int32_t advice = add(builder, SLA_ELEMENT_SERVICE, "advice");
    name(builder, SLA_ELEMENT_SERVICE, advice, SLA_NAME_ALIAS, "consulting");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
    add(builder, SLA_ELEMENT_EXCLUSION, "consulting");
    const int32_t coaching = add(builder, SLA_ELEMENT_EXCLUSION, "coaching");
    name(builder, SLA_ELEMENT_EXCLUSION, coaching, SLA_NAME_ALIAS, "lessons");
    add(builder, SLA_ELEMENT_SERVICE, "lessons");
    add_metric(builder, "response", "received", "responded");
    static const char *const asked[] = {"training", "consulting", "other", "coaching"};
    for (int32_t i = 0; i < 4; i++) {
        add_target(builder, target_of(SLA_TARGET_DURATION, HOUR));
        ask(builder, SLA_ELEMENT_TARGET, i, "service", asked[i]);
    }
    sla_contract *const contract = build(builder);
    static const struct {
        const char *service;
        int32_t row;
        int32_t reasons;
    } cases[] = {{"other", 2, 0},
                 {"advice", 1, SLA_REASON_SERVICE_EXCLUDED},
                 {"consulting", 1, SLA_REASON_SERVICE_EXCLUDED},
                 {"training", 0, SLA_REASON_SERVICE_EXCLUDED},
                 {"lessons", 3, SLA_REASON_SERVICE_EXCLUDED}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        int32_t row = 7;
        sla_scope scope;
        request.service = find(contract, SLA_ELEMENT_SERVICE, cases[i].service);
        assert_int_equal(sla_contract_find_target(contract, 0, &request, &row), SLA_OK);
        assert_int_equal(row, cases[i].row);
        assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
        assert_int_equal(scope.reasons, cases[i].reasons);
    }
    sla_contract_unref(contract);
}

/* §5: the service on the covered list is the one whose clause counts, the very first as well as others. */
static void the_clause_of_a_requirement_is_the_services(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    clause(builder, SLA_ELEMENT_CONTRACT, 0, "contract clause");
    add(builder, SLA_ELEMENT_FACT, "licence");
    for (int32_t i = 0; i < 3; i++) {
        char called[16];
        numbered_name(called, "service", i);
        const int32_t service = add(builder, SLA_ELEMENT_SERVICE, called);
        clause(builder, SLA_ELEMENT_SERVICE, service, called);
        if (i < 2) {
            name(builder, SLA_ELEMENT_SERVICE, service, SLA_NAME_REQUIRED, "travel");
        }
    }
    add_metric(builder, "response", "received", "responded");
    sla_contract *const contract = build(builder);
    static const char *const clauses[] = {"service-0", "service-1", "contract clause"};
    for (int32_t i = 0; i < 3; i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        request.service = i;
        assert_string_equal(sla_contract_clause(contract, &request, SLA_REASON_REQUIREMENT_MISSING), clauses[i]);
    }
    sla_contract_unref(contract);
}

/* ---- Names ---- */

/* C1 control characters, U+0080 to U+009F, are none of a name's; U+00A0, behind them, may be. */
static void names_stop_at_the_last_control_character(void **state) {
    (void)state;
    static const struct {
        const char *called;
        sla_status status;
    } cases[] = {
        {"a\xC2\x80", SLA_INVALID_ARGUMENT},
        {"a\xC2\x9F", SLA_INVALID_ARGUMENT},
        {"a\xC2\xA0", SLA_OK},
        {"\xC2\xA1", SLA_OK},
        {"a\x1F", SLA_INVALID_ARGUMENT},
        {"a ", SLA_OK},
        {"a~", SLA_OK},
        {"a\x7F", SLA_INVALID_ARGUMENT},
        {"a\xC3\x80", SLA_OK},
        {"\xC3\x9F", SLA_OK},
    };
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int32_t index;
        assert_int_equal(sla_contract_builder_add(builder, SLA_ELEMENT_CHANNEL, cases[i].called, SIZE_MAX, &index, NULL),
                         cases[i].status);
    }
    sla_contract_builder_free(builder);
}

/* A name that another begins with is another name, in whatever order they come. */
static void names_that_begin_alike_are_different(void **state) {
    (void)state;
    static const char *const names[] = {"aa", "a", "aaa", "ab", "b", "B", "aab"};
    sla_contract_builder *const builder = new_short_builder();
    const int32_t one = add(builder, SLA_ELEMENT_ATTRIBUTE, "one");
    const int32_t two = add(builder, SLA_ELEMENT_ATTRIBUTE, "two");
    for (int32_t i = 0; i < (int32_t)COUNT_OF(names); i++) {
        assert_int_equal(add(builder, SLA_ELEMENT_CHANNEL, names[i]), i);
        name(builder, SLA_ELEMENT_ATTRIBUTE, two, SLA_NAME_VALUE, names[i]);
        name(builder, SLA_ELEMENT_ATTRIBUTE, one, SLA_NAME_VALUE, names[COUNT_OF(names) - 1 - (size_t)i]);
    }
    add_metric(builder, "response", "received", "responded");
    sla_contract *const contract = build(builder);
    for (int32_t i = 0; i < (int32_t)COUNT_OF(names); i++) {
        int32_t value = -1;
        assert_int_equal(find(contract, SLA_ELEMENT_CHANNEL, names[i]), i);
        assert_int_equal(sla_contract_find_value(contract, two, names[i], SIZE_MAX, &value), SLA_OK);
        assert_int_equal(value, i);
        assert_int_equal(sla_contract_find_value(contract, one, names[i], SIZE_MAX, &value), SLA_OK);
        assert_int_equal(value, (int32_t)COUNT_OF(names) - 1 - i);
        assert_string_equal(sla_contract_value_name(contract, two, i), names[i]);
    }
    sla_contract_unref(contract);
}

/* ---- Amounts ---- */

/* A grace is at most 2^53 seconds, as an amount is. */
static void a_grace_goes_to_its_limit(void **state) {
    (void)state;
    static const struct {
        int64_t grace;
        sla_status status;
    } cases[] = {{-1, SLA_INVALID_ARGUMENT},
                 {0, SLA_OK},
                 {INT64_C(1) << 53, SLA_OK},
                 {(INT64_C(1) << 53) + 1, SLA_INVALID_ARGUMENT}};
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int32_t index;
        sla_target target = target_of(SLA_TARGET_DURATION, HOUR);
        target.grace = cases[i].grace;
        assert_int_equal(sla_contract_builder_add_target(builder, &target, &index, NULL), cases[i].status);
    }
    sla_contract_builder_free(builder);
}

/* §4.4: a grace of one second moves the limit by one, and none leaves it. */
static void the_shortest_grace_counts(void **state) {
    (void)state;
    for (int64_t grace = 0; grace <= 2; grace++) {
        sla_contract_builder *const builder = new_short_builder();
        add_metric(builder, "response", "received", "responded");
        sla_target target = target_of(SLA_TARGET_DURATION, HOUR);
        target.grace = grace;
        add_target(builder, target);
        sla_contract *const contract = build(builder);
        const sla_request request = received("2026-11-23T10:00:00Z");
        sla_due due;
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), SLA_OK);
        assert_true(due.at == request.received + HOUR);
        assert_true(due.limit == due.at + grace);
        sla_contract_unref(contract);
    }
}

/* ---- Elements that there are not ---- */

static void elements_that_there_are_not_are_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_TIER, "basic");
    static const struct {
        int32_t element;
        int32_t index;
    } cases[] = {{-1, 0}, {SLA_ELEMENT_OBJECTIVE + 1, 0}, {SLA_ELEMENT_TIER, -1}, {SLA_ELEMENT_TIER, 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(
            sla_contract_builder_add_name(builder, cases[i].element, cases[i].index, SLA_NAME_ALIAS, "x", SIZE_MAX, NULL),
            SLA_INVALID_ARGUMENT);
        assert_int_equal(
            sla_contract_builder_set_text(builder, cases[i].element, cases[i].index, SLA_TEXT_NOTE, "x", SIZE_MAX, NULL),
            SLA_INVALID_ARGUMENT);
    }
    sla_error error = {0};
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "night", SIZE_MAX, &error), SLA_NOT_FOUND);
    assert_string_equal(error.message, "unknown calendar 'night'; this contract has always");
    sla_contract_builder_free(builder);
}

/* ---- Moving to another contract (§7.5) ---- */

/* A service is found in the other contract by any of its names on either list. */
static void services_are_carried_by_any_of_their_names(void **state) {
    (void)state;
    sla_contract_builder *const other = new_short_builder();
    static const char *const known[] = {"w", "x2", "y", "z2"};
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        add(other, SLA_ELEMENT_SERVICE, known[i]);
    }
    add_metric(other, "response", "received", "responded");
    sla_contract *const next = build(other);

    sla_contract_builder *builder = NULL;
    sla_zone *const zone = zone_of("UTC");
    assert_int_equal(sla_contract_builder_new("first", SIZE_MAX, zone, instant("2026-01-01T00:00:00Z"),
                                              instant("2027-01-01T00:00:00Z"), &builder, NULL),
                     SLA_OK);
    sla_zone_unref(zone);
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_SERVICE, "unknown there");
    const int32_t x = add(builder, SLA_ELEMENT_SERVICE, "x");
    name(builder, SLA_ELEMENT_SERVICE, x, SLA_NAME_ALIAS, "x2");
    add(builder, SLA_ELEMENT_EXCLUSION, "y");
    const int32_t z = add(builder, SLA_ELEMENT_EXCLUSION, "z");
    name(builder, SLA_ELEMENT_EXCLUSION, z, SLA_NAME_ALIAS, "z2");
    add_metric(builder, "response", "received", "responded");
    int32_t index;
    assert_int_equal(sla_contract_builder_add_contract(builder, next, &index, NULL), SLA_OK);
    sla_contract *const contract = build(builder);
    static const struct {
        const char *service;
        const char *there;
    } cases[] = {{"unknown there", NULL}, {"x", "x2"}, {"y", "y"}, {"z", "z2"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const int32_t here = find(contract, SLA_ELEMENT_SERVICE, cases[i].service);
        const int32_t there = cases[i].there == NULL ? SLA_UNKNOWN : find(next, SLA_ELEMENT_SERVICE, cases[i].there);
        assert_true(here >= 0);
        assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_SERVICE, 0, 1, here), there);
        assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_SERVICE, 0, 0, here), here);
    }
    assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_CHANNEL, 0, 1, 0), SLA_UNKNOWN);
    assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_METRIC, 0, 1, 0), 0);
    sla_contract_unref(contract);
    sla_contract_unref(next);
}

/* ---- Explaining scope (§5) ---- */

/* Also the very first calendar, `always`, is one that a channel can have, and the very first service one that is excluded.
 */
static void the_first_of_each_kind_is_explained(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    name(builder, SLA_ELEMENT_CHANNEL, 1, SLA_NAME_CALENDAR, "always");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add_metric(builder, "response", "received", "responded");
    sla_contract *const contract = build(builder);
    enum { OPENING = 4, EXCLUDED = 6, CHECKS = 8 };
    for (int32_t i = 0; i < 2; i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        sla_scope_check checks[CHECKS];
        size_t count = 0;
        request.channel = i;
        request.service = i;
        assert_int_equal(sla_contract_explain_scope(contract, &request, checks, CHECKS, &count), SLA_OK);
        assert_int_equal(count, CHECKS);
        assert_int_equal(checks[OPENING].reason, SLA_REASON_CHANNEL_CLOSED);
        assert_int_equal(checks[OPENING].outcome, i == 0 ? SLA_CHECK_NOT_JUDGED : SLA_CHECK_PASSED);
        assert_int_equal(checks[EXCLUDED].reason, SLA_REASON_SERVICE_EXCLUDED);
        assert_int_equal(checks[EXCLUDED].outcome, i == 0 ? SLA_CHECK_FAILED : SLA_CHECK_PASSED);
        assert_int_equal(checks[EXCLUDED].element, i == 0 ? SLA_ELEMENT_EXCLUSION : SLA_ELEMENT_SERVICE);
        assert_int_equal(checks[EXCLUDED].index, i);
    }
    sla_contract_unref(contract);
}

/* ---- Outputs ---- */

static bool all_zero(const void *record, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (((const unsigned char *)record)[i] != 0) {
            return false;
        }
    }
    return true;
}

static void outputs_of_refused_questions_are_zero(void **state) {
    (void)state;
    sla_due due;
    sla_scope scope;
    memset(&due, 0x55, sizeof due);
    memset(&scope, 0x55, sizeof scope);
    const sla_request request = received("2026-11-23T10:00:00Z");
    assert_int_equal(sla_contract_due(NULL, 0, &request, &due), SLA_INVALID_ARGUMENT);
    assert_true(all_zero(&due, sizeof due));
    assert_int_equal(sla_contract_decide_scope(NULL, &request, &scope), SLA_INVALID_ARGUMENT);
    assert_true(all_zero(&scope, sizeof scope));
    sla_target target;
    sla_objective objective;
    memset(&target, 0x55, sizeof target);
    memset(&objective, 0x55, sizeof objective);
    assert_int_equal(sla_contract_get_target(NULL, 0, &target), SLA_INVALID_ARGUMENT);
    assert_true(all_zero(&target, sizeof target));
    assert_int_equal(sla_contract_get_objective(NULL, 0, &objective), SLA_INVALID_ARGUMENT);
    assert_true(all_zero(&objective, sizeof objective));
}

/* ---- Checking (§6) ---- */

/* How many findings are about `path`, and the message of the first. */
static size_t findings_about(sla_contract_builder *builder, const char *path, sla_error *first) {
    sla_diagnostics *diagnostics = NULL;
    assert_int_equal(sla_diagnostics_new(100, &diagnostics), SLA_OK);
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_check(contract, diagnostics, NULL), SLA_OK);
    size_t count = 0;
    for (size_t i = 0; i < sla_diagnostics_count(diagnostics); i++) {
        sla_error found;
        assert_int_equal(sla_diagnostics_get(diagnostics, i, &found), SLA_OK);
        if (strcmp(found.path, path) == 0 && count++ == 0) {
            *first = found;
        }
    }
    sla_diagnostics_free(diagnostics);
    sla_contract_unref(contract);
    return count;
}

/* A channel is unused only when no tier offers it, be it the first, the last, or one far on in the list. */
static void a_channel_that_any_tier_offers_is_used(void **state) {
    (void)state;
    static const int32_t offered[] = {0, 1, 63, 64, 65, 99};
    for (int32_t tier = 0; tier < 3; tier++) {
        for (size_t i = 0; i < COUNT_OF(offered); i++) {
            sla_contract_builder *const builder = new_short_builder();
            char called[16];
            for (int32_t channel = 0; channel < 100; channel++) {
                numbered_name(called, "channel", channel);
                add(builder, SLA_ELEMENT_CHANNEL, called);
            }
            for (int32_t added = 0; added < 3; added++) {
                numbered_name(called, "tier", added);
                add(builder, SLA_ELEMENT_TIER, called);
            }
            add_target(builder, target_of(SLA_TARGET_DURATION, HOUR));
            numbered_name(called, "channel", offered[i]);
            name(builder, SLA_ELEMENT_TIER, tier, SLA_NAME_CHANNEL, called);
            char path[40];
            snprintf(path, sizeof path, "channels.channel-%d", (int)offered[i]);
            sla_error found;
            assert_int_equal(findings_about(builder, path, &found), 0);
        }
    }
}

/* A row that comes too late is told with each row before it, once, in order, and no other. */
static void each_shadow_is_told_once(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    static const char *const names[] = {"a", "b", "c"};
    const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    const int32_t kind = add(builder, SLA_ELEMENT_ATTRIBUTE, "kind");
    for (size_t i = 0; i < 3; i++) {
        name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, names[i]);
        name(builder, SLA_ELEMENT_ATTRIBUTE, kind, SLA_NAME_VALUE, names[i]);
    }
    /* Rows 0 to 2: one value of impact each, whatever the kind. Row 3: a or c, with kinds a and b. Row 4: all others. */
    for (int32_t row = 0; row < 3; row++) {
        ask(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, names[row]), "impact", names[row]);
    }
    const int32_t late = add(builder, SLA_ELEMENT_RULE, "late");
    ask(builder, SLA_ELEMENT_RULE, late, "kind", "b");
    ask(builder, SLA_ELEMENT_RULE, late, "impact", "c");
    ask(builder, SLA_ELEMENT_RULE, late, "kind", "a");
    ask(builder, SLA_ELEMENT_RULE, late, "impact", "a");
    add(builder, SLA_ELEMENT_RULE, "rest");
    add_target(builder, target_of(SLA_TARGET_DURATION, HOUR));
    sla_error found = {0};
    assert_int_equal(findings_about(builder, "criteria[3]", &found), 1);
    assert_string_equal(found.message, "this row ('late') is never reached: criteria[0], criteria[2] before it accept all "
                                       "that it accepts");
}

/* The response is held against the resolution whichever metric, and whichever row, comes first. */
static void a_slow_response_is_told_whatever_comes_first(void **state) {
    (void)state;
    static const char *const metrics[] = {"resolution", "response"};
    for (int32_t metrics_turned = 0; metrics_turned < 2; metrics_turned++) {
        for (int32_t rows_turned = 0; rows_turned < 2; rows_turned++) {
            sla_contract_builder *const builder = new_short_builder();
            for (int32_t i = 0; i < 2; i++) {
                add_metric(builder, metrics[i ^ metrics_turned], "received", i == 0 ? "resolved" : "responded");
            }
            for (int32_t i = 0; i < 2; i++) {
                const bool is_response = (i ^ rows_turned) != 0;
                add_target(builder, target_of(SLA_TARGET_DURATION, is_response ? 9 * HOUR : 8 * HOUR));
                ask(builder, SLA_ELEMENT_TARGET, i, "metric", is_response ? "response" : "resolution");
            }
            sla_error found;
            assert_int_equal(findings_about(builder, rows_turned != 0 ? "targets[0]" : "targets[1]", &found), 1);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tier_offers_what_all_that_it_includes_do),
        cmocka_unit_test(cycles_are_seen_however_long),
        cmocka_unit_test(conditions_may_come_in_any_order),
        cmocka_unit_test(a_condition_on_a_service_holds_by_any_of_its_names),
        cmocka_unit_test(the_clause_of_a_requirement_is_the_services),
        cmocka_unit_test(names_stop_at_the_last_control_character),
        cmocka_unit_test(names_that_begin_alike_are_different),
        cmocka_unit_test(a_grace_goes_to_its_limit),
        cmocka_unit_test(the_shortest_grace_counts),
        cmocka_unit_test(elements_that_there_are_not_are_refused),
        cmocka_unit_test(services_are_carried_by_any_of_their_names),
        cmocka_unit_test(the_first_of_each_kind_is_explained),
        cmocka_unit_test(outputs_of_refused_questions_are_zero),
        cmocka_unit_test(a_channel_that_any_tier_offers_is_used),
        cmocka_unit_test(each_shadow_is_told_once),
        cmocka_unit_test(a_slow_response_is_told_whatever_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
