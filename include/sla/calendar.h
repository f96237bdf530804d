/* SPDX-License-Identifier: MIT */
/*
 * libsla: calendars (§2) and the arithmetic on them (§3).
 *
 * A calendar is a set of open instants, compiled once into an immutable index of C(t), the open seconds before t. Queries
 * read that index: they allocate nothing, lock nothing and walk no days. An instant that is asked about must lie in the
 * calendar's horizon (`elapsed` also takes the horizon's end); an answer that lies outside is SLA_HORIZON.
 */
#ifndef SLA_CALENDAR_H
#define SLA_CALENDAR_H

#include <sla/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Feeds (§2.2) ----------------------------------------------------------------------------------------------- */

/* What an iCalendar text closes, as seen from one zone and within one horizon. Immutable, shared. */
typedef struct sla_feed sla_feed;

/* How feeds are read: zone, horizon, filters. Used by one thread at a time; reading takes the library's one feed lock. */
typedef struct sla_feed_reader sla_feed_reader;

enum { SLA_TRANSPARENT_CLOSED = 0, SLA_TRANSPARENT_OPEN = 1 };            /* does an event marked TRANSPARENT close? */
enum { SLA_UNSUPPORTED_ERROR = 0, SLA_UNSUPPORTED_SKIP = 1 };             /* an event that cannot be expanded */
enum { SLA_COVERAGE_DERIVED = 0, SLA_COVERAGE_DATE = 1, SLA_COVERAGE_ALWAYS = 2 }; /* §2.7 */
enum {                                                                    /* filters, without regard to case */
    SLA_FILTER_INCLUDE_CATEGORY = 0, SLA_FILTER_EXCLUDE_CATEGORY = 1,     /* a category equals the text */
    SLA_FILTER_INCLUDE_SUMMARY = 2, SLA_FILTER_EXCLUDE_SUMMARY = 3        /* the summary contains the text */
};

typedef struct sla_feed_options {
    int32_t transparent;   /* SLA_TRANSPARENT_… */
    int32_t unsupported;   /* SLA_UNSUPPORTED_… */
    int32_t coverage;      /* SLA_COVERAGE_… */
    int32_t covers_until;  /* with SLA_COVERAGE_DATE: the first local date that is no longer covered */
    int64_t reserved[2];
} sla_feed_options;

/* Makes a reader. `zone` is the calendar's: of all-day events and floating times. The horizon is [begin, end), at most 400
 * years. `folder` is the zone folder of TZIDs (as in sla_zone_load). SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_feed_reader_new(sla_zone *zone, int64_t begin, int64_t end, const char *folder, size_t folder_length,
                                       sla_feed_reader **reader, sla_error *error);
SLA_API void sla_feed_reader_free(sla_feed_reader *reader);

/* Sets all options. All zero is the default. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_feed_reader_set_options(sla_feed_reader *reader, const sla_feed_options *options, sla_error *error);

/* Adds one text to a filter (SLA_FILTER_…). An include filter lets in events that fit any of its texts.
 * SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_feed_reader_add_filter(sla_feed_reader *reader, int32_t filter, const char *text, size_t length,
                                              sla_error *error);

/* Reads an iCalendar text (RFC 5545) of at most 16 MiB, 100000 events, 500000 events, properties and dates in all (a rule counts as
 * ten), 2 million occurrences, and 2^24 days that its rules look at (a daily rule over 130 years: 47482). Whatever the text,
 * reading takes less than 256 MB and, on a machine of today, less than a second. `name` is what complaints and listings call
 * the feed. Complaints, warnings included, go to `diagnostics` (may be NULL) with line and UID.
 * SLA_INVALID_FEED, SLA_UNSUPPORTED_EVENT, SLA_LIMIT, SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_feed_reader_load(sla_feed_reader *reader, const char *name, size_t name_length, const char *text,
                                        size_t length, sla_diagnostics *diagnostics, sla_feed **feed, sla_error *error);
SLA_API sla_feed *sla_feed_ref(sla_feed *feed);
SLA_API void sla_feed_unref(sla_feed *feed);

/* ---- Building a calendar (§2) ----------------------------------------------------------------------------------- */

