/* SPDX-License-Identifier: MIT */
#include "feed/recurrence.h"

enum { DAYS_IN_SET_MAX = 366, TIMES_A_DAY_MAX = 1440 };

typedef struct period {
    int32_t first;
    int32_t until; /* exclusive */
} period;

typedef struct expansion {
    feed_reading *reading;
    const recurrence_rule *rule;
    recurrence_rule effective; /* the rule with what it leaves to its start filled in */
    moment start;
    int32_t last;
    int32_t times[TIMES_A_DAY_MAX];
    size_t time_count;
    int32_t days[DAYS_IN_SET_MAX];
    size_t day_count;
    int64_t counted; /* occurrences so far, the start included */
    occurrence_visitor *visit;
    void *context;
} expansion;

/* ---- The rule as its start completes it (RFC 5545 §3.3.10) ---- */

static void complete_days(recurrence_rule *rule, int32_t start) {
    const civil date = sli_civil_of_date(start);
    const bool names_month_days = rule->month_days.from_start.any || rule->month_days.from_end.any;
    const bool names_year_days = rule->year_days.from_start.any || rule->year_days.from_end.any;
    if (rule->every == FREQUENCY_DAILY || rule->any_weekday || names_month_days || names_year_days) {
        return;
    }
    if (rule->every == FREQUENCY_WEEKLY) {
        rule->any_weekday = true;
        sli_set_add(&rule->weekdays, sli_weekday(start));
        return;
    }
    sli_set_add(&rule->month_days.from_start, date.day);
    if (rule->every == FREQUENCY_YEARLY && !rule->months.any) {
        sli_set_add(&rule->months, date.month);
    }
}

static void complete_times(recurrence_rule *rule, int32_t second) {
    if (!rule->hours.any) {
        sli_set_add(&rule->hours, second / 3600);
    }
    if (!rule->minutes.any) {
        sli_set_add(&rule->minutes, second / 60 % 60);
    }
    if (!rule->seconds.any) {
        sli_set_add(&rule->seconds, second % 60);
    }
}

static bool add_seconds(expansion *expanding, int32_t minute_of_day) {
    for (int32_t second = 0; second <= 60; second++) {
        if (!sli_set_has(&expanding->effective.seconds, second)) {
            continue;
        }
        if (expanding->time_count == TIMES_A_DAY_MAX) {
            return false;
        }
        expanding->times[expanding->time_count++] = minute_of_day * 60 + (second == 60 ? 59 : second);
    }
    return true;
}

/* The times of day in order. A date has one, and BYHOUR and the like mean nothing to it. */
static bool collect_times(expansion *expanding) {
    if (expanding->start.is_date) {
        expanding->times[expanding->time_count++] = 0;
        return true;
    }
    complete_times(&expanding->effective, expanding->start.second);
    for (int32_t minute = 0; minute < 24 * 60; minute++) {
        if (sli_set_has(&expanding->effective.hours, minute / 60) &&
            sli_set_has(&expanding->effective.minutes, minute % 60) && !add_seconds(expanding, minute)) {
            return false;
        }
    }
    return true;
}

/* ---- Which days of a period fit ---- */

static bool fits(const signed_set *set, int64_t from_start, int64_t from_end) {
    return sli_set_has(&set->from_start, from_start) || sli_set_has(&set->from_end, from_end);
}

static bool is_empty(const signed_set *set) {
    return !set->from_start.any && !set->from_end.any;
}

/* Where the days of a month stand in their year. */
typedef struct month_place {
    int32_t days;
    int32_t days_before; /* of the year */
    int32_t days_in_year;
} month_place;

static month_place place_of_month(int32_t date, civil written) {
    const int32_t new_year = sli_date_of_civil((civil){written.year, 1, 1});
    return (month_place){
        .days = sli_days_in_month(written.year, written.month),
        .days_before = date - written.day + 1 - new_year,
        .days_in_year = 337 + sli_days_in_month(written.year, 2),
    };
}

static bool fits_weekday(const recurrence_rule *rule, const month_place *month, int32_t day, int32_t weekday) {
    if (!rule->any_weekday || sli_set_has(&rule->weekdays, weekday)) {
        return true;
    }
    const signed_set *const numbered = &rule->numbered_weekdays[weekday];
    const bool within_month = rule->every == FREQUENCY_MONTHLY || rule->months.any;
    const int32_t before = within_month ? day - 1 : month->days_before + day - 1;
    const int32_t after = within_month ? month->days - day : month->days_in_year - month->days_before - day;
    return fits(numbered, before / 7 + 1, after / 7 + 1);
}

static bool fits_day(const recurrence_rule *rule, const month_place *month, int32_t day, int32_t date) {
    const int32_t of_year = month->days_before + day;
    return (is_empty(&rule->month_days) || fits(&rule->month_days, day, month->days - day + 1)) &&
           (is_empty(&rule->year_days) || fits(&rule->year_days, of_year, month->days_in_year - of_year + 1)) &&
           fits_weekday(rule, month, day, sli_weekday(date));
}

static bool collect_month(expansion *expanding, int32_t date, civil written, int32_t until) {
    const month_place month = place_of_month(date, written);
    const int32_t days = until - date;
    for (int32_t day = written.day; date < until; date++, day++) {
        if (fits_day(&expanding->effective, &month, day, date)) {
            expanding->days[expanding->day_count++] = date;
        }
    }
    return sli_feed_spend(expanding->reading, days);
}

