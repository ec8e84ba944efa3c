-- The practice tenant's store. Times are ISO 8601 texts in UTC, so that they sort as they stand. Lists (proxy addresses, phones)
-- are texts with a line feed after each item. `number` is the row's place in listings; the id is what Graph shows.
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS users (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE COLLATE NOCASE,
    user_principal_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    display_name TEXT COLLATE NOCASE, given_name TEXT COLLATE NOCASE, surname TEXT COLLATE NOCASE,
    mail TEXT COLLATE NOCASE, mail_nickname TEXT COLLATE NOCASE,
    account_enabled INTEGER, user_type TEXT COLLATE NOCASE, usage_location TEXT COLLATE NOCASE,
    department TEXT COLLATE NOCASE, job_title TEXT COLLATE NOCASE, company_name TEXT COLLATE NOCASE,
    office_location TEXT COLLATE NOCASE, city TEXT COLLATE NOCASE, state TEXT COLLATE NOCASE, country TEXT COLLATE NOCASE,
    postal_code TEXT COLLATE NOCASE, street_address TEXT COLLATE NOCASE,
    business_phones TEXT COLLATE NOCASE, mobile_phone TEXT COLLATE NOCASE, fax_number TEXT COLLATE NOCASE,
    preferred_language TEXT COLLATE NOCASE, employee_id TEXT COLLATE NOCASE, employee_type TEXT COLLATE NOCASE,
    employee_hire TEXT, employee_leave TEXT, created TEXT, deleted TEXT, sessions_valid_from TEXT, password_changed TEXT,
    creation_type TEXT COLLATE NOCASE, external_user_state TEXT COLLATE NOCASE, age_group TEXT COLLATE NOCASE,
    consent_for_minor TEXT COLLATE NOCASE, password_policies TEXT COLLATE NOCASE,
    proxy_addresses TEXT COLLATE NOCASE, other_mails TEXT COLLATE NOCASE, im_addresses TEXT COLLATE NOCASE,
    synced INTEGER, synced_at TEXT, immutable_id TEXT COLLATE NOCASE, sam_account_name TEXT COLLATE NOCASE,
    on_premises_upn TEXT COLLATE NOCASE, on_premises_domain TEXT COLLATE NOCASE,
    show_in_address_list INTEGER, last_sign_in TEXT, last_successful_sign_in TEXT, about_me TEXT,
    extension_attributes TEXT,
    manager INTEGER REFERENCES users
);
CREATE INDEX IF NOT EXISTS users_by_name ON users (display_name, number);
CREATE INDEX IF NOT EXISTS users_by_manager ON users (manager) WHERE manager IS NOT NULL;
CREATE INDEX IF NOT EXISTS users_by_deleted ON users (deleted) WHERE deleted IS NOT NULL;

CREATE TABLE IF NOT EXISTS groups (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE COLLATE NOCASE,
    display_name TEXT COLLATE NOCASE, description TEXT COLLATE NOCASE, classification TEXT COLLATE NOCASE,
    mail TEXT COLLATE NOCASE, mail_nickname TEXT COLLATE NOCASE, mail_enabled INTEGER, security_enabled INTEGER,
    group_types TEXT COLLATE NOCASE, membership_rule TEXT COLLATE NOCASE, rule_processing TEXT COLLATE NOCASE,
    visibility TEXT COLLATE NOCASE, preferred_language TEXT COLLATE NOCASE, preferred_data_location TEXT COLLATE NOCASE,
    theme TEXT COLLATE NOCASE, security_identifier TEXT, assignable_to_role INTEGER,
    created TEXT, deleted TEXT, renewed TEXT, expires TEXT,
    proxy_addresses TEXT COLLATE NOCASE, synced INTEGER, synced_at TEXT, sam_account_name TEXT COLLATE NOCASE,
    unique_name TEXT COLLATE NOCASE,
    license_state TEXT
);
CREATE INDEX IF NOT EXISTS groups_by_name ON groups (display_name, number);

