export const SECTION: any, bare: any, compiler: any, plain: any, read: any, renamed: any, write: any;
