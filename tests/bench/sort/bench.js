const lines = [...new Set(require("fs").readFileSync(process.argv[2], "utf8").trim().split("\n"))].sort()
console.log(lines.length + " " + lines[0] + " " + lines[lines.length - 1])
