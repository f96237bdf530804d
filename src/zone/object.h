/* SPDX-License-Identifier: MIT */
/* What a zone is made of. Only the zone module looks inside. */
#ifndef SLI_ZONE_OBJECT_H
#define SLI_ZONE_OBJECT_H

#include "zone/footer.h"
#include "zone/zone.h"

typedef struct zone_transitions {
    zone_transition *items; /* in order; each changes the offset */
    size_t count;
    size_t capacity;
} zone_transitions;

struct sla_zone {
    reference_count references;
    char *name;
    int32_t first_offset; /* before the first transition */
    zone_transitions transitions;
    bool has_rule;
    int64_t rule_begin; /* the rule holds from here on; no transition is later */
    footer_rule rule;
};

/* A zone of one offset, without transitions. NULL when memory is out. */
sla_zone *sli_zone_new(text name, int32_t offset);

/* Appends a transition, not before the last, to a zone under construction. One that does not change the offset leaves no
 * trace, and of two at one instant the last counts. False when memory is out. */
bool sli_zone_append(sla_zone *zone, zone_transition transition);

#endif
