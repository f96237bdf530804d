/* SPDX-License-Identifier: MIT */
/*
 * Requests with any events and changes, under a small contract of any kind. Answers are held against one another: the order
 * of events changes nothing, what comes next is what is found when it has come, an agenda is one such step after the other,
 * many are as one, an explanation adds up to the clock.
 */
#include "agreement.h"

enum { REQUESTS = 4, CYCLES = EVENTS_MAX + 2, THRESHOLDS = 4, SPANS = 512, HOUR = 3600 };

enum {
    CLOCK_STATUSES = OK_INVALID_OR_HORIZON | 1 << SLA_INVALID_REQUEST,
    CLOCK_STATUSES_OF_BUFFERS = CLOCK_STATUSES | 1 << SLA_BUFFER_TOO_SMALL
};

/* One request and what has happened to it. */
typedef struct life {
    sla_request request;
    happenings happened;
    int32_t values[VALUES_MAX];
} life;

/* What is asked about it. */
typedef struct question {
    const sla_contract *contract;
    int32_t metric;
    int64_t now;
} question;

/* What was answered. */
typedef struct answer {
    sla_status status;
    size_t count;
    sla_cycle cycles[CYCLES];
} answer;

static bool is_zero(const void *bytes, size_t size) {
    const unsigned char *const each = bytes;
    for (size_t i = 0; i < size; i++) {
        if (each[i] != 0) {
            return false;
        }
    }
    return true;
}

/* ---- Evaluating ---- */

static void evaluate(const question *asked, const life *lived, int64_t now, answer *given) {
    sla_error error;
    mark_error(&error);
    given->count = 7;
    given->status = sla_clock_evaluate(asked->contract, asked->metric, &lived->request, lived->happened.events,
                                       lived->happened.event_count, lived->happened.changes, lived->happened.change_count,
                                       now, given->cycles, CYCLES, &given->count, &error);
    const bool done = judged(given->status, CLOCK_STATUSES, &error);
    MUST(done ? given->count > 0 && given->count <= CYCLES : given->count == 0);
}

static void check_numbers(const sla_cycle *cycle, int64_t now) {
    MUST(cycle->started != SLA_NONE && cycle->started <= now && cycle->used_elapsed >= 0);
    MUST(cycle->stopped == SLA_NONE || (cycle->stopped >= cycle->started && cycle->stopped <= now));
    MUST(cycle->used == SLA_NONE || (cycle->used >= 0 && cycle->used <= now - cycle->started));
    MUST(cycle->due == SLA_NONE || (cycle->due >= cycle->started && cycle->due < AGREEMENT_END));
    MUST(cycle->limit == SLA_NONE || (cycle->due != SLA_NONE && cycle->limit >= cycle->due));
    MUST(cycle->remaining == SLA_NONE || cycle->remaining >= 0);
    MUST(cycle->late == SLA_NONE || cycle->late >= 0);
}

/* §4.4, §7.6: what goes with each state. */
static void check_state(const sla_cycle *cycle, int64_t now) {
    const bool stopped = cycle->stopped != SLA_NONE;
    const int64_t until = stopped ? cycle->stopped : now;
    switch (cycle->state) {
        case SLA_STATE_RUNNING:
            MUST(!stopped && (cycle->limit == SLA_NONE || now <= cycle->limit) && cycle->late == SLA_NONE);
            break;
        case SLA_STATE_PAUSED:
            MUST(!stopped && cycle->due == SLA_NONE && cycle->late == SLA_NONE);
            break;
        case SLA_STATE_MET:
            MUST(stopped && (cycle->limit == SLA_NONE || until <= cycle->limit));
            break;
        case SLA_STATE_BREACHED:
            MUST(cycle->limit != SLA_NONE && until > cycle->limit && cycle->late != SLA_NONE);
            MUST(((cycle->flags & SLA_CYCLE_OPEN) != 0) == !stopped);
            break;
        case SLA_STATE_CANCELLED:
            MUST(stopped && cycle->due == SLA_NONE);
            break;
        case SLA_STATE_NO_TARGET:
            MUST(cycle->target == SLA_UNSAID && cycle->used == SLA_NONE && cycle->due == SLA_NONE);
            break;
        default:
            MUST(cycle->state == SLA_STATE_BEST_EFFORT && cycle->used == SLA_NONE && cycle->due == SLA_NONE);
            break;
    }
    MUST(cycle->due_if_resumed == SLA_NONE || cycle->state == SLA_STATE_PAUSED);
}

