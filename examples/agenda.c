/* SPDX-License-Identifier: MIT */
/*
 * agenda: what comes next? Reads a CSV file of requests and prints the instants at which their clocks change by the passing
 * of time alone, or reach a threshold at which somebody is to be told; the next ones first.
 *
 *   agenda --contract vivvo/contract.yaml --share 80 --before 30m vivvo/requests.csv
 */
#define _POSIX_C_SOURCE 200809L

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

enum { LIMIT_MAX = 1000000, SHARE_MAX = 10000 };

static char *metric_name, *now_text, *until_text, *events_path, *action_name, **shares, **befores, **afters;
static int limit = 100;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"metric", 'm', POPT_ARG_STRING, &metric_name, 0, "all metrics unless said", "NAME"},
    {"now", 'n', POPT_ARG_STRING, &now_text, 0, "what comes after this instant instead of the current time", "INSTANT"},
    {"until", 'u', POPT_ARG_STRING, &until_text, 0, "and before this one", "INSTANT"},
    {"limit", 'l', POPT_ARG_INT, &limit, 0, "so many entries at most; 100 unless said", "NUMBER"},
    {"events", 'v', POPT_ARG_STRING, &events_path, 0, "what has happened to the requests, in their order", "FILE"},
    {"share", 's', POPT_ARG_ARGV, &shares, 0, "tell when so much of the target is used; may be repeated", "PERCENT"},
    {"before", 'b', POPT_ARG_ARGV, &befores, 0, "tell so much open time before the due time; may be repeated", "DURATION"},
    {"after", 'a', POPT_ARG_ARGV, &afters, 0, "tell so much open time after the due time; may be repeated", "DURATION"},
    {"action", 'k', POPT_ARG_STRING, &action_name, 0, "tell when this calendar is open, if need be later", "CALENDAR"},
    POPT_AUTOHELP POPT_TABLEEND};

/* A line of the agenda. */
struct entry {
    sla_transition transition;
    uint64_t line;
    char *id;
};

/* How a threshold was asked for: "share" and "80". */
struct asked {
    const char *option;
    const char *text;
};

/* What one run works with. Entries are kept to one more than the limit, which tells that there are more. */
struct run {
    sla_contract *contract;
    sla_report *report;
    const char *path;
    int32_t metric;    /* SLA_UNSAID: all */
    int32_t responded; /* the event */
    int64_t now;
    int64_t until;
    sla_threshold thresholds[SLA_THRESHOLDS_MAX];
    struct asked asked[SLA_THRESHOLDS_MAX];
    size_t threshold_count;
    struct entry *entries;
    size_t entry_count;
    size_t capacity;
    sla_transition *transitions; /* of a batch */
    sla_verdict *verdicts;       /* on a batch */
    event_file *events;          /* NULL: none */
    uint64_t broken;
};

/* ---- The command line ------------------------------------------------------------------------------------------- */

static int read_share(const char *text, int64_t *thousandths) {
    char *end;
    const long percent = strtol(text, &end, 10);
    *thousandths = percent * INT64_C(10);
    return *text >= '0' && *text <= '9' && percent <= SHARE_MAX && strcmp(end, "") == 0;
}

static int read_before(const char *text, int64_t *seconds) {
    const int read = read_duration(text, seconds);
    *seconds = -*seconds;
    return read;
}

/* An option that gives thresholds. */
struct threshold_option {
    const char *name;
    char **given;
    int32_t kind;
    int (*read)(const char *text, int64_t *amount);
    const char *advice;
};

static int add_thresholds(struct run *run, const struct threshold_option *option, int32_t action) {
    for (char **text = option->given; text != NULL && *text != NULL; text++) {
        sla_threshold threshold = {.kind = option->kind, .action = action};
        if (!option->read(*text, &threshold.amount)) {
            fprintf(stderr, "--%s %s: %s\n", option->name, *text, option->advice);
            return 0;
        }
        if (run->threshold_count == SLA_THRESHOLDS_MAX) {
            fprintf(stderr, "--%s %s: there can be %d thresholds\n", option->name, *text, SLA_THRESHOLDS_MAX);
            return 0;
        }
        run->asked[run->threshold_count] = (struct asked){option->name, *text};
        run->thresholds[run->threshold_count++] = threshold;
    }
    return 1;
}

