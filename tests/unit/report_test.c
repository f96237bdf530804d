/* SPDX-License-Identifier: MIT */
/* Reports (§8): counts, attainment, percentiles, merging and writing. */
#include "agreement.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/report.h"

#define AGREEMENT_NAME "Ugovor \"Žuti\", d.o.o."

typedef struct fixture {
    sla_contract *contract;
    int32_t metric;
} fixture;

static int set_up(void **state) {
    static fixture made;
    made.contract = make_agreement(AGREEMENT_NAME, "Europe/Belgrade");
    made.metric = index_of(made.contract, SLA_ELEMENT_METRIC, "response");
    *state = &made;
    return 0;
}

static int tear_down(void **state) {
    sla_contract_unref(((fixture *)*state)->contract);
    return 0;
}

static sla_report *report_by(const fixture *in, int32_t by, size_t worst) {
    sla_report *report = NULL;
    assert_int_equal(sla_report_new(in->contract, in->metric, by, worst, &report, NULL), SLA_OK);
    return report;
}

static const sla_scope in_scope = {.in_scope = 1, .next_open = SLA_NONE};

static sla_cycle cycle_of(int32_t state, int32_t flags, int64_t used, int64_t late) {
    return (sla_cycle){
        .state = state, .flags = flags, .used = used, .due = at(23, 12, 0), .stopped = at(23, 13, 0), .late = late};
}

static void add_cycle(sla_report *report, uint64_t row, const sla_request *request, sla_cycle cycle) {
    assert_int_equal(sla_report_add(report, row, request, &in_scope, &cycle, 1, NULL), SLA_OK);
}

static char *written(const sla_report *report, int32_t format) {
    size_t length = 0;
    assert_int_equal(sla_report_write(report, format, NULL, 0, &length, NULL), SLA_BUFFER_TOO_SMALL);
    char *const shown = malloc(length + 1);
    assert_non_null(shown);
    size_t again = 0;
    assert_int_equal(sla_report_write(report, format, shown, length + 1, &again, NULL), SLA_OK);
    assert_int_equal(again, length);
    assert_int_equal(strlen(shown), length);
    return shown;
}

/* ---- §8.1 ---- */

static void every_state_is_counted_once(void **state) {
    sla_report *const report = report_by(*state, 0, 5);
    const sla_request request = request_at(at(23, 10, 0));
    const sla_scope refused = {.in_scope = 0, .reasons = SLA_REASON_EXPIRED | SLA_REASON_SERVICE_EXCLUDED};
    for (int32_t i = SLA_STATE_NOT_STARTED; i <= SLA_STATE_BEST_EFFORT; i++) {
        add_cycle(report, (uint64_t)i, &request, cycle_of(i, 0, 60, 5));
    }
    add_cycle(report, 20, &request, cycle_of(SLA_STATE_BREACHED, SLA_CYCLE_OPEN, 60, 5));
    assert_int_equal(sla_report_add(report, 21, &request, &refused, NULL, 0, NULL), SLA_OK);
    assert_int_equal(sla_report_add_invalid(report, 22, &request, SLA_INVALID_REQUEST, NULL, 0, NULL), SLA_OK);
    const sla_cycle both[] = {cycle_of(SLA_STATE_MET, 0, 30, 0), cycle_of(SLA_STATE_RUNNING, 0, 10, 0)};
    assert_int_equal(sla_report_add(report, 23, &request, &in_scope, both, 2, NULL), SLA_OK);

    sla_group all;
    assert_int_equal(sla_report_get_group(report, -1, &all), SLA_OK);
    const sla_group expected = {.requests = 12,
                                .out_of_scope = 1,
                                .not_started = 1,
                                .no_target = 1,
                                .best_effort = 1,
                                .running = 2,
                                .paused = 1,
                                .cancelled = 1,
                                .invalid = 1,
                                .met = 2,
                                .breached_late = 1,
                                .breached_open = 1,
                                .reasons = {[1] = 1, [6] = 1},
                                .stopped = 3,
                                .used_min = 30,
                                .used_max = 60,
                                .used_sum = 150};
    assert_memory_equal(&all, &expected, sizeof all);
    sla_group only;
    assert_int_equal(sla_report_group_count(report), 1);
    assert_int_equal(sla_report_get_group(report, 0, &only), SLA_OK);
    assert_memory_equal(&only, &all, sizeof all);
    sla_report_free(report);
}

