/* $Host: who shows what is written and asks what must be known. Its UI speaks to the session through struct host. */
#include "engine_private.h"

#include "m365sh/types/secure_value.h"

static const struct native_class ui_class = {"System.Management.Automation.Internal.Host.InternalHostUserInterface", NULL, NULL};

static void put(struct engine *engine, struct value object, const char *name, struct value v) {
    object_add(engine->realm, object, text_of(name), MEMBER_PROPERTY, v);
    value_release(v);
}

static struct value size_object(struct engine *engine, const char *type, const char *first, int a, const char *second, int b) {
    struct value object = object_new(engine->realm, type_find(engine->realm, text_of(type)), 2);
    put(engine, object, first, value_int32(a));
    put(engine, object, second, value_int32(b));
    return object;
}

static struct value raw_ui(struct engine *engine) {
    static const char size[] = "System.Management.Automation.Host.Size", place[] = "System.Management.Automation.Host.Coordinates";
    struct host *host = engine->host;
    int width = host->width ? host->width(host) : 80;
    struct value object = object_new(engine->realm, type_find(engine->realm, TEXT("System.Management.Automation.Internal.Host.InternalHostRawUserInterface")), 10);
    put(engine, object, "ForegroundColor", string_of("Gray"));
    put(engine, object, "BackgroundColor", string_of("Black"));
    put(engine, object, "CursorPosition", size_object(engine, place, "X", 0, "Y", 0));
    put(engine, object, "WindowPosition", size_object(engine, place, "X", 0, "Y", 0));
    put(engine, object, "CursorSize", value_int32(1));
    put(engine, object, "BufferSize", size_object(engine, size, "Width", width, "Height", 25));
    put(engine, object, "WindowSize", size_object(engine, size, "Width", width, "Height", 25));
    put(engine, object, "MaxWindowSize", size_object(engine, size, "Width", width, "Height", 25));
    put(engine, object, "MaxPhysicalWindowSize", size_object(engine, size, "Width", width, "Height", 25));
    put(engine, object, "KeyAvailable", value_bool(false));
    put(engine, object, "WindowTitle", string_of("m365sh"));
    return object;
}

static struct value culture(struct engine *engine) {
    const struct type *type = type_find(engine->realm, TEXT("System.Globalization.CultureInfo"));
    bool found = false;
    struct value v = value_null();
    if (!type || member_static_get(engine->realm, type, intern_name(engine->realm->names, TEXT("CurrentCulture")), &found, &v) != STATUS_OK)
        value_release(realm_take_raised(engine->realm));
    return v;
}

struct value host_object_new(struct engine *engine) {
    struct value object = object_new(engine->realm, type_find(engine->realm, TEXT("System.Management.Automation.Internal.Host.InternalHost")), 10);
    put(engine, object, "Name", string_of("ConsoleHost"));
    put(engine, object, "Version", value_version(7, 6, 9, -1));
    put(engine, object, "InstanceId", string_of("00000000-0000-0000-0000-000000000001"));
    put(engine, object, "UI", native_new(engine->realm, &ui_class, type_find(engine->realm, text_of(ui_class.type_name)), 1));
    put(engine, object, "CurrentCulture", culture(engine));
    put(engine, object, "CurrentUICulture", culture(engine));
    put(engine, object, "PrivateData", object_new(engine->realm, NULL, 2));
    put(engine, object, "DebuggerEnabled", value_bool(true));
    put(engine, object, "IsRunspacePushed", value_bool(false));
    put(engine, object, "Runspace", value_null());
    return object;
}

bool host_ui_property(struct engine *engine, struct value v, name_id name, struct value *out) {
    if (!native_payload(v, &ui_class)) return false;
    struct text text = intern_text(engine->realm->names, name);
    if (text_equal_fold(text, TEXT("RawUI"))) *out = raw_ui(engine);
    else if (text_equal_fold(text, TEXT("SupportsVirtualTerminal"))) *out = value_bool(engine->host->interactive);
    else return false;
    return true;
}

static enum status say(struct engine *engine, const char *mark, struct value v, bool line, bool is_error) {
    struct host *host = engine->host;
    struct value text = convert_text(engine->realm, v);
    struct bytes all = {0};
    bytes_add_format(&all, "%s", mark);
    bytes_add_text(&all, string_text(text));
    if (line) bytes_add_byte(&all, '\n');
    enum status (*print)(struct host *, struct text) = is_error ? host->print_error : host->print;
    enum status status = print ? print(host, bytes_text(&all)) : STATUS_OK;
    bytes_free(&all);
    value_release(text);
    return status;
}

/* A method's failure as .NET shows it: the cause inside. */
static enum status nobody_there(struct engine *engine, const char *method) {
    struct realm *realm = engine->realm;
    value_release(realm_take_raised(realm));
    struct value inner = exception_new(realm, "System.Management.Automation.PSInvalidOperationException", TEXT("There is nobody to answer: run at a terminal, or give the answer as a parameter."), VALUE_UNSET_INIT);
    struct bytes message = {0};
    bytes_add_format(&message, "%s cannot ask: there is nobody to answer.", method);
    struct value outer = exception_new(realm, "System.Management.Automation.MethodInvocationException", bytes_text(&message), inner);
    struct value record = error_record_new(realm, outer, TEXT("PSInvalidOperationException"), ERROR_NOT_SPECIFIED, value_null());
    bytes_free(&message);
    value_release(inner);
    value_release(outer);
    return realm_raise_record_take(realm, record);
}

