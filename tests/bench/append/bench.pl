my $s = ""; for (my $i = 0; $i < 300000; $i++) { $s .= "x" } print length($s), "\n";
