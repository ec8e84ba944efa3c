#!/usr/bin/env python3
"""The main job from a pipeline to changed licences, against the real served tenant. What is expected is computed from what
the tenant answers to plain HTTP. `run.py NAME…` runs some of the tests."""
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from served import E3, F3, PROGRAM, Observer, Served, Suite, holds, is_leaver  # noqa: E402

suite = Suite()
check, equal = suite.check, suite.equal
SLOW = 3 if "san" in os.environ.get("M365SH_BUILD", "") else 1
REMOVE = "Get-Users -Filter leavers | Remove-License E3 -Force"
STATUS = "| ForEach-Object { '{0} {1}' -f $_.User, $_.Status }"


def statuses(answer):
    found = {}
    for line in answer.output.splitlines():
        name, _, status = line.rpartition(" ")
        found.setdefault(name, []).append(status)
    return found


def count(found, status):
    return sum(1 for values in found.values() if values == [status])


def main_job():
    with Served("--latency", "120", users=10000) as tenant:
        observer = Observer(tenant)
        before = observer.users()
        leavers = [user for user in before.values() if is_leaver(user)]
        direct = [user["id"] for user in leavers if holds(user, E3)[0]]
        inherited = [user["id"] for user in leavers if holds(user, E3)[1]]
        check("the story has leavers of both kinds", len(direct) > 100 and inherited)
        tenant.forget_log()
        answer = tenant.run(REMOVE)
        batches, reads = len(tenant.batches()), len([row for row in tenant.log() if "batch" not in row and row["method"] == "GET"])
        after = observer.users()
        equal("exit 4 where some hold it by a group", answer.code, 4 if inherited else 0)
        equal("one batch for twenty changes", batches, math.ceil(len(direct) / 20))
        check("all who held it directly have lost it", not any(holds(after[key], E3)[0] for key in direct))
        changed = [key for key in before if before[key]["licenseAssignmentStates"] != after[key]["licenseAssignmentStates"] or before[key]["accountEnabled"] != after[key]["accountEnabled"]]
        equal("nothing else has changed", sorted(changed), sorted(direct))
        limit = 1.15 * (reads + 2 + math.ceil(batches / 4)) * 0.12 * SLOW + 1
        check("within the time that the latency allows", answer.seconds < limit, "%.2f s, limit %.2f s, %d reads" % (answer.seconds, limit, reads))
        check("the error names the group", "comes from the group 'Licensing E3 Field'" in answer.error, answer)
        again = tenant.run(REMOVE + " | Where-Object Status -eq Done")
        equal("a second run changes nothing", (again.output.strip(), len(tenant.batches())), ("", batches))


def preview_and_guard():
    with Served(users=2000) as tenant:
        observer = Observer(tenant)
        before = observer.users()
        rows, answer = tenant.rows("Get-Users -Filter leavers | Remove-License E3 -WhatIf")
        leavers = [user for user in before.values() if is_leaver(user)]
        equal("a preview has a row for each", len(rows), len(leavers))
        equal("and exit code 0", answer.code, 0)
        equal("direct ones say so", sum(row["Path"].startswith("direct") for row in rows), sum(holds(user, E3)[0] for user in leavers))
        check("inherited ones name the group", any(row["Path"].startswith("group 'Licensing E3") for row in rows))
        answer = tenant.run("Get-User -License E3 | Remove-License E3")
        equal("the guard ends it with 5", answer.code, 5)
        check("the card is shown", "departments" in answer.error and "seats freed" in answer.error and "--max-changes" in answer.error, answer)
        answer = tenant.run("try { Get-User -License E3 | Remove-License E3 } catch { 'caught' }; 'after'")
        check("a script may catch it", "caught" in answer.output and "after" in answer.output, answer)
        equal("nothing was changed by all this", observer.users(), before)
        answer = tenant.run("$MaximumChange = 5; Get-User -License E3 -Top 6 | Remove-License E3 | Out-Null")
        equal("$MaximumChange is heard", answer.code, 5)
        answer = tenant.run("Get-User -License E3 -Top 6 | Remove-License E3 | Out-Null", "--max-changes", "5")
        equal("--max-changes too", answer.code, 5)
        answer = tenant.run("Get-User -License E3 -Top 2 | Remove-License E3 -Confirm | Out-Null")
        equal("-Confirm with nobody there is 5", answer.code, 5)
        equal("still nothing was changed", observer.users(), before)
        tenant.run("$MaximumChange = 1000; Get-User -License F3 | Remove-License F3 -ErrorAction SilentlyContinue | Select-Object -First 2 | Out-Null")
        direct = [key for key, user in before.items() if holds(user, F3)[0] and len(user["licenseAssignmentStates"]) == 1]
        after = observer.users()
        check("a later -First does not limit the changes", len(direct) > 5 and not any(holds(after[key], F3)[0] for key in direct), len(direct))


