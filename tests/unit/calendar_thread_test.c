/* SPDX-License-Identifier: MIT */
/* One calendar, asked, shared and let go of by several threads at once: all come to the answers of one. */
#include <pthread.h>

#include "calendar_support.h"

enum { THREADS = 2, QUESTIONS = 4000 };

typedef struct answers {
    int64_t due[QUESTIONS];
    int64_t elapsed[QUESTIONS];
    int64_t next_close[QUESTIONS];
} answers;

typedef struct asker {
    sla_calendar *calendar;
    answers found;
} asker;

static void ask(const sla_calendar *calendar, answers *found) {
    for (int64_t i = 0; i < QUESTIONS; i++) {
        const int64_t at = i * 1000003;
        (void)sla_calendar_add(calendar, at, 3600 * (i % 3000 - 100), &found->due[i]);
        (void)sla_calendar_elapsed(calendar, at, found->due[i], &found->elapsed[i]);
        (void)sla_calendar_next_close(calendar, at, &found->next_close[i]);
    }
}

static void *ask_in_thread(void *argument) {
    asker *const one = argument;
    ask(one->calendar, &one->found);
    sla_calendar_unref(one->calendar);
    return NULL;
}

static sla_calendar *make_calendar(int32_t windows) {
    sla_calendar_builder *const builder = new_builder("Europe/Belgrade", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    for (int32_t i = 0; i < windows; i++) {
        add_hours(builder, 31, 28800 + i * 7200, 28800 + i * 7200 + 3600);
    }
    return finish(builder);
}

/* The last of the threads frees the calendar. */
static void threads_share_a_calendar(void **state) {
    (void)state;
    static asker askers[THREADS];
    static answers alone;
    for (int32_t windows = 1; windows <= 3; windows++) {
        sla_calendar *const calendar = make_calendar(windows);
        pthread_t threads[THREADS];
        ask(calendar, &alone);
        for (int i = 0; i < THREADS; i++) {
            askers[i].calendar = sla_calendar_ref(calendar);
            assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &askers[i]), 0);
        }
        sla_calendar_unref(calendar);
        for (int i = 0; i < THREADS; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_memory_equal(&askers[i].found, &alone, sizeof alone);
        }
        assert_true(alone.due[200] != alone.due[1000]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_a_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