static void groups_have_keys_in_order(void **state) {
    const fixture *const in = *state;
    sla_report *const report = report_by(in, SLA_BY_CONTRACT | SLA_BY_METRIC | SLA_BY_TIER | SLA_BY_SERVICE, 0);
    int32_t zebra = 0;
    int32_t apple = 0;
    int32_t listed = 0;
    assert_int_equal(sla_report_add_service(report, "zebra", SIZE_MAX, &zebra, NULL), SLA_OK);
    assert_int_equal(sla_report_add_service(report, "apple", SIZE_MAX, &apple, NULL), SLA_OK);
    assert_int_equal(sla_report_add_service(report, "training", SIZE_MAX, &listed, NULL), SLA_OK);
    assert_int_equal(listed, index_of(in->contract, SLA_ELEMENT_SERVICE, "training"));
    assert_true(zebra < SLA_UNKNOWN && apple < SLA_UNKNOWN && zebra != apple);
    const int32_t advice = index_of(in->contract, SLA_ELEMENT_SERVICE, "advice");
    const int32_t services[] = {zebra, advice, SLA_UNSAID, apple, listed, SLA_UNKNOWN, -1000};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        sla_request request = request_at(at(23, 10, 0));
        request.service = services[i];
        request.tier = services[i] == advice ? index_of(in->contract, SLA_ELEMENT_TIER, "gold") : SLA_UNSAID;
        add_cycle(report, i, &request, cycle_of(SLA_STATE_MET, 0, 1, 0));
    }
    static const char *const expected[][2] = {{NULL, NULL},    {NULL, "training"}, {NULL, "unlisted"},
                                              {NULL, "apple"}, {NULL, "zebra"},    {"gold", "advice"}};
    assert_int_equal(sla_report_group_count(report), 6);
    for (int64_t i = 0; i < 6; i++) {
        const char *const tier = sla_report_group_key(report, i, SLA_BY_TIER);
        const char *const service = sla_report_group_key(report, i, SLA_BY_SERVICE);
        assert_string_equal(tier == NULL ? "-" : tier, expected[i][0] == NULL ? "-" : expected[i][0]);
        assert_string_equal(service == NULL ? "-" : service, expected[i][1] == NULL ? "-" : expected[i][1]);
        assert_string_equal(sla_report_group_key(report, i, SLA_BY_CONTRACT), AGREEMENT_NAME);
        assert_string_equal(sla_report_group_key(report, i, SLA_BY_METRIC), "response");
        assert_null(sla_report_group_key(report, i, SLA_BY_CHANNEL));
    }
    assert_null(sla_report_group_key(report, 6, SLA_BY_TIER));
    assert_null(sla_report_group_key(report, -1, SLA_BY_TIER));
    sla_report_free(report);
}

static void periods_are_of_the_contracts_zone(void **state) {
    static const struct {
        const char *received;
        const char *month;
        const char *week;
        const char *day;
    } cases[] = {
        {"2026-10-31T22:59:59Z", "2026-10", "2026-W44", "2026-10-31"},
        {"2026-10-31T23:30:00Z", "2026-11", "2026-W44", "2026-11-01"},
        {"2026-12-31T12:00:00Z", "2026-12", "2026-W53", "2026-12-31"},
        {"2027-01-03T12:00:00Z", "2027-01", "2026-W53", "2027-01-03"},
        {"2024-12-30T12:00:00Z", "2024-12", "2025-W01", "2024-12-30"},
        {"2021-01-03T12:00:00Z", "2021-01", "2020-W53", "2021-01-03"},
        {"2200-03-01T12:00:00Z", "2200-03", "2200-W09", "2200-03-01"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_report *const report = report_by(*state, SLA_BY_MONTH | SLA_BY_WEEK | SLA_BY_DAY, 0);
        int64_t received = 0;
        assert_int_equal(sla_instant_parse(cases[i].received, SIZE_MAX, &received, NULL), SLA_OK);
        const sla_request request = request_at(received);
        assert_int_equal(sla_report_add_invalid(report, 1, &request, SLA_INVALID_REQUEST, NULL, 0, NULL), SLA_OK);
        assert_string_equal(sla_report_group_key(report, 0, SLA_BY_MONTH), cases[i].month);
        assert_string_equal(sla_report_group_key(report, 0, SLA_BY_WEEK), cases[i].week);
        assert_string_equal(sla_report_group_key(report, 0, SLA_BY_DAY), cases[i].day);
        sla_report_free(report);
    }
}

/* A request of which not even the receipt is known, or only nonsense, is counted all the same. */
static void what_is_not_known_counts_as_not_said(void **state) {
    sla_report *const report = report_by(*state, SLA_BY_MONTH | SLA_BY_TIER | SLA_BY_CRITERION | SLA_BY_CHANNEL, 3);
    static const int64_t received[] = {SLA_NONE, INT64_MAX, INT64_MIN + 1};
    for (size_t i = 0; i < 3; i++) {
        sla_request request = request_at(received[i]);
        request.tier = (int32_t)i == 1 ? 4000 : SLA_UNKNOWN;
        request.criterion = INT32_MIN;
        request.channel = INT32_MAX;
        assert_int_equal(sla_report_add_invalid(report, i, &request, SLA_INVALID_REQUEST, NULL, 0, NULL), SLA_OK);
    }
    assert_int_equal(sla_report_group_count(report), 1);
    assert_null(sla_report_group_key(report, 0, SLA_BY_MONTH));
    assert_null(sla_report_group_key(report, 0, SLA_BY_TIER));
    sla_report_free(report);
}

/* ---- §8.2 ---- */

static void objectives_hold_by_exact_counts(void **state) {
    static const struct {
        int32_t met;
        int32_t breached;
        bool monthly_holds; /* 95 % */
        bool overall_holds; /* 99.95 %, of criterion normal */
        const char *rate;
    } cases[] = {
        {95, 5, true, false, "95.0 % of 100"},       {94, 6, false, false, "94.0 % of 100"},
        {1899, 101, false, false, "94.9 % of 2000"}, {1999, 1, true, true, "99.9 % of 2000"},
        {1998, 1, true, false, "99.9 % of 1999"},    {1, 0, true, true, "100.0 % of 1"},
        {0, 1, false, false, "0.0 % of 1"},
    };
    const fixture *const in = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sla_report *const report = report_by(in, 0, 0);
        sla_request request = request_at(at(23, 10, 0));
        request.criterion = index_of(in->contract, SLA_ELEMENT_CRITERION, "normal");
        for (int32_t k = 0; k < cases[i].met + cases[i].breached; k++) {
            const int32_t verdict = k < cases[i].met ? SLA_STATE_MET : SLA_STATE_BREACHED;
            add_cycle(report, (uint64_t)k, &request, cycle_of(verdict, 0, 60, 1));
        }
        sla_objective_result result;
        assert_int_equal(sla_report_objective_count(report), 2);
        assert_int_equal(sla_report_get_objective(report, 0, &result), SLA_OK);
        assert_int_equal(result.holds, cases[i].monthly_holds);
        assert_string_equal(result.period, "2026-11");
        assert_int_equal(result.met, cases[i].met);
        assert_int_equal(result.total, cases[i].met + cases[i].breached);
        assert_int_equal(sla_report_get_objective(report, 1, &result), SLA_OK);
        assert_int_equal(result.holds, cases[i].overall_holds);
        assert_string_equal(result.period, "");
        char *const shown = written(report, SLA_FORMAT_TEXT);
        assert_non_null(strstr(shown, cases[i].rate));
        free(shown);
        sla_report_free(report);
    }
}