def killed():
    for batches, how in ((3, signal.SIGKILL), (6, signal.SIGTERM)):
        with Served("--latency", "150", users=10000) as tenant:
            leavers = {user["userPrincipalName"]: user for user in Observer(tenant).users().values() if is_leaver(user)}
            running = tenant.start(REMOVE + STATUS)
            limit = time.monotonic() + 20
            while len(tenant.batches()) < batches and time.monotonic() < limit:
                time.sleep(0.005)
            tenant.kill(how)
            begun = time.monotonic()
            output, error = running.communicate(timeout=60)
            check("killed: ends within 30 s", time.monotonic() - begun < 30, time.monotonic() - begun)
            equal("killed: exit 4", running.returncode, 4)
            found = {}
            for line in output.splitlines():
                name, _, status = line.rpartition(" ")
                found.setdefault(name, []).append(status)
            equal("killed: each item is named once", sorted(found), sorted(leavers))
            check("killed: with one status", all(len(values) == 1 for values in found.values()))
            wanted = {name for name, user in leavers.items() if holds(user, E3)[0]}
            check("killed: done, unknown or not begun", all(found[name][0] in ("Done", "Unknown", "NotBegun") for name in wanted))
            check("killed: all three occur", {"Done", "Unknown", "NotBegun"} <= {found[name][0] for name in wanted}, {found[name][0] for name in wanted})
            check("killed: one summary", error.count("The run ended early") == 1, error[-800:])
    with Served("--latency", "300", users=1000) as tenant:
        running = tenant.start(REMOVE)
        limit = time.monotonic() + 20
        while not any(row["path"].endswith("/subscribedSkus") for row in tenant.log()) and time.monotonic() < limit:
            time.sleep(0.005)
        tenant.kill()
        output, error = running.communicate(timeout=60)
        equal("killed before the first write: exit 1", running.returncode, 1)
    with Served(users=100) as tenant:
        tenant.kill()
        tenant.process.wait()
        answer = tenant.run(REMOVE)
        equal("nobody there at all: exit 1", answer.code, 1)


def bad_input():
    with Served("--story", "contoso-both", users=300) as both:
        before = Observer(both).users()
        answer = both.run("Get-Users -Filter leavers | Remove-License E3 -Force")
        equal("ambiguous product: exit 1", answer.code, 1)
        check("ambiguous product: shows both", "SPE_E3" in answer.error and "ENTERPRISEPACK" in answer.error, answer)
        equal("ambiguous product: nothing changed", Observer(both).users(), before)
    with Served(users=300) as tenant:
        observer = Observer(tenant)
        before = observer.users()
        for text, words, code in (
                ("Get-Users -Filter leavers | Remove-License E9 -Force", ["'E9'", "SPE_E3"], 1),
                ("Remove-License E3 -User nobody@contoso.com", ["nobody@contoso.com"], 4),
                ("Get-User nobody@contoso.com", ["nobody@contoso.com"], 1),
                ("Get-User -Filter leaverz", ["leaverz", "leavers", "guests"], 1),
                ("Get-User -Filter \"department eq 'Sales\"", ["filter", "position"], 1),
                ("Get-User -Filter \"departmnt eq 'Sales'\"", ["departmnt"], 1),
                ("Get-User -Top 0", ["-Top"], 1),
                ("42 | Remove-License E3", ["names no user"], 4),
                ("Set-User grace.engel@contoso.com", ["Nothing is to be set"], 1),
                ("Invoke-Graph https://example.com/v1.0/users", ["no token is sent"], 1),
                ("Invoke-Graph nothing", ["nothing"], 1)):
            answer = tenant.run(text)
            equal("%s: exit code" % text, answer.code, code)
            check("%s: says what" % text, all(word in answer.error for word in words), answer)
        no_place = next((user for user in before.values() if not user["usageLocation"] and user["userType"] == "Member"), None)
        check("somebody lacks a usage location", no_place)
        answer = tenant.run("Add-License F3 -User %s" % no_place["userPrincipalName"])
        equal("no usage location: exit 4", answer.code, 4)
        check("no usage location: the cure", "Set-User -UsageLocation" in answer.error, answer)
        someone = next(user for user in before.values() if user["usageLocation"] and not user["assignedLicenses"])
        answer = tenant.run("Add-License VISIOCLIENT -User %s" % someone["userPrincipalName"])
        equal("no seats: exit 4", answer.code, 4)
        check("no seats: says so", "No seat" in answer.error, answer)
        equal("bad input changed nothing", observer.users(), before)
        wrong = tenant.run("Get-Sku", environment=tenant.environment(M365SH_CLIENT_SECRET="wrong"))
        equal("wrong secret: exit 3", wrong.code, 3)
        check("wrong secret: says so, and never shows it", "secret is wrong" in wrong.error and tenant.ready["clientSecret"] not in wrong.error, wrong)


