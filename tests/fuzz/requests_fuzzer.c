/* SPDX-License-Identifier: MIT */
/*
 * A file of requests and, after a line "---events", one of events, as the example programs read them from users (CSV). Rows
 * are held against a second telling of RFC 4180; what is read is decided and counted as the program `report` does: no row
 * is lost, each has sane values or a complaint, and so has each request a verdict. Complaints are whole UTF-8.
 */
#define _GNU_SOURCE /* memfd_create */
#include "../../examples/support/life_file.h"
#include "../../examples/support/names.h"
#include "../../examples/support/request_batch.h"
#include "oracle.h"
#include "table_view.h"

#include <sys/mman.h>
#include <unistd.h>

static const char SEPARATOR[] = "\n---events\n";

static const int64_t NOW = INT64_C(1795428000); /* a Monday of November 2026 */

enum { BEGIN = 1577836800, END = BEGIN + 4383 * SLI_DAY, LARGE = 1 << 16, METRICS = 2, ROWS_AHEAD = 64 };

/* Names of many bytes, so that complaints that list them end within a character if nobody takes care. */
#define LONG_NAME "поддержка-для-тех-кто-не-спит-ночами-и-пишет-письма"

static const char CONTRACT[] =
    "sla: 1\nname: Desk\ntime_zone: Europe/Belgrade\nvalid: {from: 2020-01-01, until: 2031-01-01}\nlanguages: [en, fr]\n"
    "requires: [licence, newsletter]\ndefault_calendar: office\ncalendars:\n  office: {hours: {mon-fri: 09:00-18:00}}\n"
    "channels: {email: {}, phone: {calendar: office}}\n"
    "tiers:\n  standard: {channels: [email]}\n  premium: {aliases: [developer], includes: [standard], channels: [phone]}\n"
    "  " LONG_NAME ": {}\n  a" LONG_NAME ": {}\n  bb" LONG_NAME ": {}\n  ccc" LONG_NAME ": {}\n"
    "services: {unlisted: excluded, covered: {question: {}, troubleshooting: {}}, excluded: {upgrade: {}}}\n"
    "attributes:\n  impact: [mission-critical, limited, none, " LONG_NAME ", a" LONG_NAME ", bb" LONG_NAME "]\n"
    "  workaround: [none, available]\n"
    "criteria:\n  - {name: critical, when: {impact: mission-critical, workaround: none}}\n"
    "  - {name: minor, when: {impact: none}}\n  - {name: normal}\n"
    "metrics:\n  response: {start: received, stop: responded}\n"
    "  resolution: {start: [received, reopened], stop: resolved, pause: waiting, resume: answered, reopen: resume,"
    " cancel: withdrawn}\n"
    "targets:\n  - {criterion: critical, within: immediate, grace: 15m}\n  - {tier: premium, within: 12h}\n"
    "  - {criterion: minor, within: best-effort}\n  - {criterion: normal, within: 24h}\n"
    "objectives:\n  - {metric: response, attainment: 95%, per: month}\n";

/* Another contract, whose attributes are passed over. */
static const char OTHER[] = "sla: 1\nname: Other\ntime_zone: +00:00\ndefault_calendar: day\n"
                            "calendars: {day: {hours: {mon-fri: 09:00-18:00}}}\nchannels: {email: {}}\n"
                            "attributes: {impact: [low], region: [north, south]}\ncriteria: [{name: any}]\n"
                            "targets: [{within: 4h}]\n";

static const char *const request_columns[] = {"id",       "received", "tier",      "channel", "service",    "criterion",
                                              "language", "holds",    "responded", "impact",  "workaround", "region"};
static const char *const event_columns[] = {"id", "at", "event", "criterion", "tier"};

enum {
    REQUEST_COLUMNS = sizeof request_columns / sizeof *request_columns,
    EVENT_COLUMNS = sizeof event_columns / sizeof *event_columns,
    ATTRIBUTES = 2
};

/* ---- What all inputs share ---- */

typedef struct paper {
    int descriptor;
    char path[40];
} paper;

static struct {
    sla_contract *contract;
    sla_contract *other;
    int32_t responded;
    paper table;
    paper requests;
    paper events;
} shared;

static sla_contract *build(const char *written) {
    sla_document *document = NULL;
    sla_diagnostics *said = NULL;
    sla_contract *made = NULL;
    MUST(sla_document_load(written, strlen(written), &document, NULL) == SLA_OK);
    MUST(sla_document_set_horizon(document, BEGIN, END, NULL) == SLA_OK);
    MUST(sla_diagnostics_new(100, &said) == SLA_OK);
    MUST(sla_document_build(document, said, &made, NULL) == SLA_OK);
    sla_diagnostics_free(said);
    sla_document_free(document);
    return made;
}

