#!/usr/bin/env python3
"""Runs the examples in the help of the tenant's cmdlets against a practice tenant: each must run without an error of its own.
Exit code 4 is fine where an example changes users who hold a licence by a group: that is what the example shows."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("M365SH_PROGRAM", os.path.join(HERE, "../../build/m365sh")))
NAMES = ("Get-User Set-User Get-License Add-License Remove-License Get-Sku Get-Group Get-GroupMember Get-Context Connect-Tenant Disconnect-Tenant "
         "Invoke-Graph Enable-User Disable-User Get-UserGroup Get-Manager Get-DirectReport Get-Organization Get-Domain Get-DeletedUser Get-Role Get-RoleMember "
         "Reset-PracticeTenant Set-PracticeTenant Get-PracticeTenant").split()
passed = failed = 0


def run(text, environment, folder):
    return subprocess.run([PROGRAM, "-c", text], env=environment, cwd=folder, stdin=subprocess.DEVNULL, text=True, errors="replace", timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def main():
    global passed, failed
    with tempfile.TemporaryDirectory(prefix="m365sh-examples-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_", "M365SH"))}
        environment = dict(kept, TZ="UTC", LANG="en_US.UTF-8", NO_COLOR="1", TERM="dumb", COLUMNS="200", HOME=folder, M365SH_HOME=os.path.join(folder, "home"))
        for name in NAMES:
            shown = run("Get-Help %s -Examples" % name, environment, folder)
            examples = [line.split("> ", 1)[1].strip() for line in shown.stdout.splitlines() if line.strip().startswith("practice> ")]
            if len(examples) < 2:
                failed += 1
                print("FAILED %s has %d examples, not two" % (name, len(examples)))
            for example in examples:
                answer = run(example, environment, folder)
                allowed = (0, 4) if "Remove-License" in example else (0,)
                harmless = all("comes from the group" in line or not line or line[0] in " l|" for line in answer.stderr.splitlines()) if answer.returncode == 4 else not answer.stderr.strip() or answer.stderr.startswith("What if:")
                if answer.returncode in allowed and harmless:
                    passed += 1
                else:
                    failed += 1
                    print("FAILED %s\n    exit %d\n    %s" % (example, answer.returncode, answer.stderr[-600:].replace("\n", "\n    ")))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


sys.exit(main())