/* Month by month, so that months that the rule leaves out cost nothing. */
static bool collect_days(expansion *expanding, period within) {
    const recurrence_rule *const rule = &expanding->effective;
    expanding->day_count = 0;
    for (int32_t date = within.first; date < within.until;) {
        const civil written = sli_civil_of_date(date);
        const int32_t month_end = date + sli_days_in_month(written.year, written.month) - written.day + 1;
        const int32_t until = month_end < within.until ? month_end : within.until;
        const bool in_month = !rule->months.any || sli_set_has(&rule->months, written.month);
        if (in_month ? !collect_month(expanding, date, written, until) : !sli_feed_spend(expanding->reading, 1)) {
            return false;
        }
        date = until;
    }
    return true;
}

/* ---- Periods ---- */

static int64_t month_number(civil date) {
    return (int64_t)date.year * 12 + date.month - 1;
}

/* Days, weeks, months or years since some fixed one. */
static int64_t period_number(const recurrence_rule *rule, int32_t date) {
    switch (rule->every) {
        case FREQUENCY_DAILY:
            return date;
        case FREQUENCY_WEEKLY:
            return sli_floor_divide((int64_t)date + 3 - rule->week_start, 7); /* 1970-01-01 was a Thursday */
        case FREQUENCY_MONTHLY:
            return month_number(sli_civil_of_date(date));
        default:
            return sli_civil_of_date(date).year;
    }
}

static int32_t month_start(int64_t number) {
    const int64_t year = sli_floor_divide(number, 12);
    return sli_date_of_civil((civil){(int32_t)year, (int32_t)(number - year * 12) + 1, 1});
}

static int32_t week_start(const recurrence_rule *rule, int64_t number) {
    return (int32_t)(number * 7 - 3 + rule->week_start);
}

static period period_at(const recurrence_rule *rule, int64_t number) {
    switch (rule->every) {
        case FREQUENCY_DAILY:
            return (period){(int32_t)number, (int32_t)number + 1};
        case FREQUENCY_WEEKLY:
            return (period){week_start(rule, number), week_start(rule, number + 1)};
        case FREQUENCY_MONTHLY:
            return (period){month_start(number), month_start(number + 1)};
        default:
            return (period){month_start(number * 12), month_start((number + 1) * 12)};
    }
}

/* ---- Occurrences ---- */

bool sli_rule_is_past(const recurrence_rule *rule, moment start, int32_t date, int32_t second) {
    if (!rule->has_until) {
        return false;
    }
    if (start.is_date || rule->until.is_date) {
        return date > rule->until.date;
    }
    const int64_t until = rule->until.is_utc ? (int64_t)rule->until.date * SLI_DAY + rule->until.second
                                             : sli_zone_instant(start.zone, rule->until.date, rule->until.second);
    return sli_zone_instant(start.zone, date, second) > until;
}

static bool is_chosen(const expansion *expanding, size_t position, size_t total) {
    const signed_set *const positions = &expanding->rule->positions;
    return is_empty(positions) || fits(positions, (int64_t)position + 1, (int64_t)(total - position));
}

/* False when there are no more. The start itself, and what lies before it, is no occurrence of the rule's own. */
static bool visit_candidate(expansion *expanding, int32_t date, int32_t second) {
    const moment *const start = &expanding->start;
    if (date < start->date || (date == start->date && second <= start->second)) {
        return true;
    }
    const recurrence_rule *const rule = expanding->rule;
    if (date > expanding->last || (rule->count > 0 && expanding->counted >= rule->count) ||
        sli_rule_is_past(rule, *start, date, second)) {
        return false;
    }
    expanding->counted++;
    return expanding->visit(expanding->context, date, second);
}

static bool visit_set(expansion *expanding) {
    const size_t total = expanding->day_count * expanding->time_count;
    for (size_t i = 0; i < total; i++) {
        if (is_chosen(expanding, i, total) && !visit_candidate(expanding, expanding->days[i / expanding->time_count],
                                                               expanding->times[i % expanding->time_count])) {
            return false;
        }
    }
    return true;
}

static sla_status expand_periods(expansion *expanding, int32_t first) {
    const recurrence_rule *const rule = expanding->rule;
    const int64_t origin = period_number(rule, expanding->start.date);
    const int64_t end = period_number(rule, expanding->last);
    const int64_t skipped =
        rule->count > 0 || first <= expanding->start.date ? 0 : (period_number(rule, first) - origin) / rule->interval;
    for (int64_t number = origin + skipped * rule->interval; number <= end; number += rule->interval) {
        if (!collect_days(expanding, period_at(rule, number)) ||
            !sli_feed_spend(expanding->reading, (int64_t)(expanding->day_count * expanding->time_count))) {
            return SLA_LIMIT;
        }
        if (!visit_set(expanding)) {
            break;
        }
    }
    return SLA_OK;
}

sla_status sli_rule_expand(feed_reading *reading, const recurrence_rule *rule, moment start, int32_t first, int32_t last,
                           occurrence_visitor *visit, void *context) {
    expansion expanding = {.reading = reading,
                           .rule = rule,
                           .effective = *rule,
                           .start = start,
                           .last = last,
                           .counted = 1,
                           .visit = visit,
                           .context = context};
    if (last < start.date) {
        return SLA_OK;
    }
    if (rule->foreign != NULL) {
        return sli_ical_expand(reading, rule, start, last, visit, context);
    }
    complete_days(&expanding.effective, start.date);
    return collect_times(&expanding) ? expand_periods(&expanding, first) : SLA_LIMIT;
}
