let s = ""; for (let i = 0; i < 300000; i++) s += "x"; console.log(s.length)
