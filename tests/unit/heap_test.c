/* SPDX-License-Identifier: MIT */
/* The sort of clocks and reports: right for any array, and never slower than n log n. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/heap.h"
#include "random.h"

enum { MOST = 4096 };

typedef struct item {
    int64_t key;
    int64_t copy; /* of the key: items move as a whole */
} item;

static int64_t comparisons;

static int compare_keys(const void *context, const void *left, const void *right) {
    (void)context;
    const int64_t one = ((const item *)left)->key;
    const int64_t other = ((const item *)right)->key;
    comparisons++;
    return (one > other) - (one < other);
}

typedef int64_t (*key_maker)(random_source *source, size_t index, size_t count);

static int64_t any(random_source *source, size_t index, size_t count) {
    (void)index;
    (void)count;
    return random_between(source, INT64_MIN / 2, INT64_MAX / 2);
}

static int64_t one_of_few(random_source *source, size_t index, size_t count) {
    (void)index;
    (void)count;
    return random_between(source, 0, 4);
}

static int64_t rising(random_source *source, size_t index, size_t count) {
    (void)source;
    (void)count;
    return (int64_t)index;
}

static int64_t falling(random_source *source, size_t index, size_t count) {
    (void)source;
    return (int64_t)(count - index);
}

static int64_t equal(random_source *source, size_t index, size_t count) {
    (void)source;
    (void)index;
    (void)count;
    return 7;
}

static int64_t organ_pipe(random_source *source, size_t index, size_t count) {
    (void)source;
    return (int64_t)(index < count / 2 ? index : count - index);
}

/* Two comparisons a level, n items to build the heap and n to take from it. */
static int64_t most_comparisons(size_t count) {
    int64_t levels = 0;
    for (size_t left = count; left > 1; left /= 2) {
        levels++;
    }
    return (int64_t)count * (2 * levels + 4);
}

/* The same items, in order: they are as many, none is torn, and their sum is what it was. */
static void check(random_source *source, key_maker make, size_t count) {
    static item items[MOST];
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const int64_t key = make(source, i, count);
        items[i] = (item){key, key};
        sum += (uint64_t)key;
    }
    comparisons = 0;
    sli_heap_sort(&(heap){items, count, sizeof *items, compare_keys, NULL});
    assert_true(comparisons <= most_comparisons(count));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(items[i].key, items[i].copy);
        assert_true(i == 0 || items[i - 1].key <= items[i].key);
        sum -= (uint64_t)items[i].key;
    }
    assert_int_equal(sum, 0);
}

static void any_array_is_put_in_order(void **state) {
    (void)state;
    static const key_maker makers[] = {any, one_of_few, rising, falling, equal, organ_pipe};
    static const size_t counts[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 1000, MOST};
    random_source source = random_start("any array is put in order");
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++) {
            check(&source, makers[i], counts[j]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_array_is_put_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
