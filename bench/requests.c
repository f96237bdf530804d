/* SPDX-License-Identifier: MIT */
/*
 * usage: bench_requests [--json] [--contract FILE]
 *
 * A million requests under the example agreement: columns in, verdicts and a report out, on one thread.
 */
#include "require.h"
#include "stopwatch.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

enum { REQUESTS = 1000000, BATCH = 1024, ROUNDS = 7, PATH_SIZE = 4096, HOUR = 3600, DAY = 86400, WORST = 10 };

/* ---- The agreement ---------------------------------------------------------------------------------------------- */

static void hand_over_feeds(const char *path, sla_document *document) {
    const char *const slash = strrchr(path, '/');
    const int folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        char feed_path[PATH_SIZE];
        size_t length;
        snprintf(feed_path, sizeof feed_path, "%.*s%s", folder, path, sla_document_feed_file(document, i));
        char *const text = read_whole(feed_path, &length);
        require(sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, text, length, NULL),
                feed_path);
        free(text);
    }
}

static sla_contract *load_contract(const char *path) {
    size_t length;
    sla_document *document;
    sla_contract *contract;
    char *const text = read_whole(path, &length);
    require(sla_document_load(text, length, &document, NULL), path);
    hand_over_feeds(path, document);
    require(sla_document_build(document, NULL, &contract, NULL), path);
    sla_document_free(document);
    free(text);
    return contract;
}

static int32_t index_of(const sla_contract *contract, int32_t element, const char *name) {
    int32_t index;
    require(sla_contract_find(contract, element, name, SIZE_MAX, &index), name);
    return index;
}

/* ---- The requests ----------------------------------------------------------------------------------------------- */

enum { ATTRIBUTES = 2 };

/* Of the agreement's attributes, impact and workaround. */
static const int64_t value_counts[ATTRIBUTES] = {3, 2};

typedef struct columns {
    uint64_t *rows;
    sla_request *requests;
    int32_t *values;
    sla_event *events;
    int64_t *offsets;
    int64_t *no_events;
} columns;

/* A number in [0, below), the same in every run. */
static int64_t draw(int64_t below) {
    static uint64_t state;
    uint64_t bits = state += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
    return (int64_t)((bits ^ bits >> 31) % (uint64_t)below);
}

/* From 2024 to the end of 2026, three quarters of them by day; most are covered and answered. */
static void draw_request(const sla_contract *contract, columns *drawn, int64_t i, int32_t responded) {
    const int64_t date = 19723 + draw(1095);
    const int64_t second = draw(4) == 0 ? draw(DAY) : 8 * HOUR + draw(9 * HOUR);
    drawn->rows[i] = (uint64_t)i + 2;
    drawn->requests[i] = (sla_request){
        .received = date * DAY + second,
        .holds = draw(100) < 96,
        .tier = (int32_t)draw(2),
        .channel = (int32_t)draw(draw(10) == 0 ? 4 : 3),
        .service = draw(100) < 93 ? (int32_t)draw(3) : (int32_t)draw(sla_contract_count(contract, SLA_ELEMENT_SERVICE)),
        .language = draw(100) < 97 ? 0 : SLA_UNKNOWN,
        .criterion = SLA_UNSAID};
    for (int32_t a = 0; a < ATTRIBUTES; a++) {
        drawn->values[i * ATTRIBUTES + a] = (int32_t)draw(value_counts[a]);
    }
    drawn->offsets[i + 1] = drawn->offsets[i];
    if (draw(100) > 0) {
        drawn->events[drawn->offsets[i + 1]++] =
            (sla_event){.at = drawn->requests[i].received + draw(3 * DAY), .event = responded};
    }
}

static columns draw_requests(const sla_contract *contract) {
    const int32_t responded = index_of(contract, SLA_ELEMENT_EVENT, "responded");
    columns drawn = {.rows = allocate(REQUESTS, sizeof *drawn.rows),
                     .requests = allocate(REQUESTS, sizeof *drawn.requests),
                     .values = allocate((size_t)REQUESTS * ATTRIBUTES, sizeof *drawn.values),
                     .events = allocate(REQUESTS, sizeof *drawn.events),
                     .offsets = allocate(REQUESTS + 1, sizeof *drawn.offsets),
                     .no_events = allocate(REQUESTS + 1, sizeof *drawn.no_events)};
    require(sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE) == ATTRIBUTES ? SLA_OK : SLA_INVALID_REQUEST,
            "the attributes of the example contract");
    for (int64_t i = 0; i < REQUESTS; i++) {
        draw_request(contract, &drawn, i, responded);
    }
    return drawn;
}

