#include "csv_command_private.h"

enum status csv_command_read(struct invocation *call, struct csv_writer *writer) {
    struct text quotes = invocation_text(call, CSV_USE_QUOTES);
    if (invocation_has(call, CSV_QUOTE_FIELDS) && invocation_has(call, CSV_USE_QUOTES))
        return invocation_throw(call, "System.InvalidOperationException", "CannotSpecifyQuoteFieldsAndUseQuotes", ERROR_INVALID_DATA, value_null(),
                                "-QuoteFields and -UseQuotes exclude each other.");
    if (invocation_switch(call, CSV_INCLUDE_TYPE) && invocation_switch(call, CSV_NO_TYPE))
        return invocation_throw(call, "System.InvalidOperationException", "CannotSpecifyIncludeTypeInformationAndNoTypeInformation", ERROR_INVALID_DATA, value_null(),
                                "-IncludeTypeInformation and -NoTypeInformation exclude each other.");
    if (invocation_switch(call, CSV_USE_CULTURE) && invocation_has(call, CSV_DELIMITER))
        return invocation_throw(call, "System.Management.Automation.ParameterBindingException", "AmbiguousParameterSet", ERROR_INVALID_ARGUMENT, value_null(),
                                "-UseCulture and -Delimiter exclude each other.");
    writer->delimiter = csv_delimiter_of(call, CSV_DELIMITER, CSV_USE_CULTURE);
    writer->quotes = text_equal_fold(quotes, TEXT("Never")) ? CSV_QUOTES_NEVER : text_equal_fold(quotes, TEXT("AsNeeded")) ? CSV_QUOTES_AS_NEEDED : CSV_QUOTES_ALWAYS;
    writer->quote_fields = invocation_argument(call, CSV_QUOTE_FIELDS);
    return STATUS_OK;
}
