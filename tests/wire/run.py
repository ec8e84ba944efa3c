#!/usr/bin/env python3
"""What cmdlets send, exactly: methods, paths, queries, batches, in order, as the served tenant's request log has them."""
import os
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from served import E3, Observer, Served, Suite, holds  # noqa: E402

USER = ("$select=id,userPrincipalName,displayName,accountEnabled,userType,usageLocation,department,jobTitle,mail,assignedLicenses,licenseAssignmentStates")
GROUP = ("$select=id,displayName,description,mail,mailNickname,groupTypes,securityEnabled,mailEnabled,membershipRule,onPremisesSyncEnabled,assignedLicenses,createdDateTime")
suite = Suite()


def sent(tenant, text, *options):
    tenant.forget_log()
    answer = tenant.run(text, *options)
    return [urllib.parse.unquote(line).replace("/v1.0/", "", 1) for line in tenant.requests()], answer


def expect(tenant, text, *wanted):
    got, answer = sent(tenant, text)
    suite.equal(text, got, list(wanted))
    return answer


def lists(tenant):
    expect(tenant, "Get-User -Top 5", "GET users?%s&$top=5" % USER)
    expect(tenant, "Get-User -Top 5 -Property City, signInActivity", "GET users?%s,city,signInActivity&$top=5" % USER)
    expect(tenant, "Get-User -Filter guests", "GET users?%s&$filter=userType eq 'Guest'&$top=999" % USER)
    expect(tenant, "Get-User -Filter disabled -Top 3", "GET users?%s&$filter=accountEnabled eq false&$top=3" % USER)
    expect(tenant, "Get-User -Filter unlicensed -Top 3", "GET users?%s&$filter=assignedLicenses/$count eq 0&$count=true&$top=3" % USER)
    expect(tenant, "Get-User -Filter \"city eq 'x'\"", "GET users?%s&$filter=city eq 'x'&$count=true&$top=999" % USER)
    expect(tenant, "Get-User -License E3 -Top 2", "GET subscribedSkus", "GET users?%s&$filter=assignedLicenses/any(s:s/skuId eq %s)&$top=2" % (USER, E3))
    expect(tenant, "Get-User -Filter guests -License E3", "GET subscribedSkus",
           "GET users?%s&$filter=(userType eq 'Guest') and (assignedLicenses/any(s:s/skuId eq %s))&$top=999" % (USER, E3))
    expect(tenant, "Get-Sku", "GET subscribedSkus")
    expect(tenant, "Get-Group -Top 2", "GET groups?%s&$top=2" % GROUP)
    expect(tenant, "Get-MgUser -Top 2 -Property Id,DisplayName", "GET users?$select=Id,DisplayName&$top=2")
    expect(tenant, "Get-MgUser", "GET users")
    expect(tenant, "Get-MgUser -UserId a#b@x.com -ErrorAction SilentlyContinue", "GET users/a#b@x.com")
    expect(tenant, "Get-MgUser -Filter \"startsWith(displayName,'A')\" -ConsistencyLevel eventual -CountVariable n -Top 1", "GET users?$filter=startsWith(displayName,'A')&$count=true&$top=1")
    expect(tenant, "Invoke-Graph '/beta/users?$top=1'", "GET /beta/users?$top=1")


def paging(tenant):
    got, _ = sent(tenant, "Get-User | Select-Object -First 3 | Out-Null")
    suite.check("a stop asks for two pages at most", len(got) <= 2, got)
    got, _ = sent(tenant, "Get-User -Top 1000 | Out-Null")
    suite.equal("a limit that a page and one more hold", len(got), 2)
    got, answer = sent(tenant, "(Get-User | Measure-Object).Count")
    suite.equal("all pages, once each", (len(got), answer.output.strip()), (3, "2100"))


def blocks(tenant):
    for block, wanted in (
            ("$_.Department -eq 'Sales'", "department eq 'Sales'"),
            ("$_.DisplayName -like 'A*' -and $_.AccountEnabled", "(startsWith(displayName,'A') and accountEnabled eq true)"),
            ("-not $_.AccountEnabled", "accountEnabled eq false"),
            ("$_.Department -in 'Sales', 'IT'", "department in ('Sales','IT')"),
            ("$_.Department -eq $name", "department eq 'O''Neil'"),
            ("$_.Department -eq 'Sales' -and $_.DisplayName.Length -gt 3", "(department eq 'Sales')")):
        got, _ = sent(tenant, "$name = \"O'Neil\"; Get-User -Filter { %s } | Out-Null" % block)
        suite.check("-Filter { %s }" % block, got and "&$filter=%s&" % wanted in got[0], got)
        everything, answer = sent(tenant, "$name = \"O'Neil\"; Get-User | Where-Object { %s } | ForEach-Object Id" % block)
        _, filtered = sent(tenant, "$name = \"O'Neil\"; Get-User -Filter { %s } | ForEach-Object Id" % block)
        suite.check("-Filter { %s } finds something" % block, answer.output.strip() or "name" in block)
        suite.equal("-Filter { %s } finds what Where-Object finds" % block, filtered.output, answer.output)


def bare_blocks(tenant):
    for bare, plain in (("Department -eq 'Sales' -and AccountEnabled", "$_.Department -eq 'Sales' -and $_.AccountEnabled"),
                        ("DisplayName -match '^B' -or -not AccountEnabled", "$_.DisplayName -match '^B' -or -not $_.AccountEnabled")):
        one, two = tenant.run("Get-User -Filter { %s } | ForEach-Object Id" % bare), tenant.run("Get-User -Filter { %s } | ForEach-Object Id" % plain)
        suite.check("{ %s } finds something" % bare, one.output.strip(), one)
        suite.equal("{ %s } is { %s }" % (bare, plain), one.output, two.output)


def changes(tenant):
    users = Observer(tenant).users()
    direct = [user for user in users.values() if holds(user, E3) == (True, False)]
    one, two = direct[0], direct[1]
    expect(tenant, "Remove-License E3 -User %s | Out-Null" % one["userPrincipalName"], "GET subscribedSkus", "POST $batch", "POST $batch")
    parts = [(row["method"], row["path"]) for row in tenant.log() if "batch" in row]
    suite.equal("read by batch, then changed by batch", parts, [("GET", "/v1.0/users/%s" % one["userPrincipalName"]), ("POST", "/v1.0/users/%s/assignLicense" % one["id"])])
    expect(tenant, "Get-User %s | Remove-License E3 | Out-Null" % two["id"], "GET subscribedSkus", "GET users/%s?%s" % (two["id"], USER), "POST $batch")
    expect(tenant, "Get-User %s | Remove-License E3 | Out-Null" % two["id"], "GET subscribedSkus", "GET users/%s?%s" % (two["id"], USER))
    expect(tenant, "Get-User %s | Set-User -City Bonn | Out-Null" % two["id"], "GET users/%s?%s" % (two["id"], USER), "POST $batch")
    several = ",".join(user["id"] for user in direct[2:27])
    got, _ = sent(tenant, "Get-User %s | Out-Null" % several)
    suite.equal("twenty-five users by id are two batches", got, ["POST $batch", "POST $batch"])
    ids = [row.get("client-request-id") for row in tenant.log() if row["path"].endswith("$batch")]
    suite.check("each request has an id of its own", all(ids) and len(set(ids)) == len(ids), ids)


def main():
    with Served(users=300) as tenant:
        lists(tenant)
        changes(tenant)
    with Served(users=2100) as tenant:
        paging(tenant)
        blocks(tenant)
        bare_blocks(tenant)
    return suite.end()


sys.exit(main())
