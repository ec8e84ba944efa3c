/* What Format- cmdlets hand to Out- cmdlets: the request and the objects, behind an object of PowerShell's type name. */
#include "m365sh/format/format.h"

#include "m365sh/value/array.h"
#include "m365sh/value/native.h"
#include "m365sh/value/object.h"

struct wrapped { struct format_request request; struct value items; };

static void release_wrapped(void *payload) {
    struct wrapped *wrapped = payload;
    value_release(wrapped->request.properties);
    value_release(wrapped->request.group_by);
    value_release(wrapped->items);
}

static void traverse_wrapped(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    struct wrapped *wrapped = payload;
    visit(&wrapped->request.properties, context);
    visit(&wrapped->request.group_by, context);
    visit(&wrapped->items, context);
}

static const struct native_class wrapped_class = {
    "Microsoft.PowerShell.Commands.Internal.Format.FormatStartData", release_wrapped, traverse_wrapped,
};

struct value format_wrap(struct realm *realm, const struct format_request *request, struct value items) {
    struct value v = native_new(realm, &wrapped_class, NULL, sizeof(struct wrapped));
    struct wrapped *wrapped = native_payload(v, &wrapped_class);
    wrapped->request = *request;
    wrapped->request.view = TEXT_NONE; /* borrowed by the caller only */
    wrapped->request.properties = value_keep(request->properties);
    wrapped->request.group_by = value_keep(request->group_by);
    wrapped->items = value_keep(items);
    return v;
}

bool format_is_wrapped(struct value v) {
    return native_payload(v, &wrapped_class) != NULL;
}

const struct format_request *format_wrapped_request(struct value v) {
    return &((struct wrapped *)native_payload(v, &wrapped_class))->request;
}

struct value format_wrapped_items(struct value v) {
    return ((struct wrapped *)native_payload(v, &wrapped_class))->items;
}
