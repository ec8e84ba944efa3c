/* [System.Environment]. */
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "argument_private.h"
#include "m365sh/base/clock.h"
#include "m365sh/base/path.h"
#include "m365sh/version.h"

#define ROW_TYPE "System.Environment"
extern char **environ;

MEMBER(get_new_line) { return argument_give(out, string_of("\n")); }
MEMBER(is_interactive) { return argument_give(out, value_bool(true)); }
MEMBER(is_64_bit) { return argument_give(out, value_bool(sizeof(void *) == 8)); }
MEMBER(has_ended) { return argument_give(out, value_bool(false)); }
MEMBER(get_exit_code) { return argument_give(out, value_int32(0)); }
MEMBER(get_process_id) { return argument_give(out, value_int32((int32_t)getpid())); }
MEMBER(get_processor_count) { return argument_give(out, value_int32((int32_t)sysconf(_SC_NPROCESSORS_ONLN))); }
MEMBER(get_page_size) { return argument_give(out, value_int32((int32_t)sysconf(_SC_PAGESIZE))); }
MEMBER(get_tick_count) { return argument_give(out, value_int32((int32_t)(clock_steady() / 1000000))); }
MEMBER(get_tick_count64) { return argument_give(out, value_int64(clock_steady() / 1000000)); }
MEMBER(get_version) { return argument_give(out, value_version(10, 0, 0, -1)); }
MEMBER(get_command) { return argument_give(out, string_of("m365sh")); }
MEMBER(get_empty) { return argument_give(out, string_empty()); }

MEMBER(get_user_name) {
    const struct passwd *user = getpwuid(geteuid());
    return argument_give(out, string_of(user ? user->pw_name : getenv("USER")));
}

MEMBER(get_machine_name) {
    char name[HOST_NAME_MAX + 1] = "";
    gethostname(name, sizeof name - 1);
    char *dot = strchr(name, '.');
    if (dot) *dot = 0;
    return argument_give(out, string_of(name));
}

MEMBER(get_directory) {
    char path[PATH_MAX];
    return argument_give(out, string_of(getcwd(path, sizeof path) ? path : "/"));
}

MEMBER(get_os_version) {
    struct utsname system;
    int parts[3] = {0};
    struct value object = object_new(realm, type_known(realm, "System.OperatingSystem"), 4), item;
    uname(&system);
    struct text rest = text_of(system.release), part;
    for (int i = 0; i < 3 && text_split_next(&rest, '.', &part); i++) parts[i] = (int)strtol(part.start, NULL, 10);
    item = argument_enum_value(realm, "System.PlatformID", 4);
    object_add(realm, object, TEXT("Platform"), MEMBER_PROPERTY, item);
    item = string_empty();
    object_add(realm, object, TEXT("ServicePack"), MEMBER_PROPERTY, item);
    value_release(item);
    item = value_version(parts[0], parts[1], parts[2], 0);
    object_add(realm, object, TEXT("Version"), MEMBER_PROPERTY, item);
    value_release(item);
    item = string_format("Unix %d.%d.%d.0", parts[0], parts[1], parts[2]);
    object_add(realm, object, TEXT("VersionString"), MEMBER_PROPERTY, item);
    value_release(item);
    return argument_give(out, object);
}

MEMBER(get_variable) {
    struct value name;
    TRY(member_argument_text(realm, "GetEnvironmentVariable", arguments[0], &name));
    const char *text = getenv(string_chars(name));
    *out = text ? string_of(text) : value_null();
    value_release(name);
    return STATUS_OK;
}

MEMBER(set_variable) {
    struct value name, item;
    TRY(member_argument_text(realm, "SetEnvironmentVariable", arguments[0], &name));
    bool removes = value_is_nothing(value_base(arguments[1]));
    TRY(member_argument_text(realm, "SetEnvironmentVariable", arguments[1], &item));
    if (removes) unsetenv(string_chars(name));
    else setenv(string_chars(name), string_chars(item), 1);
    value_release(name);
    value_release(item);
    return argument_give(out, value_void());
}

MEMBER(get_variables) {
    struct value table = table_new(realm, TABLE_HASH, false, NULL);
    for (char **entry = environ; *entry; entry++) {
        const char *equal = strchr(*entry, '=');
        if (!equal) continue;
        struct value name = string_new(text_make(*entry, (size_t)(equal - *entry))), item = string_of(equal + 1);
        table_put(table, name, item);
        value_release(name);
        value_release(item);
    }
    return argument_give(out, table);
}

