/* SPDX-License-Identifier: MIT */
#include "support.h"

static const scenario scenarios[] = {{"none", NULL}};
const scenario_group feed_scenarios = {"feed", scenarios, 0};
