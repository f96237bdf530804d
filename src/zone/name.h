/* SPDX-License-Identifier: MIT */
/* What the name of a zone may look like (§1.3). */
#ifndef SLI_ZONE_NAME_H
#define SLI_ZONE_NAME_H

#include "base/base.h"

enum { ZONE_NAME_MAX = 255 };

/* "+HH:MM" or "-HH:MM", at most 23:59, in seconds east of UTC. */
bool sli_zone_fixed_offset(text name, int32_t *offset);

/* Refuses with SLA_UNKNOWN_ZONE what cannot name a file of the database: ambiguous offsets such as "GMT+1", offsets written
 * in other ways, and names that would leave the folder. */
sla_status sli_zone_check_name(text name, sla_error *error);

#endif
