/* SPDX-License-Identifier: MIT */
#include "feed/content_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const component_names[COMPONENT_KINDS] = {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"};

static const char *const property_names[PROPERTY_KINDS] = {
    "UID",      "SUMMARY", "CATEGORIES", "STATUS", "TRANSP", "SEQUENCE",      "DTSTAMP", "DTSTART",      "DTEND",
    "DURATION", "RRULE",   "EXRULE",     "RDATE",  "EXDATE", "RECURRENCE-ID", "TZID",    "TZOFFSETFROM", "TZOFFSETTO"};

const char *sli_property_name(property_kind kind) {
    return property_names[kind];
}

enum { COMPONENT_NAME_MAX = 64, VALUES_ON_A_LINE = 100 };

typedef struct open_component {
    char name[COMPONENT_NAME_MAX];
    size_t name_length;
    int32_t line;
    bool passed_on;   /* libical sees it, or what is in it */
    bool wraps;       /* a VCALENDAR: libical sees what is in it */
    size_t component; /* its index, if so */
    int32_t properties;
    int32_t list_values;
} open_component;

typedef struct unfolded_line {
    char *items;
    size_t count;
    size_t capacity;
} unfolded_line;

typedef struct scanner {
    feed_reading *reading;
    scanned_text *scanned;
    text source;
    size_t at;
    int32_t next_line; /* the number of the physical line at `at` */
    int32_t line;      /* where the unfolded line began */
    unfolded_line unfolded;
    char head[FEED_HEAD_MAX + sizeof ";" FEED_UTC_PARAMETER "=0"];
    unfolded_line times; /* without their Z */
    open_component open[FEED_DEPTH_MAX];
    size_t depth;
    int32_t calendars;
    size_t zones;
    bool strayed; /* text outside of components has been warned about */
} scanner;

static size_t find_name(text name, const char *const *names, size_t count) {
    size_t found = 0;
    while (found < count && !sli_text_equal_folded(name, sli_text(names[found], SIZE_MAX))) {
        found++;
    }
    return found;
}

/* ---- What libical sees ---- */

static void put(scanned_text *scanned, text piece) {
    memcpy(scanned->items + scanned->count, piece.start, piece.length);
    scanned->count += piece.length;
}

static sla_status put_line(scanner *scan, text head, text value) {
    scanned_text *const scanned = scan->scanned;
    const size_t length = head.length + 1 + value.length + 1;
    if (length > FEED_LINE_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL,
                             "a line is longer than %d bytes; shorten it, or split its list over several lines",
                             FEED_LINE_MAX);
    }
    if (scanned->count + length > FEED_NORMALISED_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL,
                             "the lists up to here are longer than %d bytes in all", FEED_NORMALISED_MAX);
    }
    if (!sli_reserve((void **)&scanned->items, &scanned->capacity, scanned->count + length, 1)) {
        return sli_feed_out_of_memory(scan->reading);
    }
    put(scanned, head);
    put(scanned, sli_text(":", 1));
    put(scanned, value);
    put(scanned, sli_text("\n", 1));
    return SLA_OK;
}

static sla_status put_pair(scanner *scan, const char *head, text value) {
    return put_line(scan, sli_text(head, SIZE_MAX), value);
}

/* ---- Times in UTC (FEED_UTC_PARAMETER) ---- */

static bool holds_times(property_kind kind) {
    return kind == PROPERTY_DTSTAMP || kind == PROPERTY_DTSTART || kind == PROPERTY_DTEND || kind == PROPERTY_RDATE ||
           kind == PROPERTY_EXDATE || kind == PROPERTY_RECURRENCE_ID;
}

/* "20261124T090000Z", or with the separators that libical reads too. */
static bool is_utc_time(text value) {
    return (value.length == 16 || value.length == 20) && value.start[value.length - 1] == 'Z';
}

static text take_until(text *rest, char separator) {
    const char *const found = memchr(rest->start, separator, rest->length);
    const text taken = {rest->start, found == NULL ? rest->length : (size_t)(found - rest->start)};
    *rest = sli_text_from(*rest, found == NULL ? taken.length : taken.length + 1);
    return taken;
}

/* The sum of FEED_UTC_… that fits one value: a time, or a period "time/time" or "time/duration". */
static unsigned utc_marks(text value) {
    value = sli_text_trimmed(value);
    const text time = take_until(&value, '/');
    return (is_utc_time(time) ? FEED_UTC_TIME : 0U) | (is_utc_time(value) ? FEED_UTC_PERIOD_END : 0U);
}

