/* SPDX-License-Identifier: MIT */
/*
 * Replays the folders of bad documents: every complaint that is expected comes, at its place, and no other does.
 * Its argument is the folder that holds them.
 */
#define _POSIX_C_SOURCE 200809L

#include <sla/contract.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CASES_MAX = 1000, PATH_SIZE = 1024, LINE_SIZE = 512 };

/* ---- Files ---- */

static char *read_file(const char *path, size_t *length) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    rewind(file);
    char *const text = malloc(*length + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, *length, file), *length);
    fclose(file);
    text[*length] = '\0';
    return text;
}

static char *read_beside(const char *folder, const char *name, size_t *length) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return read_file(path, length);
}

/* ---- Loading ---- */

static void hand_over_feeds(sla_document *document, const char *folder) {
    for (size_t i = 0; i < sla_document_feed_count(document); i++) {
        size_t length;
        char *const text = read_beside(folder, sla_document_feed_file(document, i), &length);
        if (text != NULL) {
            assert_int_equal(
                sla_document_set_feed(document, sla_document_feed_name(document, i), SIZE_MAX, text, length, NULL), SLA_OK);
        }
        free(text);
    }
}

static size_t build(sla_document *document, const char *folder, sla_error *complaints, size_t capacity) {
    sla_diagnostics *diagnostics;
    sla_contract *contract = (sla_contract *)&diagnostics; /* a failure has to clear it */
    sla_error first;
    assert_int_equal(sla_diagnostics_new(capacity, &diagnostics), SLA_OK);
    hand_over_feeds(document, folder);
    const sla_status status = sla_document_build(document, diagnostics, &contract, &first);
    const size_t count = sla_diagnostics_count(diagnostics);
    for (size_t i = 0; i < count; i++) {
        sla_diagnostics_get(diagnostics, i, &complaints[i]);
    }
    assert_int_equal(sla_diagnostics_omitted(diagnostics), 0);
    assert_null(contract);
    assert_true(count > 0);
    assert_int_equal(status, complaints[0].code);
    assert_memory_equal(&first, &complaints[0], sizeof first);
    sla_diagnostics_free(diagnostics);
    return count;
}

static size_t load(const char *folder, sla_error *complaints, size_t capacity) {
    size_t length;
    char *const text = read_beside(folder, "contract.yaml", &length);
    assert_non_null(text);
    sla_document *document;
    size_t count = 1;
    if (sla_document_load(text, length, &document, &complaints[0]) == SLA_OK) {
        count = build(document, folder, complaints, capacity);
    } else {
        assert_null(document);
    }
    sla_document_free(document);
    free(text);
    return count;
}

/* ---- Comparing ---- */

static bool is_expected(const char *line, const sla_error *complaint) {
    int at_line;
    int at_column;
    int rest = 0;
    char status[64];
    assert_int_equal(sscanf(line, "%d %d %63s %n", &at_line, &at_column, status, &rest), 3);
    return complaint->line == at_line && complaint->column == at_column && complaint->severity == SLA_SEVERITY_ERROR &&
           strcmp(status, sla_status_name(complaint->code)) == 0 && strstr(complaint->message, line + rest) != NULL;
}

static void print_complaints(const char *folder, const sla_error *complaints, size_t count) {
    for (size_t i = 0; i < count; i++) {
        print_error("%s: %d %d %s [%s] %s\n", folder, (int)complaints[i].line, (int)complaints[i].column,
                    sla_status_name(complaints[i].code), complaints[i].path, complaints[i].message);
    }
}

static bool all_expected(const char *folder, const sla_error *complaints, size_t count) {
    size_t length;
    size_t index = 0;
    bool same = true;
    char *const expected = read_beside(folder, "expected", &length);
    assert_non_null(expected);
    char *rest = NULL;
    for (char *line = strtok_r(expected, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        same = same && index < count && is_expected(line, &complaints[index]);
        index++;
    }
    assert_true(index > 0);
    free(expected);
    return same && index == count;
}

static void replay(void **state) {
    const char *const folder = *state;
    sla_error complaints[100];
    const size_t count = load(folder, complaints, sizeof complaints / sizeof complaints[0]);
    if (!all_expected(folder, complaints, count)) {
        print_complaints(folder, complaints, count);
        fail_msg("these are not the complaints of %s/expected", folder);
    }
}

/* ---- The folders ---- */

static size_t find_cases(const char *root, struct CMUnitTest *tests) {
    struct dirent **entries;
    size_t found = 0;
    const int count = scandir(root, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char path[PATH_SIZE];
        char expected[PATH_SIZE + sizeof "/expected"];
        snprintf(path, sizeof path, "%s/%s", root, entries[i]->d_name);
        snprintf(expected, sizeof expected, "%s/expected", path);
        FILE *const file = fopen(expected, "rb");
        if (file != NULL && found < CASES_MAX) {
            fclose(file);
            tests[found++] =
                (struct CMUnitTest){.name = strdup(entries[i]->d_name), .test_func = replay, .initial_state = strdup(path)};
        }
        free(entries[i]);
    }
    free(entries);
    return found;
}

int main(int count, char **arguments) {
    static struct CMUnitTest tests[CASES_MAX];
    const size_t found = count == 2 ? find_cases(arguments[1], tests) : 0;
    if (found == 0) {
        fprintf(stderr, "use: invalid_test FOLDER, which holds the cases\n");
        return 1;
    }
    const int failed = _cmocka_run_group_tests("documents with mistakes", tests, found, NULL, NULL);
    for (size_t i = 0; i < found; i++) {
        free((void *)(uintptr_t)tests[i].name);
        free(tests[i].initial_state);
    }
    return failed;
}
