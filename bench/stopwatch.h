/* SPDX-License-Identifier: MIT */
#ifndef BENCH_STOPWATCH_H
#define BENCH_STOPWATCH_H

/* A monotonic clock, in nanoseconds. */
double now(void);

/* The processor's time of this thread, in nanoseconds. */
double thread_now(void);

/* When something began. */
typedef struct beginning {
    double at;
    double of_processor;
} beginning;

beginning begin_now(void);

/* Nanoseconds since then: those that passed, or those that the processor spent on this program, whichever are fewer, so
 * that a busy machine does not count. For one thread. */
double spent_since(beginning started);

/* Sorts the values. */
double median(double *values, int count);

#endif
