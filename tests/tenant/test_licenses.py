import threading
import time
from service import ADVANCED, E1, E3, E5, VISIO, TenantTest

CONFERENCING = "0c266dff-15dd-4b49-8397-2bb16070ed52"
PHONE = "e43b5b99-8dfb-405f-9987-dc307f34bcbd"
TEAMS_PLAN = "57ff2da0-773e-42df-b2af-ffb7a2317929"
SWAY_PLAN = "a23b959c-7ce8-4e57-9140-b90eb88a9e97"


class Licenses(TenantTest):
    def holder(self, of=E3, inherited=False, both=False):
        for user in self.service.list("users", filter=f"assignedLicenses/any(s:s/skuId eq {of})", select="id,licenseAssignmentStates,assignedLicenses", top=999):
            paths = {state["assignedByGroup"] is not None for state in user["licenseAssignmentStates"] if state["skuId"] == of}
            others = [held for held in user["assignedLicenses"] if held["skuId"] != of]
            if (both and len(paths) == 2) or (not both and paths == {inherited} and not others):
                return user["id"]
        raise AssertionError("nobody holds it")

    def without(self, located=True):
        where = "usageLocation ne null" if located else "usageLocation eq null"
        return self.one(f"assignedLicenses/$count eq 0 and accountEnabled eq true and {where}", select="id")["id"]

    def held(self, user):
        return {held["skuId"]: held["disabledPlans"] for held in self.service.get(f"users/{user}", select="assignedLicenses").json["assignedLicenses"]}

    def used(self, part_number="SPE_E3"):
        return self.service.sku(part_number)["consumedUnits"]

    def test_remove_and_add(self):
        user, before = self.holder(), self.used()
        answer = self.service.assign(user, remove=[E3])
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json["id"], user)
        self.assertNotIn("assignedLicenses", answer.json)
        self.assertEqual((self.held(user), self.used()), ({}, before - 1))
        self.assertEqual(self.service.assign(user, add=[E3]).status, 200)
        self.assertEqual((self.held(user), self.used()), ({E3: []}, before))
        state = self.states(user)[E3, False]
        self.assertEqual((state["state"], state["error"], state["assignedByGroup"], state["disabledPlans"]), ("Active", "None", None, []))

    def test_removal_is_not_idempotent(self):
        user = self.holder()
        self.service.assign(user, remove=[E3])
        self.error(self.service.assign(user, remove=[E3]), 400, "Request_BadRequest", "User does not have a corresponding license.")

    def test_inherited_cannot_be_removed(self):
        self.error(self.service.assign(self.holder(inherited=True), remove=[E3]), 400, "Request_BadRequest", "inherited from a group membership")

    def test_both_ways(self):
        user, before = self.holder(both=True), self.used()
        self.assertEqual(self.service.assign(user, remove=[E3]).status, 200)
        self.assertIn(E3, self.held(user))
        self.assertEqual(self.used(), before)

    def test_usage_location(self):
        user = self.without(located=False)
        self.error(self.service.assign(user, add=[E3]), 400, "Request_BadRequest", "License assignment cannot be done for user with invalid usage location.")
        self.service.graph("PATCH", f"users/{user}", {"usageLocation": "US"})
        self.assertEqual(self.service.assign(user, add=[E3]).status, 200)

    def test_no_seat_left(self):
        user = self.holder()
        self.error(self.service.assign(user, add=[VISIO]), 400, "Request_BadRequest", f"Subscription with SKU {VISIO} does not have any available licenses.")
        self.error(self.service.assign(user, add=["b05e124f-c7cc-45a0-a6aa-8cf78c946968"]), 400, "Request_BadRequest", "available licenses")

    def test_grace_still_gives_seats(self):
        sku = self.service.sku("PROJECTPROFESSIONAL")
        self.assertEqual((sku["capabilityStatus"], sku["prepaidUnits"]["enabled"]), ("Warning", 0))
        self.assertEqual(self.service.assign(self.holder(), add=[sku["skuId"]]).status, 200)

    def test_seats_under_a_race(self):
        sku = self.service.sku("Microsoft_365_Copilot")
        free = sku["prepaidUnits"]["enabled"] - sku["consumedUnits"]
        users = [user["id"] for user in self.service.list("users", advanced=True, top=999, select="id,assignedLicenses",
                 filter=f"usageLocation ne null and not(assignedLicenses/any(s:s/skuId eq {sku['skuId']}))")][:40]
        statuses = []
        def work(mine):
            connection = self.service.connect()
            for user in mine:
                statuses.append(self.service.graph("POST", f"users/{user}/assignLicense", {"addLicenses": [{"skuId": sku["skuId"]}], "removeLicenses": []}, connection=connection).status)
            connection.close()
        threads = [threading.Thread(target=work, args=(users[i::8],)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((statuses.count(200), len(statuses)), (free, 40))
        self.assertEqual(self.used("Microsoft_365_Copilot"), sku["prepaidUnits"]["enabled"])

    def test_unknown_and_company_products(self):
        user = self.holder()
        unknown = "00000000-0000-0000-0000-000000000001"
        self.error(self.service.assign(user, add=[unknown]), 400, "Request_BadRequest", f"License {unknown} does not correspond to a valid company License.")
        company = self.service.sku("OFFICE365_MULTIGEO")["skuId"]
        self.error(self.service.assign(user, add=[company]), 400, "Request_BadRequest", f"License {company} cannot be assigned to a user.")
        self.error(self.service.assign(user, add=["rubbish"]), 400, "Request_BadRequest", "Edm.Guid")

    def test_both_arrays(self):
        user = self.holder()
        self.error(self.service.graph("POST", f"users/{user}/assignLicense", {"addLicenses": []}), 400, "Request_BadRequest", "The missing parameters are: removeLicenses.")
        self.error(self.service.graph("POST", f"users/{user}/assignLicense", {}), 400, "Request_BadRequest", "addLicenses, removeLicenses.")
        self.error(self.service.assign(user), 400, "Request_BadRequest", "No license changes provided.")

    def test_atomic(self):
        user = self.holder()
        self.error(self.service.assign(user, add=[E5], remove=[E3, VISIO]), 400, "Request_BadRequest", "corresponding license")
        self.assertEqual(self.held(user), {E3: []})

    def test_swap_in_one_call(self):
        user = self.holder()
        self.assertEqual(self.service.assign(user, add=[E5], remove=[E3]).status, 200)
        self.assertEqual(self.held(user), {E5: []})

    def test_exclusive_plans(self):
        user = self.holder()
        answer = self.service.assign(user, add=[E1])
        self.error(answer, 400, "Request_BadRequest", "are mutually exclusive.")
        sharepoint = "c7699d2e-19aa-44de-8edf-1736da088ca1"
        self.assertIn(sharepoint, answer.message)
        self.assertEqual(self.service.assign(user, add=[{"skuId": E1, "disabledPlans": [sharepoint]}]).status, 200)

    def test_dependent_plans(self):
        user = self.without()
        sku = self.service.sku("MCOMEETADV")["skuId"]
        self.error(self.service.assign(user, add=[sku]), 400, "Request_BadRequest", "depends on the service plan(s) 0feaeb32-d00e-4d66-bd5a-43b5b83db82c")
        self.assertEqual(self.service.assign(user, add=[E3, sku]).status, 200)
        self.error(self.service.assign(user, remove=[E3]), 400, "Request_BadRequest", "depends on the service plan(s)")
        self.assertEqual(self.service.assign(user, remove=[E3, sku]).status, 200)

    def test_disabled_plans(self):
        user = self.holder()
        self.assertEqual(self.service.assign(user, add=[{"skuId": E3, "disabledPlans": [SWAY_PLAN]}]).status, 200)
        self.assertEqual(self.held(user), {E3: [SWAY_PLAN]})
        plans = {plan["servicePlanId"]: plan["provisioningStatus"] for plan in self.service.get(f"users/{user}/licenseDetails").json["value"][0]["servicePlans"]}
        self.assertEqual((plans[SWAY_PLAN], plans[TEAMS_PLAN]), ("Disabled", "Success"))
        self.assertEqual(self.service.assign(user, add=[E3]).status, 200)
        self.assertEqual(self.held(user), {E3: []})
        self.error(self.service.assign(user, add=[{"skuId": E3, "disabledPlans": ["00000000-0000-0000-0000-000000000001"]}]), 400, "Request_BadRequest", "service plan")

    def test_a_plan_is_on_when_one_path_turns_it_on(self):
        user = self.holder(both=True)
        self.assertEqual(self.service.assign(user, add=[{"skuId": E3, "disabledPlans": [SWAY_PLAN]}]).status, 200)
        self.assertEqual(self.held(user)[E3], [])

    def test_deleted_user_frees_the_seat(self):
        user, before = self.holder(), self.used()
        self.service.graph("DELETE", f"users/{user}")
        self.assertEqual(self.used(), before - 1)
        self.service.graph("POST", f"directory/deletedItems/{user}/restore")
        self.assertEqual((self.used(), self.held(user)), (before, {E3: []}))

    def test_restore_without_seats(self):
        user = next(user["id"] for user in self.service.list("users", filter="accountEnabled eq true", select="id,assignedLicenses", top=999)
                    if any(held["skuId"] == VISIO for held in user["assignedLicenses"]))
        group = self.one_group("Licensing Visio Designers")
        self.service.graph("DELETE", f"users/{user}")
        other = self.holder()
        self.assertEqual(self.service.assign(other, add=[VISIO]).status, 200)
        self.service.graph("POST", f"directory/deletedItems/{user}/restore")
        self.assertEqual(self.states(user)[VISIO, True]["error"], "CountViolation")
        self.assertNotIn(VISIO, self.held(user))
        self.assertTrue(group)

    def one_group(self, name):
        return self.service.get("groups", filter=f"displayName eq '{name}'").json["value"][0]["id"]

    def test_seats_agree_with_users(self):
        users = self.service.list("users", select="assignedLicenses", top=999)
        for sku in self.service.get("subscribedSkus").json["value"]:
            count = sum(any(held["skuId"] == sku["skuId"] for held in user["assignedLicenses"]) for user in users)
            self.assertEqual(sku["consumedUnits"], count, sku["skuPartNumber"])

    def test_the_story_keeps_the_rules(self):
        """Each direct holder could be given what he holds again."""
        for user in self.service.list("users", filter="accountEnabled eq false", select="id,licenseAssignmentStates", top=999):
            direct = [state["skuId"] for state in user["licenseAssignmentStates"] if state["assignedByGroup"] is None]
            if direct:
                self.assertEqual(self.service.assign(user["id"], add=direct).status, 200)
                if E3 in direct:
                    self.assertEqual(self.service.assign(user["id"], remove=[E3]).status, 200)

    def test_subscribed_skus(self):
        skus = self.service.get("subscribedSkus").json["value"]
        e3 = next(sku for sku in skus if sku["skuPartNumber"] == "SPE_E3")
        self.assertEqual(e3["id"], self.service.ready["tenantId"] + "_" + E3)
        self.assertEqual(set(e3), {"accountName", "accountId", "appliesTo", "capabilityStatus", "consumedUnits", "id", "skuId", "skuPartNumber", "subscriptionIds", "prepaidUnits", "servicePlans"})
        self.assertGreater(len(e3["servicePlans"]), 40)
        self.assertNotIn("ENTERPRISEPACK", {sku["skuPartNumber"] for sku in skus})
        self.assertEqual(self.service.get("subscribedSkus/" + e3["id"]).json["skuId"], E3)
        self.assertEqual(set(self.service.get("subscribedSkus", select="skuId").json["value"][0]), {"skuId"})
        self.error(self.service.get("subscribedSkus", filter="skuId eq 'x'"), 400, "Request_UnsupportedQuery")
        subscription = e3["subscriptionIds"][0]
        self.assertEqual(self.service.get("directory/subscriptions/" + subscription).json["skuPartNumber"], "SPE_E3")


class GroupLicenses(TenantTest):
    def setUp(self):
        super().setUp()
        self.group = self.service.get("groups", filter="displayName eq 'Licensing E3 Field'").json["value"][0]["id"]

    def fresh(self, located=True):
        where = "usageLocation ne null" if located else "usageLocation eq null"
        return self.one(f"assignedLicenses/$count eq 0 and accountEnabled eq true and {where}", select="id")["id"]

    def join(self, user, group=None):
        return self.service.graph("POST", f"groups/{group or self.group}/members/$ref", {"@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/" + user})

    def leave(self, user):
        return self.service.graph("DELETE", f"groups/{self.group}/members/{user}/$ref")

    def test_joining_and_leaving(self):
        user, before = self.fresh(), self.service.sku("SPE_E3")["consumedUnits"]
        self.assertEqual(self.join(user).status, 204)
        self.assertEqual(self.states(user)[E3, True]["state"], "Active")
        self.assertEqual(self.states(user)[E3, True]["assignedByGroup"], self.group)
        self.assertEqual(self.service.sku("SPE_E3")["consumedUnits"], before + 1)
        self.assertEqual(self.leave(user).status, 204)
        self.assertEqual((self.states(user), self.service.sku("SPE_E3")["consumedUnits"]), ({}, before))

    def test_a_little_later(self):
        self.service.practice("settings", {"groupDelayMs": 700})
        user = self.fresh()
        self.join(user)
        self.assertEqual(self.states(user), {})
        self.assertEqual(self.service.get(f"groups/{self.group}", select="licenseProcessingState").json["licenseProcessingState"], {"state": "QueuedForProcessing"})
        time.sleep(0.8)
        self.assertIn((E3, True), self.states(user))
        self.assertEqual(self.service.get(f"groups/{self.group}", select="licenseProcessingState").json["licenseProcessingState"], {"state": "ProcessingComplete"})

    def test_no_usage_location_is_no_error_here(self):
        user = self.fresh(located=False)
        self.join(user)
        self.assertEqual(self.states(user)[E3, True]["error"], "None")

    def test_assigning_to_a_group(self):
        legal = self.service.get("groups", filter="displayName eq 'Legal'").json["value"][0]["id"]
        answer = self.service.graph("POST", f"groups/{legal}/assignLicense", {"addLicenses": [{"skuId": E1, "disabledPlans": []}], "removeLicenses": []})
        self.assertEqual((answer.status, answer.json["id"]), (202, legal))
        members = self.service.list(f"groups/{legal}/members/microsoft.graph.user", select="id,licenseAssignmentStates")
        errors = {state["error"] for user in members for state in user["licenseAssignmentStates"] if state["skuId"] == E1}
        self.assertIn("MutuallyExclusiveViolation", errors)
        broken = self.service.list("groups", filter="hasMembersWithLicenseErrors eq true", select="id")
        self.assertIn(legal, [group["id"] for group in broken])
        self.assertTrue(self.service.list(f"groups/{legal}/membersWithLicenseErrors"))
        self.error(self.service.graph("DELETE", f"groups/{legal}"), 400, "Request_BadRequest", "product license assigned")
        self.service.graph("POST", f"groups/{legal}/assignLicense", {"addLicenses": [], "removeLicenses": [E1]})
        self.assertEqual(self.service.sku("STANDARDPACK")["consumedUnits"], 0)
        self.assertEqual(self.service.graph("DELETE", f"groups/{legal}").status, 204)

    def test_count_violation_and_reprocess(self):
        visio = self.service.get("groups", filter="displayName eq 'Licensing Visio Designers'").json["value"][0]["id"]
        user = self.fresh()
        self.join(user, visio)
        state = self.states(user)[VISIO, True]
        self.assertEqual((state["state"], state["error"]), ("Error", "CountViolation"))
        self.error(self.service.graph("POST", f"users/{user}/reprocessLicenseAssignment", {}), 400, "Request_BadRequest", "available licenses")
        holder = next(other["id"] for other in self.service.list(f"groups/{visio}/members/microsoft.graph.user", select="id,assignedLicenses")
                      if any(held["skuId"] == VISIO for held in other["assignedLicenses"]))
        self.service.graph("DELETE", f"groups/{visio}/members/{holder}/$ref")
        self.assertEqual(self.service.graph("POST", f"users/{user}/reprocessLicenseAssignment", {}).status, 200)
        self.assertEqual(self.states(user)[VISIO, True]["error"], "None")

    def test_leaving_while_a_direct_licence_depends_on_it(self):
        user, conferencing = self.fresh(), self.service.sku("MCOMEETADV")["skuId"]
        self.join(user)
        self.assertEqual(self.service.assign(user, add=[conferencing]).status, 200)
        self.leave(user)
        state = self.states(user)[E3, True]
        self.assertEqual((state["state"], state["error"], state["assignedByGroup"]), ("ActiveWithError", "DependencyViolation", self.group))
        self.service.assign(user, remove=[conferencing])
        self.assertEqual(self.service.graph("POST", f"users/{user}/reprocessLicenseAssignment", {}).status, 200)
        self.assertEqual(self.states(user), {})

    def test_which_groups_carry_licences(self):
        found = self.service.list("groups", advanced=True, filter="assignedLicenses/$count ne 0", select="displayName,assignedLicenses")
        self.assertEqual({group["displayName"] for group in found}, {"Licensing E3 Field", "Licensing E5 Executives", "Licensing Visio Designers"})
        self.assertEqual(len(self.service.list("groups", filter=f"assignedLicenses/any(s:s/skuId eq {E5})")), 1)
        self.error(self.service.get("groups", filter="hasMembersWithLicenseErrors eq true", count="true", headers=ADVANCED), 400, "Request_UnsupportedQuery", "hasMembersWithLicenseErrors")
