/* SPDX-License-Identifier: MIT */
/*
 * The index holds what its header says (calendar/index.h): its invariants, and which calendars take the short way. Answers
 * alone would not show a directory that leads astray or a template that is kept twice: they would only come later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calendar/index.h"

enum { HOUR = 3600 };

/* Each day is open from `start`, for `length` seconds, and again after `gap` for `second`; what `vary` adds to the length
 * day by day makes so many templates. Every `listed`-th day has a third piece. */
typedef struct pattern {
    const char *name;
    int64_t days;
    int32_t start;
    int32_t length;
    int32_t gap;
    int32_t second;
    int32_t vary;
    int32_t listed;
} pattern;

static const pattern patterns[] = {
    {"one piece", 1000, 9 * HOUR, 8 * HOUR, 0, 0, 1, 0},
    {"two pieces", 1000, 9 * HOUR, 3 * HOUR, HOUR, 4 * HOUR, 1, 0},
    {"seconds", 1000, 5, 1, 0, 0, 1, 0},
    {"from midnight", 400, 0, 10, 0, 0, 1, 0},
    {"up to midnight", 400, SLI_DAY - 10, 10, 0, 0, 1, 0},
    {"closed in the last second", 400, 0, SLI_DAY - 1, 0, 0, 1, 0},
    {"40 templates", 4000, 100, 100, 0, 0, 40, 0},
    {"255 templates", 4000, 100, 100, 0, 0, 255, 0},
    {"256 templates", 4000, 100, 100, 0, 0, 256, 0},
    {"listed days", 1000, 100, 100, 100, 100, 1, 7},
    {"many listed days", 4000, 100, 100, 100, 100, 50, 3},
    {"listed days among short ones", 4000, 50000, 1, 100, 1, 50, 3},
    {"one day", 1, 100, 100, 0, 0, 1, 0},
    {"five days", 5, 100, 100, 0, 0, 1, 0},
    {"400 years of 12 hours", 146000, 6 * HOUR, 12 * HOUR, 0, 0, 1, 0},
    {"400 years of 8 hours", 146000, 9 * HOUR, 8 * HOUR, 0, 0, 1, 0},
    {"400 years of a second", 146000, 9 * HOUR, 1, 0, 0, 1, 0},
};

enum { PATTERNS = sizeof patterns / sizeof *patterns };

static void add_open_day(const pattern *of, int64_t day, interval_list *open) {
    const int64_t start = day * SLI_DAY + of->start;
    const int64_t end = start + of->length + day % of->vary;
    assert_true(sli_intervals_add(open, start, end));
    assert_true(sli_intervals_add(open, end + of->gap, end + of->gap + of->second));
    if (of->listed > 0 && day % of->listed == of->listed - 1) {
        assert_true(sli_intervals_add(open, day * SLI_DAY + 20 * HOUR, day * SLI_DAY + 21 * HOUR + day % 100 / 50));
    }
}

static hours_index build(const pattern *of) {
    index_builder builder;
    hours_index index;
    interval_list open = {0};
    for (int64_t day = 0; day < of->days; day++) {
        add_open_day(of, day, &open);
    }
    assert_int_equal(sli_index_start(&builder, 0, of->days * SLI_DAY, 0), SLA_OK);
    const int64_t end = of->days * SLI_DAY;
    assert_int_equal(sli_index_add(&builder, &open, end), SLA_OK);
    assert_int_equal(sli_index_finish(&builder, &index), SLA_OK);
    sli_intervals_free(&open);
    return index;
}

/* C at the begin of each day, counted from the templates; the last is the total. */
static int64_t *count_days(const hours_index *index) {
    int64_t *const before = calloc((size_t)index->day_count + 1, sizeof *before);
    assert_non_null(before);
    for (uint32_t day = 0; day < index->day_count; day++) {
        before[day + 1] = before[day] + sli_index_measure(index, sli_index_day_begin(index, day) + SLI_DAY - 1) -
                          sli_index_measure(index, sli_index_day_begin(index, day)) +
                          sli_index_is_open(index, sli_index_day_begin(index, day) + SLI_DAY - 1);
    }
    return before;
}

