#include "CImageCodecs.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

// A progressive file may ask for thousands of passes over the picture; no camera does.
enum { max_scans = 200 };

// libjpeg's error manager with the place to jump to; first member, so that pointers agree.
typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf jump;
  int damaged;
  // How far the first scan had come when the first damage was met.
  double completeness;
} jpeg_errors;

static void fail(j_common_ptr info) {
  jpeg_errors *errors = (jpeg_errors *)info->err;
  longjmp(errors->jump, 1);
}

// Warnings mean that the picture goes on with made-up values: remember where that began.
static void note(j_common_ptr info, int level) {
  jpeg_errors *errors = (jpeg_errors *)info->err;
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
      break;
    default:
      return;  // a cosmetic breach of the standard
  }
  if (errors->damaged || !info->is_decompressor) return;
  errors->damaged = 1;
  j_decompress_ptr decoder = (j_decompress_ptr)info;
  double rows = decoder->total_iMCU_rows > 0 ? (double)decoder->total_iMCU_rows : 1;
  errors->completeness =
      decoder->input_scan_number > 1 ? 1 : (double)decoder->input_iMCU_row / rows;
}

static void say_nothing(j_common_ptr info) { (void)info; }

static void watch_scans(j_common_ptr info) {
  if (((j_decompress_ptr)info)->input_scan_number > max_scans) fail(info);
}

static unsigned read16(const uint8_t *p, int big) {
  return big ? (unsigned)(p[0] << 8 | p[1]) : (unsigned)(p[1] << 8 | p[0]);
}

static uint32_t read32(const uint8_t *p, int big) {
  uint32_t a = read16(p, big), b = read16(p + 2, big);
  return big ? a << 16 | b : b << 16 | a;
}

// The orientation (tag 0x0112) in the first directory of an EXIF block, or 1.
// Source: Exif 2.32, section 4.6.4 A; TIFF 6.0, section 2.
static int exif_orientation(const uint8_t *data, size_t length) {
  if (length < 14 || memcmp(data, "Exif\0\0", 6) != 0) return 1;
  const uint8_t *tiff = data + 6;
  size_t size = length - 6;
  int big = tiff[0] == 'M';
  if (!big && tiff[0] != 'I') return 1;
  if (read16(tiff + 2, big) != 42) return 1;
  size_t directory = read32(tiff + 4, big);
  if (directory > size - 2) return 1;
  unsigned entries = read16(tiff + directory, big);
  for (unsigned i = 0; i < entries; i++) {
    size_t at = directory + 2 + 12 * (size_t)i;
    if (at + 12 > size) return 1;
    if (read16(tiff + at, big) != 0x0112) continue;
    unsigned value = read16(tiff + at + 8, big);
    return value >= 1 && value <= 8 ? (int)value : 1;
  }
  return 1;
}

// Adobe writes CMYK inverted (255 = no ink). Without a profile, ink multiplies light.
static void cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, size_t count, int inverted) {
  for (size_t i = 0; i < count; i++) {
    unsigned key = inverted ? cmyk[4 * i + 3] : 255u - cmyk[4 * i + 3];
    for (int channel = 0; channel < 3; channel++) {
      unsigned light = inverted ? cmyk[4 * i + channel] : 255u - cmyk[4 * i + channel];
      rgb[3 * i + channel] = (uint8_t)((light * key + 127u) / 255u);
    }
  }
}

