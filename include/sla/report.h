/* SPDX-License-Identifier: MIT */
/*
 * libsla: compliance reports (§8). Requests and their verdicts go in, counts and rates come out.
 */
#ifndef SLA_REPORT_H
#define SLA_REPORT_H

#include <sla/clock.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A report on one metric of one contract. Used by one thread at a time; parts are made apart and merged (§8.4). */
typedef struct sla_report sla_report;

/* What requests are grouped by. */
enum {
    SLA_BY_CONTRACT = 1,
    SLA_BY_METRIC = 2,
    SLA_BY_TIER = 4,
    SLA_BY_CRITERION = 8,
    SLA_BY_CHANNEL = 16,
    SLA_BY_SERVICE = 32,
    SLA_BY_MONTH = 64,   /* of receipt, in the contract's zone */
    SLA_BY_WEEK = 128,   /* ISO 8601: "2026-W48" */
    SLA_BY_DAY = 256
};

/* The bit of a name such as "tier" or "month". SLA_NOT_FOUND. */
SLA_API sla_status sla_report_find_key(const char *name, size_t length, int32_t *key);

/* Starts a report. `by` is a sum of SLA_BY_… or 0; `worst` is how many breaches and how many invalid rows it lists (0 to
 * 10000). SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_report_new(sla_contract *contract, int32_t metric, int32_t by, size_t worst, sla_report **report,
                                  sla_error *error);
SLA_API void sla_report_free(sla_report *report);

/* A number for the name of a service on no list, to stand in sla_request.service; the same name gives the same number. A name
 * that is on a list gives the index of that service. Names have 1 to 255 bytes of UTF-8. SLA_INVALID_ARGUMENT,
 * SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_report_add_service(sla_report *report, const char *name, size_t length, int32_t *service,
                                          sla_error *error);

/* Counts one request: `row` is the caller's key of it (line number, ticket id). `cycles` are those of the report's metric, or
 * NULL with 0 for a request that is out of scope. On failure nothing is counted. SLA_INVALID_ARGUMENT (also for facts that the
 * contract does not know: such a request is invalid), SLA_OUT_OF_MEMORY, SLA_LIMIT (over 2^42 requests and cycles, or a sum
 * of used seconds over 64 bits). */
SLA_API sla_status sla_report_add(sla_report *report, uint64_t row, const sla_request *request, const sla_scope *scope,
                                  const sla_cycle *cycles, size_t cycle_count, sla_error *error);

/* Counts a batch that sla_clock_decide_many has decided for the report's metric, in order and as the calls above and below
 * do one by one, each request under the criterion of its verdict. `cycles` are those of the batch; NULL when no request has
 * more than one. `statuses` NULL: all are SLA_OK. Other statuses count as invalid, with their sentence, except
 * SLA_OUT_OF_MEMORY and SLA_BUFFER_TOO_SMALL, with which there is no whole verdict. On failure the first `counted` requests
 * are in the report and the others are not; `error` says why the next is not. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY,
 * SLA_LIMIT. */
SLA_API sla_status sla_report_add_many(sla_report *report, size_t count, const uint64_t *rows, const sla_request *requests,
                                       const sla_verdict *verdicts, const sla_cycle *cycles, const sla_status *statuses,
                                       size_t *counted, sla_error *error);

/* Counts one invalid request. `request` says what is known of it (facts that are not known count as not said; `received`
 * SLA_NONE when even that is not known); `reason` is the status and `message` what to list, NULL for the status's sentence;
 * at most 343 bytes of it are kept. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY, SLA_LIMIT. */
SLA_API sla_status sla_report_add_invalid(sla_report *report, uint64_t row, const sla_request *request, sla_status reason,
                                          const char *message, size_t message_length, sla_error *error);

/* Adds what another report of the same contract object, metric, keys and limit has counted. Any partition of requests, merged
 * in any order, gives the same report. On failure the report is as before. SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY,
 * SLA_LIMIT. */
