#include "../cmdlet_private.h"

#include <fcntl.h>
#include <unistd.h>
#include "digest_private.h"
#include "../item/item_private.h"

enum { PATH, LITERAL, STREAM, ALGORITHM };

static const struct parameter_row parameter_rows[] = {
    {"Path", "string[]", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME | PARAMETER_WILDCARDS, NULL, "Path", NULL, "path", "The file; wildcards are allowed."},
    {"LiteralPath", "string[]", -1, PARAMETER_MANDATORY | PARAMETER_BY_NAME, "PSPath|LP", "LiteralPath", NULL, "path", "The same, without wildcards."},
    {"InputStream", "System.IO.Stream", 0, PARAMETER_MANDATORY, NULL, "StreamParameterSet", NULL, NULL, "A stream with ToArray(), as a MemoryStream."},
    {"Algorithm", "string", 1, 0, NULL, NULL, "SHA1|SHA256|SHA384|SHA512|MD5", NULL, "SHA256 unless said."},
};

static const char *algorithm_of(struct invocation *call) {
    static const char *const names[] = {"SHA1", "SHA256", "SHA384", "SHA512", "MD5"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_fold(invocation_text(call, ALGORITHM), text_of(names[i]))) return names[i];
    return "SHA256";
}

static enum status emit_digest(struct invocation *call, const struct digest *digest, struct text path) {
    struct bytes hex = {0};
    for (unsigned i = 0; i < digest->length; i++) bytes_add_format(&hex, "%02X", digest->bytes[i]);
    struct realm *realm = call->realm;
    struct value info = object_new(realm, type_known(realm, "Microsoft.PowerShell.Commands.FileHashInfo"), 3);
    struct value algorithm = string_of(algorithm_of(call)), hash = string_from_bytes(&hex), where = path.length ? string_new(path) : value_null();
    object_add(realm, info, TEXT("Algorithm"), MEMBER_PROPERTY, algorithm);
    object_add(realm, info, TEXT("Hash"), MEMBER_PROPERTY, hash);
    object_add(realm, info, TEXT("Path"), MEMBER_PROPERTY, where);
    value_release(algorithm);
    value_release(hash);
    value_release(where);
    bytes_free(&hex);
    return invocation_emit_take(call, info);
}

static enum status hash_file(struct invocation *call, struct text path) {
    struct value name = string_new(path);
    struct fault fault = {0};
    struct digest digest = {.length = 0};
    int file = item_is_folder(DRIVE_FILES, path) ? -1 : open(string_chars(name), O_RDONLY | O_CLOEXEC);
    enum status status;
    if (file < 0)
        status = item_is_folder(DRIVE_FILES, path) ? STATUS_OK
                                                   : invocation_error(call, "System.UnauthorizedAccessException", "UnauthorizedAccessError", ERROR_INVALID_DATA, name, "'%s' cannot be read.", string_chars(name));
    else {
        status = digest_of_file(algorithm_of(call), file, &digest, &fault);
        close(file);
        status = status == STATUS_OK ? emit_digest(call, &digest, path) : realm_raise_fault(call->realm, &fault, "FileReadError");
    }
    value_release(name);
    return status;
}

static enum status missing(struct invocation *call, struct text path) {
    struct value target = string_new(path);
    enum status status = invocation_error(call, "System.Management.Automation.ItemNotFoundException", "FileNotFound", ERROR_OBJECT_NOT_FOUND, target,
                                          "There is no file '%s'.", string_chars(target));
    value_release(target);
    return status;
}

static enum status hash_stream(struct invocation *call) {
    struct realm *realm = call->realm;
    struct value content = VALUE_UNSET_INIT;
    struct bytes raw = {0};
    struct fault fault = {0};
    struct digest digest = {.length = 0};
    enum status status = member_call(realm, invocation_argument(call, STREAM), intern_name(realm->names, TEXT("ToArray")), NULL, 0, &content);
    if (status != STATUS_OK) return status;
    for (uint32_t i = 0; value_is_array_like(content) && i < array_count(content); i++) bytes_add_byte(&raw, (char)array_at(content, i).integer);
    value_release(content);
    status = digest_of_text(algorithm_of(call), bytes_text(&raw), &digest, &fault);
    bytes_free(&raw);
    return status == STATUS_OK ? emit_digest(call, &digest, TEXT_NONE) : realm_raise_fault(realm, &fault, "FileReadError");
}

static enum status process(struct invocation *call) {
    if (invocation_has(call, STREAM)) return hash_stream(call);
    bool literal = invocation_has(call, LITERAL);
    struct value paths = invocation_argument(call, literal ? LITERAL : PATH);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; status == STATUS_OK && i < item_count(paths); i++) {
        struct item_list list;
        status = item_expand(call, item_at(paths, i), literal, false, &list);
        for (uint32_t f = 0; status == STATUS_OK && f < array_count(list.paths); f++) {
            struct text path = string_text(array_at(list.paths, f));
            status = item_exists(call, DRIVE_FILES, path) ? hash_file(call, path) : missing(call, path);
        }
        value_release(list.paths);
    }
    return status;
}

static const struct example_row example_rows[] = {
    {"Set-Content a.txt x; (Get-FileHash a.txt).Hash", "The checksum as text."},
    {"Get-ChildItem -File | Get-FileHash | Group-Object Hash | Where-Object Count -gt 1", "Files that are the same."},
};

CMDLET(get_file_hash) = {
    .name = "Get-FileHash", .synopsis = "Computes the checksum of a file.", .description = "SHA256 unless -Algorithm says another.", PARAMETERS,
    .default_set = "Path", .process = process, EXAMPLES, .emits = "Microsoft.PowerShell.Commands.FileHashInfo",
};
