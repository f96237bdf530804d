/* SPDX-License-Identifier: MIT */
/* The criteria table (§6): the first row that accepts decides. */
#include "contract_fixture.h"

static sla_contract *agreement(void) {
    sla_contract_builder *const builder = new_builder("UTC");
    static const char *const impacts[] = {"mission-critical", "limited", "none"};
    static const char *const workarounds[] = {"none", "available"};
    const int32_t impact = add(builder, SLA_ELEMENT_ATTRIBUTE, "impact");
    for (size_t i = 0; i < COUNT_OF(impacts); i++) {
        name(builder, SLA_ELEMENT_ATTRIBUTE, impact, SLA_NAME_VALUE, impacts[i]);
    }
    const int32_t workaround = add(builder, SLA_ELEMENT_ATTRIBUTE, "workaround");
    for (size_t i = 0; i < COUNT_OF(workarounds); i++) {
        name(builder, SLA_ELEMENT_ATTRIBUTE, workaround, SLA_NAME_VALUE, workarounds[i]);
    }
    add(builder, SLA_ELEMENT_TIER, "premium");
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_ALIAS, "fix");
    const int32_t critical = add(builder, SLA_ELEMENT_RULE, "critical");
    ask(builder, SLA_ELEMENT_RULE, critical, "impact", "mission-critical");
    ask(builder, SLA_ELEMENT_RULE, critical, "workaround", "none");
    const int32_t minor = add(builder, SLA_ELEMENT_RULE, "minor");
    ask(builder, SLA_ELEMENT_RULE, minor, "impact", "none");
    const int32_t raised = add(builder, SLA_ELEMENT_RULE, "critical");
    ask(builder, SLA_ELEMENT_RULE, raised, "tier", "premium");
    ask(builder, SLA_ELEMENT_RULE, raised, "service", "fix");
    const int32_t normal = add(builder, SLA_ELEMENT_RULE, "normal");
    ask(builder, SLA_ELEMENT_RULE, normal, "impact", "limited");
    ask(builder, SLA_ELEMENT_RULE, normal, "impact", "mission-critical");
    return build(builder);
}

static void section_6_the_first_row_that_accepts_decides(void **state) {
    (void)state;
    static const struct {
        int32_t impact;
        int32_t workaround;
        int32_t tier;
        int32_t service;
        const char *criterion; /* NULL: no row accepts */
    } cases[] = {
        {0, 0, -1, -1, "critical"}, {0, 1, -1, -1, "normal"},   {1, 0, -1, -1, "normal"},
        {2, 0, -1, -1, "minor"},    {2, 1, 0, 0, "minor"}, /* the row before */
        {1, 1, 0, 0, "critical"},                          /* several rows give one criterion */
        {1, 1, 0, -1, "normal"},                           /* a row that asks for what is not said does not accept */
        {1, 1, -1, 0, "normal"},    {-1, -1, 0, 0, "critical"}, {0, -1, -1, -1, "normal"},
        {-1, 0, -1, -1, NULL},      {-1, -1, -1, -1, NULL},     {-1, -1, 0, SLA_UNKNOWN, NULL},
    };
    sla_contract *const contract = agreement();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        request.tier = cases[i].tier;
        request.service = cases[i].service;
        request.criterion = 99; /* does not count */
        const int32_t values[] = {cases[i].impact, cases[i].workaround};
        int32_t criterion = 77;
        const sla_status status = sla_contract_decide_criterion(contract, &request, values, &criterion);
        assert_int_equal(status, cases[i].criterion == NULL ? SLA_NOT_FOUND : SLA_OK);
        if (cases[i].criterion == NULL) {
            assert_int_equal(criterion, SLA_UNSAID);
        } else {
            assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_CRITERION, criterion), cases[i].criterion);
        }
    }
    sla_contract_unref(contract);
}

