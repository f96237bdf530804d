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
#include "support/request_options.h"

#include <sla/sla.h>
#include <stdio.h>

static const struct poptOption options_table[] = {CONTRACT_OPTIONS, REQUEST_OPTIONS, POPT_AUTOHELP POPT_TABLEEND};

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
    sla_request request;
    if (!read_said_request(contract, &request) || !read_instant(received, &request.received)) {
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
