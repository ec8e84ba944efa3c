#include "m365sh/command/invocation.h"

#include <stdarg.h>
#include "m365sh/base/interrupt.h"
#include "m365sh/base/path.h"
#include "m365sh/types/convert.h"
#include "m365sh/value/array.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

bool invocation_switch(const struct invocation *call, uint32_t index) {
    struct value v = invocation_argument(call, index);
    return v.kind != VALUE_UNSET && value_truth(v);
}

struct text invocation_text(const struct invocation *call, uint32_t index) {
    struct value v = value_base(invocation_argument(call, index));
    return v.kind == VALUE_STRING ? string_text(v) : TEXT_NONE;
}

int64_t invocation_integer(const struct invocation *call, uint32_t index, int64_t fallback) {
    struct value v = value_base(invocation_argument(call, index));
    return value_is_integer(v) || v.kind == VALUE_ENUM ? v.integer : fallback;
}

bool invocation_in_set(const struct invocation *call, const char *set) {
    return call->binding.set && text_equal_fold(intern_text(call->realm->names, call->binding.set), text_of(set));
}

enum status invocation_emit(struct invocation *call, struct value v) {
    if (v.kind == VALUE_VOID) return STATUS_OK;
    if (__builtin_expect(interrupt_pending(), 0)) {
        enum status status = realm_poll(call->realm);
        if (status != STATUS_OK) return status;
    }
    if (call->out_variable.kind != VALUE_UNSET) array_push(call->out_variable, v);
    if (call->pipeline_variable) value_set(call->pipeline_variable, v);
    const struct emitter *sink = &call->streams.sinks[STREAM_OUTPUT];
    return sink->emit ? sink->emit(sink->context, v) : STATUS_OK;
}

enum status invocation_emit_take(struct invocation *call, struct value v) {
    enum status status = invocation_emit(call, v);
    value_release(v);
    return status;
}

enum status invocation_emit_each(struct invocation *call, struct value v) {
    if (!convert_is_enumerable(call->realm, v)) return invocation_emit(call, v);
    struct enumeration it;
    enumeration_start(call->realm, &it, v);
    bool more = false;
    struct value item;
    enum status status;
    while ((status = enumeration_next(call->realm, &it, &more, &item)) == STATUS_OK && more) {
        if ((status = invocation_emit(call, item)) != STATUS_OK) break;
    }
    enumeration_end(&it);
    return status;
}

static enum action_preference error_action(const struct invocation *call) {
    if (call->error_action != ACTION_UNSET) return call->error_action;
    return host_preference(call->host, "ErrorActionPreference", ACTION_CONTINUE);
}

/* "Inquire": the person at the terminal says whether to go on. Nobody there: as Stop. */
static bool inquire_goes_on(struct invocation *call, struct value record) {
    struct host *host = call->host;
    if (!host || !host->interactive || !host->ask) return false;
    return host->ask(host, TEXT("Go on?"), error_record_message(record), true) == ANSWER_YES;
}

enum status invocation_error_take(struct invocation *call, struct value record) {
    struct host *host = call->host;
    enum action_preference action = error_action(call);
    call->had_error = true;
    if (host && host->error_place) host->error_place(host, call, record);
    if (call->error_variable.kind != VALUE_UNSET) array_push(call->error_variable, record);
    if (action == ACTION_INQUIRE) action = inquire_goes_on(call, record) ? ACTION_SILENT : ACTION_STOP;
    if (action == ACTION_STOP) return realm_raise_record_take(call->realm, record);
    if (action != ACTION_IGNORE && host && host->error_remember) host->error_remember(host, record);
    enum status status = STATUS_OK;
    const struct emitter *sink = &call->streams.sinks[STREAM_ERROR];
    if (action != ACTION_IGNORE && action != ACTION_SILENT && sink->emit) status = sink->emit(sink->context, record);
    value_release(record);
    return status;
}

/* "id,Command" as PowerShell makes a FullyQualifiedErrorId for what a command reports. */
static struct value make_record(struct invocation *call, const char *exception, const char *id, enum error_category category,
                                struct value target, const char *format, va_list list) {
    struct bytes message = {0}, full = {0};
    bytes_add_format_list(&message, format, list);
    bytes_add_format(&full, "%s,", id);
    command_add_error_name(&full, call->command);
    struct value thrown = exception_new(call->realm, exception, bytes_text(&message), VALUE_UNSET_INIT);
    struct value record = error_record_new(call->realm, thrown, bytes_text(&full), category, target);
    error_record_set_activity(call->realm, record, call->command->spelling);
    value_release(thrown);
    bytes_free(&message);
    bytes_free(&full);
    return record;
}

