/* SPDX-License-Identifier: MIT */
#include "report/table.h"

typedef struct cell {
    char bytes[SLI_TABLE_CELL_MAX];
    size_t length;
    size_t characters;
} cell;

static void read_cell(const text_table *table, size_t row, size_t column, cell *read) {
    writer out = {read->bytes, sizeof read->bytes, 0};
    table->write_cell(table->context, row, column, &out);
    const size_t written = out.length < out.capacity ? out.length : out.capacity;
    read->length = sli_text_utf8_prefix((text){read->bytes, written}); /* without half a character at the cut */
    read->characters = sli_character_count(read->bytes, read->length);
}

static void measure(const text_table *table, size_t *widths) {
    for (size_t column = 0; column < table->columns; column++) {
        widths[column] = 0;
        for (size_t row = 0; row < table->rows; row++) {
            cell read;
            read_cell(table, row, column, &read);
            widths[column] = read.characters > widths[column] ? read.characters : widths[column];
        }
    }
}

static void write_cell(writer *out, const text_table *table, size_t row, size_t column, size_t width) {
    cell read;
    read_cell(table, row, column, &read);
    const bool right = table->is_right(table->context, column);
    const bool last = column + 1 == table->columns;
    const size_t padding = width - read.characters;
    sli_write_repeated(out, ' ', right ? padding : 0);
    sli_write(out, read.bytes, read.length);
    sli_write_repeated(out, ' ', right || last ? 0 : padding); /* nothing trails at the end of a line */
    sli_write_text(out, last ? "\n" : "  ");
}

void sli_write_table(writer *out, const text_table *table) {
    size_t widths[SLI_TABLE_COLUMNS_MAX];
    measure(table, widths);
    for (size_t row = 0; row < table->rows; row++) {
        sli_write_text(out, table->indent);
        for (size_t column = 0; column < table->columns; column++) {
            write_cell(out, table, row, column, widths[column]);
        }
    }
}
