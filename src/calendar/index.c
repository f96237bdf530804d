/* SPDX-License-Identifier: MIT */
#include "calendar/index.h"

#include <stdlib.h>
#include <string.h>

/* Twice as many slots as a block has templates at most. */
enum { SLOT_COUNT = 2 * BLOCK_DAYS, DAYS_PER_ENTRY = 16 };

static void clear_slots(index_builder *builder) {
    memset(builder->slots, 0xFF, SLOT_COUNT * sizeof *builder->slots);
}

sla_status sli_index_start(index_builder *builder, int64_t begin, int64_t end) {
    *builder = (index_builder){.index = {.begin = begin, .end = end}};
    hours_index *const index = &builder->index;
    index->origin = sli_floor_divide(begin, SLI_DAY) * SLI_DAY;
    index->day_count = sli_index_day(index, end) + 1;
    const size_t block_count = (index->day_count >> BLOCK_SHIFT) + 1;
    index->prefixes = calloc((size_t)index->day_count + 1, sizeof *index->prefixes);
    index->template_numbers = calloc(index->day_count, sizeof *index->template_numbers);
    index->blocks = calloc(block_count, sizeof *index->blocks);
    builder->slots = malloc(SLOT_COUNT * sizeof *builder->slots);
    if (index->prefixes == NULL || index->template_numbers == NULL || index->blocks == NULL || builder->slots == NULL) {
        sli_index_abandon(builder);
        return SLA_OUT_OF_MEMORY;
    }
    return SLA_OK;
}

int64_t sli_index_stretch_end(const index_builder *builder, uint32_t days) {
    const hours_index *const index = &builder->index;
    return sli_earlier(index->end, index->origin + ((int64_t)builder->next_day + days) * SLI_DAY);
}

/* ---- Templates ---- */

static sla_status add_piece(index_builder *builder, int32_t start, int32_t end, int32_t before) {
    hours_index *const index = &builder->index;
    if (index->piece_count == UINT32_MAX) {
        return SLA_LIMIT;
    }
    if (!sli_reserve((void **)&index->pieces, &builder->piece_capacity, (size_t)index->piece_count + 1,
                     sizeof *index->pieces)) {
        return SLA_OUT_OF_MEMORY;
    }
    index->pieces[index->piece_count++] = (piece){start, end, before};
    return SLA_OK;
}

/* Puts the pieces of the day that begins at `midnight` behind all others; `open` begins with the first that may reach in.
 */
static sla_status add_day_pieces(index_builder *builder, const interval *open, const interval *open_end, int64_t midnight) {
    int32_t before = 0;
    sla_status status = add_piece(builder, 0, 0, 0);
    for (; status == SLA_OK && open < open_end && open->begin < midnight + SLI_DAY; open++) {
        const int32_t start = (int32_t)(sli_later(open->begin, midnight) - midnight);
        const int32_t end = (int32_t)(sli_earlier(open->end, midnight + SLI_DAY) - midnight);
        status = add_piece(builder, start, end, before);
        before += end - start;
    }
    return status;
}

static uint32_t hash_pieces(const piece *pieces, uint32_t count) {
    uint32_t hash = UINT32_C(2166136261);
    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ (uint32_t)pieces[i].start) * UINT32_C(16777619);
        hash = (hash ^ (uint32_t)pieces[i].end) * UINT32_C(16777619);
    }
    return hash ^ hash >> 15;
}

static bool template_is(const hours_index *index, const day_template *template, const piece *pieces, uint32_t count) {
    return template->count == count && memcmp(&index->pieces[template->first], pieces, count * sizeof *pieces) == 0;
}

/* The number, in its block, of the template of the pieces from `first` on, which are dropped again if it is not new. */
static sla_status number_template(index_builder *builder, uint32_t first, uint16_t *number) {
    hours_index *const index = &builder->index;
    const uint32_t block_start = index->blocks[builder->next_day >> BLOCK_SHIFT].template;
    const piece *const pieces = &index->pieces[first];
    const uint32_t count = index->piece_count - first;
    uint32_t slot = hash_pieces(pieces, count) % SLOT_COUNT;
    for (; builder->slots[slot] >= 0; slot = (slot + 1) % SLOT_COUNT) {
        const uint32_t candidate = (uint32_t)builder->slots[slot];
        if (template_is(index, &index->templates[block_start + candidate], pieces, count)) {
            index->piece_count = first;
            *number = (uint16_t)candidate;
            return SLA_OK;
        }
    }
    if (!sli_reserve((void **)&index->templates, &builder->template_capacity, (size_t)index->template_count + 1,
                     sizeof *index->templates)) {
        return SLA_OUT_OF_MEMORY;
    }
    *number = (uint16_t)(index->template_count - block_start);
    builder->slots[slot] = *number;
    index->templates[index->template_count++] = (day_template){first, count};
    return SLA_OK;
}

