/* SPDX-License-Identifier: MIT */
#include "feed/content_line.h"

#include <string.h>

text sli_text_from(text whole, size_t offset) {
    return (text){whole.start + offset, whole.length - offset};
}

text sli_text_trimmed(text value) {
    while (value.length > 0 && (value.start[value.length - 1] == ' ' || value.start[value.length - 1] == '\t')) {
        value.length--;
    }
    while (value.length > 0 && (value.start[0] == ' ' || value.start[0] == '\t')) {
        value = sli_text_from(value, 1);
    }
    return value;
}

content_line sli_content_line_split(text line) {
    content_line split = {.valid = false};
    bool quoted = false;
    size_t name_end = SIZE_MAX;
    for (size_t i = 0; i < line.length; i++) {
        const char letter = line.start[i];
        if (letter == '"') {
            quoted = !quoted;
        } else if (!quoted && letter == ';' && name_end == SIZE_MAX) {
            name_end = i;
        } else if (!quoted && letter == ':') {
            split.name = (text){line.start, name_end < i ? name_end : i};
            split.head = (text){line.start, i};
            split.value = sli_text_trimmed(sli_text_from(line, i + 1));
            split.valid = split.name.length > 0;
            break;
        }
    }
    return split;
}

bool sli_content_parameter_take(text *rest, text *parameter) {
    if (rest->length == 0) {
        return false;
    }
    bool quoted = false;
    size_t end = 1;
    for (; end < rest->length && (quoted || rest->start[end] != ';'); end++) {
        quoted = quoted != (rest->start[end] == '"');
    }
    *parameter = (text){rest->start, end};
    *rest = sli_text_from(*rest, end);
    return true;
}

size_t sli_content_value_end(text values) {
    size_t end = 0;
    while (end < values.length && values.start[end] != ',') {
        end += values.start[end] == '\\' && end + 1 < values.length ? 2 : 1;
    }
    return end;
}

bool sli_text_has_prefix(text value, const char *prefix) {
    const size_t length = strlen(prefix);
    return value.length >= length && memcmp(value.start, prefix, length) == 0;
}
