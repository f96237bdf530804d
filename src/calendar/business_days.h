/* SPDX-License-Identifier: MIT */
/* Business days (§3.4): the local dates with at least one open second, as a set of dates that can be counted and numbered.
 */
#ifndef SLI_CALENDAR_BUSINESS_DAYS_H
#define SLI_CALENDAR_BUSINESS_DAYS_H

#include "calendar/index.h"
#include "zone/zone.h"

typedef struct business_days {
    int32_t first;    /* the date of bit 0 */
    uint32_t count;   /* business days in all */
    uint32_t words;   /* of 64 dates each */
    uint64_t *dates;  /* a bit a date */
    uint32_t *before; /* business days before each word */
} business_days;

/* False when memory is out; `days` is to be freed in any case. */
bool sli_business_days_make(const hours_index *index, const sla_zone *zone, business_days *days);
void sli_business_days_free(business_days *days);

/* The number of business days before `date`, which lies among the calendar's dates. */
uint32_t sli_business_days_before(const business_days *days, int32_t date);

/* The business day number `number`, from 0, below the count. */
int32_t sli_business_day(const business_days *days, uint32_t number);

#endif
