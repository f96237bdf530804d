#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the finder of mutants makes of small pieces of C."""

import unittest

import survivors
from sites import apply, labels, sites_of


def changes(body, head="static int f(int a, int *b)"):
    """Each change of a function's body, as (change, the body that it makes)."""
    source = "%s {\n    %s\n}\n" % (head, body)
    return [(site.change, apply(site, source)[len(head) + 7:-3]) for site in sites_of("src/x/x.c", source)]


class Sites(unittest.TestCase):
    def test_operators_are_changed_for_their_neighbours(self):
        cases = {
            "return a < g;": ["return a <= g;", "return a >= g;"],
            "return a >= g;": ["return a > g;", "return a < g;"],
            "return a == g;": ["return a != g;"],
            "return a && g;": ["return a || g;"],
            "return a * g;": ["return a / g;"],
            "return a % g;": ["return a * g;"],
            "return a - g;": ["return a + g;"],
            "return -a;": ["return a;"],
            "return a << g;": ["return a >> g;"],
        }
        for body, expected in cases.items():
            self.assertEqual([made for _, made in changes(body)], expected, body)

    def test_constants_are_changed_by_one(self):
        cases = {"return 0;": "return 1;", "return 1;": "return 0;", "return 7u;": "return 8u;", "return 0x10;": "return 17;"}
        for body, expected in cases.items():
            self.assertEqual([made for _, made in changes(body)], [expected], body)

    def test_statements_are_deleted(self):
        self.assertIn(("delete the statement", ";"), changes("g(a);"))
        self.assertIn(("delete the statement", ";"), changes("*b = a;"))
        self.assertIn(("delete the statement", ";"), changes("b->c += a;"))
        self.assertIn(("delete the statement", ";"), changes("a++;"))

    def test_what_is_needed_to_compile_stays(self):
        for body in ("int c = a;", "const thing *c = b;", "thing *c = b;", "return a;", "char text[20];", "thing c = {0};"):
            self.assertEqual(changes(body), [], body)

    def test_words_and_pointers_are_no_operators(self):
        for body in ("return *b;", "return &b;", "return b->c;", 'return "a < b && 1";', "return a; /* a < b */"):
            self.assertEqual(changes(body), [], body)

    def test_conditions_are_negated_unless_another_change_does_it(self):
        self.assertIn(("negate the condition", "if (!(g(a))) {\n}"), changes("if (g(a)) {\n}"))
        self.assertNotIn("negate the condition", [change for change, _ in changes("if (a < g) {\n}")])
        self.assertNotIn("negate the condition", [change for change, _ in changes("if (!a) {\n}")])

    def test_answers_of_predicates_are_negated(self):
        self.assertEqual(changes("return g(a);", "static bool f(int a)"), [("negate the answer", "return !(g(a));")])
        self.assertEqual(changes("return true;", "static bool f(int a)"), [('"true" to "false"', "return false;")])

    def test_loops_are_left_or_continued(self):
        made = [made for _, made in changes("for (;;) {\nbreak;\n}")]
        self.assertEqual(made, ["for (;;) {\ncontinue;\n}", "for (;;) {\n;\n}"])

    def test_nothing_is_changed_in_declarations_and_directives(self):
        source = "#define A (1 + 2)\ntypedef struct s {\n    int a[4];\n} s;\nint f(int a);\n"
        self.assertEqual(sites_of("src/x/x.c", source), [])

    def test_tables_and_enums_are_changed_in_sources_alone(self):
        source = "enum { A = 3 };\nstatic const int t[] = {5, 6};\n"
        self.assertEqual([site.change for site in sites_of("src/x/x.c", source)], ['"3" to "4"', '"5" to "6"', '"6" to "7"'])
        self.assertEqual([site.change for site in sites_of("src/x/x.h", source)], ['"5" to "6"', '"6" to "7"'])


class Survivors(unittest.TestCase):
    SOURCE = "static int f(int a) {\n    return a + a + 2;\n}\n"

    def listed(self, line, change):
        entry = survivors.entry_of(["src/x/x.c f", "line    " + line, "change  " + change, "A reason."], "here")
        return survivors.listed_sites([entry], labels(sites_of("src/x/x.c", self.SOURCE)))

    def test_an_entry_names_one_change_of_a_line(self):
        listed, stale = self.listed("return a + a + 2;", '"+" to "-" #2')
        self.assertEqual([site.begin for site in listed], [self.SOURCE.rindex("+")])
        self.assertEqual(stale, [])

    def test_an_entry_may_name_all_changes_of_a_line(self):
        self.assertEqual(len(self.listed("return a + a + 2;", "any")[0]), 3)

    def test_an_entry_whose_line_is_gone_is_told(self):
        for line, change in (("return a + a;", '"+" to "-"'), ("return a + a + 2;", '"+" to "-" #3')):
            listed, stale = self.listed(line, change)
            self.assertEqual((len(listed), len(stale)), (0, 1))


if __name__ == "__main__":
    unittest.main()
