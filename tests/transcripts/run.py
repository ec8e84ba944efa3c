#!/usr/bin/env python3
"""Plays tests/transcripts/*.session in tmux and looks at the screen (see README.md for the format)."""
import concurrent.futures
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("M365SH_PROGRAM", os.path.join(HERE, "../../build/m365sh")))
PATIENCE = 30 if os.environ.get("SAN") else 10


class Failed(Exception):
    pass


class Terminal:
    """One tmux server with one window; `close` ends both."""

    def __init__(self, home, size, arguments, variables):
        self.socket, self.code = os.path.join(home, "tmux"), os.path.join(home, "code")
        columns, lines = size.split("x")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_", "M365SH", "TMUX"))}
        kept.update(HOME=home, TERM="screen-256color", TZ="UTC", LANG="C.UTF-8", **variables)
        kept.pop("NO_COLOR", None)
        # The shell around it must outlive a Ctrl-C that is meant for the program.
        command = "trap : INT; %s; echo $? > %s; sleep 60" % (shlex.join([PROGRAM, *arguments]), shlex.quote(self.code))
        subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "-u", "new-session", "-d", "-x", columns, "-y", lines,
                        "sh", "-c", command], env=kept, cwd=home, check=True)

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", self.socket, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, check=False).stdout

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def key(self, name):
        self.tmux("send-keys", name)

    def screen(self):
        return "\n".join(line.rstrip() for line in self.tmux("capture-pane", "-p").split("\n")).rstrip()

    def close(self):
        self.tmux("kill-server")


def wait_for(terminal, what, holds):
    end = time.monotonic() + PATIENCE
    while True:
        screen = terminal.screen()
        if holds(screen):
            return
        if time.monotonic() > end:
            raise Failed("%s\nthe screen:\n%s" % (what, "\n".join("    | " + line for line in screen.split("\n"))))
        time.sleep(0.03)


def ended_with(terminal, code):
    if not os.path.exists(terminal.code):
        return False
    return open(terminal.code).read().strip() == code


def play_line(terminal, kind, rest):
    if kind == ">":
        terminal.type(rest)
        terminal.key("Enter")
    elif kind == ">>":
        terminal.type(rest)
    elif kind == "!":
        for name in rest.split():
            terminal.key(name)
    elif kind == "~":
        time.sleep(float(rest))
    elif kind == "=":
        wait_for(terminal, "no line is: " + rest, lambda screen: rest in screen.split("\n"))
    elif kind == "<":
        wait_for(terminal, "not on the screen: " + rest, lambda screen: rest in screen)
    elif kind == "/":
        wait_for(terminal, "nothing matches: " + rest, lambda screen: re.search(rest, screen, re.M))
    elif kind == "-":
        wait_for(terminal, "on the screen: " + rest, lambda screen: rest not in screen)
    elif kind == "?":
        wait_for(terminal, "has not ended with " + rest, lambda screen: ended_with(terminal, rest))
    else:
        raise Failed("not a kind of line: " + kind)


def play(path):
    """What went wrong, or an empty text."""
    size, arguments, variables, steps = "80x24", [], {}, []
    for number, line in enumerate(open(path, encoding="utf-8").read().split("\n"), 1):
        kind, _, rest = line.partition(" ")
        if kind == "#size":
            size = rest
        elif kind == "#start":
            arguments = shlex.split(rest)
        elif kind == "#set":
            variables.update([rest.split("=", 1)])
        elif kind and not kind.startswith("#"):
            steps.append((number, kind, rest))
    home, terminal, number = tempfile.mkdtemp(prefix="m365sh-transcript-"), None, 0
    try:
        terminal = Terminal(home, size, arguments, variables)
        for number, kind, rest in steps:
            play_line(terminal, kind, rest)
        return ""
    except Failed as failed:
        return "line %d: %s" % (number, failed)
    finally:
        if terminal:
            terminal.close()
        shutil.rmtree(home, ignore_errors=True)


def main():
    names = sorted(name for name in os.listdir(HERE) if name.endswith(".session"))
    names = [name for name in names if not sys.argv[1:] or any(part in name for part in sys.argv[1:])]
    if names and not shutil.which("tmux"):
        print("tmux is not installed (scripts/dev/install-deps)")
        print("0 passed, 1 failed")
        return 1
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        results = list(pool.map(play, [os.path.join(HERE, name) for name in names]))
    for name, wrong in zip(names, results):
        if wrong:
            print("--- %s, %s" % (name, wrong))
    failed = sum(map(bool, results))
    print("%d passed, %d failed" % (len(names) - failed, failed))
    return 1 if failed else 0


sys.exit(main())
