/* SPDX-License-Identifier: MIT */
/* Instants and lengths of time as people read them. */
#ifndef SUPPORT_LOCAL_TIME_H
#define SUPPORT_LOCAL_TIME_H

#include <sla/sla.h>

/* An instant on the wall clock of a zone. */
struct local_time {
    int32_t date;   /* as in sla_date_from_civil */
    int32_t second; /* of the day */
    int32_t month;  /* 1 to 12 */
    int32_t day;    /* 1 to 31 */
};

struct local_time local_time_of(int64_t instant, const sla_zone *zone);

/* "Mon" and "Nov". */
const char *weekday_name(int32_t date);
const char *month_name(int32_t month);

/* A length of time as h:mm:ss. `text` has room for 32 characters. Returns it. */
const char *write_length(int64_t seconds, char *text);

#endif
