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

struct explanation {
    const sla_contract *contract;
    const struct life *life;
    sla_request request; /* with the criterion that was found */
    sla_verdict verdict;
    struct explained_cycle *cycles;
    size_t cycle_count;
};

/* Explains a life. 0 after having said on stderr why that cannot be done. To be freed in any case. */
int explain_life(const sla_contract *contract, const struct life *life, struct explanation *explanation);
void free_explanation(struct explanation *explanation);

/* "counted", "closed", "paused" or "set aside". */
const char *span_kind_name(const sla_clock_span *span);

/* "target", "roll", "grace" or "late". */
const char *span_phase_name(const sla_clock_span *span);

/* Why a closed span is closed: "outside hours", "feed", "exception" or "combination"; NULL for other spans. */
const char *span_closed_by(const sla_clock_span *span);

/* What closed a span: its title, and the feed that it comes from; "" where there is none. */
const char *span_closing_title(const sla_contract *contract, const sla_clock_span *span);
const char *span_closing_feed(const sla_contract *contract, const sla_clock_span *span);

/* The used time that the target allows a cycle; SLA_NONE when no number of seconds does. */
int64_t allowed_time(const struct explanation *explanation, const struct explained_cycle *cycle);

#endif
