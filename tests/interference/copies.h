/* SPDX-License-Identifier: MIT */
/* The shared library, opened by its path, and one question to it. */
#ifndef COPIES_H
#define COPIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dlfcn.h>

#include <sla/sla.h>

#define COPIED_FUNCTIONS(X)                                                                                                \
    X(sla_document_load)                                                                                                   \
    X(sla_document_set_feed)                                                                                               \
    X(sla_document_build)                                                                                                  \
    X(sla_document_free)                                                                                                   \
    X(sla_contract_due)                                                                                                    \
    X(sla_contract_unref)

/* What is used of a copy of the library. */
#define MEMBER(name) __typeof__(name) *(name);
typedef struct library {
    void *handle;
    COPIED_FUNCTIONS(MEMBER)
} library;
#undef MEMBER

static const char copied_agreement[] = "sla: 1\n"
                                       "name: Copies\n"
                                       "time_zone: UTC\n"
                                       "default_calendar: office\n"
                                       "calendars:\n"
                                       "  office: {hours: {mon-fri: 09:00-18:00}, feeds: [holidays]}\n"
                                       "targets:\n"
                                       "  - {within: 2h}\n";

static const char copied_holidays[] = "BEGIN:VCALENDAR\r\n"
                                      "BEGIN:VEVENT\r\n"
                                      "UID:monday\r\n"
                                      "DTSTART;VALUE=DATE:20261123\r\n"
                                      "SUMMARY:Closed\r\n"
                                      "END:VEVENT\r\n"
                                      "END:VCALENDAR\r\n";

/* Received on Monday 2026-11-23 at noon, which is closed: due on Tuesday at 11:00. */
#define COPIED_RECEIVED INT64_C(1795435200)
#define EXPECTED_DUE INT64_C(1795518000)

static inline library open_library(void) {
    library opened = {.handle = dlopen(SHARED_LIBRARY, RTLD_NOW | RTLD_LOCAL)};
    if (opened.handle == NULL) {
        fail_msg("%s", dlerror());
    }
#define FIND(name)                                                                                                         \
    {                                                                                                                      \
        void *const found = dlsym(opened.handle, #name);                                                                   \
        assert_non_null(found);                                                                                            \
        memcpy(&opened.name, &found, sizeof found);                                                                        \
    }
    COPIED_FUNCTIONS(FIND)
#undef FIND
    return opened;
}

/* -1 when something fails. */
static inline int64_t due_in(const library *copy) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    const sla_request request = {.received = COPIED_RECEIVED,
                                 .tier = SLA_UNSAID,
                                 .channel = SLA_UNSAID,
                                 .service = SLA_UNSAID,
                                 .language = SLA_UNSAID,
                                 .criterion = SLA_UNSAID};
    sla_due due = {.at = -1};
    if (copy->sla_document_load(copied_agreement, SIZE_MAX, &document, NULL) == SLA_OK &&
        copy->sla_document_set_feed(document, "holidays", SIZE_MAX, copied_holidays, SIZE_MAX, NULL) == SLA_OK &&
        copy->sla_document_build(document, NULL, &contract, NULL) == SLA_OK) {
        (void)copy->sla_contract_due(contract, 0, &request, &due);
    }
    copy->sla_contract_unref(contract);
    copy->sla_document_free(document);
    return due.at;
}

#endif
