/* SPDX-License-Identifier: MIT */
/* Rules of other calendars than the Gregorian (RFC 7529: RSCALE, SKIP): libical and ICU know those. */
#include "feed/ical_lock.h"
#include "feed/recurrence.h"

#include <stdlib.h>
#include <time.h>

#include "feed/ical_compat.h"

/* libical takes up to half a millisecond for an occurrence in the Chinese calendar: the time of so many steps in ours. */
enum { FOREIGN_STEPS = 1 << 18, FOREIGN_STEPS_A_YEAR = 1 << 11, FOREIGN_STEPS_AN_OCCURRENCE = 12000 };

static struct icaltimetype ical_time(moment from) {
    const civil date = sli_civil_of_date(from.date);
    struct icaltimetype time = icaltime_null_time();
    time.year = date.year;
    time.month = date.month;
    time.day = date.day;
    time.hour = from.second / 3600;
    time.minute = from.second / 60 % 60;
    time.second = from.second % 60;
    time.is_date = from.is_date;
    return time;
}

static bool is_after(moment start, moment found) {
    return (int64_t)found.date * SLI_DAY + found.second > (int64_t)start.date * SLI_DAY + start.second;
}

/* False when no more are wanted. libical gives dates in order, but the times of a date as BYHOUR and its like list them,
 * and with SKIP some dates twice; so what lies before the start or after UNTIL need not be the last. */
static bool visit_next(const recurrence_rule *rule, moment start, int32_t last, struct icaltimetype next,
                       occurrence_visitor *visit, void *context) {
    const civil date = {next.year, next.month, next.day};
    const moment found = {.date = sli_date_of_civil(date),
                          .second = start.is_date ? 0 : next.hour * 3600 + next.minute * 60 + next.second};
    if (NEVER(!sli_civil_exists(date)) || found.date > last) {
        return false;
    }
    if (!is_after(start, found) || sli_rule_is_past(rule, start, found.date, found.second)) {
        return true;
    }
    return visit(context, found.date, found.second);
}

/* The last date of the last year that libical counts to. */
static int32_t last_ical_date(void) {
    enum { ICAL_YEAR_MAX = sizeof(time_t) > 4 ? 2582 : 2037 };
    return sli_date_of_civil((civil){ICAL_YEAR_MAX, 12, 31});
}

/* Whether libical may have ended before the rule did. */
static bool ends_early(const recurrence_rule *rule, int32_t last, int32_t visited) {
    return last > last_ical_date() && (rule->count == 0 || visited < rule->count);
}

static sla_status visit_all(feed_reading *reading, icalrecur_iterator *iterator, const recurrence_rule *rule, moment start,
                            int32_t last, occurrence_visitor *visit, void *context) {
    for (int32_t visited = 0; sli_feed_spend(reading, FOREIGN_STEPS_AN_OCCURRENCE); visited++) {
        const struct icaltimetype next = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(next)) {
            return ends_early(rule, last, visited) ? SLA_LIMIT : SLA_OK;
        }
        if (!visit_next(rule, start, last, next, visit, context)) {
            return SLA_OK;
        }
    }
    return SLA_LIMIT;
}

static sla_status expand_locked(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t last,
                                occurrence_visitor *visit, void *context) {
    ical_rule parsed = ical_rule_read(rule->foreign);
    if (!ical_rule_is_valid(parsed)) {
        ical_rule_clear(&parsed);
        return SLA_UNSUPPORTED_EVENT;
    }
    icalrecur_iterator *const iterator = icalrecur_iterator_new(parsed, ical_time(start));
    sla_status status = SLA_UNSUPPORTED_EVENT;
    if (iterator != NULL) {
        status = visit_all(reading, iterator, rule, start, last, visit, context);
        icalrecur_iterator_free(iterator);
    }
    ical_rule_clear(&parsed);
    return status;
}

/* Nothing comes on later dates than this: no offset carries an UNTIL in UTC over more than two midnights. */
static int32_t last_date(const recurrence_rule *rule, int32_t last) {
    return rule->has_until && rule->until.date + 2 < last ? rule->until.date + 2 : last;
}

sla_status sli_ical_expand(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t last,
                           occurrence_visitor *visit, void *context) {
    const int64_t years = ((int64_t)last - start.date) / 365;
    if (start.date > last_ical_date() || !sli_feed_spend(reading, FOREIGN_STEPS + years * FOREIGN_STEPS_A_YEAR)) {
        return SLA_LIMIT;
    }
    const sla_status status = sli_ical_lock(reading);
    if (status != SLA_OK) {
        return status;
    }
    sla_status expanded = expand_locked(reading, rule, start, last_date(rule, last), visit, context);
    if (sli_ical_lacked_memory()) {
        expanded = sli_feed_out_of_memory(reading);
    }
    sli_ical_unlock();
    return expanded;
}
