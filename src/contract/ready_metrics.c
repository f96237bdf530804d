/* SPDX-License-Identifier: MIT */
/* Metrics that most agreements have, by the name that a document gives in `like`. */
#include "contract/contract.h"

/* Receipt starts no update clock: the first response does, and an update is one too. A requester does not wait for us while
 * we wait for them. */
static const ready_metric ready_metrics[SLI_READY_METRIC_COUNT] = {
    {.name = "first-response", .start = {"received"}, .stop = {"responded"}, .cancel = {"withdrawn"}},
    {.name = "next-response",
     .behaviour = {.repeats = 1},
     .start = {"asked"},
     .stop = {"responded", "resolved"},
     .cancel = {"withdrawn"}},
    {.name = "periodic-update",
     .behaviour = {.repeats = 1},
     .start = {"responded", "updated"},
     .stop = {"updated", "resolved"},
     .cancel = {"withdrawn"}},
    {.name = "pausable-update",
     .behaviour = {.repeats = 1},
     .start = {"responded", "updated"},
     .stop = {"updated", "resolved"},
     .pause = {"waiting"},
     .resume = {"answered"},
     .cancel = {"withdrawn"}},
    {.name = "resolution",
     .start = {"received"},
     .stop = {"resolved"},
     .pause = {"waiting", "held"},
     .resume = {"answered", "released"},
     .cancel = {"withdrawn"}},
    {.name = "total-resolution",
     .behaviour = {.reopen = SLA_REOPEN_RESUME},
     .start = {"received", "reopened"},
     .stop = {"resolved"},
     .pause = {"waiting", "held"},
     .resume = {"answered", "released"},
     .cancel = {"withdrawn"}},
    {.name = "requester-wait",
     .behaviour = {.reopen = SLA_REOPEN_RESUME},
     .start = {"received", "reopened"},
     .stop = {"resolved"},
     .pause = {"waiting"},
     .resume = {"answered"},
     .cancel = {"withdrawn"}},
    {.name = "agent-work",
     .behaviour = {.reopen = SLA_REOPEN_RESUME},
     .start = {"received", "reopened"},
     .stop = {"resolved"},
     .pause = {"waiting", "held"},
     .resume = {"answered", "released"},
     .cancel = {"withdrawn"}},
};

const ready_metric *sli_ready_metric(size_t index) {
    return index < SLI_READY_METRIC_COUNT ? &ready_metrics[index] : NULL;
}

sla_status sli_find_ready_metric(text name, const ready_metric **metric, sla_error *error) {
    const char *known[SLI_READY_METRIC_COUNT];
    *metric = NULL;
    for (size_t i = 0; i < SLI_READY_METRIC_COUNT; i++) {
        known[i] = ready_metrics[i].name;
        if (sli_text_is(name, known[i])) {
            *metric = &ready_metrics[i];
            return SLA_OK;
        }
    }
    return sli_fail_unknown(error, "ready-made metric", name, known, SLI_READY_METRIC_COUNT);
}
