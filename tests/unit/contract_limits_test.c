/* SPDX-License-Identifier: MIT */
/*
 * Contracts at their limits: each bound held exactly, numbers at the ends of their ranges, and calls of which one thing is
 * wrong.
 */
#include "contract_fixture.h"

#include "contract/model.h"

#define MOST_SECONDS (INT64_C(1) << 53)

static void numbered(char name[16], size_t number) {
    snprintf(name, 16, "%zu", number);
}

/* ---- Bounds ---- */

static sla_status try_add(sla_contract_builder *builder, int32_t element, size_t number, sla_error *error) {
    char called[16];
    int32_t index;
    numbered(called, number);
    return sla_contract_builder_add(builder, element, called, SIZE_MAX, &index, error);
}

static sla_status add_numbered_metric(sla_contract_builder *builder, const char *called, sla_error *error) {
    const sla_metric plain = {0};
    int32_t index;
    const sla_status status = sla_contract_builder_add_metric(builder, called, SIZE_MAX, &plain, &index, error);
    if (status == SLA_OK) {
        name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_START, "begun");
        name(builder, SLA_ELEMENT_METRIC, index, SLA_NAME_STOP, "done");
    }
    return status;
}

static sla_status add_number_of_kind(sla_contract_builder *builder, int32_t element, size_t number, sla_error *error) {
    static const sla_objective none = {0};
    const sla_target at_once = target_of(SLA_TARGET_IMMEDIATE, 0);
    char called[16];
    int32_t index;
    numbered(called, number);
    switch (element) {
        case SLA_ELEMENT_CALENDAR: {
            sla_calendar *const always = hours_over("UTC", 0, SLI_DAY, 127, 0, SLI_DAY);
            const sla_status status = sla_contract_builder_add_calendar(builder, called, SIZE_MAX, always, &index, error);
            sla_calendar_unref(always);
            return status;
        }
        case SLA_ELEMENT_METRIC:
            return add_numbered_metric(builder, called, error);
        case SLA_ELEMENT_EVENT: /* comes with the metric that names it */
            return sla_contract_builder_add_name(builder, SLA_ELEMENT_METRIC, 0, SLA_NAME_PAUSE, called, SIZE_MAX, error);
        case SLA_ELEMENT_TARGET:
            return sla_contract_builder_add_target(builder, &at_once, &index, error);
        case SLA_ELEMENT_OBJECTIVE:
            return sla_contract_builder_add_objective(builder, &none, &index, error);
        default:
            return try_add(builder, element, number, error);
    }
}

static void each_kind_has_its_bound(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        size_t there; /* before any is added */
        size_t most;
        const char *complaint;
    } cases[] = {
        {SLA_ELEMENT_CALENDAR, 1, 1000, "a contract has at most 1000 calendars"},
        {SLA_ELEMENT_CHANNEL, 0, 1024, "a contract has at most 1024 channels"},
        {SLA_ELEMENT_TIER, 0, 256, "a contract has at most 256 tiers"},
        {SLA_ELEMENT_SERVICE, 0, 10000, "a contract has at most 10000 names of services, aliases included"},
        {SLA_ELEMENT_EXCLUSION, 0, 10000, "a contract has at most 10000 names of excluded services, aliases included"},
        {SLA_ELEMENT_LANGUAGE, 0, 1000, "a contract has at most 1000 languages"},
        {SLA_ELEMENT_FACT, 0, 64, "a contract has at most 64 facts"},
        {SLA_ELEMENT_ATTRIBUTE, 0, 256, "a contract has at most 256 attributes"},
        {SLA_ELEMENT_RULE, 0, 10000, "a contract has at most 10000 rows of the criteria table"},
        {SLA_ELEMENT_METRIC, 1, 256, "a contract has at most 256 metrics"},
        {SLA_ELEMENT_EVENT, 3, 256, "a contract has at most 256 events"},
        {SLA_ELEMENT_TARGET, 0, 10000, "a contract has at most 10000 targets"},
        {SLA_ELEMENT_OBJECTIVE, 0, 1000, "a contract has at most 1000 objectives"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder_over("UTC", 0, SLI_DAY);
        sla_error error = {0};
        add_metric(builder, "work", "begun", "done");
        for (size_t number = cases[i].there; number < cases[i].most; number++) {
            assert_int_equal(add_number_of_kind(builder, cases[i].element, number, NULL), SLA_OK);
        }
        assert_int_equal(add_number_of_kind(builder, cases[i].element, cases[i].most, &error), SLA_LIMIT);
        assert_string_equal(error.message, cases[i].complaint);
        sla_contract *const contract = build(builder);
        assert_int_equal(sla_contract_count(contract, cases[i].element), cases[i].most);
        sla_contract_unref(contract);
    }
}

/* Services on either list are counted together: each has one index. */
static void services_of_both_lists_have_one_bound(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_error error;
    for (size_t number = 0; number < 10000; number++) {
        const int32_t list = number % 2 == 0 ? SLA_ELEMENT_SERVICE : SLA_ELEMENT_EXCLUSION;
        assert_int_equal(try_add(builder, list, number, NULL), SLA_OK);
    }
    assert_int_equal(try_add(builder, SLA_ELEMENT_EXCLUSION, 10000, &error), SLA_LIMIT);
    assert_string_equal(error.message, "a contract has at most 10000 services");
    assert_int_equal(try_add(builder, SLA_ELEMENT_EXCLUSION, 0, NULL),
                     SLA_OK); /* one that is there, on the other list too */
    sla_contract_builder_free(builder);
}

static sla_status try_name(sla_contract_builder *builder, int32_t element, int32_t role, size_t number, sla_error *error) {
    char called[16];
    numbered(called, number);
    return sla_contract_builder_add_name(builder, element, 0, role, called, SIZE_MAX, error);
}

static void lists_of_names_have_a_bound(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        int32_t role;
        size_t there;
        const char *complaint;
    } cases[] = {
        {SLA_ELEMENT_TIER, SLA_NAME_ALIAS, 1, "a contract has at most 10000 names of tiers, aliases included"},
        {SLA_ELEMENT_SERVICE, SLA_NAME_ALIAS, 1, "a contract has at most 10000 names of services, aliases included"},
        {SLA_ELEMENT_ATTRIBUTE, SLA_NAME_VALUE, 0, "a contract has at most 10000 names of values, aliases included"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_short_builder();
        sla_error error;
        add(builder, cases[i].element, "first");
        for (size_t number = cases[i].there; number < 10000; number++) {
            assert_int_equal(try_name(builder, cases[i].element, cases[i].role, number, NULL), SLA_OK);
        }
        assert_int_equal(try_name(builder, cases[i].element, cases[i].role, 10000, &error), SLA_LIMIT);
        assert_string_equal(error.message, cases[i].complaint);
        /* What is wrong with the name itself is told first. */
        assert_int_equal(sla_contract_builder_add_name(builder, cases[i].element, 0, cases[i].role, "", SIZE_MAX, &error),
                         SLA_INVALID_ARGUMENT);
        assert_int_equal(
            sla_contract_builder_add_name(builder, cases[i].element, 0, cases[i].role, "9999", SIZE_MAX, &error),
            SLA_DUPLICATE);
        sla_contract_builder_free(builder);
    }
}

/* Tiers may have other names until there are 10000 of them; then no tier can be added either, though there are few. */
static void aliases_take_room_from_names(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_error error;
    add(builder, SLA_ELEMENT_TIER, "first");
    for (size_t number = 1; number < 10000; number++) {
        assert_int_equal(try_name(builder, SLA_ELEMENT_TIER, SLA_NAME_ALIAS, number, NULL), SLA_OK);
    }
    assert_int_equal(try_add(builder, SLA_ELEMENT_TIER, 10000, &error), SLA_LIMIT);
    assert_string_equal(error.message, "a contract has at most 10000 names of tiers, aliases included");
    sla_contract_builder_free(builder);
}

