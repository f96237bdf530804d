/* SPDX-License-Identifier: MIT */
/*
 * The index of a calendar: C(t), the open seconds before t, and its inverse (§3), for any set of open instants.
 *
 * Time is cut into days of 86,400 s. For each the index holds C at its begin (its prefix, 32 bits) and the number of a
 * template: which seconds of a day are open. Days that look alike share a template, so clock changes, night shifts and
 * holidays are just more templates: a calendar of 130 years has a handful, and they stay in the nearest cache.
 *
 *   C(t)      divide by the length of a day; the day's prefix, and what its template has open before the second.
 *   inverse   the day is one of a window of WINDOW_DAYS: that of the question's day or, when the way is longer, the one to
 *             which a directory leads from every 2^n-th open second. Then the day's template is read the other way round.
 *
 * Days begin where they cut few business hours, so that nearly every template has at most two open pieces. Where all have
 * and C fits 32 bits, the short way is open: straight code of some fifty instructions, without a loop or a branch that
 * depends on what is asked. Everything else takes the long way, which
 *   - searches a list of pieces where a template has more than two,
 *   - reads the upper bits of C from a straight line. Over 400 years C stays within 2^32 s of one, for no set of open
 *     instants gets farther off its mean than a quarter of the time; so the lower 32 bits are enough for all.
 *
 * Invariants
 *   - day 0 holds `begin`, the last day holds `end`; behind it, WINDOW_DAYS + 1 prefixes repeat the total.
 *   - what lies in these days but outside the horizon counts as closed, so there is always a closed second at or after
 *     `end`.
 */
#ifndef SLI_CALENDAR_INDEX_H
#define SLI_CALENDAR_INDEX_H

#include "calendar/interval.h"

/* Of one day: open from `start` for `length` seconds, and again after `gap` more for `second_length`. */
typedef struct day_template {
    int32_t start;
    int32_t length;
    int32_t gap; /* LISTED: pieces[start] and on, `length` of them */
    int32_t second_length;
} day_template;

enum { LISTED = -1 };

/* The first piece of a template by itself: an array of these is read with one instruction less. */
typedef struct first_piece {
    int32_t start;
    int32_t length;
} first_piece;

/* Listed pieces are sorted and do not touch; the first is an empty one at 0, so that a search always finds one. */
typedef struct piece {
    int32_t start; /* second of the day */
    int32_t end;
    int32_t before; /* open seconds of the day before `start` */
} piece;

enum { WINDOW_DAYS = 16, DIRECTORY_DAYS = 4, NARROW_TEMPLATES = 256 };

