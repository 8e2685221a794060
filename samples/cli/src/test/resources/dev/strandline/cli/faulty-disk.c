/*
 * A disk that fails, for one process: put before the C library (LD_PRELOAD), it counts what SQLite
 * asks of the files whose path begins with FAULTY_FILES, and lets the FAULTY_AT-th of it fail. Where
 * FAULTY_CALL names a call (pread, pwrite, fsync, ftruncate, open), only such ones count.
 *
 * FAULTY_HOW is one of
 *   error  every kind of call fails as on a broken disk (EIO)
 *   full   what needs room fails as on a full disk (ENOSPC), the first time after half of the bytes
 * and FAULTY_LASTS, if set, lets all that follows fail in the same way, as far as it can.
 *
 * What failed first is written to the file FAULTY_NOTE at once, as "call path", and how many calls
 * there were to FAULTY_NOTE.count when the process ends in order.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum outcome { WELL, HALF, FAILED };

static long calls;
static int noted;

static long counted(void) {
  return __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
}

static void note(const char *call, const char *path) {
  FILE *file = fopen(getenv("FAULTY_NOTE"), "w");
  if (file != NULL) {
    fprintf(file, "%s %s\n", call, path);
    fclose(file);
  }
}

/* What becomes of a call on a file that the test is about; sets errno where it fails. */
static enum outcome outcome(const char *call, const char *path, int takes_room) {
  const char *files = getenv("FAULTY_FILES");
  if (files == NULL || strncmp(path, files, strlen(files)) != 0) {
    return WELL;
  }
  const char *only = getenv("FAULTY_CALL");
  if (only != NULL && strcmp(only, call) != 0) {
    return WELL;
  }
  long number = counted();
  long at = atol(getenv("FAULTY_AT"));
  int full = strcmp(getenv("FAULTY_HOW"), "full") == 0;
  if (at == 0 || number < at || (full && !takes_room)) {
    return WELL;
  }
  /* The first that can fail from there on does. */
  int first = !__atomic_exchange_n(&noted, 1, __ATOMIC_SEQ_CST);
  if (!first && getenv("FAULTY_LASTS") == NULL) {
    return WELL;
  }
  if (first) {
    note(call, path);
  }
  errno = full ? ENOSPC : EIO;
  return full && first ? HALF : FAILED;
}

static enum outcome of_descriptor(const char *call, int fd, int takes_room) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    return WELL;
  }
  path[length] = 0;
  return outcome(call, path, takes_room);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) {
  ssize_t (*real)(int, void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pread64");
  return of_descriptor("pread", fd, 0) == WELL ? real(fd, bytes, size, at) : -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  switch (of_descriptor("pwrite", fd, 1)) {
    case WELL:
      return real(fd, bytes, size, at);
    case HALF:
      if (size > 1) {
        return real(fd, bytes, size / 2, at);
      }
      errno = ENOSPC;
      return -1;
    default:
      return -1;
  }
}

int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  return of_descriptor("fsync", fd, 0) == WELL ? real(fd) : -1;
}

int ftruncate64(int fd, off64_t size) {
  int (*real)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
  return of_descriptor("ftruncate", fd, 0) == WELL ? real(fd, size) : -1;
}

int open64(const char *path, int flags, ...) {
  int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
  mode_t mode = 0;
  if (flags & O_CREAT) {
    __builtin_va_list rest;
    __builtin_va_start(rest, flags);
    mode = __builtin_va_arg(rest, mode_t);
    __builtin_va_end(rest);
  }
  return outcome("open", path, 0) == WELL ? real(path, flags, mode) : -1;
}

__attribute__((destructor)) static void tell(void) {
  const char *where = getenv("FAULTY_NOTE");
  if (where == NULL) {
    return;
  }
  char path[4096];
  snprintf(path, sizeof path, "%s.count", where);
  FILE *file = fopen(path, "w");
  if (file != NULL) {
    fprintf(file, "%ld\n", calls);
    fclose(file);
  }
}
