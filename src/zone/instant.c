/* SPDX-License-Identifier: MIT */
/* Instants as text: RFC 3339. */
#include <string.h>

#include "zone/object.h"

/* ---- Reading ---- */

enum { DATE_LENGTH = 10, CLOCK_LENGTH = 8, OFFSET_LENGTH = 6 };

static bool two_digits(const char *digits, int32_t *number) {
    if (digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9') {
        return false;
    }
    *number = (digits[0] - '0') * 10 + (digits[1] - '0');
    return true;
}

static void drop(text *rest, size_t count) {
    rest->start += count;
    rest->length -= count;
}

static sla_status refuse(text written, const char *why, sla_error *error) {
    return sli_fail(error, SLA_INVALID_ARGUMENT,
                    "'%.*s' is no instant: %s; write it like 2026-11-23T10:00:00Z or "
                    "2026-11-23T11:00:00+01:00",
                    SLI_QUOTED(written), why);
}

/* "HH:MM:SS" */
static const char *take_clock(text *rest, int32_t *seconds) {
    int32_t hour = 0;
    int32_t minute = 0;
    int32_t second = 0;
    const char *const clock = rest->start;
    if (rest->length < CLOCK_LENGTH || !two_digits(clock, &hour) || clock[2] != ':' || !two_digits(clock + 3, &minute) ||
        clock[5] != ':' || !two_digits(clock + 6, &second)) {
        return "its time is not HH:MM:SS";
    }
    if (second == 60) {
        return "leap seconds are not counted";
    }
    if (hour > 23 || minute > 59 || second > 59) {
        return "there is no such time of day";
    }
    *seconds = (hour * 60 + minute) * 60 + second;
    drop(rest, CLOCK_LENGTH);
    return NULL;
}

static const char *skip_zero_fraction(text *rest) {
    if (rest->length == 0 || *rest->start != '.') {
        return NULL;
    }
    size_t digits = 1;
    while (digits < rest->length && rest->start[digits] >= '0' && rest->start[digits] <= '9') {
        if (rest->start[digits] != '0') {
            return "instants are whole seconds, so a fraction must be zero";
        }
        digits++;
    }
    if (digits == 1) {
        return "its fraction has no digits";
    }
    drop(rest, digits);
    return NULL;
}

/* "Z", or "+HH:MM" or "-HH:MM", to the end. */
static const char *take_offset(text rest, int32_t *seconds) {
    if (rest.length == 0) {
        return "it has no offset from UTC";
    }
    if (rest.length == 1 && (*rest.start == 'Z' || *rest.start == 'z')) {
        *seconds = 0;
        return NULL;
    }
    int32_t hour = 0;
    int32_t minute = 0;
    const char *const offset = rest.start;
    if (rest.length != OFFSET_LENGTH || (offset[0] != '+' && offset[0] != '-') || !two_digits(offset + 1, &hour) ||
        offset[3] != ':' || !two_digits(offset + 4, &minute) || hour > 23 || minute > 59) {
        return "what follows its time is not Z or an offset of at most 23:59";
    }
    *seconds = (hour * 60 + minute) * (offset[0] == '-' ? -60 : 60);
    return NULL;
}

sla_status sla_instant_parse(const char *written, size_t length, int64_t *instant, sla_error *error) {
    if (instant != NULL) {
        *instant = 0;
    }
    if (instant == NULL || written == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "an instant needs a text and a place for the answer");
    }
    const text whole = sli_text(written, length);
    text rest = whole;
    int32_t date = 0;
    if (rest.length < DATE_LENGTH || !sli_date_parse((text){rest.start, DATE_LENGTH}, &date)) {
        return refuse(whole, "it does not begin with a date that exists", error);
    }
    drop(&rest, DATE_LENGTH);
    if (rest.length == 0 || (*rest.start != 'T' && *rest.start != 't' && *rest.start != ' ')) {
        return refuse(whole, "its date is not followed by T and a time", error);
    }
    drop(&rest, 1);
    int32_t seconds = 0;
    int32_t offset = 0;
    const char *why = take_clock(&rest, &seconds);
    why = why != NULL ? why : skip_zero_fraction(&rest);
    why = why != NULL ? why : take_offset(rest, &offset);
    if (why != NULL) {
        return refuse(whole, why, error);
    }
    *instant = (int64_t)date * SLI_DAY + seconds - offset;
    return SLA_OK;
}

/* ---- Writing ---- */

static char *put_number(char *at, int32_t number, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
        at[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return at + digits;
}

static char *put_pair(char *at, char separator, int32_t number) {
    *at = separator;
    return put_number(at + 1, number, 2);
}

static bool is_utc(const sla_zone *zone) {
    return zone == NULL || (zone->first_offset == 0 && zone->transitions.count == 0 && !zone->rule.changes &&
                            zone->rule.standard_offset == 0);
}

/* RFC 3339 knows whole minutes below a day. Any offset names the instant exactly as long as the clock beside it agrees, so
 * one of local mean time (-00:44:30) is cut to minutes. */
static int32_t writable_offset(const sla_zone *zone, int64_t instant) {
    enum { OFFSET_WRITABLE_MAX = SLI_DAY - 60 };
    const int32_t offset = zone == NULL ? 0 : sli_zone_offset(zone, instant);
    const int32_t minutes = offset - offset % 60;
    const int32_t at_most = minutes > OFFSET_WRITABLE_MAX ? OFFSET_WRITABLE_MAX : minutes;
    return at_most < -OFFSET_WRITABLE_MAX ? -OFFSET_WRITABLE_MAX : at_most;
}

static char *put_offset(char *at, int32_t offset) {
    const int32_t size = offset < 0 ? -offset : offset;
    at = put_pair(at, offset < 0 ? '-' : '+', size / 3600);
    return put_pair(at, ':', size / 60 % 60);
}

static char *put_local(char *at, civil date, int32_t second) {
    at = put_number(at, date.year, 4);
    at = put_pair(at, '-', date.month);
    at = put_pair(at, '-', date.day);
    at = put_pair(at, 'T', second / 3600);
    at = put_pair(at, ':', second / 60 % 60);
    return put_pair(at, ':', second % 60);
}

sla_status sla_instant_format(int64_t instant, const sla_zone *zone, char *buffer, size_t capacity) {
    if (buffer == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    if (capacity == 0) {
        return SLA_BUFFER_TOO_SMALL;
    }
    buffer[0] = '\0';
    if (instant < SLI_INSTANT_MIN || instant > SLI_INSTANT_MAX) {
        return SLA_INVALID_ARGUMENT;
    }
    const int32_t offset = writable_offset(zone, instant);
    const int32_t date = (int32_t)sli_floor_divide(instant + offset, SLI_DAY);
    const civil local = sli_civil_of_date(date);
    if (local.year < 0 || local.year > 9999) {
        return SLA_INVALID_ARGUMENT;
    }
    char written[32];
    char *end = put_local(written, local, (int32_t)(instant + offset - (int64_t)date * SLI_DAY));
    if (is_utc(zone)) {
        *end++ = 'Z';
    } else {
        end = put_offset(end, offset);
    }
    *end++ = '\0';
    const size_t size = (size_t)(end - written);
    if (size > capacity) {
        return SLA_BUFFER_TOO_SMALL;
    }
    memcpy(buffer, written, size);
    return SLA_OK;
}
