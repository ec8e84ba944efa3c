function* source() { for (let i = 1; i <= 1000000; i++) yield i }
function* where(input, test) { for (const item of input) if (test(item)) yield item }
function* each(input, change) { for (const item of input) yield change(item) }
let sum = 0
for (const item of each(where(source(), (i) => i % 3 === 0), (i) => i * 2)) sum += item
console.log(sum)
