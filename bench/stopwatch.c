/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "stopwatch.h"

#include <stdlib.h>
#include <time.h>

static double read_clock(clockid_t which) {
    struct timespec time;
    clock_gettime(which, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

double now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

double thread_now(void) {
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

beginning begin_now(void) {
    const double of_processor = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    return (beginning){now(), of_processor};
}

double spent_since(beginning started) {
    const double passed = now() - started.at;
    const double of_processor = read_clock(CLOCK_PROCESS_CPUTIME_ID) - started.of_processor;
    return passed < of_processor ? passed : of_processor;
}

static int compare(const void *left, const void *right) {
    const double first = *(const double *)left;
    const double second = *(const double *)right;
    return (first > second) - (first < second);
}

double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}