enum status invocation_error(struct invocation *call, const char *exception, const char *id, enum error_category category,
                             struct value target, const char *format, ...) {
    va_list list;
    va_start(list, format);
    struct value record = make_record(call, exception, id, category, target, format, list);
    va_end(list);
    return invocation_error_take(call, record);
}

enum status invocation_throw(struct invocation *call, const char *exception, const char *id, enum error_category category,
                             struct value target, const char *format, ...) {
    va_list list;
    va_start(list, format);
    struct value record = make_record(call, exception, id, category, target, format, list);
    va_end(list);
    return realm_raise_record_take(call->realm, record);
}

enum status invocation_error_raised(struct invocation *call) {
    struct value record = realm_take_raised(call->realm);
    struct value id = error_record_get(record, ERROR_ID);
    if (id.kind == VALUE_STRING && text_find_byte(string_text(id), ',', 0) == TEXT_NOT_FOUND) {
        struct bytes full = {0};
        bytes_add_format(&full, "%s,", string_chars(id));
        command_add_error_name(&full, call->command);
        struct value text = string_from_bytes(&full);
        error_record_set(record, ERROR_ID, text);
        value_release(text);
        bytes_free(&full);
    }
    error_record_set_activity(call->realm, record, call->command->spelling);
    return invocation_error_take(call, record);
}

struct stream_rule {
    const char *variable;
    enum action_preference fallback;
};
static const struct stream_rule stream_rules[STREAM_COUNT] = {
    [STREAM_WARNING] = {"WarningPreference", ACTION_CONTINUE},
    [STREAM_VERBOSE] = {"VerbosePreference", ACTION_SILENT},
    [STREAM_DEBUG] = {"DebugPreference", ACTION_SILENT},
    [STREAM_INFORMATION] = {"InformationPreference", ACTION_SILENT},
};

static enum action_preference stream_action(const struct invocation *call, int stream) {
    enum action_preference own = stream == STREAM_WARNING    ? call->warning_action
                                 : stream == STREAM_VERBOSE  ? call->verbose_action
                                 : stream == STREAM_DEBUG    ? call->debug_action
                                                             : call->information_action;
    if (own != ACTION_UNSET) return own;
    return host_preference(call->host, stream_rules[stream].variable, stream_rules[stream].fallback);
}

bool invocation_verbose_on(struct invocation *call) {
    enum action_preference action = stream_action(call, STREAM_VERBOSE);
    return action != ACTION_SILENT && action != ACTION_IGNORE;
}

static struct value stream_list(const struct invocation *call, int stream) {
    if (stream == STREAM_WARNING) return call->warning_variable;
    if (stream == STREAM_INFORMATION) return call->information_variable;
    return VALUE_UNSET_INIT;
}

/* A record of a stream: so that 3>&1 shows its kind, as PowerShell's WarningRecord and its like do. */
static struct value stream_record(struct invocation *call, int stream, struct value v) {
    static const char *const names[STREAM_COUNT] = {
        [STREAM_WARNING] = "System.Management.Automation.WarningRecord",
        [STREAM_VERBOSE] = "System.Management.Automation.VerboseRecord",
        [STREAM_DEBUG] = "System.Management.Automation.DebugRecord",
    };
    if (v.kind != VALUE_STRING || !names[stream]) return value_keep(v);
    struct value record = object_new(call->realm, type_find(call->realm, text_of(names[stream])), 2);
    object_add(call->realm, record, TEXT("Message"), MEMBER_PROPERTY, v);
    struct value none = value_null();
    object_add(call->realm, record, TEXT("InvocationInfo"), MEMBER_PROPERTY, none);
    return record;
}

enum status invocation_write(struct invocation *call, int stream, struct value v) {
    enum action_preference action = stream_action(call, stream);
    struct value list = stream_list(call, stream);
    struct host *host = call->host;
    bool ignored = action == ACTION_IGNORE && stream != STREAM_WARNING; /* -WarningVariable gets even those */
    if (ignored || (action == ACTION_SILENT && (stream == STREAM_VERBOSE || stream == STREAM_DEBUG))) return STATUS_OK;
    struct value record = stream_record(call, stream, v);
    if (host && host->stream_note) host->stream_note(host, stream, call, record);
    if (list.kind != VALUE_UNSET) array_push(list, record);
    const struct emitter *sink = &call->streams.sinks[stream];
    enum status status = sink->emit && action != ACTION_SILENT && action != ACTION_IGNORE ? sink->emit(sink->context, record) : STATUS_OK;
    value_release(record);
    if (status != STATUS_OK || action != ACTION_STOP) return status;
    struct value text = convert_text(call->realm, v);
    status = invocation_throw(call, "System.Management.Automation.ActionPreferenceStopException", "ActionPreferenceStop",
                              ERROR_OPERATION_STOPPED, value_null(), "The preference Stop ended the command at this message: %s",
                              string_chars(text));
    value_release(text);
    return status;
}

