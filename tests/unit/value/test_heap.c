#include "test.h"
#include "m365sh/value/array.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/native.h"
#include "m365sh/value/object.h"

static void a_chain_of_a_million_is_released(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value chain = value_null();
    for (int i = 0; i < 1000000; i++) {
        struct value node = i % 2 ? reference_new(realm, chain) : array_of(realm, &chain, 1);
        value_set_take(&chain, node);
    }
    value_release(chain);
    assert_int_equal(heap_live_containers(realm->heap), 0);
    realm_free(realm);
}

static void cycles_go_and_what_is_held_stays(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    struct value held = array_new(realm, NULL, 0), inner = table_new(realm, TABLE_HASH, true, NULL);
    table_put_text(inner, "up", held);
    array_push_take(held, inner); /* a cycle that a variable still holds */
    for (int i = 0; i < 50000; i++) {
        struct value table = table_new(realm, TABLE_HASH, true, NULL);
        table_put_text(table, "self", table);
        table_put_text(table, "held", held);
        value_release(table);
        if (heap_wants_collection(realm->heap)) heap_collect(realm->heap);
    }
    assert_true(heap_live_containers(realm->heap) < 25000);
    heap_collect_all(realm->heap);
    assert_int_equal(heap_live_containers(realm->heap), 2);
    assert_int_equal(held.counted->count, 2);
    value_release(held);
    heap_collect_all(realm->heap);
    assert_int_equal(heap_live_containers(realm->heap), 0);
    realm_free(realm);
}

struct cell { struct value other; int *released; };
static void cell_release(void *payload) {
    struct cell *cell = payload;
    value_release(cell->other);
    ++*cell->released;
}
static void cell_traverse(void *payload, void (*visit)(struct value *place, void *context), void *context) {
    visit(&((struct cell *)payload)->other, context);
}
static const struct native_class cell_class = {"Test.Cell", cell_release, cell_traverse};

static void natives_take_part(void **state) {
    (void)state;
    struct realm *realm = realm_new();
    int released = 0;
    struct value a = native_new(realm, &cell_class, NULL, sizeof(struct cell));
    struct value b = native_new(realm, &cell_class, NULL, sizeof(struct cell));
    *(struct cell *)native_payload(a, &cell_class) = (struct cell){value_keep(b), &released};
    *(struct cell *)native_payload(b, &cell_class) = (struct cell){value_keep(a), &released};
    value_release(a);
    value_release(b);
    assert_int_equal(released, 0);
    heap_collect(realm->heap);
    assert_int_equal(released, 2);
    realm_free(realm);
}

TEST_GROUP(heap, cmocka_unit_test(a_chain_of_a_million_is_released), cmocka_unit_test(cycles_go_and_what_is_held_stays),
           cmocka_unit_test(natives_take_part))
