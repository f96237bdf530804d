/* SPDX-License-Identifier: MIT */
/* Contracts in which the first of a list, the second, or the one behind the last counts (§4, §5, §6, §7). */
#include "contract_fixture.h"

#include <pthread.h>

#include "contract/requests.h"

/* ---- Conditions ---- */

static const char *const letters[] = {"a", "b", "c"};

/* By what they ask about and by value, whatever row, key or value was given first. */
static void conditions_are_in_order(void **state) {
    (void)state;
    enum { TIER = SLA_ELEMENT_TIER, CHANNEL = SLA_ELEMENT_CHANNEL };
    static const struct {
        int32_t row;
        const char *key;
        const char *value;
    } given[] = {{1, "tier", "b"},    {0, "channel", "c"}, {1, "channel", "a"}, {0, "channel", "a"},
                 {0, "tier", "c"},    {1, "tier", "a"},    {0, "tier", "a"},    {0, "tier", "b"},
                 {1, "channel", "c"}, {0, "channel", "b"}, {1, "channel", "b"}};
    static const sla_condition expected[2][6] = {{{TIER, SLA_UNSAID, 0, {0}},
                                                  {TIER, SLA_UNSAID, 1, {0}},
                                                  {TIER, SLA_UNSAID, 2, {0}},
                                                  {CHANNEL, SLA_UNSAID, 0, {0}},
                                                  {CHANNEL, SLA_UNSAID, 1, {0}},
                                                  {CHANNEL, SLA_UNSAID, 2, {0}}},
                                                 {{TIER, SLA_UNSAID, 0, {0}},
                                                  {TIER, SLA_UNSAID, 1, {0}},
                                                  {CHANNEL, SLA_UNSAID, 0, {0}},
                                                  {CHANNEL, SLA_UNSAID, 1, {0}},
                                                  {CHANNEL, SLA_UNSAID, 2, {0}}}};
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(letters); i++) {
        add(builder, SLA_ELEMENT_TIER, letters[i]);
        add(builder, SLA_ELEMENT_CHANNEL, letters[i]);
    }
    for (int32_t row = 0; row < 2; row++) {
        add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    }
    for (size_t i = 0; i < COUNT_OF(given); i++) {
        ask(builder, SLA_ELEMENT_TARGET, given[i].row, given[i].key, given[i].value);
    }
    sla_contract *const contract = build(builder);
    for (int32_t row = 0; row < 2; row++) {
        const int32_t count = row == 0 ? 6 : 5;
        assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_TARGET, row), count);
        for (int32_t i = 0; i < count; i++) {
            sla_condition found;
            assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, row, i, &found), SLA_OK);
            assert_memory_equal(&found, &expected[row][i], sizeof found);
        }
    }
    sla_contract_unref(contract);
}

/* ---- Services on both lists (§5) ---- */

/* A service that both lists have by its own name is that, though another of its names stands on the other list as well. */
static sla_contract *doubly_listed(void) {
    sla_contract_builder *const builder = new_short_builder();
    const int32_t advice = add(builder, SLA_ELEMENT_SERVICE, "advice");
    name(builder, SLA_ELEMENT_SERVICE, advice, SLA_NAME_ALIAS, "consulting");
    clause(builder, SLA_ELEMENT_EXCLUSION, add(builder, SLA_ELEMENT_EXCLUSION, "advice"), "advice clause");
    clause(builder, SLA_ELEMENT_EXCLUSION, add(builder, SLA_ELEMENT_EXCLUSION, "consulting"), "consulting clause");
    return build(builder);
}

static void the_exclusion_of_a_services_own_name_comes_first(void **state) {
    (void)state;
    static const struct {
        const char *service;
        const char *clause;
    } cases[] = {{"advice", "advice clause"}, {"consulting", "advice clause"}};
    sla_contract *const contract = doubly_listed();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        request.service = find(contract, SLA_ELEMENT_SERVICE, cases[i].service);
        assert_string_equal(sla_contract_clause(contract, &request, SLA_REASON_SERVICE_EXCLUDED), cases[i].clause);
    }
    sla_contract_unref(contract);
}

/* The names `course` and `class` are one excluded service; `lesson` is covered, and by its other name it is that as well.
 */
