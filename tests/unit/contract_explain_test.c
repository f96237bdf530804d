/* SPDX-License-Identifier: MIT */
/* Explanations of the contract's decisions say what the decisions say, on random requests and by example. */
#include "contract_fixture.h"
#include "document_fixture.h"
#include "random.h"

static const char agreement[] =
    "sla: 1\n"
    "name: Desk\n"
    "time_zone: UTC\n"
    "valid: {from: 2026-01-01, until: 2027-01-01}\n"
    "languages: [en, de]\n"
    "requires: [licence, seat]\n"
    "default_calendar: office\n"
    "calendars: {office: {hours: {mon-fri: 09:00-17:00}}}\n"
    "channels: {email: {}, phone: {calendar: office}}\n"
    "tiers: {standard: {channels: [email]}, premium: {includes: [standard], channels: [phone]}}\n"
    "services:\n"
    "  unlisted: excluded\n"
    "  covered: {question: {requires: []}, repair: {}}\n"
    "  excluded: {training: {clause: 'No lessons', aliases: [course]}}\n"
    "attributes: {impact: [high, low], workaround: [none, available]}\n"
    "criteria:\n"
    "  - {name: critical, when: {impact: high, workaround: none, tier: premium}}\n"
    "  - {name: urgent, when: {impact: high}}\n"
    "  - {name: minor, when: {impact: low, workaround: [none, available]}}\n"
    "targets:\n"
    "  - {metric: response, criterion: critical, within: 1h}\n"
    "  - {metric: response, criterion: [critical, urgent], tier: premium, channel: phone, within: 2h}\n"
    "  - {metric: response, criterion: urgent, service: question, within: 4h}\n"
    "  - {metric: response, tier: [standard, premium], within: 8h}\n";

enum { TRIALS = 8, CHECKS = 8, ATTRIBUTES = 2, ROUNDS = 20000 };

static sla_contract *load_agreement(void) {
    return contract_of_document(agreement);
}

static int32_t draw_index(random_source *source, const sla_contract *contract, int32_t element, int64_t least) {
    return (int32_t)random_between(source, least, sla_contract_count(contract, element));
}

static sla_request draw_request(random_source *source, const sla_contract *contract) {
    sla_request request = received("2025-12-30T00:00:00Z");
    request.received += random_between(source, 0, 380 * 24) * HOUR;
    request.holds = (uint64_t)random_between(source, 0, 4);
    request.tier = draw_index(source, contract, SLA_ELEMENT_TIER, SLA_UNSAID);
    request.channel = draw_index(source, contract, SLA_ELEMENT_CHANNEL, SLA_UNSAID);
    request.service = draw_index(source, contract, SLA_ELEMENT_SERVICE, SLA_UNKNOWN);
    request.language = draw_index(source, contract, SLA_ELEMENT_LANGUAGE, SLA_UNKNOWN);
    request.criterion = draw_index(source, contract, SLA_ELEMENT_CRITERION, SLA_UNSAID);
    return request;
}

/* Rows in order, only the last of which can fit; a failing condition names what no condition of the row on it accepts. */
static void expect_trials(const sla_contract *contract, int32_t element, const sla_trial *trials, size_t count,
                          int32_t row) {
    const size_t expected = row == SLA_UNSAID ? (size_t)sla_contract_count(contract, element) : (size_t)row + 1;
    assert_int_equal(count, expected);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(trials[i].row, i);
        assert_int_equal(trials[i].fits, (int32_t)i == row);
        assert_int_equal(trials[i].element == SLA_UNSAID, trials[i].fits);
        bool asked = false;
        sla_condition condition;
        for (int32_t k = 0; sla_contract_get_condition(contract, element, trials[i].row, k, &condition) == SLA_OK; k++) {
            if (condition.element == trials[i].element && condition.attribute == trials[i].attribute) {
                asked = true;
                assert_int_not_equal(condition.value, trials[i].found);
            }
        }
        assert_int_equal(asked, !trials[i].fits);
    }
}