/* ---- Days ---- */

static void start_block(index_builder *builder) {
    hours_index *const index = &builder->index;
    index->blocks[builder->next_day >> BLOCK_SHIFT] = (day_block){index->open_total, index->template_count};
    clear_slots(builder);
}

static sla_status add_day(index_builder *builder, const interval *open, const interval *open_end) {
    hours_index *const index = &builder->index;
    const uint32_t day = builder->next_day;
    if (day % BLOCK_DAYS == 0) {
        start_block(builder);
    }
    const uint32_t first = index->piece_count;
    sla_status status = add_day_pieces(builder, open, open_end, index->origin + (int64_t)day * SLI_DAY);
    if (status != SLA_OK) {
        return status;
    }
    const piece last = index->pieces[index->piece_count - 1];
    status = number_template(builder, first, &index->template_numbers[day]);
    if (status != SLA_OK) {
        return status;
    }
    index->prefixes[day] = (uint32_t)(index->open_total - index->blocks[day >> BLOCK_SHIFT].before);
    index->open_total += last.before + (last.end - last.start);
    builder->next_day++;
    return SLA_OK;
}

sla_status sli_index_add(index_builder *builder, const interval_list *open, int64_t until) {
    const hours_index *const index = &builder->index;
    const uint32_t day_end = until == index->end ? index->day_count : sli_index_day(index, until);
    const interval *next = open->items;
    const interval *const open_end = open->count == 0 ? next : next + open->count;
    while (builder->next_day < day_end) {
        const int64_t midnight = index->origin + (int64_t)builder->next_day * SLI_DAY;
        while (next < open_end && next->end <= midnight) {
            next++;
        }
        const sla_status status = add_day(builder, next, open_end);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

/* ---- Directories ---- */

static bool make_directory(const hours_index *index, int counted, directory *guide) {
    const int64_t total = sli_index_before_day(index, index->day_count, counted);
    while ((total >> guide->shift) > index->day_count / DAYS_PER_ENTRY) {
        guide->shift++;
    }
    const uint32_t entry_count = (uint32_t)(total >> guide->shift) + 1;
    guide->days = malloc(((size_t)entry_count + 1) * sizeof *guide->days);
    if (guide->days == NULL) {
        return false;
    }
    uint32_t day = 0;
    for (uint32_t entry = 0; entry < entry_count; entry++) {
        const int64_t rank = (int64_t)entry << guide->shift;
        while (day + 1 < index->day_count && sli_index_before_day(index, day + 1, counted) <= rank) {
            day++;
        }
        guide->days[entry] = day;
    }
    guide->days[entry_count] = index->day_count - 1;
    return true;
}

static void finish_prefixes(hours_index *index) {
    const uint32_t day = index->day_count;
    if (day % BLOCK_DAYS == 0) {
        index->blocks[day >> BLOCK_SHIFT].before = index->open_total;
    }
    index->prefixes[day] = (uint32_t)(index->open_total - index->blocks[day >> BLOCK_SHIFT].before);
}

/* Gives back what growing took too much; an allocation that cannot shrink may stay as it is. */
static void trim(hours_index *index) {
    piece *const pieces = realloc(index->pieces, index->piece_count * sizeof *pieces);
    index->pieces = pieces == NULL ? index->pieces : pieces;
    day_template *const templates = realloc(index->templates, index->template_count * sizeof *templates);
    index->templates = templates == NULL ? index->templates : templates;
}

sla_status sli_index_finish(index_builder *builder, hours_index *index) {
    hours_index *const made = &builder->index;
    finish_prefixes(made);
    if (!make_directory(made, COUNT_OPEN, &made->open) || !make_directory(made, COUNT_CLOSED, &made->closed)) {
        sli_index_abandon(builder);
        return SLA_OUT_OF_MEMORY;
    }
    trim(made);
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

void sli_index_free(hours_index *index) {
    free(index->prefixes);
    free(index->template_numbers);
    free(index->blocks);
    free(index->templates);
    free(index->pieces);
    free(index->open.days);
    free(index->closed.days);
    *index = (hours_index){0};
}

static bool add_day_intervals(const hours_index *index, uint32_t day, int64_t from, int64_t until, interval_list *open) {
    const int64_t midnight = index->origin + (int64_t)day * SLI_DAY;
    const day_template *const template = sli_index_template(index, day);
    for (uint32_t i = 0; i < template->count; i++) {
        const piece *const next = &index->pieces[template->first + i];
        if (!sli_intervals_add(open, sli_later(from, midnight + next->start), sli_earlier(until, midnight + next->end))) {
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
        if (!add_day_intervals(index, day, from, until, open)) {
            return false;
        }
    }
    return true;
}