static void objectives_count_what_meets_their_conditions(void **state) {
    const fixture *const in = *state;
    sla_report *const report = report_by(in, 0, 0);
    const int32_t days[] = {30, 1, 23};
    for (size_t i = 0; i < 3; i++) {
        sla_request request = request_at(at(days[i], 10, 0) + (i == 0 ? 86400 : 0)); /* the first one is of December */
        request.criterion = index_of(in->contract, SLA_ELEMENT_CRITERION, i == 2 ? "normal" : "slow");
        add_cycle(report, i, &request, cycle_of(SLA_STATE_MET, 0, 60, 0));
        add_cycle(report, i, &request, cycle_of(SLA_STATE_BEST_EFFORT, 0, SLA_NONE, 0));
    }
    static const struct {
        int32_t objective;
        int64_t total;
        const char *period;
    } expected[] = {{0, 2, "2026-11"}, {0, 1, "2026-12"}, {1, 1, ""}};
    assert_int_equal(sla_report_objective_count(report), 3);
    for (size_t i = 0; i < 3; i++) {
        sla_objective_result result;
        assert_int_equal(sla_report_get_objective(report, i, &result), SLA_OK);
        assert_int_equal(result.objective, expected[i].objective);
        assert_int_equal(result.total, expected[i].total);
        assert_string_equal(result.period, expected[i].period);
    }
    sla_report_free(report);
}

/* ---- §8.3 ---- */

static uint64_t chance = 88172645463325252u;

static uint64_t next_chance(void) {
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance;
}

static void buckets_have_fixed_bounds(void **state) {
    (void)state;
    for (int32_t bucket = 0; bucket < 53000; bucket++) {
        const int64_t highest = sli_bucket_highest(bucket);
        assert_int_equal(sli_bucket_of(highest), bucket);
        assert_int_equal(sli_bucket_of(highest + 1), bucket + 1);
        const int64_t lowest = bucket == 0 ? 0 : sli_bucket_highest(bucket - 1) + 1;
        assert_true((highest - lowest) <= lowest / 1024);
    }
    assert_int_equal(sli_bucket_highest(sli_bucket_of(INT64_MAX)), INT64_MAX);
}

static int compare_seconds(const void *left, const void *right) {
    const int64_t one = *(const int64_t *)left;
    const int64_t other = *(const int64_t *)right;
    return (one > other) - (one < other);
}