static void check_cycle(const question *asked, const sla_cycle *cycle, int64_t now) {
    const int32_t flags = SLA_CYCLE_OPEN | SLA_CYCLE_OUTSIDE_HOURS | SLA_CYCLE_BEYOND_HORIZON | SLA_CYCLE_NOT_COVERED;
    const sla_contract *const contract = sla_contract_successor(asked->contract, cycle->contract);
    MUST(sla_state_name(cycle->state) != NULL && (cycle->flags & ~flags) == 0);
    MUST(contract != NULL && cycle->target >= SLA_UNSAID &&
         cycle->target < sla_contract_count(contract, SLA_ELEMENT_TARGET));
    MUST(is_zero(cycle->reserved, sizeof cycle->reserved));
    if (cycle->state == SLA_STATE_NOT_STARTED) {
        MUST(cycle->started == SLA_NONE && cycle->used_elapsed == SLA_NONE && cycle->target == SLA_UNSAID);
        return;
    }
    check_numbers(cycle, now);
    check_state(cycle, now);
}

static void check_cycles(const question *asked, const answer *given) {
    for (size_t i = 0; i < given->count; i++) {
        check_cycle(asked, &given->cycles[i], asked->now);
        MUST(i == 0 || given->cycles[i].started >= given->cycles[i - 1].stopped);
    }
}

/* §7.1: the order in which events and changes are handed over never matters. */
static void check_order(const question *asked, const life *lived, const answer *given) {
    static life turned;
    static answer again;
    turned = *lived;
    for (size_t i = 0; i < lived->happened.event_count; i++) {
        turned.happened.events[i] = lived->happened.events[lived->happened.event_count - 1 - i];
    }
    for (size_t i = 0; i < lived->happened.change_count; i++) {
        turned.happened.changes[i] = lived->happened.changes[lived->happened.change_count - 1 - i];
    }
    evaluate(asked, &turned, asked->now, &again);
    MUST((again.status == SLA_OK) == (given->status == SLA_OK) && again.count == given->count);
    MUST(memcmp(again.cycles, given->cycles, given->count * sizeof *given->cycles) == 0);
}

static void check_capacity(const question *asked, const life *lived, const answer *given) {
    size_t count = 7;
    sla_error error;
    mark_error(&error);
    const sla_status status = sla_clock_evaluate(asked->contract, asked->metric, &lived->request, lived->happened.events,
                                                 lived->happened.event_count, lived->happened.changes,
                                                 lived->happened.change_count, asked->now, NULL, 0, &count, &error);
    judged(status, CLOCK_STATUSES_OF_BUFFERS, &error);
    MUST(status == (given->status == SLA_OK ? SLA_BUFFER_TOO_SMALL : given->status) && count == given->count);
}

/* ---- Deciding ---- */

/* Criterion, scope and clock at once are what they are one by one. */
static void check_decision(const question *asked, const life *lived, const answer *given) {
    sla_verdict verdict;
    sla_scope scope;
    sla_error error;
    mark_error(&error);
    const sla_status status = sla_clock_decide(asked->contract, asked->metric, &lived->request, NULL,
                                               lived->happened.events, lived->happened.event_count, lived->happened.changes,
                                               lived->happened.change_count, asked->now, &verdict, &error);
    judged(status, CLOCK_STATUSES, &error);
    MUST(status == given->status);
    if (status != SLA_OK) {
        verdict.criterion = 0;
        MUST(is_zero(&verdict, sizeof verdict));
        return;
    }
    MUST(sla_contract_decide_scope(asked->contract, &lived->request, &scope) == SLA_OK);
    MUST(memcmp(&scope, &verdict.scope, sizeof scope) == 0 && verdict.criterion == lived->request.criterion);
    MUST(verdict.first_cycle == SLA_NONE);
    if (scope.in_scope) {
        MUST(verdict.cycle_count == (int64_t)given->count);
        MUST(memcmp(&verdict.cycle, &given->cycles[given->count - 1], sizeof verdict.cycle) == 0);
    } else {
        MUST(verdict.cycle_count == 0 && verdict.cycle.state == SLA_STATE_NOT_STARTED);
    }
}

