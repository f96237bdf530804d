/* SPDX-License-Identifier: MIT */
#include "feed/feed.h"
#include "feed/ical_compat.h"
#include "feed/ical_lock.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct text_source {
    const char *start;
    size_t length;
} text_source;

/* Hands libical at most a buffer's worth of one line, without running past either end. The scanner ends each line. */
static char *next_piece(char *buffer, size_t size, void *user) {
    text_source *const source = user;
    if (source->length == 0 || NEVER(size < 2)) {
        return NULL;
    }
    const char *const line_end = memchr(source->start, '\n', source->length);
    size_t length = NEVER(line_end == NULL) ? source->length : (size_t)(line_end - source->start) + 1;
    length = length < size ? length : size - 1;
    memcpy(buffer, source->start, length);
    buffer[length] = '\0';
    source->start += length;
    source->length -= length;
    return buffer;
}

/* ---- Values ---- */

static const struct {
    icalproperty_kind ical;
    property_kind ours;
} kinds[] = {
    {ICAL_UID_PROPERTY, PROPERTY_UID},
    {ICAL_SUMMARY_PROPERTY, PROPERTY_SUMMARY},
    {ICAL_CATEGORIES_PROPERTY, PROPERTY_CATEGORIES},
    {ICAL_STATUS_PROPERTY, PROPERTY_STATUS},
    {ICAL_TRANSP_PROPERTY, PROPERTY_TRANSP},
    {ICAL_SEQUENCE_PROPERTY, PROPERTY_SEQUENCE},
    {ICAL_DTSTAMP_PROPERTY, PROPERTY_DTSTAMP},
    {ICAL_DTSTART_PROPERTY, PROPERTY_DTSTART},
    {ICAL_DTEND_PROPERTY, PROPERTY_DTEND},
    {ICAL_DURATION_PROPERTY, PROPERTY_DURATION},
    {ICAL_RDATE_PROPERTY, PROPERTY_RDATE},
    {ICAL_EXDATE_PROPERTY, PROPERTY_EXDATE},
    {ICAL_RECURRENCEID_PROPERTY, PROPERTY_RECURRENCE_ID},
    {ICAL_TZID_PROPERTY, PROPERTY_TZID},
    {ICAL_TZOFFSETFROM_PROPERTY, PROPERTY_TZOFFSETFROM},
    {ICAL_TZOFFSETTO_PROPERTY, PROPERTY_TZOFFSETTO},
};

static property_kind kind_of(icalproperty *from) {
    const icalproperty_kind kind = icalproperty_isa(from);
    if (kind == ICAL_X_PROPERTY) {
        return strcmp(icalproperty_get_x_name(from), FEED_RULE_PROPERTY) == 0 ? PROPERTY_RRULE : PROPERTY_OTHER;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].ical == kind) {
            return kinds[i].ours;
        }
    }
    return PROPERTY_OTHER;
}

/* The sum of FEED_UTC_… that the scanner wrote; of the parameters with an X- it lets no other through. */
static unsigned utc_marks(icalproperty *from) {
    icalparameter *const mark = icalproperty_get_first_parameter(from, ICAL_X_PARAMETER);
    return mark == NULL ? 0 : (unsigned)strtoul(icalparameter_get_xvalue(mark), NULL, 10);
}

/* A leap second is read as the second before it, as RFC 5545 §3.3.12 advises. */
static written_time time_of(struct icaltimetype from, unsigned marked_as_utc) {
    const civil date = {from.year, from.month, from.day};
    const int second = from.second == 60 ? 59 : from.second;
    const bool time_exists = from.is_date || (from.hour >= 0 && from.hour <= 23 && from.minute >= 0 && from.minute <= 59 &&
                                              second >= 0 && second <= 59);
    written_time time = {.exists = sli_civil_exists(date) && time_exists, .is_date = from.is_date != 0};
    if (time.exists) {
        time.is_utc = !time.is_date && marked_as_utc != 0;
        time.date = sli_date_of_civil(date);
        time.second = time.is_date ? 0 : from.hour * 3600 + from.minute * 60 + second;
    }
    return time;
}

