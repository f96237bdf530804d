/* SPDX-License-Identifier: MIT */
/* Building the index. */
#include "calendar/index.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64, DAYS_PER_ENTRY = 4, WEEK = 7 };

sla_status sli_index_start(index_builder *builder, int64_t begin, int64_t end, int32_t phase) {
    *builder = (index_builder){.index = {.begin = begin, .end = end}};
    hours_index *const index = &builder->index;
    index->origin = sli_floor_divide(begin - phase, SLI_DAY) * SLI_DAY + phase;
    index->day_count = sli_index_day(index, end) + 1;
    builder->index.prefixes = malloc(((size_t)index->day_count + 1 + WINDOW_DAYS) * sizeof *builder->index.prefixes);
    builder->index.wide_numbers = malloc((size_t)index->day_count * sizeof *builder->index.wide_numbers);
    if (builder->index.prefixes == NULL || builder->index.wide_numbers == NULL) {
        sli_index_abandon(builder);
        return SLA_OUT_OF_MEMORY;
    }
    return SLA_OK;
}

int64_t sli_index_stretch_end(const index_builder *builder, uint32_t days) {
    return sli_earlier(builder->index.end, sli_index_day_begin(&builder->index, builder->next_day + days));
}

/* ---- Templates ---- */

static uint32_t hash_template(const index_builder *builder, const day_template *shape) {
    uint32_t hash = (uint32_t)shape->length;
    if (shape->gap == LISTED) {
        for (int32_t i = 0; i < shape->length; i++) {
            const piece *const listed = &builder->index.pieces[shape->start + i];
            hash = (hash ^ (uint32_t)listed->start) * UINT32_C(0x9E3779B1) + (uint32_t)listed->end;
        }
    } else {
        hash = hash * UINT32_C(0x9E3779B1) ^ (uint32_t)shape->start;
        hash = hash * UINT32_C(0x9E3779B1) ^ (uint32_t)shape->gap;
        hash = hash * UINT32_C(0x9E3779B1) ^ (uint32_t)shape->second_length;
    }
    hash *= UINT32_C(0x9E3779B1);
    return hash ^ hash >> 15;
}

static bool templates_equal(const index_builder *builder, const day_template *one, const day_template *other) {
    if (one->gap == LISTED && other->gap == LISTED) {
        return one->length == other->length &&
               memcmp(&builder->index.pieces[one->start], &builder->index.pieces[other->start],
                      (size_t)one->length * sizeof *builder->index.pieces) == 0;
    }
    return one->start == other->start && one->length == other->length && one->gap == other->gap &&
           one->second_length == other->second_length;
}

/* The slot of the template or, if it is new, the one to put it in. */
static uint32_t *find_slot(const index_builder *builder, const day_template *shape) {
    size_t slot = hash_template(builder, shape) & (builder->slot_count - 1);
    while (builder->slots[slot] != 0 &&
           !templates_equal(builder, &builder->index.templates[builder->slots[slot] - 1], shape)) {
        slot = (slot + 1) & (builder->slot_count - 1);
    }
    return &builder->slots[slot];
}

/* Keeps at least half of the slots free. */
static bool reserve_slots(index_builder *builder) {
    const uint32_t count = builder->index.template_count;
    if (2 * (size_t)count < builder->slot_count) {
        return true;
    }
    const size_t slot_count = builder->slot_count == 0 ? FIRST_SLOTS : 4 * builder->slot_count;
    uint32_t *const slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(builder->slots);
    builder->slots = slots;
    builder->slot_count = slot_count;
    for (uint32_t number = 0; number < count; number++) {
        *find_slot(builder, &builder->index.templates[number]) = number + 1;
    }
    return true;
}

/* The number of the template; one that is there already is not kept twice, nor are its pieces. It is that of a week ago
 * more often than not. */
