#define GROUPS(X) X(string) X(hashtable) X(object) X(heap) X(number) X(error_record)

#define DECLARE(name) int run_##name(void);
GROUPS(DECLARE)

int main(void) {
    int failed = 0;
#define RUN(name) failed += run_##name();
    GROUPS(RUN)
    return failed != 0;
}
