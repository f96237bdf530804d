/* SPDX-License-Identifier: MIT */
/* The windows of local dates as instants (§2.1). */
#ifndef SLI_CALENDAR_WINDOWS_H
#define SLI_CALENDAR_WINDOWS_H

#include "zone/zone.h"

/* The dates whose windows may reach into [from, until): [first_date(from), until_date(until)). */
int32_t sli_windows_first_date(const sla_zone *zone, int64_t from);
int32_t sli_windows_until_date(const sla_zone *zone, int64_t until);

#endif
