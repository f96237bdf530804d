/* SPDX-License-Identifier: MIT */
/* The index (calendar/index.h) at its edges: stretches, the last day, totals of 32 bits, and lists of spans and intervals.
 */
#include "calendar_support.h"

#include "calendar/index.h"
#include "calendar/spans.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

enum { HOUR = 3600, LONG_DAYS = 146000 };

/* An index with phase 0 over [begin, end) that is open from second `start` to second `stop` of each UTC day. */
static hours_index daily(int64_t begin, int64_t end, int32_t start, int32_t stop) {
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    for (int64_t day = sli_floor_divide(begin, SLI_DAY) * SLI_DAY; day < end; day += SLI_DAY) {
        assert_true(sli_intervals_add(&open, sli_later(begin, day + start), sli_earlier(end, day + stop)));
    }
    assert_int_equal(sli_index_start(&builder, begin, end, 0), SLA_OK);
    assert_int_equal(sli_index_add(&builder, &open, end), SLA_OK);
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    sli_intervals_free(&open);
    return index;
}

/* ---- Building ---- */

/* A stretch is of whole days of the index, but for the last. */
static void stretches_go_over_whole_days(void **state) {
    (void)state;
    const int64_t begin = 100 * SLI_DAY + 5000;
    const int64_t end = 107 * SLI_DAY + 7;
    static const int64_t ends[] = {103, 106};
    index_builder builder;
    interval_list open = {0};
    assert_int_equal(sli_index_start(&builder, begin, end, 0), SLA_OK);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        const int64_t until = sli_index_stretch_end(&builder, 3);
        assert_true(until == ends[i] * SLI_DAY);
        assert_int_equal(sli_index_add(&builder, &open, until), SLA_OK);
    }
    assert_true(sli_index_stretch_end(&builder, 1) == 107 * SLI_DAY);
    assert_true(sli_index_stretch_end(&builder, 3) == end);
    sli_index_abandon(&builder);
}

/* A builder that has handed over its index, or was abandoned, holds nothing: abandoning it again is harmless. */
static void a_builder_is_empty_in_the_end(void **state) {
    (void)state;
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    assert_true(sli_intervals_add(&open, 0, HOUR));
    for (int finished = 0; finished <= 1; finished++) {
        assert_int_equal(sli_index_start(&builder, 0, SLI_DAY, 0), SLA_OK);
        assert_int_equal(sli_index_add(&builder, &open, SLI_DAY), SLA_OK);
        assert_non_null(builder.slots);
        if (finished) {
            assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
            sli_index_free(&index);
        } else {
            sli_index_abandon(&builder);
        }
        assert_null(builder.slots);
        assert_null(builder.index.prefixes);
        assert_int_equal(builder.next_day, 0);
        sli_index_abandon(&builder);
    }
    sli_intervals_free(&open);
}

/* ---- The short way ---- */

/* It answers for the horizon, wherever that begins, and for nothing beside it. */
static void the_short_way_is_open_within_the_horizon(void **state) {
    (void)state;
    static const int64_t begins[] = {0, 20000 * SLI_DAY, -20000 * SLI_DAY, 20000 * SLI_DAY + 4711};
    for (size_t i = 0; i < COUNT_OF(begins); i++) {
        const int64_t end = begins[i] + 100 * SLI_DAY;
        hours_index index = daily(begins[i], end, 9 * HOUR, 17 * HOUR);
        short_place place;
        assert_true(index.short_length == 100 * SLI_DAY);
        assert_true(sli_short_find(&index, begins[i], &place));
        assert_true(sli_short_find(&index, end - 1, &place));
        assert_false(sli_short_find(&index, begins[i] - 1, &place));
        assert_false(sli_short_find(&index, end, &place));
        assert_false(sli_short_find(&index, end + SLI_DAY, &place));
        sli_index_free(&index);
    }
}

/* Near days and, where days are alike, those to which the directory leads: no answer is left to the long way. */
static void the_short_way_finds_every_open_second(void **state) {
    (void)state;
    hours_index index = daily(0, 1000 * SLI_DAY, 9 * HOUR, 17 * HOUR);
    for (int64_t day = 0; day < 1000; day++) {
        int64_t at = 0;
        assert_true(sli_short_open_second(&index, (uint64_t)day * 8 * HOUR, 0, &at, false));
        assert_true(at == day * SLI_DAY + 9 * HOUR);
        assert_true(sli_short_open_second(&index, (uint64_t)day * 8 * HOUR, (uint64_t)day, &at, true));
        assert_true(at == day * SLI_DAY + 9 * HOUR);
    }
    sli_index_free(&index);
}

/* A second piece of one second is one: the full form is taken. */
static void a_second_piece_may_have_one_second(void **state) {
    (void)state;
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    for (int64_t day = 0; day < 3; day++) {
        assert_true(sli_intervals_add(&open, day * SLI_DAY + 100, day * SLI_DAY + 200));
        assert_true(sli_intervals_add(&open, day * SLI_DAY + 300, day * SLI_DAY + 301));
    }
    assert_int_equal(sli_index_start(&builder, 0, 3 * SLI_DAY, 0), SLA_OK);
    assert_int_equal(sli_index_add(&builder, &open, 3 * SLI_DAY), SLA_OK);
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    assert_true(index.full);
    short_place place;
    assert_true(sli_short_find(&index, SLI_DAY + 301, &place));
    assert_int_equal(sli_short_measure(&index, place, index.full), 2 * 101);
    sli_intervals_free(&open);
    sli_index_free(&index);
}

/* ---- The last day ---- */