ein_image_status ein_jpeg_decode(const uint8_t *bytes, size_t count, uint64_t max_pixels,
                                 ein_image *image) {
  memset(image, 0, sizeof *image);
  image->orientation = 1;
  struct jpeg_decompress_struct decoder;
  memset(&decoder, 0, sizeof decoder);
  jpeg_errors errors = {.completeness = 1};
  decoder.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = fail;
  errors.base.emit_message = note;
  errors.base.output_message = say_nothing;
  struct jpeg_progress_mgr progress = {.progress_monitor = watch_scans};
  // Both change after setjmp and are read after a jump.
  uint8_t *volatile pixels = NULL;
  uint8_t *volatile row = NULL;
  volatile ein_image_status status = EIN_IMAGE_CORRUPT;

  if (setjmp(errors.jump)) {
    switch (errors.base.msg_code) {
      case JERR_INPUT_EMPTY:
      case JERR_INPUT_EOF:
        status = EIN_IMAGE_TRUNCATED;
        break;
      case JERR_BAD_PRECISION:
      case JERR_CONVERSION_NOTIMPL:
      case JERR_SOF_UNSUPPORTED:
        status = EIN_IMAGE_UNSUPPORTED;
        break;
      case JERR_OUT_OF_MEMORY:
        status = EIN_IMAGE_OUT_OF_MEMORY;
        break;
      default:
        if (errors.damaged && status == EIN_IMAGE_CORRUPT) status = EIN_IMAGE_TRUNCATED;
    }
    goto done;
  }
  jpeg_create_decompress(&decoder);
  decoder.progress = &progress;
  jpeg_mem_src(&decoder, bytes, (unsigned long)count);
  jpeg_save_markers(&decoder, JPEG_APP0 + 1, 0xffff);
  jpeg_read_header(&decoder, TRUE);
  image->width = decoder.image_width;
  image->height = decoder.image_height;
  if (image->width * image->height > max_pixels) {
    status = EIN_IMAGE_TOO_MANY_PIXELS;
    goto done;
  }
  for (jpeg_saved_marker_ptr m = decoder.marker_list; m; m = m->next) {
    int orientation = exif_orientation(m->data, m->data_length);
    if (orientation != 1) image->orientation = orientation;
  }
  if (decoder.density_unit == 1) image->pixels_per_inch = decoder.X_density;
  if (decoder.density_unit == 2) image->pixels_per_inch = decoder.X_density * 2.54;

  int is_cmyk = decoder.num_components == 4;
  decoder.out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
  jpeg_start_decompress(&decoder);
  size_t width = decoder.output_width, height = decoder.output_height;
  pixels = malloc(3 * width * height);
  row = malloc(4 * width);
  if (!pixels || !row) {
    status = EIN_IMAGE_OUT_OF_MEMORY;
    goto done;
  }
  while (decoder.output_scanline < height) {
    uint8_t *target = pixels + 3 * width * decoder.output_scanline;
    JSAMPROW line = is_cmyk ? row : target;
    if (jpeg_read_scanlines(&decoder, &line, 1) != 1) goto done;
    if (is_cmyk) cmyk_to_rgb(row, target, width, decoder.saw_Adobe_marker);
  }
  if (errors.damaged && errors.completeness <= 0) {
    status = EIN_IMAGE_TRUNCATED;  // not one row of blocks came from the file
    goto done;
  }
  image->pixels = pixels;
  image->completeness = errors.damaged && errors.completeness > 0.99 ? 0.99 : errors.completeness;
  pixels = NULL;
  status = EIN_IMAGE_OK;

done:
  free(row);
  free(pixels);
  jpeg_destroy_decompress(&decoder);
  return status;
}

ein_image_status ein_jpeg_encode(const uint8_t *pixels, uint32_t width, uint32_t height,
                                 int quality, int halve_chroma, ein_bytes *encoded) {
  memset(encoded, 0, sizeof *encoded);
  struct jpeg_compress_struct encoder;
  memset(&encoder, 0, sizeof encoder);
  jpeg_errors errors = {0};
  encoder.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = fail;
  errors.base.emit_message = note;
  errors.base.output_message = say_nothing;
  // libjpeg writes through these two addresses until jpeg_finish_compress.
  unsigned char *buffer = NULL;
  unsigned long size = 0;

  if (setjmp(errors.jump)) {
    int too_large = errors.base.msg_code == JERR_IMAGE_TOO_BIG;
    jpeg_destroy_compress(&encoder);
    free(*(unsigned char *volatile *)&buffer);
    return too_large ? EIN_IMAGE_UNSUPPORTED : EIN_IMAGE_OUT_OF_MEMORY;
  }
  jpeg_create_compress(&encoder);
  jpeg_mem_dest(&encoder, &buffer, &size);
  encoder.image_width = width;
  encoder.image_height = height;
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  if (!halve_chroma) {
    encoder.comp_info[0].h_samp_factor = 1;
    encoder.comp_info[0].v_samp_factor = 1;
  }
  jpeg_start_compress(&encoder, TRUE);
  while (encoder.next_scanline < height) {
    JSAMPROW line = (JSAMPROW)(pixels + 3 * (size_t)width * encoder.next_scanline);
    jpeg_write_scanlines(&encoder, &line, 1);
  }
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  encoded->bytes = buffer;
  encoded->count = size;
  return EIN_IMAGE_OK;
}
