/* SPDX-License-Identifier: MIT */
/*
 * libsla: status codes, errors, instants, dates and time zones.
 *
 * Conventions of the whole API
 *   - Every function that can fail returns an sla_status; 0 is SLA_OK. On failure outputs are set to NULL or 0.
 *   - Text goes in as UTF-8 pointer and length and is copied; a length of SIZE_MAX says that it ends with a NUL.
 *   - Text that comes out is NUL-terminated and borrowed from the object it was asked of.
 *   - An `error` argument is optional (NULL), owned by the caller, and written on failure only.
 *   - Built objects are immutable and may be shared between threads; `ref` and `unref` are atomic, `unref(NULL)` does nothing.
 *   - `reserved` fields of records must be zero when handed in.
 */
#ifndef SLA_BASE_H
#define SLA_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifndef SLA_API
#define SLA_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define SLA_VERSION_MAJOR 0
#define SLA_VERSION_MINOR 1
#define SLA_VERSION_PATCH 0

/* The version of the library in use, for example "0.1.0". */
SLA_API const char *sla_version(void);

/* ---- Statuses --------------------------------------------------------------------------------------------------- */

/* What a call came to. The numbers are pinned; new ones are appended. */
typedef int32_t sla_status;

enum {
    SLA_OK = 0,
    SLA_INVALID_ARGUMENT = 1,  /* the call itself is unusable: a missing pointer, a number out of its range */
    SLA_OUT_OF_MEMORY = 2,
    SLA_HORIZON = 3,           /* §1.5: the question or its answer lies outside the horizon */
    SLA_INVALID_REQUEST = 4,   /* §7.7: the request contradicts itself or the contract */
    SLA_NOT_FOUND = 5,         /* no element of that name */
    SLA_DUPLICATE = 6,         /* an element of that name is there already */
    SLA_CYCLE = 7,             /* an inclusion or combination leads back to itself */
    SLA_NEVER_OPEN = 8,        /* §2.6: a calendar without an open second in its horizon */
    SLA_UNKNOWN_ZONE = 9,      /* §1.3: no such time zone, or an ambiguous name such as "GMT+1" */
    SLA_INVALID_ZONE = 10,     /* a time-zone file that cannot be used */
    SLA_INVALID_FEED = 11,     /* §2.2: an iCalendar text that cannot be read */
    SLA_UNSUPPORTED_EVENT = 12, /* §2.2: an event that cannot be expanded */
    SLA_INVALID_DOCUMENT = 13, /* a contract document with errors */
    SLA_MISSING_FEED = 14,     /* a feed that the document names was not handed over */
    SLA_LIMIT = 15,            /* a stated bound is exceeded */
    SLA_BUFFER_TOO_SMALL = 16  /* the caller's buffer does not hold the answer; the size needed is returned */
};

/* The name of a status, for example "SLA_HORIZON"; "SLA_UNKNOWN_STATUS" for a number that is none. Never NULL. */
SLA_API const char *sla_status_name(sla_status status);

/* One sentence that says what the status means. Never NULL. */
SLA_API const char *sla_status_message(sla_status status);

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

enum { SLA_SEVERITY_ERROR = 0, SLA_SEVERITY_WARNING = 1 };

/* What went wrong, and where. Nothing in it needs to be freed. 512 bytes. */
typedef struct sla_error {
    sla_status code;
    int32_t severity;  /* SLA_SEVERITY_… */
    int32_t line;      /* from 1; 0: the complaint has no place in a text */
    int32_t column;    /* from 1, in characters; 0: unknown */
    int64_t index;     /* the element of a batch or list that is meant; -1: none */
    char path[128];    /* where in a document or model: "targets[2].calendar"; or the UID of a feed's event */
    char message[344]; /* what was found, what is allowed, what to do */
    int64_t reserved[2];
} sla_error;

/* A list of complaints, filled by calls that can have several. Owned by the caller, used by one thread at a time. */
typedef struct sla_diagnostics sla_diagnostics;