static bool reserve(unfolded_line *line, size_t more) {
    return sli_reserve((void **)&line->items, &line->capacity, line->count + more + 1, 1);
}

static void append(unfolded_line *line, text piece) {
    memcpy(line->items + line->count, piece.start, piece.length);
    line->count += piece.length;
}

/* Copies a list of values without the Z that the marks stand for: that is never longer. */
static bool take_off_utc(unfolded_line *to, text values) {
    to->count = 0;
    if (!reserve(to, values.length)) {
        return false;
    }
    while (values.length > 0) {
        text value = sli_text_trimmed(take_until(&values, ','));
        const bool is_period = memchr(value.start, '/', value.length) != NULL;
        text time = take_until(&value, '/');
        time.length -= is_utc_time(time);
        value.length -= is_utc_time(value);
        append(to, time);
        append(to, sli_text("/", is_period ? 1 : 0));
        append(to, value);
        append(to, sli_text(",", values.length > 0 ? 1 : 0));
    }
    return true;
}

/* All values have the same marks; the head stands in scan->head, which has room for the parameter. */
static sla_status put_times(scanner *scan, text head, text values, unsigned marks) {
    if (marks == 0) {
        return put_line(scan, head, values);
    }
    if (!take_off_utc(&scan->times, values)) {
        return sli_feed_out_of_memory(scan->reading);
    }
    const char mark[] = {';', 'X', '-', 'S', 'L', 'A', '-', 'U', 'T', 'C', '=', (char)('0' + marks)};
    memcpy(scan->head + head.length, mark, sizeof mark);
    return put_line(scan, (text){scan->head, head.length + sizeof mark}, (text){scan->times.items, scan->times.count});
}

/* ---- Properties ---- */

static text name_of_parameter(text parameter) {
    const char *const equals = memchr(parameter.start, '=', parameter.length);
    const text name = {parameter.start, equals == NULL ? parameter.length : (size_t)(equals - parameter.start)};
    return sli_text_from(name, 1);
}

/* Leaves out the parameters that decide nothing or come again: libical reads the whole line anew for each parameter, and
 * copies all of them for each value of a list. */
static sla_status shorten_head(scanner *scan, content_line *line, property_kind kind) {
    static const char *const deciding[] = {"TZID", "VALUE", "RANGE"};
    enum { DECIDING = sizeof deciding / sizeof deciding[0] };
    bool kept[DECIDING] = {false};
    size_t length = line->name.length;
    memcpy(scan->head, line->name.start, length);
    text rest = sli_text_from(line->head, length);
    for (text parameter; sli_content_parameter_take(&rest, &parameter);) {
        const size_t found = find_name(name_of_parameter(parameter), deciding, DECIDING);
        if (found == DECIDING || kept[found]) {
            continue;
        }
        if (parameter.length > FEED_HEAD_MAX - length) {
            return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL,
                                 "the parameters of a %s are longer than %d bytes; shorten its %s", sli_property_name(kind),
                                 FEED_HEAD_MAX, deciding[found]);
        }
        kept[found] = true;
        memcpy(scan->head + length, parameter.start, parameter.length);
        length += parameter.length;
    }
    line->head = (text){scan->head, length};
    return SLA_OK;
}

static sla_status count_values(scanner *scan, int32_t values) {
    scan->reading->budget->values -= values;
    return scan->reading->budget->values >= 0 ? SLA_OK
                                              : sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL,
                                                              "the events up to here, with their properties and dates, are "
                                                              "more than %d; take a feed of fewer years, or "
                                                              "split it into several",
                                                              FEED_VALUES_MAX);
}

/* The values at the front of a list that go on one line: a few, and of times only those with the marks of the first. Gives
 * their length. */
static size_t measure_line(text list, property_kind kind, int32_t most, int32_t *values, unsigned *marks) {
    size_t length = 0;
    *marks = 0;
    for (*values = 0; *values < most && length < list.length; (*values)++) {
        const text rest = sli_text_from(list, length + (*values > 0));
        const text next = {rest.start, sli_content_value_end(rest)};
        const unsigned its_marks = holds_times(kind) ? utc_marks(next) : 0;
        if (*values > 0 && next.length > 0 && its_marks != *marks) {
            break;
        }
        *marks = *values == 0 ? its_marks : *marks;
        length += (*values > 0) + next.length;
    }
    return length;
}

