/* SPDX-License-Identifier: MIT */
/* Feeds: which ones a document asks for, and reading what was handed over. */
#include "document/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The feeds that calendars name ---- */

size_t sli_feed_source_index(const feed_sources *sources, text name) {
    size_t i = 0;
    while (i < sources->count && !sli_text_equal(sli_node_text(sources->items[i].mention), name)) {
        i++;
    }
    return i;
}

static char *file_of(const node *root, const char *name) {
    const node *const file = sli_node_find(sli_node_find(sli_node_find(root, "feeds"), name), "file");
    if (file != NULL && file->kind == NODE_SCALAR) {
        return sli_text_copy(sli_node_text(file));
    }
    const size_t size = strlen(name) + sizeof ".ics";
    char *const hint = malloc(size);
    if (hint != NULL) {
        snprintf(hint, size, "%s.ics", name);
    }
    return hint;
}

static sla_status fail_too_many(const node *mention, sla_error *error) {
    const sla_status status =
        sli_fail(error, SLA_LIMIT, "the calendars name more than %d feeds; take some of them together", SLI_FEEDS_MAX);
    if (error != NULL) {
        error->line = mention->at.line;
        error->column = mention->at.column;
    }
    return status;
}

static sla_status add_source(const node *root, const node *mention, feed_sources *sources, sla_error *error) {
    if (sli_feed_source_index(sources, sli_node_text(mention)) < sources->count) {
        return SLA_OK;
    }
    if (sources->count >= SLI_FEEDS_MAX) {
        return fail_too_many(mention, error);
    }
    const feed_source source = {.mention = mention, .file = file_of(root, mention->value)};
    if (source.file == NULL || !SLI_APPEND(sources, source)) {
        free(source.file);
        return sli_fail_memory(error);
    }
    return SLA_OK;
}

static sla_status add_sources(const node *root, const node *names, feed_sources *sources, sla_error *error) {
    sla_status status = SLA_OK;
    for (const node *name = names->first; name != NULL && status == SLA_OK; name = name->next) {
        if (name->kind == NODE_SCALAR && name->value[0] != '\0') {
            status = add_source(root, name, sources, error);
        }
    }
    return status;
}

sla_status sli_feed_sources_find(const node *root, feed_sources *sources, sla_error *error) {
    sla_status status = SLA_OK;
    const node *calendar = sli_first_entry(sli_node_find(root, "calendars"));
    for (; calendar != NULL && status == SLA_OK; calendar = sli_next_entry(calendar)) {
        const node *const names = sli_node_find(calendar, "feeds");
        if (names != NULL && names->kind == NODE_LIST) {
            status = add_sources(root, names, sources, error);
        }
    }
    return status;
}

void sli_feed_sources_free(feed_sources *sources) {
    for (size_t i = 0; i < sources->count; i++) {
        free(sources->items[i].file);
        free(sources->items[i].text);
    }
    free(sources->items);
}

/* ---- How a feed is read ---- */

static void read_coverage(const loader *l, const node *record, sla_feed_options *options) {
    const node *const coverage = sli_sound(l, record, "covers_until");
    if (coverage == NULL) {
        return;
    }
    const bool always = sli_text_is(sli_node_text(coverage), "always");
    options->coverage = always ? SLA_COVERAGE_ALWAYS : SLA_COVERAGE_DATE;
    if (!always) {
        sli_read_date(sli_node_text(coverage), &options->covers_until);
    }
}

static void set_options(loader *l, sla_feed_reader *reader, const node *record) {
    sla_feed_options options = {
        .transparent = sli_word(l, record, "transparent", sli_transparent_words, SLA_TRANSPARENT_CLOSED),
        .unsupported = sli_word(l, record, "unsupported", sli_unsupported_words, SLA_UNSUPPORTED_ERROR)};
    read_coverage(l, record, &options);
    sla_error said;
    const sla_status status = sla_feed_reader_set_options(reader, &options, &said);
    sli_check(l, status, &said, record, AT_KEY);
}

static void add_filter(loader *l, sla_feed_reader *reader, int32_t filter, const node *texts) {
    for (const node *item = sli_first_name(l, texts); item != NULL; item = sli_next_name(l, item)) {
        sla_error said;
        const sla_status status = sla_feed_reader_add_filter(reader, filter, item->value, SIZE_MAX, &said);
        sli_check(l, status, &said, item, AT_VALUE);
    }
}

/* As the feed's record says, which is sound if there is one. */
static void set_up(loader *l, sla_feed_reader *reader, const node *record) {
    static const char *const filters[] = {"include_categories", "exclude_categories", "include_summary", "exclude_summary"};
    if (record == NULL) {
        return;
    }
    set_options(l, reader, record);
    for (int32_t filter = SLA_FILTER_INCLUDE_CATEGORY; filter <= SLA_FILTER_EXCLUDE_SUMMARY; filter++) {
        add_filter(l, reader, filter, sli_node_find(record, filters[filter]));
    }
}

/* How the feed is to be read is flawed, or hidden by a flaw: reading it otherwise would tell what is not so. */
static bool is_unclear(const loader *l, const node *record) {
    return l->hides_names[SECTION_FEEDS] || sli_is_flawed(&l->list, record);
}