static void free_requests(columns *drawn) {
    free(drawn->rows);
    free(drawn->requests);
    free(drawn->values);
    free(drawn->events);
    free(drawn->offsets);
    free(drawn->no_events);
}

/* ---- The work --------------------------------------------------------------------------------------------------- */

typedef struct work {
    const char *label;
    int answered;
    int counted;
    int32_t by;
} work;

static const work works[] = {
    {"decide", 1, 0, 0},
    {"decide, none answered yet", 0, 0, 0},
    {"decide and report", 1, 1, 0},
    {"decide and report by tier and month", 1, 1, SLA_BY_TIER | SLA_BY_MONTH},
    {"decide and report by all but the day", 1, 1, SLA_BY_DAY - 1},
};

typedef struct desk {
    sla_contract *contract;
    int32_t response;
    int64_t at;
    columns asked;
    sla_verdict verdicts[BATCH];
    sla_status statuses[BATCH];
} desk;

static void decide_batch(desk *here, const work *done, int64_t first, size_t count) {
    const columns *const asked = &here->asked;
    const int64_t *const offsets = done->answered ? asked->offsets : asked->no_events;
    require(sla_clock_decide_many(here->contract, here->response, count, asked->requests + first,
                                  asked->values + first * ATTRIBUTES, asked->events, offsets + first, NULL, NULL, here->at,
                                  here->verdicts, NULL, 0, NULL, 0, here->statuses),
            "a batch");
}

static void count_batch(desk *here, sla_report *report, int64_t first, size_t count) {
    size_t counted;
    require(sla_report_add_many(report, count, here->asked.rows + first, here->asked.requests + first, here->verdicts, NULL,
                                here->statuses, &counted, NULL),
            "a batch of the report");
}

/* Nanoseconds for all requests. */
static double do_work(desk *here, const work *done) {
    const beginning started = begin_now();
    sla_report *report;
    require(sla_report_new(here->contract, here->response, done->by, WORST, &report, NULL), "a report");
    for (int64_t first = 0; first < REQUESTS; first += BATCH) {
        const size_t count = REQUESTS - first < BATCH ? (size_t)(REQUESTS - first) : BATCH;
        decide_batch(here, done, first, count);
        if (done->counted) {
            count_batch(here, report, first, count);
        }
    }
    sla_report_free(report);
    return spent_since(started);
}

static void measure(desk *here, table *figures) {
    *figures = (table){.title = "A million requests under the example agreement, one thread, processor time",
                       .label = "what is done",
                       .column_count = 3,
                       .columns = {"requests/s", "ns a request", "goal requests/s"}};
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        double rounds[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = do_work(here, &works[i]);
        }
        double *const row = table_add_row(figures, works[i].label);
        row[1] = median(rounds, ROUNDS) / REQUESTS;
        row[0] = 1e9 / row[1];
        row[2] = 1e6;
    }
}

/* ---- The command line ------------------------------------------------------------------------------------------- */

typedef struct options {
    int json;
    const char *contract;
} options;

static options read_options(char **arguments) {
    options chosen = {.contract = BENCH_CONTRACT};
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, "--json") == 0) {
            chosen.json = 1;
        } else if (strcmp(*arguments, "--contract") == 0 && arguments[1] != NULL) {
            chosen.contract = *++arguments;
        } else {
            fprintf(stderr, "bench_requests: %s: usage: bench_requests [--json] [--contract FILE]\n", *arguments);
            exit(2);
        }
    }
    return chosen;
}

int main(int argument_count, char **arguments) {
    static desk here;
    static table figures;
    const options chosen = read_options(arguments + (argument_count > 0));
    here.contract = load_contract(chosen.contract);
    here.response = index_of(here.contract, SLA_ELEMENT_METRIC, "response");
    require(sla_instant_parse("2027-01-15T12:00:00Z", SIZE_MAX, &here.at, NULL), "the instant of the verdicts");
    here.asked = draw_requests(here.contract);
    measure(&here, &figures);
    free_requests(&here.asked);
    sla_contract_unref(here.contract);
    if (chosen.json) {
        table_print_json(&figures, stdout);
        putchar('\n');
    } else {
        table_print(&figures, stdout);
    }
    return EXIT_SUCCESS;
}
