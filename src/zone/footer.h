/* SPDX-License-Identifier: MIT */
/*
 * The rule in a TZif footer (RFC 9636 §3.3.1): a POSIX TZ string, with the hours -167 to 167 of version 3 and later.
 * It says how a zone goes on after the last transition that its file lists.
 */
#ifndef SLI_ZONE_FOOTER_H
#define SLI_ZONE_FOOTER_H

#include "zone/zone.h"

/* Offsets of a zone lie within ±25:59:59, the widest that a TZ string can say. */
enum { ZONE_OFFSET_MAX = 93599 };

typedef enum footer_form {
    FOOTER_MONTH_WEEK_DAY, /* Mm.w.d */
    FOOTER_JULIAN_DAY,     /* Jn: 1 to 365, 29 February is never counted */
    FOOTER_DAY_OF_YEAR     /* n: 0 to 365, 29 February is counted */
} footer_form;

typedef struct footer_change {
    footer_form form;
    int32_t month;
    int32_t week;    /* 1 to 5; 5 is the last */
    int32_t weekday; /* Sunday 0 to Saturday 6, as POSIX counts */
    int32_t day;     /* of the year, for the other two forms */
    int32_t time;    /* seconds of local time after that day's midnight; may be negative or more than a day */
} footer_change;

typedef struct footer_rule {
    int32_t standard_offset;
    int32_t daylight_offset;
    bool changes;              /* false: the standard offset for ever, and the rest has no meaning */
    footer_change to_daylight; /* on the standard clock */
    footer_change to_standard; /* on the daylight clock */
} footer_rule;

/* False when the text is no TZ string. `extended` allows the hours of version 3. */
bool sli_footer_parse(text value, bool extended, footer_rule *rule);

int32_t sli_footer_offset(const footer_rule *rule, int64_t instant);

/* The first instant after `instant` at which the rule changes the offset; INT64_MAX when it never does before year 9999. */
int64_t sli_footer_next_change(const footer_rule *rule, int64_t instant);

#endif
