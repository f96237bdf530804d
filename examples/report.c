/* SPDX-License-Identifier: MIT */
/*
 * report: was the agreement kept? Reads a contract document, its feeds and a CSV file of requests, and prints how many
 * requests were covered, answered in time and breached; or, with --each, the verdict on each request.
 *
 *   report --contract vivvo/contract.yaml --by tier,month vivvo/requests.csv
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

static char *now_text, *keys_text, *format_text;
static int each;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"now", 'n', POPT_ARG_STRING, &now_text, 0, "judge as at this instant instead of the current time", "INSTANT"},
    {"by", 'b', POPT_ARG_STRING, &keys_text, 0,
     "group by contract, metric, tier, criterion, channel, service, month, week, day", "KEY,..."},
    {"format", 'o', POPT_ARG_STRING, &format_text, 0, "text (the default), json or csv", "FORMAT"},
    {"each", 'e', POPT_ARG_NONE, &each, 0, "one CSV line a request instead of the report", NULL},
    POPT_AUTOHELP POPT_TABLEEND};

/* What one run works with. */
struct run {
    sla_contract *contract;
    sla_report *report;
    int32_t metric;
    int32_t responded; /* the event */
    int64_t now;
    const char *path;
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

/* ---- One row ---------------------------------------------------------------------------------------------------- */

static void print_criterion(const struct run *run, int32_t criterion) {
    if (criterion >= 0) {
        print_field(sla_contract_name(run->contract, SLA_ELEMENT_CRITERION, criterion));
    }
}

static void print_verdict(const struct run *run, const char *id, const sla_verdict *verdict) {
    char text[REASONS_SIZE];
    print_field(id);
    fputs(verdict->scope.in_scope ? ",in-scope," : ",out-of-scope,", stdout);
    fputs(reasons_text(verdict->scope.reasons, text), stdout);
    putchar(',');
    print_criterion(run, verdict->criterion);
    putchar(',');
    if (verdict->scope.in_scope) {
        fputs(sla_state_name(verdict->cycle.state), stdout);
        putchar(',');
        fputs(instant_text(verdict->cycle.due, text), stdout);
        putchar(',');
        if (verdict->cycle.used != SLA_NONE) {
            printf("%lld", (long long)verdict->cycle.used);
        }
        putchar('\n');
    } else {
        fputs(",,\n", stdout);
    }
}

static int count_broken(struct run *run, uint64_t line, const char *id, const sla_request *request, sla_status reason,
                        const char *complaint) {
    fprintf(stderr, "%s:%llu: %s\n", run->path, (unsigned long long)line, complaint);
    run->broken++;
    if (each) {
        print_field(id);
        fputs(",invalid,,,,,\n", stdout);
        return 1;
    }
    sla_error error;
    if (sla_report_add_invalid(run->report, line, request, reason, complaint, SIZE_MAX, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

/* ---- Rows by the batch: columns in, verdicts out ------------------------------------------------------------------ */

/* Asks again about a request that got no verdict: a single call says why. */
static int count_undecided(struct run *run, const request_batch *batch, size_t i) {
    const sla_event *event = &batch->events[batch->event_offsets[i]];
    const size_t events = (size_t)(batch->event_offsets[i + 1] - batch->event_offsets[i]);
    sla_request request = batch->requests[i];
    sla_verdict verdict;
    sla_error error;
    const sla_status status = sla_clock_decide(run->contract, run->metric, &request, batch->values + i * batch->attributes,
                                               event, events, NULL, 0, run->now, &verdict, &error);
    if (status == SLA_OK || status == SLA_OUT_OF_MEMORY) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    request.criterion = verdict.criterion;
    return count_broken(run, batch->lines[i], id_in_batch(batch, i), &request, status, error.message);
}

/* Counts the requests from `first` up to `end`, all of which have verdicts. */
static int count_decided(struct run *run, const request_batch *batch, size_t first, size_t end) {
    for (size_t i = first; each && i < end; i++) {
        print_verdict(run, id_in_batch(batch, i), &batch->verdicts[i]);
    }
    size_t counted;
    sla_error error;
    if (!each && sla_report_add_many(run->report, end - first, batch->lines + first, batch->requests + first,
                                     batch->verdicts + first, NULL, NULL, &counted, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

static int count_verdicts(struct run *run, const request_batch *batch) {
    size_t first = 0;
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->statuses[i] != SLA_OK) {
            if (!count_decided(run, batch, first, i) || !count_undecided(run, batch, i)) {
                return 0;
            }
            first = i + 1;
        }
    }
    return count_decided(run, batch, first, batch->count);
}

/* Decides and counts what is in the batch, and empties it. */
static int count_batch(struct run *run, request_batch *batch) {
    const sla_status status = sla_clock_decide_many(run->contract, run->metric, batch->count, batch->requests,
                                                    batch->values, batch->events, batch->event_offsets, NULL, NULL,
                                                    run->now, batch->verdicts, NULL, 0, NULL, 0, batch->statuses);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", sla_status_message(status));
        return 0;
    }
    const int counted = count_verdicts(run, batch);
    empty_batch(batch);
    return counted;
}

/* A broken row waits for those before it, so that complaints and verdicts come in the order of the rows. */
static int count_row(struct run *run, request_batch *batch, const request_row *row) {
    if (row->complaint != NULL) {
        return count_batch(run, batch) &&
               count_broken(run, row->line, row->id, &row->request, SLA_INVALID_REQUEST, row->complaint);
    }
    return keep_request(batch, row, run->responded) && (batch->count < BATCH_ROWS || count_batch(run, batch));
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
    return counted && outcome == NO_MORE_ROWS;
}

static int print_report(const struct run *run, int32_t format) {
    size_t length;
    sla_error error;
    sla_report_write(run->report, format, NULL, 0, &length, &error);
    char *text = malloc(length + 1);
    if (text == NULL || sla_report_write(run->report, format, text, length + 1, &length, &error) != SLA_OK) {
        fprintf(stderr, "the report cannot be made: %s\n", text == NULL ? "out of memory" : error.message);
        free(text);
        return 0;
    }
    fwrite(text, 1, length, stdout);
    free(text);
    return 1;
}

static int report_requests(struct run *run, int32_t format) {
    request_file *requests = open_requests(run->path, run->contract, NULL, run->report);
    if (requests == NULL) {
        return 0;
    }
    if (each) {
        puts("id,scope,reasons,criterion,state,due,used");
    }
    request_batch *batch = make_batch(run->contract);
    const int done = batch != NULL && read_rows(run, requests, batch) && (each || print_report(run, format));
    free_batch(batch);
    close_requests(requests);
    return done;
}

static int find_response(struct run *run) {
    if (sla_contract_find(run->contract, SLA_ELEMENT_METRIC, "response", SIZE_MAX, &run->metric) != SLA_OK) {
        fprintf(stderr, "%s: the contract has no metric 'response'\n", contract_path);
        return 0;
    }
    sla_contract_find(run->contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &run->responded);
    return 1;
}

static int run_report(struct run *run) {
    int32_t by, format;
    sla_error error;
    if (!read_keys(&by) || !read_format(&format) || !read_moment("--now", now_text, &run->now)) {
        return 0;
    }
    run->contract = load_contract(contract_path, feed_files);
    if (run->contract == NULL || !find_response(run)) {
        return 0;
    }
    if (sla_report_new(run->contract, run->metric, by, WORST_LISTED, &run->report, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
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
    sla_report_free(run.report);
    sla_contract_unref(run.contract);
    free_options(options);
    return !done ? EXIT_COULD_NOT_RUN : run.broken > 0 ? EXIT_BROKEN_ROWS : EXIT_DONE;
}
