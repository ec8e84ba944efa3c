'a' #requires -Version 99
