local count, sum = 0, 0
for line in io.lines(arg[1]) do
    local name, _, code = line:match("([%w_]+)@([%w_]+)%.com.-code=(%d%d%d)")
    if name then count = count + 1 sum = sum + tonumber(code) + #name end
end
print(count .. " " .. sum)
