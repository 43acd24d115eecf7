/** Runes everywhere: a component that falls back to the old syntax does not compile. */
export default { compilerOptions: { runes: true } };