static written_duration duration_of(struct icaldurationtype from) {
    const int64_t sign = from.is_neg ? -1 : 1;
    return (written_duration){
        .days = sign * ((int64_t)from.weeks * 7 + (int64_t)from.days),
        .seconds = sign * ((int64_t)from.hours * 3600 + (int64_t)from.minutes * 60 + (int64_t)from.seconds),
    };
}

static void read_rdate(icalproperty *from, property *to) {
    const struct icaldatetimeperiodtype value = icalproperty_get_rdate(from);
    const unsigned utc = utc_marks(from);
    if (!icaltime_is_null_time(value.time)) {
        to->time = time_of(value.time, utc & FEED_UTC_TIME);
        return;
    }
    to->time = time_of(value.period.start, utc & FEED_UTC_TIME);
    if (icaltime_is_null_time(value.period.end)) {
        to->period = PERIOD_WITH_DURATION;
        to->duration = duration_of(value.period.duration);
    } else {
        to->period = PERIOD_WITH_END;
        to->period_end = time_of(value.period.end, utc & FEED_UTC_PERIOD_END);
    }
}

/* Not by icalproperty_get_exdate, which looks for the TZID in libical's own list of zones. */
static struct icaltimetype exdate_of(icalproperty *from) {
    const icalvalue *const value = icalproperty_get_value(from);
    return icalvalue_isa(value) == ICAL_DATE_VALUE ? icalvalue_get_date(value) : icalvalue_get_datetime(value);
}

static void read_recurrence_id(icalproperty *from, property *to) {
    to->time = time_of(icalproperty_get_recurrenceid(from), utc_marks(from));
    icalparameter *const range = icalproperty_get_first_parameter(from, ICAL_RANGE_PARAMETER);
    to->number = range != NULL && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
}

/* The borrowed text of a property that has one. */
static const char *text_of(icalproperty *from, property_kind kind) {
    switch (kind) {
        case PROPERTY_UID:
            return icalproperty_get_uid(from);
        case PROPERTY_SUMMARY:
            return icalproperty_get_summary(from);
        case PROPERTY_CATEGORIES:
            return icalproperty_get_categories(from);
        case PROPERTY_TZID:
            return icalproperty_get_tzid(from);
        case PROPERTY_RRULE:
            return icalproperty_get_x(from);
        default:
            return NULL;
    }
}

static bool is_transparent(icalproperty_transp transparency) {
    return transparency == ICAL_TRANSP_TRANSPARENT || transparency == ICAL_TRANSP_TRANSPARENTNOCONFLICT;
}

static void read_value(icalproperty *from, property *to) {
    switch (to->kind) {
        case PROPERTY_STATUS:
            to->number = icalproperty_get_status(from) == ICAL_STATUS_CANCELLED;
            break;
        case PROPERTY_TRANSP:
            to->number = is_transparent(icalproperty_get_transp(from));
            break;
        case PROPERTY_SEQUENCE:
            to->number = icalproperty_get_sequence(from);
            break;
        case PROPERTY_DTSTAMP:
            to->time = time_of(icalproperty_get_dtstamp(from), utc_marks(from));
            break;
        case PROPERTY_DTSTART:
            to->time = time_of(icalproperty_get_dtstart(from), utc_marks(from));
            break;
        case PROPERTY_DTEND:
            to->time = time_of(icalproperty_get_dtend(from), utc_marks(from));
            break;
        case PROPERTY_DURATION:
            to->duration = duration_of(icalproperty_get_duration(from));
            break;
        case PROPERTY_RDATE:
            read_rdate(from, to);
            break;
        case PROPERTY_EXDATE:
            to->time = time_of(exdate_of(from), utc_marks(from));
            break;
        case PROPERTY_RECURRENCE_ID:
            read_recurrence_id(from, to);
            break;
        case PROPERTY_TZOFFSETFROM:
            to->number = icalproperty_get_tzoffsetfrom(from);
            break;
        case PROPERTY_TZOFFSETTO:
            to->number = icalproperty_get_tzoffsetto(from);
            break;
        default:
            break;
    }
}

