#include "vm_support.h"

static void test_scopes(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("$x = 1; function f { $x; $x = 2; $x }; f; $x", "1 2 1");
    assert_runs("function g { $x += 5; $x; $script:x = 9 }; g; $x", "5 9"); /* += looks at its own scope only */
    assert_runs("function h { $private:p = 1; $q = 2; k }; function k { \"[$p][$q]\" }; h", "[][2]");
    assert_runs("& { $y = 3 }; \"[$y]\"; . { $y = 4 }; $y", "[] 4");
    assert_runs("function o { . { $z = 1 }; $z }; o; \"[$z]\"; function d { $dv = 6 }; . d; $dv", "1 [] 6");
    assert_runs("$c = & { $n = 10; { $n++; $n }.GetNewClosure() }; & $c; & $c", "11 11");
    assert_runs("function m([ref]$r) { $r.Value = 'set' }; $v = 1; m ([ref]$v); $v", "set");
    assert_runs("function inner { function deep { 'here' }; deep }; inner; deep", "here !CommandNotFoundException");
    shell_stop(&shell);
}

static void test_values_of_slots(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("$env:M365SH_UNIT = 'e'; $env:M365SH_UNIT; ${function:two} = { 2 }; two; $true = 3", "e 2 !VariableNotWritable");
    assert_runs("function t { [ValidateRange(1, 5)][int]$n = 3; $n = 9; $n }; t", "!ValidateSetFailure 3");
    assert_runs("$e = & { }; @($e).Count; @($null).Count; , @(1, 2) | & { process { $_.Count } }", "0 1 2");
    assert_runs("foreach ($i in 1..4) { if ($i -eq 2) { [void]$foreach.MoveNext(); $foreach.Current } else { $i } }", "1 3 4");
    shell_stop(&shell);
}

TEST_GROUP(scopes, cmocka_unit_test(test_scopes), cmocka_unit_test(test_values_of_slots))
