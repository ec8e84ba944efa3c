s=; for ((i = 0; i < 300000; i++)); do s+=x; done; echo ${#s}
