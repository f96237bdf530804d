/* SPDX-License-Identifier: MIT */
#include "feed/feed.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As much of the UID as fits, in whole characters. */
static void set_path(sla_error *complaint, const char *uid) {
    const size_t whole = strlen(uid);
    const size_t fitting = whole < sizeof complaint->path ? whole : sizeof complaint->path - 1;
    const size_t length = sli_text_utf8_prefix((text){uid, fitting});
    memcpy(complaint->path, uid, length);
    complaint->path[length] = '\0';
}

enum { DETAIL_MAX = sizeof((sla_error *)0)->message };

static sla_error make_complaint(const feed_reading *reading, sla_status code, int32_t line, const char *uid,
                                const char *detail) {
    sla_error complaint;
    sli_fail(&complaint, code, "feed '%.*s': %s", SLI_QUOTED(reading->name), detail);
    complaint.line = line;
    if (uid != NULL) {
        set_path(&complaint, uid);
    }
    return complaint;
}

static void keep_failure(feed_reading *reading, const sla_error *complaint) {
    sli_diagnostics_add(reading->diagnostics, complaint);
    if (reading->status != SLA_OK) {
        return;
    }
    reading->status = complaint->code;
    if (reading->error != NULL) {
        *reading->error = *complaint;
    }
}

sla_status sli_feed_fail(feed_reading *reading, sla_status code, int32_t line, const char *uid, const char *format, ...) {
    char detail[DETAIL_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    const sla_error complaint = make_complaint(reading, code, line, uid, detail);
    keep_failure(reading, &complaint);
    return code;
}

void sli_feed_warn(feed_reading *reading, int32_t line, const char *uid, const char *format, ...) {
    char detail[DETAIL_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    sla_error complaint = make_complaint(reading, SLA_OK, line, uid, detail);
    complaint.severity = SLA_SEVERITY_WARNING;
    sli_diagnostics_add(reading->diagnostics, &complaint);
}

void sli_feed_unsupported(feed_reading *reading, int32_t line, const char *uid, const char *format, ...) {
    char detail[DETAIL_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    sla_error complaint = make_complaint(reading, SLA_UNSUPPORTED_EVENT, line, uid, detail);
    if (reading->reader->options.unsupported == SLA_UNSUPPORTED_SKIP) {
        complaint.severity = SLA_SEVERITY_WARNING;
        sli_diagnostics_add(reading->diagnostics, &complaint);
        return;
    }
    keep_failure(reading, &complaint);
}

sla_status sli_feed_out_of_memory(feed_reading *reading) {
    if (reading->status == SLA_OK) {
        reading->status = sli_fail_memory(reading->error);
    }
    return SLA_OUT_OF_MEMORY;
}

bool sli_feed_spend(feed_reading *reading, int64_t steps) {
    reading->budget->steps -= steps;
    return reading->budget->steps >= 0;
}

/* ---- Components ---- */

void sli_component_list_clear(component_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        for (size_t j = 0; j < list->items[i].count; j++) {
            free(list->items[i].items[j].text);
            free(list->items[i].items[j].tzid);
        }
        free(list->items[i].items);
    }
    free(list->items);
    *list = (component_list){0};
}

const property *sli_component_find(const component *from, property_kind kind) {
    for (size_t i = 0; i < from->count; i++) {
        if (from->items[i].kind == kind) {
            return &from->items[i];
        }
    }
    return NULL;
}
