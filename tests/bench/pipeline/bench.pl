my $sum = 0; $sum += $_ for map { $_ * 2 } grep { $_ % 3 == 0 } 1 .. 1000000; print "$sum\n";
