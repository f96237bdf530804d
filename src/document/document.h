/* SPDX-License-Identifier: MIT */
/*
 * A document that was read, and the feeds that it asks for.
 */
#ifndef SLI_DOCUMENT_H
#define SLI_DOCUMENT_H

#include <sla/contract.h>

#include "document/node.h"

enum { SLI_FEEDS_MAX = 1000, SLI_FEED_BYTES_MAX = 16 * 1024 * 1024 };

/* A feed that calendars name. */
typedef struct feed_source {
    const node *mention; /* the first, in a calendar's list */
    char *file;          /* the hint */
    char *text;          /* what was handed over; NULL: nothing yet */
    size_t length;
} feed_source;

typedef struct feed_sources {
    feed_source *items;
    size_t count;
    size_t capacity;
} feed_sources;

/* The contracts that requests can move to, in the order of their indexes. */
typedef struct successor_list {
    sla_contract **items;
    size_t count;
    size_t capacity;
} successor_list;

struct sla_document {
    node *root;
    size_t node_count;
    char *zone_folder; /* NULL: the usual one */
    int64_t begin;     /* the horizon */
    int64_t end;
    feed_sources feeds;
    successor_list successors;
};

/* Finds the feeds that calendars name, in the order of their first mention. SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_feed_sources_find(const node *root, feed_sources *sources, sla_error *error);
void sli_feed_sources_free(feed_sources *sources);

/* The index of a feed by name; the number of feeds when there is none. */
size_t sli_feed_source_index(const feed_sources *sources, text name);

#endif
