/* SPDX-License-Identifier: MIT */
#include "base/base.h"

/* The one registry of statuses: number, name, sentence. */
#define STATUSES(_)                                                                                                        \
    _(SLA_OK, "Done.")                                                                                                     \
    _(SLA_INVALID_ARGUMENT, "The call's arguments cannot be used.")                                                        \
    _(SLA_OUT_OF_MEMORY, "There is not enough memory.")                                                                    \
    _(SLA_HORIZON, "The question or its answer lies outside the horizon.")                                                 \
    _(SLA_INVALID_REQUEST, "The request contradicts itself or the contract.")                                              \
    _(SLA_NOT_FOUND, "There is no element of that name.")                                                                  \
    _(SLA_DUPLICATE, "There is an element of that name already.")                                                          \
    _(SLA_CYCLE, "The reference leads back to where it started.")                                                          \
    _(SLA_NEVER_OPEN, "The calendar is never open within its horizon.")                                                    \
    _(SLA_UNKNOWN_ZONE, "There is no time zone of that name.")                                                             \
    _(SLA_INVALID_ZONE, "The time-zone file cannot be used.")                                                              \
    _(SLA_INVALID_FEED, "The iCalendar text cannot be read.")                                                              \
    _(SLA_UNSUPPORTED_EVENT, "The feed has an event that cannot be expanded.")                                             \
    _(SLA_INVALID_DOCUMENT, "The contract document has errors.")                                                           \
    _(SLA_MISSING_FEED, "A feed that the document names was not handed over.")                                             \
    _(SLA_LIMIT, "A stated bound is exceeded.")                                                                            \
    _(SLA_BUFFER_TOO_SMALL, "The buffer is too small for the answer.")

const char *sla_status_name(sla_status status) {
#define NAME_CASE(code, sentence)                                                                                          \
    case code:                                                                                                             \
        return #code;
    switch (status) {
        STATUSES(NAME_CASE)
        default:
            return "SLA_UNKNOWN_STATUS";
    }
}

const char *sla_status_message(sla_status status) {
#define SENTENCE_CASE(code, sentence)                                                                                      \
    case code:                                                                                                             \
        return sentence;
    switch (status) {
        STATUSES(SENTENCE_CASE)
        default:
            return "There is no such status.";
    }
}

#define TEXT_OF_NUMBER(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF_NUMBER(major) "." TEXT_OF_NUMBER(minor) "." TEXT_OF_NUMBER(patch)

const char *sla_version(void) {
    return VERSION_TEXT(SLA_VERSION_MAJOR, SLA_VERSION_MINOR, SLA_VERSION_PATCH);
}
