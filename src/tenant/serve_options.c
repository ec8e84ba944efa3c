/* The command line of `m365sh serve`. */
#include <stddef.h>
#include "m365sh/base/bytes.h"
#include "m365sh/base/decimal.h"
#include "m365sh/base/text.h"
#include "m365sh/tenant/tenant.h"
#include "seed_private.h"

enum option_kind { OPTION_NUMBER, OPTION_TEXT, OPTION_SHARE, OPTION_THROTTLING, OPTION_SEED };
struct option {
    const char *name;
    enum option_kind kind;
    size_t offset;
    int64_t least, most;
    const char *argument, *help;
};
#define PLACE(member) offsetof(struct tenant_options, member)
static const struct option options_known[] = {
    {"--port", OPTION_NUMBER, PLACE(port), 0, 65535, "N", "listen on this port of this machine; 0 takes a free one"},
    {"--socket", OPTION_TEXT, PLACE(socket_path), 0, 0, "PATH", "listen on a private Unix socket instead"},
    {"--users", OPTION_NUMBER, PLACE(users), 20, 2000000, "N", "how many people the story has (1,000)"},
    {"--seed", OPTION_SEED, PLACE(seed), 0, 0, "N", "the same seed gives the same tenant (1)"},
    {"--story", OPTION_TEXT, PLACE(story), 0, 0, "NAME", "contoso, or contoso-both which owns Office 365 E3 too"},
    {"--store", OPTION_TEXT, PLACE(store_path), 0, 0, "FILE", "keep the state in this file; made and filled when it is not there"},
    {"--latency", OPTION_NUMBER, PLACE(latency_ms), 0, 600000, "MS", "added to every answer"},
    {"--throttling", OPTION_THROTTLING, PLACE(throttling_realistic), 0, 0, "off|realistic", "realistic: the documented limits, 429 beyond"},
    {"--faults", OPTION_SHARE, PLACE(fault_rate), 0, 1, "RATE", "share of requests that fail on purpose, 0 to 1"},
    {"--tls-cert", OPTION_TEXT, PLACE(certificate_path), 0, 0, "FILE", "certificate, PEM"},
    {"--tls-key", OPTION_TEXT, PLACE(key_path), 0, 0, "FILE", "its key, PEM"},
    {"--ready-file", OPTION_TEXT, PLACE(ready_path), 0, 0, "FILE", "the ready line is written there too"},
    {"--request-log", OPTION_TEXT, PLACE(request_log_path), 0, 0, "FILE", "a line of JSON for each request and part of a batch"},
    {"--permissions", OPTION_TEXT, PLACE(permissions), 0, 0, "A,B", "narrow what the application may do"},
};
enum { OPTION_COUNT = sizeof options_known / sizeof *options_known };

static enum status keep_number(const struct option *option, struct text value, void *place, struct fault *fault) {
    int64_t number;
    if (!decimal_read_int64(value, &number) || number < option->least || number > option->most)
        return fault_set(fault, FAULT_INVALID, 0, "%s takes a whole number from %lld to %lld, not '%.*s'", option->name, (long long)option->least,
                         (long long)option->most, TEXT_ARGUMENT(value));
    *(int *)place = (int)number;
    return STATUS_OK;
}

static enum status keep(const struct option *option, const char *value, struct tenant_options *out, struct fault *fault) {
    void *place = (char *)out + option->offset;
    struct text text = text_of(value);
    double share;
    switch (option->kind) {
    case OPTION_NUMBER: return keep_number(option, text, place, fault);
    case OPTION_SEED:
        if (decimal_read_uint64(text, place)) return STATUS_OK;
        return fault_set(fault, FAULT_INVALID, 0, "--seed takes a whole number, not '%s'", value);
    case OPTION_SHARE:
        if (!decimal_read_double(text, &share) || !(share >= 0 && share <= 1))
            return fault_set(fault, FAULT_INVALID, 0, "%s takes a share from 0 to 1, not '%s'", option->name, value);
        *(double *)place = share;
        return STATUS_OK;
    case OPTION_THROTTLING:
        *(bool *)place = text_equal_fold(text, TEXT("realistic"));
        if (*(bool *)place || text_equal_fold(text, TEXT("off"))) return STATUS_OK;
        return fault_set(fault, FAULT_INVALID, 0, "--throttling takes off or realistic, not '%s'", value);
    default: *(const char **)place = value; return STATUS_OK;
    }
}

/* `--name value` and `--name=value` */
static enum status take(int count, char **arguments, int *at, struct tenant_options *out, struct fault *fault) {
    struct text argument = text_of(arguments[*at]);
    size_t equals = text_find_byte(argument, '=', 0);
    struct text name = equals == TEXT_NOT_FOUND ? argument : text_slice(argument, 0, equals);
    if (text_equal(argument, TEXT("--quiet"))) {
        out->quiet = true;
        return STATUS_OK;
    }
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!text_equal(name, text_of(options_known[i].name))) continue;
        if (equals != TEXT_NOT_FOUND) return keep(&options_known[i], arguments[*at] + equals + 1, out, fault);
        if (*at + 1 >= count) return fault_set(fault, FAULT_INVALID, 0, "%s needs a value", options_known[i].name);
        return keep(&options_known[i], arguments[++*at], out, fault);
    }
    return fault_set(fault, FAULT_INVALID, 0, "serve knows no option %s", arguments[*at]);
}

void tenant_options_help(struct bytes *out) {
    bytes_add_string(out, "m365sh serve [options]   serves the practice tenant to other programs until SIGTERM\n\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        struct bytes left = {0};
        bytes_add_format(&left, "%s %s", options_known[i].name, options_known[i].argument);
        bytes_add_format(out, "  %-28s %s\n", left.data, options_known[i].help);
        bytes_free(&left);
    }
    bytes_add_string(out, "  --quiet                      no ready line on standard output\n");
}

enum status tenant_options_read(int count, char **arguments, struct tenant_options *options, struct fault *fault) {
    *options = (struct tenant_options){.port = -1, .seed = 1};
    for (int i = 0; i < count; i++) {
        enum status status = take(count, arguments, &i, options, fault);
        if (status != STATUS_OK) return status;
    }
    if (options->port >= 0 && options->socket_path) return fault_set(fault, FAULT_INVALID, 0, "serve takes --port or --socket, not both");
    if (options->port < 0 && !options->socket_path) options->port = 0;
    if (!options->certificate_path != !options->key_path) return fault_set(fault, FAULT_INVALID, 0, "--tls-cert and --tls-key go together");
    if (options->story && !seed_knows_story(options->story))
        return fault_set(fault, FAULT_INVALID, 0, "there is no story %s; contoso and contoso-both are told", options->story);
    return STATUS_OK;
}
