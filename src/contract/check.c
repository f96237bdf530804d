/* SPDX-License-Identifier: MIT */
/* Checking a contract (§6): what nothing uses, and what contradicts itself. */
#include "contract/check.h"

#include <stdio.h>
#include <string.h>

/* ---- Findings ---- */

void sli_keep_finding(contract_check *check, const char *path, sla_error *finding) {
    finding->severity = SLA_SEVERITY_WARNING;
    snprintf(finding->path, sizeof finding->path, "%s", path);
    sli_diagnostics_add(check->diagnostics, finding);
}

void sli_leave_out(contract_check *check, const char *path, const char *search) {
    check->left_out = true;
    SLI_WARN(check, SLA_LIMIT, path, "the search for %s is left out: there are too many combinations", search);
}

const char *sli_row_path(const char *list, int32_t row, char path[CHECK_PATH_SIZE]) {
    snprintf(path, CHECK_PATH_SIZE, "%s[%d]", list, (int)row);
    return path;
}

const char *sli_name_path(const char *list, const char *name, char path[CHECK_PATH_SIZE]) {
    const int length = snprintf(path, CHECK_PATH_SIZE, "%s.%s", list, name);
    while (length >= CHECK_PATH_SIZE && !sli_text_is_utf8(sli_text(path, SIZE_MAX))) {
        path[strlen(path) - 1] = '\0'; /* half a character at the cut */
    }
    return path;
}

static const char *name_of(const contract_check *check, int32_t kind, int32_t index) {
    return sla_contract_name(check->contract, kind, index);
}

/* ---- What nothing uses ---- */

static bool is_asked_for(const model *of, int32_t rows, int32_t key, int32_t value) {
    for (size_t i = 0; i < of->conditions[rows].count; i++) {
        const struct condition *const asking = &of->conditions[rows].items[i];
        if (asking->key == key && (value == SLA_UNSAID || asking->value == value)) {
            return true;
        }
    }
    return false;
}

static bool is_part_of_another(const model *of, size_t index) {
    for (size_t i = 0; i < of->calendars.count; i++) {
        if (sli_calendar_has_part(of->calendars.items[i], of->calendars.items[index])) {
            return true;
        }
    }
    return false;
}

static bool uses_calendar(const sla_contract *contract, int32_t index) {
    const model *const of = &contract->model;
    if (index == of->default_calendar || is_part_of_another(of, (size_t)index)) {
        return true;
    }
    for (size_t i = 0; i < of->channels.count; i++) {
        if (of->channels.items[i].calendar == index) {
            return true;
        }
    }
    for (size_t i = 0; i < of->targets.count; i++) {
        if (contract->targets[i].row.calendar == index || contract->targets[i].row.roll == index) {
            return true;
        }
    }
    return false;
}

static void check_calendars(contract_check *check) {
    char path[CHECK_PATH_SIZE];
    const int32_t count = sla_contract_count(check->contract, SLA_ELEMENT_CALENDAR);
    for (int32_t i = 1; i < count; i++) { /* 0 is `always`, which nobody wrote */
        const char *const name = name_of(check, SLA_ELEMENT_CALENDAR, i);
        if (!uses_calendar(check->contract, i)) {
            SLI_WARN(check, SLA_NOT_FOUND, sli_name_path("calendars", name, path),
                     "no target, channel or other calendar uses the calendar '%.*s'", SLI_QUOTED(sli_text(name, SIZE_MAX)));
        }
    }
}

static bool offers_channel(const model *of, int32_t index) {
    for (size_t i = 0; i < of->tiers.count; i++) {
        if ((of->tiers.items[i].channels[index / 64] >> (index % 64) & 1) != 0) {
            return true;
        }
    }
    return of->tiers.count == 0; /* without tiers every channel is open to all */
}

static void check_channels(contract_check *check) {
    char path[CHECK_PATH_SIZE];
    const model *const of = &check->contract->model;
    const int32_t count = sla_contract_count(check->contract, SLA_ELEMENT_CHANNEL);
    for (int32_t i = 0; i < count; i++) {
        const char *const name = name_of(check, SLA_ELEMENT_CHANNEL, i);
        const bool asked_for = is_asked_for(of, ROWS_RULES, KEY_CHANNEL, i) ||
                               is_asked_for(of, ROWS_TARGETS, KEY_CHANNEL, i) ||
                               is_asked_for(of, ROWS_OBJECTIVES, KEY_CHANNEL, i);
        if (!asked_for && !offers_channel(of, i)) {
            SLI_WARN(check, SLA_NOT_FOUND, sli_name_path("channels", name, path), "no tier offers the channel '%.*s'",
                     SLI_QUOTED(sli_text(name, SIZE_MAX)));
        }
    }
}

static void check_attributes(contract_check *check) {
    char path[CHECK_PATH_SIZE];
    const int32_t count = sla_contract_count(check->contract, SLA_ELEMENT_ATTRIBUTE);
    for (int32_t i = 0; i < count; i++) {
        const char *const name = name_of(check, SLA_ELEMENT_ATTRIBUTE, i);
        if (!is_asked_for(&check->contract->model, ROWS_RULES, KEY_ATTRIBUTE + i, SLA_UNSAID)) {
            SLI_WARN(check, SLA_NOT_FOUND, sli_name_path("attributes", name, path),
                     "no row of the criteria table asks for the attribute '%.*s'", SLI_QUOTED(sli_text(name, SIZE_MAX)));
        }
    }
}

/* ---- Services on both lists (§5) ---- */

static void check_services(contract_check *check) {
    char path[CHECK_PATH_SIZE];
    const model *const of = &check->contract->model;
    for (size_t i = 0; i < of->services.count; i++) {
        const int32_t exclusion = of->services.items[i].entry[LIST_EXCLUDED];
        if (!of->services.items[i].listed[LIST_COVERED] || exclusion < 0) {
            continue;
        }
        const char *const name = name_of(check, SLA_ELEMENT_SERVICE, (int32_t)i);
        const char *const excluded = name_of(check, SLA_ELEMENT_EXCLUSION, exclusion);
        SLI_WARN(check, SLA_DUPLICATE, sli_name_path("services.covered", name, path),
                 "the service '%.*s' is covered and, as '%.*s', excluded; the exclusion wins",
                 SLI_QUOTED(sli_text(name, SIZE_MAX)), SLI_QUOTED(sli_text(excluded, SIZE_MAX)));
    }
}

/* ---- The whole ---- */

sla_status sla_contract_check(const sla_contract *contract, sla_diagnostics *diagnostics, sla_error *error) {
    if (contract == NULL || diagnostics == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a contract and diagnostics for the findings are needed");
    }
    contract_check check = {contract, diagnostics, false};
    sla_status status = sli_check_table(&check);
    if (status == SLA_OK) {
        status = sli_check_targets(&check);
    }
    if (status != SLA_OK) {
        return sli_fail_memory(error);
    }
    check_calendars(&check);
    check_channels(&check);
    check_attributes(&check);
    check_services(&check);
    if (check.left_out) {
        return sli_fail(error, SLA_LIMIT, "a part of the check is left out for its size; the findings say which");
    }
    return SLA_OK;
}