/* NULL stays NULL; false when memory is out. */
static bool copy_text(const char *from, char **to) {
    *to = from == NULL ? NULL : sli_text_copy(sli_text(from, SIZE_MAX));
    return from == NULL || *to != NULL;
}

static bool read_property(icalproperty *from, component *to) {
    property read = {.kind = kind_of(from)};
    if (read.kind == PROPERTY_OTHER) {
        return true;
    }
    icalparameter *const tzid = icalproperty_get_first_parameter(from, ICAL_TZID_PARAMETER);
    read_value(from, &read);
    if (copy_text(text_of(from, read.kind), &read.text) &&
        copy_text(tzid == NULL ? NULL : icalparameter_get_tzid(tzid), &read.tzid) && SLI_APPEND(to, read)) {
        return true;
    }
    free(read.text);
    free(read.tzid);
    return false;
}

/* ---- Components ---- */

/* Which component of the scanned text this is: the scanner's number is the first of its properties. */
static component *scanned_component(icalcomponent *from, scanned_text *scanned) {
    icalproperty *const number = icalcomponent_get_first_property(from, ICAL_X_PROPERTY);
    const unsigned long index = ALWAYS(number != NULL && strcmp(icalproperty_get_x_name(number), FEED_INDEX_PROPERTY) == 0)
                                    ? strtoul(icalproperty_get_x(number), NULL, 10)
                                    : ULONG_MAX;
    return ALWAYS(index < scanned->components.count) ? &scanned->components.items[index] : NULL;
}

static bool read_properties(icalcomponent *from, component *to) {
    for (icalproperty *at = icalcomponent_get_first_property(from, ICAL_ANY_PROPERTY); at != NULL;
         at = icalcomponent_get_next_property(from, ICAL_ANY_PROPERTY)) {
        if (!read_property(at, to)) {
            return false;
        }
    }
    return true;
}

/* As deep as the scanner allowed, no deeper. */
static bool read_component(icalcomponent *from, scanned_text *scanned) {
    component *const to = scanned_component(from, scanned);
    if (NEVER(to == NULL) || !read_properties(from, to)) {
        return false;
    }
    icalcompiter children = icalcomponent_begin_component(from, ICAL_ANY_COMPONENT);
    for (icalcomponent *child = icalcompiter_deref(&children); child != NULL; child = icalcompiter_next(&children)) {
        if (!read_component(child, scanned)) {
            return false;
        }
    }
    return true;
}

/* libical hands a component over when its outermost END is read, and before that nothing (NULL). Where memory was out, its
 * properties may lack their names and values. */
static bool take_whole(icalcomponent *whole, scanned_text *scanned) {
    const bool read = !sli_ical_lacked_memory() && (whole == NULL || read_component(whole, scanned));
    if (whole != NULL) {
        icalcomponent_free(whole);
    }
    return read;
}

/* One component after the other: libical's objects take half a kilobyte for each value. */
static bool take_components(icalparser *parser, scanned_text *scanned) {
    bool read;
    bool at_end;
    do {
        char *const line = icalparser_get_line(parser, next_piece);
        at_end = line == NULL;
        read = take_whole(at_end ? NULL : icalparser_add_line(parser, line), scanned);
        icalmemory_free_buffer(line);
    } while (read && !at_end);
    return read;
}

static sla_status parse_locked(feed_reading *reading, scanned_text *scanned) {
    icalparser *const parser = icalparser_new();
    if (parser == NULL) {
        return sli_feed_out_of_memory(reading);
    }
    text_source source = {scanned->items, scanned->count};
    icalparser_set_gen_data(parser, &source);
    const bool read = take_components(parser, scanned);
    icalparser_free(parser);
    return read ? SLA_OK : sli_feed_out_of_memory(reading);
}

sla_status sli_ical_parse(feed_reading *reading, scanned_text *scanned) {
    sla_status status = sli_ical_lock(reading);
    if (status != SLA_OK) {
        return status;
    }
    status = parse_locked(reading, scanned);
    sli_ical_unlock();
    return status;
}
