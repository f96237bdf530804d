/* SPDX-License-Identifier: MIT */
/* Where libical 3.0 and 4.0 differ in what is used of them. Only ical_*.c include this. */
#ifndef SLI_ICAL_COMPAT_H
#define SLI_ICAL_COMPAT_H

#include <libical/ical.h>

#include <stdlib.h>

#if ICAL_CHECK_VERSION(4, 0, 0)

typedef struct icalrecurrencetype *ical_rule;

static inline ical_rule ical_rule_read(const char *value) {
    return icalrecurrencetype_new_from_string(value);
}
static inline int ical_rule_is_valid(ical_rule rule) {
    return rule != NULL && rule->freq != ICAL_NO_RECURRENCE;
}
static inline void ical_rule_clear(ical_rule *rule) {
    if (*rule != NULL) {
        icalrecurrencetype_unref(*rule);
    }
}

#else

typedef struct icalrecurrencetype ical_rule;

static inline ical_rule ical_rule_read(const char *value) {
    return icalrecurrencetype_from_string(value);
}
static inline int ical_rule_is_valid(ical_rule rule) {
    return rule.freq != ICAL_NO_RECURRENCE;
}
static inline void ical_rule_clear(ical_rule *rule) {
    free(rule->rscale);
}

#endif

#endif
