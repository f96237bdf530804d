/* SPDX-License-Identifier: MIT */
/* One object, keys always in the same order, numbers all integers. What there is not is null. */
#include "report/report.h"

/* ---- Pieces ---- */

static void write_name(writer *out, const char *before, const char *name) {
    sli_write_text(out, before);
    sli_write_json_string(out, name);
    sli_write_text(out, ":");
}

static void write_count(writer *out, const char *before, const char *name, int64_t number) {
    write_name(out, before, name);
    if (number == SLA_NONE) {
        sli_write_text(out, "null");
    } else {
        sli_write_number(out, number);
    }
}

static void write_string(writer *out, const char *before, const char *name, const char *value) {
    write_name(out, before, name);
    sli_write_json_string(out, value);
}

static void write_instant(writer *out, const char *before, const char *name, int64_t instant) {
    write_name(out, before, name);
    if (instant == SLA_NONE) {
        sli_write_text(out, "null");
        return;
    }
    sli_write_text(out, "\"");
    sli_write_instant(out, instant, NULL);
    sli_write_text(out, "\"");
}

/* §8.2: an empty group has no rate. */
static void write_attainment(writer *out, attainment kept) {
    write_name(out, ",", "attainment");
    if (kept.total == 0) {
        sli_write_text(out, "null");
        return;
    }
    write_count(out, "{", "met", kept.met);
    write_count(out, ",", "total", kept.total);
    sli_write_text(out, "}");
}

/* ---- Groups ---- */

static void write_keys(writer *out, const sla_report *report, int64_t index) {
    const char *before = "";
    write_name(out, "", "key");
    sli_write_text(out, "{");
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if ((report->by & sli_report_keys[i].by) != 0) {
            write_string(out, before, sli_report_keys[i].name, sla_report_group_key(report, index, sli_report_keys[i].by));
            before = ",";
        }
    }
    sli_write_text(out, "},");
}

static void write_reasons(writer *out, const sla_group *counts) {
    const char *before = "";
    write_name(out, ",", "reasons");
    sli_write_text(out, "{");
    for (size_t i = 0; i < SLI_REASONS; i++) {
        if (counts->reasons[i] > 0) {
            write_count(out, before, sla_reason_name(1 << i), counts->reasons[i]);
            before = ",";
        }
    }
    sli_write_text(out, "}");
}

static int64_t percentile(const sla_report *report, int64_t index, int32_t per_mille) {
    int64_t seconds = SLA_NONE;
    sla_report_percentile(report, index, per_mille, &seconds);
    return seconds;
}

static void write_used(writer *out, const sla_report *report, int64_t index, const sla_group *counts) {
    write_name(out, ",", "used");
    write_count(out, "{", "count", counts->stopped);
    write_count(out, ",", "min", counts->used_min);
    write_count(out, ",", "p50", percentile(report, index, 500));
    write_count(out, ",", "p95", percentile(report, index, 950));
    write_count(out, ",", "max", counts->used_max);
    write_count(out, ",", "sum", counts->used_sum);
    sli_write_text(out, "}");
}

static void write_group(writer *out, const sla_report *report, int64_t index) {
    const sla_group *const counts = sli_report_counts(report, index);
    sli_write_text(out, "{");
    if (index >= 0) {
        write_keys(out, report, index);
    }
    for (size_t i = 0; i < SLI_COUNT_COLUMNS; i++) {
        write_count(out, i == 0 ? "" : ",", sli_count_columns[i].name, sli_count_at(counts, i));
    }
    write_attainment(out, sli_group_attainment(counts));
    write_used(out, report, index, counts);
    write_reasons(out, counts);
    sli_write_text(out, "}");
}

static void write_groups(writer *out, const sla_report *report) {
    write_name(out, ",", "groups");
    sli_write_text(out, "[");
    for (size_t i = 0; i < report->groups->count; i++) {
        sli_write_text(out, i == 0 ? "" : ",");
        write_group(out, report, (int64_t)i);
    }
    sli_write_text(out, "]");
    write_name(out, ",", "total");
    write_group(out, report, -1);
}

/* ---- Lists ---- */

static void write_objective(writer *out, const sla_report *report, size_t index) {
    sla_objective_result result;
    sla_objective objective;
    sla_report_get_objective(report, index, &result);
    sla_contract_get_objective(report->contract, result.objective, &objective);
    write_count(out, "{", "objective", result.objective);
    write_string(out, ",", "title",
                 sla_contract_text(report->contract, SLA_ELEMENT_OBJECTIVE, result.objective, SLA_TEXT_TITLE));
    write_string(out, ",", "period", result.period);
    write_count(out, ",", "required_millionths", objective.attainment);
    write_attainment(out, (attainment){result.met, result.total});
    write_name(out, ",", "holds");
    sli_write_text(out, result.holds ? "true}" : "false}");
}

static void write_row(writer *out, uint64_t row) {
    write_name(out, "{", "row");
    sli_write_row(out, row);
}

static void write_breach(writer *out, const sla_report *report, size_t index) {
    sla_breach breach;
    sla_report_get_breach(report, index, &breach);
    write_row(out, breach.row);
    write_instant(out, ",", "received", breach.received);
    write_instant(out, ",", "due", breach.due);
    write_instant(out, ",", "stopped", breach.stopped);
    write_count(out, ",", "late", breach.late);
    sli_write_text(out, "}");
}

static void write_invalid(writer *out, const sla_report *report, size_t index) {
    uint64_t row = 0;
    sla_status reason = SLA_OK;
    const char *message = NULL;
    sla_report_get_invalid(report, index, &row, &reason, &message);
    write_row(out, row);
    write_string(out, ",", "reason", sla_status_name(reason));
    write_string(out, ",", "message", message);
    sli_write_text(out, "}");
}

static void write_list(writer *out, const sla_report *report, const char *name, size_t count,
                       void (*write_item)(writer *, const sla_report *, size_t)) {
    write_name(out, ",", name);
    sli_write_text(out, "[");
    for (size_t i = 0; i < count; i++) {
        sli_write_text(out, i == 0 ? "" : ",");
        write_item(out, report, i);
    }
    sli_write_text(out, "]");
}

static void write_head(writer *out, const sla_report *report) {
    write_string(out, "{", "contract", sla_contract_name(report->contract, SLA_ELEMENT_CONTRACT, 0));
    write_string(out, ",", "metric", sla_contract_name(report->contract, SLA_ELEMENT_METRIC, report->metric));
    const char *before = "";
    write_name(out, ",", "by");
    sli_write_text(out, "[");
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if ((report->by & sli_report_keys[i].by) != 0) {
            sli_write_text(out, before);
            sli_write_json_string(out, sli_report_keys[i].name);
            before = ",";
        }
    }
    sli_write_text(out, "]");
}

void sli_write_report_json(writer *out, const sla_report *report) {
    write_head(out, report);
    write_groups(out, report);
    write_list(out, report, "objectives", sla_report_objective_count(report), write_objective);
    write_list(out, report, "breaches", sla_report_breach_count(report), write_breach);
    write_list(out, report, "invalid_rows", sla_report_invalid_count(report), write_invalid);
    sli_write_text(out, "}\n");
}
