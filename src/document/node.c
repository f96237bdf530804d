/* SPDX-License-Identifier: MIT */
#include "document/node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct reader {
    yaml_parser_t parser;
    text document;
    node *root;
    node *open; /* the list or mapping that is being read */
    char *key;  /* read, its value is still to come */
    place key_at;
    size_t depth;
    size_t count;
    sla_error *error;
} reader;

static place place_of(yaml_mark_t mark) {
    return (place){(int32_t)mark.line + 1, (int32_t)mark.column + 1};
}

static sla_status fail_at(const reader *r, place at, sla_status code, const char *message) {
    sli_fail(r->error, code, "%s", message);
    if (r->error != NULL) {
        r->error->line = at.line;
        r->error->column = at.column;
    }
    return code;
}

/* ---- What libyaml complains about ---- */

static place place_of_byte(text document, size_t offset) {
    place at = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        const unsigned char byte = (unsigned char)document.start[i];
        if (byte == '\n') {
            at = (place){at.line + 1, 1};
        } else if ((byte & 0xC0) != 0x80) {
            at.column++;
        }
    }
    return at;
}

/* libyaml counts to the byte that broke the character; the place is that of the character. */
static size_t start_of_character(text document, size_t offset) {
    while (offset > 0 && !sli_text_is_utf8((text){document.start, offset})) {
        offset--;
    }
    return offset;
}

static sla_status refuse_bytes(const reader *r) {
    char message[160];
    const size_t offset = start_of_character(r->document, r->parser.problem_offset);
    snprintf(message, sizeof message, "this cannot be read: %s; save the file as UTF-8 text", r->parser.problem);
    return fail_at(r, place_of_byte(r->document, offset), SLA_INVALID_DOCUMENT, message);
}

/* JSON may write an emoji as two escapes, YAML may not. */
static const char *advice_on(const yaml_parser_t *parser) {
    return strstr(parser->problem, "Unicode character escape") != NULL
               ? "write the character itself instead of the escape"
               : "check the indentation, quotes and brackets here and above";
}

static sla_status refuse_yaml(const reader *r) {
    const yaml_parser_t *const parser = &r->parser;
    char message[300];
    snprintf(message, sizeof message, "this is not YAML: %s%s%s; %s", parser->problem, parser->context == NULL ? "" : " ",
             parser->context == NULL ? "" : parser->context, advice_on(parser));
    return fail_at(r, place_of(parser->problem_mark), SLA_INVALID_DOCUMENT, message);
}

static sla_status parser_failure(const reader *r) {
    switch (r->parser.error) {
        case YAML_MEMORY_ERROR:
            return sli_fail_memory(r->error);
        case YAML_READER_ERROR:
            return refuse_bytes(r);
        default:
            return refuse_yaml(r);
    }
}

/* ---- Keys that are there twice ---- */

static int compare_keys(const void *left, const void *right) {
    const node *const a = *(node *const *)left;
    const node *const b = *(node *const *)right;
    const int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static bool find_repeated(node *mapping) {
    if (mapping->count < 2) {
        return true;
    }
    node **const sorted = malloc(mapping->count * sizeof(node *));
    if (sorted == NULL) {
        return false;
    }
    size_t count = 0;
    for (node *entry = mapping->first; entry != NULL; entry = entry->next) {
        sorted[count++] = entry;
    }
    qsort(sorted, count, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < count; i++) {
        sorted[i]->repeated = strcmp(sorted[i]->key, sorted[i - 1]->key) == 0;
    }
    free(sorted);
    return true;
}

/* ---- Building the tree ---- */

static void append(node *container, node *entry) {
    entry->parent = container;
    entry->index = container->count++;
    if (container->last == NULL) {
        container->first = entry;
    } else {
        container->last->next = entry;
    }
    container->last = entry;
}

static sla_status add_node(reader *r, node_kind kind, place at, node **added) {
    if (r->count >= SLI_DOCUMENT_NODES_MAX) {
        return fail_at(r, at, SLA_LIMIT, "the document is too large: it may have 250000 keys and values");
    }
    if (r->open != NULL && r->open->count >= SLI_DOCUMENT_ENTRIES_MAX) {
        return fail_at(r, at, SLA_LIMIT, "too many entries: a list or mapping may have 10000");
    }
    node *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return sli_fail_memory(r->error);
    }
    made->kind = kind;
    made->at = at;
    made->number = r->count++;
    made->key = r->key;
    made->key_at = r->key_at;
    r->key = NULL;
    if (r->open == NULL) {
        r->root = made;
    } else {
        append(r->open, made);
    }
    *added = made;
    return SLA_OK;
}

static bool key_is_due(const reader *r) {
    return r->open != NULL && r->open->kind == NODE_MAPPING && r->key == NULL;
}

static sla_status add_container(reader *r, node_kind kind, place at) {
    if (key_is_due(r)) {
        return fail_at(r, at, SLA_INVALID_DOCUMENT, "a key is a word or text, not a list or mapping");
    }
    if (++r->depth > SLI_DOCUMENT_DEPTH_MAX) {
        return fail_at(r, at, SLA_LIMIT, "lists and mappings are nested too deep: 32 levels are allowed");
    }
    return add_node(r, kind, at, &r->open);
}

static sla_status close_container(reader *r) {
    if (r->open->kind == NODE_MAPPING && !find_repeated(r->open)) {
        return sli_fail_memory(r->error);
    }
    r->open = r->open->parent;
    r->depth--;
    return SLA_OK;
}

