/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_EXPLANATION_JSON_H
#define SUPPORT_EXPLANATION_JSON_H

#include "explanation.h"

/* Prints an explanation as one JSON object; instants are RFC 3339 in the contract's zone, lengths of time seconds. 0 after
 * having said on stderr that memory is out. */
int print_explanation_json(const struct explanation *explanation);

#endif
