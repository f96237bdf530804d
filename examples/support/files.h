/* SPDX-License-Identifier: MIT */
/* Files as a whole, and an output that may fail. */
#ifndef SUPPORT_FILES_H
#define SUPPORT_FILES_H

#include <stddef.h>

/* The bytes of a file of at most `limit` bytes, to be freed; NULL after having said on stderr why not. */
char *read_file(const char *path, size_t limit, size_t *length);

/* 0 for a stream, such as "-" or a pipe, whose bytes come once. */
int can_be_read_twice(const char *path);

/* Ends the standard output. 0 after having said on stderr that it could not be written. */
int close_output(void);

#endif
