#include "view_private.h"

static const struct view views[] = {
#define VIEW(type, layout, group, columns) {type, layout, group, columns},
#include "views.def"
#undef VIEW
};
enum { VIEW_COUNT = sizeof views / sizeof views[0] };

struct search {
    enum format_layout layout;
    const struct view *found;
};

static bool look(void *context, struct text name) {
    struct search *search = context;
    for (size_t i = 0; i < VIEW_COUNT && !search->found; i++) {
        bool fits = search->layout == FORMAT_DEFAULT || views[i].layout == search->layout;
        if (fits && text_equal(name, text_of(views[i].type))) search->found = &views[i];
    }
    return search->found == NULL;
}

const struct view *view_find(struct realm *realm, struct value v, enum format_layout layout) {
    struct search search = {layout, NULL};
    type_names_walk(realm, v, look, &search);
    return search.found;
}

struct test { const char *type; bool found; };

static bool test_name(void *context, struct text name) {
    struct test *test = context;
    test->found = text_equal(name, text_of(test->type));
    return !test->found;
}

bool view_applies(struct realm *realm, const struct view *view, struct value v) {
    /* Files and folders share one view. */
    static const char file[] = "System.IO.FileInfo", folder[] = "System.IO.DirectoryInfo";
    struct test test = {view->type, false};
    type_names_walk(realm, v, test_name, &test);
    if (!test.found && (strcmp(view->type, file) == 0 || strcmp(view->type, folder) == 0)) {
        test.type = strcmp(view->type, file) == 0 ? folder : file;
        type_names_walk(realm, v, test_name, &test);
    }
    return test.found;
}
