/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "chapters.h"

#include "contest.h"
#include "require.h"
#include "stopwatch.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

enum { QUESTIONS = 1 << 16, HOUR = 3600, DAY = 86400, FIVE_YEARS = 157788000 };
enum { EVERY_DAY = 127, WORKING_DAYS = SLA_MONDAY | SLA_TUESDAY | SLA_WEDNESDAY | SLA_THURSDAY | SLA_FRIDAY };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Calendars that are asked in turn, and their yardsticks. */
typedef struct subjects {
    size_t count;
    sla_calendar **calendars;
    yardstick *yardsticks;
} subjects;

static subjects make_subjects(size_t count) {
    return (subjects){count, allocate(count, sizeof(sla_calendar *)), allocate(count, sizeof(yardstick))};
}

static void free_subjects(subjects *made) {
    for (size_t i = 0; i < made->count; i++) {
        sla_calendar_unref(made->calendars[i]);
        yardstick_free(&made->yardsticks[i]);
    }
    free(made->calendars);
    free(made->yardsticks);
}

static void ask_about(questions *asked, const subjects *made) {
    asked->calendars = made->calendars;
    asked->yardsticks = made->yardsticks;
    asked->calendar_count = made->count;
}

static outcome ask(questions *asked, const contest *rivals, int64_t seconds) {
    questions_set_seconds(asked, seconds);
    compare_answers(asked);
    return run_contest(rivals, asked);
}

/* ---- Calendars in turn ---- */

static void grow_calendars(const office *berlin, table *figures) {
    static const size_t counts[] = {1, 10, 100, 1000};
    *figures = (table){.title = "Calendars asked in turn",
                       .label = "calendars",
                       .column_count = 4,
                       .columns = {"add +24 h ns", "ratio", "elapsed 30 days ns", "ratio of elapsed"}};
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    for (size_t i = 0; i < COUNT(counts); i++) {
        subjects made = make_subjects(counts[i]);
        for (size_t calendar = 0; calendar < made.count; calendar++) {
            const int32_t shift = (int32_t)calendar * 15;
            const sla_window shifted = {whole_day->start + shift, whole_day->end + shift};
            made.calendars[calendar] = office_calendar(berlin, &shifted, 1);
            require(yardstick_make(made.calendars[calendar], &made.yardsticks[calendar]), "a yardstick");
        }
        ask_about(&asked, &made);
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "%zu", counts[i]);
        double *const row = table_add_row(figures, label);
        const outcome add = ask(&asked, &add_in_turn, 24 * HOUR);
        const outcome elapsed = ask(&asked, &elapsed_in_turn, 30 * DAY);
        row[0] = add.library;
        row[1] = add.yardstick / add.library;
        row[2] = elapsed.library;
        row[3] = elapsed.yardstick / elapsed.library;
        free_subjects(&made);
    }
    questions_free(&asked);
}

/* ---- Exceptions and windows of one calendar ---- */

static void add_question_columns(table *figures, const char *title, const char *label) {
    *figures = (table){.title = title,
                       .label = label,
                       .column_count = 7,
                       .columns = {"built in ms", "add +24 h ns", "ratio", "add +2000 h ns", "elapsed 30 days ns",
                                   "ratio of elapsed", "elapsed 5 years ns"}};
}

/* Takes the builder over. */
static void add_question_row(table *figures, const char *label, questions *asked, sla_calendar_builder *builder,
                             beginning started) {
    subjects made = make_subjects(1);
    require(sla_calendar_builder_build(builder, made.calendars, NULL), "building a calendar");
    sla_calendar_builder_free(builder);
    double *const row = table_add_row(figures, label);
    row[0] = spent_since(started) / 1e6;
    require(yardstick_make(made.calendars[0], made.yardsticks), "a yardstick");
    ask_about(asked, &made);
    const outcome add = ask(asked, &add_contest, 24 * HOUR);
    row[1] = add.library;
    row[2] = add.yardstick / add.library;
    row[3] = ask(asked, &add_contest, 2000 * HOUR).library;
    const outcome elapsed = ask(asked, &elapsed_contest, 30 * DAY);
    row[4] = elapsed.library;
    row[5] = elapsed.yardstick / elapsed.library;
    row[6] = ask(asked, &elapsed_contest, FIVE_YEARS).library;
    free_subjects(&made);
}

