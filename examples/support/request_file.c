/* SPDX-License-Identifier: MIT */
#include "request_file.h"

#include "names.h"

#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_ID,
    COLUMN_RECEIVED,
    COLUMN_TIER,
    COLUMN_CHANNEL,
    COLUMN_SERVICE,
    COLUMN_CRITERION,
    COLUMN_LANGUAGE,
    COLUMN_HOLDS,
    COLUMN_RESPONDED,
    COLUMN_ATTRIBUTE /* and on: the contract's attributes, then those of the other contract */
};

static const char *const column_names[COLUMN_ATTRIBUTE] = {"id",        "received", "tier",  "channel",  "service",
                                                           "criterion", "language", "holds", "responded"};

struct request_file {
    struct table_file table;
    const sla_contract *contract;
    const sla_contract *other; /* may be NULL */
    sla_report *const *reports;
    size_t report_count;
    size_t column_limit;        /* how many columns there can be */
    size_t column_count;        /* how many there are */
    int32_t *columns;           /* which column each field of a row is */
    struct table_field *fields; /* by column, of the row at hand */
    int32_t *values;            /* of the attributes */
    char complaint[400];
};

/* ---- The header ------------------------------------------------------------------------------------------------- */

static int32_t count_attributes(const sla_contract *contract) {
    return contract == NULL ? 0 : sla_contract_count(contract, SLA_ELEMENT_ATTRIBUTE);
}

static int32_t find_column(const request_file *file, const char *name) {
    for (int32_t column = 0; column < COLUMN_ATTRIBUTE; column++) {
        if (strcmp(column_names[column], name) == 0) {
            return column;
        }
    }
    int32_t attribute;
    if (sla_contract_find(file->contract, SLA_ELEMENT_ATTRIBUTE, name, strlen(name), &attribute) == SLA_OK) {
        return COLUMN_ATTRIBUTE + attribute;
    }
    if (file->other != NULL &&
        sla_contract_find(file->other, SLA_ELEMENT_ATTRIBUTE, name, strlen(name), &attribute) == SLA_OK) {
        return COLUMN_ATTRIBUTE + count_attributes(file->contract) + attribute;
    }
    return -1;
}

static void explain_unknown_column(const request_file *file, const char *name) {
    fprintf(stderr, "%s:%d: unknown column '%s'; there can be", file->table.path, (int)file->table.line_number, name);
    for (int32_t column = 0; column < COLUMN_ATTRIBUTE; column++) {
        fprintf(stderr, column == 0 ? " %s" : ", %s", column_names[column]);
    }
    for (int32_t i = 0; i < count_attributes(file->contract); i++) {
        fprintf(stderr, ", %s", sla_contract_name(file->contract, SLA_ELEMENT_ATTRIBUTE, i));
    }
    fprintf(stderr, "\n");
}

static int name_columns(request_file *file) {
    for (size_t i = 0; i < file->table.field_count; i++) {
        const char *name = file->table.fields[i].text;
        const int32_t column = find_column(file, name);
        if (column < 0) {
            explain_unknown_column(file, name);
            return 0;
        }
        if (has_column(file->columns, file->column_count, column)) {
            fprintf(stderr, "%s:%d: column '%s' is there twice\n", file->table.path, (int)file->table.line_number, name);
            return 0;
        }
        file->columns[file->column_count++] = column;
    }
    if (!has_column(file->columns, file->column_count, COLUMN_RECEIVED)) {
        fprintf(stderr, "%s:%d: there is no column 'received'\n", file->table.path, (int)file->table.line_number);
        return 0;
    }
    return 1;
}

static int reserve_columns(request_file *file) {
    const size_t attributes = (size_t)count_attributes(file->contract);
    file->column_limit = COLUMN_ATTRIBUTE + attributes + (size_t)count_attributes(file->other);
    file->columns = calloc(file->column_limit, sizeof *file->columns);
    file->fields = calloc(file->column_limit, sizeof *file->fields);
    file->values = calloc(attributes + 1, sizeof *file->values);
    return file->columns != NULL && file->fields != NULL && file->values != NULL;
}

request_file *open_requests(const char *path, const sla_contract *contract, const sla_contract *other,
                            sla_report *const *reports, size_t report_count) {
    request_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return NULL;
    }
    file->contract = contract;
    file->other = other;
    file->reports = reports;
    file->report_count = report_count;
    /* One field more than there can be columns: so a header that is too long is sure to show what is wrong with it. */
    if (reserve_columns(file) && open_table(&file->table, path, file->column_limit + 1) &&
        read_table_header(&file->table) && name_columns(file)) {
        return file;
    }
    close_requests(file);
    return NULL;
}

