/* SPDX-License-Identifier: MIT */
#include "report/report.h"

/* Up to 2048 each number has its bucket. From there on each power of two, [2^e, 2^(e+1)), is cut into 1024 buckets, whose
 * width is thus at most 1/1024 of any number in them. */
enum { FINE_BITS = 11, FINE = 1 << FINE_BITS, STEPS = FINE / 2 };

/* 2048 and above, up to 2^63. */
_Static_assert(SLI_BUCKET_COUNT == FINE + (63 - FINE_BITS) * STEPS, "every number of seconds has its bucket");

static int exponent_of(int64_t seconds) {
    return 63 - __builtin_clzll((unsigned long long)seconds);
}

int32_t sli_bucket_of(int64_t seconds) {
    if (seconds < FINE) {
        return (int32_t)seconds;
    }
    const int exponent = exponent_of(seconds);
    const int64_t step = (seconds >> (exponent - FINE_BITS + 1)) - STEPS;
    return FINE + (exponent - FINE_BITS) * STEPS + (int32_t)step;
}

int64_t sli_bucket_highest(int32_t bucket) {
    if (bucket < FINE) {
        return bucket;
    }
    const int32_t doublings = (bucket - FINE) / STEPS + 1;
    const int32_t next_step = (bucket - FINE) % STEPS + STEPS + 1;
    return (int64_t)(((uint64_t)next_step << doublings) - 1);
}
