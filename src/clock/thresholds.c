/* SPDX-License-Identifier: MIT */
/* When a clock reaches a threshold: an inverse of its used time, as its due time is. */
#include "clock/outlook.h"

enum { WHOLE = 1000 }; /* of a share */
#define AMOUNT_MAX (INT64_C(1) << 40)
#define UNLIMITED (INT64_MAX / 2)

/* ---- What a caller hands over ---- */

static bool is_amount(const sla_threshold *threshold) {
    const int64_t least = threshold->kind == SLA_THRESHOLD_SHARE ? 0 : -AMOUNT_MAX;
    return threshold->amount >= least && threshold->amount <= AMOUNT_MAX && threshold->every >= 0 &&
           threshold->every <= AMOUNT_MAX && threshold->times >= 0 && threshold->times <= UNLIMITED &&
           (threshold->times == 0 || threshold->every > 0);
}

static bool is_reserved_zero(const sla_threshold *threshold) {
    int32_t bits = 0;
    for (size_t i = 0; i < sizeof threshold->reserved / sizeof *threshold->reserved; i++) {
        bits |= threshold->reserved[i];
    }
    return bits == 0;
}

static sla_status check(const sla_contract *contract, const sla_threshold *threshold, size_t index, sla_error *error) {
    const bool kinds = (threshold->kind == SLA_THRESHOLD_SHARE || threshold->kind == SLA_THRESHOLD_DUE) &&
                       (threshold->basis == SLA_BASIS_CALENDAR || threshold->basis == SLA_BASIS_ELAPSED);
    if (!kinds || !is_reserved_zero(threshold)) {
        return sli_fail(
            error, SLA_INVALID_ARGUMENT,
            "thresholds[%zu] has kind %d and basis %d; each can be 0 or 1, and its reserved fields must be zero", index,
            (int)threshold->kind, (int)threshold->basis);
    }
    if (!is_amount(threshold)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "thresholds[%zu] has an amount or interval that is out of range: at most 2^40, and negative only "
                        "before the due time; `times` goes with `every`",
                        index);
    }
    if (threshold->action != -1 && sla_contract_calendar(contract, threshold->action) == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "thresholds[%zu] moves into calendar %d, which the contract does not have", index,
                        (int)threshold->action);
    }
    return SLA_OK;
}

sla_status sli_thresholds_check(const sla_contract *contract, const threshold_list *thresholds, sla_error *error) {
    if (thresholds->count > SLA_THRESHOLDS_MAX || (thresholds->items == NULL && thresholds->count > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "there can be %d thresholds, in an array; here are %zu",
                        (int)SLA_THRESHOLDS_MAX, thresholds->count);
    }
    sla_status status = SLA_OK;
    for (size_t i = 0; i < thresholds->count && status == SLA_OK; i++) {
        status = check(contract, &thresholds->items[i], i, error);
    }
    return status;
}

/* ---- Instants: before all others, at one, or never ---- */

#define BEFORE_THE_START INT64_MIN
#define NO_INSTANT INT64_MAX

static int64_t never_if_none(int64_t at) {
    return at == SLA_NONE ? NO_INSTANT : at;
}

static const sla_target *row_of(const clock_course *course) {
    return &sli_course_last(course)->target->row;
}

/* The same course with all time open: its used time is what passes by the wall clock without pauses. It is under no row. */
static clock_course by_the_wall_clock(const clock_course *course, const sla_contract *contract, spell *always) {
    const int32_t calendar_always = 0;
    *always = (spell){.from = course->start, .calendar = sla_contract_calendar(contract, calendar_always)};
    clock_course wall = *course;
    wall.spells = always;
    wall.spell_count = 1;
    return wall;
}

/* A share of a whole, rounded up: so much has been used only then. One without a place in 64 bits is never used up, as no
 * horizon is that long. */
static int64_t share_of(int64_t whole, int64_t thousandths) {
    int64_t product;
    const bool has_place = sli_multiply(whole, thousandths, &product) && sli_add(product, WHOLE - 1, &product);
    return has_place ? product / WHOLE : INT64_MAX;
}

static int64_t reach_share(const clock_course *course, int64_t whole, int64_t thousandths) {
    return never_if_none(sli_course_reach(course, share_of(whole, thousandths), false));
}

/* ---- Shares of the target ---- */

