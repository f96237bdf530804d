/* SPDX-License-Identifier: MIT */
/* What all fuzzers share: the entry that libFuzzer and replay.c call, and a check that ends the program. */
#ifndef SLA_TESTS_FUZZ_H
#define SLA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold whatever the input is; also in release builds. */
#define MUST(condition)                                                                                                    \
    do {                                                                                                                   \
        if (!(condition)) {                                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                                 \
            abort();                                                                                                       \
        }                                                                                                                  \
    } while (0)

#endif
