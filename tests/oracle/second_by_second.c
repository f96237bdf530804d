/* SPDX-License-Identifier: MIT */
/*
 * usage: second_by_second [COMPARISONS]
 *
 * Random calendars, each asked at every second of its horizon, against a walk over those seconds that shares nothing with
 * the library: local times are those that the C library gives for each second, hours, exceptions and feeds are painted
 * second by second as §2 words them, and §3 is read from the painted seconds. Stops after so many comparisons
 * (SLA_COMPARISONS in the environment, 20 million otherwise); SLA_SEED makes another run. Exits 1 at the first difference.
 */
#define _DEFAULT_SOURCE
#include "random.h"

#include <sla/sla.h>

#include <stdbool.h>
#include <string.h>
#include <time.h>

enum {
    DAY = 86400,
    REACH = 4 * DAY, /* so far around the horizon local times are known: windows and events reach into it */
    DAYS_MAX = 9,
    SECONDS_MAX = DAYS_MAX * DAY,
    WIDE_MAX = SECONDS_MAX + 2 * REACH,
    PARTS_MAX = 3,
    WINDOWS_MAX = 3,
    EXCEPTIONS_MAX = 5,
    EVENTS_MAX = 4,
    BLOCK = 512,
    BUSINESS_DAYS_EVERY = 61
};

static struct {
    int64_t comparisons;
    int64_t calendars;
} counted;

/* ---- Differences ---- */

static struct {
    const char *zone;
    int64_t begin;
    int64_t end;
} asked;

static void compare(const char *what, int64_t at, int64_t argument, int64_t found, int64_t expected) {
    counted.comparisons++;
    if (found == expected) {
        return;
    }
    printf("%s at %" PRId64 " with %" PRId64 ": %" PRId64 ", by the walk %" PRId64 " (calendar %" PRId64
           " in %s, horizon %" PRId64 " to %" PRId64 ")\n",
           what, at, argument, found, expected, counted.calendars, asked.zone, asked.begin, asked.end);
    printf("oracle: calendars %" PRId64 ", comparisons %" PRId64 ", differences 1\n", counted.calendars,
           counted.comparisons);
    exit(1);
}

static void need(bool condition, const char *what) {
    if (!condition) {
        printf("%s failed\n", what);
        exit(1);
    }
}

/* The number of the UTC date of an instant. */
static int32_t date_of(int64_t at) {
    return (int32_t)(at / DAY - (at % DAY < 0));
}

/* ---- Local time: what the C library says of each second ---- */

typedef struct locality {
    const char *zone;  /* as libsla calls it */
    const char *posix; /* as TZ calls it */
    int64_t moment;    /* when something happens there; 0: nothing special */
} locality;

static const locality localities[] = {
    {"UTC", "UTC0", 0},
    {"+05:30", "<+0530>-5:30", 0},
    {"-12:00", "<-12>12", 0},
    {"Europe/Belgrade", ":Europe/Belgrade", 0},
    {"Europe/Belgrade", ":Europe/Belgrade", 1774746000},
    {"Europe/Belgrade", ":Europe/Belgrade", 4079206800}, /* 2099, by the footer's rule */
    {"Europe/Dublin", ":Europe/Dublin", 1792890000},
    {"America/New_York", ":America/New_York", 1772953200},
    {"America/New_York", ":America/New_York", 0},
    {"America/St_Johns", ":America/St_Johns", 1299994260},   /* at 00:01 */
    {"America/Sao_Paulo", ":America/Sao_Paulo", 1541300400}, /* no midnight */
    {"America/Sao_Paulo", ":America/Sao_Paulo", 1550368800}, /* two midnights */
    {"America/Caracas", ":America/Caracas", 1197183600},
    {"Australia/Lord_Howe", ":Australia/Lord_Howe", 1775314800}, /* half an hour */
    {"Asia/Kathmandu", ":Asia/Kathmandu", 504901800},
    {"Asia/Gaza", ":Asia/Gaza", 1774653600},
    {"Asia/Pyongyang", ":Asia/Pyongyang", 1525446000},
    {"Africa/Casablanca", ":Africa/Casablanca", 1771120800},
    {"Africa/Cairo", ":Africa/Cairo", 1777003200},
    {"Africa/Monrovia", ":Africa/Monrovia", 63593070},     /* an offset with seconds until then */
    {"Antarctica/Troll", ":Antarctica/Troll", 1774746000}, /* two hours */
    {"Pacific/Apia", ":Pacific/Apia", 1325239200},         /* a date that was skipped; twice, for it is rare */
    {"Pacific/Apia", ":Pacific/Apia", 1325239200},         /* a date that was skipped */
    {"Pacific/Kwajalein", ":Pacific/Kwajalein", 745934400},
    {"Pacific/Chatham", ":Pacific/Chatham", 0},
    {"America/Nuuk", ":America/Nuuk", 1774832400},
};

