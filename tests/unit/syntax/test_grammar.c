/* Every production of grammar/m365sh.ebnf has a sample under grammar/accept whose tree is its .tree file; what stands under
 * grammar/reject has the diagnostics of its .errors file. M365SH_UPDATE=1 writes the files anew: read the difference. */
#include <dirent.h>
#include <stdlib.h>
#include "test.h"
#include "m365sh/base/bytes.h"
#include "m365sh/base/file.h"
#include "m365sh/syntax/parse.h"

struct outcome {
    struct bytes tree, errors;
};

static struct outcome outcome_of(const char *path) {
    struct outcome outcome = {0};
    struct source *source;
    struct tree tree;
    struct diagnostic_list diagnostics = {0};
    assert_int_equal(source_read(path, &source, NULL), STATUS_OK);
    parse_program(source, &tree, &diagnostics);
    tree_dump(&outcome.tree, &tree);
    for (size_t i = 0; i < diagnostics.count; i++) {
        const struct diagnostic *one = &diagnostics.items[i];
        bytes_add_format(&outcome.errors, "%u-%u %s%s\n", one->span.start, one->span.end, one->id, one->incomplete ? " incomplete" : "");
    }
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    source_release(source);
    return outcome;
}

static void compare(const char *folder, const char *name, const char *extension, const struct bytes *found) {
    char path[512];
    struct bytes expected = {0};
    snprintf(path, sizeof path, "grammar/%s/%s.%s", folder, name, extension);
    if (getenv("M365SH_UPDATE") != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fwrite(found->data, 1, found->length, file);
        fclose(file);
        return;
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) fail_msg("%s lacks", path);
    char block[4096];
    size_t length;
    while ((length = fread(block, 1, sizeof block, file)) != 0) bytes_add(&expected, block, length);
    fclose(file);
    if (!text_equal(bytes_text(&expected), bytes_text(found))) fail_msg("%s differs:\n%s", path, found->data);
    bytes_free(&expected);
}

static size_t each(const char *folder, bool accepted) {
    size_t count = 0;
    char path[512], name[256];
    snprintf(path, sizeof path, "grammar/%s", folder);
    DIR *directory = opendir(path);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".m365") != 0) continue;
        snprintf(name, sizeof name, "%.*s", (int)(dot - entry->d_name), entry->d_name);
        snprintf(path, sizeof path, "grammar/%s/%s.m365", folder, name);
        struct outcome outcome = outcome_of(path);
        if (accepted != (outcome.errors.length == 0)) fail_msg("%s: %s", path, accepted ? outcome.errors.data : "parses");
        compare(folder, name, accepted ? "tree" : "errors", accepted ? &outcome.tree : &outcome.errors);
        bytes_free(&outcome.tree);
        bytes_free(&outcome.errors);
        count++;
    }
    closedir(directory);
    return count;
}

static void accepted_samples(void **state) {
    (void)state;
    assert_true(each("accept", true) > 90);
}

static void rejected_samples(void **state) {
    (void)state;
    assert_true(each("reject", false) > 50);
}

static void every_production_has_a_sample(void **state) {
    (void)state;
    char line[1024], name[128], path[256];
    FILE *book = fopen("grammar/m365sh.ebnf", "r");
    assert_non_null(book);
    while (fgets(line, sizeof line, book) != NULL) {
        size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz-");
        if (length == 0 || strncmp(line + length, " =", 2) != 0) continue;
        snprintf(name, sizeof name, "%.*s", (int)length, line);
        snprintf(path, sizeof path, "grammar/accept/%s.m365", name);
        FILE *sample = fopen(path, "r");
        if (sample == NULL) fail_msg("%s lacks", path);
        fclose(sample);
    }
    fclose(book);
}

TEST_GROUP(grammar, cmocka_unit_test(accepted_samples), cmocka_unit_test(rejected_samples), cmocka_unit_test(every_production_has_a_sample))
