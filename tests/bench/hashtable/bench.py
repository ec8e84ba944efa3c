def main():
    table = {}
    for i in range(1000000):
        table[f"key{i}"] = i
    total = 0
    for i in range(0, 1000000, 3):
        total += table[f"key{i}"]
    print(len(table), total)
main()
