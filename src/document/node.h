/* SPDX-License-Identifier: MIT */
/*
 * A document as a tree: YAML (and so JSON) read into scalars, lists and mappings, each with its place.
 *
 * Every scalar is text, whatever its style. Anchors, aliases, tags, a second document and what is not UTF-8 are refused.
 */
#ifndef SLI_NODE_H
#define SLI_NODE_H

#include "base/base.h"

enum {
    SLI_DOCUMENT_BYTES_MAX = 4 * 1024 * 1024,
    SLI_DOCUMENT_DEPTH_MAX = 32,
    SLI_DOCUMENT_NODES_MAX = 250000,
    SLI_DOCUMENT_ENTRIES_MAX = 10000 /* of one list or mapping */
};

typedef enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAPPING } node_kind;

typedef struct place {
    int32_t line;   /* from 1 */
    int32_t column; /* from 1, in characters */
} place;

typedef struct node {
    node_kind kind;
    place at;
    size_t number; /* in the order of the document, from 0 */
    char *value;   /* of a scalar; it holds no NUL but the one that ends it */
    char *key;     /* of an entry of a mapping, else NULL */
    place key_at;
    bool repeated; /* the mapping has the key before */
    size_t index;  /* in the list or mapping */
    struct node *parent;
    struct node *first; /* entries of a list or mapping */
    struct node *last;
    struct node *next;
    size_t count;
} node;

/* Reads a text into a tree of `count` nodes. SLA_INVALID_DOCUMENT, SLA_LIMIT, SLA_OUT_OF_MEMORY. */
sla_status sli_node_read(text document, node **root, size_t *count, sla_error *error);
void sli_node_free(node *root);

/* The entry of a mapping that has the key first, or NULL; also for a node that is no mapping, or NULL. */
const node *sli_node_find(const node *mapping, const char *key);

/* A scalar's text. */
text sli_node_text(const node *scalar);

#endif