static void add_one_service_with_three_names(sla_contract_builder *builder) {
    name(builder, SLA_ELEMENT_SERVICE, add(builder, SLA_ELEMENT_SERVICE, "lesson"), SLA_NAME_ALIAS, "course");
    name(builder, SLA_ELEMENT_EXCLUSION, add(builder, SLA_ELEMENT_EXCLUSION, "course"), SLA_NAME_ALIAS, "class");
}

/* The names `lesson` and `class` are one excluded service, but each is also a covered service of its own. */
static void add_two_services_with_one_exclusion(sla_contract_builder *builder) {
    name(builder, SLA_ELEMENT_EXCLUSION, add(builder, SLA_ELEMENT_EXCLUSION, "lesson"), SLA_NAME_ALIAS, "class");
    add(builder, SLA_ELEMENT_SERVICE, "lesson");
    add(builder, SLA_ELEMENT_SERVICE, "class");
}

/* Row 0 asks for `class`, row 1 for `lesson`. */
static void rows_ask_for_services_by_any_name(void **state) {
    (void)state;
    static const struct {
        void (*add)(sla_contract_builder *builder);
        int32_t rows[2]; /* of the services 0 and 1 */
    } cases[] = {{add_one_service_with_three_names, {0, 0}}, {add_two_services_with_one_exclusion, {1, 0}}};
    static const char *const asked[] = {"class", "lesson"};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_short_builder();
        cases[i].add(builder);
        for (int32_t row = 0; row < 2; row++) {
            add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
            ask(builder, SLA_ELEMENT_TARGET, row, "service", asked[row]);
        }
        sla_contract *const contract = build(builder);
        for (int32_t service = 0; service < 2; service++) {
            sla_request request = received("2026-11-23T10:00:00Z");
            int32_t row = 7;
            request.service = service;
            assert_int_equal(sla_contract_find_target(contract, 0, &request, &row), SLA_OK);
            assert_int_equal(row, cases[i].rows[service]);
        }
        sla_contract_unref(contract);
    }
}

/* ---- Metrics ---- */

/* §7: each metric starts and stops, the second as well as the first. */
static void every_metric_needs_start_and_stop(void **state) {
    (void)state;
    static const sla_metric plain = {0};
    sla_contract_builder *const builder = new_short_builder();
    sla_contract *contract = NULL;
    sla_error error = {0};
    int32_t index;
    add_metric(builder, "work", "received", "done");
    assert_int_equal(sla_contract_builder_add_metric(builder, "fix", SIZE_MAX, &plain, &index, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_build(builder, &contract, &error), SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "the metric 'fix' has no start event; name at least one");
    assert_null(contract);
    sla_contract_builder_free(builder);
}

/* The objective's metric is `response`, and a metric that is added later another. */
static void an_objective_needs_its_metric_at_once(void **state) {
    (void)state;
    static const sla_objective objective = {.attainment = 990000};
    sla_contract_builder *const builder = new_short_builder();
    int32_t index;
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    assert_int_equal(add_metric(builder, "work", "received", "done"), 1);
    sla_contract *const contract = build(builder);
    assert_int_equal(find(contract, SLA_ELEMENT_METRIC, "response"), 0);
    sla_contract_unref(contract);
}

/* ---- What the builder is told ---- */

/* A fact that services ask for keeps its index when all requesters have to hold it, be it the first or another. */
static void facts_of_services_keep_their_index(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    for (size_t i = 0; i < COUNT_OF(letters); i++) {
        name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_REQUIRED, letters[i]);
    }
    for (int32_t i = 2; i >= 0; i--) {
        assert_int_equal(add(builder, SLA_ELEMENT_FACT, letters[i]), i);
    }
    sla_contract_builder_free(builder);
}

static void kinds_that_there_are_not(void **state) {
    (void)state;
    static const struct {
        int32_t kind;
        const char *message;
    } cases[] = {{-1, "-1 is no kind of element"},
                 {SLA_ELEMENT_OBJECTIVE, "there is no objective at index 0"},
                 {SLA_ELEMENT_OBJECTIVE + 1, "15 is no kind of element"},
                 {SLA_ELEMENT_OBJECTIVE + 2, "16 is no kind of element"}};
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_error error = {0};
        assert_int_equal(sla_contract_builder_set_text(builder, cases[i].kind, 0, SLA_TEXT_NOTE, "x", SIZE_MAX, &error),
                         SLA_INVALID_ARGUMENT);
        assert_string_equal(error.message, cases[i].message);
    }
    sla_contract_builder_free(builder);
}

