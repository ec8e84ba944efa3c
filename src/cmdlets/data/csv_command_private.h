/* The parameters that ConvertTo-Csv and Export-Csv share. */
#ifndef M365SH_CMDLETS_CSV_COMMAND_PRIVATE_H
#define M365SH_CMDLETS_CSV_COMMAND_PRIVATE_H

#include "csv_private.h"

enum { CSV_DELIMITER, CSV_USE_CULTURE, CSV_INCLUDE_TYPE, CSV_NO_TYPE, CSV_QUOTE_FIELDS, CSV_USE_QUOTES, CSV_NO_HEADER, CSV_PARAMETER_COUNT };

#define CSV_WRITE_ROWS                                                                                                                 \
    {"Delimiter", "char", 1, 0, NULL, NULL, NULL, NULL, "What stands between fields; a comma unless said."},                           \
    {"UseCulture", "switch", -1, 0, NULL, NULL, NULL, NULL, "The separator of the culture: a semicolon where numbers have commas."},   \
    {"IncludeTypeInformation", "switch", -1, 0, "ITI", NULL, NULL, NULL, "A first line with the type of the objects."},                \
    {"NoTypeInformation", "switch", -1, 0, "NTI", NULL, NULL, NULL, "No such line; so also without the switch."},                      \
    {"QuoteFields", "string[]", -1, 0, "QF", NULL, NULL, NULL, "Quotes around these columns only."},                                   \
    {"UseQuotes", "string", -1, 0, "UQ", NULL, "Never|Always|AsNeeded", NULL, "Always unless said."},                                  \
    {"NoHeader", "switch", -1, 0, NULL, NULL, NULL, NULL, "No line with the names of the columns."}

/* Fills the writer from the call's arguments; raises on those that exclude each other. */
enum status csv_command_read(struct invocation *call, struct csv_writer *writer);

#endif
