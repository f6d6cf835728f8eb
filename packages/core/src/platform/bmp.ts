import type { Picture } from './platform.ts';

/** Whether these bytes are a Windows bitmap. */
export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length > 26;
}

/**
 * Decodes a Windows bitmap without compression: 1, 4 or 8 bits with a palette, 24 and 32 bits; the fourth byte of 32 is not looked at.
 * libvips reads no BMP. Source: Microsoft, "Bitmap Storage" and BITMAPINFOHEADER.
 */
export function decodeBmp(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = view.getUint32(10, true);
  const headerBytes = view.getUint32(14, true);
  if (headerBytes < 40 || bytes.length < 54) throw new Error('a bitmap of OS/2, which is not read');
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  // BITFIELDS (3) with the usual order of bytes is how 32-bit bitmaps are mostly written.
  const usualMasks = compression === 3 && bits === 32 && view.getUint32(54, true) === 0xff0000 && view.getUint32(62, true) === 0xff;
  if ((compression !== 0 && !usualMasks) || ![1, 4, 8, 24, 32].includes(bits))
    throw new Error(`a bitmap of ${bits} bits with compression ${compression}, which is not read`);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (width <= 0 || height === 0 || start + stride * height > bytes.length) throw new Error('a bitmap that is cut short');
  const palette = 14 + headerBytes;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const line = start + stride * (signedHeight > 0 ? height - 1 - row : row);
    for (let column = 0; column < width; column++) {
      const at = bits >= 24 ? line + (column * bits) / 8 : palette + 4 * paletteIndex(bytes, line, column, bits);
      // Stored blue, green, red.
      for (let channel = 0; channel < 3; channel++) data[(row * width + column) * 3 + channel] = bytes[at + 2 - channel] ?? 0;
    }
  }
  return { width, height, data };
}

function paletteIndex(bytes: Uint8Array, line: number, column: number, bits: number): number {
  const perByte = 8 / bits;
  const byte = bytes[line + Math.floor(column / perByte)] as number;
  return (byte >> (8 - bits * ((column % perByte) + 1))) & (2 ** bits - 1);
}
