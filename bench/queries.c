/* SPDX-License-Identifier: MIT */
#include "chapters.h"

#include "contest.h"
#include "require.h"

#include <stdlib.h>

enum { QUESTIONS = 1 << 16, OFFICES = 200 };
enum { HOUR = 3600, DAY = 86400, FIVE_YEARS = 157788000 };

/* A calendar and its yardstick. */
typedef struct subject {
    sla_calendar *calendar;
    yardstick yardstick;
} subject;

static void open_subject(const office *berlin, const sla_window *windows, size_t count, subject *opened) {
    opened->calendar = office_calendar(berlin, windows, count);
    require(yardstick_make(opened->calendar, &opened->yardstick), "the yardstick");
}

static void close_subject(subject *opened) {
    sla_calendar_unref(opened->calendar);
    yardstick_free(&opened->yardstick);
}

static void ask_subject(questions *asked, subject *opened, int64_t seconds) {
    asked->calendars = &opened->calendar;
    asked->yardsticks = &opened->yardstick;
    asked->calendar_count = 1;
    questions_set_seconds(asked, seconds);
}

/* Goals: nanoseconds, and how many times the yardstick's speed; NO_FIGURE for none. */
static void add_row(table *figures, const char *label, outcome timed, double goal, double ratio_goal) {
    double *const row = table_add_row(figures, label);
    row[0] = timed.library;
    row[1] = timed.yardstick;
    row[2] = timed.yardstick / timed.library;
    row[3] = goal;
    row[4] = ratio_goal;
}

static void set_columns(table *figures, const char *title) {
    *figures = (table){.title = title,
                       .label = "question",
                       .column_count = 5,
                       .columns = {"ns", "yardstick ns", "ratio", "goal ns", "goal ratio"}};
}

typedef struct measurement {
    const char *label;
    const contest *rivals;
    int64_t seconds;
    double goal;
    double ratio_goal;
} measurement;

static void measure(table *figures, questions *asked, subject *opened, const measurement *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        ask_subject(asked, opened, all[i].seconds);
        compare_answers(asked);
        add_row(figures, all[i].label, run_contest(all[i].rivals, asked), all[i].goal, all[i].ratio_goal);
    }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const measurement one_window[] = {
    {"due: add +24 h", &add_contest, 24 * HOUR, 4, 10},
    {"due: add +2000 h", &add_contest, 2000 * HOUR, 4, 10},
    {"elapsed, 30 days", &elapsed_contest, 30 * DAY, 3, 12},
    {"elapsed, 5 years", &elapsed_contest, FIVE_YEARS, 3, 12},
    {"is_open", &is_open_contest, 0, 3, NO_FIGURE},
    {"next_open", &next_open_contest, 0, 3, NO_FIGURE},
    {"add +24 h, each waits for the last", &add_chained, 24 * HOUR, 15, NO_FIGURE},
    {"add +2000 h, each waits for the last", &add_chained, 2000 * HOUR, 15, NO_FIGURE},
    {"elapsed, 30 days, each waits for the last", &elapsed_chained, 30 * DAY, 15, NO_FIGURE},
};

static const measurement two_windows[] = {
    {"two windows a day: add +24 h", &add_contest, 24 * HOUR, 6, NO_FIGURE},
    {"two windows a day: add +2000 h", &add_contest, 2000 * HOUR, 10, NO_FIGURE},
    {"two windows a day: elapsed, 30 days", &elapsed_contest, 30 * DAY, NO_FIGURE, NO_FIGURE},
    {"two windows a day: elapsed, 5 years", &elapsed_contest, FIVE_YEARS, NO_FIGURE, NO_FIGURE},
};

static void measure_offices_in_turn(const office *berlin, questions *asked, table *figures) {
    subject *const opened = allocate(OFFICES, sizeof *opened);
    sla_calendar **const calendars = allocate(OFFICES, sizeof(sla_calendar *));
    yardstick *const yardsticks = allocate(OFFICES, sizeof *yardsticks);
    for (int i = 0; i < OFFICES; i++) {
        const sla_window shifted = {whole_day->start + i * 60, whole_day->end + i * 60};
        open_subject(berlin, &shifted, 1, &opened[i]);
        calendars[i] = opened[i].calendar;
        yardsticks[i] = opened[i].yardstick;
    }
    asked->calendars = calendars;
    asked->yardsticks = yardsticks;
    asked->calendar_count = OFFICES;
    questions_set_seconds(asked, 24 * HOUR);
    compare_answers(asked);
    add_row(figures, "200 calendars in turn: add +24 h", run_contest(&add_in_turn, asked), 8, NO_FIGURE);
    questions_set_seconds(asked, 30 * DAY);
    compare_answers(asked);
    add_row(figures, "200 calendars in turn: elapsed, 30 days", run_contest(&elapsed_in_turn, asked), 8, NO_FIGURE);
    for (int i = 0; i < OFFICES; i++) {
        close_subject(&opened[i]);
    }
    free(opened);
    free(calendars);
    free(yardsticks);
}

void measure_calls(const office *berlin, table *figures) {
    set_columns(figures, "Single calls, one calendar, random instants 2010-2029");
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    subject opened;
    open_subject(berlin, whole_day, 1, &opened);
    measure(figures, &asked, &opened, one_window, COUNT(one_window));
    close_subject(&opened);
    open_subject(berlin, with_lunch, 2, &opened);
    measure(figures, &asked, &opened, two_windows, COUNT(two_windows));
    close_subject(&opened);
    measure_offices_in_turn(berlin, &asked, figures);
    questions_free(&asked);
}

static const measurement random_batches[] = {
    {"elapsed_many, 30 days", &elapsed_batch, 30 * DAY, 2.5, NO_FIGURE},
    {"elapsed_many, 5 years", &elapsed_batch, FIVE_YEARS, 2.5, NO_FIGURE},
    {"add_many +24 h", &add_batch, 24 * HOUR, 3.5, NO_FIGURE},
    {"add_many +2000 h", &add_batch, 2000 * HOUR, 3.5, NO_FIGURE},
};

static const measurement sorted_batches[] = {
    {"sorted: elapsed_many, 30 days", &elapsed_batch, 30 * DAY, 2.5, NO_FIGURE},
    {"sorted: elapsed_many, 5 years", &elapsed_batch, FIVE_YEARS, 2.5, NO_FIGURE},
    {"sorted: add_many +24 h", &add_batch, 24 * HOUR, 3.5, NO_FIGURE},
    {"sorted: add_many +2000 h", &add_batch, 2000 * HOUR, 3.5, NO_FIGURE},
};

void measure_batches(const office *berlin, table *figures) {
    set_columns(figures, "Batches, per element, with a status each");
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    subject opened;
    open_subject(berlin, whole_day, 1, &opened);
    measure(figures, &asked, &opened, random_batches, COUNT(random_batches));
    questions_sort(&asked);
    measure(figures, &asked, &opened, sorted_batches, COUNT(sorted_batches));
    close_subject(&opened);
    questions_free(&asked);
}
