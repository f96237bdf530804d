/* SPDX-License-Identifier: MIT */
/* Target rows and due times (§4). */
#include "contract_fixture.h"

/* ---- Due times, row by row ---- */

enum { DEFAULT = -1, NONE = -1, ALWAYS = 0, OFFICE = 1, WIDE = 2 };

/* Office 09-17 on weekdays, wide 08-20 every day; the default is office. 2026-11-23 is a Monday. */
static sla_contract_builder *with_calendars(void) {
    sla_contract_builder *const builder = new_builder("UTC");
    assert_int_equal(add_hours(builder, "office", "UTC", WEEKDAYS, 9 * HOUR, 17 * HOUR), OFFICE);
    assert_int_equal(add_hours(builder, "wide", "UTC", WEEKDAYS | SLA_SATURDAY | SLA_SUNDAY, 8 * HOUR, 20 * HOUR), WIDE);
    assert_int_equal(sla_contract_builder_set_default_calendar(builder, "office", SIZE_MAX, NULL), SLA_OK);
    return builder;
}

struct due_case {
    const char *rule;
    sla_target target;
    const char *start;
    const char *due; /* NULL: beyond the horizon */
};

#define CLOSE SLA_TIE_CLOSE
#define NEXT_OPEN SLA_TIE_NEXT_OPEN
#define IMMEDIATE(grace, calendar, roll)                                                                                   \
    {                                                                                                                      \
        SLA_TARGET_IMMEDIATE, CLOSE, 0, grace, -1, calendar, roll, {                                                       \
            0                                                                                                              \
        }                                                                                                                  \
    }
#define WITHIN(seconds, tie, grace, calendar, roll)                                                                        \
    {                                                                                                                      \
        SLA_TARGET_DURATION, tie, seconds, grace, -1, calendar, roll, {                                                    \
            0                                                                                                              \
        }                                                                                                                  \
    }
#define DAYS(days, by, grace, roll)                                                                                        \
    {                                                                                                                      \
        SLA_TARGET_BUSINESS_DAYS, CLOSE, days, grace, by, DEFAULT, roll, {                                                 \
            0                                                                                                              \
        }                                                                                                                  \
    }

static const struct due_case due_cases[] = {
    {"§4 immediate, open", IMMEDIATE(0, DEFAULT, NONE), "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"},
    {"§4 immediate, closed", IMMEDIATE(0, DEFAULT, NONE), "2026-11-23T20:00:00Z", "2026-11-24T09:00:00Z"},
    {"§4 immediate, closing instant", IMMEDIATE(0, DEFAULT, NONE), "2026-11-27T17:00:00Z", "2026-11-30T09:00:00Z"},
    {"§4 duration, tie at the close", WITHIN(8 * HOUR, CLOSE, 0, DEFAULT, NONE), "2026-11-23T09:00:00Z",
     "2026-11-23T17:00:00Z"},
    {"§4 duration, tie at the next opening", WITHIN(8 * HOUR, NEXT_OPEN, 0, DEFAULT, NONE), "2026-11-23T09:00:00Z",
     "2026-11-24T09:00:00Z"},
    {"§4 duration, off the tie", WITHIN(8 * HOUR, NEXT_OPEN, 0, DEFAULT, NONE), "2026-11-23T10:00:00Z",
     "2026-11-24T10:00:00Z"},
    {"§4 duration from the weekend", WITHIN(60, CLOSE, 0, DEFAULT, NONE), "2026-11-21T12:00:00Z", "2026-11-23T09:01:00Z"},
    {"§4.1 a calendar of its own", WITHIN(4 * HOUR, CLOSE, 0, WIDE, NONE), "2026-11-23T18:00:00Z", "2026-11-24T10:00:00Z"},
    {"§4.1 always is elapsed time", WITHIN(8 * HOUR, CLOSE, 0, ALWAYS, NONE), "2026-11-28T23:00:00Z",
     "2026-11-29T07:00:00Z"},
    {"§4 business days, end of hours", DAYS(2, NONE, 0, NONE), "2026-11-23T10:00:00Z", "2026-11-25T17:00:00Z"},
    {"§4 business days, after closing", DAYS(2, NONE, 0, NONE), "2026-11-27T17:00:00Z", "2026-12-02T17:00:00Z"},
    {"§4 business days by an hour", DAYS(2, 16 * HOUR, 0, NONE), "2026-11-23T10:00:00Z", "2026-11-25T16:00:00Z"},
    {"§4 same day", DAYS(0, 16 * HOUR, 0, NONE), "2026-11-23T15:59:00Z", "2026-11-23T16:00:00Z"},
    {"§4 too late for the same day", DAYS(0, 16 * HOUR, 0, NONE), "2026-11-23T16:01:00Z", "2026-11-24T16:00:00Z"},
    {"§4.2 open: stays", WITHIN(24 * HOUR, CLOSE, 0, ALWAYS, OFFICE), "2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z"},
    {"§4.2 closed: moves", WITHIN(24 * HOUR, CLOSE, 0, ALWAYS, OFFICE), "2026-11-27T10:00:00Z", "2026-11-30T09:00:00Z"},
    {"§4.2 closing instant: stays", WITHIN(24 * HOUR, CLOSE, 0, ALWAYS, OFFICE), "2026-11-23T17:00:00Z",
     "2026-11-24T17:00:00Z"},
    {"§4.2 a second after it: moves", WITHIN(24 * HOUR, CLOSE, 0, ALWAYS, OFFICE), "2026-11-23T17:00:01Z",
     "2026-11-25T09:00:00Z"},
    {"§4.2 a second before opening: moves", WITHIN(24 * HOUR, CLOSE, 0, ALWAYS, OFFICE), "2026-11-23T08:59:59Z",
     "2026-11-24T09:00:00Z"},
    {"§4.2 business days", DAYS(2, 20 * HOUR, 0, OFFICE), "2026-11-23T10:00:00Z", "2026-11-26T09:00:00Z"},
    {"§4.2 immediate", IMMEDIATE(0, WIDE, OFFICE), "2026-11-23T08:30:00Z", "2026-11-23T09:00:00Z"},
    {"§1.5 beyond the horizon", WITHIN(8 * HOUR, CLOSE, 0, ALWAYS, NONE), "2099-12-31T18:00:00Z", NULL},
    {"§1.5 no opening left", IMMEDIATE(0, DEFAULT, NONE), "2099-12-31T18:00:00Z", NULL},
    {"§1.5 rolled beyond the horizon", WITHIN(HOUR, CLOSE, 0, ALWAYS, OFFICE), "2099-12-31T18:00:00Z", NULL},
};