/* Dates spread over the horizon, each with hours of its own to the second. */
static void add_odd_days(sla_calendar_builder *builder, int64_t begin, int64_t end, int32_t count) {
    const int64_t days = (end - begin) / DAY;
    for (int32_t i = 0; i < count; i++) {
        const int32_t date = (int32_t)(begin / DAY + i * days / count);
        const sla_window odd = {8 * HOUR + i % HOUR, 17 * HOUR + i / HOUR};
        require(sla_calendar_builder_add_exception(builder, date, date + 1, &odd, 1, NULL, 0, NULL), "an exception");
    }
}

static void grow_exceptions(const office *berlin, table *figures) {
    static const int32_t counts[] = {10, 100, 1000, 10000, 100000};
    const int64_t begin = year_begin(1900);
    const int64_t end = year_begin(2300);
    add_question_columns(figures, "Exceptions, each with odd hours of its own; a horizon of 400 years", "exceptions");
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(1910), year_begin(2280));
    for (size_t i = 0; i < COUNT(counts); i++) {
        const beginning started = begin_now();
        sla_calendar_builder *builder;
        require(sla_calendar_builder_new(berlin->zone, begin, end, &builder, NULL), "a calendar");
        require(sla_calendar_builder_add_hours(builder, WORKING_DAYS, whole_day->start, whole_day->end, NULL), "its hours");
        add_odd_days(builder, begin, end, counts[i]);
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "%d", (int)counts[i]);
        add_question_row(figures, label, &asked, builder, started);
    }
    questions_free(&asked);
}

static void grow_windows(const office *berlin, table *figures) {
    static const int32_t counts[] = {1, 2, 5, 10, 20, 50};
    add_question_columns(figures, "Windows a day, every day from 06:00 to 22:00, open two thirds of that", "windows");
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    for (size_t i = 0; i < COUNT(counts); i++) {
        const beginning started = begin_now();
        const int32_t stride = 16 * HOUR / counts[i];
        sla_calendar_builder *builder;
        require(sla_calendar_builder_new(berlin->zone, SLA_HORIZON_BEGIN, SLA_HORIZON_END, &builder, NULL), "a calendar");
        for (int32_t window = 0; window < counts[i]; window++) {
            const int32_t start = 6 * HOUR + window * stride;
            require(sla_calendar_builder_add_hours(builder, EVERY_DAY, start, start + stride * 2 / 3, NULL), "its hours");
        }
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "%d", (int)counts[i]);
        add_question_row(figures, label, &asked, builder, started);
    }
    questions_free(&asked);
}

/* ---- Requests ---- */

static subjects one_office(const office *berlin) {
    subjects made = make_subjects(1);
    made.calendars[0] = office_calendar(berlin, whole_day, 1);
    require(yardstick_make(made.calendars[0], made.yardsticks), "a yardstick");
    return made;
}

/* Nanoseconds for `count` requests, in batches of QUESTIONS at most. */
static double ask_batches(const questions *asked, int64_t count, int64_t *sum) {
    const beginning started = begin_now();
    for (int64_t left = count; left > 0; left -= QUESTIONS) {
        const size_t size = left < QUESTIONS ? (size_t)left : QUESTIONS;
        require(sla_calendar_add_many(asked->calendars[0], size, asked->at, asked->all_seconds, asked->answers,
                                      asked->statuses),
                "a batch");
        *sum += asked->answers[size - 1];
    }
    return spent_since(started);
}

