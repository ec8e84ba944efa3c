/* rooms: json. Any text is a value or an error; a value that was read can be written and read again. */
#include <stdlib.h>
#include "m365sh/json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct realm *realm = realm_new();
    realm_set_stack(realm);
    struct json_read_options read = {.keep_dates_text = true};
    struct json_write_options write = {.compress = true, .depth = 100, .as_wire = true};
    struct value value, again;
    struct bytes out = {0};
    if (json_read(realm, text_make((const char *)data, size), &read, &value) == STATUS_OK) {
        if (json_write(realm, value, &write, NULL, &out) == STATUS_OK) {
            if (json_read(realm, bytes_text(&out), &read, &again) != STATUS_OK) abort();
            value_release(again);
        }
        value_release(value);
    }
    value_release(realm_take_raised(realm));
    realm_free(realm);
    bytes_free(&out);
    return 0;
}
