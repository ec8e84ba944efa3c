#include "stream_writer_private.h"

#include "m365sh/value/hashtable.h"

enum { OBJECT, NO_NEWLINE, SEPARATOR, FOREGROUND, BACKGROUND };

static const struct parameter_row parameter_rows[] = {
    {"Object", "object", 0, PARAMETER_PIPELINE | PARAMETER_REMAINING | PARAMETER_AS_WRITTEN, "Msg|Message", NULL, NULL, NULL, "What to show."},
    {"NoNewline", "switch", -1, 0, NULL, NULL, NULL, NULL, "The next text goes on in the same line."},
    {"Separator", "object", -1, 0, NULL, NULL, NULL, NULL, "What stands between the objects; a blank unless said."},
    {"ForegroundColor", "System.ConsoleColor", -1, 0, NULL, NULL, NULL, NULL, "The colour of the text, at a terminal."},
    {"BackgroundColor", "System.ConsoleColor", -1, 0, NULL, NULL, NULL, NULL, "The colour behind it."},
};

/* ToString() as the culture has it, unlike in texts: all digits, dates as written here. Custom objects have none. */
static void add_own_text(struct invocation *call, struct bytes *out, struct value v) {
    struct value text;
    if (convert_dot_text(call->realm, v, &text) != STATUS_OK) {
        value_release(realm_take_raised(call->realm));
        return;
    }
    if (string_text(text).length) bytes_add_text(out, string_text(text));
    else convert_add_text(call->realm, out, v);
    value_release(text);
}

/* A pair of a hashtable. */
static void add_pair(struct invocation *call, struct bytes *out, const struct table_entry *entry) {
    bytes_add_byte(out, '[');
    convert_add_text(call->realm, out, entry->key);
    bytes_add_string(out, ", ");
    add_own_text(call, out, entry->value);
    bytes_add_byte(out, ']');
}

static void add_object(struct invocation *call, struct bytes *out, struct value v, struct text separator, int depth) {
    if (value_is_nothing(v)) return;
    struct value base = value_base(v);
    if (value_is_table(base)) {
        uint32_t position = 0;
        bool first = true;
        for (struct table_entry *entry; (entry = table_next(base, &position)); first = false) {
            if (!first) bytes_add_text(out, separator);
            add_pair(call, out, entry);
        }
        return;
    }
    if (depth > 16 || !convert_is_enumerable(call->realm, v)) {
        add_own_text(call, out, v);
        return;
    }
    struct enumeration it;
    enumeration_start(call->realm, &it, v);
    bool more = false;
    struct value item;
    for (bool first = true; enumeration_next(call->realm, &it, &more, &item) == STATUS_OK && more; first = false) {
        if (!first) bytes_add_text(out, separator);
        add_object(call, out, item, separator, depth + 1);
    }
    enumeration_end(&it);
}

static enum status process(struct invocation *call) {
    struct value separator = invocation_has(call, SEPARATOR) ? convert_text(call->realm, invocation_argument(call, SEPARATOR)) : string_of(" ");
    struct bytes text = {0};
    add_object(call, &text, invocation_argument(call, OBJECT), string_text(separator), 0);
    struct value message = information_host_message(call, bytes_text(&text), invocation_switch(call, NO_NEWLINE),
                                                    invocation_argument(call, FOREGROUND), invocation_argument(call, BACKGROUND));
    struct value tag = string_of("PSHOST");
    struct value record = information_record_new(call, message, tag);
    bytes_free(&text);
    value_release(separator);
    value_release(message);
    value_release(tag);
    /* Shown whatever $InformationPreference says, as in PowerShell: only -InformationAction Ignore hides it. */
    if (call->host && call->host->stream_note) call->host->stream_note(call->host, STREAM_INFORMATION, call, record);
    if (call->information_variable.kind != VALUE_UNSET) array_push(call->information_variable, record);
    const struct emitter *sink = &call->streams.sinks[STREAM_INFORMATION];
    bool hidden = call->information_action == ACTION_IGNORE || call->information_action == ACTION_SILENT;
    enum status status = sink->emit && !hidden ? sink->emit(sink->context, record) : STATUS_OK;
    value_release(record);
    return status;
}

static const struct example_row example_rows[] = {
    {"Write-Host 'Done.' -ForegroundColor Green", "A line in green."},
    {"Write-Host 'a', 'b' -Separator ', '", "Several objects in one line."},
};

CMDLET(write_host) = {
    .name = "Write-Host", .synopsis = "Shows text to the person at the terminal.",
    .description = "It goes to the information stream, so that it is no part of a command's result.", PARAMETERS, .process = process, EXAMPLES,
};
