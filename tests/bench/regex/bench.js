let count = 0, sum = 0
for (const line of require("fs").readFileSync(process.argv[2], "utf8").split("\n")) {
    const found = /(\w+)@(\w+)\.com.*?code=(\d{3})/.exec(line)
    if (found) { count++; sum += Number(found[3]) + found[1].length }
}
console.log(count + " " + sum)