static void conditions_have_a_bound(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        const char *complaint;
    } cases[] = {
        {SLA_ELEMENT_RULE, "the rows of the criteria table have at most 100000 conditions together"},
        {SLA_ELEMENT_TARGET, "the targets have at most 100000 conditions together"},
        {SLA_ELEMENT_OBJECTIVE, "the objectives have at most 100000 conditions together"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_short_builder();
        sla_error error;
        add(builder, SLA_ELEMENT_CHANNEL, "email");
        assert_int_equal(add_number_of_kind(builder, cases[i].element, 0, NULL), SLA_OK);
        for (size_t number = 0; number < 100000; number++) {
            ask(builder, cases[i].element, 0, "channel", "email");
        }
        assert_int_equal(sla_contract_builder_add_condition(builder, cases[i].element, 0, "channel", SIZE_MAX, "email",
                                                            SIZE_MAX, &error),
                         SLA_LIMIT);
        assert_string_equal(error.message, cases[i].complaint);
        sla_contract *const contract = build(builder);
        assert_int_equal(sla_contract_condition_count(contract, cases[i].element, 0), 100000);
        sla_contract_unref(contract);
    }
}

/* 64 MiB of names and texts, each with the NUL that ends it. */
static void texts_have_a_bound(void **state) {
    (void)state;
    enum { ALL = 1 << 26 };
    sla_contract_builder *const builder = new_short_builder();
    char *const long_text = malloc(ALL);
    sla_error error;
    assert_non_null(long_text);
    memset(long_text, 'a', ALL);
    assert_int_equal(sla_contract_builder_set_text(builder, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_NOTE, long_text, ALL, &error),
                     SLA_LIMIT);
    assert_string_equal(error.message, "the names and texts of a contract are at most 67108864 bytes together");
    /* "agreement", "always" and "received" are there, and the NUL of the empty text. */
    const size_t room = ALL - 1 - sizeof "agreement" - sizeof "always" - sizeof "received";
    assert_int_equal(
        sla_contract_builder_set_text(builder, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_NOTE, long_text, room, &error), SLA_LIMIT);
    assert_int_equal(
        sla_contract_builder_set_text(builder, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_NOTE, long_text, room - 1, &error),
        SLA_OK);
    int32_t index = 7;
    assert_int_equal(sla_contract_builder_add(builder, SLA_ELEMENT_CHANNEL, "e", 1, &index, NULL), SLA_LIMIT);
    assert_int_equal(index, 0);
    /* No room for the metric that a contract without any has. */
    const int32_t row = add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    assert_int_equal(sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, row, "metric", SIZE_MAX, "response",
                                                        SIZE_MAX, NULL),
                     SLA_LIMIT);
    free(long_text);
    sla_contract_builder_free(builder);
}

/* ---- Numbers at the ends of their ranges ---- */

static void targets_at_the_ends_of_their_ranges(void **state) {
    (void)state;
    enum { AT_ONCE = SLA_TARGET_IMMEDIATE, DURATION = SLA_TARGET_DURATION, DAYS = SLA_TARGET_BUSINESS_DAYS };
    enum { BEST = SLA_TARGET_BEST_EFFORT, LATE = SLA_TIE_NEXT_OPEN };
    static const sla_target allowed[] = {
        {AT_ONCE, 0, 0, 0, -1, -1, -1, {0}}, {BEST, 0, 0, 0, -1, -1, -1, {0}},
        {DURATION, 0, 1, 0, -1, 0, 0, {0}},  {DURATION, LATE, MOST_SECONDS, MOST_SECONDS, -1, -1, -1, {0}},
        {DAYS, 0, 0, 0, 0, -1, -1, {0}},     {DAYS, 0, MOST_SECONDS, 0, 86400, -1, -1, {0}},
    };
    static const struct {
        sla_target target;
        const char *complaint;
    } refused[] = {
        {{-1, 0, 0, 0, -1, -1, -1, {0}}, "-1 is no kind of target"},
        {{4, 0, 0, 0, -1, -1, -1, {0}}, "4 is no kind of target"},
        {{AT_ONCE, -1, 0, 0, -1, -1, -1, {0}}, "`tie` of a target is close or next-open, not -1"},
        {{AT_ONCE, 2, 0, 0, -1, -1, -1, {0}}, "`tie` of a target is close or next-open, not 2"},
        {{AT_ONCE, 0, 0, 0, -1, -1, -1, {1}}, "the reserved fields of a target have to be zero"},
        {{AT_ONCE, 0, 0, 0, -1, -1, -1, {0, 0, 0, 0, 1}}, "the reserved fields of a target have to be zero"},
        {{DURATION, 0, 0, 0, -1, -1, -1, {0}}, "the duration in seconds of a target is a number from 1 to 2^53, not 0"},
        {{DURATION, 0, MOST_SECONDS + 1, 0, -1, -1, -1, {0}},
         "the duration in seconds of a target is a number from 1 to 2^53, not 9007199254740993"},
        {{DAYS, 0, -1, 0, -1, -1, -1, {0}}, "the amount of a target is a number from 0 to 2^53, not -1"},
        {{AT_ONCE, 0, 0, -1, -1, -1, -1, {0}}, "the grace of a target is a number of seconds from 0 to 2^53, not -1"},
        {{AT_ONCE, 0, 0, MOST_SECONDS + 1, -1, -1, -1, {0}},
         "the grace of a target is a number of seconds from 0 to 2^53, not 9007199254740993"},
        {{AT_ONCE, 0, 0, 0, -2, -1, -1, {0}}, "`by` of a target is a second of the day from 0 to 86400, or -1, not -2"},
        {{AT_ONCE, 0, 0, 0, 86401, -1, -1, {0}},
         "`by` of a target is a second of the day from 0 to 86400, or -1, not 86401"},
        {{AT_ONCE, 0, 0, 0, -1, -2, -1, {0}}, "there is no calendar at index -2"},
        {{AT_ONCE, 0, 0, 0, -1, 1, -1, {0}}, "there is no calendar at index 1"},
        {{AT_ONCE, 0, 0, 0, -1, -1, -2, {0}}, "there is no calendar at index -2"},
        {{AT_ONCE, 0, 0, 0, -1, -1, 1, {0}}, "there is no calendar at index 1"},
    };
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(allowed); i++) {
        assert_int_equal(add_target(builder, allowed[i]), i);
    }
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        int32_t index = 7;
        sla_error error;
        assert_int_equal(sla_contract_builder_add_target(builder, &refused[i].target, &index, &error),
                         SLA_INVALID_ARGUMENT);
        assert_string_equal(error.message, refused[i].complaint);
        assert_int_equal(index, 0);
    }
    sla_contract_builder_free(builder);
}

static void metrics_at_the_ends_of_their_ranges(void **state) {
    (void)state;
    static const struct {
        sla_metric metric;
        const char *complaint;
    } refused[] = {
        {{-1, 0, 0, {0}}, "`repeats` of a metric is 0 or 1, not -1"},
        {{2, 0, 0, {0}}, "`repeats` of a metric is 0 or 1, not 2"},
        {{0, -1, 0, {0}}, "`reopen` of a metric is ignore or resume, not -1"},
        {{0, 2, 0, {0}}, "`reopen` of a metric is ignore or resume, not 2"},
        {{0, 0, -1, {0}}, "`on_change` of a metric is from-start, keep or restart, not -1"},
        {{0, 0, 3, {0}}, "`on_change` of a metric is from-start, keep or restart, not 3"},
        {{0, 0, 0, {0, 0, 0, 0, 1}}, "the reserved fields of a metric have to be zero"},
    };
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        int32_t index = 7;
        sla_error error;
        assert_int_equal(sla_contract_builder_add_metric(builder, "work", SIZE_MAX, &refused[i].metric, &index, &error),
                         SLA_INVALID_ARGUMENT);
        assert_string_equal(error.message, refused[i].complaint);
        assert_int_equal(index, 0);
    }
    sla_contract_builder_free(builder);
}