def ways_to_name_users():
    with Served(users=1000) as tenant:
        observer = Observer(tenant)
        everybody = [user for user in observer.users().values() if holds(user, E3) == (True, False)]
        held = [user for user in everybody if len(user["licenseAssignmentStates"]) == 1] # no other product's plan needs theirs
        csv = os.path.join(tenant.home, "users.csv")
        with open(csv, "w", encoding="utf-8") as rows:
            rows.write("Id,UserPrincipalName,Department\n")
            for number, user in enumerate(held[:25]):
                rows.write("%d,%s,x\n" % (number + 1, user["userPrincipalName"]))
        answer = tenant.run("Import-Csv users.csv | Remove-License 'Microsoft 365 E3' -Verify" + STATUS)
        equal("rows of a file, read back", statuses(answer), {user["userPrincipalName"]: ["Done"] for user in held[:25]})
        answer = tenant.run("'%s', '%s' | Remove-License SPE_E3%s" % (held[25]["userPrincipalName"], held[26]["id"], STATUS))
        equal("texts", statuses(answer), {held[25]["userPrincipalName"]: ["Done"], held[26]["userPrincipalName"]: ["Done"]})
        answer = tenant.run("Remove-License %s -User %s,%s%s" % (E3, held[27]["userPrincipalName"], held[25]["userPrincipalName"], STATUS))
        equal("parameters; what is absent is fine", statuses(answer), {held[27]["userPrincipalName"]: ["Done"], held[25]["userPrincipalName"]: ["AlreadyAbsent"]})
        equal("exit 0", answer.code, 0)
        answer = tenant.run("$u = Get-User %s; $u | Remove-License E3 | Out-Null; $u | Remove-License E3%s" % (held[28]["id"], STATUS))
        equal("an object read before a write is not trusted", statuses(answer), {held[28]["userPrincipalName"]: ["AlreadyAbsent"]})
        answer = tenant.run("$u = Get-User %s; $u, $u | Remove-License E3%s" % (held[29]["id"], STATUS))
        equal("the same user twice", statuses(answer), {held[29]["userPrincipalName"]: ["Done", "AlreadyAbsent"]})
        rich = next(user for user in everybody if len(user["licenseAssignmentStates"]) > 1 and all(state["assignedByGroup"] is None for state in user["licenseAssignmentStates"]))
        before = len(tenant.batches())
        rows, answer = tenant.rows("Get-User %s | Remove-License -All" % rich["id"])
        equal("all of one user's licences", (len(rows), rows[0]["Status"], rows[0]["Kept"]), (1, "Done", []))
        equal("are one change", len([row for row in tenant.log() if row["path"].endswith("/%s/assignLicense" % rich["id"])]), 1)
        check("in one batch", len(tenant.batches()) == before + 1)
        answer = tenant.run("Get-User %s | Get-License | Remove-License%s" % (held[60]["id"], STATUS))
        check("licences themselves", statuses(answer).get(held[60]["userPrincipalName"]), answer)
        answer = tenant.run("Remove-License E3 -WhatIf -User %s | Remove-License E3 -Force%s" % (held[61]["userPrincipalName"], STATUS))
        equal("a preview can be carried out", statuses(answer), {held[61]["userPrincipalName"]: ["Done"]})


