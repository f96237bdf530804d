/* SPDX-License-Identifier: MIT */
/* Simple case folding (Unicode) for the scripts in which holiday feeds are written. No locale has a say. */
#include "feed/events.h"

#include <stdlib.h>
#include <string.h>

/* Capitals from `first` to `last`, every one or every second, and how far their small letters are. */
static const struct capital_range {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t distance;
} capitals[] = {
    {0x41, 0x5A, 1, 32},    {0xC0, 0xD6, 1, 32},    {0xD8, 0xDE, 1, 32},     {0x100, 0x12E, 2, 1},  {0x132, 0x136, 2, 1},
    {0x139, 0x147, 2, 1},   {0x14A, 0x176, 2, 1},   {0x178, 0x178, 1, -121}, {0x179, 0x17D, 2, 1},  {0x1CD, 0x1DB, 2, 1},
    {0x1DE, 0x1EE, 2, 1},   {0x1F8, 0x21E, 2, 1},   {0x222, 0x232, 2, 1},    {0x386, 0x386, 1, 38}, {0x388, 0x38A, 1, 37},
    {0x38C, 0x38C, 1, 64},  {0x38E, 0x38F, 1, 63},  {0x391, 0x3A1, 1, 32},   {0x3A3, 0x3AB, 1, 32}, {0x400, 0x40F, 1, 80},
    {0x410, 0x42F, 1, 32},  {0x460, 0x480, 2, 1},   {0x48A, 0x4BE, 2, 1},    {0x4D0, 0x52E, 2, 1},  {0x531, 0x556, 1, 48},
    {0x1E00, 0x1E94, 2, 1}, {0x1EA0, 0x1EFE, 2, 1},
};

static uint32_t fold(uint32_t letter) {
    if (letter == 0x3C2) { /* the final sigma */
        return 0x3C3;
    }
    for (size_t i = 0; i < sizeof capitals / sizeof capitals[0]; i++) {
        const struct capital_range *const range = &capitals[i];
        if (letter >= range->first && letter <= range->last && (letter - range->first) % range->step == 0) {
            return (uint32_t)((int32_t)letter + range->distance);
        }
    }
    return letter;
}

/* The bytes of a letter by the first of them; 1 for what is no whole letter. */
static size_t length_of_letter(unsigned char first, size_t available) {
    const size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return length <= available ? length : 1;
}

static void fold_two_bytes(unsigned char *at) {
    const uint32_t letter = fold((uint32_t)(at[0] & 0x1F) << 6 | (uint32_t)(at[1] & 0x3F));
    at[0] = (unsigned char)(0xC0 | letter >> 6);
    at[1] = (unsigned char)(0x80 | (letter & 0x3F));
}

static void fold_three_bytes(unsigned char *at) {
    const uint32_t letter = fold((uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (uint32_t)(at[2] & 0x3F));
    at[0] = (unsigned char)(0xE0 | letter >> 12);
    at[1] = (unsigned char)(0x80 | (letter >> 6 & 0x3F));
    at[2] = (unsigned char)(0x80 | (letter & 0x3F));
}

/* Every letter above has one or two bytes, or three and stays at three, before and after. */
static size_t fold_letter(unsigned char *at, size_t available) {
    const size_t length = length_of_letter(at[0], available);
    if (at[0] < 0x80) {
        at[0] = (unsigned char)fold(at[0]);
    } else if (length == 2) {
        fold_two_bytes(at);
    } else if (length == 3) {
        fold_three_bytes(at);
    }
    return length;
}

char *sli_fold_case(text value) {
    char *const folded = sli_text_copy(value);
    for (size_t at = 0; folded != NULL && at < value.length;) {
        at += fold_letter((unsigned char *)folded + at, value.length - at);
    }
    return folded;
}
