/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_EXPLANATION_TEXT_H
#define SUPPORT_EXPLANATION_TEXT_H

#include "explanation.h"

/* Prints an explanation for people, a line a span, in the contract's zone. */
void print_explanation_text(const struct explanation *explanation);

#endif
