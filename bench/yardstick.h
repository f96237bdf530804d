/* SPDX-License-Identifier: MIT */
/*
 * What the library is measured against: the textbook's index, a binary search over the ends of the open intervals, with the
 * open seconds up to each. It knows nothing of the library's own index; it is made from the listing of a calendar.
 */
#ifndef BENCH_YARDSTICK_H
#define BENCH_YARDSTICK_H

#include <sla/sla.h>

typedef struct yardstick {
    int64_t begin; /* the horizon */
    int64_t end;
    size_t count;
    int64_t *ends; /* of the open intervals, sorted; then INT64_MAX */
    int64_t *sums; /* open seconds up to and with each interval; then once more the total */
} yardstick;

/* SLA_OUT_OF_MEMORY, or what the listing says. */
sla_status yardstick_make(const sla_calendar *calendar, yardstick *made);
void yardstick_free(yardstick *made);

/* The questions, with the checks and statuses of the calls of the same names on a calendar. */
sla_status yardstick_is_open(const yardstick *hours, int64_t at, int32_t *open);
sla_status yardstick_elapsed(const yardstick *hours, int64_t from, int64_t until, int64_t *seconds);
sla_status yardstick_add(const yardstick *hours, int64_t at, int64_t seconds, int64_t *result);
sla_status yardstick_next_open(const yardstick *hours, int64_t at, int64_t *result);

#endif
