/* SPDX-License-Identifier: MIT */
#include "document/values.h"

/* ---- Taking a text apart from its start ---- */

static bool take_text(text *rest, const char *wanted) {
    const text head = sli_text(wanted, SIZE_MAX);
    if (rest->length < head.length || !sli_text_equal((text){rest->start, head.length}, head)) {
        return false;
    }
    rest->start += head.length;
    rest->length -= head.length;
    return true;
}

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/* At least `least` and at most `most` digits; `most` is 9 or less, so that every number fits. */
static bool take_number(text *rest, size_t least, size_t most, int32_t *number) {
    size_t digits = 0;
    int32_t sum = 0;
    while (digits < most && digits < rest->length && is_digit(rest->start[digits])) {
        sum = sum * 10 + (rest->start[digits++] - '0');
    }
    if (digits < least || (digits < rest->length && is_digit(rest->start[digits]))) {
        return false;
    }
    rest->start += digits;
    rest->length -= digits;
    *number = sum;
    return true;
}

/* "HH:MM", up to 24:00; where allowed also "HH:MM:SS". */
static bool take_time(text *rest, bool with_seconds, int32_t *second_of_day) {
    int32_t hours = 0;
    int32_t minutes = 0;
    int32_t seconds = 0;
    if (!take_number(rest, 2, 2, &hours) || !take_text(rest, ":") || !take_number(rest, 2, 2, &minutes)) {
        return false;
    }
    if (with_seconds && take_text(rest, ":") && !take_number(rest, 2, 2, &seconds)) {
        return false;
    }
    *second_of_day = hours * 3600 + minutes * 60 + seconds;
    return minutes < 60 && seconds < 60 && *second_of_day <= SLI_DAY;
}

/* ---- Dates, windows, days ---- */

enum { DATE_MIN = -719162, DATE_MAX = 2932531 }; /* 0001-01-01 and 9998-12-31 */

const char *sli_read_date(text value, int32_t *date) {
    if (!sli_date_parse(value, date)) {
        return "a date is written YYYY-MM-DD, such as 2026-12-31, and must exist";
    }
    return *date >= DATE_MIN && *date <= DATE_MAX ? NULL : "years go from 0001 to 9998";
}

const char *sli_read_window(text value, sla_window *window) {
    text rest = value;
    if (!take_time(&rest, true, &window->start) || !take_text(&rest, "-") || !take_time(&rest, true, &window->end) ||
        rest.length > 0) {
        return "a window is written HH:MM-HH:MM, such as 09:00-17:00, with times from 00:00 to 24:00";
    }
    if (window->start == SLI_DAY) {
        return "a window starts before 24:00; what opens at midnight starts at 00:00 of the next day";
    }
    if (window->start == window->end) {
        return "a window must not end when it starts; the whole day is 00:00-24:00, a closed day has no window";
    }
    return NULL;
}

static bool take_weekday(text *rest, int32_t *weekday) {
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (*weekday = 0; *weekday < 7; (*weekday)++) {
        if (take_text(rest, names[*weekday])) {
            return true;
        }
    }
    return false;
}

/* One day or a range; "sat-mon" runs over the end of the week. */
static bool take_weekdays(text *rest, int32_t *weekdays) {
    int32_t first = 0;
    if (!take_weekday(rest, &first)) {
        return false;
    }
    int32_t last = first;
    if (take_text(rest, "-") && !take_weekday(rest, &last)) {
        return false;
    }
    for (int32_t day = first; day != last; day = (day + 1) % 7) {
        *weekdays |= 1 << day;
    }
    *weekdays |= 1 << last;
    return true;
}

const char *sli_read_days(text value, int32_t *weekdays) {
    text rest = value;
    *weekdays = 0;
    do {
        if (!take_weekdays(&rest, weekdays)) {
            return "days are mon, tue, wed, thu, fri, sat, sun, written mon, mon-fri or mon,wed";
        }
    } while (take_text(&rest, ","));
    return rest.length == 0 ? NULL : "days are mon, tue, wed, thu, fri, sat, sun, written mon, mon-fri or mon,wed";
}

