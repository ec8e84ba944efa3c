int run_wildcard(void);
int run_regex(void);
int run_regex_recorded(void);

int main(void) { return run_wildcard() + run_regex() + run_regex_recorded() != 0; }