static void section_4_each_kind_of_target_has_its_due_time(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(due_cases); i++) {
        sla_contract_builder *const builder = with_calendars();
        add_target(builder, due_cases[i].target);
        sla_contract *const contract = build(builder);
        const sla_request request = received(due_cases[i].start);
        sla_due due;
        const sla_status status = sla_contract_due(contract, 0, &request, &due);
        const int64_t expected = due_cases[i].due == NULL ? 0 : instant(due_cases[i].due);
        if (due.at != expected) {
            print_error("%s\n", due_cases[i].rule);
        }
        assert_int_equal(status, due_cases[i].due == NULL ? SLA_HORIZON : SLA_OK);
        assert_true(due.at == expected);
        assert_int_equal(due.kind, SLA_DUE_AT);
        assert_int_equal(due.flags, 0);
        assert_true(due.limit == expected);
        sla_contract_unref(contract);
    }
}

/* §4.4: grace moves the verdict on the row's calendar, not the due time. */
static void section_4_4_grace_moves_the_limit(void **state) {
    (void)state;
    static const struct {
        sla_target target;
        const char *start;
        const char *due;
        const char *limit; /* NULL: beyond the horizon */
    } cases[] = {
        {IMMEDIATE(900, DEFAULT, NONE), "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", "2026-11-23T10:15:00Z"},
        {WITHIN(8 * HOUR, CLOSE, 900, DEFAULT, NONE), "2026-11-23T09:00:00Z", "2026-11-23T17:00:00Z",
         "2026-11-24T09:15:00Z"},
        {DAYS(1, NONE, 8 * HOUR, NONE), "2026-11-23T10:00:00Z", "2026-11-24T17:00:00Z", "2026-11-25T17:00:00Z"},
        {WITHIN(HOUR, CLOSE, HOUR, ALWAYS, NONE), "2099-12-31T22:00:00Z", "2099-12-31T23:00:00Z", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = with_calendars();
        add_target(builder, cases[i].target);
        sla_contract *const contract = build(builder);
        const sla_request request = received(cases[i].start);
        sla_due due;
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), SLA_OK);
        assert_true(due.at == instant(cases[i].due));
        assert_true(due.limit == (cases[i].limit == NULL ? INT64_MAX : instant(cases[i].limit)));
        sla_contract_unref(contract);
    }
}

static void best_effort_and_no_target_have_no_due_time(void **state) {
    (void)state;
    sla_contract_builder *const builder = with_calendars();
    add_metric(builder, "response", "received", "responded");
    add_metric(builder, "resolution", "received", "resolved");
    const int32_t row = add_target(builder, target_of(SLA_TARGET_BEST_EFFORT, 0));
    ask(builder, SLA_ELEMENT_TARGET, row, "metric", "response");
    sla_contract *const contract = build(builder);
    const sla_request request = received("2026-11-23T10:00:00Z");
    sla_due due;
    assert_int_equal(sla_contract_due(contract, 0, &request, &due), SLA_OK);
    assert_true(due.kind == SLA_DUE_BEST_EFFORT && due.target == 0 && due.at == SLA_NONE && due.limit == SLA_NONE);
    assert_int_equal(sla_contract_due(contract, 1, &request, &due), SLA_OK);
    assert_true(due.kind == SLA_DUE_NO_TARGET && due.target == SLA_UNSAID && due.at == SLA_NONE && due.limit == SLA_NONE);
    sla_contract_unref(contract);
}

