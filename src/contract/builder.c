/* SPDX-License-Identifier: MIT */
/* The builder: its life, the contract's own properties, calendars, texts. */
#include "contract/builder.h"

#include <stdlib.h>
#include <string.h>

/* ---- The builder's life ---- */

static sla_status add_calendar(model *in, text name, sla_calendar *calendar, int32_t *index, sla_error *error) {
    if (!sli_reserve((void **)&in->calendars.items, &in->calendars.capacity, in->calendars.count + 1, sizeof calendar)) {
        return sli_fail_memory(error);
    }
    const sla_status status = sli_builder_add_element(in, SLA_ELEMENT_CALENDAR, name, index, error);
    if (status == SLA_OK) {
        in->calendars.items[in->calendars.count++] = sla_calendar_ref(calendar);
    }
    return status;
}

/* The elements that every contract has: itself, the calendar "always", the event "received". */
static sla_status add_givens(model *in, text name, sla_error *error) {
    int32_t index;
    sla_calendar *always = NULL;
    sla_status status = sli_builder_add_element(in, SLA_ELEMENT_CONTRACT, name, &index, error);
    if (status == SLA_OK) {
        status = sla_calendar_new_always(in->zone, in->begin, in->end, &always, error);
    }
    if (status == SLA_OK) {
        status = add_calendar(in, sli_text("always", SIZE_MAX), always, &index, error);
    }
    if (status == SLA_OK) {
        status = sli_builder_add_element(in, SLA_ELEMENT_EVENT, sli_text("received", SIZE_MAX), &index, error);
    }
    sla_calendar_unref(always);
    return status;
}

sla_status sla_contract_builder_new(const char *name, size_t name_length, sla_zone *zone, int64_t begin, int64_t end,
                                    sla_contract_builder **builder, sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a place for the builder is needed");
    }
    *builder = NULL;
    if (zone == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a contract needs a time zone");
    }
    sla_contract_builder *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return sli_fail_memory(error);
    }
    made->model.zone = sla_zone_ref(zone);
    made->model.begin = begin;
    made->model.end = end;
    made->model.valid_from = INT32_MIN;
    made->model.valid_until = INT32_MAX;
    const sla_status status = add_givens(&made->model, sli_text(name, name_length), error);
    if (status != SLA_OK) {
        sla_contract_builder_free(made);
        return status;
    }
    *builder = made;
    return SLA_OK;
}

void sla_contract_builder_free(sla_contract_builder *builder) {
    if (builder == NULL) {
        return;
    }
    sli_model_free(&builder->model);
    free(builder);
}

/* ---- Properties of the contract ---- */

static bool is_date_or(int32_t date, int32_t open_end) {
    int32_t year;
    int32_t month;
    int32_t day;
    return date == open_end || sla_date_to_civil(date, &year, &month, &day) == SLA_OK;
}

sla_status sla_contract_builder_set_validity(sla_contract_builder *builder, int32_t from, int32_t until, sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    if (!is_date_or(from, INT32_MIN) || !is_date_or(until, INT32_MAX)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the validity lies outside the years %d to %d", SLI_YEAR_MIN,
                        SLI_YEAR_MAX);
    }
    if (from >= until) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the validity is empty: it has to end after the day on which it begins (the end is exclusive)");
    }
    builder->model.valid_from = from;
    builder->model.valid_until = until;
    return SLA_OK;
}

sla_status sla_contract_builder_set_unlisted(sla_contract_builder *builder, int32_t unlisted, sla_error *error) {
    if (builder == NULL || (unlisted != SLA_UNLISTED_COVERED && unlisted != SLA_UNLISTED_EXCLUDED)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "services on no list are either covered or excluded");
    }
    builder->model.unlisted = unlisted;
    return SLA_OK;
}

sla_status sla_contract_builder_add_calendar(sla_contract_builder *builder, const char *name, size_t name_length,
                                             sla_calendar *calendar, int32_t *index, sla_error *error) {
    sli_clear(index);
    if (builder == NULL || calendar == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder, a calendar and a place for the index are needed");
    }
    int64_t begin = 0;
    int64_t end = 0;
    const text called = sli_text(name, name_length);
    sla_calendar_horizon(calendar, &begin, &end);
    if (begin != builder->model.begin || end != builder->model.end) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the calendar '%.*s' has another horizon than the contract; build it for the same begin and end",
                        SLI_QUOTED(called));
    }
    return add_calendar(&builder->model, called, calendar, index, error);
}

sla_status sla_contract_builder_set_default_calendar(sla_contract_builder *builder, const char *name, size_t name_length,
                                                     sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    const text called = sli_text(name, name_length);
    const int32_t index = sli_names_find(&builder->model, SLA_ELEMENT_CALENDAR, 0, called);
    if (index == SLA_UNKNOWN) {
        return sli_model_unknown(&builder->model, SLA_ELEMENT_CALENDAR, 0, called, error);
    }
    builder->model.default_calendar = index;
    return SLA_OK;
}

sla_status sla_contract_builder_set_text(sla_contract_builder *builder, int32_t element, int32_t index, int32_t text_kind,
                                         const char *value, size_t value_length, sla_error *error) {
    if (builder == NULL || text_kind < 0 || text_kind >= TEXT_KINDS) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder and the kind of text (title, clause, note) are needed");
    }
    const sla_status known = sli_builder_judge_index(&builder->model, element, index, error);
    if (known != SLA_OK) {
        return known;
    }
    const text said = sli_text(value, value_length);
    if (!sli_text_is_utf8(said) || memchr(said.start, '\0', said.length) != NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a text of a %s is not UTF-8 or has a NUL in it",
                        sli_kind_name(element));
    }
    uint32_t kept;
    const sla_status status = sli_model_keep(&builder->model, said, &kept, error);
    if (status == SLA_OK) {
        builder->model.elements[element].items[index].texts[text_kind] = kept;
    }
    return status;
}

sla_status sla_contract_builder_find(const sla_contract_builder *builder, int32_t element, const char *name,
                                     size_t name_length, int32_t *index) {
    if (index == NULL) {
        return SLA_INVALID_ARGUMENT;
    }
    *index = SLA_UNKNOWN;
    if (builder == NULL || element < 0 || element >= ELEMENT_KINDS) {
        return SLA_INVALID_ARGUMENT;
    }
    const text called = sli_text(name, name_length);
    const bool given =
        element == SLA_ELEMENT_METRIC && builder->model.metrics.count == 0 && sli_text_is(called, "response");
    *index = given ? 0 : sli_model_find(&builder->model, element, called);
    return *index == SLA_UNKNOWN ? SLA_NOT_FOUND : SLA_OK;
}
