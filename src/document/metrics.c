/* SPDX-License-Identifier: MIT */
/* Metrics (§7): a ready-made one under `like`, whose keys the metric's own override. */
#include "document/loader.h"

static const struct {
    const char *key;
    int32_t role;
} event_lists[] = {
    {"start", SLA_NAME_START},   {"stop", SLA_NAME_STOP},     {"pause", SLA_NAME_PAUSE},
    {"resume", SLA_NAME_RESUME}, {"cancel", SLA_NAME_CANCEL},
};

static const char *const *ready_events(const ready_metric *like, int32_t role) {
    switch (role) {
        case SLA_NAME_START:
            return like->start;
        case SLA_NAME_STOP:
            return like->stop;
        case SLA_NAME_PAUSE:
            return like->pause;
        case SLA_NAME_RESUME:
            return like->resume;
        default:
            return like->cancel;
    }
}

static void add_event(loader *l, int32_t metric, int32_t role, const char *event, const node *at) {
    sla_error said;
    const sla_status status =
        sla_contract_builder_add_name(l->builder, SLA_ELEMENT_METRIC, metric, role, event, SIZE_MAX, &said);
    sli_check(l, status, &said, at, AT_VALUE);
}

static void add_events(loader *l, int32_t metric, int32_t role, const node *own, const node *like_name,
                       const ready_metric *like) {
    if (own != NULL) {
        for (const node *name = sli_first_name(l, own); name != NULL; name = sli_next_name(l, name)) {
            add_event(l, metric, role, name->value, name);
        }
        return;
    }
    const char *const *events = like == NULL ? NULL : ready_events(like, role);
    for (; events != NULL && *events != NULL; events++) {
        add_event(l, metric, role, *events, like_name);
    }
}

static const ready_metric *find_like(loader *l, const node *name) {
    if (name == NULL) {
        return NULL;
    }
    const ready_metric *like = NULL;
    sla_error said;
    const sla_status status = sli_find_ready_metric(sli_node_text(name), &like, &said);
    return sli_check(l, status, &said, name, AT_VALUE) ? like : NULL;
}

static sla_metric behaviour_of(const loader *l, const node *record, const ready_metric *like) {
    const sla_metric base = like == NULL ? (sla_metric){0} : like->behaviour;
    return (sla_metric){.repeats = sli_word(l, record, "repeats", sli_boolean_words, base.repeats),
                        .reopen = sli_word(l, record, "reopen", sli_reopen_words, base.reopen),
                        .on_change = sli_word(l, record, "on_change", sli_change_words, base.on_change)};
}

static void build_metric(loader *l, const node *record) {
    const node *const like_name = sli_sound(l, record, "like");
    const ready_metric *const like = find_like(l, like_name);
    const sla_metric behaviour = behaviour_of(l, record, like);
    int32_t index;
    sla_error said;
    const sla_status status = sla_contract_builder_add_metric(l->builder, record->key, SIZE_MAX, &behaviour, &index, &said);
    if (!sli_check(l, status, &said, record, AT_KEY)) {
        return;
    }
    sli_build_texts(l, SLA_ELEMENT_METRIC, index, record);
    for (size_t i = 0; i < sizeof event_lists / sizeof event_lists[0]; i++) {
        add_events(l, index, event_lists[i].role, sli_node_find(record, event_lists[i].key), like_name, like);
    }
}

void sli_build_metrics(loader *l) {
    const node *entry = sli_first_entry(sli_node_find(l->root, "metrics"));
    for (; entry != NULL; entry = sli_next_entry(entry)) {
        build_metric(l, entry);
    }
}
