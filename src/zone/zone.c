/* SPDX-License-Identifier: MIT */
#include "zone/object.h"

#include <stdlib.h>
#include <string.h>

/* ---- Object ---- */

sla_zone *sli_zone_new(text name, int32_t offset) {
    sla_zone *const zone = calloc(1, sizeof *zone);
    if (zone == NULL) {
        return NULL;
    }
    sli_reference_start(&zone->references);
    zone->first_offset = offset;
    zone->name = sli_text_copy(name);
    if (zone->name == NULL) {
        free(zone);
        return NULL;
    }
    return zone;
}

bool sli_zone_append(sla_zone *zone, zone_transition transition) {
    zone_transitions *const listed = &zone->transitions;
    if (listed->count > 0 && listed->items[listed->count - 1].at == transition.at) {
        listed->count--;
    }
    const int32_t before = listed->count == 0 ? zone->first_offset : listed->items[listed->count - 1].offset;
    return transition.offset == before || SLI_APPEND(listed, transition);
}

sla_zone *sli_zone_new_from_transitions(text name, int32_t first_offset, const zone_transition *transitions, size_t count) {
    sla_zone *const zone = sli_zone_new(name, first_offset);
    if (zone == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (!sli_zone_append(zone, transitions[i])) {
            sla_zone_unref(zone);
            return NULL;
        }
    }
    return zone;
}

sla_zone *sla_zone_ref(sla_zone *zone) {
    if (zone != NULL) {
        sli_reference_add(&zone->references);
    }
    return zone;
}

void sla_zone_unref(sla_zone *zone) {
    if (zone == NULL || !sli_reference_drop(&zone->references)) {
        return;
    }
    free(zone->transitions.items);
    free(zone->name);
    free(zone);
}

const char *sla_zone_name(const sla_zone *zone) {
    return zone == NULL ? "" : zone->name;
}

static bool changes_equal(const footer_change *left, const footer_change *right) {
    return left->form == right->form && left->month == right->month && left->week == right->week &&
           left->weekday == right->weekday && left->day == right->day && left->time == right->time;
}

static bool rules_equal(const sla_zone *left, const sla_zone *right) {
    if (!left->has_rule || !right->has_rule) {
        return left->has_rule == right->has_rule;
    }
    return left->rule_begin == right->rule_begin && left->rule.changes == right->rule.changes &&
           left->rule.standard_offset == right->rule.standard_offset &&
           left->rule.daylight_offset == right->rule.daylight_offset &&
           changes_equal(&left->rule.to_daylight, &right->rule.to_daylight) &&
           changes_equal(&left->rule.to_standard, &right->rule.to_standard);
}

static bool transitions_equal(const zone_transitions *left, const zone_transitions *right) {
    if (left->count != right->count) {
        return false;
    }
    for (size_t i = 0; i < left->count; i++) {
        if (left->items[i].at != right->items[i].at || left->items[i].offset != right->items[i].offset) {
            return false;
        }
    }
    return true;
}

bool sli_zone_equal(const sla_zone *left, const sla_zone *right) {
    return left == right || (strcmp(left->name, right->name) == 0 && left->first_offset == right->first_offset &&
                             transitions_equal(&left->transitions, &right->transitions) && rules_equal(left, right));
}

/* ---- Instant to offset ---- */

/* How many transitions are not after the instant. */
static size_t transitions_until(const zone_transitions *transitions, int64_t instant) {
    size_t low = 0;
    size_t high = transitions->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (transitions->items[middle].at <= instant) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int32_t sli_zone_offset(const sla_zone *zone, int64_t instant) {
    if (zone->has_rule && instant >= zone->rule_begin) {
        return sli_footer_offset(&zone->rule, instant);
    }
    const size_t passed = transitions_until(&zone->transitions, instant);
    return passed == 0 ? zone->first_offset : zone->transitions.items[passed - 1].offset;
}

int64_t sli_zone_next_change(const sla_zone *zone, int64_t instant) {
    const size_t passed = transitions_until(&zone->transitions, instant);
    if (passed < zone->transitions.count) {
        const int64_t change = zone->transitions.items[passed].at;
        return change <= SLI_INSTANT_MAX ? change : INT64_MAX;
    }
    if (!zone->has_rule || zone->rule_begin > SLI_INSTANT_MAX) {
        return INT64_MAX;
    }
    return sli_footer_next_change(&zone->rule, instant >= zone->rule_begin ? instant : zone->rule_begin);
}

/* ---- Local time to instant (§1.4) ---- */

/* Walks the spans of one offset around the local time. The first that holds it answers; if none does, it was skipped, and
 * the first change that passed over it says which offset was in force before. Until then no span begins after it. */
static int64_t instant_of_local(const sla_zone *zone, int64_t local) {
    const int64_t last = local + ZONE_OFFSET_MAX;
    int64_t begin = local - ZONE_OFFSET_MAX - 1;
    int32_t offset = sli_zone_offset(zone, begin);
    bool skipped = false;
    int64_t read_before_gap = local - offset;
    while (begin <= last) {
        const int64_t change = sli_zone_next_change(zone, begin);
        const int64_t candidate = local - offset;
        if (candidate >= begin && candidate < change) {
            return candidate;
        }
        if (change == INT64_MAX) {
            break;
        }
        const int32_t offset_after = sli_zone_offset(zone, change);
        if (!skipped && local < change + offset_after) {
            skipped = true;
            read_before_gap = candidate;
        }
        begin = change;
        offset = offset_after;
    }
    return read_before_gap;
}

int64_t sli_zone_instant(const sla_zone *zone, int32_t date, int32_t second) {
    return instant_of_local(zone, (int64_t)date * SLI_DAY + second);
}

int32_t sli_zone_date(const sla_zone *zone, int64_t instant) {
    int32_t date = (int32_t)sli_floor_divide(instant + sli_zone_offset(zone, instant), SLI_DAY);
    /* Near a change at midnight the date of the wall clock is not yet, or no more, the one that holds the instant. */
    while (sli_zone_instant(zone, date, 0) > instant) {
        date--;
    }
    while (sli_zone_instant(zone, date + 1, 0) <= instant) {
        date++;
    }
    return date;
}

/* ---- The public questions ---- */

sla_status sla_zone_offset(const sla_zone *zone, int64_t instant, int32_t *offset) {
    if (offset == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *offset = 0;
    if (zone == NULL || instant < SLI_INSTANT_MIN || instant > SLI_INSTANT_MAX) {
        return SLA_INVALID_ARGUMENT;
    }
    *offset = sli_zone_offset(zone, instant);
    return SLA_OK;
}

sla_status sla_zone_instant(const sla_zone *zone, int32_t date, int32_t second, int64_t *instant) {
    if (instant == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *instant = 0;
    const bool date_in_range = date >= SLI_INSTANT_MIN / SLI_DAY && date <= SLI_INSTANT_MAX / SLI_DAY;
    if (zone == NULL || !date_in_range || second < 0 || second > SLI_DAY) {
        return SLA_INVALID_ARGUMENT;
    }
    *instant = sli_zone_instant(zone, date, second);
    return SLA_OK;
}
