import { decodeBmp, isBmp } from './bmp.ts';
import type { Picture } from './platform.ts';

/** Decodes with libvips (the `sharp` package): JPEG, PNG, WebP, GIF, AVIF, TIFF and SVG; BMP by `decodeBmp`. */
export async function decodePicture(bytes: Uint8Array<ArrayBuffer>): Promise<Picture> {
  if (isBmp(bytes)) return decodeBmp(bytes);
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(bytes, { failOn: 'error', pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  if (info.channels === 3) return { width: info.width, height: info.height, data: pixels };
  const rgb = new Uint8Array(info.width * info.height * 3);
  for (let pixel = 0; pixel < info.width * info.height; pixel++)
    rgb.fill(pixels[pixel * info.channels] as number, pixel * 3, pixel * 3 + 3);
  return { width: info.width, height: info.height, data: rgb };
}
