#include <stdio.h>
int main(void) {
    volatile long sum = 0;
    for (long i = 0; i < 20000000; i++) sum += i % 7;
    printf("%ld\n", sum);
}