static enum status write_formatted(struct invocation *call, int stream, const char *format, va_list list) {
    struct bytes text = {0};
    bytes_add_format_list(&text, format, list);
    struct value v = string_from_bytes(&text);
    bytes_free(&text);
    enum status status = invocation_write(call, stream, v);
    value_release(v);
    return status;
}

enum status invocation_warn(struct invocation *call, const char *format, ...) {
    va_list list;
    va_start(list, format);
    enum status status = write_formatted(call, STREAM_WARNING, format, list);
    va_end(list);
    return status;
}

enum status invocation_verbose(struct invocation *call, const char *format, ...) {
    if (!invocation_verbose_on(call)) return STATUS_OK;
    va_list list;
    va_start(list, format);
    enum status status = write_formatted(call, STREAM_VERBOSE, format, list);
    va_end(list);
    return status;
}

void invocation_progress(struct invocation *call, struct text activity, struct text status, int percent, bool done) {
    struct host *host = call->host;
    if (!host || !host->progress) return;
    if (call->progress_action == ACTION_SILENT || call->progress_action == ACTION_IGNORE) return;
    host->progress(host, activity, status, percent, done);
}

static bool preference_truth(struct host *host, const char *variable) {
    if (!host || !host->variable_get) return false;
    struct value v = host->variable_get(host, text_of(variable), SCOPE_CURRENT);
    bool truth = value_truth(v);
    value_release(v);
    return truth;
}

static enum status say_what_if(struct invocation *call, struct text target, struct text action) {
    struct bytes line = {0};
    bytes_add_format(&line, "What if: would do \"%.*s\" on \"%.*s\".\n", TEXT_ARGUMENT(action),
                     TEXT_ARGUMENT(target));
    struct host *host = call->host;
    enum status status = host && host->print_error ? host->print_error(host, bytes_text(&line)) : STATUS_OK;
    bytes_free(&line);
    return status;
}

/* Must the person be asked? -Confirm says; else $ConfirmPreference against the command's impact. */
static bool must_ask(struct invocation *call) {
    if (call->confirm >= 0) return call->confirm;
    struct host *host = call->host;
    if (!host || !host->interactive) return false;
    const struct signature *signature = call->binding.signature;
    return signature && (signature->flags & CMDLET_IMPACT_HIGH) && !preference_truth(host, "ConfirmPreferenceNone");
}

enum status invocation_should_process(struct invocation *call, struct text target, struct text action, bool *go_on) {
    *go_on = false;
    bool what_if = call->what_if >= 0 ? call->what_if : preference_truth(call->host, "WhatIfPreference");
    if (what_if) return say_what_if(call, target, action);
    if (call->no_to_all) return STATUS_OK;
    if (call->yes_to_all || !must_ask(call)) {
        *go_on = true;
        return STATUS_OK;
    }
    struct bytes question = {0};
    bytes_add_format(&question, "%.*s: %.*s", TEXT_ARGUMENT(action), TEXT_ARGUMENT(target));
    struct host *host = call->host;
    enum answer answer = host && host->ask ? host->ask(host, TEXT("Confirm"), bytes_text(&question), true) : ANSWER_NOBODY;
    bytes_free(&question);
    if (answer == ANSWER_NOBODY)
        return invocation_throw(call, "System.InvalidOperationException", "NobodyToAsk", ERROR_OPERATION_STOPPED, value_null(),
                                "-Confirm asks, and nobody is there to answer. Leave -Confirm out, or give -Confirm:$false.");
    call->yes_to_all = answer == ANSWER_YES_ALL;
    call->no_to_all = answer == ANSWER_NO_ALL;
    *go_on = answer == ANSWER_YES || answer == ANSWER_YES_ALL;
    return STATUS_OK;
}

enum status invocation_block(struct invocation *call, struct value block, struct value item, struct emitter output) {
    struct block_call request = {.block = block, .dollar_underscore = item, .scope = BLOCK_CALLER_SCOPE, .output = output, .around = call};
    return callable_call(call->realm, &request);
}

enum status invocation_block_collect(struct invocation *call, struct value block, struct value item, struct value *out) {
    struct block_call request = {.block = block, .dollar_underscore = item, .scope = BLOCK_CALLER_SCOPE, .around = call};
    return callable_call_collect(call->realm, &request, out);
}

void invocation_path(struct invocation *call, struct text path, struct bytes *out) {
    struct host *host = call->host;
    path_resolve(path, host && host->folder ? host->folder(host) : TEXT("/"), out);
}
