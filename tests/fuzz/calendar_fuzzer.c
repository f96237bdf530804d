/* SPDX-License-Identifier: MIT */
/*
 * Zones, feeds, builders and calendars in any order of calls, wrong ones included. Answers are held against a count of
 * single seconds, against the laws of §3.5 and against the statuses that the headers name.
 */
#include "input.h"
#include "oracle.h"

enum { ZONES = 3, FEEDS = 2, READERS = 2, BUILDERS = 3, CALENDARS = 5, STEPS = 48, DAY = 86400 };

typedef struct pool {
    sla_zone *zones[ZONES];
    sla_feed *feeds[FEEDS];
    sla_feed_reader *readers[READERS];
    sla_calendar_builder *builders[BUILDERS];
    sla_calendar *calendars[CALENDARS];
    int64_t begin;
    int64_t end;
} pool;

#define TAKE_ANY(in, items, count) ((items)[take_below(in, count)])

/* ---- Horizons ---- */

static void take_horizon(fuzz_input *in, int64_t *begin, int64_t *end) {
    static const int64_t horizons[][2] = {
        {1773964800, 1775347200},              /* 2026-03-20 to 2026-04-05: summer time begins in Europe */
        {1792454400, 1793491200},              /* 2026-10-20 to 2026-11-01: and ends */
        {1324684800, 1325721600},              /* 2011-12-24 to 2012-01-05: Apia skips a day */
        {0, 2592000},                          /* 1970-01 */
        {1766966400, 1798848000},              /* 2025-12-29 to 2027-01-02 */
        {4102358400, 4102444800},              /* the last day of the default horizon */
        {0, 1},                                /* one second */
        {-2208988800, -2206396800},            /* 1900-01 */
        {SLA_HORIZON_BEGIN, SLA_HORIZON_END},  /* the default */
        {INT64_C(-62135596800), -62135510400}, /* the first day of year 1 */
        {INT64_C(253370678400), 253370764800}, /* the last day of year 9998 */
        {INT64_C(253370764799), 253370764801}, /* over the end */
        {INT64_C(-62135596801), -62135596000}, /* before the begin */
        {100, 100},                            /* empty */
        {INT64_MIN, INT64_MAX},
    };
    enum { COUNT = sizeof horizons / sizeof *horizons, USABLE = 8 };
    const int32_t taken = take_below(in, 256);
    const int32_t number = taken < 240 ? taken % USABLE : taken % COUNT;
    *begin = horizons[number][0];
    *end = horizons[number][1];
}

/* ---- Zones, dates, instants ---- */

static void check_zone(fuzz_input *in, const sla_zone *zone) {
    const int64_t at = take_instant(in, 0, SLA_HORIZON_END);
    const int32_t date = take_rarely(in, 8) ? take_int32(in) : take_below(in, 50000);
    const int32_t second = take_int32(in);
    int32_t offset = 1;
    int64_t found = 1;
    if (judged_status(sla_zone_offset(zone, at, &offset), OK_OR_INVALID)) {
        MUST(offset > -DAY * 2 && offset < DAY * 2);
    } else {
        MUST(offset == 0);
    }
    if (judged_status(sla_zone_instant(zone, date, second, &found), OK_OR_INVALID)) {
        int64_t next = 0;
        MUST(second >= 0 && second <= DAY);
        MUST(sla_zone_instant(zone, date, second == DAY ? DAY : second + 1, &next) != SLA_OK || next >= found - DAY);
    } else {
        MUST(found == 0);
    }
    MUST((sla_zone_name(zone)[0] == '\0') == (zone == NULL));
}

static void check_date(fuzz_input *in) {
    const int32_t date = take_rarely(in, 4) ? take_int32(in) : take_below(in, 65536) - 32768;
    int32_t parts[3] = {1, 1, 1};
    int32_t back = 1;
    if (judged_status(sla_date_to_civil(date, &parts[0], &parts[1], &parts[2]), OK_OR_INVALID)) {
        MUST(sla_date_from_civil(parts[0], parts[1], parts[2], &back) == SLA_OK && back == date);
    } else {
        MUST(parts[0] == 0 && parts[1] == 0 && parts[2] == 0);
    }
    const int32_t year = take_int32(in);
    const int32_t month = take_below(in, 16) - 1;
    const int32_t day = take_below(in, 34) - 1;
    if (!judged_status(sla_date_from_civil(year, month, day, &back), OK_OR_INVALID)) {
        MUST(back == 0);
    }
}

/* What is written is read again as the same instant, but for the seconds of old offsets. */
static void check_written(fuzz_input *in, const sla_zone *zone) {
    const int64_t at = take_instant(in, 0, SLA_HORIZON_END);
    char written[32];
    sla_error error;
    int64_t back = 1;
    const size_t capacity = take_rarely(in, 8) ? (size_t)take_below(in, 33) : sizeof written;
    const sla_status status = sla_instant_format(at, zone, written, capacity);
    MUST(is_among(status, OK_OR_INVALID | MAY(SLA_BUFFER_TOO_SMALL)));
    MUST(status != SLA_BUFFER_TOO_SMALL || capacity < sizeof written);
    if (status != SLA_OK) {
        return;
    }
    mark_error(&error);
    MUST(judged(sla_instant_parse(written, SIZE_MAX, &back, &error), OK_OR_INVALID, &error));
    int32_t offset = 0;
    MUST(zone == NULL || sla_zone_offset(zone, at, &offset) == SLA_OK);
    MUST(back == at);
}

