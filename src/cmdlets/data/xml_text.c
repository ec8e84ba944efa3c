#include "xml_text_private.h"

void xml_add_text(struct bytes *out, struct text text, bool attribute) {
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.start[i];
        if (byte == '<') bytes_add_string(out, "&lt;");
        else if (byte == '>') bytes_add_string(out, "&gt;");
        else if (byte == '&') bytes_add_string(out, "&amp;");
        else if (byte == '"' && attribute) bytes_add_string(out, "&quot;");
        else bytes_add_byte(out, byte);
    }
}
