/* SPDX-License-Identifier: MIT */
/* The index of C(t) and its inverses (§3), against the list of intervals that it was made from, walked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "calendar/index.h"
#include "random.h"

/* ---- The oracle ---- */

static int64_t walk_measure(const interval_list *open, int64_t at) {
    int64_t measure = 0;
    for (size_t i = 0; i < open->count && open->items[i].begin < at; i++) {
        measure += sli_earlier(open->items[i].end, at) - open->items[i].begin;
    }
    return measure;
}

static int64_t walk_open_second(const interval_list *open, int64_t rank) {
    size_t i = 0;
    for (; rank >= open->items[i].end - open->items[i].begin; i++) {
        rank -= open->items[i].end - open->items[i].begin;
    }
    return open->items[i].begin + rank;
}

static int64_t walk_next_closed(const interval_list *open, int64_t at) {
    for (size_t i = 0; i < open->count; i++) {
        if (open->items[i].begin <= at && at < open->items[i].end) {
            return open->items[i].end;
        }
    }
    return at;
}

/* ---- Building and comparing ---- */

static void clip(const interval_list *open, int64_t from, int64_t until, interval_list *clipped) {
    sli_intervals_clear(clipped);
    for (size_t i = 0; i < open->count; i++) {
        assert_true(
            sli_intervals_add(clipped, sli_later(open->items[i].begin, from), sli_earlier(open->items[i].end, until)));
    }
}

static hours_index build(const interval_list *open, int64_t begin, int64_t end, uint32_t stretch_days) {
    index_builder builder;
    hours_index index;
    interval_list clipped = {0};
    assert_int_equal(sli_index_start(&builder, begin, end, (int32_t)((begin + end) & 0x7FFF)), SLA_OK);
    for (int64_t from = begin; from < end;) {
        const int64_t until = sli_index_stretch_end(&builder, stretch_days);
        clip(open, from, until, &clipped);
        assert_int_equal(sli_index_add(&builder, &clipped, until), SLA_OK);
        from = until;
    }
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    sli_intervals_free(&clipped);
    return index;
}

static void compare_at(const hours_index *index, const interval_list *open, int64_t at, int64_t earlier) {
    if (at < index->begin || at > index->end) {
        return;
    }
    const int64_t measure = walk_measure(open, at);
    assert_true(sli_index_measure(index, at) == measure);
    const int64_t closed = walk_next_closed(open, at);
    if (closed < index->end) {
        assert_true(sli_index_next_closed(index, at) == closed);
    } else {
        assert_true(sli_index_next_closed(index, at) >= index->end);
    }
    if (at < index->end) {
        assert_int_equal(sli_index_is_open(index, at), closed > at);
    }
    short_place place;
    if (sli_short_find(index, at, &place)) {
        assert_true(sli_short_measure(index, place, index->full) == (uint64_t)measure);
        assert_int_equal(sli_short_is_open(index, place), closed > at);
    }
    if (measure < index->open_total) {
        const int64_t second = walk_open_second(open, measure);
        assert_true(sli_index_open_second(index, measure) == second);
        short_place near;
        int64_t found;
        if (sli_short_find(index, sli_earlier(earlier, at), &near) &&
            sli_short_open_second(index, (uint64_t)measure, near.day, &found, true)) {
            assert_true(found == second);
        }
    }
}

static void compare_intervals(const hours_index *index, const interval_list *open) {
    interval_list found = {0};
    assert_true(sli_index_intervals(index, index->begin, index->end, &found));
    assert_int_equal(found.count, open->count);
    assert_memory_equal(found.items, open->items, open->count * sizeof *open->items);
    sli_intervals_free(&found);
}

/* At the horizon's ends, around ends of intervals and of days, and anywhere. */
static void compare(const hours_index *index, const interval_list *open, random_source *source, int probes) {
    compare_intervals(index, open);
    assert_true(index->open_total == walk_measure(open, index->end));
    for (int64_t shift = -1; shift <= 1; shift++) {
        compare_at(index, open, index->begin + shift, index->begin);
        compare_at(index, open, index->end + shift, index->begin);
    }
    for (int i = 0; i < probes; i++) {
        const int64_t near = random_between(source, index->begin, index->end);
        const int64_t at = random_between(source, index->begin, index->end + 1);
        const int64_t shift = random_between(source, -1, 2);
        compare_at(index, open, at, near);
        compare_at(index, open, sli_floor_divide(at, SLI_DAY) * SLI_DAY + shift, near);
        const interval picked = open->items[random_between(source, 0, (int64_t)open->count)];
        compare_at(index, open, picked.begin + shift, near);
        compare_at(index, open, picked.end + shift, near);
    }
}

static void build_and_compare(const interval_list *open, int64_t begin, int64_t end, uint32_t stretch_days, int probes) {
    random_source source = random_start("index_test");
    hours_index index = build(open, begin, end, stretch_days);
    compare(&index, open, &source, probes);
    sli_index_free(&index);
}

