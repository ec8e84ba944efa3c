#requires -Modules Microsoft.PowerShell.Utility
'ok8'
