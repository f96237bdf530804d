/* SPDX-License-Identifier: MIT */
/* Feeds read by several threads at once, each with a reader of its own: what libical keeps for itself is never reached by
 * two of them. */
#include "feed_fixture.h"

#include "feed/feed.h"

#include <pthread.h>

enum { THREADS = 4, LOADS = 40, WEDNESDAYS = 522, HEBREW_YEARS = 9 };

#define WEDNESDAYS_OF_TEN_YEARS                                                                                            \
    EVENT("DTSTART;TZID=Asia/Tokyo:20200101T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20300101T000000Z\r\n")
#define HEBREW_DATES EVENT("DTSTART;VALUE=DATE:20200105\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY;COUNT=9\r\n")
#define BAD_RULE EVENT("DTSTART;VALUE=DATE:20200105\r\nRRULE:FREQ=SOMETIMES\r\n")

typedef struct loader {
    const char *source;
    size_t closures; /* of all feeds together */
    size_t refused;
} loader;

static void *load_often(void *argument) {
    loader *const mine = argument;
    sla_zone *zone = NULL;
    sla_feed_reader *reader = NULL;
    sla_zone_load("Europe/Berlin", SIZE_MAX, NULL, 0, &zone, NULL);
    sla_feed_reader_new(zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, NULL, 0, &reader, NULL);
    for (int32_t i = 0; i < LOADS; i++) {
        sla_feed *feed = NULL;
        if (sla_feed_reader_load(reader, "f", 1, mine->source, SIZE_MAX, NULL, &feed, NULL) == SLA_OK) {
            mine->closures += feed->closure_count;
        } else {
            mine->refused++;
        }
        sla_feed_unref(feed);
    }
    sla_feed_reader_free(reader);
    sla_zone_unref(zone);
    return NULL;
}

static void load_in_threads(loader *loaders) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, load_often, &loaders[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
}

/* The parser and the iterator of foreign calendars take the lock apart from each other. */
static void threads_read_the_same_text(void **state) {
    (void)state;
    const bool foreign = knows_other_calendars();
    const char *const source =
        foreign ? IN_CALENDAR(WEDNESDAYS_OF_TEN_YEARS HEBREW_DATES) : IN_CALENDAR(WEDNESDAYS_OF_TEN_YEARS);
    const size_t expected = WEDNESDAYS + (foreign ? HEBREW_YEARS : 0);
    loader loaders[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        loaders[i] = (loader){.source = source};
    }
    load_in_threads(loaders);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(loaders[i].closures, LOADS * expected);
        assert_int_equal(loaders[i].refused, 0);
    }
}

/* Neither a refusal nor a finding of libical in one thread is seen in another. */
static void a_refused_feed_leaves_those_of_other_threads_alone(void **state) {
    (void)state;
    loader loaders[THREADS] = {{.source = IN_CALENDAR(WEDNESDAYS_OF_TEN_YEARS)},
                               {.source = IN_CALENDAR(BAD_RULE)},
                               {.source = IN_CALENDAR(WEDNESDAYS_OF_TEN_YEARS)},
                               {.source = IN_CALENDAR(EVENT("DTSTART:nonsense\r\n"))}};
    load_in_threads(loaders);
    for (size_t i = 0; i < THREADS; i++) {
        const bool is_bad = i % 2 == 1;
        assert_int_equal(loaders[i].closures, is_bad ? 0 : LOADS * WEDNESDAYS);
        assert_int_equal(loaders[i].refused, is_bad ? LOADS : 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_read_the_same_text),
        cmocka_unit_test(a_refused_feed_leaves_those_of_other_threads_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