/* ---- What comes next ---- */

static void take_thresholds(fuzz_input *in, sla_threshold *thresholds, size_t *count) {
    *count = (size_t)take_below(in, THRESHOLDS + 1);
    for (size_t i = 0; i < *count; i++) {
        const int32_t kind = take_below(in, 2);
        const int64_t amount = kind == SLA_THRESHOLD_SHARE ? take_below(in, 30) * 100 : (take_below(in, 33) - 16) * HOUR;
        const int64_t every = take_below(in, 3) > 0 ? 0 : kind == SLA_THRESHOLD_SHARE ? 250 : 5 * HOUR;
        thresholds[i] = (sla_threshold){.kind = kind,
                                        .basis = take_below(in, 2),
                                        .amount = amount,
                                        .every = every,
                                        .times = every == 0 ? 0 : take_below(in, 4),
                                        .action = take_below(in, 5) - 1};
    }
    if (*count > 0 && take_rarely(in, 32)) {
        thresholds[0] = (sla_threshold){take_int32(in), take_int32(in),    take_int64(in), take_int64(in),
                                        take_int64(in), take_index(in, 4), {take_byte(in)}};
    }
}

/* Only what has happened by `now`. */
static void forget_what_follows(life *lived, int64_t now) {
    happenings *const happened = &lived->happened;
    size_t events = 0;
    size_t changes = 0;
    for (size_t i = 0; i < happened->event_count; i++) {
        if (happened->events[i].at <= now) {
            happened->events[events++] = happened->events[i];
        }
    }
    for (size_t i = 0; i < happened->change_count; i++) {
        if (happened->changes[i].at <= now) {
            happened->changes[changes++] = happened->changes[i];
        }
    }
    happened->event_count = events;
    happened->change_count = changes;
}

static const sla_cycle *last_at(const question *asked, const life *lived, int64_t now) {
    static answer given;
    evaluate(asked, lived, now, &given);
    MUST(given.status == SLA_OK);
    return &given.cycles[given.count - 1];
}

static bool looks_as(const sla_cycle *cycle, int32_t state, int32_t flags) {
    return cycle->state == state && cycle->flags == flags;
}

/* Nothing changes before the instant that was told, and there what was told. */
static void check_transition(fuzz_input *in, const question *asked, const life *lived, const sla_transition *told) {
    const sla_cycle *const before = last_at(asked, lived, asked->now);
    const int32_t state = before->state;
    const int32_t flags = before->flags;
    const int64_t end = told == NULL ? AGREEMENT_END : told->at;
    MUST(looks_as(last_at(asked, lived, end - 1), state, flags));
    MUST(looks_as(last_at(asked, lived, asked->now + take_below(in, 65536) % (end - asked->now)), state, flags));
    if (told == NULL) {
        return;
    }
    const sla_cycle *const after = last_at(asked, lived, told->at);
    MUST(looks_as(after, told->state, told->flags) && told->metric == asked->metric && told->changes != 0);
    MUST(((told->changes & SLA_TRANSITION_STATE) != 0) == (after->state != state));
    MUST(((told->changes & SLA_TRANSITION_FLAGS) != 0) == (after->flags != flags));
    MUST(((told->changes & SLA_TRANSITION_THRESHOLD) != 0) == (told->thresholds != 0));
}

