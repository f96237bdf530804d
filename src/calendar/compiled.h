/* SPDX-License-Identifier: MIT */
/* A built calendar: its index, its business days, and what it was made from, which only the listing reads. */
#ifndef SLI_CALENDAR_COMPILED_H
#define SLI_CALENDAR_COMPILED_H

#include "calendar/business_days.h"
#include "calendar/calendar.h"
#include "calendar/definition.h"
#include "calendar/index.h"

enum { SOURCE_DEFINITION, SOURCE_PARTS, SOURCE_ALWAYS };

struct sla_calendar {
    reference_count references;
    sla_zone *zone;
    hours_index index;
    business_days days;
    int64_t covers_until;
    int32_t closing_count; /* closings are numbered from 0; those of parts follow one another */
    int32_t tree_size;     /* calendars it is made of, itself included, each as often as it is used */
    int32_t source;        /* SOURCE_… */
    definition definition; /* SOURCE_DEFINITION */
    int32_t operation;     /* SOURCE_PARTS: SLA_UNION … */
    size_t part_count;
    sla_calendar **parts;
};

/* Tells whether [begin, end) may be a horizon: not empty, at most 400 years, within years 1 to 9998. */
sla_status sli_horizon_check(int64_t begin, int64_t end, sla_error *error);

/* A calendar without source and index yet; NULL when memory is out. */
sla_calendar *sli_calendar_new(sla_zone *zone, int32_t source);

/* Compiles index and business days over [begin, end) from the calendar's source. SLA_NEVER_OPEN, SLA_LIMIT,
 * SLA_OUT_OF_MEMORY. */
sla_status sli_calendar_compile(sla_calendar *calendar, int64_t begin, int64_t end, sla_error *error);

/* Takes what a calendar costs from a budget (NULL: none). SLA_LIMIT. */
sla_status sli_budget_take(int64_t *budget, int64_t cost, sla_error *error);

/* The open time of the parts' combination in [from, until); appended to `open`, which is empty. False when memory is out.
 */
bool sli_parts_open(const sla_calendar *calendar, int64_t from, int64_t until, interval_list *open);

#endif
