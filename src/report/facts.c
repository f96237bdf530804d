/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

const report_key sli_report_keys[SLI_REPORT_KEYS] = {
    {SLA_BY_CONTRACT, "contract", -1},
    {SLA_BY_METRIC, "metric", -1},
    {SLA_BY_TIER, "tier", FACT_TIER},
    {SLA_BY_CRITERION, "criterion", FACT_CRITERION},
    {SLA_BY_CHANNEL, "channel", FACT_CHANNEL},
    {SLA_BY_SERVICE, "service", FACT_SERVICE},
    {SLA_BY_MONTH, "month", FACT_MONTH},
    {SLA_BY_WEEK, "week", FACT_WEEK},
    {SLA_BY_DAY, "day", FACT_DAY},
};

sla_status sla_report_find_key(const char *name, size_t length, int32_t *key) {
    if (key == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *key = 0;
    if (name == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if (sli_text_is(sli_text(name, length), sli_report_keys[i].name)) {
            *key = sli_report_keys[i].by;
            return SLA_OK;
        }
    }
    return SLA_NOT_FOUND;
}

int32_t sli_listed_services(const sla_report *report) {
    return sla_contract_count(report->contract, SLA_ELEMENT_SERVICE);
}

static int32_t known_or_none(const sla_report *report, int32_t element, int32_t index) {
    return index >= 0 && index < sla_contract_count(report->contract, element) ? index : SLI_FACT_NONE;
}

/* Services on no list follow the listed ones: first those whose name nobody told, then by the number of their name. */
static int32_t service_fact(const sla_report *report, int32_t service) {
    const int32_t listed = sli_listed_services(report);
    if (service >= SLA_UNSAID) {
        return service >= 0 && service < listed ? service : SLI_FACT_NONE;
    }
    const int64_t name = (int64_t)SLA_UNKNOWN - 1 - service;
    return name >= 0 && name < (int64_t)report->unlisted.count ? listed + 1 + (int32_t)name : listed;
}

/* Periods are labelled for years 0 to 9999; a week is left at either end for zones and weeks. */
#define LABELLED_BEGIN (INT64_C(-62167219200) + INT64_C(7) * SLI_DAY)
#define LABELLED_END (SLI_INSTANT_MAX - INT64_C(7) * SLI_DAY)

static void read_periods(const sla_report *report, int64_t received, int32_t facts[FACT_COUNT]) {
    facts[FACT_MONTH] = facts[FACT_WEEK] = facts[FACT_DAY] = SLI_FACT_NONE;
    if (received < LABELLED_BEGIN || received > LABELLED_END) {
        return;
    }
    const int32_t date = sli_zone_date(sla_contract_zone(report->contract), received);
    facts[FACT_DAY] = date;
    if ((report->by & SLA_BY_MONTH) != 0) {
        facts[FACT_MONTH] = sli_period_of_date(SLA_PERIOD_MONTH, date);
    }
    if ((report->by & SLA_BY_WEEK) != 0) {
        facts[FACT_WEEK] = sli_period_of_date(SLA_PERIOD_WEEK, date);
    }
}

void sli_facts_read(const sla_report *report, const sla_request *request, int32_t facts[FACT_COUNT]) {
    facts[FACT_TIER] = known_or_none(report, SLA_ELEMENT_TIER, request->tier);
    facts[FACT_CRITERION] = known_or_none(report, SLA_ELEMENT_CRITERION, request->criterion);
    facts[FACT_CHANNEL] = known_or_none(report, SLA_ELEMENT_CHANNEL, request->channel);
    facts[FACT_SERVICE] = service_fact(report, request->service);
    read_periods(report, request->received, facts);
}

static int compare_numbers(int32_t left, int32_t right) {
    return (left > right) - (left < right);
}

static int compare_services(const sla_report *report, int32_t left, int32_t right) {
    const int32_t named = sli_listed_services(report) + 1;
    if (left < named || right < named) {
        return compare_numbers(left, right);
    }
    return strcmp(report->unlisted.items[left - named], report->unlisted.items[right - named]);
}

int sli_facts_compare(const void *context, const int32_t *left, const int32_t *right) {
    size_t fact = 0; /* the first in which they differ */
    while (fact + 1 < FACT_COUNT && left[fact] == right[fact]) {
        fact++;
    }
    return fact == FACT_SERVICE ? compare_services(context, left[fact], right[fact])
                                : compare_numbers(left[fact], right[fact]);
}

static const char *service_name(const sla_report *report, int32_t service) {
    const int32_t listed = sli_listed_services(report);
    if (service > listed) {
        return report->unlisted.items[service - listed - 1];
    }
    if (service == listed) {
        return "unlisted";
    }
    return sla_contract_name(report->contract, SLA_ELEMENT_SERVICE, service);
}

static const char *fact_name(const sla_report *report, size_t group, int32_t by) {
    const int32_t *const facts = sli_keys_get(report->groups, group);
    const report_group *const item = &report->group_items[group];
    switch (by) {
        case SLA_BY_TIER:
            return sla_contract_name(report->contract, SLA_ELEMENT_TIER, facts[FACT_TIER]);
        case SLA_BY_CRITERION:
            return sla_contract_name(report->contract, SLA_ELEMENT_CRITERION, facts[FACT_CRITERION]);
        case SLA_BY_CHANNEL:
            return sla_contract_name(report->contract, SLA_ELEMENT_CHANNEL, facts[FACT_CHANNEL]);
        case SLA_BY_SERVICE:
            return facts[FACT_SERVICE] == SLI_FACT_NONE ? NULL : service_name(report, facts[FACT_SERVICE]);
        case SLA_BY_MONTH:
            return facts[FACT_MONTH] == SLI_FACT_NONE ? NULL : item->month;
        case SLA_BY_WEEK:
            return facts[FACT_WEEK] == SLI_FACT_NONE ? NULL : item->week;
        case SLA_BY_DAY:
            return facts[FACT_DAY] == SLI_FACT_NONE ? NULL : item->day;
        default:
            return NULL;
    }
}

const char *sla_report_group_key(const sla_report *report, int64_t index, int32_t by) {
    if (report == NULL || (report->by & by) != by || index < 0 || index >= (int64_t)report->groups->count) {
        return NULL;
    }
    switch (by) {
        case SLA_BY_CONTRACT:
            return sla_contract_name(report->contract, SLA_ELEMENT_CONTRACT, 0);
        case SLA_BY_METRIC:
            return sla_contract_name(report->contract, SLA_ELEMENT_METRIC, report->metric);
        default:
            return fact_name(report, sli_report_group_at(report, (size_t)index), by);
    }
}
