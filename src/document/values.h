/* SPDX-License-Identifier: MIT */
/*
 * What the scalars of a document say: dates, windows, days of the week, durations, targets, percentages, words.
 *
 * Each reader returns NULL and sets its result, or returns a sentence that says what is wrong and what to write.
 */
#ifndef SLI_VALUES_H
#define SLI_VALUES_H

#include <sla/contract.h>

#include "base/base.h"

/* "2026-12-31" */
const char *sli_read_date(text value, int32_t *date);
/* "09:00-17:00", "22:00-06:00", "09:00:30-24:00" (§2.1) */
const char *sli_read_window(text value, sla_window *window);
/* "mon", "mon-fri", "thu-fri,sun", "sat-mon": SLA_MONDAY | … */
const char *sli_read_days(text value, int32_t *weekdays);
/* "90s", "30m", "12h", "1h30m" */
const char *sli_read_duration(text value, int64_t *seconds);
/* "immediate", a duration, "2 business days", "1 business day by 16:00", "best-effort": kind, amount and by of a target */
const char *sli_read_within(text value, sla_target *target);
/* "95%", "99.5%" in millionths */
const char *sli_read_percentage(text value, int32_t *millionths);

/* The number of a word in a list that ends with NULL; -1 when it is not there. */
int32_t sli_word_number(text value, const char *const *words);

#endif
