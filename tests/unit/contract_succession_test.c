/* SPDX-License-Identifier: MIT */
/* Contracts that requests move to (§7.5): the list of them, and what facts of a request are called there. */
#include "contract_fixture.h"

static sla_contract_builder *new_named(const char *called, int64_t end) {
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *builder = NULL;
    assert_int_equal(sla_contract_builder_new(called, SIZE_MAX, zone, instant("2026-01-01T00:00:00Z"), end, &builder, NULL),
                     SLA_OK);
    sla_zone_unref(zone);
    return builder;
}

static sla_contract *contract_named(const char *called) {
    return build(new_named(called, instant("2027-01-01T00:00:00Z")));
}

/* Hands a contract over to the builder. */
static int32_t add_contract(sla_contract_builder *builder, sla_contract *other) {
    int32_t index = -1;
    assert_int_equal(sla_contract_builder_add_contract(builder, other, &index, NULL), SLA_OK);
    sla_contract_unref(other);
    return index;
}

/* ---- The list ---- */

static void others_follow_the_contract_itself(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    assert_int_equal(add_contract(builder, contract_named("silver")), 1);
    assert_int_equal(add_contract(builder, contract_named("gold")), 2);
    int32_t index = 0;
    assert_int_equal(sla_contract_builder_find(builder, SLA_ELEMENT_CONTRACT, "gold", SIZE_MAX, &index), SLA_OK);
    assert_int_equal(index, 2);
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_CONTRACT), 3);
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0), "agreement");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 2), "gold");
    assert_null(sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 3));
    assert_int_equal(find(contract, SLA_ELEMENT_CONTRACT, "silver"), 1);
    assert_int_equal(find(contract, SLA_ELEMENT_CONTRACT, "bronze"), SLA_UNKNOWN);
    assert_ptr_equal(sla_contract_successor(contract, 0), contract);
    assert_string_equal(sla_contract_name(sla_contract_successor(contract, 1), SLA_ELEMENT_CONTRACT, 0), "silver");
    assert_null(sla_contract_successor(contract, -1));
    assert_null(sla_contract_successor(contract, 3));
    assert_null(sla_contract_successor(NULL, 0));
    sla_contract_unref(contract);
}

struct refusal {
    const char *rule;
    const char *name;
    const char *end;
    sla_status status;
    const char *message;
};

static void others_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct refusal cases[] = {
        {"a name that is there", "silver", "2027-01-01T00:00:00Z", SLA_DUPLICATE, "'silver'"},
        {"the contract's own name", "agreement", "2027-01-01T00:00:00Z", SLA_DUPLICATE, "'agreement'"},
        {"another horizon", "gold", "2028-01-01T00:00:00Z", SLA_INVALID_ARGUMENT, "'gold' has another horizon"},
    };
    sla_contract_builder *const builder = new_short_builder();
    add_contract(builder, contract_named("silver"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract *const other = build(new_named(cases[i].name, instant(cases[i].end)));
        sla_error error = {0};
        int32_t index = 77;
        const sla_status status = sla_contract_builder_add_contract(builder, other, &index, &error);
        if (status != cases[i].status || index != 0 || strstr(error.message, cases[i].message) == NULL) {
            fail_msg("%s: status %d, index %d, '%s'", cases[i].rule, (int)status, (int)index, error.message);
        }
        sla_contract_unref(other);
    }
    sla_contract *const contract = build(builder);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_CONTRACT), 2); /* a call that fails changes nothing */
    sla_contract_unref(contract);
}

