/* SPDX-License-Identifier: MIT */
#include "event_file.h"

#include "names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum column { COLUMN_ID, COLUMN_AT, COLUMN_EVENT, COLUMN_CRITERION, COLUMN_TIER, COLUMNS };

static const char *const column_names[COLUMNS] = {"id", "at", "event", "criterion", "tier"};

/* How far ahead rows are read: so many in a row can be without a request before those after them are lost. */
enum { ROWS_AHEAD = 64 };

struct kept_row {
    event_row row;
    char *id;
    size_t id_capacity;
    char complaint[400];
};

struct event_file {
    struct table_file table;
    const sla_contract *contract;
    size_t column_count;
    int32_t columns[COLUMNS];           /* which column each field of a row is */
    struct table_field fields[COLUMNS]; /* by column, of the row at hand */
    struct kept_row ahead[ROWS_AHEAD];  /* a ring */
    size_t first;
    size_t count;
    int ended;
    uint64_t strays;
    int hushed;
};

/* ---- The header ------------------------------------------------------------------------------------------------- */

static int complain_of_header(const event_file *file, const char *complaint, const char *name) {
    fprintf(stderr, "%s:%" PRIu64 ": ", file->table.path, file->table.line_number);
    fprintf(stderr, complaint, name);
    fprintf(stderr, "; there can be id, at, event, criterion, tier\n");
    return 0;
}

static int find_column(const char *name, enum column *column) {
    for (size_t i = 0; i < COLUMNS; i++) {
        if (strcmp(column_names[i], name) == 0) {
            *column = (enum column)i;
            return 1;
        }
    }
    return 0;
}

static int name_columns(event_file *file) {
    for (size_t i = 0; i < file->table.field_count; i++) {
        const char *name = file->table.fields[i].text;
        enum column column;
        if (!find_column(name, &column)) {
            return complain_of_header(file, "unknown column '%s'", name);
        }
        if (has_column(file->columns, file->column_count, (int32_t)column)) {
            return complain_of_header(file, "column '%s' is there twice", name);
        }
        file->columns[file->column_count++] = (int32_t)column;
    }
    for (int32_t required = COLUMN_ID; required <= COLUMN_AT; required++) {
        if (!has_column(file->columns, file->column_count, required)) {
            return complain_of_header(file, "there is no column '%s'", column_names[required]);
        }
    }
    return 1;
}

event_file *open_events(const char *path, const sla_contract *contract) {
    event_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        fprintf(stderr, "out of memory\n");
        return NULL;
    }
    file->contract = contract;
    /* One field more than there can be columns: so a header that is too long is sure to show what is wrong with it. */
    if (open_table(&file->table, path, COLUMNS + 1) && read_table_header(&file->table) && name_columns(file)) {
        return file;
    }
    close_events(file);
    return NULL;
}

void close_events(event_file *file) {
    if (file == NULL) {
        return;
    }
    for (size_t i = 0; i < ROWS_AHEAD; i++) {
        free(file->ahead[i].id);
    }
    close_table(&file->table);
    free(file);
}

/* ---- One row ---------------------------------------------------------------------------------------------------- */

static void complain(struct kept_row *kept, const char *complaint) {
    if (kept->row.complaint == NULL) {
        snprintf(kept->complaint, sizeof kept->complaint, "%s", complaint);
        kept->row.complaint = kept->complaint;
    }
}

static void read_time(const event_file *file, struct kept_row *kept) {
    const struct table_field field = file->fields[COLUMN_AT];
    sla_error error;
    if (field.length == 0) {
        complain(kept, "at: the row does not say when");
    } else if (sla_instant_parse(field.text, field.length, &kept->row.at, &error) != SLA_OK) {
        char complaint[400];
        snprintf(complaint, sizeof complaint, "at: %.360s", error.message);
        complain(kept, complaint);
    }
}

static int32_t read_name(const event_file *file, struct kept_row *kept, enum column column, int32_t element) {
    const struct table_field field = file->fields[column];
    char complaint[400];
    int32_t index = SLA_UNSAID;
    if (field.length > 0 && !find_name(file->contract, element, column_names[column], field.text, field.length, &index,
                                       complaint, sizeof complaint)) {
        complain(kept, complaint);
    }
    return index;
}

/* What no metric names makes no difference. */
static int32_t read_happening(const event_file *file) {
    const struct table_field field = file->fields[COLUMN_EVENT];
    int32_t event;
    if (field.length == 0) {
        return SLA_UNSAID;
    }
    const sla_status found = sla_contract_find(file->contract, SLA_ELEMENT_EVENT, field.text, field.length, &event);
    return found == SLA_OK ? event : SLA_UNKNOWN;
}

