# SPDX-License-Identifier: MIT
"""Finds where a C file in this repository's format can be changed, and how.

It reads tokens, not a grammar, and leans on clang-format: binary operators have a space on each side, unary ones none, and
every body has braces. What it proposes wrongly does not compile and is counted apart.
"""

import re
from collections import namedtuple

TOKEN = re.compile(r"""(?P<skip>/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<number>(?:0[xX][0-9a-fA-F]+|[0-9]+)[uUlL]*\b)
    |(?P<name>[A-Za-z_]\w*)
    |(?P<sign><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[^\s\w])""", re.X | re.S | re.M)

OTHERS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",), "&": ("|",), "|": ("&",),
    "^": ("|",), "<<": (">>",), ">>": ("<<",), "+=": ("-=",), "-=": ("+=",), "*=": ("/=",), "/=": ("*=",), "|=": ("&=",),
    "&=": ("|=",), "^=": ("|=",), "<<=": (">>=",), ">>=": ("<<=",), "++": ("--",), "--": ("++",),
}
COMPARISONS = {"<", "<=", ">", ">=", "==", "!="}
JUNCTIONS = {"&&", "||", "?"}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", "<<=", ">>="}
STEPS = {"++", "--"}
OTHER_NAMES = {"true": ("false",), "false": ("true",), "break": ("continue", ""), "continue": ("break",)}
NOT_A_STATEMENT = {"return", "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue", "goto",
                   "const", "static", "struct", "enum", "union", "unsigned", "typedef", "sizeof", "extern"}

Token = namedtuple("Token", "kind text begin end")

# `scope` is the function's name, or what stands for it; `body` the text of it, which tells when an old verdict holds.
Site = namedtuple("Site", "path scope line_number line change begin end replacement body body_begin")


def tokens_of(source):
    return [Token(found.lastgroup, found.group(), found.start(), found.end())
            for found in TOKEN.finditer(source) if found.lastgroup != "skip"]


