/* SPDX-License-Identifier: MIT */
/*
 * explain: why is the answer what it is? Prints the scope decision, the criterion, the target, and the way of the clock
 * line by line, so that whoever disputes a due time can check it with a calendar on the wall.
 *
 *   explain --contract vivvo/contract.yaml --holds licence --tier premium --criterion normal
 *           --now 2026-11-24T10:00:00+01:00 2026-11-23T16:00:00+01:00
 */
#include "support/contract_file.h"
#include "support/explanation.h"
#include "support/explanation_json.h"
#include "support/explanation_text.h"
#include "support/files.h"
#include "support/options.h"

#include <stdio.h>
#include <string.h>

static char *format;

static const struct poptOption options_table[] = {
    CONTRACT_OPTIONS,
    LIFE_OPTIONS,
    REQUEST_OPTIONS,
    {"format", 'o', POPT_ARG_STRING, &format, 0, "text (the default) or json", "FORMAT"},
    POPT_AUTOHELP POPT_TABLEEND};

static int format_is_known(void) {
    if (format == NULL || strcmp(format, "text") == 0 || strcmp(format, "json") == 0) {
        return 1;
    }
    fprintf(stderr, "--format %s: say text or json\n", format);
    return 0;
}

static int print_explanation(const struct explanation *explanation) {
    if (format != NULL && strcmp(format, "json") == 0) {
        return print_explanation_json(explanation);
    }
    print_explanation_text(explanation);
    return 1;
}

static int answer(const sla_contract *contract, const char *received) {
    struct life life = {0};
    struct explanation explanation = {0};
    const int done = read_life(contract, received, &life) && explain_life(contract, &life, &explanation) &&
                     print_explanation(&explanation);
    free_explanation(&explanation);
    free_life(&life);
    return done;
}

int main(int argc, char **argv) {
    poptContext options = read_options(argc, argv, options_table, "RECEIVED");
    if (options == NULL) {
        return EXIT_COULD_NOT_RUN;
    }
    sla_contract *contract = format_is_known() ? load_contract(contract_path, feed_files) : NULL;
    int done = contract != NULL && answer(contract, poptGetArg(options));
    done = close_output() && done;
    sla_contract_unref(contract);
    free_options(options);
    return done ? EXIT_DONE : EXIT_COULD_NOT_RUN;
}