static void a_calendar_is_added_to_a_builder_and_has_an_index(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_calendar *const calendar = hours("UTC", WEEKDAYS, 0, HOUR);
    int32_t index = 7;
    const struct {
        sla_contract_builder *builder;
        sla_calendar *calendar;
        int32_t *index;
    } cases[] = {{NULL, calendar, &index}, {builder, NULL, &index}, {builder, calendar, NULL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_error error = {0};
        assert_int_equal(
            sla_contract_builder_add_calendar(cases[i].builder, "x", 1, cases[i].calendar, cases[i].index, &error),
            SLA_INVALID_ARGUMENT);
        assert_string_equal(error.message, "a builder, a calendar and a place for the index are needed");
    }
    sla_calendar_unref(calendar);
    sla_contract_builder_free(builder);
}

/* A complaint lists all names of services, also where most are other names of those excluded. */
static void many_names_of_few_services_are_known(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_error error = {0};
    const int32_t training = add(builder, SLA_ELEMENT_EXCLUSION, "training");
    for (size_t i = 0; i < COUNT_OF(letters); i++) {
        name(builder, SLA_ELEMENT_EXCLUSION, training, SLA_NAME_ALIAS, letters[i]);
    }
    name(builder, SLA_ELEMENT_EXCLUSION, training, SLA_NAME_ALIAS, "course");
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    assert_int_equal(
        sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, 0, "service", SIZE_MAX, "xyzuvw", SIZE_MAX, &error),
        SLA_NOT_FOUND);
    assert_string_equal(error.message, "unknown service 'xyzuvw'; this contract has training, a, b, c, course");
    sla_contract_builder_free(builder);
}

/* ---- Texts ---- */

/* The rows of the table speak for criteria alone, and only where a criterion says nothing itself. */
static void rows_speak_for_criteria_alone(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_TIER, "gold");
    clause(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "high"), "clause of row 0");
    clause(builder, SLA_ELEMENT_RULE, add(builder, SLA_ELEMENT_RULE, "low"), "clause of row 1");
    clause(builder, SLA_ELEMENT_CRITERION, 1, "clause of low");
    sla_contract *const contract = build(builder);
    static const struct {
        int32_t element;
        int32_t index;
        const char *clause;
    } cases[] = {{SLA_ELEMENT_TIER, 0, ""},
                 {SLA_ELEMENT_CRITERION, 0, "clause of row 0"},
                 {SLA_ELEMENT_CRITERION, 1, "clause of low"},
                 {SLA_ELEMENT_RULE, 1, "clause of row 1"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(sla_contract_text(contract, cases[i].element, cases[i].index, SLA_TEXT_CLAUSE),
                            cases[i].clause);
    }
    sla_contract_unref(contract);
}

/* ---- Scope, explained (§5) ---- */

static sla_scope_check check_of(const sla_contract *contract, const sla_request *request, int32_t reason) {
    enum { CHECKS = 8 };
    sla_scope_check checks[CHECKS];
    size_t count = 0;
    assert_int_equal(sla_contract_explain_scope(contract, request, checks, CHECKS, &count), SLA_OK);
    for (size_t i = 0; i < count; i++) {
        if (checks[i].reason == reason) {
            return checks[i];
        }
    }
    fail_msg("the reason %d is not explained", (int)reason);
    return (sla_scope_check){0};
}

