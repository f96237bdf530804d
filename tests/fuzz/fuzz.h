/* SPDX-License-Identifier: MIT */
/* What all fuzzers share: the entry that libFuzzer and replay.c call, and checks that end the program. */
#ifndef SLA_TESTS_FUZZ_H
#define SLA_TESTS_FUZZ_H

#include <sla/sla.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold whatever the input is; in release builds too. */
#define MUST(condition)                                                                                                    \
    do {                                                                                                                   \
        if (!(condition)) {                                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                                 \
            abort();                                                                                                       \
        }                                                                                                                  \
    } while (0)

/* A text that was written into a record's array: NUL-terminated UTF-8. */
static inline void must_be_text(const char *written, size_t capacity) {
    const char *const end = memchr(written, '\0', capacity);
    MUST(end != NULL);
    MUST(sli_text_is_utf8((text){written, (size_t)(end - written)}));
}

/* A complaint is whole: it says what is wrong in UTF-8. */
static inline void must_complain(const sla_error *complaint) {
    MUST(complaint->code > SLA_OK && complaint->code <= SLA_BUFFER_TOO_SMALL);
    MUST(complaint->code != SLA_OUT_OF_MEMORY);
    MUST(complaint->message[0] != '\0');
    MUST(complaint->line >= 0 && complaint->column >= 0);
    must_be_text(complaint->message, sizeof complaint->message);
    must_be_text(complaint->path, sizeof complaint->path);
}

#endif
