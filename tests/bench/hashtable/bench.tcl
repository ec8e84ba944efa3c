proc main {} {
    for {set i 0} {$i < 1000000} {incr i} { set table(key$i) $i }
    set sum 0
    for {set i 0} {$i < 1000000} {incr i 3} { incr sum $table(key$i) }
    puts "[array size table] $sum"
}
main
