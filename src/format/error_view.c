/* An error as people read it: what failed and why, then the place with its line and a mark below. */
#include "cell_private.h"

#include "m365sh/value/error_record.h"
#include "m365sh/value/object.h"
#include "m365sh/value/string.h"

#define RED "\x1b[31;1m"
#define PLAIN "\x1b[0m"

/* Who failed: the command, else the exception's short name. */
static struct value subject_of(struct realm *realm, struct value record) {
    struct value info = error_record_get(record, ERROR_CATEGORY_INFO);
    static const char *const names[] = {"Activity", "Reason"};
    for (int i = 0; i < 2; i++) {
        struct value item;
        bool found = false;
        if (value_is_nothing(info)) break;
        if (member_get(realm, info, intern_name(realm->names, text_of(names[i])), &found, &item) != STATUS_OK) {
            value_release(realm_take_raised(realm));
            continue;
        }
        if (found && item.kind == VALUE_STRING && string_text(item).length) return item;
        if (found) value_release(item);
    }
    return string_of("Error");
}

struct painting { struct format_sink sink; bool color; enum status status; };

static void paint(void *context, struct text line) {
    struct painting *painting = context;
    struct bytes text = {0};
    if (painting->status != STATUS_OK) return;
    if (painting->color && line.length) bytes_add_string(&text, RED);
    bytes_add_text(&text, line);
    if (painting->color && line.length) bytes_add_string(&text, PLAIN);
    painting->status = painting->sink.line(painting->sink.context, bytes_text(&text));
    bytes_free(&text);
}

static void paint_lines(struct painting *painting, struct text text) {
    struct text line;
    while (text_split_next(&text, '\n', &line)) paint(painting, line);
}

enum status format_error(struct realm *realm, struct value record, int width, bool color, struct format_sink sink) {
    struct painting painting = {sink, color, STATUS_OK};
    struct value base = value_base(record), subject = subject_of(realm, base), place = error_record_get(base, ERROR_POSITION);
    struct bytes text = {0};
    /* A line that a program wrote to its error output stays the line it is. */
    bool is_line = text_equal(exception_type_name(error_record_get(base, ERROR_EXCEPTION)), TEXT("System.Management.Automation.RemoteException"));
    if (!is_line) {
        bytes_add_text(&text, string_text(subject));
        bytes_add_string(&text, ": ");
    }
    bytes_add_text(&text, error_record_message(base));
    (void)width; /* sentences are not broken: they can be copied and searched */
    paint_lines(&painting, bytes_text(&text));
    if (place.kind == VALUE_STRING && !is_line) paint_lines(&painting, string_text(place));
    bytes_free(&text);
    value_release(subject);
    return painting.status;
}
