/* What the item cmdlets share: drives, paths with wildcards, and walking over what a call names.
 * Paths of files are absolute, with / and without . and ..; names on the other drives are what stands behind the colon. */
#ifndef M365SH_CMDLETS_ITEM_PRIVATE_H
#define M365SH_CMDLETS_ITEM_PRIVATE_H

#include "../cmdlet_private.h"

#include "m365sh/base/path.h"
#include "m365sh/types/file_info.h"

enum item_drive { DRIVE_FILES, DRIVE_ENVIRONMENT, DRIVE_VARIABLE, DRIVE_FUNCTION, DRIVE_ALIAS, DRIVE_COUNT };
const char *item_drive_name(enum item_drive drive);      /* "Env" */
const char *item_provider_name(enum item_drive drive);   /* "Environment" */
/* Which drive, and the path on it. Raises DriveNotFound. False (in *known) raises nothing when `quiet`. */
enum status item_read_path(struct invocation *call, struct text path, enum item_drive *drive, struct bytes *out);
bool item_has_drive(struct text path, struct text *drive, struct text *rest);

/* The paths that `path` means: itself, or what its wildcards find (perhaps nothing). Owned array of strings. */
struct item_list { enum item_drive drive; bool wild; struct value paths; };
enum status item_expand(struct invocation *call, struct text path, bool literal, bool force, struct item_list *out);
bool item_exists(struct invocation *call, enum item_drive drive, struct text path);
bool item_is_folder(enum item_drive drive, struct text path); /* links to folders too */
bool item_is_link(enum item_drive drive, struct text path);
struct value item_object(struct invocation *call, enum item_drive drive, struct text path); /* files and Env; VALUE_UNSET others */
/* Emits the item as Get-Item does. */
enum status item_emit(struct invocation *call, enum item_drive drive, struct text path);
struct value item_provider(struct realm *realm, enum item_drive drive); /* a ProviderInfo; owned */
enum status item_emit_path(struct invocation *call, enum item_drive drive, struct text path); /* a PathInfo */
/* "/a/b" or "Env:/x": for messages and TargetObject. Owned string. */
struct value item_shown(enum item_drive drive, struct text path);
enum status item_not_found(struct invocation *call, enum item_drive drive, struct text path);

/* Which parameters say what to walk over; NO_PARAMETER where a cmdlet has none of them. */
#define NO_PARAMETER UINT32_MAX
struct item_parameters { uint32_t path, literal, filter, include, exclude, force; bool missing_allowed; };
typedef enum status (*item_action)(struct invocation *call, enum item_drive drive, struct text path);
/* Calls `action` for each item that -Path or -LiteralPath names and the filters let through. Missing ones are errors. */
enum status item_each(struct invocation *call, const struct item_parameters *parameters, item_action action);
/* Do -Include, -Exclude and -Filter let a name through? */
bool item_passes(struct invocation *call, const struct item_parameters *parameters, struct text name);
bool item_matches_filter(struct text filter, struct text name);
/* Names in a folder: folders first, each group in the order of the culture. `hidden`: with those that start with a dot. */
struct item_entry { struct text name; bool folder, link; };
struct item_folder { struct item_entry *entries; uint32_t count; void *names; };
enum status item_read_folder(struct invocation *call, struct text path, bool hidden, struct item_folder *out);
void item_folder_free(struct item_folder *folder);
/* The texts of a string[] parameter, one by one. */
uint32_t item_count(struct value v);
struct text item_at(struct value v, uint32_t index);

/* Copying, removing and making, on the file system. Errors are non-terminating ones of the call. */
enum status item_copy_file(struct invocation *call, struct text from, struct text to);
enum status item_remove_tree(struct invocation *call, struct text path, bool recurse, bool force);
/* "sub/" where no folder stands: nothing may be written there under the name "sub". */
bool item_wants_folder(struct text given, struct text resolved);
/* A system failure as a non-terminating error. */
enum status item_system_error(struct invocation *call, const char *id, struct text path, int code, const char *deed);

#endif
