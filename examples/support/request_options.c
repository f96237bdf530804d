/* SPDX-License-Identifier: MIT */
#include "request_options.h"

#include "names.h"

#include <stddef.h>

static char *tier, *channel, *service, *language, *criterion, **holds;

struct poptOption request_options[] = {
    {"tier", 't', POPT_ARG_STRING, &tier, 0, "the requester's tier", "NAME"},
    {"channel", 'l', POPT_ARG_STRING, &channel, 0, "where the request came in", "NAME"},
    {"service", 's', POPT_ARG_STRING, &service, 0, "what it is about", "NAME"},
    {"language", 'g', POPT_ARG_STRING, &language, 0, "the language it is written in, such as en-GB", "TAG"},
    {"criterion", 'r', POPT_ARG_STRING, &criterion, 0, "how it was judged", "NAME"},
    {"holds", 0, POPT_ARG_ARGV, &holds, 0, "a fact that the requester holds, such as licence; may be repeated", "FACT"},
    POPT_TABLEEND};

static int find_facts(const sla_contract *contract, uint64_t *facts) {
    for (char **fact = holds; fact != NULL && *fact != NULL; fact++) {
        int32_t index;
        const struct said said[] = {{SLA_ELEMENT_FACT, "fact", *fact, &index}, {0, NULL, NULL, NULL}};
        if (!find_said(contract, said)) {
            return 0;
        }
        *facts |= UINT64_C(1) << index;
    }
    return 1;
}

int read_said_request(const sla_contract *contract, sla_request *request) {
    *request = request_received_at(0);
    const struct said said[] = {
        {SLA_ELEMENT_TIER, "tier", tier, &request->tier},
        {SLA_ELEMENT_CHANNEL, "channel", channel, &request->channel},
        {SLA_ELEMENT_SERVICE, "service", service, &request->service},
        {SLA_ELEMENT_LANGUAGE, "language", language, &request->language},
        {SLA_ELEMENT_CRITERION, "criterion", criterion, &request->criterion},
        {0, NULL, NULL, NULL},
    };
    return find_said(contract, said) && find_facts(contract, &request->holds);
}