static void check_text_of_instant(fuzz_input *in) {
    char written[] = "2026-11-23T10:00:00.0+01:00";
    for (int32_t changes = take_below(in, 4); changes > 0; changes--) {
        char *const changed = &written[take_below(in, (int32_t)sizeof written - 1)];
        *changed = (char)take_byte(in);
    }
    sla_error error;
    int64_t at = 1;
    mark_error(&error);
    const bool read = judged(sla_instant_parse(written, (size_t)take_below(in, (int32_t)sizeof written), &at, &error),
                             OK_OR_INVALID, &error);
    MUST(read || at == 0);
}

static void load_zone(fuzz_input *in, pool *all) {
    static const char *const names[] = {"UTC",
                                        "+05:30",
                                        "-12:00",
                                        "Europe/Belgrade",
                                        "Pacific/Apia",
                                        "Asia/Kathmandu",
                                        "America/New_York",
                                        "Australia/Lord_Howe",
                                        "GMT+1",
                                        "../etc/passwd",
                                        "Europe",
                                        "+24:00",
                                        "Nowhere/At_All",
                                        "Etc/GMT+1"};
    enum { NAMES = sizeof names / sizeof *names };
    sla_zone **const place = &TAKE_ANY(in, all->zones, ZONES);
    sla_zone *made = (sla_zone *)all;
    sla_error error;
    const fuzz_text raw = take_rarely(in, 8) ? take_name(in) : (fuzz_text){TAKE_ANY(in, names, NAMES), SIZE_MAX};
    const char *const folder = take_rarely(in, 16) ? "/nowhere" : NULL;
    mark_error(&error);
    const sla_status status = sla_zone_load(raw.start, raw.length, folder, folder == NULL ? 0 : SIZE_MAX, &made, &error);
    if (!judged(status, OK_OR_INVALID | MAY(SLA_UNKNOWN_ZONE) | MAY(SLA_INVALID_ZONE), &error)) {
        MUST(made == NULL);
        return;
    }
    MUST(sla_zone_name(made)[0] != '\0');
    sla_zone_unref(*place);
    *place = made;
}

/* ---- Feeds ---- */

static void append(char *ics, size_t capacity, const char *more) {
    const size_t length = strlen(ics);
    snprintf(ics + length, capacity - length, "%s", more);
}

