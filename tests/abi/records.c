/* SPDX-License-Identifier: MIT */
/* The records that cross the border have pinned sizes and offsets, without hidden padding. */
#include <sla/sla.h>

#include <stdio.h>

struct pin {
    const char *what;
    size_t expected;
    size_t found;
};

#define SIZE(record, bytes)                                                                                                \
    { "sizeof " #record, bytes, sizeof(record) }
#define OFFSET(record, field, bytes)                                                                                       \
    { #record "." #field, bytes, offsetof(record, field) }

static const struct pin pins[] = {
    SIZE(sla_status, 4),
    SIZE(sla_error, 512),
    OFFSET(sla_error, index, 16),
    OFFSET(sla_error, path, 24),
    OFFSET(sla_error, message, 152),
    OFFSET(sla_error, reserved, 496),
    SIZE(sla_feed_options, 32),
    OFFSET(sla_feed_options, reserved, 16),
    SIZE(sla_window, 8),
    SIZE(sla_span, 32),
    OFFSET(sla_span, kind, 16),
    OFFSET(sla_span, reserved, 24),
    SIZE(sla_metric, 32),
    OFFSET(sla_metric, reserved, 12),
    SIZE(sla_target, 56),
    OFFSET(sla_target, amount, 8),
    OFFSET(sla_target, by, 24),
    OFFSET(sla_target, reserved, 36),
    SIZE(sla_objective, 32),
    OFFSET(sla_objective, reserved, 12),
    SIZE(sla_request, 64),
    OFFSET(sla_request, holds, 8),
    OFFSET(sla_request, tier, 16),
    OFFSET(sla_request, criterion, 32),
    OFFSET(sla_request, reserved, 36),
    SIZE(sla_scope, 24),
    OFFSET(sla_scope, next_open, 8),
    OFFSET(sla_scope, reserved, 16),
    SIZE(sla_condition, 32),
    OFFSET(sla_condition, reserved, 12),
    SIZE(sla_trial, 32),
    OFFSET(sla_trial, reserved, 20),
    SIZE(sla_scope_check, 32),
    OFFSET(sla_scope_check, instant, 16),
    SIZE(sla_due, 32),
    OFFSET(sla_due, at, 8),
    OFFSET(sla_due, limit, 16),
    OFFSET(sla_due, flags, 24),
    SIZE(sla_event, 16),
    OFFSET(sla_event, event, 8),
    SIZE(sla_change, 16),
    OFFSET(sla_change, value, 12),
    SIZE(sla_cycle, 128),
    OFFSET(sla_cycle, contract, 12),
    OFFSET(sla_cycle, started, 16),
    OFFSET(sla_cycle, late, 72),
    OFFSET(sla_cycle, used_elapsed, 80),
    OFFSET(sla_cycle, reserved, 88),
    SIZE(sla_threshold, 64),
    OFFSET(sla_threshold, amount, 8),
    OFFSET(sla_threshold, action, 32),
    OFFSET(sla_threshold, reserved, 36),
    SIZE(sla_transition, 64),
    OFFSET(sla_transition, metric, 16),
    OFFSET(sla_transition, thresholds, 32),
    OFFSET(sla_transition, reserved, 40),
    SIZE(sla_clock_span, 96),
    OFFSET(sla_clock_span, kind, 16),
    OFFSET(sla_clock_span, used, 56),
    OFFSET(sla_clock_span, reserved, 72),
    SIZE(sla_verdict, 192),
    OFFSET(sla_verdict, criterion, 24),
    OFFSET(sla_verdict, cycle_count, 32),
    OFFSET(sla_verdict, cycle, 48),
    OFFSET(sla_verdict, reserved, 176),
    SIZE(sla_group, 192),
    OFFSET(sla_group, met, 72),
    OFFSET(sla_group, reasons, 96),
    OFFSET(sla_group, stopped, 160),
    OFFSET(sla_group, used_sum, 184),
    SIZE(sla_objective_result, 40),
    OFFSET(sla_objective_result, met, 8),
    OFFSET(sla_objective_result, period, 24),
    SIZE(sla_breach, 40),
    OFFSET(sla_breach, late, 32),
};

int main(void) {
    int failures = 0;
    for (size_t i = 0; i < sizeof pins / sizeof *pins; i++) {
        if (pins[i].found != pins[i].expected) {
            printf("%s is %zu, pinned to %zu\n", pins[i].what, pins[i].found, pins[i].expected);
            failures++;
        }
    }
    printf("%zu pins, %d failures\n", sizeof pins / sizeof *pins, failures);
    return failures != 0;
}
