LC_ALL=C sort -u "$1" | awk "NR == 1 { first = \$0 } END { print NR, first, \$0 }"
