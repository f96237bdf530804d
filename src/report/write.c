/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

const count_column sli_count_columns[SLI_COUNT_COLUMNS] = {
    {"requests", "requests", false},
    {"out_of_scope", "out of scope", false},
    {"met", "met", false},
    {"breached_late", "breached late", false},
    {"breached_open", "breached open", false},
    {"running", "running", false},
    {"paused", "paused", true},
    {"not_started", "not started", true},
    {"no_target", "no target", true},
    {"best_effort", "best effort", true},
    {"cancelled", "cancelled", true},
    {"invalid", "invalid", false},
};

int64_t sli_count_at(const sla_group *counts, size_t column) {
    const int64_t values[SLI_COUNT_COLUMNS] = {
        counts->requests,      counts->out_of_scope, counts->met,       counts->breached_late,
        counts->breached_open, counts->running,      counts->paused,    counts->not_started,
        counts->no_target,     counts->best_effort,  counts->cancelled, counts->invalid,
    };
    return values[column];
}

/* Ends the text with a NUL, or says how much room it needs. */
static sla_status finish(writer *out, size_t *length, sla_error *error) {
    *length = out->length;
    if (out->length < out->capacity) {
        out->buffer[out->length] = '\0';
        return SLA_OK;
    }
    if (out->capacity > 0) {
        out->buffer[0] = '\0';
    }
    return sli_fail(error, SLA_BUFFER_TOO_SMALL, "the report has %zu bytes, and one more for the NUL", out->length);
}

sla_status sla_report_write(const sla_report *report, int32_t format, char *buffer, size_t capacity, size_t *length,
                            sla_error *error) {
    static void (*const write_format[])(writer *, const sla_report *) = {sli_write_report_text, sli_write_report_json,
                                                                         sli_write_report_csv};
    if (length != NULL) {
        *length = 0;
    }
    if (report == NULL || length == NULL || (buffer == NULL && capacity > 0)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report, a buffer and a place for its length are needed");
    }
    if (format < SLA_FORMAT_TEXT || format > SLA_FORMAT_CSV) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report is written as text (0), JSON (1) or CSV (2), not %d",
                        (int)format);
    }
    writer out = {.capacity = capacity};
    out.buffer = buffer;
    write_format[format](&out, report);
    return finish(&out, length, error);
}