/* Before a metric is added there is one, `response`, at index 0. */
static void objectives_at_the_ends_of_their_ranges(void **state) {
    (void)state;
    static const sla_objective allowed[] = {{0, 0, SLA_PERIOD_ALL, {0}}, {0, 1000000, SLA_PERIOD_DAY, {0}}};
    static const struct {
        sla_objective objective;
        const char *complaint;
    } refused[] = {
        {{0, -1, 0, {0}}, "the attainment of an objective is 0 to 1000000 millionths, not -1"},
        {{0, 1000001, 0, {0}}, "the attainment of an objective is 0 to 1000000 millionths, not 1000001"},
        {{0, 0, -1, {0}}, "the period of an objective is all, month, week or day, not -1"},
        {{0, 0, 4, {0}}, "the period of an objective is all, month, week or day, not 4"},
        {{0, 0, 0, {0, 0, 0, 0, 1}}, "the reserved fields of an objective have to be zero"},
        {{-1, 0, 0, {0}}, "there is no metric at index -1"},
        {{1, 0, 0, {0}}, "there is no metric at index 1"},
    };
    sla_contract_builder *const builder = new_short_builder();
    for (int32_t round = 0; round < 2; round++) { /* without a metric, and then with one */
        for (size_t i = 0; i < COUNT_OF(refused); i++) {
            int32_t index = 7;
            sla_error error;
            assert_int_equal(sla_contract_builder_add_objective(builder, &refused[i].objective, &index, &error),
                             SLA_INVALID_ARGUMENT);
            assert_string_equal(error.message, refused[i].complaint);
            assert_int_equal(index, 0);
        }
        for (size_t i = 0; i < COUNT_OF(allowed); i++) {
            int32_t index = 7;
            assert_int_equal(sla_contract_builder_add_objective(builder, &allowed[i], &index, NULL), SLA_OK);
            assert_int_equal(index, round * 2 + (int32_t)i);
        }
    }
    sla_contract_builder_free(builder);
}

/* ---- Names ---- */

static void names_without_control_characters(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t length;
        const char *complaint; /* NULL: it is a name */
    } cases[] = {
        {"", 0, "the name of the channel is empty; give it at least one character"},
        {NULL, 0, "the name of the channel is empty; give it at least one character"},
        {"a\x1F", 2, "the name of the channel has a control character in it; write it as one line of text"},
        {"a\0b", 3, "the name of the channel has a control character in it; write it as one line of text"},
        {"\x7F", 1, "the name of the channel has a control character in it; write it as one line of text"},
        {"\xC2\x80", 2, "the name of the channel has a control character in it; write it as one line of text"},
        {"a\xC2\x9F", 3, "the name of the channel has a control character in it; write it as one line of text"},
        {"\xC2", 1, "the name of the channel is not UTF-8"},
        {" ", 1, NULL},
        {"~", 1, NULL},
        {"\xC2\xA0", 2, NULL},
        {"\xC3\x80", 2, NULL},
    };
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int32_t index = 7;
        sla_error error;
        const sla_status status =
            sla_contract_builder_add(builder, SLA_ELEMENT_CHANNEL, cases[i].name, cases[i].length, &index, &error);
        assert_int_equal(status, cases[i].complaint == NULL ? SLA_OK : SLA_INVALID_ARGUMENT);
        if (cases[i].complaint != NULL) {
            assert_string_equal(error.message, cases[i].complaint);
        }
    }
    sla_contract_builder_free(builder);
}

static void every_element_needs_a_name(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    for (int32_t element = SLA_ELEMENT_CHANNEL; element <= SLA_ELEMENT_RULE; element++) {
        int32_t index = 7;
        assert_int_equal(sla_contract_builder_add(builder, element, "", 0, &index, NULL), SLA_INVALID_ARGUMENT);
        assert_int_equal(index, 0);
    }
    sla_contract_builder_free(builder);
}

/* One element of each kind that takes names; `always` and `received` are there. */
static sla_contract_builder *one_of_each(void) {
    sla_contract_builder *const builder = new_short_builder();
    for (int32_t element = SLA_ELEMENT_CHANNEL; element <= SLA_ELEMENT_RULE; element++) {
        if (element != SLA_ELEMENT_CRITERION) {
            add(builder, element, "first");
        }
    }
    add_metric(builder, "work", "begun", "done");
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    assert_int_equal(add_number_of_kind(builder, SLA_ELEMENT_OBJECTIVE, 0, NULL), SLA_OK);
    return builder;
}

/* Which kinds take names of a role, as bits; the others refuse it. */
static void each_role_has_its_kinds(void **state) {
    (void)state;
    enum { TIER = 1 << SLA_ELEMENT_TIER, CHANNEL = 1 << SLA_ELEMENT_CHANNEL, METRIC = 1 << SLA_ELEMENT_METRIC };
    enum { SERVICES = 1 << SLA_ELEMENT_SERVICE | 1 << SLA_ELEMENT_EXCLUSION, ATTRIBUTE = 1 << SLA_ELEMENT_ATTRIBUTE };
    static const int32_t kinds[] = {
        [SLA_NAME_ALIAS] = TIER | SERVICES, [SLA_NAME_CHANNEL] = TIER,    [SLA_NAME_INCLUDED] = TIER,
        [SLA_NAME_REQUIRED] = SERVICES,     [SLA_NAME_VALUE] = ATTRIBUTE, [SLA_NAME_CALENDAR] = CHANNEL,
        [SLA_NAME_START] = METRIC,          [SLA_NAME_STOP] = METRIC,     [SLA_NAME_PAUSE] = METRIC,
        [SLA_NAME_RESUME] = METRIC,         [SLA_NAME_CANCEL] = METRIC};
    for (int32_t element = 0; element <= SLA_ELEMENT_OBJECTIVE; element++) {
        for (int32_t role = -1; role <= SLA_NAME_CANCEL + 1; role++) {
            sla_contract_builder *const builder = one_of_each();
            const bool taken = role >= 0 && role <= SLA_NAME_CANCEL && (kinds[role] >> element & 1) != 0;
            char refusal[96];
            sla_error error = {0};
            snprintf(refusal, sizeof refusal, "a %s takes no names of the role %d", sli_kind_name(element), (int)role);
            sla_contract_builder_add_name(builder, element, 0, role, "name", SIZE_MAX, &error);
            assert_int_equal(strcmp(error.message, refusal) != 0, taken);
            sla_contract_builder_free(builder);
        }
    }
}

static void names_that_are_none_are_refused_in_every_role(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        int32_t role;
        const char *name;
        sla_status expected;
        const char *complaint;
    } cases[] = {
        {SLA_ELEMENT_TIER, SLA_NAME_ALIAS, "", SLA_INVALID_ARGUMENT, "the name of the tier is empty"},
        {SLA_ELEMENT_TIER, SLA_NAME_ALIAS, "first", SLA_DUPLICATE, "there is a tier 'first' already"},
        {SLA_ELEMENT_SERVICE, SLA_NAME_REQUIRED, "\n", SLA_INVALID_ARGUMENT, "the name of the fact has a control"},
        {SLA_ELEMENT_ATTRIBUTE, SLA_NAME_VALUE, "", SLA_INVALID_ARGUMENT, "the name of the value is empty"},
        {SLA_ELEMENT_METRIC, SLA_NAME_CANCEL, "", SLA_INVALID_ARGUMENT, "the name of the event is empty"},
        {SLA_ELEMENT_METRIC, SLA_NAME_START, "begun", SLA_DUPLICATE, "the metric 'work' names the event 'begun' twice"},
        {SLA_ELEMENT_CHANNEL, SLA_NAME_CALENDAR, "night", SLA_NOT_FOUND, "unknown calendar 'night'"},
        {SLA_ELEMENT_TIER, SLA_NAME_CHANNEL, "fax", SLA_NOT_FOUND, "unknown channel 'fax'"},
        {SLA_ELEMENT_TIER, SLA_NAME_INCLUDED, "gold", SLA_NOT_FOUND, "unknown tier 'gold'"},
        {SLA_ELEMENT_TIER, SLA_NAME_INCLUDED, "first", SLA_CYCLE, "the tier 'first' includes itself"},
    };
    sla_contract_builder *const builder = one_of_each();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_error error;
        assert_int_equal(
            sla_contract_builder_add_name(builder, cases[i].element, 0, cases[i].role, cases[i].name, SIZE_MAX, &error),
            cases[i].expected);
        assert_memory_equal(error.message, cases[i].complaint, strlen(cases[i].complaint));
    }
    sla_contract_builder_free(builder);
}

