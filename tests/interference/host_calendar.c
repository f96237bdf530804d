/* SPDX-License-Identifier: MIT */
#include "host_calendar.h"

#include <libical/ical.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Settings ---- */

static void set_prefix(int changed) {
    icaltimezone_set_tzid_prefix(changed ? "/host.example.org/" : "/freeassociation.sourceforge.net/");
}

static void discard_unknown(int changed) {
    ical_set_unknown_token_handling_setting(changed ? ICAL_DISCARD_TOKEN : ICAL_TREAT_AS_ERROR);
}

static void assume_iana(int changed) {
    ical_set_unknown_token_handling_setting(changed ? ICAL_ASSUME_IANA_TOKEN : ICAL_TREAT_AS_ERROR);
}

static void use_builtin_zones(int changed) {
    icaltimezone_set_builtin_tzdata(changed);
}

static void name_zone_directory(int changed) {
    if (changed) {
        set_zone_directory("/nonexistent/zones");
    } else {
        free_zone_directory();
    }
}

static void use_zones_of_nowhere(int changed) {
    use_builtin_zones(changed);
    name_zone_directory(changed);
    icaltimezone_free_builtin_timezones();
}

static void make_malformed_nonfatal(int changed) {
    icalerror_set_error_state(ICAL_MALFORMEDDATA_ERROR, changed ? ICAL_ERROR_NONFATAL : ICAL_ERROR_DEFAULT);
}

/* Errors that are fatal in general, and none in particular. */
static void make_each_kind_nonfatal(int changed) {
    for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
        icalerror_set_error_state((icalerrorenum)kind, changed ? ICAL_ERROR_NONFATAL : ICAL_ERROR_DEFAULT);
    }
    icalerror_set_errors_are_fatal(changed);
}

static void use_zones(int changed) {
    if (changed) {
        (void)icaltimezone_get_builtin_timezone("Europe/Belgrade");
    } else {
        icaltimezone_free_builtin_timezones();
    }
}

static const struct {
    const char *name;
    void (*set)(int changed);
} ways[] = {
    {"a prefix of TZIDs", set_prefix},
    {"unknown tokens are discarded", discard_unknown},
    {"unknown tokens are taken for IANA's", assume_iana},
    {"zones that come with libical", use_builtin_zones},
    {"a folder of zones that is not there", name_zone_directory},
    {"zones that come with libical, from nowhere", use_zones_of_nowhere},
    {"malformed data are no fatal error", make_malformed_nonfatal},
    {"errors are fatal, and none of all kinds is", make_each_kind_nonfatal},
    {"the list of zones is read", use_zones},
};

size_t host_ways(void) {
    return sizeof ways / sizeof ways[0];
}

const char *host_way(size_t index) {
    return ways[index].name;
}

void host_change(size_t index) {
    ways[index].set(1);
}

void host_change_back(size_t index) {
    ways[index].set(0);
}

void host_write_settings(char text[HOST_TEXT]) {
    int length = snprintf(text, HOST_TEXT, "error %d, fatal %d, unknown tokens %d, builtin zones %d, kinds", (int)icalerrno,
                          icalerror_get_errors_are_fatal(), (int)ical_get_unknown_token_handling_setting(),
                          icaltimezone_get_builtin_tzdata());
    for (int kind = ICAL_NO_ERROR + 1; kind <= ICAL_UNKNOWN_ERROR; kind++) {
        length +=
            snprintf(text + length, HOST_TEXT - (size_t)length, " %d", (int)icalerror_get_error_state((icalerrorenum)kind));
    }
}

/* ---- Use ---- */

void host_write_calendar(char text[HOST_TEXT]) {
    icalcomponent *const root = icalparser_parse_string("BEGIN:VCALENDAR\n"
                                                        "BEGIN:VEVENT\n"
                                                        "UID:host\n"
                                                        "DTSTART:20260105T100000\n"
                                                        "RRULE:FREQ=WEEKLY;COUNT=3\n"
                                                        "GEO:48.85;2.35\n"
                                                        "SUMMARY:Host's own\n"
                                                        "END:VEVENT\n"
                                                        "END:VCALENDAR\n");
    char *const written = root == NULL ? NULL : icalcomponent_as_ical_string_r(root);
    snprintf(text, HOST_TEXT, "%s", written == NULL ? "unreadable" : written);
    if (written != NULL) {
        icalmemory_free_buffer(written);
    }
    if (root != NULL) {
        icalcomponent_free(root);
    }
}

void host_remember_error(void) {
    icalerrno = ICAL_FILE_ERROR;
}

const char host_kept_text[] = "kept for this thread";

const char *host_keep_text(void) {
    return icalmemory_tmp_copy(host_kept_text);
}

int host_uses_zones_of(const char *folder) {
    char path[HOST_TEXT];
    snprintf(path, sizeof path, "%s/zones.tab", folder);
    FILE *const file = fopen(path, "w");
    if (file == NULL) {
        return 0;
    }
    fputs("+0445100 +0202900 Host/Only\n", file);
    fclose(file);
    icaltimezone_set_builtin_tzdata(1);
    set_zone_directory(folder);
    icalarray *const zones = icaltimezone_get_builtin_timezones();
    const int theirs = zones != NULL && zones->num_elements == 1;
    icaltimezone_free_builtin_timezones();
    free_zone_directory();
    icaltimezone_set_builtin_tzdata(0);
    return theirs;
}

void host_make_errors_fatal(int fatal) {
    icalerror_set_errors_are_fatal(fatal);
}

size_t host_error_kinds(void) {
    return ICAL_UNKNOWN_ERROR - ICAL_NO_ERROR;
}

void host_make_kind_fatal(size_t kind, int fatal) {
    icalerror_set_error_state((icalerrorenum)((size_t)ICAL_NO_ERROR + 1 + kind),
                              fatal ? ICAL_ERROR_FATAL : ICAL_ERROR_DEFAULT);
}
