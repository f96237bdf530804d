/* SPDX-License-Identifier: MIT */
#include "feed/closures.h"

#include <stdlib.h>
#include <string.h>

/* ---- The reader ---- */

static bool is_horizon(int64_t begin, int64_t end) {
    const int64_t first = (int64_t)sli_date_of_civil((civil){1, 1, 1}) * SLI_DAY;
    const int64_t last = (int64_t)sli_date_of_civil((civil){9999, 1, 1}) * SLI_DAY;
    const int64_t longest = INT64_C(146097) * SLI_DAY; /* 400 years */
    return begin >= first && end <= last && begin < end && end - begin <= longest;
}

static bool has_nul(text value) {
    return memchr(value.start, '\0', value.length) != NULL;
}

sla_status sla_feed_reader_new(sla_zone *zone, int64_t begin, int64_t end, const char *folder, size_t folder_length,
                               sla_feed_reader **reader, sla_error *error) {
    if (reader != NULL) {
        *reader = NULL;
    }
    if (zone == NULL || reader == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a feed reader needs a zone and a place for the answer");
    }
    if (!is_horizon(begin, end)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the horizon must begin before it ends, be at most 400 years long, and lie within years 1 to 9998");
    }
    const text place = sli_text(folder, folder_length);
    if (has_nul(place)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the path of the zone folder has a NUL in it");
    }
    sla_feed_reader *const made = calloc(1, sizeof *made);
    char *const copied = folder == NULL ? NULL : sli_text_copy(place);
    if (made == NULL || (folder != NULL && copied == NULL)) {
        free(made);
        free(copied);
        return sli_fail_memory(error);
    }
    made->zone = sla_zone_ref(zone);
    made->begin = begin;
    made->end = end;
    made->folder = copied;
    *reader = made;
    return SLA_OK;
}

void sla_feed_reader_free(sla_feed_reader *reader) {
    if (reader == NULL) {
        return;
    }
    for (size_t i = 0; i < reader->count; i++) {
        free(reader->items[i].folded);
    }
    free(reader->items);
    free(reader->folder);
    sla_zone_unref(reader->zone);
    free(reader);
}

sla_status sla_feed_reader_set_options(sla_feed_reader *reader, const sla_feed_options *options, sla_error *error) {
    if (reader == NULL || options == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "setting options needs a reader and options");
    }
    if (options->reserved[0] != 0 || options->reserved[1] != 0) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "reserved fields of the feed options must be zero");
    }
    if (options->transparent < SLA_TRANSPARENT_CLOSED || options->transparent > SLA_TRANSPARENT_OPEN ||
        options->unsupported < SLA_UNSUPPORTED_ERROR || options->unsupported > SLA_UNSUPPORTED_SKIP ||
        options->coverage < SLA_COVERAGE_DERIVED || options->coverage > SLA_COVERAGE_ALWAYS) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a feed option is none of its constants");
    }
    const bool dated = options->coverage == SLA_COVERAGE_DATE;
    if (dated && (options->covers_until < sli_date_of_civil((civil){SLI_YEAR_MIN, 1, 1}) ||
                  options->covers_until > sli_date_of_civil((civil){SLI_YEAR_MAX, 12, 31}))) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the date that a feed covers time until lies outside years -9999 to 9999");
    }
    reader->options = *options;
    return SLA_OK;
}

void sli_feed_reader_share(sla_feed_reader *reader, feed_budget *budget) {
    reader->shared = budget;
}

sla_status sla_feed_reader_add_filter(sla_feed_reader *reader, int32_t filter, const char *wanted, size_t length,
                                      sla_error *error) {
    if (reader == NULL || wanted == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a filter needs a reader and a text");
    }
    if (filter < SLA_FILTER_INCLUDE_CATEGORY || filter > SLA_FILTER_EXCLUDE_SUMMARY) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "%d is no filter; use SLA_FILTER_INCLUDE_CATEGORY and its like",
                        (int)filter);
    }
    const text given = sli_text(wanted, length);
    if (given.length == 0 || has_nul(given) || !sli_text_is_utf8(given)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the text of a filter must be UTF-8, not empty and without NUL");
    }
    const struct feed_filter added = {filter, sli_fold_case(given)};
    if (added.folded == NULL || !SLI_APPEND(reader, added)) {
        free(added.folded);
        return sli_fail_memory(error);
    }
    return SLA_OK;
}