/* A file in memory that can be opened by its path. */
static void make_paper(paper *made) {
    made->descriptor = memfd_create("table", MFD_CLOEXEC);
    MUST(made->descriptor >= 0);
    snprintf(made->path, sizeof made->path, "/proc/self/fd/%d", made->descriptor);
}

static void make_shared(void) {
    if (shared.contract == NULL) {
        shared.contract = build(CONTRACT);
        shared.other = build(OTHER);
        MUST(sla_contract_find(shared.contract, SLA_ELEMENT_EVENT, "responded", SIZE_MAX, &shared.responded) == SLA_OK);
        make_paper(&shared.table);
        make_paper(&shared.requests);
        make_paper(&shared.events);
    }
}

static void write_on(const paper *file, text bytes) {
    MUST(ftruncate(file->descriptor, 0) == 0);
    MUST(pwrite(file->descriptor, bytes.start, bytes.length, 0) == (ssize_t)bytes.length);
}

/* ---- What is said ---- */

extern FILE *said_stream; /* of said.h, which is for the readers only */
FILE *said_stream;

static void must_be_said(const char *complaint) {
    MUST(complaint != NULL && complaint[0] != '\0');
    MUST(is_utf8(complaint) && strchr(complaint, '\n') == NULL);
}

/* ---- Any table ---- */

static void check_fields(const struct table_file *table, const table_view *view) {
    MUST(table->field_count == view->count);
    for (size_t i = 0; i < view->count && i < VIEW_FIELDS; i++) {
        const struct table_field field = table->fields[i];
        MUST(is_field(view->fields[i], field.text, field.length) && strlen(field.text) == field.length);
    }
}

static void check_table(const char *path, text bytes) {
    struct table_file table;
    table_view view = {.left = bytes};
    int outcome = ROW_READ;
    MUST(open_table(&table, path, VIEW_FIELDS));
    while ((outcome = read_table_row(&table)) != NO_MORE_ROWS) {
        MUST(view_row(&view) && table.line_number == view.line);
        MUST(outcome == (view.broken ? ROW_BROKEN : ROW_READ));
        if (outcome == ROW_BROKEN) {
            must_be_said(table.complaint);
        } else {
            check_fields(&table, &view);
        }
    }
    MUST(!view_row(&view));
    close_table(&table);
}

/* ---- Headers ---- */

