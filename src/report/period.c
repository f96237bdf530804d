/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <stdio.h>

enum { THURSDAY = 3 };

int32_t sli_period_of_date(int32_t period, int32_t date) {
    const civil day = sli_civil_of_date(date);
    switch (period) {
        case SLA_PERIOD_MONTH:
            return day.year * 12 + day.month - 1;
        case SLA_PERIOD_WEEK:
            return date - sli_weekday(date);
        case SLA_PERIOD_DAY:
            return date;
        default:
            return 0;
    }
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static void label_week(int32_t monday, char label[SLI_PERIOD_LENGTH]) {
    const int32_t thursday = monday + THURSDAY;
    const int32_t year = sli_civil_of_date(thursday).year;
    const int32_t week = (thursday - sli_date_of_civil((civil){year, 1, 1})) / 7 + 1;
    snprintf(label, SLI_PERIOD_LENGTH, "%04d-W%02d", (int)year % 10000, (int)week % 100);
}

static void label_day(int32_t date, char label[SLI_PERIOD_LENGTH]) {
    const civil day = sli_civil_of_date(date);
    snprintf(label, SLI_PERIOD_LENGTH, "%04d-%02d-%02d", (int)day.year % 10000, (int)day.month % 100, (int)day.day % 100);
}

void sli_period_label(int32_t period, int32_t number, char label[SLI_PERIOD_LENGTH]) {
    label[0] = '\0';
    if (period == SLA_PERIOD_MONTH) {
        snprintf(label, SLI_PERIOD_LENGTH, "%04d-%02d", (int)(number / 12) % 10000, (int)(number % 12 + 1) % 100);
    } else if (period == SLA_PERIOD_WEEK) {
        label_week(number, label);
    } else if (period == SLA_PERIOD_DAY) {
        label_day(number, label);
    }
}
