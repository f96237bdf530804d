/* SPDX-License-Identifier: MIT */
/*
 * What a fuzzer takes from its input: numbers, instants, names. Bytes that are used up are zeros, so that every input is a
 * whole one. Numbers are mostly those at which something happens: 0, ±1, the ends of a type, the ends of a horizon.
 */
#ifndef SLA_FUZZ_INPUT_H
#define SLA_FUZZ_INPUT_H

#include <sla/sla.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct fuzz_input {
    const uint8_t *next;
    size_t left;
} fuzz_input;

static inline uint8_t take_byte(fuzz_input *from) {
    if (from->left == 0) {
        return 0;
    }
    from->left--;
    return *from->next++;
}

static inline uint64_t take_word(fuzz_input *from, size_t bytes) {
    uint64_t word = 0;
    for (size_t i = 0; i < bytes; i++) {
        word = word << 8 | take_byte(from);
    }
    return word;
}

/* A number from 0 to `count` - 1; `count` is at most 65536. */
static inline int32_t take_below(fuzz_input *from, int32_t count) {
    const uint64_t word = take_word(from, count > 256 ? 2 : 1);
    return (int32_t)(word % (uint64_t)count);
}

/* True once in `times`. */
static inline bool take_rarely(fuzz_input *from, int32_t times) {
    return take_below(from, times) == times - 1;
}

/* An index of `count` elements; now and then one that is none. */
static inline int32_t take_index(fuzz_input *from, int32_t count) {
    static const int32_t none[] = {-1, -2, -3, INT32_MIN, INT32_MAX, 64, 256};
    enum { NONE_COUNT = sizeof none / sizeof *none };
    const int32_t taken = take_below(from, 256);
    if (taken < 232 && count > 0) {
        return taken % count;
    }
    return taken % (NONE_COUNT + 1) == NONE_COUNT ? count : none[taken % (NONE_COUNT + 1)];
}

static inline int32_t take_int32(fuzz_input *from) {
    static const int32_t known[] = {0, 1, -1, 2, 7, 127, 1000, 3600, 86399, 86400, 86401, INT32_MIN, INT32_MAX};
    enum { KNOWN_COUNT = sizeof known / sizeof *known };
    const int32_t taken = take_below(from, KNOWN_COUNT + 3);
    return taken < KNOWN_COUNT ? known[taken]
                               : (int32_t)(uint32_t)take_word(from, 1 + (size_t)(taken - KNOWN_COUNT) * 3 / 2);
}

static inline int64_t take_int64(fuzz_input *from) {
    static const int64_t known[] = {0,     1,       -1, 2, 3600, 86400, -86400, INT64_MIN, INT64_MAX, INT64_C(1) << 40,
                                    -1000, 31536000};
    enum { KNOWN_COUNT = sizeof known / sizeof *known };
    const int32_t taken = take_below(from, KNOWN_COUNT + 4);
    return taken < KNOWN_COUNT ? known[taken] : (int64_t)take_word(from, (size_t)1 << (taken - KNOWN_COUNT));
}

/* `first` and so much more, without overflow. */
static inline int64_t plus(int64_t first, int64_t more) {
    return (int64_t)((uint64_t)first + (uint64_t)more);
}

/* An instant of [begin, end) mostly, or near its ends, or any number. */
static inline int64_t take_instant(fuzz_input *from, int64_t begin, int64_t end) {
    const int32_t taken = take_below(from, 32);
    if (taken == 0) {
        return take_int64(from);
    }
    if (taken < 4) {
        return plus(begin, take_below(from, 5) - 2);
    }
    if (taken < 7) {
        return plus(end, take_below(from, 5) - 3);
    }
    const uint64_t length = (uint64_t)end - (uint64_t)begin;
    const uint64_t word = taken < 16 ? take_word(from, 2) * 900 : take_word(from, 4);
    return length == 0 ? begin : plus(begin, (int64_t)(word % length));
}

/* A text to hand over, with its length or SIZE_MAX. */
typedef struct fuzz_text {
    const char *start;
    size_t length;
} fuzz_text;

enum { LONG_NAME = 255, TOO_LONG_NAME = 256 };

static inline fuzz_text long_name(size_t length) {
    static char letters[TOO_LONG_NAME + 1];
    memset(letters, 'n', TOO_LONG_NAME);
    return (fuzz_text){letters, length};
}

/* A name: mostly one of few, so that names meet again. */
static inline fuzz_text take_name(fuzz_input *from) {
    static const char *const names[] = {
        "a",        "b",       "c",        "d",      "gold",      "silver", "mail",
        "phone",    "always",  "received", "closed", "response",  "reply",  "hold",
        "release",  "drop",    "en",       "en-GB",  "licence",   "impact", "high",
        "tier",     "channel", "service",  "metric", "criterion", "",       "\xC3\xA9t\xC3\xA9",
        "\xFF\xFE", "a\nb",    "a\x7F",    "A"};
    enum { NAME_COUNT = sizeof names / sizeof *names };
    const int32_t taken = take_below(from, 256);
    if (taken < 246) {
        return (fuzz_text){names[taken % NAME_COUNT], SIZE_MAX};
    }
    switch (taken) {
        case 246:
            return long_name(LONG_NAME);
        case 247:
            return long_name(TOO_LONG_NAME);
        case 248:
            return (fuzz_text){NULL, 0};
        case 249:
            return (fuzz_text){"a\0b", 3};
        case 250:
            return (fuzz_text){"gold", 1};
        default: {
            const size_t asked = take_byte(from) % 8;
            const fuzz_text raw = {(const char *)from->next, asked < from->left ? asked : from->left};
            from->next += raw.length;
            from->left -= raw.length;
            return raw;
        }
    }
}

#endif
