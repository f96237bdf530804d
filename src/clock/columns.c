/* SPDX-License-Identifier: MIT */
#include "clock/columns.h"

bool sli_columns_are_there(const columns *given) {
    return given->contract != NULL && (given->count == 0 || given->requests != NULL) &&
           (given->events == NULL || given->event_offsets != NULL) &&
           (given->changes == NULL || given->change_offsets != NULL) &&
           (given->room.words != NULL || given->room.length == 0);
}

const int32_t *sli_columns_values(const columns *given, size_t index) {
    const size_t attributes = (size_t)sla_contract_count(given->contract, SLA_ELEMENT_ATTRIBUTE);
    return given->values == NULL ? NULL : given->values + index * attributes;
}

/* Of the offsets for `count` requests only the last one is trusted. */
static bool is_stretch(const int64_t *offsets, size_t index, size_t count, bool there) {
    if (offsets == NULL) {
        return true;
    }
    const int64_t first = offsets[index];
    const int64_t next = offsets[index + 1];
    return first >= 0 && first <= next && next <= offsets[count] && (there || first == next);
}

bool sli_columns_find(const columns *given, size_t index, happenings *happened) {
    *happened = (happenings){0};
    if (!is_stretch(given->event_offsets, index, given->count, given->events != NULL) ||
        !is_stretch(given->change_offsets, index, given->count, given->changes != NULL)) {
        return false;
    }
    if (given->events != NULL) {
        happened->events = given->events + given->event_offsets[index];
        happened->event_count = (size_t)(given->event_offsets[index + 1] - given->event_offsets[index]);
    }
    if (given->changes != NULL) {
        happened->changes = given->changes + given->change_offsets[index];
        happened->change_count = (size_t)(given->change_offsets[index + 1] - given->change_offsets[index]);
    }
    return true;
}
