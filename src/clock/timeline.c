/* SPDX-License-Identifier: MIT */
#include "clock/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- Room ---- */

/* The arrays stand one behind the other, those with the strictest alignment first; all hold 64-bit numbers. */
static sla_status make_room(timeline *line, size_t moments, size_t changes) {
    line->heap = NULL;
    line->moments = line->few_moments;
    line->pauses = line->few_pauses;
    line->changes = line->few_changes;
    line->spells = line->few_spells;
    if (moments <= SLI_FEW_MOMENTS && changes <= SLI_FEW_CHANGES) {
        return SLA_OK;
    }
    const size_t per_moment = sizeof *line->moments + SLI_PAUSES_PER_MOMENT * sizeof *line->pauses;
    const size_t per_change = sizeof *line->changes + sizeof *line->spells;
    if (moments > SIZE_MAX / 4 / per_moment || changes > SIZE_MAX / 4 / per_change) {
        return SLA_OUT_OF_MEMORY;
    }
    line->heap = malloc(moments * per_moment + changes * per_change + sizeof *line->spells);
    if (line->heap == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    line->spells = line->heap;
    line->changes = (sla_change *)(line->spells + changes + 1);
    line->moments = (moment *)(line->changes + changes);
    line->pauses = (pause_span *)(line->moments + moments);
    return SLA_OK;
}

void sli_timeline_close(timeline *line) {
    free(line->heap);
    line->heap = NULL;
}

/* ---- Order (§7.1) ---- */

static int compare(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_moments(const void *left, const void *right) {
    return compare(((const moment *)left)->at, ((const moment *)right)->at);
}

static int compare_changes(const void *left, const void *right) {
    const sla_change *const one = left;
    const sla_change *const other = right;
    if (one->at != other->at) {
        return compare(one->at, other->at);
    }
    /* the contract first: of it are the indexes of the others */
    return one->fact != other->fact ? compare(other->fact, one->fact) : compare(one->value, other->value);
}

/* Most histories come in order: then there is nothing to do. */
static void sort(void *items, size_t count, size_t size, int (*compare_items)(const void *, const void *)) {
    const char *const bytes = items;
    for (size_t i = 1; i < count; i++) {
        if (compare_items(bytes + (i - 1) * size, bytes + i * size) > 0) {
            qsort(items, count, size, compare_items);
            return;
        }
    }
}

static void add_moment(timeline *line, const clock_question *question, int64_t at, int32_t event) {
    const uint32_t roles = event < 0 ? 0 : question->metric->roles[event];
    if (roles != 0 && at <= question->now) {
        line->moments[line->moment_count++] = (moment){at, roles};
    }
}

static void merge_moments(timeline *line) {
    size_t kept = 0;
    for (size_t i = 0; i < line->moment_count; i++) {
        if (kept > 0 && line->moments[kept - 1].at == line->moments[i].at) {
            line->moments[kept - 1].roles |= line->moments[i].roles;
        } else {
            line->moments[kept++] = line->moments[i];
        }
    }
    line->moment_count = kept;
}

enum { EVENT_RECEIVED = 0 };

static void order_moments(timeline *line, const clock_question *question, const sla_event *events, size_t count) {
    line->moment_count = 0;
    add_moment(line, question, question->request->received, EVENT_RECEIVED);
    for (size_t i = 0; i < count; i++) {
        add_moment(line, question, events[i].at, events[i].event);
    }
    sort(line->moments, line->moment_count, sizeof *line->moments, compare_moments);
    merge_moments(line);
}

/* Changes after `now` are checked too, before they are left out (§7.7). */
static sla_status order_changes(timeline *line, const clock_question *question, const happenings *happened,
                                sla_error *error) {
    const sla_change *const changes = happened->changes;
    const size_t count = happened->change_count;
    if (count > 0) {
        memcpy(line->changes, changes, count * sizeof *changes);
    }
    sort(line->changes, count, sizeof *line->changes, compare_changes);
    line->change_count = 0;
    for (size_t i = 0; i < count; i++) {
        const sla_change *const change = &line->changes[i];
        if (i > 0 && change[-1].at == change->at && change[-1].fact == change->fact && change[-1].value != change->value) {
            return sli_fail_contradiction(changes, count, change - 1, change, error);
        }
        line->change_count += change->at <= question->now;
    }
    return sli_changes_check(question, happened, line->changes, error);
}

sla_status sli_timeline_open(timeline *line, const clock_question *question, const happenings *happened, sla_error *error) {
    sla_status status = sli_happenings_check(question, happened, error);
    if (status != SLA_OK) {
        return status;
    }
    if (happened->event_count == SIZE_MAX || make_room(line, happened->event_count + 1, happened->change_count) != SLA_OK) {
        return sli_fail_memory(error);
    }
    order_moments(line, question, happened->events, happened->event_count);
    status = order_changes(line, question, happened, error);
    if (status != SLA_OK) {
        sli_timeline_close(line);
    }
    return status;
}
