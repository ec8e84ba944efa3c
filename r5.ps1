#requires -foo 3
