/* SPDX-License-Identifier: MIT */
/*
 * Feeds (§2.2): iCalendar text to closures, in four steps.
 *
 *   text_scan     the bounds; lines unfolded; only what decides is kept, one value a line
 *   ical_parser   libical turns that text into components and properties of ours (the only step that holds its lock)
 *   events        components to events: zones resolved, rules read, filters applied
 *   closures      events to closures: recurrence, exceptions, overrides, clipped to the horizon
 */
#ifndef SLI_FEED_H
#define SLI_FEED_H

#include <sla/calendar.h>

#include "base/base.h"
#include "zone/zone.h"

/* ---- The bounds on what a feed may hold ---- */

enum {
    FEED_BYTES_MAX = 16 << 20,
    FEED_LINE_MAX = 64 << 10, /* a line that libical sees */
    FEED_DEPTH_MAX = 8,       /* components within components */
    FEED_COMPONENTS_MAX = 100000,
    FEED_ZONES_MAX = 1000,          /* VTIMEZONEs, and different TZIDs */
    FEED_PROPERTIES_MAX = 1000,     /* of a component, without the lists */
    FEED_HEAD_MAX = 512,            /* of a property: its name and the parameters that decide */
    FEED_LIST_MAX = 200000,         /* EXDATE and RDATE values of an event */
    FEED_VALUES_MAX = 500000,       /* components, properties and values of lists */
    FEED_RULE_VALUES = 10,          /* as many of them as a rule counts */
    FEED_NORMALISED_MAX = 32 << 20, /* what libical sees in all */
    FEED_CLOSURES_MAX = 2000000,    /* 400 years have 146097 days: a daily rule fits many times */
    FEED_STEPS_MAX = 1 << 24        /* days that all rules together may look at */
};

/* ---- One reading of one text ---- */

/* What may still be read: by one reading or, within a document, by all of them together. */
typedef struct feed_budget {
    int64_t bytes;
    int64_t values;
    int64_t closures;
    int64_t steps;
} feed_budget;

static inline feed_budget sli_feed_budget(void) {
    return (feed_budget){FEED_BYTES_MAX, FEED_VALUES_MAX, FEED_CLOSURES_MAX, FEED_STEPS_MAX};
}

/* Lets the readings of several readers share a budget, which must outlive them. */
void sli_feed_reader_share(sla_feed_reader *reader, feed_budget *budget);

struct sla_feed_reader {
    sla_zone *zone;
    int64_t begin;
    int64_t end;
    char *folder; /* NULL: the usual one */
    sla_feed_options options;
    feed_budget *shared; /* NULL: each reading has its own */
    struct feed_filter {
        int32_t kind;
        char *folded;
    } * items;
    size_t count;
    size_t capacity;
};

typedef struct feed_reading {
    const sla_feed_reader *reader;
    text name;
    sla_diagnostics *diagnostics;
    sla_error *error;
    sla_status status; /* of the first complaint that is an error */
    sla_zone *utc;
    feed_budget own;
    feed_budget *budget;
} feed_reading;

/* Complaints: `uid` may be NULL. A failure is returned and remembered if it is the first; one of an event that cannot be
 * expanded is a warning if the reader skips such events. */
sla_status sli_feed_fail(feed_reading *reading, sla_status code, int32_t line, const char *uid, const char *format, ...)
    SLI_PRINTF(5, 6);
void sli_feed_warn(feed_reading *reading, int32_t line, const char *uid, const char *format, ...) SLI_PRINTF(4, 5);
void sli_feed_unsupported(feed_reading *reading, int32_t line, const char *uid, const char *format, ...) SLI_PRINTF(4, 5);
sla_status sli_feed_out_of_memory(feed_reading *reading);

/* Takes `steps` from the reading's budget of work; false when it is used up. */
bool sli_feed_spend(feed_reading *reading, int64_t steps);

/* ---- What the parser hands over ---- */

