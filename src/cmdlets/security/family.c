#include "m365sh/command/signature.h"

#define ROW(file) extern const struct cmdlet_row file##_row;
#include "rows.def"
#undef ROW

extern const struct cmdlet_row *const security_family[];
extern const size_t security_family_count;

const struct cmdlet_row *const security_family[] = {
#define ROW(file) &file##_row,
#include "rows.def"
#undef ROW
};
const size_t security_family_count = sizeof security_family / sizeof *security_family;
