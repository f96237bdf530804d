/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zone/name.h"
#include "zone/object.h"
#include "zone/tzif.h"

static const char DEFAULT_FOLDER[] = "/usr/share/zoneinfo";

static sla_status load_fixed(text name, int32_t offset, sla_zone **zone, sla_error *error) {
    *zone = sli_zone_new(name, offset);
    return *zone == NULL ? sli_fail_memory(error) : SLA_OK;
}

static char *path_of(text folder, text name) {
    char *const path = malloc(folder.length + 1 + name.length + 1);
    if (path != NULL) {
        memcpy(path, folder.start, folder.length);
        path[folder.length] = '/';
        memcpy(path + folder.length + 1, name.start, name.length);
        path[folder.length + 1 + name.length] = '\0';
    }
    return path;
}

static sla_status refuse_missing(text name, text folder, sla_error *error) {
    char *const path = path_of(folder, (text){".", 1});
    if (path == NULL) {
        return sli_fail_memory(error);
    }
    FILE *const opened = fopen(path, "rb");
    free(path);
    if (opened == NULL) {
        return sli_fail(
            error, SLA_UNKNOWN_ZONE,
            "the time zone '%.*s' cannot be looked up: there is no zone folder '%.*s'; install the time-zone database "
            "(package tzdata) or name its folder",
            SLI_QUOTED(name), SLI_QUOTED(folder));
    }
    fclose(opened);
    return sli_fail(
        error, SLA_UNKNOWN_ZONE,
        "there is no time zone '%.*s' in '%.*s'; names are those of the IANA database, such as 'Europe/Belgrade'",
        SLI_QUOTED(name), SLI_QUOTED(folder));
}

/* Reads at most one byte more than a zone file may have. */
static sla_status read_file(FILE *file, text name, unsigned char **bytes, size_t *size, sla_error *error) {
    *bytes = malloc(TZIF_SIZE_MAX + 1);
    if (*bytes == NULL) {
        return sli_fail_memory(error);
    }
    *size = fread(*bytes, 1, TZIF_SIZE_MAX + 1, file);
    if (ferror(file)) {
        return sli_fail(error, SLA_UNKNOWN_ZONE, "the time zone '%.*s' cannot be read: it is a folder of zones, or damaged",
                        SLI_QUOTED(name));
    }
    if (*size > TZIF_SIZE_MAX) {
        return sli_fail(error, SLA_INVALID_ZONE,
                        "the file of the time zone '%.*s' cannot be used: it has more than %d bytes", SLI_QUOTED(name),
                        TZIF_SIZE_MAX);
    }
    return SLA_OK;
}

static sla_status load_file(text name, text folder, sla_zone **zone, sla_error *error) {
    char *const path = path_of(folder, name);
    if (path == NULL) {
        return sli_fail_memory(error);
    }
    FILE *const file = fopen(path, "rb");
    free(path);
    if (file == NULL) {
        return refuse_missing(name, folder, error);
    }
    unsigned char *bytes = NULL;
    size_t size = 0;
    sla_status status = read_file(file, name, &bytes, &size, error);
    fclose(file);
    if (status == SLA_OK) {
        status = sli_tzif_read(name, bytes, size, zone, error);
    }
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
