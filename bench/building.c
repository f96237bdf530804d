/* SPDX-License-Identifier: MIT */
#include "chapters.h"

#include "require.h"
#include "stopwatch.h"

#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { BUILDS = 25, MOST_FEEDS = 8, PATH_SIZE = 4096 };

/* Bytes that are allocated now; NO_FIGURE where the C library does not tell. */
static double allocated(void) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    const struct mallinfo2 now_allocated = mallinfo2();
    return (double)now_allocated.uordblks + (double)now_allocated.hblkhd;
#else
    return NO_FIGURE;
#endif
}

/* The benchmark's own files in memory, so that only the library is timed. */
typedef struct contract_texts {
    char *document;
    size_t document_length;
    size_t feed_count;
    char *feeds[MOST_FEEDS];
    size_t feed_lengths[MOST_FEEDS];
} contract_texts;

typedef struct work {
    const office *berlin;
    const sla_window *windows;
    size_t window_count;
    char *feed;
    size_t feed_length;
    contract_texts contract;
} work;

static void build_from_parts(const work *given) {
    sla_calendar_unref(office_calendar(given->berlin, given->windows, given->window_count));
}

static void build_from_feed(const work *given) {
    sla_calendar_unref(office_calendar_from_feed(given->berlin, given->feed, given->feed_length));
}

static sla_document *read_document(const contract_texts *contract) {
    sla_document *document;
    require(sla_document_load(contract->document, contract->document_length, &document, NULL), "the example contract");
    return document;
}

static void load_contract(const work *given) {
    sla_document *const document = read_document(&given->contract);
    for (size_t i = 0; i < given->contract.feed_count; i++) {
        require(sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, given->contract.feeds[i],
                                      given->contract.feed_lengths[i], NULL),
                "a feed of the example contract");
    }
    sla_contract *contract;
    require(sla_document_build(document, NULL, &contract, NULL), "building the example contract");
    sla_contract_unref(contract);
    sla_document_free(document);
}

static void read_contract(const char *path, contract_texts *contract) {
    contract->document = read_whole(path, &contract->document_length);
    const char *const slash = strrchr(path, '/');
    const int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    sla_document *const document = read_document(contract);
    contract->feed_count = sla_document_feed_count(document);
    require(contract->feed_count > MOST_FEEDS ? SLA_LIMIT : SLA_OK, "the feeds of the example contract");
    for (size_t i = 0; i < contract->feed_count; i++) {
        char feed_path[PATH_SIZE];
        snprintf(feed_path, sizeof feed_path, "%.*s%s", folder, path, sla_document_feed_file(document, i));
        contract->feeds[i] = read_whole(feed_path, &contract->feed_lengths[i]);
    }
    sla_document_free(document);
}

static void free_contract(contract_texts *contract) {
    free(contract->document);
    for (size_t i = 0; i < contract->feed_count; i++) {
        free(contract->feeds[i]);
    }
}

/* Milliseconds. */
static double time_work(void (*done)(const work *), const work *given) {
    double rounds[BUILDS];
    done(given);
    for (int i = 0; i < BUILDS; i++) {
        const beginning started = begin_now();
        done(given);
        rounds[i] = spent_since(started) / 1e6;
    }
    return median(rounds, BUILDS);
}

static void add_row(table *figures, const char *label, double milliseconds, double kilobytes, double goal) {
    double *const row = table_add_row(figures, label);
    row[0] = milliseconds;
    row[1] = kilobytes;
    row[2] = goal;
}

static double kilobytes_of_calendar(const work *given) {
    const double before = allocated();
    sla_calendar *const calendar = office_calendar(given->berlin, given->windows, given->window_count);
    const double after = allocated();
    sla_calendar_unref(calendar);
    return before < 0 ? NO_FIGURE : (after - before) / 1024;
}

void measure_building(const office *berlin, const char *contract_path, table *figures) {
    *figures = (table){.title = "Building: 130 years with 1,300 holidays",
                       .label = "what is built",
                       .column_count = 3,
                       .columns = {"ms", "KiB", "goal"}};
    work given = {.berlin = berlin, .windows = whole_day, .window_count = 1};
    given.feed = office_feed_text(berlin, &given.feed_length);
    add_row(figures, "calendar from parsed parts", time_work(build_from_parts, &given), NO_FIGURE, 1);
    add_row(figures, "calendar from a feed's text", time_work(build_from_feed, &given), NO_FIGURE, 5);
    add_row(figures, "memory of a calendar", NO_FIGURE, kilobytes_of_calendar(&given), 300);
    given.windows = with_lunch;
    given.window_count = 2;
    add_row(figures, "two windows a day: from parsed parts", time_work(build_from_parts, &given), NO_FIGURE, 1);
    add_row(figures, "two windows a day: memory", NO_FIGURE, kilobytes_of_calendar(&given), 300);
    free(given.feed);
    read_contract(contract_path, &given.contract);
    add_row(figures, "example contract with its feeds", time_work(load_contract, &given), NO_FIGURE, 10);
    free_contract(&given.contract);
}
