/* SPDX-License-Identifier: MIT */
/*
 * The contract document's format: its keys, as shapes, and the words that stand for the numbers of the public interface.
 */
#ifndef SLI_FORMAT_H
#define SLI_FORMAT_H

#include "document/shape.h"

extern const shape sli_contract_shape;

/* Words in the order of their numbers; each list ends with NULL. */
extern const char *const sli_boolean_words[];     /* 0, 1 */
extern const char *const sli_transparent_words[]; /* SLA_TRANSPARENT_… */
extern const char *const sli_unsupported_words[]; /* SLA_UNSUPPORTED_… */
extern const char *const sli_unlisted_words[];    /* SLA_UNLISTED_… */
extern const char *const sli_reopen_words[];      /* SLA_REOPEN_… */
extern const char *const sli_change_words[];      /* SLA_CHANGE_… */
extern const char *const sli_tie_words[];         /* SLA_TIE_… */
extern const char *const sli_period_words[];      /* SLA_PERIOD_… */
extern const char *const sli_operation_words[];   /* SLA_UNION … */

/* The key of a calendar that is a set operation, or NULL for one that has hours. */
const node *sli_find_operation(const node *calendar);

/* The dates [first, until) of a sound record: of "date", or of "from" with "until" or "through"; an end that is not given
 * stays as it is. */
void sli_read_dates(const node *record, int32_t *first, int32_t *until);

#endif
