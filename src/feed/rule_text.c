/* SPDX-License-Identifier: MIT */
#include "feed/content_line.h"
#include "feed/recurrence.h"

#include <string.h>

/* Takes what stands before the separator off the front of `rest`. */
static text take(text *rest, char separator) {
    const char *const end = rest->length == 0 ? NULL : memchr(rest->start, separator, rest->length);
    const size_t length = end == NULL ? rest->length : (size_t)(end - rest->start);
    const text taken = {rest->start, length};
    *rest = sli_text_from(*rest, end == NULL ? length : length + 1);
    return taken;
}

static bool is(text value, const char *name) {
    return sli_text_equal_folded(value, sli_text(name, SIZE_MAX));
}

/* Digits only, at most nine. */
static bool parse_number(text digits, int32_t *number) {
    int32_t value = 0;
    if (digits.length == 0 || digits.length > 9) {
        return false;
    }
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.start[i] < '0' || digits.start[i] > '9') {
            return false;
        }
        value = value * 10 + (digits.start[i] - '0');
    }
    *number = value;
    return true;
}

static bool parse_clock(text digits, int32_t *second_of_day) {
    int32_t hour;
    int32_t minute;
    int32_t second;
    if (!parse_number((text){digits.start, 2}, &hour) || !parse_number((text){digits.start + 2, 2}, &minute) ||
        !parse_number((text){digits.start + 4, 2}, &second) || hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    *second_of_day = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    return true;
}

bool sli_written_time_parse(text value, written_time *time) {
    *time = (written_time){.is_date = value.length == 8};
    const bool has_time = value.length >= 15 && (value.start[8] == 'T' || value.start[8] == 't');
    time->is_utc = has_time && value.length == 16 && (value.start[15] == 'Z' || value.start[15] == 'z');
    if (!time->is_date && !(has_time && (value.length == 15 || time->is_utc))) {
        return false;
    }
    civil date;
    if (!parse_number((text){value.start, 4}, &date.year) || !parse_number((text){value.start + 4, 2}, &date.month) ||
        !parse_number((text){value.start + 6, 2}, &date.day) || !sli_civil_exists(date) ||
        (has_time && !parse_clock(sli_text_from(value, 9), &time->second))) {
        return true;
    }
    time->exists = true;
    time->date = sli_date_of_civil(date);
    return true;
}

/* ---- Lists of numbers ---- */

/* "+5" or "5" into the one set, "-5" into the other; `to_end` NULL forbids that. */
static bool add_number(text number, int32_t least, int32_t most, number_set *to_start, number_set *to_end) {
    const bool negative = number.length > 0 && number.start[0] == '-';
    const bool is_signed = negative || (number.length > 0 && number.start[0] == '+');
    int32_t value;
    if (!parse_number(is_signed ? sli_text_from(number, 1) : number, &value) || value < least || value > most ||
        (is_signed && to_end == NULL)) {
        return false;
    }
    sli_set_add(negative ? to_end : to_start, value);
    return true;
}

static bool parse_numbers(text list, int32_t least, int32_t most, number_set *to_start, number_set *to_end) {
    do {
        if (!add_number(take(&list, ','), least, most, to_start, to_end)) {
            return false;
        }
    } while (list.length > 0);
    return true;
}

static bool parse_signed(text list, int32_t most, signed_set *set) {
    return parse_numbers(list, 1, most, &set->from_start, &set->from_end);
}

/* Monday 0 to Sunday 6; -1 for another text. */
static int32_t parse_weekday(text name) {
    static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    for (int32_t i = 0; i < 7; i++) {
        if (is(name, names[i])) {
            return i;
        }
    }
    return -1;
}

static bool add_weekday(text item, recurrence_rule *rule) {
    if (item.length < 2) {
        return false;
    }
    const text ordinal = {item.start, item.length - 2};
    const int32_t weekday = parse_weekday(sli_text_from(item, item.length - 2));
    if (weekday < 0) {
        return false;
    }
    rule->any_weekday = true;
    if (ordinal.length > 0) {
        signed_set *const numbered = &rule->numbered_weekdays[weekday];
        return add_number(ordinal, 1, 53, &numbered->from_start, &numbered->from_end);
    }
    sli_set_add(&rule->weekdays, weekday);
    return true;
}

static bool parse_weekdays(text list, recurrence_rule *rule) {
    do {
        if (!add_weekday(take(&list, ','), rule)) {
            return false;
        }
    } while (list.length > 0);
    return true;
}

/* ---- Parts ---- */

static const char *parse_frequency(text value, recurrence_rule *rule, bool *seen) {
    static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    for (int32_t i = 0; i < 4; i++) {
        if (is(value, names[i])) {
            rule->every = (frequency)i;
            *seen = true;
            return NULL;
        }
    }
    return is(value, "HOURLY") || is(value, "MINUTELY") || is(value, "SECONDLY")
               ? "its rule repeats more often than daily; write DAILY, WEEKLY, MONTHLY or YEARLY"
               : "its rule has an unknown FREQ; write DAILY, WEEKLY, MONTHLY or YEARLY";
}

static const char *parse_until(text value, recurrence_rule *rule) {
    rule->has_until = true;
    if (!sli_written_time_parse(value, &rule->until)) {
        return "its rule has an UNTIL that is no date";
    }
    return rule->until.exists ? NULL : "its rule has an UNTIL that names an impossible date";
}

static const char *if_not(bool parsed, const char *complaint) {
    return parsed ? NULL : complaint;
}

/* The parts that mean the same in any calendar. `known` says whether this is one. */
static const char *parse_common_part(text name, text value, recurrence_rule *rule, bool *known) {
    *known = true;
    if (is(name, "INTERVAL")) {
        return if_not(parse_number(value, &rule->interval) && rule->interval > 0,
                      "its rule has an INTERVAL that is no number above 0");
    }
    if (is(name, "COUNT")) {
        return if_not(parse_number(value, &rule->count) && rule->count > 0,
                      "its rule has a COUNT that is no number above 0");
    }
    if (is(name, "UNTIL")) {
        return parse_until(value, rule);
    }
    if (is(name, "WKST")) {
        rule->week_start = parse_weekday(value);
        return if_not(rule->week_start >= 0, "its rule has a WKST that is no weekday");
    }
    if (is(name, "BYWEEKNO")) {
        return "its rule has BYWEEKNO, which is not supported; name months and weekdays instead";
    }
    if (is(name, "BYSETPOS")) {
        return if_not(parse_signed(value, 366, &rule->positions), "its rule has a BYSETPOS that is not within 1 to 366");
    }
    *known = false;
    return NULL;
}

static const char *parse_by_part(text name, text value, recurrence_rule *rule) {
    if (is(name, "BYMONTH")) {
        return if_not(parse_numbers(value, 1, 12, &rule->months, NULL),
                      "its rule has a BYMONTH that is not within 1 to 12");
    }
    if (is(name, "BYMONTHDAY")) {
        return if_not(parse_signed(value, 31, &rule->month_days), "its rule has a BYMONTHDAY that is not within 1 to 31");
    }
    if (is(name, "BYYEARDAY")) {
        return if_not(parse_signed(value, 366, &rule->year_days), "its rule has a BYYEARDAY that is not within 1 to 366");
    }
    if (is(name, "BYDAY")) {
        return if_not(parse_weekdays(value, rule), "its rule has a BYDAY that is no weekday, or numbers one beyond 53");
    }
    if (is(name, "BYHOUR")) {
        return if_not(parse_numbers(value, 0, 23, &rule->hours, NULL), "its rule has a BYHOUR that is not within 0 to 23");
    }
    if (is(name, "BYMINUTE")) {
        return if_not(parse_numbers(value, 0, 59, &rule->minutes, NULL),
                      "its rule has a BYMINUTE that is not within 0 to 59");
    }
    if (is(name, "BYSECOND")) {
        return if_not(parse_numbers(value, 0, 60, &rule->seconds, NULL),
                      "its rule has a BYSECOND that is not within 0 to 60");
    }
    return "its rule has a part that is not in RFC 5545";
}

/* libical works through months and days of other calendars at a millisecond a year, through weekdays and days of the year
 * for minutes. For a date that does not come it searches for minutes. */
static const char *parse_foreign_part(text name, text value, recurrence_rule *rule) {
    if (is(name, "BYMONTH")) {
        rule->rare = !parse_numbers(value, 1, 12, &rule->months, NULL) || rule->rare;
        return NULL;
    }
    if (is(name, "BYMONTHDAY")) {
        rule->rare = !parse_signed(value, 29, &rule->month_days) || rule->rare;
        return NULL;
    }
    return "its rule follows another calendar (RSCALE or SKIP) by more than BYMONTH and BYMONTHDAY, which is not supported";
}

static const char *parse_part(text part, recurrence_rule *rule, bool *has_frequency) {
    text value = part;
    const text name = take(&value, '=');
    if (is(name, "FREQ")) {
        return parse_frequency(value, rule, has_frequency);
    }
    if (is(name, "SKIP")) {
        rule->skips = !is(value, "OMIT");
        return NULL;
    }
    if (is(name, "RSCALE") || (name.length > 2 && is((text){name.start, 2}, "X-"))) {
        return NULL;
    }
    bool known;
    const char *const complaint = parse_common_part(name, value, rule, &known);
    if (known) {
        return complaint;
    }
    return rule->foreign != NULL ? parse_foreign_part(name, value, rule) : parse_by_part(name, value, rule);
}

/* Our own reading of UNTIL decides, and of its Z libical would make a zone (FEED_UTC_PARAMETER). The rule has another part,
 * which makes it foreign. */
static void cut_until(char *rule) {
    text rest = sli_text(rule, SIZE_MAX);
    char *end = rule;
    while (rest.length > 0) {
        const text part = take(&rest, ';');
        text value = part;
        if (!is(take(&value, '='), "UNTIL")) {
            memmove(end, part.start, part.length);
            end += part.length;
            *end++ = ';';
        }
    }
    end[-1] = '\0';
}

/* RSCALE=GREGORIAN with SKIP=OMIT says what every rule says anyway. */
static bool is_foreign(text value) {
    while (value.length > 0) {
        text scale = take(&value, ';');
        const text name = take(&scale, '=');
        if ((is(name, "RSCALE") && !is(scale, "GREGORIAN")) || (is(name, "SKIP") && !is(scale, "OMIT"))) {
            return true;
        }
    }
    return false;
}

static bool has_numbered_weekday(const recurrence_rule *rule) {
    for (size_t i = 0; i < 7; i++) {
        if (rule->numbered_weekdays[i].from_start.any || rule->numbered_weekdays[i].from_end.any) {
            return true;
        }
    }
    return false;
}

static const char *check_foreign(const recurrence_rule *rule) {
    if (rule->every == FREQUENCY_DAILY || rule->every == FREQUENCY_WEEKLY) {
        return "its rule follows another calendar (RSCALE or SKIP) with DAILY or WEEKLY, which is not supported; leave "
               "them out";
    }
    if (rule->positions.from_start.any || rule->positions.from_end.any) {
        return "its rule follows another calendar (RSCALE or SKIP) with BYSETPOS, which is not supported; name the days "
               "instead";
    }
    if (rule->every == FREQUENCY_MONTHLY && rule->months.any) {
        return "its rule follows another calendar (RSCALE or SKIP) with MONTHLY and BYMONTH, which is not supported; write "
               "YEARLY";
    }
    if (rule->rare && !rule->skips) {
        return "its rule follows another calendar (RSCALE) to a leap month or a day after the 29th, which do not come "
               "every year; "
               "add SKIP=FORWARD or SKIP=BACKWARD, or write BYMONTHDAY=-1 for a month's last day";
    }
    return NULL;
}

static const char *check_parts(const recurrence_rule *rule, bool has_frequency) {
    const bool short_period = rule->every == FREQUENCY_DAILY || rule->every == FREQUENCY_WEEKLY;
    if (!has_frequency) {
        return "its rule has no FREQ; write DAILY, WEEKLY, MONTHLY or YEARLY";
    }
    if (rule->foreign != NULL) {
        return check_foreign(rule);
    }
    if (short_period && (rule->positions.from_start.any || rule->positions.from_end.any)) {
        return "its rule has BYSETPOS with DAILY or WEEKLY, which is not supported; name the days instead";
    }
    if (short_period && has_numbered_weekday(rule)) {
        return "its rule numbers a weekday in BYDAY with DAILY or WEEKLY, which RFC 5545 forbids";
    }
    return NULL;
}

const char *sli_rule_parse(text value, recurrence_rule *rule, bool *out_of_memory) {
    *rule = (recurrence_rule){.interval = 1};
    *out_of_memory = false;
    if (is_foreign(value)) {
        rule->foreign = sli_text_copy(value);
        *out_of_memory = rule->foreign == NULL;
        if (*out_of_memory) {
            return NULL;
        }
        cut_until(rule->foreign);
    }
    bool has_frequency = false;
    while (value.length > 0) {
        const text part = take(&value, ';');
        const char *const complaint = part.length == 0 ? NULL : parse_part(part, rule, &has_frequency);
        if (complaint != NULL) {
            return complaint;
        }
    }
    return check_parts(rule, has_frequency);
}
