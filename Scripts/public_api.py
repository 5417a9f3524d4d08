"""Lists the public declarations of Swift modules, one a line, from their sources.

    python3 Scripts/public_api.py Sources/ECGCore ...
"""
import pathlib
import re
import sys

# Comments and texts hold braces and words that are no declarations.
NOISE = re.compile(
    r'//[^\n]*|/\*.*?\*/|"""(?:\\.|.)*?"""|#"(?:.)*?"#|"(?:\\\((?:[^()]|\([^()]*\))*\)|\\.|[^"\\\n])*"',
    re.S)
WORD = re.compile(r"\b(?:public|open)\s+(?!import\b)|\bextension\s+|\bcase\s+|[{}]")
TYPE = re.compile(r"\b(?:struct|class|enum|protocol|actor|extension)\s+([\w.]+)")


def signature(text, start):
    """A declaration up to its body, its value or the end of its line."""
    depth = 0
    for at in range(start, len(text)):
        c = text[at]
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif depth == 0 and (c in "{;" or c == "=" and text[at + 1] not in "=" and text[at - 1] == " "):
            return text[start:at], at
        elif depth == 0 and c == "\n":
            following = text[at:].lstrip()
            if not re.match(r"(->|throws|async|where|&|:|,)", following) and text[:at].rstrip()[-1] not in ",:":
                return text[start:at], at
    return text[start:], len(text)


def declarations(text):
    text = NOISE.sub(lambda m: "\n" * m.group().count("\n") if m.group()[0] == "/" else '""', text)
    scopes, pending, at = [], None, 0
    while match := WORD.search(text, at):
        at = match.end()
        token = match.group().split()[0]
        if token == "{":
            scopes.append(pending or ("", ""))
            pending = None
        elif token == "}":
            scopes and scopes.pop()
        else:
            if token == "case" and not (scopes and scopes[-1][1] == "public enum"):
                continue
            said, end = signature(text, match.start())
            said = " ".join(said.split())
            outer = ".".join(s[0] for s in scopes if s[0])
            named = TYPE.search(said)
            if named:
                kind = "public enum" if re.search(r"\benum\b", said) else "type"
                pending = (named.group(1), kind)
            if token != "extension" or ":" in said.split(" where ")[0]:
                yield f"{outer}: {said}" if outer else said
            at = max(at, end)


for folder in sys.argv[1:]:
    module = pathlib.Path(folder)
    found = set()
    for file in module.rglob("*.swift"):
        found.update(declarations(file.read_text(encoding="utf-8")))
    print(f"# {module.name}\n")
    print("\n".join(sorted(found)), end="\n\n")
