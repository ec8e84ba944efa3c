BEGIN { for (i = 0; i < 20000000; i++) sum += i % 7; print sum }