/* libical keeps 500 values of a list and drops the rest in silence, so no line has more than a few. Of CATEGORIES one:
 * libical leaves lists with an escaped comma whole. */
static sla_status put_list(scanner *scan, content_line line, open_component *owner, property_kind kind) {
    component *const written = &scan->scanned->components.items[owner->component];
    const int32_t on_a_line = kind == PROPERTY_CATEGORIES ? 1 : VALUES_ON_A_LINE;
    text rest = line.value;
    while (rest.length > 0) {
        int32_t values;
        unsigned marks;
        const size_t length = measure_line(rest, kind, on_a_line, &values, &marks);
        written->written[kind] += values;
        owner->list_values += values;
        if (owner->list_values > FEED_LIST_MAX) {
            return sli_feed_fail(scan->reading, SLA_LIMIT, owner->line, NULL,
                                 "a component has more than %d values in lists", FEED_LIST_MAX);
        }
        sla_status status = count_values(scan, values);
        if (status == SLA_OK) {
            status = put_times(scan, line.head, (text){rest.start, length}, marks);
        }
        if (status != SLA_OK) {
            return status;
        }
        rest = length < rest.length ? sli_text_from(rest, length + 1) : (text){rest.start, 0};
    }
    return SLA_OK;
}

static sla_status put_property(scanner *scan, content_line line, open_component *owner) {
    component *const written = &scan->scanned->components.items[owner->component];
    const property_kind kind = (property_kind)find_name(line.name, property_names, PROPERTY_KINDS);
    if (kind == PROPERTY_OTHER) {
        return SLA_OK;
    }
    if (line.value.length == 0) {
        written->empty[kind]++;
        return SLA_OK;
    }
    sla_status status = shorten_head(scan, &line, kind);
    if (status != SLA_OK) {
        return status;
    }
    if (kind == PROPERTY_EXDATE || kind == PROPERTY_RDATE || kind == PROPERTY_CATEGORIES) {
        return put_list(scan, line, owner, kind);
    }
    if (++owner->properties > FEED_PROPERTIES_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, owner->line, NULL, "a component has more than %d properties",
                             FEED_PROPERTIES_MAX);
    }
    status = count_values(scan, kind == PROPERTY_RRULE ? FEED_RULE_VALUES : 1);
    if (status != SLA_OK) {
        return status;
    }
    written->written[kind]++;
    return kind == PROPERTY_RRULE    ? put_pair(scan, FEED_RULE_PROPERTY, line.value)
           : kind == PROPERTY_EXRULE ? SLA_OK
           : holds_times(kind)       ? put_times(scan, line.head, line.value, utc_marks(line.value))
                                     : put_line(scan, line.head, line.value);
}

/* A property whose value is missing altogether ("RRULE;FREQ=DAILY") must not vanish in silence: it counts as written. */
static void count_broken_property(scanner *scan, text line, const open_component *owner) {
    const char *const semicolon = memchr(line.start, ';', line.length);
    if (semicolon == NULL) {
        return;
    }
    const text name = {line.start, (size_t)(semicolon - line.start)};
    const property_kind kind = (property_kind)find_name(name, property_names, PROPERTY_KINDS);
    if (kind != PROPERTY_OTHER) {
        scan->scanned->components.items[owner->component].written[kind]++;
    }
}

/* ---- Components ---- */

static sla_status add_component(scanner *scan, open_component *opened, component_kind kind) {
    component_list *const components = &scan->scanned->components;
    if (components->count >= FEED_COMPONENTS_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL, "there are more than %d events",
                             FEED_COMPONENTS_MAX);
    }
    if (kind == COMPONENT_TIMEZONE && ++scan->zones > FEED_ZONES_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL, "there are more than %d VTIMEZONEs",
                             FEED_ZONES_MAX);
    }
    const sla_status counted = count_values(scan, 1);
    if (counted != SLA_OK) {
        return counted;
    }
    scan->calendars += kind == COMPONENT_CALENDAR;
    const component added = {.kind = kind, .line = scan->line, .calendar = scan->calendars, .stray = scan->depth == 1};
    if (!SLI_APPEND(components, added)) {
        return sli_feed_out_of_memory(scan->reading);
    }
    opened->component = components->count - 1;
    opened->wraps = kind == COMPONENT_CALENDAR;
    if (opened->wraps) {
        return SLA_OK;
    }
    char index[24];
    const int length = snprintf(index, sizeof index, "%zu", opened->component);
    const sla_status status = put_pair(scan, "BEGIN", sli_text(component_names[kind], SIZE_MAX));
    return status != SLA_OK ? status : put_pair(scan, FEED_INDEX_PROPERTY, (text){index, (size_t)length});
}

