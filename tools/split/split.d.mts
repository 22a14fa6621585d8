export const split: any;
