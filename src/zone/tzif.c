/* SPDX-License-Identifier: MIT */
#include "zone/tzif.h"

#include <string.h>

#include "zone/object.h"

enum { HEADER_SIZE = 44, TYPE_SIZE = 6 };

/* Times before the Big Bang (RFC 9636 §3.2) are refused, and as far ahead; so sums with offsets never overflow. */
#define TRANSITION_MAX (INT64_C(1) << 59)

typedef struct tzif_header {
    unsigned char version; /* '1' for the NUL of version 1 */
    uint32_t ut_count;
    uint32_t standard_count;
    uint32_t leap_count;
    uint32_t transition_count;
    uint32_t type_count;
    uint32_t designation_size;
} tzif_header;

/* The parts of the block that are used. */
typedef struct tzif_block {
    const tzif_header *header;
    size_t time_size; /* 4 bytes in version 1, 8 later */
    const unsigned char *times;
    const unsigned char *type_indexes;
    const unsigned char *types;
} tzif_block;

typedef struct reader {
    text name;
    const unsigned char *bytes;
    size_t size;
    sla_error *error;
} reader;

static sla_status refuse(const reader *file, const char *why) {
    return sli_fail(file->error, SLA_INVALID_ZONE, "the file of the time zone '%.*s' cannot be used: %s",
                    SLI_QUOTED(file->name), why);
}

