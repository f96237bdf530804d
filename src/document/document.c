/* SPDX-License-Identifier: MIT */
/* The public face: loading a document, handing over its feeds, building the contract. */
#include "document/document.h"

#include "document/loader.h"

#include <stdlib.h>
#include <string.h>

/* ---- Loading ---- */

sla_status sla_document_load(const char *text_start, size_t length, sla_document **document, sla_error *error) {
    if (document == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a place for the document is needed");
    }
    *document = NULL;
    if (text_start == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the text of a document is needed");
    }
    sla_document *const made = calloc(1, sizeof *made);
    if (made == NULL) {
        return sli_fail_memory(error);
    }
    made->begin = SLA_HORIZON_BEGIN;
    made->end = SLA_HORIZON_END;
    sla_status status = sli_node_read(sli_text(text_start, length), &made->root, &made->node_count, error);
    if (status == SLA_OK) {
        status = sli_feed_sources_find(made->root, &made->feeds, error);
    }
    if (status != SLA_OK) {
        sla_document_free(made);
        return status;
    }
    *document = made;
    return SLA_OK;
}

void sla_document_free(sla_document *document) {
    if (document == NULL) {
        return;
    }
    for (size_t i = 0; i < document->successors.count; i++) {
        sla_contract_unref(document->successors.items[i]);
    }
    free(document->successors.items);
    sli_feed_sources_free(&document->feeds);
    sli_node_free(document->root);
    free(document->zone_folder);
    free(document);
}

sla_status sla_document_set_zone_folder(sla_document *document, const char *folder, size_t folder_length,
                                        sla_error *error) {
    if (document == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a document is needed");
    }
    char *const copy = folder == NULL ? NULL : sli_text_copy(sli_text(folder, folder_length));
    if (folder != NULL && copy == NULL) {
        return sli_fail_memory(error);
    }
    free(document->zone_folder);
    document->zone_folder = copy;
    return SLA_OK;
}

/* The zone is of no matter for which horizons there can be: the calendar module judges. */
static sla_status judge_horizon(int64_t begin, int64_t end, sla_error *error) {
    sla_zone *zone = NULL;
    sla_calendar_builder *builder = NULL;
    sla_status status = sla_zone_load("UTC", SIZE_MAX, NULL, 0, &zone, error);
    if (status == SLA_OK) {
        status = sla_calendar_builder_new(zone, begin, end, &builder, error);
    }
    sla_calendar_builder_free(builder);
    sla_zone_unref(zone);
    return status;
}

sla_status sla_document_set_horizon(sla_document *document, int64_t begin, int64_t end, sla_error *error) {
    if (document == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a document is needed");
    }
    const sla_status status = judge_horizon(begin, end, error);
    if (status == SLA_OK) {
        document->begin = begin;
        document->end = end;
    }
    return status;
}

/* ---- Feeds ---- */

size_t sla_document_feed_count(const sla_document *document) {
    return document == NULL ? 0 : document->feeds.count;
}

const char *sla_document_feed_name(const sla_document *document, size_t index) {
    return index < sla_document_feed_count(document) ? document->feeds.items[index].mention->value : NULL;
}

const char *sla_document_feed_file(const sla_document *document, size_t index) {
    return index < sla_document_feed_count(document) ? document->feeds.items[index].file : NULL;
}

static sla_status fail_no_feed(const sla_document *document, text name, sla_error *error) {
    const size_t count = sla_document_feed_count(document);
    const char **const known = malloc((count + 1) * sizeof *known);
    if (known == NULL) {
        return sli_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        known[i] = sla_document_feed_name(document, i);
    }
    const sla_status status = sli_fail_unknown(error, "feed", name, known, count);
    free(known);
    return status;
}

sla_status sla_document_set_feed(sla_document *document, const char *name, size_t name_length, const char *text_start,
                                 size_t text_length, sla_error *error) {
    if (document == NULL || name == NULL || text_start == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a document, the name of a feed and its text are needed");
    }
    const text wanted = sli_text(name, name_length);
    const text handed_over = sli_text(text_start, text_length);
    const size_t index = sli_feed_source_index(&document->feeds, wanted);
    if (index == document->feeds.count) {
        return fail_no_feed(document, wanted, error);
    }
    if (handed_over.length > SLI_FEED_BYTES_MAX) {
        return sli_fail(error, SLA_LIMIT, "the feed '%.*s' is too large: %zu bytes, 16 MiB are allowed", SLI_QUOTED(wanted),
                        handed_over.length);
    }
    char *const copy = sli_text_copy(handed_over);
    if (copy == NULL) {
        return sli_fail_memory(error);
    }
    free(document->feeds.items[index].text);
    document->feeds.items[index].text = copy;
    document->feeds.items[index].length = handed_over.length;
    return SLA_OK;
}

/* ---- Contracts that requests move to (§7.5) ---- */

static const char *name_of(const sla_contract *contract) {
    return sla_contract_name(contract, SLA_ELEMENT_CONTRACT, 0);
}

sla_status sla_document_add_contract(sla_document *document, sla_contract *other, int32_t *index, sla_error *error) {
    sli_clear(index);
    if (document == NULL || other == NULL || index == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a document, another contract and a place for the index are needed");
    }
    successor_list *const list = &document->successors;
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(name_of(list->items[i]), name_of(other)) == 0) {
            return sli_fail(error, SLA_DUPLICATE, "there is a contract '%.80s' already; each name stands once",
                            name_of(other));
        }
    }
    if (list->count + 1 >= SLI_CONTRACT_MAX) {
        return sli_fail(error, SLA_LIMIT, "a contract has at most %d others that requests move to", SLI_CONTRACT_MAX - 1);
    }
    if (!SLI_APPEND(list, other)) {
        return sli_fail_memory(error);
    }
    sla_contract_ref(other);
    *index = (int32_t)list->count;
    return SLA_OK;
}