static void check_next(fuzz_input *in, const question *asked, const life *lived, const answer *given) {
    static life happened;
    sla_threshold thresholds[THRESHOLDS];
    sla_transition told;
    sla_error error;
    size_t threshold_count = 0;
    size_t count = 7;
    take_thresholds(in, thresholds, &threshold_count);
    mark_error(&error);
    const sla_status status =
        sla_clock_next(asked->contract, asked->metric, &lived->request, lived->happened.events, lived->happened.event_count,
                       lived->happened.changes, lived->happened.change_count, asked->now, thresholds, threshold_count,
                       &told, 1, &count, &error);
    if (!judged(status, CLOCK_STATUSES, &error)) {
        MUST(count == 0 && (given->status != SLA_OK || status == SLA_INVALID_ARGUMENT));
        return;
    }
    MUST(given->status == SLA_OK && count <= 1);
    MUST(count == 0 || (told.at > asked->now && told.at < AGREEMENT_END && told.request == 0));
    if (lived->request.received > asked->now) {
        MUST(count == 0); /* the receipt has not happened yet */
        return;
    }
    happened = *lived;
    forget_what_follows(&happened, asked->now);
    check_transition(in, asked, &happened, count == 0 ? NULL : &told);
}

/* All metrics at once: the earliest of what each tells. */
static void check_all_metrics(const question *asked, const life *lived) {
    sla_transition all[2];
    sla_transition one;
    size_t count = 7;
    size_t found = 0;
    const happenings *const happened = &lived->happened;
    if (sla_clock_next(asked->contract, SLA_UNSAID, &lived->request, happened->events, happened->event_count,
                       happened->changes, happened->change_count, asked->now, NULL, 0, all, 2, &count, NULL) != SLA_OK) {
        MUST(count == 0);
        return;
    }
    for (int32_t metric = 0; metric < 2; metric++) {
        size_t some = 7;
        MUST(sla_clock_next(asked->contract, metric, &lived->request, happened->events, happened->event_count,
                            happened->changes, happened->change_count, asked->now, NULL, 0, &one, 1, &some,
                            NULL) == SLA_OK);
        MUST(some == 0 || (count > 0 && all[0].at <= one.at));
        if (some == 1 && one.at == all[0].at) {
            MUST(memcmp(&one, &all[found], sizeof one) == 0);
            found++;
        }
    }
    MUST(found == count);
}

/* ---- The agenda ---- */

/* One step after the other. */
static void check_agenda(fuzz_input *in, const question *asked, const life *lived, const answer *given) {
    enum { ENTRIES = 12 };
    sla_threshold thresholds[THRESHOLDS];
    sla_transition entries[ENTRIES];
    sla_scope scope;
    size_t threshold_count = 0;
    size_t count = 7;
    sla_status single = -1;
    const happenings *const happened = &lived->happened;
    const int64_t events[] = {0, (int64_t)happened->event_count};
    const int64_t changes[] = {0, (int64_t)happened->change_count};
    int64_t workspace[4096];
    const size_t needed = sla_clock_workspace_length(happened->event_count, happened->change_count);
    MUST(needed <= sizeof workspace / sizeof *workspace);
    take_thresholds(in, thresholds, &threshold_count);
    const size_t capacity = (size_t)take_below(in, ENTRIES + 1);
    const sla_status status = sla_clock_agenda(asked->contract, asked->metric, 1, &lived->request, NULL, happened->events,
                                               events, happened->changes, changes, asked->now, AGREEMENT_END, thresholds,
                                               threshold_count, entries, capacity, &count, workspace, needed, &single);
    MUST(is_among(status, OK_INVALID_OR_HORIZON));
    if (status != SLA_OK) {
        MUST(count == 0);
        return;
    }
    MUST(single == given->status && count <= capacity && (single == SLA_OK || count == 0));
    if (single != SLA_OK || sla_contract_decide_scope(asked->contract, &lived->request, &scope) != SLA_OK ||
        !scope.in_scope) {
        MUST(count == 0);
        return;
    }
    static life settled;
    settled = *lived;
    forget_what_follows(&settled, asked->now);
    int64_t now = asked->now;
    for (size_t i = 0; i < count; i++) {
        sla_transition told;
        size_t some = 0;
        MUST(sla_clock_next(asked->contract, asked->metric, &settled.request, settled.happened.events,
                            settled.happened.event_count, settled.happened.changes, settled.happened.change_count, now,
                            thresholds, threshold_count, &told, 1, &some, NULL) == SLA_OK);
        MUST(some == 1 && memcmp(&told, &entries[i], sizeof told) == 0);
        now = told.at;
    }
}

