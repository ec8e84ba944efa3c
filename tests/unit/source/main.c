int run_source(void);

int main(void) { return run_source() != 0; }
