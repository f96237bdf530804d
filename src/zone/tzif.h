/* SPDX-License-Identifier: MIT */
/* Reads the bytes of a time-zone file: TZif (RFC 9636) of versions 1 to 4. */
#ifndef SLI_ZONE_TZIF_H
#define SLI_ZONE_TZIF_H

#include "zone/zone.h"

/* SLA_INVALID_ZONE with what is wrong, SLA_OUT_OF_MEMORY. */
sla_status sli_tzif_read(text name, const unsigned char *bytes, size_t size, sla_zone **zone, sla_error *error);

#endif
