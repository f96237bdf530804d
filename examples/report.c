/* SPDX-License-Identifier: MIT */
/*
 * report: was the agreement kept? Reads a contract document, its feeds, a CSV file of requests and one of what has happened
 * to them, and prints for each metric how many requests were covered, kept in time and breached; or, with --each, the
 * verdict on each request.
 *
 *   report --contract vivvo/contract.yaml --by tier,month --events vivvo/events.csv vivvo/requests.csv
 */
#define _POSIX_C_SOURCE 200809L

#include "support/contract_file.h"
#include "support/files.h"
#include "support/names.h"
#include "support/options.h"
#include "support/output.h"
#include "support/request_batch.h"

#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { WORST_LISTED = 10, ROWS_BETWEEN_PROGRESS = 1 << 16 };

static char *now_text, *keys_text, *format_text, *events_path, **metric_names;
static int each;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"now", 'n', POPT_ARG_STRING, &now_text, 0, "judge as at this instant instead of the current time", "INSTANT"},
    {"by", 'b', POPT_ARG_STRING, &keys_text, 0,
     "group by contract, metric, tier, criterion, channel, service, month, week, day", "KEY,..."},
    {"format", 'o', POPT_ARG_STRING, &format_text, 0, "text (the default), json or csv", "FORMAT"},
    {"events", 'v', POPT_ARG_STRING, &events_path, 0, "what has happened to the requests, in their order", "FILE"},
    {"metric", 'm', POPT_ARG_ARGV, &metric_names, 0, "report this metric; else all that have targets", "NAME"},
    {"each", 'e', POPT_ARG_NONE, &each, 0, "one CSV line a request and metric instead of the report", NULL},
    POPT_AUTOHELP POPT_TABLEEND};

/* A metric to be reported, and the verdicts on a batch for it. */
struct judged {
    int32_t metric;
    sla_verdict *verdicts;
};

/* What one run works with. */
struct run {
    sla_contract *contract;
    struct judged *judged;
    sla_report **reports; /* of the same metrics */
    size_t metric_count;
    int32_t responded; /* the event */
    int64_t now;
    const char *path;
    event_file *events; /* NULL: none */
    uint64_t rows;
    uint64_t broken;
};

/* ---- The command line ------------------------------------------------------------------------------------------- */

static int read_keys(int32_t *by) {
    const char *name = keys_text;
    *by = 0;
    while (name != NULL && *name != '\0') {
        const size_t length = strcspn(name, ",");
        int32_t key;
        if (sla_report_find_key(name, length, &key) != SLA_OK) {
            fprintf(stderr, "--by %.*s: say contract, metric, tier, criterion, channel, service, month, week or day\n",
                    (int)length, name);
            return 0;
        }
        *by |= key;
        name += length + (name[length] == ',');
    }
    return 1;
}

static int read_format(int32_t *format) {
    static const char *const names[] = {"text", "json", "csv"};
    static const int32_t formats[] = {SLA_FORMAT_TEXT, SLA_FORMAT_JSON, SLA_FORMAT_CSV};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (format_text == NULL || strcmp(format_text, names[i]) == 0) {
            *format = formats[i];
            return 1;
        }
    }
    fprintf(stderr, "--format %s: say text, json or csv\n", format_text);
    return 0;
}

/* ---- One request ------------------------------------------------------------------------------------------------ */

static void print_criterion(const struct run *run, int32_t criterion) {
    if (criterion >= 0) {
        print_field(sla_contract_name(run->contract, SLA_ELEMENT_CRITERION, criterion));
    }
}

static void print_clock(const sla_cycle *cycle) {
    char text[INSTANT_SIZE];
    printf("%s,%s,", sla_state_name(cycle->state), instant_text(cycle->due, text));
    if (cycle->used != SLA_NONE) {
        printf("%lld", (long long)cycle->used);
    }
    putchar('\n');
}

