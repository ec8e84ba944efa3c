/* A realm with types, and a sink that keeps the lines. */
#ifndef M365SH_TEST_FORMAT_H
#define M365SH_TEST_FORMAT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "m365sh/format/format.h"
#include "m365sh/types/format_text.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

__attribute__((unused)) static int start(void **state) {
    struct realm *realm = realm_new();
    realm_set_stack(realm);
    types_start(realm);
    realm->culture = culture_find(TEXT("en-US"));
    *state = realm;
    return 0;
}

__attribute__((unused)) static int stop(void **state) {
    types_stop(*state);
    realm_free(*state);
    return 0;
}

/* Lines without blanks at their ends, parted by |. */
static inline enum status keep_line(void *context, struct text line) {
    while (line.length && line.start[line.length - 1] == ' ') line.length--;
    bytes_add_text(context, line);
    bytes_add_byte(context, '|');
    return STATUS_OK;
}

#endif
