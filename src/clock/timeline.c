/* SPDX-License-Identifier: MIT */
#include "base/heap.h"
#include "clock/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- Room ---- */

enum { WORD = sizeof(int64_t) };

/* Words for so many moments and changes, all records of which are whole words; SIZE_MAX when that is no number. */
static size_t words_for(size_t moments, size_t changes) {
    const size_t per_moment = (sizeof(moment) + SLI_PAUSES_PER_MOMENT * sizeof(pause_span)) / WORD;
    const size_t per_change = (sizeof(sla_change) + sizeof(spell) + WORD - 1) / WORD;
    if (moments > SIZE_MAX / WORD / 4 / per_moment || changes > SIZE_MAX / WORD / 4 / per_change) {
        return SIZE_MAX;
    }
    return moments * per_moment + (changes + 1) * per_change;
}

static bool are_few(size_t moments, size_t changes) {
    return moments <= SLI_FEW_MOMENTS && changes <= SLI_FEW_CHANGES;
}

static void use_few(timeline *line) {
    line->moments = line->few_moments;
    line->pauses = line->few_pauses;
    line->changes = line->few_changes;
    line->spells = line->few_spells;
}

/* The arrays stand one behind the other, those with the strictest alignment first. */
static void use_words(timeline *line, void *words, size_t moments, size_t changes) {
    line->spells = words;
    line->changes = (sla_change *)(line->spells + changes + 1);
    line->moments = (moment *)(line->changes + changes);
    line->pauses = (pause_span *)(line->moments + moments);
}

size_t sla_clock_workspace_length(size_t events, size_t changes) {
    if (events == SIZE_MAX) {
        return SIZE_MAX;
    }
    return are_few(events + 1, changes) ? 0 : words_for(events + 1, changes);
}

static sla_status make_room(timeline *line, size_t events, size_t changes, const workspace *room) {
    const size_t words = sla_clock_workspace_length(events, changes);
    line->allocated = NULL;
    if (words == 0) {
        use_few(line);
        return SLA_OK;
    }
    if (room != NULL) {
        if (words > room->length) {
            return SLA_BUFFER_TOO_SMALL;
        }
        use_words(line, room->words, events + 1, changes);
        return SLA_OK;
    }
    line->allocated = calloc(words, WORD); /* which knows when that is no number */
    if (line->allocated == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    use_words(line, line->allocated, events + 1, changes);
    return SLA_OK;
}

void sli_timeline_close(timeline *line) {
    free(line->allocated);
}

/* ---- Order (§7.1) ---- */

static int compare(int64_t left, int64_t right) {
    return (left > right) - (left < right);
}

static int compare_moments(const void *context, const void *left, const void *right) {
    (void)context;
    return compare(((const moment *)left)->at, ((const moment *)right)->at);
}

static int compare_changes(const void *context, const void *left, const void *right) {
    (void)context;
    const sla_change *const one = left;
    const sla_change *const other = right;
    if (one->at != other->at) {
        return compare(one->at, other->at);
    }
    /* the contract first: of it are the indexes of the others */
    return one->fact != other->fact ? compare(other->fact, one->fact) : compare(one->value, other->value);
}

/* Most histories come in order: then there is nothing to do. */
static void sort(const heap *items) {
    const char *const bytes = items->items;
    for (size_t i = 1; i < items->count; i++) {
        if (items->compare(NULL, bytes + (i - 1) * items->size, bytes + i * items->size) > 0) {
            sli_heap_sort(items);
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
    sort(&(heap){line->moments, line->moment_count, sizeof *line->moments, compare_moments, NULL});
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
    sort(&(heap){line->changes, count, sizeof *line->changes, compare_changes, NULL});
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

static sla_status fail_room(const happenings *happened, sla_status status, sla_error *error) {
    if (status == SLA_OUT_OF_MEMORY) {
        return sli_fail_memory(error);
    }
    return sli_fail(error, status, "the workspace is too small for %zu events and %zu changes; it takes %zu words",
                    happened->event_count, happened->change_count,
                    sla_clock_workspace_length(happened->event_count, happened->change_count));
}

sla_status sli_timeline_open(timeline *line, const clock_question *question, const happenings *happened,
                             const workspace *room, sla_error *error) {
    sla_status status = sli_happenings_check(question, happened, error);
    if (status != SLA_OK) {
        return status;
    }
    status = make_room(line, happened->event_count, happened->change_count, room);
    if (status != SLA_OK) {
        return fail_room(happened, status, error);
    }
    order_moments(line, question, happened->events, happened->event_count);
    status = order_changes(line, question, happened, error);
    if (status != SLA_OK) {
        sli_timeline_close(line);
    }
    return status;
}