SLA_API sla_status sla_report_merge(sla_report *report, const sla_report *other, sla_error *error);

/* ---- Reading a report ------------------------------------------------------------------------------------------- */

/* The counts of a group (§8.1) and the used seconds of its stopped clocks (SLA_NONE when there is none). 192 bytes. */
typedef struct sla_group {
    int64_t requests;
    int64_t out_of_scope;
    int64_t not_started;
    int64_t no_target;
    int64_t best_effort;
    int64_t running;
    int64_t paused;
    int64_t cancelled;
    int64_t invalid;
    int64_t met;
    int64_t breached_late;
    int64_t breached_open;
    int64_t reasons[8];      /* out of scope by reason: of the bit 1 << i */
    int64_t stopped;         /* clocks in the figures below */
    int64_t used_min;
    int64_t used_max;
    int64_t used_sum;
} sla_group;

/* The number of groups. They are sorted by their keys, what is not said first. SLA_OUT_OF_MEMORY is not possible here. */
SLA_API size_t sla_report_group_count(const sla_report *report);

/* Copies the counts of a group, or of all requests together with index -1. SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_report_get_group(const sla_report *report, int64_t index, sla_group *group);

/* The key of a group: for SLA_BY_TIER "premium", for SLA_BY_MONTH "2026-11"; NULL when the requests do not say it, or the
 * report is not grouped by it. Borrowed until the report changes. */
SLA_API const char *sla_report_group_key(const sla_report *report, int64_t index, int32_t by);

/* The nearest-rank percentile (§8.3) of used seconds in a group (-1: all): `per_mille` from 1 to 1000. SLA_NOT_FOUND with
 * SLA_NONE when no clock has stopped, SLA_INVALID_ARGUMENT. */
SLA_API sla_status sla_report_percentile(const sla_report *report, int64_t index, int32_t per_mille, int64_t *seconds);

/* How an objective of the contract (§8.2) was kept in one of its periods. */
typedef struct sla_objective_result {
    int32_t objective;  /* index */
    int32_t holds;      /* 1 or 0 */
    int64_t met;
    int64_t total;      /* met and breached; periods without any are not listed */
    char period[16];    /* "2026-11", "2026-W48", "2026-11-23" or "" for all */
} sla_objective_result;

SLA_API size_t sla_report_objective_count(const sla_report *report);
SLA_API sla_status sla_report_get_objective(const sla_report *report, size_t index, sla_objective_result *result);

/* A breach: the worst come first, by lateness, then by row. */
typedef struct sla_breach {
    uint64_t row;
    int64_t received;
    int64_t due;
    int64_t stopped;  /* SLA_NONE when still open */
    int64_t late;     /* open seconds */
} sla_breach;

SLA_API size_t sla_report_breach_count(const sla_report *report);
SLA_API sla_status sla_report_get_breach(const sla_report *report, size_t index, sla_breach *breach);

/* The listed invalid rows, in the order of their keys. `reason` and the borrowed `message` may be NULL. */
SLA_API size_t sla_report_invalid_count(const sla_report *report);
SLA_API sla_status sla_report_get_invalid(const sla_report *report, size_t index, uint64_t *row, sla_status *reason,
                                          const char **message);

enum { SLA_FORMAT_TEXT = 0, SLA_FORMAT_JSON = 1, SLA_FORMAT_CSV = 2 };

/* Writes the report: a table for people, one JSON object, or RFC 4180 CSV with a line a group and a header. `length` is the
 * number of bytes without the NUL that ends it. SLA_BUFFER_TOO_SMALL with the length needed (ask with capacity 0),
 * SLA_INVALID_ARGUMENT, SLA_OUT_OF_MEMORY. */
SLA_API sla_status sla_report_write(const sla_report *report, int32_t format, char *buffer, size_t capacity, size_t *length,
                                    sla_error *error);

#ifdef __cplusplus
}
#endif

#endif