/* ---- Why ---- */

static void check_span(const question *asked, const sla_clock_span *span) {
    const sla_contract *const contract = sla_contract_successor(asked->contract, span->calendar_contract);
    MUST(span->begin < span->end && span->kind >= SLA_CLOCK_SPAN_COUNTED && span->kind <= SLA_CLOCK_SPAN_SET_ASIDE);
    MUST(span->phase >= SLA_PHASE_TARGET && span->phase <= SLA_PHASE_LATE && (span->flags & ~SLA_CLOCK_SPAN_AHEAD) == 0);
    MUST(contract != NULL && sla_contract_calendar(contract, span->calendar) != NULL);
    MUST((span->kind == SLA_CLOCK_SPAN_CLOSED) == (span->closed_by != SLA_SPAN_OPEN));
    const sla_calendar *const calendar = sla_contract_calendar(contract, span->calendar);
    int64_t open = 0;
    MUST(sla_calendar_elapsed(calendar, span->begin, span->end, &open) == SLA_OK);
    MUST(span->kind != SLA_CLOCK_SPAN_COUNTED || open == span->end - span->begin);
    MUST(span->kind != SLA_CLOCK_SPAN_CLOSED || open == 0);
    MUST((sla_calendar_closing_title(calendar, span->closing) == NULL) == (span->closing == -1));
}

/* What was counted until now, or until the stop, is what the clock has used. */
static void check_spans(const question *asked, const sla_cycle *cycle, const sla_clock_span *spans, size_t count) {
    int64_t counted = 0;
    for (size_t i = 0; i < count; i++) {
        check_span(asked, &spans[i]);
        MUST(spans[i].begin == (i == 0 ? cycle->started : spans[i - 1].end));
        const bool counts = spans[i].kind == SLA_CLOCK_SPAN_COUNTED && (spans[i].flags & SLA_CLOCK_SPAN_AHEAD) == 0;
        counted += counts ? spans[i].end - spans[i].begin : 0;
    }
    MUST(count == 0 || counted == cycle->used);
}

static void explain(fuzz_input *in, const question *asked, const life *lived, const answer *given) {
    static sla_clock_span spans[SPANS];
    size_t count = 7;
    sla_error error;
    const int64_t cycle = take_index(in, (int32_t)given->count);
    mark_error(&error);
    const sla_status status = sla_clock_explain(
        asked->contract, asked->metric, &lived->request, lived->happened.events, lived->happened.event_count,
        lived->happened.changes, lived->happened.change_count, asked->now, cycle, spans, SPANS, &count, &error);
    const bool done = judged(status, CLOCK_STATUSES_OF_BUFFERS | MAY(SLA_NOT_FOUND), &error);
    MUST(done || status == SLA_BUFFER_TOO_SMALL || count == 0);
    MUST(status != SLA_BUFFER_TOO_SMALL || count > SPANS);
    if (given->status != SLA_OK) {
        MUST(status == given->status || cycle < -1);
        return;
    }
    MUST((status == SLA_NOT_FOUND) == (cycle >= (int64_t)given->count) && (cycle >= -1 || status == SLA_INVALID_ARGUMENT));
    if (done) {
        check_spans(asked, &given->cycles[cycle < 0 ? given->count - 1 : (size_t)cycle], spans, count);
    }
}

/* ---- Many ---- */

typedef struct columns {
    sla_request requests[REQUESTS];
    int32_t values[REQUESTS * VALUES_MAX];
    sla_event events[REQUESTS * EVENTS_MAX];
    int64_t event_offsets[REQUESTS + 1];
    sla_change changes[REQUESTS * CHANGES_MAX];
    int64_t change_offsets[REQUESTS + 1];
    size_t longest_events;
    size_t longest_changes;
} columns;

static size_t larger(size_t one, size_t other) {
    return one > other ? one : other;
}

