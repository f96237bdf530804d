/* SPDX-License-Identifier: MIT */
/* The host parses and writes iCalendar texts of its own in one thread while others load feeds: both come to what they come
 * to alone (docs/threading-and-abi.md says what that rests on). */
#include "answers.h"
#include "host_calendar.h"

#include <pthread.h>
#include <stdatomic.h>

enum { ROUNDS = 60 };

static atomic_bool enough;
static char expected[HOST_TEXT];

static void *be_the_host(void *context) {
    size_t *const differences = context;
    char text[HOST_TEXT];
    while (!atomic_load(&enough)) {
        host_write_calendar(text);
        *differences += strcmp(text, expected) != 0;
    }
    return NULL;
}

static void *load(void *context) {
    size_t *const differences = context;
    for (int i = 0; i < ROUNDS; i++) {
        *differences += !answers_are_the_same();
    }
    return NULL;
}

static void host_and_library_do_not_disturb_each_other(void **state) {
    (void)state;
    pthread_t host;
    pthread_t loaders[2];
    size_t differences[3] = {0};
    host_write_calendar(expected);
    assert_non_null(strstr(expected, "Host's own"));
    assert_int_equal(pthread_create(&host, NULL, be_the_host, &differences[2]), 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&loaders[i], NULL, load, &differences[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(loaders[i], NULL), 0);
    }
    atomic_store(&enough, true);
    assert_int_equal(pthread_join(host, NULL), 0);
    assert_int_equal(differences[0] + differences[1], 0);
    assert_int_equal(differences[2], 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(host_and_library_do_not_disturb_each_other)};
    return cmocka_run_group_tests(tests, tell_undisturbed, free_undisturbed);
}
