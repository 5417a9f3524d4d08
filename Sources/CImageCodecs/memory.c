#include "CImageCodecs.h"

#include <stdlib.h>

void ein_image_free(ein_image *image) {
  free(image->pixels);
  image->pixels = NULL;
}

void ein_bytes_free(ein_bytes *encoded) {
  free(encoded->bytes);
  encoded->bytes = NULL;
  encoded->count = 0;
}
