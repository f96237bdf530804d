/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "table_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

enum { PARSER_OPTIONS = CSV_STRICT | CSV_STRICT_FINI };

int open_table(struct table_file *table, const char *path, size_t field_limit) {
    *table = (struct table_file){.path = path, .field_limit = field_limit};
    csv_init(&table->parser, PARSER_OPTIONS);
    table->fields = calloc(field_limit, sizeof *table->fields);
    table->stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (table->fields == NULL || table->stream == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 0;
    }
    return 1;
}

void close_table(struct table_file *table) {
    if (table->stream != NULL && table->stream != stdin) {
        fclose(table->stream);
    }
    csv_free(&table->parser);
    free(table->line);
    free(table->text);
    free(table->fields);
}

/* How many bytes the character that begins here has; 0 when it is not UTF-8 (RFC 3629). */
static size_t character_length(const unsigned char *at, size_t left) {
    const size_t length = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;
    if (length == 0 || length > left) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    const int overlong = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
    const int beyond = (at[0] == 0xed && at[1] >= 0xa0) || (at[0] == 0xf4 && at[1] >= 0x90);
    return overlong || beyond ? 0 : length;
}

static int is_utf8(const char *text, size_t length) {
    size_t step = 1;
    for (size_t at = 0; at < length && step > 0; at += step) {
        step = character_length((const unsigned char *)text + at, length - at);
    }
    return step > 0;
}

/* The line without its end and byte order mark. */
static struct table_field bare_line(const struct table_file *table, size_t length) {
    while (length > 0 && (table->line[length - 1] == '\n' || table->line[length - 1] == '\r')) {
        length--;
    }
    const size_t mark = table->line_number == 1 && length >= 3 && memcmp(table->line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    return (struct table_field){table->line + mark, length - mark};
}

/* Reads a line that is not empty. */
static int read_line(struct table_file *table, struct table_field *line) {
    do {
        errno = 0;
        const ssize_t got = getline(&table->line, &table->line_capacity, table->stream);
        if (got < 0 && (ferror(table->stream) || errno != 0)) {
            fprintf(stderr, "%s: %s\n", table->path, strerror(errno));
            return ROWS_UNREADABLE;
        }
        if (got < 0) {
            return NO_MORE_ROWS;
        }
        table->line_number++;
        *line = bare_line(table, (size_t)got);
    } while (line->length == 0);
    return ROW_READ;
}

/* Fields are copied into one buffer; with their NULs they are at most twice as long as the line. */
static int reserve_text(struct table_file *table, size_t line_length) {
    const size_t needed = 2 * line_length + 2;
    if (needed <= table->text_capacity) {
        return 1;
    }
    char *text = realloc(table->text, 2 * needed);
    if (text == NULL) {
        fprintf(stderr, "%s: out of memory\n", table->path);
        return 0;
    }
    table->text = text;
    table->text_capacity = 2 * needed;
    return 1;
}

static void keep_field(void *text, size_t length, void *context) {
    struct table_file *table = context;
    if (table->field_count < table->field_limit) {
        char *copy = table->text + table->text_length;
        memcpy(copy, text, length);
        copy[length] = '\0';
        table->fields[table->field_count] = (struct table_field){copy, length};
        table->text_length += length + 1;
    }
    table->field_count++;
}

static int complain(struct table_file *table, const char *complaint) {
    table->complaint = complaint;
    return ROW_BROKEN;
}

/* The parser would take a carriage return for the end of a row, and make room for a long field in very many steps. */
static int split_line(struct table_file *table, struct table_field line) {
    if (!is_utf8(line.text, line.length) || memchr(line.text, '\0', line.length) != NULL) {
        return complain(table, "the line is not UTF-8 text");
    }
    if (memchr(line.text, '\r', line.length) != NULL) {
        return complain(table, "a carriage return is within the line; end each line with a line feed");
    }
    csv_set_blk_size(&table->parser, line.length + 1);
    if (csv_parse(&table->parser, line.text, line.length, keep_field, NULL, table) != line.length ||
        csv_fini(&table->parser, keep_field, NULL, table) != 0) {
        csv_free(&table->parser);
        csv_init(&table->parser, PARSER_OPTIONS);
        return complain(table, "a quote is out of place; a field in quotes begins and ends with one");
    }
    return ROW_READ;
}

int read_table_row(struct table_file *table) {
    struct table_field line;
    table->field_count = 0;
    table->text_length = 0;
    const int outcome = read_line(table, &line);
    if (outcome != ROW_READ) {
        return outcome;
    }
    return reserve_text(table, line.length) ? split_line(table, line) : ROWS_UNREADABLE;
}

int read_table_header(struct table_file *table) {
    switch (read_table_row(table)) {
        case ROW_READ:
            return 1;
        case ROW_BROKEN:
            fprintf(stderr, "%s:%" PRIu64 ": %s\n", table->path, table->line_number, table->complaint);
            return 0;
        case NO_MORE_ROWS:
            fprintf(stderr, "%s: the file is empty; its first line should name the columns\n", table->path);
            return 0;
        default:
            return 0;
    }
}

int has_column(const int32_t *columns, size_t count, int32_t column) {
    for (size_t i = 0; i < count; i++) {
        if (columns[i] == column) {
            return 1;
        }
    }
    return 0;
}
