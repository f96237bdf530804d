/* SPDX-License-Identifier: MIT */
/*
 * A CSV file (RFC 4180) line by line. A row is one line, so that a stray quote spoils no other row. A byte order mark and
 * Windows line ends are accepted; empty lines are no rows. Blanks around a field are not of it.
 */
#ifndef SUPPORT_TABLE_FILE_H
#define SUPPORT_TABLE_FILE_H

#include <csv.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct table_field {
    const char *text; /* ends with a NUL */
    size_t length;
};

struct table_file {
    const char *path;
    uint64_t line_number;       /* of the row at hand, from 1 */
    struct table_field *fields; /* of the row at hand; those beyond the limit are counted only */
    size_t field_count;
    size_t field_limit;
    const char *complaint; /* about a broken row */

    FILE *stream;
    struct csv_parser parser;
    char *line; /* as read */
    size_t line_capacity;
    char *text; /* its fields, one after another */
    size_t text_capacity;
    size_t text_length;
};

/* Opens a file; "-" is the standard input. 0 after having said on stderr why not. To be closed in any case. */
int open_table(struct table_file *table, const char *path, size_t field_limit);
void close_table(struct table_file *table);

enum { ROW_READ, ROW_BROKEN, NO_MORE_ROWS, ROWS_UNREADABLE };

/* Reads the next row. ROWS_UNREADABLE after having said on stderr why. */
int read_table_row(struct table_file *table);

/* Reads the first row, which names the columns. 0 after having said on stderr why there is none. */
int read_table_header(struct table_file *table);

/* Whether a header has named a column. */
int has_column(const int32_t *columns, size_t count, int32_t column);

#endif
