#requires -PSSnapin x