static void lay_columns(const sla_contract *contract, const life *lives, columns *laid) {
    const size_t attributes = (size_t)sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE);
    memset(laid, 0, sizeof *laid);
    for (size_t i = 0; i < REQUESTS; i++) {
        const happenings *const happened = &lives[i].happened;
        laid->requests[i] = lives[i].request;
        memcpy(&laid->values[i * attributes], lives[i].values, attributes * sizeof *laid->values);
        memcpy(&laid->events[laid->event_offsets[i]], happened->events, happened->event_count * sizeof *happened->events);
        memcpy(&laid->changes[laid->change_offsets[i]], happened->changes,
               happened->change_count * sizeof *happened->changes);
        laid->event_offsets[i + 1] = laid->event_offsets[i] + (int64_t)happened->event_count;
        laid->change_offsets[i + 1] = laid->change_offsets[i] + (int64_t)happened->change_count;
        laid->longest_events = larger(laid->longest_events, happened->event_count);
        laid->longest_changes = larger(laid->longest_changes, happened->change_count);
    }
}

/* Each verdict is that of the single call, but for the place of its cycles, which are those of the clock. */
static void check_element(const question *asked, const life *lived, const int32_t *values, sla_status status,
                          const sla_verdict *verdict, const sla_cycle *cycles) {
    sla_verdict single;
    sla_verdict placed = *verdict;
    static answer given;
    const sla_status alone = sla_clock_decide(asked->contract, asked->metric, &lived->request, values,
                                              lived->happened.events, lived->happened.event_count, lived->happened.changes,
                                              lived->happened.change_count, asked->now, &single, NULL);
    placed.first_cycle = single.first_cycle;
    MUST(status == alone && memcmp(&placed, &single, sizeof single) == 0);
    if (status != SLA_OK || verdict->cycle_count == 0 || values != NULL) {
        return;
    }
    evaluate(asked, lived, asked->now, &given);
    MUST(given.count == (size_t)verdict->cycle_count && verdict->first_cycle >= 0);
    MUST(memcmp(given.cycles, cycles + verdict->first_cycle, given.count * sizeof *given.cycles) == 0);
}

static void check_many(fuzz_input *in, const question *asked, const life *lives) {
    static columns laid;
    static int64_t workspace[4096];
    static sla_cycle cycles[REQUESTS * CYCLES];
    sla_verdict verdicts[REQUESTS];
    sla_status statuses[REQUESTS];
    lay_columns(asked->contract, lives, &laid);
    const bool with_values = take_below(in, 2) == 0;
    const size_t attributes = (size_t)sla_contract_count(asked->contract, SLA_ELEMENT_ATTRIBUTE);
    const size_t needed = sla_clock_workspace_length(laid.longest_events, laid.longest_changes);
    MUST(needed <= sizeof workspace / sizeof *workspace);
    const sla_status status =
        sla_clock_decide_many(asked->contract, asked->metric, REQUESTS, laid.requests, with_values ? laid.values : NULL,
                              laid.events, laid.event_offsets, laid.changes, laid.change_offsets, asked->now, verdicts,
                              cycles, REQUESTS * CYCLES, workspace, needed, statuses);
    if (!judged_status(status, OK_INVALID_OR_HORIZON)) {
        return;
    }
    for (size_t i = 0; i < REQUESTS; i++) {
        check_element(asked, &lives[i], with_values ? &laid.values[i * attributes] : NULL, statuses[i], &verdicts[i],
                      cycles);
    }
}

/* ---- The agenda of many ---- */

enum { ENTRIES_OF_ONE = 12 };

static int by_instant(const void *left, const void *right) {
    const sla_transition *const one = left;
    const sla_transition *const other = right;
    if (one->at != other->at) {
        return one->at < other->at ? -1 : 1;
    }
    return (one->request > other->request) - (one->request < other->request);
}