/* %NAME% by the variable; unknown ones stay. */
MEMBER(expand_variables) {
    struct value argument;
    struct bytes result = {0};
    TRY(member_argument_text(realm, "ExpandEnvironmentVariables", arguments[0], &argument));
    struct text text = string_text(argument);
    for (size_t i = 0; i < text.length; i++) {
        size_t end = text.start[i] == '%' ? text_find_byte(text, '%', i + 1) : TEXT_NOT_FOUND;
        struct value name = string_new(end == TEXT_NOT_FOUND ? TEXT_NONE : text_slice(text, i + 1, end - i - 1));
        const char *found = getenv(string_chars(name));
        if (end != TEXT_NOT_FOUND && found) {
            bytes_add_string(&result, found);
            i = end;
        } else bytes_add_byte(&result, text.start[i]);
        value_release(name);
    }
    value_release(argument);
    return argument_give_bytes(out, &result);
}

/* The folders that exist on Linux; the rest is empty there too. */
MEMBER(get_folder) {
    int64_t folder;
    struct bytes path = {0};
    TRY(argument_enum(realm, "GetFolderPath", arguments[0], "System.Environment+SpecialFolder", &folder));
    static const struct { uint8_t folder; const char *below; } known[] = {
        {0x00, "/Desktop"}, {0x05, "/Documents"}, {0x0d, "/Music"}, {0x0e, "/Videos"}, {0x10, "/Desktop"}, {0x1a, "/.config"},
        {0x1c, "/.local/share"}, {0x27, "/Pictures"}, {0x28, ""},
    };
    if (folder == 0x23) bytes_add_string(&path, "/usr/share");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].folder != folder) continue;
        path_home(&path);
        bytes_add_string(&path, known[i].below);
        if (access(path.data, F_OK) != 0) bytes_clear(&path);
        break;
    }
    if (path.length == 0) bytes_add_string(&path, "");
    return argument_give_bytes(out, &path);
}

MEMBER(get_command_line) {
    struct value list = argument_new_array(realm, "System.String", 1);
    array_push_take(list, string_of("m365sh"));
    return argument_give(out, list);
}

static const struct member_row rows[] = {
    ROW_STATIC("CommandLine", get_command, "static string"), ROW_STATIC("CurrentDirectory", get_directory, "static string"),
    ROW_STATIC("ExitCode", get_exit_code, "static int"), ROW_STATIC("HasShutdownStarted", has_ended, "static bool"),
    ROW_STATIC("Is64BitOperatingSystem", is_64_bit, "static bool"), ROW_STATIC("Is64BitProcess", is_64_bit, "static bool"),
    ROW_STATIC("MachineName", get_machine_name, "static string"), ROW_STATIC("NewLine", get_new_line, "static string"),
    ROW_STATIC("OSVersion", get_os_version, "static System.OperatingSystem"), ROW_STATIC("ProcessId", get_process_id, "static int"),
    ROW_STATIC("ProcessorCount", get_processor_count, "static int"), ROW_STATIC("SystemDirectory", get_empty, "static string"),
    ROW_STATIC("SystemPageSize", get_page_size, "static int"), ROW_STATIC("TickCount", get_tick_count, "static int"),
    ROW_STATIC("TickCount64", get_tick_count64, "static long"), ROW_STATIC("UserDomainName", get_machine_name, "static string"),
    ROW_STATIC("UserInteractive", is_interactive, "static bool"), ROW_STATIC("UserName", get_user_name, "static string"),
    ROW_STATIC("Version", get_version, "static version"),
    ROW_STATIC_CALL("ExpandEnvironmentVariables", 1, 1, expand_variables, "static string ExpandEnvironmentVariables(string name)"),
    ROW_STATIC_CALL("GetCommandLineArgs", 0, 0, get_command_line, "static string[] GetCommandLineArgs()"),
    ROW_STATIC_CALL("GetEnvironmentVariable", 1, 2, get_variable, "static string GetEnvironmentVariable(string variable)"),
    ROW_STATIC_CALL("GetEnvironmentVariables", 0, 1, get_variables, "static System.Collections.IDictionary GetEnvironmentVariables()"),
    ROW_STATIC_CALL("GetFolderPath", 1, 2, get_folder, "static string GetFolderPath(System.Environment+SpecialFolder folder)"),
    ROW_STATIC_CALL("SetEnvironmentVariable", 2, 3, set_variable, "static void SetEnvironmentVariable(string variable, string value)"),
    {"System.Net.Dns", "GetHostName", ROW_STATIC_METHOD, 0, 0, get_machine_name, NULL, "static string GetHostName()"},
};
const struct member_table environment_member_table = TABLE_OF(rows);