static int read_thresholds(struct run *run, int32_t action) {
    static const char percentage[] = "say a whole percentage from 0 to 10000, such as 80";
    static const char duration[] = "say a duration such as 90s, 30m or 1h30m";
    const struct threshold_option options[] = {
        {"share", shares, SLA_THRESHOLD_SHARE, read_share, percentage},
        {"before", befores, SLA_THRESHOLD_DUE, read_before, duration},
        {"after", afters, SLA_THRESHOLD_DUE, read_duration, duration},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!add_thresholds(run, &options[i], action)) {
            return 0;
        }
    }
    return 1;
}

static int read_span(struct run *run) {
    run->now = (int64_t)time(NULL);
    run->until = SLA_HORIZON_END;
    if (!read_moment("--now", now_text, &run->now) ||
        (until_text != NULL && !read_moment("--until", until_text, &run->until))) {
        return 0;
    }
    if (run->until <= run->now) {
        fprintf(stderr, "--until: it must lie after %s\n", now_text == NULL ? "the current time" : now_text);
        return 0;
    }
    return 1;
}

static int read_limit(struct run *run) {
    if (limit < 1 || limit > LIMIT_MAX) {
        fprintf(stderr, "--limit %d: say a number from 1 to %d\n", limit, LIMIT_MAX);
        return 0;
    }
    run->capacity = (size_t)limit + 1;
    return 1;
}

/* ---- Output ----------------------------------------------------------------------------------------------------- */

static void print_happenings(const struct run *run, const sla_transition *transition) {
    const char *space = "";
    if (transition->changes & SLA_TRANSITION_STATE) {
        fputs("state", stdout);
        space = " ";
    }
    if (transition->changes & SLA_TRANSITION_FLAGS) {
        printf("%sflags", space);
        space = " ";
    }
    for (size_t i = 0; i < run->threshold_count; i++) {
        if (transition->thresholds >> i & 1) {
            printf("%s%s=%s", space, run->asked[i].option, run->asked[i].text);
            space = " ";
        }
    }
}

static void print_flags(int32_t flags) {
    static const char *const names[] = {"open", "outside-hours", "beyond-horizon", "not-covered"};
    const char *space = "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (flags >> i & 1) {
            printf("%s%s", space, names[i]);
            space = " ";
        }
    }
}

static void print_entry(const struct run *run, const struct entry *entry) {
    const sla_transition *transition = &entry->transition;
    char at[INSTANT_SIZE];
    printf("%s,", instant_text(transition->at, at));
    print_field(entry->id);
    putchar(',');
    print_field(sla_contract_name(run->contract, SLA_ELEMENT_METRIC, transition->metric));
    putchar(',');
    print_happenings(run, transition);
    printf(",%s,", sla_state_name(transition->state));
    print_flags(transition->flags);
    putchar('\n');
}

static void print_agenda(const struct run *run) {
    const size_t shown = run->capacity - 1;
    puts("at,id,metric,happens,state,flags");
    for (size_t i = 0; i < run->entry_count && i < shown; i++) {
        print_entry(run, &run->entries[i]);
    }
    if (run->entry_count > shown) {
        fprintf(stderr, "there is more after the first %zu; --limit shows more\n", shown);
    }
}

/* ---- Rows by the batch: columns in, entries out ------------------------------------------------------------------- */

static int compare_entries(const void *left, const void *right) {
    const struct entry *a = left, *b = right;
    if (a->transition.at != b->transition.at) {
        return a->transition.at < b->transition.at ? -1 : 1;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return (a->transition.metric > b->transition.metric) - (a->transition.metric < b->transition.metric);
}

static void forget_entries(struct run *run, size_t kept) {
    while (run->entry_count > kept) {
        free(run->entries[--run->entry_count].id);
    }
}

/* Puts what a batch adds among what is kept already, and keeps the first. */
static int keep_entries(struct run *run, const request_batch *batch, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t row = (size_t)run->transitions[i].request;
        char *id = strdup(id_in_batch(batch, row));
        if (id == NULL) {
            fprintf(stderr, "out of memory\n");
            return 0;
        }
        run->entries[run->entry_count++] = (struct entry){run->transitions[i], batch->lines[row], id};
    }
    qsort(run->entries, run->entry_count, sizeof *run->entries, compare_entries);
    forget_entries(run, run->entry_count < run->capacity ? run->entry_count : run->capacity);
    return 1;
}

/* Names the rows that are broken, and has them received at no time: so they get no entries. */
static int set_broken_aside(struct run *run, request_batch *batch) {
    if (!decide_batch(batch, run->metric == SLA_UNSAID ? 0 : run->metric, run->now, run->verdicts)) {
        return 0;
    }
    for (size_t i = 0; i < batch->count; i++) {
        const char *complaint = complaint_in_batch(batch, i);
        if (complaint != NULL) {
            fprintf(stderr, "%s:%" PRIu64 ": %s\n", run->path, batch->lines[i], complaint);
            batch->requests[i].received = SLA_NONE;
            run->broken++;
        }
    }
    return 1;
}