/* Makes an empty list that keeps the first `limit` complaints (1 to 10000) and counts the rest.
 * SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_diagnostics_new(size_t limit, sla_diagnostics **diagnostics);
SLA_API void sla_diagnostics_free(sla_diagnostics *diagnostics);

/* How many complaints are kept. */
SLA_API size_t sla_diagnostics_count(const sla_diagnostics *diagnostics);

/* How many more there were than the limit. */
SLA_API size_t sla_diagnostics_omitted(const sla_diagnostics *diagnostics);

/* Copies the complaint at `index`, from 0, in the order in which they were found. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_diagnostics_get(const sla_diagnostics *diagnostics, size_t index, sla_error *complaint);

/* ---- Instants and dates (§1) ------------------------------------------------------------------------------------ */

/* The default horizon (§1.5): [1970-01-01T00:00:00Z, 2100-01-01T00:00:00Z). */
#define SLA_HORIZON_BEGIN INT64_C(0)
#define SLA_HORIZON_END INT64_C(4102444800)

/* The number of the local date `year`-`month`-`day` (proleptic Gregorian): days since 1970-01-01. Years -9999 to 9999.
 * SLA_INVALID_ARGUMENT when there is no such date. */
SLA_API sla_status sla_date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *date);

/* The year, month (1 to 12) and day (1 to 31) of a date number. SLA_INVALID_ARGUMENT outside years -9999 to 9999. */
SLA_API sla_status sla_date_to_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day);

/* Reads an RFC 3339 instant ("2026-11-23T10:00:00Z", "2026-11-23T11:00:00+01:00", also with a space for the T).
 * A fraction other than zero and a leap second are refused. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_instant_parse(const char *text, size_t length, int64_t *instant, sla_error *error);

/* ---- Time zones (§1.3, §1.4) ------------------------------------------------------------------------------------ */

/* An immutable time zone: an IANA zone, UTC or a fixed offset. */
typedef struct sla_zone sla_zone;

/* Loads a zone: an IANA name ("Europe/Belgrade"), "UTC", or a fixed offset ("+01:00", at most 23:59, east positive).
 * `folder` holds TZif files (RFC 9636); NULL stands for /usr/share/zoneinfo. Names that leave the folder are refused.
 * "GMT+1" and its like are refused with both readings named.
 * SLA_UNKNOWN_ZONE, SLA_INVALID_ZONE (not a TZif file, leap seconds), SLA_OUT_OF_MEMORY, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_zone_load(const char *name, size_t name_length, const char *folder, size_t folder_length,
                                 sla_zone **zone, sla_error *error);
SLA_API sla_zone *sla_zone_ref(sla_zone *zone);
SLA_API void sla_zone_unref(sla_zone *zone);

/* The name it was loaded by. */
SLA_API const char *sla_zone_name(const sla_zone *zone);

/* The offset from UTC in seconds, east positive, that is in force at an instant. SLA_INVALID_ARGUMENT for an instant
 * outside years -9999 to 9999. */
SLA_API sla_status sla_zone_offset(const sla_zone *zone, int64_t instant, int32_t *offset);

/* The instant of a local time (§1.4): a time that is skipped is read with the offset before the change, of a time that is
 * repeated the first is taken. `second` is the second of the day, 0 to 86400. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_zone_instant(const sla_zone *zone, int32_t date, int32_t second, int64_t *instant);

/* Writes an instant as RFC 3339 ("2026-11-23T11:00:00+01:00", "…Z" in UTC) in `zone`, NULL for UTC, with its NUL. RFC 3339
 * knows no seconds of an offset: those of old local mean times are left out of offset and clock alike. `capacity` of 32 is
 * always enough. SLA_BUFFER_TOO_SMALL, SLA_INVALID_ARGUMENT for an instant outside years 0 to 9999. */
SLA_API sla_status sla_instant_format(int64_t instant, const sla_zone *zone, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
