/* SPDX-License-Identifier: MIT */
/*
 * The index of a calendar: C(t), the open seconds before t, and its inverses (§3), for any set of open instants.
 *
 * Time is cut into UTC days. A day has the number of open seconds before it (its prefix) and a template: the open pieces of
 * one UTC day. Days that look alike share a template, so clock changes, night shifts and holidays are just more templates.
 * Days come in blocks, so that a prefix fits 32 bits and a template number 16 whatever the calendar: a block has at most
 * BLOCK_DAYS days, hence fewer than 2^31 open seconds and at most BLOCK_DAYS templates of its own.
 *
 * A question reads one day and one template. The inverse finds its day among the next few, or else by a directory
 * that leads from every 2^n-th open second to its day, and a binary search between two entries of it.
 *
 * Invariants
 *   - day 0 holds `begin`; the last day holds `end`, so C(end) is read like any other; prefix[day_count] is the total.
 *   - pieces of a template: first an empty one at 0, so that a search always finds one; then sorted, not touching.
 *   - what lies in these days but outside the horizon counts as closed, so there is always a closed second at or after
 * `end`.
 */
#ifndef SLI_CALENDAR_INDEX_H
#define SLI_CALENDAR_INDEX_H

#include "calendar/interval.h"

typedef struct piece {
    int32_t start; /* second of the UTC day */
    int32_t end;
    int32_t before; /* open seconds of the day before `start` */
} piece;

typedef struct day_template {
    uint32_t first; /* index of its first piece */
    uint32_t count;
} day_template;

enum { BLOCK_SHIFT = 14, BLOCK_DAYS = 1 << BLOCK_SHIFT, NEAR_DAYS = 8 };

typedef struct day_block {
    int64_t before;    /* open seconds before the block */
    uint32_t template; /* its first template */
} day_block;

typedef struct directory {
    uint32_t *days; /* the day of every 2^shift-th open (or closed) second, then the last day */
    uint32_t shift;
} directory;

typedef struct hours_index {
    int64_t begin; /* the horizon */
    int64_t end;
    int64_t origin; /* the midnight of day 0 */
    int64_t open_total;
    uint32_t day_count;
    uint32_t template_count;
    uint32_t piece_count;
    uint32_t *prefixes;         /* per day, and one more: open seconds since the block's first day */
    uint16_t *template_numbers; /* per day: in its block */
    day_block *blocks;
    day_template *templates;
    piece *pieces;
    directory open;
    directory closed;
} hours_index;

/* ---- Building: the open time is handed over in order, in stretches of whole UTC days ---- */

typedef struct index_builder {
    hours_index index;
    uint32_t next_day;
    size_t template_capacity;
    size_t piece_capacity;
    int32_t *slots; /* hash table of the current block's templates: number or -1 */
} index_builder;

/* SLA_OUT_OF_MEMORY. The horizon is not empty. */
sla_status sli_index_start(index_builder *builder, int64_t begin, int64_t end);

/* The instant up to which the next stretch of at most `days` days goes; `end` for the last. */
int64_t sli_index_stretch_end(const index_builder *builder, uint32_t days);

/* Adds the open time from where the last stretch ended up to `until`, a stretch's end; `open` in normal form, cut to the
 * stretch. SLA_OUT_OF_MEMORY, SLA_LIMIT. */
sla_status sli_index_add(index_builder *builder, const interval_list *open, int64_t until);

/* Hands over the index when all stretches are in. SLA_OUT_OF_MEMORY. */
sla_status sli_index_finish(index_builder *builder, hours_index *index);
void sli_index_abandon(index_builder *builder);

void sli_index_free(hours_index *index);

/* Appends the open time in [from, until), within the horizon. False when memory is out. */
bool sli_index_intervals(const hours_index *index, int64_t from, int64_t until, interval_list *open);

/* ---- Reading ---- */

static inline uint32_t sli_index_day(const hours_index *index, int64_t at) {
    return (uint32_t)((uint64_t)(at - index->origin) / SLI_DAY);
}

static inline int32_t sli_index_second(const hours_index *index, int64_t at) {
    return (int32_t)((uint64_t)(at - index->origin) % SLI_DAY);
}

static inline int64_t sli_index_open_before_day(const hours_index *index, uint32_t day) {
    return index->blocks[day >> BLOCK_SHIFT].before + index->prefixes[day];
}

static inline const day_template *sli_index_template(const hours_index *index, uint32_t day) {
    return &index->templates[index->blocks[day >> BLOCK_SHIFT].template + index->template_numbers[day]];
}

/* What is counted, and by what a piece is searched. */
enum { COUNT_OPEN, COUNT_CLOSED, COUNT_ALL };