/* ---- Names that nothing has ---- */

/* A condition on a name that is not known tells what is. `names` are tiers, or aliases of the first where they begin with
 * =. */
static void complaint_about_tier(const char *const *names, const char *asked, char message[344]) {
    sla_contract_builder *const builder = new_short_builder();
    sla_error error;
    const int32_t row = add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    for (; *names != NULL; names++) {
        if ((*names)[0] == '=') {
            name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_ALIAS, *names + 1);
        } else {
            add(builder, SLA_ELEMENT_TIER, *names);
        }
    }
    assert_int_equal(
        sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, row, "tier", SIZE_MAX, asked, SIZE_MAX, &error),
        SLA_NOT_FOUND);
    assert_int_equal(error.code, SLA_NOT_FOUND);
    memcpy(message, error.message, sizeof error.message);
    sla_contract_builder_free(builder);
}

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN

static void unknown_names_tell_what_is_known(void **state) {
    (void)state;
    static const struct {
        const char *names[6];
        const char *asked;
        const char *complaint;
    } cases[] = {
        {{NULL}, "gold", "unknown tier 'gold'; this contract has none"},
        {{"bold", NULL}, "gold", "unknown tier 'gold'; this contract has bold"},
        {{"silver", "bold", NULL}, "gold", "unknown tier 'gold'; this contract has silver, bold; did you mean 'bold'?"},
        {{"silver", "=gild", NULL}, "gold", "unknown tier 'gold'; this contract has silver, gild; did you mean 'gild'?"},
        {{"silver", "bronze", NULL}, "x", "unknown tier 'x'; this contract has silver, bronze"},
        {{FIFTY FIFTY FIFTY TEN TEN TEN TEN "1234", NULL},
         "x",
         "unknown tier 'x'; this contract has " FIFTY FIFTY FIFTY TEN TEN TEN TEN "1234"},
        {{FIFTY FIFTY FIFTY TEN TEN TEN TEN "12345", NULL}, "x", "unknown tier 'x'; this contract has …"},
        {{"a", FIFTY FIFTY FIFTY TEN TEN TEN TEN "1", NULL},
         "x",
         "unknown tier 'x'; this contract has a, " FIFTY FIFTY FIFTY TEN TEN TEN TEN "1"},
        {{"a", FIFTY FIFTY FIFTY TEN TEN TEN TEN "12", NULL}, "x", "unknown tier 'x'; this contract has a, …"},
        {{"a", FIFTY FIFTY FIFTY FIFTY, "b", NULL}, "x", "unknown tier 'x'; this contract has a, …"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char message[344];
        complaint_about_tier(cases[i].names, cases[i].asked, message);
        assert_string_equal(message, cases[i].complaint);
    }
}

/* Among more than 256 names none is looked for that may have been meant. */
static void nobody_looks_among_very_many_names(void **state) {
    (void)state;
    for (size_t count = 256; count <= 257; count++) {
        sla_contract_builder *const builder = new_short_builder();
        sla_error error;
        for (size_t i = 0; i < count; i++) {
            char called[32];
            snprintf(called, sizeof called, "channel-%zu", i);
            add(builder, SLA_ELEMENT_CHANNEL, called);
        }
        add(builder, SLA_ELEMENT_TIER, "gold");
        assert_int_equal(
            sla_contract_builder_add_name(builder, SLA_ELEMENT_TIER, 0, SLA_NAME_CHANNEL, "channel-25x", SIZE_MAX, &error),
            SLA_NOT_FOUND);
        assert_int_equal(strstr(error.message, "did you mean") != NULL, count == 256);
        sla_contract_builder_free(builder);
    }
}

/* Names that a message quotes are cut to 80 bytes. */
static void long_names_are_cut_in_messages(void **state) {
    (void)state;
    char long_name[100] = {0};
    memset(long_name, 'x', 99);
    const char *const names[] = {"gold", NULL};
    char expected[344];
    char message[344];
    snprintf(expected, sizeof expected, "unknown tier '%.80s'; this contract has gold", long_name);
    complaint_about_tier(names, long_name, message);
    assert_string_equal(message, expected);
}

/* §5: a service is asked for by any of its names, on either list. */
static void unknown_services_are_told_of_both_lists(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    sla_error error;
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    const int32_t training = add(builder, SLA_ELEMENT_EXCLUSION, "training");
    name(builder, SLA_ELEMENT_SERVICE, 0, SLA_NAME_ALIAS, "counsel");
    name(builder, SLA_ELEMENT_EXCLUSION, training, SLA_NAME_ALIAS, "course");
    add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0));
    assert_int_equal(
        sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, 0, "service", SIZE_MAX, "xyz", SIZE_MAX, &error),
        SLA_NOT_FOUND);
    assert_string_equal(error.message, "unknown service 'xyz'; this contract has advice, training, counsel, course");
    assert_int_equal(
        sla_contract_builder_add_condition(builder, SLA_ELEMENT_TARGET, 0, "service", SIZE_MAX, "xyz", SIZE_MAX, NULL),
        SLA_NOT_FOUND);
    sla_contract_builder_free(builder);
}

static void unknown_values_and_keys(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        const char *key;
        const char *value;
        const char *complaint;
    } cases[] = {
        {SLA_ELEMENT_RULE, "first", "red", "unknown value 'red'; the attribute has high, low"},
        {SLA_ELEMENT_RULE, "second", "red", "unknown value 'red'; the attribute has none"},
        {SLA_ELEMENT_RULE, "mood", "red", "unknown attribute 'mood'; known are tier, channel, service, first, second"},
        {SLA_ELEMENT_RULE, "metric", "work", "unknown attribute 'metric'; known are tier, channel, service, first, second"},
        {SLA_ELEMENT_TARGET, "first", "high",
         "unknown condition 'first'; known are metric, criterion, tier, channel, service"},
        {SLA_ELEMENT_OBJECTIVE, "metric", "work",
         "unknown condition 'metric'; known are criterion, tier, channel, service"},
    };
    sla_contract_builder *const builder = one_of_each();
    const int32_t second = add(builder, SLA_ELEMENT_ATTRIBUTE, "second");
    name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "high");
    name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "low");
    assert_int_equal(second, 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_error error;
        assert_int_equal(sla_contract_builder_add_condition(builder, cases[i].element, 0, cases[i].key, SIZE_MAX,
                                                            cases[i].value, SIZE_MAX, &error),
                         SLA_NOT_FOUND);
        assert_string_equal(error.message, cases[i].complaint);
    }
    sla_contract_builder_free(builder);
}

/* ---- Calls of which one thing is wrong ---- */

static void builders_that_cannot_be_begun(void **state) {
    (void)state;
    sla_zone *const zone = zone_of("UTC");
    sla_contract_builder *builder = (sla_contract_builder *)zone;
    sla_error error;
    assert_int_equal(sla_contract_builder_new("a", 1, zone, 0, SLI_DAY, NULL, &error), SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "a place for the builder is needed");
    assert_int_equal(sla_contract_builder_new("a", 1, NULL, 0, SLI_DAY, &builder, &error), SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "a contract needs a time zone");
    assert_null(builder);
    assert_int_equal(sla_contract_builder_new("", 0, zone, 0, SLI_DAY, &builder, &error), SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "the name of the contract is empty; give it at least one character");
    assert_null(builder);
    assert_int_equal(sla_contract_builder_new("a", 1, zone, 0, 0, &builder, &error), SLA_INVALID_ARGUMENT);
    assert_null(builder);
    sla_zone_unref(zone);
    sla_contract_builder_free(NULL);
}

