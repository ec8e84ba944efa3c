/* Custom number formats: a first walk over the section counts its places, the second writes. */
#include "number_format_private.h"

#include "m365sh/base/utf8.h"

/* What the first walk finds in a section. Positions count digit places from the left. */
struct plan {
    struct text section;
    int places;             /* # and 0 */
    int point;              /* places before the point */
    int first_zero, last_zero;
    int scale_change;       /* % ‰ and scaling commas */
    bool groups, scientific;
};

/* Walks `format` over the quotes and escapes; sets *letter 0 for what is literal. */
static bool next_piece(struct text format, size_t *at, char *letter, struct text *literal) {
    if (*at >= format.length) return false;
    size_t start = *at;
    char c = format.start[start];
    *letter = c;
    *literal = text_slice(format, start, 1);
    *at = start + 1;
    if (c == '\'' || c == '"') {
        size_t end = text_find_byte(format, c, start + 1);
        if (end == TEXT_NOT_FOUND) end = format.length;
        *letter = 0;
        *literal = text_slice(format, start + 1, end - start - 1);
        *at = end < format.length ? end + 1 : end;
    } else if (c == '\\') {
        *letter = 0;
        *literal = text_slice(format, start + 1, 1);
        if (*at < format.length) (*at)++;
    } else if ((unsigned char)c >= 0x80) {
        uint32_t point = utf8_next(format, &start);
        *letter = point == 0x2030 ? 'm' : 0; /* ‰ */
        *literal = text_slice(format, *at - 1, start - (*at - 1));
        *at = start;
    } else if (c == 'm') *letter = 0;
    return true;
}

/* Section `wanted` (0 positive, 1 negative, 2 zero); false if it is not there or empty: the first one is used. */
static bool find_section(struct text format, int wanted, struct text *section) {
    size_t at = 0, start = 0, piece;
    char letter;
    struct text literal;
    int index = 0;
    while (piece = at, next_piece(format, &at, &letter, &literal)) {
        if (letter != ';') continue;
        if (index == wanted) {
            *section = text_slice(format, start, piece - start);
            return section->length > 0 || wanted == 0;
        }
        index++;
        start = at;
    }
    *section = text_slice(format, start, format.length - start);
    return index == wanted && (section->length > 0 || wanted == 0);
}

/* After E: an optional sign and at least one 0. */
static size_t exponent_length(struct text section, size_t at, bool *plus, int *least) {
    size_t start = at;
    *plus = at < section.length && section.start[at] == '+';
    if (at < section.length && (section.start[at] == '+' || section.start[at] == '-')) at++;
    size_t zeros = at;
    while (at < section.length && section.start[at] == '0') at++;
    *least = at - zeros > 10 ? 10 : (int)(at - zeros);
    return at > zeros ? at - start : 0;
}

static void note_comma(struct plan *plan, int *comma, int *commas) {
    if (plan->places == 0 || plan->point >= 0) return;
    if (*comma == plan->places) {
        (*commas)++;
        return;
    }
    if (*comma >= 0) plan->groups = true;
    *comma = plan->places;
    *commas = 1;
}

static struct plan make_plan(struct text section) {
    struct plan plan = {.section = section, .point = -1, .first_zero = INT32_MAX};
    int comma = -1, commas = 0, least;
    size_t at = 0;
    char letter;
    bool plus;
    struct text literal;
    while (next_piece(section, &at, &letter, &literal)) {
        if (letter == '#') plan.places++;
        else if (letter == '0') {
            if (plan.first_zero == INT32_MAX) plan.first_zero = plan.places;
            plan.last_zero = ++plan.places;
        } else if (letter == '.' && plan.point < 0) plan.point = plan.places;
        else if (letter == ',') note_comma(&plan, &comma, &commas);
        else if (letter == '%') plan.scale_change += 2;
        else if (letter == 'm') plan.scale_change += 3;
        else if (letter == 'E' || letter == 'e') {
            size_t length = exponent_length(section, at, &plus, &least);
            plan.scientific = plan.scientific || length > 0;
            at += length;
        }
    }
    if (plan.point < 0) plan.point = plan.places;
    if (comma >= 0) {
        if (comma == plan.point) plan.scale_change -= commas * 3;
        else plan.groups = true;
    }
    plan.first_zero = plan.first_zero < plan.point ? plan.point - plan.first_zero : 0;
    plan.last_zero = plan.last_zero > plan.point ? plan.point - plan.last_zero : 0;
    return plan;
}

