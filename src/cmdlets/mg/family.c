#include "mg_private.h"

enum {
#define MG_READ(identifier, ...) PLACE_##identifier,
#include "mg_reads.def"
#undef MG_READ
};
#define ROW(file) extern const struct cmdlet_row file##_row;
#include "rows.def"
#undef ROW

extern const struct cmdlet_row *const mg_family[];
extern const size_t mg_family_count;

const struct cmdlet_row *const mg_family[] = {
#define MG_READ(identifier, ...) &mg_reads[PLACE_##identifier].row,
#include "mg_reads.def"
#undef MG_READ
#define WRITE(identifier, ...) &identifier##_write.row,
#include "mg_writes.def"
#undef WRITE
#define ROW(file) &file##_row,
#include "rows.def"
#undef ROW
};
const size_t mg_family_count = sizeof mg_family / sizeof *mg_family;
