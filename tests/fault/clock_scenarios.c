/* SPDX-License-Identifier: MIT */
#include "support.h"

static const scenario scenarios[] = {{"none", NULL}};
const scenario_group clock_scenarios = {"clock", scenarios, 0};