typedef struct sla_calendar sla_calendar;
typedef struct sla_calendar_builder sla_calendar_builder;

/* Days of the week as bits. */
enum {
    SLA_MONDAY = 1, SLA_TUESDAY = 2, SLA_WEDNESDAY = 4, SLA_THURSDAY = 8, SLA_FRIDAY = 16, SLA_SATURDAY = 32, SLA_SUNDAY = 64
};

/* A window of local time, in seconds of the day, 0 to 86400 (24:00). An end that is not after the start lies on the next
 * date; equal ends are refused. */
typedef struct sla_window {
    int32_t start;
    int32_t end;
} sla_window;

/* Starts a calendar in `zone` over the horizon [begin, end), which is not empty and at most 400 years long, within years
 * 1 to 9998. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_builder_new(sla_zone *zone, int64_t begin, int64_t end, sla_calendar_builder **builder,
                                            sla_error *error);
SLA_API void sla_calendar_builder_free(sla_calendar_builder *builder);

/* Opens the window [start, end) on each of `weekdays` (SLA_MONDAY | …), in addition to what is there.
 * SLA_INVALID_ARGUMENT, SLA_LIMIT (1000 windows a weekday), SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_builder_add_hours(sla_calendar_builder *builder, int32_t weekdays, int32_t start, int32_t end,
                                                  sla_error *error);

/* Replaces the windows of the local dates [first, until) (§2.3); with `count` 0 they are closed. The last exception of a
 * date stands. `title` may be NULL. SLA_INVALID_ARGUMENT, SLA_LIMIT (1000 windows an exception, 10 million in all, a million
 * exceptions, 64 MiB of titles), SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_builder_add_exception(sla_calendar_builder *builder, int32_t first, int32_t until,
                                                      const sla_window *windows, size_t count, const char *title,
                                                      size_t title_length, sla_error *error);

/* Closes what the feed closes. It must have been read for the calendar's zone and for a horizon that holds the calendar's.
 * SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_builder_add_feed(sla_calendar_builder *builder, sla_feed *feed, sla_error *error);

/* Compiles the calendar. The builder may go on being used. SLA_NEVER_OPEN, SLA_LIMIT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_builder_build(const sla_calendar_builder *builder, sla_calendar **calendar, sla_error *error);

enum { SLA_UNION = 0, SLA_INTERSECTION = 1, SLA_DIFFERENCE = 2 };

/* Combines two or more calendars of one horizon as sets of instants, whatever their zones (§2.4); the difference is the first
 * without all others. `zone` counts business days. SLA_NEVER_OPEN, SLA_INVALID_ARGUMENT, SLA_LIMIT (1000 calendars, those of
 * combined parts included, each as often as it is used), SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_combine(int32_t operation, sla_calendar *const *parts, size_t count, sla_zone *zone,
                                        sla_calendar **calendar, sla_error *error);

/* The calendar in which every instant of the horizon is open (§2.5). SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_new_always(sla_zone *zone, int64_t begin, int64_t end, sla_calendar **calendar,
                                           sla_error *error);

SLA_API sla_calendar *sla_calendar_ref(sla_calendar *calendar);
SLA_API void sla_calendar_unref(sla_calendar *calendar);

/* ---- Questions (§3) --------------------------------------------------------------------------------------------- */
/* All return SLA_OK, SLA_HORIZON, or SLA_INVALID_ARGUMENT for a missing pointer; outputs are 0 unless SLA_OK. */

/* 1 when `at` is open, else 0. */
SLA_API sla_status sla_calendar_is_open(const sla_calendar *calendar, int64_t at, int32_t *open);

/* Open seconds in [from, until), negative when `until` is before `from` (§3.1). */
SLA_API sla_status sla_calendar_elapsed(const sla_calendar *calendar, int64_t from, int64_t until, int64_t *seconds);