def bad_days():
    with Served(users=2000) as tenant:
        observer = Observer(tenant)
        observer.faults({"match": "assignLicense", "status": 429, "retryAfter": 1, "count": 30}, {"match": "/users", "status": 503, "count": 1})
        answer = tenant.run(REMOVE + STATUS)
        found = statuses(answer)
        check("throttled parts are sent again", count(found, "Done") > 60 and not any("Failed" in values for values in found.values()), answer)
        check("and the wait is kept", answer.seconds > 1, answer.seconds)
        observer.post("/practice/reset", {})
        observer.faults({"match": "$batch", "cut": "after", "count": 1})
        answer = tenant.run(REMOVE + STATUS)
        found = statuses(answer)
        check("an answer that was lost: looked up, not repeated", count(found, "Done") > 60 and not any("Unknown" in values or "AlreadyAbsent" in values and len(values) > 1 for values in found.values()), answer)
        after = observer.users()
        check("and it is so", not any(holds(user, E3)[0] for user in after.values() if is_leaver(user)))
        observer.post("/practice/reset", {})
        observer.faults({"match": "$batch", "status": 504, "count": 2}, {"match": "assignLicense", "status": 500, "count": 3})
        answer = tenant.run(REMOVE + STATUS)
        check("unknown outcomes end as done", count(statuses(answer), "Done") > 60 and "Unknown" not in answer.output, answer)
        observer.post("/practice/reset", {})
        observer.faults({"match": "assignLicense", "status": 400, "count": 2})
        answer = tenant.run(REMOVE + STATUS)
        found = statuses(answer)
        equal("one item's failure is its own", sum(values == ["Failed"] for values in found.values()), 2)
        check("the others go on", count(found, "Done") > 60)
        observer.post("/practice/reset", {})
        before = observer.users()
        observer.settings(faultRate=0.15, seed=3)
        found = statuses(tenant.run(REMOVE + STATUS))
        observer.settings(faultRate=0)
        after = observer.users()
        wrong = []
        for key, user in before.items():
            status, had, has = found.get(user["userPrincipalName"]), holds(user, E3)[0], holds(after[key], E3)[0]
            fits = status is None if not is_leaver(user) else status in (["Done"], ["Unknown"]) and not has if had and not has else status in (["Failed"], ["Unknown"]) if had else status in (["AlreadyAbsent"], ["Refused"])
            if not fits:
                wrong.append((user["userPrincipalName"], status, had, has))
        equal("one request in seven fails: what is said is so", wrong, [])
        answer = tenant.run("Get-User -License E5 -Top 40 | Remove-License E5,E3 -Force -ErrorAction Stop | Out-Null; 'after'")
        check("-ErrorAction Stop ends it", "after" not in answer.output and answer.code in (1, 4), answer)


def interrupted():
    with Served("--latency", "800", users=10000) as tenant:
        running = tenant.start(REMOVE + STATUS)
        limit = time.monotonic() + 20
        while len(tenant.batches()) < 5 and time.monotonic() < limit:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        begun = time.monotonic()
        output, error = running.communicate(timeout=30)
        check("Ctrl-C: ends when what is in flight has ended", time.monotonic() - begun < 3, time.monotonic() - begun)
        equal("Ctrl-C: exit 130", running.returncode, 130)
        at_end = len(tenant.batches())
        time.sleep(0.6)
        equal("Ctrl-C: nothing new is sent", len(tenant.batches()), at_end)
        check("Ctrl-C: says what was done", re.search(r"\d+ done, \d+ unknown, \d+ not begun", error), error[-500:])
    with Served("--latency", "5000", users=100) as tenant:
        running = tenant.start("Get-User -Top 1")
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        begun = time.monotonic()
        running.communicate(timeout=30)
        check("Ctrl-C while reading: at once", time.monotonic() - begun < 0.5 * SLOW, time.monotonic() - begun)
        equal("Ctrl-C while reading: exit 130", running.returncode, 130)


