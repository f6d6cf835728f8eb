import { type Clip, decodeClip, EngineError, type Picture, type Sample } from '@headstart/core';

/** A picture from a page: a frame of the camera, or a file. */
export async function pictureSample(given: Blob | ImageBitmap): Promise<Sample & { readonly picture: Picture }> {
  try {
    const bitmap = given instanceof Blob ? await createImageBitmap(given, { imageOrientation: 'from-image' }) : given;
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser gives no 2d canvas');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const rgba = context.getImageData(0, 0, width, height).data;
    const data = new Uint8Array(width * height * 3);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let channel = 0; channel < 3; channel++) data[pixel * 3 + channel] = rgba[pixel * 4 + channel] as number;
    }
    return { id: 'picture', hash: '', picture: { width, height, data } };
  } catch (error) {
    throw new EngineError('invalid-data', 'this is no picture that the browser can decode', { cause: error });
  }
}

/** A sound from a page: a file. */
export async function soundSample(given: Blob): Promise<Sample & { readonly clip: Clip }> {
  try {
    return { id: 'sound', hash: '', clip: await decodeClip(new Uint8Array(await given.arrayBuffer())) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('invalid-data', `this sound cannot be used: ${reason}`, {
      hint: 'WAV, MP3, FLAC and Ogg files are read.',
      cause: error,
    });
  }
}
