/* libraries: -lcjson */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static struct { char name[40]; int count; } rows[64];
static int count;
static int by_count(const void *a, const void *b) { return *(const int *)((const char *)b + 40) - *(const int *)((const char *)a + 40); }
int main(int n, char **arguments) {
    FILE *file = fopen(arguments[n - 1], "r");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    text[fread(text, 1, (size_t)size, file)] = 0;
    cJSON *user, *all = cJSON_Parse(text);
    cJSON_ArrayForEach(user, cJSON_GetObjectItem(all, "value")) {
        if (!cJSON_IsTrue(cJSON_GetObjectItem(user, "accountEnabled"))) continue;
        const char *name = cJSON_GetObjectItem(user, "department")->valuestring;
        int i = 0;
        while (i < count && strcmp(rows[i].name, name)) i++;
        if (i == count) snprintf(rows[count++].name, 40, "%s", name);
        rows[i].count++;
    }
    qsort(rows, (size_t)count, sizeof *rows, by_count);
    for (int i = 0; i < count; i++) printf("%c{\"department\":\"%s\",\"count\":%d}", i ? ',' : '[', rows[i].name, rows[i].count);
    puts("]");
}
