/* SPDX-License-Identifier: MIT */
/*
 * libsla answers: by when must we answer this request, is it covered at all, and did we keep our promise?
 *
 *   base.h      statuses, errors, instants, time zones
 *   calendar.h  business calendars with holiday feeds, and the arithmetic on them
 *   contract.h  support contracts from documents or a builder; scope, criteria, due times
 *   clock.h     the life of a request: running, met, breached
 *   report.h    compliance over many requests
 *
 * The rules are numbered (§n) in docs/semantics.md.
 */
#ifndef SLA_SLA_H
#define SLA_SLA_H

#include <sla/base.h>
#include <sla/calendar.h>
#include <sla/contract.h>
#include <sla/clock.h>
#include <sla/report.h>

#endif
