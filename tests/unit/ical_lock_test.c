/* SPDX-License-Identifier: MIT */
/* Without memory to watch forks, no feed is read: a child could wait for ever. */
#include "feed_fixture.h"

#include <errno.h>

typedef void fork_handler(void);

int __real_pthread_atfork(fork_handler *before, fork_handler *parent, fork_handler *child);
int __wrap_pthread_atfork(fork_handler *before, fork_handler *parent, fork_handler *child);

static int memory_is_out; /* before that, what a sanitizer wants to watch is watched */

int __wrap_pthread_atfork(fork_handler *before, fork_handler *parent, fork_handler *child) {
    return memory_is_out ? ENOMEM : __real_pthread_atfork(before, parent, child);
}

static void no_feed_is_read_without_a_watch_on_forks(void **state) {
    (void)state;
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *feed = NULL;
    sla_error error = {0};
    memory_is_out = 1;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sla_feed_reader_load(reader, "f", 1, IN_CALENDAR(""), SIZE_MAX, NULL, &feed, &error),
                         SLA_OUT_OF_MEMORY);
        assert_int_equal(error.code, SLA_OUT_OF_MEMORY);
        assert_null(feed);
    }
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_feed_is_read_without_a_watch_on_forks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