static void calls_to_a_builder(void **state) {
    (void)state;
    sla_contract_builder *const full = one_of_each();
    const sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
    const sla_objective objective = {0};
    const sla_metric metric = {0};
    sla_calendar *const calendar = hours_over("UTC", 0, SLI_DAY, 127, 0, SLI_DAY);
    int32_t index = 7;
    sla_contract *contract = NULL;
    const sla_status refusals[] = {
        sla_contract_builder_add_target(NULL, &target, &index, NULL),
        sla_contract_builder_add_target(full, NULL, &index, NULL),
        sla_contract_builder_add_target(full, &target, NULL, NULL),
        sla_contract_builder_add_objective(NULL, &objective, &index, NULL),
        sla_contract_builder_add_objective(full, NULL, &index, NULL),
        sla_contract_builder_add_objective(full, &objective, NULL, NULL),
        sla_contract_builder_add_metric(NULL, "m", 1, &metric, &index, NULL),
        sla_contract_builder_add_metric(full, "m", 1, NULL, &index, NULL),
        sla_contract_builder_add_metric(full, "m", 1, &metric, NULL, NULL),
        sla_contract_builder_add_calendar(NULL, "c", 1, calendar, &index, NULL),
        sla_contract_builder_add_calendar(full, "c", 1, NULL, &index, NULL),
        sla_contract_builder_add_calendar(full, "c", 1, calendar, NULL, NULL),
        sla_contract_builder_add(NULL, SLA_ELEMENT_TIER, "t", 1, &index, NULL),
        sla_contract_builder_add(full, SLA_ELEMENT_TIER, "t", 1, NULL, NULL),
        sla_contract_builder_add(full, -1, "t", 1, &index, NULL),
        sla_contract_builder_add(full, SLA_ELEMENT_TARGET, "t", 1, &index, NULL),
        sla_contract_builder_add_name(NULL, SLA_ELEMENT_TIER, 0, SLA_NAME_ALIAS, "t", 1, NULL),
        sla_contract_builder_add_name(full, SLA_ELEMENT_TIER, 1, SLA_NAME_ALIAS, "t", 1, NULL),
        sla_contract_builder_set_text(NULL, SLA_ELEMENT_TIER, 0, SLA_TEXT_TITLE, "t", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_TIER, 0, -1, "t", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_TIER, 0, SLA_TEXT_NOTE + 1, "t", 1, NULL),
        sla_contract_builder_set_text(full, -1, 0, SLA_TEXT_TITLE, "t", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_OBJECTIVE + 1, 0, SLA_TEXT_TITLE, "t", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_TIER, -1, SLA_TEXT_TITLE, "t", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_TIER, 0, SLA_TEXT_TITLE, "\xFF", 1, NULL),
        sla_contract_builder_set_text(full, SLA_ELEMENT_TIER, 0, SLA_TEXT_TITLE, "t\0t", 3, NULL),
        sla_contract_builder_add_condition(NULL, SLA_ELEMENT_TARGET, 0, "tier", 4, "first", 5, NULL),
        sla_contract_builder_add_condition(full, SLA_ELEMENT_TIER, 0, "tier", 4, "first", 5, NULL),
        sla_contract_builder_add_condition(full, SLA_ELEMENT_TARGET, 1, "tier", 4, "first", 5, NULL),
        sla_contract_builder_find(NULL, SLA_ELEMENT_TIER, "first", 5, &index),
        sla_contract_builder_find(full, -1, "first", 5, &index),
        sla_contract_builder_find(full, SLA_ELEMENT_OBJECTIVE + 1, "first", 5, &index),
        sla_contract_builder_find(full, SLA_ELEMENT_TIER, "first", 5, NULL),
        sla_contract_builder_set_default_calendar(NULL, "always", 6, NULL),
        sla_contract_builder_set_validity(NULL, 0, 1, NULL),
        sla_contract_builder_set_unlisted(NULL, SLA_UNLISTED_COVERED, NULL),
        sla_contract_builder_set_unlisted(full, -1, NULL),
        sla_contract_builder_set_unlisted(full, SLA_UNLISTED_EXCLUDED + 1, NULL),
        sla_contract_builder_build(NULL, &contract, NULL),
        sla_contract_builder_build(full, NULL, NULL),
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        assert_int_equal(refusals[i], SLA_INVALID_ARGUMENT);
    }
    assert_null(contract);
    sla_calendar_unref(calendar);
    sla_contract_builder_free(full);
}

static void names_that_a_builder_is_asked_for(void **state) {
    (void)state;
    static const struct {
        int32_t element;
        const char *name;
        sla_status expected;
        int32_t index;
    } cases[] = {
        {SLA_ELEMENT_CONTRACT, "agreement", SLA_OK, 0},
        {SLA_ELEMENT_EVENT, "done", SLA_OK, 2},
        {SLA_ELEMENT_OBJECTIVE, "first", SLA_NOT_FOUND, SLA_UNKNOWN},
        {SLA_ELEMENT_TIER, "second", SLA_NOT_FOUND, SLA_UNKNOWN},
        {SLA_ELEMENT_METRIC, "response", SLA_NOT_FOUND, SLA_UNKNOWN},
        {-1, "first", SLA_INVALID_ARGUMENT, SLA_UNKNOWN},
        {SLA_ELEMENT_OBJECTIVE + 1, "first", SLA_INVALID_ARGUMENT, SLA_UNKNOWN},
    };
    sla_contract_builder *const builder = one_of_each();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int32_t index = 7;
        assert_int_equal(sla_contract_builder_find(builder, cases[i].element, cases[i].name, SIZE_MAX, &index),
                         cases[i].expected);
        assert_int_equal(index, cases[i].index);
    }
    sla_contract_builder_free(builder);
}

/* A horizon is another when either end is. */
static void horizons_that_differ_at_one_end(void **state) {
    (void)state;
    static const struct {
        int64_t begin;
        int64_t end;
        sla_status expected;
    } cases[] = {{0, SLI_DAY, SLA_OK},
                 {1, SLI_DAY, SLA_INVALID_ARGUMENT},
                 {0, SLI_DAY + 1, SLA_INVALID_ARGUMENT},
                 {1, SLI_DAY + 1, SLA_INVALID_ARGUMENT}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder_over("UTC", 0, SLI_DAY);
        sla_calendar *const calendar = hours_over("UTC", cases[i].begin, cases[i].end, 127, 0, SLI_DAY);
        sla_zone *const zone = zone_of("UTC");
        sla_contract_builder *other_builder = NULL;
        int32_t index;
        assert_int_equal(sla_contract_builder_add_calendar(builder, "c", 1, calendar, &index, NULL), cases[i].expected);
        assert_int_equal(
            sla_contract_builder_new("other", SIZE_MAX, zone, cases[i].begin, cases[i].end, &other_builder, NULL), SLA_OK);
        sla_contract *const other = build(other_builder);
        assert_int_equal(sla_contract_builder_add_contract(builder, other, &index, NULL), cases[i].expected);
        sla_contract_unref(other);
        sla_calendar_unref(calendar);
        sla_zone_unref(zone);
        sla_contract_builder_free(builder);
    }
}

/* A text that is set to nothing is not set. */
static void texts_can_be_taken_back(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    clause(builder, SLA_ELEMENT_CONTRACT, 0, "§ 1");
    clause(builder, SLA_ELEMENT_CONTRACT, 0, "");
    sla_contract *const contract = build(builder);
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CONTRACT, 0, SLA_TEXT_CLAUSE), "");
    sla_contract_unref(contract);
}

static sla_contract *full_contract(void) {
    sla_contract_builder *const builder = one_of_each();
    name(builder, SLA_ELEMENT_ATTRIBUTE, 0, SLA_NAME_VALUE, "high");
    ask(builder, SLA_ELEMENT_OBJECTIVE, 0, "tier", "first");
    ask(builder, SLA_ELEMENT_OBJECTIVE, 0, "channel", "first");
    ask(builder, SLA_ELEMENT_RULE, 0, "first", "high");
    return build(builder);
}

