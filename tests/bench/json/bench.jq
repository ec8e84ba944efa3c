[.value[] | select(.accountEnabled)] | group_by(.department) | map({department: .[0].department, count: length}) | sort_by(-.count)
