/* SPDX-License-Identifier: MIT */
/* What the library answers, as text for tables. */
#ifndef SUPPORT_OUTPUT_H
#define SUPPORT_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

enum { INSTANT_SIZE = 32, REASONS_SIZE = 256 };

/* An instant in UTC; "" for one that there is not. Returns `text`, which has room for INSTANT_SIZE bytes. */
const char *instant_text(int64_t instant, char *text);

/* The names of reasons with spaces between them. Returns `text`, which has room for REASONS_SIZE bytes. */
const char *reasons_text(int32_t reasons, char *text);

/* Prints a field of a CSV file, in quotes where it needs them. */
void print_field(const char *text);

#endif