static void read_fields(const event_file *file, struct kept_row *kept) {
    read_time(file, kept);
    kept->row.event = read_happening(file);
    kept->row.criterion = read_name(file, kept, COLUMN_CRITERION, SLA_ELEMENT_CRITERION);
    kept->row.tier = read_name(file, kept, COLUMN_TIER, SLA_ELEMENT_TIER);
    if (kept->row.event == SLA_UNSAID && kept->row.criterion == SLA_UNSAID && kept->row.tier == SLA_UNSAID) {
        complain(kept, "the row says neither an event nor a change of criterion or tier");
    }
}

/* Fields that are missing are empty, and those too many are left out: the row's request is known all the same. */
static void sort_fields(event_file *file) {
    for (size_t column = 0; column < COLUMNS; column++) {
        file->fields[column] = (struct table_field){"", 0};
    }
    for (size_t i = 0; i < file->column_count && i < file->table.field_count; i++) {
        file->fields[file->columns[i]] = file->table.fields[i];
    }
}

static int keep_id(struct kept_row *kept, struct table_field id) {
    if (kept->id_capacity < id.length + 1) {
        char *copy = realloc(kept->id, id.length + 1);
        if (copy == NULL) {
            fprintf(stderr, "out of memory\n");
            return 0;
        }
        kept->id = copy;
        kept->id_capacity = id.length + 1;
    }
    memcpy(kept->id, id.text, id.length + 1);
    return 1;
}

/* ---- The rows ahead --------------------------------------------------------------------------------------------- */

static struct kept_row *row_ahead(event_file *file, size_t i) {
    return &file->ahead[(file->first + i) % ROWS_AHEAD];
}

static void complain_of_stray(event_file *file, uint64_t line, const char *complaint) {
    if (!file->hushed) {
        fprintf(stderr, "%s:%" PRIu64 ": %s\n", file->table.path, line, complaint);
    }
    file->strays++;
}

static int keep_row(event_file *file, int outcome) {
    struct kept_row *kept = row_ahead(file, file->count);
    kept->row = (event_row){
        .line = file->table.line_number, .at = SLA_NONE, .event = SLA_UNSAID, .criterion = SLA_UNSAID, .tier = SLA_UNSAID};
    if (outcome == ROW_BROKEN) {
        complain_of_stray(file, kept->row.line, file->table.complaint);
        return 1;
    }
    sort_fields(file);
    if (file->fields[COLUMN_ID].length == 0) {
        complain_of_stray(file, kept->row.line, "id: the row does not say of which request it is");
        return 1;
    }
    if (file->table.field_count != file->column_count) {
        char complaint[100];
        snprintf(complaint, sizeof complaint, "the row has %zu fields, the header %zu", file->table.field_count,
                 file->column_count);
        complain(kept, complaint);
    }
    read_fields(file, kept);
    file->count++;
    return keep_id(kept, file->fields[COLUMN_ID]);
}

static int read_ahead(event_file *file) {
    while (!file->ended && file->count < ROWS_AHEAD) {
        const int outcome = read_table_row(&file->table);
        file->ended = outcome == NO_MORE_ROWS;
        if (outcome == ROWS_UNREADABLE || (!file->ended && !keep_row(file, outcome))) {
            return 0;
        }
    }
    return 1;
}

static void pass_over(event_file *file, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct kept_row *kept = row_ahead(file, i);
        char complaint[300];
        snprintf(complaint, sizeof complaint,
                 "no request '%.*s' follows here; put the rows of a request together, and in the order of the requests",
                 bytes_within(kept->id, strlen(kept->id), NAME_SHOWN), kept->id);
        complain_of_stray(file, kept->row.line, complaint);
    }
    file->first = (file->first + count) % ROWS_AHEAD;
    file->count -= count;
}

int seek_events(event_file *file, const char *id) {
    if (!read_ahead(file)) {
        return 0;
    }
    for (size_t i = 0; i < file->count && *id != '\0'; i++) {
        if (strcmp(row_ahead(file, i)->id, id) == 0) {
            pass_over(file, i);
            return 1;
        }
    }
    return 1;
}

const event_row *next_event(event_file *file, const char *id) {
    if (!read_ahead(file) || file->count == 0 || strcmp(row_ahead(file, 0)->id, id) != 0) {
        return NULL;
    }
    const event_row *row = &row_ahead(file, 0)->row;
    file->first = (file->first + 1) % ROWS_AHEAD;
    file->count--;
    return row;
}

int finish_events(event_file *file) {
    int readable = read_ahead(file);
    while (readable && file->count > 0) {
        pass_over(file, file->count);
        readable = read_ahead(file);
    }
    return readable;
}

void hush_events(event_file *file) {
    file->hushed = 1;
}

uint64_t count_strays(const event_file *file) {
    return file->strays;
}
