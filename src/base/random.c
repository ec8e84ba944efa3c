#include "m365sh/base/random.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

static uint64_t rotate(uint64_t value, int by) {
    return value << by | value >> (64 - by);
}

/* splitmix64 spreads a small seed over the state, as the authors of xoshiro advise. */
void random_seed(struct random *random, uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        random->state[i] = z ^ z >> 31;
    }
}

void random_seed_system(struct random *random) {
    uint64_t seed;
    random_secure(&seed, sizeof seed);
    random_seed(random, seed);
}

uint64_t random_next(struct random *random) {
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t random_below(struct random *random, uint64_t bound) {
    uint64_t uneven = -bound % bound; /* the first values of the range, which would come up more often */
    for (;;) {
        uint64_t number = random_next(random);
        if (number >= uneven) return number % bound;
    }
}

double random_fraction(struct random *random) {
    return (double)(random_next(random) >> 11) * 0x1p-53;
}

void random_secure(void *out, size_t length) {
    unsigned char *next = out;
    while (length) {
        ssize_t got = getrandom(next, length, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) abort(); /* a system without randomness must not hand out predictable keys */
        next += got;
        length -= (size_t)got;
    }
}

void random_guid(struct random *random, uint8_t out[16]) {
    if (random) {
        for (int half = 0; half < 2; half++) {
            uint64_t number = random_next(random);
            for (int i = 0; i < 8; i++) out[half * 8 + i] = (uint8_t)(number >> (8 * i));
        }
    } else {
        random_secure(out, 16);
    }
    out[6] = (uint8_t)((out[6] & 0x0f) | 0x40);
    out[8] = (uint8_t)((out[8] & 0x3f) | 0x80);
}
