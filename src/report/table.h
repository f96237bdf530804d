/* SPDX-License-Identifier: MIT */
/* A table for people: columns as wide as their widest cell, in characters. */
#ifndef SLI_TABLE_H
#define SLI_TABLE_H

#include "report/writer.h"

enum { SLI_TABLE_COLUMNS_MAX = 32, SLI_TABLE_CELL_MAX = 1024 };

typedef struct text_table {
    const void *context;
    size_t rows;
    size_t columns; /* at most SLI_TABLE_COLUMNS_MAX */
    /* Writes one cell; asked twice for each. */
    void (*write_cell)(const void *context, size_t row, size_t column, writer *cell);
    /* True for a column of numbers. */
    bool (*is_right)(const void *context, size_t column);
    const char *indent;
} text_table;

void sli_write_table(writer *out, const text_table *table);

#endif
