/* SPDX-License-Identifier: MIT */
#include "conformance.h"

#include <stdio.h>
#include <string.h>

static const sla_calendar *calendar_of(const sla_contract *contract, const json_t *question) {
    int32_t index;
    sla_contract_find(contract, SLA_ELEMENT_CALENDAR, json_string_value(json_object_get(question, "calendar")), SIZE_MAX,
                      &index);
    return sla_contract_calendar(contract, index);
}

static json_t *answer_is_open(sla_contract *contract, const json_t *question) {
    int32_t open;
    const sla_status status = sla_calendar_is_open(calendar_of(contract, question), instant_of(question, "at"), &open);
    return status == SLA_OK ? json_pack("{s:b}", "open", open) : answer_status(status);
}

static json_t *answer_elapsed(sla_contract *contract, const json_t *question) {
    int64_t seconds;
    const sla_status status = sla_calendar_elapsed(calendar_of(contract, question), instant_of(question, "from"),
                                                   instant_of(question, "until"), &seconds);
    return status == SLA_OK ? json_pack("{s:I}", "seconds", (json_int_t)seconds) : answer_status(status);
}

static json_t *answer_add(sla_contract *contract, const json_t *question) {
    int64_t result;
    const sla_status status = sla_calendar_add(calendar_of(contract, question), instant_of(question, "at"),
                                               json_integer_value(json_object_get(question, "seconds")), &result);
    return answer_instant("at", status, result);
}

static json_t *answer_add_late(sla_contract *contract, const json_t *question) {
    int64_t result;
    const sla_status status = sla_calendar_add_late(calendar_of(contract, question), instant_of(question, "at"),
                                                    json_integer_value(json_object_get(question, "seconds")), &result);
    return answer_instant("at", status, result);
}

static json_t *answer_next_open(sla_contract *contract, const json_t *question) {
    int64_t result;
    const sla_status status = sla_calendar_next_open(calendar_of(contract, question), instant_of(question, "at"), &result);
    return answer_instant("at", status, result);
}

static json_t *answer_next_close(sla_contract *contract, const json_t *question) {
    int64_t result;
    const sla_status status = sla_calendar_next_close(calendar_of(contract, question), instant_of(question, "at"), &result);
    return answer_instant("at", status, result);
}

/* "16:00" or "16:00:30" as second of the day; -1 when absent. */
static int32_t second_of_day(const json_t *written) {
    int hours, minutes, seconds = 0;
    if (written == NULL || sscanf(json_string_value(written), "%d:%d:%d", &hours, &minutes, &seconds) < 2) {
        return -1;
    }
    return hours * 3600 + minutes * 60 + seconds;
}

static json_t *answer_add_business_days(sla_contract *contract, const json_t *question) {
    int64_t result;
    const sla_status status = sla_calendar_add_business_days(calendar_of(contract, question), instant_of(question, "at"),
                                                             json_integer_value(json_object_get(question, "days")),
                                                             second_of_day(json_object_get(question, "by")), &result);
    return answer_instant("at", status, result);
}

operation calendar_operation(const char *name) {
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        {"is_open", answer_is_open},
        {"elapsed", answer_elapsed},
        {"add", answer_add},
        {"add_late", answer_add_late},
        {"next_open", answer_next_open},
        {"next_close", answer_next_close},
        {"add_business_days", answer_add_business_days},
    };
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(operations[i].name, name) == 0) {
            return operations[i].run;
        }
    }
    return NULL;
}
