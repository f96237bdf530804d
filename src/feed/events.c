/* SPDX-License-Identifier: MIT */
#include "feed/events.h"

#include <stdlib.h>

static void clear_event(event *from) {
    for (size_t i = 0; i < from->rules.count; i++) {
        free(from->rules.items[i]->foreign);
        free(from->rules.items[i]);
    }
    free(from->rules.items);
    free(from->extras.items);
    free(from->excluded_dates.items);
    free(from->excluded_instants.items);
}

void sli_event_list_clear(event_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        clear_event(&list->items[i]);
    }
    free(list->items);
    *list = (event_list){0};
}

sla_status sli_event_unsupported(const event_reading *at, const char *complaint) {
    sli_feed_unsupported(at->reading, at->to->line, at->to->uid, "this event cannot be expanded: %s", complaint);
    return SLA_UNSUPPORTED_EVENT;
}

/* ---- Times ---- */

sla_status sli_event_resolve(const event_reading *at, property_kind kind, written_time time, const char *tzid,
                             moment *resolved) {
    *resolved = (moment){.is_date = time.is_date, .date = time.date, .second = time.second};
    if (!time.exists) {
        sli_feed_unsupported(at->reading, at->to->line, at->to->uid,
                             "this event cannot be expanded: its %s names an impossible date or time",
                             sli_property_name(kind));
        return SLA_UNSUPPORTED_EVENT;
    }
    if (time.is_date) {
        return SLA_OK;
    }
    resolved->zone = time.is_utc ? at->reading->utc : at->reading->reader->zone;
    if (time.is_utc || tzid == NULL) {
        return SLA_OK;
    }
    const sla_status status =
        sli_timezone_find(at->reading, at->zones, at->components, tzid, at->from->calendar, &resolved->zone);
    if (status == SLA_OK && resolved->zone == NULL) {
        sli_feed_unsupported(at->reading, at->to->line, at->to->uid,
                             "this event cannot be expanded: unknown TZID '%.*s' in its %s; use an IANA name such as "
                             "Europe/Belgrade, a Windows name, or add its VTIMEZONE",
                             SLI_QUOTED(sli_text(tzid, SIZE_MAX)), sli_property_name(kind));
        return SLA_UNSUPPORTED_EVENT;
    }
    return status;
}

int64_t sli_moment_instant(const feed_reading *reading, moment at) {
    return sli_zone_instant(at.is_date ? reading->reader->zone : at.zone, at.date, at.second);
}

/* ---- Length ---- */

static event_length at_least_one_day(const event_reading *at, int64_t days) {
    if (days < 0) {
        sli_feed_warn(at->reading, at->to->line, at->to->uid,
                      "this all-day event ends before it starts; it is read as one day");
    }
    return (event_length){.kind = LENGTH_DAYS, .days = days > 0 ? days : 1};
}

static event_length no_length(const event_reading *at) {
    sli_feed_warn(at->reading, at->to->line, at->to->uid, "this event does not end after its start; it closes nothing");
    return (event_length){.kind = LENGTH_NONE};
}

event_length sli_event_length_until(const event_reading *at, moment start, moment end) {
    if (start.is_date) {
        return at_least_one_day(at, (int64_t)end.date - start.date);
    }
    if (end.is_date) { /* its midnight where the event starts */
        end.zone = start.zone;
        end.is_date = false;
    }
    const int64_t seconds = sli_moment_instant(at->reading, end) - sli_moment_instant(at->reading, start);
    return seconds > 0 ? (event_length){.kind = LENGTH_EXACT, .seconds = seconds} : no_length(at);
}

event_length sli_event_length_lasting(const event_reading *at, moment start, written_duration duration) {
    if (start.is_date) {
        return at_least_one_day(at, duration.days - sli_floor_divide(-duration.seconds, SLI_DAY));
    }
    if (duration.days <= 0 && duration.seconds <= 0) {
        return no_length(at);
    }
    return (event_length){.kind = LENGTH_NOMINAL, .days = duration.days, .seconds = duration.seconds};
}

static sla_status read_length(const event_reading *at) {
    event *const to = at->to;
    const property *const end = sli_component_find(at->from, PROPERTY_DTEND);
    const property *const duration = sli_component_find(at->from, PROPERTY_DURATION);
    if (end != NULL) {
        moment resolved;
        /* Of an all-day event only dates are compared, so the zone of its end does not matter. */
        const char *const tzid = to->start.is_date ? NULL : end->tzid;
        const sla_status status = sli_event_resolve(at, PROPERTY_DTEND, end->time, tzid, &resolved);
        to->length =
            status == SLA_OK ? sli_event_length_until(at, to->start, resolved) : (event_length){.kind = LENGTH_NONE};
        return status;
    }
    if (duration != NULL) {
        to->length = sli_event_length_lasting(at, to->start, duration->duration);
    } else {
        to->length =
            to->start.is_date ? (event_length){.kind = LENGTH_DAYS, .days = 1} : (event_length){.kind = LENGTH_NONE};
    }
    return SLA_OK;
}

/* ---- What must not be lost ---- */

static int32_t count_of(const component *from, property_kind kind) {
    int32_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        count += from->items[i].kind == kind;
    }
    return count;
}

/* libical drops what it cannot read: then fewer values arrive than were written. */
static sla_status check_complete(const event_reading *at, property_kind kind) {
    if (count_of(at->from, kind) == at->from->written[kind]) {
        return SLA_OK;
    }
    sli_feed_unsupported(at->reading, at->to->line, at->to->uid, "this event cannot be expanded: its %s cannot be read",
                         sli_property_name(kind));
    return SLA_UNSUPPORTED_EVENT;
}