static inline int32_t sli_piece_key(const piece *candidate, int counted) {
    switch (counted) {
        case COUNT_OPEN:
            return candidate->before;
        case COUNT_CLOSED:
            return candidate->start - candidate->before;
        default:
            return candidate->start;
    }
}

/* The last piece of the day before which there are at most `seconds` of what is counted. */
static inline const piece *sli_index_piece(const hours_index *index, uint32_t day, int32_t seconds, int counted) {
    const day_template *const template = sli_index_template(index, day);
    const piece *found = &index->pieces[template->first];
    for (uint32_t count = template->count; count > 1;) {
        const uint32_t half = count / 2;
        found = sli_piece_key(found + half, counted) <= seconds ? found + half : found;
        count -= half;
    }
    return found;
}

/* C(at), for `begin` <= at <= `end`. */
static inline int64_t sli_index_measure(const hours_index *index, int64_t at) {
    const uint32_t day = sli_index_day(index, at);
    const int32_t second = sli_index_second(index, at);
    const piece *const last = sli_index_piece(index, day, second, COUNT_ALL);
    const int32_t reached = second < last->end ? second : last->end;
    return sli_index_open_before_day(index, day) + last->before + (reached - last->start);
}

static inline bool sli_index_is_open(const hours_index *index, int64_t at) {
    const int32_t second = sli_index_second(index, at);
    return second < sli_index_piece(index, sli_index_day(index, at), second, COUNT_ALL)->end;
}

static inline int64_t sli_index_before_day(const hours_index *index, uint32_t day, int counted) {
    const int64_t open = sli_index_open_before_day(index, day);
    return counted == COUNT_OPEN ? open : (int64_t)day * SLI_DAY - open;
}

/* The day in [low, high] that holds what is counted as number `rank`: the last with at most `rank` before it. */
static inline uint32_t sli_index_search_days(const hours_index *index, uint32_t low, uint32_t high, int64_t rank,
                                             int counted) {
    for (uint32_t count = high - low + 1; count > 1;) {
        const uint32_t half = count / 2;
        low = sli_index_before_day(index, low + half, counted) <= rank ? low + half : low;
        count -= half;
    }
    return low;
}

/* How many of the NEAR_DAYS days after `near` begin with at most `rank` before them: counted without a branch, for which of
 * them it is cannot be foreseen. */
static inline uint32_t sli_index_count_near(const hours_index *index, uint32_t near, int64_t rank, int counted) {
    uint32_t count = 0;
    for (uint32_t day = near + 1; day <= near + NEAR_DAYS; day++) {
        count += sli_index_before_day(index, day, counted) <= rank;
    }
    return count;
}

/* The same among all days, of which `near` and the few after it are tried first. */
static inline uint32_t sli_index_find_day(const hours_index *index, uint32_t near, int64_t rank, int counted) {
    if (near + NEAR_DAYS <= index->day_count && sli_index_before_day(index, near, counted) <= rank &&
        sli_index_before_day(index, near + NEAR_DAYS, counted) > rank) {
        return near + sli_index_count_near(index, near, rank, counted);
    }
    const directory *const guide = counted == COUNT_OPEN ? &index->open : &index->closed;
    const uint64_t entry = (uint64_t)rank >> guide->shift;
    return sli_index_search_days(index, guide->days[entry], guide->days[entry + 1], rank, counted);
}

/* The instant of the open second number `rank`, from 0, below open_total; found fastest not long after `near`. */
static inline int64_t sli_index_open_second(const hours_index *index, int64_t rank, int64_t near) {
    const uint32_t day = sli_index_find_day(index, sli_index_day(index, near), rank, COUNT_OPEN);
    const int32_t in_day = (int32_t)(rank - sli_index_open_before_day(index, day));
    const piece *const holder = sli_index_piece(index, day, in_day, COUNT_OPEN);
    return index->origin + (int64_t)day * SLI_DAY + holder->start + (in_day - holder->before);
}

/* The first closed instant at or after `at`, `begin` <= at <= `end`; not before `end` when there is none in the horizon. */
static inline int64_t sli_index_next_closed(const hours_index *index, int64_t at) {
    const int64_t rank = at - index->origin - sli_index_measure(index, at);
    const uint32_t day = sli_index_find_day(index, sli_index_day(index, at), rank, COUNT_CLOSED);
    const int32_t in_day = (int32_t)(rank - sli_index_before_day(index, day, COUNT_CLOSED));
    const piece *const before = sli_index_piece(index, day, in_day, COUNT_CLOSED);
    return index->origin + (int64_t)day * SLI_DAY + in_day + before->before + (before->end - before->start);
}

#endif
