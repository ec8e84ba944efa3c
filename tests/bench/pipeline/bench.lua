local wrap, yield = coroutine.wrap, coroutine.yield
local source = wrap(function() for i = 1, 1000000 do yield(i) end end)
local kept = wrap(function() for i in source do if i % 3 == 0 then yield(i) end end end)
local doubled = wrap(function() for i in kept do yield(i * 2) end end)
local sum = 0
for i in doubled do sum = sum + i end
print(sum)
