/* SPDX-License-Identifier: MIT */
#ifndef BENCH_STOPWATCH_H
#define BENCH_STOPWATCH_H

/* A monotonic clock, in nanoseconds. */
double now(void);

/* Sorts the values. */
double median(double *values, int count);

#endif
