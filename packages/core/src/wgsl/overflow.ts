import type { Binding } from './kernel.ts';

/**
 * How kernels tell of 64-bit integers that 32 bits do not hold. int64 and uint64 take one word each on the GPU, so a kernel that computes
 * them uses the functions below: each gives the exact result, or calls `report_overflow`. Only such kernels have the binding and the
 * parameter; a program reads the one word back with its outputs, and its results are refused where it is not zero.
 */
export const overflowBinding: Binding = { name: 'overflow', elem: 'u32', access: 'read_write', atomic: true };

/** Members of the uniform struct that go with the binding; the planner puts in the mark of the step. */
export const overflowParams = { overflow_mark: 'u32' } as const;

/** What a step writes: the earliest step has the largest mark, so that `atomicMax` keeps the cause and not what follows from it. */
export function markOf(step: number): number {
  return 2 ** 32 - 1 - step;
}

/** The step a mark stands for; undefined where nothing was reported. */
export function stepOf(mark: number): number | undefined {
  return mark === 0 ? undefined : 2 ** 32 - 1 - mark;
}

interface Helper {
  /** Functions it calls. */
  readonly needs: readonly HelperName[];
  readonly text: string;
}

/** `i64` and `u64` in a name: the dtype that is computed, held in an i32 or a u32. */
const helpers = {
  report_overflow: {
    needs: [],
    text: `fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}`,
  },
  high_word: {
    needs: [],
    text: `fn high_word(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let other = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (other >> 16u);
}`,
  },
  add_i64: {
    needs: ['report_overflow'],
    text: `fn add_i64(a: i32, b: i32) -> i32 {
  let sum = a + b;
  if (((a ^ sum) & (b ^ sum)) < 0) { report_overflow(); }
  return sum;
}`,
  },
  add_u64: {
    needs: ['report_overflow'],
    text: `fn add_u64(a: u32, b: u32) -> u32 {
  let sum = a + b;
  if (sum < a) { report_overflow(); }
  return sum;
}`,
  },
  sub_i64: {
    needs: ['report_overflow'],
    text: `fn sub_i64(a: i32, b: i32) -> i32 {
  let difference = a - b;
  if (((a ^ b) & (a ^ difference)) < 0) { report_overflow(); }
  return difference;
}`,
  },
  // Below zero uint64 goes on from 2⁶⁴, which is past 32 bits too.
  sub_u64: {
    needs: ['report_overflow'],
    text: `fn sub_u64(a: u32, b: u32) -> u32 {
  if (a < b) { report_overflow(); }
  return a - b;
}`,
  },
  fits_product_i64: {
    needs: ['high_word'],
    text: `fn fits_product_i64(a: i32, b: i32) -> bool {
  let x = bitcast<u32>(abs(a));
  let y = bitcast<u32>(abs(b));
  let limit = select(0x7fffffffu, 0x80000000u, (a < 0) != (b < 0));
  return high_word(x, y) == 0u && x * y <= limit;
}`,
  },
  mul_i64: {
    needs: ['fits_product_i64', 'report_overflow'],
    text: `fn mul_i64(a: i32, b: i32) -> i32 {
  if (!fits_product_i64(a, b)) { report_overflow(); }
  return a * b;
}`,
  },
  mul_u64: {
    needs: ['high_word', 'report_overflow'],
    text: `fn mul_u64(a: u32, b: u32) -> u32 {
  if (high_word(a, b) != 0u) { report_overflow(); }
  return a * b;
}`,
  },
  square_i64: {
    needs: ['mul_i64'],
    text: `fn square_i64(x: i32) -> i32 {
  return mul_i64(x, x);
}`,
  },
  square_u64: {
    needs: ['mul_u64'],
    text: `fn square_u64(x: u32) -> u32 {
  return mul_u64(x, x);
}`,
  },
  not_u64: {
    needs: ['report_overflow'],
    text: `fn not_u64(x: u32) -> u32 {
  report_overflow();
  return ~x;
}`,
  },
  div_i64: {
    needs: ['report_overflow'],
    text: `fn div_i64(a: i32, b: i32) -> i32 {
  if (a == i32(-2147483648) && b == -1) { report_overflow(); }
  return a / b;
}`,
  },
  neg_i64: {
    needs: ['report_overflow'],
    text: `fn neg_i64(x: i32) -> i32 {
  if (x == i32(-2147483648)) { report_overflow(); }
  return -x;
}`,
  },
  neg_u64: {
    needs: ['report_overflow'],
    text: `fn neg_u64(x: u32) -> u32 {
  if (x != 0u) { report_overflow(); }
  return 0u - x;
}`,
  },
  abs_i64: {
    needs: ['neg_i64'],
    text: `fn abs_i64(x: i32) -> i32 {
  if (x < 0) { return neg_i64(x); }
  return x;
}`,
  },
  // The base is squared only as long as the square goes into the result.
  pow_i64: {
    needs: ['mul_i64'],
    text: `fn pow_i64(x: i32, y: i32) -> i32 {
  if (y < 0) { return select(select(0, select(1, -1, (y & 1) == 1), x == -1), 1, x == 1); }
  var result = 1;
  var base = x;
  for (var rest = y; rest > 0; ) {
    if ((rest & 1) == 1) { result = mul_i64(result, base); }
    rest = rest >> 1u;
    if (rest > 0) { base = mul_i64(base, base); }
  }
  return result;
}`,
  },
  pow_u64: {
    needs: ['mul_u64'],
    text: `fn pow_u64(x: u32, y: u32) -> u32 {
  var result = 1u;
  var base = x;
  for (var rest = y; rest > 0u; ) {
    if ((rest & 1u) == 1u) { result = mul_u64(result, base); }
    rest = rest >> 1u;
    if (rest > 0u) { base = mul_u64(base, base); }
  }
  return result;
}`,
  },
  prelu_i64: {
    needs: ['mul_i64'],
    text: `fn prelu_i64(x: i32, slope: i32) -> i32 {
  if (x < 0) { return mul_i64(slope, x); }
  return x;
}`,
  },
  shift_left_u64: {
    needs: ['report_overflow'],
    text: `fn shift_left_u64(x: u32, count: u32) -> u32 {
  if (x != 0u && count > countLeadingZeros(x)) { report_overflow(); }
  return select(x << (count & 31u), 0u, count > 31u);
}`,
  },
  i64_of_f32: {
    needs: ['report_overflow'],
    text: `fn i64_of_f32(x: f32) -> i32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0; }
  if (x < -2147483648.0 || x >= 2147483648.0) { report_overflow(); }
  return i32(x);
}`,
  },
  i64_of_u32: {
    needs: ['report_overflow'],
    text: `fn i64_of_u32(x: u32) -> i32 {
  if (x > 0x7fffffffu) { report_overflow(); }
  return bitcast<i32>(x);
}`,
  },
  u64_of_f32: {
    needs: ['report_overflow'],
    text: `fn u64_of_f32(x: f32) -> u32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0u; }
  if (x >= 4294967296.0) { report_overflow(); }
  return u32(max(x, 0.0));
}`,
  },
  u64_of_i32: {
    needs: ['report_overflow'],
    text: `fn u64_of_i32(x: i32) -> u32 {
  if (x < 0) { report_overflow(); }
  return bitcast<u32>(x);
}`,
  },
  // From 2²⁴ on every f32 is even, and of what that large powers make only the sign is left to tell.
  whole_exponent: {
    needs: ['report_overflow'],
    text: `fn whole_exponent(y: f32) -> f32 {
  if (trunc(y) != y) { report_overflow(); }
  return clamp(y, -16777216.0, 16777216.0);
}`,
  },
  // Sums of many terms may leave 32 bits and come back, so they are kept in 64: low word, then high word.
  add_words: {
    needs: [],
    text: `fn add_words(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}`,
  },
  words_i64: {
    needs: [],
    text: `fn words_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(x), bitcast<u32>(x >> 31u));
}`,
  },
  words_u64: {
    needs: [],
    text: `fn words_u64(x: u32) -> vec2u {
  return vec2u(x, 0u);
}`,
  },
  from_words_i64: {
    needs: ['report_overflow', 'words_i64'],
    text: `fn from_words_i64(words: vec2u) -> i32 {
  let x = bitcast<i32>(words.x);
  if (any(words_i64(x) != words)) { report_overflow(); }
  return x;
}`,
  },
  from_words_u64: {
    needs: ['report_overflow'],
    text: `fn from_words_u64(words: vec2u) -> u32 {
  if (words.y != 0u) { report_overflow(); }
  return words.x;
}`,
  },
  div_words: {
    needs: [],
    text: `fn div_words(words: vec2u, divisor: u32) -> vec2u {
  var quotient = vec2u();
  var rest = 0u;
  for (var bit = 64u; bit > 0u; ) {
    bit--;
    let word = select(words.x, words.y, bit > 31u);
    let carry = rest >> 31u;
    rest = (rest << 1u) | ((word >> (bit & 31u)) & 1u);
    if (carry == 1u || rest >= divisor) {
      rest -= divisor;
      let one = 1u << (bit & 31u);
      if (bit > 31u) { quotient.y |= one; } else { quotient.x |= one; }
    }
  }
  return quotient;
}`,
  },
  negate_words: {
    needs: [],
    text: `fn negate_words(words: vec2u) -> vec2u {
  return vec2u(0u - words.x, ~words.y + select(0u, 1u, words.x == 0u));
}`,
  },
  div_words_i64: {
    needs: ['div_words', 'negate_words'],
    text: `fn div_words_i64(words: vec2u, divisor: u32) -> vec2u {
  if (words.y < 0x80000000u) { return div_words(words, divisor); }
  return negate_words(div_words(negate_words(words), divisor));
}`,
  },
  div_words_u64: {
    needs: ['div_words'],
    text: `fn div_words_u64(words: vec2u, divisor: u32) -> vec2u {
  return div_words(words, divisor);
}`,
  },
  // Products, and sums of what is not negative, never come back but by a factor of zero: the magnitude, then two flags: 1 it has left
  // 32 bits, 2 it is negative.
  kept_i64: {
    needs: [],
    text: `fn kept_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(abs(x)), select(0u, 2u, x < 0));
}`,
  },
  kept_u64: {
    needs: [],
    text: `fn kept_u64(x: u32) -> vec2u {
  return vec2u(x, 0u);
}`,
  },
  mul_kept: {
    needs: ['high_word'],
    text: `fn mul_kept(a: vec2u, b: vec2u) -> vec2u {
  if ((a.x | (a.y & 1u)) == 0u || (b.x | (b.y & 1u)) == 0u) { return vec2u(); }
  let left = ((a.y | b.y) & 1u) | min(high_word(a.x, b.x), 1u);
  return vec2u(a.x * b.x, left | ((a.y ^ b.y) & 2u));
}`,
  },
  add_kept: {
    needs: [],
    text: `fn add_kept(a: vec2u, b: vec2u) -> vec2u {
  let sum = a.x + b.x;
  return vec2u(sum, a.y | b.y | select(0u, 1u, sum < a.x));
}`,
  },
  magnitude_kept: {
    needs: [],
    text: `fn magnitude_kept(x: vec2u) -> vec2u {
  return vec2u(x.x, 0u);
}`,
  },
  square_kept: {
    needs: ['high_word'],
    text: `fn square_kept(x: vec2u) -> vec2u {
  return vec2u(x.x * x.x, min(high_word(x.x, x.x), 1u));
}`,
  },
  from_kept_i64: {
    needs: ['report_overflow'],
    text: `fn from_kept_i64(kept: vec2u) -> i32 {
  let negative = (kept.y & 2u) != 0u;
  if ((kept.y & 1u) != 0u || kept.x > select(0x7fffffffu, 0x80000000u, negative)) { report_overflow(); }
  return bitcast<i32>(select(kept.x, 0u - kept.x, negative));
}`,
  },
  from_kept_u64: {
    needs: ['report_overflow'],
    text: `fn from_kept_u64(kept: vec2u) -> u32 {
  if ((kept.y & 1u) != 0u) { report_overflow(); }
  return kept.x;
}`,
  },
} as const satisfies Record<string, { needs: readonly string[]; text: string }>;

export type HelperName = keyof typeof helpers;

/** WGSL of the helpers named, and of those they call. */
export function overflowHelpers(names: Iterable<HelperName>): string {
  const wanted = new Set<HelperName>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (wanted.has(name)) continue;
    wanted.add(name);
    pending.push(...(helpers[name] as Helper).needs);
  }
  return (Object.keys(helpers) as HelperName[])
    .filter((name) => wanted.has(name))
    .map((name) => helpers[name].text)
    .join('\n\n');
}
