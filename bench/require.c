/* SPDX-License-Identifier: MIT */
#include "require.h"

#include <stdio.h>
#include <stdlib.h>

void require(sla_status status, const char *what) {
    if (status != SLA_OK) {
        fprintf(stderr, "bench: %s: %s (%s)\n", what, sla_status_message(status), sla_status_name(status));
        exit(EXIT_FAILURE);
    }
}

void *allocate(size_t count, size_t size) {
    void *const memory = calloc(count, size);
    require(memory == NULL ? SLA_OUT_OF_MEMORY : SLA_OK, "memory of the benchmark itself");
    return memory;
}

char *read_whole(const char *path, size_t *length) {
    enum { FILE_LIMIT = 16 << 20 };
    FILE *const file = fopen(path, "rb");
    require(file == NULL ? SLA_NOT_FOUND : SLA_OK, path);
    char *const text = allocate(FILE_LIMIT + 1, 1);
    *length = fread(text, 1, FILE_LIMIT, file);
    require(ferror(file) != 0 || !feof(file) ? SLA_LIMIT : SLA_OK, path);
    fclose(file);
    return text;
}
