/* SPDX-License-Identifier: MIT */
/*
 * Judging a tree by shapes: which keys at which place take which kind of value. Knows nothing of contracts; the shapes of
 * the contract document stand in format.c.
 */
#ifndef SLI_SHAPE_H
#define SLI_SHAPE_H

#include "document/complaint.h"
#include "document/node.h"

typedef struct shape shape;
typedef struct field field;

/* Says what is wrong with a text, or NULL. */
typedef const char *text_problem(text value);

/* Judges what the fields of a record come to together. `strange`: it has unknown or repeated keys, so that what seems to be
 * missing may be there under a wrong name. */
typedef void record_rule(complaints *list, const node *record, bool strange);

typedef enum shape_kind {
    SHAPE_TEXT,        /* a scalar */
    SHAPE_LIST,        /* a list of `item`s */
    SHAPE_ONE_OR_LIST, /* an `item` or a list of them */
    SHAPE_RECORD,      /* a mapping with these `fields` */
    SHAPE_NAMED        /* a mapping of names to `item`s */
} shape_kind;

enum { SLI_FIELDS_MAX = 24 }; /* of one record */

struct shape {
    shape_kind kind;
    const char *what;         /* for complaints: "a list of target rows" */
    const char *const *words; /* text: all that it may be, ending with NULL; or NULL */
    text_problem *problem;    /* text: what is wrong with it; named: with a name; or NULL */
    const shape *item;
    size_t least; /* a list has at least so many items */
    const field *fields;
    size_t field_count;
    record_rule *rule; /* of a record; or NULL */
};

struct field {
    const char *key;
    const shape *shape;
    bool required;
};

void sli_judge_shape(complaints *list, const node *judged, const shape *wanted);

/* Entries of mappings whose keys begin with "x-" belong to others and are skipped wherever they stand. */
bool sli_is_skipped(const node *entry);

/* A mapping's entry that is to be used: neither skipped nor repeated. */
bool sli_is_entry(const node *entry);

#endif
