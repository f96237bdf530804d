/* SPDX-License-Identifier: MIT */
/* The parts of the benchmark. Each fills tables with figures. */
#ifndef BENCH_CHAPTERS_H
#define BENCH_CHAPTERS_H

#include "office.h"
#include "table.h"

/* Calls and batches on the office's calendars: nanoseconds, and the ratio to the yardstick. */
void measure_calls(const office *berlin, table *figures);
void measure_batches(const office *berlin, table *figures);

/* Building and loading, and the memory of a calendar. */
void measure_building(const office *berlin, const char *contract_path, table *figures);

/* What becomes of the figures when something grows: one table each. */
enum { GROWTH_COUNT = 5 };
void measure_growth(const office *berlin, table figures[GROWTH_COUNT]);

/* What it all ran on. */
typedef struct machine {
    char processor[128];
    char system[128];
    const char *compiler;
    const char *flags;
    long processors;
} machine;

void machine_describe(machine *described);

/* How much of one processor this program had since `started` (now()), in percent. Well below 100, the machine was busy with
 * other things, and the figures are worth less. */
double machine_share(double started);

#endif