static void print_verdict(const struct run *run, const sla_verdict *verdict) {
    char reasons[REASONS_SIZE];
    fputs(verdict->scope.in_scope ? "in-scope," : "out-of-scope,", stdout);
    printf("%s,", reasons_text(verdict->scope.reasons, reasons));
    print_criterion(run, verdict->criterion);
    putchar(',');
    if (verdict->scope.in_scope) {
        print_clock(&verdict->cycle);
    } else {
        fputs(",,\n", stdout);
    }
}

static void print_request(const struct run *run, const request_batch *batch, size_t i) {
    for (size_t m = 0; m < run->metric_count; m++) {
        print_field(id_in_batch(batch, i));
        putchar(',');
        print_field(sla_contract_name(run->contract, SLA_ELEMENT_METRIC, run->judged[m].metric));
        putchar(',');
        if (complaint_in_batch(batch, i) != NULL) {
            fputs("invalid,,,,,\n", stdout);
        } else {
            print_verdict(run, &run->judged[m].verdicts[i]);
        }
    }
}

/* ---- Requests by the batch: columns in, verdicts out --------------------------------------------------------------- */

static int count_invalid(sla_report *report, const request_batch *batch, size_t i) {
    sla_error error;
    if (sla_report_add_invalid(report, batch->lines[i], &batch->requests[i], batch->reasons[i],
                               complaint_in_batch(batch, i), SIZE_MAX, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

/* Counts the requests from `first` up to `end`, all of which have verdicts. */
static int count_decided(sla_report *report, const request_batch *batch, const sla_verdict *verdicts, size_t first,
                         size_t end) {
    size_t counted;
    sla_error error;
    if (sla_report_add_many(report, end - first, batch->lines + first, batch->requests + first, verdicts + first,
                            batch->cycles, NULL, &counted, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

static int count_verdicts(sla_report *report, const request_batch *batch, const sla_verdict *verdicts) {
    size_t first = 0;
    for (size_t i = 0; i < batch->count; i++) {
        if (complaint_in_batch(batch, i) != NULL) {
            if (!count_decided(report, batch, verdicts, first, i) || !count_invalid(report, batch, i)) {
                return 0;
            }
            first = i + 1;
        }
    }
    return count_decided(report, batch, verdicts, first, batch->count);
}

/* Complaints and verdicts come in the order of the rows. */
static void list_requests(struct run *run, const request_batch *batch) {
    for (size_t i = 0; i < batch->count; i++) {
        const char *complaint = complaint_in_batch(batch, i);
        if (complaint != NULL) {
            fprintf(stderr, "%s:%llu: %s\n", run->path, (unsigned long long)batch->lines[i], complaint);
            run->broken++;
        }
        if (each) {
            print_request(run, batch, i);
        }
    }
}

/* Decides and counts what is in the batch, and empties it. */
static int count_batch(struct run *run, request_batch *batch) {
    for (size_t m = 0; m < run->metric_count; m++) {
        const struct judged *judged = &run->judged[m];
        if (!decide_batch(batch, judged->metric, run->now, judged->verdicts) ||
            (!each && !count_verdicts(run->reports[m], batch, judged->verdicts))) {
            return 0;
        }
    }
    list_requests(run, batch);
    empty_batch(batch);
    return 1;
}

static int count_row(struct run *run, request_batch *batch, const request_row *row) {
    return keep_request(batch, row, run->responded) && keep_events(batch, run->events, row->id) &&
           (batch->count < BATCH_ROWS || count_batch(run, batch));
}

/* The events that are left have no request. */
static int count_strays_left(struct run *run) {
    if (run->events == NULL) {
        return 1;
    }
    const int readable = finish_events(run->events);
    run->broken += count_strays(run->events);
    return readable;
}

/* ---- The run ---------------------------------------------------------------------------------------------------- */

static void show_progress(const struct run *run, int finished) {
    const int due = finished ? run->rows >= ROWS_BETWEEN_PROGRESS : run->rows % ROWS_BETWEEN_PROGRESS == 0;
    if (due && isatty(STDERR_FILENO)) {
        fprintf(stderr, "%llu rows%c", (unsigned long long)run->rows, finished ? '\n' : '\r');
    }
}

static int read_rows(struct run *run, request_file *requests, request_batch *batch) {
    request_row row;
    int outcome;
    while ((outcome = read_request(requests, &row)) == ROW_READ || outcome == ROW_BROKEN) {
        if (!count_row(run, batch, &row)) {
            return 0;
        }
        run->rows++;
        show_progress(run, 0);
    }
    const int counted = count_batch(run, batch);
    show_progress(run, 1);
    return counted && outcome == NO_MORE_ROWS && count_strays_left(run);
}

/* ---- The reports ------------------------------------------------------------------------------------------------ */

static char *write_report(const sla_report *report, int32_t format, size_t *length) {
    sla_error error;
    sla_report_write(report, format, NULL, 0, length, &error);
    char *text = malloc(*length + 1);
    if (text == NULL || sla_report_write(report, format, text, *length + 1, length, &error) != SLA_OK) {
        fprintf(stderr, "the report cannot be made: %s\n", text == NULL ? "out of memory" : error.message);
        free(text);
        return NULL;
    }
    return text;
}

/* Of several, the CSV header is the first's. */
static void print_part(const char *text, size_t length, int32_t format, size_t m) {
    static const char *const between[] = {[SLA_FORMAT_TEXT] = "\n", [SLA_FORMAT_JSON] = ",", [SLA_FORMAT_CSV] = ""};
    const size_t header = m > 0 && format == SLA_FORMAT_CSV ? (size_t)(strchr(text, '\n') - text) + 1 : 0;
    fputs(m > 0 ? between[format] : "", stdout);
    fwrite(text + header, 1, length - header, stdout);
}

static int print_reports(const struct run *run, int32_t format) {
    const int is_array = format == SLA_FORMAT_JSON && run->metric_count > 1;
    fputs(is_array ? "[" : "", stdout);
    for (size_t m = 0; m < run->metric_count; m++) {
        size_t length;
        char *text = write_report(run->reports[m], format, &length);
        if (text == NULL) {
            return 0;
        }
        print_part(text, length, format, m);
        free(text);
    }
    fputs(is_array ? "]\n" : "", stdout);
    return 1;
}

static int report_requests(struct run *run, int32_t format) {
    request_file *requests = open_requests(run->path, run->contract, NULL, run->reports, run->metric_count);
    if (requests == NULL) {
        return 0;
    }
    if (each) {
        puts("id,metric,scope,reasons,criterion,state,due,used");
    }
    request_batch *batch = make_batch(run->contract);
    const int done = batch != NULL && read_rows(run, requests, batch) && (each || print_reports(run, format));
    free_batch(batch);
    close_requests(requests);
    return done;
}

/* ---- Which metrics ---------------------------------------------------------------------------------------------- */

/* Whether a target row is one of a metric: it names it, or names none. */
static int row_is_of_metric(const sla_contract *contract, int32_t row, int32_t metric) {
    sla_condition condition;
    int names_others = 0;
    for (int32_t i = 0; sla_contract_get_condition(contract, SLA_ELEMENT_TARGET, row, i, &condition) == SLA_OK; i++) {
        if (condition.element == SLA_ELEMENT_METRIC && condition.value == metric) {
            return 1;
        }
        names_others |= condition.element == SLA_ELEMENT_METRIC;
    }
    return !names_others;
}

static int has_targets(const sla_contract *contract, int32_t metric) {
    for (int32_t row = 0; row < sla_contract_count(contract, SLA_ELEMENT_TARGET); row++) {
        if (row_is_of_metric(contract, row, metric)) {
            return 1;
        }
    }
    return 0;
}

static int is_chosen(const struct run *run, int32_t metric) {
    for (size_t m = 0; m < run->metric_count; m++) {
        if (run->judged[m].metric == metric) {
            return 1;
        }
    }
    return 0;
}

static int choose_named_metrics(struct run *run) {
    for (char **name = metric_names; *name != NULL; name++) {
        int32_t metric;
        const struct said said[] = {{SLA_ELEMENT_METRIC, "metric", *name, &metric}, {0, NULL, NULL, NULL}};
        if (!find_said(run->contract, said)) {
            return 0;
        }
        if (!is_chosen(run, metric)) {
            run->judged[run->metric_count++].metric = metric;
        }
    }
    return 1;
}

static int choose_metrics_with_targets(struct run *run) {
    for (int32_t metric = 0; metric < sla_contract_count(run->contract, SLA_ELEMENT_METRIC); metric++) {
        if (has_targets(run->contract, metric)) {
            run->judged[run->metric_count++].metric = metric;
        }
    }
    if (run->metric_count == 0) {
        fprintf(stderr, "%s: no metric of the contract has targets; say --metric NAME\n", contract_path);
    }
    return run->metric_count > 0;
}

static int choose_metrics(struct run *run) {
    const size_t metrics = (size_t)sla_contract_count(run->contract, SLA_ELEMENT_METRIC);
    run->judged = calloc(metrics + 1, sizeof *run->judged);
    run->reports = calloc(metrics + 1, sizeof(sla_report *));
    if (run->judged == NULL || run->reports == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    return metric_names != NULL ? choose_named_metrics(run) : choose_metrics_with_targets(run);
}

/* With several metrics the lines of a CSV report say of which they are. */
static int start_reports(struct run *run, int32_t by, int32_t format) {
    const int32_t keys = format == SLA_FORMAT_CSV && run->metric_count > 1 ? by | SLA_BY_METRIC : by;
    for (size_t m = 0; m < run->metric_count; m++) {
        struct judged *judged = &run->judged[m];
        sla_error error = {.message = "out of memory"};
        judged->verdicts = calloc(BATCH_ROWS, sizeof *judged->verdicts);
        if (judged->verdicts == NULL ||
            sla_report_new(run->contract, judged->metric, keys, WORST_LISTED, &run->reports[m], &error) != SLA_OK) {
            fprintf(stderr, "%s\n", error.message);
            return 0;
        }
    }
    return 1;
}

static void free_run(struct run *run) {
    for (size_t m = 0; m < run->metric_count; m++) {
        free(run->judged[m].verdicts);
        sla_report_free(run->reports[m]);
    }
    free(run->judged);
    free(run->reports);
    close_events(run->events);
    sla_contract_unref(run->contract);
}

static int find_event_file(struct run *run) {
    if (events_path == NULL) {
        return 1;
    }
    if (strcmp(events_path, "-") == 0 && strcmp(run->path, "-") == 0) {
        fprintf(stderr, "--events -: the requests come from the standard input already\n");
        return 0;
    }
    run->events = open_events(events_path, run->contract);
    return run->events != NULL;
}

static int run_report(struct run *run) {
    int32_t by, format;
    if (!read_keys(&by) || !read_format(&format) || !read_moment("--now", now_text, &run->now)) {
        return 0;
    }
    run->contract = load_contract(contract_path, feed_files);
    if (run->contract == NULL || !choose_metrics(run) || !start_reports(run, by, format) || !find_event_file(run)) {
        return 0;
    }
    if (sla_contract_find(run->contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &run->responded) != SLA_OK) {
        run->responded = SLA_UNKNOWN;
    }
    return report_requests(run, format);
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "REQUESTS.csv");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    struct run run = {.path = poptGetArg(options), .now = (int64_t)time(NULL)};
    int done = 0;
    if (run.path == NULL || poptPeekArg(options) != NULL) {
        fprintf(stderr, "name one file of requests, or - for the standard input\n");
    } else {
        done = run_report(&run);
    }
    done = close_output() && done;
    free_run(&run);
    free_options(options);
    return !done ? EXIT_COULD_NOT_RUN : run.broken > 0 ? EXIT_BROKEN_ROWS : EXIT_DONE;
}
