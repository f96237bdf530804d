/* SPDX-License-Identifier: MIT */
/* Writing small time-zone files (TZif, RFC 9636) in tests. */
#ifndef TZIF_FIXTURE_H
#define TZIF_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

typedef struct tzif {
    unsigned char bytes[4096];
    size_t size;
} tzif;

static inline void put(tzif *file, const void *bytes, size_t size) {
    assert_true(file->size + size <= sizeof file->bytes);
    memcpy(file->bytes + file->size, bytes, size);
    file->size += size;
}

static inline void put_integer(tzif *file, int64_t value, size_t size) {
    for (size_t i = size; i-- > 0;) {
        const unsigned char byte = (unsigned char)((uint64_t)value >> (8 * i));
        put(file, &byte, 1);
    }
}

/* A block of a file: its transitions, to types that have an offset each, and the footer that follows. */
typedef struct zone_source {
    int64_t times[4];
    int32_t types[4];
    int32_t transition_count;
    int32_t offsets[4];
    int32_t type_count;
    int32_t leap_count;
    const char *footer;
} zone_source;

/* The abbreviation of all types is "LMT". */
static inline void put_block(tzif *file, char version, const zone_source *source, size_t time_size) {
    static const char reserved[15] = "";
    put(file, "TZif", 4);
    put(file, &version, 1);
    put(file, reserved, sizeof reserved);
    const int32_t counts[] = {0, 0, source->leap_count, source->transition_count, source->type_count, 4};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        put_integer(file, counts[i], 4);
    }
    for (int32_t i = 0; i < source->transition_count; i++) {
        put_integer(file, source->times[i], time_size);
    }
    for (int32_t i = 0; i < source->transition_count; i++) {
        put_integer(file, source->types[i], 1);
    }
    for (int32_t i = 0; i < source->type_count; i++) {
        put_integer(file, source->offsets[i], 4);
        put_integer(file, 0, 2);
    }
    put(file, "LMT", 4);
    for (int32_t i = 0; i < source->leap_count; i++) {
        put_integer(file, 78796800, time_size);
        put_integer(file, 1, 4);
    }
}

/* From version 2 on the first block is a short one, and the second the source. */
static inline tzif tzif_of(char version, const zone_source *source) {
    tzif file = {.size = 0};
    if (version == '1') {
        put_block(&file, '\0', source, 4);
        return file;
    }
    const zone_source nothing = {.type_count = 1};
    put_block(&file, version, &nothing, 4);
    put_block(&file, version, source, 8);
    put(&file, "\n", 1);
    put(&file, source->footer, strlen(source->footer));
    put(&file, "\n", 1);
    return file;
}

#endif
