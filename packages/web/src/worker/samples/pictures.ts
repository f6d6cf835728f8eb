/** Longest edge of a thumbnail, in pixels: twice what the page shows it at, for sharp screens. */
const thumbnailEdge = 176;

/**
 * A small copy of an encoded picture for the page to show.
 * @throws DOMException when the browser cannot decode it
 */
export async function makeThumbnail(picture: Blob | ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = picture instanceof Blob ? await createImageBitmap(picture) : picture;
  try {
    // The middle square, as the tiles are.
    const side = Math.min(bitmap.width, bitmap.height);
    const edge = Math.min(side, thumbnailEdge);
    const canvas = new OffscreenCanvas(edge, edge);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this browser gives no 2d canvas');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, edge, edge);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, edge, edge);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    if (picture instanceof Blob) bitmap.close();
  }
}

/** A camera's frame as an encoded picture. */
export async function encodeFrame(frame: ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  canvas.getContext('2d')?.drawImage(frame, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  return new Uint8Array(await blob.arrayBuffer());
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
