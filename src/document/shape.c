/* SPDX-License-Identifier: MIT */
#include "document/shape.h"

#include <stdio.h>
#include <string.h>

bool sli_is_skipped(const node *entry) {
    return strncmp(entry->key, "x-", 2) == 0;
}

bool sli_is_entry(const node *entry) {
    return !sli_is_skipped(entry) && !entry->repeated;
}

static const char *kind_name(const node *judged) {
    static const char *const names[] = {"a text", "a list", "a mapping"};
    return names[judged->kind];
}

static void complain_of_kind(complaints *list, const node *judged, const shape *wanted) {
    sli_complain(list, judged, AT_VALUE, SLA_INVALID_DOCUMENT, "%s is needed here, this is %s", wanted->what,
                 judged->kind == NODE_SCALAR && judged->value[0] == '\0' ? "empty" : kind_name(judged));
}

/* ---- Texts ---- */

static size_t word_count(const char *const *words) {
    size_t count = 0;
    while (words[count] != NULL) {
        count++;
    }
    return count;
}

static bool is_word(const char *value, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void judge_word(complaints *list, const node *judged, const shape *wanted) {
    const size_t count = word_count(wanted->words);
    if (is_word(judged->value, wanted->words, count)) {
        return;
    }
    char allowed[160];
    sli_list_names(allowed, sizeof allowed, wanted->words, count);
    sli_complain(list, judged, AT_VALUE, SLA_INVALID_DOCUMENT, "'%.80s' does not fit here; allowed: %s", judged->value,
                 allowed);
}

static void judge_text(complaints *list, const node *judged, const shape *wanted) {
    if (judged->kind != NODE_SCALAR) {
        complain_of_kind(list, judged, wanted);
        return;
    }
    if (wanted->words != NULL) {
        judge_word(list, judged, wanted);
        return;
    }
    const char *const problem = wanted->problem == NULL ? NULL : wanted->problem(sli_node_text(judged));
    if (problem != NULL) {
        sli_complain(list, judged, AT_VALUE, SLA_INVALID_DOCUMENT, "'%.80s' is not %s: %s", judged->value, wanted->what,
                     problem);
    }
}

/* ---- Lists ---- */

static void judge_items(complaints *list, const node *judged, const shape *wanted) {
    if (judged->count < wanted->least) {
        sli_complain(list, judged, AT_VALUE, SLA_INVALID_DOCUMENT, "%s has at least %zu, this one has %zu", wanted->what,
                     wanted->least, judged->count);
    }
    for (const node *item = judged->first; item != NULL; item = item->next) {
        sli_judge_shape(list, item, wanted->item);
    }
}

static void judge_list(complaints *list, const node *judged, const shape *wanted) {
    if (judged->kind == NODE_LIST) {
        judge_items(list, judged, wanted);
    } else {
        complain_of_kind(list, judged, wanted);
    }
}

static void judge_one_or_list(complaints *list, const node *judged, const shape *wanted) {
    if (judged->kind == NODE_LIST) {
        judge_items(list, judged, wanted);
    } else {
        sli_judge_shape(list, judged, wanted->item);
    }
}

/* ---- Mappings ---- */

static bool complain_if_repeated(complaints *list, const node *entry) {
    if (entry->repeated) {
        sli_complain(list, entry, AT_KEY, SLA_INVALID_DOCUMENT,
                     "the key '%.80s' is here for the second time; keep one of them", entry->key);
    }
    return entry->repeated;
}

static const field *find_field(const shape *wanted, const char *key) {
    for (size_t i = 0; i < wanted->field_count; i++) {
        if (strcmp(wanted->fields[i].key, key) == 0) {
            return &wanted->fields[i];
        }
    }
    return NULL;
}

/* In {title: Critical, at once} the comma ends the title: what follows looks like a key without a value. */
static const char *comma_advice(const node *entry) {
    const bool bare = entry->kind == NODE_SCALAR && entry->value[0] == '\0';
    return bare ? "; a text with a comma in it needs quotes" : "";
}

static void complain_of_key(complaints *list, const node *entry, const shape *wanted) {
    const char *keys[SLI_FIELDS_MAX];
    const size_t count = wanted->field_count;
    for (size_t i = 0; i < count; i++) {
        keys[i] = wanted->fields[i].key;
    }
    char allowed[200];
    sli_list_names(allowed, sizeof allowed, keys, count);
    const char *const nearest = sli_text_nearest(sli_text(entry->key, SIZE_MAX), keys, count);
    sli_complain(list, entry, AT_KEY, SLA_INVALID_DOCUMENT, "unknown key '%.40s'; %s%s%sallowed: %s%s", entry->key,
                 nearest == NULL ? "" : "did you mean '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'? ",
                 allowed, comma_advice(entry));
}

/* True when the key is as it should be. */
static bool judge_field(complaints *list, const node *entry, const shape *wanted) {
    if (complain_if_repeated(list, entry)) {
        return false;
    }
    if (sli_is_skipped(entry)) {
        return true;
    }
    const field *const known = find_field(wanted, entry->key);
    if (known == NULL) {
        complain_of_key(list, entry, wanted);
        return false;
    }
    sli_judge_shape(list, entry, known->shape);
    return true;
}

static void judge_required(complaints *list, const node *judged, const shape *wanted) {
    for (size_t i = 0; i < wanted->field_count; i++) {
        const field *const needed = &wanted->fields[i];
        if (needed->required && sli_node_find(judged, needed->key) == NULL) {
            sli_complain(list, judged, AT_VALUE, SLA_INVALID_DOCUMENT, "the key '%s' is missing: %s", needed->key,
                         needed->shape->what);
        }
    }
}

static void judge_record(complaints *list, const node *judged, const shape *wanted) {
    if (judged->kind != NODE_MAPPING) {
        complain_of_kind(list, judged, wanted);
        return;
    }
    bool strange = false;
    for (const node *entry = judged->first; entry != NULL; entry = entry->next) {
        strange = !judge_field(list, entry, wanted) || strange;
    }
    list->strange[judged->number] = strange;
    if (!strange) {
        judge_required(list, judged, wanted);
    }
    if (wanted->rule != NULL) {
        wanted->rule(list, judged, strange);
    }
}

static void judge_name(complaints *list, const node *entry, const shape *wanted) {
    const char *const problem = wanted->problem == NULL ? NULL : wanted->problem(sli_text(entry->key, SIZE_MAX));
    if (problem != NULL) {
        sli_complain(list, entry, AT_KEY, SLA_INVALID_DOCUMENT, "'%.80s' does not fit here: %s", entry->key, problem);
    }
}

static void judge_named(complaints *list, const node *judged, const shape *wanted) {
    if (judged->kind != NODE_MAPPING) {
        complain_of_kind(list, judged, wanted);
        return;
    }
    for (const node *entry = judged->first; entry != NULL; entry = entry->next) {
        if (!complain_if_repeated(list, entry) && !sli_is_skipped(entry)) {
            judge_name(list, entry, wanted);
            sli_judge_shape(list, entry, wanted->item);
        }
    }
}

void sli_judge_shape(complaints *list, const node *judged, const shape *wanted) {
    if (sli_complaints_full(list)) {
        return;
    }
    switch (wanted->kind) {
        case SHAPE_TEXT:
            judge_text(list, judged, wanted);
            break;
        case SHAPE_LIST:
            judge_list(list, judged, wanted);
            break;
        case SHAPE_ONE_OR_LIST:
            judge_one_or_list(list, judged, wanted);
            break;
        case SHAPE_RECORD:
            judge_record(list, judged, wanted);
            break;
        default:
            judge_named(list, judged, wanted);
            break;
    }
}