/* ---- Invariants ---- */

/* Every 2^n-th open second lies in the days to which the directory leads, or there is none; n is as small as it may be. */
static void check_directory(const hours_index *index, const int64_t *before) {
    const uint32_t shift = index->directory_shift;
    const int64_t most = index->day_count / 4;
    assert_true(index->open_total >> shift <= most);
    assert_true(shift == 0 || index->open_total >> (shift - 1) > most);
    uint32_t day = 0;
    int64_t entry = 0;
    for (; entry << shift < index->open_total; entry++) {
        while (before[day + 1] <= entry << shift) {
            day++;
        }
        assert_int_equal(index->directory[entry], day / DIRECTORY_DAYS);
    }
    assert_int_equal(index->directory[entry], (index->day_count - 1) / DIRECTORY_DAYS);
}

/* The lower 32 bits of C, and behind the last day the total for as long as a window. */
static void check_prefixes(const hours_index *index, const int64_t *before) {
    for (uint32_t day = 0; day < index->day_count; day++) {
        assert_int_equal(index->prefixes[day], (uint32_t)before[day]);
        assert_true(sli_index_before_day(index, day) == before[day]);
    }
    assert_true(before[index->day_count] == index->open_total);
    for (uint32_t i = 0; i <= WINDOW_DAYS; i++) {
        assert_int_equal(index->prefixes[index->day_count + i], (uint32_t)index->open_total);
    }
}

/* The line is only there when 32 bits are not enough, and C lies within 2^32 above it. */
static void check_line(const hours_index *index, const int64_t *before) {
    assert_int_equal(index->slope > 0, index->open_total > UINT32_MAX);
    if (index->slope == 0) {
        assert_true(index->lowest == 0);
        return;
    }
    assert_true(index->slope == index->open_total / index->day_count);
    bool touched = false;
    for (uint32_t day = 0; day < index->day_count; day++) {
        const int64_t above = before[day] - (index->lowest + index->slope * day);
        assert_true(above >= 0 && above <= UINT32_MAX);
        touched = touched || above == 0;
    }
    assert_true(touched);
}

/* No two templates of pieces that are not listed are the same: days that look alike share one. */
static void check_templates(const hours_index *index) {
    for (uint32_t i = 0; i < index->template_count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            assert_true(memcmp(&index->templates[i], &index->templates[j], sizeof *index->templates) != 0);
        }
    }
}

static bool has_listed(const hours_index *index) {
    for (uint32_t i = 0; i < index->template_count; i++) {
        if (index->templates[i].gap == LISTED) {
            return true;
        }
    }
    return false;
}

static bool has_second(const hours_index *index) {
    for (uint32_t i = 0; i < index->template_count; i++) {
        if (index->templates[i].second_length > 0) {
            return true;
        }
    }
    return false;
}

/* The short way is open where no day has more than two pieces and C fits 32 bits; in full for two pieces or wide numbers.
 */
static void check_short_way(const hours_index *index) {
    const bool is_open = !has_listed(index) && index->slope == 0;
    assert_int_equal(index->narrow_numbers != NULL, index->template_count <= NARROW_TEMPLATES);
    assert_int_equal(index->wide_numbers != NULL, index->template_count > NARROW_TEMPLATES);
    assert_true(index->short_length == (is_open ? (uint64_t)(index->end - index->begin) : 0));
    if (!is_open) {
        return;
    }
    assert_int_equal(index->full, has_second(index) || index->narrow_numbers == NULL);
    for (uint32_t i = 0; i < index->template_count; i++) {
        assert_int_equal(index->first_pieces[i].start, index->templates[i].start);
        assert_int_equal(index->first_pieces[i].length, index->templates[i].length);
    }
}

static void invariants_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < PATTERNS; i++) {
        hours_index index = build(&patterns[i]);
        int64_t *const before = count_days(&index);
        check_directory(&index, before);
        check_prefixes(&index, before);
        check_line(&index, before);
        check_templates(&index);
        check_short_way(&index);
        const bool ends_open = sli_index_is_open(&index, index.end - 1);
        assert_true(index.earliest_count == (uint64_t)index.open_total - ends_open);
        free(before);
        sli_index_free(&index);
        assert_null(index.templates);
    }
}