static sla_status begin_component(scanner *scan, text name) {
    if (scan->depth >= FEED_DEPTH_MAX) {
        return sli_feed_fail(scan->reading, SLA_LIMIT, scan->line, NULL, "components are nested more than %d deep",
                             FEED_DEPTH_MAX);
    }
    if (name.length == 0 || name.length > COMPONENT_NAME_MAX) {
        return sli_feed_fail(scan->reading, SLA_INVALID_FEED, scan->line, NULL,
                             "BEGIN has no usable component name: '%.*s'", SLI_QUOTED(name));
    }
    const bool within_passed = scan->depth == 0 || scan->open[scan->depth - 1].passed_on;
    open_component *const opened = &scan->open[scan->depth++];
    *opened = (open_component){.name_length = name.length, .line = scan->line};
    memcpy(opened->name, name.start, name.length);
    const component_kind kind = (component_kind)find_name(name, component_names, COMPONENT_KINDS);
    opened->passed_on = within_passed && kind != COMPONENT_OTHER;
    return opened->passed_on ? add_component(scan, opened, kind) : SLA_OK;
}

static bool is_named(const open_component *opened, text name) {
    return sli_text_equal_folded((text){opened->name, opened->name_length}, name);
}

/* Real feeds repeat an END (RFC 5545 has no word for it): the repetition ends nothing. An END that skips an open component
 * is a file that lost lines. */
static sla_status end_component(scanner *scan, text name) {
    if (scan->depth > 0 && is_named(&scan->open[scan->depth - 1], name)) {
        scan->depth--;
        const open_component *const closed = &scan->open[scan->depth];
        return closed->passed_on && !closed->wraps ? put_pair(scan, "END", name) : SLA_OK;
    }
    for (size_t i = 0; i < scan->depth; i++) {
        if (is_named(&scan->open[i], name)) {
            const open_component *const innermost = &scan->open[scan->depth - 1];
            return sli_feed_fail(scan->reading, SLA_INVALID_FEED, scan->line, NULL,
                                 "END:%.*s comes before the END of the %.*s of line %d; fetch the feed again",
                                 SLI_QUOTED(name), (int)innermost->name_length, innermost->name, (int)innermost->line);
        }
    }
    sli_feed_warn(scan->reading, scan->line, NULL, "END:%.*s ends nothing that is open; it is ignored", SLI_QUOTED(name));
    return SLA_OK;
}

/* ---- Lines ---- */

static bool at_end(const scanner *scan) {
    return scan->at >= scan->source.length;
}

/* A physical line without its end, which is CRLF, LF or CR. */
static text take_physical_line(scanner *scan) {
    const char *const start = scan->source.start + scan->at;
    const size_t available = scan->source.length - scan->at;
    size_t length = 0;
    while (length < available && start[length] != '\n' && start[length] != '\r') {
        length++;
    }
    scan->at += length;
    if (!at_end(scan)) {
        const bool crlf = start[length] == '\r' && length + 1 < available && start[length + 1] == '\n';
        scan->at += crlf ? 2 : 1;
    }
    scan->next_line++;
    return (text){start, length};
}

static bool is_continued(const scanner *scan) {
    return !at_end(scan) && (scan->source.start[scan->at] == ' ' || scan->source.start[scan->at] == '\t');
}

static bool extend(unfolded_line *line, text piece) {
    if (!reserve(line, piece.length)) {
        return false;
    }
    append(line, piece);
    return true;
}

static bool take_unfolded_line(scanner *scan) {
    scan->line = scan->next_line;
    scan->unfolded.count = 0;
    bool kept = extend(&scan->unfolded, take_physical_line(scan));
    while (kept && is_continued(scan)) {
        kept = extend(&scan->unfolded, sli_text_from(take_physical_line(scan), 1));
    }
    return kept;
}

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static sla_status scan_stray_line(scanner *scan, text line) {
    if (!scan->strayed && sli_text_trimmed(line).length > 0) {
        scan->strayed = true;
        sli_feed_warn(scan->reading, scan->line, NULL, "text outside of a calendar is ignored: '%.*s'", SLI_QUOTED(line));
    }
    return SLA_OK;
}