static void questions_to_a_contract(void **state) {
    (void)state;
    sla_contract *const contract = full_contract();
    const sla_request request = received("2026-11-23T10:00:00Z");
    const int32_t values[] = {SLA_UNSAID};
    int32_t index = 7;
    size_t count = 7;
    sla_target target;
    sla_objective objective;
    sla_condition condition;
    sla_trial trial;
    sla_scope_check check;
    sla_scope scope;
    sla_due due;
    const sla_status refusals[] = {
        sla_contract_find(contract, SLA_ELEMENT_TIER, "first", 5, NULL),
        sla_contract_find(NULL, SLA_ELEMENT_TIER, "first", 5, &index),
        sla_contract_find(contract, -1, "first", 5, &index),
        sla_contract_find(contract, SLA_ELEMENT_OBJECTIVE + 1, "first", 5, &index),
        sla_contract_find_value(contract, 0, "high", 4, NULL),
        sla_contract_find_value(NULL, 0, "high", 4, &index),
        sla_contract_find_value(contract, 1, "high", 4, &index),
        sla_contract_find_value(contract, -1, "high", 4, &index),
        sla_contract_get_target(contract, 0, NULL),
        sla_contract_get_target(NULL, 0, &target),
        sla_contract_get_target(contract, 1, &target),
        sla_contract_get_target(contract, -1, &target),
        sla_contract_get_objective(contract, 0, NULL),
        sla_contract_get_objective(NULL, 0, &objective),
        sla_contract_get_objective(contract, 1, &objective),
        sla_contract_get_objective(contract, -1, &objective),
        sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 0, 0, NULL),
        sla_contract_get_condition(NULL, SLA_ELEMENT_RULE, 0, 0, &condition),
        sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 0, 1, &condition),
        sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 0, -1, &condition),
        sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 1, 0, &condition),
        sla_contract_get_condition(contract, SLA_ELEMENT_METRIC, 0, 0, &condition),
        sla_contract_find_target(contract, 0, &request, NULL),
        sla_contract_find_target(NULL, 0, &request, &index),
        sla_contract_find_target(contract, 0, NULL, &index),
        sla_contract_find_target(contract, 1, &request, &index),
        sla_contract_explain_target(contract, 0, &request, &trial, 1, NULL),
        sla_contract_explain_target(contract, 0, &request, NULL, 1, &count),
        sla_contract_explain_target(NULL, 0, &request, &trial, 1, &count),
        sla_contract_explain_criterion(contract, &request, values, &trial, 1, NULL),
        sla_contract_explain_criterion(contract, &request, values, NULL, 1, &count),
        sla_contract_explain_criterion(contract, &request, NULL, &trial, 1, &count),
        sla_contract_explain_scope(contract, &request, &check, 1, NULL),
        sla_contract_explain_scope(contract, &request, NULL, 1, &count),
        sla_contract_explain_scope(NULL, &request, &check, 1, &count),
        sla_contract_decide_criterion(NULL, &request, values, &index),
        sla_contract_decide_criterion(contract, NULL, values, &index),
        sla_contract_decide_criterion(contract, &request, NULL, &index),
        sla_contract_decide_criterion(contract, &request, values, NULL),
        sla_contract_decide_scope(NULL, &request, &scope),
        sla_contract_decide_scope(contract, NULL, &scope),
        sla_contract_decide_scope(contract, &request, NULL),
        sla_contract_due(NULL, 0, &request, &due),
        sla_contract_due(contract, 1, &request, &due),
        sla_contract_due(contract, 0, NULL, &due),
        sla_contract_due(contract, 0, &request, NULL),
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        if (refusals[i] != SLA_INVALID_ARGUMENT) {
            fail_msg("refusal %zu: %d", i, (int)refusals[i]);
        }
    }
    sla_contract_unref(contract);
}

/* Columns of nothing need no arrays. */
static void columns_of_nothing(void **state) {
    (void)state;
    sla_contract *const contract = full_contract();
    assert_int_equal(sla_contract_due_many(contract, 0, 0, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_scope_many(contract, 0, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_contract_decide_criterion_many(contract, 0, NULL, NULL, NULL, NULL), SLA_OK);
    assert_int_equal(sla_contract_due_many(contract, 1, 0, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_scope_many(NULL, 0, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_decide_criterion_many(NULL, 0, NULL, NULL, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

static void what_there_is_not_has_no_name(void **state) {
    (void)state;
    sla_contract *const contract = full_contract();
    const sla_request request = received("2026-11-23T10:00:00Z");
    sla_request wrong = request;
    wrong.tier = 1;
    assert_int_equal(sla_contract_count(NULL, SLA_ELEMENT_TIER), 0);
    assert_int_equal(sla_contract_count(contract, -1), 0);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_OBJECTIVE), 1);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_OBJECTIVE + 1), 0);
    assert_null(sla_contract_name(NULL, SLA_ELEMENT_TIER, 0));
    assert_null(sla_contract_name(contract, SLA_ELEMENT_TIER, -1));
    assert_null(sla_contract_name(contract, SLA_ELEMENT_TIER, 1));
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_TIER, 0), "first");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_TARGET, 0), "");
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_OBJECTIVE, 0), "");
    assert_null(sla_contract_text(NULL, SLA_ELEMENT_TIER, 0, SLA_TEXT_TITLE));
    assert_null(sla_contract_text(contract, SLA_ELEMENT_TIER, 0, -1));
    assert_null(sla_contract_text(contract, SLA_ELEMENT_TIER, 0, SLA_TEXT_NOTE + 1));
    assert_null(sla_contract_text(contract, SLA_ELEMENT_TIER, -1, SLA_TEXT_TITLE));
    assert_null(sla_contract_text(contract, SLA_ELEMENT_TIER, 1, SLA_TEXT_TITLE));
    assert_null(sla_contract_value_name(NULL, 0, 0));
    assert_null(sla_contract_value_name(contract, 0, 1));
    assert_null(sla_contract_value_name(contract, 1, 0));
    assert_string_equal(sla_contract_value_name(contract, 0, 0), "high");
    assert_null(sla_contract_calendar(NULL, 0));
    assert_null(sla_contract_calendar(contract, 1));
    assert_null(sla_contract_calendar(contract, -1));
    assert_non_null(sla_contract_calendar(contract, 0));
    assert_null(sla_contract_successor(NULL, 0));
    assert_null(sla_contract_successor(contract, 1));
    assert_ptr_equal(sla_contract_successor(contract, 0), contract);
    assert_null(sla_contract_zone(NULL));
    assert_int_equal(sla_contract_condition_count(NULL, SLA_ELEMENT_TARGET, 0), 0);
    assert_string_equal(sla_contract_clause(NULL, &request, SLA_REASON_EXPIRED), "");
    assert_string_equal(sla_contract_clause(contract, NULL, SLA_REASON_EXPIRED), "");
    assert_string_equal(sla_contract_clause(contract, &wrong, SLA_REASON_EXPIRED), "");
    assert_string_equal(sla_contract_clause(contract, &request, 3), "");
    sla_contract_unref(contract);
}

static void conditions_of_objectives(void **state) {
    (void)state;
    sla_contract *const contract = full_contract();
    sla_condition condition;
    assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_OBJECTIVE, 0), 2);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_OBJECTIVE, 0, 0, &condition), SLA_OK);
    assert_int_equal(condition.element, SLA_ELEMENT_TIER);
    assert_int_equal(condition.attribute, SLA_UNSAID);
    assert_int_equal(condition.value, 0);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_OBJECTIVE, 0, 1, &condition), SLA_OK);
    assert_int_equal(condition.element, SLA_ELEMENT_CHANNEL);
    assert_int_equal(sla_contract_condition_count(contract, SLA_ELEMENT_RULE, 0), 1);
    assert_int_equal(sla_contract_get_condition(contract, SLA_ELEMENT_RULE, 0, 0, &condition), SLA_OK);
    assert_int_equal(condition.element, SLA_ELEMENT_ATTRIBUTE);
    assert_int_equal(condition.attribute, 0);
    sla_contract_unref(contract);
}

