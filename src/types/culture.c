#include "culture_private.h"

static const struct culture cultures[] = {
#include "culture.def"
};
enum { INVARIANT, AMERICAN, CULTURE_COUNT = sizeof cultures / sizeof cultures[0] };

const struct culture *culture_invariant(void) {
    return &cultures[INVARIANT];
}

const struct culture *culture_or_invariant(const struct culture *culture) {
    return culture ? culture : &cultures[INVARIANT];
}

static const struct culture *find(struct text name) {
    for (size_t i = 0; i < CULTURE_COUNT; i++)
        if (text_equal_fold(text_of(cultures[i].name), name)) return &cultures[i];
    /* "de" means the first row of that language. */
    for (size_t i = 1; i < CULTURE_COUNT; i++)
        if (text_equal_fold(text_of(cultures[i].two_letters), name)) return &cultures[i];
    return NULL;
}

const struct culture *culture_find(struct text name) {
    const struct culture *found = find(name);
    return found ? found : &cultures[AMERICAN];
}

bool culture_is_known(struct text name) {
    return find(name) != NULL;
}

struct text culture_name(const struct culture *culture) {
    return text_of(culture_or_invariant(culture)->name);
}

struct text culture_list_item(const char *list, int index) {
    struct text rest = text_of(list), part = TEXT_NONE;
    for (int i = 0; i <= index; i++)
        if (!text_split_next(&rest, ',', &part)) return TEXT_NONE;
    return part;
}
