#include "einthoven_torch.h"

#include <dlfcn.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>

const ein_torch *ein_torch_open(const char *path, char *reason, int32_t size) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  const ein_torch *(*table)(void) =
      library ? (const ein_torch *(*)(void))dlsym(library, "ein_torch_table") : NULL;
  if (!table) {
    snprintf(reason, size, "%s", dlerror());
    return NULL;
  }
  if (table()->abi != EIN_TORCH_ABI) {
    snprintf(reason, size, "the bridge is of version %d, %d is needed", table()->abi,
             EIN_TORCH_ABI);
    return NULL;
  }
  return table();
}

void ein_torch_tune_malloc(void) {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_TOP_PAD, 256 << 20);
}
