/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Reads until the end or one byte beyond the limit. */
static char *read_stream(FILE *stream, size_t limit, size_t *length) {
    size_t capacity = 65536;
    char *bytes = malloc(capacity);
    *length = 0;
    while (bytes != NULL && *length <= limit) {
        *length += fread(bytes + *length, 1, capacity - *length, stream);
        if (*length < capacity) {
            return bytes;
        }
        capacity *= 2;
        char *larger = realloc(bytes, capacity);
        if (larger == NULL) {
            free(bytes);
        }
        bytes = larger;
    }
    return bytes;
}

char *read_file(const char *path, size_t limit, size_t *length) {
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return NULL;
    }
    char *bytes = read_stream(stream, limit, length);
    const char *complaint = NULL;
    if (bytes == NULL || ferror(stream)) {
        complaint = strerror(errno);
    } else if (*length > limit) {
        complaint = "the file is too large";
    }
    fclose(stream);
    if (complaint != NULL) {
        fprintf(stderr, "%s: %s\n", path, complaint);
        free(bytes);
        return NULL;
    }
    return bytes;
}

int can_be_read_twice(const char *path) {
    struct stat status;
    return strcmp(path, "-") != 0 && (stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

int close_output(void) {
    const int failed_before = ferror(stdout);
    if (fclose(stdout) != 0 || failed_before) {
        fprintf(stderr, "the output cannot be written: %s\n", strerror(errno));
        return 0;
    }
    return 1;
}
