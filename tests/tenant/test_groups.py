from service import ADVANCED, TenantTest


class Groups(TenantTest):
    def group(self, name):
        return self.service.get("groups", filter=f"displayName eq '{name}'").json["value"][0]["id"]

    def new(self, **changes):
        body = {"displayName": "New Group", "mailEnabled": False, "mailNickname": "new-group", "securityEnabled": True}
        body.update(changes)
        return self.service.graph("POST", "groups", {key: value for key, value in body.items() if value is not None})

    def reference(self, key):
        return {"@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/" + key}

    def test_default_properties(self):
        group = self.service.get("groups/" + self.group("Sales")).json
        self.assertIn("securityIdentifier", group)
        self.assertNotIn("assignedLicenses", group)
        self.assertEqual(group["groupTypes"], [])

    def test_life(self):
        made = self.new(description="x")
        self.assertEqual(made.status, 201)
        key = made.json["id"]
        self.assertEqual(self.service.graph("PATCH", f"groups/{key}", {"displayName": "Renamed"}).status, 204)
        self.assertEqual(self.service.get(f"groups/{key}").json["displayName"], "Renamed")
        self.assertEqual(self.service.graph("DELETE", f"groups/{key}").status, 204)
        self.assertEqual(self.service.get(f"groups/{key}").status, 404)
        self.assertEqual(self.service.graph("POST", f"directory/deletedItems/{key}/restore").json["displayName"], "Renamed")

    def test_refusals(self):
        self.error(self.new(displayName=None), 400, "Request_BadRequest", "A value is required for property 'displayName' of resource 'Group'.")
        self.error(self.new(mailEnabled=True), 400, "Request_BadRequest", "mail-enabled")
        news = self.group("Company News")
        self.error(self.service.graph("PATCH", f"groups/{news}", {"description": "x"}), 400, "Request_BadRequest", "Cannot Update a mail-enabled security groups")
        dynamic = self.group("All Employees")
        self.assertEqual(self.service.graph("POST", f"groups/{dynamic}/members/$ref", self.reference(self.service.get("users/admin@contoso.com").json["id"])).status, 400)

    def test_members(self):
        key, user = self.new().json["id"], self.service.get("users/admin@contoso.com").json["id"]
        self.assertEqual(self.service.graph("POST", f"groups/{key}/members/$ref", self.reference(user)).status, 204)
        self.error(self.service.graph("POST", f"groups/{key}/members/$ref", self.reference(user)), 400, "Request_BadRequest", "already exist")
        self.error(self.service.graph("POST", f"groups/{key}/members/$ref", self.reference("nobody")), 404, "Request_ResourceNotFound", "nobody")
        nested = self.group("Sales")
        self.assertEqual(self.service.graph("POST", f"groups/{key}/members/$ref", self.reference(nested)).status, 204)
        members = self.service.list(f"groups/{key}/members")
        self.assertEqual([(member["@odata.type"], member["id"]) for member in members], [("#microsoft.graph.user", user), ("#microsoft.graph.group", nested)])
        self.assertEqual([member["id"] for member in self.service.list(f"groups/{key}/members/microsoft.graph.group")], [nested])
        below = self.service.list(f"groups/{key}/transitiveMembers/microsoft.graph.user", top=999)
        self.assertEqual(len(below), 1 + len(self.service.list(f"groups/{nested}/members", top=999)))
        self.assertIn(key, [group["id"] for group in self.service.list(f"groups/{nested}/memberOf")])
        self.assertEqual(self.service.graph("DELETE", f"groups/{key}/members/{user}/$ref").status, 204)
        self.assertEqual(self.service.graph("DELETE", f"groups/{key}/members/{user}/$ref").status, 404)

    def test_pages_of_mixed_members(self):
        key = self.group("Contoso Departments")
        user = self.service.get("users", top=3).json["value"]
        for one in user:
            self.service.graph("POST", f"groups/{key}/members/$ref", self.reference(one["id"]))
        types = [member["@odata.type"] for member in self.service.list(f"groups/{key}/members", top=2)]
        self.assertEqual(types, ["#microsoft.graph.user"] * 3 + ["#microsoft.graph.group"] * 4)

    def test_filtered_members_need_the_advanced_engine(self):
        key = self.group("Sales")
        self.error(self.service.get(f"groups/{key}/members/microsoft.graph.user", filter="accountEnabled eq false"), 400, "Request_UnsupportedQuery", "reference property query")
        found = self.service.list(f"groups/{key}/members/microsoft.graph.user", advanced=True, filter="accountEnabled eq false", select="accountEnabled")
        self.assertTrue(found and not any(user["accountEnabled"] for user in found))
        count = self.service.get(f"groups/{key}/members/microsoft.graph.user/$count", headers=ADVANCED)
        self.assertEqual(int(count.raw), len(self.service.list(f"groups/{key}/members", top=999)))

    def test_the_trap_without_ref(self):
        key = self.group("Sales")
        user = self.service.list(f"groups/{key}/members/microsoft.graph.user", top=1)[0]["id"]
        self.assertEqual(self.service.graph("DELETE", f"groups/{key}/members/{user}").status, 204)
        self.assertEqual(self.service.get(f"users/{user}").status, 404)

    def test_member_of(self):
        admin = self.service.get("users/admin@contoso.com").json["id"]
        kinds = {entry["@odata.type"] for entry in self.service.list(f"users/{admin}/memberOf")}
        self.assertEqual(kinds, {"#microsoft.graph.group", "#microsoft.graph.directoryRole"})
        roles = self.service.list(f"users/{admin}/memberOf/microsoft.graph.directoryRole")
        self.assertEqual([role["displayName"] for role in roles], ["Global Administrator"])
        role = self.service.get("directoryRoles(roleTemplateId='62e90394-69f5-4237-9190-012177145e10')").json["id"]
        self.assertIn(admin, [member["id"] for member in self.service.list(f"directoryRoles/{role}/members")])
        member = self.service.list(f"groups/{self.group('Sales')}/members", top=1)[0]["id"]
        groups = self.service.graph("POST", f"users/{member}/getMemberGroups", {"securityEnabledOnly": True}).json["value"]
        self.assertTrue({self.group("Sales"), self.group("Contoso Departments")} <= set(groups))
        checked = self.service.graph("POST", f"users/{member}/checkMemberGroups", {"groupIds": [self.group("Sales"), self.group("Guests")]}).json["value"]
        self.assertEqual(checked, [self.group("Sales")])

    def test_owners_and_binds(self):
        admin = self.service.get("users/admin@contoso.com").json["id"]
        made = self.new(**{"owners@odata.bind": ["https://graph.microsoft.com/v1.0/users/" + admin], "members@odata.bind": ["https://graph.microsoft.com/v1.0/users/" + admin]}).json["id"]
        for relation in ("owners", "members"):
            self.assertEqual([user["id"] for user in self.service.list(f"groups/{made}/{relation}")], [admin])
        self.assertEqual(self.service.graph("DELETE", f"groups/{made}/owners/{admin}/$ref").status, 204)

    def test_dynamic_groups_by_type(self):
        found = self.service.list("groups", filter="groupTypes/any(c:c eq 'DynamicMembership')", select="displayName")
        self.assertEqual({group["displayName"] for group in found}, {"All Employees", "Guests"})

    def test_directory(self):
        organization = self.service.get("organization").json["value"][0]
        self.assertEqual(organization["id"], self.service.ready["tenantId"])
        self.assertEqual({domain["id"] for domain in self.service.get("domains").json["value"]}, {"contoso.com", "contoso.onmicrosoft.com"})
        admin, sales = self.service.get("users/admin@contoso.com").json["id"], self.group("Sales")
        found = self.service.graph("POST", "directoryObjects/getByIds", {"ids": [admin, sales, "nobody"]}).json["value"]
        self.assertEqual([item["id"] for item in found], [admin, sales])

    def test_audit(self):
        self.service.graph("PATCH", "users/admin@contoso.com", {"city": "x"})
        last = self.service.get("auditLogs/directoryAudits", top=1).json["value"][0]
        self.assertEqual((last["activityDisplayName"], last["initiatedBy"]["app"]["appId"]), ("Update user", self.service.ready["clientId"]))


