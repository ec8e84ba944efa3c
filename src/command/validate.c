#include "command_private.h"

#include "m365sh/pattern/regex.h"
#include "m365sh/types/convert.h"
#include "m365sh/types/format_text.h"
#include "m365sh/value/array.h"
#include "m365sh/value/callable.h"
#include "m365sh/value/hashtable.h"
#include "m365sh/value/number.h"
#include "m365sh/value/string.h"

/* The text of a value for a message, cut where it would drown the sentence. */
static struct value short_text(struct realm *realm, struct value v) {
    struct value text = convert_text(realm, v);
    if (string_text(text).length <= 80) return text;
    struct value cut = string_format("%.*s...", 77, string_chars(text));
    value_release(text);
    return cut;
}

static enum status refuse(struct realm *realm, const struct validation *what, const struct validator *validator,
                          struct value item, const char *reason) {
    struct value text = short_text(realm, item);
    enum status status;
    if (validator && validator->message.kind == VALUE_STRING) {
        struct bytes message = {0};
        struct value arguments[2] = {item, validator->argument};
        if (format_composite(realm, &message, string_text(validator->message), arguments, 2, realm->culture) != STATUS_OK)
            value_release(realm_take_raised(realm));
        status = bind_raise(realm, what->command, "ParameterArgumentValidationError", ERROR_INVALID_DATA, what->parameter,
                            "Cannot validate argument on parameter '%.*s'. %.*s", TEXT_ARGUMENT(what->parameter->spelling),
                            TEXT_ARGUMENT(bytes_text(&message)));
        bytes_free(&message);
    } else {
        status = bind_raise(realm, what->command, "ParameterArgumentValidationError", ERROR_INVALID_DATA, what->parameter,
                            "'%s' is no value for parameter '%.*s': %s", string_chars(text),
                            TEXT_ARGUMENT(what->parameter->spelling), reason);
    }
    value_release(text);
    return status;
}

static enum status check_set(struct realm *realm, const struct validation *what, const struct validator *validator,
                             struct value item) {
    struct value text = convert_text(realm, item);
    struct bytes list = {0};
    bool found = false;
    for (uint32_t i = 0; i < array_count(validator->argument) && !found; i++) {
        struct value choice = convert_text(realm, array_at(validator->argument, i));
        found = validator->keep_case ? text_equal(string_text(choice), string_text(text))
                                     : text_equal_fold(string_text(choice), string_text(text));
        if (list.length) bytes_add_string(&list, ", ");
        bytes_add_text(&list, string_text(choice));
        value_release(choice);
    }
    value_release(text);
    enum status status = STATUS_OK;
    if (!found) {
        struct bytes reason = {0};
        bytes_add_format(&reason, "it takes one of %.*s.", TEXT_ARGUMENT(bytes_text(&list)));
        status = refuse(realm, what, validator, item, reason.data);
        bytes_free(&reason);
    }
    bytes_free(&list);
    return status;
}

static bool range_kind_holds(struct text kind, double number, bool *known) {
    *known = true;
    if (text_equal_fold(kind, TEXT("Positive"))) return number > 0;
    if (text_equal_fold(kind, TEXT("NonNegative"))) return number >= 0;
    if (text_equal_fold(kind, TEXT("Negative"))) return number < 0;
    if (text_equal_fold(kind, TEXT("NonPositive"))) return number <= 0;
    *known = false;
    return true;
}

static enum status check_range(struct realm *realm, const struct validation *what, const struct validator *validator,
                               struct value item) {
    struct value number;
    if (!convert_try(realm, item, type_of_kind(realm, VALUE_DOUBLE), &number))
        return refuse(realm, what, validator, item, "it is no number.");
    double n = number_to_double(number);
    value_release(number);
    bool known;
    struct value argument = value_base(validator->argument);
    if (!value_is_array_like(argument)) {
        struct value kind = convert_text(realm, argument);
        bool holds = range_kind_holds(string_text(kind), n, &known);
        value_release(kind);
        return holds ? STATUS_OK : refuse(realm, what, validator, item, "the number has the wrong sign.");
    }
    struct value low, high;
    if (!convert_try(realm, array_at(argument, 0), type_of_kind(realm, VALUE_DOUBLE), &low)) return STATUS_OK;
    if (!convert_try(realm, array_at(argument, 1), type_of_kind(realm, VALUE_DOUBLE), &high)) return STATUS_OK;
    if (n < low.real) return refuse(realm, what, validator, item, "it is less than the least allowed.");
    if (n > high.real) return refuse(realm, what, validator, item, "it is more than the most allowed.");
    return STATUS_OK;
}

static enum status check_pattern(struct realm *realm, const struct validation *what, const struct validator *validator,
                                 struct value item) {
    struct value text = convert_text(realm, item), pattern = convert_text(realm, validator->argument);
    struct regex *regex = NULL;
    struct fault fault = {0};
    struct regex_match match = {0};
    bool found = false;
    enum status status =
        pattern_cache_get(realm->patterns, string_text(pattern), validator->keep_case ? 0 : REGEX_IGNORE_CASE, &regex, &fault);
    if (status == STATUS_OK) status = regex_find(regex, string_text(text), 0, &match, &found, &fault);
    if (status != STATUS_OK) status = realm_raise_fault(realm, &fault, "ParameterArgumentValidationError");
    else if (!found) {
        struct bytes reason = {0};
        bytes_add_format(&reason, "it does not match the pattern '%s'.", string_chars(pattern));
        status = refuse(realm, what, validator, item, reason.data);
        bytes_free(&reason);
    }
    regex_match_free(&match);
    value_release(text);
    value_release(pattern);
    return status;
}

