/* System.Numerics.BigInteger. The only file that sees GMP. */
#include <gmp.h>
#include <math.h>
#include "m365sh/base/alloc.h"
#include "m365sh/value/number.h"
#include "value_private.h"

struct bigint_block { struct counted head; mpz_t number; };

static struct bigint_block *block_new(void) {
    struct bigint_block *block = alloc_bytes(sizeof *block);
    counted_start(&block->head, VALUE_BIGINT);
    mpz_init(block->number);
    return block;
}

static struct value value_of(struct bigint_block *block) { return value_counted_take(&block->head); }
static mpz_srcptr number_of(struct value v) { return ((struct bigint_block *)v.counted)->number; }

void bigint_free(struct counted *counted) {
    struct bigint_block *block = (struct bigint_block *)counted;
    mpz_clear(block->number);
    alloc_free(block);
}

struct value bigint_from_int64(int64_t n) {
    struct bigint_block *block = block_new();
    mpz_set_si(block->number, n);
    return value_of(block);
}

struct value bigint_from_uint64(uint64_t n) {
    struct bigint_block *block = block_new();
    mpz_set_ui(block->number, n);
    return value_of(block);
}

struct value bigint_from_double(double d) {
    struct bigint_block *block = block_new();
    if (isfinite(d)) mpz_set_d(block->number, d);
    return value_of(block);
}

bool bigint_read(struct text digits, int base, struct value *out) {
    if (!digits.length) return false;
    char *copy = alloc_text(digits.start, digits.length);
    struct bigint_block *block = block_new();
    bool plus = copy[0] == '+';
    bool well_formed = !strpbrk(copy, " \t_") && strlen(copy) == digits.length && !(plus && copy[1] == '-') &&
                       mpz_set_str(block->number, copy + plus, base) == 0;
    alloc_free(copy);
    if (well_formed) *out = value_of(block);
    else bigint_free(&block->head);
    return well_formed;
}

void bigint_add_text(struct bytes *out, struct value v) {
    size_t room = mpz_sizeinbase(number_of(v), 10) + 2;
    char *digits = alloc_bytes(room);
    mpz_get_str(digits, 10, number_of(v));
    bytes_add_string(out, digits);
    alloc_free(digits);
}

bool bigint_to_int64(struct value v, int64_t *out) {
    if (!mpz_fits_slong_p(number_of(v))) return false;
    *out = mpz_get_si(number_of(v));
    return true;
}

double bigint_to_double(struct value v) {
    if (mpz_sizeinbase(number_of(v), 2) > 1024) return mpz_sgn(number_of(v)) < 0 ? -INFINITY : INFINITY;
    return mpz_get_d(number_of(v));
}

int bigint_compare(struct value a, struct value b) {
    int order = mpz_cmp(number_of(a), number_of(b));
    return order < 0 ? -1 : order > 0;
}

bool bigint_operate(char op, struct value a, struct value b, struct value *out) {
    mpz_srcptr x = number_of(a), y = number_of(b);
    if ((op == '/' || op == '%') && mpz_sgn(y) == 0) return false;
    struct bigint_block *block = block_new();
    switch (op) {
    case '+': mpz_add(block->number, x, y); break;
    case '-': mpz_sub(block->number, x, y); break;
    case '*': mpz_mul(block->number, x, y); break;
    case '/': mpz_tdiv_q(block->number, x, y); break;
    case '%': mpz_tdiv_r(block->number, x, y); break;
    case '&': mpz_and(block->number, x, y); break;
    case '|': mpz_ior(block->number, x, y); break;
    default: mpz_xor(block->number, x, y); break;
    }
    *out = value_of(block);
    return true;
}

struct value bigint_power(struct value a, uint32_t exponent) {
    struct bigint_block *block = block_new();
    mpz_pow_ui(block->number, number_of(a), exponent);
    return value_of(block);
}

struct value bigint_shift(struct value a, int64_t bits) {
    struct bigint_block *block = block_new();
    if (bits >= 0) mpz_mul_2exp(block->number, number_of(a), (mp_bitcnt_t)bits);
    else mpz_fdiv_q_2exp(block->number, number_of(a), (mp_bitcnt_t)-bits);
    return value_of(block);
}
