/* SPDX-License-Identifier: MIT */
/*
 * The index of a calendar: C(t), the open seconds before t, and its inverses (§3), for any set of open instants.
 *
 * Time is cut into days of 86,400 s. For each day the index holds C at its begin (its prefix, 32 bits) and the number of a
 * template: which seconds of a day are open. Days that look alike share a template, so clock changes, night shifts and
 * holidays are just more templates: a calendar of 130 years has a handful, and they stay in the nearest cache.
 *
 *   C(t)          divide by the length of a day; the day's prefix + what the template has open before the second: two
 *                 cache lines and no branch that depends on the instant.
 *   inverse of C  the day is among the WINDOW_DAYS after a day that is near: that of the question or, when the way is
 *                 longer, the one that a directory has for every 2^n-th open second. Comparing all their prefixes is
 *                 faster than searching them. Then the template is read the other way round.
 *
 * Two things make that exact for every calendar:
 *   - A template says in place where up to two open pieces lie, which is answered by arithmetic alone. What has more refers
 *     to a list of pieces, which is searched.
 *   - A prefix holds the lower 32 bits of C. Over 400 years C stays within 2^32 s of a straight line (it cannot get farther
 *     off than a quarter of the time), and the line gives the upper bits. Differences between near days need no more.
 *
 * Invariants
 *   - day 0 holds `begin`, the last day holds `end`; behind it, WINDOW_DAYS + 1 prefixes repeat the total.
 *   - what lies in these days but outside the horizon counts as closed, so there is always a closed second at or after
 * `end`.
 */
#ifndef SLI_CALENDAR_INDEX_H
#define SLI_CALENDAR_INDEX_H

#include "calendar/interval.h"

/* Of one day: open from `start` for `length` seconds, and again after `gap` more for `second_length`. */
typedef struct day_template {
    int32_t start;
    int32_t length;
    int32_t gap; /* without a second piece, longer than a day; LISTED: pieces[start] and on, `length` of them */
    int32_t second_length;
} day_template;

enum { LISTED = -1 };

/* Listed pieces are sorted and do not touch; the first is an empty one at 0, so that a search always finds one. */
typedef struct piece {
    int32_t start; /* second of the day */
    int32_t end;
    int32_t before; /* open seconds of the day before `start` */
} piece;

enum { WINDOW_DAYS = 16, DIRECTORY_DAYS = 4, NARROW_TEMPLATES = 256 };

/* What holds for the whole index. ONE_PIECE and TWO_PIECES: no day has more, prefixes are C itself, numbers are narrow. */
enum { ONE_PIECE, TWO_PIECES, ANY_FORM };

typedef struct hours_index {
    int64_t begin; /* the horizon */
    int64_t end;
    int64_t origin;  /* the begin of day 0 */
    uint64_t length; /* of the horizon */
    int64_t open_total;
    uint64_t earliest_count; /* open seconds after which there is an instant within the horizon: all, or all but the last */
    int32_t form;
    int64_t slope; /* C at day n lies within [lowest + n * slope, 2^32 s above); 0 when the total is below 2^32 */
    int64_t lowest;
    uint32_t *prefixes;
    uint8_t *narrow_numbers; /* per day: the number of its template; NULL when there are more than NARROW_TEMPLATES */
    uint32_t *wide_numbers;  /* else these */
    day_template *templates;
    piece *pieces;
    uint16_t *directory; /* the day of every 2^shift-th open second, divided by DIRECTORY_DAYS; then the last day */
    uint32_t directory_shift;
    uint32_t day_count;
    uint32_t template_count;
    uint32_t piece_count;
} hours_index;

/* ---- Building: the open time is handed over in order, in stretches of whole days ---- */

typedef struct index_builder {
    hours_index index;
    uint32_t next_day;
    size_t template_capacity;
    size_t piece_capacity;
    uint32_t *slots; /* hash table of templates: number + 1, or 0 */
    size_t slot_count;
} index_builder;

/* `phase` is the second of the UTC day at which the index's days begin. SLA_OUT_OF_MEMORY. The horizon is not empty. */
sla_status sli_index_start(index_builder *builder, int64_t begin, int64_t end, int32_t phase);

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

/* The index's form is known where these functions are expanded, so that what a form does not need costs nothing: `form` is
 * index->form or, for what need not be fast, ANY_FORM, which holds for all. */
#define SLI_INLINE static inline __attribute__((always_inline))

/* 86,400 is 128 times 675, and 400 years are less than 2^27 times 128 seconds: a multiplication divides by 675. */
SLI_INLINE uint32_t sli_index_day(const hours_index *index, int64_t at) {
    return (uint32_t)(((uint64_t)(at - index->origin) >> 7) * 203613265 >> 37);
}

SLI_INLINE int64_t sli_index_day_begin(const hours_index *index, uint32_t day) {
    return index->origin + (int64_t)day * SLI_DAY;
}

SLI_INLINE int32_t sli_index_second(const hours_index *index, uint32_t day, int64_t at) {
    return (int32_t)((uint32_t)(at - index->origin) - day * SLI_DAY);
}

/* C at the day's begin. */
SLI_INLINE int64_t sli_index_before_day(const hours_index *index, uint32_t day, int form) {
    const uint32_t prefix = index->prefixes[day];
    if (form != ANY_FORM) {
        return prefix;
    }
    const int64_t line = index->lowest + index->slope * day;
    return line + (int64_t)(uint32_t)(prefix - (uint32_t)line);
}

SLI_INLINE const day_template *sli_index_template(const hours_index *index, uint32_t day, int form) {
    const bool narrow = form != ANY_FORM || index->narrow_numbers != NULL;
    return &index->templates[narrow ? index->narrow_numbers[day] : index->wide_numbers[day]];
}

