/* Records what a process does to the files of one folder, in the order it does it.

   LD_PRELOAD=shim.so  POWER_CUT_FOLDER=/folder/to/watch  POWER_CUT_LOG=/log/file

   Each record: kind (1 byte), file number, offset, length (8 bytes each, native order), then `length`
   bytes: the data written, or the path. A file keeps its number under every name; a new file gets a new one.

     o  opened, path        w  written       t  truncated to offset      s  synced
     r  renamed, from NUL to     u  unlinked, path     d  folder synced, path

   Everything runs under one lock, so the order of the log is the order of the calls. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 1024
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static const char *folder;
static uint64_t file_of[MAX_FD]; /* inode + 1; 0: not watched */
static char *folder_of[MAX_FD];  /* path of an open folder */

static void record(char kind, uint64_t file, uint64_t offset, const void *data, uint64_t length) {
    uint64_t head[3] = {file, offset, length};
    char flat[25];
    flat[0] = kind;
    memcpy(flat + 1, head, 24);
    struct iovec parts[2] = {{flat, 25}, {(void *)data, length}};
    if (REAL(writev)(log_fd, parts, 2) != (ssize_t)(25 + length)) _exit(99);
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("POWER_CUT_FOLDER");
    const char *log = getenv("POWER_CUT_LOG");
    if (folder && log) log_fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int watched(const char *path) {
    return log_fd >= 0 && path && strncmp(path, folder, strlen(folder)) == 0;
}

static uint64_t number_of(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 ? status.st_ino + 1 : 0;
}

static int opened(int fd, const char *path) {
    if (fd < 0 || fd >= MAX_FD) return fd;
    file_of[fd] = 0;
    free(folder_of[fd]);
    folder_of[fd] = NULL;
    if (!watched(path)) return fd;
    struct stat status;
    fstat(fd, &status);
    if (S_ISDIR(status.st_mode)) {
        folder_of[fd] = strdup(path);
    } else {
        file_of[fd] = number_of(fd);
        record('o', file_of[fd], 0, path, strlen(path));
    }
    return fd;
}

#define OPEN(name)                                                       \
    int name(const char *path, int flags, ...) {                         \
        va_list rest;                                                    \
        va_start(rest, flags);                                           \
        int mode = va_arg(rest, int);                                    \
        va_end(rest);                                                    \
        pthread_mutex_lock(&lock);                                       \
        int fd = opened(REAL(name)(path, flags, mode), path);            \
        pthread_mutex_unlock(&lock);                                     \
        return fd;                                                       \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                     \
    int name(int at, const char *path, int flags, ...) {                 \
        va_list rest;                                                    \
        va_start(rest, flags);                                           \
        int mode = va_arg(rest, int);                                    \
        va_end(rest);                                                    \
        pthread_mutex_lock(&lock);                                       \
        int fd = opened(REAL(name)(at, path, flags, mode), path);        \
        pthread_mutex_unlock(&lock);                                     \
        return fd;                                                       \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    pthread_mutex_lock(&lock);
    if (fd >= 0 && fd < MAX_FD) file_of[fd] = 0;
    int result = REAL(close)(fd);
    pthread_mutex_unlock(&lock);
    return result;
}

#define PWRITE(name, offset_t)                                                         \
    ssize_t name(int fd, const void *data, size_t length, offset_t offset) {           \
        pthread_mutex_lock(&lock);                                                     \
        ssize_t written = REAL(name)(fd, data, length, offset);                        \
        if (written > 0 && fd < MAX_FD && file_of[fd])                                 \
            record('w', file_of[fd], offset, data, written);                           \
        pthread_mutex_unlock(&lock);                                                   \
        return written;                                                                \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t length) {
    pthread_mutex_lock(&lock);
    int known = fd >= 0 && fd < MAX_FD && file_of[fd];
    off_t offset = known ? lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR) : 0;
    ssize_t written = REAL(write)(fd, data, length);
    if (known && written > 0) record('w', file_of[fd], offset, data, written);
    pthread_mutex_unlock(&lock);
    return written;
}

#define TRUNCATE(name, offset_t)                                                       \
    int name(int fd, offset_t size) {                                                  \
        pthread_mutex_lock(&lock);                                                     \
        int result = REAL(name)(fd, size);                                             \
        if (result == 0 && fd < MAX_FD && file_of[fd]) record('t', file_of[fd], size, NULL, 0); \
        pthread_mutex_unlock(&lock);                                                   \
        return result;                                                                 \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                     \
    int name(int fd) {                                                                 \
        pthread_mutex_lock(&lock);                                                     \
        int result = REAL(name)(fd);                                                   \
        if (result == 0 && fd < MAX_FD) {                                              \
            if (file_of[fd]) record('s', file_of[fd], 0, NULL, 0);                     \
            else if (folder_of[fd]) record('d', 0, 0, folder_of[fd], strlen(folder_of[fd])); \
        }                                                                              \
        pthread_mutex_unlock(&lock);                                                   \
        return result;                                                                 \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    int result = REAL(unlink)(path);
    if (result == 0 && watched(path)) record('u', 0, 0, path, strlen(path));
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&lock);
    int result = REAL(rename)(from, to);
    if (result == 0 && watched(to)) {
        char both[2 * PATH_MAX];
        size_t first = strlen(from) + 1, second = strlen(to);
        memcpy(both, from, first);
        memcpy(both + first, to, second);
        record('r', 0, 0, both, first + second);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
