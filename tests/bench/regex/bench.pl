my ($count, $sum) = (0, 0);
while (<>) { if (/(\w+)@(\w+)\.com.*?code=(\d{3})/) { $count++; $sum += $3 + length($1) } }
print "$count $sum\n";
