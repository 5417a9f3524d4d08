#define _GNU_SOURCE
#include "einthoven_openvino.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The parts of OpenVINO's C interface that are used, declared by hand.
typedef struct { int64_t rank; int64_t *dims; } ov_shape;
typedef struct { const char *key; const void *value; } ov_property;
typedef struct { const char *build; const char *description; } ov_version;

#define FUNCTIONS(X)                                                                              \
  X(int, ov_get_openvino_version, (ov_version *))                                                 \
  X(int, ov_core_create, (void **))                                                               \
  X(void, ov_core_free, (void *))                                                                 \
  X(int, ov_core_read_model_from_memory_buffer,                                                   \
    (void *, const char *, size_t, const void *, void **))                                        \
  X(void, ov_model_free, (void *))                                                                \
  X(int, ov_core_compile_model_props,                                                             \
    (void *, const void *, const char *, size_t, const ov_property *, void **))                   \
  X(void, ov_compiled_model_free, (void *))                                                       \
  X(int, ov_compiled_model_create_infer_request, (const void *, void **))                         \
  X(void, ov_infer_request_free, (void *))                                                        \
  X(int, ov_infer_request_set_input_tensor, (void *, const void *))                               \
  X(int, ov_tensor_create_from_host_ptr, (unsigned, ov_shape, void *, void **))                   \
  X(int, ov_infer_request_infer, (void *))                                                        \
  X(int, ov_infer_request_get_output_tensor, (const void *, void **))                             \
  X(int, ov_tensor_get_shape, (const void *, ov_shape *))                                         \
  X(int, ov_tensor_data, (const void *, void **))                                                 \
  X(int, ov_shape_free, (ov_shape *))                                                             \
  X(void, ov_tensor_free, (void *))                                                               \
  X(const char *, ov_get_error_info, (int))                                                       \
  X(const char *, ov_get_last_err_msg, (void))

// The code of single precision among the library's element types.
enum { ELEMENT_F32 = 4 };

#define DECLARE(result, name, arguments) static result (*name) arguments;
FUNCTIONS(DECLARE)

struct ein_ov_session {
  void *core, *model, *compiled, *request, *output;
};

// File names carry a version: the file that starts with `prefix` is opened.
static void *open_library(const char *folder, const char *prefix, char *reason, size_t size) {
  DIR *directory = opendir(folder);
  if (!directory) {
    snprintf(reason, size, "there is no folder %s", folder);
    return NULL;
  }
  void *library = NULL;
  struct dirent *entry;
  snprintf(reason, size, "there is no %s* in %s", prefix, folder);
  while (!library && (entry = readdir(directory))) {
    if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0) continue;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (!library) snprintf(reason, size, "%s", dlerror());
  }
  closedir(directory);
  return library;
}

int ein_ov_load(const char *folder, char *reason, size_t size) {
  // The C library has no search path of its own: what it needs must be open before it.
  if (!open_library(folder, "libopenvino.so", reason, size)) return 1;
  void *library = open_library(folder, "libopenvino_c.so", reason, size);
  if (!library) return 1;
#define FIND(result, name, arguments)                                                             \
  if (!(name = (result(*) arguments)dlsym(library, #name))) {                                     \
    snprintf(reason, size, "%s", dlerror());                                                      \
    return 1;                                                                                     \
  }
  FUNCTIONS(FIND)
  return 0;
}

const char *ein_ov_version(void) {
  static ov_version version;
  return ov_get_openvino_version(&version) == 0 ? version.build : "unknown";
}

static int failed(int status, const char *step, char *reason, size_t size) {
  if (status == 0) return 0;
  snprintf(reason, size, "%s: %s %s", step, ov_get_error_info(status), ov_get_last_err_msg());
  return 1;
}

ein_ov_session *ein_ov_open(const void *model, size_t length, int threads, const char *precision,
                            const char *cache, char *reason, size_t size) {
  ein_ov_session *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  char count[16];
  snprintf(count, sizeof count, "%d", threads);
  ov_property properties[] = {{"INFERENCE_NUM_THREADS", count},
                              {"PERFORMANCE_HINT", "LATENCY"},
                              {"INFERENCE_PRECISION_HINT", precision},
                              {"CACHE_DIR", cache}};
  if (failed(ov_core_create(&s->core), "start", reason, size) ||
      failed(ov_core_read_model_from_memory_buffer(s->core, model, length, NULL, &s->model),
             "read the model", reason, size) ||
      failed(ov_core_compile_model_props(s->core, s->model, "CPU", cache ? 4 : 3, properties,
                                         &s->compiled),
             "compile the model", reason, size) ||
      failed(ov_compiled_model_create_infer_request(s->compiled, &s->request),
             "prepare the model", reason, size)) {
    ein_ov_close(s);
    return NULL;
  }
  return s;
}

int ein_ov_run(ein_ov_session *s, const float *input, const int64_t *shape, const float **output,
               int64_t *dimensions, char *reason, size_t size) {
  int64_t copy[4] = {shape[0], shape[1], shape[2], shape[3]};
  ov_shape dims = {4, copy};
  ov_shape result = {0, NULL};
  void *tensor = NULL, *data = NULL;
  if (s->output) ov_tensor_free(s->output);
  s->output = NULL;
  // The caller's numbers are read where they are: the library does not write to an input.
  int bad = failed(ov_tensor_create_from_host_ptr(ELEMENT_F32, dims, (void *)input, &tensor),
                   "shape the input", reason, size) ||
            failed(ov_infer_request_set_input_tensor(s->request, tensor), "set the input", reason,
                   size) ||
            failed(ov_infer_request_infer(s->request), "run", reason, size) ||
            failed(ov_infer_request_get_output_tensor(s->request, &s->output), "get the output",
                   reason, size) ||
            failed(ov_tensor_get_shape(s->output, &result), "measure the output", reason, size) ||
            failed(ov_tensor_data(s->output, &data), "read the output", reason, size);
  for (int i = 0; i < 4; i++) dimensions[i] = !bad && i < result.rank ? result.dims[i] : 1;
  if (result.dims) ov_shape_free(&result);
  if (tensor) ov_tensor_free(tensor);
  *output = data;
  return bad;
}

void ein_ov_close(ein_ov_session *s) {
  if (!s) return;
  if (s->output) ov_tensor_free(s->output);
  if (s->request) ov_infer_request_free(s->request);
  if (s->compiled) ov_compiled_model_free(s->compiled);
  if (s->model) ov_model_free(s->model);
  if (s->core) ov_core_free(s->core);
  free(s);
}
