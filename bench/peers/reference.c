/* SPDX-License-Identifier: MIT */
/*
 * usage: reference FOLDER
 *
 * Writes what all peers are asked, with libsla's answers, and what libsla and the yardstick take for it:
 *   inputs.csv     random instants, and the answers to every question about them
 *   edges.csv      the same for instants at opening and closing times, ties, clock changes and holidays
 *   holidays.txt   the holidays of the years that the questions touch, one date a line
 *   libsla.txt, yardstick.txt   results in the form that every peer writes (see README.md)
 */
#include "contest.h"
#include "office.h"
#include "require.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { QUESTIONS = 1 << 16, HOUR = 3600, DAY = 86400, FIVE_YEARS = 157788000, CLOSING = 18 * HOUR };
enum { FIRST_HOLIDAYS = 2009, LAST_HOLIDAYS = 2036 };

static FILE *open_in(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "w");
    require(file == NULL ? SLA_INVALID_ARGUMENT : SLA_OK, path);
    return file;
}

static void write_holidays(const office *berlin, const char *folder) {
    FILE *const file = open_in(folder, "holidays.txt");
    for (int i = 0; i < HOLIDAY_COUNT; i++) {
        int32_t year;
        int32_t month;
        int32_t day;
        require(sla_date_to_civil(berlin->holidays[i], &year, &month, &day), "a date");
        if (year >= FIRST_HOLIDAYS && year <= LAST_HOLIDAYS) {
            fprintf(file, "%04d-%02d-%02d\n", (int)year, (int)month, (int)day);
        }
    }
    fclose(file);
}

static int64_t local_date(const sla_zone *zone, int64_t at) {
    int32_t offset;
    require(sla_zone_offset(zone, at, &offset), "an offset");
    return (at + offset) / DAY;
}

static int64_t midnight(const sla_zone *zone, int64_t date) {
    int64_t at;
    require(sla_zone_instant(zone, (int32_t)date, 0, &at), "midnight");
    return at;
}

static int64_t add(const sla_calendar *calendar, int64_t at, int64_t hours) {
    int64_t result;
    require(sla_calendar_add(calendar, at, hours * HOUR, &result), "a due time");
    return result;
}

static int64_t add_late(const sla_calendar *calendar, int64_t at, int64_t hours) {
    int64_t result;
    require(sla_calendar_add_late(calendar, at, hours * HOUR, &result), "a late due time");
    return result;
}

static int64_t elapsed(const sla_calendar *calendar, int64_t from, int64_t until) {
    int64_t seconds;
    require(sla_calendar_elapsed(calendar, from, until, &seconds), "elapsed time");
    return seconds;
}

/* The date of the `days`-th business day after `date`, or after the next one that is a business day. */
static int64_t business_day(const office *berlin, const sla_calendar *calendar, int64_t date, int64_t days) {
    int64_t closing;
    require(sla_calendar_add_business_days(calendar, midnight(berlin->zone, date), days, CLOSING, &closing),
            "business days");
    return local_date(berlin->zone, closing);
}

static int64_t business_days_until(const office *berlin, const sla_calendar *calendar, int64_t date, int64_t until) {
    const int64_t open = elapsed(calendar, midnight(berlin->zone, date), midnight(berlin->zone, until));
    return open / (whole_day->end - whole_day->start);
}

static void write_input(const office *berlin, const sla_calendar *calendar, int64_t at, FILE *file) {
    const int64_t date = local_date(berlin->zone, at);
    const int64_t in_30_days = local_date(berlin->zone, at + 30 * DAY);
    const int64_t in_5_years = local_date(berlin->zone, at + FIVE_YEARS);
    fprintf(file, "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64, at, add(calendar, at, 24),
            add(calendar, at, 2000), elapsed(calendar, at, at + 30 * DAY), elapsed(calendar, at, at + FIVE_YEARS));
    fprintf(file, ",%" PRId64 ",%" PRId64, add_late(calendar, at, 24), add_late(calendar, at, 2000));
    fprintf(file, ",%" PRId64 ",%" PRId64 ",%" PRId64, date, in_30_days, in_5_years);
    fprintf(file, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 "\n", business_day(berlin, calendar, date, 3),
            business_day(berlin, calendar, date, 222), business_days_until(berlin, calendar, date, in_30_days),
            business_days_until(berlin, calendar, date, in_5_years));
}

