/* SPDX-License-Identifier: MIT */
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sla_status hand_over_feeds(sla_document *document, const json_t *feeds, sla_error *error) {
    const char *name;
    json_t *calendar;
    json_object_foreach((json_t *)feeds, name, calendar) {
        const sla_status status = sla_document_set_feed(document, name, SIZE_MAX, json_string_value(calendar),
                                                        json_string_length(calendar), error);
        if (status != SLA_OK && status != SLA_NOT_FOUND) { /* a feed that no calendar asks for */
            return status;
        }
    }
    return SLA_OK;
}

sla_status load_contract(const char *text, size_t length, const json_t *feeds, sla_diagnostics *diagnostics,
                         sla_contract **contract, sla_error *error) {
    sla_document *document = NULL;
    sla_status status = sla_document_load(text, length, &document, error);
    if (status == SLA_OK && feeds != NULL) {
        status = hand_over_feeds(document, feeds, error);
    }
    if (status == SLA_OK) {
        status = sla_document_build(document, diagnostics, contract, error);
    }
    sla_document_free(document);
    return status;
}

fixture fixture_new(json_t *line) {
    fixture made = {.line = json_incref(line)};
    char *const text = json_dumps(json_object_get(line, "contract"), 0);
    sla_error error;
    if (load_contract(text, SIZE_MAX, json_object_get(line, "feeds"), NULL, &made.contract, &error) != SLA_OK) {
        snprintf(made.complaint, sizeof made.complaint, "%s", error.message);
    }
    free(text);
    return made;
}

void fixture_free(fixture *used) {
    sla_contract_unref(used->contract);
    json_decref(used->line);
}
