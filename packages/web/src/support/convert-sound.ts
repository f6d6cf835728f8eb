import { encodeWav } from './wav.ts';

/** Hz that recordings are decoded at: what nearly all of them are made with. */
const rate = 48_000;

/** A recording as a WAV file, by the browser's own decoders; undefined where they cannot read it. */
export async function toWav(file: Blob): Promise<Blob | undefined> {
  try {
    const buffer = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
    const samples = new Float32Array(buffer.length);
    for (let channel = 0; channel < buffer.numberOfChannels; channel++) {
      const values = buffer.getChannelData(channel);
      for (let at = 0; at < samples.length; at++) samples[at] = (samples[at] as number) + (values[at] as number) / buffer.numberOfChannels;
    }
    return new Blob([encodeWav({ rate, samples })], { type: 'audio/wav' });
  } catch {
    return undefined;
  }
}
