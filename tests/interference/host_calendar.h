/* SPDX-License-Identifier: MIT */
/* A library of the host program's that uses libical in its own way. */
#ifndef HOST_CALENDAR_H
#define HOST_CALENDAR_H

#include <stddef.h>

/* Ways in which it changes libical's settings. */
size_t host_ways(void);
const char *host_way(size_t index);
void host_change(size_t index);
void host_change_back(size_t index);

/* All settings that can be read, with its thread's error number, as text in a buffer of its own. */
enum { HOST_TEXT = 4096 };
void host_write_settings(char text[HOST_TEXT]);

/* What it makes of an iCalendar text of its own. */
void host_write_calendar(char text[HOST_TEXT]);

/* Sets its thread's error number to one that is not 0. */
void host_remember_error(void);

/* A text of its own that libical keeps for its thread. */
const char *host_keep_text(void);
extern const char host_kept_text[];

/* Whether libical knows no zone but that of the folder that it names, in which it first writes the list of zones. */
int host_uses_zones_of(const char *folder);

/* Makes all errors, or errors of one kind, end the process; back with 0. The kinds are 0 to host_error_kinds() - 1. */
void host_make_errors_fatal(int fatal);
size_t host_error_kinds(void);
void host_make_kind_fatal(size_t kind, int fatal);

#endif
