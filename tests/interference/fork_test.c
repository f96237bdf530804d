/* SPDX-License-Identifier: MIT */
/* A child that is forked while another thread reads feeds finds the lock around libical free: it does not wait for a thread
 * that it does not have, and comes to the same answers. */
#define _POSIX_C_SOURCE 200809L
#include "answers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 60, PATIENCE = 30 };

static atomic_bool enough;

static void *load_all_the_time(void *context) {
    (void)context;
    while (!atomic_load(&enough)) {
        sla_contract_unref(load_contract(NULL, NULL));
    }
    return NULL;
}

/* An alarm ends a child that hangs. */
static int run_child(void) {
    alarm(PATIENCE);
    _exit(answers_are_the_same() ? 0 : 1);
}

static void a_child_reads_feeds(void **state) {
    (void)state;
    pthread_t loaders[2];
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&loaders[i], NULL, load_all_the_time, NULL), 0);
    }
    int failed = 0;
    for (int i = 0; i < CHILDREN && failed == 0; i++) {
        int status = 0;
        const pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            run_child();
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        failed = status;
    }
    atomic_store(&enough, true);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(loaders[i], NULL), 0);
    }
    assert_int_equal(failed, 0);
    assert_true(answers_are_the_same());
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_child_reads_feeds)};
    return cmocka_run_group_tests(tests, tell_undisturbed, free_undisturbed);
}
