/* SPDX-License-Identifier: MIT */
/* Threads that build from what they share: one zone, one feed and one calendar stand in the calendars of all, one contract
 * in their reports. The thread that lets go last frees them. Most is gained from this program under a thread sanitizer. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/sla.h>

enum { THREADS = 4, ROUNDS = 30, REQUESTS = 400, REPORT_SIZE = 65536 };

#define BEGIN INT64_C(1577836800) /* 2020-01-01T00:00:00Z */
#define END INT64_C(1893456000)   /* 2030-01-01T00:00:00Z */

static const char holidays[] = "BEGIN:VCALENDAR\r\n"
                               "VERSION:2.0\r\n"
                               "BEGIN:VEVENT\r\n"
                               "UID:new-year@example.org\r\n"
                               "DTSTART;VALUE=DATE:20200101\r\n"
                               "RRULE:FREQ=YEARLY\r\n"
                               "SUMMARY:New Year\r\n"
                               "END:VEVENT\r\n"
                               "END:VCALENDAR\r\n";

static const char agreement[] = "sla: 1\n"
                                "name: Threads\n"
                                "time_zone: Europe/Belgrade\n"
                                "default_calendar: office\n"
                                "calendars:\n"
                                "  office: {hours: {mon-fri: 09:00-18:00}}\n"
                                "channels: {phone: {calendar: office}}\n"
                                "tiers: {standard: {channels: [phone]}}\n"
                                "targets:\n"
                                "  - {within: 12h}\n";

/* ---- Calendars from shared parts ---- */

typedef struct parts {
    sla_zone *zone;
    sla_feed *feed;
    sla_calendar *night; /* opens where the built one does not */
} parts;

static parts share(const parts *from) {
    return (parts){sla_zone_ref(from->zone), sla_feed_ref(from->feed), sla_calendar_ref(from->night)};
}

static void let_go(const parts *from) {
    sla_calendar_unref(from->night);
    sla_feed_unref(from->feed);
    sla_zone_unref(from->zone);
}

static sla_calendar *build_hours(sla_zone *zone, sla_feed *feed, int32_t start, int32_t end) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    if (sla_calendar_builder_new(zone, BEGIN, END, &builder, NULL) == SLA_OK &&
        sla_calendar_builder_add_hours(builder, SLA_MONDAY | SLA_TUESDAY, start, end, NULL) == SLA_OK &&
        (feed == NULL || sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK)) {
        (void)sla_calendar_builder_build(builder, &calendar, NULL);
    }
    sla_calendar_builder_free(builder);
    return calendar;
}

static sla_feed *read_holidays(sla_zone *zone) {
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    if (sla_feed_reader_new(zone, BEGIN, END, NULL, 0, &reader, NULL) == SLA_OK) {
        (void)sla_feed_reader_load(reader, "holidays", SIZE_MAX, holidays, SIZE_MAX, NULL, &feed, NULL);
    }
    sla_feed_reader_free(reader);
    return feed;
}

/* The open seconds of ten years of days and nights together; -1 when something failed. */
static int64_t build_and_ask(const parts *from) {
    int64_t seconds = -1;
    sla_calendar *both = NULL;
    sla_calendar *const day = build_hours(from->zone, from->feed, 32400, 64800);
    sla_calendar *const united[] = {day, from->night};
    if (day != NULL && sla_calendar_combine(SLA_UNION, united, 2, from->zone, &both, NULL) == SLA_OK) {
        (void)sla_calendar_elapsed(both, BEGIN, END, &seconds);
    }
    sla_calendar_unref(day);
    sla_calendar_unref(both);
    return seconds;
}

typedef struct work {
    parts from;
    int64_t expected;
    size_t differences;
} work;

static void *build_often(void *argument) {
    work *const mine = argument;
    for (int round = 0; round < ROUNDS; round++) {
        const parts mine_too = share(&mine->from);
        mine->differences += build_and_ask(&mine_too) != mine->expected;
        let_go(&mine_too);
    }
    let_go(&mine->from);
    return NULL;
}

