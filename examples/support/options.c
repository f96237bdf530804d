/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>

char *contract_path = NULL;
char **feed_files = NULL;

poptContext read_options(int argc, char **argv, const struct poptOption *table, const char *arguments) {
    poptContext options = poptGetContext(NULL, argc, (const char **)argv, table, 0);
    poptSetOtherOptionHelp(options, arguments);
    const int outcome = poptGetNextOpt(options);
    if (outcome < -1) {
        fprintf(stderr, "%s: %s; --help lists the options\n", poptBadOption(options, 0), poptStrerror(outcome));
    } else if (contract_path == NULL) {
        fprintf(stderr, "no contract given; say --contract FILE\n");
    } else {
        return options;
    }
    free_options(options);
    return NULL;
}

void free_options(poptContext options) {
    for (char **feed = feed_files; feed != NULL && *feed != NULL; feed++) {
        free(*feed);
    }
    free(feed_files);
    free(contract_path);
    feed_files = NULL;
    contract_path = NULL;
    poptFreeContext(options);
}