typedef enum component_kind {
    COMPONENT_CALENDAR,
    COMPONENT_EVENT,
    COMPONENT_TIMEZONE,
    COMPONENT_STANDARD,
    COMPONENT_DAYLIGHT,
    COMPONENT_KINDS,
    COMPONENT_OTHER = COMPONENT_KINDS
} component_kind;

typedef enum property_kind {
    PROPERTY_UID,
    PROPERTY_SUMMARY,
    PROPERTY_CATEGORIES,
    PROPERTY_STATUS,
    PROPERTY_TRANSP,
    PROPERTY_SEQUENCE,
    PROPERTY_DTSTAMP,
    PROPERTY_DTSTART,
    PROPERTY_DTEND,
    PROPERTY_DURATION,
    PROPERTY_RRULE,
    PROPERTY_EXRULE,
    PROPERTY_RDATE,
    PROPERTY_EXDATE,
    PROPERTY_RECURRENCE_ID,
    PROPERTY_TZID,
    PROPERTY_TZOFFSETFROM,
    PROPERTY_TZOFFSETTO,
    PROPERTY_KINDS,
    PROPERTY_OTHER = PROPERTY_KINDS
} property_kind;

/* The name as RFC 5545 writes it. */
const char *sli_property_name(property_kind kind);

/* A date or a date with time as it is written; what zone it is in, the property's TZID says. */
typedef struct written_time {
    bool exists; /* such a date and time of day */
    bool is_date;
    bool is_utc;
    int32_t date;
    int32_t second;
} written_time;

/* Days and weeks are of the local calendar, the rest is exact (RFC 5545 §3.3.6). */
typedef struct written_duration {
    int64_t days;
    int64_t seconds;
} written_duration;

typedef enum period_form { PERIOD_NONE, PERIOD_WITH_END, PERIOD_WITH_DURATION } period_form;

typedef struct property {
    property_kind kind;
    char *text; /* of texts, and of RRULE as it stands in the feed; else NULL */
    char *tzid; /* NULL without */
    written_time time;
    period_form period; /* of an RDATE */
    written_time period_end;
    written_duration duration;
    int32_t number; /* SEQUENCE; an offset in seconds; 1 for CANCELLED, TRANSPARENT and RANGE=THISANDFUTURE */
} property;

typedef struct component {
    component_kind kind;
    int32_t line;
    int32_t calendar;                /* which VCALENDAR of the text, from 1; 0 before the first */
    bool stray;                      /* it stands outside of any component */
    int32_t written[PROPERTY_KINDS]; /* how many values the text has of each property */
    int32_t empty[PROPERTY_KINDS];   /* and how many empty ones, which are dropped */
    property *items;
    size_t count;
    size_t capacity;
} component;

typedef struct component_list {
    component *items;
    size_t count;
    size_t capacity;
} component_list;

void sli_component_list_clear(component_list *list);

/* The first property of a kind, or NULL. */
const property *sli_component_find(const component *from, property_kind kind);

/* Unfolded text for libical, and a component (yet without properties) for each of its BEGINs, in order. */
typedef struct scanned_text {
    char *items;
    size_t count;
    size_t capacity;
    component_list components;
} scanned_text;

sla_status sli_feed_scan(feed_reading *reading, text source, scanned_text *scanned);

/* Fills the components' properties from the scanned text. */
sla_status sli_ical_parse(feed_reading *reading, scanned_text *scanned);

/* The scanner numbers the components and hands rules through unread by these properties. */
#define FEED_INDEX_PROPERTY "X-SLA-COMPONENT"
#define FEED_RULE_PROPERTY "X-SLA-RULE"

/* It also takes the Z off times in UTC and says so by this parameter, with the sum of: which of a value's times had it. Of
 * a Z libical makes a zone, for which it reads its table of all zones from where the program wants it to be, perhaps later.
 */
#define FEED_UTC_PARAMETER "X-SLA-UTC"
enum { FEED_UTC_TIME = 1, FEED_UTC_PERIOD_END = 2 };

#endif
