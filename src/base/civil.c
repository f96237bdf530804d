/* SPDX-License-Identifier: MIT */
#include "base/base.h"

/* Years are counted from March, so that the leap day is the last of its year, in eras of 400 years. */
enum { DAYS_IN_ERA = 146097, YEARS_IN_ERA = 400, DAYS_TO_1970 = 719468 };

int32_t sli_date_of_civil(civil date) {
    const int64_t year = (int64_t)date.year - (date.month <= 2);
    const int64_t era = sli_floor_divide(year, YEARS_IN_ERA);
    const int64_t year_of_era = year - era * YEARS_IN_ERA;
    const int64_t month_from_march = (date.month + 9) % 12;
    const int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * DAYS_IN_ERA + day_of_era - DAYS_TO_1970);
}

civil sli_civil_of_date(int32_t date) {
    const int64_t shifted = (int64_t)date + DAYS_TO_1970;
    const int64_t era = sli_floor_divide(shifted, DAYS_IN_ERA);
    const int64_t day_of_era = shifted - era * DAYS_IN_ERA;
    const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const int32_t month = (int32_t)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    const int32_t day = (int32_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    return (civil){(int32_t)(year_of_era + era * YEARS_IN_ERA) + (month <= 2), month, day};
}

int32_t sli_days_in_month(int32_t year, int32_t month) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool sli_civil_exists(civil date) {
    return date.year >= SLI_YEAR_MIN && date.year <= SLI_YEAR_MAX && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= sli_days_in_month(date.year, date.month);
}

int32_t sli_weekday(int32_t date) {
    const int64_t from_monday = (int64_t)date + 3; /* 1970-01-01 was a Thursday */
    return (int32_t)(from_monday - sli_floor_divide(from_monday, 7) * 7);
}

static bool parse_digits(const char *digits, size_t count, int32_t *number) {
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return false;
        }
        value = value * 10 + (digits[i] - '0');
    }
    *number = value;
    return true;
}

bool sli_date_parse(text value, int32_t *date) {
    civil parsed;
    if (value.length != 10 || value.start[4] != '-' || value.start[7] != '-' ||
        !parse_digits(value.start, 4, &parsed.year) || !parse_digits(value.start + 5, 2, &parsed.month) ||
        !parse_digits(value.start + 8, 2, &parsed.day) || !sli_civil_exists(parsed)) {
        return false;
    }
    *date = sli_date_of_civil(parsed);
    return true;
}

sla_status sla_date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *date) {
    if (date == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *date = 0;
    const civil asked = {year, month, day};
    if (!sli_civil_exists(asked)) {
        return SLA_INVALID_ARGUMENT;
    }
    *date = sli_date_of_civil(asked);
    return SLA_OK;
}

sla_status sla_date_to_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day) {
    sli_clear(year);
    sli_clear(month);
    sli_clear(day);
    if (year == NULL || month == NULL || day == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    const int32_t first = sli_date_of_civil((civil){SLI_YEAR_MIN, 1, 1});
    const int32_t last = sli_date_of_civil((civil){SLI_YEAR_MAX, 12, 31});
    if (date < first || date > last) {
        return SLA_INVALID_ARGUMENT;
    }
    const civil found = sli_civil_of_date(date);
    *year = found.year;
    *month = found.month;
    *day = found.day;
    return SLA_OK;
}
