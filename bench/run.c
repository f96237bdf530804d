/* SPDX-License-Identifier: MIT */
/* usage: bench [--json] [--growth] [--contract FILE] */
#include "chapters.h"

#include "stopwatch.h"

#include <stdlib.h>
#include <string.h>

typedef struct options {
    int json;
    int growth;
    const char *contract;
} options;

static void refuse(const char *argument) {
    fprintf(stderr, "bench: %s: usage: bench [--json] [--growth] [--contract FILE]\n", argument);
    exit(2);
}

static options read_options(char **arguments) {
    options chosen = {.contract = BENCH_CONTRACT};
    for (; *arguments != NULL; arguments++) {
        if (strcmp(*arguments, "--json") == 0) {
            chosen.json = 1;
        } else if (strcmp(*arguments, "--growth") == 0) {
            chosen.growth = 1;
        } else if (strcmp(*arguments, "--contract") == 0 && arguments[1] != NULL) {
            chosen.contract = *++arguments;
        } else {
            refuse(*arguments);
        }
    }
    return chosen;
}

static void print_json_member(const char *name, const char *text) {
    print_json_text(name, stdout);
    fputs(": ", stdout);
    print_json_text(text, stdout);
    fputs(", ", stdout);
}

static void print_json(const machine *here, double share, const table *figures, int count) {
    fputs("{", stdout);
    print_json_member("version", sla_version());
    print_json_member("processor", here->processor);
    print_json_member("system", here->system);
    print_json_member("compiler", here->compiler);
    print_json_member("flags", here->flags);
    printf("\"processors\": %ld, \"percent of a processor had\": %.0f,\n \"tables\": [", here->processors, share);
    for (int i = 0; i < count; i++) {
        fputs(i == 0 ? "\n " : ",\n ", stdout);
        table_print_json(&figures[i], stdout);
    }
    fputs("]}\n", stdout);
}

static void print_text(const machine *here, double share, const table *figures, int count) {
    printf("libsla %s, %s, %s\n%s, %ld processors, %s; %.0f %% of one was had\n", sla_version(), here->compiler,
           here->flags, here->processor, here->processors, here->system, share);
    for (int i = 0; i < count; i++) {
        table_print(&figures[i], stdout);
    }
}

int main(int argument_count, char **arguments) {
    const double started = now();
    static table figures[GROWTH_COUNT];
    const options chosen = read_options(arguments + (argument_count > 0));
    machine here;
    machine_describe(&here);
    office berlin;
    office_open(&berlin);
    int count = GROWTH_COUNT;
    if (chosen.growth) {
        measure_growth(&berlin, figures);
    } else {
        measure_calls(&berlin, &figures[0]);
        measure_batches(&berlin, &figures[1]);
        measure_building(&berlin, chosen.contract, &figures[2]);
        count = 3;
    }
    office_close(&berlin);
    if (chosen.json) {
        print_json(&here, machine_share(started), figures, count);
    } else {
        print_text(&here, machine_share(started), figures, count);
    }
    return EXIT_SUCCESS;
}
