/* SPDX-License-Identifier: MIT */
/* The names of services on no list, each with a number. */
#ifndef SLI_NAMES_H
#define SLI_NAMES_H

#include "base/base.h"

typedef struct name_set {
    char **items;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* number of a name + 1; 0: free */
    size_t slot_count;
} name_set;

void sli_names_clear(name_set *names);

/* The number of a name, which is added if need be. False when memory is out. */
bool sli_names_add(name_set *names, text name, size_t *number);

#endif