/* ---- Reading ---- */

static int64_t covers_until(const sla_feed_reader *reader, int64_t derived) {
    switch (reader->options.coverage) {
        case SLA_COVERAGE_DATE:
            return sli_zone_instant(reader->zone, reader->options.covers_until, 0);
        case SLA_COVERAGE_ALWAYS:
            return INT64_MAX;
        default:
            return derived;
    }
}

/* Takes over the closures. */
static sla_feed *make_feed(const feed_reading *reading, feed_closures *closures) {
    const sla_feed_reader *const reader = reading->reader;
    sla_feed *const made = calloc(1, sizeof *made);
    char *const name = sli_text_copy(reading->name);
    if (made == NULL || name == NULL) {
        free(made);
        free(name);
        return NULL;
    }
    sli_reference_start(&made->references);
    made->name = name;
    made->zone = sla_zone_ref(reader->zone);
    made->begin = reader->begin;
    made->end = reader->end;
    made->closures = closures->closures.items;
    made->closure_count = closures->closures.count;
    made->events = closures->events.items;
    made->event_count = closures->events.count;
    made->covers_until = covers_until(reader, closures->covers_until);
    *closures = (feed_closures){0};
    return made;
}

static sla_status read_closures(feed_reading *reading, const component_list *components, feed_closures *closures) {
    timezone_table zones = {0};
    event_list events = {0};
    sla_status status = sli_events_read(reading, components, &zones, &events);
    if (status == SLA_OK) {
        status = sli_closures_make(reading, &events, closures);
    }
    sli_event_list_clear(&events);
    sli_timezone_table_clear(&zones);
    return status;
}

static sla_status read_text(feed_reading *reading, text source, feed_closures *closures) {
    scanned_text scanned = {0};
    sla_status status = sli_feed_scan(reading, source, &scanned);
    if (status == SLA_OK) {
        status = sli_ical_parse(reading, &scanned);
    }
    free(scanned.items);
    if (status == SLA_OK) {
        status = read_closures(reading, &scanned.components, closures);
    }
    sli_component_list_clear(&scanned.components);
    return status;
}

/* Complaints about single events do not end the reading, so that all are heard; the first decides. */
static sla_status load(feed_reading *reading, text source, sla_feed **feed) {
    feed_closures closures = {0};
    reading->utc = sli_zone_new_from_transitions(sli_text("UTC", 3), 0, NULL, 0);
    sla_status status = reading->utc == NULL ? sli_feed_out_of_memory(reading) : read_text(reading, source, &closures);
    status = reading->status != SLA_OK ? reading->status : status;
    if (status == SLA_OK) {
        *feed = make_feed(reading, &closures);
        status = *feed == NULL ? sli_feed_out_of_memory(reading) : SLA_OK;
    }
    sli_closures_clear(&closures);
    sla_zone_unref(reading->utc);
    return status;
}

sla_status sla_feed_reader_load(sla_feed_reader *reader, const char *name, size_t name_length, const char *source,
                                size_t length, sla_diagnostics *diagnostics, sla_feed **feed, sla_error *error) {
    if (feed != NULL) {
        *feed = NULL;
    }
    if (reader == NULL || name == NULL || source == NULL || feed == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "loading a feed needs a reader, a name, a text and a place for the answer");
    }
    const text named = sli_text(name, name_length);
    if (has_nul(named) || !sli_text_is_utf8(named)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the name of a feed must be UTF-8 without NUL");
    }
    feed_reading reading = {
        .reader = reader, .name = named, .diagnostics = diagnostics, .error = error, .own = sli_feed_budget()};
    reading.budget = reader->shared != NULL ? reader->shared : &reading.own;
    return load(&reading, sli_text(source, length), feed);
}
