/* -f. An array of objects or of references gives the arguments; one of numbers (int[], byte[]) is a single argument. */
#include "m365sh/types/format_text.h"
#include "ops_private.h"

static bool gives_arguments(struct value v) {
    if (v.kind != VALUE_ARRAY) return false;
    const struct type *type = array_block(v)->container.type;
    return !type || !type->element || !(type->element->flags & TYPE_VALUE);
}

enum status format_operator(struct realm *realm, struct value a, struct value b, struct value *out) {
    struct bytes buffer = {0}, text = {0};
    const struct value *arguments = gives_arguments(b) ? array_items(b) : &b;
    uint32_t count = gives_arguments(b) ? array_count(b) : 1;
    enum status status = format_composite(realm, &text, operand_text(realm, a, &buffer), arguments, count,
                                          realm->culture ? realm->culture : culture_invariant());
    if (status == STATUS_OK) *out = string_from_bytes(&text);
    else if (status == STATUS_ERROR && value_is_error_record(realm->raised) && a.kind == VALUE_STRING)
        error_record_set_target(realm, realm->raised, a);
    bytes_free(&buffer);
    bytes_free(&text);
    return status;
}