static void write_inputs(const office *berlin, const sla_calendar *calendar, const int64_t *instants, size_t count,
                         const char *folder, const char *name) {
    FILE *const file = open_in(folder, name);
    fputs("at,add_24h,add_2000h,elapsed_30d,elapsed_5y,late_24h,late_2000h,date,date_30d,date_5y,"
          "day_3,day_222,days_30d,days_5y\n",
          file);
    for (size_t i = 0; i < count; i++) {
        write_input(berlin, calendar, instants[i], file);
    }
    fclose(file);
}

/* Where peers differ, if they do. 24 h from 12:00 and 2000 h from 16:00 end at a closing time. */
static void write_edges(const office *berlin, const sla_calendar *calendar, const char *folder) {
    static const int32_t dates[][3] = {{2024, 2, 29}, {2024, 10, 25}, {2024, 10, 27}, {2025, 3, 30},
                                       {2025, 3, 31}, {2025, 6, 4},   {2025, 10, 3},  {2025, 12, 31}};
    static const int32_t seconds[] = {2 * HOUR + HOUR / 2, 9 * HOUR, 12 * HOUR, 16 * HOUR, 18 * HOUR};
    enum { DATES = sizeof dates / sizeof *dates, TIMES = sizeof seconds / sizeof *seconds };
    int64_t instants[DATES * TIMES];
    for (int i = 0; i < DATES * TIMES; i++) {
        const int32_t *const day = dates[i / TIMES];
        int32_t date;
        require(sla_date_from_civil(day[0], day[1], day[2], &date), "a date");
        require(sla_zone_instant(berlin->zone, date, seconds[i % TIMES], &instants[i]), "an instant");
    }
    write_inputs(berlin, calendar, instants, DATES * TIMES, folder, "edges.csv");
}

static void write_results(const char *folder, const char *name, const char *peer, const char *note,
                          const double nanoseconds[4]) {
    static const char *const questions_asked[] = {"add_24h", "add_2000h", "elapsed_30d", "elapsed_5y"};
    FILE *const file = open_in(folder, name);
    fprintf(file, "peer\t%s\nversion\t%s\nnote\t%s\n", peer, sla_version(), note);
    for (int i = 0; i < 4; i++) {
        fprintf(file, "microseconds\t%s\t%d\t%.6f\n", questions_asked[i], (int)QUESTIONS, nanoseconds[i] / 1000);
    }
    fclose(file);
}

static outcome ask(questions *asked, const contest *rivals, int64_t seconds) {
    questions_set_seconds(asked, seconds);
    compare_answers(asked);
    return run_contest(rivals, asked);
}

static void measure(questions *asked, const contest *due, const contest *time_used, double library[4],
                    double reference[4]) {
    const outcome timed[4] = {ask(asked, due, 24 * HOUR), ask(asked, due, 2000 * HOUR), ask(asked, time_used, 30 * DAY),
                              ask(asked, time_used, FIVE_YEARS)};
    for (int i = 0; i < 4; i++) {
        library[i] = timed[i].library;
        reference[i] = timed[i].yardstick;
    }
}

static void measure_library(questions *asked, const char *folder) {
    double library[4];
    double reference[4];
    measure(asked, &add_contest, &elapsed_contest, library, reference);
    write_results(folder, "libsla.txt", "libsla, one call each", "from C", library);
    write_results(folder, "yardstick.txt", "binary search over intervals", "the yardstick of bench/run, in C", reference);
    measure(asked, &add_batch, &elapsed_batch, library, reference);
    write_results(folder, "libsla-arrays.txt", "libsla, arrays", "thousands a call", library);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 2) {
        fputs("usage: reference FOLDER\n", stderr);
        return 2;
    }
    office berlin;
    office_open(&berlin);
    sla_calendar *calendar = office_calendar(&berlin, whole_day, 1);
    yardstick reference;
    require(yardstick_make(calendar, &reference), "the yardstick");
    questions asked;
    questions_make(&asked, QUESTIONS, year_begin(2010), year_begin(2030));
    asked.calendars = &calendar;
    asked.yardsticks = &reference;
    write_holidays(&berlin, arguments[1]);
    write_inputs(&berlin, calendar, asked.at, asked.count, arguments[1], "inputs.csv");
    write_edges(&berlin, calendar, arguments[1]);
    measure_library(&asked, arguments[1]);
    questions_free(&asked);
    yardstick_free(&reference);
    sla_calendar_unref(calendar);
    office_close(&berlin);
    return EXIT_SUCCESS;
}