static void percentiles_are_nearest_rank(void **state) {
    enum { SIZE_MAX_OF_SAMPLE = 600 };
    static const int32_t asked[] = {1, 10, 250, 500, 501, 900, 950, 999, 1000};
    static int64_t sample[SIZE_MAX_OF_SAMPLE];
    const sla_request request = request_at(at(23, 10, 0));
    for (size_t size = 1; size < SIZE_MAX_OF_SAMPLE; size += 1 + size / 3) {
        sla_report *const report = report_by(*state, SLA_BY_TIER, 0);
        for (size_t i = 0; i < size; i++) {
            sample[i] = (int64_t)(next_chance() >> (20 + next_chance() % 44));
            const bool breached = next_chance() % 2 == 0;
            add_cycle(report, i, &request, cycle_of(breached ? SLA_STATE_BREACHED : SLA_STATE_MET, 0, sample[i], 1));
            add_cycle(report, i, &request, cycle_of(SLA_STATE_BREACHED, SLA_CYCLE_OPEN, 1, 1)); /* has not stopped */
        }
        qsort(sample, size, sizeof *sample, compare_seconds);
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            const int64_t exact = sample[(size * (size_t)asked[i] + 999) / 1000 - 1];
            int64_t all = 0;
            int64_t group = 0;
            assert_int_equal(sla_report_percentile(report, -1, asked[i], &all), SLA_OK);
            assert_int_equal(sla_report_percentile(report, 0, asked[i], &group), SLA_OK);
            assert_int_equal(all, group);
            assert_true(all >= exact && all - exact <= exact / 1024 && all <= sample[size - 1]);
        }
        sla_group counts;
        assert_int_equal(sla_report_get_group(report, 0, &counts), SLA_OK);
        assert_int_equal(counts.used_min, sample[0]);
        assert_int_equal(counts.used_max, sample[size - 1]);
        assert_int_equal(counts.stopped, size);
        sla_report_free(report);
    }
}

static void nothing_stopped_has_no_percentile(void **state) {
    sla_report *const report = report_by(*state, 0, 0);
    int64_t seconds = 7;
    assert_int_equal(sla_report_percentile(report, -1, 500, &seconds), SLA_NOT_FOUND);
    assert_true(seconds == SLA_NONE);
    assert_int_equal(sla_report_percentile(report, -1, 0, &seconds), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_percentile(report, -1, 1001, &seconds), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_percentile(report, 0, 500, &seconds), SLA_INVALID_ARGUMENT);
    char *const shown = written(report, SLA_FORMAT_TEXT);
    char *const json = written(report, SLA_FORMAT_JSON);
    assert_null(strchr(shown, '%')); /* an empty group has no rate */
    assert_non_null(strstr(json, "\"attainment\":null"));
    free(shown);
    free(json);
    sla_report_free(report);
}

/* ---- §8.4 ---- */

enum { ROWS = 900, PARTS_MAX = 6, SERVICES = 40 };

typedef struct random_row {
    uint64_t row;
    sla_request request;
    int32_t service; /* on no list, by number; -1: as in the request */
    sla_scope scope;
    bool invalid;
    char message[24];
    sla_cycle cycles[3];
    size_t cycle_count;
} random_row;

static int32_t below(int32_t count) {
    return (int32_t)(next_chance() % (uint64_t)count);
}

static random_row make_row(uint64_t row) {
    random_row made = {.row = row / 2, .request = request_at(at(1, 0, 0) + below(86400 * 70))}; /* rows may share a key */
    made.request.tier = below(3) - 1;
    made.request.channel = below(3) - 1;
    made.request.criterion = below(6) - 1;
    made.request.service = below(4) - 2;
    made.service = below(3) == 0 ? below(SERVICES) : -1;
    made.invalid = below(10) == 0;
    snprintf(made.message, sizeof made.message, "message %d", (int)below(3));
    made.scope = (sla_scope){.in_scope = below(5) != 0, .reasons = 1 << below(8)};
    made.cycle_count = (size_t)below(3) + 1;
    for (size_t i = 0; i < made.cycle_count; i++) {
        made.cycles[i] = cycle_of(below(8), below(2), below(2) == 0 ? below(3000) : below(90000000), below(50));
        made.cycles[i].due += below(10);
    }
    return made;
}

static void add_row(sla_report *report, random_row *row) {
    if (row->service >= 0) {
        char name[24];
        snprintf(name, sizeof name, "service %02d", (int)row->service);
        assert_int_equal(sla_report_add_service(report, name, SIZE_MAX, &row->request.service, NULL), SLA_OK);
    }
    if (row->invalid) {
        assert_int_equal(
            sla_report_add_invalid(report, row->row, &row->request, SLA_INVALID_REQUEST, row->message, SIZE_MAX, NULL),
            SLA_OK);
    } else {
        assert_int_equal(sla_report_add(report, row->row, &row->request, &row->scope, row->cycles, row->cycle_count, NULL),
                         SLA_OK);
    }
}