static void warn_of_oddities(const event_reading *at, property_kind kind, bool may_repeat) {
    if (at->from->empty[kind] > 0) {
        sli_feed_warn(at->reading, at->to->line, at->to->uid, "this event has an empty %s; it is ignored",
                      sli_property_name(kind));
    }
    if (!may_repeat && at->from->written[kind] > 1) {
        sli_feed_warn(at->reading, at->to->line, at->to->uid, "this event has more than one %s; the first is used",
                      sli_property_name(kind));
    }
}

static sla_status check_properties(const event_reading *at) {
    static const struct {
        property_kind kind;
        bool may_repeat;
    } deciding[] = {{PROPERTY_DTSTART, false}, {PROPERTY_DTEND, false}, {PROPERTY_DURATION, false},
                    {PROPERTY_RRULE, true},    {PROPERTY_RDATE, true},  {PROPERTY_EXDATE, true}};
    for (size_t i = 0; i < sizeof deciding / sizeof deciding[0]; i++) {
        const sla_status status = check_complete(at, deciding[i].kind);
        if (status != SLA_OK) {
            return status;
        }
        warn_of_oddities(at, deciding[i].kind, deciding[i].may_repeat);
    }
    return at->from->written[PROPERTY_EXRULE] == 0
               ? SLA_OK
               : sli_event_unsupported(at, "it has an EXRULE, which is not supported; list the dates in EXDATE");
}

/* ---- Events ---- */

static sla_status read_override(const event_reading *at) {
    const property *const id = sli_component_find(at->from, PROPERTY_RECURRENCE_ID);
    event *const to = at->to;
    to->is_override = at->from->written[PROPERTY_RECURRENCE_ID] > 0;
    if (!to->is_override) {
        return SLA_OK;
    }
    sla_status status = check_complete(at, PROPERTY_RECURRENCE_ID);
    if (status != SLA_OK) {
        return status;
    }
    if (id->number != 0) {
        return sli_event_unsupported(at, "its RECURRENCE-ID has RANGE=THISANDFUTURE, which is not supported; "
                                         "end the rule and write a new event");
    }
    moment replaced;
    status = sli_event_resolve(at, PROPERTY_RECURRENCE_ID, id->time, id->tzid, &replaced);
    if (status == SLA_OK) {
        to->replaces = (occurrence_name){replaced.is_date, replaced.date, sli_moment_instant(at->reading, replaced)};
    }
    return status;
}

static sla_status read_timing(const event_reading *at) {
    const property *const start = sli_component_find(at->from, PROPERTY_DTSTART);
    sla_status status = check_properties(at);
    if (status != SLA_OK) {
        return status;
    }
    if (start == NULL) {
        at->to->closes = false;
        sli_feed_warn(at->reading, at->to->line, at->to->uid, "this event has no DTSTART; it closes nothing");
        return SLA_OK;
    }
    status = sli_event_resolve(at, PROPERTY_DTSTART, start->time, start->tzid, &at->to->start);
    if (status == SLA_OK) {
        status = read_length(at);
    }
    return status == SLA_OK ? sli_event_read_recurrence(at) : status;
}

static int32_t number_of(const component *from, property_kind kind) {
    const property *const found = sli_component_find(from, kind);
    return found == NULL ? 0 : found->number;
}

static const char *text_of(const component *from, property_kind kind) {
    const property *const found = sli_component_find(from, kind);
    return found == NULL ? NULL : found->text;
}

/* In UTC, whatever it says: it is only compared. */
static int64_t stamp_of(const component *from) {
    const property *const stamp = sli_component_find(from, PROPERTY_DTSTAMP);
    return stamp == NULL || !stamp->time.exists ? INT64_MIN : (int64_t)stamp->time.date * SLI_DAY + stamp->time.second;
}

static bool decides_to_close(const event_reading *at, bool *out_of_memory) {
    const sla_feed_reader *const reader = at->reading->reader;
    const bool transparent = number_of(at->from, PROPERTY_TRANSP) != 0;
    return number_of(at->from, PROPERTY_STATUS) == 0 &&
           !(transparent && reader->options.transparent == SLA_TRANSPARENT_OPEN) &&
           sli_filters_accept(reader, at->from, out_of_memory);
}

static sla_status read_event(const event_reading *at) {
    event *const to = at->to;
    const char *const summary = text_of(at->from, PROPERTY_SUMMARY);
    bool out_of_memory = false;
    to->line = at->from->line;
    to->uid = text_of(at->from, PROPERTY_UID);
    to->summary = summary == NULL ? "" : summary;
    to->sequence = number_of(at->from, PROPERTY_SEQUENCE);
    to->stamp = stamp_of(at->from);
    to->closes = decides_to_close(at, &out_of_memory);
    if (out_of_memory) {
        return sli_feed_out_of_memory(at->reading);
    }
    if (at->from->stray) {
        sli_feed_warn(at->reading, to->line, to->uid, "this event stands outside of a VCALENDAR; it is read all the same");
    }
    const sla_status status = read_override(at);
    return status != SLA_OK || !to->closes ? status : read_timing(at);
}

sla_status sli_events_read(feed_reading *reading, const component_list *components, timezone_table *zones,
                           event_list *events) {
    for (size_t i = 0; i < components->count; i++) {
        if (components->items[i].kind != COMPONENT_EVENT) {
            continue;
        }
        event read = {0};
        const event_reading at = {reading, components, &components->items[i], zones, &read};
        const sla_status status = read_event(&at);
        const bool matters = status == SLA_OK && (read.closes || read.is_override);
        if (matters && SLI_APPEND(events, read)) {
            continue;
        }
        clear_event(&read);
        if (matters) {
            return sli_feed_out_of_memory(reading);
        }
        if (status != SLA_OK && status != SLA_UNSUPPORTED_EVENT) {
            return status;
        }
    }
    return SLA_OK;
}