static void calendars_are_built_from_shared_parts(void **state) {
    (void)state;
    pthread_t threads[THREADS];
    work works[THREADS];
    parts all = {NULL, NULL, NULL};
    assert_int_equal(sla_zone_load("Europe/Belgrade", SIZE_MAX, NULL, 0, &all.zone, NULL), SLA_OK);
    all.feed = read_holidays(all.zone);
    all.night = build_hours(all.zone, NULL, 64800, 86400);
    const int64_t expected = build_and_ask(&all);
    assert_true(expected > 0);
    for (int i = 0; i < THREADS; i++) {
        works[i] = (work){.from = share(&all), .expected = expected, .differences = 0};
        assert_int_equal(pthread_create(&threads[i], NULL, build_often, &works[i]), 0);
    }
    let_go(&all);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(works[i].differences, 0);
    }
}

/* ---- Reports on a shared contract ---- */

static sla_contract *load_contract(void) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    if (sla_document_load(agreement, SIZE_MAX, &document, NULL) == SLA_OK) {
        (void)sla_document_build(document, NULL, &contract, NULL);
    }
    sla_document_free(document);
    return contract;
}

/* Decides and counts the requests first, first + step, … A report of all when `step` is 1. */
static sla_report *count_requests(sla_contract *contract, int first, int step) {
    sla_report *report = NULL;
    if (sla_report_new(contract, 0, SLA_BY_TIER | SLA_BY_MONTH, 10, &report, NULL) != SLA_OK) {
        return NULL;
    }
    for (int i = first; i < REQUESTS; i += step) {
        const uint64_t row = (uint64_t)i;
        const sla_request request = {.received = BEGIN + i * INT64_C(98765),
                                     .tier = 0,
                                     .channel = 0,
                                     .service = SLA_UNSAID,
                                     .language = SLA_UNSAID,
                                     .criterion = SLA_UNSAID};
        sla_verdict verdict;
        (void)sla_clock_decide(contract, 0, &request, NULL, NULL, 0, NULL, 0, END - 1, &verdict, NULL);
        size_t counted = 0;
        (void)sla_report_add_many(report, 1, &row, &request, &verdict, NULL, NULL, &counted, NULL);
    }
    return report;
}

typedef struct share_of_report {
    sla_contract *contract;
    int number;
    sla_report *report;
} share_of_report;

static void *count_share(void *argument) {
    share_of_report *const mine = argument;
    mine->report = count_requests(mine->contract, mine->number, THREADS);
    sla_contract_unref(mine->contract);
    return NULL;
}

static void assert_same_report(const sla_report *found, const sla_report *expected) {
    static char left[REPORT_SIZE];
    static char right[REPORT_SIZE];
    size_t left_length = 0;
    size_t right_length = 0;
    assert_int_equal(sla_report_write(found, SLA_FORMAT_JSON, left, sizeof left, &left_length, NULL), SLA_OK);
    assert_int_equal(sla_report_write(expected, SLA_FORMAT_JSON, right, sizeof right, &right_length, NULL), SLA_OK);
    assert_int_equal(left_length, right_length);
    assert_memory_equal(left, right, left_length);
}

/* §8.4 */
static void threads_count_parts_of_one_report(void **state) {
    (void)state;
    pthread_t threads[THREADS];
    share_of_report shares[THREADS];
    sla_contract *const contract = load_contract();
    assert_non_null(contract);
    sla_report *const alone = count_requests(contract, 0, 1);
    assert_non_null(alone);
    for (int i = 0; i < THREADS; i++) {
        shares[i] = (share_of_report){sla_contract_ref(contract), i, NULL};
        assert_int_equal(pthread_create(&threads[i], NULL, count_share, &shares[i]), 0);
    }
    sla_contract_unref(contract);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_non_null(shares[i].report);
    }
    for (int i = 1; i < THREADS; i++) {
        assert_int_equal(sla_report_merge(shares[0].report, shares[i].report, NULL), SLA_OK);
        sla_report_free(shares[i].report);
    }
    sla_group all;
    assert_int_equal(sla_report_get_group(alone, -1, &all), SLA_OK);
    assert_int_equal(all.requests, REQUESTS);
    assert_in_range(all.breached_open, 1, REQUESTS);
    assert_same_report(shares[0].report, alone);
    sla_report_free(shares[0].report);
    sla_report_free(alone);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendars_are_built_from_shared_parts),
        cmocka_unit_test(threads_count_parts_of_one_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
