/** Whether the browser has a network; true where it does not know. */
export function isOnline(): boolean {
  return navigator.onLine !== false;
}
