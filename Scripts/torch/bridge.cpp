// The libtorch half of the bridge: see einthoven_torch.h. C++20, ATen headers only.
#include "einthoven_torch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/core/ivalue.h>
#include <c10/core/GradMode.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <cstring>
#include <string>

namespace {

thread_local std::string failure;

template <class Work>
int32_t attempt(Work work) {
  try {
    work();
    return 0;
  } catch (const c10::Error &error) {
    failure = error.what_without_backtrace();
  } catch (const std::exception &error) {
    failure = error.what();
  } catch (...) {
    failure = "an unknown exception";
  }
  return 1;
}

at::Tensor borrow(ein_tensor tensor) {
  using Pointer = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;
  return at::Tensor(Pointer::reclaim_copy(reinterpret_cast<at::TensorImpl *>(tensor)));
}

ein_tensor hand_over(at::Tensor tensor) {
  return reinterpret_cast<ein_tensor>(tensor.unsafeReleaseTensorImpl());
}

c10::IValue argument(const ein_value &value) {
  switch (value.kind) {
    case EIN_TENSOR:
      return borrow(value.tensor);
    case EIN_INTEGER:
      return value.integer;
    case EIN_NUMBER:
      return value.number;
    case EIN_TRUTH:
      return value.integer != 0;
    case EIN_INTEGERS: {
      c10::List<int64_t> list;
      for (int i = 0; i < value.count; i++) list.push_back(value.integers[i]);
      return list;
    }
    case EIN_TENSORS: {
      c10::List<at::Tensor> list;
      for (int i = 0; i < value.count; i++) list.push_back(borrow(value.tensors[i]));
      return list;
    }
    default:
      return c10::IValue();
  }
}

const char *version() { return TORCH_VERSION; }
const char *reason() { return failure.c_str(); }
void set_threads(int32_t threads) { at::set_num_threads(threads); }

// The dispatcher learns CUDA's kernels when this library is opened; it lies beside the one that
// holds the CPU's. Opened by its path: by name alone it would be searched for elsewhere.
void open_cuda() {
  static const bool opened = [] {
    Dl_info info;
    if (!dladdr(reinterpret_cast<void *>(&at::set_num_threads), &info)) return false;
    std::string path = info.dli_fname;
    path = path.substr(0, path.rfind('/') + 1) + "libtorch_cuda.so";
    return dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
  }();
  (void)opened;
}

int32_t has_device(const char *name) {
  int32_t found = 0;
  attempt([&] {
    c10::Device device{std::string(name)};
    if (device.is_cuda()) open_cuda();
    found = device.is_cpu() ||
            (device.is_cuda() && at::hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0);
  });
  return found;
}

int32_t set_mixed_precision(const char *name, int32_t mixed) {
  return attempt([&] {
    auto type = c10::Device(std::string(name)).type();
    at::autocast::set_autocast_enabled(type, mixed != EIN_MIXED_OFF);
    if (mixed != EIN_MIXED_OFF)
      at::autocast::set_autocast_dtype(
          type, mixed == EIN_MIXED_HALF ? at::kHalf : at::kBFloat16);
    at::autocast::clear_cache();
  });
}

int32_t set_gradients(int32_t on) {
  int32_t before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(on != 0);
  return before;
}

int32_t from_floats(const float *values, const int64_t *shape, int32_t rank, const char *device,
                    ein_tensor *out) {
  return attempt([&] {
    auto tensor = at::empty(at::IntArrayRef(shape, rank), at::TensorOptions().dtype(at::kFloat));
    std::memcpy(tensor.data_ptr(), values, tensor.nbytes());
    *out = hand_over(tensor.to(c10::Device(std::string(device))));
  });
}

int32_t to_floats(ein_tensor tensor, float *values, int64_t count) {
  return attempt([&] {
    auto flat = borrow(tensor).detach().to(at::kCPU, at::kFloat).contiguous();
    TORCH_CHECK(flat.numel() == count, "the tensor holds ", flat.numel(), " numbers, not ", count);
    std::memcpy(values, flat.data_ptr(), flat.nbytes());
  });
}

int64_t number_count(ein_tensor tensor) { return borrow(tensor).numel(); }

void release(ein_tensor tensor) {
  using Pointer = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;
  Pointer::reclaim(reinterpret_cast<at::TensorImpl *>(tensor));
}

int32_t require_gradient(ein_tensor tensor) {
  return attempt([&] { borrow(tensor).set_requires_grad(true); });
}

int32_t backward(ein_tensor loss) {
  return attempt([&] { borrow(loss).backward(); });
}

int32_t gradient(ein_tensor tensor, ein_tensor *out) {
  return attempt([&] {
    auto found = borrow(tensor).grad();
    *out = found.defined() ? hand_over(found) : nullptr;
  });
}

int32_t clear_gradient(ein_tensor tensor) {
  return attempt([&] { borrow(tensor).mutable_grad() = at::Tensor(); });
}

ein_operator find(const char *name, const char *overload) {
  c10::OperatorHandle *found = nullptr;
  attempt([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    found = new c10::OperatorHandle(handle);
  });
  return reinterpret_cast<ein_operator>(found);
}

int32_t call(ein_operator op, const ein_value *arguments, int32_t count, ein_tensor *results,
             int32_t capacity, int32_t *found) {
  return attempt([&] {
    auto &handle = *reinterpret_cast<const c10::OperatorHandle *>(op);
    auto &wanted = handle.schema().arguments();
    TORCH_CHECK(count <= (int32_t)wanted.size(), handle.schema().name(), " takes fewer arguments");
    c10::Stack stack;
    for (int32_t i = 0; i < count; i++) stack.push_back(argument(arguments[i]));
    for (size_t i = count; i < wanted.size(); i++) {
      TORCH_CHECK(wanted[i].default_value().has_value(), handle.schema().name(), " needs ",
                  wanted[i].name());
      stack.push_back(*wanted[i].default_value());
    }
    handle.callBoxed(&stack);
    int32_t n = 0;
    auto add = [&](const at::Tensor &tensor) {
      if (!tensor.defined()) return;
      TORCH_CHECK(n < capacity, "more results than there is room for");
      results[n++] = hand_over(tensor);
    };
    for (auto &value : stack) {
      if (value.isTensor()) add(value.toTensor());
      if (value.isTensorList())
        for (const at::Tensor &tensor : value.toTensorVector()) add(tensor);
    }
    *found = n;
  });
}

const ein_torch table = {
    EIN_TORCH_ABI, version,      reason,  set_threads,      has_device, set_mixed_precision,
    set_gradients, from_floats,  to_floats, number_count,   release,    require_gradient,
    backward,      gradient,     clear_gradient, find,      call};

}  // namespace

extern "C" __attribute__((visibility("default"))) const ein_torch *ein_torch_table(void) {
  return &table;
}
