// Keys of a state's parameters, of the module's own table: made by the build.

declare const keys: string[];
export default keys;
