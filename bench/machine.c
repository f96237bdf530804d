/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "chapters.h"

#include "stopwatch.h"

#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown compiler"
#endif

static void find_processor(char *name, size_t size) {
    char line[256];
    FILE *const file = fopen("/proc/cpuinfo", "r");
    snprintf(name, size, "unknown processor");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *const colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            snprintf(name, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

void machine_describe(machine *described) {
    struct utsname system;
    find_processor(described->processor, sizeof described->processor);
    if (uname(&system) == 0) {
        snprintf(described->system, sizeof described->system, "%.40s %.60s %.20s", system.sysname, system.release,
                 system.machine);
    }
    described->compiler = COMPILER;
    described->flags = BENCH_FLAGS;
    described->processors = sysconf(_SC_NPROCESSORS_ONLN);
}

double machine_share(double started) {
    return (double)clock() / CLOCKS_PER_SEC * 1e9 / (now() - started) * 100;
}
