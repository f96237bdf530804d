/* SPDX-License-Identifier: MIT */
#include "contract/model.h"

#include <string.h>

static const struct {
    const char *one;
    const char *several;
} kind_names[NAME_LISTS] = {
    [SLA_ELEMENT_CONTRACT] = {"contract", "contracts"},
    [SLA_ELEMENT_CALENDAR] = {"calendar", "calendars"},
    [SLA_ELEMENT_CHANNEL] = {"channel", "channels"},
    [SLA_ELEMENT_TIER] = {"tier", "tiers"},
    [SLA_ELEMENT_SERVICE] = {"service", "services"},
    [SLA_ELEMENT_EXCLUSION] = {"excluded service", "excluded services"},
    [SLA_ELEMENT_LANGUAGE] = {"language", "languages"},
    [SLA_ELEMENT_FACT] = {"fact", "facts"},
    [SLA_ELEMENT_ATTRIBUTE] = {"attribute", "attributes"},
    [SLA_ELEMENT_CRITERION] = {"criterion", "criteria"},
    [SLA_ELEMENT_RULE] = {"row of the criteria table", "rows of the criteria table"},
    [SLA_ELEMENT_METRIC] = {"metric", "metrics"},
    [SLA_ELEMENT_EVENT] = {"event", "events"},
    [SLA_ELEMENT_TARGET] = {"target", "targets"},
    [SLA_ELEMENT_OBJECTIVE] = {"objective", "objectives"},
    [NAMES_OF_VALUES] = {"value", "values"},
};

const char *sli_kind_name(int32_t kind) {
    return kind_names[kind].one;
}

const char *sli_kind_plural(int32_t kind) {
    return kind_names[kind].several;
}

/* ---- Names that can be given ---- */

/* In well-formed UTF-8, where something follows a byte 0xC2. */
static bool has_control_character(text name) {
    for (size_t i = 0; i < name.length; i++) {
        const unsigned char byte = (unsigned char)name.start[i];
        const bool c1 = byte == 0xC2 && (unsigned char)name.start[i + 1] < 0xA0;
        if (byte < 0x20 || byte == 0x7F || c1) {
            return true;
        }
    }
    return false;
}

sla_status sli_judge_name(const char *what, text name, sla_error *error) {
    if (name.length == 0) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the name of the %s is empty; give it at least one character", what);
    }
    if (name.length > SLI_NAME_LENGTH_MAX) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the name of the %s has %zu bytes; names have at most %d", what,
                        name.length, SLI_NAME_LENGTH_MAX);
    }
    if (!sli_text_is_utf8(name)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT, "the name of the %s is not UTF-8", what);
    }
    if (has_control_character(name)) {
        return sli_fail(error, SLA_INVALID_ARGUMENT,
                        "the name of the %s has a control character in it; write it as one line of text", what);
    }
    return SLA_OK;
}

/* ---- Sorted lists of names ---- */

static int compare_text(text left, text right) {
    const int order = memcmp(left.start, right.start, left.length < right.length ? left.length : right.length);
    return order != 0 ? order : (left.length > right.length) - (left.length < right.length);
}

static int compare_entry(const model *of, const struct name_entry *entry, int32_t owner, text name) {
    const int32_t owners_apart = entry->owner - owner; /* neither is negative */
    return owners_apart != 0 ? owners_apart : compare_text(sli_text(sli_model_string(of, entry->name), SIZE_MAX), name);
}

/* The place of the first entry that is not before the name. */
static size_t place_of(const model *of, int32_t list, int32_t owner, text name) {
    const name_list *const names = &of->names[list];
    size_t low = 0;
    size_t high = names->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_entry(of, &names->items[middle], owner, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int32_t sli_names_find(const model *of, int32_t list, int32_t owner, text name) {
    const name_list *const names = &of->names[list];
    const size_t place = place_of(of, list, owner, name);
    if (place == names->count || compare_entry(of, &names->items[place], owner, name) != 0) {
        return SLA_UNKNOWN;
    }
    return names->items[place].index;
}

bool sli_names_reserve(model *in, int32_t list) {
    name_list *const names = &in->names[list];
    return sli_reserve((void **)&names->items, &names->capacity, names->count + 1, sizeof *names->items);
}

void sli_names_enter(model *in, int32_t list, int32_t owner, uint32_t name, int32_t index) {
    name_list *const names = &in->names[list];
    const size_t place = place_of(in, list, owner, sli_text(sli_model_string(in, name), SIZE_MAX));
    memmove(names->items + place + 1, names->items + place, (names->count - place) * sizeof *names->items);
    names->items[place] = (struct name_entry){name, owner, index};
    names->count++;
}

/* ---- Looking up what a request says ---- */

bool sli_language_covers(text range, text tag) {
    if (tag.length < range.length || (tag.length > range.length && tag.start[range.length] != '-')) {
        return false;
    }
    return sli_text_equal_folded(range, (text){tag.start, range.length});
}

static int32_t find_language(const model *of, text tag) {
    for (int32_t i = 0; i < sli_model_count(of, SLA_ELEMENT_LANGUAGE); i++) {
        const char *const range = sli_model_string(of, of->elements[SLA_ELEMENT_LANGUAGE].items[i].name);
        if (sli_language_covers(sli_text(range, SIZE_MAX), tag)) {
            return i;
        }
    }
    return SLA_UNKNOWN;
}

/* The list that is asked for comes first: one name can stand for an entry on each. */
static int32_t find_service(const model *of, int32_t kind, text name) {
    const int32_t other = kind == SLA_ELEMENT_SERVICE ? SLA_ELEMENT_EXCLUSION : SLA_ELEMENT_SERVICE;
    const int32_t index = sli_names_find(of, kind, 0, name);
    return index == SLA_UNKNOWN ? sli_names_find(of, other, 0, name) : index;
}

int32_t sli_model_find(const model *of, int32_t kind, text name) {
    switch (kind) {
        case SLA_ELEMENT_SERVICE:
        case SLA_ELEMENT_EXCLUSION:
            return find_service(of, kind, name);
        case SLA_ELEMENT_LANGUAGE:
            return find_language(of, name);
        default:
            return sli_names_find(of, kind, 0, name);
    }
}