/* §4.3, §6: the last row tried is the one that decides. */
static void trials_lead_to_the_decision(void **state) {
    (void)state;
    random_source source = random_start("trials");
    sla_contract *const contract = load_agreement();
    for (int32_t round = 0; round < ROUNDS; round++) {
        const sla_request request = draw_request(&source, contract);
        const int32_t values[ATTRIBUTES] = {(int32_t)random_between(&source, SLA_UNSAID, 2),
                                            (int32_t)random_between(&source, SLA_UNSAID, 2)};
        sla_trial trials[TRIALS];
        size_t count;
        int32_t row;
        const sla_status found = sla_contract_find_target(contract, 0, &request, &row);
        assert_true(found == SLA_OK || found == SLA_NOT_FOUND);
        assert_int_equal(sla_contract_explain_target(contract, 0, &request, trials, TRIALS, &count), SLA_OK);
        expect_trials(contract, SLA_ELEMENT_TARGET, trials, count, row);

        int32_t criterion;
        sla_contract_decide_criterion(contract, &request, values, &criterion);
        assert_int_equal(sla_contract_explain_criterion(contract, &request, values, trials, TRIALS, &count), SLA_OK);
        expect_trials(contract, SLA_ELEMENT_RULE, trials, count, criterion); /* each criterion has one rule here */
    }
    sla_contract_unref(contract);
}

/* §5: what failed is the reasons, one question each. */
static void checks_are_the_reasons(void **state) {
    (void)state;
    random_source source = random_start("checks");
    sla_contract *const contract = load_agreement();
    int32_t seen[CHECKS][3] = {{0}};
    for (int32_t round = 0; round < ROUNDS; round++) {
        const sla_request request = draw_request(&source, contract);
        sla_scope_check checks[CHECKS];
        sla_scope scope;
        size_t count;
        assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
        assert_int_equal(sla_contract_explain_scope(contract, &request, checks, CHECKS, &count), SLA_OK);
        assert_int_equal(count, CHECKS);
        for (size_t i = 0; i < CHECKS; i++) {
            assert_int_equal(checks[i].reason, 1 << i);
            assert_int_equal(checks[i].outcome == SLA_CHECK_FAILED, (scope.reasons & checks[i].reason) != 0);
            seen[i][checks[i].outcome]++;
        }
        assert_int_equal(checks[4].instant, scope.next_open);
    }
    for (size_t i = 0; i < CHECKS; i++) {
        assert_true(seen[i][SLA_CHECK_PASSED] > 0 && seen[i][SLA_CHECK_FAILED] > 0);
        assert_true(i < 2 || seen[i][SLA_CHECK_NOT_JUDGED] > 0); /* a validity is always judged */
    }
    sla_contract_unref(contract);
}

/* What each question names. */
static void checks_name_what_decides(void **state) {
    (void)state;
    sla_contract *const contract = load_agreement();
    sla_request request = received("2027-01-02T20:00:00Z");
    request.holds = 1;
    request.tier = find(contract, SLA_ELEMENT_TIER, "standard");
    request.channel = find(contract, SLA_ELEMENT_CHANNEL, "phone");
    request.language = SLA_UNKNOWN;
    request.service = find(contract, SLA_ELEMENT_SERVICE, "course");
    const sla_scope_check expected[CHECKS] = {
        {SLA_REASON_NOT_YET_VALID, SLA_CHECK_PASSED, SLA_ELEMENT_CONTRACT, 0, instant("2026-01-01T00:00:00Z"), 0},
        {SLA_REASON_EXPIRED, SLA_CHECK_FAILED, SLA_ELEMENT_CONTRACT, 0, instant("2027-01-01T00:00:00Z"), 0},
        {SLA_REASON_REQUIREMENT_MISSING, SLA_CHECK_FAILED, SLA_ELEMENT_FACT, 1, SLA_NONE, 0},
        {SLA_REASON_CHANNEL_NOT_IN_TIER, SLA_CHECK_FAILED, SLA_ELEMENT_TIER, request.tier, SLA_NONE, 0},
        {SLA_REASON_CHANNEL_CLOSED, SLA_CHECK_FAILED, SLA_ELEMENT_CHANNEL, request.channel, instant("2027-01-04T09:00:00Z"),
         0},
        {SLA_REASON_LANGUAGE_NOT_SUPPORTED, SLA_CHECK_FAILED, SLA_ELEMENT_LANGUAGE, SLA_UNKNOWN, SLA_NONE, 0},
        {SLA_REASON_SERVICE_EXCLUDED, SLA_CHECK_FAILED, SLA_ELEMENT_EXCLUSION, request.service, SLA_NONE, 0},
        {SLA_REASON_SERVICE_NOT_LISTED, SLA_CHECK_PASSED, SLA_ELEMENT_SERVICE, request.service, SLA_NONE, 0},
    };
    sla_scope_check checks[CHECKS];
    size_t count;
    assert_int_equal(sla_contract_explain_scope(contract, &request, checks, CHECKS, &count), SLA_OK);
    assert_memory_equal(checks, expected, sizeof expected);
    assert_string_equal(sla_contract_text(contract, checks[6].element, checks[6].index, SLA_TEXT_CLAUSE), "No lessons");
    sla_contract_unref(contract);
}

