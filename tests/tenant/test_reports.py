import csv
import io
from service import TenantTest


class Reports(TenantTest):
    def setUp(self):
        pass

    def test_sign_ins_newest_first(self):
        items = self.service.list("auditLogs/signIns")
        dates = [item["createdDateTime"] for item in items]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertEqual(set(items[0]["status"]), {"errorCode", "failureReason", "additionalDetails"})
        self.assertEqual(len(self.service.list("auditLogs/signIns", top=100)), len(items))
        self.error(self.service.get("auditLogs/signIns", top=1001), 400, "Request_UnsupportedQuery")

    def test_sign_ins_filtered(self):
        items = self.service.list("auditLogs/signIns")
        one, middle = items[5], items[len(items) // 2]["createdDateTime"]
        found = self.service.list("auditLogs/signIns", filter=f"userId eq '{one['userId']}'")
        self.assertEqual([item["id"] for item in found], [one["id"]])
        self.assertEqual(self.service.get(f"users/{one['userId']}").json["userPrincipalName"], one["userPrincipalName"])
        self.assertEqual(len(self.service.list("auditLogs/signIns", filter=f"createdDateTime ge {middle} and status/errorCode eq 0")), sum(item["createdDateTime"] >= middle and item["status"]["errorCode"] == 0 for item in items))

    def test_roles_as_assignments(self):
        admin = self.service.get("users/admin@contoso.com").json["id"]
        found = self.service.list("roleManagement/directory/roleAssignments", filter=f"principalId eq '{admin}'")
        self.assertEqual([item["roleDefinitionId"] for item in found], ["62e90394-69f5-4237-9190-012177145e10"])
        names = {item["id"]: item["displayName"] for item in self.service.list("roleManagement/directory/roleDefinitions")}
        self.assertEqual(names["62e90394-69f5-4237-9190-012177145e10"], "Global Administrator")

    def test_active_users(self):
        answer = self.service.get("reports/getOffice365ActiveUserDetail(period='D7')")
        self.assertEqual((answer.status, answer.raw), (302, b""))
        report = self.service.send("GET", answer.headers["Location"])
        self.assertEqual((report.status, report.headers["Content-Type"]), (200, "application/octet-stream"))
        rows = list(csv.DictReader(io.StringIO(report.raw.decode("utf-8-sig"))))
        self.assertEqual(len(rows), 1000)
        self.assertIn("MICROSOFT 365 E3", {name for row in rows for name in row["Assigned Products"].split("+")})
        self.assertEqual(self.service.send("GET", answer.headers["Location"] + "x").status, 404)
        self.error(self.service.get("reports/getOffice365ActiveUserDetail(period='D9')"), 400, "InvalidArgument")

    def test_send_mail(self):
        message = {"message": {"subject": "x", "toRecipients": [{"emailAddress": {"address": "admin@contoso.com"}}]}}
        self.assertEqual(self.service.graph("POST", "users/admin@contoso.com/sendMail", message).status, 202)
        self.error(self.service.graph("POST", "users/admin@contoso.com/sendMail", {"message": {}}), 400, "ErrorInvalidRecipients")
