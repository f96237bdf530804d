/* SPDX-License-Identifier: MIT */
/* Command lines, by popt. */
#ifndef SUPPORT_OPTIONS_H
#define SUPPORT_OPTIONS_H

#include <popt.h>

/* Exit statuses of all programs here. */
enum { EXIT_DONE = 0, EXIT_BROKEN_ROWS = 1, EXIT_COULD_NOT_RUN = 2 };

/* What all programs ask: which contract, and where its feeds are. For use in their option tables. */
extern char *contract_path;
extern char **feed_files;
#define CONTRACT_OPTIONS                                                                                                   \
    {"contract", 'c', POPT_ARG_STRING, &contract_path, 0, "the contract document", "FILE"}, {                              \
        "feed", 'f', POPT_ARG_ARGV, &feed_files, 0, "where a feed is; else it is looked for beside the contract",          \
            "NAME=FILE"                                                                                                    \
    }

/* Reads the options and leaves the arguments to poptGetArg. NULL after having said what is wrong; a contract is required.
 */
poptContext read_options(int argc, char **argv, const struct poptOption *table, const char *arguments);

/* Frees what read_options has made. */
void free_options(poptContext options);

#endif
