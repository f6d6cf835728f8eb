import type { Candidate } from '../../wgsl/kernel.ts';
import { skinnyProduct, skinnyRows, tiledProduct } from './hardware.wgsl.ts';
import type { Product } from './product.ts';
import { softwareProduct } from './software.wgsl.ts';

/** Kernels for a product, best first. */
export function matmulCandidates(product: Product): readonly Candidate[] {
  if (product.caps.kind === 'software') return [softwareProduct(product)];
  const skinny = Math.min(product.m, product.n) <= skinnyRows ? [skinnyProduct(product)] : [];
  return [...skinny, tiledProduct(product)];
}
