/* SPDX-License-Identifier: MIT */
/* What changes next about a clock by the passing of time alone. */
#ifndef SLI_CLOCK_OUTLOOK_H
#define SLI_CLOCK_OUTLOOK_H

#include "clock/clock.h"

/* The thresholds of a caller. */
typedef struct threshold_list {
    const sla_threshold *items;
    size_t count;
} threshold_list;

/* SLA_INVALID_ARGUMENT for thresholds that are none. */
sla_status sli_thresholds_check(const sla_contract *contract, const threshold_list *thresholds, sla_error *error);

/* The first instant after `now` at which a threshold of a running clock is reached, moved into its action calendar;
 * SLA_NONE when it never is. */
int64_t sli_threshold_next(const sla_contract *contract, const clock_reading *reading, const sla_threshold *threshold,
                           int64_t now);

/* Finds the next transition of a reading after `now` and before `until`, and judges the reading's cycle as at that instant.
 * The cycle is as at `now`. False when there is none. */
bool sli_outlook_next(const sla_contract *contract, clock_reading *reading, const threshold_list *thresholds, int64_t now,
                      int64_t until, sla_transition *transition);

#endif