/* The agenda of one request, under the number that it has among many. */
static size_t agenda_of(const question *asked, const columns *laid, size_t number, int64_t *workspace, size_t length,
                        sla_transition *entries) {
    size_t count = 0;
    MUST(sla_clock_agenda(asked->contract, asked->metric, 1, &laid->requests[number], NULL, laid->events,
                          &laid->event_offsets[number], laid->changes, &laid->change_offsets[number], asked->now,
                          AGREEMENT_END, NULL, 0, entries, ENTRIES_OF_ONE, &count, workspace, length, NULL) == SLA_OK);
    for (size_t i = 0; i < count; i++) {
        entries[i].request = (int64_t)number;
    }
    return count;
}

/* The first entries of all requests are the first among those of each. */
static void check_joint_agenda(fuzz_input *in, const question *asked, const life *lives) {
    static columns laid;
    static int64_t workspace[4096];
    sla_transition joint[ENTRIES_OF_ONE];
    sla_transition all[REQUESTS * ENTRIES_OF_ONE];
    size_t count = 7;
    size_t total = 0;
    lay_columns(asked->contract, lives, &laid);
    const size_t needed = sla_clock_workspace_length(laid.longest_events, laid.longest_changes);
    const size_t capacity = (size_t)take_below(in, ENTRIES_OF_ONE + 1);
    const sla_status status = sla_clock_agenda(asked->contract, asked->metric, REQUESTS, laid.requests, NULL, laid.events,
                                               laid.event_offsets, laid.changes, laid.change_offsets, asked->now,
                                               AGREEMENT_END, NULL, 0, joint, capacity, &count, workspace, needed, NULL);
    if (!judged_status(status, OK_INVALID_OR_HORIZON) || asked->metric == SLA_UNSAID) {
        return;
    }
    for (size_t i = 0; i < REQUESTS; i++) {
        total += agenda_of(asked, &laid, i, workspace, needed, all + total);
    }
    qsort(all, total, sizeof *all, by_instant);
    MUST(count == (total < capacity ? total : capacity) && memcmp(joint, all, count * sizeof *joint) == 0);
}

/* Offsets that are wrong, and no room: each element has its status, and nothing is read or written elsewhere. */
static void check_poor_columns(fuzz_input *in, const question *asked, const life *lives) {
    static columns laid;
    sla_cycle cycles[2];
    sla_verdict verdicts[REQUESTS];
    sla_status statuses[REQUESTS];
    sla_transition entries[2];
    size_t count = 7;
    lay_columns(asked->contract, lives, &laid);
    int64_t *const event_offset = &laid.event_offsets[take_below(in, REQUESTS)];
    int64_t *const change_offset = &laid.change_offsets[take_below(in, REQUESTS)];
    *event_offset = take_int64(in);
    *change_offset = take_int64(in);
    const int32_t metric = take_index(in, 2);
    const int64_t until = take_instant(in, AGREEMENT_BEGIN, AGREEMENT_END);
    const sla_status status = sla_clock_decide_many(asked->contract, asked->metric, REQUESTS, laid.requests, NULL,
                                                    laid.events, laid.event_offsets, laid.changes, laid.change_offsets,
                                                    asked->now, verdicts, cycles, 2, NULL, 0, statuses);
    if (judged_status(status, OK_INVALID_OR_HORIZON)) {
        for (size_t i = 0; i < REQUESTS; i++) {
            MUST(is_among(statuses[i], CLOCK_STATUSES_OF_BUFFERS));
        }
    }
    MUST(is_among(sla_clock_agenda(asked->contract, metric, REQUESTS, laid.requests, laid.values, laid.events,
                                   laid.event_offsets, laid.changes, laid.change_offsets, asked->now, until, NULL, 0,
                                   entries, 2, &count, NULL, 0, statuses),
                  OK_INVALID_OR_HORIZON));
    MUST(count <= 2);
}

/* ---- Misuse ---- */

