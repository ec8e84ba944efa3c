/* rooms: syntax. Any text gives a tree or diagnostics, in bounded time, and never breaks. */
#include "m365sh/syntax/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore_token(void *context, const struct token_view *token) {
    *(size_t *)context += token->span.end - token->span.start;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct source *source;
    if (source_new(TEXT("fuzz.ps1"), text_make((const char *)data, size), &source, NULL) != STATUS_OK) return 0;
    struct tree tree = {0};
    struct diagnostic_list diagnostics = {0};
    struct bytes out = {0};
    size_t length = 0;
    parse_program(source, &tree, &diagnostics);
    tree_dump(&out, &tree);
    parse_tokens(source, ignore_token, &length);
    for (size_t i = 0; i < diagnostics.count; i++) diagnostic_add_line(&out, source, &diagnostics.items[i]);
    diagnostic_list_free(&diagnostics);
    tree_free(&tree);
    source_release(source);
    bytes_free(&out);
    return 0;
}
