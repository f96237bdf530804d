/* SPDX-License-Identifier: MIT */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#undef sli_fail /* the analyzer's */
#undef sli_fail_memory

/* Messages quote text from outside, and may be cut in the middle of a character: what is not UTF-8 becomes question marks.
 */
static void mend_utf8(char *message) {
    text rest = {message, strlen(message)};
    while (!sli_text_is_utf8(rest)) {
        const size_t valid = sli_text_utf8_prefix(rest);
        message += valid;
        *message = '?';
        rest = (text){message, rest.length - valid};
    }
}

sla_status sli_fail(sla_error *error, sla_status code, const char *format, ...) {
    if (error == NULL) {
        return code;
    }
    memset(error, 0, sizeof *error);
    error->code = code;
    error->index = -1;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    mend_utf8(error->message);
    return code;
}

sla_status sli_fail_memory(sla_error *error) {
    return sli_fail(error, SLA_OUT_OF_MEMORY, "%s", sla_status_message(SLA_OUT_OF_MEMORY));
}

struct sla_diagnostics {
    sla_error *items;
    size_t count;
    size_t capacity;
    size_t limit;
    size_t omitted;
};

enum { DIAGNOSTICS_LIMIT_MAX = 10000 };

sla_status sla_diagnostics_new(size_t limit, sla_diagnostics **diagnostics) {
    if (diagnostics == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *diagnostics = NULL;
    if (limit < 1 || limit > DIAGNOSTICS_LIMIT_MAX) {
        return SLA_INVALID_ARGUMENT;
    }
    sla_diagnostics *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return SLA_OUT_OF_MEMORY;
    }
    made->limit = limit;
    *diagnostics = made;
    return SLA_OK;
}

void sla_diagnostics_free(sla_diagnostics *diagnostics) {
    if (diagnostics == NULL) {
        return;
    }
    free(diagnostics->items);
    free(diagnostics);
}

size_t sla_diagnostics_count(const sla_diagnostics *diagnostics) {
    return diagnostics == NULL ? 0 : diagnostics->count;
}

size_t sla_diagnostics_omitted(const sla_diagnostics *diagnostics) {
    return diagnostics == NULL ? 0 : diagnostics->omitted;
}

sla_status sla_diagnostics_get(const sla_diagnostics *diagnostics, size_t index, sla_error *complaint) {
    if (diagnostics == NULL || complaint == NULL || index >= diagnostics->count) {
        return SLA_INVALID_ARGUMENT;
    }
    *complaint = diagnostics->items[index];
    return SLA_OK;
}

/* A complaint that finds no memory is counted as omitted: nothing is lost without a sign. */
void sli_diagnostics_add(sla_diagnostics *diagnostics, const sla_error *complaint) {
    if (diagnostics == NULL) {
        return;
    }
    if (diagnostics->count >= diagnostics->limit || !SLI_APPEND(diagnostics, *complaint)) {
        diagnostics->omitted++;
    }
}
