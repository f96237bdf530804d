/* SPDX-License-Identifier: MIT */
/* Messages about names that nothing has: what is known, and which was likely meant. */
#include "contract/model.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED_BYTES_MAX = 200, LIKELY_AMONG_MAX = 256 };

/* "a, b, c", and "…" for what does not fit. */
static void list_names(const char *const *known, size_t count, char listed[LISTED_BYTES_MAX]) {
    static const char separator[] = ", ";
    static const char more[] = ", …";
    size_t length = 0;
    listed[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(known[i]);
        const size_t lead = i == 0 ? 0 : sizeof separator - 1;
        if (length + lead + size + sizeof more > LISTED_BYTES_MAX) {
            memcpy(listed + length, i == 0 ? "…" : more, i == 0 ? sizeof "…" : sizeof more);
            return;
        }
        memcpy(listed + length, separator, lead);
        memcpy(listed + length + lead, known[i], size + 1);
        length += lead + size;
    }
}

static sla_status fail_unknown(sla_error *error, const char *what, const char *holder, text name, const char *const *known,
                               size_t count) {
    if (count == 0) {
        return sli_fail(error, SLA_NOT_FOUND, "unknown %s '%.*s'; %s none", what, SLI_QUOTED(name), holder);
    }
    char listed[LISTED_BYTES_MAX];
    list_names(known, count, listed);
    const char *const nearest = count <= LIKELY_AMONG_MAX ? sli_text_nearest(name, known, count) : NULL;
    if (nearest == NULL || count == 1) {
        return sli_fail(error, SLA_NOT_FOUND, "unknown %s '%.*s'; %s %s", what, SLI_QUOTED(name), holder, listed);
    }
    return sli_fail(error, SLA_NOT_FOUND, "unknown %s '%.*s'; %s %s; did you mean '%s'?", what, SLI_QUOTED(name), holder,
                    listed, nearest);
}

sla_status sli_fail_unknown(sla_error *error, const char *what, text name, const char *const *known, size_t count) {
    return fail_unknown(error, what, "known are", name, known, count);
}

static size_t gather_values(const model *of, int32_t attribute, const char **known) {
    size_t count = 0;
    for (size_t i = 0; i < of->names[NAMES_OF_VALUES].count; i++) {
        const struct name_entry *const entry = &of->names[NAMES_OF_VALUES].items[i];
        if (entry->owner == attribute) {
            known[entry->index] = sli_model_string(of, entry->name);
            count++;
        }
    }
    return count;
}

/* The names of a kind in the order of its elements, to which aliases are added. */
static size_t gather_elements(const model *of, int32_t kind, const char **known) {
    const size_t count = of->elements[kind].count;
    for (size_t i = 0; i < count; i++) {
        known[i] = sli_model_string(of, of->elements[kind].items[i].name);
    }
    return count;
}

static size_t gather_aliases(const model *of, int32_t kind, const char **known) {
    size_t count = 0;
    for (size_t i = 0; i < of->names[kind].count; i++) {
        const struct name_entry *const entry = &of->names[kind].items[i];
        if (entry->name != of->elements[kind].items[entry->index].name) {
            known[count++] = sli_model_string(of, entry->name);
        }
    }
    return count;
}

/* Nothing refers to a service as an excluded one. */
static size_t gather_known(const model *of, int32_t list, int32_t owner, const char **known) {
    if (list == NAMES_OF_VALUES) {
        return gather_values(of, owner, known);
    }
    size_t count = gather_elements(of, list, known);
    count += gather_aliases(of, list, known + count);
    if (list == SLA_ELEMENT_SERVICE) {
        count += gather_aliases(of, SLA_ELEMENT_EXCLUSION, known + count);
    }
    return count;
}

sla_status sli_model_unknown(const model *of, int32_t list, int32_t owner, text name, sla_error *error) {
    if (error == NULL) {
        return SLA_NOT_FOUND;
    }
    const size_t elements = list == NAMES_OF_VALUES ? 0 : of->elements[list].count;
    const size_t excluded = list == SLA_ELEMENT_SERVICE ? of->names[SLA_ELEMENT_EXCLUSION].count : 0;
    const size_t room = elements + of->names[list].count + excluded + 1;
    const char **const known = malloc(room * sizeof *known);
    if (known == NULL) {
        return sli_fail(error, SLA_NOT_FOUND, "unknown %s '%.*s'", sli_kind_name(list), SLI_QUOTED(name));
    }
    const size_t count = gather_known(of, list, owner, known);
    fail_unknown(error, sli_kind_name(list), list == NAMES_OF_VALUES ? "the attribute has" : "this contract has", name,
                 known, count);
    free(known);
    return SLA_NOT_FOUND;
}

sla_status sli_contract_builder_unknown(const sla_contract_builder *builder, int32_t element, text name, sla_error *error) {
    return sli_model_unknown(&builder->model, element, 0, name, error);
}