def properties_and_raw():
    with Served(users=300) as tenant:
        observer = Observer(tenant)
        key = next(user["id"] for user in observer.users().values() if not user["assignedLicenses"] and user["userType"] == "Member" and user["department"])
        answer = tenant.run("Get-User %s | Set-User -JobTitle 'O''Neil & Söhne' -UsageLocation DE%s" % (key, STATUS))
        equal("properties: exit 0", answer.code, 0)
        user = observer.users()[key]
        equal("properties: they are set", (user["jobTitle"], user["usageLocation"]), ("O'Neil & Söhne", "DE"))
        answer = tenant.run("Set-User %s -UsageLocation DE%s" % (key, STATUS))
        check("properties: what is so already is left alone", "AlreadyPresent" in answer.output, answer)
        answer = tenant.run("Invoke-Graph users/%s -Method PATCH -Body @{jobTitle = 'x'} -WhatIf" % key)
        equal("raw request: -WhatIf sends nothing", observer.users()[key]["jobTitle"], "O'Neil & Söhne")
        answer = tenant.run("Invoke-Graph users/%s -Method PATCH -Body @{jobTitle = 'x'}" % key)
        equal("raw request: sent", (answer.code, observer.users()[key]["jobTitle"]), (0, "x"))
        answer = tenant.run("(Invoke-Graph 'users?$top=5').Count; (Invoke-Graph 'users?$top=100&$select=id' -All).Count")
        equal("raw request: a page, and all pages", answer.output.split(), ["5", "300"])
        answer = tenant.run("Connect-MgGraph -Scopes User.Read.All -NoWelcome; (Get-MgUser -All).Count; (Get-MgUser).Count; "
                            "Get-MgUser -UserId nobody@contoso.com -ErrorAction SilentlyContinue -ErrorVariable e; $e[0].FullyQualifiedErrorId; "
                            "(Invoke-MgGraphRequest -Uri 'https://graph.microsoft.com/v1.0/users?$top=1').value.Count")
        equal("the SDK's names", answer.output.split(), ["300", "100", "Request_ResourceNotFound,Microsoft.Graph.PowerShell.Cmdlets.GetMgUser_Get", "1"])
        answer = tenant.run("Update-MgUser -UserId %s -JobTitle Boss -AccountEnabled:$false; Set-MgUserLicense -UserId %s -AddLicenses @{SkuId = '%s'} -RemoveLicenses @() | Out-Null" % (
            key, key, "66b55226-6b4f-492c-910c-a3b7a3c9d993"))
        user = observer.users()[key]
        equal("the SDK's changes", (answer.code, user["jobTitle"], user["accountEnabled"], holds(user, "66b55226-6b4f-492c-910c-a3b7a3c9d993")[0]), (0, "Boss", False, True))


def signing_in():
    if not shutil.which("openssl"):
        print("no openssl: TLS is not tried")
        return
    with Served(users=50) as scratch:
        stem = os.path.join(scratch.folder.name, "server")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", stem + ".key", "-out", stem + ".pem"], check=True, stderr=subprocess.DEVNULL)
        with Served(users=50, tls=stem) as tenant:
            equal("served over TLS", tenant.ready["graph"].split(":")[0], "https")
            answer = tenant.run("(Get-User -Top 3).Count")
            check("an unknown authority is refused", answer.code != 0 and "could not be verified" in answer.error, answer)
            answer = tenant.run("(Get-User -Top 3).Count", "--ca-file", stem + ".pem")
            equal("--ca-file trusts it", (answer.code, answer.output.strip()), (0, "3"))
            bare = {name: value for name, value in tenant.environment().items() if name not in ("M365SH_TENANT_ID", "M365SH_CLIENT_ID", "M365SH_CLIENT_SECRET")}
            secret = dict(bare, M365SH_CLIENT_SECRET=tenant.ready["clientSecret"])
            connect = "Connect-Tenant %s -ClientId %s -CaFile %s.pem" % (tenant.ready["tenantId"], tenant.ready["clientId"], stem)
            answer = tenant.run(connect + " -Secret | ForEach-Object AuthType; (Get-Sku).Count -gt 5", environment=secret)
            equal("client secret", (answer.code, answer.output.split()), (0, ["AppOnly", "True"]))
            device_code(tenant, connect, bare, stem)