class Delta(TenantTest):
    def walk(self, path):
        items = []
        while True:
            answer = self.service.graph("GET", path)
            self.assertEqual(answer.status, 200, answer.raw)
            items += answer.json["value"]
            if "@odata.deltaLink" in answer.json:
                return items, answer.json["@odata.deltaLink"]
            path = answer.json["@odata.nextLink"]

    def test_first_reading_and_changes(self):
        items, link = self.walk("users/delta?$select=displayName,city")
        self.assertEqual(len({item["id"] for item in items}), 1000)
        self.assertEqual(set(items[0]), {"id", "displayName", "city"})
        self.assertEqual(self.walk(link)[0], [])
        first, second = items[0]["id"], items[50]["id"]
        self.service.graph("PATCH", f"users/{first}", {"city": "Rome"})
        self.service.graph("PATCH", f"users/{items[1]['id']}", {"state": "not selected"})
        self.service.graph("DELETE", f"users/{second}")
        changed, link = self.walk(link)
        self.assertEqual({item["id"]: item.get("city") for item in changed}, {first: "Rome", second: None})
        self.assertEqual(next(item for item in changed if item["id"] == second)["@removed"], {"reason": "changed"})
        self.service.graph("DELETE", f"directory/deletedItems/{second}")
        self.assertEqual(self.walk(link)[0][0]["@removed"], {"reason": "deleted"})

    def test_from_now_on(self):
        items, link = self.walk("users/delta?$deltatoken=latest")
        self.assertEqual(items, [])
        self.service.graph("PATCH", "users/admin@contoso.com", {"displayName": "Renamed"})
        self.assertEqual([item["displayName"] for item in self.walk(link)[0]], ["Renamed"])

    def test_members(self):
        items, link = self.walk("groups/delta?$select=displayName,members")
        group = next(item for item in items if item["displayName"] == "Legal")
        self.assertTrue(group["members@delta"])
        admin = self.service.get("users/admin@contoso.com").json["id"]
        self.service.graph("POST", f"groups/{group['id']}/members/$ref", {"@odata.id": "https://graph.microsoft.com/v1.0/users/" + admin})
        changed, _ = self.walk(link)
        self.assertEqual([(member["id"], "@removed" in member) for member in changed[0]["members@delta"]], [(admin, False)])

    def test_edited_token(self):
        link = self.walk("users/delta?$deltatoken=latest")[1]
        self.error(self.service.graph("GET", link + "x"), 400, "syncStateNotFound")
