/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

/* A place on a course, without its pauses: what has been counted and what is still to come. */
typedef struct walk {
    const clock_course *course;
    size_t spell;
    int64_t at;
    int64_t counted;
} walk;

static int64_t spell_end(const clock_course *course, size_t index) {
    return index + 1 < course->spell_count ? course->spells[index + 1].from : course->horizon_end;
}

static walk walk_from_start(const clock_course *course) {
    return (walk){course, 0, course->start, 0};
}

/* Passes a pause: nothing counts until `at`. */
static void skip_to(walk *place, int64_t at) {
    place->at = at;
    while (place->spell + 1 < place->course->spell_count && spell_end(place->course, place->spell) <= at) {
        place->spell++;
    }
}

static const sla_calendar *calendar_at(const walk *place) {
    return place->course->spells[place->spell].calendar;
}

static int64_t open_seconds(const sla_calendar *calendar, int64_t from, int64_t until) {
    int64_t seconds = 0;
    sla_calendar_elapsed(calendar, from, until, &seconds); /* both lie in the horizon */
    return seconds;
}

/* The end of the part of the current spell that lies before `until`. */
static int64_t part_end(const walk *place, int64_t until) {
    const int64_t end = spell_end(place->course, place->spell);
    return end < until ? end : until;
}

static void count_to(walk *place, int64_t until) {
    while (place->at < until) {
        const int64_t end = part_end(place, until);
        place->counted += open_seconds(calendar_at(place), place->at, end);
        skip_to(place, end);
    }
}

int64_t sli_course_used(const clock_course *course, int64_t end) {
    walk place = walk_from_start(course);
    for (size_t i = 0; i < course->pause_count && course->pauses[i].begin < end; i++) {
        count_to(&place, course->pauses[i].begin);
        if (course->pauses[i].end == SLI_STILL_ON) {
            return place.counted;
        }
        skip_to(&place, course->pauses[i].end);
    }
    count_to(&place, end);
    return place.counted;
}

/* Neither `now` nor a stop lies before the start of a course. */
int64_t sli_course_elapsed(const clock_course *course, int64_t end) {
    int64_t elapsed = end - course->start;
    for (size_t i = 0; i < course->pause_count && course->pauses[i].begin < end; i++) {
        const pause_span *const paused = &course->pauses[i];
        elapsed -= (paused->end < end ? paused->end : end) - paused->begin;
    }
    return elapsed;
}

/* ---- Durations, and `immediate`, which is the latest instant at which nothing has been used ---- */

/* A walk that looks for the instant at which `amount` is used: the earliest such one or, when `late`, the latest (§3.2). */
typedef struct search {
    walk place;
    int64_t amount;
    bool late;
    bool found; /* at place.at */
} search;

static search search_of(const clock_course *course) {
    const sla_target *const row = &sli_course_last(course)->target->row;
    const bool immediate = row->kind == SLA_TARGET_IMMEDIATE;
    return (search){.place = walk_from_start(course),
                    .amount = immediate ? 0 : row->amount,
                    .late = immediate || row->tie == SLA_TIE_NEXT_OPEN};
}

static void find_in_part(search *sought, int64_t remaining) {
    const sla_calendar *const calendar = calendar_at(&sought->place);
    int64_t at = 0;
    const sla_status status = sought->late ? sla_calendar_add_late(calendar, sought->place.at, remaining, &at)
                                           : sla_calendar_add(calendar, sought->place.at, remaining, &at);
    sought->found = status == SLA_OK;
    skip_to(&sought->place, sought->found ? at : sought->place.course->horizon_end);
}

/* Looks as far as `until`. */
static void search_to(search *sought, int64_t until) {
    walk *const place = &sought->place;
    while (!sought->found && place->at < until) {
        const int64_t end = part_end(place, until);
        const int64_t open = open_seconds(calendar_at(place), place->at, end);
        const int64_t remaining = sought->amount - place->counted;
        if (sought->late ? remaining < open : remaining <= open) {
            find_in_part(sought, remaining);
        } else {
            place->counted += open;
            skip_to(place, end);
        }
    }
}

static bool is_open(const sla_calendar *calendar, int64_t at) {
    int32_t open = 0;
    sla_calendar_is_open(calendar, at, &open); /* it lies in the horizon */
    return open != 0;
}

/* True when the due time found so far is the very instant at which a pause begins: nothing is left to use, and the next
 * second would count. */
static bool is_due_where_paused(const search *sought) {
    const walk *const place = &sought->place;
    int64_t rolled = 0;
    return sought->late && place->counted == sought->amount && is_open(calendar_at(place), place->at) &&
           sli_target_roll(sli_course_last(place->course)->target, place->at, &rolled) == SLA_OK && rolled == place->at;
}

