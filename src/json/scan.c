/* Items of one array, given out as they are read, so that only one is held at a time. */
#include "json_private.h"
#include "m365sh/base/alloc.h"
#include "m365sh/value/object.h"

static enum status scan_items(struct json_reader *reader, struct emitter items) {
    reader->at++;
    enum status status = json_reader_enter(reader);
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    bool more = status == STATUS_OK && !(reader->at < reader->end && *reader->at == ']');
    if (status == STATUS_OK && !more) reader->at++;
    while (status == STATUS_OK && more) {
        struct value item;
        status = json_reader_value(reader, &item);
        if (status != STATUS_OK) break;
        status = json_reader_separator(reader, ']', &more);
        if (status == STATUS_OK) status = items.emit(items.context, item);
        value_release(item);
    }
    reader->depth--;
    return status;
}

static bool at_array(const struct json_reader *reader) { return reader->at < reader->end && *reader->at == '['; }

static enum status scan_member(struct json_reader *reader, struct text path, struct emitter items, struct value rest) {
    struct text name;
    enum status status = json_reader_name(reader, &name);
    bool wanted = status == STATUS_OK && text_equal(name, path);
    char *kept = wanted || status != STATUS_OK ? NULL : alloc_text(name.start, name.length);
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    if (status == STATUS_OK && wanted && at_array(reader)) {
        status = scan_items(reader, items);
    } else if (status == STATUS_OK) {
        struct value item;
        status = json_reader_value(reader, &item);
        if (status == STATUS_OK && kept && rest.kind == VALUE_OBJECT) object_put(reader->realm, rest, text_of(kept), item);
        if (status == STATUS_OK) value_release(item);
    }
    alloc_free(kept);
    return status;
}

static enum status scan_object(struct json_reader *reader, struct text path, struct emitter items, struct value rest) {
    reader->at++;
    enum status status = json_reader_enter(reader);
    if (status == STATUS_OK) status = json_reader_blanks(reader);
    bool more = status == STATUS_OK && !(reader->at < reader->end && *reader->at == '}');
    if (status == STATUS_OK && !more) reader->at++;
    while (status == STATUS_OK && more) {
        status = scan_member(reader, path, items, rest);
        if (status == STATUS_OK) status = json_reader_separator(reader, '}', &more);
    }
    reader->depth--;
    return status;
}

static enum status scan_whole(struct json_reader *reader, struct emitter items) {
    if (at_array(reader)) return scan_items(reader, items);
    struct value only;
    enum status status = json_reader_value(reader, &only);
    if (status != STATUS_OK) return status;
    status = items.emit(items.context, only);
    value_release(only);
    return status;
}

enum status json_scan(struct realm *realm, struct text text, struct text path, const struct json_read_options *options,
                      struct emitter items, struct value *rest) {
    struct json_reader *reader = ALLOC_NEW(struct json_reader);
    json_reader_start(reader, realm, text, options);
    struct value others = rest && path.length ? object_new(realm, NULL, 4) : value_null();
    enum status status = json_reader_blanks(reader);
    if (status == STATUS_OK && reader->at < reader->end) {
        bool object = path.length && *reader->at == '{';
        status = object ? scan_object(reader, path, items, others) : scan_whole(reader, items);
    }
    if (status == STATUS_OK) status = json_reader_done(reader);
    if (rest) *rest = status == STATUS_OK ? others : value_null();
    if (!rest || status != STATUS_OK) value_release(others);
    json_reader_end(reader);
    alloc_free(reader);
    return status;
}