enum { LOCALITIES = sizeof localities / sizeof *localities };

/* The local time of each second of a stretch, counted from 1970-01-01 00:00 on the wall. */
typedef struct wall {
    int64_t begin;
    int64_t length;
    int64_t local[WIDE_MAX];
} wall;

static int64_t offset_at(int64_t instant) {
    const time_t at = (time_t)instant;
    struct tm local;
    need(localtime_r(&at, &local) != NULL, "localtime_r");
    return local.tm_gmtoff;
}

/* Asks at both ends of each minute, and at all its seconds when the two differ. */
static void read_wall(wall *on, const char *posix, int64_t begin, int64_t length) {
    enum { MINUTE = 60 };
    need(setenv("TZ", posix, 1) == 0 && length <= WIDE_MAX, "setting TZ");
    tzset();
    on->begin = begin;
    on->length = length;
    int64_t first = 0;
    int64_t last = 0;
    for (int64_t i = 0; i < length; i++) {
        const int64_t at = begin + i;
        first = i % MINUTE == 0 ? offset_at(at) : first;
        last = i % MINUTE == 0 ? offset_at(at + MINUTE - 1) : last;
        on->local[i] = at + (first == last ? first : offset_at(at));
    }
}

/* §1.4, by a walk: the first second that shows this local time; when none does, the time before the jump went on. The walk
 * starts where the wall cannot show it yet: at most 26 hours lie between any wall and UTC. */
static int64_t instant_of(const wall *on, int64_t local) {
    int64_t i = local - on->begin - 26 * 3600;
    i = i < 0 ? 0 : i;
    need(i < on->length && on->local[i] <= local, "beginning before a local time");
    while (i < on->length && on->local[i] < local) {
        i++;
    }
    need(i < on->length, "finding a local time");
    if (on->local[i] == local) {
        return on->begin + i;
    }
    const int64_t shown_before = on->local[i - 1];
    const int64_t instant_before = on->begin + i - 1;
    return instant_before + (local - shown_before);
}

/* ---- Calendars as one would write them down ---- */

typedef struct windows {
    sla_window items[WINDOWS_MAX];
    size_t count;
} windows;

typedef struct exception {
    int32_t first;
    int32_t until;
    windows windows;
} exception;

enum { EVENT_OF_DAYS = 0, EVENT_IN_UTC = 1, EVENT_FLOATING = 2, EVENT_KINDS = 3 };

/* Days since 1970 for an event of days, else seconds: of UTC, or on the wall. */
typedef struct event {
    int32_t kind;
    int64_t begin;
    int64_t end;
} event;

typedef struct recipe {
    const locality *where;
    windows weekdays[7]; /* Monday first */
    exception exceptions[EXCEPTIONS_MAX];
    size_t exception_count;
    event events[EVENTS_MAX];
    size_t event_count;
} recipe;

static int32_t random_second(random_source *source) {
    const int32_t unit = random_between(source, 0, 3) == 0 ? 1 : 1800;
    return (int32_t)random_between(source, 0, DAY / unit + 1) * unit;
}

static sla_window random_window(random_source *source) {
    const sla_window made = {random_second(source), random_second(source)};
    return made.start == made.end ? (sla_window){0, DAY} : made;
}

static windows random_windows(random_source *source) {
    windows made = {.count = (size_t)random_between(source, 0, WINDOWS_MAX + 1)};
    for (size_t i = 0; i < made.count; i++) {
        made.items[i] = random_window(source);
    }
    return made;
}

static event random_event(random_source *source, int64_t begin, int64_t end) {
    const int32_t kind = (int32_t)random_between(source, 0, EVENT_KINDS);
    const int64_t at = random_between(source, begin - DAY, end);
    if (kind == EVENT_OF_DAYS) {
        const int32_t date = date_of(at);
        return (event){kind, date, date + random_between(source, 1, 3)};
    }
    return (event){kind, at, at + random_between(source, 1, 2 * DAY)};
}

