/* SPDX-License-Identifier: MIT */
/*
 * replay: what if? Judges the requests of a CSV file under two contracts, or under one with other feeds, and prints which
 * verdicts differ and what that comes to.
 *
 *   replay --contract vivvo/contract.yaml --against vivvo/round-the-clock.yaml vivvo/requests.csv
 */
#include "support/contract_file.h"
#include "support/files.h"
#include "support/names.h"
#include "support/options.h"
#include "support/output.h"
#include "support/request_batch.h"

#include <inttypes.h>
#include <sla/sla.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *other_path, **other_feeds, *events_path, *now_text, *format_text, *metric_name;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"against", 'a', POPT_ARG_STRING, &other_path, 0, "the other contract document; else the same with other feeds",
     "FILE"},
    {"against-feed", 'g', POPT_ARG_ARGV, &other_feeds, 0, "where a feed of the other contract is", "NAME=FILE"},
    {"metric", 'm', POPT_ARG_STRING, &metric_name, 0, "response unless said", "NAME"},
    {"now", 'n', POPT_ARG_STRING, &now_text, 0, "judge as at this instant instead of the current time", "INSTANT"},
    {"events", 'v', POPT_ARG_STRING, &events_path, 0, "what has happened to the requests, in their order", "FILE"},
    {"format", 'o', POPT_ARG_STRING, &format_text, 0, "text (the default) or csv, without the summary", "FORMAT"},
    POPT_AUTOHELP POPT_TABLEEND};

/* What can differ between two answers. */
enum { FACT_SCOPE, FACT_REASONS, FACT_CRITERION, FACT_STATE, FACT_DUE, FACT_USED, FACT_COUNT };

static const char *const fact_names[FACT_COUNT] = {"scope", "reasons", "criterion", "state", "due", "used"};

/* The answer about a request, by the facts of a line of `report --each`; "" for what does not apply. */
struct answer {
    const char *complaint; /* NULL unless it is invalid */
    const char *facts[FACT_COUNT];
    char scope[520]; /* "invalid" with the complaint */
    char reasons[REASONS_SIZE];
    char due[INSTANT_SIZE];
    char used[24];
};

/* One of the two contracts, and what requests come to under it. */
struct side {
    const char *path;
    char **feeds;
    sla_contract *contract;
    sla_report *report;
    request_file *requests;
    event_file *events; /* NULL: none */
    int32_t metric;
    int32_t responded; /* the event */
    request_batch *batch;
    sla_verdict *verdicts; /* on the batch */
    struct answer answer;  /* about the request at hand */
};

enum { BEFORE, AFTER, SIDES };

struct run {
    struct side sides[SIDES];
    const char *path;
    int64_t now;
    int csv;
    uint64_t rows;
    uint64_t broken;
    uint64_t differing;
    uint64_t differing_by[FACT_COUNT];
};

/* ---- One answer ------------------------------------------------------------------------------------------------- */

static void clear_answer(struct answer *answer) {
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        answer->facts[fact] = "";
    }
}

static void describe_clock(struct answer *answer, const sla_cycle *cycle) {
    answer->facts[FACT_STATE] = sla_state_name(cycle->state);
    answer->facts[FACT_DUE] = instant_text(cycle->due, answer->due);
    if (cycle->used != SLA_NONE) {
        snprintf(answer->used, sizeof answer->used, "%" PRId64, cycle->used);
        answer->facts[FACT_USED] = answer->used;
    }
}

static void describe_verdict(const struct side *side, const sla_verdict *verdict, struct answer *answer) {
    answer->facts[FACT_SCOPE] = verdict->scope.in_scope ? "in-scope" : "out-of-scope";
    answer->facts[FACT_REASONS] = reasons_text(verdict->scope.reasons, answer->reasons);
    if (verdict->criterion >= 0) {
        answer->facts[FACT_CRITERION] = sla_contract_name(side->contract, SLA_ELEMENT_CRITERION, verdict->criterion);
    }
    if (verdict->scope.in_scope) {
        describe_clock(answer, &verdict->cycle);
    }
}

