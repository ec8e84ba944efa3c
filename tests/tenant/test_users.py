from service import ADVANCED, TenantTest

DEFAULTS = {"businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName"}


class Users(TenantTest):
    def new(self, name="new.person", **changes):
        body = dict(accountEnabled=True, displayName="New Person", mailNickname=name, userPrincipalName=name + "@contoso.com", passwordProfile={"password": "Sunny-Day-42"})
        body.update(changes)
        return self.service.graph("POST", "users", {key: value for key, value in body.items() if value is not None})

    def test_default_properties(self):
        answer = self.service.get("users/admin@contoso.com")
        self.assertEqual(set(answer.json) - {"@odata.context"}, DEFAULTS)
        self.assertTrue(answer.json["@odata.context"].endswith("$metadata#users/$entity"))
        self.assertEqual(set(self.service.get("users", top=1).json["value"][0]), DEFAULTS)

    def test_key_in_brackets_by_id_and_without_case(self):
        user = self.service.get("users/ADMIN@contoso.com").json
        for key in (f"users/{user['id']}", f"users/{user['id'].upper()}", "users('admin@contoso.com')", "users/admin%40contoso.com"):
            self.assertEqual(self.service.get(key).json["id"], user["id"])

    def test_guest_name_with_hash(self):
        guest = self.one("userType eq 'Guest'")
        self.assertIn("#EXT#", guest["userPrincipalName"])
        self.assertEqual(self.service.get("users/" + guest["userPrincipalName"].replace("#", "%23")).json["id"], guest["id"])

    def test_unknown_user(self):
        self.error(self.service.get("users/nobody@contoso.com"), 404, "Request_ResourceNotFound", "Resource 'nobody@contoso.com' does not exist")

    def test_select(self):
        user = self.service.get("users/admin@contoso.com", select="id,accountEnabled,usageLocation").json
        self.assertEqual(set(user), {"@odata.context", "id", "accountEnabled", "usageLocation"})
        self.error(self.service.get("users", select="id,nonsense"), 400, "BadRequest", "Could not find a property named 'nonsense'")
        self.error(self.service.get("users", select="id,skills"), 501, "NotImplemented")

    def test_create_read_update_delete_restore(self):
        made = self.new(department="Sales", usageLocation="DE", businessPhones=["+49 1"])
        self.assertEqual(made.status, 201)
        key = made.json["id"]
        self.assertEqual(self.service.graph("PATCH", f"users/{key}", {"department": None, "city": "Köln", "accountEnabled": False}).status, 204)
        user = self.service.get(f"users/{key}", select="department,city,accountEnabled,businessPhones").json
        self.assertEqual((user["department"], user["city"], user["accountEnabled"], user["businessPhones"]), (None, "Köln", False, ["+49 1"]))
        self.assertEqual(self.service.graph("DELETE", f"users/{key}").status, 204)
        self.assertEqual(self.service.get(f"users/{key}").status, 404)
        gone = self.service.get("directory/deletedItems/" + key).json
        self.assertEqual(gone["userPrincipalName"], key.replace("-", "") + "new.person@contoso.com")
        self.assertIn(key, [user["id"] for user in self.service.list("directory/deletedItems/microsoft.graph.user", top=999)])
        self.assertEqual(self.service.graph("POST", f"directory/deletedItems/{key}/restore").json["userPrincipalName"], "new.person@contoso.com")
        self.assertEqual(self.service.get("users/new.person@contoso.com").status, 200)
        self.service.graph("DELETE", f"users/{key}")
        self.assertEqual(self.service.graph("DELETE", f"directory/deletedItems/{key}").status, 204)
        self.assertEqual(self.service.get("directory/deletedItems/" + key).status, 404)

    def test_create_refusals(self):
        self.error(self.new(mailNickname=None), 400, "Request_BadRequest", "A value is required for property 'mailNickname'")
        self.error(self.new(passwordProfile={"password": "simple"}), 400, "Request_BadRequest", "complexity")
        self.error(self.new(userPrincipalName="x@elsewhere.example"), 400, "Request_BadRequest", "domain portion")
        self.error(self.new(usageLocation="Germany"), 400, "Request_BadRequest", "usageLocation")
        self.error(self.new(nonsense=1), 400, "Request_BadRequest", "nonsense")
        self.error(self.new(displayName="x" * 257), 400, "Request_BadRequest", "displayName")
        self.assertEqual(self.new().status, 201)
        taken = self.new()
        self.error(taken, 400, "Request_BadRequest", "userPrincipalName already exists")
        self.assertEqual(taken.json["error"]["details"][0]["code"], "ObjectConflict")

    def test_update_refusals(self):
        self.error(self.service.graph("PATCH", "users/admin@contoso.com", {"id": "x"}), 400, "Request_BadRequest", "read-only")
        self.error(self.service.graph("PATCH", "users/admin@contoso.com", {"accountEnabled": "no"}), 400, "Request_BadRequest", "Edm.Boolean")
        synced = self.one("onPremisesSyncEnabled eq true")
        self.error(self.service.graph("PATCH", f"users/{synced['id']}", {"city": "x"}), 400, "Request_BadRequest", "on-premises mastered")
        self.assertEqual(self.service.graph("PATCH", f"users/{synced['id']}", {"usageLocation": "FR"}).status, 204)
        self.assertEqual(self.service.graph("PATCH", "users/admin@contoso.com", "{not json", ).status, 400)

    def test_failed_update_changes_nothing(self):
        self.service.graph("PATCH", "users/admin@contoso.com", {"city": "Changed", "usageLocation": "nowhere"})
        self.assertIsNone(self.service.get("users/admin@contoso.com", select="city").json["city"])

    def test_extension_attributes(self):
        key = "users/admin@contoso.com"
        self.service.graph("PATCH", key, {"onPremisesExtensionAttributes": {"extensionAttribute1": "a", "extensionAttribute15": "z"}})
        self.service.graph("PATCH", key, {"onPremisesExtensionAttributes": {"extensionAttribute1": None}})
        held = self.service.get(key, select="onPremisesExtensionAttributes").json["onPremisesExtensionAttributes"]
        self.assertEqual((held["extensionAttribute1"], held["extensionAttribute15"], len(held)), (None, "z", 15))
        found = self.service.list("users", advanced=True, filter="onPremisesExtensionAttributes/extensionAttribute15 eq 'z'")
        self.assertEqual(len(found), 1)

    def test_manager(self):
        boss = self.service.get("users/admin@contoso.com").json
        made = self.new().json["id"]
        self.error(self.service.get(f"users/{made}/manager"), 404, "Request_ResourceNotFound", "Resource 'manager'")
        reference = {"@odata.id": "https://graph.microsoft.com/v1.0/users/" + boss["id"]}
        self.assertEqual(self.service.graph("PUT", f"users/{made}/manager/$ref", reference).status, 204)
        self.assertEqual(self.service.get(f"users/{made}/manager").json["id"], boss["id"])
        self.assertEqual([user["id"] for user in self.service.list(f"users/{boss['id']}/directReports")], [made])
        self.assertEqual(self.service.get(f"users/{made}", expand="manager($select=id)").json["manager"]["id"], boss["id"])
        self.assertEqual(self.service.graph("DELETE", f"users/{made}/manager/$ref").status, 204)
        self.assertEqual(self.service.get(f"users/{made}/manager").status, 404)

    def test_invitation(self):
        answer = self.service.graph("POST", "invitations", {"invitedUserEmailAddress": "x@fabrikam.com", "inviteRedirectUrl": "http://localhost"})
        self.assertEqual(answer.status, 201)
        guest = self.service.get("users/" + answer.json["invitedUser"]["id"], select="userType,userPrincipalName,usageLocation").json
        self.assertEqual((guest["userType"], guest["userPrincipalName"], guest["usageLocation"]), ("Guest", "x_fabrikam.com#EXT#@contoso.onmicrosoft.com", None))

    def test_unknown_paths_and_methods(self):
        self.error(self.service.get("nonsense"), 400, "BadRequest", "segment 'nonsense'")
        self.error(self.service.get("users/admin@contoso.com/nonsense"), 400, "BadRequest", "segment 'nonsense'")
        self.error(self.service.graph("PUT", "users", {}), 405, "Request_BadRequest", "method is not allowed")

    def test_request_ids_are_echoed(self):
        answer = self.service.get("users/nobody@contoso.com", headers={"client-request-id": "11111111-2222-3333-4444-555555555555"})
        self.assertEqual(answer.headers["client-request-id"], "11111111-2222-3333-4444-555555555555")
        self.assertEqual(answer.json["error"]["innerError"]["client-request-id"], "11111111-2222-3333-4444-555555555555")
        self.assertEqual(answer.json["error"]["innerError"]["request-id"], answer.headers["request-id"])

    def test_beta_is_there(self):
        self.assertEqual(self.service.graph("GET", "/beta/users?$top=1").status, 200)

    def test_leave_date_of_a_leaver(self):
        found = self.service.list("users", advanced=True, filter="employeeLeaveDateTime le 2100-01-01T00:00:00Z", select="id,employeeLeaveDateTime,accountEnabled")
        self.assertTrue(any(not user["accountEnabled"] for user in found))


