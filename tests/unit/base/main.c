#define GROUPS(X) X(memory) X(text) X(utf8) X(map) X(system) X(calendar) X(decimal) X(collate)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
