"""A practice tenant served for a test, and the program run against it: used by the suites wire and end-to-end."""
import json
import os
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("M365SH_PROGRAM", os.path.join(HERE, "../../build/m365sh")))
E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"
F3 = "66b55226-6b4f-492c-910c-a3b7a3c9d993"


class Answer:
    def __init__(self, code, output, error, seconds):
        self.code, self.output, self.error, self.seconds = code, output, error, seconds

    def __repr__(self):
        return "code %d after %.1f s\n%s\n%s" % (self.code, self.seconds, self.output[-2000:], self.error[-2000:])


def plain_environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "XDG_", "M365SH", "HTTP", "http"))}
    kept.update(TZ="UTC", LANG="en_US.UTF-8", NO_COLOR="1", TERM="dumb", COLUMNS="120", HOME=home, M365SH_HOME=os.path.join(home, "m365sh"))
    return kept


class Served:
    """with Served(users=200, seed=7) as tenant: tenant.run("Get-Sku")"""

    def __init__(self, *extra, users=200, seed=7, tls=None):
        self.folder = tempfile.TemporaryDirectory(prefix="m365sh-served-")
        self.home = os.path.join(self.folder.name, "home")
        os.mkdir(self.home)
        self.log_path = os.path.join(self.folder.name, "requests.log")
        command = [PROGRAM, "serve", "--port", "0", "--users", str(users), "--seed", str(seed), "--store",
                   os.path.join(self.folder.name, "store.db"), "--request-log", self.log_path, *extra]
        if tls:
            command += ["--tls-cert", tls + ".pem", "--tls-key", tls + ".key"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=plain_environment(self.home), text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the practice tenant did not start")
        self.ready = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.process.stdout.close()
        self.folder.cleanup()

    def environment(self, **more):
        kept = plain_environment(self.home)
        kept.update(M365SH_GRAPH_ENDPOINT=self.ready["graph"], M365SH_LOGIN_ENDPOINT=self.ready["login"], M365SH_TENANT_ID=self.ready["tenantId"],
                    M365SH_CLIENT_ID=self.ready["clientId"], M365SH_CLIENT_SECRET=self.ready["clientSecret"])
        kept.update(more)
        return kept

    def run(self, text, *options, timeout=120, environment=None, stdin=None):
        start = time.monotonic()
        done = subprocess.run([PROGRAM, *options, "-c", text], env=environment or self.environment(), cwd=self.home, timeout=timeout, text=True,
                              errors="replace", stdout=subprocess.PIPE, stderr=subprocess.PIPE, **({"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}))
        return Answer(done.returncode, done.stdout, done.stderr, time.monotonic() - start)

    def start(self, text, *options):
        return subprocess.Popen([PROGRAM, *options, "-c", text], env=self.environment(), cwd=self.home, text=True, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def rows(self, text, *options):
        """The results of a pipeline, as Python objects."""
        answer = self.run("%s | ForEach-Object { $_ | ConvertTo-Json -Compress -Depth 6 }" % text, *options)
        return [json.loads(line) for line in answer.output.splitlines()], answer

    def log(self):
        try:
            with open(self.log_path, encoding="utf-8") as lines:
                whole = [line for line in lines if line.endswith("\n")]
        except FileNotFoundError:
            return []
        rows = []
        for line in whole:
            try:
                rows.append(json.loads(line))
            except ValueError:  # read while it was being written
                pass
        return rows

    def forget_log(self):
        time.sleep(0.1)  # what a run that stopped early had asked for may be answered yet
        with open(self.log_path, "r+", encoding="utf-8") as log:
            log.truncate(0)

    def requests(self):
        """Method and target of what came over the wire, without sign-in and without the parts of batches."""
        lines = []
        for row in self.log():
            if "/oauth2/" in row["path"] or "batch" in row:
                continue
            lines.append("%s %s%s" % (row["method"], row["path"], "?" + row["query"] if row.get("query") else ""))
        return lines

    def batches(self):
        return [row for row in self.log() if row["path"].endswith("/$batch")]

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)


class Suite:
    """Counts checks; the last line is what scripts/dev/check reads."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, name, good, detail=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED %s\n    %s" % (name, str(detail).replace("\n", "\n    ")), flush=True)

    def equal(self, name, got, wanted):
        self.check(name, got == wanted, "wanted %r\ngot    %r" % (wanted, got))

    def end(self):
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed else 0


class Observer:
    """Looks at the tenant by plain HTTP, so that a mistake of our client cannot hide itself."""

    def __init__(self, tenant):
        self.tenant = tenant
        self.base = tenant.ready["graph"]
        self.token = self.post("/%s/oauth2/v2.0/token" % tenant.ready["tenantId"], urllib.parse.urlencode(
            {"grant_type": "client_credentials", "client_id": tenant.ready["clientId"], "client_secret": tenant.ready["clientSecret"],
             "scope": "https://graph.microsoft.com/.default"}).encode(), {})["access_token"]

    def post(self, path, body, headers=None):
        headers = {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"} if headers is None else headers
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.base + path, data=data, headers=headers)) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def get(self, address, headers=None):
        request = urllib.request.Request(address if address.startswith("http") else self.base + "/v1.0/" + address,
                                         headers=dict(headers or {}, Authorization="Bearer " + self.token))
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def users(self):
        found, address = {}, ("users?$top=999&$select=id,userPrincipalName,accountEnabled,userType,department,usageLocation,jobTitle,employeeLeaveDateTime,"
                              "assignedLicenses,licenseAssignmentStates")
        while address:
            page = self.get(address)
            found.update((user["id"], user) for user in page["value"])
            address = page.get("@odata.nextLink")
        return found

    def faults(self, *orders, clear=False):
        self.post("/practice/faults", {"next": list(orders), "clear": clear})

    def settings(self, **wishes):
        self.post("/practice/settings", wishes)


def holds(user, sku):
    """(directly, by a group)"""
    states = [state for state in user["licenseAssignmentStates"] if state["skuId"] == sku]
    return any(state["assignedByGroup"] is None for state in states), any(state["assignedByGroup"] for state in states)


def is_leaver(user):
    left = user.get("employeeLeaveDateTime")
    gone = bool(left) and left < time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return user["userType"] != "Guest" and (user["accountEnabled"] is False or gone)
