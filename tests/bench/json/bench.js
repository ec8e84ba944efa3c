const counts = {}
for (const user of JSON.parse(require("fs").readFileSync(process.argv[2], "utf8")).value)
    if (user.accountEnabled) counts[user.department] = (counts[user.department] || 0) + 1
const rows = Object.entries(counts).sort((a, b) => b[1] - a[1]).map(([department, count]) => ({ department, count }))
console.log(JSON.stringify(rows))
