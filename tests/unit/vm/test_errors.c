#include "vm_support.h"

static void test_statements(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("1 / 0; 'next'", "!RuntimeException next");
    assert_runs("function f { 1 / 0; 'on' }; f; 'next'", "!RuntimeException on next");
    assert_runs("try { f } catch { 'caught' }", "caught");
    assert_runs("function t { throw 'x' }; t; 'never'", "!x!");
    assert_runs("$x = 'keep'; $x = 1 / 0; $x; \"a$(1 / 0; 'b')\"", "!RuntimeException keep !RuntimeException ab");
    assert_runs("$ErrorActionPreference = 'Stop'; f; 'never'", "!RuntimeException!");
    assert_runs("$ErrorActionPreference = 'SilentlyContinue'; throw 'quiet'; 'goes on'; $ErrorActionPreference = 'Continue'", "goes on");
    shell_stop(&shell);
}

static void test_try(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("try { throw 'a' } catch { \"c $_\" } finally { 'f' }; try { 1 / 0 } catch [System.DivideByZeroException] { 'typed' }", "c a f typed");
    assert_runs("function r { try { return 1 } finally { 'fin' } }; r", "1 fin");
    assert_runs("foreach ($i in 1..3) { try { if ($i -eq 2) { continue }; $i } finally { 'f' } }", "1 f f 3 f");
    assert_runs("try { try { throw 'in' } finally { 'f' } } catch { $_.FullyQualifiedErrorId }", "f in");
    assert_runs("try { try { throw 'one' } catch { throw } } catch { \"again $_\" }", "again one");
    assert_runs("& { trap { \"t $_\"; continue }; throw 'q'; 'after' }; & { trap { 'x' }; 1 / 0; 'after' }", "t q after x !RuntimeException after");
    assert_runs("function up { break }; foreach ($i in 1..3) { $i; up }", "1");
    assert_runs("function src { try { 1; 2 } catch { 'not mine' } }; try { src | & { process { throw \"d$_\" } } } catch { \"$_\" }", "d1");
    shell_stop(&shell);
}

static void test_depth(void **state) {
    (void)state;
    struct shell shell;
    shell_start(&shell);
    assert_runs("function deep { deep }; try { deep } catch { $_.FullyQualifiedErrorId }", "CallDepthOverflow");
    assert_runs("$b = { & $b }; try { & $b } catch { $_.FullyQualifiedErrorId }", "CallDepthOverflow");
    assert_runs("function d($n) { if ($n) { d ($n - 1) } else { 'bottom' } }; d 3000; $Error.Count -gt 0", "bottom True");
    shell_stop(&shell);
}

TEST_GROUP(errors, cmocka_unit_test(test_statements), cmocka_unit_test(test_try), cmocka_unit_test(test_depth))