static void what_is_no_value_is_an_invalid_request(void **state) {
    (void)state;
    sla_contract *const contract = agreement();
    sla_request requests[5];
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        requests[i] = received("2026-11-23T10:00:00Z");
    }
    requests[3].tier = SLA_UNKNOWN;
    const int32_t values[] = {3, 0, 0, 2, SLA_UNKNOWN, 0, 0, 0, 0, 0};
    const sla_status expected[] = {SLA_INVALID_REQUEST, SLA_INVALID_REQUEST, SLA_INVALID_REQUEST, SLA_INVALID_REQUEST,
                                   SLA_OK};
    int32_t criteria[5];
    sla_status statuses[5];
    assert_int_equal(sla_contract_decide_criterion_many(contract, 5, requests, values, criteria, statuses), SLA_OK);
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        assert_int_equal(statuses[i], expected[i]);
        assert_int_equal(criteria[i], expected[i] == SLA_OK ? 0 : SLA_UNSAID);
    }
    assert_int_equal(sla_contract_decide_criterion_many(contract, 5, requests, values, criteria, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_criterion_many(contract, 1, requests, NULL, criteria, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_criterion_many(contract, 0, NULL, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_criterion(NULL, requests, values, criteria), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_criterion(contract, NULL, values, criteria), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_criterion(contract, requests, values, NULL), SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

static void without_attributes_no_values_are_needed(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_builder("UTC");
    add(builder, SLA_ELEMENT_RULE, "only");
    sla_contract *const contract = build(builder);
    const sla_request request = received("2026-11-23T10:00:00Z");
    int32_t criterion = -1;
    assert_int_equal(sla_contract_decide_criterion(contract, &request, NULL, &criterion), SLA_OK);
    assert_int_equal(criterion, 0);
    sla_contract_unref(contract);
}

/* ---- Every combination of random tables, against sets of bits ---- */

enum { ATTRIBUTES = 3, VALUES = 3, ROWS = 5 };

/* The values that each row accepts, as bits; all bits when the row does not ask. */
struct plain_table {
    uint32_t accepted[ROWS][ATTRIBUTES];
    bool asks[ROWS][ATTRIBUTES];
};

static sla_contract *enter_table(const struct plain_table *plain) {
    static const char *const attributes[ATTRIBUTES] = {"a0", "a1", "a2"};
    static const char *const values[VALUES] = {"v2", "v1", "v0"}; /* numbers are not in the order of names */
    static const char *const criteria[ROWS] = {"p0", "p1", "p2", "p3", "p4"};
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        const int32_t index = add(builder, SLA_ELEMENT_ATTRIBUTE, attributes[i]);
        for (size_t n = 0; n < VALUES; n++) {
            name(builder, SLA_ELEMENT_ATTRIBUTE, index, SLA_NAME_VALUE, values[n]);
        }
    }
    for (size_t row = 0; row < ROWS; row++) {
        add(builder, SLA_ELEMENT_RULE, criteria[row]);
    }
    for (size_t n = VALUES; n-- > 0;) { /* conditions in no particular order */
        for (size_t row = ROWS; row-- > 0;) {
            for (size_t i = 0; i < ATTRIBUTES; i++) {
                if (plain->asks[row][i] && (plain->accepted[row][i] >> n & 1) != 0) {
                    ask(builder, SLA_ELEMENT_RULE, (int32_t)row, attributes[i], values[n]);
                }
            }
        }
    }
    return build(builder);
}

static int32_t plain_criterion(const struct plain_table *plain, const int32_t *values) {
    for (int32_t row = 0; row < ROWS; row++) {
        bool accepts = true;
        for (size_t i = 0; i < ATTRIBUTES; i++) {
            accepts =
                accepts && (!plain->asks[row][i] || (values[i] >= 0 && (plain->accepted[row][i] >> values[i] & 1) != 0));
        }
        if (accepts) {
            return row;
        }
    }
    return SLA_UNSAID;
}

static void section_6_agrees_with_every_combination(void **state) {
    (void)state;
    uint64_t seed = 6;
    for (int n = 0; n < 100; n++) {
        struct plain_table plain;
        for (size_t row = 0; row < ROWS; row++) {
            for (size_t i = 0; i < ATTRIBUTES; i++) {
                plain.asks[row][i] = draw(&seed, 2) == 0;
                plain.accepted[row][i] = 1 + draw(&seed, (1U << VALUES) - 1);
            }
        }
        sla_contract *const contract = enter_table(&plain);
        const sla_request request = received("2026-11-23T10:00:00Z");
        for (int32_t code = 0; code < 64; code++) {
            const int32_t values[] = {code % 4 - 1, code / 4 % 4 - 1, code / 16 - 1};
            int32_t criterion = 77;
            sla_contract_decide_criterion(contract, &request, values, &criterion);
            assert_int_equal(criterion, plain_criterion(&plain, values));
        }
        sla_contract_unref(contract);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(section_6_the_first_row_that_accepts_decides),
        cmocka_unit_test(what_is_no_value_is_an_invalid_request),
        cmocka_unit_test(without_attributes_no_values_are_needed),
        cmocka_unit_test(section_6_agrees_with_every_combination),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
