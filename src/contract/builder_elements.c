/* SPDX-License-Identifier: MIT */
/* The builder: elements that are no more than their names, each kind with its own rules. */
#include "contract/builder.h"

/* ---- Elements ---- */

static int32_t element_limit(int32_t kind) {
    switch (kind) {
        case SLA_ELEMENT_CALENDAR:
            return SLI_CALENDAR_MAX;
        case SLA_ELEMENT_CHANNEL:
            return SLI_CHANNEL_MAX;
        case SLA_ELEMENT_TIER:
            return SLI_TIER_MAX;
        case SLA_ELEMENT_LANGUAGE:
            return SLI_LANGUAGE_MAX;
        case SLA_ELEMENT_FACT:
            return SLI_FACT_MAX;
        case SLA_ELEMENT_ATTRIBUTE:
            return SLI_ATTRIBUTE_MAX;
        case SLA_ELEMENT_METRIC:
            return SLI_METRIC_MAX;
        case SLA_ELEMENT_EVENT:
            return SLI_EVENT_MAX;
        case SLA_ELEMENT_OBJECTIVE:
            return SLI_OBJECTIVE_MAX;
        default:
            return SLI_ELEMENT_MAX;
    }
}

sla_status sli_builder_judge_index(const model *in, int32_t kind, int32_t index, sla_error *error) {
    if (kind < 0 || kind >= ELEMENT_KINDS) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "%d is no kind of element", (int)kind);
    }
    if (!sli_model_has(in, kind, index)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "there is no %s at index %d", sli_kind_name(kind), (int)index);
    }
    return SLA_OK;
}

sla_status sli_builder_judge_new_name(const model *in, int32_t list, int32_t owner, text name, sla_error *error) {
    const int32_t found = sli_names_find(in, list, owner, name);
    if (found == SLA_UNKNOWN) {
        return SLA_OK;
    }
    const char *const kind = sli_kind_name(list);
    if (list != NAMES_OF_VALUES) {
        const char *const holder = sli_model_string(in, in->elements[list].items[found].name);
        if (!sli_text_is(name, holder)) {
            return sli_fail(error, SLA_DUPLICATE, "'%.*s' is another name of the %s '%s' already", SLI_QUOTED(name), kind,
                            holder);
        }
    }
    return sli_fail(error, SLA_DUPLICATE, "there is a %s '%.*s' already; each name stands once", kind, SLI_QUOTED(name));
}

sla_status sli_builder_judge_room_for_name(const model *in, int32_t list, sla_error *error) {
    if (in->names[list].count >= SLI_ELEMENT_MAX) {
        return sli_fail(error, SLA_LIMIT, "a contract has at most %d names of %s, aliases included", SLI_ELEMENT_MAX,
                        sli_kind_plural(list));
    }
    return SLA_OK;
}

static sla_status judge_room(const model *in, int32_t kind, sla_error *error) {
    const int32_t limit = element_limit(kind);
    if (sli_model_count(in, kind) >= limit) {
        return sli_fail(error, SLA_LIMIT, "a contract has at most %d %s", (int)limit, sli_kind_plural(kind));
    }
    return sli_builder_judge_room_for_name(in, kind, error);
}

/* The record that goes with an element of the kind, with nothing said yet. */
static bool append_record(model *in, int32_t kind) {
    switch (kind) {
        case SLA_ELEMENT_CHANNEL:
            return SLI_APPEND(&in->channels, ((struct channel){-1}));
        case SLA_ELEMENT_TIER:
            return SLI_APPEND(&in->tiers, ((struct tier){0}));
        case SLA_ELEMENT_ATTRIBUTE:
            return SLI_APPEND(&in->attributes, ((struct attribute){0}));
        case SLA_ELEMENT_METRIC:
            return SLI_APPEND(&in->metrics, ((contract_metric){0}));
        default:
            return true;
    }
}

static bool reserve_element(model *in, int32_t kind) {
    return sli_reserve((void **)&in->elements[kind].items, &in->elements[kind].capacity, in->elements[kind].count + 1,
                       sizeof(struct element));
}

sla_status sli_builder_add_row(model *in, int32_t kind, uint32_t name, int32_t *index, sla_error *error) {
    const sla_status room = judge_room(in, kind, error);
    if (room != SLA_OK) {
        return room;
    }
    if (!SLI_APPEND(&in->elements[kind], ((struct element){.name = name}))) {
        return sli_fail_memory(error);
    }
    *index = sli_model_count(in, kind) - 1;
    return SLA_OK;
}

