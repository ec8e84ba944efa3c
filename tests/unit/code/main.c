#define GROUPS(X) X(compile) X(verify) X(corpus)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
