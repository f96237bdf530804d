/* SPDX-License-Identifier: MIT */
/* Checking a contract (§6): what is legal but likely wrong. */
#ifndef SLI_CONTRACT_CHECK_H
#define SLI_CONTRACT_CHECK_H

#include "contract/requests.h"

enum { CHECK_COMBINATIONS_MAX = 1000000, CHECK_COMPARISONS_MAX = 100000000 };

typedef struct contract_check {
    const sla_contract *contract;
    sla_diagnostics *diagnostics;
    bool left_out; /* a search that was too large */
} contract_check;

void sli_keep_finding(contract_check *check, const char *path, sla_error *finding);

/* Keeps a warning about `path`. The rest is a format, in which names are quoted by SLI_QUOTED. */
#define SLI_WARN(check, code, path, ...)                                                                                   \
    do {                                                                                                                   \
        sla_error finding;                                                                                                 \
        sli_fail(&finding, code, __VA_ARGS__);                                                                             \
        sli_keep_finding(check, path, &finding);                                                                           \
    } while (0)

/* Says that a search was too large and what it would have found. */
void sli_leave_out(contract_check *check, const char *path, const char *search);

/* "criteria[2]" */
enum { CHECK_PATH_SIZE = 128 };
const char *sli_row_path(const char *list, int32_t row, char path[CHECK_PATH_SIZE]);
/* "channels.phone" */
const char *sli_name_path(const char *list, const char *name, char path[CHECK_PATH_SIZE]);

/* Gaps and unreachable rows of the criteria table. SLA_OUT_OF_MEMORY. */
sla_status sli_check_table(contract_check *check);

/* Pairs of criterion and tier without response target, and responses slower than resolutions. SLA_OUT_OF_MEMORY. */
sla_status sli_check_targets(contract_check *check);

#endif