sla_status sli_builder_add_element(model *in, int32_t kind, text name, int32_t *index, sla_error *error) {
    uint32_t kept = 0;
    sla_status status = sli_judge_name(sli_kind_name(kind), name, error);
    if (status == SLA_OK) {
        status = sli_builder_judge_new_name(in, kind, 0, name, error);
    }
    if (status == SLA_OK) {
        status = judge_room(in, kind, error);
    }
    if (status == SLA_OK) {
        status = sli_model_keep(in, name, &kept, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_names_reserve(in, kind) || !reserve_element(in, kind) || !append_record(in, kind)) {
        return sli_fail_memory(error);
    }
    *index = sli_model_count(in, kind);
    in->elements[kind].items[in->elements[kind].count++] = (struct element){.name = kept};
    sli_names_enter(in, kind, 0, kept, *index);
    return SLA_OK;
}

sla_status sli_builder_need_element(model *in, int32_t kind, text name, int32_t *index, sla_error *error) {
    *index = sli_names_find(in, kind, 0, name);
    return *index != SLA_UNKNOWN ? SLA_OK : sli_builder_add_element(in, kind, name, index, error);
}

/* ---- Kinds with rules of their own ---- */

static sla_status add_tier(model *in, text name, int32_t *index, sla_error *error) {
    const sla_status status = sli_builder_add_element(in, SLA_ELEMENT_TIER, name, index, error);
    if (status == SLA_OK) {
        in->tiers.items[*index].reaches[*index / 64] = UINT64_C(1) << (*index % 64);
    }
    return status;
}

static sla_status add_language(model *in, text name, int32_t *index, sla_error *error) {
    for (int32_t i = 0; i < sli_model_count(in, SLA_ELEMENT_LANGUAGE); i++) {
        const char *const known = sli_model_string(in, in->elements[SLA_ELEMENT_LANGUAGE].items[i].name);
        if (sli_text_equal_folded(name, sli_text(known, SIZE_MAX))) {
            return sli_fail(error, SLA_DUPLICATE, "there is a language '%s' already; each stands once, in any case", known);
        }
    }
    return sli_builder_add_element(in, SLA_ELEMENT_LANGUAGE, name, index, error);
}

/* A fact that only services asked for so far becomes one that every requester must hold. */
static sla_status add_fact(model *in, text name, int32_t *index, sla_error *error) {
    const int32_t known = sli_names_find(in, SLA_ELEMENT_FACT, 0, name);
    if (known != SLA_UNKNOWN && (in->required >> known & 1) == 0) {
        *index = known;
    } else {
        const sla_status status = sli_builder_add_element(in, SLA_ELEMENT_FACT, name, index, error);
        if (status != SLA_OK) {
            return status;
        }
    }
    in->required |= UINT64_C(1) << *index;
    return SLA_OK;
}

static sla_status add_attribute(model *in, text name, int32_t *index, sla_error *error) {
    static const char *const taken[] = {"tier", "channel", "service", "criterion", "metric"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (sli_text_is(name, taken[i])) {
            return sli_fail(
                error, SLA_INVALID_ARGUMENT,
                "an attribute cannot be called '%s', by which rows ask for the %s of a request; choose another name",
                taken[i], taken[i]);
        }
    }
    return sli_builder_add_element(in, SLA_ELEMENT_ATTRIBUTE, name, index, error);
}

static sla_status add_rule(model *in, text name, int32_t *index, sla_error *error) {
    int32_t criterion;
    if (!sli_reserve((void **)&in->rules.items, &in->rules.capacity, in->rules.count + 1, sizeof *in->rules.items) ||
        !reserve_element(in, SLA_ELEMENT_RULE)) {
        return sli_fail_memory(error);
    }
    sla_status status = judge_room(in, SLA_ELEMENT_RULE, error);
    if (status == SLA_OK) {
        status = sli_builder_need_element(in, SLA_ELEMENT_CRITERION, name, &criterion, error);
    }
    if (status == SLA_OK) {
        const uint32_t kept = in->elements[SLA_ELEMENT_CRITERION].items[criterion].name;
        status = sli_builder_add_row(in, SLA_ELEMENT_RULE, kept, index, error);
    }
    if (status == SLA_OK) {
        in->rules.items[in->rules.count++] = (struct rule){criterion};
    }
    return status;
}

/* ---- Services: two lists, one index ---- */

/* The service that the other list knows by the same name (an alias is not the same name). */
static int32_t find_counterpart(const model *in, int32_t other, text name) {
    const int32_t index = sli_names_find(in, other, 0, name);
    if (index == SLA_UNKNOWN || !sli_text_is(name, sli_model_string(in, in->elements[other].items[index].name))) {
        return SLA_UNKNOWN;
    }
    return index;
}

/* A service that neither list has yet. */
static sla_status add_service_record(model *in, text name, int32_t *index, sla_error *error) {
    uint32_t kept = 0;
    sla_status status = judge_room(in, SLA_ELEMENT_SERVICE, error);
    if (status == SLA_OK) {
        status = sli_model_keep(in, name, &kept, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!reserve_element(in, SLA_ELEMENT_SERVICE) || !reserve_element(in, SLA_ELEMENT_EXCLUSION) ||
        !SLI_APPEND(&in->services, ((struct service){.entry = {-1, -1}}))) {
        return sli_fail_memory(error);
    }
    *index = sli_model_count(in, SLA_ELEMENT_SERVICE);
    in->elements[SLA_ELEMENT_SERVICE].items[in->elements[SLA_ELEMENT_SERVICE].count++] = (struct element){.name = kept};
    in->elements[SLA_ELEMENT_EXCLUSION].items[in->elements[SLA_ELEMENT_EXCLUSION].count++] = (struct element){.name = kept};
    return SLA_OK;
}

static sla_status add_service(model *in, int32_t kind, text name, int32_t *index, sla_error *error) {
    const int32_t other = kind == SLA_ELEMENT_SERVICE ? SLA_ELEMENT_EXCLUSION : SLA_ELEMENT_SERVICE;
    sla_status status = sli_judge_name(sli_kind_name(kind), name, error);
    if (status == SLA_OK) {
        status = sli_builder_judge_new_name(in, kind, 0, name, error);
    }
    if (status == SLA_OK) {
        status = sli_builder_judge_room_for_name(in, kind, error);
    }
    if (status != SLA_OK) {
        return status;
    }
    if (!sli_names_reserve(in, kind)) {
        return sli_fail_memory(error);
    }
    *index = find_counterpart(in, other, name);
    if (*index == SLA_UNKNOWN) {
        status = add_service_record(in, name, index, error);
    }
    if (status == SLA_OK) {
        in->services.items[*index].listed[kind - SLA_ELEMENT_SERVICE] = true;
        sli_names_enter(in, kind, 0, in->elements[kind].items[*index].name, *index);
    }
    return status;
}

static sla_status add_by_kind(model *in, int32_t kind, text name, int32_t *index, sla_error *error) {
    switch (kind) {
        case SLA_ELEMENT_CHANNEL:
            return sli_builder_add_element(in, kind, name, index, error);
        case SLA_ELEMENT_TIER:
            return add_tier(in, name, index, error);
        case SLA_ELEMENT_SERVICE:
        case SLA_ELEMENT_EXCLUSION:
            return add_service(in, kind, name, index, error);
        case SLA_ELEMENT_LANGUAGE:
            return add_language(in, name, index, error);
        case SLA_ELEMENT_FACT:
            return add_fact(in, name, index, error);
        case SLA_ELEMENT_ATTRIBUTE:
            return add_attribute(in, name, index, error);
        case SLA_ELEMENT_RULE:
            return add_rule(in, name, index, error);
        default:
            return sli_fail(error, SLA_INVALID_ARGUMENT, "elements of kind %d are not added by their name alone",
                            (int)kind);
    }
}

sla_status sla_contract_builder_add(sla_contract_builder *builder, int32_t element, const char *name, size_t name_length,
                                    int32_t *index, sla_error *error) {
    sli_clear(index);
    if (index == NULL || builder == NULL) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "a builder and a place for the index are needed");
    }
    const sla_status status = add_by_kind(&builder->model, element, sli_text(name, name_length), index, error);
    if (status != SLA_OK) {
        *index = 0;
    }
    return status;
}