/* A horizon that ends with the last second of a day has no day behind that one: nothing is read of it. */
static void intervals_end_with_the_last_day(void **state) {
    (void)state;
    static const int64_t ends[] = {3 * SLI_DAY - 1, 3 * SLI_DAY, 3 * SLI_DAY + 1, 3 * SLI_DAY - 2, 9 * HOUR + 1};
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        hours_index index = daily(0, ends[i], 9 * HOUR, SLI_DAY - HOUR);
        interval_list open = {0};
        assert_true(sli_index_intervals(&index, 0, ends[i], &open));
        assert_int_equal(open.count, ends[i] < SLI_DAY ? 1 : 3);
        sli_intervals_free(&open);
        sli_index_free(&index);
    }
}

/* The directory ends with the last day, whatever the number of days. */
static void the_directory_ends_with_the_last_day(void **state) {
    (void)state;
    for (int64_t days = 1; days <= 12; days++) {
        hours_index index = daily(0, days * SLI_DAY, 9 * HOUR, 17 * HOUR);
        const int64_t entries = ((index.open_total - 1) >> index.directory_shift) + 1;
        assert_int_equal(index.day_count, days + 1);
        assert_int_equal(index.directory[entries], days / DIRECTORY_DAYS);
        sli_index_free(&index);
    }
}

/* ---- 32 bits ---- */

static hours_index open_for(int64_t seconds) {
    const int64_t end = INT64_C(50000) * SLI_DAY;
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    assert_true(sli_intervals_add(&open, 0, seconds));
    assert_int_equal(sli_index_start(&builder, 0, end, 0), SLA_OK);
    assert_int_equal(sli_index_add(&builder, &open, end), SLA_OK);
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    sli_intervals_free(&open);
    return index;
}

/* 2^32 - 1 open seconds fit, one more does not. */
static void the_short_way_holds_all_that_32_bits_do(void **state) {
    (void)state;
    static const struct {
        int64_t total;
        bool is_short;
    } cases[] = {{UINT32_MAX - INT64_C(1), true}, {UINT32_MAX, true}, {UINT32_MAX + INT64_C(1), false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        hours_index index = open_for(cases[i].total);
        assert_true(index.open_total == cases[i].total);
        assert_int_equal(index.slope == 0, cases[i].is_short);
        assert_int_equal(index.short_length > 0, cases[i].is_short);
        assert_true(sli_index_measure(&index, index.end) == cases[i].total);
        assert_true(sli_index_open_second(&index, cases[i].total - 1) == cases[i].total - 1);
        sli_index_free(&index);
    }
}

/* 400 years of which only the second half is open day and night: C lies far below its mean. */
static void the_line_lies_below_the_measure(void **state) {
    (void)state;
    const int64_t end = INT64_C(146000) * SLI_DAY;
    const int64_t half = LONG_DAYS / 2;
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    for (int64_t day = 0; day < half; day++) {
        assert_true(sli_intervals_add(&open, day * SLI_DAY, day * SLI_DAY + HOUR));
    }
    assert_true(sli_intervals_add(&open, half * SLI_DAY, end));
    assert_int_equal(sli_index_start(&builder, 0, end, 0), SLA_OK);
    assert_int_equal(sli_index_add(&builder, &open, end), SLA_OK);
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    assert_true(index.slope > 0);
    bool touched = false;
    for (uint32_t day = 0; day < LONG_DAYS; day++) {
        const int64_t before = day <= half ? day * INT64_C(3600) : half * HOUR + (day - half) * SLI_DAY;
        const int64_t above = before - (index.lowest + index.slope * day);
        assert_true(sli_index_before_day(&index, day) == before);
        assert_true(above >= 0 && above <= UINT32_MAX);
        touched = touched || above == 0;
    }
    assert_true(touched);
    sli_intervals_free(&open);
    sli_index_free(&index);
}

/* ---- Lists ---- */

static void a_list_in_normal_form_is_sorted(void **state) {
    (void)state;
    interval_list list = {0};
    assert_true(sli_intervals_add(&list, 10, 20));
    assert_false(list.unsorted);
    assert_true(sli_intervals_add(&list, 0, 5));
    assert_true(list.unsorted);
    sli_intervals_normalise(&list);
    assert_false(list.unsorted);
    assert_int_equal(list.count, 2);
    sli_intervals_free(&list);
}

/* What is freed is empty, and can be used again. */
static void freed_lists_are_empty(void **state) {
    (void)state;
    span_list spans = {0};
    interval_list intervals = {0};
    for (int round = 0; round < 2; round++) {
        assert_true(sli_spans_add(&spans, 0, 10, 1, -1));
        assert_int_equal(spans.count, 1);
        sli_spans_free(&spans);
        assert_null(spans.items);
        assert_int_equal(spans.count, 0);
        assert_int_equal(spans.capacity, 0);
        assert_true(sli_intervals_add(&intervals, 0, 10));
        assert_int_equal(intervals.count, 1);
        sli_intervals_free(&intervals);
        assert_null(intervals.items);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_go_over_whole_days),
        cmocka_unit_test(a_builder_is_empty_in_the_end),
        cmocka_unit_test(the_short_way_is_open_within_the_horizon),
        cmocka_unit_test(the_short_way_finds_every_open_second),
        cmocka_unit_test(a_second_piece_may_have_one_second),
        cmocka_unit_test(intervals_end_with_the_last_day),
        cmocka_unit_test(the_directory_ends_with_the_last_day),
        cmocka_unit_test(the_short_way_holds_all_that_32_bits_do),
        cmocka_unit_test(the_line_lies_below_the_measure),
        cmocka_unit_test(a_list_in_normal_form_is_sorted),
        cmocka_unit_test(freed_lists_are_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
