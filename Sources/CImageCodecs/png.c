#include "CImageCodecs.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// What a callback of libpng needs to know; reached by png_get_io_ptr and png_get_error_ptr.
typedef struct {
  jmp_buf jump;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  int truncated;
} png_source;

static void read_bytes(png_structp png, png_bytep out, size_t length) {
  png_source *source = png_get_io_ptr(png);
  if (length > source->count - source->position) {
    source->truncated = 1;
    png_error(png, "end of file");
  }
  memcpy(out, source->bytes + source->position, length);
  source->position += length;
}

static void fail(png_structp png, png_const_charp message) {
  (void)message;
  png_source *source = png_get_error_ptr(png);
  longjmp(source->jump, 1);
}

static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

// RGBA to RGB over white, in place: the three bytes written never pass the four read.
static void lay_over_white(uint8_t *pixels, size_t count) {
  for (size_t i = 0; i < count; i++) {
    unsigned alpha = pixels[4 * i + 3];
    for (int channel = 0; channel < 3; channel++) {
      unsigned sum = pixels[4 * i + channel] * alpha + 255u * (255u - alpha);
      pixels[3 * i + channel] = (uint8_t)((sum + 127u) / 255u);
    }
  }
}

ein_image_status ein_png_decode(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                                ein_image *image) {
  memset(image, 0, sizeof *image);
  image->orientation = 1;
  png_source source = {.bytes = bytes, .count = count};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, fail, ignore);
  if (!png) return EIN_IMAGE_OUT_OF_MEMORY;
  png_infop info = png_create_info_struct(png);
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    return EIN_IMAGE_OUT_OF_MEMORY;
  }
  // Both change after setjmp and are read after a jump.
  uint8_t *volatile pixels = NULL;
  png_bytep *volatile rows = NULL;
  volatile ein_image_status status = EIN_IMAGE_CORRUPT;

  if (setjmp(source.jump)) {
    if (status == EIN_IMAGE_CORRUPT && source.truncated) status = EIN_IMAGE_TRUNCATED;
    goto done;
  }
  png_set_read_fn(png, &source, read_bytes);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);  // ours is the product, checked below
  png_set_chunk_malloc_max(png, 8u << 20);
  png_set_chunk_cache_max(png, 128);
  png_read_info(png, info);
  image->width = png_get_image_width(png, info);
  image->height = png_get_image_height(png, info);
  if (image->width * image->height > max_pixels) {
    status = EIN_IMAGE_TOO_MANY_PIXELS;
    goto done;
  }
  image->pixels_per_inch = png_get_x_pixels_per_meter(png, info) * 0.0254;

  int has_alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0 ||
                  png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t channels = has_alpha ? 4 : 3;
  if (png_get_rowbytes(png, info) != channels * image->width) goto done;

  status = EIN_IMAGE_OUT_OF_MEMORY;
  // Zeroed, so that a damaged file can never show what the memory held before.
  pixels = calloc((size_t)image->width * image->height, channels);
  rows = malloc((size_t)image->height * sizeof *rows);
  if (!pixels || !rows) goto done;
  for (size_t y = 0; y < image->height; y++) rows[y] = pixels + y * channels * image->width;
  status = EIN_IMAGE_CORRUPT;
  png_read_image(png, rows);
  // What follows the last row (IEND, text) does not matter to the picture: it is not read.

  size_t total = (size_t)image->width * image->height;
  if (has_alpha) {
    lay_over_white(pixels, total);
    uint8_t *smaller = realloc(pixels, 3 * total);
    if (smaller) pixels = smaller;
  }
  image->pixels = pixels;
  image->completeness = 1;
  pixels = NULL;
  status = EIN_IMAGE_OK;

done:
  free(rows);
  free(pixels);
  png_destroy_read_struct(&png, &info, NULL);
  return status;
}

// The growing output of the encoder, with the place to jump to.
typedef struct {
  jmp_buf jump;
  ein_bytes *out;
  size_t capacity;
} png_sink;

static void write_bytes(png_structp png, png_bytep bytes, size_t length) {
  png_sink *sink = png_get_io_ptr(png);
  if (sink->out->count + length > sink->capacity) {
    size_t capacity = 2 * sink->capacity + length + 4096;
    uint8_t *grown = realloc(sink->out->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    sink->out->bytes = grown;
    sink->capacity = capacity;
  }
  memcpy(sink->out->bytes + sink->out->count, bytes, length);
  sink->out->count += length;
}

static void flush(png_structp png) { (void)png; }

static void fail_writing(png_structp png, png_const_charp message) {
  (void)message;
  png_sink *sink = png_get_error_ptr(png);
  longjmp(sink->jump, 1);
}

ein_image_status ein_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                                int channels, int level, double pixels_per_inch,
                                ein_bytes *encoded) {
  memset(encoded, 0, sizeof *encoded);
  png_sink sink = {.out = encoded};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &sink, fail_writing, ignore);
  if (!png) return EIN_IMAGE_OUT_OF_MEMORY;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(sink.jump)) {
    png_destroy_write_struct(&png, &info);
    ein_bytes_free(encoded);
    return EIN_IMAGE_OUT_OF_MEMORY;
  }
  png_set_write_fn(png, &sink, write_bytes, flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_compression_level(png, level);
  int color = channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
  png_set_IHDR(png, info, width, height, 8, color, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
               PNG_FILTER_TYPE_BASE);
  if (pixels_per_inch > 0) {
    png_uint_32 per_meter = (png_uint_32)(pixels_per_inch / 0.0254 + 0.5);
    png_set_pHYs(png, info, per_meter, per_meter, PNG_RESOLUTION_METER);
  }
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++) {
    png_write_row(png, pixels + (size_t)y * width * (size_t)channels);
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return EIN_IMAGE_OK;
}
