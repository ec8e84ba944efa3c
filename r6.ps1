#requires -Version abc
