/* SPDX-License-Identifier: MIT */
#include "conformance.h"

#include <string.h>

json_t *answer_status(sla_status status) {
    switch (status) {
        case SLA_HORIZON:
            return json_pack("{s:s}", "status", "horizon");
        case SLA_INVALID_REQUEST:
            return json_pack("{s:s}", "status", "invalid");
        default:
            return json_pack("{s:s}", "status", sla_status_name(status));
    }
}

json_t *instant_text(int64_t instant) {
    char text[32];
    if (sla_instant_format(instant, NULL, text, sizeof text) != SLA_OK) {
        return json_integer(instant);
    }
    return json_string(text);
}

json_t *answer_instant(const char *key, sla_status status, int64_t instant) {
    return status == SLA_OK ? json_pack("{s:o}", key, instant_text(instant)) : answer_status(status);
}

int64_t instant_of(const json_t *object, const char *key) {
    const json_t *const written = json_object_get(object, key);
    int64_t instant = SLA_NONE; /* lies outside every horizon */
    if (written != NULL) {
        sla_instant_parse(json_string_value(written), json_string_length(written), &instant, NULL);
    }
    return instant;
}

static json_t *answer_load(const json_t *question) {
    const json_t *const text = json_object_get(question, "text");
    sla_diagnostics *diagnostics = NULL;
    if (sla_diagnostics_new(100, &diagnostics) != SLA_OK) {
        return NULL;
    }
    sla_contract *contract = NULL;
    sla_error error;
    json_t *answer = json_pack("{s:b}", "ok", 1);
    if (load_contract(json_string_value(text), json_string_length(text), NULL, diagnostics, &contract, &error) != SLA_OK) {
        json_t *const places = json_array();
        sla_error complaint = error;
        size_t index = 0;
        do {
            if (sla_diagnostics_get(diagnostics, index, &complaint) == SLA_OK && complaint.severity != SLA_SEVERITY_ERROR) {
                continue;
            }
            json_array_append_new(places, json_pack("{s:i,s:i}", "line", complaint.line, "column", complaint.column));
        } while (++index < sla_diagnostics_count(diagnostics));
        json_decref(answer);
        answer = json_pack("{s:o}", "errors", places);
    }
    sla_contract_unref(contract);
    sla_diagnostics_free(diagnostics);
    return answer;
}

json_t *ask(sla_contract *contract, const json_t *question) {
    const char *const name = json_string_value(json_object_get(question, "op"));
    if (strcmp(name, "load") == 0) {
        return answer_load(question);
    }
    operation found = calendar_operation(name);
    if (found == NULL) {
        found = contract_operation(name);
    }
    return found == NULL ? NULL : found(contract, question);
}
