/* SPDX-License-Identifier: MIT */
/* §1.2: TZ and locale decide nothing, also not while another thread of the program changes them again and again. The
 * locales have a comma for the decimal point, and an i whose capital has a dot. */
#define _XOPEN_SOURCE 700
#include "answers.h"

#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { ROUNDS = 40 };

static const char *const zones[] = {"Pacific/Apia", ":/nonexistent", "Asia/Kolkata", "", "ODD-13:37"};
static const char *const locales[] = {"de_DE.UTF-8", "tr_TR.UTF-8", "C"};

static atomic_bool enough;
static size_t changes;

static void *change_surroundings(void *context) {
    (void)context;
    for (; !atomic_load(&enough); changes++) {
        setenv("TZ", zones[changes % (sizeof zones / sizeof *zones)], 1);
        tzset();
        setlocale(LC_ALL, locales[changes % (sizeof locales / sizeof *locales)]);
    }
    return NULL;
}

static void the_locales_are_there(void **state) {
    (void)state;
    char number[16];
    assert_non_null(setlocale(LC_ALL, "tr_TR.UTF-8"));
    assert_non_null(setlocale(LC_ALL, "de_DE.UTF-8"));
    snprintf(number, sizeof number, "%.1f", 0.5);
    assert_string_equal(number, "0,5");
    assert_non_null(setlocale(LC_ALL, "C"));
}

static void each_surrounding_gives_the_same_answers(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        setenv("TZ", zones[i], 1);
        tzset();
        for (size_t j = 0; j < sizeof locales / sizeof *locales; j++) {
            assert_non_null(setlocale(LC_ALL, locales[j]));
            assert_true(answers_are_the_same());
        }
    }
}

static void changing_surroundings_give_the_same_answers(void **state) {
    (void)state;
    pthread_t changer;
    assert_int_equal(pthread_create(&changer, NULL, change_surroundings, NULL), 0);
    int differences = 0;
    for (int i = 0; i < ROUNDS; i++) {
        differences += !answers_are_the_same();
    }
    atomic_store(&enough, true);
    assert_int_equal(pthread_join(changer, NULL), 0);
    assert_int_equal(differences, 0);
    assert_true(changes > ROUNDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_locales_are_there),
        cmocka_unit_test(each_surrounding_gives_the_same_answers),
        cmocka_unit_test(changing_surroundings_give_the_same_answers),
    };
    return cmocka_run_group_tests(tests, tell_undisturbed, free_undisturbed);
}
