/* SPDX-License-Identifier: MIT */
#include "contest.h"

#include "office.h"
#include "require.h"
#include "stopwatch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- One question, to either side ---- */

typedef sla_status ask_one(const questions *asked, size_t calendar, size_t number, int64_t at, int64_t *answer);

static inline sla_status library_add(const questions *asked, size_t calendar, size_t number, int64_t at, int64_t *answer) {
    (void)number;
    return sla_calendar_add(asked->calendars[calendar], at, asked->seconds, answer);
}

static inline sla_status yardstick_adds(const questions *asked, size_t calendar, size_t number, int64_t at,
                                        int64_t *answer) {
    (void)number;
    return yardstick_add(&asked->yardsticks[calendar], at, asked->seconds, answer);
}

static inline sla_status library_elapsed(const questions *asked, size_t calendar, size_t number, int64_t at,
                                         int64_t *answer) {
    return sla_calendar_elapsed(asked->calendars[calendar], at, asked->until[number], answer);
}

static inline sla_status yardstick_elapses(const questions *asked, size_t calendar, size_t number, int64_t at,
                                           int64_t *answer) {
    return yardstick_elapsed(&asked->yardsticks[calendar], at, asked->until[number], answer);
}

static inline sla_status library_is_open(const questions *asked, size_t calendar, size_t number, int64_t at,
                                         int64_t *answer) {
    int32_t open;
    const sla_status status = sla_calendar_is_open(asked->calendars[calendar], at, &open);
    (void)number;
    *answer = open;
    return status;
}

static inline sla_status yardstick_opens(const questions *asked, size_t calendar, size_t number, int64_t at,
                                         int64_t *answer) {
    int32_t open;
    const sla_status status = yardstick_is_open(&asked->yardsticks[calendar], at, &open);
    (void)number;
    *answer = open;
    return status;
}

static inline sla_status library_next_open(const questions *asked, size_t calendar, size_t number, int64_t at,
                                           int64_t *answer) {
    (void)number;
    return sla_calendar_next_open(asked->calendars[calendar], at, answer);
}

static inline sla_status yardstick_opens_next(const questions *asked, size_t calendar, size_t number, int64_t at,
                                              int64_t *answer) {
    (void)number;
    return yardstick_next_open(&asked->yardsticks[calendar], at, answer);
}

/* ---- All questions: the loops, to be inlined with the question they ask ---- */

enum { SLICE = 4096, ROUNDS = 10, SERIES = 3 };

#define INLINED static inline __attribute__((always_inline))

INLINED int64_t ask_singly(const questions *asked, ask_one *ask) {
    int64_t sum = 0;
    for (size_t i = 0; i < asked->count; i++) {
        int64_t answer;
        const sla_status status = ask(asked, 0, i, asked->at[i], &answer);
        sum += answer + status;
    }
    return sum;
}

INLINED int64_t ask_chained(const questions *asked, ask_one *ask) {
    int64_t sum = 0;
    int64_t answer = 0;
    for (size_t i = 0; i < asked->count; i++) {
        const sla_status status = ask(asked, 0, i, asked->at[i] - (answer & 1), &answer);
        sum += answer + status;
    }
    return sum;
}

INLINED int64_t ask_in_turn(const questions *asked, ask_one *ask) {
    int64_t sum = 0;
    size_t calendar = 0;
    for (size_t i = 0; i < asked->count; i++) {
        int64_t answer;
        const sla_status status = ask(asked, calendar, i, asked->at[i], &answer);
        sum += answer + status;
        calendar = calendar + 1 == asked->calendar_count ? 0 : calendar + 1;
    }
    return sum;
}

INLINED void answer_each(const questions *asked, ask_one *ask) {
    for (size_t i = 0; i < asked->count; i++) {
        asked->statuses[i] = ask(asked, 0, i, asked->at[i], &asked->answers[i]);
    }
}

static int64_t sum_answers(const questions *asked) {
    int64_t sum = 0;
    for (size_t i = 0; i < asked->count; i++) {
        sum += asked->answers[i] + asked->statuses[i];
    }
    return sum;
}

