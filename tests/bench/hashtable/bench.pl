my (%table, $sum);
for (my $i = 0; $i < 1000000; $i++) { $table{"key$i"} = $i }
for (my $i = 0; $i < 1000000; $i += 3) { $sum += $table{"key$i"} }
print scalar(keys %table), " $sum\n";
