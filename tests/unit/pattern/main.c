int run_wildcard(void);
int run_regex(void);

int main(void) { return run_wildcard() + run_regex() != 0; }
