int run_read(void);
int run_write(void);

int main(void) { return run_read() + run_write() != 0; }