-- kind: 'u' a user, 'g' a group.
CREATE TABLE IF NOT EXISTS members (group_number INTEGER, kind TEXT, member INTEGER,
    PRIMARY KEY (group_number, kind, member)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_by_member ON members (kind, member, group_number);
CREATE TABLE IF NOT EXISTS owners (group_number INTEGER, member INTEGER, PRIMARY KEY (group_number, member)) WITHOUT ROWID;

-- Products owned. `sku` is the row's place in seed/products.tsv.
CREATE TABLE IF NOT EXISTS products (sku INTEGER PRIMARY KEY, enabled INTEGER, warning INTEGER, suspended INTEGER,
    locked_out INTEGER, consumed INTEGER, capability TEXT, subscription TEXT, renews TEXT);

-- One row per way in which a user has a product: group_number 0 is direct. `active` is 1 where the user has it by this way
-- (state Active or ActiveWithError). disabled_plans: ids with a comma after each.
CREATE TABLE IF NOT EXISTS licenses (user INTEGER, sku INTEGER, group_number INTEGER, disabled_plans TEXT NOT NULL,
    state TEXT NOT NULL, error TEXT NOT NULL, updated TEXT NOT NULL, active INTEGER NOT NULL,
    PRIMARY KEY (user, sku, group_number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS licenses_by_sku ON licenses (sku, user);
CREATE INDEX IF NOT EXISTS licenses_by_group ON licenses (group_number, user) WHERE group_number <> 0;
CREATE TABLE IF NOT EXISTS group_licenses (group_number INTEGER, sku INTEGER, disabled_plans TEXT NOT NULL,
    PRIMARY KEY (group_number, sku)) WITHOUT ROWID;
-- Licence work that groups have still to do: due is steady wall time in milliseconds; user 0 means all members.
CREATE TABLE IF NOT EXISTS group_work (number INTEGER PRIMARY KEY, group_number INTEGER, user INTEGER, due INTEGER);
CREATE INDEX IF NOT EXISTS group_work_by_due ON group_work (due);

CREATE TABLE IF NOT EXISTS roles (number INTEGER PRIMARY KEY, id TEXT UNIQUE COLLATE NOCASE, template TEXT UNIQUE COLLATE NOCASE,
    display_name TEXT COLLATE NOCASE, description TEXT);
CREATE TABLE IF NOT EXISTS role_members (role INTEGER, user INTEGER, PRIMARY KEY (role, user)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS role_members_by_user ON role_members (user, role);

-- What changed, for delta queries and the audit. kind: c created, u updated, d deleted (restorable), p purged.
CREATE TABLE IF NOT EXISTS changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT, id TEXT, kind TEXT, property TEXT,
    related TEXT, at TEXT);

CREATE TABLE IF NOT EXISTS audit (number INTEGER PRIMARY KEY, id TEXT, at TEXT, activity TEXT, category TEXT, result TEXT,
    reason TEXT, actor TEXT, actor_id TEXT, target_id TEXT, target_name TEXT, target_type TEXT, correlation TEXT);

-- The sign-in service: codes on their way and refresh tokens in use.
CREATE TABLE IF NOT EXISTS grants (code TEXT PRIMARY KEY, kind TEXT, client TEXT, scope TEXT, user TEXT, state TEXT, user_code TEXT,
    challenge TEXT, redirect TEXT, nonce TEXT, issued INTEGER, expires INTEGER, polled INTEGER) WITHOUT ROWID;

-- The catalog's service plans, for filters on assignedPlans: filled from seed/service_plans.tsv.
CREATE TABLE IF NOT EXISTS plans (sku INTEGER, plan TEXT, service TEXT, PRIMARY KEY (sku, plan)) WITHOUT ROWID;

-- Each person's last sign-in as the log shows it, and the roles that people have as assignments: made from what is there.
CREATE VIEW IF NOT EXISTS sign_ins AS SELECT number, substr(id,1,14)||'5'||substr(id,16) AS id, last_sign_in AS created, lower(id) AS user_id,
    user_principal_name, display_name, CASE number % 3 WHEN 0 THEN 'Microsoft Teams' WHEN 1 THEN 'Office 365 Exchange Online' ELSE 'Azure Portal' END AS application,
    CASE number % 3 WHEN 0 THEN '1fec8e78-bce4-4aaf-ab1b-5451cc387264' WHEN 1 THEN '00000002-0000-0ff1-ce00-000000000000' ELSE 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c' END AS application_id,
    '203.0.113.'||(number % 250 + 1) AS address, 'Browser' AS client,
    CASE WHEN last_sign_in=last_successful_sign_in THEN 0 ELSE 50126 END AS error, coalesce(city,'')||'|'||coalesce(state,'')||'|'||coalesce(usage_location,'') AS place
    FROM users WHERE last_sign_in IS NOT NULL AND deleted IS NULL;
CREATE VIEW IF NOT EXISTS role_assignments AS SELECT m.role*10000000+m.user AS number, r.template||'-'||u.id AS id, lower(u.id) AS principal, r.template AS definition, '/' AS scope
    FROM role_members m JOIN roles r ON r.number=m.role JOIN users u ON u.number=m.user WHERE u.deleted IS NULL;
