def main():
    s = ""
    for i in range(300000):
        s += "x"
    print(len(s))
main()
