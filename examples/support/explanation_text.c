/* SPDX-License-Identifier: MIT */
#include "explanation_text.h"

#include "local_time.h"

#include <stdio.h>

enum { TEXT = 32 };

/* "Mon 2026-11-23 16:00:00+01:00" */
static void print_instant(const struct explanation *explanation, int64_t instant) {
    const sla_zone *zone = sla_contract_zone(explanation->contract);
    char text[TEXT] = "";
    sla_instant_format(instant, zone, text, sizeof text);
    printf("%s %.10s %s", weekday_name(local_time_of(instant, zone).date), text, text + 11);
}

/* ---- Scope, criterion, target ------------------------------------------------------------------------------------ */

static void print_check(const struct explanation *explanation, const sla_scope_check *check) {
    const sla_contract *contract = explanation->contract;
    printf("  %-22s  %s", sla_reason_name(check->reason), check_outcome(check));
    if (check->outcome == SLA_CHECK_FAILED) {
        const char *name =
            check->element == SLA_ELEMENT_CONTRACT ? NULL : sla_contract_name(contract, check->element, check->index);
        const char *clause = sla_contract_clause(contract, &explanation->request, check->reason);
        if (name != NULL) {
            printf(": %s", name);
        }
        if (clause[0] != '\0') {
            printf(" (%s)", clause);
        }
    }
    putchar('\n');
}

static void print_scope(const struct explanation *explanation) {
    const sla_scope *scope = &explanation->verdict.scope;
    puts(scope->in_scope ? "in scope" : "out of scope");
    for (size_t i = 0; i < explanation->check_count; i++) {
        print_check(explanation, &explanation->checks[i]);
    }
    if (scope->next_open != SLA_NONE) {
        fputs("  the channel opens at ", stdout);
        print_instant(explanation, scope->next_open);
        putchar('\n');
    }
}

/* "asks for workaround none; the request says available" */
static void print_misfit(const sla_contract *contract, int32_t element, const sla_trial *trial) {
    const char *accepted, *found = trial_found(contract, trial);
    printf("asks for %s", trial_key(contract, trial));
    for (size_t i = 0; (accepted = trial_accepted(contract, element, trial, i)) != NULL; i++) {
        printf(i == 0 ? " %s" : " or %s", accepted);
    }
    if (trial->element == SLA_ELEMENT_METRIC) {
        printf("; the question is about %s\n", found == NULL ? "none" : found);
    } else if (found == NULL) {
        puts(trial->found == SLA_UNSAID ? "; the request does not say it" : "; the request says what is on no list");
    } else {
        printf("; the request says %s\n", found);
    }
}

static void print_trials(const sla_contract *contract, int32_t element, const sla_trial *trials, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *name = sla_contract_name(contract, element, trials[i].row);
        printf("  row %d%s%s: ", (int)trials[i].row + 1, name == NULL || name[0] == '\0' ? "" : " ",
               name == NULL ? "" : name);
        if (trials[i].fits) {
            puts("fits");
        } else {
            print_misfit(contract, element, &trials[i]);
        }
    }
}

static void print_criterion(const struct explanation *explanation) {
    const char *name = sla_contract_name(explanation->contract, SLA_ELEMENT_CRITERION, explanation->request.criterion);
    printf("criterion: %s\n", name == NULL ? "none" : name);
    if (explanation->life->request.criterion != SLA_UNSAID) {
        puts("  the request says so");
    }
    print_trials(explanation->contract, SLA_ELEMENT_RULE, explanation->rules, explanation->rule_count);
}

static void print_target_choice(const struct explanation *explanation) {
    const size_t count = explanation->target_count;
    const int found = count > 0 && explanation->targets[count - 1].fits;
    if (found) {
        printf("target at receipt: row %d\n", (int)explanation->targets[count - 1].row + 1);
    } else {
        puts("target at receipt: none");
    }
    print_trials(explanation->contract, SLA_ELEMENT_TARGET, explanation->targets, count);
}

static void print_amount(const sla_target *target) {
    char text[TEXT];
    switch (target->kind) {
        case SLA_TARGET_IMMEDIATE:
            fputs("immediate", stdout);
            break;
        case SLA_TARGET_DURATION:
            fputs(write_length(target->amount, text), stdout);
            break;
        case SLA_TARGET_BUSINESS_DAYS:
            printf("%lld business days", (long long)target->amount);
            break;
        default:
            fputs("best effort", stdout);
            break;
    }
}

static void print_target(const struct explanation *explanation, const sla_cycle *cycle) {
    const sla_contract *contract = sla_contract_successor(explanation->contract, cycle->contract);
    const int32_t row = cycle->target;
    sla_target target;
    char text[TEXT];
    if (sla_contract_get_target(contract, row, &target) != SLA_OK) {
        puts("  target: none, no row fits");
        return;
    }
    printf("  target: row %d, ", (int)row + 1);
    print_amount(&target);
    printf(" on calendar %s", sla_contract_name(contract, SLA_ELEMENT_CALENDAR, target.calendar));
    if (target.grace > 0) {
        printf(", grace %s", write_length(target.grace, text));
    }
    if (target.roll >= 0) {
        printf(", due when %s is open", sla_contract_name(contract, SLA_ELEMENT_CALENDAR, target.roll));
    }
    const char *clause = sla_contract_text(contract, SLA_ELEMENT_TARGET, row, SLA_TEXT_CLAUSE);
    printf(clause != NULL && clause[0] != '\0' ? " (%s)\n" : "\n", clause);
}

