/* SPDX-License-Identifier: MIT */
/* The calendar that is measured: office hours in Berlin with ten holidays a year, 1970 to 2099, and instants to ask about.
 */
#ifndef BENCH_OFFICE_H
#define BENCH_OFFICE_H

#include <sla/sla.h>

enum { HOLIDAYS_A_YEAR = 10, FIRST_YEAR = 1970, YEAR_COUNT = 130, HOLIDAY_COUNT = YEAR_COUNT * HOLIDAYS_A_YEAR };

typedef struct office {
    sla_zone *zone; /* Europe/Berlin */
    int32_t holidays[HOLIDAY_COUNT];
} office;

/* Monday to Friday 09:00-18:00, in one piece and with an hour for lunch. */
extern const sla_window whole_day[1];
extern const sla_window with_lunch[2];

void office_open(office *berlin);
void office_close(office *berlin);

/* From parsed parts: windows on Monday to Friday, and the holidays as exceptions. Ends the program on failure. */
sla_calendar *office_calendar(const office *berlin, const sla_window *windows, size_t count);

/* The holidays as an iCalendar text of one all-day event each; to be freed. */
char *office_feed_text(const office *berlin, size_t *length);

/* The calendar with its holidays read from that text. */
sla_calendar *office_calendar_from_feed(const office *berlin, const char *text, size_t length);

/* Fills `instants` with random whole seconds in [begin, end), the same in every run. */
void random_instants(int64_t begin, int64_t end, uint64_t seed, int64_t *instants, size_t count);

/* The instant at which a year begins, UTC. */
int64_t year_begin(int32_t year);

#endif
