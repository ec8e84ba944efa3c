#!/usr/bin/env python3
"""Runs tests/language/<topic>/*.m365 against their own `# expect:`, `# error:` and `# exit:` comments (see README.md)."""
import concurrent.futures
import difflib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("M365SH_PROGRAM", os.path.join(HERE, "../../build/m365sh")))
COMMENT = re.compile(r"#\s(expect|error|exit):(?: (.*))?$")
ERROR = re.compile(r"\[([A-Za-z][\w.,:]*(?:,[\w.]+)?)\]\s*$")


def wanted(path):
    rows = {"expect": [], "error": [], "exit": []}
    for line in open(path, encoding="utf-8"):
        found = COMMENT.search(line.rstrip())
        if found:
            rows[found[1]].append((found[2] or "").rstrip())
    return rows["expect"], rows["error"], int(rows["exit"][0]) if rows["exit"] else 0


def run(path):
    """What differs, or an empty list."""
    lines, errors, code = wanted(path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_", "M365SH"))}
    with tempfile.TemporaryDirectory(prefix="m365sh-language-") as home:
        kept.update(TZ="UTC", LANG="en_US.UTF-8", NO_COLOR="1", TERM="dumb", COLUMNS="80", HOME=home,
                    M365SH_ERROR_IDS="1")
        try:
            done = subprocess.run([PROGRAM, path], cwd=home, env=kept, stdin=subprocess.DEVNULL, timeout=30,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except subprocess.TimeoutExpired:
            return ["more than 30 seconds"]
    got = [line.rstrip() for line in done.stdout.decode("utf-8", "replace").split("\n")]
    while got and not got[-1] and len(got) > len(lines):
        got.pop()
    said = done.stderr.decode("utf-8", "replace")
    got_errors = [found[1] for found in map(ERROR.search, said.split("\n")) if found]
    differs = list(difflib.unified_diff(lines, got, "expected", "ours", lineterm="", n=2))
    if got_errors != errors or (said.strip() and not errors):
        differs += ["errors expected: %s" % " ".join(errors), "errors reported: %s" % " ".join(got_errors), said.rstrip()]
    if done.returncode != code:
        differs.append("exit code %d, expected %d" % (done.returncode, code))
    return differs


def main():
    paths = sorted(os.path.join(place, name) for place, _, names in os.walk(HERE) for name in names if name.endswith(".m365"))
    paths = [path for path in paths if not sys.argv[1:] or any(part in path for part in sys.argv[1:])]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = list(pool.map(run, paths))
    for path, differs in zip(paths, results):
        if differs:
            print("--- " + os.path.relpath(path, HERE))
            print("\n".join("    " + line for line in differs))
    failed = sum(map(bool, results))
    print("%d passed, %d failed" % (len(paths) - failed, failed))
    return 1 if failed else 0


sys.exit(main())
