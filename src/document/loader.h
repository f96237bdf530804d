/* SPDX-License-Identifier: MIT */
/*
 * Making a contract out of a document: what the parts of that work share.
 *
 * Whatever is flawed is still declared, with a stand-in where one is needed, so that one mistake gives one complaint.
 */
#ifndef SLI_LOADER_H
#define SLI_LOADER_H

#include "contract/contract.h"
#include "document/complaint.h"
#include "document/document.h"
#include "document/format.h"
#include "document/values.h"
#include "feed/feed.h"

/* What all calendars of a document may cost, by sli_calendar_build_within: some 240 calendars with a window on weekdays
 * over the default horizon, or half a second. */
#define SLI_CALENDAR_BUDGET INT64_C(20000000)

/* Parts of a document whose elements are referred to by name. */
typedef enum section {
    SECTION_CALENDARS,
    SECTION_FEEDS,
    SECTION_CHANNELS,
    SECTION_TIERS,
    SECTION_SERVICES,
    SECTION_ATTRIBUTES,
    SECTION_CRITERIA,
    SECTION_METRICS,
    SECTION_COUNT
} section;

typedef struct named_zone {
    const char *name;
    sla_zone *zone;
} named_zone;

typedef struct named_zones {
    named_zone *items;
    size_t count;
    size_t capacity;
} named_zones;

/* A feed as read for one zone; NULL when it could not be read. */
typedef struct read_feed {
    size_t source;
    const sla_zone *zone;
    sla_feed *feed;
} read_feed;

typedef struct read_feeds {
    read_feed *items;
    size_t count;
    size_t capacity;
} read_feeds;

typedef struct loader {
    const sla_document *document;
    const node *root;
    complaints list;
    bool hides_names[SECTION_COUNT]; /* a flaw may hide a name of this section: one that is not found is no complaint */
    named_zones zones;
    read_feeds feeds;
    feed_budget feed_budget;
    int64_t calendar_budget; /* what is left for calendars, in days and windows */
    sla_zone *zone;          /* the contract's; borrowed from `zones` */
    sla_calendar *always;    /* stands in for a flawed calendar */
    sla_contract_builder *builder;
} loader;

/* ---- loader.c ---- */

/* Notes a failure at its place. True when there is none. */
bool sli_check(loader *l, sla_status status, const sla_error *said, const node *at, spot where);

/* The same for a reference: a name that a flaw may hide is no failure. */
bool sli_check_reference(loader *l, sla_status status, const sla_error *said, const node *at, section in);

/* Finds which sections hide names, once the shapes have been judged. */
void sli_find_hidden_names(loader *l);

/* A usable entry of a mapping, or NULL when it is absent or flawed. */
const node *sli_sound(const loader *l, const node *mapping, const char *key);

/* The first item of a list of names, or the single name, that is sound; and the next after it. NULL at the end. */
const node *sli_first_name(const loader *l, const node *one_or_list);
const node *sli_next_name(const loader *l, const node *name);

/* The first entry of a mapping that is to be used, and the next after it. NULL at the end. */
const node *sli_first_entry(const node *mapping);
const node *sli_next_entry(const node *entry);

/* The number of a word, `absent` when the key is missing or flawed. */
int32_t sli_word(const loader *l, const node *mapping, const char *key, const char *const *words, int32_t absent);

/* The zone of a name, loaded once; NULL after a complaint. */
sla_zone *sli_load_zone(loader *l, const node *name);

/* ---- feeds.c ---- */

/* The feed that a calendar names, read for a zone; NULL after a complaint. Borrowed from the loader. */
sla_feed *sli_load_feed(loader *l, const node *name, sla_zone *zone);

/* ---- calendars.c, elements.c, metrics.c, targets.c: each adds its part to the builder ---- */

void sli_build_calendars(loader *l);
void sli_build_elements(loader *l);
void sli_build_metrics(loader *l);
void sli_build_criteria(loader *l);
void sli_build_targets(loader *l);
void sli_build_objectives(loader *l);

/* Sets title, clause and note of an element. */
void sli_build_texts(loader *l, int32_t element, int32_t index, const node *record);

#endif
