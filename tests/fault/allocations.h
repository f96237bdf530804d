/* SPDX-License-Identifier: MIT */
/*
 * All allocations of the process pass through here: they are counted by whose they are, remembered until they are freed,
 * and one of them can be made to fail.
 */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { ALLOCATIONS_SITE_SIZE = 400 };

/* On whose behalf memory is asked for. What the C library takes counts for libsla; ICU and the C++ library serve libical.
 */
typedef enum owner { OWNER_LIBSLA, OWNER_LIBYAML, OWNER_LIBICAL, OWNERS } owner;

/* Which allocation fails: the one of that number among those of its owner, from 1, and all after it when it lasts. */
typedef struct fault_plan {
    owner whose;
    size_t number; /* 0: none */
    bool lasts;
} fault_plan;

/* Finds out where the libraries lie. False when allocations do not come through here, as under a memory checker. */
bool allocations_start(void);

/* From here on allocations are counted anew. Those between arm and disarm are counted, and fail as planned. */
void allocations_plan(fault_plan plan);
void allocations_arm(void);
void allocations_disarm(void);

size_t allocations_counted(owner whose);
/* Whether one has failed since allocations_plan, and where: the functions that led to it. */
bool allocations_hit(void);
const char *allocations_site(void);
/* Where to write that from now on: ALLOCATIONS_SITE_SIZE bytes. */
void allocations_put_site(char *place);

/* Called by the handler of a signal: whether it came out of libsla, or of the C library on its behalf. False where that
 * cannot be told. */
bool allocations_crash_is_ours(void);

/* Blocks that are not freed yet. 0 where blocks are not remembered, since a sanitizer looks for leaks. */
size_t allocations_live(owner whose);
/* Says where blocks come from that are younger than `mark` and not freed yet. */
size_t allocations_mark(void);
void allocations_print_live(owner whose, size_t mark);

#endif
