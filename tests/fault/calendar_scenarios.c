/* SPDX-License-Identifier: MIT */
#include "support.h"

static const scenario scenarios[] = {{"none", NULL}};
const scenario_group calendar_scenarios = {"calendar", scenarios, 0};