#define ASK_ALL(name, loop, question)                                                                                      \
    static int64_t name(const questions *asked) {                                                                          \
        return loop(asked, question);                                                                                      \
    }

ASK_ALL(library_add_singly, ask_singly, library_add)
ASK_ALL(yardstick_add_singly, ask_singly, yardstick_adds)
ASK_ALL(library_elapsed_singly, ask_singly, library_elapsed)
ASK_ALL(yardstick_elapsed_singly, ask_singly, yardstick_elapses)
ASK_ALL(library_is_open_singly, ask_singly, library_is_open)
ASK_ALL(yardstick_is_open_singly, ask_singly, yardstick_opens)
ASK_ALL(library_next_open_singly, ask_singly, library_next_open)
ASK_ALL(yardstick_next_open_singly, ask_singly, yardstick_opens_next)
ASK_ALL(library_add_chained, ask_chained, library_add)
ASK_ALL(yardstick_add_chained, ask_chained, yardstick_adds)
ASK_ALL(library_elapsed_chained, ask_chained, library_elapsed)
ASK_ALL(yardstick_elapsed_chained, ask_chained, yardstick_elapses)
ASK_ALL(library_add_in_turn, ask_in_turn, library_add)
ASK_ALL(yardstick_add_in_turn, ask_in_turn, yardstick_adds)
ASK_ALL(library_elapsed_in_turn, ask_in_turn, library_elapsed)
ASK_ALL(yardstick_elapsed_in_turn, ask_in_turn, yardstick_elapses)

static int64_t library_add_batch(const questions *asked) {
    require(sla_calendar_add_many(asked->calendars[0], asked->count, asked->at, asked->all_seconds, asked->answers,
                                  asked->statuses),
            "a batch of due times");
    return 0;
}

static int64_t yardstick_add_batch(const questions *asked) {
    answer_each(asked, yardstick_adds);
    return 0;
}

static int64_t library_elapsed_batch(const questions *asked) {
    require(sla_calendar_elapsed_many(asked->calendars[0], asked->count, asked->at, asked->until, asked->answers,
                                      asked->statuses),
            "a batch of elapsed times");
    return 0;
}

static int64_t yardstick_elapsed_batch(const questions *asked) {
    answer_each(asked, yardstick_elapses);
    return 0;
}

const contest add_contest = {library_add_singly, yardstick_add_singly};
const contest elapsed_contest = {library_elapsed_singly, yardstick_elapsed_singly};
const contest is_open_contest = {library_is_open_singly, yardstick_is_open_singly};
const contest next_open_contest = {library_next_open_singly, yardstick_next_open_singly};
const contest add_chained = {library_add_chained, yardstick_add_chained};
const contest elapsed_chained = {library_elapsed_chained, yardstick_elapsed_chained};
const contest add_in_turn = {library_add_in_turn, yardstick_add_in_turn};
const contest elapsed_in_turn = {library_elapsed_in_turn, yardstick_elapsed_in_turn};
const contest add_batch = {library_add_batch, yardstick_add_batch};
const contest elapsed_batch = {library_elapsed_batch, yardstick_elapsed_batch};

/* ---- The questions themselves ---- */

void questions_make(questions *asked, size_t count, int64_t begin, int64_t end) {
    *asked = (questions){.count = count, .calendar_count = 1};
    asked->at = allocate(count, sizeof *asked->at);
    asked->until = allocate(count, sizeof *asked->until);
    asked->all_seconds = allocate(count, sizeof *asked->all_seconds);
    asked->answers = allocate(count, sizeof *asked->answers);
    asked->statuses = allocate(count, sizeof *asked->statuses);
    random_instants(begin, end, UINT64_C(20261123), asked->at, count);
}

void questions_free(questions *asked) {
    free(asked->at);
    free(asked->until);
    free(asked->all_seconds);
    free(asked->answers);
    free(asked->statuses);
    *asked = (questions){0};
}

