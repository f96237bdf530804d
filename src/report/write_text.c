/* SPDX-License-Identifier: MIT */
/* A table for people, then what needs a word of its own. */
#include "report/report.h"

#include "report/table.h"

/* ---- The table of groups ---- */

enum column_kind { COLUMN_KEY, COLUMN_COUNT, COLUMN_ATTAINMENT, COLUMN_PERCENTILE };

typedef struct column {
    enum column_kind kind;
    const char *title;
    int32_t argument; /* SLA_BY_…, the number of a count, or per mille */
} column;

typedef struct group_table {
    const sla_report *report;
    size_t groups; /* lines before the total: a report without keys has none */
    column columns[SLI_TABLE_COLUMNS_MAX];
    size_t count;
} group_table;

static void add_column(group_table *table, enum column_kind kind, const char *title, int32_t argument) {
    table->columns[table->count++] = (column){kind, title, argument};
}

static group_table choose_columns(const sla_report *report) {
    group_table table = {.report = report, .groups = report->by == 0 ? 0 : report->groups->count};
    for (size_t i = 0; i < SLI_REPORT_KEYS; i++) {
        if ((report->by & sli_report_keys[i].by) != 0) {
            add_column(&table, COLUMN_KEY, sli_report_keys[i].name, sli_report_keys[i].by);
        }
    }
    if (table.count == 0) {
        add_column(&table, COLUMN_KEY, "", 0);
    }
    for (size_t i = 0; i < SLI_COUNT_COLUMNS; i++) {
        if (!sli_count_columns[i].rare || sli_count_at(&report->all, i) > 0) {
            add_column(&table, COLUMN_COUNT, sli_count_columns[i].title, (int32_t)i);
        }
    }
    add_column(&table, COLUMN_ATTAINMENT, "attainment", 0);
    add_column(&table, COLUMN_PERCENTILE, "p50", 500);
    add_column(&table, COLUMN_PERCENTILE, "p95", 950);
    add_column(&table, COLUMN_PERCENTILE, "max", 1000);
    return table;
}

static void write_key(writer *cell, const sla_report *report, int64_t index, int32_t by, bool first) {
    const char *const key = index < 0 ? NULL : sla_report_group_key(report, index, by);
    if (index < 0) {
        sli_write_text(cell, first ? "total" : "");
    } else {
        sli_write_plain(cell, key != NULL ? key : "-");
    }
}