static void grow_requests(const office *berlin, table *figures) {
    enum { ROUNDS = 5 };
    *figures = (table){.title = "Requests: add_many +24 h, in batches of at most 65,536",
                       .label = "requests",
                       .column_count = 2,
                       .columns = {"ns a request", "all in ms"}};
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    subjects made = one_office(berlin);
    ask_about(&asked, &made);
    questions_set_seconds(&asked, 24 * HOUR);
    compare_answers(&asked);
    for (int64_t count = 10; count <= 100000000; count *= 10) {
        double rounds[ROUNDS];
        int64_t sums[ROUNDS] = {0};
        ask_batches(&asked, count < QUESTIONS ? count : QUESTIONS, &sums[0]);
        sums[0] = 0;
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = ask_batches(&asked, count, &sums[round]);
            require(sums[round] == sums[0] ? SLA_OK : SLA_INVALID_REQUEST, "the same answers in every round");
        }
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "%lld", (long long)count);
        double *const row = table_add_row(figures, label);
        const double nanoseconds = median(rounds, ROUNDS);
        row[0] = nanoseconds / (double)count;
        row[1] = nanoseconds / 1e6;
    }
    free_subjects(&made);
    questions_free(&asked);
}

/* ---- Threads ---- */

enum { MOST_THREADS = 2, TURNS = 200 };

typedef struct asker {
    pthread_t thread;
    pthread_barrier_t *start;
    const questions *asked;
    unsigned processor; /* to run on, if there are so many */
    double started;
    double ended;
    double of_processor;
    int64_t sum;
} asker;

static void stay_on(unsigned processor) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(processor, &only);
    pthread_setaffinity_np(pthread_self(), sizeof only, &only);
}

static void *ask_in_thread(void *given) {
    asker *const self = given;
    stay_on(self->processor);
    pthread_barrier_wait(self->start);
    self->started = now();
    const double of_processor = thread_now();
    for (int turn = 0; turn < TURNS; turn++) {
        self->sum += add_contest.library(self->asked);
    }
    self->of_processor = thread_now() - of_processor;
    self->ended = now();
    return NULL;
}

typedef struct thread_times {
    double passed; /* from the first start to the last end */
    double of_processor;
} thread_times;

static thread_times run_threads(const questions *asked, unsigned count) {
    asker askers[MOST_THREADS];
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, count);
    for (unsigned i = 0; i < count; i++) {
        askers[i] = (asker){.start = &start, .asked = asked, .processor = i};
        require(pthread_create(&askers[i].thread, NULL, ask_in_thread, &askers[i]) == 0 ? SLA_OK : SLA_LIMIT, "a thread");
    }
    double first = 0;
    double last = 0;
    double of_processor = 0;
    for (unsigned i = 0; i < count; i++) {
        pthread_join(askers[i].thread, NULL);
        first = i == 0 || askers[i].started < first ? askers[i].started : first;
        last = askers[i].ended > last ? askers[i].ended : last;
        of_processor += askers[i].of_processor / count;
        require(askers[i].sum == askers[0].sum ? SLA_OK : SLA_INVALID_REQUEST, "the same answers in every thread");
    }
    pthread_barrier_destroy(&start);
    return (thread_times){last - first, of_processor};
}

static void grow_threads(const office *berlin, table *figures) {
    enum { ROUNDS = 7 };
    *figures = (table){.title = "Threads that share one calendar: add +24 h, one call each",
                       .label = "threads",
                       .column_count = 3,
                       .columns = {"ns a call", "of processor time", "million calls a second"}};
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    subjects made = one_office(berlin);
    ask_about(&asked, &made);
    questions_set_seconds(&asked, 24 * HOUR);
    compare_answers(&asked);
    for (unsigned count = 1; count <= MOST_THREADS; count++) {
        double passed[ROUNDS];
        double of_processor[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            const thread_times times = run_threads(&asked, count);
            passed[round] = times.passed / ((double)TURNS * QUESTIONS);
            of_processor[round] = times.of_processor / ((double)TURNS * QUESTIONS);
        }
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "%u", count);
        double *const row = table_add_row(figures, label);
        row[0] = median(passed, ROUNDS);
        row[1] = median(of_processor, ROUNDS);
        row[2] = count * 1000 / row[0];
    }
    free_subjects(&made);
    questions_free(&asked);
}

void measure_growth(const office *berlin, table figures[GROWTH_COUNT]) {
    grow_calendars(berlin, &figures[0]);
    grow_exceptions(berlin, &figures[1]);
    grow_windows(berlin, &figures[2]);
    grow_requests(berlin, &figures[3]);
    grow_threads(berlin, &figures[4]);
}
