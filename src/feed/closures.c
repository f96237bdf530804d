/* SPDX-License-Identifier: MIT */
#include "feed/closures.h"
#include "feed/overrides.h"

#include <stdlib.h>

typedef struct coverage {
    bool has_finite; /* an event that closes and does not recur for ever */
    bool has_endless;
    int64_t finite_end;
} coverage;

/* One event on its way to closures. */
typedef struct emission {
    feed_reading *reading;
    const event *from;
    uid_overrides overrides; /* of its UID */
    feed_closures *to;
    coverage *covered;
    bool endless;
    int32_t event_index; /* -1 until it closes something */
    sla_status status;
} emission;

/* ---- Begin and end ---- */

/* The instant so many days after a moment, in local time; the end of time if that is out of reach. */
static int64_t days_after(const sla_zone *zone, moment at, int64_t days) {
    const int64_t date = (int64_t)at.date + days;
    return date > sli_date_of_civil((civil){SLI_YEAR_MAX, 12, 31}) ? SLI_INSTANT_MAX
                                                                   : sli_zone_instant(zone, (int32_t)date, at.second);
}

/* A written duration has fewer than 2^45 seconds, so no sum overflows. */
static int64_t end_of(const feed_reading *reading, moment at, int64_t begin, event_length length) {
    switch (length.kind) {
        case LENGTH_DAYS:
            return days_after(reading->reader->zone, at, length.days);
        case LENGTH_EXACT:
            return begin + length.seconds;
        case LENGTH_NOMINAL:
            return days_after(at.zone, at, length.days) + length.seconds;
        default:
            return begin;
    }
}

/* ---- Exceptions of a recurrence ---- */

static bool is_date_excluded(const event *from, int32_t date) {
    return from->excluded_dates.count > 0 &&
           bsearch(&date, from->excluded_dates.items, from->excluded_dates.count, sizeof date, sli_compare_dates) != NULL;
}

static bool is_instant_excluded(const event *from, int64_t instant) {
    return from->excluded_instants.count > 0 &&
           bsearch(&instant, from->excluded_instants.items, from->excluded_instants.count, sizeof instant,
                   sli_compare_instants) != NULL;
}

static bool is_replaced(const emission *emitting, int32_t date, int64_t begin) {
    const uid_overrides *const overrides = &emitting->overrides;
    if (emitting->from->start.is_date) {
        return sli_overrides_have(overrides, OVERRIDE_WRITTEN_DATE, date);
    }
    return sli_overrides_have(overrides, OVERRIDE_DATE, date) || sli_overrides_have(overrides, OVERRIDE_INSTANT, begin);
}

static bool is_removed(const emission *emitting, int32_t date, int64_t begin) {
    const event *const from = emitting->from;
    return !from->is_override &&
           (is_date_excluded(from, date) || is_instant_excluded(from, begin) || is_replaced(emitting, date, begin));
}

/* ---- Closures ---- */

static void cover(coverage *covered, bool endless, int64_t end) {
    if (endless) {
        covered->has_endless = true;
    } else {
        covered->finite_end = covered->has_finite && covered->finite_end > end ? covered->finite_end : end;
        covered->has_finite = true;
    }
}

static bool name_event(emission *emitting) {
    closing_events *const events = &emitting->to->events;
    const event *const from = emitting->from;
    const feed_event named = {sli_text_copy(sli_text(from->uid, SIZE_MAX)),
                              sli_text_copy(sli_text(from->summary, SIZE_MAX))};
    if (named.uid != NULL && named.summary != NULL && SLI_APPEND(events, named)) {
        emitting->event_index = (int32_t)events->count - 1;
        return true;
    }
    free(named.uid);
    free(named.summary);
    return false;
}

static sla_status append_closure(emission *emitting, int64_t begin, int64_t end) {
    closure_list *const closures = &emitting->to->closures;
    if (--emitting->reading->budget->closures < 0) {
        return sli_feed_fail(emitting->reading, SLA_LIMIT, emitting->from->line, emitting->from->uid,
                             "the events up to here have more than %d occurrences", FEED_CLOSURES_MAX);
    }
    if (emitting->event_index < 0 && !name_event(emitting)) {
        return sli_feed_out_of_memory(emitting->reading);
    }
    const closure added = {begin, end, emitting->event_index};
    return SLI_APPEND(closures, added) ? SLA_OK : sli_feed_out_of_memory(emitting->reading);
}

static sla_status close_interval(emission *emitting, int64_t begin, int64_t end) {
    const sla_feed_reader *const reader = emitting->reading->reader;
    if (end <= begin) {
        return SLA_OK;
    }
    cover(emitting->covered, emitting->endless, end);
    const int64_t first = begin > reader->begin ? begin : reader->begin;
    const int64_t last = end < reader->end ? end : reader->end;
    return first < last ? append_closure(emitting, first, last) : SLA_OK;
}

static sla_status close_occurrence(emission *emitting, moment at, event_length length) {
    const int64_t begin = sli_moment_instant(emitting->reading, at);
    const moment *const start = &emitting->from->start;
    const bool elsewhere = !start->is_date && !at.is_date && at.zone != start->zone;
    const int32_t date = elsewhere ? sli_zone_date(start->zone, begin) : at.date;
    return is_removed(emitting, date, begin)
               ? SLA_OK
               : close_interval(emitting, begin, end_of(emitting->reading, at, begin, length));
}

