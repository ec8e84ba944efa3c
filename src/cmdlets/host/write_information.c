#include "stream_writer_private.h"

enum { DATA, TAGS };

static const struct parameter_row parameter_rows[] = {
    {"MessageData", "object", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_ALLOW_NULL | PARAMETER_ALLOW_EMPTY, "Msg|Message", NULL, NULL, NULL, "The message."},
    {"Tags", "string[]", 1, 0, NULL, NULL, NULL, NULL, "Words to find it by."},
};

static enum status process(struct invocation *call) {
    struct value record = information_record_new(call, invocation_argument(call, DATA), value_base(invocation_argument(call, TAGS)));
    const struct emitter *sink = &call->streams.sinks[STREAM_INFORMATION];
    /* A redirected stream receives the record even where the preference is to stay silent. */
    enum action_preference action = call->information_action != ACTION_UNSET ? call->information_action
                                                                             : host_preference(call->host, "InformationPreference", ACTION_SILENT);
    bool redirected = action == ACTION_SILENT && sink->emit && call->host && sink->emit != call->host->terminal_information.emit;
    if (redirected) {
        if (call->host->stream_note) call->host->stream_note(call->host, STREAM_INFORMATION, call, record);
        if (call->information_variable.kind != VALUE_UNSET) array_push(call->information_variable, record);
    }
    enum status status = redirected ? sink->emit(sink->context, record) : invocation_write(call, STREAM_INFORMATION, record);
    value_release(record);
    return status;
}

static const struct example_row example_rows[] = {
    {"Write-Information 'Started.' -InformationAction Continue", "A message that is shown."},
    {"Write-Information 'Started.' -Tags audit -InformationVariable kept", "A message that is kept in a variable."},
};

CMDLET(write_information) = {
    .name = "Write-Information", .synopsis = "Writes to the information stream.",
    .description = "Shown when $InformationPreference or -InformationAction is Continue.", PARAMETERS, .process = process, EXAMPLES,
};