/* The earliest instant with `seconds` open seconds after `at`; for negative `seconds` the latest before it (§3.2). */
SLA_API sla_status sla_calendar_add(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result);

/* The other end of that tie: the latest, for negative `seconds` the earliest, for 0 the next opening (§3.2). */
SLA_API sla_status sla_calendar_add_late(const sla_calendar *calendar, int64_t at, int64_t seconds, int64_t *result);

/* The first open, or closed, instant at or after `at` (§3.3). */
SLA_API sla_status sla_calendar_next_open(const sla_calendar *calendar, int64_t at, int64_t *result);
SLA_API sla_status sla_calendar_next_close(const sla_calendar *calendar, int64_t at, int64_t *result);

/* `days` (0 or more) business days after the one of `at`: the end of its hours or, with `by` from 0 to 86400, that second of
 * the local day; -1 for none (§3.4). SLA_INVALID_ARGUMENT also for a negative `days` and another `by`. */
SLA_API sla_status sla_calendar_add_business_days(const sla_calendar *calendar, int64_t at, int64_t days, int32_t by,
                                                  int64_t *result);

/* The same for `count` elements, with a status each, bit for bit as the scalar calls. An output array may be the same as an
 * input array; arrays that overlap otherwise give undefined elements. Returns SLA_OK, whatever the elements came to, or
 * SLA_INVALID_ARGUMENT when an array is missing and `count` is not 0. `statuses` may be NULL: failed elements are then
 * only seen as 0. */
SLA_API sla_status sla_calendar_elapsed_many(const sla_calendar *calendar, size_t count, const int64_t *from,
                                             const int64_t *until, int64_t *seconds, sla_status *statuses);
SLA_API sla_status sla_calendar_add_many(const sla_calendar *calendar, size_t count, const int64_t *at,
                                         const int64_t *seconds, int64_t *results, sla_status *statuses);

/* The horizon [begin, end), instants. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_calendar_horizon(const sla_calendar *calendar, int64_t *begin, int64_t *end);

/* §2.7: answers at or after this instant are given without knowing the holidays; INT64_MAX when all are known. */
SLA_API int64_t sla_calendar_covers_until(const sla_calendar *calendar);

/* The calendar's zone; borrowed. */
SLA_API sla_zone *sla_calendar_zone(const sla_calendar *calendar);

/* ---- Listing: what is open, and why the rest is not ------------------------------------------------------------- */

enum {
    SLA_SPAN_OPEN = 0,
    SLA_SPAN_OUTSIDE_HOURS = 1, /* no window */
    SLA_SPAN_FEED = 2,          /* a window that a feed's event takes away; the title is its SUMMARY */
    SLA_SPAN_EXCEPTION = 3,     /* a window that an exception takes away */
    SLA_SPAN_COMBINATION = 4    /* a set operation takes it away */
};

/* A piece [begin, end) of the horizon that is open, or closed for one reason. */
typedef struct sla_span {
    int64_t begin;
    int64_t end;
    int32_t kind;      /* SLA_SPAN_… */
    int32_t closing;   /* what closed it, for sla_calendar_closing_…; -1: nothing that has a name */
    int64_t reserved;
} sla_span;

/* Lists [from, until) without holes, each span cut at its ends. Writes at most `capacity` spans and their number; when that
 * is `capacity`, ask again from the end of the last. Walks the days between: not for hot paths.
 * SLA_HORIZON, SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_calendar_list(const sla_calendar *calendar, int64_t from, int64_t until, sla_span *spans,
                                     size_t capacity, size_t *count);

/* The title of a closing (a feed event's SUMMARY, an exception's title); "" when it has none; NULL for a number that is no
 * closing of this calendar. Borrowed. */
SLA_API const char *sla_calendar_closing_title(const sla_calendar *calendar, int32_t closing);

/* The name of the feed that a closing comes from; "" for an exception; NULL as above. Borrowed. */
SLA_API const char *sla_calendar_closing_feed(const sla_calendar *calendar, int32_t closing);

#ifdef __cplusplus
}
#endif

#endif
