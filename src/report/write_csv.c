/* SPDX-License-Identifier: MIT */
/* RFC 4180: a header, a line a group, and a line for all. The first field tells the two apart. */
#include "report/report.h"

static const struct {
    const char *name;
    int32_t per_mille;
} percentiles[] = {{"used_p50", 500}, {"used_p95", 950}};

enum { PERCENTILES = sizeof percentiles / sizeof *percentiles };

static void write_header(writer *out, const sla_report *report) {
    sli_write_text(out, "line");
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if ((report->by & sli_report_keys[i].by) != 0) {
            sli_write_text(out, ",");
            sli_write_text(out, sli_report_keys[i].name);
        }
    }
    for (size_t i = 0; i < SLI_COUNT_COLUMNS; i++) {
        sli_write_text(out, ",");
        sli_write_text(out, sli_count_columns[i].name);
    }
    sli_write_text(out, ",attainment_met,attainment_total,used_count,used_min");
    for (size_t i = 0; i < PERCENTILES; i++) {
        sli_write_text(out, ",");
        sli_write_text(out, percentiles[i].name);
    }
    sli_write_text(out, ",used_max,used_sum");
    for (size_t i = 0; i < SLI_REASONS; i++) {
        sli_write_text(out, ",");
        sli_write_text(out, sla_reason_name(1 << i));
    }
    sli_write_text(out, "\r\n");
}

static void write_keys(writer *out, const sla_report *report, int64_t index) {
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if ((report->by & sli_report_keys[i].by) != 0) {
            sli_write_text(out, ",");
            sli_write_csv_field(out, sla_report_group_key(report, index, sli_report_keys[i].by));
        }
    }
}

static void write_number_field(writer *out, int64_t number) {
    sli_write_text(out, ",");
    if (number != SLA_NONE) {
        sli_write_number(out, number);
    }
}

static void write_used(writer *out, const sla_report *report, int64_t index, const sla_group *counts) {
    write_number_field(out, counts->stopped);
    write_number_field(out, counts->used_min);
    for (size_t i = 0; i < PERCENTILES; i++) {
        int64_t seconds = SLA_NONE;
        sla_report_percentile(report, index, percentiles[i].per_mille, &seconds);
        write_number_field(out, seconds);
    }
    write_number_field(out, counts->used_max);
    write_number_field(out, counts->used_sum);
}

static void write_line(writer *out, const sla_report *report, int64_t index) {
    const sla_group *const counts = sli_report_counts(report, index);
    const attainment kept = sli_group_attainment(counts);
    sli_write_text(out, index < 0 ? "total" : "group");
    write_keys(out, report, index);
    for (size_t i = 0; i < SLI_COUNT_COLUMNS; i++) {
        write_number_field(out, sli_count_at(counts, i));
    }
    write_number_field(out, kept.met);
    write_number_field(out, kept.total);
    write_used(out, report, index, counts);
    for (size_t i = 0; i < SLI_REASONS; i++) {
        write_number_field(out, counts->reasons[i]);
    }
    sli_write_text(out, "\r\n");
}

void sli_write_report_csv(writer *out, const sla_report *report) {
    write_header(out, report);
    for (size_t i = 0; i < report->groups->count; i++) {
        write_line(out, report, (int64_t)i);
    }
    write_line(out, report, -1);
}