static void answer_about(struct side *side, size_t i) {
    struct answer *answer = &side->answer;
    clear_answer(answer);
    answer->complaint = complaint_in_batch(side->batch, i);
    if (answer->complaint == NULL) {
        describe_verdict(side, &side->verdicts[i], answer);
    } else {
        snprintf(answer->scope, sizeof answer->scope, "invalid: %s", answer->complaint);
        answer->facts[FACT_SCOPE] = answer->scope;
    }
}

/* ---- The two answers -------------------------------------------------------------------------------------------- */

/* The facts that differ, as bits. Why a row is invalid is no difference when it is so under both. */
static uint32_t compare(const struct answer *before, const struct answer *after) {
    if (before->complaint != NULL && after->complaint != NULL) {
        return 0;
    }
    uint32_t differing = 0;
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        differing |= (uint32_t)(strcmp(before->facts[fact], after->facts[fact]) != 0) << fact;
    }
    return differing;
}

static void count_differences(struct run *run, uint32_t differing) {
    run->differing += differing != 0;
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        run->differing_by[fact] += differing >> fact & 1;
    }
}

static void list_in_csv(const struct run *run, const char *id, uint32_t differing) {
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        if (differing >> fact & 1) {
            print_field(id);
            printf(",%s,", fact_names[fact]);
            print_field(run->sides[BEFORE].answer.facts[fact]);
            putchar(',');
            print_field(run->sides[AFTER].answer.facts[fact]);
            putchar('\n');
        }
    }
}

static const char *shown(const struct side *side, int fact) {
    const char *text = side->answer.facts[fact];
    return text[0] == '\0' ? "none" : text;
}

static void list_in_text(const struct run *run, const char *id, uint64_t line, uint32_t differing) {
    const char *separator = ": ";
    if (id[0] == '\0') {
        printf("line %" PRIu64, line);
    } else {
        fputs(id, stdout);
    }
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        if (differing >> fact & 1) {
            printf("%s%s %s -> %s", separator, fact_names[fact], shown(&run->sides[BEFORE], fact),
                   shown(&run->sides[AFTER], fact));
            separator = "; ";
        }
    }
    putchar('\n');
}

/* Says once on stderr why a row is invalid; and under which contract, when it is so under one alone. */
static void complain_of_row(struct run *run, uint64_t line) {
    const char *before = run->sides[BEFORE].answer.complaint, *after = run->sides[AFTER].answer.complaint;
    const char *under = after == NULL ? " (first contract)" : before == NULL ? " (second contract)" : "";
    fprintf(stderr, "%s:%" PRIu64 ": %s%s\n", run->path, line, before == NULL ? after : before, under);
    run->broken++;
}

static void compare_request(struct run *run, size_t i) {
    struct side *before = &run->sides[BEFORE], *after = &run->sides[AFTER];
    const char *id = id_in_batch(before->batch, i);
    const uint64_t line = before->batch->lines[i];
    answer_about(before, i);
    answer_about(after, i);
    if (before->answer.complaint != NULL || after->answer.complaint != NULL) {
        complain_of_row(run, line);
    }
    const uint32_t differing = compare(&before->answer, &after->answer);
    count_differences(run, differing);
    if (differing != 0 && run->csv) {
        list_in_csv(run, id, differing);
    } else if (differing != 0) {
        list_in_text(run, id, line, differing);
    }
}

/* ---- Rows by the batch ------------------------------------------------------------------------------------------- */