static bool visit_occurrence(void *context, int32_t date, int32_t second) {
    emission *const emitting = context;
    moment at = emitting->from->start;
    at.date = date;
    at.second = second;
    emitting->status = close_occurrence(emitting, at, emitting->from->length);
    return emitting->status == SLA_OK;
}

/* ---- Recurrence ---- */

/* Occurrences of earlier dates end before the horizon begins, whatever the zone. */
static int32_t first_date(const emission *emitting) {
    const event_length *const length = &emitting->from->length;
    const int64_t days = length->days + length->seconds / SLI_DAY + 1;
    const int64_t date = sli_floor_divide(emitting->reading->reader->begin, SLI_DAY) - 2 - days;
    return date > emitting->from->start.date ? (int32_t)date : emitting->from->start.date;
}

static int32_t last_date(const emission *emitting) {
    return (int32_t)sli_floor_divide(emitting->reading->reader->end, SLI_DAY) + 2;
}

static sla_status close_by_rule(emission *emitting, const recurrence_rule *rule) {
    feed_reading *const reading = emitting->reading;
    const event *const from = emitting->from;
    const sla_status status =
        sli_rule_expand(reading, rule, from->start, first_date(emitting), last_date(emitting), visit_occurrence, emitting);
    if (status == SLA_LIMIT) {
        return sli_feed_fail(
            reading, SLA_LIMIT, from->line, from->uid,
            "the rules up to here are too much work, or go on behind the years that libical knows (RSCALE); "
            "shorten them with UNTIL, or name fewer times a day");
    }
    if (status == SLA_UNSUPPORTED_EVENT) {
        sli_feed_unsupported(reading, from->line, from->uid,
                             "this event cannot be expanded: its rule follows a calendar (RSCALE) that is not installed");
        return SLA_OK;
    }
    return status != SLA_OK ? status : emitting->status;
}

static sla_status close_extras(emission *emitting) {
    const event *const from = emitting->from;
    for (size_t i = 0; i < from->extras.count; i++) {
        const extra_date *const extra = &from->extras.items[i];
        const sla_status status = close_occurrence(emitting, extra->at, extra->has_length ? extra->length : from->length);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

static bool is_endless(const emission *emitting) {
    const event *const from = emitting->from;
    for (size_t i = 0; i < from->rules.count; i++) {
        if (sli_rule_is_endless(from->rules.items[i])) {
            return true;
        }
    }
    return from->is_override && sli_overrides_have(&emitting->overrides, OVERRIDE_OF_ENDLESS, 0);
}

static sla_status close_event(emission *emitting) {
    const event *const from = emitting->from;
    emitting->endless = is_endless(emitting);
    sla_status status = close_occurrence(emitting, from->start, from->length);
    for (size_t i = 0; i < from->rules.count && status == SLA_OK && from->length.kind != LENGTH_NONE; i++) {
        status = close_by_rule(emitting, from->rules.items[i]);
    }
    return status == SLA_OK ? close_extras(emitting) : status;
}

static sla_status close_events(feed_reading *reading, const event_list *events, const override_index *overrides,
                               feed_closures *to, coverage *covered) {
    for (size_t i = 0; i < events->count; i++) {
        emission emitting = {.reading = reading,
                             .from = &events->items[i],
                             .overrides = sli_overrides_of(overrides, events->items[i].uid),
                             .to = to,
                             .covered = covered,
                             .event_index = -1};
        const sla_status status = events->items[i].closes ? close_event(&emitting) : SLA_OK;
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

/* ---- The whole feed ---- */

/* §2.7. A feed that closes nothing knows nothing: it covers no time. */
static int64_t derived_coverage(const sla_feed_reader *reader, const coverage *covered) {
    const int64_t known = covered->has_finite ? covered->finite_end : covered->has_endless ? reader->end : reader->begin;
    return known < reader->begin ? reader->begin : known > reader->end ? reader->end : known;
}

static int compare_closures(const void *left, const void *right) {
    const closure *const one = left;
    const closure *const other = right;
    if (one->begin != other->begin) {
        return one->begin < other->begin ? -1 : 1;
    }
    if (one->end != other->end) {
        return one->end < other->end ? -1 : 1;
    }
    return (one->event > other->event) - (one->event < other->event);
}

sla_status sli_closures_make(feed_reading *reading, event_list *events, feed_closures *closures) {
    override_index overrides = {0};
    coverage covered = {0};
    sla_status status = SLA_OK;
    if (!sli_overrides_build(events, &overrides)) {
        status = sli_feed_out_of_memory(reading);
    } else {
        status = close_events(reading, events, &overrides, closures, &covered);
    }
    sli_overrides_clear(&overrides);
    if (status == SLA_OK && closures->closures.count > 0) {
        qsort(closures->closures.items, closures->closures.count, sizeof *closures->closures.items, compare_closures);
    }
    closures->covers_until = derived_coverage(reading->reader, &covered);
    return status;
}

void sli_closures_clear(feed_closures *closures) {
    for (size_t i = 0; i < closures->events.count; i++) {
        free(closures->events.items[i].uid);
        free(closures->events.items[i].summary);
    }
    free(closures->events.items);
    free(closures->closures.items);
    *closures = (feed_closures){0};
}
