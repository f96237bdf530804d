/* SPDX-License-Identifier: MIT */
/*
 * conformance FILE…: runs vector files. Prints each failing case with what was expected and what came, and last
 * "N passed, N failed". Exits with 0 when all passed, 1 when not, 2 when a file could not be read.
 */
#define _POSIX_C_SOURCE 200809L
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct tally {
    long passed;
    long failed;
    long unreadable;
} tally;

/* The fixtures of one file, by name. */
typedef struct fixture_list {
    fixture *items;
    size_t count;
} fixture_list;

static const char *fixture_name(const json_t *line) {
    return json_string_value(json_object_get(line, "fixture"));
}

static const fixture *find_fixture(const fixture_list *fixtures, const char *name) {
    for (size_t i = fixtures->count; name != NULL && i-- > 0;) {
        if (strcmp(fixture_name(fixtures->items[i].line), name) == 0) {
            return &fixtures->items[i];
        }
    }
    return NULL;
}

static void add_fixture(fixture_list *fixtures, json_t *line) {
    fixture *const grown = realloc(fixtures->items, (fixtures->count + 1) * sizeof *grown);
    if (grown == NULL) {
        fputs("conformance: out of memory\n", stderr);
        exit(2);
    }
    fixtures->items = grown;
    fixtures->items[fixtures->count++] = fixture_new(line);
}

/* The order of groups does not matter: sorts them by their keys. */
static int compare_groups(const void *left, const void *right) {
    char *const left_key = json_dumps(json_object_get(*(json_t *const *)left, "key"), JSON_SORT_KEYS);
    char *const right_key = json_dumps(json_object_get(*(json_t *const *)right, "key"), JSON_SORT_KEYS);
    const int order = strcmp(left_key, right_key);
    free(left_key);
    free(right_key);
    return order;
}

static void sort_groups(json_t *answer) {
    json_t *const groups = json_object_get(answer, "groups");
    const size_t count = json_array_size(groups);
    json_t **const sorted = calloc(count + 1, sizeof *sorted);
    if (sorted == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = json_incref(json_array_get(groups, i));
    }
    qsort(sorted, count, sizeof *sorted, compare_groups);
    for (size_t i = 0; i < count; i++) {
        json_array_set_new(groups, i, sorted[i]);
    }
    free(sorted);
}

static void print_failure(const json_t *question, const json_t *expected, const json_t *actual) {
    char *const expected_text = json_dumps(expected, JSON_SORT_KEYS);
    char *const actual_text = actual == NULL ? NULL : json_dumps(actual, JSON_SORT_KEYS);
    printf("FAILED %s (%s)\n  expected %s\n  actual   %s\n", json_string_value(json_object_get(question, "id")),
           json_string_value(json_object_get(question, "rule")), expected_text,
           actual_text == NULL ? "no such operation" : actual_text);
    free(expected_text);
    free(actual_text);
}

static json_t *answer_case(const fixture_list *fixtures, const json_t *question) {
    const char *const name = fixture_name(question);
    if (name == NULL) {
        return ask(NULL, question);
    }
    const fixture *const asked = find_fixture(fixtures, name);
    if (asked == NULL) {
        return json_pack("{s:s}", "no fixture", name);
    }
    if (asked->contract == NULL) {
        return json_pack("{s:s}", "fixture refused", asked->complaint);
    }
    return ask(asked->contract, question);
}

static void run_case(const fixture_list *fixtures, const json_t *question, tally *results) {
    json_t *const expected = json_object_get(question, "expect");
    json_t *const actual = answer_case(fixtures, question);
    if (json_object_get(expected, "groups") != NULL) {
        sort_groups(expected);
        sort_groups(actual);
    }
    if (actual != NULL && json_equal(expected, actual)) {
        results->passed++;
    } else {
        results->failed++;
        print_failure(question, expected, actual);
    }
    json_decref(actual);
}

static void run_line(const char *line, size_t length, fixture_list *fixtures, tally *results) {
    json_error_t error;
    json_t *const read = json_loadb(line, length, 0, &error);
    if (read == NULL) {
        printf("FAILED line: %s\n", error.text);
        results->failed++;
    } else if (json_object_get(read, "op") != NULL) {
        run_case(fixtures, read, results);
    } else {
        add_fixture(fixtures, read);
    }
    json_decref(read);
}

static void run_file(const char *path, tally *results) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        results->unreadable++;
        return;
    }
    fixture_list fixtures = {0};
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t length; (length = getline(&line, &capacity, file)) > 0;) {
        if (strspn(line, " \t\r\n") < (size_t)length) {
            run_line(line, (size_t)length, &fixtures, results);
        }
    }
    free(line);
    for (size_t i = 0; i < fixtures.count; i++) {
        fixture_free(&fixtures.items[i]);
    }
    free(fixtures.items);
    fclose(file);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("Usage: conformance FILE...\n", stderr);
        return 2;
    }
    tally results = {0};
    for (int i = 1; i < argc; i++) {
        run_file(argv[i], &results);
    }
    printf("%ld passed, %ld failed\n", results.passed, results.failed);
    if (results.unreadable > 0) {
        return 2;
    }
    return results.failed == 0 ? 0 : 1;
}