/* Without a due time there is no whole, except that a duration is one. */
static int64_t place_share(const clock_course *measured, const clock_reading *reading, bool by_target,
                           int64_t thousandths) {
    const int32_t kind = row_of(&reading->course)->kind;
    if (by_target && kind == SLA_TARGET_DURATION) {
        return reach_share(measured, row_of(&reading->course)->amount, thousandths);
    }
    if (reading->cycle.due == SLA_NONE) {
        return NO_INSTANT;
    }
    const due_reading due = sli_course_due(&reading->course, reading->cycle.due); /* not paused: the instant is all one */
    return kind == SLA_TARGET_IMMEDIATE ? due.due
                                        : reach_share(measured, sli_course_used(measured, due.unrolled), thousandths);
}

/* ---- Seconds from the due time ---- */

/* The latest instant with so much left to use before the due time (§3.2). */
static int64_t place_before_due(const clock_course *measured, int64_t due, int64_t seconds) {
    const int64_t used = sli_course_used(measured, due) - seconds;
    return used < 0 ? BEFORE_THE_START : never_if_none(sli_course_reach(measured, used, true));
}

/* §7.3: no pause matters after the due time. */
static int64_t place_after_due(const clock_course *measured, int64_t due, int64_t seconds) {
    int64_t at;
    return sla_calendar_add(sli_course_last(measured)->calendar, due, seconds, &at) == SLA_OK ? at : NO_INSTANT;
}

static int64_t place_from_due(const clock_course *measured, const sla_cycle *cycle, int64_t seconds) {
    if (cycle->due == SLA_NONE) {
        return NO_INSTANT;
    }
    return seconds < 0 ? place_before_due(measured, cycle->due, -seconds) : place_after_due(measured, cycle->due, seconds);
}

/* ---- One threshold ---- */

/* A threshold on its way: the course that its basis is measured on. */
typedef struct placing {
    const clock_reading *reading;
    const sla_threshold *threshold;
    const clock_course *measured;
    const sla_calendar *action; /* NULL: it does not move */
} placing;

/* Where the repetition of number `number` lies; instants of later ones are not earlier. */
static int64_t place(const placing *placed, int64_t number) {
    const sla_threshold *const threshold = placed->threshold;
    int64_t amount;
    if (!sli_multiply(number, threshold->every, &amount) || !sli_add(amount, threshold->amount, &amount)) {
        return NO_INSTANT;
    }
    int64_t at = threshold->kind == SLA_THRESHOLD_DUE
                     ? place_from_due(placed->measured, &placed->reading->cycle, amount)
                     : place_share(placed->measured, placed->reading, threshold->basis == SLA_BASIS_CALENDAR, amount);
    if (at == BEFORE_THE_START || at == NO_INSTANT || placed->action == NULL) {
        return at;
    }
    return sla_calendar_next_open(placed->action, at, &at) == SLA_OK ? at : NO_INSTANT;
}

/* The first number whose instant lies after `now`: by doubling, then halving. */
static int64_t first_after(const placing *placed, int64_t now, int64_t last) {
    int64_t before = -1;
    int64_t after = 0;
    while (after < last && place(placed, after) <= now) {
        before = after;
        after = after > (last - 1) / 2 ? last : 2 * after + 1;
    }
    while (after - before > 1) {
        const int64_t middle = before + (after - before) / 2;
        if (place(placed, middle) <= now) {
            before = middle;
        } else {
            after = middle;
        }
    }
    return after;
}

/* A clock that runs on towards or past its due time. */
static bool is_ticking(const sla_cycle *cycle) {
    return cycle->state == SLA_STATE_RUNNING || cycle->state == SLA_STATE_PAUSED ||
           (cycle->state == SLA_STATE_BREACHED && (cycle->flags & SLA_CYCLE_OPEN) != 0);
}

int64_t sli_threshold_next(const sla_contract *contract, const clock_reading *reading, const sla_threshold *threshold,
                           int64_t now) {
    if (!reading->started || !is_ticking(&reading->cycle)) {
        return SLA_NONE;
    }
    spell always;
    const clock_course wall = by_the_wall_clock(&reading->course, contract, &always);
    const placing placed = {reading, threshold, threshold->basis == SLA_BASIS_ELAPSED ? &wall : &reading->course,
                            sla_contract_calendar(contract, threshold->action)};
    const int64_t last = threshold->every == 0 ? 0 : threshold->times == 0 ? UNLIMITED : threshold->times - 1;
    const int64_t at = place(&placed, first_after(&placed, now, last));
    return at == NO_INSTANT || at <= now ? SLA_NONE : at;
}
