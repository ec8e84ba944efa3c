/* A number as a run of decimal digits, the common ground of all number formats. Zero-initialise; digits_free at the end. */
#ifndef M365SH_TYPES_NUMBER_DIGITS_PRIVATE_H
#define M365SH_TYPES_NUMBER_DIGITS_PRIVATE_H

#include "m365sh/base/bytes.h"
#include "m365sh/value/number.h"

struct digits {
    struct bytes run;       /* '0'..'9' without leading zeros; empty for zero */
    int scale;              /* the value is 0.RUN * 10^scale */
    bool negative;
    bool is_real;           /* double or single: keeps the sign of zero */
    bool is_decimal;
};
enum digits_want { DIGITS_ALL /* shortest, for doubles */, DIGITS_SIGNIFICANT, DIGITS_PLACES };

/* Doubles are rounded here, correctly, to the count wanted (ties of the exact value to even); the other kinds come whole
 * and are rounded by digits_round. v is a finite number. */
void digits_of(struct digits *out, struct value v, enum digits_want want, int count);
void digits_free(struct digits *digits);
/* Keeps `keep` digits, half away from zero, and drops trailing zeros. */
void digits_round(struct digits *digits, int keep);
static inline bool digits_is_zero(const struct digits *digits) { return digits->run.length == 0; }
/* Digit `index` of the run, '0' beyond its end. */
static inline char digits_at(const struct digits *digits, int index) {
    return index >= 0 && (size_t)index < digits->run.length ? digits->run.data[index] : '0';
}

#endif
