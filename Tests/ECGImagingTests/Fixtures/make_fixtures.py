"""Draws the picture files of this folder. Run: python3 make_fixtures.py (needs Pillow, numpy).

Every file shows the same 48 x 32 picture: quarters red, green / blue, white, and a black
square of 8 x 8 in the top left corner; what a format cannot hold is said in README.md.
"""
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).parent
WIDTH, HEIGHT = 48, 32


def picture():
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rgb[:16, :24] = (220, 40, 40)
    rgb[:16, 24:] = (40, 180, 60)
    rgb[16:, :24] = (40, 60, 200)
    rgb[16:, 24:] = (255, 255, 255)
    rgb[:8, :8] = 0
    return rgb


def png_chunk(kind, data):
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def write_png(name, depth, color, rows, interlaced=False, extra=b""):
    """A PNG by hand: Pillow cannot write 16-bit RGB or interlaced files."""
    if interlaced:
        data = b""
        for x0, y0, dx, dy in [
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4),
            (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
        ]:
            for row in rows[y0::dy, x0::dx]:
                data += b"\0" + row.tobytes()
    else:
        data = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, color, 0, 0, int(interlaced))
    (HERE / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + extra
        + png_chunk(b"IDAT", zlib.compress(data, 9)) + png_chunk(b"IEND", b""))


rgb = picture()
image = Image.fromarray(rgb)
image.save(HERE / "rgb.png")
image.quantize(8).save(HERE / "palette.png")
write_png("interlaced.png", 8, 2, rgb, interlaced=True)
wide = rgb.astype(">u2") * 257
write_png("rgb16.png", 16, 2, wide)
grey = np.asarray(image.convert("L"))
Image.fromarray(grey).save(HERE / "grey.png")
bits = np.packbits(grey > 128, axis=1)
write_png("bilevel.png", 1, 0, bits)
alpha = np.full((HEIGHT, WIDTH, 1), 255, np.uint8)
alpha[16:, 24:] = 0  # transparent black must come out white
alpha[16:, :24] = 128
rgba = np.concatenate([rgb, alpha], axis=2)
rgba[16:, 24:, :3] = 0
write_png("alpha.png", 8, 6, rgba)
write_png("alpha-interlaced.png", 8, 6, rgba, interlaced=True)
index = np.zeros((HEIGHT, WIDTH), np.uint8)
index[:16, 24:], index[16:, :24], index[16:, 24:] = 1, 2, 3
index[:8, :8] = 4
palette = bytes([220, 40, 40, 40, 180, 60, 40, 60, 200, 9, 9, 9, 0, 0, 0])
write_png("palette-alpha.png", 8, 3, index,
          extra=png_chunk(b"PLTE", palette) + png_chunk(b"tRNS", bytes([255, 255, 255, 0])))
# 60000 x 60000 in the header, no such data behind it: must be refused before decoding.
header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
(HERE / "huge-claim.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)
    + png_chunk(b"IDAT", zlib.compress(b"\0" * 100)) + png_chunk(b"IEND", b""))

jpeg = dict(quality=95, subsampling=0)
image.save(HERE / "baseline.jpg", dpi=(200, 200), **jpeg)
image.save(HERE / "progressive.jpg", progressive=True, **jpeg)
image.save(HERE / "subsampled.jpg", quality=90, subsampling=2)
Image.fromarray(grey).save(HERE / "grey.jpg", quality=95)
# Pillow writes CMYK inverted and with Adobe's marker, as Photoshop does.
cmyk = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
cmyk[..., :3] = 255 - rgb
cmyk[:8, :8] = (0, 0, 0, 255)
Image.fromarray(cmyk, "CMYK").save(HERE / "cmyk.jpg", **jpeg)
# The stored picture is the upright one under the inverse of what the tag asks for.
stored = {
    1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2), 6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2), 8: lambda a: np.rot90(a, -1),
}
for orientation, turn in stored.items():
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = Image.fromarray(np.ascontiguousarray(turn(rgb)))
    turned.save(HERE / f"orientation-{orientation}.jpg", exif=exif, **jpeg)
