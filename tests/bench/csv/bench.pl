open my $in, "<", $ARGV[0]; my @rows;
my $head = <$in>;
while (<$in>) { chomp; my @cells = split /","/, substr($_, 1, -1); push @rows, [@cells[0, 2, 3]] }
@rows = sort { $a->[1] cmp $b->[1] || $a->[0] cmp $b->[0] } @rows;
open my $out, ">", $ARGV[1];
print $out "\"Name\",\"Department\",\"Title\"\n";
print $out "\"", join("\",\"", @$_), "\"\n" for @rows;
close $out; open $in, "<", $ARGV[1]; my @lines = <$in>; chomp @lines;
print scalar(@lines), " $lines[1] $lines[-1]\n";
