/* SPDX-License-Identifier: MIT */
/* Reports at their limits: bounds held exactly, the order of lists to its last part, and calls of which one thing is wrong.
 */
#include "agreement.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/report.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static const sla_scope in_scope = {.in_scope = 1, .next_open = SLA_NONE};

static sla_contract *contract_with_objective(const char *name, int32_t period, const char *title) {
    static const sla_target at_once = {.kind = SLA_TARGET_IMMEDIATE, .by = -1, .calendar = -1, .roll = -1};
    const sla_objective objective = {.attainment = 950000, .period = period};
    sla_contract_builder *builder = NULL;
    sla_contract *contract = NULL;
    int32_t index;
    sla_zone *const zone = zone_of("UTC");
    assert_int_equal(sla_contract_builder_new(name, SIZE_MAX, zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL),
                     SLA_OK);
    add_element(builder, SLA_ELEMENT_TIER, "gold");
    add_element(builder, SLA_ELEMENT_CHANNEL, "phone");
    add_element(builder, SLA_ELEMENT_EXCLUSION, "training");
    assert_int_equal(sla_contract_builder_add_target(builder, &at_once, &index, NULL), SLA_OK);
    assert_int_equal(sla_contract_builder_add_objective(builder, &objective, &index, NULL), SLA_OK);
    assert_int_equal(
        sla_contract_builder_set_text(builder, SLA_ELEMENT_OBJECTIVE, index, SLA_TEXT_TITLE, title, SIZE_MAX, NULL),
        SLA_OK);
    assert_int_equal(sla_contract_builder_build(builder, &contract, NULL), SLA_OK);
    sla_contract_builder_free(builder);
    sla_zone_unref(zone);
    return contract;
}

static sla_report *report_of(sla_contract *contract, int32_t by, size_t worst) {
    sla_report *report = NULL;
    assert_int_equal(sla_report_new(contract, 0, by, worst, &report, NULL), SLA_OK);
    return report;
}

static sla_cycle met(int64_t used) {
    return (sla_cycle){.state = SLA_STATE_MET, .used = used, .due = at(23, 12, 0), .stopped = at(23, 11, 0)};
}

static void add_one(sla_report *report, uint64_t row, int64_t received, sla_cycle cycle) {
    const sla_request request = request_at(received);
    assert_int_equal(sla_report_add(report, row, &request, &in_scope, &cycle, 1, NULL), SLA_OK);
}

static char *written(const sla_report *report, int32_t format) {
    size_t length = 0;
    assert_int_equal(sla_report_write(report, format, NULL, 0, &length, NULL), SLA_BUFFER_TOO_SMALL);
    char *const shown = malloc(length + 1);
    assert_non_null(shown);
    assert_int_equal(sla_report_write(report, format, shown, length + 1, &length, NULL), SLA_OK);
    return shown;
}

static void expect_in(const sla_report *report, int32_t format, const char *expected) {
    char *const shown = written(report, format);
    if (strstr(shown, expected) == NULL) {
        fail_msg("%s\nis not in\n%s", expected, shown);
    }
    free(shown);
}

/* ---- How much is counted ---- */

/* 2^42 requests and cycles, and not one more; nothing else changes. */
static void a_report_counts_so_many(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    const sla_request request = request_at(at(23, 10, 0));
    const sla_cycle cycles[] = {met(1), met(2)};
    static const char complaint[] = "a report counts at most 2^42 requests and cycles";
    const struct {
        int64_t counted;
        size_t cycles;
        sla_status expected;
    } cases[] = {
        {SLI_COUNTED_MAX - 3, 2, SLA_OK},    {SLI_COUNTED_MAX - 2, 2, SLA_LIMIT}, {SLI_COUNTED_MAX - 2, 1, SLA_OK},
        {SLI_COUNTED_MAX - 1, 1, SLA_LIMIT}, {SLI_COUNTED_MAX, 1, SLA_LIMIT},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_report *const report = report_of(contract, 0, 1);
        sla_error error = {0};
        report->counted = cases[i].counted;
        assert_int_equal(sla_report_add(report, 1, &request, &in_scope, cycles, cases[i].cycles, &error),
                         cases[i].expected);
        assert_string_equal(error.message, cases[i].expected == SLA_OK ? "" : complaint);
        assert_int_equal(report->all.requests, cases[i].expected == SLA_OK);
        sla_report_free(report);
    }
    sla_contract_unref(contract);
}

