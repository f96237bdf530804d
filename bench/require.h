/* SPDX-License-Identifier: MIT */
/* What a benchmark cannot go on without. */
#ifndef BENCH_REQUIRE_H
#define BENCH_REQUIRE_H

#include <sla/sla.h>

/* Ends the program with a message when the status is not SLA_OK. */
void require(sla_status status, const char *what);

/* Zeroed memory, or the end of the program. */
void *allocate(size_t count, size_t size);

/* A whole file, with a NUL behind it; to be freed. */
char *read_whole(const char *path, size_t *length);

#endif
