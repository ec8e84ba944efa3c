/* How commands and modules read as text. */
#include "argument_private.h"
#include "m365sh/value/object.h"

static enum status own_property(struct realm *realm, struct value self, const char *name, struct value *out) {
    struct value *found = self.kind == VALUE_OBJECT ? object_find_text(realm, self, text_of(name)) : NULL;
    return argument_give(out, found && found->kind == VALUE_STRING ? value_keep(*found) : string_empty());
}

MEMBER(name_text) { return own_property(realm, self, "Name", out); }
MEMBER(definition_text) { return own_property(realm, self, "Definition", out); }

static const struct member_row rows[] = {
#define ROW_TYPE "System.Management.Automation.CommandInfo"
    ROW_CALL("ToString", 0, 0, name_text, "string ToString()"),
#undef ROW_TYPE
#define ROW_TYPE "System.Management.Automation.ScriptInfo"
    ROW_CALL("ToString", 0, 0, definition_text, "string ToString()"),
#undef ROW_TYPE
#define ROW_TYPE "System.Management.Automation.PSModuleInfo"
    ROW_CALL("ToString", 0, 0, name_text, "string ToString()"),
#undef ROW_TYPE
};
const struct member_table command_member_table = TABLE_OF(rows);
