#requires -Version 5.1 -Modules NoZ
