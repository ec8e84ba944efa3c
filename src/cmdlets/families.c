#include "m365sh/cmdlets/families.h"

#define FAMILY(name)                                     \
    extern const struct cmdlet_row *const name##_family[]; \
    extern const size_t name##_family_count;
#include "families.def"
#undef FAMILY

struct family {
    const char *name;
    const struct cmdlet_row *const *rows;
    const size_t *count;
};
static const struct family families[] = {
#define FAMILY(name) {#name, name##_family, &name##_family_count},
#include "families.def"
#undef FAMILY
};

void families_add(struct command_table *table) {
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        command_table_add_rows(table, families[i].rows, *families[i].count);
}

bool families_next(size_t *position, const char **family, const struct cmdlet_row *const **rows, size_t *count) {
    if (*position >= sizeof families / sizeof *families) return false;
    *family = families[*position].name;
    *rows = families[*position].rows;
    *count = *families[*position].count;
    (*position)++;
    return true;
}