/* A tier and a channel are judged together, a language where the contract has any: only what the request says. */
static void what_is_not_said_is_not_judged(void **state) {
    (void)state;
    enum { TIER = SLA_REASON_CHANNEL_NOT_IN_TIER, LANGUAGE = SLA_REASON_LANGUAGE_NOT_SUPPORTED, NO = SLA_UNSAID };
    static const struct {
        int32_t tier;
        int32_t channel;
        int32_t language;
        int32_t reason;
        int32_t outcome;
    } cases[] = {
        {NO, NO, NO, TIER, SLA_CHECK_NOT_JUDGED},
        {0, NO, NO, TIER, SLA_CHECK_NOT_JUDGED},
        {NO, 0, NO, TIER, SLA_CHECK_NOT_JUDGED},
        {0, 0, NO, TIER, SLA_CHECK_PASSED},
        {0, 1, NO, TIER, SLA_CHECK_FAILED},
        {NO, NO, NO, LANGUAGE, SLA_CHECK_NOT_JUDGED},
        {NO, NO, 0, LANGUAGE, SLA_CHECK_PASSED},
        {NO, NO, 1, LANGUAGE, SLA_CHECK_PASSED},
        {NO, NO, SLA_UNKNOWN, LANGUAGE, SLA_CHECK_FAILED},
    };
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    name(builder, SLA_ELEMENT_TIER, add(builder, SLA_ELEMENT_TIER, "gold"), SLA_NAME_CHANNEL, "email");
    add(builder, SLA_ELEMENT_LANGUAGE, "en");
    add(builder, SLA_ELEMENT_LANGUAGE, "de");
    sla_contract *const contract = build(builder);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        request.tier = cases[i].tier;
        request.channel = cases[i].channel;
        request.language = cases[i].language;
        assert_int_equal(check_of(contract, &request, cases[i].reason).outcome, cases[i].outcome);
    }
    sla_contract_unref(contract);
}

/* An explanation fills what it is given, not a byte more, and tells how much there is. */
static void explanations_stay_in_their_room(void **state) {
    (void)state;
    enum { CHECKS = 8 };
    sla_contract *const contract = build(new_short_builder());
    const sla_request request = received("2026-11-23T10:00:00Z");
    for (size_t capacity = 0; capacity <= CHECKS; capacity++) {
        sla_scope_check checks[CHECKS + 1];
        unsigned char untouched[sizeof checks];
        size_t count = 0;
        memset(checks, 0x55, sizeof checks);
        memset(untouched, 0x55, sizeof untouched);
        assert_int_equal(sla_contract_explain_scope(contract, &request, checks, capacity, &count),
                         capacity < CHECKS ? SLA_BUFFER_TOO_SMALL : SLA_OK);
        assert_int_equal(count, CHECKS);
        assert_memory_equal(checks + capacity, untouched, sizeof checks - capacity * sizeof *checks);
    }
    sla_contract_unref(contract);
}

/* ---- For other modules ---- */

static void the_horizon_is_told(void **state) {
    (void)state;
    sla_contract *const contract = build(new_short_builder());
    int64_t begin = 0;
    int64_t end = 0;
    sli_contract_horizon(contract, &begin, &end);
    assert_true(begin == instant("2026-01-01T00:00:00Z"));
    assert_true(end == instant("2027-01-01T00:00:00Z"));
    sla_contract_unref(contract);
}

/* Whatever stood there before, a due time has all of its fields, or none. */
static void a_due_time_is_written_whole(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add_target(builder, target_of(SLA_TARGET_BEST_EFFORT, 0));
    sla_contract *const contract = build(builder);
    const struct {
        int32_t target;
        int64_t start;
        sla_status status;
        sla_due due;
    } cases[] = {
        {SLA_UNSAID,
         instant("2026-11-23T10:00:00Z"),
         SLA_OK,
         {.kind = SLA_DUE_NO_TARGET, .target = SLA_UNSAID, .at = SLA_NONE, .limit = SLA_NONE}},
        {0,
         instant("2026-11-23T10:00:00Z"),
         SLA_OK,
         {.kind = SLA_DUE_BEST_EFFORT, .target = 0, .at = SLA_NONE, .limit = SLA_NONE}},
        {0, instant("2027-01-01T00:00:00Z"), SLA_HORIZON, {0}},
        {1, instant("2026-11-23T10:00:00Z"), SLA_INVALID_ARGUMENT, {0}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_due due;
        memset(&due, 0x55, sizeof due);
        assert_int_equal(sli_contract_due_at(contract, cases[i].target, cases[i].start, &due), cases[i].status);
        assert_memory_equal(&due, &cases[i].due, sizeof due);
    }
    sla_contract_unref(contract);
}

/* §4.4: without a grace a promise is kept until it is due, and nothing is asked of a calendar that has ended. */
static void a_promise_without_grace_ends_when_it_is_due(void **state) {
    (void)state;
    for (int32_t grace = 0; grace < 2; grace++) {
        sla_contract_builder *const builder = new_short_builder();
        sla_target target = target_of(SLA_TARGET_DURATION, HOUR);
        target.grace = grace;
        add_target(builder, target);
        sla_contract *const contract = build(builder);
        const int64_t end = instant("2027-01-01T00:00:00Z");
        const int64_t limit = sli_target_limit(sli_contract_target(contract, 0), end);
        assert_true(limit == (grace == 0 ? end : INT64_MAX));
        sla_contract_unref(contract);
    }
}

/* ---- Copying and letting go ---- */

/* A copy is made of a model's own tables, not of what follows it. */
static void a_copy_ends_with_the_model(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    struct condition own = {0};
    struct {
        model copied;
        condition_list behind;
    } place = {.behind = {&own, 1, 7}};
    assert_true(sli_model_copy(&builder->model, &place.copied));
    assert_ptr_equal(place.behind.items, &own);
    assert_int_equal(place.behind.count, 1);
    assert_int_equal(place.behind.capacity, 7);
    sli_model_free(&place.copied);
    sla_contract_builder_free(builder);
}

/* A model that is let go of is empty, and may be let go of again. */
static void a_model_is_let_go_of_once(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_TIER, "gold");
    sli_model_free(&builder->model);
    assert_int_equal(sli_model_count(&builder->model, SLA_ELEMENT_TIER), 0);
    assert_null(builder->model.pool.items);
    sla_contract_builder_free(builder);
}

