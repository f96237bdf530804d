/* SPDX-License-Identifier: MIT */
/* From what people write, names and instants, to what the library reckons with. */
#ifndef SUPPORT_NAMES_H
#define SUPPORT_NAMES_H

#include <sla/sla.h>

enum { NAME_SHOWN = 60 }; /* how many bytes of a name a complaint shows */

/* How many bytes of a text are whole characters of UTF-8 within a limit; for "%.*s". */
int bytes_within(const char *text, size_t length, size_t limit);

/* Adds the first or the next name of a list to a complaint. Where it does not fit "…", for which there must be room, ends
 * the list: 0. */
int list_name(char *complaint, size_t capacity, int first, const char *name);

/* Finds a name, for example a tier. NULL stands for what is not said. 0 with a complaint that lists what there is. */
int find_name(const sla_contract *contract, int32_t element, const char *kind, const char *name, size_t length,
              int32_t *index, char *complaint, size_t capacity);

/* A request that says nothing but when it was received. */
sla_request request_received_at(int64_t received);

/* One fact of a request that is asked about on a command line. */
struct said {
    int32_t element;  /* SLA_ELEMENT_… */
    const char *kind; /* "tier" */
    const char *name; /* NULL: not said */
    int32_t *index;   /* where to put it */
};

/* Finds what was said, up to an entry without `kind`. 0 after having said on stderr what is unknown. */
int find_said(const sla_contract *contract, const struct said *said);

/* Reads an instant. 0 after having said on stderr what is wrong with it. */
int read_instant(const char *text, int64_t *instant);

/* Reads the instant that an option such as "--now" gives, within the horizon; an option that is not given leaves it as it
 * is. 0 after having said on stderr what is wrong with it. */
int read_moment(const char *option, const char *text, int64_t *instant);

/* Reads a duration as contract documents write it, "90s", "30m", "1h30m", of at most seven digits a unit. 0 when it is
 * none. */
int read_duration(const char *text, int64_t *seconds);

#endif
