// A plain C face of libtorch for Swift. The other half, Scripts/torch/bridge.cpp, is compiled
// against libtorch by Scripts/setup-training.sh and opened at run time: nothing of libtorch is
// needed to build the package.
#ifndef EINTHOVEN_TORCH_H
#define EINTHOVEN_TORCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One owned reference to a tensor, and an operator that was looked up.
typedef struct ein_tensor_s *ein_tensor;
typedef const struct ein_operator_s *ein_operator;

// What an argument or a result is. Lists point to `count` elements.
enum ein_kind {
  EIN_NOTHING = 0,
  EIN_TENSOR,
  EIN_INTEGER,
  EIN_NUMBER,
  EIN_TRUTH,
  EIN_INTEGERS,
  EIN_TENSORS
};

// How numbers are computed where it is safe: as they are, or in 16 bits of one kind or the other.
enum ein_mixed { EIN_MIXED_OFF = 0, EIN_MIXED_BRAIN, EIN_MIXED_HALF };

typedef struct {
  int32_t kind;
  int32_t count;
  int64_t integer;
  double number;
  ein_tensor tensor;
  const int64_t *integers;
  const ein_tensor *tensors;
} ein_value;

// Every function that can fail returns 0, or 1 and leaves the reason for `reason`.
typedef struct {
  int32_t abi;
  const char *(*version)(void);
  const char *(*reason)(void);
  void (*set_threads)(int32_t threads);
  int32_t (*has_device)(const char *device);
  // Mixed precision on a device: one of `ein_mixed`.
  int32_t (*set_mixed_precision)(const char *device, int32_t mixed);
  int32_t (*set_gradients)(int32_t on);
  // Floats of the host as a tensor on a device, and back.
  int32_t (*from_floats)(const float *values, const int64_t *shape, int32_t rank,
                         const char *device, ein_tensor *out);
  int32_t (*to_floats)(ein_tensor tensor, float *values, int64_t count);
  int64_t (*number_count)(ein_tensor tensor);
  void (*release)(ein_tensor tensor);
  int32_t (*require_gradient)(ein_tensor tensor);
  int32_t (*backward)(ein_tensor loss);
  // The gradient, or NULL where there is none; clearing forgets it.
  int32_t (*gradient)(ein_tensor tensor, ein_tensor *out);
  int32_t (*clear_gradient)(ein_tensor tensor);
  // Any operator of libtorch's dispatcher; missing last arguments take their defaults.
  ein_operator (*find)(const char *name, const char *overload);
  int32_t (*call)(ein_operator op, const ein_value *arguments, int32_t count, ein_tensor *results,
                  int32_t capacity, int32_t *found);
} ein_torch;

enum { EIN_TORCH_ABI = 2 };

// Opens the bridge. Returns its table, or NULL with the reason in `reason`.
const ein_torch *ein_torch_open(const char *path, char *reason, int32_t size);

// Keeps big blocks on the heap. Without it every large activation is mapped anew, which
// makes a training step 1.2 to 1.5 times slower.
void ein_torch_tune_malloc(void);

#ifdef __cplusplus
}
#endif
#endif
