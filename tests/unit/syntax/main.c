int run_grammar(void);
int run_parse(void);
int run_number(void);

int main(void) { return (run_grammar() | run_parse() | run_number()) != 0; }
