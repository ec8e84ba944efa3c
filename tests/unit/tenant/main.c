#define GROUPS(X) X(sha256) X(exchange) X(filter) X(catalog) X(rules) X(options) X(story)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
