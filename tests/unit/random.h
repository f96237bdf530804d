/* SPDX-License-Identifier: MIT */
/* Random numbers for tests: seeded, the same everywhere. SLA_SEED and SLA_ROUNDS make longer and other runs. */
#ifndef SLA_TEST_RANDOM_H
#define SLA_TEST_RANDOM_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct random_source {
    uint64_t state;
} random_source;

static inline uint64_t random_bits(random_source *source) {
    uint64_t bits = source->state += UINT64_C(0x9E3779B97F4A7C15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94D049BB133111EB);
    return bits ^ bits >> 31;
}

/* A number in [low, high). */
static inline int64_t random_between(random_source *source, int64_t low, int64_t high) {
    return low + (int64_t)(random_bits(source) % (uint64_t)(high - low));
}

static inline int64_t random_setting(const char *name, int64_t usual) {
    const char *const value = getenv(name);
    return value == NULL || *value == '\0' ? usual : strtoll(value, NULL, 0);
}

static inline random_source random_start(const char *what) {
    const int64_t seed = random_setting("SLA_SEED", 20261123);
    printf("%s: SLA_SEED=%" PRId64 "\n", what, seed);
    return (random_source){(uint64_t)seed};
}

#endif
