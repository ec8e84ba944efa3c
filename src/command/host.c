#include "m365sh/command/host.h"

#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

static const struct { const char *name; enum action_preference action; } actions[] = {
    {"SilentlyContinue", ACTION_SILENT}, {"Stop", ACTION_STOP},       {"Continue", ACTION_CONTINUE},
    {"Inquire", ACTION_INQUIRE},         {"Ignore", ACTION_IGNORE},   {"Suspend", ACTION_SUSPEND},
    {"Break", ACTION_BREAK},
};

bool action_preference_read(struct realm *realm, struct value v, enum action_preference *out) {
    (void)realm;
    v = value_base(v);
    if (v.kind == VALUE_STRING) {
        for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
            if (!text_equal_fold(string_text(v), text_of(actions[i].name))) continue;
            *out = actions[i].action;
            return true;
        }
        return false;
    }
    if (v.kind != VALUE_ENUM && !value_is_integer(v)) return false;
    if (v.integer < ACTION_SILENT || v.integer > ACTION_BREAK) return false;
    *out = (enum action_preference)v.integer;
    return true;
}

enum action_preference host_preference(struct host *host, const char *variable, enum action_preference fallback) {
    if (!host || !host->variable_get) return fallback;
    struct value v = host->variable_get(host, text_of(variable), SCOPE_CURRENT);
    enum action_preference found = fallback;
    if (!value_is_nothing(v) && !action_preference_read(host->realm, v, &found)) found = fallback;
    value_release(v);
    return found;
}
