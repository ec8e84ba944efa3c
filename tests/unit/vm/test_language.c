#include "vm_support.h"

static void test_expressions(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("1 + 2; 2147483647 + 1; 7 / 2; 6 / 2; 7 % 3; 'a' + 1", "3 2147483648 3.5 3 1 a1");
    assert_runs("$i = 5; $i + $i++; $i; ++$i; $i--; $i", "10 6 6");
    assert_runs("$a, $b, $c = 1, 2, 3, 4; $a; $c", "1 3 4");
    assert_runs("$h = @{ x = @(1, 2) }; $h.x[1] += 5; $h['x'][1]; $n = $null; $n?.x; $n ?? 'd'; $n ?" "?= 3; $n", "7  d 3");
    assert_runs("$true ? 'y' : 'n'; (1, 2, 3)[-1]; \"v=$(1 + 1) $($h.x.Count)\"", "y 3 v=2 2");
    assert_runs("[int]$t = '4'; $t + 1; $t = '7'; $t.GetType().Name", "5 Int32");
    assert_runs("$s = 'a'; $s += 'b'; $k = $s; $s += 'c'; $k; $s", "ab abc");
    shell_stop(&shell);
}

static void test_flow(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("for ($i = 0; $i -lt 3; $i++) { if ($i -eq 1) { continue }; $i }", "0 2");
    assert_runs(":o foreach ($a in 1..3) { foreach ($b in 1..3) { if ($b -eq 2) { continue o }; \"$a$b\" } }", "11 21 31");
    assert_runs("$n = 0; do { $n++ } until ($n -ge 4); $n; while ($n) { $n--; if ($n -eq 2) { break } }; $n", "4 2");
    assert_runs("switch (2, 5) { 2 { 'two' } { $_ -gt 4 } { 'big' } default { 'no' } }", "two big");
    assert_runs("switch -regex ('a1') { '(\\d)' { $Matches[1] } }; switch (1) { $true { 'text differs' } default { 'd' } }", "1 d");
    assert_runs("$x = foreach ($i in 1..3) { $i * 2 }; $x.Count; $y = if ($false) { 1 }; $null -eq $y", "3 True");
    assert_runs("foreach ($i in 5..3) { $i }; foreach ($i in $null) { 'never' }", "5 4 3");
    shell_stop(&shell);
}

static void test_functions(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("function fib($n) { if ($n -lt 2) { return $n }; (fib ($n - 1)) + (fib ($n - 2)) }; fib 15", "610");
    assert_runs("function f([int]$a, $b = $a * 2) { \"$a $b $args\" }; f 3; f -b 1 '4' x y", "3 6  4 1 x y");
    assert_runs("function g { begin { 'b' } process { $_ * 2 } end { 'e' } }; 1, 2 | g", "b 2 4 e");
    assert_runs("filter h { $_ + 1 }; 1..3 | h; function r { 1; return 2; 3 }; r", "2 3 4 1 2");
    assert_runs("$p = @{ a = 9 }; f @p; & { param($q) \"<$q>\" } 5; $b = { $args.Count }; & $b 1 2; $b.Invoke(1)", "9 18  <5> 2 1");
    assert_runs("function k { [CmdletBinding()] param([Parameter(Mandatory)]$M, [switch]$S) \"$M $S\" }; k 1 -S; k -M 2", "1 True 2 False");
    shell_stop(&shell);
}

static void test_classes(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("class A { [int]$X = 1; A([int]$x) { $this.X = $x } [int] Twice() { return 2 * $this.X } [string] ToString() { return \"A$($this.X)\" } }; "
                "$a = [A]::new(4); $a.Twice(); \"$a\"", "8 A4");
    assert_runs("class B : A { B() : base(7) { } [int] Twice() { return ([A]$this).Twice() + 1 } static [int] $S = 3 }; [B]::new().Twice(); [B]::S++; [B]::S", "15 4");
    assert_runs("enum E { One = 1; Two }; [E]::Two; [int][E]'Two'; try { [A]::new('x') } catch { 'no' }", "Two 2 no");
    shell_stop(&shell);
}

TEST_GROUP(language, cmocka_unit_test(test_expressions), cmocka_unit_test(test_flow), cmocka_unit_test(test_functions), cmocka_unit_test(test_classes))
