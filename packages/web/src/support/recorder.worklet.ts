/*
 * Hands on what a microphone hears: mono, in chunks of 1024 samples at the context's rate. Nothing is encoded, so nothing is lost.
 */

declare const registerProcessor: (name: string, processor: new () => object) => void;

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

const chunk = 1024;

class Recorder extends AudioWorkletProcessor {
  #samples = new Float32Array(chunk);
  #filled = 0;

  process([channels = []]: readonly (readonly Float32Array[])[]): boolean {
    const [first] = channels;
    if (!first) return true;
    for (let at = 0; at < first.length; at++) {
      let sum = 0;
      for (const channel of channels) sum += channel[at] as number;
      this.#samples[this.#filled++] = sum / channels.length;
      if (this.#filled < chunk) continue;
      this.port.postMessage(this.#samples, [this.#samples.buffer]);
      this.#samples = new Float32Array(chunk);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('headstart-recorder', Recorder);
