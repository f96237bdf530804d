/* SPDX-License-Identifier: MIT */
#include "contract_file.h"

#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_LIMIT = 4 << 20, FEED_LIMIT = 16 << 20, COMPLAINT_LIMIT = 100 };

static void print_complaint(const char *path, const sla_error *complaint) {
    fprintf(stderr, "%s", path);
    if (complaint->line > 0) {
        fprintf(stderr, ":%d:%d", (int)complaint->line, (int)complaint->column);
    }
    fprintf(stderr, ": %s: %s", complaint->severity == SLA_SEVERITY_WARNING ? "warning" : "error", complaint->message);
    fprintf(stderr, complaint->path[0] != '\0' ? " [%s]\n" : "%s\n", complaint->path);
}

static void print_complaints(const char *path, const sla_diagnostics *diagnostics) {
    sla_error complaint;
    for (size_t i = 0; sla_diagnostics_get(diagnostics, i, &complaint) == SLA_OK; i++) {
        print_complaint(path, &complaint);
    }
    if (sla_diagnostics_omitted(diagnostics) > 0) {
        fprintf(stderr, "%s: and %zu more\n", path, sla_diagnostics_omitted(diagnostics));
    }
}

static const char *given_file(char *const *feeds, const char *name) {
    const size_t length = strlen(name);
    for (; feeds != NULL && *feeds != NULL; feeds++) {
        if (strncmp(*feeds, name, length) == 0 && (*feeds)[length] == '=') {
            return *feeds + length + 1;
        }
    }
    return NULL;
}

static int document_asks_for(const sla_document *document, const char *feed) {
    const size_t length = strcspn(feed, "=");
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        const char *name = sla_document_feed_name(document, i);
        if (feed[length] == '=' && strlen(name) == length && strncmp(feed, name, length) == 0) {
            return 1;
        }
    }
    fprintf(stderr, "--feed %s: say NAME=FILE, with the name of a feed that a calendar of the contract asks for\n", feed);
    return 0;
}

static char *path_beside(const char *path, const char *file) {
    const char *slash = strrchr(path, '/');
    const int folder = slash == NULL || file[0] == '/' ? 0 : (int)(slash - path) + 1;
    const size_t size = (size_t)folder + strlen(file) + 1;
    char *beside = malloc(size);
    if (beside != NULL) {
        snprintf(beside, size, "%.*s%s", folder, path, file);
    }
    return beside;
}

static int hand_over_feed(sla_document *document, size_t index, const char *contract_file, char *const *feeds) {
    const char *name = sla_document_feed_name(document, index);
    const char *given = given_file(feeds, name);
    char *beside = given == NULL ? path_beside(contract_file, sla_document_feed_file(document, index)) : NULL;
    const char *path = given == NULL ? beside : given;
    size_t length = 0;
    char *text = path == NULL ? NULL : read_file(path, FEED_LIMIT, &length);
    sla_error error;
    sla_status status = SLA_MISSING_FEED;
    if (text != NULL) {
        status = sla_document_set_feed(document, name, SIZE_MAX, text, length, &error);
        if (status != SLA_OK) {
            print_complaint(path, &error);
        }
    }
    free(text);
    free(beside);
    return status == SLA_OK;
}

static int hand_over_feeds(sla_document *document, const char *path, char *const *feeds) {
    for (char *const *feed = feeds; feed != NULL && *feed != NULL; feed++) {
        if (!document_asks_for(document, *feed)) {
            return 0;
        }
    }
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        if (!hand_over_feed(document, i, path, feeds)) {
            return 0;
        }
    }
    return 1;
}

static sla_contract *build_contract(const sla_document *document, const char *path) {
    sla_diagnostics *diagnostics;
    sla_contract *contract = NULL;
    if (sla_diagnostics_new(COMPLAINT_LIMIT, &diagnostics) != SLA_OK) {
        return NULL;
    }
    sla_error error;
    const sla_status status = sla_document_build(document, diagnostics, &contract, &error);
    print_complaints(path, diagnostics);
    if (status != SLA_OK && sla_diagnostics_count(diagnostics) == 0) {
        print_complaint(path, &error);
    }
    sla_diagnostics_free(diagnostics);
    return contract;
}

sla_contract *load_contract(const char *path, char *const *feeds) {
    size_t length;
    char *text = read_file(path, DOCUMENT_LIMIT, &length);
    if (text == NULL) {
        return NULL;
    }
    sla_document *document;
    sla_contract *contract = NULL;
    sla_error error;
    if (sla_document_load(text, length, &document, &error) != SLA_OK) {
        print_complaint(path, &error);
    } else if (hand_over_feeds(document, path, feeds)) {
        contract = build_contract(document, path);
    }
    sla_document_free(document);
    free(text);
    return contract;
}