/* §7.7: one fact out of its range makes a request invalid; services and languages may be any number below. */
static void facts_at_the_ends_of_their_ranges(void **state) {
    (void)state;
    enum { UNKNOWN = SLA_UNKNOWN, OK = SLA_OK, INVALID = SLA_INVALID_REQUEST };
    static const struct {
        sla_request request;
        sla_status expected;
    } cases[] = {
        {{0, 0, -1, -1, -1, -1, -1, {0}}, OK},
        {{0, 0, 0, 0, 0, 0, 0, {0}}, OK},
        {{0, 0, UNKNOWN, -1, -1, -1, -1, {0}}, INVALID},
        {{0, 0, 1, -1, -1, -1, -1, {0}}, INVALID},
        {{0, 0, -1, UNKNOWN, -1, -1, -1, {0}}, INVALID},
        {{0, 0, -1, 1, -1, -1, -1, {0}}, INVALID},
        {{0, 0, -1, -1, INT32_MIN, -1, -1, {0}}, OK},
        {{0, 0, -1, -1, 1, -1, -1, {0}}, INVALID},
        {{0, 0, -1, -1, -1, INT32_MIN, -1, {0}}, OK},
        {{0, 0, -1, -1, -1, 1, -1, {0}}, INVALID},
        {{0, 0, -1, -1, -1, -1, UNKNOWN, {0}}, INVALID},
        {{0, 0, -1, -1, -1, -1, 1, {0}}, INVALID},
        {{0, 0, -1, -1, -1, -1, -1, {1}}, SLA_INVALID_ARGUMENT},
        {{0, 0, -1, -1, -1, -1, -1, {0, 0, 0, 0, 0, 0, 1}}, SLA_INVALID_ARGUMENT},
    };
    sla_contract *const contract = full_contract();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = cases[i].request;
        request.received = instant("2026-11-23T10:00:00Z");
        sla_due due;
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), cases[i].expected);
        assert_int_equal(sli_contract_judge_request(contract, &request), cases[i].expected);
    }
    sla_contract_unref(contract);
}

/* ---- Sets of many ---- */

/* §5: channels and tiers beyond the first 64 are as good as those; each tier offers its own and those that it includes. */
static void many_tiers_offer_many_channels(void **state) {
    (void)state;
    enum { TIERS = 200, STEP = 63 };
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < TIERS; i++) {
        assert_int_equal(try_add(builder, SLA_ELEMENT_TIER, i, NULL), SLA_OK);
        assert_int_equal(try_add(builder, SLA_ELEMENT_CHANNEL, i, NULL), SLA_OK);
    }
    for (size_t i = 0; i < TIERS; i++) { /* each its own channel, and what the tier 63 before it offers */
        char called[16];
        numbered(called, i);
        name(builder, SLA_ELEMENT_TIER, (int32_t)i, SLA_NAME_CHANNEL, called);
        if (i >= STEP) {
            numbered(called, i - STEP);
            name(builder, SLA_ELEMENT_TIER, (int32_t)i, SLA_NAME_INCLUDED, called);
        }
    }
    sla_contract *const contract = build(builder);
    sla_request request = received("2026-11-23T10:00:00Z");
    for (request.tier = 0; request.tier < TIERS; request.tier++) {
        for (request.channel = 0; request.channel < TIERS; request.channel++) {
            sla_scope scope;
            const bool offered = request.channel <= request.tier && (request.tier - request.channel) % STEP == 0;
            assert_int_equal(sla_contract_decide_scope(contract, &request, &scope), SLA_OK);
            assert_int_equal(scope.reasons, offered ? 0 : SLA_REASON_CHANNEL_NOT_IN_TIER);
        }
    }
    sla_contract_unref(contract);
}

/* The first of the facts that are missing is named. */
static void the_first_missing_fact_is_named(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    for (size_t i = 0; i < 64; i++) {
        assert_int_equal(try_add(builder, SLA_ELEMENT_FACT, i, NULL), SLA_OK);
    }
    sla_contract *const contract = build(builder);
    sla_request request = received("2026-11-23T10:00:00Z");
    for (int32_t missing = 0; missing <= 64; missing++) {
        sla_scope_check checks[8];
        size_t count;
        request.holds = missing == 64 ? UINT64_MAX : (UINT64_C(1) << missing) - 1;
        assert_int_equal(sla_contract_explain_scope(contract, &request, checks, 8, &count), SLA_OK);
        assert_int_equal(checks[2].reason, SLA_REASON_REQUIREMENT_MISSING);
        assert_int_equal(checks[2].outcome, missing == 64 ? SLA_CHECK_PASSED : SLA_CHECK_FAILED);
        assert_int_equal(checks[2].index, missing == 64 ? SLA_UNSAID : missing);
    }
    sla_contract_unref(contract);
}

/* ---- Whose text, whose metric ---- */

/* What a criterion does not say, the first of its own rows says that does. */
static void texts_of_criteria_are_those_of_their_rows(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_RULE, "low");
    add(builder, SLA_ELEMENT_RULE, "high");
    add(builder, SLA_ELEMENT_RULE, "high");
    clause(builder, SLA_ELEMENT_RULE, 2, "§ 2");
    sla_contract *const contract = build(builder);
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CRITERION, 0, SLA_TEXT_CLAUSE), "");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CRITERION, 1, SLA_TEXT_CLAUSE), "§ 2");
    assert_string_equal(sla_contract_text(contract, SLA_ELEMENT_CRITERION, 1, SLA_TEXT_TITLE), "");
    sla_contract_unref(contract);
}

/* §5: the clause behind a missing requirement is that of the service that asks for it, be it the first. */
static void clauses_of_requirements(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_FACT, "licence");
    clause(builder, SLA_ELEMENT_CONTRACT, 0, "§ 1");
    for (int32_t i = 0; i < 2; i++) {
        add(builder, SLA_ELEMENT_SERVICE, i == 0 ? "first" : "second");
        clause(builder, SLA_ELEMENT_SERVICE, i, i == 0 ? "§ 2" : "§ 3");
        name(builder, SLA_ELEMENT_SERVICE, i, SLA_NAME_REQUIRED, "deposit");
    }
    add(builder, SLA_ELEMENT_SERVICE, "third");
    sla_contract *const contract = build(builder);
    static const char *const expected[] = {"§ 1", "§ 2", "§ 3", "§ 1"};
    sla_request request = received("2026-11-23T10:00:00Z");
    for (request.service = SLA_UNSAID; request.service < 3; request.service++) {
        assert_string_equal(sla_contract_clause(contract, &request, SLA_REASON_REQUIREMENT_MISSING),
                            expected[request.service + 1]);
    }
    sla_contract_unref(contract);
}

/* A service that the excluded list has by another name of the first covered one is that one. */
static void a_service_by_another_name_is_the_same(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add(builder, SLA_ELEMENT_SERVICE, "advice");
    name(builder, SLA_ELEMENT_SERVICE, 0, SLA_NAME_ALIAS, "counsel");
    assert_int_equal(add(builder, SLA_ELEMENT_EXCLUSION, "counsel"), 1);
    ask(builder, SLA_ELEMENT_TARGET, add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0)), "service", "advice");
    sla_contract *const contract = build(builder);
    sla_request request = received("2026-11-23T10:00:00Z");
    request.service = 1;
    int32_t target;
    assert_int_equal(sla_contract_find_target(contract, 0, &request, &target), SLA_OK);
    assert_int_equal(target, 0);
    sla_contract_unref(contract);
}

/* `response` comes when a row first asks for a metric, and not before. */
static void the_metric_that_comes_by_itself(void **state) {
    (void)state;
    sla_contract_builder *const own = new_short_builder();
    add(own, SLA_ELEMENT_TIER, "gold");
    add(own, SLA_ELEMENT_RULE, "normal");
    add_target(own, target_of(SLA_TARGET_IMMEDIATE, 0));
    ask(own, SLA_ELEMENT_TARGET, 0, "tier", "gold");
    sla_contract_builder_add_condition(own, SLA_ELEMENT_RULE, 0, "metric", SIZE_MAX, "response", SIZE_MAX, NULL);
    add_metric(own, "work", "begun", "done");
    sla_contract *const contract = build(own);
    assert_int_equal(sla_contract_count(contract, SLA_ELEMENT_METRIC), 1);
    assert_string_equal(sla_contract_name(contract, SLA_ELEMENT_METRIC, 0), "work");
    sla_contract_unref(contract);
}

