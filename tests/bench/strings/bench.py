parts = [f"user{i}@contoso.com".upper()[:8] + str(i) for i in range(1, 300001)]
print(len(";".join(parts)))
