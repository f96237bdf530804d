/* SPDX-License-Identifier: MIT */
/* The library is loaded, used and unloaded again and again (plug-ins do that): nothing of it stays behind that would be
 * called later, as by a fork. */
#define _POSIX_C_SOURCE 200809L
#include "copies.h"

#include <sys/wait.h>
#include <unistd.h>

enum { TIMES = 100 };

static void the_library_comes_and_goes(void **state) {
    (void)state;
    for (int i = 0; i < TIMES; i++) {
        library loaded = open_library();
        assert_int_equal(due_in(&loaded), EXPECTED_DUE);
        assert_int_equal(dlclose(loaded.handle), 0);
        assert_null(dlopen(SHARED_LIBRARY, RTLD_NOW | RTLD_NOLOAD));
    }
}

static void a_fork_after_that_calls_nothing(void **state) {
    (void)state;
    int status = 0;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(7);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_library_comes_and_goes),
        cmocka_unit_test(a_fork_after_that_calls_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
