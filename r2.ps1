#requires -Modules NoSuch1, @{ModuleName='NoS2';ModuleVersion='1.0'}