static sla_status number_template(index_builder *builder, const day_template *shape, uint32_t *number) {
    hours_index *const index = &builder->index;
    if (builder->next_day >= WEEK && shape->gap != LISTED) {
        *number = index->wide_numbers[builder->next_day - WEEK];
        if (templates_equal(builder, &index->templates[*number], shape)) {
            return SLA_OK;
        }
    }
    if (!reserve_slots(builder)) {
        return SLA_OUT_OF_MEMORY;
    }
    uint32_t *const slot = find_slot(builder, shape);
    if (*slot == 0) {
        if (!sli_reserve((void **)&builder->index.templates, &builder->template_capacity, (size_t)index->template_count + 1,
                         sizeof *builder->index.templates)) {
            return SLA_OUT_OF_MEMORY;
        }
        builder->index.templates[index->template_count++] = *shape;
        *slot = index->template_count;
    } else if (shape->gap == LISTED) {
        index->piece_count = (uint32_t)shape->start;
    }
    *number = *slot - 1;
    return SLA_OK;
}

/* ---- Days ---- */

static sla_status add_piece(index_builder *builder, int32_t start, int32_t end, int32_t before) {
    hours_index *const index = &builder->index;
    if (index->piece_count == INT32_MAX) {
        return SLA_LIMIT;
    }
    if (!sli_reserve((void **)&builder->index.pieces, &builder->piece_capacity, (size_t)index->piece_count + 1,
                     sizeof *builder->index.pieces)) {
        return SLA_OUT_OF_MEMORY;
    }
    builder->index.pieces[index->piece_count++] = (piece){start, end, before};
    return SLA_OK;
}

/* The open time of one day, in seconds of it. */
typedef struct open_day {
    const interval *first; /* those that reach into it */
    const interval *until;
    int64_t begin;
} open_day;

static int32_t start_in(const open_day *day, const interval *open) {
    return (int32_t)(sli_later(open->begin, day->begin) - day->begin);
}

static int32_t end_in(const open_day *day, const interval *open) {
    return (int32_t)(sli_earlier(open->end, day->begin + SLI_DAY) - day->begin);
}

static sla_status list_pieces(index_builder *builder, const open_day *day, day_template *shape, int32_t *open) {
    *shape = (day_template){
        .start = (int32_t)builder->index.piece_count, .length = (int32_t)(day->until - day->first) + 1, .gap = LISTED};
    sla_status status = add_piece(builder, 0, 0, 0);
    for (const interval *next = day->first; status == SLA_OK && next < day->until; next++) {
        const int32_t start = start_in(day, next);
        const int32_t end = end_in(day, next);
        status = add_piece(builder, start, end, *open);
        *open += end - start;
    }
    return status;
}

/* The template of a day, and how much of it is open. */
static sla_status shape_day(index_builder *builder, const open_day *day, day_template *shape, int32_t *open) {
    const ptrdiff_t count = day->until - day->first;
    *shape = (day_template){0};
    *open = 0;
    if (count > 2) {
        return list_pieces(builder, day, shape, open);
    }
    if (count > 0) {
        shape->start = start_in(day, day->first);
        shape->length = end_in(day, day->first) - shape->start;
    }
    if (count > 1) {
        shape->gap = start_in(day, day->first + 1) - (shape->start + shape->length);
        shape->second_length = end_in(day, day->first + 1) - start_in(day, day->first + 1);
    }
    *open = shape->length + shape->second_length;
    return SLA_OK;
}

static sla_status add_day(index_builder *builder, const open_day *day) {
    day_template shape;
    int32_t open;
    sla_status status = shape_day(builder, day, &shape, &open);
    if (status == SLA_OK) {
        status = number_template(builder, &shape, &builder->index.wide_numbers[builder->next_day]);
    }
    if (status != SLA_OK) {
        return status;
    }
    builder->index.prefixes[builder->next_day++] = (uint32_t)builder->index.open_total;
    builder->index.open_total += open;
    return SLA_OK;
}

