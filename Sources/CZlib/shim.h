// zlib as the system's package brings it; pkg-config says where.
#include <zlib.h>