/* Once the agenda is full, nothing from its last instant on is of interest: earlier rows come first. */
static int64_t end_of_interest(const struct run *run) {
    return run->entry_count < run->capacity ? run->until : run->entries[run->entry_count - 1].transition.at;
}

static int add_batch(struct run *run, request_batch *batch) {
    if (!set_broken_aside(run, batch)) {
        return 0;
    }
    size_t count;
    const sla_status status = sla_clock_agenda(
        run->contract, run->metric, batch->count, batch->requests, batch->values, batch->events, batch->event_offsets,
        batch->changes, batch->change_offsets, run->now, end_of_interest(run), run->thresholds, run->threshold_count,
        run->transitions, run->capacity, &count, batch->workspace, batch->workspace_length, batch->statuses);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", sla_status_message(status));
        return 0;
    }
    const int kept = keep_entries(run, batch, count);
    empty_batch(batch);
    return kept;
}

static int add_row(struct run *run, request_batch *batch, const request_row *row) {
    return keep_request(batch, row, run->responded) && keep_events(batch, run->events, row->id) &&
           (batch->count < BATCH_ROWS || add_batch(run, batch));
}

/* ---- The run ---------------------------------------------------------------------------------------------------- */

/* The events that are left have no request. */
static int finish(struct run *run) {
    if (run->events == NULL) {
        return 1;
    }
    const int readable = finish_events(run->events);
    run->broken += count_strays(run->events);
    return readable;
}

static int read_rows(struct run *run, request_file *requests, request_batch *batch) {
    request_row row;
    int outcome;
    while ((outcome = read_request(requests, &row)) == ROW_READ || outcome == ROW_BROKEN) {
        if (!add_row(run, batch, &row)) {
            return 0;
        }
    }
    return outcome == NO_MORE_ROWS && add_batch(run, batch) && finish(run);
}

static int list_requests(struct run *run) {
    request_file *requests = open_requests(run->path, run->contract, NULL, &run->report, 1);
    request_batch *batch = requests == NULL ? NULL : make_batch(run->contract);
    const int done = batch != NULL && read_rows(run, requests, batch);
    if (done) {
        print_agenda(run);
    }
    free_batch(batch);
    close_requests(requests);
    return done;
}

/* Room for what is kept and for what a batch adds. */
static int make_room(struct run *run) {
    run->entries = calloc(2 * run->capacity, sizeof *run->entries);
    run->transitions = calloc(run->capacity, sizeof *run->transitions);
    run->verdicts = calloc(BATCH_ROWS, sizeof *run->verdicts);
    if (run->entries == NULL || run->transitions == NULL || run->verdicts == NULL) {
        fprintf(stderr, "out of memory\n");
        return 0;
    }
    return 1;
}

static int find_names(struct run *run, int32_t *action) {
    const struct said said[] = {
        {SLA_ELEMENT_METRIC, "metric", metric_name, &run->metric},
        {SLA_ELEMENT_CALENDAR, "calendar", action_name, action},
        {0, NULL, NULL, NULL},
    };
    sla_contract_find(run->contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &run->responded);
    return find_said(run->contract, said);
}

static int run_agenda(struct run *run) {
    int32_t action;
    sla_error error;
    if (!read_span(run) || !read_limit(run)) {
        return 0;
    }
    run->contract = load_contract(contract_path, feed_files);
    if (run->contract == NULL || !find_names(run, &action) || !read_thresholds(run, action) || !make_room(run)) {
        return 0;
    }
    /* Nothing is counted: the report numbers the services that are on no list. */
    if (sla_report_new(run->contract, 0, 0, 0, &run->report, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    if (events_path != NULL && (run->events = open_events(events_path, run->contract)) == NULL) {
        return 0;
    }
    return list_requests(run);
}

static void free_run(struct run *run) {
    forget_entries(run, 0);
    free(run->entries);
    free(run->transitions);
    free(run->verdicts);
    close_events(run->events);
    sla_report_free(run->report);
    sla_contract_unref(run->contract);
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
        done = run_agenda(&run);
    }
    done = close_output() && done;
    free_run(&run);
    free_options(options);
    return !done ? EXIT_COULD_NOT_RUN : run.broken > 0 ? EXIT_BROKEN_ROWS : EXIT_DONE;
}
