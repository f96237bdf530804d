/* SPDX-License-Identifier: MIT */
/*
 * What fuzzers hold against each answer: its status, its error record, its complaints.
 */
#ifndef SLA_FUZZ_ORACLE_H
#define SLA_FUZZ_ORACLE_H

#include "fuzz.h"

#include <sla/sla.h>

#include <stdbool.h>
#include <string.h>

/* A set of statuses, as bits. SLA_OUT_OF_MEMORY is in none: memory is never out here. */
#define MAY(status) (UINT32_C(1) << (status))
enum {
    ONLY_OK = 1 << SLA_OK,
    OK_OR_INVALID = ONLY_OK | 1 << SLA_INVALID_ARGUMENT,
    OK_INVALID_OR_LIMIT = OK_OR_INVALID | 1 << SLA_LIMIT,
    OK_INVALID_OR_HORIZON = OK_OR_INVALID | 1 << SLA_HORIZON
};

static inline bool is_among(sla_status status, uint32_t statuses) {
    return status >= 0 && status < 32 && (statuses >> status & 1) != 0;
}

/* True for well-formed UTF-8 up to a NUL (RFC 3629), byte by byte. */
static inline bool is_utf8(const char *written) {
    const unsigned char *at = (const unsigned char *)written;
    while (*at != 0) {
        uint32_t code = *at;
        const int more = code < 0x80 ? 0 : code >= 0xC0 && code < 0xE0 ? 1 : code >= 0xE0 && code < 0xF0 ? 2 : 3;
        static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
        if (code >= 0xF8 || (code >= 0x80 && code < 0xC0)) {
            return false;
        }
        code &= more == 0 ? 0x7F : 0x3FU >> more;
        for (int i = 0; i < more; i++) {
            at++;
            if ((*at & 0xC0) != 0x80) {
                return false;
            }
            code = code << 6 | (*at & 0x3F);
        }
        if (code < least[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            return false;
        }
        at++;
    }
    return true;
}

enum { UNTOUCHED = 0x5A };

/* A record that shows whether it has been written to. */
static inline void mark_error(sla_error *error) {
    memset(error, UNTOUCHED, sizeof *error);
}

static inline bool is_marked(const sla_error *error) {
    sla_error marked;
    mark_error(&marked);
    return memcmp(&marked, error, sizeof marked) == 0;
}

/* A record that a failure has written: whole, in UTF-8, with a sentence. */
static inline void must_be_complaint(const sla_error *error) {
    must_complain(error);
    MUST(error->severity == SLA_SEVERITY_ERROR || error->severity == SLA_SEVERITY_WARNING);
    MUST(error->index >= -1);
    MUST(error->reserved[0] == 0 && error->reserved[1] == 0);
}

/* The status is one that the header names, and `error`, marked before the call, was written on failure only. */
static inline bool judged(sla_status status, uint32_t statuses, const sla_error *error) {
    MUST(is_among(status, statuses));
    if (status == SLA_OK) {
        MUST(is_marked(error));
        return true;
    }
    must_be_complaint(error);
    MUST(error->code == status && error->severity == SLA_SEVERITY_ERROR);
    return false;
}

/* The same for calls without `error`. */
static inline bool judged_status(sla_status status, uint32_t statuses) {
    MUST(is_among(status, statuses));
    return status == SLA_OK;
}

/* Complaints of a list: each whole, their number within the limit. */
static inline void must_be_complaints(const sla_diagnostics *diagnostics, size_t limit) {
    const size_t count = sla_diagnostics_count(diagnostics);
    sla_error complaint;
    MUST(count <= limit && (count == limit || sla_diagnostics_omitted(diagnostics) == 0));
    for (size_t i = 0; i < count; i++) {
        MUST(sla_diagnostics_get(diagnostics, i, &complaint) == SLA_OK);
        must_be_complaint(&complaint);
    }
    MUST(sla_diagnostics_get(diagnostics, count, &complaint) == SLA_INVALID_ARGUMENT);
}

/* A running sum over what was answered, to see whether two answers are the same (FNV-1a). */
static inline void add_bytes(uint64_t *sum, const void *bytes, size_t size) {
    const unsigned char *const each = bytes;
    for (size_t i = 0; i < size; i++) {
        *sum = (*sum ^ each[i]) * UINT64_C(0x100000001B3);
    }
}

static inline void add_text(uint64_t *sum, const char *written) {
    add_bytes(sum, written == NULL ? "\xFF" : written, written == NULL ? 1 : strlen(written) + 1);
}

#endif