enum { CHAIN = 6000, STACK_BYTES = 256 * 1024 };

/* The last of a chain of contracts, each of which knows the one before it. */
static sla_contract *chain_of_contracts(void) {
    sla_contract *last = build(new_short_builder());
    for (int32_t i = 0; i < CHAIN; i++) {
        sla_contract_builder *builder = NULL;
        int32_t index = 0;
        sla_zone *const zone = sla_contract_zone(last);
        assert_int_equal(sla_contract_builder_new(i % 2 == 0 ? "even" : "odd", SIZE_MAX, zone,
                                                  instant("2026-01-01T00:00:00Z"), instant("2027-01-01T00:00:00Z"),
                                                  &builder, NULL),
                         SLA_OK);
        assert_int_equal(sla_contract_builder_add_contract(builder, last, &index, NULL), SLA_OK);
        sla_contract_unref(last);
        last = build(builder);
    }
    return last;
}

static void *let_go(void *contract) {
    sla_contract_unref(contract);
    return NULL;
}

/* §7.5: however many contracts follow one another, letting go of the last takes little of the stack. */
static void long_chains_are_let_go_of_on_a_small_stack(void **state) {
    (void)state;
    sla_contract *const last = chain_of_contracts();
    pthread_attr_t small;
    pthread_t thread;
    assert_int_equal(pthread_attr_init(&small), 0);
    assert_int_equal(pthread_attr_setstacksize(&small, STACK_BYTES), 0);
    assert_int_equal(pthread_create(&thread, &small, let_go, last), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_in_order),
        cmocka_unit_test(the_exclusion_of_a_services_own_name_comes_first),
        cmocka_unit_test(rows_ask_for_services_by_any_name),
        cmocka_unit_test(every_metric_needs_start_and_stop),
        cmocka_unit_test(an_objective_needs_its_metric_at_once),
        cmocka_unit_test(facts_of_services_keep_their_index),
        cmocka_unit_test(kinds_that_there_are_not),
        cmocka_unit_test(a_calendar_is_added_to_a_builder_and_has_an_index),
        cmocka_unit_test(many_names_of_few_services_are_known),
        cmocka_unit_test(rows_speak_for_criteria_alone),
        cmocka_unit_test(what_is_not_said_is_not_judged),
        cmocka_unit_test(explanations_stay_in_their_room),
        cmocka_unit_test(the_horizon_is_told),
        cmocka_unit_test(a_due_time_is_written_whole),
        cmocka_unit_test(a_promise_without_grace_ends_when_it_is_due),
        cmocka_unit_test(a_copy_ends_with_the_model),
        cmocka_unit_test(a_model_is_let_go_of_once),
        cmocka_unit_test(long_chains_are_let_go_of_on_a_small_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
