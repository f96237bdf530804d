/* SPDX-License-Identifier: MIT */
#include "local_time.h"

#include <stdio.h>

enum { DAY = 86400, TEXT_SIZE = 32 };

struct local_time local_time_of(int64_t instant, const sla_zone *zone) {
    struct local_time local = {0, 0, 1, 1};
    int32_t offset = 0, year;
    sla_zone_offset(zone, instant, &offset);
    const int64_t wall = instant + offset;
    local.date = (int32_t)(wall / DAY);
    local.second = (int32_t)(wall % DAY);
    if (local.second < 0) {
        local.date--;
        local.second += DAY;
    }
    sla_date_to_civil(local.date, &year, &local.month, &local.day);
    return local;
}

const char *weekday_name(int32_t date) {
    static const char *const names[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"}; /* 1970-01-01 was a Thursday */
    return names[((date % 7) + 7) % 7];
}

const char *month_name(int32_t month) {
    static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[(month - 1) % 12];
}

const char *write_length(int64_t seconds, char *text) {
    const long long size = seconds < 0 ? -seconds : seconds;
    snprintf(text, TEXT_SIZE, "%s%lld:%02lld:%02lld", seconds < 0 ? "-" : "", size / 3600, size / 60 % 60, size % 60);
    return text;
}