/* The second walk's place in the digits. */
struct writer {
    struct bytes *out;
    const struct digits *digits;
    const struct plan *plan;
    const struct culture *culture;
    int next;               /* digit to write */
    int position;           /* places left before the point; negative after it */
    int adjust;             /* digits more (or fewer) than places before the point */
    bool point_written;
};

static void write_digit(struct writer *w, char digit) {
    bytes_add_byte(w->out, digit);
    if (w->plan->groups && w->position > 1 && number_group_ends(w->culture, w->position - 1))
        bytes_add_string(w->out, w->culture->group);
}

static void write_surplus(struct writer *w) {
    for (; w->adjust > 0; w->adjust--, w->position--) write_digit(w, digits_at(w->digits, w->next++));
}

static void write_place(struct writer *w) {
    write_surplus(w);
    char digit = 0;
    if (w->adjust < 0) {
        w->adjust++;
        digit = w->position <= w->plan->first_zero ? '0' : 0;
    } else if ((size_t)w->next < w->digits->run.length) digit = w->digits->run.data[w->next++];
    else digit = w->position > w->plan->last_zero ? '0' : 0;
    if (digit) write_digit(w, digit);
    w->position--;
}

static void write_point(struct writer *w) {
    write_surplus(w);
    if (w->position != 0 || w->point_written) return;
    bool more = (size_t)w->next < w->digits->run.length;
    if (w->plan->last_zero < 0 || (w->plan->point < w->plan->places && more)) {
        bytes_add_string(w->out, w->culture->decimal);
        w->point_written = true;
    }
}

static void write_exponent(struct writer *w, char letter, size_t *at) {
    bool plus;
    int least;
    size_t length = exponent_length(w->plan->section, *at, &plus, &least);
    if (length == 0) {
        bytes_add_byte(w->out, letter);
        return;
    }
    *at += length;
    int exponent = digits_is_zero(w->digits) ? 0 : w->digits->scale - w->plan->point;
    number_add_exponent(w->out, letter, exponent, least, plus, w->culture);
}

static void write_section(struct bytes *out, const struct digits *digits, const struct plan *plan,
                          const struct culture *culture) {
    struct writer w = {.out = out, .digits = digits, .plan = plan, .culture = culture, .position = plan->point};
    if (!plan->scientific) {
        if (digits->scale > plan->point) w.position = digits->scale;
        w.adjust = digits->scale - plan->point;
    }
    size_t at = 0;
    char letter;
    struct text literal;
    while (next_piece(plan->section, &at, &letter, &literal)) {
        if (letter == '#' || letter == '0') write_place(&w);
        else if (letter == '.') write_point(&w);
        else if (letter == ',') continue;
        else if (letter == 'E' || letter == 'e') write_exponent(&w, letter, &at);
        else bytes_add_text(out, literal);
    }
}

static int section_for(struct text format, const struct digits *digits, struct text *section) {
    int wanted = digits_is_zero(digits) ? 2 : digits->negative ? 1 : 0;
    if (wanted && find_section(format, wanted, section)) return wanted;
    find_section(format, 0, section);
    return 0;
}

void number_custom(struct bytes *out, struct value v, struct text format, const struct culture *culture) {
    struct digits digits = {0};
    struct text section;
    struct bytes text = {0};
    /* .NET gives custom formats 15 digits of a double and 7 of a single. */
    digits_of(&digits, v, DIGITS_SIGNIFICANT, v.kind == VALUE_SINGLE ? 7 : 15);
    int index = section_for(format, &digits, &section);
    struct plan plan = make_plan(section);
    if (!digits_is_zero(&digits)) {
        digits.scale += plan.scale_change;
        digits_round(&digits, plan.scientific ? plan.places : digits.scale + plan.places - plan.point);
        if (digits_is_zero(&digits)) {
            index = section_for(format, &digits, &section);
            plan = make_plan(section);
        }
    }
    if (digits_is_zero(&digits) && !digits.is_real) digits.negative = false;
    write_section(&text, &digits, &plan, culture);
    if (digits.negative && index == 0 && (digits.scale != 0 || text.length)) bytes_add_string(out, culture->negative_sign);
    bytes_add_text(out, bytes_text(&text));
    bytes_free(&text);
    digits_free(&digits);
}
