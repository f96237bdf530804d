/* SPDX-License-Identifier: MIT */
/*
 * A contest: the same questions to the library and to the yardstick, whose answers are compared before times are taken.
 * The two take turns; a figure is the median of the slices of all rounds.
 */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "yardstick.h"

typedef struct questions {
    size_t count;
    int64_t *at;
    int64_t seconds; /* added to each `at`, or between it and `until` */
    int64_t *until;
    int64_t *all_seconds;
    size_t calendar_count; /* asked in turn */
    sla_calendar *const *calendars;
    const yardstick *yardsticks; /* of each calendar */
    int64_t *answers;
    sla_status *statuses;
} questions;

/* Asks all questions once; what comes back depends on every answer. */
typedef int64_t ask_all(const questions *asked);

typedef struct contest {
    ask_all *library;
    ask_all *yardstick;
} contest;

/* Each call on its own, on the first calendar. */
extern const contest add_contest, elapsed_contest, is_open_contest, next_open_contest;

/* Each call waits for the answer of the last. */
extern const contest add_chained, elapsed_chained;

/* Each call asks another calendar. */
extern const contest add_in_turn, elapsed_in_turn;

/* One call for all. The yardstick's is a loop. */
extern const contest add_batch, elapsed_batch;

typedef struct outcome {
    double library; /* nanoseconds a question */
    double yardstick;
} outcome;

/* Makes questions of `count` random instants in [begin, end), the same in every run. */
void questions_make(questions *asked, size_t count, int64_t begin, int64_t end);
void questions_free(questions *asked);

/* Sets the seconds that all questions ask for. */
void questions_set_seconds(questions *asked, int64_t seconds);

/* Puts the instants in order. */
void questions_sort(questions *asked);

/* Runs a contest. Ends the program when the answers differ. */
outcome run_contest(const contest *rivals, const questions *asked);

/* Compares the answers to each single question, the calendars asked in turn. Ends the program when two differ. */
void compare_answers(const questions *asked);

#endif