static void invalid_requests_count_as_well(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    const sla_request request = request_at(at(23, 10, 0));
    sla_report *const report = report_of(contract, 0, 1);
    report->counted = SLI_COUNTED_MAX - 1;
    assert_int_equal(sla_report_add_invalid(report, 1, &request, SLA_HORIZON, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_report_add_invalid(report, 1, &request, SLA_HORIZON, NULL, 0, NULL), SLA_LIMIT);
    assert_int_equal(report->all.invalid, 1);
    sla_report_free(report);
    sla_contract_unref(contract);
}

static void merged_reports_count_so_many(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    const int64_t half = SLI_COUNTED_MAX / 2;
    for (int64_t more = 0; more <= 1; more++) {
        sla_report *const report = report_of(contract, 0, 1);
        sla_report *const other = report_of(contract, 0, 1);
        report->counted = half;
        other->counted = half + more;
        assert_int_equal(sla_report_merge(report, other, NULL), more == 0 ? SLA_OK : SLA_LIMIT);
        assert_int_equal(report->counted, more == 0 ? SLI_COUNTED_MAX : half);
        sla_report_free(report);
        sla_report_free(other);
    }
    sla_contract_unref(contract);
}

/* Keys and names are numbered: there are as many as there are numbers. */
static void containers_have_bounds(void **state) {
    (void)state;
    key_set keys = {.width = 1, .count = 3};
    assert_false(sli_keys_reserve(&keys, UINT32_MAX / 4 - 2));
    assert_false(sli_keys_reserve(&keys, SIZE_MAX));
    name_set names = {.count = INT32_MAX / 4};
    size_t number = 7;
    assert_false(sli_names_add(&names, sli_text("advice", SIZE_MAX), &number));
    assert_int_equal(number, 7);
}

/* ---- Merging ---- */

/* A report in which no clock has stopped has no bucket to add. */
static void reports_without_stopped_clocks_merge(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, 0, 1);
    sla_report *const other = report_of(contract, 0, 1);
    add_one(report, 1, at(23, 10, 0), met(60));
    add_one(other, 2, at(23, 10, 0), (sla_cycle){.state = SLA_STATE_RUNNING});
    assert_int_equal(sla_report_merge(report, other, NULL), SLA_OK);
    sla_group all;
    assert_int_equal(sla_report_get_group(report, -1, &all), SLA_OK);
    assert_int_equal(all.requests, 2);
    assert_int_equal(all.stopped, 1);
    assert_int_equal(all.used_min, 60);
    assert_int_equal(all.used_max, 60);
    assert_int_equal(all.used_sum, 60);
    sla_report *const merged = report_of(contract, 0, 1);
    assert_int_equal(sla_report_merge(merged, report, NULL), SLA_OK);
    int64_t median;
    assert_int_equal(sla_report_percentile(merged, -1, 500, &median), SLA_OK);
    assert_int_equal(median, 60);
    assert_int_equal(sla_report_merge(NULL, other, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_merge(report, NULL, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_merge(report, report, NULL), SLA_INVALID_ARGUMENT);
    sla_report_free(report);
    sla_report_free(other);
    sla_report_free(merged);
    sla_contract_unref(contract);
}

/* ---- The order of lists (§8.4) ---- */

/* In the order expected: the latest first, then by row, due time, stop and receipt. */
static void breaches_have_a_total_order(void **state) {
    (void)state;
    static const struct {
        int64_t late;
        uint64_t row;
        int64_t due;
        int64_t stopped;
        int64_t received;
    } breaches[] = {{9, 5, 3, 4, 2}, {8, 1, 3, 4, 2}, {8, 2, 1, 9, 2}, {8, 2, 2, 3, 9},
                    {8, 2, 2, 4, 1}, {8, 2, 2, 4, 2}, {7, 1, 1, 1, 1}};
    enum { BREACHES = COUNT_OF(breaches) };
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    for (size_t first = 0; first < BREACHES; first++) {
        sla_report *const report = report_of(contract, 0, 10);
        for (size_t i = 0; i < BREACHES; i++) {
            const size_t n = (first + i * 3) % BREACHES; /* each once, in another order each time */
            add_one(report, breaches[n].row, breaches[n].received,
                    (sla_cycle){.state = SLA_STATE_BREACHED,
                                .used = 1,
                                .due = breaches[n].due,
                                .stopped = breaches[n].stopped,
                                .late = breaches[n].late});
        }
        assert_int_equal(sla_report_breach_count(report), BREACHES);
        for (size_t i = 0; i < BREACHES; i++) {
            sla_breach found;
            assert_int_equal(sla_report_get_breach(report, i, &found), SLA_OK);
            assert_int_equal(found.late, breaches[i].late);
            assert_int_equal(found.row, breaches[i].row);
            assert_int_equal(found.due, breaches[i].due);
            assert_int_equal(found.stopped, breaches[i].stopped);
            assert_int_equal(found.received, breaches[i].received);
        }
        sla_report_free(report);
    }
    sla_contract_unref(contract);
}

static void invalid_rows_have_a_total_order(void **state) {
    (void)state;
    static const struct {
        uint64_t row;
        sla_status reason;
        const char *message;
    } rows[] = {{1, SLA_HORIZON, "b"}, {1, SLA_INVALID_REQUEST, "a"}, {1, SLA_INVALID_REQUEST, "b"}, {2, SLA_HORIZON, "a"}};
    enum { ROWS = COUNT_OF(rows) };
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    const sla_request request = request_at(at(23, 10, 0));
    for (size_t first = 0; first < ROWS; first++) {
        sla_report *const report = report_of(contract, 0, 10);
        for (size_t i = 0; i < ROWS; i++) {
            const size_t n = (first + i * 3) % ROWS;
            assert_int_equal(
                sla_report_add_invalid(report, rows[n].row, &request, rows[n].reason, rows[n].message, SIZE_MAX, NULL),
                SLA_OK);
        }
        for (size_t i = 0; i < ROWS; i++) {
            uint64_t row;
            sla_status reason;
            const char *message;
            assert_int_equal(sla_report_get_invalid(report, i, &row, &reason, &message), SLA_OK);
            assert_int_equal(row, rows[i].row);
            assert_int_equal(reason, rows[i].reason);
            assert_string_equal(message, rows[i].message);
        }
        sla_report_free(report);
    }
    sla_contract_unref(contract);
}

/* Groups that differ in the last fact alone, which is the day. */
static void groups_that_differ_by_the_day(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, SLA_BY_TIER | SLA_BY_WEEK | SLA_BY_DAY, 1);
    static const char *const expected[] = {"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"};
    for (int32_t day = 26; day >= 23; day--) {
        add_one(report, (uint64_t)day, at(day, 10, 0), met(1));
    }
    assert_int_equal(sla_report_group_count(report), COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_string_equal(sla_report_group_key(report, (int64_t)i, SLA_BY_DAY), expected[i]);
        assert_string_equal(sla_report_group_key(report, (int64_t)i, SLA_BY_WEEK), "2026-W48");
        assert_null(sla_report_group_key(report, (int64_t)i, SLA_BY_TIER));
    }
    sla_report_free(report);
    sla_contract_unref(contract);
}

/* ---- Periods ---- */

/* A receipt that no calendar year has is in no period; its verdict is in no objective. */
static void receipts_beyond_all_years(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_DAY, "");
    sla_report *const report = report_of(contract, SLA_BY_MONTH | SLA_BY_WEEK | SLA_BY_DAY, 10);
    const sla_request nowhere = request_at(SLA_NONE);
    add_one(report, 1, SLA_NONE + 1, (sla_cycle){.state = SLA_STATE_BREACHED, .due = SLA_NONE + 2, .late = 1});
    assert_int_equal(sla_report_add_invalid(report, 2, &nowhere, SLA_HORIZON, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_report_group_count(report), 1);
    assert_null(sla_report_group_key(report, 0, SLA_BY_MONTH));
    assert_null(sla_report_group_key(report, 0, SLA_BY_WEEK));
    assert_null(sla_report_group_key(report, 0, SLA_BY_DAY));
    assert_int_equal(sla_report_objective_count(report), 0);
    expect_in(report, SLA_FORMAT_TEXT, "-9223372036854775807"); /* an instant that has no date is a number */
    sla_report_free(report);
    sla_contract_unref(contract);
}

static void objectives_of_each_period(void **state) {
    (void)state;
    static const struct {
        int32_t period;
        const char *labels[3]; /* of the 1st, 22nd and 23rd of November 2026 */
        const char *text;
    } cases[] = {
        {SLA_PERIOD_ALL, {"", NULL}, "Reply: 95 %"},
        {SLA_PERIOD_MONTH, {"2026-11", NULL}, "Reply: 95 % a month"},
        {SLA_PERIOD_WEEK, {"2026-W44", "2026-W47", "2026-W48"}, "Reply: 95 % a week"},
        {SLA_PERIOD_DAY, {"2026-11-01", "2026-11-22", "2026-11-23"}, "Reply: 95 % a day"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_contract *const contract = contract_with_objective("agreement", cases[i].period, "Reply");
        sla_report *const report = report_of(contract, 0, 1);
        const int32_t days[] = {1, 22, 23};
        for (size_t n = 0; n < COUNT_OF(days); n++) {
            add_one(report, n, at(days[n], 10, 0), met(1));
        }
        const size_t expected = cases[i].labels[1] == NULL ? 1 : 3;
        assert_int_equal(sla_report_objective_count(report), expected);
        for (size_t n = 0; n < expected; n++) {
            sla_objective_result result;
            assert_int_equal(sla_report_get_objective(report, n, &result), SLA_OK);
            assert_string_equal(result.period, cases[i].labels[n]);
            assert_int_equal(result.objective, 0);
            assert_int_equal(result.met, expected == 1 ? 3 : 1);
            assert_int_equal(result.total, expected == 1 ? 3 : 1);
            assert_int_equal(result.holds, 1);
        }
        expect_in(report, SLA_FORMAT_TEXT, cases[i].text);
        expect_in(report, SLA_FORMAT_JSON, "\"title\":\"Reply\"");
        sla_report_free(report);
        sla_contract_unref(contract);
    }
}

/* ---- Texts ---- */

/* What is not UTF-8 becomes a question mark, and of a long message as many whole characters are kept as 343 bytes hold. */
static void messages_of_invalid_rows(void **state) {
    (void)state;
    enum { MOST = SLI_INVALID_MESSAGE_LENGTH - 1 };
    char letters[MOST + 2];
    char expected_letters[MOST + 1];
    char accents[MOST + 3];
    char expected_accents[MOST + 1];
    memset(letters, 'x', sizeof letters);
    memset(expected_letters, 'x', MOST);
    expected_letters[MOST] = '\0';
    for (size_t i = 0; i + 1 < sizeof accents; i += 2) {
        memcpy(accents + i, "é", 2);
    }
    memcpy(expected_accents, accents, MOST - 1);
    expected_accents[MOST - 1] = '\0';
    const struct {
        const char *message;
        size_t length;
        const char *expected;
    } cases[] = {
        {"plain", SIZE_MAX, "plain"},
        {"", 0, ""},
        {"a\0b", 3, "a?b"},
        {"\xC3", 1, "?"},
        {"\xC3(", 2, "?("},
        {"a\xF0\x9F\x95\x90z", 6, "a🕐z"},
        {"\xF0\x9F\x95", 3, "???"},
        {letters, MOST, expected_letters},
        {letters, MOST + 1, expected_letters},
        {accents, MOST + 1, expected_accents},
        {NULL, 0, "the question or its answer lies outside the horizon"},
    };
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    const sla_request request = request_at(at(23, 10, 0));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        sla_report *const report = report_of(contract, 0, 1);
        uint64_t row;
        const char *message;
        assert_int_equal(sla_report_add_invalid(report, 1, &request, SLA_HORIZON, cases[i].message, cases[i].length, NULL),
                         SLA_OK);
        assert_int_equal(sla_report_get_invalid(report, 0, &row, NULL, &message), SLA_OK);
        assert_string_equal(message, cases[i].message == NULL ? sla_status_message(SLA_HORIZON) : cases[i].expected);
        sla_report_free(report);
    }
    sla_contract_unref(contract);
}

/* A cell of the table for people holds 1024 bytes, and only whole characters. */
static void long_titles_are_cut_between_characters(void **state) {
    (void)state;
    static const struct {
        const char *before;
        size_t accents;
        size_t kept; /* bytes */
    } cases[] = {{"", 510, 1020}, {"", 600, 1024}, {"a", 600, 1023}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char title[2048];
        char expected[2048];
        strcpy(title, cases[i].before);
        for (size_t n = 0; n < cases[i].accents; n++) {
            strcat(title, "é");
        }
        snprintf(expected, sizeof expected, "\n  %.*s", (int)cases[i].kept, title);
        sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, title);
        sla_report *const report = report_of(contract, 0, 1);
        add_one(report, 1, at(23, 10, 0), met(1));
        expect_in(report, SLA_FORMAT_TEXT, expected);
        char *const shown = written(report, SLA_FORMAT_TEXT);
        assert_true(sli_text_is_utf8(sli_text(shown, SIZE_MAX)));
        free(shown);
        sla_report_free(report);
        sla_contract_unref(contract);
    }
}

