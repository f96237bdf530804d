/* SPDX-License-Identifier: MIT */
#include "report/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void sli_write(writer *out, const char *bytes, size_t length) {
    if (out->length < out->capacity) {
        const size_t room = out->capacity - out->length;
        memcpy(out->buffer + out->length, bytes, length < room ? length : room);
    }
    out->length += length;
}

void sli_write_text(writer *out, const char *value) {
    sli_write(out, value, strlen(value));
}

void sli_write_repeated(writer *out, char letter, size_t count) {
    for (size_t i = 0; i < count; i++) {
        sli_write(out, &letter, 1);
    }
}

enum { NUMBER_LENGTH = 32 };

void sli_write_number(writer *out, int64_t number) {
    char digits[NUMBER_LENGTH];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    sli_write_text(out, digits);
}

void sli_write_row(writer *out, uint64_t row) {
    char digits[NUMBER_LENGTH];
    snprintf(digits, sizeof digits, "%" PRIu64, row);
    sli_write_text(out, digits);
}

void sli_write_instant(writer *out, int64_t instant, const sla_zone *zone) {
    char written[NUMBER_LENGTH];
    if (sla_instant_format(instant, zone, written, sizeof written) == SLA_OK) {
        sli_write_text(out, written);
    } else {
        sli_write_number(out, instant);
    }
}

static bool is_control(char letter) {
    return (unsigned char)letter < 0x20 || letter == 0x7F;
}

void sli_write_plain(writer *out, const char *value) {
    for (const char *at = value; *at != '\0'; at++) {
        sli_write(out, is_control(*at) ? " " : at, 1);
    }
}

void sli_write_duration(writer *out, int64_t seconds) {
    char written[NUMBER_LENGTH];
    snprintf(written, sizeof written, "%" PRId64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
             (int)(seconds % 60));
    sli_write_text(out, written);
}

/* Parts are at most their total, and totals below SLI_COUNTED_MAX: the product cannot overflow. */
void sli_write_percentage(writer *out, int64_t part, int64_t total) {
    const int64_t tenths = part * 1000 / total;
    sli_write_number(out, tenths / 10);
    sli_write_text(out, ".");
    sli_write_number(out, tenths % 10);
    sli_write_text(out, " %");
}

static void write_json_letter(writer *out, char letter) {
    if (letter == '"' || letter == '\\') {
        sli_write(out, "\\", 1);
        sli_write(out, &letter, 1);
    } else if (is_control(letter)) {
        char escaped[8];
        snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)(unsigned char)letter);
        sli_write_text(out, escaped);
    } else {
        sli_write(out, &letter, 1);
    }
}

void sli_write_json_string(writer *out, const char *value) {
    if (value == NULL) {
        sli_write_text(out, "null");
        return;
    }
    sli_write_text(out, "\"");
    for (const char *at = value; *at != '\0'; at++) {
        write_json_letter(out, *at);
    }
    sli_write_text(out, "\"");
}

void sli_write_csv_field(writer *out, const char *value) {
    if (value == NULL) {
        return;
    }
    if (value[strcspn(value, ",\"\r\n")] == '\0') {
        sli_write_text(out, value);
        return;
    }
    sli_write_text(out, "\"");
    for (const char *at = value; *at != '\0'; at++) {
        sli_write_text(out, *at == '"' ? "\"" : "");
        sli_write(out, at, 1);
    }
    sli_write_text(out, "\"");
}

size_t sli_character_count(const char *bytes, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    }
    return count;
}