static bool is_named(view_field field, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_field(field, names[i], strlen(names[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_named_twice(const table_view *header, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t times = 0;
        for (size_t field = 0; field < header->count; field++) {
            times += is_field(header->fields[field], names[i], strlen(names[i]));
        }
        if (times > 1) {
            return true;
        }
    }
    return false;
}

/* Whether the first row names known columns, once each. */
static bool is_header(table_view *table, const char *const *names, size_t count) {
    if (!view_row(table) || table->broken || table->count > count) {
        return false;
    }
    for (size_t i = 0; i < table->count; i++) {
        if (!is_named(table->fields[i], names, count)) {
            return false;
        }
    }
    return !is_named_twice(table, names, count);
}

/* ---- Both files ---- */

typedef struct run {
    text request_bytes;
    text event_bytes;
    request_file *requests;
    event_file *events; /* NULL: none, or its header is refused */
    sla_report *reports[METRICS];
    table_view header; /* of the requests */
    table_view view;   /* of them, up to the row at hand */
    size_t id_column;
    size_t received_column;
    bool only_other; /* a column is of the other contract */
    int64_t rows;
    int64_t invalid; /* of them, for the first metric */
} run;

static void open_event_file(run *made) {
    table_view header = {.left = made->event_bytes};
    const bool good = is_header(&header, event_columns, EVENT_COLUMNS) && find_view(&header, "id") < VIEW_FIELDS &&
                      find_view(&header, "at") < VIEW_FIELDS;
    made->events = open_events(shared.events.path, shared.contract);
    MUST((made->events != NULL) == good);
}

static void open_request_file(run *made) {
    made->view = (table_view){.left = made->request_bytes};
    bool good = is_header(&made->view, request_columns, REQUEST_COLUMNS);
    made->header = made->view;
    if (good) {
        made->id_column = find_view(&made->view, "id");
        made->received_column = find_view(&made->view, "received");
        made->only_other = find_view(&made->view, "region") < VIEW_FIELDS;
        good = made->received_column < VIEW_FIELDS;
    }
    made->requests = open_requests(shared.requests.path, shared.contract, shared.other, made->reports, METRICS);
    MUST((made->requests != NULL) == good);
}

static void open_run(run *made) {
    for (int32_t metric = 0; metric < METRICS; metric++) {
        MUST(sla_report_new(shared.contract, metric, SLA_BY_SERVICE | SLA_BY_TIER, 5, &made->reports[metric], NULL) ==
             SLA_OK);
    }
    open_event_file(made);
    open_request_file(made);
}

static void close_run(run *made) {
    close_requests(made->requests);
    close_events(made->events);
    for (size_t i = 0; i < METRICS; i++) {
        sla_report_free(made->reports[i]);
    }
}

/* ---- A row of the requests ---- */

static bool is_known(int32_t index, int32_t element) {
    return index == SLA_UNSAID || (index >= 0 && index < sla_contract_count(shared.contract, element));
}

/* Services on no list are numbered by the reports, at most one a row. */
static bool is_numbered(int32_t service, uint64_t rows) {
    return service < SLA_UNKNOWN && service >= SLA_UNKNOWN - (int64_t)rows;
}

static void check_facts(const request_row *row) {
    static const int32_t value_counts[ATTRIBUTES] = {6, 2};
    const sla_request *const request = &row->request;
    MUST(is_known(request->tier, SLA_ELEMENT_TIER));
    MUST(is_known(request->channel, SLA_ELEMENT_CHANNEL));
    MUST(is_known(request->criterion, SLA_ELEMENT_CRITERION));
    MUST(request->language == SLA_UNKNOWN || is_known(request->language, SLA_ELEMENT_LANGUAGE));
    MUST(is_known(request->service, SLA_ELEMENT_SERVICE) || is_numbered(request->service, row->line));
    MUST(request->holds < 4);
    for (size_t i = 0; i < ATTRIBUTES; i++) {
        const int32_t value = row->values[i];
        MUST(value < value_counts[i] && (value >= SLA_UNSAID || (value == SLA_UNKNOWN && row->complaint != NULL)));
    }
}

static bool is_in_view(const run *made, size_t column, const char *read, size_t length) {
    return column == VIEW_FIELDS ? length == 0 : is_field(made->view.fields[column], read, length);
}

/* What a good row says is what was found; there is one alias. */
static void check_name(const run *made, const char *name, int32_t element, int32_t index) {
    const size_t column = find_view(&made->header, name);
    const char *const found = index < 0 ? "" : sla_contract_name(shared.contract, element, index);
    MUST(index < SLA_UNSAID || is_in_view(made, column, found, strlen(found)) ||
         (element == SLA_ELEMENT_TIER && is_in_view(made, column, "developer", strlen("developer"))));
}

static void check_names(const run *made, const sla_request *request) {
    check_name(made, "tier", SLA_ELEMENT_TIER, request->tier);
    check_name(made, "channel", SLA_ELEMENT_CHANNEL, request->channel);
    check_name(made, "service", SLA_ELEMENT_SERVICE, request->service);
    check_name(made, "criterion", SLA_ELEMENT_CRITERION, request->criterion);
}

static void check_row(run *made, int outcome, const request_row *row) {
    const table_view *const view = &made->view;
    MUST(view_row(&made->view) && row->line == view->line);
    MUST((outcome == ROW_BROKEN) == (row->complaint != NULL));
    if (row->complaint != NULL) {
        must_be_said(row->complaint);
    }
    if (view->broken || view->count != made->header.count) {
        MUST(outcome == ROW_BROKEN && row->id[0] == '\0');
        return;
    }
    MUST(is_in_view(made, made->id_column, row->id, strlen(row->id)));
    MUST(row->request.received != SLA_NONE || outcome == ROW_BROKEN);
    MUST(!is_in_view(made, made->received_column, "", 0) || outcome == ROW_BROKEN);
    check_facts(row);
    if (row->complaint == NULL) {
        check_names(made, &row->request);
        MUST(is_in_view(made, find_view(&made->header, "responded"), "", 0) == (row->responded == SLA_NONE));
    }
}

/* ---- Batches ---- */

static void must_be_life(const struct life *life, const request_batch *batch, size_t i) {
    const int64_t events = batch->event_offsets[i];
    const int64_t changes = batch->change_offsets[i];
    MUST(memcmp(&life->request, &batch->requests[i], sizeof life->request) == 0);
    MUST(memcmp(life->values, batch->values + i * ATTRIBUTES, ATTRIBUTES * sizeof *life->values) == 0);
    MUST(life->event_count == (size_t)(batch->event_offsets[i + 1] - events));
    MUST(life->change_count == (size_t)(batch->change_offsets[i + 1] - changes));
    MUST(memcmp(life->events, batch->events + events, life->event_count * sizeof *life->events) == 0);
    MUST(memcmp(life->changes, batch->changes + changes, life->change_count * sizeof *life->changes) == 0);
}

/* The life that is looked for by an id is that of the first request of it. */
static void check_life(const run *made, const request_batch *batch) {
    const char *const id = batch->count == 0 ? "" : id_in_batch(batch, batch->count - 1);
    const struct life_place place = {shared.requests.path, made->events == NULL ? NULL : shared.events.path, id};
    struct life life = {.metric = 0};
    size_t first = 0;
    if (id[0] == '\0' || made->only_other) {
        return;
    }
    while (strcmp(id_in_batch(batch, first), id) != 0) {
        first++;
    }
    const int found = read_life_file(shared.contract, &place, &life);
    MUST(found == (complaint_in_batch(batch, first) == NULL));
    if (found) {
        must_be_life(&life, batch, first);
    }
    free(life.values);
    free(life.events);
    free(life.changes);
}

static void count_one(sla_report *report, const request_batch *batch, size_t i, const sla_verdict *verdict) {
    const char *const complaint = complaint_in_batch(batch, i);
    sla_error error;
    size_t counted = 0;
    mark_error(&error);
    if (complaint != NULL) {
        must_be_said(complaint);
        MUST(judged(sla_report_add_invalid(report, batch->lines[i], &batch->requests[i], batch->reasons[i], complaint,
                                           SIZE_MAX, &error),
                    ONLY_OK, &error));
        return;
    }
    MUST(batch->statuses[i] == SLA_OK);
    MUST(judged(sla_report_add_many(report, 1, &batch->lines[i], &batch->requests[i], verdict, batch->cycles, NULL,
                                    &counted, &error),
                ONLY_OK, &error));
    MUST(counted == 1);
}

static void count_batch(run *made, request_batch *batch) {
    static sla_verdict verdicts[BATCH_ROWS];
    for (int32_t metric = 0; metric < METRICS; metric++) {
        MUST(decide_batch(batch, metric, NOW, verdicts));
        for (size_t i = 0; i < batch->count; i++) {
            count_one(made->reports[metric], batch, i, &verdicts[i]);
        }
    }
    made->rows += (int64_t)batch->count;
    empty_batch(batch);
}

static void check_counts(run *made) {
    for (size_t i = 0; i < METRICS; i++) {
        static char written[1 << 20];
        sla_group all;
        size_t length = 0;
        MUST(sla_report_get_group(made->reports[i], -1, &all) == SLA_OK && all.requests == made->rows);
        made->invalid = i == 0 ? all.invalid : made->invalid;
        const sla_status status =
            sla_report_write(made->reports[i], SLA_FORMAT_JSON, written, sizeof written, &length, NULL);
        MUST(status == SLA_BUFFER_TOO_SMALL || (status == SLA_OK && is_utf8(written)));
    }
}

/* As the program `report` reads. */
static void read_all(run *made) {
    request_batch *const batch = make_batch(shared.contract);
    request_row row;
    int outcome = ROW_READ;
    MUST(batch != NULL);
    while ((outcome = read_request(made->requests, &row)) == ROW_READ || outcome == ROW_BROKEN) {
        check_row(made, outcome, &row);
        MUST(keep_request(batch, &row, shared.responded) && keep_events(batch, made->events, row.id));
        MUST(batch->lines[batch->count - 1] == row.line && strcmp(id_in_batch(batch, batch->count - 1), row.id) == 0);
        if (batch->count == BATCH_ROWS) {
            count_batch(made, batch);
        }
    }
    MUST(outcome == NO_MORE_ROWS && !view_row(&made->view));
    if (made->rows == 0) {
        check_life(made, batch);
    }
    count_batch(made, batch);
    check_counts(made);
    free_batch(batch);
}

/* ---- Events side by side with the requests ---- */

static void check_event(const event_row *row) {
    MUST(is_known(row->criterion, SLA_ELEMENT_CRITERION) && is_known(row->tier, SLA_ELEMENT_TIER));
    MUST(row->event == SLA_UNKNOWN || is_known(row->event, SLA_ELEMENT_EVENT));
    if (row->complaint != NULL) {
        must_be_said(row->complaint);
        return;
    }
    MUST(row->at != SLA_NONE);
    MUST(row->event != SLA_UNSAID || row->criterion != SLA_UNSAID || row->tier != SLA_UNSAID);
}

/* The rows of a file of events that say of which request they are. */
typedef struct happenings {
    view_field *ids;
    uint64_t *lines;
    size_t count;
    size_t next;
    uint64_t rows; /* in all */
} happenings;

static void list_happenings(text bytes, happenings *listed) {
    table_view table = {.left = bytes};
    const size_t rows_max = bytes.length / 2 + 1;
    *listed =
        (happenings){.ids = malloc(rows_max * sizeof *listed->ids), .lines = malloc(rows_max * sizeof *listed->lines)};
    MUST(listed->ids != NULL && listed->lines != NULL && view_row(&table));
    const size_t column = find_view(&table, "id");
    while (view_row(&table)) {
        if (!table.broken && column < table.count && table.fields[column].written.length > 0) {
            listed->ids[listed->count] = table.fields[column];
            listed->lines[listed->count++] = table.line;
        }
        listed->rows++;
    }
}

static bool is_next(const happenings *listed, size_t i, const char *id) {
    return i < listed->count && is_field(listed->ids[i], id, strlen(id));
}

/* What lies before the rows of a request is passed over, if they are among the next ones. */
static void seek_listed(happenings *listed, const char *id) {
    for (size_t i = listed->next; i < listed->next + ROWS_AHEAD; i++) {
        if (is_next(listed, i, id)) {
            listed->next = i;
            return;
        }
    }
}

typedef struct side_by_side {
    event_file *events;
    happenings listed;
    uint64_t taken;
    int64_t broken; /* requests with a complaint of the files */
} side_by_side;

static void take_events(side_by_side *both, const request_row *request) {
    const event_row *row = NULL;
    bool broken = request->complaint != NULL;
    if (request->id[0] != '\0') {
        MUST(seek_events(both->events, request->id));
        seek_listed(&both->listed, request->id);
        while ((row = next_event(both->events, request->id)) != NULL) {
            MUST(is_next(&both->listed, both->listed.next, request->id));
            MUST(row->line == both->listed.lines[both->listed.next++]);
            check_event(row);
            broken |= row->complaint != NULL;
            both->taken++;
        }
        MUST(!is_next(&both->listed, both->listed.next, request->id));
    }
    both->broken += broken;
}

/* Each row is of the request that it names, or a stray. */
static void check_events(const run *made, uint64_t strays) {
    run again = {.request_bytes = made->request_bytes, .event_bytes = made->event_bytes};
    request_row row;
    int outcome = ROW_READ;
    open_run(&again);
    side_by_side both = {.events = again.events};
    list_happenings(made->event_bytes, &both.listed);
    hush_events(again.events);
    while ((outcome = read_request(again.requests, &row)) == ROW_READ || outcome == ROW_BROKEN) {
        take_events(&both, &row);
    }
    MUST(finish_events(again.events) && next_event(again.events, "1") == NULL);
    MUST(count_strays(again.events) == strays && strays + both.taken == both.listed.rows);
    MUST(made->invalid >= both.broken);
    free(both.listed.ids);
    free(both.listed.lines);
    close_run(&again);
}

/* ---- An input ---- */

static void check_both(text requests, text events) {
    run made = {.request_bytes = requests, .event_bytes = events};
    open_run(&made);
    if (made.requests != NULL) {
        read_all(&made);
    }
    if (made.requests != NULL && made.events != NULL) {
        MUST(finish_events(made.events));
        check_events(&made, count_strays(made.events));
    }
    close_run(&made);
}

static void split_input(text bytes, text *requests, text *events) {
    const size_t length = sizeof SEPARATOR - 1;
    *requests = bytes;
    *events = (text){"", 0};
    for (size_t i = 0; i + length <= bytes.length; i++) {
        if (memcmp(bytes.start + i, SEPARATOR, length) == 0) {
            *requests = (text){bytes.start, i + 1};
            *events = (text){bytes.start + i + length, bytes.length - i - length};
            return;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const text bytes = {size == 0 ? "" : (const char *)data, size}; /* libFuzzer's empty input may be NULL */
    char *said = NULL;
    size_t said_length = 0;
    text requests;
    text events;
    make_shared();
    split_input(bytes, &requests, &events);
    write_on(&shared.table, bytes);
    write_on(&shared.requests, requests);
    write_on(&shared.events, events);
    said_stream = open_memstream(&said, &said_length);
    MUST(said_stream != NULL);
    check_both(requests, events);
    if (size <= LARGE) {
        check_table(shared.table.path, bytes);
    }
    MUST(fclose(said_stream) == 0);
    MUST(strlen(said) == said_length && is_utf8(said));
    free(said);
    return 0;
}