static sla_status add_scalar(reader *r, const yaml_event_t *event) {
    const place at = place_of(event->start_mark);
    const text value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (memchr(value.start, '\0', value.length) != NULL) {
        return fail_at(r, at, SLA_INVALID_DOCUMENT, "a text holds a NUL character; take it out");
    }
    char *const copy = sli_text_copy(value);
    if (copy == NULL) {
        return sli_fail_memory(r->error);
    }
    if (key_is_due(r)) {
        r->key = copy;
        r->key_at = at;
        return SLA_OK;
    }
    node *added = NULL;
    const sla_status status = add_node(r, NODE_SCALAR, at, &added);
    if (added == NULL) {
        free(copy);
        return status;
    }
    added->value = copy;
    return SLA_OK;
}

static sla_status refuse_ornaments(const reader *r, const yaml_event_t *event, const void *anchor, const void *tag) {
    if (anchor != NULL) {
        return fail_at(r, place_of(event->start_mark), SLA_INVALID_DOCUMENT,
                       "anchors (&name) are not used in contracts; write the value where it is needed");
    }
    if (tag != NULL) {
        return fail_at(r, place_of(event->start_mark), SLA_INVALID_DOCUMENT,
                       "tags (!name) are not used in contracts: every value is text; leave the tag out");
    }
    return SLA_OK;
}

static sla_status take_scalar(reader *r, const yaml_event_t *event) {
    const sla_status status = refuse_ornaments(r, event, event->data.scalar.anchor, event->data.scalar.tag);
    return status != SLA_OK ? status : add_scalar(r, event);
}

static sla_status take_list(reader *r, const yaml_event_t *event) {
    const sla_status status = refuse_ornaments(r, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    return status != SLA_OK ? status : add_container(r, NODE_LIST, place_of(event->start_mark));
}

static sla_status take_mapping(reader *r, const yaml_event_t *event) {
    const sla_status status = refuse_ornaments(r, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    return status != SLA_OK ? status : add_container(r, NODE_MAPPING, place_of(event->start_mark));
}

static sla_status take_document(const reader *r, const yaml_event_t *event) {
    return r->root == NULL ? SLA_OK
                           : fail_at(r, place_of(event->start_mark), SLA_INVALID_DOCUMENT,
                                     "a second document starts here; a file holds one contract");
}

static sla_status take_event(reader *r, const yaml_event_t *event) {
    switch (event->type) {
        case YAML_SCALAR_EVENT:
            return take_scalar(r, event);
        case YAML_SEQUENCE_START_EVENT:
            return take_list(r, event);
        case YAML_MAPPING_START_EVENT:
            return take_mapping(r, event);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            return close_container(r);
        case YAML_DOCUMENT_START_EVENT:
            return take_document(r, event);
        case YAML_ALIAS_EVENT:
            return fail_at(r, place_of(event->start_mark), SLA_INVALID_DOCUMENT,
                           "aliases (*name) are not used in contracts; write the value where it is needed");
        default:
            return SLA_OK;
    }
}

static sla_status read_events(reader *r) {
    bool ended = false;
    while (!ended) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) {
            return parser_failure(r);
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        const sla_status status = take_event(r, &event);
        yaml_event_delete(&event);
        if (status != SLA_OK) {
            return status;
        }
    }
    return r->root != NULL ? SLA_OK
                           : fail_at(r, (place){1, 1}, SLA_INVALID_DOCUMENT,
                                     "the document is empty; a contract begins with 'sla: 1', 'name' and 'time_zone'");
}

/* A byte order mark is no character of the text. */
static text without_mark(text document) {
    const bool marked = document.length >= 3 && memcmp(document.start, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (text){document.start + 3, document.length - 3} : document;
}

sla_status sli_node_read(text document, node **root, size_t *count, sla_error *error) {
    reader r = {.document = without_mark(document), .error = error};
    if (document.length > SLI_DOCUMENT_BYTES_MAX) {
        return sli_fail(error, SLA_LIMIT, "the document is too large: %zu bytes, 4 MiB are allowed", document.length);
    }
    if (!yaml_parser_initialize(&r.parser)) {
        return sli_fail_memory(error);
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.document.start, r.document.length);
    const sla_status status = read_events(&r);
    yaml_parser_delete(&r.parser);
    free(r.key);
    if (status != SLA_OK) {
        sli_node_free(r.root);
        return status;
    }
    *root = r.root;
    *count = r.count;
    return SLA_OK;
}

void sli_node_free(node *root) {
    if (root == NULL) {
        return;
    }
    for (node *entry = root->first; entry != NULL;) {
        node *const next = entry->next;
        sli_node_free(entry); /* as deep as SLI_DOCUMENT_DEPTH_MAX */
        entry = next;
    }
    free(root->key);
    free(root->value);
    free(root);
}

const node *sli_node_find(const node *mapping, const char *key) {
    if (mapping == NULL || mapping->kind != NODE_MAPPING) {
        return NULL;
    }
    for (const node *entry = mapping->first; entry != NULL; entry = entry->next) {
        if (!entry->repeated && strcmp(entry->key, key) == 0) {
            return entry;
        }
    }
    return NULL;
}

text sli_node_text(const node *scalar) {
    return sli_text(scalar->value, SIZE_MAX);
}