void close_requests(request_file *file) {
    if (file != NULL) {
        close_table(&file->table);
        free(file->columns);
        free(file->fields);
        free(file->values);
        free(file);
    }
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* The first complaint about a row stands; what else the row says is read all the same, for the report's groups. */
static void complain(request_file *file, request_row *row, const char *complaint) {
    if (row->complaint == NULL) {
        snprintf(file->complaint, sizeof file->complaint, "%s", complaint);
        row->complaint = file->complaint;
    }
}

static int64_t read_time(request_file *file, request_row *row, enum column column) {
    const struct table_field field = file->fields[column];
    int64_t instant = SLA_NONE;
    sla_error error;
    if (field.length > 0 && sla_instant_parse(field.text, field.length, &instant, &error) != SLA_OK) {
        char complaint[400];
        snprintf(complaint, sizeof complaint, "%s: %.360s", column_names[column], error.message);
        complain(file, row, complaint);
        return SLA_NONE;
    }
    return instant;
}

static int32_t read_name(request_file *file, request_row *row, enum column column, int32_t element) {
    const struct table_field field = file->fields[column];
    char complaint[400];
    int32_t index = SLA_UNSAID;
    if (field.length > 0 && !find_name(file->contract, element, column_names[column], field.text, field.length, &index,
                                       complaint, sizeof complaint)) {
        complain(file, row, complaint);
    }
    return index;
}

static int32_t number_service(request_file *file, request_row *row) {
    const struct table_field field = file->fields[COLUMN_SERVICE];
    int32_t service = SLA_UNSAID;
    sla_error error;
    for (size_t i = 0; i < file->report_count; i++) {
        if (sla_report_add_service(file->reports[i], field.text, field.length, &service, &error) != SLA_OK) {
            complain(file, row, error.message);
            return SLA_UNSAID;
        }
    }
    return service;
}

static int32_t read_service(request_file *file, request_row *row) {
    const int32_t service = read_name(file, row, COLUMN_SERVICE, SLA_ELEMENT_SERVICE);
    if (service == SLA_UNKNOWN) {
        return number_service(file, row);
    }
    return service;
}

/* Facts that the contract does not require make no difference. */
static uint64_t read_facts(const request_file *file) {
    uint64_t holds = 0;
    for (const char *fact = file->fields[COLUMN_HOLDS].text; *fact != '\0';) {
        const size_t length = strcspn(fact, " ;");
        int32_t index;
        if (length > 0 && sla_contract_find(file->contract, SLA_ELEMENT_FACT, fact, length, &index) == SLA_OK) {
            holds |= UINT64_C(1) << index;
        }
        fact += length + strspn(fact + length, " ;");
    }
    return holds;
}

static void complain_of_value(request_file *file, request_row *row, int32_t attribute, struct table_field value) {
    char complaint[400];
    const char *name = sla_contract_name(file->contract, SLA_ELEMENT_ATTRIBUTE, attribute);
    snprintf(complaint, sizeof complaint, "unknown %.*s '%.*s'; it can be", bytes_within(name, strlen(name), NAME_SHOWN),
             name, bytes_within(value.text, value.length, NAME_SHOWN), value.text);
    const char *known;
    for (int32_t i = 0; (known = sla_contract_value_name(file->contract, attribute, i)) != NULL; i++) {
        if (!list_name(complaint, sizeof complaint, i == 0, known)) {
            break;
        }
    }
    complain(file, row, complaint);
}

static int read_values(request_file *file, request_row *row) {
    int known = 1;
    for (int32_t i = 0; i < count_attributes(file->contract); i++) {
        const struct table_field field = file->fields[COLUMN_ATTRIBUTE + i];
        file->values[i] = SLA_UNSAID;
        if (field.length > 0 &&
            sla_contract_find_value(file->contract, i, field.text, field.length, &file->values[i]) != SLA_OK) {
            complain_of_value(file, row, i, field);
            known = 0;
        }
    }
    return known;
}

static void read_facts_of_row(request_file *file, request_row *row) {
    row->id = file->fields[COLUMN_ID].text;
    row->request.received = read_time(file, row, COLUMN_RECEIVED);
    if (file->fields[COLUMN_RECEIVED].length == 0) {
        complain(file, row, "received: the row does not say when");
    }
    row->request.tier = read_name(file, row, COLUMN_TIER, SLA_ELEMENT_TIER);
    row->request.channel = read_name(file, row, COLUMN_CHANNEL, SLA_ELEMENT_CHANNEL);
    row->request.service = read_service(file, row);
    row->request.language = read_name(file, row, COLUMN_LANGUAGE, SLA_ELEMENT_LANGUAGE);
    row->request.holds = read_facts(file);
    row->request.criterion = read_name(file, row, COLUMN_CRITERION, SLA_ELEMENT_CRITERION);
    const int known = read_values(file, row);
    row->responded = read_time(file, row, COLUMN_RESPONDED);
    /* The whole answer includes the criterion, but a broken row gets none. */
    if (row->complaint != NULL && known && file->fields[COLUMN_CRITERION].length == 0) {
        sla_contract_decide_criterion(file->contract, &row->request, file->values, &row->request.criterion);
    }
}

static void sort_fields(request_file *file) {
    for (size_t column = 0; column < file->column_limit; column++) {
        file->fields[column] = (struct table_field){"", 0};
    }
    for (size_t i = 0; i < file->column_count; i++) {
        file->fields[file->columns[i]] = file->table.fields[i];
    }
}

int read_request(request_file *file, request_row *row) {
    const int outcome = read_table_row(&file->table);
    *row = (request_row){.line = file->table.line_number, .id = "", .values = file->values, .responded = SLA_NONE};
    row->request = request_received_at(SLA_NONE);
    if (outcome == ROW_BROKEN) {
        complain(file, row, file->table.complaint);
    } else if (outcome == ROW_READ && file->table.field_count != file->column_count) {
        char complaint[100];
        snprintf(complaint, sizeof complaint, "the row has %zu fields, the header %zu", file->table.field_count,
                 file->column_count);
        complain(file, row, complaint);
    } else if (outcome == ROW_READ) {
        sort_fields(file);
        read_facts_of_row(file, row);
    }
    return row->complaint != NULL ? ROW_BROKEN : outcome;
}