static int judge_batch(struct side *side, int64_t now) {
    request_batch *batch = side->batch;
    if (!decide_batch(batch, side->metric, now, side->verdicts)) {
        return 0;
    }
    for (size_t i = 0; i < batch->count; i++) {
        batch->statuses[i] = complaint_in_batch(batch, i) == NULL ? SLA_OK : SLA_INVALID_REQUEST;
    }
    size_t counted;
    sla_error error;
    if (sla_report_add_many(side->report, batch->count, batch->lines, batch->requests, side->verdicts, batch->cycles,
                            batch->statuses, &counted, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

static int compare_batches(struct run *run) {
    struct side *before = &run->sides[BEFORE], *after = &run->sides[AFTER];
    if (!judge_batch(before, run->now) || !judge_batch(after, run->now)) {
        return 0;
    }
    for (size_t i = 0; i < before->batch->count; i++) {
        compare_request(run, i);
    }
    run->rows += before->batch->count;
    empty_batch(before->batch);
    empty_batch(after->batch);
    return 1;
}

/* Reads the next row by the names of a contract. */
static int read_row(struct side *side) {
    request_row row;
    const int outcome = read_request(side->requests, &row);
    if (outcome != ROW_READ && outcome != ROW_BROKEN) {
        return outcome;
    }
    const int kept = keep_request(side->batch, &row, side->responded) && keep_events(side->batch, side->events, row.id);
    return kept ? ROW_READ : ROWS_UNREADABLE;
}

/* The files are read twice in lock-step, once by the names of each contract, so that no more than a batch is kept. */
static int read_rows(struct run *run) {
    for (;;) {
        const int before = read_row(&run->sides[BEFORE]), after = read_row(&run->sides[AFTER]);
        if (before == ROWS_UNREADABLE || after == ROWS_UNREADABLE) {
            return 0;
        }
        if (before == NO_MORE_ROWS || after == NO_MORE_ROWS) {
            return compare_batches(run);
        }
        if (run->sides[BEFORE].batch->count == BATCH_ROWS && !compare_batches(run)) {
            return 0;
        }
    }
}

/* The events that are left have no request. They are named by the first reader alone. */
static int finish(struct run *run) {
    event_file *events = run->sides[BEFORE].events;
    if (events == NULL) {
        return 1;
    }
    const int readable = finish_events(events);
    run->broken += count_strays(events);
    return readable;
}

/* ---- The summary ------------------------------------------------------------------------------------------------ */

static void print_attainment(const sla_group *group) {
    const int64_t judged = group->met + group->breached_late + group->breached_open;
    char text[64] = "no rate";
    if (judged > 0) {
        snprintf(text, sizeof text, "%" PRId64 " of %" PRId64, group->met, judged);
    }
    printf("  %16s", text);
}

static void print_counts(const char *name, int64_t before, int64_t after) {
    printf("%-12s  %16" PRId64 "  %16" PRId64 "\n", name, before, after);
}

static void print_summary(const struct run *run) {
    sla_group before, after;
    sla_report_get_group(run->sides[BEFORE].report, -1, &before);
    sla_report_get_group(run->sides[AFTER].report, -1, &after);
    printf("%s%" PRIu64 " requests, %" PRIu64 " differ\n", run->differing > 0 ? "\n" : "", run->rows, run->differing);
    for (int fact = 0; fact < FACT_COUNT; fact++) {
        printf("  %-10s  %16" PRIu64 "\n", fact_names[fact], run->differing_by[fact]);
    }
    printf("\n%-12s  %16s  %16s\n", "", "before", "after");
    print_counts("out of scope", before.out_of_scope, after.out_of_scope);
    print_counts("invalid", before.invalid, after.invalid);
    print_counts("met", before.met, after.met);
    print_counts("breached", before.breached_late + before.breached_open, after.breached_late + after.breached_open);
    printf("%-12s", "attainment");
    print_attainment(&before);
    print_attainment(&after);
    putchar('\n');
}

/* ---- The run ---------------------------------------------------------------------------------------------------- */

static int find_metric(struct side *side) {
    const char *name = metric_name == NULL ? "response" : metric_name;
    const struct said said[] = {{SLA_ELEMENT_METRIC, "metric", name, &side->metric}, {0, NULL, NULL, NULL}};
    sla_contract_find(side->contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &side->responded);
    return find_said(side->contract, said);
}

static int load_side(struct side *side) {
    sla_error error;
    side->contract = load_contract(side->path, side->feeds);
    if (side->contract == NULL || !find_metric(side)) {
        return 0;
    }
    if (sla_report_new(side->contract, side->metric, 0, 0, &side->report, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

static void free_side(struct side *side) {
    free(side->verdicts);
    free_batch(side->batch);
    close_events(side->events);
    close_requests(side->requests);
    sla_report_free(side->report);
    sla_contract_unref(side->contract);
}

static int open_side(struct run *run, struct side *side, const struct side *other) {
    side->requests = open_requests(run->path, side->contract, other->contract, &side->report, 1);
    if (side->requests == NULL) {
        return 0;
    }
    if (events_path != NULL && (side->events = open_events(events_path, side->contract)) == NULL) {
        return 0;
    }
    side->batch = make_batch(side->contract);
    side->verdicts = calloc(BATCH_ROWS, sizeof *side->verdicts);
    if (side->batch != NULL && side->verdicts == NULL) {
        fprintf(stderr, "out of memory\n");
    }
    return side->batch != NULL && side->verdicts != NULL;
}

static int replay(struct run *run) {
    struct side *before = &run->sides[BEFORE], *after = &run->sides[AFTER];
    if (!load_side(before) || !load_side(after) || !open_side(run, before, after) || !open_side(run, after, before)) {
        return 0;
    }
    if (after->events != NULL) {
        hush_events(after->events);
    }
    if (run->csv) {
        puts("id,fact,before,after");
    }
    if (!read_rows(run) || !finish(run)) {
        return 0;
    }
    if (!run->csv) {
        print_summary(run);
    }
    return 1;
}

/* ---- The command line ------------------------------------------------------------------------------------------- */

static int read_format(int *csv) {
    *csv = format_text != NULL && strcmp(format_text, "csv") == 0;
    if (format_text == NULL || *csv || strcmp(format_text, "text") == 0) {
        return 1;
    }
    fprintf(stderr, "--format %s: say text or csv\n", format_text);
    return 0;
}

static int is_read_twice(const char *path) {
    if (can_be_read_twice(path)) {
        return 1;
    }
    fprintf(stderr, "%s: it is read twice: name a file, not a stream\n", path);
    return 0;
}

static int read_paths(struct run *run, poptContext options) {
    run->path = poptGetArg(options);
    if (run->path == NULL || poptPeekArg(options) != NULL) {
        fprintf(stderr, "name one file of requests\n");
        return 0;
    }
    return is_read_twice(run->path) && (events_path == NULL || is_read_twice(events_path));
}

static int read_command_line(struct run *run, poptContext options) {
    if (other_path == NULL && other_feeds == NULL) {
        fprintf(stderr, "nothing to compare with; say --against FILE, or --against-feed NAME=FILE\n");
        return 0;
    }
    run->sides[BEFORE] = (struct side){.path = contract_path, .feeds = feed_files};
    run->sides[AFTER] = (struct side){.path = other_path == NULL ? contract_path : other_path, .feeds = other_feeds};
    return read_paths(run, options) && read_format(&run->csv) && read_moment("--now", now_text, &run->now);
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "REQUESTS.csv");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    struct run run = {.now = (int64_t)time(NULL)};
    int done = read_command_line(&run, options) && replay(&run);
    done = close_output() && done;
    free_side(&run.sides[BEFORE]);
    free_side(&run.sides[AFTER]);
    free_options(options);
    return !done ? EXIT_COULD_NOT_RUN : run.broken > 0 ? EXIT_BROKEN_ROWS : EXIT_DONE;
}
