/* SPDX-License-Identifier: MIT */
#include "support.h"

static const scenario scenarios[] = {{"none", NULL}};
const scenario_group document_scenarios = {"document", scenarios, 0};
