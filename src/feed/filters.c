/* SPDX-License-Identifier: MIT */
#include "feed/events.h"

#include <stdlib.h>
#include <string.h>

/* `folded` must be freed; memory that runs out counts as no match and is told apart by the flag. */
static char *folded_text(const property *from, bool *out_of_memory) {
    char *const folded = sli_fold_case(sli_text(from->text, SIZE_MAX));
    if (folded == NULL) {
        *out_of_memory = true;
    }
    return folded;
}

static bool fits_text(const struct feed_filter *filter, const char *folded) {
    const bool by_category = filter->kind == SLA_FILTER_INCLUDE_CATEGORY || filter->kind == SLA_FILTER_EXCLUDE_CATEGORY;
    return by_category ? strcmp(folded, filter->folded) == 0 : strstr(folded, filter->folded) != NULL;
}

/* Does any text of the event fit any text of the filter? */
static bool fits_filter(const sla_feed_reader *reader, int32_t kind, const component *from, bool *out_of_memory) {
    const bool by_category = kind == SLA_FILTER_INCLUDE_CATEGORY || kind == SLA_FILTER_EXCLUDE_CATEGORY;
    const property_kind wanted = by_category ? PROPERTY_CATEGORIES : PROPERTY_SUMMARY;
    bool fits = false;
    for (size_t i = 0; i < from->count && !fits; i++) {
        if (from->items[i].kind != wanted) {
            continue;
        }
        char *const folded = folded_text(&from->items[i], out_of_memory);
        for (size_t j = 0; j < reader->count && folded != NULL && !fits; j++) {
            fits = reader->items[j].kind == kind && fits_text(&reader->items[j], folded);
        }
        free(folded);
    }
    return fits;
}

static bool has_filter(const sla_feed_reader *reader, int32_t kind) {
    for (size_t i = 0; i < reader->count; i++) {
        if (reader->items[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool passes(const sla_feed_reader *reader, int32_t kind, const component *from, bool *out_of_memory) {
    if (!has_filter(reader, kind)) {
        return true;
    }
    const bool include = kind == SLA_FILTER_INCLUDE_CATEGORY || kind == SLA_FILTER_INCLUDE_SUMMARY;
    return fits_filter(reader, kind, from, out_of_memory) == include;
}

bool sli_filters_accept(const sla_feed_reader *reader, const component *from, bool *out_of_memory) {
    for (int32_t kind = SLA_FILTER_INCLUDE_CATEGORY; kind <= SLA_FILTER_EXCLUDE_SUMMARY; kind++) {
        if (!passes(reader, kind, from, out_of_memory)) {
            return false;
        }
    }
    return true;
}
