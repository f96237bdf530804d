/* SPDX-License-Identifier: MIT */
/* What a command line says of a request. */
#ifndef SUPPORT_REQUEST_OPTIONS_H
#define SUPPORT_REQUEST_OPTIONS_H

#include <popt.h>
#include <sla/sla.h>

extern struct poptOption request_options[];
#define REQUEST_OPTIONS                                                                                                    \
    { NULL, 0, POPT_ARG_INCLUDE_TABLE, request_options, 0, "What is known of the request:", NULL }

/* The request that the options describe. 0 after having said on stderr what is unknown. */
int read_said_request(const sla_contract *contract, sla_request *request);

#endif
