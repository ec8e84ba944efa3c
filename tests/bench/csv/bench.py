import csv, sys
with open(sys.argv[1], newline="") as source:
    rows = list(csv.DictReader(source))
rows.sort(key=lambda row: (row["Department"], row["Name"]))
with open(sys.argv[2], "w", newline="") as out:
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Name", "Department", "Title"])
    writer.writerows([row["Name"], row["Department"], row["Title"]] for row in rows)
lines = open(sys.argv[2]).read().splitlines()
print(len(lines), lines[1], lines[-1])
