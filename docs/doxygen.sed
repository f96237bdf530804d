# The licence line is not documentation.
1b
# Headings of sections become headings of members.
s|^/\* ---- \(.*[^ -]\) *-* \*/$|/** @name \1 */|
# The comment that opens a header describes the file.
2s|^/\*$|/** @file|
# Comments before a declaration, and after one on its line.
s|^/\* |/** |
s|\([;,{0-9]\) */\* |\1 /**< |
