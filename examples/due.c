/* SPDX-License-Identifier: MIT */
/*
 * due: by when must we answer? Prints the due time of requests, each given by the instant at which it was received.
 *
 *   due --contract vivvo/contract.yaml --tier premium --criterion normal 2026-11-23T10:00:00+01:00
 */
#include "support/contract_file.h"
#include "support/files.h"
#include "support/names.h"
#include "support/options.h"
#include "support/request_options.h"

#include <sla/sla.h>
#include <stdio.h>

static char *metric;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    {"metric", 'm', POPT_ARG_STRING, &metric, 0, "response unless said", "NAME"},
    REQUEST_OPTIONS,
    POPT_AUTOHELP POPT_TABLEEND};

static void print_instant(int64_t instant, const sla_zone *zone) {
    char text[32];
    sla_instant_format(instant, zone, text, sizeof text);
    fputs(text, stdout);
}

static void print_due(const sla_request *request, const sla_due *due, const sla_zone *zone) {
    print_instant(request->received, zone);
    if (due->kind == SLA_DUE_AT) {
        fputs(" due ", stdout);
        print_instant(due->at, zone);
        if (due->limit != due->at) {
            fputs(", at the latest ", stdout);
            print_instant(due->limit, zone);
        }
    } else {
        fputs(due->kind == SLA_DUE_BEST_EFFORT ? " best effort" : " no target", stdout);
    }
    puts(due->flags & SLA_DUE_NOT_COVERED ? " (the feeds do not reach that far: holidays may be missing)" : "");
}

static int answer(const sla_contract *contract, int32_t asked_metric, const sla_request *request) {
    sla_due due;
    const sla_status status = sla_contract_due(contract, asked_metric, request, &due);
    if (status != SLA_OK) {
        fprintf(stderr, "%s\n", sla_status_message(status));
        return 0;
    }
    print_due(request, &due, sla_contract_zone(contract));
    return 1;
}

static int answer_all(const sla_contract *contract, poptContext options) {
    sla_request request;
    int32_t asked_metric;
    const struct said said[] = {
        {SLA_ELEMENT_METRIC, "metric", metric == NULL ? "response" : metric, &asked_metric},
        {0, NULL, NULL, NULL},
    };
    if (!find_said(contract, said) || !read_said_request(contract, &request)) {
        return 0;
    }
    const char *received;
    int done = 1;
    while (done && (received = poptGetArg(options)) != NULL) {
        done = read_instant(received, &request.received) && answer(contract, asked_metric, &request);
    }
    return done;
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "RECEIVED...");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    sla_contract *contract = load_contract(contract_path, feed_files);
    int done = contract != NULL && answer_all(contract, options);
    done = close_output() && done;
    sla_contract_unref(contract);
    free_options(options);
    return done ? EXIT_DONE : EXIT_COULD_NOT_RUN;
}
