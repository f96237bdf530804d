/* SPDX-License-Identifier: MIT */
/* Uses one thing of each kind: a text, a number, an object. Exits 0 when all are as they should be. */
#include <sla/sla.h>

#include <stdio.h>
#include <string.h>

static int expect(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "consumer: %s\n", what);
    }
    return condition ? 0 : 1;
}

static int check_version(void) {
    char built_with[32];
    snprintf(built_with, sizeof built_with, "%d.%d.%d", SLA_VERSION_MAJOR, SLA_VERSION_MINOR, SLA_VERSION_PATCH);
    return expect(strcmp(sla_version(), built_with) == 0, "header and library are of different versions");
}

static int check_date(void) {
    int32_t date = 0;
    const sla_status status = sla_date_from_civil(2026, 11, 23, &date);
    return expect(status == SLA_OK && date == 20780, "2026-11-23 is not day 20780");
}

static int check_diagnostics(void) {
    sla_diagnostics *diagnostics = NULL;
    int failures = expect(sla_diagnostics_new(10, &diagnostics) == SLA_OK, "no diagnostics");
    failures += expect(sla_diagnostics_count(diagnostics) == 0, "new diagnostics hold complaints");
    sla_diagnostics_free(diagnostics);
    return failures;
}

int main(void) {
    return check_version() + check_date() + check_diagnostics();
}
