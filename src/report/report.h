/* SPDX-License-Identifier: MIT */
/*
 * Reports (§8):
 *
 *   report.c       begin and end, unlisted services
 *   facts.c        what a request is grouped by: keys, their order and names
 *   period.c       months, weeks and days
 *   histogram.c    the fixed bounds of percentiles' buckets (§8.3)
 *   count.c        a request is counted
 *   count_many.c   a batch of verdicts is counted
 *   merge.c        reports are added up (§8.4)
 *   read.c         questions to a report
 *   write*.c       text, JSON and CSV; writer.c and table.c carry the bytes
 *   keys.c, names.c, ranking.c            containers
 *
 * Every count is kept under a key and every list by a total order, so that neither partition nor order of the requests
 * shows.
 */
#ifndef SLI_REPORT_H
#define SLI_REPORT_H

#include <sla/report.h>

#include "contract/contract.h"
#include "report/keys.h"
#include "report/names.h"
#include "report/ranking.h"
#include "report/writer.h"

/* ---- Facts: what requests are grouped by (facts.c) ---- */

enum {
    FACT_TIER = 0,
    FACT_CRITERION = 1,
    FACT_CHANNEL = 2,
    FACT_SERVICE = 3,
    FACT_MONTH = 4,
    FACT_WEEK = 5,
    FACT_DAY = 6,
    FACT_COUNT = 7
};

/* A fact that is not said, or not asked for. Sorts first. */
#define SLI_FACT_NONE INT32_MIN

enum { SLI_REPORT_KEYS = 9 };

typedef struct report_key {
    int32_t by; /* SLA_BY_… */
    const char *name;
    int32_t fact; /* FACT_…; -1: the same for the whole report */
} report_key;

/* In the order in which they are written. */
extern const report_key sli_report_keys[SLI_REPORT_KEYS];

/* The facts of a request that the report asks for, and the day; those that the contract or report does not know are none.
 */
void sli_facts_read(const sla_report *report, const sla_request *request, int32_t facts[FACT_COUNT]);

/* The order of two groups' facts: `context` is the report. Services on no list come last, by name. */
int sli_facts_compare(const void *context, const int32_t *left, const int32_t *right);

/* ---- Periods (period.c) ---- */

enum { SLI_PERIOD_LENGTH = 16 };

/* The number of the period, SLA_PERIOD_…, in which a local date lies. */
int32_t sli_period_of_date(int32_t period, int32_t date);

/* "2026-11", "2026-W48", "2026-11-23", or "" for SLA_PERIOD_ALL. */
void sli_period_label(int32_t period, int32_t number, char label[SLI_PERIOD_LENGTH]);

/* ---- Percentiles (histogram.c) ---- */

enum { SLI_BUCKET_COUNT = 55296 };

/* The bucket of a number of seconds from 0, and the highest number in a bucket: at most 1/1024 above any in it. */
int32_t sli_bucket_of(int64_t seconds);
int64_t sli_bucket_highest(int32_t bucket);

/* ---- The report ---- */

typedef struct report_group {
    sla_group counts;
    char month[SLI_PERIOD_LENGTH];
    char week[SLI_PERIOD_LENGTH];
    char day[SLI_PERIOD_LENGTH];
} report_group;

typedef struct report_objective {
    int32_t index; /* in the contract */
    int32_t period;
} report_objective;

typedef struct attainment {
    int64_t met;
    int64_t total;
} attainment;

/* Some neighbouring buckets of a group, which fill one line of the cache: fewer keys to find than buckets. */
enum { SLI_PAGE_BUCKETS = 8 };

typedef struct bucket_page {
    int64_t counts[SLI_PAGE_BUCKETS];
} bucket_page;

/* Keys of the groups' histograms; page n begins with bucket n × SLI_PAGE_BUCKETS. */
enum { PAGE_GROUP = 0, PAGE_NUMBER = 1, PAGE_WIDTH = 2 };

/* Keys of the objectives' tallies. */
enum { TALLY_OBJECTIVE = 0, TALLY_PERIOD = 1, TALLY_WIDTH = 2 };

enum { SLI_INVALID_MESSAGE_LENGTH = 344 };

typedef struct invalid_row {
    uint64_t row;
    sla_status reason;
    char message[SLI_INVALID_MESSAGE_LENGTH];
} invalid_row;

struct sla_report {
    sla_contract *contract;
    int32_t metric;
    int32_t by;
    size_t worst;
    name_set unlisted; /* services on no list */
    sla_group all;
    int64_t counted; /* requests and cycles, which bounds every count */
    key_set *groups;
    report_group *group_items;
    size_t group_capacity;
    int64_t *all_buckets; /* of all groups together, SLI_BUCKET_COUNT of them */
    key_set *pages;
    bucket_page *page_items;
    size_t page_capacity;
    report_objective *objectives; /* those of this metric */
    size_t objective_count;
    key_set *tallies;
    attainment *tally_items;
    size_t tally_capacity;
    ranking *breaches;
    ranking *invalid;
};

/* More than this is SLA_LIMIT: below it no sum or product of counts can overflow. */
#define SLI_COUNTED_MAX (INT64_C(1) << 42)

int32_t sli_listed_services(const sla_report *report);

/* Makes room for new keys. False when memory is out. */
bool sli_report_reserve(sla_report *report, size_t groups, size_t pages, size_t tallies);

/* The number of the group with these facts (those that the report is not grouped by do not count), made if need be. */
size_t sli_report_group_of(sla_report *report, const int32_t facts[FACT_COUNT]);
/* Of one group only. */
void sli_report_add_bucket(sla_report *report, size_t group, int32_t bucket, int64_t count);
void sli_report_add_tally(sla_report *report, const int32_t *key, attainment more);

/* The number of a group at a place in the order, and its facts. */
size_t sli_report_group_at(const sla_report *report, size_t place);

/* A group by its place, or all with -1; NULL when there is none. */
const sla_group *sli_report_counts(const sla_report *report, int64_t index);

/* Met and breached clocks of a group. */
attainment sli_group_attainment(const sla_group *counts);

/* ---- Writing ---- */

/* The counts of a group, in the order in which they are written. */
enum { SLI_COUNT_COLUMNS = 12, SLI_REASONS = 8 };

typedef struct count_column {
    const char *name;  /* for programs */
    const char *title; /* for people */
    bool rare;         /* left out of the table for people when all are 0 */
} count_column;

extern const count_column sli_count_columns[SLI_COUNT_COLUMNS];
int64_t sli_count_at(const sla_group *counts, size_t column);

void sli_write_report_text(writer *out, const sla_report *report);
void sli_write_report_json(writer *out, const sla_report *report);
void sli_write_report_csv(writer *out, const sla_report *report);

#endif
