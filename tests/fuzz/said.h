/* SPDX-License-Identifier: MIT */
/*
 * Included before each source of the examples' support that a fuzzer is made with: what they say on stderr goes into a
 * stream of the fuzzer's, which is quicker and can be looked at.
 */
#ifndef SLA_FUZZ_SAID_H
#define SLA_FUZZ_SAID_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L /* as the sources that ask for it */
#endif
#include <stdio.h>

extern FILE *said_stream;

#undef stderr
#define stderr said_stream

#endif
