/* SPDX-License-Identifier: MIT */
/*
 * A table as RFC 4180 has it, told once more without libcsv, for a second opinion. As table_file.h promises, a row is a
 * line; empty lines are none; blanks around a field are not of it.
 */
#ifndef SLA_FUZZ_TABLE_VIEW_H
#define SLA_FUZZ_TABLE_VIEW_H

#include "base/base.h"

#include <stdbool.h>
#include <string.h>

enum { VIEW_FIELDS = 16 };

typedef struct view_field {
    text written; /* without the quotes around it; those within are still doubled */
    bool quoted;
} view_field;

typedef struct table_view {
    text left;
    uint64_t line; /* of the row at hand, from 1 */
    bool broken;
    size_t count; /* of its fields; the first VIEW_FIELDS are kept */
    view_field fields[VIEW_FIELDS];
} table_view;

static inline void skip(text *from, size_t bytes) {
    from->start += bytes;
    from->length -= bytes;
}

static inline bool begins_with(text whole, const char *start) {
    return whole.length >= strlen(start) && memcmp(whole.start, start, strlen(start)) == 0;
}

static inline bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

static inline void skip_blanks(text *from) {
    while (from->length > 0 && is_blank(from->start[0])) {
        skip(from, 1);
    }
}

/* ---- Lines ---- */

static inline text take_line(table_view *table) {
    const char *const end = table->left.length == 0 ? NULL : memchr(table->left.start, '\n', table->left.length);
    const size_t length = end == NULL ? table->left.length : (size_t)(end - table->left.start);
    text line = {table->left.start, length};
    skip(&table->left, length + (end != NULL));
    table->line++;
    while (line.length > 0 && line.start[line.length - 1] == '\r') {
        line.length--;
    }
    if (table->line == 1 && begins_with(line, "\xEF\xBB\xBF")) {
        skip(&line, 3);
    }
    return line;
}

/* A carriage return elsewhere than at the end would be a second row in the line. */
static inline bool is_text_line(text line) {
    return sli_text_is_utf8(line) && memchr(line.start, '\0', line.length) == NULL &&
           memchr(line.start, '\r', line.length) == NULL;
}

/* ---- Fields ---- */

/* Up to the quote that is not doubled; behind it there is a comma or the end. */
static inline bool take_quoted(text *line, view_field *field) {
    size_t end = 1;
    while (end < line->length && (line->start[end] != '"' || (end + 1 < line->length && line->start[end + 1] == '"'))) {
        end += line->start[end] == '"' ? 2 : 1;
    }
    if (end >= line->length) {
        return false;
    }
    *field = (view_field){{line->start + 1, end - 1}, true};
    skip(line, end + 1);
    skip_blanks(line);
    return line->length == 0 || line->start[0] == ',';
}

static inline bool take_plain(text *line, view_field *field) {
    const char *const comma = line->length == 0 ? NULL : memchr(line->start, ',', line->length);
    text written = {line->start, comma == NULL ? line->length : (size_t)(comma - line->start)};
    skip(line, written.length);
    while (written.length > 0 && is_blank(written.start[written.length - 1])) {
        written.length--;
    }
    *field = (view_field){written, false};
    return written.length == 0 || memchr(written.start, '"', written.length) == NULL;
}

static inline bool take_field(text *line, view_field *field) {
    skip_blanks(line);
    return begins_with(*line, "\"") ? take_quoted(line, field) : take_plain(line, field);
}

/* A line of blanks has no field. */
static inline void split_line(table_view *table, text line) {
    bool more = true;
    table->count = 0;
    table->broken = !is_text_line(line);
    skip_blanks(&line);
    while (more && line.length + table->count > 0 && !table->broken) {
        view_field field;
        table->broken = !take_field(&line, &field);
        if (table->count < VIEW_FIELDS) {
            table->fields[table->count] = field;
        }
        table->count++;
        more = line.length > 0;
        skip(&line, more);
    }
}

static inline bool view_row(table_view *table) {
    while (table->left.length > 0) {
        const text line = take_line(table);
        if (line.length > 0) {
            split_line(table, line);
            return true;
        }
    }
    return false;
}

/* Whether that is what was written. */
static inline bool is_field(view_field field, const char *read, size_t length) {
    size_t at = 0;
    for (size_t i = 0; i < field.written.length; i++) {
        if (at == length || field.written.start[i] != read[at++]) {
            return false;
        }
        i += field.quoted && field.written.start[i] == '"';
    }
    return at == length;
}

/* Where a column stands in the row; VIEW_FIELDS: nowhere. */
static inline size_t find_view(const table_view *table, const char *name) {
    for (size_t i = 0; i < table->count && i < VIEW_FIELDS; i++) {
        if (is_field(table->fields[i], name, strlen(name))) {
            return i;
        }
    }
    return VIEW_FIELDS;
}

#endif
