/* SPDX-License-Identifier: MIT */
/* What the builder's files share. */
#ifndef SLI_CONTRACT_BUILDER_H
#define SLI_CONTRACT_BUILDER_H

#include "contract/model.h"

/* Adds an element with a name of its own, which is new to its kind. SLA_DUPLICATE, SLA_INVALID_ARGUMENT, SLA_LIMIT,
 * SLA_OUT_OF_MEMORY. */
sla_status sli_builder_add_element(model *in, int32_t kind, text name, int32_t *index, sla_error *error);

/* Adds a row: an element without a name, or with one that others may have. */
sla_status sli_builder_add_row(model *in, int32_t kind, uint32_t name, int32_t *index, sla_error *error);

/* The index of a fact, criterion or event, which is added if it is not there. */
sla_status sli_builder_need_element(model *in, int32_t kind, text name, int32_t *index, sla_error *error);

/* SLA_DUPLICATE when a list has the name already. */
sla_status sli_builder_judge_new_name(const model *in, int32_t list, int32_t owner, text name, sla_error *error);

/* SLA_LIMIT when a list of names is full. */
sla_status sli_builder_judge_room_for_name(const model *in, int32_t list, sla_error *error);

/* SLA_INVALID_ARGUMENT when the kind has no such element. */
sla_status sli_builder_judge_index(const model *in, int32_t kind, int32_t index, sla_error *error);

/* A contract without metrics has `response`, from `received` to `responded`. */
sla_status sli_builder_need_metric(model *in, sla_error *error);

#endif
