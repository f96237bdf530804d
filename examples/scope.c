/* SPDX-License-Identifier: MIT */
/*
 * scope: is the request covered at all? Prints the decision and, when it is not, every reason with its clause.
 *
 *   scope --contract vivvo/contract.yaml --tier standard --channel phone --service theme 2026-11-23T10:00:00+01:00
 */
#include "support/contract_file.h"
#include "support/files.h"
#include "support/names.h"
#include "support/options.h"

#include <sla/sla.h>
#include <stdio.h>

static char *tier, *channel, *service, *language, **holds;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"tier", 't', POPT_ARG_STRING, &tier, 0, "the requester's tier", "NAME"},
    {"channel", 'l', POPT_ARG_STRING, &channel, 0, "where the request came in", "NAME"},
    {"service", 's', POPT_ARG_STRING, &service, 0, "what it is about", "NAME"},
    {"language", 'g', POPT_ARG_STRING, &language, 0, "the language it is written in, such as en-GB", "TAG"},
    {"holds", 0, POPT_ARG_ARGV, &holds, 0, "a fact that the requester holds, such as licence; may be repeated", "FACT"},
    POPT_AUTOHELP POPT_TABLEEND};

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

static void print_reason(const sla_contract *contract, const sla_request *request, int32_t reason) {
    const char *clause = sla_contract_clause(contract, request, reason);
    printf("  %s", sla_reason_name(reason));
    printf(clause[0] != '\0' ? ": %s\n" : "%s\n", clause);
}

static void print_decision(const sla_contract *contract, const sla_request *request, const sla_scope *scope) {
    puts(scope->in_scope ? "in scope" : "out of scope");
    for (int32_t reason = 1; reason <= scope->reasons; reason <<= 1) {
        if (scope->reasons & reason) {
            print_reason(contract, request, reason);
        }
    }
    char opening[32];
    if (scope->next_open != SLA_NONE &&
        sla_instant_format(scope->next_open, sla_contract_zone(contract), opening, sizeof opening) == SLA_OK) {
        printf("the channel opens at %s\n", opening);
    }
}

static int decide(const sla_contract *contract, const char *received) {
    sla_request request = request_received_at(0);
    const struct said said[] = {
        {SLA_ELEMENT_TIER, "tier", tier, &request.tier},
        {SLA_ELEMENT_CHANNEL, "channel", channel, &request.channel},
        {SLA_ELEMENT_SERVICE, "service", service, &request.service},
        {SLA_ELEMENT_LANGUAGE, "language", language, &request.language},
        {0, NULL, NULL, NULL},
    };
    if (!find_said(contract, said) || !find_facts(contract, &request.holds) || !read_instant(received, &request.received)) {
        return 0;
    }
    sla_scope scope;
    const sla_status status = sla_contract_decide_scope(contract, &request, &scope);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", sla_status_message(status));
        return 0;
    }
    print_decision(contract, &request, &scope);
    return 1;
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "RECEIVED");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    const char *received = poptGetArg(options);
    sla_contract *contract = load_contract(contract_path, feed_files);
    if (received == NULL) {
        fprintf(stderr, "say when the request was received\n");
    }
    int done = contract != NULL && received != NULL && decide(contract, received);
    done = close_output() && done;
    sla_contract_unref(contract);
    free_options(options);
    return done ? EXIT_DONE : EXIT_COULD_NOT_RUN;
}