typedef struct hours_index {
    int64_t begin;           /* the horizon */
    int64_t origin;          /* the begin of day 0 */
    uint64_t short_length;   /* of the horizon, where the short way is open; else 0 */
    uint64_t earliest_count; /* open seconds after which there is an instant within the horizon: all, or all but the last */
    bool full;               /* the short way takes its full form */
    int64_t end;
    int64_t open_total;
    int64_t slope; /* C at day n lies within [lowest + n * slope, 2^32 s above); 0 when the total is below 2^32 */
    int64_t lowest;
    uint32_t *prefixes;
    uint8_t *narrow_numbers; /* per day: the number of its template; NULL when there are more than NARROW_TEMPLATES */
    uint32_t *wide_numbers;  /* else these */
    day_template *templates;
    first_piece *first_pieces; /* of the templates, for the short way */
    piece *pieces;
    uint16_t *directory; /* the day of every 2^shift-th open second, divided by DIRECTORY_DAYS; then the last day */
    uint32_t directory_shift;
    uint32_t day_count;
    uint32_t template_count;
    uint32_t piece_count;
    int64_t interval_count; /* open pieces of all days */
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

/* The index's days begin at second `phase` of the UTC days. The horizon is not empty. SLA_OUT_OF_MEMORY. */
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

/* ---- Reading: the long way, which serves every index ---- */

static inline uint32_t sli_index_day(const hours_index *index, int64_t at) {
    return (uint32_t)((uint64_t)(at - index->origin) / SLI_DAY);
}

static inline int32_t sli_index_second(const hours_index *index, int64_t at) {
    return (int32_t)((uint64_t)(at - index->origin) % SLI_DAY);
}

static inline int64_t sli_index_day_begin(const hours_index *index, uint32_t day) {
    return index->origin + (int64_t)day * SLI_DAY;
}

/* C at the day's begin. */
static inline int64_t sli_index_before_day(const hours_index *index, uint32_t day) {
    const int64_t line = index->lowest + index->slope * day;
    return line + (int64_t)(uint32_t)(index->prefixes[day] - (uint32_t)line);
}

static inline const day_template *sli_index_template(const hours_index *index, uint32_t day) {
    return &index->templates[index->narrow_numbers != NULL ? index->narrow_numbers[day] : index->wide_numbers[day]];
}

static inline int32_t sli_clamp(int32_t value, int32_t most) {
    value = value < 0 ? 0 : value;
    return value > most ? most : value;
}

/* C(at), for `begin` <= at <= `end`. */
int64_t sli_index_measure(const hours_index *index, int64_t at);

bool sli_index_is_open(const hours_index *index, int64_t at);

/* The instant of the open second number `rank`, from 0, below open_total. */
int64_t sli_index_open_second(const hours_index *index, int64_t rank);

/* The first closed instant at or after `at`, `begin` <= at <= `end`; not before `end` when there is none in the horizon. */
int64_t sli_index_next_closed(const hours_index *index, int64_t at);

/* ---- Reading: the short way, where no day has more than two pieces and C fits 32 bits ---- */

/* Each function is expanded twice: in full for calendars with a day of two pieces or wide template numbers, and plain. */
#define SLI_INLINE static inline __attribute__((always_inline))

typedef struct short_place {
    uint64_t day;
    int32_t second;
} short_place;

/* False: ask the long way. */
SLI_INLINE bool sli_short_find(const hours_index *index, int64_t at, short_place *place) {
    const uint64_t since = (uint64_t)at - (uint64_t)index->origin;
    /* 86,400 is 128 times 675, and 400 years are less than 2^27 times 128 seconds: a multiplication divides by 675. */
    place->day = (since >> 7) * 203613265 >> 37;
    place->second = (int32_t)((uint32_t)since - (uint32_t)place->day * SLI_DAY);
    return (uint64_t)at - (uint64_t)index->begin < index->short_length;
}

SLI_INLINE uint32_t sli_short_number(const hours_index *index, uint64_t day, bool full) {
    return full && index->narrow_numbers == NULL ? index->wide_numbers[day] : index->narrow_numbers[day];
}

SLI_INLINE uint64_t sli_short_measure(const hours_index *index, short_place place, bool full) {
    const uint32_t number = sli_short_number(index, place.day, full);
    const int32_t into = place.second - index->first_pieces[number].start;
    uint32_t open = (uint32_t)sli_clamp(into, index->first_pieces[number].length);
    if (full) {
        const day_template *const shape = &index->templates[number];
        open += (uint32_t)sli_clamp(into - shape->length - shape->gap, shape->second_length);
    }
    return (uint64_t)index->prefixes[place.day] + open;
}

SLI_INLINE bool sli_short_is_open(const hours_index *index, short_place place) {
    const uint32_t number = sli_short_number(index, place.day, true);
    const uint32_t into = (uint32_t)(place.second - index->first_pieces[number].start);
    const bool in_first = into < (uint32_t)index->first_pieces[number].length;
    if (!index->full) {
        return in_first;
    }
    const day_template *const shape = &index->templates[number];
    return in_first | (into - (uint32_t)shape->length - (uint32_t)shape->gap < (uint32_t)shape->second_length);
}

/* Of the WINDOW_DAYS days from `day` on, the one that holds open second number `rank`: in two steps of three comparisons,
 * which wait for nothing, rather than four that wait for each other. */
SLI_INLINE uint64_t sli_short_day_in_window(const uint32_t *prefixes, uint64_t day, uint32_t rank) {
    const uint32_t *const quarters = &prefixes[day];
    day += 4 * ((uint64_t)(quarters[4] <= rank) + (quarters[8] <= rank) + (quarters[12] <= rank));
    const uint32_t *const days = &prefixes[day];
    return day + (days[1] <= rank) + (days[2] <= rank) + (days[3] <= rank);
}

/* The instant of the open second number `rank`, which is not before the day `near`. False: ask the long way. */
SLI_INLINE bool sli_short_open_second(const hours_index *index, uint64_t rank, uint64_t near, int64_t *at, bool full) {
    const uint32_t *const prefixes = index->prefixes;
    if (rank >= prefixes[near + WINDOW_DAYS]) {
        near = (uint64_t)index->directory[rank >> index->directory_shift] * DIRECTORY_DAYS;
        if (rank >= prefixes[near + WINDOW_DAYS]) {
            return false;
        }
    }
    const uint64_t day = sli_short_day_in_window(prefixes, near, (uint32_t)rank);
    const uint32_t number = sli_short_number(index, day, full);
    const int32_t in_day = (int32_t)((uint32_t)rank - prefixes[day]);
    int32_t second = index->first_pieces[number].start + in_day;
    if (full) {
        second += in_day >= index->templates[number].length ? index->templates[number].gap : 0;
    }
    *at = index->origin + (int64_t)(day * SLI_DAY) + second;
    return true;
}

#endif
