"""A practice tenant for a test class, and a client that knows nothing but HTTP."""
import http.client
import json
import os
import select
import socket
import subprocess
import tempfile
import unittest
import urllib.parse

E3 = "05e9a617-0261-4cee-bb44-138d3ef5d965"
E5 = "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
E1 = "18181a46-0d4e-45cd-891e-60aabd171b4e"
VISIO = "c5928f49-12ba-48f7-ada3-0d743a3601d5"
ADVANCED = {"ConsistencyLevel": "eventual"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.raw = status, headers, body
        try:
            self.json = json.loads(body) if body else None
        except ValueError:
            self.json = None

    @property
    def code(self):
        return self.json["error"]["code"] if self.json else None

    @property
    def message(self):
        return self.json["error"]["message"]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Service:
    """One running `m365sh serve`."""

    def __init__(self, *options, socket_path=None):
        self.folder = tempfile.TemporaryDirectory()
        self.log_path = os.path.join(self.folder.name, "requests.log")
        listen = ["--socket", socket_path] if socket_path else ["--port", "0"]
        command = [os.environ["M365SH_PROGRAM"], "serve", *listen, "--request-log", self.log_path, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if not select.select([self.process.stdout], [], [], 120)[0]:
            raise RuntimeError("the practice tenant does not start")
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.process.stderr.read())
        self.ready = json.loads(line)
        self.socket_path = socket_path
        self.connection = None
        self.token = self.sign_in()

    def connect(self):
        if self.socket_path:
            return UnixConnection(self.socket_path)
        return http.client.HTTPConnection(urllib.parse.urlsplit(self.ready["graph"]).netloc, timeout=60)

    def send(self, method, path, body=None, headers=None, connection=None):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            headers.setdefault("Content-Type", "application/json")
        if path.startswith("http"):
            parts = urllib.parse.urlsplit(path)
            path = parts.path + ("?" + parts.query if parts.query else "")
        own = connection or self.connection or self.connect()
        if connection is None:
            self.connection = own
        try:
            own.request(method, path, body=body, headers=headers)
            answer = own.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except Exception:
            own.close()
            self.connection = None
            raise

    def form(self, path, **values):
        return self.send("POST", path, urllib.parse.urlencode(values), FORM)

    def sign_in(self, **changes):
        values = dict(grant_type="client_credentials", client_id=self.ready["clientId"], client_secret=self.ready["clientSecret"],
                      scope="https://graph.microsoft.com/.default")
        values.update(changes)
        return self.form(f"/{self.ready['tenantId']}/oauth2/v2.0/token", **values).json["access_token"]

    def graph(self, method, path, body=None, headers=None, token=None, connection=None):
        headers = {"Authorization": "Bearer " + (token or self.token), **(headers or {})}
        if not path.startswith(("/", "http")):
            path = "/v1.0/" + path
        return self.send(method, path, body, headers, connection)

    def get(self, path, **options):
        headers = options.pop("headers", {})
        query = "&".join(f"${name}={urllib.parse.quote(str(value))}" for name, value in options.items())
        return self.graph("GET", path + ("?" + query if query else ""), headers=headers)

    def list(self, path, advanced=False, **options):
        """All items, page by page."""
        headers = ADVANCED if advanced else {}
        if advanced:
            options["count"] = "true"
        answer = self.get(path, headers=headers, **options)
        items = []
        while True:
            assert answer.status == 200, answer.raw
            items += answer.json["value"]
            if "@odata.nextLink" not in answer.json:
                return items
            answer = self.graph("GET", answer.json["@odata.nextLink"], headers=headers)

    def assign(self, user, add=(), remove=()):
        body = {"addLicenses": [{"skuId": sku, "disabledPlans": []} if isinstance(sku, str) else sku for sku in add], "removeLicenses": list(remove)}
        return self.graph("POST", f"users/{user}/assignLicense", body)

    def batch(self, parts):
        return self.graph("POST", "$batch", {"requests": parts})

    def practice(self, path, body):
        answer = self.graph("POST", "/practice/" + path, body)
        assert answer.status == 200, answer.raw
        return answer.json

    def reset(self):
        self.practice("faults", {"clear": True})
        self.practice("settings", {"latencyMs": 0, "throttling": "off", "faultRate": 0, "groupDelayMs": 0, "automaticApproval": False, "tokenSeconds": 3599})
        return self.practice("reset", {})

    def sku(self, part_number):
        return next(sku for sku in self.get("subscribedSkus").json["value"] if sku["skuPartNumber"] == part_number)

    def log(self):
        with open(self.log_path) as file:
            return [json.loads(line) for line in file]

    def stop(self):
        if self.connection:
            self.connection.close()
        self.process.terminate()
        code = self.process.wait(20)
        self.process.stdout.close()
        self.process.stderr.close()
        self.folder.cleanup()
        return code


class TenantTest(unittest.TestCase):
    """Tests that share one tenant and start from its story."""
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.service = Service(*cls.options)

    @classmethod
    def tearDownClass(cls):
        code = cls.service.stop()
        assert code == 0, f"the practice tenant ended with {code}"

    def setUp(self):
        self.service.reset()

    def error(self, answer, status, code, text=""):
        self.assertEqual((answer.status, answer.code), (status, code), answer.raw)
        self.assertIn(text, answer.message)
        self.assertIn("request-id", answer.json["error"]["innerError"])

    def one(self, filter, **options):
        return self.service.list("users", advanced=True, filter=filter, **options)[0]

    def states(self, user):
        return {(state["skuId"], state["assignedByGroup"] is not None): state for state in
                self.service.get(f"users/{user}", select="licenseAssignmentStates").json["licenseAssignmentStates"]}
