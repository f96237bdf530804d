/* SPDX-License-Identifier: MIT */
/* A text buffer of the caller's: what does not fit is counted, not written. */
#ifndef SLI_WRITER_H
#define SLI_WRITER_H

#include "base/base.h"

typedef struct writer {
    char *buffer;
    size_t capacity;
    size_t length; /* also of what did not fit */
} writer;

void sli_write(writer *out, const char *bytes, size_t length);
void sli_write_text(writer *out, const char *value);
void sli_write_repeated(writer *out, char letter, size_t count);
void sli_write_number(writer *out, int64_t number);
void sli_write_row(writer *out, uint64_t row);
/* "YYYY-MM-DDThh:mm:ssZ", or with the offset of a zone. */
void sli_write_instant(writer *out, int64_t instant, const sla_zone *zone);

/* For people: control characters become spaces. */
void sli_write_plain(writer *out, const char *value);
/* "h:mm:ss". */
void sli_write_duration(writer *out, int64_t seconds);
/* "93.1 %", rounded down; `total` > 0. */
void sli_write_percentage(writer *out, int64_t part, int64_t total);

/* A JSON string with its quotes; NULL gives null. */
void sli_write_json_string(writer *out, const char *value);
/* A CSV field (RFC 4180), quoted when it has to be; NULL gives an empty one. */
void sli_write_csv_field(writer *out, const char *value);

/* The number of characters, not bytes, of well-formed UTF-8. */
size_t sli_character_count(const char *bytes, size_t length);

#endif
