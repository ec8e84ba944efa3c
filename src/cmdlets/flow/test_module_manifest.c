#include "engine_private.h"

#include "m365sh/base/file.h"

static const struct parameter_row parameter_rows[] = {
    {"Path", "string", 0, PARAMETER_MANDATORY | PARAMETER_PIPELINE | PARAMETER_BY_NAME, NULL, NULL, NULL, "path", "The .psd1 file."},
};

static enum status process(struct invocation *call) {
    struct bytes path = {0};
    invocation_path(call, invocation_text(call, 0), &path);
    struct value whole = string_from_bytes(&path);
    enum status status;
    if (!file_exists(path.data))
        status = invocation_error(call, "System.IO.FileNotFoundException", "Modules_ModuleNotFound", ERROR_RESOURCE_UNAVAILABLE, whole, "There is no manifest '%s'.", path.data);
    else status = engine_ask(call, "describe-module", &whole, 1, false);
    value_release(whole);
    bytes_free(&path);
    return status;
}

static const struct example_row example_rows[] = {
    {"New-ModuleManifest tools.psd1 -ModuleVersion 1.2; (Test-ModuleManifest tools.psd1).Version", "Its version."},
    {"Test-ModuleManifest nothing.psd1 -ErrorAction SilentlyContinue", "No error if it is not there."},
};

CMDLET(test_module_manifest) = {
    .name = "Test-ModuleManifest", .synopsis = "Reads a manifest and says what the module is.", .description = "Nothing is loaded.", PARAMETERS, .process = process, EXAMPLES,
};
