/* SPDX-License-Identifier: MIT */
#include "report/report.h"

/* True when nothing was decided, for want of room. */
static bool is_undecided(sla_status status) {
    return status == SLA_OUT_OF_MEMORY || status == SLA_BUFFER_TOO_SMALL;
}

static sla_status add_verdict(sla_report *report, uint64_t row, const sla_request *request, const sla_verdict *verdict,
                              const sla_cycle *cycles, sla_error *error) {
    if (verdict->cycle_count <= 1) {
        return sla_report_add(report, row, request, &verdict->scope, &verdict->cycle, verdict->cycle_count == 1, error);
    }
    if (cycles == NULL || verdict->first_cycle < 0) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a request has %lld cycles, of which only the last is here",
                        (long long)verdict->cycle_count);
    }
    return sla_report_add(report, row, request, &verdict->scope, cycles + verdict->first_cycle,
                          (size_t)verdict->cycle_count, error);
}

static sla_status add_element(sla_report *report, uint64_t row, const sla_request *asked, const sla_verdict *verdict,
                              const sla_cycle *cycles, sla_status decided, sla_error *error) {
    sla_request request = *asked;
    request.criterion = verdict->criterion;
    if (decided == SLA_OK) {
        return add_verdict(report, row, &request, verdict, cycles, error);
    }
    if (is_undecided(decided)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a request was not decided: %s", sla_status_message(decided));
    }
    return sla_report_add_invalid(report, row, &request, decided, NULL, 0, error);
}

sla_status sla_report_add_many(sla_report *report, size_t count, const uint64_t *rows, const sla_request *requests,
                               const sla_verdict *verdicts, const sla_cycle *cycles, const sla_status *statuses,
                               size_t *counted, sla_error *error) {
    if (counted != NULL) {
        *counted = 0;
    }
    if (report == NULL || counted == NULL || (count > 0 && (rows == NULL || requests == NULL || verdicts == NULL))) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a report, a count, rows, requests and verdicts are needed");
    }
    for (; *counted < count; ++*counted) {
        const size_t i = *counted;
        const sla_status decided = statuses == NULL ? SLA_OK : statuses[i];
        const sla_status status = add_element(report, rows[i], &requests[i], &verdicts[i], cycles, decided, error);
        if (status != SLA_OK) {
            if (error != NULL) {
                error->index = (int64_t)i;
            }
            return status;
        }
    }
    return SLA_OK;
}