static size_t digits_of(int64_t number) {
    size_t digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

/* §8.2: every rate with its denominator, and an empty group has none. Denominators are as wide as that of all groups, so
 * that the rates stand one below the other. */
static void write_rate(writer *cell, const sla_report *report, attainment kept) {
    if (kept.total == 0) {
        sli_write_text(cell, "-");
        return;
    }
    const size_t width = digits_of(sli_group_attainment(&report->all).total);
    sli_write_percentage(cell, kept.met, kept.total);
    sli_write_text(cell, " of ");
    sli_write_repeated(cell, ' ', width - digits_of(kept.total));
    sli_write_number(cell, kept.total);
}

static void write_percentile(writer *cell, const sla_report *report, int64_t index, int32_t per_mille) {
    int64_t seconds = 0;
    if (sla_report_percentile(report, index, per_mille, &seconds) == SLA_OK) {
        sli_write_duration(cell, seconds);
    } else {
        sli_write_text(cell, "-");
    }
}

static void write_value(writer *cell, const group_table *table, int64_t index, size_t number) {
    const column *const asked = &table->columns[number];
    const sla_group *const counts = sli_report_counts(table->report, index);
    switch (asked->kind) {
        case COLUMN_KEY:
            write_key(cell, table->report, index, asked->argument, number == 0);
            break;
        case COLUMN_COUNT:
            sli_write_number(cell, sli_count_at(counts, (size_t)asked->argument));
            break;
        case COLUMN_ATTAINMENT:
            write_rate(cell, table->report, sli_group_attainment(counts));
            break;
        default:
            write_percentile(cell, table->report, index, asked->argument);
            break;
    }
}

/* The header, the groups, the total. */
static void write_group_cell(const void *context, size_t row, size_t number, writer *cell) {
    const group_table *const table = context;
    if (row == 0) {
        sli_write_text(cell, table->columns[number].title);
    } else {
        write_value(cell, table, row <= table->groups ? (int64_t)row - 1 : -1, number);
    }
}

static bool is_value_column(const void *context, size_t number) {
    return ((const group_table *)context)->columns[number].kind != COLUMN_KEY;
}

/* A report without keys has one group, or none, and its total says the same. */
static void write_groups(writer *out, const sla_report *report) {
    const group_table table = choose_columns(report);
    sli_write_table(out, &(text_table){&table, table.groups + 2, table.count, write_group_cell, is_value_column, ""});
    sli_write_text(out, "\np50, p95 and max are the used time of stopped clocks, in hours, minutes and seconds.\n");
}

/* ---- Reasons ---- */

typedef struct reason_table {
    const sla_report *report;
    size_t bits[SLI_REASONS];
} reason_table;

static void write_reason_cell(const void *context, size_t row, size_t number, writer *cell) {
    const reason_table *const table = context;
    if (number == 0) {
        sli_write_text(cell, sla_reason_name(1 << table->bits[row]));
    } else {
        sli_write_number(cell, table->report->all.reasons[table->bits[row]]);
    }
}

static bool is_second(const void *context, size_t number) {
    (void)context;
    return number == 1;
}

static void write_reasons(writer *out, const sla_report *report) {
    reason_table table = {.report = report};
    size_t count = 0;
    for (size_t i = 0; i < SLI_REASONS; i++) {
        if (report->all.reasons[i] > 0) {
            table.bits[count++] = i;
        }
    }
    if (count > 0) {
        sli_write_text(out, "\nOut of scope, by reason (a request can have several)\n");
        sli_write_table(out, &(text_table){&table, count, 2, write_reason_cell, is_second, "  "});
    }
}

/* ---- Objectives ---- */

/* "95 %" of 950000 millionths, "99.95 %" of 999500. */
static void write_required(writer *cell, int32_t millionths) {
    sli_write_number(cell, millionths / 10000);
    int32_t rest = millionths % 10000;
    sli_write_text(cell, rest == 0 ? "" : ".");
    for (int32_t digit = 1000; rest > 0; digit /= 10) {
        sli_write_number(cell, rest / digit);
        rest %= digit;
    }
    sli_write_text(cell, " %");
}

static void write_objective_name(writer *cell, const sla_report *report, int32_t index, const sla_objective *objective) {
    static const char *const periods[] = {"", " a month", " a week", " a day"};
    const char *const title = sla_contract_text(report->contract, SLA_ELEMENT_OBJECTIVE, index, SLA_TEXT_TITLE);
    if (title[0] != '\0') {
        sli_write_plain(cell, title);
        sli_write_text(cell, ": ");
    }
    write_required(cell, objective->attainment);
    sli_write_text(cell, periods[objective->period]);
}

static void write_objective_cell(const void *context, size_t row, size_t number, writer *cell) {
    enum { NAME, PERIOD, VERDICT };
    const sla_report *const report = context;
    sla_objective_result result;
    sla_objective objective;
    sla_report_get_objective(report, row, &result);
    sla_contract_get_objective(report->contract, result.objective, &objective);
    switch (number) {
        case NAME:
            write_objective_name(cell, report, result.objective, &objective);
            break;
        case PERIOD:
            sli_write_text(cell, result.period);
            break;
        case VERDICT:
            sli_write_text(cell, result.holds ? "holds" : "missed");
            break;
        default:
            write_rate(cell, report, (attainment){result.met, result.total});
            break;
    }
}

static bool is_fourth(const void *context, size_t number) {
    (void)context;
    return number == 3;
}

static void write_objectives(writer *out, const sla_report *report) {
    const size_t count = sla_report_objective_count(report);
    if (count > 0) {
        sli_write_text(out, "\nObjectives\n");
        sli_write_table(out, &(text_table){report, count, 4, write_objective_cell, is_fourth, "  "});
    }
}

/* ---- Breaches and invalid rows ---- */

static void write_breach_value(writer *cell, const sla_report *report, const sla_breach *breach, size_t number) {
    enum { ROW, RECEIVED, DUE, STOPPED };
    const sla_zone *const zone = sla_contract_zone(report->contract);
    switch (number) {
        case ROW:
            sli_write_row(cell, breach->row);
            break;
        case RECEIVED:
            sli_write_instant(cell, breach->received, zone);
            break;
        case DUE:
            sli_write_instant(cell, breach->due, zone);
            break;
        case STOPPED:
            if (breach->stopped == SLA_NONE) {
                sli_write_text(cell, "still open");
            } else {
                sli_write_instant(cell, breach->stopped, zone);
            }
            break;
        default:
            sli_write_duration(cell, breach->late);
            break;
    }
}

static void write_breach_cell(const void *context, size_t row, size_t number, writer *cell) {
    static const char *const titles[] = {"row", "received", "due", "stopped", "late"};
    sla_breach breach;
    if (row == 0) {
        sli_write_text(cell, titles[number]);
        return;
    }
    sla_report_get_breach(context, row - 1, &breach);
    write_breach_value(cell, context, &breach, number);
}

static bool is_first_or_fifth(const void *context, size_t number) {
    (void)context;
    return number == 0 || number == 4;
}

static void write_breaches(writer *out, const sla_report *report) {
    const size_t count = sla_report_breach_count(report);
    if (count > 0) {
        sli_write_text(out, "\nWorst breaches (late in open time)\n");
        sli_write_table(out, &(text_table){report, count + 1, 5, write_breach_cell, is_first_or_fifth, "  "});
    }
}

static void write_invalid_cell(const void *context, size_t row, size_t number, writer *cell) {
    static const char *const titles[] = {"row", "reason"};
    uint64_t key = 0;
    const char *message = NULL;
    if (row == 0) {
        sli_write_text(cell, titles[number]);
        return;
    }
    sla_report_get_invalid(context, row - 1, &key, NULL, &message);
    if (number == 0) {
        sli_write_row(cell, key);
    } else {
        sli_write_plain(cell, message);
    }
}

static bool is_first(const void *context, size_t number) {
    (void)context;
    return number == 0;
}

static void write_invalid(writer *out, const sla_report *report) {
    const size_t count = sla_report_invalid_count(report);
    if (count == 0) {
        return;
    }
    sli_write_text(out, "\nInvalid rows (");
    sli_write_number(out, (int64_t)count);
    sli_write_text(out, " of ");
    sli_write_number(out, report->all.invalid);
    sli_write_text(out, ")\n");
    sli_write_table(out, &(text_table){report, count + 1, 2, write_invalid_cell, is_first, "  "});
}

void sli_write_report_text(writer *out, const sla_report *report) {
    sli_write_plain(out, sla_contract_name(report->contract, SLA_ELEMENT_CONTRACT, 0));
    sli_write_text(out, ": ");
    sli_write_plain(out, sla_contract_name(report->contract, SLA_ELEMENT_METRIC, report->metric));
    sli_write_text(out, "\n\n");
    write_groups(out, report);
    write_reasons(out, report);
    write_objectives(out, report);
    write_breaches(out, report);
    write_invalid(out, report);
}