sla_status sli_index_add(index_builder *builder, const interval_list *open, int64_t until) {
    const hours_index *const index = &builder->index;
    const uint32_t day_end = until == index->end ? index->day_count : sli_index_day(index, until);
    const interval *const open_end = open->count == 0 ? open->items : open->items + open->count;
    open_day day = {.first = open->items, .until = open->items};
    while (builder->next_day < day_end) {
        day.begin = sli_index_day_begin(index, builder->next_day);
        while (day.first < open_end && day.first->end <= day.begin) {
            day.first++;
        }
        while (day.until < open_end && day.until->begin < day.begin + SLI_DAY) {
            day.until++;
        }
        builder->index.interval_count += day.until - day.first;
        const sla_status status = add_day(builder, &day);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

/* ---- Finishing ---- */

/* The line below C at which the upper bits of prefixes are read; needed where 32 bits are not enough for all of them. */
static void lay_line(hours_index *index) {
    if (index->open_total <= UINT32_MAX) {
        return;
    }
    index->slope = index->open_total / index->day_count;
    int64_t before = 0;
    for (uint32_t day = 0; day < index->day_count; day++) {
        index->lowest = sli_earlier(index->lowest, before - index->slope * day);
        before += index->prefixes[day + 1] - index->prefixes[day];
    }
}

static bool make_directory(hours_index *index) {
    while ((index->open_total >> index->directory_shift) > index->day_count / DAYS_PER_ENTRY) {
        index->directory_shift++;
    }
    const uint32_t entry_count = (uint32_t)((index->open_total - 1) >> index->directory_shift) + 1;
    index->directory = malloc(((size_t)entry_count + 1) * sizeof *index->directory);
    if (index->directory == NULL) {
        return false;
    }
    index->directory[entry_count] = (uint16_t)((index->day_count - 1) / DIRECTORY_DAYS);
    uint32_t entry = 0;
    int64_t before = 0; /* the next day */
    for (uint32_t day = 0; day < index->day_count; day++) {
        before += index->prefixes[day + 1] - index->prefixes[day];
        for (; entry < entry_count && ((int64_t)entry << index->directory_shift) < before; entry++) {
            index->directory[entry] = (uint16_t)(day / DIRECTORY_DAYS);
        }
    }
    return true;
}

static bool copy_first_pieces(hours_index *index) {
    index->first_pieces = malloc(((size_t)index->template_count + 1) * sizeof *index->first_pieces);
    if (index->first_pieces == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < index->template_count; i++) {
        index->first_pieces[i] = (first_piece){index->templates[i].start, index->templates[i].length};
    }
    return true;
}

/* The short way is open where nothing needs the long one. */
static bool open_short_way(hours_index *index) {
    if (index->slope > 0) {
        return true;
    }
    index->full = index->narrow_numbers == NULL;
    for (uint32_t i = 0; i < index->template_count; i++) {
        if (index->templates[i].gap == LISTED) {
            return true;
        }
        index->full = index->full || index->templates[i].second_length > 0;
    }
    index->short_length = (uint64_t)(index->end - index->begin);
    return copy_first_pieces(index);
}

static bool narrow_numbers(hours_index *index) {
    if (index->template_count > NARROW_TEMPLATES) {
        return true;
    }
    index->narrow_numbers = malloc(index->day_count);
    if (index->narrow_numbers == NULL) {
        return false;
    }
    for (uint32_t day = 0; day < index->day_count; day++) {
        index->narrow_numbers[day] = (uint8_t)index->wide_numbers[day];
    }
    free(index->wide_numbers);
    index->wide_numbers = NULL;
    return true;
}

/* Gives back what growing took too much; an allocation that cannot shrink may stay as it is. */
static void trim(hours_index *index) {
    day_template *const templates = realloc(index->templates, index->template_count * sizeof *templates);
    index->templates = templates == NULL ? index->templates : templates;
    if (index->piece_count > 0) {
        piece *const pieces = realloc(index->pieces, index->piece_count * sizeof *pieces);
        index->pieces = pieces == NULL ? index->pieces : pieces;
    }
}

sla_status sli_index_finish(index_builder *builder, hours_index *index) {
    hours_index *const made = &builder->index;
    for (uint32_t i = 0; i <= WINDOW_DAYS; i++) {
        made->prefixes[made->day_count + i] = (uint32_t)made->open_total;
    }
    lay_line(made);
    if (!make_directory(made) || !narrow_numbers(made) || !open_short_way(made)) {
        sli_index_abandon(builder);
        return SLA_OUT_OF_MEMORY;
    }
    trim(made);
    made->earliest_count = (uint64_t)made->open_total - sli_index_is_open(made, made->end - 1);
    free(builder->slots);
    *index = *made;
    *builder = (index_builder){0};
    return SLA_OK;
}

void sli_index_abandon(index_builder *builder) {
    free(builder->slots);
    sli_index_free(&builder->index);
    *builder = (index_builder){0};
}
