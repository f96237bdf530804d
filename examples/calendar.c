/* SPDX-License-Identifier: MIT */
/*
 * calendar: when are we open? Prints a month's open hours, day by day, with the reason of each closing.
 *
 *   calendar --contract vivvo/contract.yaml --calendar office 2026-11
 */
#include "support/contract_file.h"
#include "support/files.h"
#include "support/names.h"
#include "support/options.h"

#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

enum { SPANS_LISTED = 64 };

static char *calendar_name;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"calendar", 'k', POPT_ARG_STRING, &calendar_name, 0, "a calendar of the contract; office unless said", "NAME"},
    POPT_AUTOHELP POPT_TABLEEND};

/* The local time of day; the end of a date is 24:00. Seconds are shown where there are any. */
static void print_time_of_day(int64_t instant, const sla_zone *zone, int64_t end_of_date) {
    char text[32];
    sla_instant_format(instant, zone, text, sizeof text);
    const int shown = strncmp(text + 16, ":00", 3) == 0 ? 5 : 8;
    printf("%.*s", shown, instant == end_of_date ? "24:00" : text + 11);
}

static void print_closing(const sla_calendar *calendar, const sla_span *span) {
    const char *title = sla_calendar_closing_title(calendar, span->closing);
    const char *feed = sla_calendar_closing_feed(calendar, span->closing);
    if (title == NULL || title[0] == '\0') {
        title = span->kind == SLA_SPAN_COMBINATION ? "closed by another calendar" : "closed";
    }
    fputs(title, stdout);
    if (feed != NULL && feed[0] != '\0') {
        printf(" (%s)", feed);
    }
}

static int is_same_closing(const sla_span *a, const sla_span *b) {
    return a->kind == b->kind && a->closing == b->closing;
}

/* Open hours first, then what closed the rest of the hours, each reason once. */
static int64_t print_spans(const sla_calendar *calendar, const sla_span *spans, size_t count, int64_t end_of_date) {
    const sla_zone *zone = sla_calendar_zone(calendar);
    const char *before = "";
    int64_t open = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].kind == SLA_SPAN_OPEN) {
            fputs(before, stdout);
            print_time_of_day(spans[i].begin, zone, INT64_MAX);
            putchar('-');
            print_time_of_day(spans[i].end, zone, end_of_date);
            open += spans[i].end - spans[i].begin;
            before = " ";
        }
    }
    fputs(open == 0 ? "closed" : "", stdout);
    const sla_span *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const sla_span *span = &spans[i];
        if (span->kind > SLA_SPAN_OUTSIDE_HOURS && (last == NULL || !is_same_closing(span, last))) {
            fputs(last == NULL ? "  " : "; ", stdout);
            print_closing(calendar, span);
            last = span;
        }
    }
    putchar('\n');
    return open;
}

static int print_date(const sla_calendar *calendar, int32_t date, int64_t *open) {
    static const char *const weekdays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* 1970-01-01 was a Thursday */
    const sla_zone *zone = sla_calendar_zone(calendar);
    sla_span spans[SPANS_LISTED];
    size_t count;
    int64_t begin, end;
    int32_t year, month, day;
    if (sla_date_to_civil(date, &year, &month, &day) != SLA_OK || sla_zone_instant(zone, date, 0, &begin) != SLA_OK ||
        sla_zone_instant(zone, date + 1, 0, &end) != SLA_OK ||
        sla_calendar_list(calendar, begin, end, spans, SPANS_LISTED, &count) != SLA_OK) {
        fprintf(stderr, "the calendar does not reach that far\n");
        return 0;
    }
    printf("%04d-%02d-%02d %s  ", (int)year, (int)month, (int)day, weekdays[date % 7]);
    *open += print_spans(calendar, spans, count, end);
    return 1;
}

/* The dates [first, next) of a month written "2026-11". */
static int read_month(const char *text, int32_t *first, int32_t *next) {
    char start[32];
    int64_t instant;
    int32_t year, month, day;
    const int length = snprintf(start, sizeof start, "%s-01T00:00:00Z", text == NULL ? "" : text);
    if (length >= (int)sizeof start || sla_instant_parse(start, (size_t)length, &instant, NULL) != SLA_OK || instant < 0) {
        fprintf(stderr, "say which month, for example 2026-11; the first is 1970-01\n");
        return 0;
    }
    *first = (int32_t)(instant / 86400);
    return sla_date_to_civil(*first + 31, &year, &month, &day) == SLA_OK &&
           sla_date_from_civil(year, month, 1, next) == SLA_OK;
}

static int print_month(const sla_calendar *calendar, const char *month) {
    int32_t first, next;
    int64_t open = 0;
    if (!read_month(month, &first, &next)) {
        return 0;
    }
    for (int32_t date = first; date < next; date++) {
        if (!print_date(calendar, date, &open)) {
            return 0;
        }
    }
    const long long minutes = (long long)(open / 60);
    printf("open for %lld:%02lld hours\n", minutes / 60, minutes % 60);
    return 1;
}

static int print_calendar(const sla_contract *contract, const char *month) {
    int32_t index;
    const struct said said[] = {
        {SLA_ELEMENT_CALENDAR, "calendar", calendar_name == NULL ? "office" : calendar_name, &index},
        {0, NULL, NULL, NULL},
    };
    return find_said(contract, said) && print_month(sla_contract_calendar(contract, index), month);
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "YEAR-MONTH");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    sla_contract *contract = load_contract(contract_path, feed_files);
    int done = contract != NULL && print_calendar(contract, poptGetArg(options));
    done = close_output() && done;
    sla_contract_unref(contract);
    free_options(options);
    return done ? EXIT_DONE : EXIT_COULD_NOT_RUN;
}
