/* SPDX-License-Identifier: MIT */
#include "support.h"

#include <stdlib.h>

sla_zone *zone_of(const char *name) {
    sla_zone *zone = NULL;
    demand(sla_zone_load(name, SIZE_MAX, NULL, 0, &zone, &failure) == SLA_OK, failure.message);
    return zone;
}

sla_calendar *office_of(sla_zone *zone) {
    sla_calendar_builder *builder = NULL;
    sla_calendar *calendar = NULL;
    DEMAND(sla_calendar_builder_new(zone, YEAR_BEGIN, YEAR_END, &builder, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_add_hours(builder, 31, 9 * HOUR, 17 * HOUR, NULL) == SLA_OK);
    DEMAND(sla_calendar_builder_build(builder, &calendar, NULL) == SLA_OK);
    sla_calendar_builder_free(builder);
    return calendar;
}

int32_t date_of(int32_t year, int32_t month, int32_t day) {
    int32_t date = 0;
    DEMAND(sla_date_from_civil(year, month, day, &date) == SLA_OK);
    return date;
}

sla_request request_at(int64_t received) {
    return (sla_request){.received = received,
                         .tier = SLA_UNSAID,
                         .channel = SLA_UNSAID,
                         .service = SLA_UNSAID,
                         .language = SLA_UNSAID,
                         .criterion = SLA_UNSAID};
}

/* How many complaints a call had of which only the list found no memory: none is lost without a sign. */
static struct {
    bool known;
    size_t complaints;
} before;

static size_t complaints_of(const sla_diagnostics *diagnostics) {
    return sla_diagnostics_count(diagnostics) + sla_diagnostics_omitted(diagnostics);
}

sla_diagnostics *renewed(sla_diagnostics *old) {
    sla_diagnostics *fresh = NULL;
    before.known = old != NULL && status != SLA_OUT_OF_MEMORY;
    before.complaints = complaints_of(old);
    sla_diagnostics_free(old);
    DEMAND(sla_diagnostics_new(100, &fresh) == SLA_OK);
    return fresh;
}

void note_diagnostics(const sla_diagnostics *diagnostics) {
    DEMAND(!before.known || complaints_of(diagnostics) == before.complaints);
    note("%zu complaints, %zu omitted", sla_diagnostics_count(diagnostics), sla_diagnostics_omitted(diagnostics));
    for (size_t i = 0; i < sla_diagnostics_count(diagnostics); i++) {
        sla_error complaint;
        DEMAND(sla_diagnostics_get(diagnostics, i, &complaint) == SLA_OK);
        note("%d %d:%d %s: %s", complaint.code, complaint.line, complaint.column, complaint.path, complaint.message);
    }
}

/* ---- Calendars ---- */

enum { QUESTIONS = 40 };

static void note_answers(const sla_calendar *calendar, int64_t begin, int64_t end) {
    const int64_t step = (end - begin) / QUESTIONS;
    int64_t at[QUESTIONS];
    int64_t later[QUESTIONS];
    int64_t answers[QUESTIONS];
    sla_status statuses[QUESTIONS];
    fault_quiet_begin();
    for (int64_t i = 0; i < QUESTIONS; i++) {
        int32_t open = 0;
        int64_t found[7] = {0};
        at[i] = begin + i * step + 1234 * i;
        later[i] = at[i] + i * 5 * HOUR;
        sla_calendar_is_open(calendar, at[i], &open);
        sla_calendar_elapsed(calendar, at[i], end, &found[0]);
        sla_calendar_add(calendar, at[i], 7 * HOUR, &found[1]);
        sla_calendar_add_late(calendar, at[i], -7 * HOUR, &found[2]);
        sla_calendar_next_open(calendar, at[i], &found[3]);
        sla_calendar_next_close(calendar, at[i], &found[4]);
        sla_calendar_add_business_days(calendar, at[i], 2, -1, &found[5]);
        sla_calendar_add_business_days(calendar, at[i], 1, 10 * HOUR, &found[6]);
        note("%d", open);
        note_bytes("answers", found, sizeof found);
    }
    sla_calendar_elapsed_many(calendar, QUESTIONS, at, later, answers, statuses);
    note_bytes("elapsed", answers, sizeof answers);
    sla_calendar_add_many(calendar, QUESTIONS, at, later, answers, statuses);
    note_bytes("statuses", statuses, sizeof statuses);
    fault_quiet_end("questions to a calendar");
}

void note_calendar(const sla_calendar *calendar) {
    int64_t begin = 0;
    int64_t end = 0;
    if (sla_calendar_horizon(calendar, &begin, &end) != SLA_OK) {
        note("no calendar");
        return;
    }
    note("[%lld, %lld), covered until %lld, zone %s", (long long)begin, (long long)end,
         (long long)sla_calendar_covers_until(calendar), sla_zone_name(sla_calendar_zone(calendar)));
    note_answers(calendar, begin, end);
    enum { SPANS = 2000 };
    static sla_span spans[SPANS];
    size_t count = 0;
    sla_calendar_list(calendar, begin, end, spans, SPANS, &count);
    note("%zu spans", count);
    note_bytes("spans", spans, count * sizeof *spans);
    const char *title = "";
    for (int32_t i = 0; title != NULL; i++) {
        fault_quiet_begin();
        title = sla_calendar_closing_title(calendar, i);
        const char *const feed = sla_calendar_closing_feed(calendar, i);
        fault_quiet_end("closings");
        note("closing %s of %s", title == NULL ? "-" : title, feed == NULL ? "-" : feed);
    }
}

/* ---- Contracts ---- */

static void note_conditions(const sla_contract *contract, int32_t element, int32_t index) {
    const int32_t count = sla_contract_condition_count(contract, element, index);
    for (int32_t i = 0; i < count; i++) {
        sla_condition condition = {0};
        DEMAND(sla_contract_get_condition(contract, element, index, i, &condition) == SLA_OK);
        note("asks %d %d %d", condition.element, condition.attribute, condition.value);
    }
}

static void note_element(const sla_contract *contract, int32_t element, int32_t index) {
    fault_quiet_begin();
    note("%d %d '%s'", element, index, sla_contract_name(contract, element, index));
    for (int32_t kind = SLA_TEXT_TITLE; kind <= SLA_TEXT_NOTE; kind++) {
        note("'%s'", sla_contract_text(contract, element, index, kind));
    }
    note_conditions(contract, element, index);
    if (element == SLA_ELEMENT_TARGET) {
        sla_target target = {0};
        DEMAND(sla_contract_get_target(contract, index, &target) == SLA_OK);
        note_bytes("target", &target, sizeof target);
    }
    if (element == SLA_ELEMENT_OBJECTIVE) {
        sla_objective objective = {0};
        DEMAND(sla_contract_get_objective(contract, index, &objective) == SLA_OK);
        note_bytes("objective", &objective, sizeof objective);
    }
    for (int32_t value = 0; element == SLA_ELEMENT_ATTRIBUTE && sla_contract_value_name(contract, index, value) != NULL;
         value++) {
        note("value %s", sla_contract_value_name(contract, index, value));
    }
    fault_quiet_end("an element");
}

void note_contract(const sla_contract *contract) {
    note("zone %s", sla_zone_name(sla_contract_zone(contract)));
    for (int32_t element = SLA_ELEMENT_CONTRACT; element <= SLA_ELEMENT_OBJECTIVE; element++) {
        for (int32_t i = 0; i < sla_contract_count(contract, element); i++) {
            note_element(contract, element, i);
        }
    }
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_CALENDAR); i++) {
        int64_t seconds = 0;
        sla_calendar_elapsed(sla_contract_calendar(contract, i), YEAR_BEGIN, YEAR_END, &seconds);
        note("calendar %lld", (long long)seconds);
    }
    for (int32_t i = 0; i < sla_contract_count(contract, SLA_ELEMENT_CONTRACT); i++) {
        note("successor %s", sla_contract_name(sla_contract_successor(contract, i), SLA_ELEMENT_CONTRACT, 0));
    }
}
