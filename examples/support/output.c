/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <csv.h>
#include <sla/sla.h>
#include <stdio.h>
#include <string.h>

const char *instant_text(int64_t instant, char *text) {
    if (instant == SLA_NONE || sla_instant_format(instant, NULL, text, INSTANT_SIZE) != SLA_OK) {
        text[0] = '\0';
    }
    return text;
}

const char *reasons_text(int32_t reasons, char *text) {
    size_t length = 0;
    text[0] = '\0';
    for (int32_t reason = 1; reason <= reasons; reason <<= 1) {
        if (reasons & reason) {
            const char *space = length == 0 ? "" : " ";
            length += (size_t)snprintf(text + length, REASONS_SIZE - length, "%s%s", space, sla_reason_name(reason));
        }
    }
    return text;
}

void print_field(const char *text) {
    if (text[strcspn(text, ",\"")] == '\0') {
        fputs(text, stdout);
    } else {
        csv_fwrite(stdout, text, strlen(text));
    }
}
