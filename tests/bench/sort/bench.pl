my %seen;
while (<>) { chomp; $seen{$_} = 1 }
my @sorted = sort keys %seen;
print scalar(@sorted), " $sorted[0] $sorted[-1]\n";
