#requires -PSEdition Desktop
