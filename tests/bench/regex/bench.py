import re, sys
pattern, count, total = re.compile(r"(\w+)@(\w+)\.com.*?code=(\d{3})"), 0, 0
for line in open(sys.argv[1]):
    found = pattern.search(line)
    if found:
        count += 1
        total += int(found[3]) + len(found[1])
print(count, total)