static void same_bytes(const sla_report *left, const sla_report *right) {
    for (int32_t format = SLA_FORMAT_TEXT; format <= SLA_FORMAT_CSV; format++) {
        char *const one = written(left, format);
        char *const other = written(right, format);
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
}

static void merge_in_any_order(sla_report **parts, size_t count) {
    while (count > 1) {
        const size_t from = (size_t)below((int32_t)count);
        const size_t into = (from + 1 + (size_t)below((int32_t)count - 1)) % count;
        if (below(2) == 0) {
            free(written(parts[into], SLA_FORMAT_TEXT)); /* reading in between changes nothing */
        }
        assert_int_equal(sla_report_merge(parts[into], parts[from], NULL), SLA_OK);
        sla_report_free(parts[from]);
        parts[from] = parts[count - 1];
        count--;
    }
}

static void any_partition_merged_in_any_order_is_the_same(void **state) {
    static const int32_t groupings[] = {0,
                                        SLA_BY_TIER,
                                        SLA_BY_SERVICE,
                                        SLA_BY_WEEK | SLA_BY_CHANNEL,
                                        SLA_BY_CONTRACT | SLA_BY_CRITERION | SLA_BY_SERVICE | SLA_BY_DAY,
                                        SLA_BY_MONTH};
    static random_row rows[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        rows[i] = make_row(i);
    }
    for (int32_t round = 0; round < 24; round++) {
        const int32_t by = groupings[round % 6];
        const size_t worst = (size_t)below(40);
        const size_t count = 1 + (size_t)below(PARTS_MAX);
        sla_report *const whole = report_by(*state, by, worst);
        sla_report *parts[PARTS_MAX];
        for (size_t i = 0; i < count; i++) {
            parts[i] = report_by(*state, by, worst);
        }
        for (size_t i = 0; i < ROWS; i++) {
            add_row(whole, &rows[i]);
            add_row(parts[below((int32_t)count)], &rows[ROWS - 1 - i]);
        }
        merge_in_any_order(parts, count);
        same_bytes(whole, parts[0]);
        sla_report_free(parts[0]);
        sla_report_free(whole);
    }
}

static void only_reports_of_one_kind_merge(void **state) {
    const fixture *const in = *state;
    sla_contract *const other_contract = make_agreement("other", "UTC");
    sla_report *const report = report_by(in, SLA_BY_TIER, 5);
    sla_report *others[4] = {report_by(in, SLA_BY_CHANNEL, 5), report_by(in, SLA_BY_TIER, 6), NULL, NULL};
    assert_int_equal(sla_report_new(in->contract, in->metric + 1, SLA_BY_TIER, 5, &others[2], NULL), SLA_OK);
    assert_int_equal(sla_report_new(other_contract, in->metric, SLA_BY_TIER, 5, &others[3], NULL), SLA_OK);
    for (size_t i = 0; i < 4; i++) {
        sla_error error;
        assert_int_equal(sla_report_merge(report, others[i], &error), SLA_INVALID_ARGUMENT);
        sla_report_free(others[i]);
    }
    assert_int_equal(sla_report_merge(report, report, NULL), SLA_INVALID_ARGUMENT);
    assert_int_equal(sla_report_merge(report, NULL, NULL), SLA_INVALID_ARGUMENT);
    sla_report_free(report);
    sla_contract_unref(other_contract);
}

static void lists_keep_the_first_few(void **state) {
    sla_report *const report = report_by(*state, 0, 3);
    const sla_request request = request_at(at(23, 10, 0));
    static const int64_t late[] = {5, 90, 7, 90, 1, 8, 90, 90};
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        add_cycle(report, 100 - i, &request, cycle_of(SLA_STATE_BREACHED, i == 6 ? SLA_CYCLE_OPEN : 0, 60, late[i]));
        assert_int_equal(sla_report_add_invalid(report, 100 - i, &request, SLA_INVALID_REQUEST, NULL, 0, NULL), SLA_OK);
    }
    static const uint64_t breached_rows[] = {93, 94, 97}; /* equally late: by row */
    assert_int_equal(sla_report_breach_count(report), 3);
    assert_int_equal(sla_report_invalid_count(report), 3);
    for (size_t i = 0; i < 3; i++) {
        sla_breach breach;
        uint64_t row = 0;
        sla_status reason = SLA_OK;
        const char *message = NULL;
        assert_int_equal(sla_report_get_breach(report, i, &breach), SLA_OK);
        assert_int_equal(breach.row, breached_rows[i]);
        assert_int_equal(breach.late, 90);
        assert_true((breach.stopped == SLA_NONE) == (breach.row == 94));
        assert_int_equal(sla_report_get_invalid(report, i, &row, &reason, &message), SLA_OK);
        assert_int_equal(row, 93 + i);
        assert_int_equal(reason, SLA_INVALID_REQUEST);
        assert_string_equal(message, sla_status_message(SLA_INVALID_REQUEST));
    }
    sla_status unread = SLA_LIMIT;
    const char *unwritten = "";
    assert_int_equal(sla_report_get_invalid(report, 0, NULL, &unread, &unwritten), SLA_INVALID_ARGUMENT);
    assert_int_equal(unread, SLA_OK);
    assert_null(unwritten);
    sla_group all;
    assert_int_equal(sla_report_get_group(report, -1, &all), SLA_OK);
    assert_int_equal(all.invalid, 8); /* all are counted */
    sla_breach none;
    assert_int_equal(sla_report_get_breach(report, 3, &none), SLA_INVALID_ARGUMENT);
    sla_report_free(report);
}