static void random_recipe(random_source *source, int64_t begin, int64_t end, recipe *made) {
    const int32_t first_date = date_of(begin) - 2;
    for (size_t i = 0; i < 7; i++) {
        made->weekdays[i] = random_windows(source);
    }
    made->exception_count = (size_t)random_between(source, 0, EXCEPTIONS_MAX + 1);
    for (size_t i = 0; i < made->exception_count; i++) {
        const int32_t first = first_date + (int32_t)random_between(source, 0, DAYS_MAX + 3);
        made->exceptions[i] = (exception){first, first + (int32_t)random_between(source, 1, 4), random_windows(source)};
    }
    made->event_count = (size_t)random_between(source, 0, EVENTS_MAX + 1);
    for (size_t i = 0; i < made->event_count; i++) {
        made->events[i] = random_event(source, begin, end);
    }
}

/* ---- The same for the library ---- */

static void write_instant(char *written, size_t capacity, int64_t seconds, const char *end) {
    const time_t at = (time_t)seconds;
    struct tm civil;
    need(gmtime_r(&at, &civil) != NULL, "gmtime_r");
    snprintf(written, capacity, "%04d%02d%02dT%02d%02d%02d%s", civil.tm_year + 1900, civil.tm_mon + 1, civil.tm_mday,
             civil.tm_hour, civil.tm_min, civil.tm_sec, end);
}

enum { WRITTEN = 64, LINE = 128, FEED_BYTES = 4096 };

static void write_bound(char *line, size_t capacity, const char *name, int32_t kind, int64_t at) {
    char written[WRITTEN];
    if (kind == EVENT_OF_DAYS) {
        write_instant(written, sizeof written, at * DAY, "");
        written[8] = '\0';
        snprintf(line, capacity, "%s;VALUE=DATE:%s\r\n", name, written);
        return;
    }
    write_instant(written, sizeof written, at, kind == EVENT_IN_UTC ? "Z" : "");
    snprintf(line, capacity, "%s:%s\r\n", name, written);
}