/* Gaps and open stretches of seconds to weeks. */
static int64_t random_length(random_source *source) {
    static const int64_t longest[] = {3, 100, 40000, 90000, 3000000};
    return random_between(source, 1, longest[random_between(source, 0, 5)]);
}

static void random_sets_are_indexed_exactly(void **state) {
    (void)state;
    random_source source = random_start("index_test");
    for (int64_t rounds = random_setting("SLA_ROUNDS", 300); rounds > 0; rounds--) {
        const int64_t begin = random_between(&source, -3000000000, 3000000000);
        const int64_t end = begin + random_between(&source, 1, 20000000);
        interval_list open = {0};
        for (int64_t at = begin + random_between(&source, 0, 2) * random_length(&source); at < end && open.count < 3000;) {
            const int64_t close = sli_earlier(end, at + random_length(&source));
            assert_true(sli_intervals_add(&open, at, close));
            at = close + random_length(&source);
        }
        if (open.count > 0) {
            hours_index index = build(&open, begin, end, (uint32_t)random_between(&source, 1, 300));
            compare(&index, &open, &source, 50);
            sli_index_free(&index);
        }
        sli_intervals_free(&open);
    }
}

/* Sums pass 2^32 and days pass a block of 2^14. */
static void around_the_clock_for_400_years(void **state) {
    (void)state;
    const int64_t begin = INT64_C(-62135596800); /* year 1 */
    const int64_t end = begin + INT64_C(146097) * SLI_DAY;
    interval_list open = {0};
    assert_true(sli_intervals_add(&open, begin, end));
    build_and_compare(&open, begin, end, 1024, 300);
    open.items[0].end = end - 1;
    build_and_compare(&open, begin, end - 1, 1024, 300);
    sli_intervals_clear(&open);
    assert_true(sli_intervals_add(&open, begin, begin + 7));
    assert_true(sli_intervals_add(&open, begin + 8, end));
    build_and_compare(&open, begin, end, 1024, 300);
    sli_intervals_free(&open);
}

/* No two days are alike: more templates than 16 bits number, over several blocks. */
static void every_day_another_template(void **state) {
    (void)state;
    interval_list open = {0};
    const int64_t days = 146097;
    for (int64_t day = 0; day < days; day++) {
        const int64_t start = day * SLI_DAY + day % 400 * 100;
        assert_true(sli_intervals_add(&open, start, start + 1 + day / 400));
    }
    build_and_compare(&open, 0, days * SLI_DAY, 5000, 100);
    sli_intervals_free(&open);
}

static void a_day_of_43200_pieces(void **state) {
    (void)state;
    interval_list open = {0};
    for (int64_t at = INT64_C(5) * SLI_DAY; at < INT64_C(6) * SLI_DAY; at += 2) {
        assert_true(sli_intervals_add(&open, at, at + 1));
    }
    build_and_compare(&open, 100, INT64_C(20) * SLI_DAY + 100, 3, 300);
    sli_intervals_free(&open);
}

static void years_of_closed_time(void **state) {
    (void)state;
    const int64_t end = INT64_C(130) * 366 * SLI_DAY;
    interval_list open = {0};
    assert_true(sli_intervals_add(&open, 1000, 1001));
    assert_true(sli_intervals_add(&open, end / 3, end / 3 + 108000));
    assert_true(sli_intervals_add(&open, end - 3, end - 1));
    build_and_compare(&open, 0, end, 1024, 300);
    sli_intervals_free(&open);
}

static void the_shortest_horizons(void **state) {
    (void)state;
    static const int64_t begins[] = {0, 1, SLI_DAY - 1, SLI_DAY, -1, -SLI_DAY};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        interval_list open = {0};
        assert_true(sli_intervals_add(&open, begins[i], begins[i] + 1));
        build_and_compare(&open, begins[i], begins[i] + 1, 1, 5);
        build_and_compare(&open, begins[i], begins[i] + 2, 1, 5);
        sli_intervals_free(&open);
    }
}

/* Days that look alike share a template: what keeps a calendar of 130 years small. */
static void days_alike_share_a_template(void **state) {
    (void)state;
    interval_list open = {0};
    const int64_t days = 47482;
    for (int64_t day = 0; day < days; day++) {
        assert_true(sli_intervals_add(&open, day * SLI_DAY + 32400, day * SLI_DAY + 61200));
    }
    hours_index index = build(&open, 0, days * SLI_DAY, 1000);
    assert_int_equal(index.template_count, 2); /* and the closed day of the horizon's end */
    sli_index_free(&index);
    sli_intervals_free(&open);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_sets_are_indexed_exactly),
        cmocka_unit_test(around_the_clock_for_400_years),
        cmocka_unit_test(every_day_another_template),
        cmocka_unit_test(a_day_of_43200_pieces),
        cmocka_unit_test(years_of_closed_time),
        cmocka_unit_test(the_shortest_horizons),
        cmocka_unit_test(days_alike_share_a_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
