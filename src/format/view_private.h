/* Which view shows a value: rows of views.def by the value's type names, most derived first. */
#ifndef M365SH_FORMAT_VIEW_PRIVATE_H
#define M365SH_FORMAT_VIEW_PRIVATE_H

#include "column_private.h"

struct view {
    const char *type;
    enum format_layout layout;
    const char *group;      /* "Label=Property", "" none */
    const char *columns;
};
/* The view of this layout (FORMAT_DEFAULT: the first there is); NULL if the type has none. */
const struct view *view_find(struct realm *realm, struct value v, enum format_layout layout);
bool view_applies(struct realm *realm, const struct view *view, struct value v);

#endif
