/* SPDX-License-Identifier: MIT */
/* Rules of other calendars than the Gregorian (RFC 7529: RSCALE, SKIP): libical and ICU know those. */
#include "feed/ical_lock.h"
#include "feed/recurrence.h"

#include <stdlib.h>

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

/* False when there are no more: at the end, and where libical stops counting forward. */
static bool visit_next(const recurrence_rule *rule, moment start, moment *previous, int32_t last, struct icaltimetype next,
                       occurrence_visitor *visit, void *context) {
    const civil date = {next.year, next.month, next.day};
    if (icaltime_is_null_time(next) || !sli_civil_exists(date)) {
        return false;
    }
    const moment found = {.date = sli_date_of_civil(date),
                          .second = start.is_date ? 0 : next.hour * 3600 + next.minute * 60 + next.second};
    if (found.date == start.date && found.second == start.second) {
        return true;
    }
    if (found.date > last || found.date < previous->date ||
        (found.date == previous->date && found.second <= previous->second) ||
        sli_rule_is_past(rule, start, found.date, found.second)) {
        return false;
    }
    *previous = found;
    return visit(context, found.date, found.second);
}

static sla_status visit_all(feed_reading *reading, const recurrence_rule *rule, icalrecur_iterator *iterator, moment start,
                            int32_t last, occurrence_visitor *visit, void *context) {
    moment previous = start;
    while (visit_next(rule, start, &previous, last, icalrecur_iterator_next(iterator), visit, context)) {
        if (!sli_feed_spend(reading, FOREIGN_STEPS_AN_OCCURRENCE)) {
            return SLA_LIMIT;
        }
    }
    return SLA_OK;
}

static sla_status expand_locked(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t last,
                                occurrence_visitor *visit, void *context) {
    ical_rule parsed = ical_rule_read(rule->foreign);
    if (!ical_rule_is_valid(parsed)) {
        ical_rule_clear(&parsed);
        return SLA_UNSUPPORTED_EVENT;
    }
    ical_rule_fields(&parsed)->until = icaltime_null_time(); /* our own reading of UNTIL decides */
    icalrecur_iterator *const iterator = icalrecur_iterator_new(parsed, ical_time(start));
    sla_status status = SLA_UNSUPPORTED_EVENT;
    if (iterator != NULL) {
        status = visit_all(reading, rule, iterator, start, last, visit, context);
        icalrecur_iterator_free(iterator);
    }
    ical_rule_clear(&parsed);
    return status;
}

sla_status sli_ical_expand(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t last,
                           occurrence_visitor *visit, void *context) {
    const int64_t years = ((int64_t)last - start.date) / 365;
    if (!sli_feed_spend(reading, FOREIGN_STEPS + years * FOREIGN_STEPS_A_YEAR)) {
        return SLA_LIMIT;
    }
    const sla_status status = sli_ical_lock(reading);
    if (status != SLA_OK) {
        return status;
    }
    const sla_status expanded = expand_locked(reading, rule, start, last, visit, context);
    sli_ical_unlock();
    return expanded;
}
