/* The handlers that routes.def names. Each reads exchange->arguments and options, and leaves a reply. */
#ifndef M365SH_TENANT_HANDLERS_PRIVATE_H
#define M365SH_TENANT_HANDLERS_PRIVATE_H

#include "exchange_private.h"

typedef void handler(struct exchange *exchange);
handler users_list, users_create, users_count, users_get, users_update, users_delete, users_me, users_revoke_sessions, users_invite, users_send_mail;
handler users_manager, users_manager_reference, users_set_manager, users_remove_manager, users_direct_reports;
handler users_delta, groups_delta;
handler licenses_assign_user, licenses_assign_group, licenses_reprocess, licenses_details, licenses_skus, licenses_sku,
    licenses_subscriptions, licenses_subscription;
handler groups_list, groups_create, groups_count, groups_get, groups_update, groups_delete;
handler membership_members, membership_members_transitive, membership_license_errors, membership_add, membership_remove,
    membership_delete_member, membership_owners, membership_add_owner, membership_remove_owner, membership_of_user,
    membership_of_user_transitive, membership_of_group, membership_check, membership_get;
handler deleted_get, deleted_restore, deleted_purge;
handler directory_by_ids, directory_get, directory_organization, directory_domains;
handler roles_list, roles_get, roles_members, roles_assignments, roles_definitions;
handler audit_list, audit_sign_ins;
handler reports_active_users, reports_download;
handler batch_run;
handler identity_answer;
handler practice_control, practice_page;

/* Deletes a user softly; the caller holds the transaction. */
void users_remove(struct exchange *exchange, int64_t number);
/* One line of the audit. */
void audit_add(struct exchange *exchange, const char *activity, const char *category, const char *type, struct text id, const char *failure);
/* The id at the end of an @odata.id; empty when it is none. */
struct text membership_reference(struct exchange *exchange);
#endif
