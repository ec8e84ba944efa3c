int run_csv(void);
int run_encoding(void);
int run_text_reader(void);
int run_unix_format(void);
int run_families(void);

int main(void) { return run_csv() + run_encoding() + run_text_reader() + run_unix_format() + run_families() != 0; }
