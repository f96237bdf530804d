/* SPDX-License-Identifier: MIT */
/* A program with one copy of the library in itself, whose functions it exports, loads a plug-in that brings another. Both
 * can be used side by side. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "copies.h"

#include <pthread.h>

enum { ROUNDS = 200 };

#define OWN(name) .name = name,
static const library own = {.handle = NULL, COPIED_FUNCTIONS(OWN)};
#undef OWN

static void there_are_two_copies(void **state) {
    (void)state;
    library plugin = open_library();
    assert_true(plugin.sla_contract_due != own.sla_contract_due);
    void *const exported = dlsym(RTLD_DEFAULT, "sla_contract_unref");
    assert_non_null(exported);
    assert_memory_equal(&exported, &own.sla_contract_unref, sizeof exported);
    dlclose(plugin.handle);
}

static void *ask(void *context) {
    size_t wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        wrong += due_in(context) != EXPECTED_DUE;
    }
    return wrong == 0 ? NULL : context;
}

static void both_answer_at_the_same_time(void **state) {
    (void)state;
    library copies[2] = {own, open_library()};
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask, &copies[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    dlclose(copies[1].handle);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_two_copies),
        cmocka_unit_test(both_answer_at_the_same_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
