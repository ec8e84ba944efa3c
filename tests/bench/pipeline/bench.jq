[range(1; 1000001) | select(. % 3 == 0) | . * 2] | add
