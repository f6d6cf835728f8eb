import { Tensor } from '../../tensor/tensor.ts';

/** Layout of a block-quantised weight matrix W[K, N]: `bits` an element, one scale (and zero point) for `blockSize` rows of a column. */
export interface BlockLayout {
  readonly k: number;
  readonly n: number;
  readonly bits: number;
  readonly blockSize: number;
}

/** Blocks of one column. */
export function blocksOf({ k, blockSize }: BlockLayout): number {
  return Math.ceil(k / blockSize);
}

/** Elements of one 32-bit word. */
export function elementsPerWord({ bits }: Pick<BlockLayout, 'bits'>): number {
  return 32 / bits;
}

/**
 * Weights as kernels read them: uint32[K / (32/bits), N], so that neighbouring lanes read neighbouring words; an element's bits
 * lie in a word in the order of K, lowest first.
 * @param packed uint8[N, blocks, blockSize·bits/8] as com.microsoft MatMulNBits stores them, lowest bits first
 */
export function packWords(packed: Tensor, layout: BlockLayout): Tensor {
  const { n, bits, blockSize } = layout;
  const bytesPerColumn = (blocksOf(layout) * blockSize * bits) / 8;
  const words = bytesPerColumn / 4;
  const bytes = packed.data as Uint8Array;
  const out = new Uint32Array(words * n);
  for (let column = 0; column < n; column++) {
    for (let word = 0; word < words; word++) {
      const at = column * bytesPerColumn + word * 4;
      out[word * n + column] =
        ((bytes[at] as number) |
          ((bytes[at + 1] as number) << 8) |
          ((bytes[at + 2] as number) << 16) |
          ((bytes[at + 3] as number) << 24)) >>>
        0;
    }
  }
  return Tensor.from(out, [words, n], 'uint32');
}

/** [N, blocks] (or flat) as [blocks, N]: neighbouring lanes read neighbouring scales. */
export function byBlock(scales: Tensor, layout: BlockLayout): Tensor {
  const { n } = layout;
  const blocks = blocksOf(layout);
  const source = scales.toNumbers();
  const out = new Float32Array(blocks * n);
  for (let column = 0; column < n; column++) {
    for (let block = 0; block < blocks; block++) out[block * n + column] = source[column * blocks + block] as number;
  }
  return Tensor.from(out, [blocks, n], 'float32').cast(scales.dtype);
}

/**
 * Zero points as float32[blocks, N].
 * @param zeros uint8, packed like the weights with each column's bytes filled up; or floats [N, blocks]
 */
export function zerosByBlock(zeros: Tensor, layout: BlockLayout): Tensor {
  if (zeros.dtype !== 'uint8') return byBlock(zeros, layout).cast('float32');
  const { n, bits } = layout;
  const blocks = blocksOf(layout);
  const bytesPerColumn = Math.ceil((blocks * bits) / 8);
  const bytes = zeros.data as Uint8Array;
  const out = new Float32Array(blocks * n);
  for (let column = 0; column < n; column++) {
    for (let block = 0; block < blocks; block++) {
      const bit = block * bits;
      out[block * n + column] = ((bytes[column * bytesPerColumn + (bit >> 3)] as number) >> (bit & 7)) & (2 ** bits - 1);
    }
  }
  return Tensor.from(out, [blocks, n], 'float32');
}

/** The float32 weights [K, N] that packed ones stand for: (q − zero) · scale. */
export function dequantise(words: Tensor, scales: Tensor, zeros: Tensor | undefined, layout: BlockLayout): Tensor {
  const { k, n, bits, blockSize } = layout;
  const perWord = elementsPerWord(layout);
  const data = words.data as Uint32Array;
  const out = new Float32Array(k * n);
  for (let row = 0; row < k; row++) {
    const block = Math.floor(row / blockSize);
    for (let column = 0; column < n; column++) {
      const word = data[Math.floor(row / perWord) * n + column] as number;
      const q = (word >>> ((row % perWord) * bits)) & (2 ** bits - 1);
      const at = block * n + column;
      out[row * n + column] = (q - (zeros ? zeros.at(at) : 2 ** (bits - 1))) * scales.at(at);
    }
  }
  return Tensor.from(out, [k, n], 'float32');
}
