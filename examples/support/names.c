/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int bytes_within(const char *text, size_t length, size_t limit) {
    size_t bytes = length < limit ? length : limit;
    while (bytes > 0 && bytes < length && (text[bytes] & 0xc0) == 0x80) {
        bytes--;
    }
    return (int)bytes;
}

int list_name(char *complaint, size_t capacity, int first, const char *name) {
    static const char *const before[] = {", ", " "};
    static const char more[] = "…";
    const size_t used = strlen(complaint);
    const int fits = used + strlen(before[first]) + strlen(name) + strlen(", ") + sizeof more <= capacity;
    snprintf(complaint + used, capacity - used, "%s%s", before[first], fits ? name : more);
    return fits;
}

static void explain_unknown(const sla_contract *contract, int32_t element, const char *kind, const char *name,
                            size_t length, char *complaint, size_t capacity) {
    snprintf(complaint, capacity, "unknown %s '%.*s'; this contract has", kind, bytes_within(name, length, NAME_SHOWN),
             name);
    int32_t i = 0;
    while (i < sla_contract_count(contract, element) &&
           list_name(complaint, capacity, i == 0, sla_contract_name(contract, element, i))) {
        i++;
    }
}

int find_name(const sla_contract *contract, int32_t element, const char *kind, const char *name, size_t length,
              int32_t *index, char *complaint, size_t capacity) {
    *index = SLA_UNSAID;
    if (name == NULL || sla_contract_find(contract, element, name, length, index) == SLA_OK) {
        return 1;
    }
    if (element == SLA_ELEMENT_SERVICE || element == SLA_ELEMENT_LANGUAGE) {
        return 1; /* what is on no list has a meaning of its own (§5) */
    }
    explain_unknown(contract, element, kind, name, length, complaint, capacity);
    *index = SLA_UNSAID;
    return 0;
}

sla_request request_received_at(int64_t received) {
    return (sla_request){.received = received,
                         .tier = SLA_UNSAID,
                         .channel = SLA_UNSAID,
                         .service = SLA_UNSAID,
                         .language = SLA_UNSAID,
                         .criterion = SLA_UNSAID};
}

int find_said(const sla_contract *contract, const struct said *said) {
    char complaint[400];
    for (; said->kind != NULL; said++) {
        const size_t length = said->name == NULL ? 0 : strlen(said->name);
        if (!find_name(contract, said->element, said->kind, said->name, length, said->index, complaint, sizeof complaint)) {
            fprintf(stderr, "%s\n", complaint);
            return 0;
        }
    }
    return 1;
}

int read_instant(const char *text, int64_t *instant) {
    sla_error error;
    if (sla_instant_parse(text, strlen(text), instant, &error) != SLA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 0;
    }
    return 1;
}

int read_moment(const char *option, const char *text, int64_t *instant) {
    if (text != NULL && !read_instant(text, instant)) {
        return 0;
    }
    if (*instant < SLA_HORIZON_BEGIN || *instant >= SLA_HORIZON_END) {
        fprintf(stderr, "%s: it must lie between 1970 and 2100\n", option);
        return 0;
    }
    return 1;
}

int read_duration(const char *text, int64_t *seconds) {
    static const char units[] = "hms";
    static const int64_t unit_seconds[] = {3600, 60, 1};
    const char *at = text;
    *seconds = 0;
    for (size_t i = 0; units[i] != '\0'; i++) {
        const size_t digits = strspn(at, "0123456789");
        if (digits > 0 && digits <= 7 && at[digits] == units[i]) {
            *seconds += strtoll(at, NULL, 10) * unit_seconds[i];
            at += digits + 1;
        }
    }
    return at > text && *at == '\0';
}
