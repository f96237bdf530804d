/* SPDX-License-Identifier: MIT */
/* A contract from its document and feeds. */
#ifndef SUPPORT_CONTRACT_FILE_H
#define SUPPORT_CONTRACT_FILE_H

#include <sla/sla.h>

/* Loads a contract document. Each feed that it asks for is read from the file that `feeds` gives it ("NAME=FILE", ends with
 * NULL, may be NULL), or else from the file that the document hints at, beside the document. Complaints go to stderr; NULL
 * when they are errors. */
sla_contract *load_contract(const char *path, char *const *feeds);

#endif
