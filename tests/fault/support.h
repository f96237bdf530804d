/* SPDX-License-Identifier: MIT */
/* What scenarios share: things to work on, made without failing, and notes of all that there is to see of them. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "fault.h"

enum { HOUR = 3600, DAY = 86400 };

/* The year 2026 and four weeks of it: horizons that are quickly built. */
#define YEAR_BEGIN INT64_C(1767225600)
#define YEAR_END INT64_C(1798761600)

sla_zone *zone_of(const char *name);
/* 09:00 to 17:00 from Monday to Friday. */
sla_calendar *office_of(sla_zone *zone);
int32_t date_of(int32_t year, int32_t month, int32_t day);
/* A request that says nothing but when it was received. */
sla_request request_at(int64_t received);

/* An empty list in the place of that of an earlier try, which must have had as many complaints as the next will. */
sla_diagnostics *renewed(sla_diagnostics *old);
void note_diagnostics(const sla_diagnostics *diagnostics);
void note_calendar(const sla_calendar *calendar);
void note_contract(const sla_contract *contract);

#endif