def matching(tokens, opening):
    """The index of the bracket that closes the one at `opening`."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].text in ("(", "[", "{")
        depth -= tokens[index].text in (")", "]", "}")
        if depth == 0:
            return index
    return len(tokens) - 1


def opening_of(tokens, closing):
    depth = 0
    for index in range(closing, -1, -1):
        depth += tokens[index].text in (")", "]", "}")
        depth -= tokens[index].text in ("(", "[", "{")
        if depth == 0:
            return index
    return 0


def scopes(tokens):
    """The stretches to change: (name, kind, first token, last token) of functions, enums and initial values."""
    index, declared = 0, 0
    while index < len(tokens):
        text = tokens[index].text
        if text == ";":
            declared = index + 1
        elif text == "{":
            last = matching(tokens, index)
            head = [token.text for token in tokens[declared:index]]
            if head and head[-1] == ")":
                name = tokens[opening_of(tokens, index - 1) - 1].text
                yield name, "bool" if "bool" in head[:head.index(name)] else "function", index, last
            elif "enum" in head:
                yield "enum", "enum", index, last
            elif "=" in head:
                name = [token.text for token in tokens[declared:index] if token.kind == "name"]
                yield name[-1], "values", index, last
            index = last
            declared = last + 1
        index += 1


class Reader:
    """Collects the sites of one file."""

    def __init__(self, path, source):
        self.path, self.source, self.tokens, self.sites = path, source, tokens_of(source), []
        for self.scope, self.kind, self.first, self.last in scopes(self.tokens):
            if self.kind == "enum" and path.endswith(".h"):
                continue # the tests were built with these
            for index in range(self.first + 1, self.last):
                self.look_at(index)

    def text(self, index):
        return self.tokens[index].text

    def spaced(self, index):
        token = self.tokens[index]
        return self.source[token.begin - 1] in " \n" and self.source[token.end] in " \n"

    def add(self, change, begin, end, replacement):
        first = self.source.rfind("\n", 0, begin) + 1
        line = self.source[first:self.source.find("\n", begin)].strip()
        body_begin = self.tokens[self.first].begin
        self.sites.append(Site(self.path, self.scope, self.source.count("\n", 0, begin) + 1, line, change, begin, end,
                               replacement, self.source[body_begin:self.tokens[self.last].end], body_begin))

    def replace(self, index, replacement):
        token = self.tokens[index]
        self.add('"%s" to "%s"' % (token.text, replacement), token.begin, token.end, replacement)

    def look_at(self, index):
        token = self.tokens[index]
        if token.kind == "number":
            self.change_number(index)
        elif token.kind == "name":
            self.change_name(index)
        elif token.text == "!" or (token.text == "-" and not self.spaced(index)):
            self.add('drop "%s"' % token.text, token.begin, token.end, "")
        elif token.text in STEPS or (token.text in OTHERS and self.spaced(index)):
            for other in OTHERS[token.text]:
                self.replace(index, other)
        if self.kind in ("function", "bool"):
            self.change_statement(index)

    def change_number(self, index):
        before, after = self.text(index - 1), self.text(index + 1)
        declares_array = before == "[" and after == "]" and self.text(index + 2) in (";", "=") and \
            self.tokens[index - 3].kind == "name" and self.text(index - 3) not in NOT_A_STATEMENT
        if (before == "{" and after == "}") or before == "case" or declares_array:
            return
        written = re.match(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*)$", self.text(index))
        value = int(written.group(1), 0)
        self.replace(index, "%d%s" % (0 if value == 1 else value + 1, written.group(2)))

    def change_name(self, index):
        name = self.text(index)
        for other in OTHER_NAMES.get(name, ()):
            self.replace(index, other)
        if name in ("if", "while") and self.text(index + 1) == "(":
            self.negate(index + 2, matching(self.tokens, index + 1), "negate the condition")
        elif name == "return" and self.kind == "bool":
            self.negate(index + 1, self.end_of_statement(index), "negate the answer")

    def negate(self, first, end, change):
        """Negates an expression, unless the change of its only comparison or word does the same."""
        inner = self.top_level(first, end)
        lone = sum(text in COMPARISONS for text in inner) == 1 and not JUNCTIONS & set(inner)
        if lone or end - first == 1 and self.text(first) in OTHER_NAMES or (self.text(first) == "!" and not JUNCTIONS & set(inner)):
            return
        begin, until = self.tokens[first].begin, self.tokens[end - 1].end
        self.add(change, begin, until, "!(%s)" % self.source[begin:until])

    def top_level(self, first, end):
        texts = []
        while first < end:
            texts.append(self.text(first))
            first = matching(self.tokens, first) + 1 if self.text(first) in ("(", "[", "{") else first + 1
        return texts

    def end_of_statement(self, index):
        while index < self.last and self.text(index) != ";":
            index = matching(self.tokens, index) + 1 if self.text(index) in ("(", "[", "{") else index + 1
        return index

    def change_statement(self, index):
        """Deletes a call, an assignment or a step."""
        before = self.text(index - 1)
        begins = self.tokens[index].kind == "name" or self.text(index) in ("*", "(", "++", "--")
        if before not in (";", "{", "}", ":") or not begins or self.text(index) in NOT_A_STATEMENT or \
                self.within_brackets(index):
            return
        end = self.end_of_statement(index)
        inner = self.top_level(index, end)
        calls = len(inner) == 2 and self.tokens[index].kind == "name" and inner[1] == "("
        assigns = [place for place, text in enumerate(inner) if text in ASSIGNMENTS]
        steps = bool(STEPS & {inner[0], inner[-1]})
        target = inner[:assigns[0]] if assigns else inner
        declares = len(target) > 1 and (re.match(r"\w", target[0]) and re.match(r"\w|\*", target[1]))
        if calls or (assigns or steps) and not declares:
            self.add("delete the statement", self.tokens[index].begin, self.tokens[end].begin, "")

    def within_brackets(self, index):
        """Whether the token before is inside of a for's parentheses, a ?: or a list of values."""
        before = index - 1
        if self.text(before) == ":":
            return self.text(before - 1) != "default" and self.text(before - 2) != "case" and self.text(before - 3) != "case"
        depth = 0
        for place in range(before, self.first - 1, -1):
            depth += self.text(place) in (")", "}")
            depth -= self.text(place) in ("(", "{")
            if depth < 0:
                if self.text(place) == "(":
                    return True
                return self.text(place - 1) in ("=", ",", "{", "(") or \
                    (self.text(place - 1) == ")" and self.is_cast(place - 1))
        return False

    def is_cast(self, closing):
        """Whether (type) stands before a brace, rather than the head of a statement or a function."""
        before = self.tokens[opening_of(self.tokens, closing) - 1]
        return before.kind != "name" or before.text == "return"


def sites_of(path, source):
    return Reader(path, source).sites


def labels(sites):
    """What the list of survivors calls each site: without numbers of lines, which drift."""
    seen, named = {}, {}
    for site in sites:
        key = (site.path, site.scope, site.line, site.change)
        seen[key] = seen.get(key, 0) + 1
        named[key + (seen[key],)] = site
    return named


def apply(site, source):
    return source[:site.begin] + site.replacement + source[site.end:]