/* ---- Reading ---- */

/* What the reader says of a feed behind its name. */
static const char *without_name(const char *message, const char *name) {
    char prefix[sizeof((sla_error *)0)->message];
    const int length = snprintf(prefix, sizeof prefix, "feed '%.*s': ", SLI_QUOTED(sli_text(name, SIZE_MAX)));
    return strncmp(message, prefix, (size_t)length) == 0 ? message + length : message;
}

/* The feed's own place and event go into the message; the place is that of the feed's name in the contract. */
static void pass_on(loader *l, const node *mention, const sla_error *said) {
    char where[192] = "";
    sla_error complaint = *said;
    if (said->line > 0) {
        snprintf(where, sizeof where, ", line %d", (int)said->line);
    }
    if (said->path[0] != '\0') {
        const size_t length = strlen(where);
        snprintf(where + length, sizeof where - length, ", UID %s", said->path);
    }
    sli_fail(&complaint, said->code, "feed '%.40s'%s: %s", mention->value, where,
             without_name(said->message, mention->value));
    complaint.severity = said->severity;
    sli_complain_of(&l->list, mention, AT_VALUE, &complaint);
}

enum { FEED_COMPLAINTS_MAX = 100 };

static void pass_on_all(loader *l, const node *mention, const sla_diagnostics *said, sla_status status,
                        const sla_error *first) {
    const size_t before = l->list.errors;
    for (size_t i = 0; i < sla_diagnostics_count(said); i++) {
        sla_error complaint;
        sla_diagnostics_get(said, i, &complaint);
        pass_on(l, mention, &complaint);
    }
    if (status != SLA_OK && l->list.errors == before) {
        pass_on(l, mention, first);
    }
}

/* A list that leaves complaints out before it is full found no memory for them. */
static bool lacked_memory(const sla_diagnostics *said) {
    return sla_diagnostics_omitted(said) > 0 && sla_diagnostics_count(said) < FEED_COMPLAINTS_MAX;
}

static bool was_read_before(const loader *l, size_t source) {
    for (size_t i = 0; i < l->feeds.count; i++) {
        if (l->feeds.items[i].source == source) {
            return true;
        }
    }
    return false;
}

static sla_feed *read_text(loader *l, const feed_source *source, const node *mention, sla_feed_reader *reader, bool again) {
    sla_diagnostics *said = NULL;
    if (sla_diagnostics_new(FEED_COMPLAINTS_MAX, &said) != SLA_OK) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return NULL;
    }
    sla_feed *feed = NULL;
    sla_error first;
    const sla_status status =
        sla_feed_reader_load(reader, source->mention->value, SIZE_MAX, source->text, source->length, said, &feed, &first);
    if (lacked_memory(said)) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
    }
    if (!again || status != SLA_OK) {
        pass_on_all(l, mention, said, status, &first); /* another zone has the same warnings */
    }
    sla_diagnostics_free(said);
    return feed;
}

static sla_feed *read_handed_over(loader *l, size_t index, const node *mention, const node *record, sla_zone *zone) {
    const sla_document *const document = l->document;
    sla_feed_reader *reader = NULL;
    sla_error said;
    const sla_status status =
        sla_feed_reader_new(zone, document->begin, document->end, document->zone_folder, SIZE_MAX, &reader, &said);
    if (!sli_check(l, status, &said, mention, AT_VALUE)) {
        return NULL;
    }
    sli_feed_reader_share(reader, &l->feed_budget);
    set_up(l, reader, record);
    sla_feed *const feed = read_text(l, &document->feeds.items[index], mention, reader, was_read_before(l, index));
    sla_feed_reader_free(reader);
    return feed;
}

static sla_feed *read_source(loader *l, size_t index, const node *mention, sla_zone *zone) {
    const feed_source *const source = &l->document->feeds.items[index];
    const node *const record = sli_node_find(sli_node_find(l->root, "feeds"), mention->value);
    if (source->text == NULL) {
        sli_complain(&l->list, mention, AT_VALUE, SLA_MISSING_FEED,
                     "the feed '%.80s' was not handed over; give its iCalendar text (file '%.80s') or take it out",
                     mention->value, source->file);
        return NULL;
    }
    return is_unclear(l, record) ? NULL : read_handed_over(l, index, mention, record, zone);
}

/* A feed that failed once failed for every zone. */
static const read_feed *find_read(const loader *l, size_t source, const sla_zone *zone) {
    for (size_t i = 0; i < l->feeds.count; i++) {
        const read_feed *const read = &l->feeds.items[i];
        if (read->source == source && (read->zone == zone || read->feed == NULL)) {
            return read;
        }
    }
    return NULL;
}

sla_feed *sli_load_feed(loader *l, const node *name, sla_zone *zone) {
    const size_t source = sli_feed_source_index(&l->document->feeds, sli_node_text(name)); /* every name is there */
    const read_feed *const known = find_read(l, source, zone);
    if (known != NULL) {
        return known->feed;
    }
    const read_feed read = {source, zone, read_source(l, source, name, zone)};
    if (!SLI_APPEND(&l->feeds, read)) {
        sla_feed_unref(read.feed);
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return NULL;
    }
    return read.feed;
}
