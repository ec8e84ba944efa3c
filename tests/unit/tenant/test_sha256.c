#include "test.h"
#include "sha256_private.h"

static void add_hex(struct bytes *out, const uint8_t digest[32]) {
    for (int i = 0; i < 32; i++) bytes_add_format(out, "%02x", digest[i]);
}

static void digests_of_the_standard(void **state) {
    (void)state;
    static const struct { const char *text, *digest; } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"}};
    struct bytes hex = {0};
    uint8_t digest[32];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sha256_digest(text_of(rows[i].text), digest);
        add_hex(&hex, digest);
        assert_bytes(&hex, rows[i].digest);
    }
    sha256_hmac(TEXT("Jefe"), TEXT("what do ya want for nothing?"), digest); /* RFC 4231, case 2 */
    add_hex(&hex, digest);
    assert_bytes(&hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    bytes_free(&hex);
}

static void base64url_there_and_back(void **state) {
    (void)state;
    struct bytes text = {0}, back = {0};
    for (size_t length = 0; length < 20; length++) {
        sha256_add_base64url(&text, text_make("\xff\xfe\xfd practice tenant!!", length));
        assert_null(text.data ? strpbrk(text.data, "+/=") : NULL);
        assert_true(sha256_read_base64url(bytes_text(&text), &back));
        assert_true(text_equal(bytes_text(&back), text_make("\xff\xfe\xfd practice tenant!!", length)));
        bytes_clear(&text);
        bytes_clear(&back);
    }
    assert_true(sha256_read_base64url(TEXT("+/8="), &back));
    assert_false(sha256_read_base64url(TEXT("a b"), &back));
    bytes_free(&text);
    bytes_free(&back);
}

TEST_GROUP(sha256, cmocka_unit_test(digests_of_the_standard), cmocka_unit_test(base64url_there_and_back))
