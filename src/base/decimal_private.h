/* What the files of decimal numbers share: 96-bit magnitudes as 128-bit integers. Nothing here allocates or fails. */
#ifndef M365SH_BASE_DECIMAL_PRIVATE_H
#define M365SH_BASE_DECIMAL_PRIVATE_H

#include "m365sh/base/decimal.h"

#define DECIMAL_MAX_SCALE 28

typedef unsigned __int128 decimal_magnitude;
#define DECIMAL_MAGNITUDE_LIMIT ((decimal_magnitude)1 << 96)

static inline decimal_magnitude decimal_magnitude_of(struct decimal a) {
    return (decimal_magnitude)a.high << 64 | (decimal_magnitude)a.middle << 32 | a.low;
}

static inline struct decimal decimal_make(decimal_magnitude magnitude, int scale, bool negative) {
    return (struct decimal){.low = (uint32_t)magnitude,
                            .middle = (uint32_t)(magnitude >> 32),
                            .high = (uint32_t)(magnitude >> 64),
                            .scale = (uint8_t)scale,
                            .negative = negative};
}

#endif
