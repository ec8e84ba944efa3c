import contextlib
import http.client
import json
import os
import signal
import sqlite3
import ssl
import stat
import subprocess
import tempfile
import threading
import time
import unittest
from service import ADVANCED, E3, Service, TenantTest


class Control(TenantTest):
    def test_needs_a_token(self):
        for method, path in (("GET", "/practice"), ("POST", "/practice/reset"), ("POST", "/practice/faults")):
            self.error(self.service.send(method, path), 401, "InvalidAuthenticationToken")

    def test_what_it_is(self):
        told = self.service.graph("GET", "/practice").json
        self.assertEqual((told["story"], told["users"], told["usersNow"], told["throttling"]), ("contoso", 1000, 1000, "off"))

    def test_reset_brings_everything_back(self):
        picture = lambda: [self.service.list("users", top=999, select="id,userPrincipalName,department,accountEnabled,assignedLicenses"),
                           self.service.list("groups", top=999, select="id,displayName"), self.service.get("subscribedSkus", select="skuId,consumedUnits,prepaidUnits").json["value"]]
        before = picture()
        user = next(user["id"] for user in before[0] if any(held["skuId"] == E3 for held in user["assignedLicenses"]))
        self.service.graph("DELETE", f"users/{user}")
        self.service.graph("PATCH", "users/admin@contoso.com", {"department": "x"})
        self.assertNotEqual(picture(), before)
        self.assertLess(self.service.practice("reset", {})["milliseconds"], 1000)
        self.assertEqual(picture(), before)

    def test_another_story(self):
        self.service.practice("reset", {"users": 60, "seed": 3, "story": "contoso-both"})
        try:
            self.assertEqual(len(self.service.list("users", top=999)), 60)
            self.assertIn("ENTERPRISEPACK", {sku["skuPartNumber"] for sku in self.service.get("subscribedSkus").json["value"]})
        finally:
            self.service.practice("reset", {"users": 1000, "seed": 1, "story": "contoso"})
        self.error(self.service.graph("POST", "/practice/reset", {"story": "unknown"}), 400, "BadRequest", "story")
        self.error(self.service.graph("POST", "/practice/reset", {"users": 1e12}), 400, "BadRequest", "users")

    def test_asked_for_failures(self):
        self.service.practice("faults", {"next": [{"match": "/v1.0/groups", "status": 503, "retryAfter": 2, "count": 2, "skip": 1}]})
        statuses = [self.service.get("groups").status for _ in range(4)]
        self.assertEqual(statuses, [200, 503, 503, 200])
        self.service.practice("faults", {"next": [{"match": "GET /v1.0/users", "status": 429}]})
        answer = self.service.get("users")
        self.error(answer, 429, "TooManyRequests")
        self.assertIsNone(answer.headers["Retry-After"])
        self.error(self.service.graph("POST", "/practice/faults", {"next": [{"status": 200}]}), 400, "BadRequest")

    def test_cut_before_and_after(self):
        user = "users/admin@contoso.com"
        for cut, city in (("before", None), ("after", "Written")):
            self.service.practice("faults", {"next": [{"match": "PATCH", "cut": cut}]})
            with self.assertRaises((http.client.HTTPException, ConnectionError)):
                self.service.graph("PATCH", user, {"city": "Written"})
            self.assertEqual(self.service.get(user, select="city").json["city"], city)

    def test_cut_after_a_batch(self):
        self.service.practice("faults", {"next": [{"match": "POST /v1.0/$batch", "cut": "after"}]})
        part = {"id": "1", "method": "PATCH", "url": "/users/admin@contoso.com", "headers": {"Content-Type": "application/json"}, "body": {"city": "Batched"}}
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.service.batch([part])
        self.assertEqual(self.service.get("users/admin@contoso.com", select="city").json["city"], "Batched")

    def test_fault_rate(self):
        self.service.practice("settings", {"faultRate": 0.5, "seed": 4})
        def try_once():
            try:
                return self.service.get("users", top=1).status
            except (http.client.HTTPException, ConnectionError):
                return 0
        statuses = [try_once() for _ in range(60)]
        self.assertTrue(10 < statuses.count(200) < 50, statuses)
        self.assertTrue({429, 503} & set(statuses))

    def test_realistic_throttling(self):
        self.service.practice("settings", {"throttling": "realistic"})
        part = lambda i: {"id": str(i), "method": "POST", "url": "/users/nobody/revokeSignInSessions"}
        statuses, waits = [], []
        for _ in range(170):
            for answer in self.service.batch([part(i) for i in range(20)]).json["responses"]:
                statuses.append(answer["status"])
                if answer["status"] == 429:
                    waits.append(int(answer["headers"]["Retry-After"]))
        self.assertTrue(3000 <= statuses.count(404) <= 3200, statuses.count(404))
        self.assertTrue(waits and min(waits) >= 1)

    def test_latency_does_not_queue(self):
        self.service.practice("settings", {"latencyMs": 300})
        threads = [threading.Thread(target=lambda: self.service.graph("GET", "users?$top=1", connection=self.service.connect())) for _ in range(10)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(0.29 < time.monotonic() - began < 1.5)

    def test_large_bodies(self):
        answer = self.service.graph("PATCH", "users/admin@contoso.com", '{"city":"' + "x" * (4 << 20) + '"}')
        self.error(answer, 413, "RequestEntityTooLarge")
        self.error(self.service.graph("PATCH", "users/admin@contoso.com", '{"a":' * 3000 + "1" + "}" * 3000), 400, "BadRequest")

    def test_page_and_nothing_else_from_disk(self):
        for path, kind, text in (("/", "text/html", b"<!doctype html>"), ("/web/page.js", "text/javascript", b"fetch("), ("/web/style.css", "text/css", b"body {")):
            answer = self.service.send("GET", path)
            self.assertTrue(answer.headers["Content-Type"].startswith(kind))
            self.assertIn("default-src 'self'", answer.headers["Content-Security-Policy"])
            self.assertIn(text, answer.raw)
        for path in ("/web/../schema.sql", "/web/%2e%2e/schema.sql", "/web/..%2fschema.sql", "/etc/passwd"):
            self.assertEqual(self.service.send("GET", path).status, 404, path)

    def test_log_has_no_secrets(self):
        self.service.get("users", top=1)
        with open(self.service.log_path) as file:
            text = file.read()
        self.assertNotIn(self.service.token, text)
        self.assertNotIn(self.service.ready["clientSecret"], text)

    def test_many_clients_write(self):
        before = self.service.sku("SPE_E3")["consumedUnits"]
        users = [user["id"] for user in self.service.list("users", filter=f"accountEnabled eq true and assignedLicenses/any(s:s/skuId eq {E3})", select="id,licenseAssignmentStates,assignedLicenses", top=999)
                 if len(user["assignedLicenses"]) == 1 and [state["assignedByGroup"] for state in user["licenseAssignmentStates"]] == [None]][:200]
        failures = []
        def work(mine):
            connection = self.service.connect()
            for user in mine:
                body = {"addLicenses": [], "removeLicenses": [E3]}
                if self.service.graph("POST", f"users/{user}/assignLicense", body, connection=connection).status != 200:
                    failures.append(user)
            connection.close()
        threads = [threading.Thread(target=work, args=(users[i::10],)) for i in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(self.service.sku("SPE_E3")["consumedUnits"], before - len(users))


def run(*arguments):
    return subprocess.run([os.environ["M365SH_PROGRAM"], "serve", *arguments], capture_output=True, text=True, timeout=30)


class Process(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_wrong_use(self):
        for arguments in (["--port", "x"], ["--port", "70000"], ["--nonsense"], ["--port"], ["--story", "unknown"], ["--users", "3"], ["--faults", "2"], ["--throttling", "much"],
                          ["--tls-cert", "x"], ["--port", "0", "--socket", "x"], ["extra"]):
            result = run(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""), arguments)
            self.assertTrue(result.stderr.startswith("m365sh"), result.stderr)

    def test_help(self):
        result = run("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for option in ("--port", "--socket", "--users", "--latency", "--tls-key", "--request-log", "--permissions"):
            self.assertIn(option, result.stdout)

    def test_cannot_start(self):
        for arguments in (["--store", "/nonexistent/store"], ["--socket", self.path("x" * 200)], ["--request-log", "/nonexistent/log"], ["--tls-cert", "/nonexistent", "--tls-key", "/nonexistent"]):
            result = run(*arguments)
            self.assertEqual(result.returncode, 1, arguments)
        with open(self.path("rubbish"), "w") as file:
            file.write("no database" * 100)
        self.assertEqual(run("--store", self.path("rubbish")).returncode, 1)

    def test_ready_line_and_file(self):
        service = Service("--ready-file", self.path("ready"))
        self.assertEqual(set(service.ready), {"graph", "login", "tenantId", "clientId", "clientSecret"})
        with open(self.path("ready")) as file:
            self.assertEqual(json.load(file), service.ready)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("ready")).st_mode), 0o600)
        self.assertEqual(service.stop(), 0)

    def test_only_loopback(self):
        service = Service()
        port = int(service.ready["graph"].rsplit(":", 1)[1])
        with open("/proc/net/tcp") as file:
            listeners = [line.split()[1] for line in file if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")]
        self.assertEqual([listener.split(":")[0] for listener in listeners], ["0100007F"])
        service.stop()

    def test_private_socket(self):
        path = self.path("practice.sock")
        service = Service(socket_path=path)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual((service.ready["graph"], service.ready["socket"]), ("http://localhost", path))
        self.assertEqual(len(service.list("users", top=300)), 1000)
        self.assertEqual(run("--socket", path).returncode, 1)
        service.stop()
        self.assertFalse(os.path.exists(path))

    def test_socket_left_by_a_dead_one_is_taken_over(self):
        path = self.path("practice.sock")
        service = Service(socket_path=path)
        service.process.kill()
        service.stop()
        self.assertTrue(os.path.exists(path))
        self.assertEqual(Service(socket_path=path).stop(), 0)

    def test_store_outlives_the_process(self):
        store = self.path("store")
        service = Service("--store", store)
        ready = dict(service.ready)
        service.graph("PATCH", "users/admin@contoso.com", {"city": "Kept"})
        service.process.kill()
        service.stop()
        self.assertEqual(stat.S_IMODE(os.stat(store).st_mode), 0o600)
        again = Service("--store", store)
        self.assertEqual({key: again.ready[key] for key in ("tenantId", "clientId", "clientSecret")}, {key: ready[key] for key in ("tenantId", "clientId", "clientSecret")})
        self.assertEqual(again.get("users/admin@contoso.com", select="city").json["city"], "Kept")
        again.stop()

    def test_store_of_another_version_is_seeded_again(self):
        store = self.path("store")
        service = Service("--store", store)
        service.graph("PATCH", "users/admin@contoso.com", {"city": "Old"})
        service.stop()
        with contextlib.closing(sqlite3.connect(store)) as database:
            database.execute("ALTER TABLE users DROP COLUMN about_me")
            database.execute("PRAGMA user_version=999")
        again = Service("--store", store)
        self.assertIsNone(again.get("users/admin@contoso.com", select="city,aboutMe").json["city"])
        again.stop()

    def test_two_processes_share_a_store(self):
        store = self.path("store")
        one = Service("--store", store)
        two = Service("--store", store)
        one.graph("PATCH", "users/admin@contoso.com", {"city": "Seen"})
        self.assertEqual(two.graph("GET", "users/admin@contoso.com?$select=city", token=one.token).json["city"], "Seen")
        link = one.get("users", top=2).json["@odata.nextLink"].split("/v1.0/")[1]
        self.assertEqual(two.graph("GET", "users?" + link.split("?")[1]).status, 200)
        results = []
        def write(service):
            for i in range(100):
                results.append(service.graph("PATCH", "users/admin@contoso.com", {"city": str(i)}).status)
        threads = [threading.Thread(target=write, args=(service,)) for service in (one, two)]
        for thread in threads:
            thread.start()
        one_more = one.connect()
        self.assertIn("milliseconds", one.graph("POST", "/practice/reset", {}, connection=one_more).json)
        for thread in threads:
            thread.join()
        self.assertEqual(set(results), {204})
        one.stop()
        two.stop()

    def test_same_seed_same_tenant(self):
        def picture(*options):
            service = Service("--users", "200", *options)
            users = service.list("users", top=999, select="id,userPrincipalName,assignedLicenses")
            identity = service.ready["tenantId"]
            service.stop()
            return users, identity
        self.assertEqual(picture("--seed", "7"), picture("--seed", "7"))
        self.assertNotEqual(picture("--seed", "7"), picture("--seed", "8"))

    def test_stops_cleanly_while_busy(self):
        service = Service("--latency", "1000")
        connection = service.connect()
        connection.request("GET", "/v1.0/users?$top=1", headers={"Authorization": "Bearer " + service.token})
        time.sleep(0.2)
        service.process.send_signal(signal.SIGTERM)
        self.assertEqual(service.process.wait(10), 0)
        service.stop()

    def certificate(self, names):
        certificate, key = self.path("cert.pem"), self.path("key.pem")
        made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=practice",
                               "-addext", "subjectAltName=" + names], capture_output=True)
        self.assertEqual(made.returncode, 0, made.stderr)
        return certificate, key

    def test_tls(self):
        for names, host in (("DNS:localhost", "localhost"), ("IP:127.0.0.1", "127.0.0.1"), ("DNS:localhost,IP:127.0.0.1", "127.0.0.1")):
            certificate, key = self.certificate(names)
            class Secure(Service):
                def connect(self):
                    host, port = self.ready["graph"].split("//")[1].split(":")
                    return http.client.HTTPSConnection(host, int(port), context=ssl.create_default_context(cafile=certificate), timeout=30)
            service = Secure("--tls-cert", certificate, "--tls-key", key)
            self.assertTrue(service.ready["graph"].startswith(f"https://{host}:"))
            answer = service.get("users", top=1).json
            self.assertTrue(answer["@odata.nextLink"].startswith(service.ready["graph"]))
            service.stop()
        self.assertEqual(run("--tls-cert", key, "--tls-key", certificate).returncode, 1)

    def test_scale(self):
        service = Service("--users", "10000", "--seed", "7")
        users = service.list("users", top=999, select="id,accountEnabled,userType,assignedLicenses")
        self.assertEqual(len(users), 10000)
        leavers = [user for user in users if not user["accountEnabled"] and any(held["skuId"] == E3 for held in user["assignedLicenses"])]
        self.assertTrue(400 < len(leavers) < 900, len(leavers))
        self.assertEqual(int(service.get("users/$count", headers=ADVANCED).raw), 10000)
        service.stop()
