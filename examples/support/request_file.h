/* SPDX-License-Identifier: MIT */
/*
 * Requests from a CSV file. The first line names the columns, in any order: id, received, tier, channel, service,
 * criterion, language, holds, responded, and the contract's attributes by their names, from which the criterion can be
 * found where the row does not say it. Only `received` must be there. An empty field says nothing. `holds` lists facts,
 * separated by spaces or semicolons.
 */
#ifndef SUPPORT_REQUEST_FILE_H
#define SUPPORT_REQUEST_FILE_H

#include "table_file.h"

#include <sla/sla.h>

typedef struct request_file request_file;

typedef struct request_row {
    uint64_t line;
    const char *id;        /* "" when the row does not say it; borrowed until the next row */
    sla_request request;   /* of a broken row: what is known; of others: the criterion only where the row says it */
    const int32_t *values; /* of the contract's attributes; borrowed until the next row */
    int64_t responded;     /* SLA_NONE: not yet */
    const char *complaint; /* why the row is broken; NULL when it is not; borrowed until the next row */
} request_row;

/* Opens a file and reads its header; "-" is the standard input. Services on no list are numbered by the reports, which all
 * number them alike when nobody else does; the array must outlive the file. Columns for attributes that only the other
 * contract has (it may be NULL) are passed over, so that one file can be read by the names of two contracts. NULL after
 * having said on stderr why not. */
request_file *open_requests(const char *path, const sla_contract *contract, const sla_contract *other,
                            sla_report *const *reports, size_t report_count);
void close_requests(request_file *file);

/* Reads the next row: ROW_READ, ROW_BROKEN (with a complaint in the row), NO_MORE_ROWS, ROWS_UNREADABLE. */
int read_request(request_file *file, request_row *row);

#endif
