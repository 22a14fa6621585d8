/** What is thrown by what JavaScript calls; `code` is one of `RampscopeError`'s in pkg/index.d.ts. */
export function fault(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { name: 'RampscopeError', code });
}