/* §5: where what is not listed is covered, the contract does not ask whether a service is listed. */
static void what_the_contract_does_not_ask_is_not_judged(void **state) {
    (void)state;
    sla_contract *const contract = build(new_builder("UTC"));
    sla_request request = received("2026-03-02T10:00:00Z");
    request.service = SLA_UNKNOWN;
    request.language = SLA_UNKNOWN;
    sla_scope_check checks[CHECKS];
    size_t count;
    assert_int_equal(sla_contract_explain_scope(contract, &request, checks, CHECKS, &count), SLA_OK);
    for (size_t i = 0; i < count; i++) {
        const bool asked = checks[i].reason == SLA_REASON_SERVICE_EXCLUDED;
        assert_int_equal(checks[i].outcome, asked ? SLA_CHECK_PASSED : SLA_CHECK_NOT_JUDGED);
    }
    sla_contract_unref(contract);
}

/* A row's conditions stand side by side by what they ask about. */
static void conditions_of_a_row(void **state) {
    (void)state;
    sla_contract *const contract = load_agreement();
    const int32_t critical = find(contract, SLA_ELEMENT_CRITERION, "critical");
    const int32_t urgent = find(contract, SLA_ELEMENT_CRITERION, "urgent");
    const sla_condition expected[] = {
        {SLA_ELEMENT_METRIC, SLA_UNSAID, 0, {0}},
        {SLA_ELEMENT_CRITERION, SLA_UNSAID, critical < urgent ? critical : urgent, {0}},
        {SLA_ELEMENT_CRITERION, SLA_UNSAID, critical < urgent ? urgent : critical, {0}},
        {SLA_ELEMENT_TIER, SLA_UNSAID, find(contract, SLA_ELEMENT_TIER, "premium"), {0}},
        {SLA_ELEMENT_CHANNEL, SLA_UNSAID, find(contract, SLA_ELEMENT_CHANNEL, "phone"), {0}},
    };
    assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_TARGET, 1), COUNT_OF(expected));
    for (int32_t i = 0; i < (int32_t)COUNT_OF(expected); i++) {
        sla_condition condition;
        assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, 1, i, &condition), SLA_OK);
        assert_memory_equal(&condition, &expected[i], sizeof condition);
    }
    sla_condition attribute;
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 1, 0, &attribute), SLA_OK);
    assert_int_equal(attribute.element, SLA_ELEMENT_ATTRIBUTE);
    assert_int_equal(attribute.attribute, find(contract, SLA_ELEMENT_ATTRIBUTE, "impact"));
    sla_contract_unref(contract);
}

static void unusable_questions(void **state) {
    (void)state;
    sla_contract *const contract = load_agreement();
    sla_request request = received("2026-03-02T10:00:00Z");
    const int32_t wrong[ATTRIBUTES] = {7, 0};
    sla_trial trials[TRIALS];
    sla_scope_check checks[CHECKS];
    sla_condition condition;
    size_t count = 9;
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, NULL, 0, &count), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 4);
    assert_int_equal(sla_contract_explain_target(contract, 1, &request, trials, TRIALS, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_explain_target(NULL, 0, &request, trials, TRIALS, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, trials, TRIALS, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, NULL, 1, &count), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_explain_criterion(contract, &request, wrong, trials, TRIALS, &count),
                     SLA_INVALID_REQUEST);
    assert_int_equal(sla_contract_explain_criterion(contract, &request, NULL, trials, TRIALS, &count),
                     SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_explain_scope(contract, &request, checks, 7, &count), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, CHECKS);
    request.tier = 2;
    assert_int_equal(sla_contract_explain_scope(contract, &request, checks, CHECKS, &count), SLA_INVALID_REQUEST);
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, trials, TRIALS, &count), SLA_INVALID_REQUEST);
    assert_int_equal(count, 0);
    assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_TIER, 0), 0);
    assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_TARGET, 4), 0);
    assert_int_equal(sla_contract_condition_count(NULL, SLA_ELEMENT_TARGET, 0), 0);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, 0, 2, &condition), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, 0, -1, &condition), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, 0, 0, NULL), SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trials_lead_to_the_decision), cmocka_unit_test(checks_are_the_reasons),
        cmocka_unit_test(checks_name_what_decides),    cmocka_unit_test(conditions_of_a_row),
        cmocka_unit_test(unusable_questions),          cmocka_unit_test(what_the_contract_does_not_ask_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
