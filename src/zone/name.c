/* SPDX-License-Identifier: MIT */
#include "zone/name.h"

static bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

static bool is_sign(char character) {
    return character == '+' || character == '-';
}

static text without_first(text value, size_t count) {
    return (text){value.start + count, value.length - count};
}

bool sli_zone_fixed_offset(text name, int32_t *offset) {
    if (name.length != 6 || !is_sign(name.start[0]) || name.start[3] != ':') {
        return false;
    }
    const char *const digits = name.start;
    if (!is_digit(digits[1]) || !is_digit(digits[2]) || !is_digit(digits[4]) || !is_digit(digits[5])) {
        return false;
    }
    const int32_t hours = (digits[1] - '0') * 10 + (digits[2] - '0');
    const int32_t minutes = (digits[4] - '0') * 10 + (digits[5] - '0');
    if (hours > 23 || minutes > 59) {
        return false;
    }
    *offset = (hours * 60 + minutes) * (digits[0] == '-' ? -60 : 60);
    return true;
}

/* ---- Offsets as people write them: "GMT+1", "UTC +05:30", "GMT-0530" ---- */

typedef struct loose_offset {
    char sign;
    int32_t hours;
    int32_t minutes;
} loose_offset;

static text skip_spaces(text value) {
    while (value.length > 0 && *value.start == ' ') {
        value = without_first(value, 1);
    }
    return value;
}

static int32_t number_of(const char *digits, size_t count) {
    int32_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number * 10 + (digits[i] - '0');
    }
    return number;
}

static size_t digits_at(text value) {
    size_t count = 0;
    while (count < value.length && is_digit(value.start[count])) {
        count++;
    }
    return count;
}

/* A sign, then h, hh, hmm, hhmm, h:mm or hh:mm. */
static bool read_loose_offset(text written, loose_offset *offset) {
    text rest = skip_spaces(written);
    if (rest.length == 0 || !is_sign(*rest.start)) {
        return false;
    }
    offset->sign = *rest.start;
    rest = skip_spaces(without_first(rest, 1));
    const size_t digits = digits_at(rest);
    if (digits == 0 || digits > 4) {
        return false;
    }
    const size_t hour_digits = digits <= 2 ? digits : digits - 2;
    offset->hours = number_of(rest.start, hour_digits);
    offset->minutes = number_of(rest.start + hour_digits, digits - hour_digits);
    rest = without_first(rest, digits);
    if (rest.length == 3 && *rest.start == ':' && digits <= 2 && digits_at(without_first(rest, 1)) == 2) {
        offset->minutes = number_of(rest.start + 1, 2);
        return true;
    }
    return rest.length == 0;
}

static bool starts_with_utc(text name, size_t *length) {
    static const char *const prefixes[] = {"GMT", "UTC", "UT"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        const text prefix = sli_text(prefixes[i], SIZE_MAX);
        if (name.length > prefix.length && sli_text_equal_folded((text){name.start, prefix.length}, prefix)) {
            *length = prefix.length;
            return true;
        }
    }
    return false;
}

static sla_status refuse_ambiguous(text name, loose_offset offset, sla_error *error) {
    if (offset.hours > 23 || offset.minutes > 59) {
        return sli_fail(error, SLA_UNKNOWN_ZONE, "'%.*s' is no time zone: an offset is written '+HH:MM', at most 23:59",
                        SLI_QUOTED(name));
    }
    return sli_fail(
        error, SLA_UNKNOWN_ZONE,
        "the time zone '%.*s' can be read in two ways: write '%c%02d:%02d' for that offset all year round, or name a "
        "place, such as 'Europe/Belgrade', for a clock that follows its summer time",
        SLI_QUOTED(name), offset.sign, (int)offset.hours, (int)offset.minutes);
}

static bool is_zero(loose_offset offset) {
    return offset.hours == 0 && offset.minutes == 0;
}

/* ---- Names of files ---- */

static bool is_name_character(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') || is_digit(character) ||
           is_sign(character) || character == '_' || character == '.' || character == '/';
}

/* No part is empty or begins with a dot, so that none leads out of the folder. */
static bool parts_stay_inside(text name) {
    bool at_start_of_part = true;
    for (size_t i = 0; i < name.length; i++) {
        const char character = name.start[i];
        if (at_start_of_part && (character == '/' || character == '.')) {
            return false;
        }
        at_start_of_part = character == '/';
    }
    return !at_start_of_part;
}

static sla_status check_path(text name, sla_error *error) {
    for (size_t i = 0; i < name.length; i++) {
        if (!is_name_character(name.start[i])) {
            return sli_fail(
                error, SLA_UNKNOWN_ZONE,
                "'%.*s' is no time zone: write an IANA name such as 'Europe/Belgrade', 'UTC', or an offset such as "
                "'+01:00'",
                SLI_QUOTED(name));
        }
    }
    if (!parts_stay_inside(name)) {
        return sli_fail(
            error, SLA_UNKNOWN_ZONE,
            "'%.*s' is no time zone: a name stays within the zone folder, and none of its parts is empty or begins "
            "with a dot",
            SLI_QUOTED(name));
    }
    return SLA_OK;
}

/* Links of the zone folder to what this machine is set to: a contract would mean another place on the next one (§1.2). */
static bool is_setting_of_the_machine(text name) {
    return sli_text_is(name, "localtime") || sli_text_is(name, "posixrules");
}

sla_status sli_zone_check_name(text name, sla_error *error) {
    if (name.length == 0 || name.length > ZONE_NAME_MAX) {
        return sli_fail(error, SLA_UNKNOWN_ZONE, "the name of a time zone has 1 to %d bytes; this has %zu", ZONE_NAME_MAX,
                        name.length);
    }
    loose_offset offset;
    size_t prefix = 0;
    if (starts_with_utc(name, &prefix) && read_loose_offset(without_first(name, prefix), &offset) && !is_zero(offset)) {
        return refuse_ambiguous(name, offset, error);
    }
    if (is_sign(*name.start)) {
        return sli_fail(error, SLA_UNKNOWN_ZONE,
                        "'%.*s' is no time zone: an offset is written '+HH:MM' or '-HH:MM', at most 23:59",
                        SLI_QUOTED(name));
    }
    if (is_setting_of_the_machine(name)) {
        return sli_fail(error, SLA_UNKNOWN_ZONE,
                        "'%.*s' is no time zone but a setting of the machine; name a place, such as 'Europe/Belgrade'",
                        SLI_QUOTED(name));
    }
    return check_path(name, error);
}
