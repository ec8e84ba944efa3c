  #requires -Version 99