/* A row for another metric is tried, and the metric is what does not fit. */
static void rows_for_another_metric(void **state) {
    (void)state;
    sla_contract_builder *const builder = new_short_builder();
    add_metric(builder, "response", "received", "responded");
    add_metric(builder, "resolution", "received", "resolved");
    ask(builder, SLA_ELEMENT_TARGET, add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0)), "metric", "resolution");
    ask(builder, SLA_ELEMENT_TARGET, add_target(builder, target_of(SLA_TARGET_IMMEDIATE, 0)), "metric", "response");
    sla_contract *const contract = build(builder);
    const sla_request request = received("2026-11-23T10:00:00Z");
    sla_trial trials[2];
    size_t count;
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, trials, 2, &count), SLA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(trials[0].row, 0);
    assert_int_equal(trials[0].fits, 0);
    assert_int_equal(trials[0].element, SLA_ELEMENT_METRIC);
    assert_int_equal(trials[0].attribute, SLA_UNSAID);
    assert_int_equal(trials[0].found, 0);
    assert_int_equal(trials[1].row, 1);
    assert_int_equal(trials[1].fits, 1);
    assert_int_equal(trials[1].element, SLA_UNSAID);
    assert_int_equal(sla_contract_explain_target(contract, 0, &request, trials, 1, &count), SLA_BUFFER_TOO_SMALL);
    assert_int_equal(count, 2);
    sla_contract_unref(contract);
}

/* On failure outputs are nothing. */
static void outputs_of_failures(void **state) {
    (void)state;
    sla_contract *const contract = full_contract();
    sla_request wrong = received("2026-11-23T10:00:00Z");
    static const sla_scope no_scope;
    static const sla_due no_due;
    wrong.tier = 1;
    for (int32_t i = 0; i < 2; i++) {
        const sla_contract *const asked = i == 0 ? NULL : contract;
        sla_scope scope;
        sla_due due;
        int32_t index = 7;
        memset(&scope, 7, sizeof scope);
        memset(&due, 7, sizeof due);
        assert_int_not_equal(sla_contract_decide_scope(asked, &wrong, &scope), SLA_OK);
        assert_memory_equal(&scope, &no_scope, sizeof scope);
        assert_int_not_equal(sla_contract_due(asked, 0, &wrong, &due), SLA_OK);
        assert_memory_equal(&due, &no_due, sizeof due);
        assert_int_not_equal(sla_contract_find_target(asked, 0, &wrong, &index), SLA_OK);
        assert_int_equal(index, SLA_UNSAID);
    }
    sla_contract_unref(contract);
}

/* §2.7: the first instant that is no longer covered is not. */
static void coverage_ends_with_its_date(void **state) {
    (void)state;
    static const char feed_text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sla//test//EN\r\nEND:VCALENDAR\r\n";
    const sla_feed_options options = {.coverage = SLA_COVERAGE_DATE, .covers_until = 5};
    sla_zone *const zone = zone_of("UTC");
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    sla_calendar_builder *hours_builder = NULL;
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_feed_reader_new(zone, 0, 10 * SLI_DAY, NULL, 0, &reader, NULL), SLA_OK);
    assert_int_equal(sla_feed_reader_set_options(reader, &options, NULL), SLA_OK);
    assert_int_equal(sla_feed_reader_load(reader, "f", 1, feed_text, SIZE_MAX, NULL, &feed, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_new(zone, 0, 10 * SLI_DAY, &hours_builder, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_hours(hours_builder, 127, 0, SLI_DAY, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_feed(hours_builder, feed, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_build(hours_builder, &calendar, NULL), SLA_OK);
    sla_contract_builder *const builder = new_builder_over("UTC", 0, 10 * SLI_DAY);
    sla_target own = target_of(SLA_TARGET_IMMEDIATE, 0);
    sla_target rolled = own;
    own.calendar = rolled.roll = add_calendar(builder, "covered", calendar);
    add_target(builder, own);
    ask(builder, SLA_ELEMENT_TARGET, 0, "metric", "response");
    add_target(builder, rolled);
    sla_contract *const contract = build(builder);
    for (int32_t row = 0; row < 2; row++) {
        sla_due due;
        assert_int_equal(sli_contract_due_at(contract, row, 5 * SLI_DAY - 1, &due), SLA_OK);
        assert_int_equal(due.flags, 0);
        assert_int_equal(sli_contract_due_at(contract, row, 5 * SLI_DAY, &due), SLA_OK);
        assert_int_equal(due.flags, SLA_DUE_NOT_COVERED);
    }
    sla_contract_unref(contract);
    sla_calendar_builder_free(hours_builder);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
    sla_zone_unref(zone);
}

/* ---- Rolls at the ends of the horizon (§4.2) ---- */

/* A due time at the first instant of the horizon has nothing open before it; one at a closing instant stays. */
static void rolls_at_the_ends_of_the_horizon(void **state) {
    (void)state;
    static const struct {
        int32_t start; /* of the roll's window, each day of two */
        int32_t end;
        int64_t received;
        sla_status expected;
        int64_t due;
    } cases[] = {
        {0, 3600, 0, SLA_OK, 0},
        {3600, 7200, 0, SLA_OK, 3600},
        {3600, 7200, 7200, SLA_OK, 7200},
        {3600, 7200, 7201, SLA_OK, SLI_DAY + 3600},
        {3600, 7200, SLI_DAY + 7200, SLA_OK, SLI_DAY + 7200},
        {3600, 7200, SLI_DAY + 7201, SLA_HORIZON, 0},
        {0, SLI_DAY, 2 * SLI_DAY - 1, SLA_OK, 2 * SLI_DAY - 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder_over("UTC", 0, 2 * SLI_DAY);
        sla_target target = target_of(SLA_TARGET_IMMEDIATE, 0);
        target.roll = add_calendar(builder, "roll", hours_over("UTC", 0, 2 * SLI_DAY, 127, cases[i].start, cases[i].end));
        add_target(builder, target);
        sla_contract *const contract = build(builder);
        sla_request request = received("1970-01-01T00:00:00Z");
        request.received = cases[i].received;
        sla_due due;
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), cases[i].expected);
        assert_int_equal(due.at, cases[i].due);
        sla_contract_unref(contract);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_bound),
        cmocka_unit_test(services_of_both_lists_have_one_bound),
        cmocka_unit_test(lists_of_names_have_a_bound),
        cmocka_unit_test(aliases_take_room_from_names),
        cmocka_unit_test(conditions_have_a_bound),
        cmocka_unit_test(texts_have_a_bound),
        cmocka_unit_test(targets_at_the_ends_of_their_ranges),
        cmocka_unit_test(metrics_at_the_ends_of_their_ranges),
        cmocka_unit_test(objectives_at_the_ends_of_their_ranges),
        cmocka_unit_test(names_without_control_characters),
        cmocka_unit_test(every_element_needs_a_name),
        cmocka_unit_test(each_role_has_its_kinds),
        cmocka_unit_test(names_that_are_none_are_refused_in_every_role),
        cmocka_unit_test(unknown_names_tell_what_is_known),
        cmocka_unit_test(nobody_looks_among_very_many_names),
        cmocka_unit_test(long_names_are_cut_in_messages),
        cmocka_unit_test(unknown_services_are_told_of_both_lists),
        cmocka_unit_test(unknown_values_and_keys),
        cmocka_unit_test(builders_that_cannot_be_begun),
        cmocka_unit_test(calls_to_a_builder),
        cmocka_unit_test(names_that_a_builder_is_asked_for),
        cmocka_unit_test(horizons_that_differ_at_one_end),
        cmocka_unit_test(texts_can_be_taken_back),
        cmocka_unit_test(questions_to_a_contract),
        cmocka_unit_test(columns_of_nothing),
        cmocka_unit_test(what_there_is_not_has_no_name),
        cmocka_unit_test(conditions_of_objectives),
        cmocka_unit_test(facts_at_the_ends_of_their_ranges),
        cmocka_unit_test(many_tiers_offer_many_channels),
        cmocka_unit_test(the_first_missing_fact_is_named),
        cmocka_unit_test(texts_of_criteria_are_those_of_their_rows),
        cmocka_unit_test(clauses_of_requirements),
        cmocka_unit_test(a_service_by_another_name_is_the_same),
        cmocka_unit_test(the_metric_that_comes_by_itself),
        cmocka_unit_test(rows_for_another_metric),
        cmocka_unit_test(outputs_of_failures),
        cmocka_unit_test(coverage_ends_with_its_date),
        cmocka_unit_test(rolls_at_the_ends_of_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
