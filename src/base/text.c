/* SPDX-License-Identifier: MIT */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

text sli_text(const char *start, size_t length) {
    if (start == NULL) {
        return (text){"", 0};
    }
    return (text){start, length == SIZE_MAX ? strlen(start) : length};
}

bool sli_text_equal(text left, text right) {
    return left.length == right.length && memcmp(left.start, right.start, left.length) == 0;
}

static char fold(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool sli_text_equal_folded(text left, text right) {
    if (left.length != right.length) {
        return false;
    }
    for (size_t i = 0; i < left.length; i++) {
        if (fold(left.start[i]) != fold(right.start[i])) {
            return false;
        }
    }
    return true;
}

bool sli_text_is(text left, const char *literal) {
    return sli_text_equal(left, sli_text(literal, SIZE_MAX));
}

/* The length of the well-formed UTF-8 sequence at `bytes` (RFC 3629), 0 when there is none. */
static size_t sequence_length(const unsigned char *bytes, size_t available) {
    const unsigned char lead = bytes[0];
    if (lead < 0x80) {
        return 1;
    }
    const size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                          : lead >= 0xE0 && lead <= 0xEF ? 3
                          : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                         : 0;
    if (length == 0 || length > available) {
        return 0;
    }
    const unsigned char second_low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char second_high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < second_low || bytes[1] > second_high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if (bytes[i] < 0x80 || bytes[i] > 0xBF) {
            return 0;
        }
    }
    return length;
}

size_t sli_text_utf8_prefix(text value) {
    const unsigned char *const bytes = (const unsigned char *)value.start;
    size_t at = 0;
    while (at < value.length) {
        const size_t length = sequence_length(bytes + at, value.length - at);
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return at;
}

bool sli_text_is_utf8(text value) {
    return sli_text_utf8_prefix(value) == value.length;
}

char *sli_text_copy(text value) {
    char *const copy = malloc(value.length + 1);
    if (copy != NULL) {
        memcpy(copy, value.start, value.length);
        copy[value.length] = '\0';
    }
    return copy;
}

int sli_quoted_length(text value) {
    enum { QUOTED_MAX = 80 };
    return (int)(value.length < QUOTED_MAX ? value.length : QUOTED_MAX);
}

enum { NEAREST_LENGTH_MAX = 32 };

/* The number of insertions, deletions and substitutions that turn one short text into the other. */
static size_t edit_distance(text left, text right) {
    size_t row[NEAREST_LENGTH_MAX + 1];
    for (size_t j = 0; j <= right.length; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= left.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= right.length; j++) {
            const size_t substituted = diagonal + (fold(left.start[i - 1]) != fold(right.start[j - 1]));
            const size_t shifted = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            diagonal = row[j];
            row[j] = substituted < shifted ? substituted : shifted;
        }
    }
    return row[right.length];
}

const char *sli_text_nearest(text name, const char *const *candidates, size_t count) {
    if (name.length > NEAREST_LENGTH_MAX) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t best = name.length / 3 + 2; /* as many slips as are still a slip */
    for (size_t i = 0; i < count; i++) {
        const text candidate = sli_text(candidates[i], SIZE_MAX);
        if (candidate.length > NEAREST_LENGTH_MAX) {
            continue;
        }
        const size_t distance = edit_distance(name, candidate);
        if (distance < best && distance < candidate.length) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