static sla_status scan_line(scanner *scan) {
    text line = {scan->unfolded.items, scan->unfolded.count};
    line = sli_text_has_prefix(line, BYTE_ORDER_MARK) ? sli_text_from(line, 3) : line;
    if (!sli_text_is_utf8(line)) {
        return sli_feed_fail(scan->reading, SLA_INVALID_FEED, scan->line, NULL,
                             "the text is not UTF-8; iCalendar is always UTF-8, so convert the file");
    }
    const content_line split = sli_content_line_split(line);
    if (split.valid && sli_text_equal_folded(split.name, sli_text("BEGIN", 5))) {
        return begin_component(scan, split.value);
    }
    if (split.valid && sli_text_equal_folded(split.name, sli_text("END", 3))) {
        return end_component(scan, split.value);
    }
    if (scan->depth == 0) {
        return scan_stray_line(scan, line);
    }
    open_component *const owner = &scan->open[scan->depth - 1];
    if (!owner->passed_on || owner->wraps) {
        return SLA_OK;
    }
    if (!split.valid) {
        count_broken_property(scan, line, owner);
        return SLA_OK;
    }
    return put_property(scan, split, owner);
}

static sla_status scan_lines(scanner *scan) {
    while (!at_end(scan)) {
        if (!take_unfolded_line(scan)) {
            return sli_feed_out_of_memory(scan->reading);
        }
        const sla_status status = scan_line(scan);
        if (status != SLA_OK) {
            return status;
        }
    }
    return SLA_OK;
}

/* ---- The whole text ---- */

static sla_status check_bytes(feed_reading *reading, text source) {
    if (source.length > FEED_BYTES_MAX) {
        return sli_feed_fail(reading, SLA_LIMIT, 0, NULL, "the text has %zu bytes; at most %d are read", source.length,
                             FEED_BYTES_MAX);
    }
    if (sli_text_has_prefix(source, "\xFF\xFE") || sli_text_has_prefix(source, "\xFE\xFF")) {
        return sli_feed_fail(reading, SLA_INVALID_FEED, 1, NULL,
                             "the text is UTF-16; iCalendar is always UTF-8, so convert the file");
    }
    reading->budget->bytes -= (int64_t)source.length;
    if (reading->budget->bytes < 0) {
        return sli_feed_fail(
            reading, SLA_LIMIT, 0, NULL,
            "the feeds up to here have more than %d bytes in all, each counted for each zone that it is read for",
            FEED_BYTES_MAX);
    }
    const char *const nul = memchr(source.start, '\0', source.length);
    if (nul != NULL) {
        int32_t line = 1;
        for (const char *at = source.start; at < nul; at++) {
            line += *at == '\n';
        }
        return sli_feed_fail(reading, SLA_INVALID_FEED, line, NULL,
                             "the text has a NUL byte, which iCalendar forbids; fetch the feed again");
    }
    return SLA_OK;
}

static sla_status check_complete(scanner *scan) {
    if (scan->depth > 0) {
        const open_component *const innermost = &scan->open[scan->depth - 1];
        return sli_feed_fail(scan->reading, SLA_INVALID_FEED, innermost->line, NULL,
                             "the text is truncated: it ends within this %.*s; fetch the feed again",
                             (int)innermost->name_length, innermost->name);
    }
    if (scan->calendars == 0) {
        return sli_feed_fail(scan->reading, SLA_INVALID_FEED, 0, NULL,
                             "there is no VCALENDAR in the text; is it an iCalendar file (.ics)?");
    }
    return SLA_OK;
}

sla_status sli_feed_scan(feed_reading *reading, text source, scanned_text *scanned) {
    sla_status status = check_bytes(reading, source);
    if (status != SLA_OK) {
        return status;
    }
    scanner scan = {.reading = reading, .scanned = scanned, .source = source, .next_line = 1};
    status = scan_lines(&scan);
    if (status == SLA_OK) {
        status = check_complete(&scan);
    }
    free(scan.unfolded.items);
    free(scan.times.items);
    return status;
}