static void letters_that_formats_must_not_take_as_they_are(void **state) {
    (void)state;
    static const struct {
        const char *value;
        const char *json;
        const char *plain;
        const char *csv;
    } cases[] = {
        {"plain", "\"plain\"", "plain", "plain"},
        {"a\\b", "\"a\\\\b\"", "a\\b", "a\\b"},
        {"a\"b", "\"a\\\"b\"", "a\"b", "\"a\"\"b\""},
        {"a\x7F"
         "b",
         "\"a\\u007fb\"", "a b",
         "a\x7F"
         "b"},
        {"a\x1F"
         "b",
         "\"a\\u001fb\"", "a b",
         "a\x1F"
         "b"},
        {"a b", "\"a b\"", "a b", "a b"},
        {"a~b", "\"a~b\"", "a~b", "a~b"},
        {"a,b", "\"a,b\"", "a,b", "\"a,b\""},
        {"a\rb", "\"a\\u000db\"", "a b", "\"a\rb\""},
        {"a\nb", "\"a\\u000ab\"", "a b", "\"a\nb\""},
        {"é", "\"é\"", "é", "é"},
        {"", "\"\"", "", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char json[64] = {0};
        char plain[64] = {0};
        char csv[64] = {0};
        sli_write_json_string(&(writer){json, sizeof json, 0}, cases[i].value);
        sli_write_plain(&(writer){plain, sizeof plain, 0}, cases[i].value);
        sli_write_csv_field(&(writer){csv, sizeof csv, 0}, cases[i].value);
        assert_string_equal(json, cases[i].json);
        assert_string_equal(plain, cases[i].plain);
        assert_string_equal(csv, cases[i].csv);
    }
}

/* ---- Calls of which one thing is wrong ---- */

/* Requests that are out of scope have no cycles; those that are in scope have one at least. */
static void cycles_that_are_not_there(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, 0, 1);
    const sla_request request = request_at(at(23, 10, 0));
    const sla_scope out = {.reasons = SLA_REASON_EXPIRED};
    const sla_cycle cycle = met(1);
    assert_int_equal(sla_report_add(report, 1, &request, &in_scope, &cycle, 0, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_add(report, 1, &request, &in_scope, NULL, 1, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_add(report, 1, &request, &out, NULL, 1, NULL), SLA_OK);
    assert_int_equal(report->counted, 1);
    sla_report_free(report);
    sla_contract_unref(contract);
}

static void batches_that_are_not_whole(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, 0, 1);
    const uint64_t row = 1;
    const sla_request request = request_at(at(23, 10, 0));
    const sla_cycle cycles[] = {met(1), met(2)};
    const sla_verdict one = {.scope = in_scope, .criterion = SLA_UNSAID, .cycle_count = 1, .cycle = cycles[1]};
    sla_verdict two = one;
    size_t counted = 7;
    two.cycle_count = 2;
    const sla_status none[] = {
        sla_report_add_many(NULL, 1, &row, &request, &one, NULL, NULL, &counted, NULL),
        sla_report_add_many(report, 1, NULL, &request, &one, NULL, NULL, &counted, NULL),
        sla_report_add_many(report, 1, &row, NULL, &one, NULL, NULL, &counted, NULL),
        sla_report_add_many(report, 1, &row, &request, NULL, NULL, NULL, &counted, NULL),
        sla_report_add_many(report, 1, &row, &request, &one, NULL, NULL, NULL, NULL),
        sla_report_add_many(report, 1, &row, &request, &two, NULL, NULL, &counted, NULL),
    };
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        assert_int_equal(none[i], SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(counted, 0);
    two.first_cycle = SLA_NONE;
    sla_error error;
    assert_int_equal(sla_report_add_many(report, 1, &row, &request, &two, cycles, NULL, &counted, &error),
                     SLA_INVALID_ARGUMENT);
    assert_string_equal(error.message, "a request has 2 cycles, of which only the last is here");
    assert_int_equal(error.index, 0);
    two.first_cycle = 0;
    assert_int_equal(sla_report_add_many(report, 1, &row, &request, &two, cycles, NULL, &counted, NULL), SLA_OK);
    assert_int_equal(counted, 1);
    assert_int_equal(report->all.met, 2);
    assert_int_equal(sla_report_add_many(report, 0, NULL, NULL, NULL, NULL, NULL, &counted, NULL), SLA_OK);
    assert_int_equal(counted, 0);
    sla_report_free(report);
    sla_contract_unref(contract);
}

static void questions_to_a_report(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, SLA_BY_TIER | SLA_BY_CHANNEL, 1);
    add_one(
        report, 1, at(23, 10, 0),
        (sla_cycle){.state = SLA_STATE_BREACHED, .used = 9, .due = at(23, 10, 0), .stopped = at(23, 10, 1), .late = 60});
    const sla_request request = request_at(at(23, 10, 0));
    assert_int_equal(sla_report_add_invalid(report, 2, &request, SLA_HORIZON, "m", 1, NULL), SLA_OK);
    sla_objective_result result;
    sla_breach breach;
    int64_t seconds;
    size_t length;
    int32_t service = 7;
    uint64_t row = 7;
    char text_of[8];
    const sla_status refusals[] = {
        sla_report_find_key("tier", SIZE_MAX, NULL),
        sla_report_get_group(report, -1, NULL),
        sla_report_percentile(report, -1, 500, NULL),
        sla_report_percentile(NULL, -1, 500, &seconds),
        sla_report_percentile(report, 1, 500, &seconds),
        sla_report_percentile(report, -1, 0, &seconds),
        sla_report_percentile(report, -1, 1001, &seconds),
        sla_report_get_objective(report, 0, NULL),
        sla_report_get_objective(NULL, 0, &result),
        sla_report_get_objective(report, 1, &result),
        sla_report_get_breach(report, 0, NULL),
        sla_report_get_breach(NULL, 0, &breach),
        sla_report_get_breach(report, 1, &breach),
        sla_report_get_invalid(report, 0, NULL, NULL, NULL),
        sla_report_get_invalid(NULL, 0, &row, NULL, NULL),
        sla_report_get_invalid(report, 1, &row, NULL, NULL),
        sla_report_write(NULL, SLA_FORMAT_CSV, text_of, 8, &length, NULL),
        sla_report_write(report, SLA_FORMAT_CSV, text_of, 8, NULL, NULL),
        sla_report_write(report, SLA_FORMAT_CSV, NULL, 8, &length, NULL),
        sla_report_write(report, SLA_FORMAT_TEXT - 1, text_of, 8, &length, NULL),
        sla_report_write(report, SLA_FORMAT_CSV + 1, text_of, 8, &length, NULL),
        sla_report_add_service(NULL, "a", 1, &service, NULL),
        sla_report_add_service(report, NULL, 1, &service, NULL),
        sla_report_add_service(report, "a", 1, NULL, NULL),
    };
    for (size_t i = 0; i < COUNT_OF(refusals); i++) {
        if (refusals[i] != SLA_INVALID_ARGUMENT) {
            fail_msg("call %zu gives %s", i, sla_status_name(refusals[i]));
        }
    }
    assert_int_equal(service, 0);
    assert_int_equal(row, 0);
    assert_int_equal(sla_report_objective_count(NULL), 0);
    assert_int_equal(sla_report_breach_count(NULL), 0);
    assert_int_equal(sla_report_invalid_count(NULL), 0);
    assert_int_equal(sla_report_objective_count(report), 1);
    assert_int_equal(sla_report_breach_count(report), 1);
    assert_int_equal(sla_report_invalid_count(report), 1);
    assert_null(sla_report_group_key(NULL, 0, SLA_BY_TIER));
    assert_null(sla_report_group_key(report, 0, SLA_BY_TIER | SLA_BY_CHANNEL)); /* one at a time */
    assert_null(sla_report_group_key(report, 0, 0));
    assert_null(sla_report_group_key(report, 1, SLA_BY_TIER));
    sla_report_free(report);
    sla_contract_unref(contract);
}

/* What is not asked for is not told; what there is not tells nothing. */
static void invalid_rows_in_part(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, 0, 1);
    const sla_request request = request_at(at(23, 10, 0));
    assert_int_equal(sla_report_add_invalid(report, 2, &request, SLA_HORIZON, "m", 1, NULL), SLA_OK);
    uint64_t row;
    sla_status reason;
    const char *message;
    assert_int_equal(sla_report_get_invalid(report, 0, &row, NULL, NULL), SLA_OK);
    assert_int_equal(row, 2);
    assert_int_equal(sla_report_get_invalid(report, 0, &row, &reason, NULL), SLA_OK);
    assert_int_equal(reason, SLA_HORIZON);
    assert_int_equal(sla_report_get_invalid(report, 1, &row, &reason, &message), SLA_INVALID_ARGUMENT);
    assert_int_equal(row, 0);
    assert_int_equal(reason, SLA_OK);
    assert_null(message);
    sla_report_free(report);
    sla_contract_unref(contract);
}

