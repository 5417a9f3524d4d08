// A small C face of OpenVINO, which is opened at run time: nothing of it is needed to build.
#ifndef EINTHOVEN_OPENVINO_H
#define EINTHOVEN_OPENVINO_H

#include <stddef.h>
#include <stdint.h>

typedef struct ein_ov_session ein_ov_session;

// Opens the libraries in `folder`. Returns 0, or 1 with the reason in `reason`.
int ein_ov_load(const char *folder, char *reason, size_t size);

// The version of the library that was opened.
const char *ein_ov_version(void);

// Compiles an ONNX model with one input and one output for the CPU; `precision` is "f32" or
// "bf16", `cache` a folder for compiled models or NULL. Returns NULL with the reason.
ein_ov_session *ein_ov_open(const void *model, size_t length, int threads, const char *precision,
                            const char *cache, char *reason, size_t size);

// Runs the model on a float tensor of four dimensions. `output` points into the session until
// the next call; `dimensions` receives its four dimensions. Returns 0, or 1 with the reason.
int ein_ov_run(ein_ov_session *session, const float *input, const int64_t *shape,
               const float **output, int64_t *dimensions, char *reason, size_t size);

void ein_ov_close(ein_ov_session *session);

#endif