def device_code(tenant, connect, environment, stem):
    """The person is played by a second sign-in page visit: the practice tenant approves by itself when told to."""
    prepared = tenant.run("Set-PracticeTenant -LatencyMs 0 | Out-Null; Invoke-Graph /practice/settings -Method POST -Body @{automaticApproval = $true} -ErrorAction SilentlyContinue", "--ca-file", stem + ".pem")
    del prepared
    import ssl
    import urllib.parse
    import urllib.request
    context = ssl.create_default_context(cafile=stem + ".pem")
    form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": tenant.ready["clientId"], "client_secret": tenant.ready["clientSecret"], "scope": "https://graph.microsoft.com/.default"}).encode()
    token = json.load(urllib.request.urlopen("%s/%s/oauth2/v2.0/token" % (tenant.ready["login"], tenant.ready["tenantId"]), form, context=context))["access_token"]
    urllib.request.urlopen(urllib.request.Request(tenant.ready["graph"] + "/practice/settings", json.dumps({"automaticApproval": True}).encode(),
                                                  {"Authorization": "Bearer " + token, "Content-Type": "application/json"}), context=context).read()
    answer = tenant.run(connect + " | ForEach-Object AuthType; (Get-User -Top 2).Count", environment=environment)
    equal("device code", (answer.code, answer.output.split()), (0, ["Delegated", "2"]))
    check("device code: says where to go", "open " in answer.error and "type the code" in answer.error, answer)
    stored = os.path.join(tenant.home, "m365sh")
    files = [os.path.join(folder, name) for folder, _, names in os.walk(stored) for name in names if name == "profiles.json"]
    check("the tokens are kept in a file of mode 0600", files and all(os.stat(name).st_mode & 0o777 == 0o600 for name in files), files)
    answer = tenant.run("(Get-Context).AuthType; (Get-User -Top 2).Count", "--ca-file", stem + ".pem", environment=environment)
    equal("a later session is signed in", (answer.code, answer.output.split()), (0, ["Delegated", "2"]))
    answer = tenant.run("Disconnect-Tenant; (Get-Context).Kind", "--ca-file", stem + ".pem", environment=environment)
    equal("signing out leads back to practice", (answer.code, answer.output.strip()), (0, "Practice"))


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def command_of(pid):
    try:
        with open("/proc/%d/cmdline" % pid, encoding="utf-8", errors="replace") as text:
            return text.read()
    except OSError:
        return ""


def children_of(parent):
    found = []
    for pid in processes():
        try:
            with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as text:
                if int(text.read().rpartition(")")[2].split()[1]) == parent:
                    found.append(pid)
        except (OSError, ValueError):
            pass
    return found


def own_child():
    """The practice tenant as a child of the shell itself: shared by two at once, ended with the parent."""
    with Served(users=50) as tenant:
        environment = {name: value for name, value in tenant.environment().items() if name in ("HOME", "PATH", "M365SH_HOME", "TZ", "LANG", "NO_COLOR", "TERM", "COLUMNS")}
        answer = tenant.run("Get-Users -Filter leavers | Remove-License E3 | Out-Null; (Get-PracticeTenant).UsersNow", environment=environment)
        equal("own child: the first request starts it", answer.output.split(), ["1000"])
        answer = tenant.run("(Get-Users -Filter leavers | Remove-License E3 | Where-Object Status -eq Done).Count; Reset-PracticeTenant | Out-Null; "
                            "(Get-Users -Filter leavers | Remove-License E3 | Where-Object Status -eq Done).Count -gt 20", environment=environment)
        equal("own child: what was done stays, a reset puts it back", answer.output.split(), ["0", "True"])
        two = [subprocess.Popen([PROGRAM, "-c", "(Get-User -All | Measure-Object).Count"], env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        equal("own child: two at once", [one.communicate(timeout=60)[0].strip() for one in two], ["1000", "1000"])
        shell = subprocess.Popen([PROGRAM, "-c", "Get-Sku | Out-Null; 'ready'; Start-Sleep -Seconds 2; (Get-Sku).Count -gt 5"], env=environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        limit = time.monotonic() + 20
        while not children_of(shell.pid) and time.monotonic() < limit:
            time.sleep(0.02)
        time.sleep(1)
        for pid in children_of(shell.pid):
            os.kill(pid, signal.SIGKILL)
        output = shell.communicate(timeout=60)[0]
        equal("own child: started again when it is gone", output.split(), ["ready", "True"])
        time.sleep(0.3)
        left = [pid for pid in processes() if pid != tenant.process.pid and os.path.join(tenant.home, "m365sh") in command_of(pid)]
        check("own child: it ends with its parent", not left, left)



TESTS = [main_job, preview_and_guard, killed, bad_input, ways_to_name_users, bad_days, interrupted, properties_and_raw, signing_in, own_child]


def main():
    chosen = sys.argv[1:]
    for test in TESTS:
        if chosen and test.__name__ not in chosen:
            continue
        try:
            test()
        except Exception as problem:  # a test that breaks is one that failed
            check(test.__name__, False, "%s: %s" % (type(problem).__name__, problem))
    return suite.end()


sys.exit(main())
