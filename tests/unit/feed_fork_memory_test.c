/* SPDX-License-Identifier: MIT */
/*
 * Before the first feed is read the library asks to be told of forks, which may find no memory. Then that feed cannot be
 * read; the next one can. The linker sends the request through here (--wrap).
 */
#include "feed_fixture.h"

#include <errno.h>

int __real_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));
int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void));

static int32_t refusals = 2;

int __wrap_pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
    return refusals-- > 0 ? ENOMEM : __real_pthread_atfork(prepare, parent, child);
}

static void a_feed_after_memory_was_out(void **state) {
    (void)state;
    static const char source[] = IN_CALENDAR(EVENT("DTSTART;VALUE=DATE:20261224\r\n"));
    sla_feed_reader *const reader = new_reader("UTC", SLA_HORIZON_BEGIN, SLA_HORIZON_END);
    sla_feed *feed = NULL;
    sla_error error = {0};
    assert_int_equal(sla_feed_reader_load(reader, "holidays", SIZE_MAX, source, SIZE_MAX, NULL, &feed, &error),
                     SLA_OUT_OF_MEMORY);
    assert_null(feed);
    assert_int_equal(error.code, SLA_OUT_OF_MEMORY);
    assert_int_equal(refusals, 0); /* it is tried twice: the first time, and as it is tried ever after */
    feed = load_feed(reader, source, NULL);
    assert_int_equal(feed->closure_count, 1);
    assert_int_equal(refusals, -1);
    sla_feed_unref(feed);
    feed = load_feed(reader, source, NULL); /* once it has been told, no more is asked */
    assert_int_equal(refusals, -1);
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_feed_after_memory_was_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
