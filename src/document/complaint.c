/* SPDX-License-Identifier: MIT */
#include "document/complaint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sli_complaints_start(complaints *list, size_t node_count) {
    *list = (complaints){.flawed = calloc(node_count, sizeof(bool)), .strange = calloc(node_count, sizeof(bool))};
    return list->flawed != NULL && list->strange != NULL;
}

void sli_complaints_end(complaints *list) {
    free(list->items);
    free(list->flawed);
    free(list->strange);
}

/* ---- Paths: "targets[2].calendar" ---- */

static void append_path(char *path, size_t capacity, const char *step) {
    const size_t length = strlen(path);
    snprintf(path + length, capacity - length, "%s", step);
}

static void write_path(char *path, size_t capacity, const node *at) {
    if (at->parent == NULL) {
        path[0] = '\0';
        return;
    }
    write_path(path, capacity, at->parent);
    if (at->key == NULL) {
        char step[24];
        snprintf(step, sizeof step, "[%zu]", at->index);
        append_path(path, capacity, step);
        return;
    }
    append_path(path, capacity, path[0] == '\0' ? "" : ".");
    append_path(path, capacity, at->key);
}

/* A path that is cut at its end may end in half a character, which goes. */
static void drop_partial_character(char *path) {
    path[sli_text_utf8_prefix(sli_text(path, SIZE_MAX))] = '\0';
}

/* ---- Adding ---- */

static void mark_flawed(complaints *list, const node *at) {
    for (; at != NULL && !list->flawed[at->number]; at = at->parent) {
        list->flawed[at->number] = true;
    }
}

static bool has_room(const complaints *list, int32_t severity) {
    return severity == SLA_SEVERITY_ERROR || list->count - list->errors < SLI_COMPLAINTS_MAX;
}

static void keep(complaints *list, const sla_error *complaint) {
    if (complaint->severity == SLA_SEVERITY_ERROR) {
        list->errors++;
    }
    if (!SLI_APPEND(list, *complaint)) {
        list->fatal = SLA_OUT_OF_MEMORY;
    }
}

void sli_complain_of(complaints *list, const node *at, spot where, const sla_error *said) {
    if (said->code == SLA_OUT_OF_MEMORY) {
        list->fatal = SLA_OUT_OF_MEMORY;
    }
    if (sli_complaints_full(list) || !has_room(list, said->severity)) {
        return;
    }
    sla_error complaint = *said;
    const place found = where == AT_KEY ? at->key_at : at->at;
    complaint.line = found.line;
    complaint.column = found.column;
    complaint.index = -1;
    /* To the builder a bad argument is the program's mistake; here it is the document's. */
    complaint.code = said->code == SLA_INVALID_ARGUMENT ? SLA_INVALID_DOCUMENT : said->code;
    write_path(complaint.path, sizeof complaint.path, at);
    drop_partial_character(complaint.path);
    if (complaint.severity == SLA_SEVERITY_ERROR) {
        mark_flawed(list, at);
    }
    keep(list, &complaint);
}

void sli_complain(complaints *list, const node *at, spot where, sla_status code, const char *format, ...) {
    char message[sizeof((sla_error *)0)->message * 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    sla_error complaint;
    sli_fail(&complaint, code, "%s", message);
    sli_complain_of(list, at, where, &complaint);
}

bool sli_is_flawed(const complaints *list, const node *at) {
    return at != NULL && list->flawed[at->number];
}

bool sli_complaints_full(const complaints *list) {
    return list->fatal != SLA_OK || list->errors >= SLI_COMPLAINTS_MAX;
}

/* ---- Handing over ---- */

static int compare_places(const void *left, const void *right) {
    const sla_error *const a = left;
    const sla_error *const b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->column != b->column) {
        return a->column < b->column ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static void sort_by_place(complaints *list) {
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].index = (int64_t)i; /* complaints at one place stay in their order */
    }
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_places);
    }
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].index = -1;
    }
}

sla_status sli_complaints_hand_over(complaints *list, sla_diagnostics *diagnostics, sla_error *error) {
    sort_by_place(list);
    const sla_error *first = NULL;
    for (size_t i = 0; i < list->count; i++) {
        sli_diagnostics_add(diagnostics, &list->items[i]);
        if (first == NULL && list->items[i].severity == SLA_SEVERITY_ERROR) {
            first = &list->items[i];
        }
    }
    if (list->fatal != SLA_OK) {
        return sli_fail_memory(error);
    }
    if (first != NULL && error != NULL) {
        *error = *first;
    }
    return first == NULL ? SLA_OK : first->code;
}

/* ---- Lists of names in messages ---- */

void sli_list_names(char *buffer, size_t capacity, const char *const *names, size_t count) {
    size_t length = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *const separator = i == 0 ? "" : ", ";
        if (length + strlen(separator) + strlen(names[i]) + sizeof ", ..." > capacity) {
            snprintf(buffer + length, capacity - length, "%s...", separator);
            return;
        }
        length += (size_t)snprintf(buffer + length, capacity - length, "%s%s", separator, names[i]);
    }
}
