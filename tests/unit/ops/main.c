int run_ops(void);

int main(void) { return run_ops() != 0; }