/* A calendar that is open on weekdays and knows its holidays until `covered`. */
static sla_calendar *covered_until(const char *covered) {
    sla_zone *const zone = zone_of("UTC");
    sla_feed *const feed = calloc(1, sizeof *feed);
    sli_reference_start(&feed->references);
    feed->name = sli_text_copy(sli_text("holidays", SIZE_MAX));
    feed->zone = sla_zone_ref(zone);
    feed->end = SLA_HORIZON_END;
    feed->covers_until = instant(covered);
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    assert_int_equal(sla_calendar_builder_new(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_hours(builder, WEEKDAYS, 9 * HOUR, 17 * HOUR, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_add_feed(builder, feed, NULL), SLA_OK);
    assert_int_equal(sla_calendar_builder_build(builder, &calendar, NULL), SLA_OK);
    sla_calendar_builder_free(builder);
    sla_feed_unref(feed);
    sla_zone_unref(zone);
    return calendar;
}

static void section_2_7_a_due_time_after_the_coverage_is_flagged(void **state) {
    (void)state;
    static const struct {
        int32_t calendar;
        int32_t roll;
        const char *start;
        int32_t flags;
    } cases[] = {{OFFICE, -1, "2026-11-23T10:00:00Z", 0},
                 {OFFICE, -1, "2026-11-24T10:00:00Z", SLA_DUE_NOT_COVERED},
                 {ALWAYS, -1, "2026-11-24T10:00:00Z", 0},
                 {ALWAYS, OFFICE, "2026-11-23T10:00:00Z", 0},
                 {ALWAYS, OFFICE, "2026-11-24T10:00:00Z", SLA_DUE_NOT_COVERED}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract_builder *const builder = new_builder("UTC");
        sla_calendar *const office = covered_until("2026-11-24T00:00:00Z");
        int32_t index = -1;
        assert_int_equal(sla_contract_builder_add_calendar(builder, "office", SIZE_MAX, office, &index, NULL), SLA_OK);
        sla_calendar_unref(office);
        sla_target target = target_of(SLA_TARGET_DURATION, HOUR);
        target.calendar = cases[i].calendar;
        target.roll = cases[i].roll;
        add_target(builder, target);
        sla_contract *const contract = build(builder);
        const sla_request request = received(cases[i].start);
        sla_due due;
        assert_int_equal(sla_contract_due(contract, 0, &request, &due), SLA_OK);
        assert_int_equal(due.flags, cases[i].flags);
        sla_contract_unref(contract);
    }
}

/* ---- Which row decides (§4.3) ---- */

static sla_contract *with_rows(void) {
    sla_contract_builder *const builder = with_calendars();
    add_metric(builder, "response", "received", "responded");
    add_metric(builder, "resolution", "received", "resolved");
    add(builder, SLA_ELEMENT_CHANNEL, "phone");
    add(builder, SLA_ELEMENT_CHANNEL, "email");
    add(builder, SLA_ELEMENT_TIER, "standard");
    const int32_t premium = add(builder, SLA_ELEMENT_TIER, "premium");
    name(builder, SLA_ELEMENT_TIER, premium, SLA_NAME_INCLUDED, "standard");
    name(builder, SLA_ELEMENT_TIER, premium, SLA_NAME_ALIAS, "gold");
    const int32_t repair = add(builder, SLA_ELEMENT_SERVICE, "repair");
    name(builder, SLA_ELEMENT_SERVICE, repair, SLA_NAME_ALIAS, "fix");
    add(builder, SLA_ELEMENT_RULE, "urgent");
    add(builder, SLA_ELEMENT_RULE, "normal");
    static const char *const rows[][8] = {
        {"metric", "response", "criterion", "urgent", "tier", "gold", "service", "fix"},
        {"metric", "response", "criterion", "urgent", "channel", "phone", "channel", "email"},
        {"metric", "response", "metric", "resolution", "tier", "standard"},
        {"criterion", "normal"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const int32_t row = add_target(builder, target_of(SLA_TARGET_DURATION, 60));
        for (size_t n = 0; n < 8 && rows[i][n] != NULL; n += 2) {
            ask(builder, SLA_ELEMENT_TARGET, row, rows[i][n], rows[i][n + 1]);
        }
    }
    return build(builder);
}

static void section_4_3_the_first_row_that_fits_decides(void **state) {
    (void)state;
    enum { NO = SLA_UNSAID, RESPONSE = 0, RESOLUTION = 1, URGENT = 0, NORMAL = 1, STANDARD = 0, PREMIUM = 1 };
    static const struct {
        int32_t metric;
        int32_t criterion;
        int32_t tier;
        int32_t channel;
        int32_t service;
        int32_t row;
    } cases[] = {
        {RESPONSE, URGENT, PREMIUM, 0, 0, 0},
        {RESPONSE, URGENT, PREMIUM, 0, NO, 1},
        {RESPONSE, URGENT, PREMIUM, 1, SLA_UNKNOWN, 1},
        {RESPONSE, URGENT, PREMIUM, NO, NO, NO}, /* not that of standard */
        {RESPONSE, URGENT, STANDARD, NO, NO, 2},
        {RESOLUTION, URGENT, STANDARD, 0, 0, 2},
        {RESOLUTION, URGENT, PREMIUM, 0, 0, NO},
        {RESOLUTION, NORMAL, PREMIUM, NO, NO, 3},
        {RESPONSE, NO, STANDARD, NO, NO, 2},
        {RESPONSE, NO, NO, 0, 0, NO},
        {RESPONSE, NORMAL, NO, NO, NO, 3},
    };
    sla_contract *const contract = with_rows();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_request request = received("2026-11-23T10:00:00Z");
        request.criterion = cases[i].criterion;
        request.tier = cases[i].tier;
        request.channel = cases[i].channel;
        request.service = cases[i].service;
        int32_t row = 77;
        const sla_status expected = cases[i].row == NO ? SLA_NOT_FOUND : SLA_OK;
        assert_int_equal(sla_contract_find_target(contract, cases[i].metric, &request, &row), expected);
        assert_int_equal(row, cases[i].row);
        request.criterion = request.tier = NO; /* as after a change (§7.5): those handed over count */
        assert_int_equal(
            sli_contract_find_target(contract, cases[i].metric, &request, cases[i].tier, cases[i].criterion, &row),
            expected);
        assert_int_equal(row, cases[i].row);
    }
    sla_contract_unref(contract);
}

static void what_the_contract_does_not_know_has_no_due_time(void **state) {
    (void)state;
    sla_contract *const contract = with_rows();
    sla_request requests[7];
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        requests[i] = received("2026-11-23T10:00:00Z");
        requests[i].criterion = 1;
    }
    requests[1].tier = SLA_UNKNOWN;
    requests[2].criterion = SLA_UNKNOWN;
    requests[3].channel = 2;
    requests[4].received = -1;
    requests[5].reserved[0] = 1;
    requests[6].received = SLA_HORIZON_END - 1;
    const sla_status expected[] = {SLA_OK,      SLA_INVALID_REQUEST,  SLA_INVALID_REQUEST, SLA_INVALID_REQUEST,
                                   SLA_HORIZON, SLA_INVALID_ARGUMENT, SLA_HORIZON};
    static const sla_due nothing = {0};
    sla_due dues[7];
    sla_status statuses[7];
    assert_int_equal(sla_contract_due_many(contract, 0, 7, requests, dues, statuses), SLA_OK);
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        sla_due due;
        memset(&due, 0xAA, sizeof due);
        assert_int_equal(statuses[i], expected[i]);
        assert_int_equal(sla_contract_due(contract, 0, &requests[i], &due), expected[i]);
        assert_memory_equal(&due, &dues[i], sizeof due);
        assert_int_equal(memcmp(&due, &nothing, sizeof due) == 0, expected[i] != SLA_OK);
    }
    int32_t row;
    sla_due due;
    assert_int_equal(sla_contract_due_many(contract, 0, 7, requests, dues, NULL), SLA_OK);
    assert_int_equal(sla_contract_due(contract, 2, requests, dues), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_due(contract, 0, NULL, dues), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_due(contract, 0, requests, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_due(NULL, 0, requests, dues), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_find_target(contract, 2, requests, &row), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_find_target(contract, 0, &requests[1], &row), SLA_INVALID_REQUEST);
    assert_int_equal(sla_contract_find_target(contract, 0, requests, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_contract_find_target(NULL, 0, requests, &row), SLA_INVALID_ARGUMENT);
    assert_int_equal(sli_contract_due_at(contract, 99, 0, &due), SLA_INVALID_ARGUMENT);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(section_4_each_kind_of_target_has_its_due_time),
        cmocka_unit_test(section_4_4_grace_moves_the_limit),
        cmocka_unit_test(best_effort_and_no_target_have_no_due_time),
        cmocka_unit_test(section_2_7_a_due_time_after_the_coverage_is_flagged),
        cmocka_unit_test(section_4_3_the_first_row_that_fits_decides),
        cmocka_unit_test(what_the_contract_does_not_know_has_no_due_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
