from service import E3, TenantTest


def post(number, user, **changes):
    part = {"id": str(number), "method": "POST", "url": f"/users/{user}/assignLicense", "headers": {"Content-Type": "application/json"},
            "body": {"addLicenses": [], "removeLicenses": [E3]}}
    part.update(changes)
    return part


class Batch(TenantTest):
    def holders(self, count):
        users = self.service.list("users", filter=f"accountEnabled eq false and assignedLicenses/any(s:s/skuId eq {E3})", select="id,licenseAssignmentStates", top=999)
        return [user["id"] for user in users if any(state["assignedByGroup"] is None and state["skuId"] == E3 for state in user["licenseAssignmentStates"])][:count]

    def test_each_part_has_its_own_answer(self):
        users = self.holders(19)
        answer = self.service.batch([post(i, user) for i, user in enumerate(users)] + [{"id": "x", "method": "GET", "url": "users/nobody@contoso.com"}])
        self.assertEqual(answer.status, 200)
        by_id = {part["id"]: part for part in answer.json["responses"]}
        self.assertEqual([by_id[str(i)]["status"] for i in range(19)], [200] * 19)
        self.assertEqual((by_id["x"]["status"], by_id["x"]["body"]["error"]["code"]), (404, "Request_ResourceNotFound"))
        self.assertIn("application/json", by_id["0"]["headers"]["Content-Type"])

    def test_no_content_has_no_body(self):
        answer = self.service.batch([{"id": "1", "method": "PATCH", "url": "/users/admin@contoso.com", "body": {"city": "x"}, "headers": {"content-type": "application/json"}}])
        part = answer.json["responses"][0]
        self.assertEqual((part["status"], "body" in part), (204, False))

    def test_refused_batches(self):
        get = {"method": "GET", "url": "/users"}
        self.error(self.service.batch([{"id": str(i), **get} for i in range(21)]), 400, "MaximumValueExceeded", "maximum value of 20")
        for parts in ([], [{"id": "a", **get}, {"id": "A", **get}], [get], [{"id": "1", "method": "GET"}], [{"id": "1", "method": "GET", "url": "https://graph.microsoft.com/v1.0/users"}],
                      [{"id": "1", **get, "dependsOn": ["9"]}], [{"id": "1", **get, "dependsOn": ["2"]}, {"id": "2", **get, "dependsOn": ["1"]}]):
            self.error(self.service.batch(parts), 400, "BadRequest")
        self.error(self.service.graph("POST", "$batch", "[1,2"), 400, "BadRequest")
        self.error(self.service.graph("POST", "$batch", "[" * 100000), 400, "BadRequest")

    def test_body_without_content_type(self):
        part = self.service.batch([post(1, "admin@contoso.com", headers={})]).json["responses"][0]
        self.assertEqual((part["status"], part["body"]["error"]["code"]), (400, "BadRequest"))

    def test_nested_batch(self):
        part = self.service.batch([{"id": "1", "method": "POST", "url": "/$batch", "headers": {"Content-Type": "application/json"}, "body": {"requests": []}}]).json["responses"][0]
        self.assertEqual(part["status"], 400)

    def test_depends_on(self):
        one, two = self.holders(2)
        parts = [post("c", two, dependsOn=["b"]), post("b", "nobody@contoso.com", dependsOn=["a"]), post("a", one)]
        by_id = {part["id"]: part["status"] for part in self.service.batch(parts).json["responses"]}
        self.assertEqual(by_id, {"a": 200, "b": 404, "c": 424})

    def test_advanced_query_inside(self):
        part = {"id": "1", "method": "GET", "url": "/users?$count=true&$top=1&$filter=assignedLicenses/$count eq 0", "headers": {"ConsistencyLevel": "eventual"}}
        answer = self.service.batch([part, {"id": "2", "method": "GET", "url": "/users?$top=1"}]).json["responses"]
        self.assertGreater(answer[0]["body"]["@odata.count"], 0)
        self.assertTrue(answer[1]["body"]["@odata.nextLink"].startswith(self.service.ready["graph"] + "/v1.0/users?$top=1&$skiptoken="))

    def test_count_comes_as_base64(self):
        import base64
        part = self.service.batch([{"id": "1", "method": "GET", "url": "/users/$count", "headers": {"ConsistencyLevel": "eventual"}}]).json["responses"][0]
        self.assertEqual(base64.b64decode(part["body"]), b"1000")

    def test_asked_for_failures_of_parts(self):
        users = self.holders(5)
        self.service.practice("faults", {"next": [{"match": users[2], "status": 429, "retryAfter": 7}]})
        by_id = {part["id"]: part for part in self.service.batch([post(i, user) for i, user in enumerate(users)]).json["responses"]}
        self.assertEqual([by_id[str(i)]["status"] for i in range(5)], [200, 200, 429, 200, 200])
        self.assertEqual(by_id["2"]["headers"]["Retry-After"], "7")
        self.assertEqual(self.service.batch([post(2, users[2])]).json["responses"][0]["status"], 200)

    def test_log_of_parts(self):
        before = len(self.service.log())
        self.service.graph("POST", "$batch", {"requests": [post(1, "nobody@contoso.com"), {"id": "two", "method": "GET", "url": "/users?$top=1"}]}, {"client-request-id": "outer"})
        lines = self.service.log()[before:]
        self.assertEqual([(line["method"], line["path"], line["status"]) for line in lines],
                         [("POST", "/v1.0/users/nobody@contoso.com/assignLicense", 404), ("GET", "/v1.0/users", 200), ("POST", "/v1.0/$batch", 200)])
        self.assertEqual({line["batch"] for line in lines[:2]}, {lines[2]["request-id"]})
        self.assertEqual([line.get("part") for line in lines], ["1", "two", None])
        self.assertEqual({line["client-request-id"] for line in lines}, {"outer"})