static enum status ask_line(struct engine *engine, const char *method, struct text prompt, bool hidden, struct value *out) {
    struct host *host = engine->host;
    if (!host->read_line) return nobody_there(engine, method);
    enum status status = host->read_line(host, prompt, hidden, out);
    return status == STATUS_ERROR ? nobody_there(engine, method) : status;
}

static enum status read_secret(struct engine *engine, struct value *out) {
    struct value line;
    enum status status = ask_line(engine, "ReadLineAsSecureString", TEXT_NONE, true, &line);
    if (status != STATUS_OK) return status;
    *out = secure_value_new(engine->realm, string_text(line));
    value_release(line);
    return status;
}

/* "&Yes" → 'Y', "Yes" */
static char choice_key(struct text label, struct bytes *shown) {
    size_t at = text_find_byte(label, '&', 0);
    char key = 0;
    if (at != TEXT_NOT_FOUND && at + 1 < label.length) key = label.start[at + 1];
    for (size_t i = 0; i < label.length; i++) {
        if (i != at) bytes_add_byte(shown, label.start[i]);
    }
    if (!key && shown->length) key = shown->data[0];
    return key >= 'a' && key <= 'z' ? (char)(key - 'a' + 'A') : key;
}

static struct value choice_label(struct engine *engine, struct value choice) {
    struct value *label = choice.kind == VALUE_OBJECT ? object_find_text(engine->realm, choice, TEXT("Label")) : NULL;
    return convert_text(engine->realm, label ? *label : choice);
}

static int chosen(struct engine *engine, struct value choices, struct text word, int fallback) {
    if (!word.length) return fallback;
    for (uint32_t i = 0; i < array_count(choices); i++) {
        struct bytes shown = {0};
        struct value label = choice_label(engine, array_at(choices, i));
        char key = choice_key(string_text(label), &shown);
        bool fits = text_equal_fold(word, bytes_text(&shown)) || (word.length == 1 && (word.start[0] & ~0x20) == key);
        value_release(label);
        bytes_free(&shown);
        if (fits) return (int)i;
    }
    return -1;
}

static enum status prompt_for_choice(struct engine *engine, const struct value *arguments, uint32_t count, struct value *out) {
    struct value choices = count > 2 ? value_base(arguments[2]) : value_null(), line;
    int64_t fallback = count > 3 && value_is_integer(arguments[3]) ? arguments[3].integer : -1;
    if (!value_is_array_like(choices) || !engine->host->interactive) return nobody_there(engine, "PromptForChoice");
    struct bytes question = {0};
    for (int i = 0; i < 2; i++) {
        struct value text = convert_text(engine->realm, arguments[i]);
        if (string_text(text).length) bytes_add_format(&question, "%s\n", string_chars(text));
        value_release(text);
    }
    for (uint32_t i = 0; i < array_count(choices); i++) {
        struct bytes shown = {0};
        struct value label = choice_label(engine, array_at(choices, i));
        char key = choice_key(string_text(label), &shown);
        bytes_add_format(&question, "[%c] %s  ", key, shown.data ? shown.data : "");
        value_release(label);
        bytes_free(&shown);
    }
    if (fallback >= 0) bytes_add_format(&question, "(default is %d)", (int)fallback + 1);
    bytes_add_string(&question, ": ");
    enum status status = STATUS_OK;
    int answer = -1;
    while (status == STATUS_OK && answer < 0) {
        status = ask_line(engine, "PromptForChoice", bytes_text(&question), false, &line);
        if (status != STATUS_OK) break;
        answer = chosen(engine, choices, text_trim(string_text(line)), (int)fallback);
        value_release(line);
    }
    bytes_free(&question);
    *out = value_int32(answer);
    return status;
}

bool host_ui_method(struct engine *engine, struct value v, name_id name, const struct value *arguments, uint32_t count, enum status *status, struct value *out) {
    static const struct { const char *method, *mark; bool line, is_error; } writers[] = {
        {"Write", "", false, false}, {"WriteLine", "", true, false}, {"WriteWarningLine", "WARNING: ", true, false}, {"WriteVerboseLine", "VERBOSE: ", true, false},
        {"WriteDebugLine", "DEBUG: ", true, false}, {"WriteErrorLine", "", true, true},
    };
    if (!native_payload(v, &ui_class)) return false;
    struct text method = intern_text(engine->realm->names, name);
    *status = STATUS_OK;
    *out = value_void();
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (!text_equal_fold(method, text_of(writers[i].method))) continue;
        *status = say(engine, writers[i].mark, count ? arguments[count - 1] : string_empty(), writers[i].line, writers[i].is_error);
        return true;
    }
    if (text_equal_fold(method, TEXT("ReadLine"))) *status = ask_line(engine, "ReadLine", TEXT_NONE, false, out);
    else if (text_equal_fold(method, TEXT("ReadLineAsSecureString"))) *status = read_secret(engine, out);
    else if (text_equal_fold(method, TEXT("PromptForChoice"))) *status = prompt_for_choice(engine, arguments, count, out);
    else if (text_equal_fold(method, TEXT("PromptForCredential"))) *status = nobody_there(engine, "PromptForCredential");
    else return false;
    return true;
}