class Query(TenantTest):
    def setUp(self):
        pass

    def all(self):
        if not hasattr(Query, "kept"):
            Query.kept = self.service.list("users", top=999, select="*")
        return Query.kept

    def same(self, filter, test, advanced=True):
        found = {user["id"] for user in self.service.list("users", advanced=advanced, filter=filter, select="id", top=999)}
        self.assertEqual(found, {user["id"] for user in self.all() if test(user)}, filter)
        self.assertTrue(found, filter)

    def test_filters_mean_what_they_say(self):
        lower = lambda value: (value or "").lower()
        for filter, test in [
            ("accountEnabled eq false", lambda u: not u["accountEnabled"]),
            ("userType eq 'Guest'", lambda u: u["userType"] == "Guest"),
            ("department eq 'sales'", lambda u: lower(u["department"]) == "sales"),
            ("department ne 'Sales'", lambda u: lower(u["department"]) != "sales"),
            ("not(department eq 'Sales')", lambda u: lower(u["department"]) != "sales"),
            ("department in ('Sales','Legal')", lambda u: u["department"] in ("Sales", "Legal")),
            ("usageLocation eq null", lambda u: u["usageLocation"] is None),
            ("usageLocation ne null", lambda u: u["usageLocation"] is not None),
            ("startsWith(displayName,'an')", lambda u: lower(u["displayName"]).startswith("an")),
            ("endsWith(userPrincipalName,'#EXT#@contoso.onmicrosoft.com')", lambda u: "#EXT#" in u["userPrincipalName"]),
            ("accountEnabled eq true and (department eq 'Legal' or city eq 'Paris')", lambda u: u["accountEnabled"] and (u["department"] == "Legal" or u["city"] == "Paris")),
            ("assignedLicenses/any(s:s/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)", lambda u: any(x["skuId"].startswith("05e9a617") for x in u["assignedLicenses"])),
            ("not(assignedLicenses/any(s:s/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965))", lambda u: not any(x["skuId"].startswith("05e9a617") for x in u["assignedLicenses"])),
            ("assignedLicenses/$count eq 0", lambda u: not u["assignedLicenses"]),
            ("assignedLicenses/$count ne 0", lambda u: bool(u["assignedLicenses"])),
            ("assignedPlans/any(p:p/servicePlanId eq 57ff2da0-773e-42df-b2af-ffb7a2317929 and p/capabilityStatus eq 'Enabled')",
             lambda u: any(p["servicePlanId"].startswith("57ff2da0") and p["capabilityStatus"] == "Enabled" for p in u["assignedPlans"])),
            ("proxyAddresses/any(p:startsWith(p,'smtp:ma'))", lambda u: any(p.lower().startswith("smtp:ma") for p in u["proxyAddresses"])),
            ("proxyAddresses/any(p:endsWith(p,'@contoso.onmicrosoft.com'))", lambda u: any(p.endswith("@contoso.onmicrosoft.com") for p in u["proxyAddresses"])),
            ("otherMails/any(m:endsWith(m,'fabrikam.com'))", lambda u: any(m.endswith("fabrikam.com") for m in u["otherMails"])),
            ("createdDateTime ge 2024-06-01T00:00:00Z", lambda u: u["createdDateTime"] >= "2024-06-01"),
            ("displayName ge 'W' and displayName le 'X'", lambda u: "w" <= lower(u["displayName"]) <= "x"),
            ("onPremisesSyncEnabled eq true", lambda u: u["onPremisesSyncEnabled"] is True),
        ]:
            with self.subTest(filter):
                self.same(filter, test)

    def test_default_engine_is_enough(self):
        self.same("accountEnabled eq false and userType eq 'Member'", lambda u: not u["accountEnabled"] and u["userType"] == "Member", advanced=False)

    def test_advanced_engine_is_demanded(self):
        for filter in ("department ne 'Sales'", "not(userType eq 'Guest')", "endsWith(mail,'.com')", "assignedLicenses/$count eq 0", "usageLocation eq null"):
            self.error(self.service.get("users", filter=filter), 400, "Request_UnsupportedQuery", "ConsistencyLevel:eventual")
        self.error(self.service.get("users", filter="department ne 'Sales'", headers=ADVANCED), 400, "Request_UnsupportedQuery")

    def test_refused_filters(self):
        for filter, code, text in [
            ("nonsense eq 1", "BadRequest", "Could not find a property named 'nonsense'"), ("department eq 'x", "BadRequest", "Invalid filter clause"),
            ("department eq", "BadRequest", "Invalid filter clause"), ("department 'x'", "BadRequest", "Invalid filter clause"), ("()", "BadRequest", "Invalid filter"),
            ("department eq 'x' and", "BadRequest", "Invalid filter"), ("department eq 'x')", "BadRequest", "left over"),
            ("contains(displayName,'a')", "Request_UnsupportedQuery", "displayName"), ("licenseAssignmentStates/any(s:s/state eq 'Error')", "Request_UnsupportedQuery", "licenseAssignmentStates"),
            ("id eq 05e9a617-0261-4cee-bb44-138d3ef5d965", "BadRequest", "incompatible types"), ("assignedLicenses/any(s:s/skuId eq 'x')", "BadRequest", "incompatible types"),
            ("assignedLicenses/all(s:s/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)", "Request_UnsupportedQuery", ""), ("aboutMe eq 'x'", "Request_UnsupportedQuery", "aboutMe"),
            (" or ".join(["department eq 'x'"] * 16), "Request_UnsupportedQuery", "Max allowed: 15"), ("(" * 5000 + "a eq 1" + ")" * 5000, "BadRequest", "deep"),
            (" and ".join(["department eq 'x'"] * 1500), "BadRequest", "too many"),
        ]:
            with self.subTest(filter[:60]):
                self.error(self.service.get("users", filter=filter), 400, code, text)

    def test_quotes_in_values(self):
        self.same("surname eq 'O''Brien'", lambda u: u["surname"] == "O'Brien")

    def test_pages_hold_everything_once(self):
        for options in ({}, {"orderby": "displayName"}, {"orderby": "displayName desc"}, {"orderby": "userPrincipalName"}):
            items = self.service.list("users", top=97, select="id,displayName,userPrincipalName", **options)
            self.assertEqual(len({user["id"] for user in items}), 1000)
        names = [user["displayName"].lower() for user in self.service.list("users", top=97, select="displayName", orderby="displayName")]
        self.assertEqual(names, sorted(names, key=lambda name: name.encode()))

    def test_page_size_limits(self):
        self.assertEqual(len(self.service.get("users").json["value"]), 100)
        self.assertEqual(len(self.service.get("users", top=999).json["value"]), 999)
        for top in (0, 1000, -1):
            self.error(self.service.get("users", top=top), 400, "Request_UnsupportedQuery", "Must be between 1 and 999")
        self.error(self.service.get("users", skip=5), 400, "Request_BadRequest", "$skip")

    def test_edited_page_tokens_are_refused(self):
        link = self.service.get("users", top=5).json["@odata.nextLink"]
        self.assertEqual(self.service.graph("GET", link).status, 200)
        self.error(self.service.graph("GET", link[:-1] + ("A" if link[-1] != "A" else "B")), 400, "Directory_ExpiredPageToken")
        self.error(self.service.graph("GET", link.replace("/users?", "/groups?")), 400, "Directory_ExpiredPageToken")

    def test_count(self):
        answer = self.service.get("users/$count", headers=ADVANCED)
        self.assertEqual((answer.status, answer.raw), (200, b"1000"))
        self.error(self.service.get("users/$count"), 400, "Request_BadRequest", "$count is not currently supported")
        self.assertNotIn("@odata.count", self.service.get("users", count="true", top=1).json)
        first = self.service.get("users", count="true", top=1, headers=ADVANCED).json
        self.assertEqual(first["@odata.count"], 1000)
        self.assertNotIn("@odata.count", self.service.graph("GET", first["@odata.nextLink"], headers=ADVANCED).json)

    def test_sorting_rules(self):
        self.error(self.service.get("users", orderby="displayName", filter="accountEnabled eq false"), 400, "Request_UnsupportedQuery", "Sorting not supported")
        self.error(self.service.get("users", orderby="createdDateTime"), 400, "Request_UnsupportedQuery", "Sorting not supported")
        dates = [user["createdDateTime"] for user in self.service.list("users", advanced=True, orderby="createdDateTime desc", select="createdDateTime", top=300)]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_search(self):
        self.error(self.service.get("users", search='"displayName:an"'), 400, "Request_UnsupportedQuery", "$search")
        found = self.service.list("users", advanced=True, search='"displayName:smith" OR "mail:admin"')
        names = {user["displayName"] for user in found}
        self.assertIn("Practice Administrator", names)
        self.assertTrue(all("smith" in name.lower() or name == "Practice Administrator" for name in names))
        self.error(self.service.get("users", search='"displayName:smith', headers=ADVANCED), 400, "BadRequest")

    def test_expand(self):
        items = self.service.list("users", expand="manager($select=id,displayName)", select="id", top=200)
        self.assertTrue(any(set(user.get("manager", {})) == {"@odata.type", "id", "displayName"} for user in items))
        self.error(self.service.get("users", expand="nonsense"), 400, "BadRequest")
        self.error(self.service.get("users", expand="mail"), 400, "ExpandNotSupported")

    def test_sign_in_activity(self):
        users = self.service.list("users", select="id,signInActivity", top=500)
        seen = {user["id"]: user["signInActivity"]["lastSignInDateTime"] for user in users if user["signInActivity"]}
        self.assertTrue(0 < len(seen) < len(users))
        middle = sorted(seen.values())[len(seen) // 2]
        found = self.service.list("users", filter=f"signInActivity/lastSignInDateTime le {middle}", select="id", top=500)
        self.assertEqual({user["id"] for user in found}, {key for key, value in seen.items() if value <= middle})

    def test_resource_units(self):
        self.assertEqual(self.service.get("users").headers["x-ms-resource-unit"], "2")
        self.assertEqual(self.service.get("users", select="id", top=10).headers["x-ms-resource-unit"], "1")
