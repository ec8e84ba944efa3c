const parts = []
for (let i = 1; i <= 300000; i++) parts.push(`user${i}@contoso.com`.toUpperCase().substring(0, 8) + i)
console.log(parts.join(";").length)
