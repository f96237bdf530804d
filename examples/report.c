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
#include "support/request_file.h"

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

static int read_now(int64_t *now) {
    *now = (int64_t)time(NULL);
    if (now_text != NULL && !read_instant(now_text, now)) {
        return 0;
    }
    if (*now < SLA_HORIZON_BEGIN || *now >= SLA_HORIZON_END) {
        fprintf(stderr, "--now: it must lie between 1970 and 2100\n");
        return 0;
    }
    return 1;
}

/* ---- One row ---------------------------------------------------------------------------------------------------- */

static void print_instant(int64_t instant) {
    char text[32];
    if (instant != SLA_NONE && sla_instant_format(instant, NULL, text, sizeof text) == SLA_OK) {
        fputs(text, stdout);
    }
}

static void print_field(const char *text) {
    if (text[strcspn(text, ",\"")] == '\0') {
        fputs(text, stdout);
    } else {
        csv_fwrite(stdout, text, strlen(text));
    }
}

static void print_reasons(int32_t reasons) {
    const char *space = "";
    for (int32_t reason = 1; reason <= reasons; reason <<= 1) {
        if (reasons & reason) {
            printf("%s%s", space, sla_reason_name(reason));
            space = " ";
        }
    }
}

static void print_criterion(const struct run *run, const request_row *row) {
    if (row->request.criterion >= 0) {
        print_field(sla_contract_name(run->contract, SLA_ELEMENT_CRITERION, row->request.criterion));
    }
}

static void print_verdict(const struct run *run, const request_row *row, const sla_scope *scope, const sla_cycle *cycle) {
    print_field(row->id);
    fputs(scope->in_scope ? ",in-scope," : ",out-of-scope,", stdout);
    print_reasons(scope->reasons);
    putchar(',');
    print_criterion(run, row);
    putchar(',');
    if (scope->in_scope) {
        fputs(sla_state_name(cycle->state), stdout);
        putchar(',');
        print_instant(cycle->due);
        putchar(',');
        if (cycle->used != SLA_NONE) {
            printf("%lld", (long long)cycle->used);
        }
        putchar('\n');
    } else {
        fputs(",,\n", stdout);
    }
}

static int count_broken(struct run *run, const request_row *row, sla_status reason, const char *complaint) {
    fprintf(stderr, "%s:%llu: %s\n", run->path, (unsigned long long)row->line, complaint);
    run->broken++;
    if (each) {
        print_field(row->id);
        fputs(",invalid,,,,,\n", stdout);
        return 1;
    }
    sla_error error;
    if (sla_report_add_invalid(run->report, row->line, &row->request, reason, complaint, SIZE_MAX, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

/* A request is invalid, else out of scope, else judged by its clock (§8.1). */
static int count_request(struct run *run, const request_row *row) {
    const sla_event responded = {.at = row->responded, .event = run->responded};
    const size_t events = row->responded == SLA_NONE ? 0 : 1;
    sla_scope scope;
    sla_cycle cycle;
    size_t cycles;
    sla_error error;
    sla_status status = sla_clock_evaluate(run->contract, run->metric, &row->request, &responded, events, NULL, 0, run->now,
                                           &cycle, 1, &cycles, &error);
    if (status == SLA_OUT_OF_MEMORY) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    if (status != SLA_OK) {
        return count_broken(run, row, status, error.message);
    }
    status = sla_contract_decide_scope(run->contract, &row->request, &scope);
    if (status != SLA_OK) {
        return count_broken(run, row, status, sla_status_message(status));
    }
    if (each) {
        print_verdict(run, row, &scope, &cycle);
        return 1;
    }
    status = sla_report_add(run->report, row->line, &row->request, &scope, scope.in_scope ? &cycle : NULL,
                            scope.in_scope ? cycles : 0, &error);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
    }
    return status == SLA_OK;
}

/* ---- The run ---------------------------------------------------------------------------------------------------- */

static void show_progress(const struct run *run, int finished) {
    const int due = finished ? run->rows >= ROWS_BETWEEN_PROGRESS : run->rows % ROWS_BETWEEN_PROGRESS == 0;
    if (due && isatty(STDERR_FILENO)) {
        fprintf(stderr, "%llu rows%c", (unsigned long long)run->rows, finished ? '\n' : '\r');
    }
}

static int read_rows(struct run *run, request_file *requests) {
    request_row row;
    for (;;) {
        const int outcome = read_request(requests, &row);
        if (outcome == NO_MORE_ROWS || outcome == ROWS_UNREADABLE) {
            show_progress(run, 1);
            return outcome == NO_MORE_ROWS;
        }
        const int counted =
            outcome == ROW_READ ? count_request(run, &row) : count_broken(run, &row, SLA_INVALID_REQUEST, row.complaint);
        if (!counted) {
            return 0;
        }
        run->rows++;
        show_progress(run, 0);
    }
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
    request_file *requests = open_requests(run->path, run->contract, run->report);
    if (requests == NULL) {
        return 0;
    }
    if (each) {
        puts("id,scope,reasons,criterion,state,due,used");
    }
    const int done = read_rows(run, requests) && (each || print_report(run, format));
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
    if (!read_keys(&by) || !read_format(&format) || !read_now(&run->now)) {
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
    struct run run = {.path = poptGetArg(options)};
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
