/* SPDX-License-Identifier: MIT */
/* Recurrence rules (RFC 5545 §3.3.10) over local dates, by arithmetic on day numbers. */
#ifndef SLI_RECURRENCE_H
#define SLI_RECURRENCE_H

#include "feed/feed.h"

typedef enum frequency { FREQUENCY_DAILY, FREQUENCY_WEEKLY, FREQUENCY_MONTHLY, FREQUENCY_YEARLY } frequency;

enum { NUMBER_SET_MAX = 383 };

/* Numbers 0 to NUMBER_SET_MAX. */
typedef struct number_set {
    uint64_t bits[(NUMBER_SET_MAX + 1) / 64];
    bool any;
} number_set;

/* Numbers counted from the start (1, 2, …) and from the end (-1, -2, …) of something. */
typedef struct signed_set {
    number_set from_start;
    number_set from_end;
} signed_set;

typedef struct recurrence_rule {
    frequency every;
    int32_t interval;
    int32_t count; /* 0: without */
    bool has_until;
    written_time until;
    int32_t week_start; /* Monday 0 */
    number_set months;
    signed_set month_days;
    signed_set year_days;
    bool any_weekday;
    number_set weekdays;             /* every such weekday, Monday 0 */
    signed_set numbered_weekdays[7]; /* the nth of the month or year */
    signed_set positions;
    number_set hours;
    number_set minutes;
    number_set seconds;
    char *foreign; /* the rule's text if it follows another calendar than the Gregorian (RFC 7529), for libical; or NULL */
    bool rare;     /* a foreign rule may name a date that does not come every year, */
    bool skips;    /* but says where it then falls */
} recurrence_rule;

/* Reads the value of an RRULE. NULL when it can be expanded, else what stands against that. Memory that runs out is
 * reported by `out_of_memory`, with NULL. */
const char *sli_rule_parse(text value, recurrence_rule *rule, bool *out_of_memory);

static inline bool sli_rule_is_endless(const recurrence_rule *rule) {
    return rule->count == 0 && !rule->has_until;
}

/* Reads "YYYYMMDD", "YYYYMMDDTHHMMSS" or that with Z; false for another shape. Sets `exists`. */
bool sli_written_time_parse(text value, written_time *time);

/* A resolved time: a date has no zone. */
typedef struct moment {
    bool is_date;
    int32_t date;
    int32_t second;
    const sla_zone *zone;
} moment;

/* Is told each occurrence in order; returns false to hear no more. */
typedef bool occurrence_visitor(void *context, int32_t date, int32_t second);

/* Visits the occurrences after `start` (which is the first itself, whether or not it fits the rule) on dates up to `last`;
 * those before `first` may be left out. SLA_LIMIT when the reading's work is used up, or more than 1440 times a day are
 * named. */
sla_status sli_rule_expand(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t first, int32_t last,
                           occurrence_visitor *visit, void *context);

/* The same for a foreign rule, by libical's iterator. SLA_UNSUPPORTED_EVENT if it has none for the calendar. */
sla_status sli_ical_expand(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t last,
                           occurrence_visitor *visit, void *context);

/* True when the rule's UNTIL lies before this occurrence. */
bool sli_rule_is_past(const recurrence_rule *rule, moment start, int32_t date, int32_t second);

static inline void sli_set_add(number_set *set, int32_t number) {
    set->bits[number / 64] |= UINT64_C(1) << (number % 64);
    set->any = true;
}
/* `number` is not negative. */
static inline bool sli_set_has(const number_set *set, int64_t number) {
    return number <= NUMBER_SET_MAX && (set->bits[number / 64] >> (number % 64) & 1) != 0;
}

#endif