/* A feed of a few events that are well made mostly. */
static void write_feed(fuzz_input *in, char *ics, size_t capacity) {
    static const char *const lines[] = {
        "DTSTART;VALUE=DATE:20260325\r\n",
        "DTSTART:20260325T100000Z\r\nDTEND:20260326T120000Z\r\n",
        "DTSTART;TZID=Europe/Belgrade:20261021T090000\r\nDURATION:PT8H\r\n",
        "DTSTART:20111226T100000\r\nDTEND:20111227T120000\r\n",
        "DTSTART;VALUE=DATE:19700105\r\nDTEND;VALUE=DATE:19700108\r\nRRULE:FREQ=WEEKLY;COUNT=9\r\n",
        "DTSTART;VALUE=DATE:19700101\r\nRRULE:FREQ=YEARLY\r\n",
        "DTSTART;VALUE=DATE:20260301\r\nRRULE:FREQ=DAILY;INTERVAL=3\r\nEXDATE;VALUE=DATE:20260304\r\n",
        "DTSTART:20260301T000000Z\r\nRRULE:FREQ=HOURLY\r\n",
        "DTSTART;TZID=Nowhere:20260301T000000\r\n",
    };
    static const char *const extras[] = {
        "",        "TRANSP:TRANSPARENT\r\n", "STATUS:CANCELLED\r\n", "CATEGORIES:a,b\r\n", "RDATE;VALUE=DATE:20260330\r\n",
        "\xFF\r\n"};
    enum { LINES = sizeof lines / sizeof *lines, EXTRAS = sizeof extras / sizeof *extras };
    append(ics, capacity, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n");
    for (int32_t i = take_below(in, 4); i >= 0; i--) {
        append(ics, capacity, i % 2 == 0 ? "BEGIN:VEVENT\r\nUID:one\r\n" : "BEGIN:VEVENT\r\nUID:two\r\n");
        append(ics, capacity, "SUMMARY:Closed by d\r\n");
        append(ics, capacity, TAKE_ANY(in, lines, LINES));
        append(ics, capacity, extras[take_below(in, 40) % EXTRAS]);
        append(ics, capacity, "END:VEVENT\r\n");
    }
    append(ics, capacity, take_rarely(in, 16) ? "" : "END:VCALENDAR\r\n");
}

static void make_reader(fuzz_input *in, pool *all) {
    sla_feed_reader **const place = &TAKE_ANY(in, all->readers, READERS);
    sla_feed_reader *made = (sla_feed_reader *)all;
    int64_t begin = all->begin;
    int64_t end = all->end;
    sla_error error;
    if (take_rarely(in, 4)) {
        take_horizon(in, &begin, &end);
    }
    mark_error(&error);
    if (!judged(sla_feed_reader_new(TAKE_ANY(in, all->zones, ZONES), begin, end, NULL, 0, &made, &error), OK_OR_INVALID,
                &error)) {
        MUST(made == NULL);
        return;
    }
    sla_feed_reader_free(*place);
    *place = made;
}

static void set_up_reader(fuzz_input *in, pool *all) {
    sla_feed_reader *const reader = TAKE_ANY(in, all->readers, READERS);
    sla_error error;
    sla_feed_options options = {take_below(in, 2), take_below(in, 2), take_below(in, 3), take_below(in, 30000), {0}};
    if (take_rarely(in, 4)) {
        options = (sla_feed_options){take_int32(in), take_below(in, 3), take_below(in, 4), take_int32(in), {take_byte(in)}};
    }
    mark_error(&error);
    judged(sla_feed_reader_set_options(reader, &options, &error), OK_OR_INVALID, &error);
    const fuzz_text filter = take_name(in);
    mark_error(&error);
    judged(sla_feed_reader_add_filter(reader, take_index(in, 4), filter.start, filter.length, &error), OK_OR_INVALID,
           &error);
}

static void load_feed(fuzz_input *in, pool *all) {
    sla_feed **const place = &TAKE_ANY(in, all->feeds, FEEDS);
    sla_feed_reader *const reader = TAKE_ANY(in, all->readers, READERS);
    char ics[4096] = "";
    sla_diagnostics *diagnostics = NULL;
    sla_feed *made = (sla_feed *)all;
    sla_error error;
    const size_t limit = 1 + (size_t)take_below(in, 4);
    MUST(sla_diagnostics_new(limit, &diagnostics) == SLA_OK);
    write_feed(in, ics, sizeof ics);
    const fuzz_text name = take_name(in);
    mark_error(&error);
    const sla_status status =
        sla_feed_reader_load(reader, name.start, name.length, ics, SIZE_MAX, diagnostics, &made, &error);
    const bool read = judged(status, OK_INVALID_OR_LIMIT | MAY(SLA_INVALID_FEED) | MAY(SLA_UNSUPPORTED_EVENT), &error);
    must_be_complaints(diagnostics, limit);
    sla_diagnostics_free(diagnostics);
    if (!read) {
        MUST(made == NULL);
        return;
    }
    sla_feed_unref(*place);
    *place = made;
}

/* ---- Builders ---- */

static void make_builder(fuzz_input *in, pool *all) {
    sla_calendar_builder **const place = &TAKE_ANY(in, all->builders, BUILDERS);
    sla_calendar_builder *made = (sla_calendar_builder *)all;
    int64_t begin = all->begin;
    int64_t end = all->end;
    sla_error error;
    if (take_rarely(in, 8)) {
        take_horizon(in, &begin, &end);
    }
    mark_error(&error);
    if (!judged(sla_calendar_builder_new(TAKE_ANY(in, all->zones, ZONES), begin, end, &made, &error), OK_OR_INVALID,
                &error)) {
        MUST(made == NULL);
        return;
    }
    sla_calendar_builder_free(*place);
    *place = made;
}

static sla_window take_window(fuzz_input *in) {
    static const int32_t seconds[] = {0, 1, 3600, 7200, 10800, 28800, 32400, 43200, 61200, 79200, 86399, 86400, -1, 86401};
    enum { COUNT = sizeof seconds / sizeof *seconds, USABLE = COUNT - 2 };
    const int32_t usable = take_rarely(in, 32) ? COUNT : USABLE;
    return (sla_window){TAKE_ANY(in, seconds, usable), TAKE_ANY(in, seconds, usable)};
}

static bool is_window(sla_window window) {
    return window.start >= 0 && window.start <= DAY && window.end >= 0 && window.end <= DAY && window.start != window.end;
}

static sla_status add_hours(fuzz_input *in, sla_calendar_builder *builder, sla_error *error) {
    const sla_window window = take_window(in);
    const int32_t weekdays = take_rarely(in, 32) ? take_int32(in) : 1 + take_below(in, 127);
    const bool usable = builder != NULL && is_window(window) && weekdays > 0 && weekdays < 128;
    const sla_status status = sla_calendar_builder_add_hours(builder, weekdays, window.start, window.end, error);
    MUST((status == SLA_INVALID_ARGUMENT) == !usable);
    return status;
}

static sla_status add_exception(fuzz_input *in, const pool *all, sla_calendar_builder *builder, sla_error *error) {
    sla_window windows[4];
    const size_t count = (size_t)take_below(in, 5);
    for (size_t i = 0; i < count; i++) {
        windows[i] = take_window(in);
    }
    int32_t first = (int32_t)(all->begin / DAY) + take_below(in, 40) - 4;
    int32_t until = first + take_below(in, 6);
    if (take_rarely(in, 16)) {
        first = take_int32(in);
        until = take_int32(in);
    }
    const fuzz_text title = take_name(in);
    return sla_calendar_builder_add_exception(builder, first, until, windows, count, title.start, title.length, error);
}

static void add_span(uint64_t *sum, const sla_calendar *calendar, const sla_span *span) {
    add_bytes(sum, span, sizeof *span);
    add_text(sum, sla_calendar_closing_title(calendar, span->closing));
    add_text(sum, sla_calendar_closing_feed(calendar, span->closing));
}

/* The first spans of what a builder builds, or why it does not. */
static uint64_t fingerprint(const sla_calendar_builder *builder) {
    enum { SPANS = 32 };
    sla_calendar *built = NULL;
    sla_span spans[SPANS];
    size_t count = 0;
    int64_t begin = 0;
    int64_t end = 0;
    const sla_status status = sla_calendar_builder_build(builder, &built, NULL);
    uint64_t sum = (uint64_t)status;
    if (status != SLA_OK) {
        return sum;
    }
    MUST(sla_calendar_horizon(built, &begin, &end) == SLA_OK);
    const int64_t until = end - begin > INT64_C(40) * DAY ? begin + INT64_C(40) * DAY : end;
    MUST(sla_calendar_list(built, begin, until, spans, SPANS, &count) == SLA_OK);
    for (size_t i = 0; i < count; i++) {
        add_span(&sum, built, &spans[i]);
    }
    int64_t open = 0;
    MUST(sla_calendar_elapsed(built, begin, end, &open) == SLA_OK && open > 0);
    add_bytes(&sum, &open, sizeof open);
    sla_calendar_unref(built);
    return sum;
}

/* A call that fails leaves its builder as it was. */
static void call_builder(fuzz_input *in, pool *all, int32_t call) {
    sla_calendar_builder *const builder = TAKE_ANY(in, all->builders, BUILDERS);
    const bool watched = take_rarely(in, 8);
    const uint64_t before = watched ? fingerprint(builder) : 0;
    sla_error error;
    sla_status status;
    mark_error(&error);
    switch (call) {
        case 0:
            status = add_hours(in, builder, &error);
            break;
        case 1:
            status = add_exception(in, all, builder, &error);
            break;
        default:
            status = sla_calendar_builder_add_feed(builder, TAKE_ANY(in, all->feeds, FEEDS), &error);
            break;
    }
    const bool done = judged(status, call == 2 ? OK_OR_INVALID : OK_INVALID_OR_LIMIT, &error);
    MUST(done || !watched || fingerprint(builder) == before);
}

static void keep(fuzz_input *in, pool *all, sla_calendar *made) {
    sla_calendar **const place = &TAKE_ANY(in, all->calendars, CALENDARS);
    sla_calendar_unref(*place);
    *place = made;
}

static void build(fuzz_input *in, pool *all) {
    sla_calendar *made = (sla_calendar *)all;
    sla_error error;
    mark_error(&error);
    const sla_calendar_builder *const builder = TAKE_ANY(in, all->builders, BUILDERS);
    const sla_status status = sla_calendar_builder_build(builder, &made, &error);
    if (judged(status, OK_INVALID_OR_LIMIT | MAY(SLA_NEVER_OPEN), &error)) {
        keep(in, all, made);
    } else {
        MUST(made == NULL);
    }
}

/* Each second of a combination is what §2.4 says of its parts. */
static void check_combined(fuzz_input *in, const sla_calendar *whole, int32_t operation, sla_calendar *const *parts,
                           size_t count) {
    int64_t begin = 0;
    int64_t end = 0;
    MUST(sla_calendar_horizon(whole, &begin, &end) == SLA_OK);
    for (int64_t i = 0, at = take_instant(in, begin, end); i < 32 && at >= begin && at < end; i++, at += 977) {
        int32_t expected = 0;
        int32_t open = 0;
        MUST(sla_calendar_is_open(parts[0], at, &expected) == SLA_OK);
        for (size_t part = 1; part < count; part++) {
            MUST(sla_calendar_is_open(parts[part], at, &open) == SLA_OK);
            expected =
                operation == SLA_UNION ? expected | open : expected & (operation == SLA_INTERSECTION ? open : 1 - open);
        }
        MUST(sla_calendar_is_open(whole, at, &open) == SLA_OK && open == expected);
    }
}

static void combine(fuzz_input *in, pool *all) {
    sla_calendar *parts[4];
    sla_calendar *made = (sla_calendar *)all;
    const size_t count = (size_t)take_below(in, 5);
    for (size_t i = 0; i < count; i++) {
        parts[i] = TAKE_ANY(in, all->calendars, CALENDARS);
    }
    const int32_t operation = take_index(in, 3);
    sla_error error;
    mark_error(&error);
    const sla_status status = sla_calendar_combine(operation, parts, count, TAKE_ANY(in, all->zones, ZONES), &made, &error);
    if (judged(status, OK_INVALID_OR_LIMIT | MAY(SLA_NEVER_OPEN), &error)) {
        check_combined(in, made, operation, parts, count);
        keep(in, all, made);
    } else {
        MUST(made == NULL);
    }
}

static void make_always(fuzz_input *in, pool *all) {
    sla_calendar *made = (sla_calendar *)all;
    sla_error error;
    mark_error(&error);
    if (judged(sla_calendar_new_always(TAKE_ANY(in, all->zones, ZONES), all->begin, all->end, &made, &error), OK_OR_INVALID,
               &error)) {
        keep(in, all, made);
    } else {
        MUST(made == NULL);
    }
}

/* ---- Questions ---- */

/* `result` is what the call has written; by its place, for which of two arguments comes first is not said. */
static bool answered(sla_status status, const int64_t *result) {
    MUST(status == SLA_OK || status == SLA_HORIZON || status == SLA_INVALID_ARGUMENT);
    MUST(status == SLA_OK || *result == 0);
    return status == SLA_OK;
}

static bool open_at(const sla_calendar *calendar, int64_t at) {
    int32_t open = 7;
    MUST(sla_calendar_is_open(calendar, at, &open) == SLA_OK);
    return open == 1;
}

static int64_t measure(const sla_calendar *calendar, int64_t from, int64_t until) {
    int64_t seconds = 7;
    MUST(sla_calendar_elapsed(calendar, from, until, &seconds) == SLA_OK);
    return seconds;
}

/* §3.2: a sum is beyond the horizon only when there are not so many open seconds in it. */
static void check_beyond(const sla_calendar *calendar, int64_t at, int64_t seconds, bool summed, bool summed_late) {
    int64_t begin = 0;
    int64_t end = 0;
    if (sla_calendar_horizon(calendar, &begin, &end) != SLA_OK || at < begin || at >= end) {
        MUST(!summed && !summed_late);
        return;
    }
    const int64_t before = -measure(calendar, begin, at);
    if (seconds >= 0) {
        MUST(summed == (measure(calendar, at, end - 1) >= seconds));
        MUST(summed_late == (measure(calendar, at, end) > seconds));
    } else {
        MUST(summed == (before <= seconds));
        MUST(summed_late == (before < seconds || (before == seconds && open_at(calendar, begin))));
    }
}

/* §3.2 and §3.5 for one instant and one number of seconds; the seconds beside an answer say that it is the earliest or the
 * latest. */
static void check_sums(const sla_calendar *calendar, int64_t at, int64_t seconds) {
    int64_t sum = 1;
    int64_t late = 1;
    const bool summed = answered(sla_calendar_add(calendar, at, seconds, &sum), &sum);
    const bool summed_late = answered(sla_calendar_add_late(calendar, at, seconds, &late), &late);
    check_beyond(calendar, at, seconds, summed, summed_late);
    if (summed) {
        MUST(measure(calendar, at, sum) == seconds && (seconds < 0 ? sum < at : sum >= at));
        MUST(seconds == 0 ? sum == at : open_at(calendar, seconds < 0 ? sum : sum - 1));
    }
    if (summed_late) {
        int64_t begin = 0;
        int64_t end = 0;
        MUST(measure(calendar, at, late) == seconds && sla_calendar_horizon(calendar, &begin, &end) == SLA_OK);
        MUST(!summed || (seconds < 0 ? late <= sum : late >= sum));
        MUST(seconds < 0 ? late == begin || open_at(calendar, late - 1) : open_at(calendar, late));
    }
}

/* §3.3 */
static void check_next(const sla_calendar *calendar, int64_t at) {
    int64_t found = 1;
    int64_t measure = 1;
    int32_t open = 7;
    const sla_status asked = sla_calendar_is_open(calendar, at, &open);
    if (!judged_status(asked, OK_INVALID_OR_HORIZON)) {
        MUST(open == 0);
        MUST(sla_calendar_next_open(calendar, at, &found) == asked && found == 0);
        MUST(sla_calendar_next_close(calendar, at, &found) == asked && found == 0);
        return;
    }
    MUST(open == 0 || open == 1);
    const int32_t now = open;
    if (answered(sla_calendar_next_open(calendar, at, &found), &found)) {
        MUST(sla_calendar_is_open(calendar, found, &open) == SLA_OK && open == 1 && found >= at);
        MUST(sla_calendar_elapsed(calendar, at, found, &measure) == SLA_OK && measure == 0);
        MUST((now == 1) == (found == at));
    }
    if (answered(sla_calendar_next_close(calendar, at, &found), &found)) {
        MUST(sla_calendar_is_open(calendar, found, &open) == SLA_OK && open == 0 && found >= at);
        MUST(sla_calendar_elapsed(calendar, at, found, &measure) == SLA_OK && measure == found - at);
        MUST((now == 0) == (found == at));
    }
}

/* The local date that holds an instant: two dates after that in UTC is too late. */
static int32_t date_of(const sla_zone *zone, int64_t at) {
    int32_t date = (int32_t)(at / DAY) + 2;
    int64_t midnight = 0;
    MUST(sla_zone_instant(zone, date, 0, &midnight) == SLA_OK);
    while (midnight > at) {
        MUST(sla_zone_instant(zone, --date, 0, &midnight) == SLA_OK);
    }
    return date;
}

/* The end of the hours of a date that has some; the horizon's end when they last so long. */
static int64_t end_of_hours(const sla_calendar *calendar, int32_t date, int64_t horizon_end) {
    int64_t midnight = 0;
    int64_t last = 0;
    MUST(sla_zone_instant(sla_calendar_zone(calendar), date + 1, 0, &midnight) == SLA_OK);
    if (midnight < horizon_end) {
        MUST(sla_calendar_add(calendar, midnight, -1, &last) == SLA_OK);
        return last + 1;
    }
    if (open_at(calendar, horizon_end - 1)) {
        return horizon_end;
    }
    MUST(sla_calendar_add(calendar, horizon_end - 1, -1, &last) == SLA_OK);
    return last + 1;
}

/* §3.4, from opening to opening; the horizon's end when there is no answer in it. */
static int64_t walk_business_days(const sla_calendar *calendar, int64_t opening, int64_t days, int32_t by, int64_t end) {
    const sla_zone *const zone = sla_calendar_zone(calendar);
    int64_t at = opening;
    for (int64_t left = days;; left--) {
        int64_t found = 0;
        int64_t midnight = 0;
        const int32_t date = date_of(zone, at);
        MUST(sla_zone_instant(zone, date, by < 0 ? 0 : by, &found) == SLA_OK);
        if (left <= 0 && (by < 0 || found >= opening)) {
            return by < 0 ? end_of_hours(calendar, date, end) : found;
        }
        MUST(sla_zone_instant(zone, date + 1, 0, &midnight) == SLA_OK);
        if (midnight >= end || sla_calendar_next_open(calendar, midnight, &at) != SLA_OK) {
            return end;
        }
    }
}

static void check_business_days(fuzz_input *in, const sla_calendar *calendar, int64_t at) {
    const int64_t days = take_rarely(in, 16) ? take_int64(in) : take_below(in, 40);
    const int32_t by = take_rarely(in, 4) ? take_int32(in) : take_below(in, 25) * 3600 - 1;
    int64_t found = 1;
    int64_t opening = 1;
    int64_t begin = 0;
    int64_t end = 0;
    const sla_status status = sla_calendar_add_business_days(calendar, at, days, by, &found);
    MUST(is_among(status, OK_INVALID_OR_HORIZON) && (status == SLA_OK || found == 0));
    const bool usable = calendar != NULL && days >= 0 && by >= -1 && by <= DAY;
    MUST((status == SLA_INVALID_ARGUMENT) == !usable);
    if (!usable || days > 1000 || sla_calendar_next_open(calendar, at, &opening) != SLA_OK) {
        return;
    }
    MUST(sla_calendar_horizon(calendar, &begin, &end) == SLA_OK);
    const int64_t expected = walk_business_days(calendar, opening, days, by, end);
    MUST(status == (expected < end ? SLA_OK : SLA_HORIZON) && (status != SLA_OK || found == expected));
}

static void ask(fuzz_input *in, const pool *all) {
    const sla_calendar *const calendar = TAKE_ANY(in, all->calendars, CALENDARS);
    const int64_t at = take_instant(in, all->begin, all->end);
    const int64_t until = take_instant(in, all->begin, all->end);
    int64_t there = 1;
    int64_t back = 1;
    check_next(calendar, at);
    check_sums(calendar, at, take_rarely(in, 4) ? take_int64(in) : take_below(in, 65536) * 4 - 131072);
    if (answered(sla_calendar_elapsed(calendar, at, until, &there), &there)) {
        MUST(sla_calendar_elapsed(calendar, until, at, &back) == SLA_OK && back == -there);
        MUST(there <= 0 || at < until);
        MUST(there >= 0 || at > until);
    }
    check_business_days(in, calendar, at);
    MUST((sla_calendar_zone(calendar) == NULL) == (calendar == NULL));
    (void)sla_calendar_covers_until(calendar);
}

/* Some seconds in a row, each counted. */
static void walk(fuzz_input *in, const pool *all) {
    enum { SECONDS = 96 };
    const sla_calendar *const calendar = TAKE_ANY(in, all->calendars, CALENDARS);
    const int64_t asked = take_instant(in, all->begin, all->end);
    int64_t begin = asked < INT64_MIN / 2 ? 0 : asked;
    int64_t measure = 0;
    int64_t found = 0;
    if (take_byte(in) % 2 == 0 && sla_calendar_next_open(calendar, asked, &found) == SLA_OK) {
        begin = found - SECONDS / 2; /* around a change */
    }
    int32_t open = 0;
    for (int64_t at = begin; at - SECONDS < begin && sla_calendar_is_open(calendar, at, &open) == SLA_OK; at++) {
        MUST(sla_calendar_elapsed(calendar, begin, at, &found) == SLA_OK && found == measure);
        measure += open;
        if (open == 1) {
            MUST(sla_calendar_next_open(calendar, at, &found) == SLA_OK && found == at);
            MUST(sla_calendar_add_late(calendar, begin, measure - 1, &found) == SLA_OK && found == at);
            MUST(sla_calendar_add(calendar, begin, measure, &found) != SLA_OK || found == at + 1);
        } else {
            MUST(sla_calendar_next_close(calendar, at, &found) == SLA_OK && found == at);
        }
    }
}

/* Many as one, bit for bit, also in place. */
static void ask_many(fuzz_input *in, const pool *all) {
    enum { MANY = 8 };
    const sla_calendar *const calendar = TAKE_ANY(in, all->calendars, CALENDARS);
    int64_t first[MANY];
    int64_t second[MANY];
    int64_t results[MANY];
    sla_status statuses[MANY];
    for (size_t i = 0; i < MANY; i++) {
        first[i] = take_instant(in, all->begin, all->end);
        second[i] = i % 2 == 0 ? take_instant(in, all->begin, all->end) : take_int64(in);
    }
    const uint32_t possible = calendar == NULL ? MAY(SLA_INVALID_ARGUMENT) : ONLY_OK;
    if (judged_status(sla_calendar_add_many(calendar, MANY, first, second, results, statuses), possible)) {
        for (size_t i = 0; i < MANY; i++) {
            int64_t one = 1;
            MUST(sla_calendar_add(calendar, first[i], second[i], &one) == statuses[i] && one == results[i]);
        }
    }
    if (judged_status(sla_calendar_elapsed_many(calendar, MANY, first, second, results, statuses), possible)) {
        for (size_t i = 0; i < MANY; i++) {
            int64_t one = 1;
            MUST(sla_calendar_elapsed(calendar, first[i], second[i], &one) == statuses[i] && one == results[i]);
        }
        MUST(sla_calendar_elapsed_many(calendar, MANY, first, second, second, NULL) == SLA_OK);
        MUST(memcmp(second, results, sizeof results) == 0);
    }
}

/* ---- Listing ---- */

static void check_span(const sla_calendar *calendar, const sla_span *span) {
    int32_t first = 7;
    int32_t last = 7;
    MUST(span->begin < span->end && span->kind >= SLA_SPAN_OPEN && span->kind <= SLA_SPAN_COMBINATION);
    MUST(sla_calendar_is_open(calendar, span->begin, &first) == SLA_OK && first == (span->kind == SLA_SPAN_OPEN));
    MUST(sla_calendar_is_open(calendar, span->end - 1, &last) == SLA_OK && last == first);
    const char *const title = sla_calendar_closing_title(calendar, span->closing);
    const char *const feed = sla_calendar_closing_feed(calendar, span->closing);
    MUST(span->closing >= -1 && (span->closing == -1) == (title == NULL) && (title == NULL) == (feed == NULL));
    MUST(span->kind != SLA_SPAN_OPEN || span->closing == -1);
    MUST(span->reserved == 0);
}

static void list(fuzz_input *in, const pool *all) {
    enum { SPANS = 64 };
    const sla_calendar *const calendar = TAKE_ANY(in, all->calendars, CALENDARS);
    sla_span spans[SPANS];
    const int64_t from = take_instant(in, all->begin, all->end);
    const int64_t until =
        take_rarely(in, 4) ? take_instant(in, all->begin, all->end) : plus(from, take_below(in, 30) * DAY);
    const size_t capacity = (size_t)take_below(in, SPANS + 1);
    size_t count = 1;
    if (until > from && (uint64_t)until - (uint64_t)from > UINT64_C(400) * DAY) {
        return; /* a walk over many years takes its time */
    }
    if (!judged_status(sla_calendar_list(calendar, from, until, spans, capacity, &count), OK_INVALID_OR_HORIZON)) {
        MUST(count == 0);
        return;
    }
    MUST(count <= capacity && (from == until ? count == 0 : count > 0 || capacity == 0));
    int64_t open = 0;
    for (size_t i = 0; i < count; i++) {
        check_span(calendar, &spans[i]);
        MUST(spans[i].begin == (i == 0 ? from : spans[i - 1].end));
        open += spans[i].kind == SLA_SPAN_OPEN ? spans[i].end - spans[i].begin : 0;
    }
    if (count > 0) {
        int64_t measured = 0;
        MUST(spans[count - 1].end <= until && (count == capacity || spans[count - 1].end == until));
        MUST(sla_calendar_elapsed(calendar, from, spans[count - 1].end, &measured) == SLA_OK && measured == open);
    }
    MUST(sla_calendar_closing_title(calendar, INT32_MAX) == NULL && sla_calendar_closing_feed(calendar, -1) == NULL);
}

/* ---- Misuse ---- */

/* Calls without a place for an answer, or without what is asked; places that there are become 0. */
static void miss_pointers(const pool *all) {
    const sla_calendar *const calendar = all->calendars[0];
    int64_t numbers[2] = {1, 1};
    int32_t small[3] = {1, 1, 1};
    size_t count = 1;
    MUST(sla_calendar_is_open(calendar, all->begin, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_elapsed(NULL, 0, 0, &numbers[0]) == SLA_INVALID_ARGUMENT && numbers[0] == 0);
    MUST(sla_calendar_add(calendar, all->begin, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_add_late(calendar, all->begin, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_next_open(calendar, all->begin, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_next_close(calendar, all->begin, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_add_business_days(calendar, all->begin, 0, -1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_add_many(calendar, 1, NULL, numbers, numbers, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_list(calendar, all->begin, all->end, NULL, 1, &count) == SLA_INVALID_ARGUMENT && count == 0);
    MUST(sla_calendar_list(calendar, all->begin, all->end, NULL, 0, NULL) == SLA_INVALID_ARGUMENT);
    numbers[0] = numbers[1] = 1;
    MUST(sla_calendar_horizon(calendar, NULL, &numbers[1]) == SLA_INVALID_ARGUMENT && numbers[1] == 0);
    MUST(sla_calendar_horizon(calendar, &numbers[0], NULL) == SLA_INVALID_ARGUMENT && numbers[0] == 0);
    MUST(sla_date_to_civil(0, &small[0], NULL, &small[2]) == SLA_INVALID_ARGUMENT && small[0] == 0 && small[2] == 0);
    MUST(sla_date_to_civil(0, NULL, &small[1], NULL) == SLA_INVALID_ARGUMENT && small[1] == 0);
    MUST(sla_date_from_civil(2026, 1, 1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_zone_offset(all->zones[0], 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_zone_instant(all->zones[0], 0, 0, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_instant_parse(NULL, 0, &numbers[0], NULL) == SLA_INVALID_ARGUMENT && numbers[0] == 0);
    MUST(sla_instant_format(0, NULL, NULL, 32) == SLA_INVALID_ARGUMENT);
}

static void miss_places(pool *all) {
    sla_diagnostics *list = (sla_diagnostics *)all;
    sla_error complaint;
    MUST(sla_diagnostics_new(0, &list) == SLA_INVALID_ARGUMENT && list == NULL);
    MUST(sla_diagnostics_new(10001, &list) == SLA_INVALID_ARGUMENT && list == NULL);
    MUST(sla_diagnostics_new(1, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_diagnostics_count(NULL) == 0 && sla_diagnostics_omitted(NULL) == 0);
    MUST(sla_diagnostics_get(NULL, 0, &complaint) == SLA_INVALID_ARGUMENT);
    MUST(sla_zone_load("UTC", 3, NULL, 0, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_feed_reader_new(all->zones[0], all->begin, all->end, NULL, 0, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_feed_reader_set_options(all->readers[0], NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_feed_reader_load(all->readers[0], "a", 1, "", 0, NULL, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_builder_new(all->zones[0], all->begin, all->end, NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_builder_add_feed(all->builders[0], NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_builder_build(all->builders[0], NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_combine(SLA_UNION, NULL, 2, all->zones[0], NULL, NULL) == SLA_INVALID_ARGUMENT);
    MUST(sla_calendar_new_always(all->zones[0], all->begin, all->end, NULL, NULL) == SLA_INVALID_ARGUMENT);
}

static void check_names(fuzz_input *in) {
    const sla_status status = take_int32(in);
    MUST(sla_status_name(status) != NULL && sla_status_message(status)[0] != '\0');
    MUST((status >= 0 && status <= SLA_BUFFER_TOO_SMALL) != (strcmp(sla_status_name(status), "SLA_UNKNOWN_STATUS") == 0));
    MUST(strcmp(sla_version(), "0.1.0") == 0);
}

/* ---- References ---- */

/* Lets go of one handle, of another kind each time; some are held twice in between. */
static void let_go(fuzz_input *in, pool *all) {
    sla_zone **const zone = &TAKE_ANY(in, all->zones, ZONES);
    sla_feed **const feed = &TAKE_ANY(in, all->feeds, FEEDS);
    sla_calendar **const calendar = &TAKE_ANY(in, all->calendars, CALENDARS);
    sla_calendar_builder **const builder = &TAKE_ANY(in, all->builders, BUILDERS);
    switch (take_below(in, 5)) {
        case 0:
            sla_zone_unref(*zone);
            *zone = NULL;
            break;
        case 1:
            sla_feed_unref(*feed);
            *feed = NULL;
            break;
        case 2:
            sla_calendar_unref(*calendar);
            *calendar = NULL;
            break;
        case 3:
            sla_calendar_builder_free(*builder);
            *builder = NULL;
            break;
        default:
            MUST(sla_zone_ref(*zone) == *zone && sla_feed_ref(*feed) == *feed && sla_calendar_ref(*calendar) == *calendar);
            sla_calendar_unref(*calendar);
            sla_feed_unref(*feed);
            sla_zone_unref(*zone);
            break;
    }
}

static void let_all_go(pool *all) {
    for (size_t i = 0; i < ZONES; i++) {
        sla_zone_unref(all->zones[i]);
    }
    for (size_t i = 0; i < FEEDS; i++) {
        sla_feed_unref(all->feeds[i]);
    }
    for (size_t i = 0; i < READERS; i++) {
        sla_feed_reader_free(all->readers[i]);
    }
    for (size_t i = 0; i < BUILDERS; i++) {
        sla_calendar_builder_free(all->builders[i]);
    }
    for (size_t i = 0; i < CALENDARS; i++) {
        sla_calendar_unref(all->calendars[i]);
    }
}

/* ---- The sequence of calls ---- */

static void check_base(fuzz_input *in, const pool *all) {
    const sla_zone *const zone = TAKE_ANY(in, all->zones, ZONES);
    check_zone(in, zone);
    check_date(in);
    check_written(in, zone);
    check_text_of_instant(in);
    check_names(in);
}

static void misuse(pool *all) {
    miss_pointers(all);
    miss_places(all);
}

static void step(fuzz_input *in, pool *all) {
    const int32_t call = take_below(in, 32);
    switch (call) {
        case 0:
            check_base(in, all);
            break;
        case 1:
            misuse(all);
            break;
        case 2:
            load_zone(in, all);
            break;
        case 3:
            make_reader(in, all);
            break;
        case 4:
            set_up_reader(in, all);
            break;
        case 5:
            load_feed(in, all);
            break;
        case 6:
            make_builder(in, all);
            break;
        case 7:
            make_always(in, all);
            break;
        case 8:
            let_go(in, all);
            break;
        case 9:
        case 10:
            combine(in, all);
            break;
        case 11:
        case 12:
        case 13:
            build(in, all);
            break;
        case 14:
        case 15:
            walk(in, all);
            break;
        case 16:
        case 17:
            list(in, all);
            break;
        case 18:
            ask_many(in, all);
            break;
        default:
            if (call < 27) {
                call_builder(in, all, call < 23 ? 0 : call < 26 ? 1 : 2);
            } else {
                ask(in, all);
            }
            break;
    }
}

/* Each kind of handle once, so that most calls have what they need. */
static void begin_with(fuzz_input *in, pool *all) {
    static const char *const names[] = {"UTC", "Europe/Belgrade", "Pacific/Apia", "America/New_York", "+05:30"};
    take_horizon(in, &all->begin, &all->end);
    for (size_t i = 0; i < ZONES; i++) {
        MUST(sla_zone_load(TAKE_ANY(in, names, 5), SIZE_MAX, NULL, 0, &all->zones[i], NULL) == SLA_OK);
    }
    make_builder(in, all);
    make_reader(in, all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input in = {data, size};
    pool all = {0};
    begin_with(&in, &all);
    for (int i = 0; i < STEPS && in.left > 0; i++) {
        step(&in, &all);
    }
    let_all_go(&all);
    return 0;
}
