#requires -Version 99
