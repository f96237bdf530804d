/* SPDX-License-Identifier: MIT */
/* Interval lists (§1.1, §2.4) against sets of 64 instants held as bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "calendar/interval.h"
#include "random.h"

static uint64_t bits_of(int64_t begin, int64_t end) {
    uint64_t bits = 0;
    for (int64_t at = begin; at < end; at++) {
        bits |= UINT64_C(1) << at;
    }
    return bits;
}

static uint64_t bits_of_list(const interval_list *list) {
    uint64_t bits = 0;
    for (size_t i = 0; i < list->count; i++) {
        bits |= bits_of(list->items[i].begin, list->items[i].end);
    }
    return bits;
}

static void assert_normal_form(const interval_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        assert_true(list->items[i].begin < list->items[i].end);
        assert_true(i == 0 || list->items[i - 1].end < list->items[i].begin);
    }
}

static uint64_t add_random(random_source *source, interval_list *list) {
    uint64_t bits = 0;
    for (int64_t count = random_between(source, 0, 12); count > 0; count--) {
        const int64_t begin = random_between(source, 0, 64);
        const int64_t end = random_between(source, 0, 65);
        assert_true(sli_intervals_add(list, begin, end));
        bits |= bits_of(begin, end);
    }
    sli_intervals_normalise(list);
    return bits;
}

/* Overlapping and touching intervals merge (§2.1), in whatever order they come. */
static void added_intervals_come_to_normal_form(void **state) {
    (void)state;
    random_source source = random_start("interval_test");
    interval_list list = {0};
    for (int round = 0; round < 20000; round++) {
        sli_intervals_clear(&list);
        const uint64_t bits = add_random(&source, &list);
        assert_normal_form(&list);
        assert_true(bits_of_list(&list) == bits);
    }
    sli_intervals_free(&list);
}

static void set_operations_are_those_of_sets(void **state) {
    (void)state;
    random_source source = random_start("interval_test");
    interval_list left = {0};
    interval_list right = {0};
    interval_list result = {0};
    for (int round = 0; round < 20000; round++) {
        sli_intervals_clear(&left);
        sli_intervals_clear(&right);
        const uint64_t left_bits = add_random(&source, &left);
        const uint64_t right_bits = add_random(&source, &right);
        assert_true(sli_intervals_union(&left, &right, &result));
        assert_normal_form(&result);
        assert_true(bits_of_list(&result) == (left_bits | right_bits));
        assert_true(sli_intervals_intersection(&left, &right, &result));
        assert_normal_form(&result);
        assert_true(bits_of_list(&result) == (left_bits & right_bits));
        assert_true(sli_intervals_difference(&left, &right, &result));
        assert_normal_form(&result);
        assert_true(bits_of_list(&result) == (left_bits & ~right_bits));
    }
    sli_intervals_free(&left);
    sli_intervals_free(&right);
    sli_intervals_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(added_intervals_come_to_normal_form),
        cmocka_unit_test(set_operations_are_those_of_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
