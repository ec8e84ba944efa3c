#define GROUPS(X) X(type) X(convert) X(member) X(collection) X(xml) X(rows) X(number_format) X(date_format) X(text_members)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