/* ---- Durations and targets ---- */

static bool take_amount(text *rest, const char *unit, int64_t seconds_each, int64_t *sum) {
    text ahead = *rest;
    int32_t number = 0;
    if (take_number(&ahead, 1, 9, &number) && take_text(&ahead, unit)) {
        *sum += number * seconds_each; /* nine digits of hours are far from overflow */
        *rest = ahead;
        return true;
    }
    return false;
}

static bool is_day_count(text value) {
    text rest = value;
    int64_t seconds = 0;
    return take_amount(&rest, "d", 1, &seconds);
}

const char *sli_read_duration(text value, int64_t *seconds) {
    text rest = value;
    *seconds = 0;
    const bool hours = take_amount(&rest, "h", 3600, seconds);
    const bool minutes = take_amount(&rest, "m", 60, seconds);
    const bool rest_seconds = take_amount(&rest, "s", 1, seconds);
    if ((hours || minutes || rest_seconds) && rest.length == 0) {
        return NULL;
    }
    return is_day_count(value) ? "days of 24 hours do not exist here; write hours, such as 48h"
                               : "a duration is written 90s, 30m, 12h or 1h30m";
}

static bool take_business_days(text *rest, sla_target *target) {
    int32_t days = 0;
    if (!take_number(rest, 1, 6, &days) || !take_text(rest, " business day")) {
        return false;
    }
    take_text(rest, "s");
    target->kind = SLA_TARGET_BUSINESS_DAYS;
    target->amount = days;
    return true;
}

static const char *read_business_days(text rest, sla_target *target) {
    if (rest.length == 0) {
        return NULL;
    }
    if (take_text(&rest, " by ") && take_time(&rest, false, &target->by) && rest.length == 0) {
        return NULL;
    }
    return "a time of the day is written HH:MM, from 00:00 to 24:00: '2 business days by 16:00'";
}

static const char *read_target_duration(text value, sla_target *target) {
    target->kind = SLA_TARGET_DURATION;
    if (is_day_count(value)) {
        return "days of 24 hours do not exist here; write hours, such as 48h, or '2 business days'";
    }
    if (sli_read_duration(value, &target->amount) != NULL) {
        return "write immediate, best-effort, a duration such as 90s, 30m, 12h or 1h30m, '2 business days' or "
               "'2 business days by 16:00'";
    }
    return target->amount > 0 ? NULL : "a target needs at least one second; write immediate for none";
}

const char *sli_read_within(text value, sla_target *target) {
    *target = (sla_target){.by = -1, .calendar = -1, .roll = -1};
    if (sli_text_is(value, "immediate")) {
        target->kind = SLA_TARGET_IMMEDIATE;
        return NULL;
    }
    if (sli_text_is(value, "best-effort")) {
        target->kind = SLA_TARGET_BEST_EFFORT;
        return NULL;
    }
    text rest = value;
    return take_business_days(&rest, target) ? read_business_days(rest, target) : read_target_duration(value, target);
}

/* ---- Percentages and words ---- */

const char *sli_read_percentage(text value, int32_t *millionths) {
    static const char *const problem = "a percentage is written 95% or 99.5%, from 0% to 100%, with at most 4 decimals";
    text rest = value;
    int32_t whole = 0;
    int32_t fraction = 0;
    if (!take_number(&rest, 1, 3, &whole)) {
        return problem;
    }
    if (take_text(&rest, ".")) {
        const size_t before = rest.length;
        if (!take_number(&rest, 1, 4, &fraction)) {
            return problem;
        }
        for (size_t digits = before - rest.length; digits < 4; digits++) {
            fraction *= 10;
        }
    }
    *millionths = whole * 10000 + fraction;
    return take_text(&rest, "%") && rest.length == 0 && *millionths <= 1000000 ? NULL : problem;
}

int32_t sli_word_number(text value, const char *const *words) {
    for (int32_t number = 0; words[number] != NULL; number++) {
        if (sli_text_is(value, words[number])) {
            return number;
        }
    }
    return -1;
}
