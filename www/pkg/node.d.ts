// The same for who imports Node's door by its name.

export * from './index.js';
export { default } from './index.js';