static void misuse(const question *asked, const life *lived) {
    sla_cycle cycle;
    sla_verdict verdict;
    sla_transition entry;
    size_t count = 7;
    const sla_request *const request = &lived->request;
    MUST(sla_clock_evaluate(NULL, 0, request, NULL, 0, NULL, 0, asked->now, &cycle, 1, &count, NULL) ==
             SLA_INVALID_ARGUMENT &&
         count == 0);
    MUST(sla_clock_evaluate(asked->contract, 0, request, NULL, 1, NULL, 0, asked->now, &cycle, 1, &count, NULL) ==
         SLA_INVALID_ARGUMENT);
    MUST(sla_clock_evaluate(asked->contract, 0, request, NULL, 0, NULL, 0, asked->now, &cycle, 1, NULL, NULL) ==
         SLA_INVALID_ARGUMENT);
    MUST(sla_clock_decide(asked->contract, 0, request, NULL, NULL, 0, NULL, 0, asked->now, NULL, NULL) ==
         SLA_INVALID_ARGUMENT);
    MUST(sla_clock_decide(asked->contract, 0, NULL, NULL, NULL, 0, NULL, 0, asked->now, &verdict, NULL) ==
         SLA_INVALID_ARGUMENT);
    MUST(sla_clock_decide_many(asked->contract, 0, 1, request, NULL, NULL, NULL, NULL, NULL, asked->now, NULL, NULL, 0,
                               NULL, 0, NULL) == SLA_INVALID_ARGUMENT);
    count = 7;
    MUST(sla_clock_next(asked->contract, 0, request, NULL, 0, NULL, 0, asked->now, NULL, 1, &entry, 1, &count, NULL) ==
             SLA_INVALID_ARGUMENT &&
         count == 0);
    count = 7;
    MUST(sla_clock_agenda(asked->contract, 0, 1, NULL, NULL, NULL, NULL, NULL, NULL, asked->now, AGREEMENT_END, NULL, 0,
                          &entry, 1, &count, NULL, 0, NULL) == SLA_INVALID_ARGUMENT &&
         count == 0);
    count = 7;
    MUST(sla_clock_explain(asked->contract, 0, NULL, NULL, 0, NULL, 0, asked->now, -1, NULL, 0, &count, NULL) ==
             SLA_INVALID_ARGUMENT &&
         count == 0);
    MUST(sla_clock_workspace_length(SIZE_MAX, 1) == SIZE_MAX && sla_clock_workspace_length(23, 8) == 0);
    MUST(sla_state_name(-1) == NULL && sla_state_name(SLA_STATE_BEST_EFFORT + 1) == NULL);
}

/* ---- The sequence of questions ---- */

static void ask(fuzz_input *in, const question *asked, const life *lived) {
    static answer given;
    evaluate(asked, lived, asked->now, &given);
    check_cycles(asked, &given);
    check_order(asked, lived, &given);
    check_capacity(asked, lived, &given);
    check_decision(asked, lived, &given);
    check_all_metrics(asked, lived);
    if (asked->metric != SLA_UNSAID) { /* it stands for all metrics there */
        check_next(in, asked, lived, &given);
        check_agenda(in, asked, lived, &given);
    }
    explain(in, asked, lived, &given);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static life lives[REQUESTS];
    fuzz_input in = {data, size};
    sla_contract *const contract = take_agreement(&in);
    const int32_t metric = take_rarely(&in, 16) ? take_index(&in, 2) : take_below(&in, 2);
    const bool anywhen = take_rarely(&in, 8);
    const int64_t usual = AGREEMENT_BEGIN + take_below(&in, 768) * 1800;
    const question asked = {contract, metric, anywhen ? take_instant(&in, AGREEMENT_BEGIN, AGREEMENT_END) : usual};
    for (size_t i = 0; i < REQUESTS; i++) {
        lives[i].request = take_request(&in, contract, AGREEMENT_BEGIN, AGREEMENT_END);
        take_happenings(&in, contract, &lives[i].request, AGREEMENT_BEGIN, AGREEMENT_END, &lives[i].happened);
        take_values(&in, contract, lives[i].values);
        ask(&in, &asked, &lives[i]);
    }
    check_many(&in, &asked, lives);
    check_joint_agenda(&in, &asked, lives);
    check_poor_columns(&in, &asked, lives);
    misuse(&asked, &lives[0]);
    sla_contract_unref(contract);
    return 0;
}
