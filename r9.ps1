#requires -Version 5.1, 6
