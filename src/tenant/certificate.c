#include "certificate_private.h"
#include "m365sh/base/bytes.h"
#include "sha256_private.h"

const char *certificate_host(struct text pem) {
    static const char address[] = "\x87\x04\x7f\x00\x00\x01"; /* a subjectAltName of kind iPAddress, four bytes */
    size_t start = text_find(pem, TEXT("-----BEGIN CERTIFICATE-----"), 0);
    size_t end = text_find(pem, TEXT("-----END CERTIFICATE-----"), 0);
    struct bytes lines = {0}, der = {0};
    bool by_address = false, by_name = false;
    if (start != TEXT_NOT_FOUND && end != TEXT_NOT_FOUND && start < end) {
        for (size_t i = start + 27; i < end; i++)
            if (pem.start[i] > ' ') bytes_add_byte(&lines, pem.start[i]);
        if (lines.length && sha256_read_base64url(bytes_text(&lines), &der) && der.length) {
            by_address = text_find(bytes_text(&der), text_make(address, 6), 0) != TEXT_NOT_FOUND;
            by_name = text_find(bytes_text(&der), TEXT("localhost"), 0) != TEXT_NOT_FOUND;
        }
    }
    bytes_free(&lines);
    bytes_free(&der);
    return by_name && !by_address ? "localhost" : "127.0.0.1";
}
