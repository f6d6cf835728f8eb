/** Version of this package: what was computed by another one is computed and checked again. */
export const version = '0.1.0';
