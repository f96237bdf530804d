/* SPDX-License-Identifier: MIT */
#include "calendar/definition.h"

#include "calendar/windows.h"

#include <stdlib.h>
#include <string.h>

void sli_definition_clear(definition *made) {
    for (size_t i = 0; i < 7; i++) {
        free(made->hours[i].items);
    }
    for (size_t i = 0; i < made->feeds.count; i++) {
        sla_feed_unref(made->feeds.items[i]);
    }
    free(made->exception_windows.items);
    free(made->exceptions.items);
    free(made->titles.items);
    free(made->feeds.items);
    free(made->runs.items);
    sla_zone_unref(made->zone);
    *made = (definition){0};
}

/* ---- Copying ---- */

static bool copy_items(const void *items, size_t count, size_t size, void **copy, size_t *copied, size_t *capacity) {
    if (count == 0) {
        return true;
    }
    *copy = malloc(count * size);
    if (*copy == NULL) {
        return false;
    }
    memcpy(*copy, items, count * size);
    *copied = *capacity = count;
    return true;
}

#define COPY_LIST(original, made)                                                                                          \
    copy_items((original)->items, (original)->count, sizeof *(original)->items, (void **)&(made)->items, &(made)->count,   \
               &(made)->capacity)

static bool copy_windows(const definition *original, definition *copy) {
    for (size_t i = 0; i < 7; i++) {
        if (!COPY_LIST(&original->hours[i], &copy->hours[i])) {
            return false;
        }
    }
    return COPY_LIST(&original->exception_windows, &copy->exception_windows);
}

static bool copy_feeds(const definition *original, definition *copy) {
    if (!COPY_LIST(&original->feeds, &copy->feeds)) {
        return false;
    }
    for (size_t i = 0; i < copy->feeds.count; i++) {
        sla_feed_ref(copy->feeds.items[i]);
    }
    return true;
}

bool sli_definition_copy(const definition *original, definition *copy) {
    *copy = (definition){.zone = sla_zone_ref(original->zone), .begin = original->begin, .end = original->end};
    return copy_windows(original, copy) && COPY_LIST(&original->exceptions, &copy->exceptions) &&
           COPY_LIST(&original->titles, &copy->titles) && copy_feeds(original, copy);
}

/* ---- The exception that stands for each date ---- */

/* For each date of [first, until), the exception that stands (-1: none) and how many dates to skip to come nearer to the
 * next one without (0: this one is without). */
typedef struct standing_exceptions {
    int32_t first;
    int32_t until;
    int32_t *exceptions;
    int32_t *skips;
} standing_exceptions;

static int32_t next_free_date(const standing_exceptions *standing, int32_t date) {
    int32_t *const skips = standing->skips;
    int32_t at = date - standing->first;
    while (skips[at] != 0) {
        skips[at] += skips[at + skips[at]];
        at += skips[at];
    }
    return at + standing->first;
}

/* Exceptions are taken from the last to the first, each for the dates that are still free: none is visited twice. */
static void let_stand(const standing_exceptions *standing, const date_exception *given, int32_t number) {
    const int32_t first = given->first > standing->first ? given->first : standing->first;
    const int32_t until = given->until < standing->until ? given->until : standing->until;
    if (first >= until) {
        return;
    }
    for (int32_t date = next_free_date(standing, first); date < until; date = next_free_date(standing, date)) {
        standing->exceptions[date - standing->first] = number;
        standing->skips[date - standing->first] = 1;
    }
}

/* The dates of one exception are parted by those of others only. */
static bool add_runs(const standing_exceptions *standing, run_list *runs) {
    for (int32_t date = standing->first; date < standing->until; date++) {
        const int32_t exception = standing->exceptions[date - standing->first];
        if (exception < 0) {
            continue;
        }
        exception_run *const last = runs->count == 0 ? NULL : &runs->items[runs->count - 1];
        if (last != NULL && last->exception == exception) {
            last->until++;
        } else if (!SLI_APPEND(runs, ((exception_run){date, date + 1, exception}))) {
            return false;
        }
    }
    return true;
}

static bool resolve_dates(const definition *made, standing_exceptions *standing, run_list *runs) {
    const size_t date_count = (size_t)(standing->until - standing->first);
    standing->exceptions = malloc(date_count * sizeof *standing->exceptions);
    standing->skips = calloc(date_count + 1, sizeof *standing->skips);
    if (standing->exceptions == NULL || standing->skips == NULL) {
        return false;
    }
    memset(standing->exceptions, 0xFF, date_count * sizeof *standing->exceptions);
    for (size_t i = made->exceptions.count; i-- > 0;) {
        let_stand(standing, &made->exceptions.items[i], (int32_t)i);
    }
    return add_runs(standing, runs);
}

bool sli_definition_resolve(definition *made) {
    if (made->exceptions.count == 0) {
        return true;
    }
    standing_exceptions standing = {.first = sli_windows_first_date(made->zone, made->begin),
                                    .until = sli_windows_until_date(made->zone, made->end)};
    const bool resolved = resolve_dates(made, &standing, &made->runs);
    free(standing.exceptions);
    free(standing.skips);
    if (made->runs.count > 0) {
        exception_run *const runs = realloc(made->runs.items, made->runs.count * sizeof *runs);
        made->runs.items = runs == NULL ? made->runs.items : runs;
    }
    return resolved;
}

/* ---- What it costs ---- */

int64_t sli_definition_cost(const definition *made) {
    enum { LOOKS_DAYS = 2048 }; /* of a closure once for so many days: by half the stretches */
    const int64_t days = (made->end - made->begin) / SLI_DAY + 1;
    int64_t windows_a_week = 0;
    for (size_t i = 0; i < 7; i++) {
        windows_a_week += (int64_t)made->hours[i].count;
    }
    int64_t cost = days + windows_a_week * (days / 7 + 1);
    for (size_t i = 0; i < made->runs.count; i++) {
        const exception_run *const run = &made->runs.items[i];
        cost += (int64_t)(run->until - run->first) * made->exceptions.items[run->exception].window_count;
    }
    for (size_t i = 0; i < made->feeds.count; i++) {
        cost += (int64_t)made->feeds.items[i]->closure_count * (days / LOOKS_DAYS + 1);
    }
    return cost;
}
