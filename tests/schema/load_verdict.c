/* SPDX-License-Identifier: MIT */
/*
 * Says what the library makes of contract documents: load_verdict FILE…
 *
 * For each file one line "FILE<TAB>ok", or a line for each complaint:
 * "FILE<TAB>LINE<TAB>COLUMN<TAB>STATUS<TAB>PATH<TAB>MESSAGE". Every feed that a document asks for is the same holiday.
 */
#include <sla/contract.h>

#include <stdio.h>
#include <stdlib.h>

#define YEAR_2040 INT64_C(2208988800)

static const char holiday[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sla//test//EN\r\n"
                              "BEGIN:VEVENT\r\nUID:new-year\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\n"
                              "SUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static char *read_file(const char *path, size_t *length) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    char *text = NULL;
    size_t used = 0;
    for (size_t got = 1; got > 0; used += got) {
        char *const grown = realloc(text, used + 65536);
        if (grown == NULL) {
            break;
        }
        text = grown;
        got = fread(text + used, 1, 65536, file);
    }
    fclose(file);
    *length = used;
    return text;
}

static void print_complaint(const char *path, const sla_error *complaint) {
    printf("%s\t%d\t%d\t%s\t%s\t%s\n", path, (int)complaint->line, (int)complaint->column, sla_status_name(complaint->code),
           complaint->path, complaint->message);
}

static void print_errors(const char *path, const sla_diagnostics *diagnostics) {
    for (size_t i = 0; i < sla_diagnostics_count(diagnostics); i++) {
        sla_error complaint;
        if (sla_diagnostics_get(diagnostics, i, &complaint) == SLA_OK && complaint.severity == SLA_SEVERITY_ERROR) {
            print_complaint(path, &complaint);
        }
    }
}

static void hand_over_feeds(sla_document *document) {
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, holiday, sizeof holiday - 1, NULL);
    }
}

static void build(const char *path, sla_document *document) {
    sla_diagnostics *diagnostics = NULL;
    sla_contract *contract = NULL;
    sla_error error;
    hand_over_feeds(document);
    sla_document_set_horizon(document, 0, YEAR_2040, NULL); /* a shorter one than usual saves time */
    if (sla_diagnostics_new(100, &diagnostics) != SLA_OK) {
        return;
    }
    if (sla_document_build(document, diagnostics, &contract, &error) == SLA_OK) {
        printf("%s\tok\n", path);
    } else {
        print_errors(path, diagnostics);
    }
    sla_contract_unref(contract);
    sla_diagnostics_free(diagnostics);
}

static int judge(const char *path) {
    size_t length = 0;
    char *const text = read_file(path, &length);
    if (text == NULL) {
        fprintf(stderr, "load_verdict: cannot read %s\n", path);
        return 1;
    }
    sla_document *document = NULL;
    sla_error error;
    if (sla_document_load(text, length, &document, &error) == SLA_OK) {
        build(path, document);
    } else {
        print_complaint(path, &error);
    }
    sla_document_free(document);
    free(text);
    return 0;
}

int main(int count, char **arguments) {
    int failed = 0;
    for (int i = 1; i < count; i++) {
        failed |= judge(arguments[i]);
    }
    return failed;
}
