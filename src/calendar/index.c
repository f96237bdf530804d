/* SPDX-License-Identifier: MIT */
/* Reading the index the long way. */
#include "calendar/index.h"

#include <stdlib.h>

void sli_index_free(hours_index *index) {
    free(index->prefixes);
    free(index->narrow_numbers);
    free(index->wide_numbers);
    free(index->templates);
    free(index->first_pieces);
    free(index->pieces);
    free(index->directory);
    *index = (hours_index){0};
}

/* ---- Reading ---- */

/* By what a listed piece is searched. */
enum { BY_SECOND, BY_OPEN, BY_CLOSED };

static inline int32_t piece_key(const piece *candidate, int key) {
    return key == BY_SECOND ? candidate->start : key == BY_OPEN ? candidate->before : candidate->start - candidate->before;
}

/* The last listed piece whose key is at most `value`. */
static inline const piece *find_piece(const hours_index *index, const day_template *shape, int32_t value, int key) {
    const piece *found = &index->pieces[shape->start];
    for (int32_t count = shape->length; count > 1;) {
        const int32_t half = count / 2;
        found = piece_key(found + half, key) <= value ? found + half : found;
        count -= half;
    }
    return found;
}

/* Open seconds of the day before `second`. */
static int32_t measure_in_day(const hours_index *index, const day_template *shape, int32_t second) {
    if (shape->gap == LISTED) {
        const piece *const last = find_piece(index, shape, second, BY_SECOND);
        return last->before + sli_clamp(second - last->start, last->end - last->start);
    }
    const int32_t into = second - shape->start;
    return sli_clamp(into, shape->length) + sli_clamp(into - shape->length - shape->gap, shape->second_length);
}

int64_t sli_index_measure(const hours_index *index, int64_t at) {
    const uint32_t day = sli_index_day(index, at);
    return sli_index_before_day(index, day) +
           measure_in_day(index, sli_index_template(index, day), sli_index_second(index, at));
}

bool sli_index_is_open(const hours_index *index, int64_t at) {
    const day_template *const shape = sli_index_template(index, sli_index_day(index, at));
    const int32_t second = sli_index_second(index, at);
    return measure_in_day(index, shape, second + 1) > measure_in_day(index, shape, second);
}

static uint32_t search_days(const hours_index *index, int64_t rank, uint32_t low, uint32_t high) {
    for (uint32_t count = high - low + 1; count > 1;) {
        const uint32_t half = count / 2;
        low = sli_index_before_day(index, low + half) <= rank ? low + half : low;
        count -= half;
    }
    return low;
}

/* Between two entries of the directory. */
static uint32_t day_of_rank(const hours_index *index, int64_t rank) {
    const uint16_t *const entry = &index->directory[rank >> index->directory_shift];
    const uint32_t last = (uint32_t)entry[1] * DIRECTORY_DAYS + DIRECTORY_DAYS - 1;
    return search_days(index, rank, (uint32_t)entry[0] * DIRECTORY_DAYS,
                       last < index->day_count ? last : index->day_count - 1);
}

/* The second of the day that is open second number `rank` of the day, from 0. */
static int32_t open_second_in_day(const hours_index *index, const day_template *shape, int32_t rank) {
    if (shape->gap == LISTED) {
        const piece *const holder = find_piece(index, shape, rank, BY_OPEN);
        return holder->start + (rank - holder->before);
    }
    return shape->start + rank + (rank >= shape->length ? shape->gap : 0);
}

int64_t sli_index_open_second(const hours_index *index, int64_t rank) {
    const uint32_t day = day_of_rank(index, rank);
    const int32_t in_day = (int32_t)((uint32_t)rank - index->prefixes[day]);
    return sli_index_day_begin(index, day) + open_second_in_day(index, sli_index_template(index, day), in_day);
}

/* The same for closed seconds. */
static int32_t closed_second_in_day(const hours_index *index, const day_template *shape, int32_t rank) {
    if (shape->gap == LISTED) {
        const piece *const before = find_piece(index, shape, rank, BY_CLOSED);
        return rank + before->before + (before->end - before->start);
    }
    return rank + (rank >= shape->start ? shape->length : 0) +
           (rank >= shape->start + shape->gap ? shape->second_length : 0);
}

static int64_t closed_before_day(const hours_index *index, uint32_t day) {
    return (int64_t)day * SLI_DAY - sli_index_before_day(index, day);
}

/* The last day from `day` on before which there are at most `rank` closed seconds: a step is doubled until it is too long,
 * and the way is then made of its halves. */
static uint32_t day_of_closed(const hours_index *index, uint32_t day, int64_t rank) {
    uint32_t step = 1;
    while (day + step < index->day_count && closed_before_day(index, day + step) <= rank) {
        step *= 2;
    }
    for (; step > 0; step /= 2) {
        if (day + step < index->day_count && closed_before_day(index, day + step) <= rank) {
            day += step;
        }
    }
    return day;
}

int64_t sli_index_next_closed(const hours_index *index, int64_t at) {
    const int64_t rank = at - index->origin - sli_index_measure(index, at);
    const uint32_t day = day_of_closed(index, sli_index_day(index, at), rank);
    const int32_t in_day = (int32_t)(rank - closed_before_day(index, day));
    return sli_index_day_begin(index, day) + closed_second_in_day(index, sli_index_template(index, day), in_day);
}

/* ---- Listing ---- */

static bool add_within(interval_list *open, interval limits, int64_t begin, int64_t end) {
    return sli_intervals_add(open, sli_later(limits.begin, begin), sli_earlier(limits.end, end));
}

static bool add_day_intervals(const hours_index *index, uint32_t day, interval limits, interval_list *open) {
    const int64_t day_begin = sli_index_day_begin(index, day);
    const day_template *const shape = sli_index_template(index, day);
    if (shape->gap != LISTED) {
        const int64_t begin = day_begin + shape->start;
        const int64_t end = begin + shape->length;
        const int64_t second = end + shape->gap;
        return add_within(open, limits, begin, end) && add_within(open, limits, second, second + shape->second_length);
    }
    for (int32_t i = 0; i < shape->length; i++) {
        const piece *const next = &index->pieces[shape->start + i];
        if (!add_within(open, limits, day_begin + next->start, day_begin + next->end)) {
            return false;
        }
    }
    return true;
}

bool sli_index_intervals(const hours_index *index, int64_t from, int64_t until, interval_list *open) {
    if (from >= until) {
        return true;
    }
    const uint32_t last = sli_index_day(index, until - 1);
    for (uint32_t day = sli_index_day(index, from); day <= last; day++) {
        if (!add_day_intervals(index, day, (interval){from, until}, open)) {
            return false;
        }
    }
    return true;
}