/* ---- What is shared ---- */

static void alike_days_are_kept_once(void **state) {
    (void)state;
    static const struct {
        size_t pattern;
        uint32_t templates; /* with the closed day that holds the horizon's end */
        uint32_t pieces;
    } cases[] = {{0, 2, 0}, {1, 2, 0}, {3, 2, 0}, {4, 2, 0}, {6, 41, 0}, {7, 256, 0}, {8, 257, 0}, {9, 4, 8}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hours_index index = build(&patterns[cases[i].pattern]);
        assert_int_equal(index.template_count, cases[i].templates);
        assert_int_equal(index.piece_count, cases[i].pieces);
        sli_index_free(&index);
    }
}

/* The days of each question's own stretch are listed whole, and nothing beside them. */
static void intervals_are_cut_to_what_is_asked(void **state) {
    (void)state;
    static const struct {
        int64_t from;
        int64_t until;
        size_t count;
        int64_t begin;
        int64_t end;
    } cases[] = {
        {0, 9 * HOUR, 0, 0, 0},
        {0, 9 * HOUR + 1, 1, 9 * HOUR, 9 * HOUR + 1},
        {17 * HOUR - 1, SLI_DAY, 1, 17 * HOUR - 1, 17 * HOUR},
        {17 * HOUR, SLI_DAY, 0, 0, 0},
        {10 * HOUR, 10 * HOUR, 0, 0, 0},
        {11 * HOUR, 10 * HOUR, 0, 0, 0},
        {0, SLI_DAY, 1, 9 * HOUR, 17 * HOUR},
        {0, SLI_DAY + 9 * HOUR, 1, 9 * HOUR, 17 * HOUR},
    };
    hours_index index = build(&patterns[0]);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        interval_list open = {0};
        assert_true(sli_index_intervals(&index, cases[i].from, cases[i].until, &open));
        assert_int_equal(open.count, cases[i].count);
        if (open.count > 0) {
            assert_true(open.items[0].begin == cases[i].begin && open.items[0].end == cases[i].end);
        }
        sli_intervals_free(&open);
    }
    sli_index_free(&index);
}

/* ---- Lists that fill their memory ---- */

/* A list of so many intervals of one second, every ten seconds, with not a byte of memory behind them. */
static interval_list tight_list(size_t count, int64_t first) {
    interval_list list = {.items = malloc(count * sizeof *list.items), .count = count, .capacity = count};
    assert_non_null(list.items);
    for (size_t i = 0; i < count; i++) {
        const int64_t begin = first + 10 * (int64_t)i;
        list.items[i] = (interval){begin, begin + 1};
    }
    return list;
}

/* Set operations read their lists to the end, and not beyond it. */
static void lists_are_read_to_their_end(void **state) {
    (void)state;
    static const struct {
        int64_t left;
        int64_t right;
        size_t united;
        size_t common;
        size_t remaining;
    } cases[] = {{0, 0, 3, 3, 0},  {0, 100, 6, 0, 3}, {100, 0, 6, 0, 3},
                 {0, 20, 5, 1, 2}, {20, 0, 5, 1, 2},  {5, 0, 6, 0, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        interval_list left = tight_list(3, cases[i].left);
        interval_list right = tight_list(3, cases[i].right);
        interval_list result = {0};
        assert_true(sli_intervals_union(&left, &right, &result));
        assert_int_equal(result.count, cases[i].united);
        assert_true(sli_intervals_intersection(&left, &right, &result));
        assert_int_equal(result.count, cases[i].common);
        assert_true(sli_intervals_difference(&left, &right, &result));
        assert_int_equal(result.count, cases[i].remaining);
        sli_intervals_free(&left);
        sli_intervals_free(&right);
        sli_intervals_free(&result);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold),
        cmocka_unit_test(alike_days_are_kept_once),
        cmocka_unit_test(intervals_are_cut_to_what_is_asked),
        cmocka_unit_test(lists_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
