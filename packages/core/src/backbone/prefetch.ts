/** Makes the next item while the last one is used. */
export async function* prefetch<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next();
  // An error is thrown where the item is asked for, not as an unhandled rejection before.
  next.catch(() => undefined);
  for (;;) {
    const { done, value } = await next;
    if (done) return;
    next = items.next();
    next.catch(() => undefined);
    yield value;
  }
}
