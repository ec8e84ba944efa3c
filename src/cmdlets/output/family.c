#include "m365sh/command/signature.h"

#define ROW(file) extern const struct cmdlet_row file##_row;
#include "rows.def"
#undef ROW

extern const struct cmdlet_row *const output_family[];
extern const size_t output_family_count;

const struct cmdlet_row *const output_family[] = {
#define ROW(file) &file##_row,
#include "rows.def"
#undef ROW
};
const size_t output_family_count = sizeof output_family / sizeof *output_family;