/* ---- Writing ---- */

/* Three groups by service, with names that need care. */
static sla_report *awkward_report(const fixture *in) {
    static const char *const names[] = {"штампач", "a \"b\", c", "two\nlines"};
    sla_report *const report = report_by(in, SLA_BY_SERVICE | SLA_BY_MONTH, 2);
    for (size_t i = 0; i < 3; i++) {
        sla_request request = request_at(at(23, 10, 0));
        assert_int_equal(sla_report_add_service(report, names[i], SIZE_MAX, &request.service, NULL), SLA_OK);
        add_cycle(report, i, &request,
                  cycle_of(i == 1 ? SLA_STATE_BREACHED : SLA_STATE_MET, 0, 3661 * ((int64_t)i + 1), 59));
    }
    const sla_request unsaid = request_at(SLA_NONE);
    assert_int_equal(
        sla_report_add_invalid(report, 9, &unsaid, SLA_INVALID_ARGUMENT, "bad \xFF\x01 byte \xC5\xBE", SIZE_MAX, NULL),
        SLA_OK);
    return report;
}

static void csv_is_quoted(void **state) {
    sla_report *const report = awkward_report(*state);
    char *const csv = written(report, SLA_FORMAT_CSV);
    static const char *const lines[] = {
        "line,service,month,requests,out_of_scope,met,breached_late,breached_open,running,paused,not_started,no_target,"
        "best_effort,cancelled,invalid,attainment_met,attainment_total,used_count,used_min,used_p50,used_p95,used_max,used_"
        "sum,"
        "not-yet-valid,expired,requirement-missing,channel-not-in-tier,channel-closed,language-not-supported,"
        "service-excluded,service-not-listed\r\n",
        "group,,,1,0,0,0,0,0,0,0,0,0,0,1,0,0,0,,,,,0,0,0,0,0,0,0,0,0\r\n",
        "group,\"a \"\"b\"\", c\",2026-11,1,0,0,1,0,0,0,0,0,0,0,0,0,1,1,7322,7322,7322,7322,7322,0,0,0,0,0,0,0,0\r\n",
        "group,\"two\nlines\",2026-11,1,0,1,0,0,0,0,0,0,0,0,0,1,1,1,10983,10983,10983,10983,10983,0,0,0,0,0,0,0,0\r\n",
        "group,штампач,2026-11,1,0,1,0,0,0,0,0,0,0,0,0,1,1,1,3661,3661,3661,3661,3661,0,0,0,0,0,0,0,0\r\n",
        "total,,,4,0,2,1,0,0,0,0,0,0,0,1,2,3,3,3661,7323,10983,10983,21966,0,0,0,0,0,0,0,0\r\n",
    };
    const char *rest = csv;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (strncmp(rest, lines[i], strlen(lines[i])) != 0) {
            fail_msg("line %zu is not\n%sbut\n%s", i, lines[i], rest);
        }
        rest += strlen(lines[i]);
    }
    assert_string_equal(rest, "");
    free(csv);
    sla_report_free(report);
}

static void json_is_escaped(void **state) {
    sla_report *const report = awkward_report(*state);
    char *const json = written(report, SLA_FORMAT_JSON);
    static const char *const parts[] = {
        "{\"contract\":\"Ugovor \\\"Žuti\\\", d.o.o.\",\"metric\":\"response\",\"by\":[\"service\",\"month\"],\"groups\":[",
        "{\"key\":{\"service\":null,\"month\":null},\"requests\":1,",
        "{\"key\":{\"service\":\"two\\u000alines\",\"month\":\"2026-11\"},",
        "{\"key\":{\"service\":\"штампач\",\"month\":\"2026-11\"},",
        "\"attainment\":{\"met\":2,\"total\":3},\"used\":{\"count\":3,\"min\":3661,\"p50\":7323,\"p95\":10983,\"max\":"
        "10983,"
        "\"sum\":21966},\"reasons\":{}}",
        "\"objectives\":[{\"objective\":0,\"title\":\"\",\"period\":\"2026-11\",\"required_millionths\":950000,"
        "\"attainment\":{\"met\":2,\"total\":3},\"holds\":false}]",
        "\"breaches\":[{\"row\":1,\"received\":\"2026-11-23T10:00:00Z\",\"due\":\"2026-11-23T12:00:00Z\","
        "\"stopped\":\"2026-11-23T13:00:00Z\",\"late\":59}]",
        "\"invalid_rows\":[{\"row\":9,\"reason\":\"SLA_INVALID_ARGUMENT\",\"message\":\"bad ?\\u0001 byte ž\"}]}\n",
    };
    const char *rest = json;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *const found = strstr(rest, parts[i]);
        if (found == NULL) {
            fail_msg("%s is not in\n%s", parts[i], rest);
        }
        rest = found + strlen(parts[i]);
    }
    assert_string_equal(rest, "");
    free(json);
    sla_report_free(report);
}