int64_t sli_course_reach(const clock_course *course, int64_t amount, bool late) {
    search sought = {.place = walk_from_start(course), .amount = amount, .late = late};
    for (size_t i = 0; i < course->pause_count; i++) {
        search_to(&sought, course->pauses[i].begin);
        if (sought.found || course->pauses[i].end == SLI_STILL_ON) {
            return sought.found ? sought.place.at : SLA_NONE;
        }
        skip_to(&sought.place, course->pauses[i].end);
    }
    search_to(&sought, course->horizon_end);
    return sought.found ? sought.place.at : SLA_NONE;
}

static bool search_to_end(search *sought, int64_t *due) {
    search_to(sought, sought->place.course->horizon_end);
    return sought->found && sli_target_roll(sli_course_last(sought->place.course)->target, sought->place.at, due) == SLA_OK;
}

static due_reading due_at(int64_t unrolled, int64_t due) {
    return (due_reading){.due = due, .unrolled = unrolled, .if_resumed = SLA_NONE};
}

static due_reading due_beyond_horizon(void) {
    return (due_reading){.due = SLA_NONE, .unrolled = SLA_NONE, .if_resumed = SLA_NONE, .beyond_horizon = true};
}

static due_reading due_if_resumed(bool found, int64_t due) {
    return (due_reading){.due = SLA_NONE,
                         .unrolled = SLA_NONE,
                         .if_resumed = found ? due : SLA_NONE,
                         .paused = true,
                         .beyond_horizon = !found};
}

static due_reading duration_due(const clock_course *course, int64_t now) {
    search sought = search_of(course);
    bool paused = false;
    for (size_t i = 0; i < course->pause_count; i++) {
        const pause_span *const paused_for = &course->pauses[i];
        search_to(&sought, paused_for->begin);
        if (sought.found || is_due_where_paused(&sought)) {
            break;
        }
        paused = paused_for->end == SLI_STILL_ON; /* which only the last can be */
        skip_to(&sought.place, paused ? now : paused_for->end);
    }
    int64_t due = 0;
    const bool found = search_to_end(&sought, &due);
    const pause_span *const last = course->pause_count == 0 ? NULL : &course->pauses[course->pause_count - 1];
    if (paused || (last != NULL && last->end == SLI_STILL_ON && (!found || last->begin < due))) {
        return due_if_resumed(found, due); /* the latter: reached before the pause, but rolled to after its begin */
    }
    return found ? due_at(sought.place.at, due) : due_beyond_horizon();
}

/* ---- Business days ---- */

static bool business_day_due(const clock_course *course, int64_t days, int64_t *unrolled, int64_t *due) {
    const contract_target *const target = sli_course_last(course)->target;
    return sla_calendar_add_business_days(target->calendar, course->start, days, target->row.by, unrolled) == SLA_OK &&
           sli_target_roll(target, *unrolled, due) == SLA_OK;
}

/* Adds the business days of a pause to those of the target; false when they lead beyond the horizon. Targets are far below
 * what a sum could overflow. */
static bool add_paused_days(const sla_calendar *calendar, int64_t begin, int64_t end, int64_t *days) {
    int64_t first = 0;
    int64_t last = 0;
    if (sli_calendar_business_day(calendar, begin, &first) != SLA_OK ||
        sli_calendar_business_day(calendar, end, &last) != SLA_OK) {
        return false;
    }
    *days += last - first;
    return true;
}

static due_reading business_days_due(const clock_course *course, int64_t now) {
    const contract_target *const target = sli_course_last(course)->target;
    int64_t days = target->row.amount;
    int64_t unrolled = 0;
    int64_t due = 0;
    bool found = business_day_due(course, days, &unrolled, &due);
    for (size_t i = 0; i < course->pause_count; i++) {
        const pause_span *const paused_for = &course->pauses[i];
        if (found && paused_for->begin >= due) {
            break;
        }
        const bool paused = paused_for->end == SLI_STILL_ON;
        found = found && add_paused_days(target->calendar, paused_for->begin, paused ? now : paused_for->end, &days) &&
                business_day_due(course, days, &unrolled, &due);
        if (paused) {
            return due_if_resumed(found, due);
        }
    }
    return found ? due_at(unrolled, due) : due_beyond_horizon();
}

due_reading sli_course_due(const clock_course *course, int64_t now) {
    const bool in_days = sli_course_last(course)->target->row.kind == SLA_TARGET_BUSINESS_DAYS;
    return in_days ? business_days_due(course, now) : duration_due(course, now);
}
