#include "sha256_private.h"

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate(uint32_t value, int by) { return value >> by | value << (32 - by); }

static void mix_block(uint32_t state[8], const uint8_t block[64]) {
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[i * 4] << 24 | (uint32_t)block[i * 4 + 1] << 16 | (uint32_t)block[i * 4 + 2] << 8 | block[i * 4 + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        uint32_t one = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + round_constants[i] + w[i];
        uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        uint32_t two = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
}

void sha256_digest(struct text text, uint8_t out[32]) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    uint8_t tail[128] = {0};
    size_t whole = text.length / 64 * 64, rest = text.length - whole;
    for (size_t at = 0; at < whole; at += 64) mix_block(state, (const uint8_t *)text.start + at);
    memcpy(tail, text.start + whole, rest);
    tail[rest] = 0x80;
    size_t end = rest < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++) tail[end - 1 - (size_t)i] = (uint8_t)((uint64_t)text.length * 8 >> (8 * i));
    for (size_t at = 0; at < end; at += 64) mix_block(state, tail + at);
    for (int i = 0; i < 32; i++) out[i] = (uint8_t)(state[i / 4] >> (24 - i % 4 * 8));
}

void sha256_hmac(struct text key, struct text text, uint8_t out[32]) {
    uint8_t block[64] = {0}, digest[32];
    if (key.length > 64) sha256_digest(key, block);
    else memcpy(block, key.start, key.length);
    struct bytes inner = {0};
    for (int i = 0; i < 64; i++) bytes_add_byte(&inner, (char)(block[i] ^ 0x36));
    bytes_add_text(&inner, text);
    sha256_digest(bytes_text(&inner), digest);
    bytes_clear(&inner);
    for (int i = 0; i < 64; i++) bytes_add_byte(&inner, (char)(block[i] ^ 0x5c));
    bytes_add(&inner, digest, sizeof digest);
    sha256_digest(bytes_text(&inner), out);
    bytes_free(&inner);
}

void sha256_add_base64url(struct bytes *out, struct text data) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (size_t i = 0; i < data.length; i += 3) {
        uint32_t group = 0;
        size_t have = data.length - i < 3 ? data.length - i : 3;
        for (size_t k = 0; k < 3; k++) group = group << 8 | (k < have ? (uint8_t)data.start[i + k] : 0);
        for (size_t k = 0; k <= have; k++) bytes_add_byte(out, digits[group >> (18 - 6 * k) & 63]);
    }
}

static int digit_value(char digit) {
    if (digit >= 'A' && digit <= 'Z') return digit - 'A';
    if (digit >= 'a' && digit <= 'z') return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9') return digit - '0' + 52;
    if (digit == '-' || digit == '+') return 62;
    return digit == '_' || digit == '/' ? 63 : -1;
}

bool sha256_read_base64url(struct text text, struct bytes *out) {
    uint32_t group = 0;
    int bits = 0;
    while (text.length && text.start[text.length - 1] == '=') text.length--;
    for (size_t i = 0; i < text.length; i++) {
        int value = digit_value(text.start[i]);
        if (value < 0) return false;
        group = group << 6 | (uint32_t)value;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes_add_byte(out, (char)(group >> bits & 0xff));
    }
    return true;
}

bool sha256_same(const void *a, const void *b, size_t length) {
    const uint8_t *left = a, *right = b;
    uint8_t difference = 0;
    for (size_t i = 0; i < length; i++) difference |= left[i] ^ right[i];
    return difference == 0;
}