static void the_table_is_aligned_by_characters(void **state) {
    sla_report *const report = awkward_report(*state);
    char *const shown = written(report, SLA_FORMAT_TEXT);
    const char *line = strchr(shown, '\n') + 2;
    const size_t width = sli_character_count(line, strcspn(line, "\n"));
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(sli_character_count(line, strcspn(line, "\n")), width); /* right-aligned to the last column */
        line = strchr(line, '\n') + 1;
    }
    static const char *const parts[] = {
        "Ugovor \"Žuti\", d.o.o.: response\n\nservice    month    requests  out of scope",
        "\ntwo lines  2026-11         1 ",
        "\nштампач    2026-11         1 ",
        "\ntotal                      4 ",
        " 66.6 % of 3  2:02:03  3:03:03  3:03:03\n",
        "\nObjectives\n  95 % a month  2026-11  missed  66.6 % of 3\n",
        "\nWorst breaches (late in open time)\n",
        "\n    1  2026-11-23T11:00:00+01:00  2026-11-23T13:00:00+01:00  2026-11-23T14:00:00+01:00  0:00:59\n",
        "\nInvalid rows (1 of 1)\n  row  reason\n    9  bad ?  byte ž\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strstr(shown, parts[i]) == NULL) {
            fail_msg("%s is not in\n%s", parts[i], shown);
        }
    }
    free(shown);
    sla_report_free(report);
}

static void every_capacity_is_kept(void **state) {
    sla_report *const report = awkward_report(*state);
    char *const whole = written(report, SLA_FORMAT_TEXT);
    const size_t length = strlen(whole);
    char *const buffer = malloc(length + 1);
    assert_non_null(buffer);
    for (size_t capacity = 0; capacity <= length; capacity += 97) {
        size_t needed = 0;
        memset(buffer, 'x', length + 1);
        assert_int_equal(sla_report_write(report, SLA_FORMAT_TEXT, buffer, capacity, &needed, NULL), SLA_BUFFER_TOO_SMALL);
        assert_int_equal(needed, length);
        assert_int_equal(buffer[capacity], 'x');
    }
    free(buffer);
    free(whole);
    sla_report_free(report);
}

/* ---- Calls ---- */

static void keys_have_names(void **state) {
    (void)state;
    static const char *const names[] = {"contract", "metric", "tier", "criterion", "channel",
                                        "service",  "month",  "week", "day"};
    for (int32_t i = 0; i < 9; i++) {
        int32_t key = 0;
        assert_int_equal(sla_report_find_key(names[i], SIZE_MAX, &key), SLA_OK);
        assert_int_equal(key, 1 << i);
    }
    int32_t key = 5;
    assert_int_equal(sla_report_find_key("year", SIZE_MAX, &key), SLA_NOT_FOUND);
    assert_int_equal(key, 0);
    assert_int_equal(sla_report_find_key(NULL, 0, &key), SLA_INVALID_ARGUMENT);
}

static void unusable_calls_are_told(void **state) {
    const fixture *const in = *state;
    sla_report *const report = report_by(in, 0, 0);
    sla_report *made = report;
    const sla_request request = request_at(at(23, 10, 0));
    const sla_cycle no_state = cycle_of(99, 0, 0, 0);
    const sla_cycle no_used = cycle_of(SLA_STATE_MET, 0, SLA_NONE, 0);
    sla_error error;
    size_t length;
    int32_t service;
    char small[4];
    const sla_status found[] = {
        sla_report_new(NULL, 0, 0, 0, &made, &error),
        sla_report_new(in->contract, 99, 0, 0, &made, &error),
        sla_report_new(in->contract, 0, 512, 0, &made, &error),
        sla_report_new(in->contract, 0, -1, 0, &made, &error),
        sla_report_new(in->contract, 0, 0, 10001, &made, &error),
        sla_report_new(in->contract, 0, 0, 0, NULL, &error),
        sla_report_add(NULL, 1, &request, &in_scope, &no_state, 1, &error),
        sla_report_add(report, 1, NULL, &in_scope, &no_state, 1, &error),
        sla_report_add(report, 1, &request, NULL, &no_state, 1, &error),
        sla_report_add(report, 1, &request, &in_scope, NULL, 0, &error),
        sla_report_add(report, 1, &request, &in_scope, &no_state, 1, &error),
        sla_report_add(report, 1, &request, &in_scope, &no_used, 1, &error),
        sla_report_add_invalid(NULL, 1, &request, SLA_HORIZON, NULL, 0, &error),
        sla_report_add_invalid(report, 1, NULL, SLA_HORIZON, NULL, 0, &error),
        sla_report_add_service(report, "", 0, &service, &error),
        sla_report_add_service(report, "\xFF", 1, &service, &error),
        sla_report_add_service(report, "a\0b", 3, &service, &error),
        sla_report_add_service(report, NULL, 0, &service, &error),
        sla_report_get_group(report, -2, &(sla_group){0}),
        sla_report_get_group(NULL, -1, &(sla_group){0}),
        sla_report_get_objective(report, 0, &(sla_objective_result){0}),
        sla_report_write(report, 3, small, sizeof small, &length, &error),
        sla_report_write(report, SLA_FORMAT_CSV, NULL, 1, &length, &error),
        sla_report_write(report, SLA_FORMAT_CSV, small, sizeof small, NULL, &error),
    };
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        if (found[i] != SLA_INVALID_ARGUMENT) {
            fail_msg("call %zu gives %s", i, sla_status_name(found[i]));
        }
    }
    assert_null(made);
    sla_group all;
    assert_int_equal(sla_report_get_group(report, -1, &all), SLA_OK);
    assert_int_equal(all.requests, 0); /* nothing was counted */
    assert_int_equal(sla_report_group_count(NULL), 0);
    sla_report_free(NULL);
    sla_report_free(report);
}

