import type { DType } from '../tensor/dtype.ts';
import { Tensor } from '../tensor/tensor.ts';

/** A tensor that is elsewhere (on the GPU) until it is read. */
export interface RemoteTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  read(): Promise<Tensor>;
}

/** ONNX `seq(tensor(…))`: tensors of one dtype, of any shapes. */
export class Sequence {
  readonly items: readonly (Tensor | RemoteTensor)[];
  /** Undefined while nothing tells it: a sequence that is empty and has no declared type. */
  readonly dtype: DType | undefined;

  constructor(items: readonly (Tensor | RemoteTensor)[], dtype: DType | undefined = items[0]?.dtype) {
    this.items = items;
    this.dtype = dtype;
  }
}

/** What a value of a graph can be while it runs; null is an ONNX optional that holds nothing. */
export type RuntimeValue = Tensor | RemoteTensor | Sequence | null;

export function isTensorValue(value: RuntimeValue | undefined): value is Tensor | RemoteTensor {
  return value !== undefined && value !== null && !(value instanceof Sequence);
}

/** The tensor on the host, read back where it has to be. */
export async function hostTensor(value: Tensor | RemoteTensor): Promise<Tensor> {
  return value instanceof Tensor ? value : value.read();
}