static void write_feed(const recipe *of, char *text, size_t capacity) {
    size_t length = (size_t)snprintf(text, capacity, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//oracle//EN\r\n");
    for (size_t i = 0; i < of->event_count; i++) {
        char begin[LINE];
        char end[LINE];
        write_bound(begin, sizeof begin, "DTSTART", of->events[i].kind, of->events[i].begin);
        write_bound(end, sizeof end, "DTEND", of->events[i].kind, of->events[i].end);
        length += (size_t)snprintf(text + length, capacity - length,
                                   "BEGIN:VEVENT\r\nUID:%zu\r\n%s%sSUMMARY:closed\r\nEND:VEVENT\r\n", i, begin, end);
    }
    snprintf(text + length, capacity - length, "END:VCALENDAR\r\n");
}

static void add_feed(const recipe *of, sla_zone *zone, sla_calendar_builder *builder) {
    char text[FEED_BYTES];
    sla_feed_reader *reader = NULL;
    sla_feed *feed = NULL;
    if (of->event_count == 0) {
        return;
    }
    write_feed(of, text, sizeof text);
    need(sla_feed_reader_new(zone, asked.begin, asked.end, NULL, 0, &reader, NULL) == SLA_OK, "making a feed reader");
    need(sla_feed_reader_load(reader, "feed", SIZE_MAX, text, SIZE_MAX, NULL, &feed, NULL) == SLA_OK, "reading a feed");
    need(sla_calendar_builder_add_feed(builder, feed, NULL) == SLA_OK, "adding a feed");
    sla_feed_unref(feed);
    sla_feed_reader_free(reader);
}

static sla_zone *load_zone(const locality *where) {
    sla_zone *zone = NULL;
    need(sla_zone_load(where->zone, SIZE_MAX, NULL, 0, &zone, NULL) == SLA_OK, where->zone);
    return zone;
}

/* NULL for a calendar that is never open. */
static sla_calendar *build(const recipe *of) {
    sla_zone *const zone = load_zone(of->where);
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    need(sla_calendar_builder_new(zone, asked.begin, asked.end, &builder, NULL) == SLA_OK, "making a builder");
    for (int day = 0; day < 7; day++) {
        for (size_t i = 0; i < of->weekdays[day].count; i++) {
            const sla_window window = of->weekdays[day].items[i];
            need(sla_calendar_builder_add_hours(builder, 1 << day, window.start, window.end, NULL) == SLA_OK, "hours");
        }
    }
    for (size_t i = 0; i < of->exception_count; i++) {
        const exception *const one = &of->exceptions[i];
        need(sla_calendar_builder_add_exception(builder, one->first, one->until, one->windows.items, one->windows.count,
                                                NULL, 0, NULL) == SLA_OK,
             "an exception");
    }
    add_feed(of, zone, builder);
    const sla_status status = sla_calendar_builder_build(builder, &calendar, NULL);
    need(status == SLA_OK || status == SLA_NEVER_OPEN, "building a calendar");
    sla_calendar_builder_free(builder);
    sla_zone_unref(zone);
    return calendar;
}

/* ---- Painted seconds (§2.3) ---- */

typedef struct paint {
    int64_t length;
    uint8_t open[SECONDS_MAX];
} paint;

static void fill(paint *on, int64_t from, int64_t until, uint8_t value) {
    for (int64_t at = from < asked.begin ? asked.begin : from; at < until && at < asked.end; at++) {
        on->open[at - asked.begin] = value;
    }
}

static const exception *exception_of(const recipe *of, int32_t date) {
    const exception *last = NULL;
    for (size_t i = 0; i < of->exception_count; i++) {
        if (of->exceptions[i].first <= date && date < of->exceptions[i].until) {
            last = &of->exceptions[i];
        }
    }
    return last;
}

static int64_t at_second(const wall *on, int64_t date, int32_t second) {
    return instant_of(on, date * DAY + second);
}

static void open_windows(const wall *on, int32_t date, const windows *given, paint *painted) {
    if (at_second(on, date, 0) >= at_second(on, date + 1, 0)) {
        return; /* §1.4: a date that the zone skipped */
    }
    for (size_t i = 0; i < given->count; i++) {
        const sla_window window = given->items[i];
        const int32_t end_date = window.end > window.start ? date : date + 1;
        fill(painted, at_second(on, date, window.start), at_second(on, end_date, window.end), 1);
    }
}

static void close_events(const wall *on, const recipe *of, paint *painted) {
    for (size_t i = 0; i < of->event_count; i++) {
        const event *const one = &of->events[i];
        switch (one->kind) {
            case EVENT_OF_DAYS:
                fill(painted, at_second(on, one->begin, 0), at_second(on, one->end, 0), 0);
                break;
            case EVENT_IN_UTC:
                fill(painted, one->begin, one->end, 0);
                break;
            default:
                fill(painted, instant_of(on, one->begin), instant_of(on, one->end), 0);
                break;
        }
    }
}

/* 1970-01-01, date 0, was a Thursday. */
static size_t weekday_of(int32_t date) {
    return (size_t)(((date + 3) % 7 + 7) % 7);
}

static int32_t first_date(void) {
    return date_of(asked.begin) - 2;
}

static int32_t last_date(void) {
    return date_of(asked.end) + 1;
}

static void paint_recipe(const wall *on, const recipe *of, paint *painted) {
    painted->length = asked.end - asked.begin;
    memset(painted->open, 0, (size_t)painted->length);
    for (int32_t date = first_date(); date <= last_date(); date++) {
        if (exception_of(of, date) == NULL) {
            open_windows(on, date, &of->weekdays[weekday_of(date)], painted);
        }
    }
    close_events(on, of, painted);
    for (int32_t date = first_date(); date <= last_date(); date++) {
        const exception *const one = exception_of(of, date);
        if (one != NULL) {
            open_windows(on, date, &one->windows, painted);
        }
    }
}

/* §2.4 */
static void paint_over(paint *painted, const paint *other, int32_t operation) {
    for (int64_t i = 0; i < painted->length; i++) {
        const uint8_t one = painted->open[i];
        const uint8_t two = other->open[i];
        painted->open[i] = (uint8_t)(operation == SLA_UNION          ? one | two
                                     : operation == SLA_INTERSECTION ? one & two
                                                                     : one & (1 - two));
    }
}

/* ---- The walk: what §3 says of the painted seconds. Places are counted from the horizon's begin. ---- */

static struct {
    int64_t length;
    int64_t total;                      /* open seconds */
    int32_t measure[SECONDS_MAX + 1];   /* C: open seconds before */
    int32_t next_open[SECONDS_MAX + 1]; /* `length`: there is none */
    int32_t next_close[SECONDS_MAX + 1];
    int32_t opens[SECONDS_MAX]; /* the place of the open second of each number */
} walked;

static void walk(const paint *painted) {
    walked.length = painted->length;
    walked.total = 0;
    for (int64_t i = 0; i < painted->length; i++) {
        walked.measure[i] = (int32_t)walked.total;
        if (painted->open[i] == 1) {
            walked.opens[walked.total++] = (int32_t)i;
        }
    }
    walked.measure[walked.length] = (int32_t)walked.total;
    walked.next_open[walked.length] = walked.next_close[walked.length] = (int32_t)walked.length;
    for (int64_t i = walked.length - 1; i >= 0; i--) {
        walked.next_open[i] = painted->open[i] == 1 ? (int32_t)i : walked.next_open[i + 1];
        walked.next_close[i] = painted->open[i] == 0 ? (int32_t)i : walked.next_close[i + 1];
    }
}

/* An instant of the horizon, or 0, which answers beyond it come with. */
static int64_t answer(int64_t place) {
    return place < 0 || place >= walked.length ? 0 : asked.begin + place;
}

/* The place just after the open second of a number; -1 when there is no such second. */
static int64_t after_open(int64_t number) {
    return number < 0 || number >= walked.total ? -1 : walked.opens[number] + 1;
}

static int64_t at_open(int64_t number) {
    return number < 0 || number >= walked.total ? -1 : walked.opens[number];
}

/* §3.2: the earliest u with so many open seconds from the place to it; the latest for negative ones. */
static int64_t walk_add(int64_t place, int64_t seconds) {
    const int64_t measure = walked.measure[place] + seconds;
    if (seconds == 0) {
        return answer(place);
    }
    return answer(seconds > 0 ? after_open(measure - 1) : at_open(measure));
}

static int64_t walk_add_late(int64_t place, int64_t seconds) {
    const int64_t measure = walked.measure[place] + seconds;
    if (seconds >= 0) {
        return answer(at_open(measure));
    }
    return answer(measure == 0 && walked.next_open[0] == 0 ? 0 : after_open(measure - 1));
}

/* ---- Business days (§3.4) ---- */

enum { DATES_MAX = DAYS_MAX + 6 };

/* The dates with an open second, in order, as the wall has them; places may lie beyond the horizon. */
static struct {
    int32_t dates[DATES_MAX];
    int64_t begins[DATES_MAX];
    int64_t ends[DATES_MAX];
    size_t count;
} business;

static int64_t within(int64_t place) {
    return place < 0 ? 0 : place > walked.length ? walked.length : place;
}

static void find_business_days(const wall *on) {
    business.count = 0;
    for (int32_t date = first_date(); date <= last_date(); date++) {
        const int64_t begin = at_second(on, date, 0) - asked.begin;
        const int64_t end = at_second(on, date + 1, 0) - asked.begin;
        if (begin < end && walked.measure[within(begin)] < walked.measure[within(end)]) {
            business.dates[business.count] = date;
            business.begins[business.count] = begin;
            business.ends[business.count++] = end;
        }
    }
}

static int64_t walk_business_days(const wall *on, int64_t place, int64_t days, int32_t by) {
    const int64_t opening = walked.next_open[place];
    size_t number = 0;
    while (number < business.count && business.ends[number] <= opening) {
        number++;
    }
    number += (size_t)days;
    if (opening == walked.length || number >= business.count) {
        return 0;
    }
    if (by < 0) {
        return answer(after_open(walked.measure[within(business.ends[number])] - 1));
    }
    for (; number < business.count; number++) {
        const int64_t found = at_second(on, business.dates[number], by) - asked.begin;
        if (found >= opening) {
            return answer(found);
        }
    }
    return 0;
}

/* ---- Every second ---- */

/* Numbers of seconds to add: short ones, days, and more than there are. */
static int64_t random_seconds(random_source *source) {
    const uint64_t bits = random_bits(source);
    const int64_t most = bits % 8 == 0 ? 2 * walked.total : bits % 8 < 4 ? 40000 : 200;
    return (int64_t)(bits >> 8) % (most + 1);
}

static void ask_one(random_source *source, const sla_calendar *calendar, const paint *painted, int64_t place) {
    const int64_t at = asked.begin + place;
    const int64_t seconds = random_seconds(source);
    const int64_t other = random_between(source, 0, walked.length + 1);
    int64_t found = -1;
    int32_t open = -1;
    sla_calendar_is_open(calendar, at, &open);
    compare("is_open", at, 0, open, painted->open[place]);
    sla_calendar_elapsed(calendar, asked.begin, at, &found);
    compare("C", at, 0, found, walked.measure[place]);
    sla_calendar_elapsed(calendar, at, asked.begin + other, &found);
    compare("elapsed", at, asked.begin + other, found, walked.measure[other] - walked.measure[place]);
    sla_calendar_next_open(calendar, at, &found);
    compare("next_open", at, 0, found, answer(walked.next_open[place]));
    sla_calendar_next_close(calendar, at, &found);
    compare("next_close", at, 0, found, answer(walked.next_close[place]));
    sla_calendar_add(calendar, at, seconds, &found);
    compare("add", at, seconds, found, walk_add(place, seconds));
    sla_calendar_add(calendar, at, -seconds, &found);
    compare("add", at, -seconds, found, walk_add(place, -seconds));
    sla_calendar_add_late(calendar, at, seconds, &found);
    compare("add_late", at, seconds, found, walk_add_late(place, seconds));
    sla_calendar_add_late(calendar, at, -seconds, &found);
    compare("add_late", at, -seconds, found, walk_add_late(place, -seconds));
}

/* A block of seconds in one call. */
static void ask_block(random_source *source, const sla_calendar *calendar, int64_t first, int64_t count) {
    int64_t at[BLOCK] = {0};
    int64_t seconds[BLOCK] = {0};
    int64_t found[BLOCK];
    for (int64_t i = 0; i < count; i++) {
        at[i] = asked.begin + first + i;
        seconds[i] = random_seconds(source);
    }
    sla_calendar_add_many(calendar, (size_t)count, at, seconds, found, NULL);
    for (int64_t i = 0; i < count; i++) {
        compare("add_many", at[i], seconds[i], found[i], walk_add(first + i, seconds[i]));
    }
    for (int64_t i = 0; i < count; i++) {
        seconds[i] = asked.begin + random_between(source, 0, walked.length + 1);
    }
    sla_calendar_elapsed_many(calendar, (size_t)count, at, seconds, found, NULL);
    for (int64_t i = 0; i < count; i++) {
        compare("elapsed_many", at[i], seconds[i], found[i],
                walked.measure[seconds[i] - asked.begin] - walked.measure[first + i]);
    }
}

static void ask_business_days(random_source *source, const sla_calendar *calendar, const wall *on) {
    find_business_days(on);
    for (int64_t place = 0; place < walked.length; place += BUSINESS_DAYS_EVERY) {
        const int64_t days = random_between(source, 0, 4);
        const int32_t by = random_between(source, 0, 2) == 0 ? -1 : random_second(source);
        int64_t found = -1;
        sla_calendar_add_business_days(calendar, asked.begin + place, days, by, &found);
        compare("add_business_days", asked.begin + place, days * 100000 + by, found,
                walk_business_days(on, place, days, by));
    }
}

/* The listing, second by second. */
static void ask_listing(const sla_calendar *calendar, const paint *painted) {
    enum { SPANS = 16 };
    sla_span spans[SPANS];
    int64_t at = asked.begin;
    while (at < asked.end) {
        size_t count = 0;
        need(sla_calendar_list(calendar, at, asked.end, spans, SPANS, &count) == SLA_OK && count > 0, "listing");
        for (size_t i = 0; i < count; i++) {
            compare("list, begin", at, 0, spans[i].begin, at);
            need(spans[i].begin < spans[i].end && spans[i].end <= asked.end, "listing a span");
            for (; at < spans[i].end; at++) {
                compare("list", at, 0, spans[i].kind == SLA_SPAN_OPEN, painted->open[at - asked.begin]);
            }
        }
    }
}

/* `on` is the wall of the calendar's zone. */
static void ask_all(random_source *source, const sla_calendar *calendar, const paint *painted, const wall *on) {
    counted.calendars++;
    walk(painted);
    compare("open at all", asked.begin, 0, calendar != NULL, walked.total > 0);
    if (calendar == NULL) {
        return;
    }
    for (int64_t place = 0; place < walked.length; place++) {
        ask_one(source, calendar, painted, place);
    }
    for (int64_t first = 0; first < walked.length; first += BLOCK) {
        ask_block(source, calendar, first, walked.length - first < BLOCK ? walked.length - first : BLOCK);
    }
    ask_business_days(source, calendar, on);
    ask_listing(calendar, painted);
}

/* ---- Random calendars and their combination ---- */

/* Some C libraries know no times after 2038; there the walk stays before. */
static bool is_known_to_library(int64_t at) {
    return sizeof(time_t) >= sizeof at || (at > INT32_MIN && at < INT32_MAX);
}

static int64_t random_begin(random_source *source, int64_t moment, int64_t length) {
    const int64_t years = INT64_C(31556952);
    const bool anywhere = moment == 0 || random_between(source, 0, 8) == 0;
    return anywhere ? random_between(source, -70 * years, 180 * years) /* 1900 to 2149 */
                    : moment - random_between(source, 0, length);
}

static void choose_horizon(random_source *source, int64_t moment) {
    const int64_t longest = random_between(source, 0, 8) == 0 ? SECONDS_MAX : DAY;
    const int64_t length = random_between(source, 3600, longest + 1);
    do {
        asked.begin = random_begin(source, moment, length);
        asked.end = asked.begin + length;
    } while (!is_known_to_library(asked.begin - 2 * REACH) || !is_known_to_library(asked.end + 2 * REACH));
}

static wall walls[PARTS_MAX];
static paint paints[PARTS_MAX];

static void ask_combination(random_source *source, sla_calendar *const *parts, size_t count, const recipe *recipes) {
    const int32_t operation = (int32_t)random_between(source, 0, 3);
    for (size_t i = 1; i < count; i++) {
        paint_over(&paints[0], &paints[i], operation);
    }
    sla_zone *const zone = load_zone(recipes[count - 1].where);
    sla_calendar *whole = NULL;
    const sla_status status = sla_calendar_combine(operation, parts, count, zone, &whole, NULL);
    need(status == SLA_OK || status == SLA_NEVER_OPEN, "combining");
    asked.zone = recipes[count - 1].where->zone;
    ask_all(source, whole, &paints[0], &walls[count - 1]);
    sla_calendar_unref(whole);
    sla_zone_unref(zone);
}

static void one_round(random_source *source) {
    static recipe recipes[PARTS_MAX];
    sla_calendar *calendars[PARTS_MAX];
    const size_t count = (size_t)random_between(source, 1, PARTS_MAX + 1);
    const locality *const first = &localities[random_between(source, 0, LOCALITIES)];
    choose_horizon(source, first->moment);
    bool all_open = true;
    for (size_t i = 0; i < count; i++) {
        recipes[i] = (recipe){.where = i == 0 ? first : &localities[random_between(source, 0, LOCALITIES)]};
        asked.zone = recipes[i].where->zone;
        random_recipe(source, asked.begin, asked.end, &recipes[i]);
        read_wall(&walls[i], recipes[i].where->posix, asked.begin - REACH, asked.end - asked.begin + 2 * REACH);
        paint_recipe(&walls[i], &recipes[i], &paints[i]);
        calendars[i] = build(&recipes[i]);
        all_open = all_open && calendars[i] != NULL;
        ask_all(source, calendars[i], &paints[i], &walls[i]);
    }
    if (count > 1 && all_open) {
        ask_combination(source, calendars, count, recipes);
    }
    for (size_t i = 0; i < count; i++) {
        sla_calendar_unref(calendars[i]);
    }
}

int main(int count, char **arguments) {
    const int64_t usual = random_setting("SLA_COMPARISONS", 20000000);
    const int64_t wanted = count > 1 ? strtoll(arguments[1], NULL, 0) : usual;
    if (wanted < 1) {
        fprintf(stderr, "oracle: the number of comparisons must be 1 or more\n");
        return 2;
    }
    random_source source = random_start("second_by_second");
    while (counted.comparisons < wanted) {
        one_round(&source);
    }
    printf("oracle: calendars %" PRId64 ", comparisons %" PRId64 ", differences 0\n", counted.calendars,
           counted.comparisons);
    return 0;
}
