/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "zone/folder.h"
#include "zone/name.h"
#include "zone/object.h"
#include "zone/tzif.h"

static const char DEFAULT_FOLDER[] = "/usr/share/zoneinfo";

static sla_status load_fixed(text name, int32_t offset, sla_zone **zone, sla_error *error) {
    *zone = sli_zone_new(name, offset);
    return *zone == NULL ? sli_fail_memory(error) : SLA_OK;
}

static sla_status refuse_folder(text name, text folder, sla_error *error) {
    return sli_fail(
        error, SLA_UNKNOWN_ZONE,
        "the time zone '%.*s' cannot be looked up: there is no zone folder '%.*s'; install the time-zone database "
        "(package tzdata) or name its folder",
        SLI_QUOTED(name), SLI_QUOTED(folder));
}

static sla_status refuse_unknown(text name, text folder, sla_error *error) {
    char *const nearest = error == NULL ? NULL : sli_folder_nearest(folder, name);
    const sla_status status =
        sli_fail(error, SLA_UNKNOWN_ZONE, "there is no time zone '%.*s' in '%.*s'; %s '%s'%s", SLI_QUOTED(name),
                 SLI_QUOTED(folder), nearest != NULL ? "did you mean" : "names are those of the IANA database, such as",
                 nearest != NULL ? nearest : "Europe/Belgrade", nearest != NULL ? "?" : "");
    free(nearest);
    return status;
}

static sla_status refuse_missing(text name, text folder, sla_error *error) {
    char *bytes = NULL;
    size_t size = 0;
    const folder_answer answer = sli_folder_read(folder, (text){".", 1}, &bytes, &size);
    free(bytes);
    switch (answer) {
        case FOLDER_MISSING:
            return refuse_folder(name, folder, error);
        case FOLDER_OUT_OF_MEMORY:
            return sli_fail_memory(error);
        default:
            return refuse_unknown(name, folder, error);
    }
}

static sla_status refuse_answer(folder_answer answer, text name, text folder, sla_error *error) {
    switch (answer) {
        case FOLDER_MISSING:
            return refuse_missing(name, folder, error);
        case FOLDER_UNREADABLE:
            return sli_fail(error, SLA_UNKNOWN_ZONE, "'%.*s' is no time zone: it is a folder of zones, or cannot be read",
                            SLI_QUOTED(name));
        case FOLDER_TOO_LARGE:
            return sli_fail(error, SLA_INVALID_ZONE,
                            "the file of the time zone '%.*s' cannot be used: it has more than %d bytes", SLI_QUOTED(name),
                            FOLDER_FILE_MAX);
        default:
            return sli_fail_memory(error);
    }
}

static sla_status load_file(text name, text folder, sla_zone **zone, sla_error *error) {
    char *bytes = NULL;
    size_t size = 0;
    const folder_answer answer = sli_folder_read(folder, name, &bytes, &size);
    if (answer != FOLDER_READ) {
        return refuse_answer(answer, name, folder, error);
    }
    const sla_status status = sli_tzif_read(name, (const unsigned char *)bytes, size, zone, error);
    free(bytes);
    return status;
}

sla_status sla_zone_load(const char *name, size_t name_length, const char *folder, size_t folder_length, sla_zone **zone,
                         sla_error *error) {
    if (zone != NULL) {
        *zone = NULL;
    }
    if (zone == NULL || name == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a time zone needs a name and a place for the answer");
    }
    const text wanted = sli_text(name, name_length);
    const text place = folder == NULL ? sli_text(DEFAULT_FOLDER, SIZE_MAX) : sli_text(folder, folder_length);
    if (memchr(place.start, '\0', place.length) != NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the path of the zone folder has a NUL in it");
    }
    int32_t offset = 0;
    if (sli_text_is(wanted, "UTC") || sli_zone_fixed_offset(wanted, &offset)) {
        return load_fixed(wanted, offset, zone, error);
    }
    const sla_status status = sli_zone_check_name(wanted, error);
    return status != SLA_OK ? status : load_file(wanted, place, zone, error);
}
