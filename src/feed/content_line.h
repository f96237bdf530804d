/* SPDX-License-Identifier: MIT */
/* The lines of an iCalendar text (RFC 5545 §3.1), unfolded. */
#ifndef SLI_CONTENT_LINE_H
#define SLI_CONTENT_LINE_H

#include "feed/feed.h"

/* A content line: NAME *(";" parameter) ":" value. */
typedef struct content_line {
    text name;
    text head; /* name and parameters */
    text value;
    bool valid;
} content_line;

/* Not `valid` without a name and a colon. */
content_line sli_content_line_split(text line);

/* Takes the next parameter, with its semicolon, off the front of `rest`: what follows the name in a head. False at the end.
 */
bool sli_content_parameter_take(text *rest, text *parameter);

/* Where the first value of a comma list ends; an escaped comma is part of the value. */
size_t sli_content_value_end(text values);

text sli_text_from(text whole, size_t offset);
text sli_text_trimmed(text value);
bool sli_text_has_prefix(text value, const char *prefix);

#endif
