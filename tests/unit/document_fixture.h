/* SPDX-License-Identifier: MIT */
/* A contract from a document that is written in the test. */
#ifndef DOCUMENT_FIXTURE_H
#define DOCUMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sla/contract.h>

/* The contract of a document without feeds; fails the test with the library's message when there is none. */
static inline sla_contract *contract_of_document(const char *document_text) {
    sla_document *document = NULL;
    sla_contract *contract = NULL;
    sla_error error = {0};
    if (sla_document_load(document_text, SIZE_MAX, &document, &error) != SLA_OK ||
        sla_document_build(document, NULL, &contract, &error) != SLA_OK) {
        fail_msg("line %d: %s", (int)error.line, error.message);
    }
    sla_document_free(document);
    return contract;
}

#endif
