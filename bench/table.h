/* SPDX-License-Identifier: MIT */
/* What is printed: tables of figures, for people or as JSON. */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdio.h>

enum { MOST_COLUMNS = 8, MOST_ROWS = 40, LABEL_SIZE = 64 };

/* No figure: "-" in a table, null in JSON. */
#define NO_FIGURE (-1.0)

typedef struct table {
    const char *title;
    const char *label; /* what the rows are */
    int column_count;
    const char *columns[MOST_COLUMNS]; /* with their units */
    int row_count;
    char labels[MOST_ROWS][LABEL_SIZE];
    double figures[MOST_ROWS][MOST_COLUMNS];
} table;

/* Adds a row; returns its figures, all NO_FIGURE. Rows beyond MOST_ROWS end the program. */
double *table_add_row(table *figures, const char *label);

void table_print(const table *figures, FILE *file);
void table_print_json(const table *figures, FILE *file);

/* A text in quotes, as JSON has it. */
void print_json_text(const char *text, FILE *file);

#endif