static enum status check_script(struct realm *realm, const struct validation *what, const struct validator *validator,
                                struct value item) {
    struct block_call call = {.block = validator->argument, .dollar_underscore = item, .scope = BLOCK_NEW_SCOPE};
    struct value answer;
    enum status status = callable_call_collect(realm, &call, &answer);
    if (status == STATUS_ERROR) {
        /* What the block threw becomes the reason: the id is that of any failed validation. */
        struct value record = realm_take_raised(realm);
        struct value message = string_new(error_record_message(record));
        status = refuse(realm, what, NULL, item, string_chars(message));
        value_release(message);
        value_release(record);
        return status;
    }
    if (status != STATUS_OK) return status;
    bool truth = value_truth(answer);
    value_release(answer);
    return truth ? STATUS_OK : refuse(realm, what, validator, item, "the script that checks it said no.");
}

static enum status check_between(struct realm *realm, const struct validation *what, const struct validator *validator,
                                 struct value item, int64_t measure, const char *noun) {
    int64_t low, high;
    if (convert_to_int64(realm, array_at(validator->argument, 0), &low) != STATUS_OK ||
        convert_to_int64(realm, array_at(validator->argument, 1), &high) != STATUS_OK)
        return STATUS_ERROR;
    if (measure >= low && measure <= high) return STATUS_OK;
    struct bytes reason = {0};
    bytes_add_format(&reason, "its %s is %lld, allowed are %lld to %lld.", noun, (long long)measure, (long long)low,
                     (long long)high);
    enum status status = refuse(realm, what, validator, item, reason.data);
    bytes_free(&reason);
    return status;
}

static enum status check_item(struct realm *realm, const struct validation *what, const struct validator *validator,
                              struct value item) {
    switch (validator->kind) {
    case VALIDATE_SET: return check_set(realm, what, validator, item);
    case VALIDATE_RANGE: return check_range(realm, what, validator, item);
    case VALIDATE_PATTERN: return check_pattern(realm, what, validator, item);
    case VALIDATE_SCRIPT: return check_script(realm, what, validator, item);
    case VALIDATE_LENGTH: {
        if (value_base(item).kind != VALUE_STRING) return refuse(realm, what, validator, item, "it is no text.");
        return check_between(realm, what, validator, item, string_units(value_base(item)), "length");
    }
    default: return STATUS_OK;
    }
}

static bool is_blank(struct value v) {
    v = value_base(v);
    return v.kind == VALUE_STRING && text_is_blank(string_text(v));
}

/* What is asked of the value as a whole, and of each element by the emptiness checks. */
static enum status check_whole(struct realm *realm, const struct validation *what, const struct validator *validator,
                               struct value v) {
    struct value base = value_base(v);
    uint32_t count = value_is_array_like(base) ? array_count(base) : value_is_table(base) ? table_count(base) : 1;
    switch (validator->kind) {
    case VALIDATE_NOT_NULL:
        if (value_is_nothing(v)) return refuse(realm, what, validator, v, "it is null.");
        break;
    case VALIDATE_NOT_EMPTY:
    case VALIDATE_NOT_BLANK:
        if (value_is_nothing(v)) return refuse(realm, what, validator, v, "it is null.");
        if (base.kind == VALUE_STRING && string_text(base).length == 0)
            return refuse(realm, what, validator, v, "it is empty.");
        if (validator->kind == VALIDATE_NOT_BLANK && is_blank(v)) return refuse(realm, what, validator, v, "it is blank.");
        if (count == 0) return refuse(realm, what, validator, v, "it is an empty collection.");
        break;
    case VALIDATE_COUNT: return check_between(realm, what, validator, v, value_is_nothing(v) ? 0 : count, "count");
    default: break;
    }
    return STATUS_OK;
}

static bool is_emptiness(enum validator_kind kind) {
    return kind == VALIDATE_NOT_NULL || kind == VALIDATE_NOT_EMPTY || kind == VALIDATE_NOT_BLANK;
}

static enum status check_element(struct realm *realm, const struct validation *what, const struct validator *validator,
                                 struct value item) {
    return is_emptiness(validator->kind) ? check_whole(realm, what, validator, item)
                                         : check_item(realm, what, validator, item);
}

enum status validate_value(struct realm *realm, const struct validation *what, const struct validator *validators,
                           uint32_t count, struct value v) {
    struct value base = value_base(v);
    for (uint32_t i = 0; i < count; i++) {
        const struct validator *validator = &validators[i];
        enum status status = check_whole(realm, what, validator, v);
        if (status == STATUS_OK && !value_is_array_like(base)) status = check_item(realm, what, validator, v);
        for (uint32_t k = 0; status == STATUS_OK && value_is_array_like(base) && k < array_count(base); k++)
            status = check_element(realm, what, validator, array_at(base, k));
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}

bool bind_validate(struct realm *realm, const struct validator *validators, uint32_t count, struct value v) {
    struct command nobody = {.spelling = TEXT("variable")};
    const struct parameter parameter = {.spelling = TEXT("value")};
    const struct validation what = {&nobody, &parameter};
    return validate_value(realm, &what, validators, count, v) == STATUS_OK;
}
