/* Sorting for Sort-Object and Group-Object, by a comparison that may fail. */
#ifndef M365SH_CMDLETS_SORT_RUN_PRIVATE_H
#define M365SH_CMDLETS_SORT_RUN_PRIVATE_H

#include "../cmdlet_private.h"

struct sort_record {
    uint64_t prefix;   /* smaller comes first; equal ones are left to the comparison */
    uint32_t index;
};
typedef enum status (*sort_order)(void *context, uint32_t a, uint32_t b, int *out);
/* Numbers the records and gives them prefixes from the first of each item's `stride` keys, where all keys allow it. */
void sort_run_prefixes(struct sort_record *records, uint32_t count, const struct value *keys, uint32_t stride, bool descending);
/* As .NET's List.Sort moves things: what compares equal ends in the order in which PowerShell shows it. */
enum status sort_run(struct sort_record *records, uint32_t count, sort_order order, void *context);
enum status sort_run_stable(struct sort_record *records, uint32_t count, sort_order order, void *context);
enum status sort_run_compare(const struct sort_record *a, const struct sort_record *b, sort_order order, void *context, int *out);

#endif
