/* SPDX-License-Identifier: MIT */
/* The builder: names that elements are given, and what they refer to. */
#include "contract/builder.h"

/* ---- Bit sets ---- */

static bool has_bit(const uint64_t *words, int32_t bit) {
    return (words[bit / 64] >> (bit % 64) & 1) != 0;
}

static void set_bit(uint64_t *words, int32_t bit) {
    words[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static const char *name_at(const model *in, int32_t kind, int32_t index) {
    return sli_model_string(in, in->elements[kind].items[index].name);
}

/* ---- Aliases ---- */

static sla_status add_alias(model *in, int32_t kind, int32_t index, text name, sla_error *error) {
    uint32_t kept = 0;
    sla_status status = sli_judge_name(sli_kind_name(kind), name, error);
    if (status == SLA_OK) {
        status = sli_builder_judge_new_name(in, kind, 0, name, error);
    }
    if (status == SLA_OK) {
        status = sli_builder_judge_room_for_name(in, kind, error);
    }
    if (status == SLA_OK) {
        status = sli_model_keep(in, name, &kept, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_names_reserve(in, kind)) {
        return sli_fail_memory(error);
    }
    sli_names_enter(in, kind, 0, kept, index);
    return SLA_OK;
}

/* ---- Tiers: channels and inclusions ---- */

static sla_status add_tier_channel(model *in, int32_t index, text name, sla_error *error) {
    const int32_t offered = sli_names_find(in, SLA_ELEMENT_CHANNEL, 0, name);
    if (offered == SLA_UNKNOWN) {
        return sli_model_unknown(in, SLA_ELEMENT_CHANNEL, 0, name, error);
    }
    if (has_bit(in->tiers.items[index].channels, offered)) {
        return sli_fail(error, SLA_DUPLICATE, "the tier '%s' names the channel '%.*s' twice",
                        name_at(in, SLA_ELEMENT_TIER, index), SLI_QUOTED(name));
    }
    set_bit(in->tiers.items[index].channels, offered);
    return SLA_OK;
}

/* Every tier that reaches `index` now reaches all that `included` does. */
static void spread_inclusion(model *in, int32_t index, int32_t included) {
    for (size_t i = 0; i < in->tiers.count; i++) {
        if (!has_bit(in->tiers.items[i].reaches, index)) {
            continue;
        }
        for (size_t word = 0; word < TIER_WORDS; word++) {
            in->tiers.items[i].reaches[word] |= in->tiers.items[included].reaches[word];
        }
    }
}

static sla_status include_tier(model *in, int32_t index, text name, sla_error *error) {
    const int32_t included = sli_names_find(in, SLA_ELEMENT_TIER, 0, name);
    if (included == SLA_UNKNOWN) {
        return sli_model_unknown(in, SLA_ELEMENT_TIER, 0, name, error);
    }
    const char *const tier_name = name_at(in, SLA_ELEMENT_TIER, index);
    if (included == index) {
        return sli_fail(error, SLA_CYCLE, "the tier '%s' includes itself; leave that inclusion out", tier_name);
    }
    if (has_bit(in->tiers.items[included].reaches, index)) {
        return sli_fail(error, SLA_CYCLE, "the tier '%s' cannot include '%s', which includes '%s'; leave one of them out",
                        tier_name, name_at(in, SLA_ELEMENT_TIER, included), tier_name);
    }
    if (has_bit(in->tiers.items[index].includes, included)) {
        return sli_fail(error, SLA_DUPLICATE, "the tier '%s' includes '%s' twice", tier_name,
                        name_at(in, SLA_ELEMENT_TIER, included));
    }
    set_bit(in->tiers.items[index].includes, included);
    spread_inclusion(in, index, included);
    return SLA_OK;
}

/* ---- Requirements of services, calendars of channels, values of attributes ---- */

static sla_status require_fact(model *in, int32_t kind, int32_t index, text name, sla_error *error) {
    const int32_t list = kind - SLA_ELEMENT_SERVICE;
    struct service *const requiring = &in->services.items[index];
    const char *const service_name = name_at(in, kind, index);
    if (name.length == 0) {
        if (requiring->requires[list] != 0) {
            return sli_fail(error, SLA_INVALID_ARGUMENT, "the service '%s' requires a fact and cannot require none as well",
                            service_name);
        }
        requiring->requires_own[list] = true;
        return SLA_OK;
    }
    int32_t fact;
    const sla_status status = sli_builder_need_element(in, SLA_ELEMENT_FACT, name, &fact, error);
    if (status != SLA_OK) {
        return status;
    }
    const uint64_t bit = UINT64_C(1) << fact;
    if ((requiring->requires[list] & bit) != 0) {
        return sli_fail(error, SLA_DUPLICATE, "the service '%s' requires '%.*s' twice", service_name, SLI_QUOTED(name));
    }
    requiring->requires_own[list] = true;
    requiring->requires[list] |= bit;
    return SLA_OK;
}

static sla_status staff_channel(model *in, int32_t index, text name, sla_error *error) {
    const int32_t calendar = sli_names_find(in, SLA_ELEMENT_CALENDAR, 0, name);
    if (calendar == SLA_UNKNOWN) {
        return sli_model_unknown(in, SLA_ELEMENT_CALENDAR, 0, name, error);
    }
    if (in->channels.items[index].calendar >= 0) {
        return sli_fail(error, SLA_DUPLICATE, "the channel '%s' has a calendar already; combine the two into one",
                        name_at(in, SLA_ELEMENT_CHANNEL, index));
    }
    in->channels.items[index].calendar = calendar;
    return SLA_OK;
}

static sla_status add_value(model *in, int32_t index, text name, sla_error *error) {
    uint32_t kept = 0;
    sla_status status = sli_judge_name("value", name, error);
    if (status == SLA_OK) {
        status = sli_builder_judge_new_name(in, NAMES_OF_VALUES, index, name, error);
    }
    if (status == SLA_OK) {
        status = sli_builder_judge_room_for_name(in, NAMES_OF_VALUES, error);
    }
    if (status == SLA_OK) {
        status = sli_model_keep(in, name, &kept, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_names_reserve(in, NAMES_OF_VALUES)) {
        return sli_fail_memory(error);
    }
    sli_names_enter(in, NAMES_OF_VALUES, index, kept, in->attributes.items[index].values++);
    return SLA_OK;
}

/* ---- Metrics: events ---- */

static sla_status add_event(model *in, int32_t index, int32_t role, text name, sla_error *error) {
    int32_t event;
    const sla_status status = sli_builder_need_element(in, SLA_ELEMENT_EVENT, name, &event, error);
    if (status != SLA_OK) {
        return status;
    }
    uint8_t *const roles = &in->metrics.items[index].roles[event];
    const unsigned bit = (unsigned)SLI_ROLE_START << (role - SLA_NAME_START);
    if ((*roles & bit) != 0) {
        return sli_fail(error, SLA_DUPLICATE, "the metric '%s' names the event '%.*s' twice in one list",
                        name_at(in, SLA_ELEMENT_METRIC, index), SLI_QUOTED(name));
    }
    *roles = (uint8_t)(*roles | bit);
    return SLA_OK;
}

static sla_status add_name(model *in, int32_t kind, int32_t index, int32_t role, text name, sla_error *error) {
    const bool on_a_service_list = kind == SLA_ELEMENT_SERVICE || kind == SLA_ELEMENT_EXCLUSION;
    if (role == SLA_NAME_ALIAS && (kind == SLA_ELEMENT_TIER || on_a_service_list)) {
        return add_alias(in, kind, index, name, error);
    }
    if (role == SLA_NAME_CHANNEL && kind == SLA_ELEMENT_TIER) {
        return add_tier_channel(in, index, name, error);
    }
    if (role == SLA_NAME_INCLUDED && kind == SLA_ELEMENT_TIER) {
        return include_tier(in, index, name, error);
    }
    if (role == SLA_NAME_REQUIRED && on_a_service_list) {
        return require_fact(in, kind, index, name, error);
    }
    if (role == SLA_NAME_VALUE && kind == SLA_ELEMENT_ATTRIBUTE) {
        return add_value(in, index, name, error);
    }
    if (role == SLA_NAME_CALENDAR && kind == SLA_ELEMENT_CHANNEL) {
        return staff_channel(in, index, name, error);
    }
    if (role >= SLA_NAME_START && role <= SLA_NAME_CANCEL && kind == SLA_ELEMENT_METRIC) {
        return add_event(in, index, role, name, error);
    }
    return sli_fail(error, SLA_INVALID_ARGUMENT, "a %s takes no names of the role %d", sli_kind_name(kind), (int)role);
}

sla_status sla_contract_builder_add_name(sla_contract_builder *builder, int32_t element, int32_t index, int32_t role,
                                         const char *name, size_t name_length, sla_error *error) {
    if (builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder is needed");
    }
    const sla_status known = sli_builder_judge_index(&builder->model, element, index, error);
    return known != SLA_OK ? known : add_name(&builder->model, element, index, role, sli_text(name, name_length), error);
}
