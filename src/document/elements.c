/* SPDX-License-Identifier: MIT */
/* What a contract names: channels, tiers, services, languages, facts, attributes. */
#include "document/loader.h"

void sli_build_texts(loader *l, int32_t element, int32_t index, const node *record) {
    static const char *const keys[] = {"title", "clause", "note"};
    for (int32_t kind = SLA_TEXT_TITLE; kind <= SLA_TEXT_NOTE; kind++) {
        const node *const value = sli_sound(l, record, keys[kind]);
        if (value != NULL) {
            sla_error said;
            const sla_status status =
                sla_contract_builder_set_text(l->builder, element, index, kind, value->value, SIZE_MAX, &said);
            sli_check(l, status, &said, value, AT_VALUE);
        }
    }
}

/* Adds every entry of a mapping as an element of one kind. */
static void add_named(loader *l, int32_t element, const node *elements) {
    for (const node *entry = sli_first_entry(elements); entry != NULL; entry = sli_next_entry(entry)) {
        int32_t index;
        sla_error said;
        const sla_status status = sla_contract_builder_add(l->builder, element, entry->key, SIZE_MAX, &index, &said);
        if (sli_check(l, status, &said, entry, AT_KEY)) {
            sli_build_texts(l, element, index, entry);
        }
    }
}

/* Adds the items of a list as elements of one kind. */
static void add_listed(loader *l, int32_t element, const char *key) {
    for (const node *name = sli_first_name(l, sli_node_find(l->root, key)); name != NULL; name = sli_next_name(l, name)) {
        int32_t index;
        sla_error said;
        const sla_status status = sla_contract_builder_add(l->builder, element, name->value, SIZE_MAX, &index, &said);
        sli_check(l, status, &said, name, AT_VALUE);
    }
}

static bool find(const loader *l, int32_t element, const node *entry, int32_t *index) {
    return sla_contract_builder_find(l->builder, element, entry->key, SIZE_MAX, index) == SLA_OK;
}

/* Gives an element the names under one of its keys. */
static void give_names(loader *l, int32_t element, int32_t index, int32_t role, const node *names, section in) {
    for (const node *name = sli_first_name(l, names); name != NULL; name = sli_next_name(l, name)) {
        sla_error said;
        const sla_status status =
            sla_contract_builder_add_name(l->builder, element, index, role, name->value, SIZE_MAX, &said);
        sli_check_reference(l, status, &said, name, in);
    }
}

static void give_names_of_all(loader *l, int32_t element, const node *elements, const char *key, int32_t role, section in) {
    for (const node *entry = sli_first_entry(elements); entry != NULL; entry = sli_next_entry(entry)) {
        int32_t index;
        if (find(l, element, entry, &index)) {
            give_names(l, element, index, role, sli_node_find(entry, key), in);
        }
    }
}

/* ---- Channels and tiers ---- */

static void build_channels(loader *l) {
    const node *const channels = sli_node_find(l->root, "channels");
    add_named(l, SLA_ELEMENT_CHANNEL, channels);
    give_names_of_all(l, SLA_ELEMENT_CHANNEL, channels, "calendar", SLA_NAME_CALENDAR, SECTION_CALENDARS);
}

static void build_tiers(loader *l) {
    const node *const tiers = sli_node_find(l->root, "tiers");
    add_named(l, SLA_ELEMENT_TIER, tiers);
    give_names_of_all(l, SLA_ELEMENT_TIER, tiers, "aliases", SLA_NAME_ALIAS, SECTION_TIERS);
    give_names_of_all(l, SLA_ELEMENT_TIER, tiers, "channels", SLA_NAME_CHANNEL, SECTION_CHANNELS);
    give_names_of_all(l, SLA_ELEMENT_TIER, tiers, "includes", SLA_NAME_INCLUDED, SECTION_TIERS);
}

/* ---- Services ---- */

/* `requires: []` says that this service, other than the contract, requires nothing. */
static void require_nothing(loader *l, int32_t element, const node *services) {
    for (const node *entry = sli_first_entry(services); entry != NULL; entry = sli_next_entry(entry)) {
        const node *const requires = sli_node_find(entry, "requires");
        int32_t index;
        if (requires == NULL || requires->kind != NODE_LIST || requires->count > 0 || !find(l, element, entry, &index)) {
            continue;
        }
        sla_error said;
        const sla_status status =
            sla_contract_builder_add_name(l->builder, element, index, SLA_NAME_REQUIRED, "", 0, &said);
        sli_check(l, status, &said, requires, AT_VALUE);
    }
}

static void build_service_list(loader *l, int32_t element, const node *services) {
    give_names_of_all(l, element, services, "aliases", SLA_NAME_ALIAS, SECTION_SERVICES);
    give_names_of_all(l, element, services, "requires", SLA_NAME_REQUIRED, SECTION_SERVICES);
    require_nothing(l, element, services);
}

static void build_services(loader *l) {
    const node *const services = sli_node_find(l->root, "services");
    const node *const covered = sli_node_find(services, "covered");
    const node *const excluded = sli_node_find(services, "excluded");
    sla_contract_builder_set_unlisted(l->builder,
                                      sli_word(l, services, "unlisted", sli_unlisted_words, SLA_UNLISTED_COVERED), NULL);
    add_named(l, SLA_ELEMENT_SERVICE, covered);
    add_named(l, SLA_ELEMENT_EXCLUSION, excluded);
    build_service_list(l, SLA_ELEMENT_SERVICE, covered);
    build_service_list(l, SLA_ELEMENT_EXCLUSION, excluded);
}

/* ---- Attributes ---- */

static void build_attributes(loader *l) {
    const node *const attributes = sli_node_find(l->root, "attributes");
    add_named(l, SLA_ELEMENT_ATTRIBUTE, attributes);
    for (const node *entry = sli_first_entry(attributes); entry != NULL; entry = sli_next_entry(entry)) {
        int32_t index;
        if (find(l, SLA_ELEMENT_ATTRIBUTE, entry, &index)) {
            give_names(l, SLA_ELEMENT_ATTRIBUTE, index, SLA_NAME_VALUE, entry, SECTION_ATTRIBUTES);
        }
    }
}

void sli_build_elements(loader *l) {
    sli_build_texts(l, SLA_ELEMENT_CONTRACT, 0, l->root);
    build_channels(l);
    build_tiers(l);
    add_listed(l, SLA_ELEMENT_LANGUAGE, "languages");
    add_listed(l, SLA_ELEMENT_FACT, "requires");
    build_services(l);
    build_attributes(l);
}
