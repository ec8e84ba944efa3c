#include "test.h"

#include "m365sh/graph/page.h"

static void the_path_has_its_options(void **state) {
    (void)state;
    struct bytes out = {0};
    struct graph_query query = {.resource = GRAPH_USER, .select = TEXT("id,mail"), .filter = TEXT("city eq 'A & B'"), .limit = 5};
    page_add_path(&out, &query);
    assert_bytes(&out, "users?$select=id,mail&$filter=city%20eq%20'A%20%26%20B'&$top=5");
    query = (struct graph_query){.resource = GRAPH_USER, .advanced = true};
    page_add_path(&out, &query);
    assert_bytes(&out, "users?$count=true&$top=999");
    query = (struct graph_query){.resource = GRAPH_GROUP, .path = TEXT("groups/g/members"), .no_page_size = true};
    page_add_path(&out, &query);
    assert_bytes(&out, "groups/g/members");
    query = (struct graph_query){.resource = GRAPH_USER, .limit = 5000};
    page_add_path(&out, &query);
    assert_bytes(&out, "users?$top=999");
    query = (struct graph_query){.path = TEXT("users?$filter=x"), .select = TEXT("id"), .no_page_size = true};
    page_add_path(&out, &query);
    assert_bytes(&out, "users?$filter=x&$select=id");
    bytes_free(&out);
}

TEST_GROUP(page, cmocka_unit_test(the_path_has_its_options))