static void missing_arguments_are_refused(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_contract *const other = contract_named("gold");
    int32_t index;
    assert_int_equal(sla_contract_builder_add_contract(NULL, other, &index, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_add_contract(builder, NULL, &index, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_add_contract(builder, other, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_builder_add(builder, SLA_ELEMENT_CONTRACT, "gold", SIZE_MAX, &index, NULL),
                     SLA_INVALID_ARGUMENT);
    sla_contract_unref(other);
    sla_contract_builder_free(builder);
}

static void the_list_has_its_limit(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    char called[16];
    for (int32_t i = 1; i < SLI_CONTRACT_MAX; i++) {
        snprintf(called, sizeof called, "n%d", (int)i);
        assert_int_equal(add_contract(builder, contract_named(called)), i);
    }
    sla_contract *const more = contract_named("more");
    int32_t index;
    sla_error error;
    assert_int_equal(sla_contract_builder_add_contract(builder, more, &index, &error), SLA_LIMIT);
    assert_non_null(strstr(error.message, "at most 31 others"));
    sla_contract_unref(more);
    sla_contract_unref(build(builder));
}

/* What a contract is made of lives as long as it does; the builder, and contracts that it built before, are let go in any
 * order. */
static void contracts_are_let_go_in_any_order(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_contract *alone = NULL;
    sla_contract *both = NULL;
    assert_int_equal(sla_contract_builder_build(builder, &alone, NULL), SLA_OK);
    sla_contract *const gold = contract_named("gold");
    int32_t index;
    assert_int_equal(sla_contract_builder_add_contract(builder, gold, &index, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_build(builder, &both, NULL), SLA_OK);
    sla_contract_unref(gold);
    sla_contract_builder_free(builder);
    assert_int_equal(sla_contract_count(alone, SLA_ELEMENT_CONTRACT), 1); /* stays as it was built */
    assert_string_equal(sla_contract_name(sla_contract_successor(both, 1), SLA_ELEMENT_CONTRACT, 0), "gold");
    sla_contract *const kept = sla_contract_ref(sla_contract_successor(both, 1));
    sla_contract_unref(both);
    assert_string_equal(sla_contract_name(kept, SLA_ELEMENT_CONTRACT, 0), "gold");
    sla_contract_unref(kept);
    sla_contract_unref(alone);
}

enum { CHAIN = 20000 };

/* Each contract of a long chain holds the one before it: letting go of the last lets go of all, in little stack. */
static void a_long_chain_is_let_go(void **state) {
    (void)state;
    sla_contract *last = contract_named("n0");
    for (int32_t i = 1; i < CHAIN; i++) {
        char called[16];
        snprintf(called, sizeof called, "n%d", (int)i);
        sla_contract_builder *const builder = new_named(called, instant("2027-01-01T00:00:00Z"));
        add_contract(builder, last);
        last = build(builder);
    }
    assert_int_equal(sla_contract_count(sla_contract_successor(last, 1), SLA_ELEMENT_CONTRACT), 2);
    sla_contract_unref(last);
}

/* ---- What is called how ---- */

static void tier(sla_contract_builder *builder, const char *called, const char *alias) {
    const int32_t index = add(builder, SLA_ELEMENT_TIER, called);
    if (alias != NULL) {
        name(builder, SLA_ELEMENT_TIER, index, SLA_NAME_ALIAS, alias);
    }
}

static sla_contract *make_other(void) {
    sla_contract_builder *const builder = new_named("other", instant("2027-01-01T00:00:00Z"));
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    tier(builder, "first", "gold");
    tier(builder, "silver", NULL);
    tier(builder, "basic", "standard");
    add(builder, SLA_ELEMENT_EXCLUSION, "training");
    name(builder, SLA_ELEMENT_EXCLUSION, 0, SLA_NAME_ALIAS, "course");
    add(builder, SLA_ELEMENT_RULE, "minor");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    add_metric(builder, "resolution", "received", "resolved");
    add_metric(builder, "response", "received", "responded");
    return build(builder);
}

static sla_contract *make_mover(void) {
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "fax");
    tier(builder, "silver", NULL);
    tier(builder, "gold", NULL);
    tier(builder, "lowest", "basic");
    tier(builder, "extra", NULL);
    add(builder, SLA_ELEMENT_SERVICE, "course");
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    add(builder, SLA_ELEMENT_RULE, "normal");
    add_metric(builder, "response", "received", "responded");
    add_metric(builder, "update", "received", "updated");
    assert_int_equal(add_contract(builder, make_other()), 1);
    assert_int_equal(add_contract(builder, contract_named("bare")), 2);
    return build(builder);
}

struct carrying {
    int32_t element;
    const char *name;
    int32_t from;
    int32_t to;
    const char *expected; /* NULL: unknown */
};

static void section_7_5_facts_are_carried_by_name(void **state) {
    (void)state;
    static const struct carrying cases[] = {
        {SLA_ELEMENT_TIER, "silver", 0, 1, "silver"},
        {SLA_ELEMENT_TIER, "gold", 0, 1, "first"},   /* known there by another name */
        {SLA_ELEMENT_TIER, "lowest", 0, 1, "basic"}, /* known by another name here */
        {SLA_ELEMENT_TIER, "extra", 0, 1, NULL},
        {SLA_ELEMENT_TIER, "first", 1, 0, "gold"}, /* back */
        {SLA_ELEMENT_TIER, "basic", 1, 0, "lowest"},
        {SLA_ELEMENT_TIER, "silver", 1, 2, NULL},
        {SLA_ELEMENT_TIER, "silver", 1, 1, "silver"}, /* no move */
        {SLA_ELEMENT_CRITERION, "urgent", 0, 1, "urgent"},
        {SLA_ELEMENT_CRITERION, "urgent", 1, 0, "urgent"},
        {SLA_ELEMENT_CRITERION, "minor", 1, 0, NULL},
        {SLA_ELEMENT_CHANNEL, "email", 0, 1, "email"},
        {SLA_ELEMENT_CHANNEL, "fax", 0, 1, NULL},
        {SLA_ELEMENT_SERVICE, "course", 0, 1, "training"}, /* covered here, excluded there */
        {SLA_ELEMENT_SERVICE, "advice", 0, 1, NULL},
        {SLA_ELEMENT_METRIC, "response", 0, 1, "response"},
        {SLA_ELEMENT_METRIC, "response", 0, 2, "response"}, /* a contract without metrics has it */
        {SLA_ELEMENT_METRIC, "update", 0, 1, NULL},
    };
    sla_contract *const contract = make_mover();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const sla_contract *const from = sla_contract_successor(contract, cases[i].from);
        const sla_contract *const to = sla_contract_successor(contract, cases[i].to);
        const int32_t index = find(from, cases[i].element, cases[i].name);
        const int32_t expected = cases[i].expected == NULL ? SLA_UNKNOWN : find(to, cases[i].element, cases[i].expected);
        assert_true(index >= 0 && (cases[i].expected == NULL || expected >= 0));
        const int32_t found = sli_contract_carry(contract, cases[i].element, cases[i].from, cases[i].to, index);
        if (found != expected) {
            fail_msg("'%s' from %d to %d is %d, not %d", cases[i].name, (int)cases[i].from, (int)cases[i].to, (int)found,
                     (int)expected);
        }
    }
    assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_CRITERION, 0, 1, SLA_UNSAID), SLA_UNSAID);
    assert_int_equal(sli_contract_carry(contract, SLA_ELEMENT_SERVICE, 0, 1, -7), -7);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_follow_the_contract_itself),     cmocka_unit_test(others_that_cannot_be_are_refused),
        cmocka_unit_test(missing_arguments_are_refused),         cmocka_unit_test(the_list_has_its_limit),
        cmocka_unit_test(contracts_are_let_go_in_any_order),     cmocka_unit_test(a_long_chain_is_let_go),
        cmocka_unit_test(section_7_5_facts_are_carried_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
