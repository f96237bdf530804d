/* SPDX-License-Identifier: MIT */
#include "support.h"

static const scenario scenarios[] = {{"none", NULL}};
const scenario_group report_scenarios = {"report", scenarios, 0};
