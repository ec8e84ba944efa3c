import collections, json, sys
users = json.load(open(sys.argv[1]))["value"]
counts = collections.Counter(user["department"] for user in users if user["accountEnabled"])
rows = [{"department": name, "count": count} for name, count in sorted(counts.items(), key=lambda row: -row[1])]
print(json.dumps(rows, separators=(",", ":")))
