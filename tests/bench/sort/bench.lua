local seen, lines = {}, {}
for line in io.lines(arg[1]) do if not seen[line] then seen[line] = true lines[#lines + 1] = line end end
table.sort(lines)
print(#lines .. " " .. lines[1] .. " " .. lines[#lines])
