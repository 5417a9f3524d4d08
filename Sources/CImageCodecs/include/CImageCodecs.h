/// Decoding and encoding of picture files in memory, behind one small C interface.
///
/// libpng and libjpeg report errors by longjmp, which must never cross Swift frames:
/// every jump starts and ends inside this target. Nothing is printed.
///
/// Conventions: pixels are 8 bits per channel, row by row, top row first, no padding.
#ifndef C_IMAGE_CODECS_H
#define C_IMAGE_CODECS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a call ended.
typedef enum {
  EIN_IMAGE_OK = 0,
  /// The bytes are damaged or break the format's rules.
  EIN_IMAGE_CORRUPT = 1,
  /// The file ends before the picture does, and nothing of it can be shown.
  EIN_IMAGE_TRUNCATED = 2,
  /// Width times height exceeds the limit; nothing was decoded.
  EIN_IMAGE_TOO_MANY_PIXELS = 3,
  /// A valid file of a kind that the library does not decode.
  EIN_IMAGE_UNSUPPORTED = 4,
  EIN_IMAGE_OUT_OF_MEMORY = 5,
} ein_image_status;

/// A decoded picture. Free it with `ein_image_free`.
typedef struct {
  /// R, G, B per pixel; null unless the status is EIN_IMAGE_OK.
  uint8_t *pixels;
  /// Known from the file's header even where the picture exceeds the limit.
  uint64_t width;
  uint64_t height;
  /// The part of the picture that the file really holds, 0 to 1.
  double completeness;
  /// EXIF orientation 1 to 8 that is still to be applied; 1 if there is none.
  int orientation;
  /// Pixels per inch as the file claims, or 0.
  double pixels_per_inch;
} ein_image;

/// Encoded bytes. Free them with `ein_bytes_free`.
typedef struct {
  uint8_t *bytes;
  size_t count;
} ein_bytes;

/// Decodes a PNG; transparency is laid over white.
ein_image_status ein_png_decode(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                                ein_image *image);

/// Decodes a JPEG of any colour model to RGB. A file that ends early gives what it holds.
ein_image_status ein_jpeg_decode(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                                 ein_image *image);

/// Encodes grey (`channels` = 1) or RGB (3) pixels as PNG. `level` is zlib's, 0 to 9.
ein_image_status ein_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                                int channels, int level, double pixels_per_inch,
                                ein_bytes *encoded);

/// Encodes RGB pixels as JPEG, `quality` 1 to 100, chroma halved in both directions if
/// `halve_chroma` is not 0.
ein_image_status ein_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                                 int quality, int halve_chroma, ein_bytes *encoded);

void ein_image_free(ein_image *image);
void ein_bytes_free(ein_bytes *encoded);

#ifdef __cplusplus
}
#endif

#endif
