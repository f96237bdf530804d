/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdlib.h>
#include <string.h>

double *table_add_row(table *figures, const char *label) {
    if (figures->row_count == MOST_ROWS) {
        fprintf(stderr, "bench: the table \"%s\" has too many rows\n", figures->title);
        exit(EXIT_FAILURE);
    }
    const int row = figures->row_count++;
    snprintf(figures->labels[row], LABEL_SIZE, "%s", label);
    for (int column = 0; column < MOST_COLUMNS; column++) {
        figures->figures[row][column] = NO_FIGURE;
    }
    return figures->figures[row];
}

/* Three digits that count. */
static void write_figure(double figure, char text[32]) {
    if (figure < 0) {
        strcpy(text, "-");
    } else {
        snprintf(text, 32, "%.*f", figure < 0.995 ? 3 : figure < 9.995 ? 2 : figure < 99.95 ? 1 : 0, figure);
    }
}

static int label_width(const table *figures) {
    size_t width = strlen(figures->label);
    for (int row = 0; row < figures->row_count; row++) {
        const size_t length = strlen(figures->labels[row]);
        width = length > width ? length : width;
    }
    return (int)width;
}

static int column_width(const table *figures, int column) {
    const int width = (int)strlen(figures->columns[column]);
    return width < 8 ? 8 : width;
}

void table_print(const table *figures, FILE *file) {
    const int width = label_width(figures);
    fprintf(file, "\n%s\n\n| %-*s |", figures->title, width, figures->label);
    for (int column = 0; column < figures->column_count; column++) {
        fprintf(file, " %*s |", column_width(figures, column), figures->columns[column]);
    }
    fprintf(file, "\n| %.*s |", width, "----------------------------------------------------------------");
    for (int column = 0; column < figures->column_count; column++) {
        fprintf(file, " %.*s: |", column_width(figures, column) - 1, "--------------------------------");
    }
    for (int row = 0; row < figures->row_count; row++) {
        fprintf(file, "\n| %-*s |", width, figures->labels[row]);
        for (int column = 0; column < figures->column_count; column++) {
            char text[32];
            write_figure(figures->figures[row][column], text);
            fprintf(file, " %*s |", column_width(figures, column), text);
        }
    }
    fputc('\n', file);
}

void print_json_text(const char *text, FILE *file) {
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', file);
        }
        if ((unsigned char)*text >= ' ') {
            fputc(*text, file);
        }
    }
    fputc('"', file);
}

static void print_json_row(const table *figures, int row, FILE *file) {
    fputc('{', file);
    print_json_text(figures->label, file);
    fputs(": ", file);
    print_json_text(figures->labels[row], file);
    for (int column = 0; column < figures->column_count; column++) {
        fputs(", ", file);
        print_json_text(figures->columns[column], file);
        const double figure = figures->figures[row][column];
        fprintf(file, figure < 0 ? ": null" : ": %.6g", figure);
    }
    fputc('}', file);
}

void table_print_json(const table *figures, FILE *file) {
    fputs("{\"title\": ", file);
    print_json_text(figures->title, file);
    fputs(", \"rows\": [", file);
    for (int row = 0; row < figures->row_count; row++) {
        fputs(row == 0 ? "\n  " : ",\n  ", file);
        print_json_row(figures, row, file);
    }
    fputs("]}", file);
}
