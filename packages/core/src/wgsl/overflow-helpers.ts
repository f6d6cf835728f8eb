/** Module-scope WGSL functions by name. `i64` and `u64`: the dtype that is computed, held in an i32 or a u32. */
export const helpers = {
  report_overflow: `fn report_overflow() {
  atomicMax(&overflow[0], p.overflow_mark);
}`,
  add_i64: `fn add_i64(a: i32, b: i32) -> i32 {
  let sum = a + b;
  if (((a ^ sum) & (b ^ sum)) < 0) { report_overflow(); }
  return sum;
}`,
  add_u64: `fn add_u64(a: u32, b: u32) -> u32 {
  if (a + b < a) { report_overflow(); }
  return a + b;
}`,
  sub_i64: `fn sub_i64(a: i32, b: i32) -> i32 {
  let difference = a - b;
  if (((a ^ b) & (a ^ difference)) < 0) { report_overflow(); }
  return difference;
}`,
  // Below zero uint64 goes on from 2⁶⁴, which is past 32 bits too.
  sub_u64: `fn sub_u64(a: u32, b: u32) -> u32 {
  if (a < b) { report_overflow(); }
  return a - b;
}`,
  mul_i64: `fn mul_i64(a: i32, b: i32) -> i32 {
  return from_kept_i64(mul_kept(kept_i64(a), kept_i64(b)));
}`,
  mul_u64: `fn mul_u64(a: u32, b: u32) -> u32 {
  return from_words_u64(mul_kept(words_u64(a), words_u64(b)));
}`,
  div_i64: `fn div_i64(a: i32, b: i32) -> i32 {
  if (b == -1) { return neg_i64(a); }
  return a / b;
}`,
  neg_i64: `fn neg_i64(x: i32) -> i32 {
  return sub_i64(0, x);
}`,
  abs_i64: `fn abs_i64(x: i32) -> i32 {
  return i64_of_u32(bitcast<u32>(abs(x)));
}`,
  square_i64: `fn square_i64(x: i32) -> i32 {
  return mul_i64(x, x);
}`,
  // The base is squared only as long as the square goes into the result.
  pow_i64: `fn pow_i64(x: i32, y: i32) -> i32 {
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
  shift_left_u64: `fn shift_left_u64(x: u32, count: u32) -> u32 {
  if (x != 0u && count > countLeadingZeros(x)) { report_overflow(); }
  return select(x << (count & 31u), 0u, count > 31u);
}`,
  // What 64 bits do not hold either has no integer at all (the logarithm of zero, where positions are put into buckets): it saturates.
  i64_of_f32: `fn i64_of_f32(x: f32) -> i32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0; }
  if (x >= 2147483648.0 && x < 9223372036854775808.0) { report_overflow(); }
  if (x < -2147483648.0 && x >= -9223372036854775808.0) { report_overflow(); }
  return i32(clamp(x, -2147483648.0, 2147483520.0)) + select(0, 127, x >= 2147483648.0);
}`,
  i64_of_u32: `fn i64_of_u32(x: u32) -> i32 {
  if (x > 0x7fffffffu) { report_overflow(); }
  return bitcast<i32>(x);
}`,
  u64_of_f32: `fn u64_of_f32(x: f32) -> u32 {
  if ((bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u) { return 0u; }
  if (x >= 4294967296.0 && x < 18446744073709551616.0) { report_overflow(); }
  return u32(clamp(x, 0.0, 4294967040.0)) + select(0u, 255u, x >= 4294967296.0);
}`,
  u64_of_i32: `fn u64_of_i32(x: i32) -> u32 {
  if (x < 0) { report_overflow(); }
  return bitcast<u32>(x);
}`,
  // From 2²⁴ on every f32 is even, and of what that large powers make only the sign is left to tell.
  whole_exponent: `fn whole_exponent(y: f32) -> f32 {
  if (trunc(y) != y) { report_overflow(); }
  return clamp(y, -16777216.0, 16777216.0);
}`,
  // Sums of many terms may leave 32 bits and come back, so they are kept in 64: low word, then high word.
  add_words: `fn add_words(a: vec2u, b: vec2u) -> vec2u {
  let low = a.x + b.x;
  return vec2u(low, a.y + b.y + select(0u, 1u, low < a.x));
}`,
  words_i64: `fn words_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(x), bitcast<u32>(x >> 31u));
}`,
  words_u64: `fn words_u64(x: u32) -> vec2u {
  return vec2u(x, 0u);
}`,
  from_words_i64: `fn from_words_i64(words: vec2u) -> i32 {
  let x = bitcast<i32>(words.x);
  if (any(words_i64(x) != words)) { report_overflow(); }
  return x;
}`,
  from_words_u64: `fn from_words_u64(words: vec2u) -> u32 {
  if (words.y != 0u) { report_overflow(); }
  return words.x;
}`,
  // Products come back by a factor of zero alone: the magnitude, then two flags: 1 it has left 32 bits, 2 it is negative.
  kept_i64: `fn kept_i64(x: i32) -> vec2u {
  return vec2u(bitcast<u32>(abs(x)), select(0u, 2u, x < 0));
}`,
  mul_kept: `fn mul_kept(a: vec2u, b: vec2u) -> vec2u {
  if ((a.x | (a.y & 1u)) == 0u || (b.x | (b.y & 1u)) == 0u) { return vec2u(); }
  let low = (a.x & 0xffffu) * (b.x & 0xffffu);
  let middle = (a.x >> 16u) * (b.x & 0xffffu) + (low >> 16u);
  let other = (a.x & 0xffffu) * (b.x >> 16u) + (middle & 0xffffu);
  let high = (a.x >> 16u) * (b.x >> 16u) + (middle >> 16u) + (other >> 16u);
  return vec2u(a.x * b.x, ((a.y | b.y) & 1u) | min(high, 1u) | ((a.y ^ b.y) & 2u));
}`,
  from_kept_i64: `fn from_kept_i64(kept: vec2u) -> i32 {
  let negative = (kept.y & 2u) != 0u;
  if ((kept.y & 1u) != 0u || kept.x > select(0x7fffffffu, 0x80000000u, negative)) { report_overflow(); }
  return bitcast<i32>(select(kept.x, 0u - kept.x, negative));
}`,
} as const satisfies Record<string, string>;
