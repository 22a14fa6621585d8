// The style sheet for shadow trees as a text: made by the build.

declare const css: string;
export default css;
