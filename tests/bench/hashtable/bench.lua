local t, n, sum = {}, 0, 0
for i = 0, 999999 do t["key" .. i] = i n = n + 1 end
for i = 0, 999999, 3 do sum = sum + t["key" .. i] end
print(n .. " " .. sum)
