import sys
lines = sorted(set(open(sys.argv[1]).read().split()))
print(len(lines), lines[0], lines[-1])
