#requires -ShellId foo