void questions_set_seconds(questions *asked, int64_t seconds) {
    asked->seconds = seconds;
    for (size_t i = 0; i < asked->count; i++) {
        asked->until[i] = asked->at[i] + seconds;
        asked->all_seconds[i] = seconds;
    }
}

static int compare_instants(const void *left, const void *right) {
    const int64_t first = *(const int64_t *)left;
    const int64_t second = *(const int64_t *)right;
    return (first > second) - (first < second);
}

void questions_sort(questions *asked) {
    qsort(asked->at, asked->count, sizeof *asked->at, compare_instants);
    questions_set_seconds(asked, asked->seconds);
}

/* ---- Running ---- */

static void compare_answer(const questions *asked, size_t number, const char *name, ask_one *library, ask_one *reference) {
    int64_t answers[2] = {0, 0};
    const size_t calendar = number % asked->calendar_count;
    const sla_status status = library(asked, calendar, number, asked->at[number], &answers[0]);
    const sla_status expected = reference(asked, calendar, number, asked->at[number], &answers[1]);
    if (status != expected || answers[0] != answers[1]) {
        fprintf(stderr,
                "bench: %s of %" PRId64 " and %" PRId64 " s: the library says %" PRId64 " (%s), the yardstick %" PRId64
                " (%s)\n",
                name, asked->at[number], asked->seconds, answers[0], sla_status_name(status), answers[1],
                sla_status_name(expected));
        exit(EXIT_FAILURE);
    }
}

void compare_answers(const questions *asked) {
    for (size_t i = 0; i < asked->count; i++) {
        compare_answer(asked, i, "add", library_add, yardstick_adds);
        compare_answer(asked, i, "elapsed", library_elapsed, yardstick_elapses);
        compare_answer(asked, i, "is_open", library_is_open, yardstick_opens);
        compare_answer(asked, i, "next_open", library_next_open, yardstick_opens_next);
    }
}

static questions slice_of(const questions *asked, size_t first) {
    questions slice = *asked;
    slice.count = asked->count - first < SLICE ? asked->count - first : SLICE;
    slice.at += first;
    slice.until += first;
    slice.all_seconds += first;
    slice.answers += first;
    slice.statuses += first;
    return slice;
}

/* Times of slices: nanoseconds a question. */
typedef struct slice_times {
    double *each;
    int count;
} slice_times;

/* Asks everything, slice by slice: a slice is short enough for most to pass without an interruption, even on a busy
 * machine. Returns what depends on all answers. */
static int64_t run_round(ask_all *ask, const questions *asked, slice_times *times) {
    int64_t sum = 0;
    for (size_t first = 0; first < asked->count; first += SLICE) {
        const questions slice = slice_of(asked, first);
        const double start = now();
        sum += ask(&slice);
        times->each[times->count++] = (now() - start) / (double)slice.count;
        sum += sum_answers(&slice);
    }
    return sum;
}

/* Several rounds in a row, after one for the caches, which the other side has filled. */
static int64_t run_series(ask_all *ask, const questions *asked, slice_times *times) {
    const int kept = times->count;
    int64_t sum = run_round(ask, asked, times);
    times->count = kept;
    for (int round = 0; round < ROUNDS; round++) {
        sum += run_round(ask, asked, times);
    }
    return sum;
}

outcome run_contest(const contest *rivals, const questions *asked) {
    const size_t rounds = SERIES * ROUNDS + 1;
    const size_t slices = rounds * ((asked->count + SLICE - 1) / SLICE);
    slice_times of_library = {allocate(slices, sizeof(double)), 0};
    slice_times of_yardstick = {allocate(slices, sizeof(double)), 0};
    for (int series = 0; series < SERIES; series++) {
        const int64_t sum = run_series(rivals->library, asked, &of_library);
        if (run_series(rivals->yardstick, asked, &of_yardstick) != sum) {
            fprintf(stderr, "bench: the answers of library and yardstick differ\n");
            exit(EXIT_FAILURE);
        }
    }
    const outcome medians = {median(of_library.each, of_library.count), median(of_yardstick.each, of_yardstick.count)};
    free(of_library.each);
    free(of_yardstick.each);
    return medians;
}
