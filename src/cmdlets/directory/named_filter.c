/* The filters that have names. The OData part may let through more than is meant; the predicate then has the last word. */
#include "directory_private.h"

#include "m365sh/base/calendar.h"
#include "m365sh/graph/filter.h"

#define DAY CALENDAR_TICKS_PER_DAY

static void add_moment(struct bytes *out, int64_t ticks) {
    calendar_add_iso(out, ticks - ticks % CALENDAR_TICKS_PER_SECOND);
}

static bool is_guest(struct realm *realm, struct value user) {
    return text_equal_fold(decode_text(realm, user, "UserType"), TEXT("Guest"));
}

static bool is_blocked(struct realm *realm, struct value user) {
    struct value enabled = decode_get(realm, user, "AccountEnabled");
    return enabled.kind == VALUE_BOOL && !enabled.integer;
}

/* Members, and users without a type, who are blocked or whose last day has passed. */
static bool add_leavers(struct bytes *out, int64_t now, bool *advanced) {
    bytes_add_string(out, "accountEnabled eq false or employeeLeaveDateTime le ");
    add_moment(out, now);
    *advanced = true;
    return true;
}

static bool has_left(struct realm *realm, struct value user, int64_t now) {
    struct value left = decode_get(realm, user, "EmployeeLeaveDateTime");
    return !is_guest(realm, user) && (is_blocked(realm, user) || (left.kind == VALUE_DATETIME && left.integer <= now));
}

static bool add_joiners(struct bytes *out, int64_t now, bool *advanced) {
    bytes_add_string(out, "employeeHireDate ge ");
    add_moment(out, now - 30 * DAY);
    *advanced = true;
    return true;
}

static bool add_guests(struct bytes *out, int64_t now, bool *advanced) {
    (void)now, (void)advanced;
    bytes_add_string(out, "userType eq 'Guest'");
    return true;
}

static bool add_disabled(struct bytes *out, int64_t now, bool *advanced) {
    (void)now, (void)advanced;
    bytes_add_string(out, "accountEnabled eq false");
    return true;
}

static bool add_unlicensed(struct bytes *out, int64_t now, bool *advanced) {
    (void)now;
    bytes_add_string(out, "assignedLicenses/$count eq 0");
    *advanced = true;
    return true;
}

static bool add_inactive(struct bytes *out, int64_t now, bool *advanced) {
    (void)advanced;
    bytes_add_string(out, "signInActivity/lastSignInDateTime le ");
    add_moment(out, now - 90 * DAY);
    return true;
}

static bool add_synced(struct bytes *out, int64_t now, bool *advanced) {
    (void)now, (void)advanced;
    bytes_add_string(out, "onPremisesSyncEnabled eq true");
    return true;
}

static bool add_admins(struct bytes *out, int64_t now, bool *advanced) {
    (void)out, (void)now, (void)advanced;
    return false; /* through the roles' members */
}

static const struct named_filter filters[] = {
    {"leavers", "members who are blocked, or whose last day has passed", add_leavers, has_left, "employeeLeaveDateTime"},
    {"joiners", "hired in the last 30 days, or still to come", add_joiners, NULL, "employeeHireDate"},
    {"guests", "guests from other tenants", add_guests, NULL, NULL},
    {"disabled", "blocked accounts of every kind", add_disabled, NULL, NULL},
    {"unlicensed", "users without any licence", add_unlicensed, NULL, NULL},
    {"inactive", "no sign-in for 90 days", add_inactive, NULL, "signInActivity"},
    {"synced", "kept in step with a local Active Directory", add_synced, NULL, "onPremisesSyncEnabled"},
    {"admins", "holders of an administrator role", add_admins, NULL, NULL},
};

const struct named_filter *named_filter_find(struct text name) {
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        struct text known = text_of(filters[i].name);
        if (text_equal_fold(name, known) || (known.length == name.length + 1 && text_starts_fold(known, name) && known.start[name.length] == 's')) return &filters[i];
    }
    return NULL;
}

void named_filter_add_names(struct bytes *out) {
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) bytes_add_format(out, "%s%s", i ? ", " : "", filters[i].name);
}