/* A service on the list of what is excluded is a service on a list. */
static void excluded_services_have_their_name(void **state) {
    (void)state;
    sla_contract *const contract = contract_with_objective("agreement", SLA_PERIOD_ALL, "");
    sla_report *const report = report_of(contract, SLA_BY_SERVICE, 1);
    sla_request request = request_at(at(23, 10, 0));
    const sla_scope out = {.reasons = SLA_REASON_SERVICE_EXCLUDED};
    assert_int_equal(sla_report_add_service(report, "training", SIZE_MAX, &request.service, NULL), SLA_OK);
    assert_int_equal(request.service, 0);
    assert_int_equal(sla_report_add(report, 1, &request, &out, NULL, 0, NULL), SLA_OK);
    assert_string_equal(sla_report_group_key(report, 0, SLA_BY_SERVICE), "training");
    sla_report_free(report);
    sla_contract_unref(contract);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_counts_so_many),
        cmocka_unit_test(invalid_requests_count_as_well),
        cmocka_unit_test(merged_reports_count_so_many),
        cmocka_unit_test(containers_have_bounds),
        cmocka_unit_test(reports_without_stopped_clocks_merge),
        cmocka_unit_test(breaches_have_a_total_order),
        cmocka_unit_test(invalid_rows_have_a_total_order),
        cmocka_unit_test(groups_that_differ_by_the_day),
        cmocka_unit_test(receipts_beyond_all_years),
        cmocka_unit_test(objectives_of_each_period),
        cmocka_unit_test(messages_of_invalid_rows),
        cmocka_unit_test(long_titles_are_cut_between_characters),
        cmocka_unit_test(letters_that_formats_must_not_take_as_they_are),
        cmocka_unit_test(cycles_that_are_not_there),
        cmocka_unit_test(batches_that_are_not_whole),
        cmocka_unit_test(questions_to_a_report),
        cmocka_unit_test(invalid_rows_in_part),
        cmocka_unit_test(excluded_services_have_their_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
