/* SPDX-License-Identifier: MIT */
#include "document/loader.h"

#include <string.h>

bool sli_check(loader *l, sla_status status, const sla_error *said, const node *at, spot where) {
    if (status != SLA_OK) {
        sli_complain_of(&l->list, at, where, said);
    }
    return status == SLA_OK;
}

bool sli_check_reference(loader *l, sla_status status, const sla_error *said, const node *at, section in) {
    if (status == SLA_NOT_FOUND && l->hides_names[in]) {
        return false;
    }
    return sli_check(l, status, said, at, AT_VALUE);
}

/* ---- Walking the tree past what is flawed ---- */

const node *sli_sound(const loader *l, const node *mapping, const char *key) {
    const node *const found = sli_node_find(mapping, key);
    return sli_is_flawed(&l->list, found) ? NULL : found;
}

/* Once enough errors were found there are no more names: what a hostile document costs has a bound. */
static const node *sound_name(const loader *l, const node *name) {
    if (sli_complaints_full(&l->list)) {
        return NULL;
    }
    while (name != NULL && (name->kind != NODE_SCALAR || sli_is_flawed(&l->list, name))) {
        name = name->next;
    }
    return name;
}

const node *sli_first_name(const loader *l, const node *one_or_list) {
    if (one_or_list == NULL || one_or_list->kind == NODE_MAPPING) {
        return NULL;
    }
    if (one_or_list->kind == NODE_LIST) {
        return sound_name(l, one_or_list->first);
    }
    return sli_is_flawed(&l->list, one_or_list) ? NULL : one_or_list;
}

const node *sli_next_name(const loader *l, const node *name) {
    return name->parent->kind == NODE_LIST ? sound_name(l, name->next) : NULL;
}

static const node *usable_entry(const node *entry) {
    while (entry != NULL && !sli_is_entry(entry)) {
        entry = entry->next;
    }
    return entry;
}

const node *sli_first_entry(const node *mapping) {
    return mapping == NULL || mapping->kind != NODE_MAPPING ? NULL : usable_entry(mapping->first);
}

const node *sli_next_entry(const node *entry) {
    return usable_entry(entry->next);
}

int32_t sli_word(const loader *l, const node *mapping, const char *key, const char *const *words, int32_t absent) {
    const node *const found = sli_sound(l, mapping, key);
    return found == NULL ? absent : sli_word_number(sli_node_text(found), words);
}

/* ---- Names that a flaw may hide ---- */

static bool is_repeated(const node *mapping, const char *key) {
    for (const node *entry = mapping->first; entry != NULL; entry = entry->next) {
        if (entry->repeated && strcmp(entry->key, key) == 0) {
            return true;
        }
    }
    return false;
}

static bool entry_hides_names(const loader *l, const node *mapping, const char *key) {
    const bool strange = l->list.strange[mapping->number];
    return strange && (sli_node_find(mapping, key) == NULL || is_repeated(mapping, key));
}

static bool aliases_hide_names(const loader *l, const node *elements) {
    for (const node *entry = sli_first_entry(elements); entry != NULL; entry = sli_next_entry(entry)) {
        if (entry->kind != NODE_MAPPING || l->list.strange[entry->number] ||
            sli_is_flawed(&l->list, sli_node_find(entry, "aliases"))) {
            return true;
        }
    }
    return false;
}

static bool elements_hide_names(const loader *l, const node *parent, const char *key) {
    const node *const elements = sli_node_find(parent, key);
    if (entry_hides_names(l, parent, key)) {
        return true;
    }
    return elements != NULL && (elements->kind != NODE_MAPPING || aliases_hide_names(l, elements));
}

static bool services_hide_names(const loader *l) {
    const node *const services = sli_node_find(l->root, "services");
    if (services == NULL) {
        return entry_hides_names(l, l->root, "services");
    }
    return services->kind != NODE_MAPPING || elements_hide_names(l, services, "covered") ||
           elements_hide_names(l, services, "excluded");
}

static bool criteria_hide_names(const loader *l) {
    const node *const criteria = sli_node_find(l->root, "criteria");
    if (criteria == NULL || criteria->kind != NODE_LIST) {
        return criteria != NULL || entry_hides_names(l, l->root, "criteria");
    }
    for (const node *row = criteria->first; row != NULL; row = row->next) {
        if (sli_sound(l, row, "name") == NULL) {
            return true;
        }
    }
    return entry_hides_names(l, l->root, "criteria");
}

static bool section_hides_names(const loader *l, const char *key) {
    const node *const found = sli_node_find(l->root, key);
    return entry_hides_names(l, l->root, key) || (found != NULL && found->kind != NODE_MAPPING);
}

void sli_find_hidden_names(loader *l) {
    l->hides_names[SECTION_CALENDARS] = section_hides_names(l, "calendars");
    l->hides_names[SECTION_FEEDS] = section_hides_names(l, "feeds");
    l->hides_names[SECTION_CHANNELS] = section_hides_names(l, "channels");
    l->hides_names[SECTION_ATTRIBUTES] = section_hides_names(l, "attributes");
    l->hides_names[SECTION_METRICS] = section_hides_names(l, "metrics");
    l->hides_names[SECTION_TIERS] = elements_hide_names(l, l->root, "tiers");
    l->hides_names[SECTION_SERVICES] = services_hide_names(l);
    l->hides_names[SECTION_CRITERIA] = criteria_hide_names(l);
}

/* ---- Zones ---- */

static sla_zone *known_zone(const loader *l, const char *name) {
    for (size_t i = 0; i < l->zones.count; i++) {
        if (strcmp(l->zones.items[i].name, name) == 0) {
            return l->zones.items[i].zone;
        }
    }
    return NULL;
}

static sla_zone *keep_zone(loader *l, const char *name, sla_zone *zone) {
    const named_zone kept = {name, zone};
    if (!SLI_APPEND(&l->zones, kept)) {
        sla_zone_unref(zone);
        l->list.fatal = SLA_OUT_OF_MEMORY;
        return NULL;
    }
    return zone;
}

sla_zone *sli_load_zone(loader *l, const node *name) {
    sla_zone *const known = known_zone(l, name->value);
    if (known != NULL) {
        return known;
    }
    sla_error said;
    sla_zone *zone = NULL;
    const text wanted = sli_node_text(name);
    const sla_status status = sla_zone_load(wanted.start, wanted.length, l->document->zone_folder, SIZE_MAX, &zone, &said);
    return sli_check(l, status, &said, name, AT_VALUE) ? keep_zone(l, name->value, zone) : NULL;
}
