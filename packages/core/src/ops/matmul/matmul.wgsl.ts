import type { Candidate } from '../../wgsl/kernel.ts';
import type { Product } from './product.ts';
import { softwareProduct } from './software.wgsl.ts';

/** Kernels for a product, best first. */
export function matmulCandidates(product: Product): readonly Candidate[] {
  return [softwareProduct(product)];
}
