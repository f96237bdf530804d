/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include <stdio.h>

enum { LONGEST_TEXT = 40 };

static const double character_width = 6.6;

/* Control characters have no place in XML. */
static void put_escaped(unsigned char c) {
    switch (c) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        case '>':
            fputs("&gt;", stdout);
            break;
        case '"':
            fputs("&quot;", stdout);
            break;
        default:
            putchar(c < ' ' || c == 0x7f ? ' ' : c);
    }
}

static int begins_character(char c) {
    return ((unsigned char)c & 0xc0) != 0x80; /* the bytes after the first are 10xxxxxx in UTF-8 */
}

static int count_characters(const char *text) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += begins_character(*text);
    }
    return count;
}

static void put_text(const char *text) {
    const int is_cut = count_characters(text) > LONGEST_TEXT;
    int count = 0;
    for (; *text != '\0'; text++) {
        count += begins_character(*text);
        if (is_cut && count == LONGEST_TEXT) {
            fputs("…", stdout);
            return;
        }
        put_escaped((unsigned char)*text);
    }
}

void begin_drawing(double width, double height, const char *title, const char *style) {
    printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" font-size=\"12\"\n"
           "     font-family=\"ui-sans-serif, system-ui, 'DejaVu Sans', sans-serif\" role=\"img\">\n  <title>",
           width, height);
    put_text(title);
    printf("</title>\n%s", style);
    draw_box((struct box){0, 0, width, height}, "sheet");
}

void end_drawing(void) {
    puts("</svg>");
}

void draw_box(struct box box, const char *look) {
    if (box.width > 0) {
        printf("  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n", box.x, box.y, box.width,
               box.height, look);
    }
}

void draw_line(double x, double y, double to_x, double to_y, const char *look) {
    printf("  <path d=\"M%.1f %.1fL%.1f %.1f\" class=\"%s\"/>\n", x, y, to_x, to_y, look);
}

void draw_text(double x, double y, const char *text, const char *look) {
    printf("  <text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, look);
    put_text(text);
    puts("</text>");
}

double text_width(const char *text) {
    const int count = count_characters(text);
    return character_width * (count > LONGEST_TEXT ? LONGEST_TEXT : count);
}
