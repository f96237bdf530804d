/* SPDX-License-Identifier: MIT */
/* Pieces of an SVG drawing on the standard output. Looks are classes of its style sheet. */
#ifndef SUPPORT_SVG_H
#define SUPPORT_SVG_H

struct box {
    double x, y, width, height;
};

void begin_drawing(double width, double height, const char *title, const char *style);
void end_drawing(void);

/* Nothing is drawn of a box without width. */
void draw_box(struct box box, const char *look);
void draw_line(double x, double y, double to_x, double to_y, const char *look);

/* Text of at most 40 characters, more is cut; whatever is in it is escaped. */
void draw_text(double x, double y, const char *text, const char *look);

/* How wide a text will be, roughly. */
double text_width(const char *text);

#endif
