local parts = {}
for i = 1, 300000 do parts[i] = string.sub(string.upper("user" .. i .. "@contoso.com"), 1, 8) .. i end
print(#table.concat(parts, ";"))