/* ---- The way of the clock ---------------------------------------------------------------------------------------- */

/* A feed may have written anything; a line stays a line. */
static void print_plain(const char *text) {
    for (; *text != '\0'; text++) {
        putchar((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
    }
}

static void print_reason(const struct explanation *explanation, const sla_clock_span *span) {
    const char *closed_by = span_closed_by(span);
    const char *title = span_closing_title(explanation->contract, span);
    const char *feed = span_closing_feed(explanation->contract, span);
    if (closed_by == NULL) {
        return;
    }
    if (title[0] == '\0') {
        printf("  %s", span->closed_by == SLA_SPAN_COMBINATION ? "closed by another calendar" : closed_by);
        return;
    }
    printf("  %s: ", closed_by);
    print_plain(title);
    if (feed[0] != '\0') {
        printf(" (%s)", feed);
    }
}

static void print_remarks(const sla_clock_span *span) {
    if (span->phase != SLA_PHASE_TARGET) {
        printf("  [%s]", span_phase_name(span));
    }
    if (span->days != SLA_NONE) {
        printf("  [business day %lld]", (long long)span->days);
    }
    if (span->flags & SLA_CLOCK_SPAN_AHEAD) {
        fputs("  [ahead]", stdout);
    }
    putchar('\n');
}

static void print_span(const struct explanation *explanation, const sla_clock_span *span) {
    char text[TEXT];
    const int counts = span->kind == SLA_CLOCK_SPAN_COUNTED;
    fputs("  ", stdout);
    print_instant(explanation, span->begin);
    fputs(" - ", stdout);
    print_instant(explanation, span->end);
    printf("  %-9s %10s", span_kind_name(span), counts ? write_length(span->end - span->begin, text) : "");
    printf(" %10s", write_length(span->used, text));
    print_reason(explanation, span);
    print_remarks(span);
}

static void print_mark(const struct explanation *explanation, int64_t at, int64_t marked, const char *name) {
    if (at == marked) {
        fputs("  ", stdout);
        print_instant(explanation, at);
        printf(" -- %s\n", name);
    }
}

/* What is at an instant stands between the lines that end and begin there. */
static void print_marks(const struct explanation *explanation, const sla_cycle *cycle, int64_t at) {
    print_mark(explanation, at, cycle->started, "the clock starts");
    print_mark(explanation, at, cycle->due, "due");
    if (cycle->limit != cycle->due) {
        print_mark(explanation, at, cycle->limit, "the last instant at which the promise is kept");
    }
    print_mark(explanation, at, cycle->stopped, cycle->state == SLA_STATE_CANCELLED ? "cancelled" : "stopped");
    print_mark(explanation, at, explanation->life->now, "now");
}

static void print_way(const struct explanation *explanation, const struct explained_cycle *cycle) {
    if (cycle->span_count == 0) {
        return;
    }
    printf("  %-61s  %-9s %10s %10s\n", "from - until", "", "counted", "in all");
    for (size_t i = 0; i < cycle->span_count; i++) {
        print_marks(explanation, &cycle->verdict, cycle->spans[i].begin);
        print_span(explanation, &cycle->spans[i]);
    }
    print_marks(explanation, &cycle->verdict, cycle->spans[cycle->span_count - 1].end);
}

/* ---- A cycle ----------------------------------------------------------------------------------------------------- */

static void print_length_line(const char *name, int64_t seconds) {
    char text[TEXT];
    if (seconds != SLA_NONE) {
        printf("  %s: %s\n", name, write_length(seconds, text));
    }
}

static void print_instant_line(const struct explanation *explanation, const char *name, int64_t instant) {
    if (instant != SLA_NONE && instant != INT64_MAX) {
        printf("  %s: ", name);
        print_instant(explanation, instant);
        putchar('\n');
    }
}

static void print_flags(const sla_cycle *cycle) {
    if (cycle->state == SLA_STATE_BREACHED) {
        puts(cycle->flags & SLA_CYCLE_OPEN ? "  still open" : "  stopped late");
    }
    if (cycle->flags & SLA_CYCLE_OUTSIDE_HOURS) {
        puts("  outside hours now");
    }
    if (cycle->flags & SLA_CYCLE_BEYOND_HORIZON) {
        puts("  the due time lies beyond the horizon");
    }
    if (cycle->flags & SLA_CYCLE_NOT_COVERED) {
        puts("  the feeds do not reach that far: holidays may be missing");
    }
}

static void print_cycle(const struct explanation *explanation, size_t number) {
    const struct explained_cycle *explained = &explanation->cycles[number];
    const sla_cycle *cycle = &explained->verdict;
    printf("%s", sla_contract_name(explanation->contract, SLA_ELEMENT_METRIC, explanation->life->metric));
    if (explanation->cycle_count > 1) {
        printf(", cycle %zu", number + 1);
    }
    printf(": %s\n", sla_state_name(cycle->state));
    print_flags(cycle);
    print_target(explanation, cycle);
    print_instant_line(explanation, "due", cycle->due);
    print_instant_line(explanation, "due if the clock went on now", cycle->due_if_resumed);
    print_length_line("used", cycle->used);
    print_length_line("remaining", cycle->remaining);
    print_length_line("late", cycle->late);
    print_way(explanation, explained);
}

void print_explanation_text(const struct explanation *explanation) {
    print_scope(explanation);
    print_criterion(explanation);
    print_target_choice(explanation);
    for (size_t i = 0; i < explanation->cycle_count; i++) {
        print_cycle(explanation, i);
    }
}
