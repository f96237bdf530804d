/* SPDX-License-Identifier: MIT */
/* The records that cross the border: where each field lies and how long it is, on every platform the same, and without
 * hidden padding (the compiler is asked with -Wpadded). And the constants, which are compiled into every program. Nothing
 * here is run: the file compiles or it does not, also for machines that are not at hand. headers.py says what is not pinned
 * yet. */
#include <sla/sla.h>

#define RECORD(record, bytes) _Static_assert(sizeof(record) == (bytes), #record " has another size")
#define FIELD(record, field, place, bytes)                                                                                 \
    _Static_assert(offsetof(record, field) == (place) && sizeof(((record *)0)->field) == (bytes),                          \
                   #record "." #field " has another place or size")
#define CONSTANT(name, number) _Static_assert(name == (number), #name " is another number")

/* clang-format off */
RECORD(sla_status, 4);

RECORD(sla_error, 512);
FIELD(sla_error, code, 0, 4);
FIELD(sla_error, severity, 4, 4);
FIELD(sla_error, line, 8, 4);
FIELD(sla_error, column, 12, 4);
FIELD(sla_error, index, 16, 8);
FIELD(sla_error, path, 24, 128);
FIELD(sla_error, message, 152, 344);
FIELD(sla_error, reserved, 496, 16);

RECORD(sla_feed_options, 32);
FIELD(sla_feed_options, transparent, 0, 4);
FIELD(sla_feed_options, unsupported, 4, 4);
FIELD(sla_feed_options, coverage, 8, 4);
FIELD(sla_feed_options, covers_until, 12, 4);
FIELD(sla_feed_options, reserved, 16, 16);

RECORD(sla_window, 8);
FIELD(sla_window, start, 0, 4);
FIELD(sla_window, end, 4, 4);

RECORD(sla_span, 32);
FIELD(sla_span, begin, 0, 8);
FIELD(sla_span, end, 8, 8);
FIELD(sla_span, kind, 16, 4);
FIELD(sla_span, closing, 20, 4);
FIELD(sla_span, reserved, 24, 8);

RECORD(sla_metric, 32);
FIELD(sla_metric, repeats, 0, 4);
FIELD(sla_metric, reopen, 4, 4);
FIELD(sla_metric, on_change, 8, 4);
FIELD(sla_metric, reserved, 12, 20);

RECORD(sla_target, 56);
FIELD(sla_target, kind, 0, 4);
FIELD(sla_target, tie, 4, 4);
FIELD(sla_target, amount, 8, 8);
FIELD(sla_target, grace, 16, 8);
FIELD(sla_target, by, 24, 4);
FIELD(sla_target, calendar, 28, 4);
FIELD(sla_target, roll, 32, 4);
FIELD(sla_target, reserved, 36, 20);

RECORD(sla_objective, 32);
FIELD(sla_objective, metric, 0, 4);
FIELD(sla_objective, attainment, 4, 4);
FIELD(sla_objective, period, 8, 4);
FIELD(sla_objective, reserved, 12, 20);

RECORD(sla_request, 64);
FIELD(sla_request, received, 0, 8);
FIELD(sla_request, holds, 8, 8);
FIELD(sla_request, tier, 16, 4);
FIELD(sla_request, channel, 20, 4);
FIELD(sla_request, service, 24, 4);
FIELD(sla_request, language, 28, 4);
FIELD(sla_request, criterion, 32, 4);
FIELD(sla_request, reserved, 36, 28);

RECORD(sla_scope, 24);
FIELD(sla_scope, in_scope, 0, 4);
FIELD(sla_scope, reasons, 4, 4);
FIELD(sla_scope, next_open, 8, 8);
FIELD(sla_scope, reserved, 16, 8);

RECORD(sla_due, 32);
FIELD(sla_due, kind, 0, 4);
FIELD(sla_due, target, 4, 4);
FIELD(sla_due, at, 8, 8);
FIELD(sla_due, limit, 16, 8);
FIELD(sla_due, flags, 24, 4);
FIELD(sla_due, reserved, 28, 4);

RECORD(sla_condition, 32);
FIELD(sla_condition, element, 0, 4);
FIELD(sla_condition, attribute, 4, 4);
FIELD(sla_condition, value, 8, 4);
FIELD(sla_condition, reserved, 12, 20);

RECORD(sla_trial, 32);
FIELD(sla_trial, row, 0, 4);
FIELD(sla_trial, fits, 4, 4);
FIELD(sla_trial, element, 8, 4);
FIELD(sla_trial, attribute, 12, 4);
FIELD(sla_trial, found, 16, 4);
FIELD(sla_trial, reserved, 20, 12);

RECORD(sla_scope_check, 32);
FIELD(sla_scope_check, reason, 0, 4);
FIELD(sla_scope_check, outcome, 4, 4);
FIELD(sla_scope_check, element, 8, 4);
FIELD(sla_scope_check, index, 12, 4);
FIELD(sla_scope_check, instant, 16, 8);
FIELD(sla_scope_check, reserved, 24, 8);

RECORD(sla_event, 16);
FIELD(sla_event, at, 0, 8);
FIELD(sla_event, event, 8, 4);
FIELD(sla_event, reserved, 12, 4);

RECORD(sla_change, 16);
FIELD(sla_change, at, 0, 8);
FIELD(sla_change, fact, 8, 4);
FIELD(sla_change, value, 12, 4);

RECORD(sla_cycle, 128);
FIELD(sla_cycle, state, 0, 4);
FIELD(sla_cycle, flags, 4, 4);
FIELD(sla_cycle, target, 8, 4);
FIELD(sla_cycle, contract, 12, 4);
FIELD(sla_cycle, started, 16, 8);
FIELD(sla_cycle, stopped, 24, 8);
FIELD(sla_cycle, used, 32, 8);
FIELD(sla_cycle, due, 40, 8);
FIELD(sla_cycle, limit, 48, 8);
FIELD(sla_cycle, due_if_resumed, 56, 8);
FIELD(sla_cycle, remaining, 64, 8);
FIELD(sla_cycle, late, 72, 8);
FIELD(sla_cycle, used_elapsed, 80, 8);
FIELD(sla_cycle, reserved, 88, 40);

RECORD(sla_verdict, 192);
FIELD(sla_verdict, scope, 0, 24);
FIELD(sla_verdict, criterion, 24, 4);
FIELD(sla_verdict, reserved_index, 28, 4);
FIELD(sla_verdict, cycle_count, 32, 8);
FIELD(sla_verdict, first_cycle, 40, 8);
FIELD(sla_verdict, cycle, 48, 128);
FIELD(sla_verdict, reserved, 176, 16);

RECORD(sla_threshold, 64);
FIELD(sla_threshold, kind, 0, 4);
FIELD(sla_threshold, basis, 4, 4);
FIELD(sla_threshold, amount, 8, 8);
FIELD(sla_threshold, every, 16, 8);
FIELD(sla_threshold, times, 24, 8);
FIELD(sla_threshold, action, 32, 4);
FIELD(sla_threshold, reserved, 36, 28);

RECORD(sla_transition, 64);
FIELD(sla_transition, at, 0, 8);
FIELD(sla_transition, request, 8, 8);
FIELD(sla_transition, metric, 16, 4);
FIELD(sla_transition, changes, 20, 4);
FIELD(sla_transition, state, 24, 4);
FIELD(sla_transition, flags, 28, 4);
FIELD(sla_transition, thresholds, 32, 8);
FIELD(sla_transition, reserved, 40, 24);

RECORD(sla_clock_span, 96);
FIELD(sla_clock_span, begin, 0, 8);
FIELD(sla_clock_span, end, 8, 8);
FIELD(sla_clock_span, kind, 16, 4);
FIELD(sla_clock_span, phase, 20, 4);
FIELD(sla_clock_span, flags, 24, 4);
FIELD(sla_clock_span, closed_by, 28, 4);
FIELD(sla_clock_span, closing, 32, 4);
FIELD(sla_clock_span, calendar, 36, 4);
FIELD(sla_clock_span, calendar_contract, 40, 4);
FIELD(sla_clock_span, target, 44, 4);
FIELD(sla_clock_span, contract, 48, 4);
FIELD(sla_clock_span, reserved_index, 52, 4);
FIELD(sla_clock_span, used, 56, 8);
FIELD(sla_clock_span, days, 64, 8);
FIELD(sla_clock_span, reserved, 72, 24);

RECORD(sla_group, 192);
FIELD(sla_group, requests, 0, 8);
FIELD(sla_group, out_of_scope, 8, 8);
FIELD(sla_group, not_started, 16, 8);
FIELD(sla_group, no_target, 24, 8);
FIELD(sla_group, best_effort, 32, 8);
FIELD(sla_group, running, 40, 8);
FIELD(sla_group, paused, 48, 8);
FIELD(sla_group, cancelled, 56, 8);
FIELD(sla_group, invalid, 64, 8);
FIELD(sla_group, met, 72, 8);
FIELD(sla_group, breached_late, 80, 8);
FIELD(sla_group, breached_open, 88, 8);
FIELD(sla_group, reasons, 96, 64);
FIELD(sla_group, stopped, 160, 8);
FIELD(sla_group, used_min, 168, 8);
FIELD(sla_group, used_max, 176, 8);
FIELD(sla_group, used_sum, 184, 8);

RECORD(sla_objective_result, 40);
FIELD(sla_objective_result, objective, 0, 4);
FIELD(sla_objective_result, holds, 4, 4);
FIELD(sla_objective_result, met, 8, 8);
FIELD(sla_objective_result, total, 16, 8);
FIELD(sla_objective_result, period, 24, 16);

RECORD(sla_breach, 40);
FIELD(sla_breach, row, 0, 8);
FIELD(sla_breach, received, 8, 8);
FIELD(sla_breach, due, 16, 8);
FIELD(sla_breach, stopped, 24, 8);
FIELD(sla_breach, late, 32, 8);

/* base.h */
CONSTANT(SLA_HORIZON_BEGIN, INT64_C(0));
CONSTANT(SLA_HORIZON_END, INT64_C(4102444800));
CONSTANT(SLA_OK, 0);
CONSTANT(SLA_INVALID_ARGUMENT, 1);
CONSTANT(SLA_OUT_OF_MEMORY, 2);
CONSTANT(SLA_HORIZON, 3);
CONSTANT(SLA_INVALID_REQUEST, 4);
CONSTANT(SLA_NOT_FOUND, 5);
CONSTANT(SLA_DUPLICATE, 6);
CONSTANT(SLA_CYCLE, 7);
CONSTANT(SLA_NEVER_OPEN, 8);
CONSTANT(SLA_UNKNOWN_ZONE, 9);
CONSTANT(SLA_INVALID_ZONE, 10);
CONSTANT(SLA_INVALID_FEED, 11);
CONSTANT(SLA_UNSUPPORTED_EVENT, 12);
CONSTANT(SLA_INVALID_DOCUMENT, 13);
CONSTANT(SLA_MISSING_FEED, 14);
CONSTANT(SLA_LIMIT, 15);
CONSTANT(SLA_BUFFER_TOO_SMALL, 16);
CONSTANT(SLA_SEVERITY_ERROR, 0);
CONSTANT(SLA_SEVERITY_WARNING, 1);
/* calendar.h */
CONSTANT(SLA_TRANSPARENT_CLOSED, 0);
CONSTANT(SLA_TRANSPARENT_OPEN, 1);
CONSTANT(SLA_UNSUPPORTED_ERROR, 0);
CONSTANT(SLA_UNSUPPORTED_SKIP, 1);
CONSTANT(SLA_COVERAGE_DERIVED, 0);
CONSTANT(SLA_COVERAGE_DATE, 1);
CONSTANT(SLA_COVERAGE_ALWAYS, 2);
CONSTANT(SLA_FILTER_INCLUDE_CATEGORY, 0);
CONSTANT(SLA_FILTER_EXCLUDE_CATEGORY, 1);
CONSTANT(SLA_FILTER_INCLUDE_SUMMARY, 2);
CONSTANT(SLA_FILTER_EXCLUDE_SUMMARY, 3);
CONSTANT(SLA_MONDAY, 1);
CONSTANT(SLA_TUESDAY, 2);
CONSTANT(SLA_WEDNESDAY, 4);
CONSTANT(SLA_THURSDAY, 8);
CONSTANT(SLA_FRIDAY, 16);
CONSTANT(SLA_SATURDAY, 32);
CONSTANT(SLA_SUNDAY, 64);
CONSTANT(SLA_UNION, 0);
CONSTANT(SLA_INTERSECTION, 1);
CONSTANT(SLA_DIFFERENCE, 2);
CONSTANT(SLA_SPAN_OPEN, 0);
CONSTANT(SLA_SPAN_OUTSIDE_HOURS, 1);
CONSTANT(SLA_SPAN_FEED, 2);
CONSTANT(SLA_SPAN_EXCEPTION, 3);
CONSTANT(SLA_SPAN_COMBINATION, 4);
/* contract.h */
CONSTANT(SLA_NONE, INT64_MIN);
CONSTANT(SLA_UNSAID, -1);
CONSTANT(SLA_UNKNOWN, -2);
CONSTANT(SLA_ELEMENT_CONTRACT, 0);
CONSTANT(SLA_ELEMENT_CALENDAR, 1);
CONSTANT(SLA_ELEMENT_CHANNEL, 2);
CONSTANT(SLA_ELEMENT_TIER, 3);
CONSTANT(SLA_ELEMENT_SERVICE, 4);
CONSTANT(SLA_ELEMENT_EXCLUSION, 5);
CONSTANT(SLA_ELEMENT_LANGUAGE, 6);
CONSTANT(SLA_ELEMENT_FACT, 7);
CONSTANT(SLA_ELEMENT_ATTRIBUTE, 8);
CONSTANT(SLA_ELEMENT_CRITERION, 9);
CONSTANT(SLA_ELEMENT_RULE, 10);
CONSTANT(SLA_ELEMENT_METRIC, 11);
CONSTANT(SLA_ELEMENT_EVENT, 12);
CONSTANT(SLA_ELEMENT_TARGET, 13);
CONSTANT(SLA_ELEMENT_OBJECTIVE, 14);
CONSTANT(SLA_TEXT_TITLE, 0);
CONSTANT(SLA_TEXT_CLAUSE, 1);
CONSTANT(SLA_TEXT_NOTE, 2);
CONSTANT(SLA_UNLISTED_COVERED, 0);
CONSTANT(SLA_UNLISTED_EXCLUDED, 1);
CONSTANT(SLA_NAME_ALIAS, 0);
CONSTANT(SLA_NAME_CHANNEL, 1);
CONSTANT(SLA_NAME_INCLUDED, 2);
CONSTANT(SLA_NAME_REQUIRED, 3);
CONSTANT(SLA_NAME_VALUE, 4);
CONSTANT(SLA_NAME_CALENDAR, 5);
CONSTANT(SLA_NAME_START, 6);
CONSTANT(SLA_NAME_STOP, 7);
CONSTANT(SLA_NAME_PAUSE, 8);
CONSTANT(SLA_NAME_RESUME, 9);
CONSTANT(SLA_NAME_CANCEL, 10);
CONSTANT(SLA_REOPEN_IGNORE, 0);
CONSTANT(SLA_REOPEN_RESUME, 1);
CONSTANT(SLA_CHANGE_FROM_START, 0);
CONSTANT(SLA_CHANGE_KEEP, 1);
CONSTANT(SLA_CHANGE_RESTART, 2);
CONSTANT(SLA_TARGET_IMMEDIATE, 0);
CONSTANT(SLA_TARGET_DURATION, 1);
CONSTANT(SLA_TARGET_BUSINESS_DAYS, 2);
CONSTANT(SLA_TARGET_BEST_EFFORT, 3);
CONSTANT(SLA_TIE_CLOSE, 0);
CONSTANT(SLA_TIE_NEXT_OPEN, 1);
CONSTANT(SLA_PERIOD_ALL, 0);
CONSTANT(SLA_PERIOD_MONTH, 1);
CONSTANT(SLA_PERIOD_WEEK, 2);
CONSTANT(SLA_PERIOD_DAY, 3);
CONSTANT(SLA_REASON_NOT_YET_VALID, 1);
CONSTANT(SLA_REASON_EXPIRED, 2);
CONSTANT(SLA_REASON_REQUIREMENT_MISSING, 4);
CONSTANT(SLA_REASON_CHANNEL_NOT_IN_TIER, 8);
CONSTANT(SLA_REASON_CHANNEL_CLOSED, 16);
CONSTANT(SLA_REASON_LANGUAGE_NOT_SUPPORTED, 32);
CONSTANT(SLA_REASON_SERVICE_EXCLUDED, 64);
CONSTANT(SLA_REASON_SERVICE_NOT_LISTED, 128);
CONSTANT(SLA_DUE_AT, 0);
CONSTANT(SLA_DUE_BEST_EFFORT, 1);
CONSTANT(SLA_DUE_NO_TARGET, 2);
CONSTANT(SLA_DUE_NOT_COVERED, 1);
CONSTANT(SLA_CHECK_PASSED, 0);
CONSTANT(SLA_CHECK_FAILED, 1);
CONSTANT(SLA_CHECK_NOT_JUDGED, 2);
/* clock.h */
CONSTANT(SLA_CHANGED_CRITERION, 0);
CONSTANT(SLA_CHANGED_TIER, 1);
CONSTANT(SLA_CHANGED_CONTRACT, 2);
CONSTANT(SLA_STATE_NOT_STARTED, 0);
CONSTANT(SLA_STATE_RUNNING, 1);
CONSTANT(SLA_STATE_PAUSED, 2);
CONSTANT(SLA_STATE_MET, 3);
CONSTANT(SLA_STATE_BREACHED, 4);
CONSTANT(SLA_STATE_CANCELLED, 5);
CONSTANT(SLA_STATE_NO_TARGET, 6);
CONSTANT(SLA_STATE_BEST_EFFORT, 7);
CONSTANT(SLA_CYCLE_OPEN, 1);
CONSTANT(SLA_CYCLE_OUTSIDE_HOURS, 2);
CONSTANT(SLA_CYCLE_BEYOND_HORIZON, 4);
CONSTANT(SLA_CYCLE_NOT_COVERED, 8);
CONSTANT(SLA_THRESHOLD_SHARE, 0);
CONSTANT(SLA_THRESHOLD_DUE, 1);
CONSTANT(SLA_BASIS_CALENDAR, 0);
CONSTANT(SLA_BASIS_ELAPSED, 1);
CONSTANT(SLA_THRESHOLDS_MAX, 64);
CONSTANT(SLA_TRANSITION_STATE, 1);
CONSTANT(SLA_TRANSITION_FLAGS, 2);
CONSTANT(SLA_TRANSITION_THRESHOLD, 4);
CONSTANT(SLA_CLOCK_SPAN_COUNTED, 0);
CONSTANT(SLA_CLOCK_SPAN_CLOSED, 1);
CONSTANT(SLA_CLOCK_SPAN_PAUSED, 2);
CONSTANT(SLA_CLOCK_SPAN_SET_ASIDE, 3);
CONSTANT(SLA_PHASE_TARGET, 0);
CONSTANT(SLA_PHASE_ROLL, 1);
CONSTANT(SLA_PHASE_GRACE, 2);
CONSTANT(SLA_PHASE_LATE, 3);
CONSTANT(SLA_CLOCK_SPAN_AHEAD, 1);
/* report.h */
CONSTANT(SLA_BY_CONTRACT, 1);
CONSTANT(SLA_BY_METRIC, 2);
CONSTANT(SLA_BY_TIER, 4);
CONSTANT(SLA_BY_CRITERION, 8);
CONSTANT(SLA_BY_CHANNEL, 16);
CONSTANT(SLA_BY_SERVICE, 32);
CONSTANT(SLA_BY_MONTH, 64);
CONSTANT(SLA_BY_WEEK, 128);
CONSTANT(SLA_BY_DAY, 256);
CONSTANT(SLA_FORMAT_TEXT, 0);
CONSTANT(SLA_FORMAT_JSON, 1);
CONSTANT(SLA_FORMAT_CSV, 2);
/* clang-format on */
