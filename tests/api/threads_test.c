/* SPDX-License-Identifier: MIT */
/* What the headers promise about threads: built objects are shared, references are counted atomically, readers of feeds and
 * documents work side by side. Every thread must come to the answers that one thread comes to alone. Most is gained from
 * this program under a thread sanitizer. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sla/sla.h>

enum { THREADS = 4, ROUNDS = 20, QUESTIONS = 200 };

static const char agreement[] = "sla: 1\n"
                                "name: Threads\n"
                                "time_zone: Europe/Belgrade\n"
                                "default_calendar: office\n"
                                "calendars:\n"
                                "  office: {hours: {mon-fri: 09:00-18:00}, feeds: [holidays]}\n"
                                "channels: {phone: {calendar: office}}\n"
                                "tiers: {standard: {channels: [phone]}}\n"
                                "targets:\n"
                                "  - {within: 12h}\n";

static const char holidays[] = "BEGIN:VCALENDAR\r\n"
                               "VERSION:2.0\r\n"
                               "PRODID:-//libsla//threads//EN\r\n"
                               "BEGIN:VEVENT\r\n"
                               "UID:new-year@example.org\r\n"
                               "DTSTAMP:20250101T000000Z\r\n"
                               "DTSTART;VALUE=DATE:19700101\r\n"
                               "RRULE:FREQ=YEARLY\r\n"
                               "SUMMARY:New Year\r\n"
                               "END:VEVENT\r\n"
                               "END:VCALENDAR\r\n";

/* The questions of all threads, and the answers of one. */
static struct {
    sla_request requests[QUESTIONS];
    sla_due dues[QUESTIONS];
    sla_scope scopes[QUESTIONS];
    int64_t spans[QUESTIONS];
} known;

static sla_contract *load_contract(void) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    if (sla_document_load(agreement, SIZE_MAX, &document, NULL) == SLA_OK &&
        sla_document_set_feed(document, "holidays", SIZE_MAX, holidays, SIZE_MAX, NULL) == SLA_OK) {
        (void)sla_document_build(document, NULL, &contract, NULL);
    }
    sla_document_free(document);
    return contract;
}

static void ask(void) {
    for (int i = 0; i < QUESTIONS; i++) {
        known.requests[i] = (sla_request){.received = INT64_C(1700000000) + i * INT64_C(123457),
                                          .tier = 0,
                                          .channel = 0,
                                          .service = SLA_UNSAID,
                                          .language = SLA_UNSAID,
                                          .criterion = SLA_UNSAID};
    }
}

static int64_t elapsed_in_week(const sla_contract *contract, const sla_request *request) {
    int32_t office = 0;
    int64_t seconds = -1;
    (void)sla_contract_find(contract, SLA_ELEMENT_CALENDAR, "office", SIZE_MAX, &office);
    (void)sla_calendar_elapsed(sla_contract_calendar(contract, office), request->received,
                               request->received + INT64_C(604800), &seconds);
    return seconds;
}

/* How many of the answers of `contract` are not those that are known. */
static size_t count_differences(const sla_contract *contract) {
    size_t differences = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        sla_due due;
        sla_scope scope;
        const sla_request *const request = &known.requests[i];
        const int failed = sla_contract_due(contract, 0, request, &due) != SLA_OK ||
                           sla_contract_decide_scope(contract, request, &scope) != SLA_OK;
        if (failed || due.at != known.dues[i].at || scope.reasons != known.scopes[i].reasons ||
            scope.next_open != known.scopes[i].next_open || elapsed_in_week(contract, request) != known.spans[i]) {
            differences++;
        }
    }
    return differences;
}

typedef struct work {
    sla_contract *contract;
    size_t differences;
} work;

/* Takes and drops references to the shared contract while it asks. */
static void *share_contract(void *argument) {
    work *const mine = argument;
    for (int round = 0; round < ROUNDS; round++) {
        sla_contract *const contract = sla_contract_ref(mine->contract);
        mine->differences += count_differences(contract);
        sla_contract_unref(contract);
    }
    sla_contract_unref(mine->contract);
    return NULL;
}

/* Loads the document and its feed anew each time. */
static void *load_contracts(void *argument) {
    work *const mine = argument;
    for (int round = 0; round < ROUNDS; round++) {
        sla_contract *const contract = load_contract();
        mine->differences += contract == NULL ? QUESTIONS : count_differences(contract);
        sla_contract_unref(contract);
    }
    return NULL;
}

static size_t run_in_threads(void *(*run)(void *), sla_contract *contract) {
    pthread_t threads[THREADS];
    work works[THREADS];
    size_t differences = 0;
    for (int i = 0; i < THREADS; i++) {
        works[i] = (work){.contract = contract == NULL ? NULL : sla_contract_ref(contract), .differences = 0};
        assert_int_equal(pthread_create(&threads[i], NULL, run, &works[i]), 0);
    }
    sla_contract_unref(contract);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        differences += works[i].differences;
    }
    return differences;
}

static int answer_alone(void **state) {
    (void)state;
    sla_contract *const contract = load_contract();
    if (contract == NULL) {
        return -1;
    }
    ask();
    (void)sla_contract_due_many(contract, 0, QUESTIONS, known.requests, known.dues, NULL);
    (void)sla_contract_decide_scope_many(contract, QUESTIONS, known.requests, known.scopes, NULL);
    for (int i = 0; i < QUESTIONS; i++) {
        known.spans[i] = elapsed_in_week(contract, &known.requests[i]);
    }
    sla_contract_unref(contract);
    return 0;
}

static void the_answers_differ_between_questions(void **state) {
    (void)state;
    assert_int_equal(known.dues[0].kind, SLA_DUE_AT);
    assert_true(known.dues[0].at != known.dues[QUESTIONS - 1].at);
    size_t closed = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        closed += (known.scopes[i].reasons & SLA_REASON_CHANNEL_CLOSED) != 0;
    }
    assert_in_range(closed, 1, QUESTIONS - 1);
}

/* The last thread to let go of the contract frees it. */
static void a_contract_is_shared(void **state) {
    (void)state;
    sla_contract *const contract = load_contract();
    assert_non_null(contract);
    assert_int_equal(run_in_threads(share_contract, contract), 0);
}

static void documents_and_feeds_are_read_side_by_side(void **state) {
    (void)state;
    assert_int_equal(run_in_threads(load_contracts, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answers_differ_between_questions),
        cmocka_unit_test(a_contract_is_shared),
        cmocka_unit_test(documents_and_feeds_are_read_side_by_side),
    };
    return cmocka_run_group_tests(tests, answer_alone, NULL);
}
