#define GROUPS(X) X(engine) X(language) X(scopes) X(errors) X(tables)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
