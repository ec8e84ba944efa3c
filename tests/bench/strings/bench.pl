my @parts = map { substr(uc("user$_\@contoso.com"), 0, 8) . $_ } 1 .. 300000; print length(join(";", @parts)), "\n";
