print(sum(x for x in (i * 2 for i in range(1, 1000001) if i % 3 == 0)))
