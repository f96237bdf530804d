/* SPDX-License-Identifier: MIT */
#include "feed/recurrence.h"
#include "feed/timezone.h"

#include <stdlib.h>

/* A local time is looked for among the changes within two days of it: those must be few as well. */
enum { TRANSITIONS_MAX = 4000, CROWD_MAX = 64, CROWD_SECONDS = 4 * SLI_DAY };

typedef struct transition_list {
    zone_transition *items;
    size_t count;
    size_t capacity;
    int64_t earliest;
    int32_t first_offset; /* before the earliest */
} transition_list;

/* STANDARD or DAYLIGHT: at each onset, local time by the offset before it, the offset changes. */
typedef struct observance {
    transition_list *into;
    int32_t offset_from;
    int32_t offset_to;
    sla_status status;
} observance;

static bool add_onset(void *context, int32_t date, int32_t second) {
    observance *const adding = context;
    transition_list *const list = adding->into;
    const zone_transition onset = {(int64_t)date * SLI_DAY + second - adding->offset_from, adding->offset_to};
    if (list->count >= TRANSITIONS_MAX) {
        adding->status = SLA_LIMIT;
        return false;
    }
    if (!SLI_APPEND(list, onset)) {
        adding->status = SLA_OUT_OF_MEMORY;
        return false;
    }
    if (list->count == 1 || onset.at < list->earliest) {
        list->earliest = onset.at;
        list->first_offset = adding->offset_from;
    }
    return true;
}

static bool is_offset(const property *offset) {
    return offset != NULL && offset->number > -SLI_DAY && offset->number < SLI_DAY;
}

static sla_status add_rule_onsets(feed_reading *reading, const property *rule_text, moment start, observance *adding) {
    recurrence_rule rule;
    bool out_of_memory;
    const char *const complaint = sli_rule_parse(sli_text(rule_text->text, SIZE_MAX), &rule, &out_of_memory);
    sla_status status = out_of_memory ? SLA_OUT_OF_MEMORY : complaint != NULL ? SLA_UNSUPPORTED_EVENT : SLA_OK;
    if (status == SLA_OK) {
        const int32_t last = (int32_t)sli_floor_divide(reading->reader->end, SLI_DAY) + 2;
        status = sli_rule_expand(reading, &rule, start, start.date, last, add_onset, adding);
    }
    free(rule.foreign);
    return status != SLA_OK ? status : adding->status;
}

static sla_status add_recurring_onsets(feed_reading *reading, const component *from, moment start, observance *adding) {
    sla_status status = SLA_OK;
    for (size_t i = 0; i < from->count && status == SLA_OK; i++) {
        const property *const at = &from->items[i];
        if (at->kind == PROPERTY_RDATE && at->time.exists) {
            add_onset(adding, at->time.date, at->time.second);
            status = adding->status;
        } else if (at->kind == PROPERTY_RRULE) {
            status = add_rule_onsets(reading, at, start, adding);
        }
    }
    return status;
}

/* SLA_UNSUPPORTED_EVENT when the observance cannot be understood. */
static sla_status add_observance(feed_reading *reading, const component *from, transition_list *list) {
    const property *const start = sli_component_find(from, PROPERTY_DTSTART);
    const property *const offset_from = sli_component_find(from, PROPERTY_TZOFFSETFROM);
    const property *const offset_to = sli_component_find(from, PROPERTY_TZOFFSETTO);
    if (start == NULL || !start->time.exists || !is_offset(offset_from) || !is_offset(offset_to)) {
        return SLA_UNSUPPORTED_EVENT;
    }
    observance adding = {list, offset_from->number, offset_to->number, SLA_OK};
    sla_zone *const before = sli_zone_new_from_transitions(sli_text("", 0), offset_from->number, NULL, 0);
    if (before == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    const moment first = {.date = start->time.date, .second = start->time.second, .zone = before};
    add_onset(&adding, first.date, first.second);
    const sla_status status = adding.status != SLA_OK ? adding.status : add_recurring_onsets(reading, from, first, &adding);
    sla_zone_unref(before);
    return status;
}

static int compare_transitions(const void *left, const void *right) {
    const zone_transition *const one = left;
    const zone_transition *const other = right;
    return one->at != other->at ? (one->at < other->at ? -1 : 1)
                                : (one->offset > other->offset) - (one->offset < other->offset);
}

/* An onset that two observances or two rules name counts once. */
static void sort_transitions(transition_list *list) {
    qsort(list->items, list->count, sizeof *list->items, compare_transitions);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && list->items[kept - 1].at == list->items[i].at) {
            kept--;
        }
        list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

static bool are_crowded(const transition_list *list) {
    for (size_t i = CROWD_MAX; i < list->count; i++) {
        if (list->items[i].at - list->items[i - CROWD_MAX].at < CROWD_SECONDS) {
            return true;
        }
    }
    return false;
}

static sla_status collect_transitions(feed_reading *reading, const component_list *components, size_t index,
                                      transition_list *list) {
    sla_status status = SLA_OK;
    for (size_t i = index + 1; i < components->count && status == SLA_OK; i++) {
        const component *const from = &components->items[i];
        if (from->kind != COMPONENT_STANDARD && from->kind != COMPONENT_DAYLIGHT) {
            break;
        }
        status = add_observance(reading, from, list);
    }
    return status;
}

static sla_status make_zone(const component *from, transition_list *list, sla_zone **zone) {
    const property *const name = sli_component_find(from, PROPERTY_TZID);
    sort_transitions(list);
    if (are_crowded(list)) {
        return SLA_LIMIT;
    }
    *zone = sli_zone_new_from_transitions(sli_text(name->text, SIZE_MAX), list->first_offset, list->items, list->count);
    return *zone == NULL ? SLA_OUT_OF_MEMORY : SLA_OK;
}

sla_status sli_vtimezone_read(feed_reading *reading, const component_list *components, size_t index, sla_zone **zone) {
    *zone = NULL;
    transition_list list = {0};
    sla_status status = collect_transitions(reading, components, index, &list);
    if (status == SLA_OK && list.count > 0) {
        status = make_zone(&components->items[index], &list, zone);
    }
    free(list.items);
    if (status == SLA_LIMIT) {
        return sli_feed_fail(reading, SLA_LIMIT, components->items[index].line, NULL,
                             "a VTIMEZONE has more than %d clock changes, more than %d of them within four days, or rules "
                             "that are too much work",
                             TRANSITIONS_MAX, CROWD_MAX);
    }
    return status == SLA_UNSUPPORTED_EVENT ? SLA_OK : status;
}
