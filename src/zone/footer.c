/* SPDX-License-Identifier: MIT */
#include "zone/footer.h"

/* ---- Reading ---- */

enum { HOURS_MAX = 24, EXTENDED_HOURS_MAX = 167, CHANGE_AT_DEFAULT = 7200, DAYLIGHT_DEFAULT = 3600 };

static bool is_letter(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

static bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

static bool take(text *rest, char expected) {
    if (rest->length == 0 || *rest->start != expected) {
        return false;
    }
    rest->start++;
    rest->length--;
    return true;
}

/* One to three digits. */
static bool take_number(text *rest, int32_t low, int32_t high, int32_t *number) {
    int32_t value = 0;
    size_t digits = 0;
    while (digits < rest->length && is_digit(rest->start[digits])) {
        value = value * 10 + (rest->start[digits] - '0');
        if (++digits > 3) {
            return false;
        }
    }
    rest->start += digits;
    rest->length -= digits;
    *number = value;
    return digits > 0 && value >= low && value <= high;
}

/* Three or more letters, or <letters, digits and signs>. What a zone calls its time does not matter here. */
static bool take_designation(text *rest) {
    const bool quoted = take(rest, '<');
    size_t length = 0;
    while (length < rest->length) {
        const char character = rest->start[length];
        if (!is_letter(character) && !(quoted && (is_digit(character) || character == '+' || character == '-'))) {
            break;
        }
        length++;
    }
    rest->start += length;
    rest->length -= length;
    return length >= 3 && (!quoted || take(rest, '>'));
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(text *rest, int32_t hours_max, int32_t *seconds) {
    const bool negative = take(rest, '-');
    if (!negative) {
        take(rest, '+');
    }
    int32_t hour = 0;
    int32_t minute = 0;
    int32_t second = 0;
    if (!take_number(rest, 0, hours_max, &hour)) {
        return false;
    }
    if (take(rest, ':')) {
        if (!take_number(rest, 0, 59, &minute) || (take(rest, ':') && !take_number(rest, 0, 59, &second))) {
            return false;
        }
    }
    *seconds = (hour * 60 + minute) * 60 + second;
    *seconds = negative ? -*seconds : *seconds;
    return true;
}

/* POSIX counts offsets west of Greenwich; the library counts them east. */
static bool take_offset(text *rest, int32_t *offset) {
    if (!take_time(rest, HOURS_MAX, offset)) {
        return false;
    }
    *offset = -*offset;
    return true;
}

static bool take_change_day(text *rest, footer_change *change) {
    if (take(rest, 'J')) {
        change->form = FOOTER_JULIAN_DAY;
        return take_number(rest, 1, 365, &change->day);
    }
    if (take(rest, 'M')) {
        change->form = FOOTER_MONTH_WEEK_DAY;
        return take_number(rest, 1, 12, &change->month) && take(rest, '.') && take_number(rest, 1, 5, &change->week) &&
               take(rest, '.') && take_number(rest, 0, 6, &change->weekday);
    }
    change->form = FOOTER_DAY_OF_YEAR;
    return take_number(rest, 0, 365, &change->day);
}

static bool take_change(text *rest, bool extended, footer_change *change) {
    if (!take(rest, ',') || !take_change_day(rest, change)) {
        return false;
    }
    change->time = CHANGE_AT_DEFAULT;
    if (!take(rest, '/')) {
        return true;
    }
    if (!extended && rest->length > 0 && !is_digit(*rest->start)) {
        return false;
    }
    return take_time(rest, extended ? EXTENDED_HOURS_MAX : HOURS_MAX, &change->time);
}

bool sli_footer_parse(text value, bool extended, footer_rule *rule) {
    *rule = (footer_rule){0};
    text rest = value;
    if (!take_designation(&rest) || !take_offset(&rest, &rule->standard_offset)) {
        return false;
    }
    if (rest.length == 0) {
        return true;
    }
    rule->changes = true;
    rule->daylight_offset = rule->standard_offset + DAYLIGHT_DEFAULT;
    if (!take_designation(&rest)) {
        return false;
    }
    if (rest.length > 0 && *rest.start != ',' && !take_offset(&rest, &rule->daylight_offset)) {
        return false;
    }
    return take_change(&rest, extended, &rule->to_daylight) && take_change(&rest, extended, &rule->to_standard) &&
           rest.length == 0;
}

/* ---- Evaluating ---- */

static int32_t week_date(const footer_change *change, int32_t year) {
    const int32_t first = sli_date_of_civil((civil){year, change->month, 1});
    const int32_t monday_based = (change->weekday + 6) % 7;
    const int32_t date = first + (monday_based - sli_weekday(first) + 7) % 7 + (change->week - 1) * 7;
    return date < first + sli_days_in_month(year, change->month) ? date : date - 7;
}

static int32_t change_date(const footer_change *change, int32_t year) {
    if (change->form == FOOTER_MONTH_WEEK_DAY) {
        return week_date(change, year);
    }
    const int32_t new_year = sli_date_of_civil((civil){year, 1, 1});
    if (change->form == FOOTER_DAY_OF_YEAR) {
        return new_year + change->day;
    }
    const bool after_leap_day = change->day >= 60 && sli_days_in_month(year, 2) == 29;
    return new_year + change->day - 1 + (after_leap_day ? 1 : 0);
}

static int64_t change_instant(const footer_change *change, int32_t year, int32_t offset_before) {
    return (int64_t)change_date(change, year) * SLI_DAY + change->time - offset_before;
}

/* The changes of a year and of the two years on either side: times of up to a week may carry a change, and with it the one
 * that an instant depends on, over two New Years. */
enum { NEIGHBOURS = 2, NEARBY_MAX = 2 * (2 * NEIGHBOURS + 1) };

typedef struct nearby_changes {
    zone_transition items[NEARBY_MAX];
    size_t count;
} nearby_changes;

/* Keeps the order. Of two changes at one instant the later year's wins, and in one year the end: daylight time all year
 * round is written as an end that falls on the next start (RFC 9636 §3.3.1). */
static void insert_change(nearby_changes *nearby, zone_transition change) {
    size_t at = nearby->count;
    while (at > 0 && nearby->items[at - 1].at > change.at) {
        at--;
    }
    if (at > 0 && nearby->items[at - 1].at == change.at) {
        nearby->items[at - 1] = change;
        return;
    }
    for (size_t i = nearby->count; i > at; i--) {
        nearby->items[i] = nearby->items[i - 1];
    }
    nearby->items[at] = change;
    nearby->count++;
}

static nearby_changes changes_near(const footer_rule *rule, int32_t middle) {
    nearby_changes nearby = {.count = 0};
    for (int32_t year = middle - NEIGHBOURS; year <= middle + NEIGHBOURS; year++) {
        insert_change(&nearby, (zone_transition){change_instant(&rule->to_daylight, year, rule->standard_offset),
                                                 rule->daylight_offset});
        insert_change(&nearby, (zone_transition){change_instant(&rule->to_standard, year, rule->daylight_offset),
                                                 rule->standard_offset});
    }
    return nearby;
}

static int32_t year_of(int64_t instant) {
    return sli_civil_of_date((int32_t)sli_floor_divide(instant, SLI_DAY)).year;
}

int32_t sli_footer_offset(const footer_rule *rule, int64_t instant) {
    if (!rule->changes) {
        return rule->standard_offset;
    }
    const nearby_changes nearby = changes_near(rule, year_of(instant));
    int32_t offset = rule->standard_offset;
    /* Changes of the year after the next lie after the instant. */
    for (size_t i = 0; ALWAYS(i < nearby.count) && nearby.items[i].at <= instant; i++) {
        offset = nearby.items[i].offset;
    }
    return offset;
}

/* The first in (after, until) that changes the offset. */
static int64_t first_change(const nearby_changes *nearby, int64_t after, int64_t until) {
    for (size_t i = 1; i < nearby->count && nearby->items[i].at < until; i++) {
        if (nearby->items[i].at > after && nearby->items[i].offset != nearby->items[i - 1].offset) {
            return nearby->items[i].at;
        }
    }
    return INT64_MAX;
}

int64_t sli_footer_next_change(const footer_rule *rule, int64_t instant) {
    if (!rule->changes || rule->daylight_offset == rule->standard_offset) {
        return INT64_MAX;
    }
    /* The calendar repeats after 400 years, so what has not changed the offset by then never will. */
    enum { CYCLE = 400 };
    const int32_t first = year_of(instant);
    for (int32_t year = first; year <= first + CYCLE && year <= SLI_YEAR_MAX; year++) {
        const nearby_changes nearby = changes_near(rule, year);
        /* In the last of the years a change of the following one, which is not there, could count. */
        const int64_t until = (int64_t)sli_date_of_civil((civil){year + NEIGHBOURS, 1, 1}) * SLI_DAY;
        const int64_t change = first_change(&nearby, instant, until);
        if (change != INT64_MAX) {
            return change <= SLI_INSTANT_MAX ? change : INT64_MAX;
        }
    }
    return INT64_MAX;
}
