#include "m365sh/command/signature.h"

#define ROW(file) extern const struct cmdlet_row file##_row;
#include "rows.def"
#undef ROW

extern const struct cmdlet_row *const data_family[];
extern const size_t data_family_count;

const struct cmdlet_row *const data_family[] = {
#define ROW(file) &file##_row,
#include "rows.def"
#undef ROW
};
const size_t data_family_count = sizeof data_family / sizeof *data_family;
