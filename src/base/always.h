/* SPDX-License-Identifier: MIT */
/*
 * For conditions that cannot have another value while the library is right, kept against the day it is not: ALWAYS(x) is
 * true, NEVER(x) is false. A debug build stops when that is not so, a release build goes the careful way, and a build that
 * measures coverage knows that the other way is not to be looked for.
 */
#ifndef SLI_ALWAYS_H
#define SLI_ALWAYS_H

#if defined(SLA_COVERAGE)
#define ALWAYS(condition) 1
#define NEVER(condition) 0
#elif !defined(NDEBUG)
#include <assert.h>
#define ALWAYS(condition) ((condition) ? 1 : (assert(0 && #condition), 0))
#define NEVER(condition) ((condition) ? (assert(0 && #condition), 1) : 0)
#else
#define ALWAYS(condition) (condition)
#define NEVER(condition) (condition)
#endif

#endif
