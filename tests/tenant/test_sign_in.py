import base64
import hashlib
import json
import urllib.parse
from service import TenantTest


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class SignIn(TenantTest):
    def token_path(self):
        return f"/{self.service.ready['tenantId']}/oauth2/v2.0/token"

    def begin_device(self, scope="User.Read.All offline_access openid"):
        return self.service.form(f"/{self.service.ready['tenantId']}/oauth2/v2.0/devicecode", client_id=self.service.ready["clientId"], scope=scope).json

    def poll(self, code):
        return self.service.form(self.token_path(), grant_type="urn:ietf:params:oauth:grant-type:device_code", client_id=self.service.ready["clientId"], device_code=code)

    def test_application_token_names_roles(self):
        held = claims(self.service.token)
        self.assertEqual(held["tid"], self.service.ready["tenantId"])
        self.assertEqual(held["idtyp"], "app")
        self.assertIn("LicenseAssignment.ReadWrite.All", held["roles"])

    def test_wrong_secret(self):
        answer = self.service.form(self.token_path(), grant_type="client_credentials", client_id=self.service.ready["clientId"], client_secret="no", scope="https://graph.microsoft.com/.default")
        self.assertEqual((answer.status, answer.json["error"], answer.json["error_codes"]), (401, "invalid_client", [7000215]))

    def test_wrong_scope_tenant_client_grant(self):
        base = dict(client_id=self.service.ready["clientId"], client_secret=self.service.ready["clientSecret"], scope="https://graph.microsoft.com/.default", grant_type="client_credentials")
        for change, path, error in [({"scope": "User.Read"}, None, "invalid_scope"), ({"client_id": "x"}, None, "unauthorized_client"),
                                    ({"grant_type": "password"}, None, "unsupported_grant_type"), ({}, "/nowhere/oauth2/v2.0/token", "invalid_request")]:
            answer = self.service.form(path or self.token_path(), **{**base, **change})
            self.assertEqual(answer.json["error"], error)
            self.assertTrue(answer.json["error_description"].startswith("AADSTS"))

    def test_secret_by_basic(self):
        pair = base64.b64encode(f"{self.service.ready['clientId']}:{self.service.ready['clientSecret']}".encode()).decode()
        answer = self.service.send("POST", self.token_path(), "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default",
                                   {"Authorization": "Basic " + pair, "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 200)

    def test_no_garbage_expired_and_foreign_tokens(self):
        self.error(self.service.send("GET", "/v1.0/users"), 401, "InvalidAuthenticationToken", "empty")
        self.error(self.service.graph("GET", "users", token="rubbish"), 401, "InvalidAuthenticationToken", "80049217")
        head, body, seal = self.service.token.split(".")
        forged = base64.urlsafe_b64encode(json.dumps({**claims(self.service.token), "roles": ["All"]}).encode()).decode().rstrip("=")
        self.error(self.service.graph("GET", "users", token=f"{head}.{forged}.{seal}"), 401, "InvalidAuthenticationToken")
        self.service.practice("settings", {"tokenSeconds": 1})
        short = self.service.sign_in()
        self.assertEqual(self.service.graph("GET", "users", token=short).status, 200)
        import time
        time.sleep(2.1)
        self.error(self.service.graph("GET", "users", token=short), 401, "InvalidAuthenticationToken", "expired")

    def test_device_code_until_approved(self):
        begun = self.begin_device()
        self.assertIn(begun["user_code"], begun["message"])
        pending = self.poll(begun["device_code"])
        self.assertEqual((pending.status, pending.json["error"]), (400, "authorization_pending"))
        self.assertEqual(self.service.form("/device", user_code=begun["user_code"]).status, 200)
        answer = self.poll(begun["device_code"]).json
        self.assertEqual(answer["scope"], "User.Read.All")
        self.assertEqual(claims(answer["id_token"])["preferred_username"], "admin@contoso.com")
        me = self.service.graph("GET", "me", token=answer["access_token"])
        self.assertEqual(me.json["userPrincipalName"], "admin@contoso.com")
        self.error(self.service.graph("GET", "groups", token=answer["access_token"]), 403, "Authorization_RequestDenied")
        again = self.service.form(self.token_path(), grant_type="refresh_token", client_id=self.service.ready["clientId"], refresh_token=answer["refresh_token"])
        self.assertEqual(self.service.graph("GET", "me", token=again.json["access_token"]).status, 200)
        self.assertEqual(self.poll(begun["device_code"]).json["error"], "bad_verification_code")

    def test_own_object_with_little_permission(self):
        self.service.practice("settings", {"automaticApproval": True})
        token = self.poll(self.begin_device("User.Read")["device_code"]).json["access_token"]
        self.assertEqual(self.service.graph("GET", "me?$select=accountEnabled", token=token).json["accountEnabled"], True)
        self.assertEqual(self.service.graph("GET", "me/licenseDetails", token=token).status, 200)
        for method, path, body in (("PATCH", "me", {"city": "x"}), ("POST", "me/assignLicense", {"addLicenses": [], "removeLicenses": []}), ("GET", "users/admin@contoso.com", None)):
            self.error(self.service.graph(method, path, body, token=token), 403, "Authorization_RequestDenied")

    def test_device_code_declined_and_automatic(self):
        begun = self.begin_device()
        self.service.form("/device", user_code=begun["user_code"], decline="1")
        self.assertEqual(self.poll(begun["device_code"]).json["error"], "authorization_declined")
        self.service.practice("settings", {"automaticApproval": True})
        self.assertIn("access_token", self.poll(self.begin_device()["device_code"]).json)

    def test_old_spelling_of_the_device_grant(self):
        """As MSAL for Node sends it."""
        self.service.practice("settings", {"automaticApproval": True})
        answer = self.service.form(self.token_path(), grant_type="device_code", client_id=self.service.ready["clientId"], device_code=self.begin_device()["device_code"])
        self.assertEqual(answer.status, 200)

    def test_revoked_sessions_end_refresh_tokens(self):
        self.service.practice("settings", {"automaticApproval": True})
        answer = self.poll(self.begin_device()["device_code"]).json
        self.assertEqual(self.service.graph("POST", "users/admin@contoso.com/revokeSignInSessions").json["value"], True)
        again = self.service.form(self.token_path(), grant_type="refresh_token", client_id=self.service.ready["clientId"], refresh_token=answer["refresh_token"])
        self.assertEqual((again.status, again.json["error"]), (400, "invalid_grant"))

    def test_code_with_pkce(self):
        verifier = "v" * 50
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = dict(client_id=self.service.ready["clientId"], response_type="code", redirect_uri="http://localhost:5000/", scope="User.Read", state="s t",
                     code_challenge=challenge, code_challenge_method="S256", login_hint="admin@contoso.com")
        path = f"/{self.service.ready['tenantId']}/oauth2/v2.0/authorize?" + urllib.parse.urlencode(query)
        def code():
            answer = self.service.send("GET", path)
            self.assertEqual(answer.status, 302)
            values = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["Location"]).query)
            self.assertEqual(values["state"], ["s t"])
            return values["code"][0]
        redeem = dict(grant_type="authorization_code", client_id=self.service.ready["clientId"], redirect_uri="http://localhost:5000/")
        self.assertEqual(self.service.form(self.token_path(), code=code(), code_verifier="w" * 50, **redeem).json["error"], "invalid_grant")
        once = code()
        self.assertIn("access_token", self.service.form(self.token_path(), code=once, code_verifier=verifier, **redeem).json)
        self.assertEqual(self.service.form(self.token_path(), code=once, code_verifier=verifier, **redeem).json["error"], "invalid_grant")
        query["redirect_uri"] = "http://elsewhere.example/"
        self.assertEqual(self.service.send("GET", f"/common/oauth2/v2.0/authorize?" + urllib.parse.urlencode(query)).status, 400)

    def test_discovery(self):
        found = self.service.send("GET", f"/{self.service.ready['tenantId']}/v2.0/.well-known/openid-configuration").json
        self.assertEqual(found["token_endpoint"], self.service.ready["login"] + self.token_path())
        self.assertIn("device_authorization_endpoint", found)

    def test_me_needs_a_person(self):
        self.error(self.service.get("me"), 400, "BadRequest", "delegated")


class Permissions(TenantTest):
    options = ("--permissions", "User.Read.All,LicenseAssignment.Read.All")

    def setUp(self):
        pass

    def test_narrowed(self):
        self.assertEqual(self.service.get("users").status, 200)
        self.assertEqual(self.service.get("subscribedSkus").status, 200)
        denied = [self.service.get("groups"), self.service.assign("admin@contoso.com", remove=["05e9a617-0261-4cee-bb44-138d3ef5d965"]),
                  self.service.graph("PATCH", "users/admin@contoso.com", {"city": "x"}), self.service.graph("DELETE", "users/admin@contoso.com"),
                  self.service.get("users", select="employeeLeaveDateTime"), self.service.get("users", select="signInActivity")]
        for answer in denied:
            self.error(answer, 403, "Authorization_RequestDenied")