/* ---- Within a day ---- */

SLI_INLINE bool sli_template_is_listed(const day_template *shape, int form) {
    return form == ANY_FORM && shape->gap == LISTED;
}

SLI_INLINE int32_t sli_clamp(int32_t value, int32_t most) {
    value = value < 0 ? 0 : value;
    return value > most ? most : value;
}

/* By what a listed piece is searched. */
enum { BY_SECOND, BY_OPEN, BY_CLOSED };

static inline int32_t sli_piece_key(const piece *candidate, int key) {
    return key == BY_SECOND ? candidate->start : key == BY_OPEN ? candidate->before : candidate->start - candidate->before;
}

/* The last listed piece whose key is at most `value`. */
static inline const piece *sli_index_piece(const hours_index *index, const day_template *shape, int32_t value, int key) {
    const piece *found = &index->pieces[shape->start];
    for (int32_t count = shape->length; count > 1;) {
        const int32_t half = count / 2;
        found = sli_piece_key(found + half, key) <= value ? found + half : found;
        count -= half;
    }
    return found;
}

/* Open seconds of the day before `second`. */
SLI_INLINE int32_t sli_template_measure(const hours_index *index, const day_template *shape, int32_t second, int form) {
    if (sli_template_is_listed(shape, form)) {
        const piece *const last = sli_index_piece(index, shape, second, BY_SECOND);
        return last->before + sli_clamp(second - last->start, last->end - last->start);
    }
    const int32_t into = second - shape->start;
    const int32_t first = sli_clamp(into, shape->length);
    return form == ONE_PIECE ? first : first + sli_clamp(into - shape->length - shape->gap, shape->second_length);
}

SLI_INLINE bool sli_template_is_open(const hours_index *index, const day_template *shape, int32_t second, int form) {
    if (sli_template_is_listed(shape, form)) {
        return second < sli_index_piece(index, shape, second, BY_SECOND)->end;
    }
    const int32_t into = second - shape->start;
    const bool first = (uint32_t)into < (uint32_t)shape->length;
    return form == ONE_PIECE ? first
                             : first | ((uint32_t)(into - shape->length - shape->gap) < (uint32_t)shape->second_length);
}

/* The second of the day that is open second number `rank` of the day, from 0. */
SLI_INLINE int32_t sli_template_open_second(const hours_index *index, const day_template *shape, int32_t rank, int form) {
    if (sli_template_is_listed(shape, form)) {
        const piece *const holder = sli_index_piece(index, shape, rank, BY_OPEN);
        return holder->start + (rank - holder->before);
    }
    const int32_t second = shape->start + rank;
    return form == ONE_PIECE ? second : second + (rank >= shape->length ? shape->gap : 0);
}

/* ---- Questions ---- */

/* C(at), for `begin` <= at <= `end`. */
SLI_INLINE int64_t sli_index_measure(const hours_index *index, int64_t at, int form) {
    const uint32_t day = sli_index_day(index, at);
    const int32_t second = sli_index_second(index, day, at);
    return sli_index_before_day(index, day, form) +
           sli_template_measure(index, sli_index_template(index, day, form), second, form);
}

SLI_INLINE bool sli_index_is_open(const hours_index *index, int64_t at, int form) {
    const uint32_t day = sli_index_day(index, at);
    return sli_template_is_open(index, sli_index_template(index, day, form), sli_index_second(index, day, at), form);
}

/* Is open second number `rank` in the WINDOW_DAYS days from `day` on? */
SLI_INLINE bool sli_index_in_window(const hours_index *index, uint32_t day, int64_t rank, int form) {
    const uint32_t in_window = index->prefixes[day + WINDOW_DAYS] - index->prefixes[day];
    return (uint64_t)(rank - sli_index_before_day(index, day, form)) < in_window;
}

/* The day that it is in: one later for each prefix that is not above it. A difference of 32 bits has its sign on top. */
SLI_INLINE uint32_t sli_index_day_in_window(const hours_index *index, uint32_t day, int64_t rank) {
    const uint32_t limit = (uint32_t)rank + 1;
    const uint32_t *const prefixes = &index->prefixes[day + 1];
    uint32_t later = 0;
    for (uint32_t i = 0; i < WINDOW_DAYS; i++) {
        later += (prefixes[i] - limit) >> 31;
    }
    return day + later;
}

/* By bisection, where weeks are closed. */
uint32_t sli_index_day_by_search(const hours_index *index, int64_t rank);

SLI_INLINE uint32_t sli_index_day_of_rank(const hours_index *index, int64_t rank, uint32_t near, int form) {
    if (!sli_index_in_window(index, near, rank, form)) {
        near = (uint32_t)index->directory[rank >> index->directory_shift] * DIRECTORY_DAYS;
        if (!sli_index_in_window(index, near, rank, form)) {
            return sli_index_day_by_search(index, rank);
        }
    }
    return sli_index_day_in_window(index, near, rank);
}

/* The instant of the open second number `rank`, from 0, below open_total; found fastest not long after `near`. */
SLI_INLINE int64_t sli_index_open_second(const hours_index *index, int64_t rank, int64_t near, int form) {
    const uint32_t day = sli_index_day_of_rank(index, rank, sli_index_day(index, near), form);
    const int32_t in_day = (int32_t)((uint32_t)rank - index->prefixes[day]);
    return sli_index_day_begin(index, day) +
           sli_template_open_second(index, sli_index_template(index, day, form), in_day, form);
}

/* The first closed instant at or after `at`, `begin` <= at <= `end`; not before `end` when there is none in the horizon. */
int64_t sli_index_next_closed(const hours_index *index, int64_t at);

#endif