/* ---- Building ---- */

static sla_zone *contract_zone(loader *l) {
    const node *const name = sli_sound(l, l->root, "time_zone");
    return name == NULL ? NULL : sli_load_zone(l, name);
}

/* A contract whose zone is flawed is judged on in UTC. */
static bool start_zone(loader *l, sla_zone **stand_in) {
    if (sla_zone_load("UTC", SIZE_MAX, NULL, 0, stand_in, NULL) != SLA_OK) {
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return false;
    }
    sla_zone *const zone = contract_zone(l);
    l->zone = zone == NULL ? *stand_in : zone;
    return l->list.fatal == SLA_OK;
}

static sla_status new_builder(loader *l, const char *name, sla_error *said) {
    return sla_contract_builder_new(name, SIZE_MAX, l->zone, l->document->begin, l->document->end, &l->builder, said);
}

static bool start_builder(loader *l) {
    const node *const name = sli_sound(l, l->root, "name");
    sla_error said;
    if (name != NULL && sli_check(l, new_builder(l, name->value, &said), &said, name, AT_VALUE)) {
        return true;
    }
    if (new_builder(l, "contract", &said) != SLA_OK) { /* stands in for a name that is flawed */
        l->list.fatal = SLA_OUT_OF_MEMORY;
    }
    return l->builder != NULL;
}

static bool start_always(loader *l) {
    sla_error said;
    const sla_status status = sla_calendar_new_always(l->zone, l->document->begin, l->document->end, &l->always, &said);
    return sli_check(l, status, &said, l->root, AT_VALUE);
}

static void build_validity(loader *l) {
    const node *const validity = sli_sound(l, l->root, "valid");
    if (validity == NULL) {
        return;
    }
    int32_t from = INT32_MIN;
    int32_t until = INT32_MAX;
    sla_error said;
    sli_read_dates(validity, &from, &until);
    const sla_status status = sla_contract_builder_set_validity(l->builder, from, until, &said);
    sli_check(l, status, &said, validity, AT_VALUE);
}

static void build_default_calendar(loader *l) {
    const node *const name = sli_sound(l, l->root, "default_calendar");
    if (name != NULL) {
        sla_error said;
        const sla_status status = sla_contract_builder_set_default_calendar(l->builder, name->value, SIZE_MAX, &said);
        sli_check_reference(l, status, &said, name, SECTION_CALENDARS);
    }
}

/* What stands in for a flawed name is not compared with the names of others. */
static void build_successors(loader *l) {
    const node *const name = sli_sound(l, l->root, "name");
    const successor_list *const list = &l->document->successors;
    for (size_t i = 0; name != NULL && i < list->count; i++) {
        int32_t index;
        sla_error said;
        const sla_status status = sla_contract_builder_add_contract(l->builder, list->items[i], &index, &said);
        sli_check(l, status, &said, status == SLA_DUPLICATE ? name : l->root, AT_VALUE);
    }
}

static void build_parts(loader *l) {
    static void (*const parts[])(loader *) = {build_validity,         build_successors,   sli_build_calendars,
                                              build_default_calendar, sli_build_elements, sli_build_metrics,
                                              sli_build_criteria,     sli_build_targets,  sli_build_objectives};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !sli_complaints_full(&l->list); i++) {
        parts[i](l);
    }
}

static void build_contract(loader *l, sla_contract **contract) {
    sla_zone *stand_in = NULL;
    sli_judge_shape(&l->list, l->root, &sli_contract_shape);
    sli_find_hidden_names(l);
    if (l->root->kind == NODE_MAPPING && start_zone(l, &stand_in) && start_builder(l) && start_always(l)) {
        build_parts(l);
    }
    if (l->list.errors == 0 && l->list.fatal == SLA_OK) {
        sla_error said;
        const sla_status status = sla_contract_builder_build(l->builder, contract, &said);
        sli_check(l, status, &said, l->root, AT_VALUE);
    }
    sla_zone_unref(stand_in);
}

static void end_loader(loader *l) {
    sla_contract_builder_free(l->builder);
    sla_calendar_unref(l->always);
    for (size_t i = 0; i < l->feeds.count; i++) {
        sla_feed_unref(l->feeds.items[i].feed);
    }
    for (size_t i = 0; i < l->zones.count; i++) {
        sla_zone_unref(l->zones.items[i].zone);
    }
    free(l->feeds.items);
    free(l->zones.items);
    sli_complaints_end(&l->list);
}

sla_status sla_document_build(const sla_document *document, sla_diagnostics *diagnostics, sla_contract **contract,
                              sla_error *error) {
    if (contract == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a place for the contract is needed");
    }
    *contract = NULL;
    if (document == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a document is needed");
    }
    loader l = {.document = document,
                .root = document->root,
                .feed_budget = sli_feed_budget(),
                .calendar_budget = SLI_CALENDAR_BUDGET};
    if (sli_complaints_start(&l.list, document->node_count)) {
        build_contract(&l, contract);
    } else {
        l.list.fatal = SLA_OUT_OF_MEMORY;
    }
    const sla_status status = sli_complaints_hand_over(&l.list, diagnostics, error);
    if (status != SLA_OK) {
        sla_contract_unref(*contract);
        *contract = NULL;
    }
    end_loader(&l);
    return status;
}