static uint64_t big_endian(const unsigned char *bytes, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static int32_t signed_32(const unsigned char *bytes) {
    const uint32_t value = (uint32_t)big_endian(bytes, 4);
    return value <= INT32_MAX ? (int32_t)value : (int32_t)(value - INT32_MAX - 1) + INT32_MIN;
}

static int64_t signed_64(const unsigned char *bytes) {
    const uint64_t value = big_endian(bytes, 8);
    return value <= INT64_MAX ? (int64_t)value : (int64_t)(value - INT64_MAX - 1) + INT64_MIN;
}

static sla_status read_header(const reader *file, size_t at, tzif_header *header) {
    if (file->size - at < HEADER_SIZE) {
        return refuse(file, at == 0 ? "it is too short to be a TZif file" : "it ends within its second header");
    }
    const unsigned char *const bytes = file->bytes + at;
    if (memcmp(bytes, "TZif", 4) != 0) {
        return refuse(file, at == 0 ? "it is not a TZif file" : "its second header is missing");
    }
    *header = (tzif_header){
        .version = bytes[4] == 0 ? '1' : bytes[4],
        .ut_count = (uint32_t)big_endian(bytes + 20, 4),
        .standard_count = (uint32_t)big_endian(bytes + 24, 4),
        .leap_count = (uint32_t)big_endian(bytes + 28, 4),
        .transition_count = (uint32_t)big_endian(bytes + 32, 4),
        .type_count = (uint32_t)big_endian(bytes + 36, 4),
        .designation_size = (uint32_t)big_endian(bytes + 40, 4),
    };
    if (header->version < '1' || header->version > '4' || bytes[4] == '1') {
        return refuse(file, "its version is not one of 1 to 4");
    }
    return SLA_OK;
}

static uint64_t block_size(const tzif_header *header, size_t time_size) {
    return (uint64_t)header->transition_count * (time_size + 1) + (uint64_t)header->type_count * TYPE_SIZE +
           header->designation_size + (uint64_t)header->leap_count * (time_size + 4) + header->standard_count +
           header->ut_count;
}

static sla_status check_counts(const reader *file, const tzif_header *header) {
    if (header->leap_count != 0) {
        return refuse(file, "it counts leap seconds, which instants do not; take the zone outside the 'right' folder");
    }
    if (header->type_count == 0 || header->type_count > 256 || header->designation_size == 0) {
        return refuse(file, "it has no local time types, or more than 256");
    }
    if ((header->ut_count != 0 && header->ut_count != header->type_count) ||
        (header->standard_count != 0 && header->standard_count != header->type_count)) {
        return refuse(file, "the counts in its header contradict each other");
    }
    return SLA_OK;
}

/* The offset of a type; false when the type cannot be used. */
static bool type_offset(const tzif_block *block, size_t type, int32_t *offset) {
    const unsigned char *const bytes = block->types + type * TYPE_SIZE;
    *offset = signed_32(bytes);
    return *offset >= -ZONE_OFFSET_MAX && *offset <= ZONE_OFFSET_MAX && bytes[4] <= 1 &&
           bytes[5] < block->header->designation_size;
}

static sla_status check_types(const reader *file, const tzif_block *block) {
    for (size_t type = 0; type < block->header->type_count; type++) {
        int32_t offset = 0;
        if (!type_offset(block, type, &offset)) {
            return refuse(file, "a local time type is out of range");
        }
    }
    return SLA_OK;
}

static int64_t transition_time(const tzif_block *block, size_t index) {
    const unsigned char *const bytes = block->times + index * block->time_size;
    return block->time_size == 4 ? signed_32(bytes) : signed_64(bytes);
}

static sla_status read_transitions(const reader *file, const tzif_block *block, sla_zone *zone) {
    int64_t previous = -TRANSITION_MAX - 1;
    for (size_t i = 0; i < block->header->transition_count; i++) {
        const int64_t at = transition_time(block, i);
        if (at <= previous || at > TRANSITION_MAX) {
            return refuse(file, "its transitions are not in order, or out of range");
        }
        if (block->type_indexes[i] >= block->header->type_count) {
            return refuse(file, "a transition names a local time type that is not there");
        }
        int32_t offset = 0;
        type_offset(block, block->type_indexes[i], &offset);
        if (!sli_zone_append(zone, (zone_transition){at, offset})) {
            return sli_fail_memory(file->error);
        }
        previous = at;
    }
    return SLA_OK;
}

static sla_status read_block(const reader *file, const tzif_header *header, size_t at, size_t time_size, sla_zone **zone) {
    const unsigned char *const start = file->bytes + at;
    const tzif_block block = {
        .header = header,
        .time_size = time_size,
        .times = start,
        .type_indexes = start + header->transition_count * time_size,
        .types = start + header->transition_count * (time_size + 1),
    };
    sla_status status = check_types(file, &block);
    if (status != SLA_OK) {
        return status;
    }
    int32_t first_offset = 0;
    type_offset(&block, 0, &first_offset);
    *zone = sli_zone_new(file->name, first_offset);
    if (*zone == NULL) {
        return sli_fail_memory(file->error);
    }
    status = read_transitions(file, &block, *zone);
    const size_t count = header->transition_count;
    (*zone)->rule_begin = count == 0 ? INT64_MIN : transition_time(&block, count - 1);
    return status;
}

/* Older compilers wrote files whose last transition says something else than the rule that begins there (America/Ojinaga,
 * 2022). As in the C library, the rule counts. */
static bool begin_rule(sla_zone *zone) {
    if (zone->rule_begin < SLI_INSTANT_MIN || zone->rule_begin > SLI_INSTANT_MAX) {
        return true;
    }
    return sli_zone_append(zone, (zone_transition){zone->rule_begin, sli_footer_offset(&zone->rule, zone->rule_begin)});
}

/* Lists the rule's changes to the end of the horizon (§1.5), so that questions within it need no more than a search. */
static bool list_rule_changes(sla_zone *zone) {
    if (zone->rule_begin < SLA_HORIZON_BEGIN) {
        return true;
    }
    for (;;) {
        const int64_t change = sli_zone_next_change(zone, zone->rule_begin);
        if (change >= SLA_HORIZON_END) {
            return true;
        }
        if (!sli_zone_append(zone, (zone_transition){change, sli_zone_offset(zone, change)})) {
            return false;
        }
        zone->rule_begin = change;
    }
}

/* The text between two line feeds that ends the file. */
static sla_status read_footer(const reader *file, const tzif_header *header, size_t at, sla_zone *zone) {
    const size_t size = file->size - at;
    const char *const start = (const char *)file->bytes + at;
    if (size < 2 || start[0] != '\n' || start[size - 1] != '\n') {
        return refuse(file, "its footer is not complete");
    }
    const text footer = {start + 1, size - 2};
    if (footer.length == 0) {
        return SLA_OK;
    }
    if (!sli_footer_parse(footer, header->version >= '3', &zone->rule)) {
        return refuse(file, "its footer is no rule for the time after the last transition");
    }
    zone->has_rule = true;
    return begin_rule(zone) && list_rule_changes(zone) ? SLA_OK : sli_fail_memory(file->error);
}

static sla_status read_version_1(const reader *file, const tzif_header *header, sla_zone **zone) {
    const sla_status status = check_counts(file, header);
    if (status != SLA_OK) {
        return status;
    }
    if (file->size - HEADER_SIZE != block_size(header, 4)) {
        return refuse(file, "its size is not what its header says");
    }
    return read_block(file, header, HEADER_SIZE, 4, zone);
}

/* The first block repeats the second in 32 bits, for readers of version 1. */
static sla_status read_later_version(const reader *file, const tzif_header *first, sla_zone **zone) {
    if (file->size - HEADER_SIZE < block_size(first, 4)) {
        return refuse(file, "it is shorter than its header says");
    }
    const size_t second_header = HEADER_SIZE + (size_t)block_size(first, 4);
    tzif_header header = {0};
    sla_status status = read_header(file, second_header, &header);
    if (status == SLA_OK && header.version != first->version) {
        return refuse(file, "its two headers give different versions");
    }
    if (status == SLA_OK) {
        status = check_counts(file, &header);
    }
    if (status != SLA_OK) {
        return status;
    }
    const size_t block = second_header + HEADER_SIZE;
    if (file->size - block < block_size(&header, 8)) {
        return refuse(file, "it is shorter than its header says");
    }
    status = read_block(file, &header, block, 8, zone);
    return status != SLA_OK ? status : read_footer(file, &header, block + (size_t)block_size(&header, 8), *zone);
}

sla_status sli_tzif_read(text name, const unsigned char *bytes, size_t size, sla_zone **zone, sla_error *error) {
    const reader file = {name, bytes, size, error};
    *zone = NULL;
    tzif_header header = {0};
    sla_status status = read_header(&file, 0, &header);
    if (status != SLA_OK) {
        return status;
    }
    status = header.version == '1' ? read_version_1(&file, &header, zone) : read_later_version(&file, &header, zone);
    if (status != SLA_OK) {
        sla_zone_unref(*zone);
        *zone = NULL;
    }
    return status;
}