/* Facts by which no row and no objective can be asked. */
static void requests_of_another_contract_are_refused(void **state) {
    const fixture *const in = *state;
    sla_request cases[7];
    for (size_t i = 0; i < 7; i++) {
        cases[i] = request_at(at(23, 10, 0));
    }
    cases[0].tier = sla_contract_count(in->contract, SLA_ELEMENT_TIER);
    cases[1].tier = SLA_UNKNOWN;
    cases[2].channel = sla_contract_count(in->contract, SLA_ELEMENT_CHANNEL);
    cases[3].criterion = sla_contract_count(in->contract, SLA_ELEMENT_CRITERION);
    cases[4].service = sla_contract_count(in->contract, SLA_ELEMENT_SERVICE);
    cases[5].service = INT32_MAX;
    cases[6].reserved[0] = 1;
    sla_report *const report = report_by(in, SLA_BY_SERVICE, 3);
    const sla_cycle cycle = cycle_of(SLA_STATE_MET, 0, 60, 0);
    for (size_t i = 0; i < 7; i++) {
        sla_error error = {0};
        assert_int_equal(sla_report_add(report, 1, &cases[i], &in_scope, &cycle, 1, &error), SLA_INVALID_ARGUMENT);
        assert_int_equal(error.code, SLA_INVALID_ARGUMENT);
    }
    assert_int_equal(sla_report_group_count(report), 0);
    sla_report_free(report);
}

static void sums_do_not_overflow(void **state) {
    sla_report *const report = report_by(*state, 0, 0);
    const sla_request request = request_at(at(23, 10, 0));
    const sla_cycle huge = cycle_of(SLA_STATE_MET, 0, INT64_MAX - 1, 0);
    sla_error error;
    assert_int_equal(sla_report_add(report, 1, &request, &in_scope, &huge, 1, &error), SLA_OK);
    assert_int_equal(sla_report_add(report, 2, &request, &in_scope, &huge, 1, &error), SLA_LIMIT);
    sla_report *const other = report_by(*state, 0, 0);
    assert_int_equal(sla_report_add(other, 3, &request, &in_scope, &huge, 1, &error), SLA_OK);
    assert_int_equal(sla_report_merge(report, other, &error), SLA_LIMIT);
    assert_non_null(strstr(error.message, "used seconds"));
    sla_group all;
    assert_int_equal(sla_report_get_group(report, -1, &all), SLA_OK);
    assert_int_equal(all.requests, 1);
    sla_report_free(report);
    sla_report_free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_is_counted_once),
        cmocka_unit_test(groups_have_keys_in_order),
        cmocka_unit_test(periods_are_of_the_contracts_zone),
        cmocka_unit_test(what_is_not_known_counts_as_not_said),
        cmocka_unit_test(objectives_hold_by_exact_counts),
        cmocka_unit_test(objectives_count_what_meets_their_conditions),
        cmocka_unit_test(buckets_have_fixed_bounds),
        cmocka_unit_test(percentiles_are_nearest_rank),
        cmocka_unit_test(nothing_stopped_has_no_percentile),
        cmocka_unit_test(any_partition_merged_in_any_order_is_the_same),
        cmocka_unit_test(only_reports_of_one_kind_merge),
        cmocka_unit_test(lists_keep_the_first_few),
        cmocka_unit_test(csv_is_quoted),
        cmocka_unit_test(json_is_escaped),
        cmocka_unit_test(the_table_is_aligned_by_characters),
        cmocka_unit_test(every_capacity_is_kept),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(unusable_calls_are_told),
        cmocka_unit_test(requests_of_another_contract_are_refused),
        cmocka_unit_test(sums_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
