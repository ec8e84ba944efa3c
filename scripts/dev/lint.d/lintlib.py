"""What the checks share: the files of the product, C without comments, the exception list, findings."""
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
os.chdir(ROOT)


def files(*folders, ending=(".c", ".h")):
    """Paths from the root, sorted; only what git would carry (build/ is not)."""
    found = []
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name not in ("build", ".git", "corpus")]
            found += [os.path.join(place, name) for name in names if name.endswith(ending)]
    return sorted(found)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as source:
        return source.read()


_NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def _blank(found):
    text = found.group(0)
    if text[0] in "\"'":
        return text[0] + " " * (len(text) - 2) + text[0]
    return re.sub(r"[^\n]", " ", text)


def plain(text):
    """C with comments and the insides of literals made blank, lines kept."""
    return _NOISE.sub(_blank, text)


def without_directives(text):
    """`plain` text without preprocessor lines and what they continue on."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda found: re.sub(r"[^\n]", " ", found.group(0)), text, flags=re.M)


_HEAD = re.compile(r"([A-Za-z_]\w*)\s*$")


def functions(text):
    """(name, first line, last line) of every function body of a C file."""
    code, depth, start_of_item, result, current = without_directives(plain(text)), 0, 0, [], None
    line_at, line = [], 1
    for char in code:
        line_at.append(line)
        line += char == "\n"
    for at, char in enumerate(code):
        if char == "{":
            if depth == 0:
                name = _name_of_function(code[start_of_item:at])
                first = start_of_item + len(code[start_of_item:at]) - len(code[start_of_item:at].lstrip())
                current = (name, line_at[first]) if name else None
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                if current:
                    result.append((*current, line_at[at]))
                    current = None
                start_of_item = at + 1
        elif char == ";" and depth == 0:
            start_of_item = at + 1
    return result


def _name_of_function(head):
    head = re.sub(r"__attribute__\s*\(\(.*?\)\)", " ", head, flags=re.S)
    if "=" in head or ")" not in head:
        return None
    nesting = 0
    for at in range(len(head) - 1, -1, -1):
        if head[at] == ")":
            nesting += 1
        elif head[at] == "(":
            nesting -= 1
            if nesting == 0:
                found = _HEAD.search(head[:at])
                return found.group(1) if found else None
    return None


def exceptions(rule):
    """{subject: argument} of a rule in exceptions.txt: rule, subject, argument, then why."""
    rows = {}
    for line in read(os.path.join(HERE, "exceptions.txt")).split("\n"):
        if line.strip() and not line.startswith("#"):
            name, subject, argument, why = line.split(None, 3)
            if name == rule:
                rows[subject] = argument
    return rows


def layers():
    """{room: set of rooms whose front doors it may include}, itself and base among them."""
    rooms = {}
    for line in read("scripts/dev/layers.txt").split("\n"):
        if line.strip() and not line.startswith("#"):
            left, right = line.split(":")
            room = left.split()[1]
            rooms[room] = set(right.split()) | {room, "base"}
    return rooms


class Findings:
    def __init__(self, rule):
        self.rule, self.count = rule, 0

    def add(self, path, line, message, remedy):
        self.count += 1
        print("%s:%d: %s: %s; %s" % (path, line, self.rule, message, remedy))

    def end(self):
        sys.exit(1 if self.count else 0)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
