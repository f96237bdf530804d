/* SPDX-License-Identifier: MIT */
/* The whole answer to a request with all its whys, for programs that print or draw it. */
#ifndef SUPPORT_EXPLANATION_H
#define SUPPORT_EXPLANATION_H

#include "life.h"

/* A cycle of the clock and its way, span by span. */
struct explained_cycle {
    sla_cycle verdict;
    sla_clock_span *spans;
    size_t span_count;
};

enum { SCOPE_CHECKS = 8 };

struct explanation {
    const sla_contract *contract;
    const struct life *life;
    sla_request request; /* with the criterion that was found */
    sla_verdict verdict;
    sla_scope_check checks[SCOPE_CHECKS];
    size_t check_count;
    sla_trial *rules; /* of the criteria table; none when the request says its criterion itself */
    size_t rule_count;
    sla_trial *targets; /* as at receipt */
    size_t target_count;
    struct explained_cycle *cycles;
    size_t cycle_count;
};

/* Explains a life. 0 after having said on stderr why that cannot be done. To be freed in any case. */
int explain_life(const sla_contract *contract, const struct life *life, struct explanation *explanation);
void free_explanation(struct explanation *explanation);

/* The calendar on which a span is counted, of whichever contract is in force. */
const sla_calendar *span_calendar(const sla_contract *contract, const sla_clock_span *span);

/* "counted", "closed", "paused" or "set aside". */
const char *span_kind_name(const sla_clock_span *span);

/* "target", "roll", "grace" or "late". */
const char *span_phase_name(const sla_clock_span *span);

/* Why a closed span is closed: "outside hours", "feed", "exception" or "combination"; NULL for other spans. */
const char *span_closed_by(const sla_clock_span *span);

/* What closed a span: its title, and the feed that it comes from; "" where there is none. */
const char *span_closing_title(const sla_contract *contract, const sla_clock_span *span);
const char *span_closing_feed(const sla_contract *contract, const sla_clock_span *span);

/* What a row asks about where it does not fit: "tier", or the name of an attribute. */
const char *trial_key(const sla_contract *contract, const sla_trial *trial);

/* What the request says there; NULL when it says nothing, or something that the contract does not know. */
const char *trial_found(const sla_contract *contract, const sla_trial *trial);

/* The values that the row accepts there, by their number from 0; NULL beyond the last. `element` is SLA_ELEMENT_RULE or
 * SLA_ELEMENT_TARGET. */
const char *trial_accepted(const sla_contract *contract, int32_t element, const sla_trial *trial, size_t number);

/* "passed", "failed" or "not judged". */
const char *check_outcome(const sla_scope_check *check);

/* The used time that the target allows a cycle; SLA_NONE when no number of seconds does. */
int64_t allowed_time(const struct explanation *explanation, const struct explained_cycle *cycle);

#endif
