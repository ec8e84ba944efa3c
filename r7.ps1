#requires
