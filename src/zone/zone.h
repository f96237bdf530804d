/* SPDX-License-Identifier: MIT */
/*
 * Time zones (§1.3, §1.4): TZif files (RFC 9636) with their footer rule, and fixed offsets. Immutable once loaded.
 */
#ifndef SLI_ZONE_H
#define SLI_ZONE_H

#include "base/base.h"

/* Instants that a zone answers for: years SLI_YEAR_MIN to SLI_YEAR_MAX. Arguments of the functions below lie in them. */
#define SLI_INSTANT_MIN INT64_C(-377705116800)
#define SLI_INSTANT_MAX INT64_C(253402300799)

/* The offset in force at an instant, seconds east of UTC. */
int32_t sli_zone_offset(const sla_zone *zone, int64_t instant);

/* The instant of a local time by §1.4; `second` is of the day, 0 to 86400. */
int64_t sli_zone_instant(const sla_zone *zone, int32_t date, int32_t second);

/* The first instant after `instant` at which the offset changes; INT64_MAX when there is none before year 9999. */
int64_t sli_zone_next_change(const sla_zone *zone, int64_t instant);

/* The local date of an instant by §1.4: the D with instant(D 00:00) <= instant < instant(D+1 00:00). */
int32_t sli_zone_date(const sla_zone *zone, int64_t instant);

/* True when both have one name and give the same offset at all times. */
bool sli_zone_equal(const sla_zone *left, const sla_zone *right);

/* A zone that was not read from a file: `name`, an offset before the first transition, and the transitions in order. Used
 * for the VTIMEZONEs of feeds. Offsets lie within ±25:59:59, transitions within years SLI_YEAR_MIN to SLI_YEAR_MAX. Takes
 * copies. NULL when memory is out. */
typedef struct zone_transition {
    int64_t at;
    int32_t offset; /* from then on */
} zone_transition;
sla_zone *sli_zone_new_from_transitions(text name, int32_t first_offset, const zone_transition *transitions, size_t count);

#endif
